package catalog

import (
	"path"
	"strings"

	"lienhiep/internal/diag"
)

var ruleLonely = diag.NewRule("section-without-entries", diag.Warning,
	diag.Text{VI: "Tên tệp _index.md làm thư mục này thành trang của cả một mục, nên bài không vào danh sách, tìm kiếm theo mục và nguồn tin nào.", EN: "The name _index.md makes a section of this folder: the entry stands in no list and no feed."},
	diag.Text{VI: "Đổi tên tệp thành index.md (bỏ dấu gạch dưới ở đầu).", EN: "Rename the file to index.md, without the low line."})

// lonely finds folders of a kind's entries whose page was named as a section's, though
// they have no entries below.
func (v *validator) lonely() {
	beside, inside := map[string]int{}, map[string]int{} // entries in each folder, and at or below it
	for _, it := range v.entries {
		beside[path.Dir(it.base().File)]++
		for dir := path.Dir(it.base().File); dir != "." && dir != "/"; dir = path.Dir(dir) {
			inside[dir]++
		}
	}
	for _, it := range v.entries {
		e := it.base()
		dir := path.Dir(e.File)
		parts := strings.Split(dir, "/")
		stem, _ := splitLang(path.Base(e.File))
		if stem != "_index" || len(parts) < 3 || e.Kind != KindPage || !isKindFolder(parts[1]) {
			continue
		}
		if inside[dir] == beside[dir] {
			v.report(ruleLonely.At(diag.Pos{File: e.File}).Suggest(dir + "/index" + strings.TrimPrefix(path.Base(e.File), "_index")))
		}
	}
}

// isKindFolder reports whether the entries of a kind lie in a folder of content/.
func isKindFolder(name string) bool {
	for _, k := range kinds {
		if k.Folder == name {
			return true
		}
	}
	return false
}
