// Package intake makes new entries of what people have in Word and PDF.
//
// In: a file's bytes, read by package office or page. Out: an [Entry], the folder that
// would hold it, as a draft; and findings on what is missing or was left out. Nothing is
// written here: the command line and the desk do that, each in its way.
package intake

import (
	"cmp"
	"path"
	"path/filepath"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/page"
	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

// Entry is a new entry that is not written yet.
type Entry struct {
	File string // "content/tin-tuc/gap-mat/index.md"
	Text string // of that file
	Body string // the text below its front matter
}

// Folder is the entry's folder.
func (e Entry) Folder() string { return path.Dir(e.File) }

// maxTitle bounds a title, as the schema does: the subject of an official document is long.
const maxTitle = 500

// Title is what an article is called: its own title, else the name of its file.
func Title(file string, a office.Article) string {
	title := []rune(a.Title)
	if len(title) > maxTitle {
		title = append(title[:maxTitle], '…')
	}
	if viet.Slug(string(title)) == "" {
		base := filepath.Base(file)
		return strings.TrimSuffix(base, filepath.Ext(base))
	}
	return string(title)
}

// Article makes an entry of a kind of an article that was read. What the kind has no field
// for is left out.
func Article(kind catalog.Kind, title string, a office.Article, today time.Time) (Entry, []diag.Finding) {
	known := map[string]*matter.Value{"date": matter.Bare(today.Format(time.DateOnly)), "description": matter.String(catalog.ToFillDescription)}
	if a.Author != "" {
		known["author"] = matter.String(a.Author)
	}
	if a.Head != nil {
		fromHead(known, a.Head)
	}
	has := map[string]bool{}
	for _, f := range catalog.Schema(kind) {
		has[f.Key] = true
	}
	for key := range known {
		if !has[key] {
			delete(known, key)
		}
	}
	file, text, findings := catalog.Compose(kind, title, known, a.Markdown)
	return Entry{file, text, a.Markdown}, findings
}

// fromHead gives an article the date of the official document that it was, and the
// document as its source.
func fromHead(known map[string]*matter.Value, h *office.Letterhead) {
	if h.Date != "" {
		known["date"] = matter.Bare(h.Date)
	}
	if h.Number == "" {
		return
	}
	source := &matter.Value{Kind: matter.Table}
	source.Set("title", matter.String(cmp.Or(h.Type, "Công văn")+" số "+h.Number))
	source.Set("url", matter.String(""))
	if h.Issuer != "" {
		source.Set("publisher", matter.String(h.Issuer))
	}
	if h.Date != "" {
		source.Set("date", matter.Bare(h.Date))
	}
	known["sources"] = &matter.Value{Kind: matter.List, Items: []*matter.Value{source}}
}

// Text reads a document's text, from Word, from the pages of a PDF, or as it is.
func Text(file string, data []byte) (string, []diag.Finding) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".pdf":
		return page.Text(file, data)
	case ".docx", ".doc", ".rtf", ".odt":
	default:
		return office.PlainText(file, data)
	}
	doc, findings := office.ReadText(file, data)
	if doc == nil {
		return "", findings
	}
	text, more := doc.Text()
	return text, append(findings, more...)
}

// PlanText is the file that holds a plan's text, beside its page.
const PlanText = "van-ban.txt"

// PlanTitle is what the page of a plan is called.
func PlanTitle(d *plan.Document) string { return d.Type + " số " + d.Number }

// Plan makes the page of an official document; its text goes beside it, as [PlanText].
// Short labels are by the provisions' IDs.
func Plan(d *plan.Document, title string, short map[string]string) (Entry, []diag.Finding) {
	known := map[string]*matter.Value{"date": matter.Bare(d.Date), "description": matter.String(catalog.ToFillDescription)}
	labels := &matter.Value{Kind: matter.Table}
	d.Walk(func(p, _ *plan.Provision) {
		if label := strings.Join(strings.Fields(short[p.ID]), " "); label != "" {
			labels.Set(p.ID, matter.String(label))
		}
	})
	if len(labels.Keys) > 0 {
		known["short"] = labels
	}
	_, text, findings := catalog.Compose(catalog.KindPlan, title, known, "")
	return Entry{path.Join("content", catalog.KindPlan.Folder(), viet.Slug(d.Number), "_index.md"), text, ""}, findings
}

// Document makes an entry that offers a file for download, of what the document says of
// itself in its head; title is what the entry is called.
func Document(kind catalog.Kind, title, file string, d *plan.Document, today time.Time) (Entry, []diag.Finding) {
	attached := &matter.Value{Kind: matter.Table}
	attached.Set("file", matter.String(file))
	attached.Set("title", matter.String(title))
	known := map[string]*matter.Value{"files": {Kind: matter.List, Items: []*matter.Value{attached}}}
	name := title
	if kind == catalog.KindDirective {
		name = cmp.Or(d.Number, title)
		known["title"] = matter.String(title)
		for key, text := range map[string]string{"number": d.Number, "doc_type": d.Type, "issuer": d.Issuer} {
			if text != "" {
				known[key] = matter.String(text)
			}
		}
		if d.Date != "" {
			known["date"] = matter.Bare(d.Date)
		}
	} else {
		known["date"] = matter.Bare(today.Format(time.DateOnly))
		if d.Number != "" {
			attached.Set("number", matter.String(d.Number))
		}
		if d.Date != "" {
			attached.Set("date", matter.Bare(d.Date))
		}
	}
	entry, text, findings := catalog.Compose(kind, name, known, "")
	return Entry{entry, text, ""}, findings
}

// Pictured makes an entry with a picture.
func Pictured(kind catalog.Kind, title, file string, today time.Time) (Entry, []diag.Finding) {
	image := &matter.Value{Kind: matter.Table}
	image.Set("file", matter.String(file))
	known := map[string]*matter.Value{"image": image, "date": matter.Bare(today.Format(time.DateOnly))}
	entry, text, findings := catalog.Compose(kind, title, known, "")
	return Entry{entry, text, ""}, findings
}

// Called is what a document is called in full: "Quyết định số 812-QĐ/TU về …"; "" where
// nothing of that is known.
func Called(d *plan.Document) string {
	switch {
	case d.Number != "":
		return strings.TrimSpace(cmp.Or(d.Type, "Văn bản") + " số " + d.Number + " " + d.Title)
	case d.Type != "": // a title alone is any line
		return strings.TrimSpace(d.Type + " " + d.Title)
	}
	return ""
}
