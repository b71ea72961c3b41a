package form

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

// The XML form is Akoma Ntoso 1.0 (OASIS LegalDocML, namespace 3.0), a "doc".
//
// An element's eId follows the naming convention and is the provision's lasting ID
// in its words: "sec_ii__para_1__indent_2" is ii-1-2, "art_5__para_1" is dieu-5-1.
// Its GUID is the provision's address on the site, which ends in the ID itself.
const aknNamespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

// hierarchy is what a kind of provision is in Akoma Ntoso, and in an eId.
var hierarchy = map[plan.Kind]struct{ element, id string }{
	plan.Part:       {"part", "part"},
	plan.Chapter:    {"chapter", "chp"},
	plan.Subchapter: {"subchapter", "subchp"},
	plan.Section:    {"section", "sec"},
	plan.Article:    {"article", "art"},
	plan.Item:       {"paragraph", "para"},
	plan.Letter:     {"point", "point"},
	plan.Dash:       {"indent", "indent"},
	plan.Plus:       {"alinea", "al"},
	plan.Bracket:    {"subparagraph", "subpara"},
	plan.Star:       {"level", "lvl"},
	plan.Unnumbered: {"clause", "clause"},
}

// xmlFile is an XML file being written, an element or a run of text at a time.
type xmlFile struct {
	bytes.Buffer
	open []string
	refs map[string]int // references so far, by the eId that they are within
}

func (x *xmlFile) start(name string, attrs ...string) {
	fmt.Fprintf(x, "<%s", name)
	for i := 0; i < len(attrs); i += 2 {
		fmt.Fprintf(x, ` %s="`, attrs[i])
		x.text(attrs[i+1])
		x.WriteByte('"')
	}
	x.WriteByte('>')
	x.open = append(x.open, name)
}

func (x *xmlFile) end() {
	fmt.Fprintf(x, "</%s>", x.open[len(x.open)-1])
	x.open = x.open[:len(x.open)-1]
}

func (x *xmlFile) text(s string) { xml.EscapeText(x, []byte(s)) } // a Buffer takes everything

// line puts what follows on a line of its own, where no text can stand.
func (x *xmlFile) line() { x.WriteString("\n" + strings.Repeat(" ", len(x.open))) }

// group opens an element that holds elements only; done closes it.
func (x *xmlFile) group(name string, attrs ...string) (done func()) {
	x.line()
	x.start(name, attrs...)
	return func() {
		x.open = x.open[:len(x.open)-1]
		x.line()
		fmt.Fprintf(x, "</%s>", name)
	}
}

// leaf writes an element with nothing within.
func (x *xmlFile) leaf(name string, attrs ...string) {
	x.line()
	x.start(name, attrs...)
	x.open = x.open[:len(x.open)-1]
	x.Truncate(x.Len() - 1)
	x.WriteString("/>")
}

func writeXML(e *Edition) ([]byte, error) {
	x := &xmlFile{refs: map[string]int{}}
	x.WriteString(strings.TrimSuffix(xml.Header, "\n"))
	x.line()
	x.start("akomaNtoso", "xmlns", aknNamespace)
	closeDoc := x.group("doc", "name", viet.Slug(e.Document.Type))
	e.meta(x)
	e.content(x, e.Document)
	if attached := e.Document.Attachments; len(attached) > 0 {
		done := x.group("attachments")
		for i, a := range attached {
			done := x.group("attachment", "eId", attachmentID(a))
			closeDoc := x.group("doc", "name", viet.Slug(a.Type))
			meta := x.group("meta")
			e.identification(x, "!attachment_"+strconv.Itoa(i+1), a)
			meta()
			e.content(x, a)
			closeDoc()
			done()
		}
		done()
	}
	closeDoc()
	x.WriteByte('\n')
	x.end()
	x.WriteByte('\n')
	return x.Bytes(), nil
}

// attachmentID is the eId of an attachment: "att_1" is kem-theo-1.
func attachmentID(a *plan.Document) string {
	if a.ID == "" {
		return ""
	}
	return "att_" + strings.TrimPrefix(a.ID, "kem-theo-")
}

// content writes the words of a document or of an attachment.
func (e *Edition) content(x *xmlFile, d *plan.Document) {
	if len(d.Head) > 0 {
		done := x.group("preface")
		for _, b := range d.Head {
			e.block(x, b)
		}
		done()
	}
	within := attachmentID(d)
	if len(d.Preamble) > 0 {
		done := x.group("preamble")
		for _, s := range d.Preamble {
			e.paragraph(x, strings.TrimPrefix(within+"__preamble", "__"), s)
		}
		done()
	}
	done := x.group("mainBody")
	if len(d.Provisions) == 0 {
		e.paragraph(x, within, "")
	}
	e.provisions(x, d.Provisions, nil, within)
	done()
	if len(d.Tail) > 0 {
		done := x.group("conclusions")
		for _, b := range d.Tail {
			e.block(x, b)
		}
		done()
	}
}

// workIRI names a document as the naming convention does. It has no name without
// a date.
func workIRI(kind, issuer, date, number string) string {
	if date == "" {
		return ""
	}
	parts := []string{"/akn/vn/doc", viet.Slug(kind), viet.Slug(issuer), date, viet.Slug(number)}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "/")
}

// meta writes what is known of the document: who issued it when, what it is
// called as work, expression and file, who and what its text refers to.
func (e *Edition) meta(x *xmlFile) {
	d := e.Document
	issuer := d.IssuerInFull()
	work := workIRI(d.Type, issuer, d.Date, d.Number)
	defer x.group("meta")()
	e.identification(x, "!main", d)

	lifecycle := x.group("lifecycle", "source", "#site")
	x.leaf("eventRef", "eId", "eventRef_1", "date", d.Date, "type", "generation", "source", "#original")
	if e.Date != d.Date {
		x.leaf("eventRef", "eId", "eventRef_2", "date", e.Date, "type", "amendment", "source", "#original")
	}
	lifecycle()

	references := x.group("references", "source", "#site")
	x.leaf("original", "eId", "original", "href", work+"/vie@"+d.Date, "showAs", d.Cite())
	x.leaf("TLCOrganization", "eId", "issuer", "href", "/akn/ontology/organization/vn/"+viet.Slug(issuer), "showAs", issuer)
	x.leaf("TLCOrganization", "eId", "site", "href", e.URL, "showAs", e.URL)
	if s := d.Signature; s.Name != "" {
		x.leaf("TLCPerson", "eId", "signatory", "href", "/akn/ontology/person/vn/"+viet.Slug(s.Name), "showAs", s.Name)
	}
	references()

	notes := x.group("notes", "source", "#site")
	note := x.group("note", "eId", "note_1")
	for _, s := range e.provenance() {
		x.line()
		x.start("p")
		x.text(s)
		x.end()
	}
	note()
	notes()
}

// identification says what the component of the document is, the main one or one, d,
// that is attached.
func (e *Edition) identification(x *xmlFile, component string, d *plan.Document) {
	main := e.Document
	work := workIRI(main.Type, main.IssuerInFull(), main.Date, main.Number)
	expression := work + "/vie@" + e.Date
	level := func(name, iri, this, date string, more func()) {
		defer x.group(name)()
		x.leaf("FRBRthis", "value", this)
		x.leaf("FRBRuri", "value", iri)
		if name == "FRBRExpression" {
			x.leaf("FRBRalias", "value", e.URL, "name", "page")
		}
		x.leaf("FRBRdate", "date", date, "name", "document")
		author := "#issuer"
		if name == "FRBRManifestation" {
			author = "#site"
		}
		x.leaf("FRBRauthor", "href", author)
		more()
	}
	identification := x.group("identification", "source", "#site")
	level("FRBRWork", work, work+"/"+component, main.Date, func() {
		x.leaf("FRBRcountry", "value", "vn")
		x.leaf("FRBRsubtype", "value", viet.Slug(d.Type))
		x.leaf("FRBRnumber", "value", main.Number)
		x.leaf("FRBRname", "value", d.Type)
	})
	level("FRBRExpression", expression, expression+"/"+component, e.Date, func() {
		x.leaf("FRBRauthoritative", "value", "false") // the signed paper is
		x.leaf("FRBRlanguage", "language", "vie")
	})
	level("FRBRManifestation", expression+".akn", expression+"/"+component+".akn", e.Date, func() {
		x.leaf("FRBRformat", "value", "application/akn+xml")
	})
	identification()
}

// block writes a block of head or tail; its role is its class.
func (e *Edition) block(x *xmlFile, b plan.Block) {
	x.line()
	x.start("p", "class", string(b.Role))
	inner := len(x.open)
	switch b.Role {
	case plan.Issuer:
		x.start("docAuthority")
	case plan.Number:
		x.start("docNumber")
	case plan.PlaceDate:
		x.start("docDate", "date", e.Document.Date)
	case plan.KindName:
		x.start("docType")
	case plan.Title:
		x.start("docTitle")
	case plan.Authority, plan.Position:
		x.start("signature")
	case plan.Name:
		x.start("signature")
		x.start("person", "refersTo", "#signatory")
	}
	e.words(x, "", b.Text)
	for len(x.open) > inner {
		x.end()
	}
	x.end()
}

func (e *Edition) provisions(x *xmlFile, ps []*plan.Provision, parent *plan.Provision, within string) {
	for _, p := range ps {
		h := hierarchy[p.Kind]
		eID := h.id + "_" + p.Own(parent)
		switch attached, _, _ := strings.Cut(within, "__"); {
		case p.Kind == plan.Article && strings.HasPrefix(attached, "att_"):
			eID = attached + "__" + eID
		case within != "" && p.Kind != plan.Article: // articles are numbered through the whole document
			eID = within + "__" + eID
		}
		done := x.group(h.element, "eId", eID, "GUID", e.URL+"#"+p.ID)
		if p.Label != "" {
			x.line()
			x.start("num")
			x.text(p.Label)
			x.end()
		}
		first := append([]plan.Passage{{Text: p.Text}}, p.Paragraphs...)
		if isHeading(p) {
			x.line()
			x.start("heading")
			e.words(x, eID, p.Text)
			x.end()
			first = p.Paragraphs
		}
		name := "content"
		if len(p.Children) > 0 {
			name = "intro"
		}
		if len(first) > 0 || name == "content" {
			done := x.group(name, "eId", eID+"__"+name)
			for _, s := range first {
				e.passage(x, eID, s)
			}
			if len(first) == 0 {
				e.paragraph(x, eID, "")
			}
			done()
		}
		e.provisions(x, p.Children, p, eID)
		done()
	}
}

// passage writes a paragraph, a table, or what is quoted, a line for each provision.
func (e *Edition) passage(x *xmlFile, within string, s plan.Passage) {
	switch {
	case s.Table != nil:
		done := x.group("table")
		for _, row := range s.Table {
			done := x.group("tr")
			for _, cell := range row {
				done := x.group("td")
				e.paragraph(x, within, cell)
				done()
			}
			done()
		}
		done()
	case s.Quoted != nil:
		for _, q := range s.Quoted {
			x.line()
			x.start("p", "class", "quoted")
			e.words(x, within, strings.TrimSpace(q.Label+" "+q.Text))
			x.end()
			for _, inner := range q.Paragraphs {
				e.passage(x, within, inner)
			}
			if len(q.Children) > 0 {
				e.passage(x, within, plan.Passage{Quoted: q.Children})
			}
		}
	default:
		e.paragraph(x, within, s.Text)
	}
}

func (e *Edition) paragraph(x *xmlFile, within, s string) {
	x.line()
	x.start("p")
	e.words(x, within, s)
	x.end()
}

// words writes a text with the documents that it names as references: to the
// work, or where that has no name, to its page on the site.
func (e *Edition) words(x *xmlFile, within, s string) {
	at := 0
	for _, m := range e.Document.Mentions(s) {
		href := e.cited(m.Number)
		if href == "" {
			continue
		}
		x.text(s[at:m.Start])
		x.refs[within]++
		eID := "ref_" + strconv.Itoa(x.refs[within])
		if within != "" {
			eID = within + "__" + eID
		}
		x.start("ref", "eId", eID, "href", href)
		x.text(s[m.Start:m.End])
		x.end()
		at = m.End
	}
	x.text(s[at:])
}

func (e *Edition) cited(number string) string {
	for _, c := range e.Document.Citations {
		if c.Number == number {
			if iri := workIRI(c.Kind, c.Issuer, c.Date, c.Number); iri != "" {
				return iri
			}
		}
	}
	return e.Library(number)
}

// xmlWords reads the text outside the metadata.
func xmlWords(data []byte) (string, error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	var text strings.Builder
	body := false
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return text.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "meta" {
				if err := dec.Skip(); err != nil {
					return "", err
				}
			}
			body = body || t.Name == xml.Name{Space: aknNamespace, Local: "doc"}
		case xml.CharData:
			if body {
				text.WriteString(squeeze(string(t)))
			}
		}
	}
}
