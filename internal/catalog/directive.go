package catalog

import (
	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// KindDirective is a document of the library.
const KindDirective Kind = "directive"

var _ = register(kindInfo{
	Kind: KindDirective, Order: 7, Folder: "van-ban", Name: diag.Text{VI: "văn bản", EN: "directive"},
	Icon: "gavel", Collection: "documents", Dated: true,
	make: func() item { return new(Directive) },
})

// Directive is a document of the library, which plans cite.
type Directive struct {
	Entry
	Number     string   `key:"number" is:"required" vi:"Số, ký hiệu" en:"Number" vihelp:"Đúng như trên văn bản." enhelp:"As on the document."`
	DocType    string   `key:"doc_type" is:"required" vi:"Loại văn bản" en:"Type" vihelp:"Chỉ thị, Kết luận, Nghị quyết …" enhelp:"Chỉ thị, Kết luận, Nghị quyết …"`
	Issuer     string   `key:"issuer" vi:"Cơ quan ban hành" en:"Issuer" vihelp:"Tên đầy đủ của cơ quan." enhelp:"The body's full name."`
	CarriesOut []Ref    `key:"carries_out" to:"directive" vi:"Thực hiện văn bản" en:"Carries out" vihelp:"Mã (tên thư mục trong van-ban) của văn bản được thực hiện." desk:"Văn bản này thực hiện những văn bản nào." enhelp:"IDs (folder names in van-ban) of what it carries out." eg:"[]"`
	Sources    []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể đọc văn bản." enhelp:"Where the document can be read."`
}

func (d *Directive) carries() []Ref { return d.CarriesOut }

func (d *Directive) list(c *Catalog) { c.Directives = append(c.Directives, d) }

var (
	ruleNoSuchDirective = diag.NewRule("unknown-directive", diag.Error,
		diag.Text{VI: "Không có văn bản “%[1]s” trong content/van-ban.", EN: "There is no document “%[1]s” in content/van-ban."},
		diag.Text{VI: "Ghi đúng tên thư mục của văn bản, ví dụ 42-ct-tw.", EN: "Write the name of the document's folder, such as 42-ct-tw."})
	ruleDirectiveFolder = diag.NewRule("directive-folder", diag.Error,
		diag.Text{VI: "Thư mục “%[1]s” không khớp với số văn bản %[2]s.", EN: "The folder “%[1]s” does not match the number %[2]s."},
		diag.Text{VI: "Đổi tên thư mục theo số văn bản, ví dụ số 42-CT/TW thì thư mục là 42-ct-tw.", EN: "Name the folder after the number, so that citations find it."})
)

func (d *Directive) validate(v *validator) {
	if d.Number != "" && viet.Slug(d.Number) != d.ID {
		v.report(ruleDirectiveFolder.At(d.pos("number"), d.ID, d.Number).Suggest(viet.Slug(d.Number)))
	}
	for _, r := range d.CarriesOut {
		if v.directives.known[r.ID] == nil {
			v.report(ruleNoSuchDirective.At(r.Pos, r.ID).Suggest(v.directives.near(r.ID)))
		}
	}
}
