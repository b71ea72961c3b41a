package catalog

import (
	"path"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

var (
	ruleTwoIndexes = diag.NewRule("two-index-files", diag.Error,
		diag.Text{VI: "Thư mục này có cả index.md lẫn _index.md; chỉ một tệp được dùng.", EN: "This folder has both index.md and _index.md; only one is used."},
		diag.Text{VI: "Một bài thì giữ index.md; trang của cả một mục (có thư mục con) thì giữ _index.md. Xóa tệp kia.", EN: "Keep index.md for an entry, _index.md for a section with folders below it; remove the other."})
	ruleUnused = diag.NewRule("unused-file", diag.Warning,
		diag.Text{VI: "Tệp này không thành bài và không được đăng: %[1]s.", EN: "This file is not an entry and is not published: %[2]s."},
		diag.Text{VI: "Nếu còn cần lời trong đó, chép vào tệp index.md; sau đó chuyển tệp này ra khỏi thư mục content.", EN: "Copy what is still needed into index.md, then move this file out of content/."})
	ruleSectionMisspelt = diag.NewRule("section-misspelt", diag.Warning,
		diag.Text{VI: "Thư mục content/%[1]s có tên gần giống một loại bài nhưng không phải, nên bài trong đó chỉ là trang thường.", EN: "The name of the folder content/%[1]s is almost that of a kind of entry, but not quite: its files are treated as plain pages."},
		diag.Text{VI: "Nếu là bài thuộc loại ấy, chuyển sang đúng thư mục.", EN: "If they are entries of that kind, move them to its folder."})
)

// leftovers are the endings of what programs leave beside what editors write.
var leftovers = map[string]diag.Text{
	".tmp": {VI: "đây là tệp tạm", EN: "it is a temporary file"},
	".bak": {VI: "đây là bản sao lưu", EN: "it is a backup copy"},
}

// isLeftover reports whether a file was left there by another program: Word's lock
// file (~$…), a backup.
func isLeftover(name string) bool {
	_, known := leftovers[strings.ToLower(path.Ext(name))]
	return !strings.HasPrefix(name, ".") && (known || strings.HasPrefix(name, "~$"))
}

// unusedFile says why a file is not published; one that was meant for an entry is a
// second beside index.md, as OneDrive makes of two edits at once, or lies inEntry, in
// another entry's folder.
func unusedFile(file string, inEntry bool) diag.Finding {
	name := path.Base(file)
	why, known := leftovers[strings.ToLower(path.Ext(name))]
	switch {
	case strings.HasPrefix(name, "~$"):
		why = diag.Text{VI: "đây là tệp tạm của Word, có khi tài liệu đang mở", EN: "Word makes it while a document is open"}
	case known:
	case inEntry:
		why = diag.Text{VI: "tệp nằm trong thư mục của một bài khác", EN: "it lies in the folder of another entry"}
	default:
		why = diag.Text{VI: "thư mục đã có index.md, tệp này là bản thứ hai", EN: "the folder already has an index.md"}
	}
	return ruleUnused.At(diag.Pos{File: file}, why.VI, why.EN)
}

// resembles reports whether a name is that of the kind's folder, or was meant to be.
func (k kindInfo) resembles(name string) bool {
	return k.Folder != "" && viet.Distance(viet.Letters(name), viet.Letters(k.Folder)) <= 1
}

// MeansSection reports whether a folder's name is that of a kind's folder, or almost.
func MeansSection(name string) bool {
	return slices.ContainsFunc(kinds, func(k kindInfo) bool { return k.resembles(name) })
}

// sections finds folders below content/ that were meant to be a kind's, each once.
func (v *validator) sections() {
	told := map[string]bool{}
	for _, it := range v.entries {
		e := it.base()
		section, below, found := strings.Cut(strings.TrimPrefix(e.File, "content/"), "/")
		if !found || below == "" || e.Kind != KindPage || told[section] {
			continue
		}
		told[section] = true
		for _, k := range kinds {
			if k.Folder != section && k.resembles(section) {
				v.report(ruleSectionMisspelt.At(diag.Pos{File: e.File}, section).Suggest("content/" + k.Folder))
			}
		}
	}
}
