package edit

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/attach"
	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/intake"
	"lienhiep/internal/markdown"
	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/plan"
	"lienhiep/internal/roster"
	"lienhiep/internal/viet"
)

// importRoutes are the pages on which what people have in Word, Excel and PDF becomes
// entries. A file is handed to the desk first, and then looked at: nothing is written
// before somebody has.
func (d *Desk) importRoutes() {
	d.mux.HandleFunc("GET /nhap/{$}", d.importing)
	d.mux.HandleFunc("POST /nhap/tep", d.take)
	d.mux.HandleFunc("GET /nhap/{id}/{$}", d.withHanded(d.articleReview))
	d.mux.HandleFunc("POST /nhap/{id}/bai", d.withHanded(d.importArticle))
	d.mux.HandleFunc("GET /nhap/{id}/dinh-kem/{$}", d.withHanded(d.documentReview))
	d.mux.HandleFunc("POST /nhap/{id}/dinh-kem", d.withHanded(d.importDocument))
	d.mux.HandleFunc("GET /nhap/{id}/{picture}", d.withHanded(d.handedPicture))
	d.peopleRoutes()
}

// handed is a file that an editor has handed to the desk. It is kept in memory alone: a
// list of people holds what belongs nowhere else.
type handed struct {
	ID, Name string // "tri-thuc.xlsx"
	data     []byte

	Renamed  string // that its name says another kind of file than it is; "" where it does not
	lists    bool   // it has a table of people
	reading  sync.Mutex
	doc      *office.Document // of a Word file that was read
	findings []diag.Finding

	asPlan       *planned // of an official document that was looked at
	planFindings []diag.Finding
}

// How many files the desk keeps that were handed to it, and of how many bytes together; the
// oldest go first.
const (
	maxHanded      = 8
	maxHandedBytes = 160 << 20
)

// hands are the files that were handed to the desk, the last first.
type hands struct {
	sync.Mutex
	all []*handed
}

func (h *hands) take(name string, data []byte) *handed {
	key := make([]byte, 8)
	_, _ = rand.Read(key) // never fails
	one := &handed{ID: hex.EncodeToString(key), Name: name, data: data}
	h.Lock()
	defer h.Unlock()
	h.all = slices.Insert(h.all, 0, one)
	size := 0
	for i, f := range h.all {
		if size += len(f.data); i > 0 && (i >= maxHanded || size > maxHandedBytes) {
			h.all = slices.Clip(h.all[:i])
			break
		}
	}
	return one
}

func (h *hands) find(id string) *handed {
	h.Lock()
	defer h.Unlock()
	if i := slices.IndexFunc(h.all, func(f *handed) bool { return f.ID == id }); i >= 0 {
		return h.all[i]
	}
	return nil
}

// ext is the ending of the file's name: ".docx".
func (f *handed) ext() string { return strings.ToLower(path.Ext(f.Name)) }

// base is the file's name without its ending.
func (f *handed) base() string { return strings.TrimSuffix(f.Name, path.Ext(f.Name)) }

// word reads a Word file, once.
func (f *handed) word() (*office.Document, []diag.Finding) {
	f.reading.Lock()
	defer f.reading.Unlock()
	if f.doc == nil && f.findings == nil {
		f.doc, f.findings = office.Read(f.Name, f.data)
	}
	return f.doc, f.findings
}

// use is something that a file can become.
type use struct{ Name, Label, Place string }

// The uses of files.
const (
	useArticle  = "bai"
	useDocument = "dinh-kem"
	usePlan     = "ke-hoach"
	usePeople   = "nguoi"
)

// isPhoto reports whether a file's name says that it is a picture that can be taken in.
func isPhoto(name string) bool {
	return slices.Contains([]string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif"}, strings.ToLower(path.Ext(name)))
}

// uses are what a file can become, the likeliest first; nil for files that the desk takes
// no use of.
func (f *handed) uses() []use {
	at := "/nhap/" + f.ID + "/"
	article := use{useArticle, "Bài để sửa tiếp", at}
	attached := use{useDocument, "Tệp đính kèm để tải về", at + "dinh-kem/"}
	asPlan := use{usePlan, "Kế hoạch, đăng nguyên văn", "/nhap-ke-hoach/" + f.ID + "/"}
	people := use{usePeople, "Danh sách trí thức", at + "nguoi/"}
	switch ext := f.ext(); {
	case f.lists:
		if f.doc != nil && f.doc.Tabular() {
			return []use{people, article, attached, asPlan}
		}
		return []use{article, people, attached, asPlan}
	case slices.Contains([]string{".docx", ".doc", ".rtf", ".odt"}, ext):
		return []use{article, attached, asPlan}
	case ext == ".xlsx", ext == ".xls":
		return []use{people, attached}
	case ext == ".pdf":
		return []use{attached, asPlan}
	case ext == ".txt":
		return []use{asPlan, attached}
	case isPhoto(f.Name):
		attached.Label = "Tin có ảnh này"
		return []use{attached}
	case isAttachment("content/tep" + ext):
		return []use{attached}
	}
	return nil
}

// importing asks for a file.
func (d *Desk) importing(w http.ResponseWriter, r *http.Request) {
	d.show(w, "nhap", view{Title: "Nhập từ Word, Excel, PDF", Here: "/nhap/", Help: "nhap-word"})
}

// take takes a file that is to be imported, and tells where it is looked at.
func (d *Desk) take(w http.ResponseWriter, r *http.Request) {
	name := path.Base(strings.ReplaceAll(r.URL.Query().Get("ten"), `\`, "/"))
	name = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == utf8.RuneError {
			return -1
		}
		return c
	}, name)
	data, err := io.ReadAll(io.LimitReader(r.Body, office.MaxBytes+1)) // one more, so that its reader says it is too large
	if err == nil && len(data) == 0 {
		err = refuse(http.StatusBadRequest, textNothingHanded, name)
	}
	renamed := ""
	if err == nil {
		name, renamed, err = trueName(name, data)
	}
	probe := handed{Name: name}
	if err == nil && (probe.uses() == nil || len(name) > 250) {
		err = refuse(http.StatusUnsupportedMediaType, textNoUse, name)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	f := d.hands.take(name, data)
	f.Renamed = renamed
	if f.ext() == ".docx" {
		f.word()
		f.lists = roster.Lists(name, data)
	}
	place := f.uses()[0].Place
	for _, u := range f.uses() {
		if u.Name == r.URL.Query().Get("de") {
			place = u.Place
		}
	}
	d.answer(w, map[string]string{"place": place})
}

// trueName is a file's name with the ending of what it holds, and a sentence where that is
// another. What is of no use whatever it is called is refused.
func trueName(name string, data []byte) (is, renamed string, _ error) {
	ext, holds := strings.ToLower(path.Ext(name)), endingOf(data)
	isText := holds == ".txt" && (ext == holds || (&handed{Name: name}).uses() == nil)
	help, useless := instead[holds]
	switch {
	case holds == "", isText, sameEnding[ext] == holds, ext == ".xls" && holds == ".html": // of the last what reads tables tells
		return name, "", nil
	case useless:
		return "", "", refuse(http.StatusUnsupportedMediaType, textIsElse, name, contentNames[holds], help)
	case holds == ext:
		return name, "", nil
	}
	return strings.TrimSuffix(name, path.Ext(name)) + holds, fmt.Sprintf("Tên tệp là “%s”, nhưng bên trong là %s, nên máy đọc như thế.", name, contentNames[holds]), nil
}

// withHanded finds the file that a page is about.
func (d *Desk) withHanded(f func(http.ResponseWriter, *http.Request, *handed)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		file := d.hands.find(r.PathValue("id"))
		if file == nil {
			turnAway(w, r, http.StatusNotFound, textNotHanded, textHandAgain)
			return
		}
		f(w, r, file)
	}
}

// review is what the pages have in common on which a file is looked at.
type review struct {
	File   *handed
	Use    string
	Uses   []use
	Errors []fault // for which it cannot be imported
	Told   []fault // what was changed, and what could not be taken
}

func (d *Desk) reviewOf(f *handed, use string, findings []diag.Finding) review {
	out := review{File: f, Use: use, Uses: f.uses()}
	for _, one := range d.faults(findings) {
		one.Hint = cmp.Or(hintsAtDesk[one.Code], inDeskWords.Replace(one.Hint))
		one.Message = inDeskWords.Replace(one.Message)
		if one.Severity == diag.Error.String() {
			out.Errors = append(out.Errors, one)
		} else {
			out.Told = append(out.Told, one)
		}
	}
	return out
}

// looks are the words for what was recognised.
var looks = map[office.Look]string{
	office.LookHeading: "Đề mục", office.LookList: "Danh sách", office.LookCaption: "Chú thích ảnh", office.LookQuotation: "Lời trích",
	office.LookTitle: "Tiêu đề viết hoa", office.LookAuthor: "Người viết, người chụp: đưa sang mục riêng", office.LookHead: "Phần đầu văn bản hành chính: không đưa vào bài",
	office.LookSignature: "Nơi nhận, chữ ký: không đưa vào bài", office.LookContents: "Mục lục gõ tay: không đưa vào bài",
}

// recognisedRules are what the page tells with its boxes.
var recognisedRules = []string{"office-title-capitals", "office-letterhead", "office-signature", "office-contents"}

// recognised is something that was recognised, as the page shows it.
type recognised struct {
	office.Recognised
	What  string
	Taken bool
}

// pictured is a picture of the document.
type pictured struct{ Name, Alt string }

// articleReviewed is the page on which a Word document is looked at.
type articleReviewed struct {
	review
	Title, Section, Address string
	Sections                []section
	Folder                  string // of the address: "/tin-tuc/"
	Recognised              []recognised
	Pictures                []pictured
	HTML                    template.HTML // as the text will look
}

// reading is how the page's choices say that a document is to be read.
func reading(asked url.Values) office.Reading {
	r := office.Reading{ToFill: catalog.ToFill, Leave: asked["de-nguyen"], Alts: map[string]string{}}
	for key, values := range asked {
		if name, ok := strings.CutPrefix(key, "mo-ta:"); ok {
			r.Alts[name] = strings.TrimSpace(values[0])
		}
	}
	return r
}

// readArticle reads a document with the choices of its page.
func (f *handed) readArticle(asked url.Values) (a office.Article, findings []diag.Finding) {
	doc, findings := f.word()
	if doc == nil || diag.HasErrors(findings) {
		return a, findings
	}
	f.reading.Lock()
	defer f.reading.Unlock()
	a, more := doc.Article(reading(asked))
	return a, slices.Concat(findings, more)
}

// articleReview shows a Word document as the entry that it would be.
func (d *Desk) articleReview(w http.ResponseWriter, r *http.Request, f *handed) {
	asked := r.URL.Query()
	a, findings := f.readArticle(asked)
	own := articleReviewed{review: d.reviewOf(f, useArticle, findings), Sections: newSections(), Section: cmp.Or(asked.Get("loai"), catalog.KindArticle.Folder())}
	if own.Errors == nil {
		own.Title = titleAsked(f, a, asked)
		kind, ok := kindOfSection(own.Section)
		if !ok {
			kind, own.Section = catalog.KindArticle, catalog.KindArticle.Folder()
		}
		own.Folder = path.Join("/", kind.Folder()) + "/"
		if kind.Folder() == "" {
			own.Folder = "/"
		}
		own.Told = slices.DeleteFunc(own.Told, func(f fault) bool { return slices.Contains(recognisedRules, f.Code) })
		own.Address = viet.Slug(cmp.Or(asked.Get("dia-chi"), own.Title))
		for _, one := range a.Recognised {
			own.Recognised = append(own.Recognised, recognised{one, looks[one.As], !slices.Contains(asked["de-nguyen"], one.ID)})
		}
		for _, name := range slices.Sorted(maps.Keys(a.Pictures)) {
			own.Pictures = append(own.Pictures, pictured{name, a.Alts[name]})
		}
		html, err := markdown.HTML([]byte(a.Markdown))
		if err != nil {
			d.broken(w, err)
			return
		}
		own.HTML = template.HTML(html) // what goldmark makes without raw HTML
	}
	d.show(w, "nhap-bai", view{Title: "Xem trước khi nhập", Here: "/nhap/", Help: "nhap-word", Own: own})
}

// titleAsked is what the entry is called: what an editor has written, else the document's own
// title, in capitals or not as it is chosen.
func titleAsked(f *handed, a office.Article, asked url.Values) string {
	title := oneLine(asked.Get("tieu-de"))
	for _, r := range a.Recognised {
		if r.As == office.LookTitle && (title == r.Before || title == r.After) {
			title = ""
		}
	}
	return cmp.Or(title, intake.Title(f.Name, a))
}

// newSections are the lists to which entries can be added.
func newSections() []section {
	return slices.DeleteFunc(sections(), func(s section) bool { return !s.CanAdd })
}

// handedPicture serves a picture of a Word document.
func (d *Desk) handedPicture(w http.ResponseWriter, r *http.Request, f *handed) {
	name := r.PathValue("picture")
	if isPhoto(f.Name) && name == "anh" {
		data, ext, err := cleaned(f.Name, f.data)
		if err != nil {
			d.broken(w, err)
			return
		}
		d.write(w, "anh"+ext, data)
		return
	}
	a, _ := f.readArticle(nil)
	data, ok := a.Pictures[name]
	if !ok || !isPicture("content/"+name) {
		absent(w, r)
		return
	}
	d.write(w, name, data)
}

// importArticle makes the draft that the page showed.
func (d *Desk) importArticle(w http.ResponseWriter, r *http.Request, f *handed) {
	var asked url.Values
	if !read(w, r, &asked) {
		return
	}
	kind, ok := kindOfSection(asked.Get("loai"))
	if !ok {
		d.broken(w, refuse(http.StatusNotFound, textNoSection, asked.Get("loai")))
		return
	}
	a, findings := f.readArticle(asked)
	title := titleAsked(f, a, asked)
	entry, faults := intake.Article(kind, title, a, time.Now().In(d.Zone))
	findings = append(findings, faults...)
	if diag.HasErrors(findings) {
		d.broken(w, d.refused(f, findings))
		return
	}
	d.addEntry(w, entry, viet.Slug(asked.Get("dia-chi")), a.Pictures, "Đã nhập “"+title+"” thành bản nháp.")
}

// refused is the first error of findings, as an answer.
func (d *Desk) refused(f *handed, findings []diag.Finding) error {
	for _, one := range d.reviewOf(f, "", findings).Errors {
		return &refusal{http.StatusUnprocessableEntity, diag.Text{VI: one.Message + " " + one.Hint, EN: one.Message}}
	}
	return refuse(http.StatusUnprocessableEntity, textNotHanded)
}

// addEntry puts a new entry in its place with the files that lie beside it, all at once, and
// answers with where it is written on. address is its folder's name, where that is chosen.
func (d *Desk) addEntry(w http.ResponseWriter, e intake.Entry, address string, beside map[string][]byte, said string) {
	file := e.File
	var err error
	if address != "" {
		file = path.Join(path.Dir(e.Folder()), address, path.Base(file))
	} else {
		file, err = d.folder.unused(file)
	}
	text, filled := e.Text, (*matter.Value)(nil)
	if err == nil {
		if filled, err = filledIn(text); err == nil {
			text = source(filled) + "\n" + e.Body
		}
	}
	if err == nil {
		files := maps.Clone(beside)
		if files == nil {
			files = map[string][]byte{}
		}
		files[path.Base(file)] = []byte(text)
		err = d.folder.addFolder(path.Dir(file), files)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	written, err := d.folder.read(file)
	if err != nil {
		d.broken(w, err)
		return
	}
	d.committed("Thêm “"+titleIn(written)+"”", path.Dir(file))
	d.answer(w, map[string]any{"place": placeAtDesk(file), "said": said, "undo": d.undoableEntry(file, written, "/nhap/")})
}

// undoableEntry notes that an entry was made, and returns the ID by which it is undone: it goes
// into the trash, unless somebody has changed it since.
func (d *Desk) undoableEntry(file string, written []byte, place string) string {
	title := titleIn(written)
	return d.undoable(act{say: "Thêm “" + title + "”", place: place, back: func() ([]string, error) {
		is, err := d.folder.read(file)
		if errors.Is(err, fs.ErrNotExist) {
			err = refuse(http.StatusConflict, textGone, d.folder.named(file))
		}
		if err == nil && !bytes.Equal(is, written) {
			err = refuse(http.StatusConflict, textConflict, title)
		}
		if err == nil {
			_, err = d.history.Trash(path.Dir(file), title, history.Act{Who: history.Me(), Why: history.Removed, Time: time.Now()})
		}
		return []string{path.Dir(file)}, err
	}})
}

// filledIn are the values of a new entry that say something: no placeholder, and nothing
// blank.
func filledIn(text string) (*matter.Value, error) {
	parts, err := matter.ReadYAML([]byte(text))
	if err != nil {
		return nil, err
	}
	return cmp.Or(pruned(parts.Table), &matter.Value{Kind: matter.Table}), nil
}

// pruned is a value without what says nothing; nil where nothing is left.
func pruned(v *matter.Value) *matter.Value {
	switch v.Kind {
	case matter.Table:
		table := &matter.Value{Kind: matter.Table}
		for _, k := range v.Keys {
			if kept := pruned(k.Value); kept != nil {
				table.Set(k.Name, kept)
			}
		}
		if len(table.Keys) > 0 {
			return table
		}
		return nil
	case matter.List:
		list := &matter.Value{Kind: matter.List}
		for _, item := range v.Items {
			if kept := pruned(item); kept != nil {
				list.Items = append(list.Items, kept)
			}
		}
		if len(list.Items) > 0 {
			return list
		}
		return nil
	}
	if v.Blank() || strings.Contains(v.Text, catalog.ToFill) {
		return nil
	}
	return v
}

// addFolder puts the folder of a new entry in place with all that is in it, at once. A folder
// that is there is never touched.
func (f *folder) addFolder(dir string, files map[string][]byte) error {
	f.saving.Lock()
	defer f.saving.Unlock()
	if _, err := f.root.Lstat(dir + ".md"); !errors.Is(err, fs.ErrNotExist) {
		return refuse(http.StatusConflict, textExists, f.named(dir))
	}
	if err := f.absent(dir); err != nil {
		return err
	}
	var changes []change
	whole := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		c := change{Operation: create, Path: path.Join(dir, name), Content: files[name], after: files[name]}
		if name != intake.PlanText {
			if err := f.prepare(&c); err != nil {
				return err
			}
		} else if !isOurs(c.Path) || len(c.Content) > plan.MaxBytes {
			return refuse(http.StatusForbidden, textBadName, f.named(c.Path))
		}
		whole[name] = c.after
		changes = append(changes, c)
	}
	if err := f.keep(changes); err != nil {
		return err
	}
	err := f.files().CreateFolder(dir, whole)
	if errors.Is(err, fs.ErrExist) {
		return refuse(http.StatusConflict, textExists, f.named(dir))
	}
	return err
}

// ---- a file for readers to download

// documentReviewed is the page on which a file is looked at that is to be downloaded.
type documentReviewed struct {
	review
	Title, Section string
	Sections       []section
	Document       *plan.Document
	Kind           string // of file: "PDF, 3 trang, 19 KB"
	IsPicture      bool
	Unread         bool     // it seems to be damaged
	Removed        []string // what is taken out before it is published
	Carried        []string // what stays, and an editor should know of
}

// document is what a document tells of itself in its head; what is none has nothing.
func (f *handed) document() *plan.Document {
	f.reading.Lock()
	defer f.reading.Unlock()
	if isPhoto(f.Name) || f.ext() == ".xlsx" {
		return &plan.Document{}
	}
	text, _ := intake.Text(f.Name, f.data)
	return plan.Particulars([]byte(text))
}

// titled is what an entry is called that offers the file.
func (f *handed) titled(d *plan.Document, asked url.Values) string {
	return cmp.Or(strings.TrimSpace(asked.Get("tieu-de")), intake.Called(d), upperFirst(strings.Join(strings.FieldsFunc(cmp.Or(f.base(), "tệp"), func(r rune) bool { return r == '_' || r == ' ' }), " ")))
}

// documentReview shows a file that readers are to download, with what it tells of itself.
func (d *Desk) documentReview(w http.ResponseWriter, r *http.Request, f *handed) {
	asked := r.URL.Query()
	own := documentReviewed{review: d.reviewOf(f, useDocument, nil), IsPicture: isPhoto(f.Name), Section: asked.Get("loai")}
	own.Document = f.document()
	own.Title = f.titled(own.Document, asked)
	if own.Section == "" {
		own.Section = catalog.KindArticle.Folder()
		if own.Document.Number != "" {
			own.Section = catalog.KindDirective.Folder()
		}
	}
	for _, s := range newSections() {
		if s.Name != catalog.KindPerson.Folder() {
			own.Sections = append(own.Sections, s)
		}
	}
	if own.IsPicture {
		if _, _, err := cleaned(f.Name, f.data); err != nil {
			own.Errors = []fault{{Record: diag.Record{Severity: "error", Message: err.(*refusal).text.VI}}}
		}
		own.Kind = "Ảnh"
		d.show(w, "nhap-tep", view{Title: "Tin có ảnh này", Here: "/nhap/", Help: "anh", Own: own})
		return
	}
	var no *attach.Refusal
	file, _, err := attach.Read(f.Name, f.data)
	switch {
	case errors.As(err, &no):
		own.Errors = []fault{{Record: diag.Record{Severity: "error", Message: fmt.Sprintf(textNoFile.VI, f.Name, no.Why.VI, no.Help.VI)}}}
	case err != nil:
		d.broken(w, err)
		return
	default:
		own.Kind = string(file.Kind) + ", " + sizeWords(file.Size)
		own.Unread = f.ext() == ".pdf" && file.Pages == 0
		if file.Pages > 0 {
			own.Kind += fmt.Sprintf(", %d trang", file.Pages)
		}
		for _, t := range file.Removed {
			own.Removed = append(own.Removed, t.VI)
		}
		for _, t := range file.Carried {
			own.Carried = append(own.Carried, t.VI)
		}
	}
	d.show(w, "nhap-tep", view{Title: "Đính kèm văn bản", Here: "/nhap/", Help: "dinh-kem", Own: own})
}

func sizeWords(n int) string {
	if n < 1_000_000 {
		return fmt.Sprintf("%d KB", (n+999)/1000)
	}
	return strings.Replace(fmt.Sprintf("%.1f MB", float64(n)/1e6), ".", ",", 1)
}

// importDocument makes a draft with the file attached.
func (d *Desk) importDocument(w http.ResponseWriter, r *http.Request, f *handed) {
	var asked url.Values
	if !read(w, r, &asked) {
		return
	}
	kind, ok := kindOfSection(asked.Get("loai"))
	if !ok || kind == catalog.KindPerson {
		d.broken(w, refuse(http.StatusNotFound, textNoSection, asked.Get("loai")))
		return
	}
	doc := f.document()
	title, ext, data := f.titled(doc, asked), f.ext(), f.data
	slug := cmp.Or(viet.Slug(f.base()), "tep")
	name := slug[:min(len(slug), 60)] + ext
	var e intake.Entry
	var findings []diag.Finding
	if isPhoto(f.Name) {
		var err error
		if data, ext, err = cleaned(f.Name, f.data); err != nil {
			d.broken(w, err)
			return
		}
		name = strings.TrimSuffix(name, f.ext()) + ext
		e, findings = intake.Pictured(kind, title, name, time.Now().In(d.Zone))
	} else {
		e, findings = intake.Document(kind, title, name, doc, time.Now().In(d.Zone))
	}
	if diag.HasErrors(findings) {
		d.broken(w, d.refused(f, findings))
		return
	}
	d.addEntry(w, e, "", map[string][]byte{name: data}, "Đã tạo bản nháp “"+title+"” với tệp này.")
}
