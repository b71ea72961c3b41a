package edit

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"lienhiep/internal/diag"
	"lienhiep/internal/intake"
	"lienhiep/internal/office"
	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

func (d *Desk) planRoutes() {
	d.mux.HandleFunc("GET /nhap-ke-hoach/{$}", d.askForPlan)
	d.mux.HandleFunc("GET /nhap-ke-hoach/{id}/{$}", d.withHanded(d.planReview))
	d.mux.HandleFunc("POST /nhap-ke-hoach/{id}/sua", d.withHanded(d.correctPlan))
	d.mux.HandleFunc("POST /nhap-ke-hoach/{id}/tao", d.withHanded(d.importPlan))
}

// planned is what an editor has made of an official document that is to be imported: its
// text, as it was read and then corrected, and what the page is to say.
type planned struct {
	text   string
	title  string
	short  map[string]string // labels, by the provisions' IDs; nil before any was asked for
	edited bool
}

// planReviewed is the page on which an official document is looked at.
type planReviewed struct {
	review
	Document *plan.Document // its particulars, as far as they can be made out
	Date     string         // as people write it
	Title    string         // of the page
	Exists   string         // where the plan stands that has its number, or ""
	Pieces   []piece        // the text, part by part; one where it cannot be read
	Readable bool
	Edited   bool
	Count    int
}

// piece is some lines of the text with what they were read as.
type piece struct {
	From, To int // lines, from 1
	Text     string
	Rows     int
	What     string // "II.1.2", "Đầu văn bản"
	Depth    int
	Label    string // "1."
	Words    string // as they were read
	ID       string // of the provision
	Short    string
	Proposed string
	Faults   []fault
}

// askForPlan asks for the document.
func (d *Desk) askForPlan(w http.ResponseWriter, r *http.Request) {
	d.show(w, "nhap", view{Title: "Nhập một kế hoạch", Here: "/nhap/", Help: "nhap-ke-hoach", Own: usePlan})
}

// planned is what is known of a file as a plan: as it is read, or as it was corrected the last
// time that it was handed over.
func (d *Desk) planned(f *handed) (p planned, findings []diag.Finding) {
	f.reading.Lock()
	defer f.reading.Unlock()
	if f.asPlan == nil {
		text, findings := intake.Text(f.Name, f.data)
		f.asPlan, f.planFindings = &planned{text: text}, findings
		if was, ok := d.correctedBefore(f.data); ok {
			f.asPlan = &was
		}
	}
	return *f.asPlan, f.planFindings
}

// correctionsFolder holds what was corrected in documents that are looked at and not yet
// imported, by what the documents hold.
const correctionsFolder = ".lienhiep/ke-hoach-dang-soat"

// corrections are a plan's as they are kept.
type corrections struct {
	Text  string            `json:"text"`
	Title string            `json:"title,omitempty"`
	Short map[string]string `json:"short,omitempty"`
}

func correctionsName(document []byte) string {
	return path.Join(correctionsFolder, hash(document)+".json")
}

// correctedBefore is what was corrected in a document; what cannot be read is nothing.
func (d *Desk) correctedBefore(document []byte) (planned, bool) {
	var c corrections
	data, err := d.folder.root.ReadFile(correctionsName(document))
	ok := err == nil && json.Unmarshal(data, &c) == nil && c.Text != "" && len(c.Text) <= plan.MaxBytes
	return planned{text: c.Text, title: c.Title, short: c.Short, edited: true}, ok
}

// keepCorrections keeps what was corrected in a document until it is imported.
func (d *Desk) keepCorrections(document []byte, p planned) error {
	data, err := json.Marshal(corrections{p.text, p.title, p.short})
	if err != nil {
		return err
	}
	return d.own().Replace(correctionsName(document), data)
}

// planReview shows an official document beside what it was read as.
func (d *Desk) planReview(w http.ResponseWriter, r *http.Request, f *handed) {
	p, findings := d.planned(f)
	own := planReviewed{review: d.reviewOf(f, usePlan, findings), Edited: p.edited, Document: &plan.Document{}}
	if own.Errors == nil {
		doc, faults := plan.Parse(f.Name, []byte(p.text))
		read := d.reviewOf(f, usePlan, faults)
		own.Readable = doc != nil
		own.Document = plan.Particulars([]byte(p.text))
		own.Date = shownDate(own.Document.Date, d.Zone)
		own.Title = cmp.Or(p.title, intake.PlanTitle(own.Document))
		own.Pieces = pieces(p, doc, slices.Concat(read.Errors, read.Told))
		for _, one := range slices.Concat(read.Errors, read.Told) {
			if one.Line == 0 {
				own.Told = append(own.Told, one)
			}
		}
		if doc != nil {
			doc.Walk(func(*plan.Provision, *plan.Provision) { own.Count++ })
		}
		if slug := viet.Slug(own.Document.Number); slug != "" {
			folder := path.Join("content/ke-hoach", slug)
			if d.folder.absent(folder) != nil {
				own.Exists = placeAtDesk(folder + "/_index.md")
			}
		}
	}
	d.show(w, "nhap-ke-hoach", view{Title: "Soát kế hoạch trước khi nhập", Here: "/nhap/", Help: "nhap-ke-hoach", Wide: true, Own: own})
}

// pieces cuts the text where provisions begin; without a document it is one piece.
func pieces(p planned, doc *plan.Document, faults []fault) []piece {
	lines := strings.Split(strings.ReplaceAll(p.text, "\r\n", "\n"), "\n")
	all := []piece{{From: 1, What: "Đầu văn bản"}}
	if doc == nil {
		all[0].What = "Toàn văn"
	} else {
		all[0].Words = strings.Join(slices.DeleteFunc([]string{doc.Issuer, doc.Number, doc.Place + ", " + shownDate(doc.Date, time.UTC), doc.Type + " " + doc.Title, strings.Join(doc.Preamble, "\n")}, func(s string) bool { return s == "" }), "\n")
		depth, names := map[string]int{}, map[string]string{}
		doc.Walk(func(v, parent *plan.Provision) {
			names[v.ID] = spokenName(v, parent, names)
			one := piece{From: v.Line, What: names[v.ID], Label: v.Label, Words: v.Words(), ID: v.ID}
			if parent != nil {
				depth[v.ID] = depth[parent.ID] + 1
			}
			one.Depth = min(depth[v.ID], 5)
			one.Proposed = proposedShort(v)
			one.Short = p.short[v.ID]
			if p.short == nil && len(v.Children) > 0 {
				one.Short = one.Proposed
			}
			if last := &all[len(all)-1]; one.From <= last.From { // two on a line
				one.From = last.From
			}
			all = append(all, one)
		})
	}
	for i := range all {
		all[i].To = len(lines)
		if i+1 < len(all) {
			all[i].To = max(all[i+1].From-1, all[i].From-1)
		}
		if all[i].To >= all[i].From {
			all[i].Text = strings.Join(lines[all[i].From-1:all[i].To], "\n")
		}
		all[i].Rows = all[i].To - all[i].From + 1
		for _, f := range faults {
			if f.Line >= all[i].From && f.Line <= all[i].To {
				all[i].Faults = append(all[i].Faults, f)
			}
		}
	}
	return all
}

// spokenName is how people name a provision: "II.1.a", "Điều 5.2". names are those of the
// provisions above it, by their IDs.
func spokenName(v, parent *plan.Provision, names map[string]string) string {
	part := strings.Trim(v.Label, ".)(/: ")
	if !strings.ContainsFunc(part, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		part = v.ID[strings.LastIndexByte(v.ID, '-')+1:] // its place among its like
	}
	if parent == nil || v.Kind == plan.Article {
		return part
	}
	return names[parent.ID] + "." + part
}

// maxShort is how long a short label is at most, as the catalogue wants it.
const maxShort = 60

// proposedShort is a short label in the provision's own words; "" for one that is short itself.
func proposedShort(v *plan.Provision) string {
	text := strings.TrimRight(oneLine(v.Text), ".:;,")
	upper := text == strings.ToUpper(text)
	if len([]rune(text)) <= maxShort && !upper {
		return ""
	}
	if i := strings.IndexAny(text, ".;:"); i > 0 {
		text = text[:i]
	}
	for len([]rune(text)) > maxShort {
		cut := max(strings.LastIndex(text, ", "), 0)
		if cut == 0 {
			cut = strings.LastIndexByte(strings.TrimRight(string([]rune(text)[:maxShort+1]), " "), ' ')
		}
		if cut <= 0 {
			return ""
		}
		text = text[:cut]
	}
	if upper {
		text = upperFirst(strings.ToLower(text))
	}
	return text
}

// dayInWords is a date as official documents write it.
var dayInWords = regexp.MustCompile(`(?i)ngày\s+\S+\s+tháng\s+\S+\s+năm\s+(?:\d{4}|\S+)`)

// corrected is the text with what the page has sent: its pieces, and the particulars that
// were changed, each in the place where the document has it.
func (p planned) corrected(asked url.Values, zone *time.Location) (planned, error) {
	was := plan.Particulars([]byte(p.text))
	out := p
	if lines, ok := asked["dong"]; ok {
		out.text = strings.ReplaceAll(strings.Join(lines, "\n"), "\r\n", "\n")
	}
	if len(out.text) > plan.MaxBytes {
		return p, refuse(http.StatusRequestEntityTooLarge, textTooLarge)
	}
	out.title = oneLine(asked.Get("tieu-de"))
	for _, one := range []struct{ key, was, before string }{{"so", was.Number, "Số "}, {"co-quan", was.Issuer, ""}, {"trich-yeu", was.Title, ""}} {
		if now := oneLine(asked.Get(one.key)); now != "" && now != one.was {
			out.text = replaced(out.text, one.was, now, one.before)
		}
	}
	if text := strings.TrimSpace(asked.Get("ngay")); text != "" && text != shownDate(was.Date, zone) {
		day, ok := office.ParseDate(text)
		t, err := time.Parse(time.DateOnly, day)
		if !ok || err != nil {
			return p, refuse(http.StatusUnprocessableEntity, textConsentDay, text)
		}
		words := fmt.Sprintf("ngày %02d tháng %d năm %d", t.Day(), t.Month(), t.Year())
		if at := dayInWords.FindStringIndex(out.text); at != nil {
			out.text = out.text[:at[0]] + words + out.text[at[1]:]
		} else {
			out.text = replaced(out.text, "", words, cmp.Or(was.Place, "…")+", ")
		}
	}
	out.short = map[string]string{}
	for key, values := range asked {
		if id, ok := strings.CutPrefix(key, "ten:"); ok {
			out.short[id] = oneLine(values[0])
		}
	}
	out.edited = p.edited || out.text != p.text
	return out, nil
}

// replaced puts now in the place of was, which may be broken over lines; where was is
// nowhere, now is a line of its own at the top, behind the words before.
func replaced(text, was, now, before string) string {
	if words := strings.Fields(was); len(words) > 0 {
		for i, word := range words {
			words[i] = regexp.QuoteMeta(word)
		}
		if at := regexp.MustCompile(`(?i)` + strings.Join(words, `\s+`)).FindStringIndex(text); at != nil {
			if isUpper(text[at[0]:at[1]]) && len(words) > 1 {
				now = strings.ToUpper(now)
			}
			return text[:at[0]] + now + text[at[1]:]
		}
	}
	return before + now + "\n" + text
}

func isUpper(s string) bool { return !strings.ContainsFunc(s, unicode.IsLower) }

// correctPlan keeps what an editor has corrected, to be read anew.
func (d *Desk) correctPlan(w http.ResponseWriter, r *http.Request, f *handed) {
	if _, ok := d.correct(w, r, f); ok {
		d.answer(w, map[string]string{"place": "/nhap-ke-hoach/" + f.ID + "/"})
	}
}

func (d *Desk) correct(w http.ResponseWriter, r *http.Request, f *handed) (planned, bool) {
	var asked url.Values
	if !read(w, r, &asked) {
		return planned{}, false
	}
	p, _ := d.planned(f)
	p, err := p.corrected(asked, d.Zone)
	if err == nil {
		err = d.keepCorrections(f.data, p)
	}
	if err != nil {
		d.broken(w, err)
		return p, false
	}
	f.reading.Lock()
	f.asPlan = &p
	f.reading.Unlock()
	return p, true
}

// importPlan makes the draft of a plan's page, with the text beside it; the file itself is
// kept in the office's own memory, to be compared again.
func (d *Desk) importPlan(w http.ResponseWriter, r *http.Request, f *handed) {
	p, ok := d.correct(w, r, f)
	if !ok {
		return
	}
	_, findings := d.planned(f)
	doc, faults := plan.Parse(f.Name, []byte(p.text))
	if findings = slices.Concat(findings, faults); doc == nil {
		d.broken(w, d.refused(f, findings))
		return
	}
	e, faults := intake.Plan(doc, cmp.Or(p.title, intake.PlanTitle(doc)), p.short)
	if diag.HasErrors(faults) {
		d.broken(w, d.refused(f, faults))
		return
	}
	slug := path.Base(e.Folder())
	filled, err := filledIn(e.Text)
	if err == nil {
		err = d.folder.addFolder(e.Folder(), map[string][]byte{path.Base(e.File): []byte(source(filled)), intake.PlanText: []byte(p.text)})
	}
	if err == nil && p.text != string(f.data) {
		name := path.Join(".lienhiep/ban-goc", slug, cmp.Or(viet.Slug(f.base()), "ban-ky")+f.ext())
		if err = d.own().Create(name, f.data); errors.Is(err, fs.ErrExist) {
			err = nil // an earlier import's
		}
	}
	var written []byte
	if err == nil {
		written, err = d.folder.read(e.File)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	if err := d.own().Remove(correctionsName(f.data)); err != nil {
		d.Log(err) // it is offered once more
	}
	d.committed("Nhập “"+titleIn(written)+"”", e.Folder())
	d.answer(w, map[string]any{"place": placeAtDesk(e.File), "said": "Đã nhập thành bản nháp. Soát từng chữ với bản ký rồi mới bỏ dấu “Bản nháp”.",
		"undo": d.undoableEntry(e.File, written, "/nhap-ke-hoach/"+f.ID+"/")})
}
