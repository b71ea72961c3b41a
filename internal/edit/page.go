package edit

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strings"
	"sync"

	"lienhiep/internal/diag"
)

//go:embed page
var files embed.FS

// view is what a page shows: what all have in common, and what is its own.
type view struct {
	Title string
	Here  string // the address of the place in the menu that it belongs to
	Help  string // the page of the guide that tells of it
	Wide  bool
	Own   any
}

// pages are the templates, each with the base around it. Commands that show none do not wait
// for them.
var pages = sync.OnceValue(func() map[string]*template.Template {
	base := template.Must(template.New("base.html").Funcs(template.FuncMap{"lower": lowerFirst, "initial": initial, "awaits": awaitsApproval, "join": strings.Join, "sections": sections, "look": lookOf, "at": at, "item": itemOf}).ParseFS(files, "page/base.html", "page/field.html", "page/part.html", "page/review.html", "page/sheet.html"))
	all := map[string]*template.Template{}
	for _, name := range []string{
		"trang-dau", "danh-sach", "moi", "soan", "xuat-ban", "kiem-tra", "khong-mo-duoc", "viet-do", "loi", "lich-su", "thung-rac",
		"tro-giup", "the", "dong",
		"go", "go-bai", "rut-ten", "rut-ten-nguoi", "trang-web", "trang-web-to", "moi-trang", "tien-do", "tien-do-muc",
		"nhap", "nhap-bai", "nhap-tep", "nhap-nguoi", "phieu", "phieu-in", "bao-cao", "nhap-ke-hoach",
		"ban-da-dang", "noi-dang", "kho", "duyet", "hen-gio",
	} {
		all[name] = template.Must(template.Must(base.Clone()).ParseFS(files, "page/"+name+".html"))
	}
	return all
})

// at is what the part of a page is given that stands at one of its fields.
func at(own any, field string) map[string]any { return map[string]any{"Own": own, "At": field} }

// show answers with a page.
func (d *Desk) show(w http.ResponseWriter, name string, v view) {
	d.showAs(w, http.StatusOK, name, v)
}

// showAs answers with a page that may say why not all was done that was asked.
func (d *Desk) showAs(w http.ResponseWriter, status int, name string, v view) {
	var b bytes.Buffer
	if err := pages()[name].ExecuteTemplate(&b, "base.html", v); err != nil {
		d.broken(w, err)
		return
	}
	w.Header().Set("Content-Type", contentTypes[".html"])
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a browser that has gone away needs no answer
}

// static serves the desk's own styles and scripts, and those of the writing surface.
func (d *Desk) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	data, ok := d.Files[name]
	if !ok {
		var err error
		if data, err = files.ReadFile("page/" + name); err != nil || strings.HasSuffix(name, ".html") {
			absent(w, r)
			return
		}
	}
	d.write(w, name, data)
}

const vietnamese = diag.Vietnamese
