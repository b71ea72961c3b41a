package form

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"strings"

	"lienhiep/internal/plan"
)

// Schema is the JSON Schema of the JSON form. Its version is in its name and in
// every file: a change that a reader could stumble over makes a new one.
//
//go:embed schema.json
var Schema []byte

// SchemaName is the schema's file name.
const SchemaName = "van-ban-1.json"

// jsonDocument is a document as schema.json describes it.
type jsonDocument struct {
	Schema     string          `json:"$schema"`
	Version    int             `json:"version"`
	Number     string          `json:"number"`
	Type       string          `json:"type"`
	Title      string          `json:"title"`
	Issuer     string          `json:"issuer"`
	Place      string          `json:"place"`
	Date       string          `json:"date"`
	Citation   string          `json:"citation"`
	URL        string          `json:"url"`
	Wording    string          `json:"wording"`
	Note       string          `json:"note"`
	Head       []plan.Block    `json:"head"`
	Preamble   []string        `json:"preamble"`
	Provisions []jsonProvision `json:"provisions"`
	Tail       []plan.Block    `json:"tail"`
	Recipients []string        `json:"recipients"`
	Signature  plan.Signature  `json:"signature"`
	Citations  []jsonCitation  `json:"citations"`

	Attachments []jsonAttachment `json:"attachments,omitempty"`
}

type jsonProvision struct {
	ID         string          `json:"id"`
	Kind       plan.Kind       `json:"kind"`
	Label      string          `json:"label"`
	Number     string          `json:"number"`
	Place      string          `json:"place"`
	URL        string          `json:"url"`
	Text       string          `json:"text"`
	Paragraphs []jsonPassage   `json:"paragraphs"`
	Children   []jsonProvision `json:"children"`
}

// jsonAttachment is what is attached to a document.
type jsonAttachment struct {
	ID         string          `json:"id"`
	URL        string          `json:"url"`
	Number     string          `json:"number"`
	Type       string          `json:"type"`
	Title      string          `json:"title"`
	Head       []plan.Block    `json:"head"`
	Preamble   []string        `json:"preamble"`
	Provisions []jsonProvision `json:"provisions"`
	Tail       []plan.Block    `json:"tail"`
}

// jsonPassage is a paragraph, written as a string, or an object with a table or a
// quotation.
type jsonPassage struct {
	text   string
	Table  plan.Table   `json:"table,omitempty"`
	Quoted []jsonQuoted `json:"quoted,omitempty"`
}

// jsonQuoted is a provision of another document, which a quotation has.
type jsonQuoted struct {
	Kind       plan.Kind     `json:"kind"`
	Label      string        `json:"label"`
	Text       string        `json:"text"`
	Paragraphs []jsonPassage `json:"paragraphs"`
	Children   []jsonQuoted  `json:"children"`
}

func (p jsonPassage) MarshalJSON() ([]byte, error) {
	if p.text != "" {
		return json.Marshal(p.text)
	}
	type plain jsonPassage
	return json.Marshal(plain(p))
}

func (p *jsonPassage) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &p.text)
	}
	type plain jsonPassage
	return json.Unmarshal(data, (*plain)(p))
}

func jsonPassages(from []plan.Passage) []jsonPassage {
	all := []jsonPassage{}
	for _, p := range from {
		all = append(all, jsonPassage{p.Text, p.Table, quotedProvisions(p.Quoted)})
	}
	return all
}

func quotedProvisions(ps []*plan.Provision) []jsonQuoted {
	all := []jsonQuoted{}
	for _, p := range ps {
		all = append(all, jsonQuoted{p.Kind, p.Label, p.Text, jsonPassages(p.Paragraphs), quotedProvisions(p.Children)})
	}
	return all
}

type jsonCitation struct {
	Number string   `json:"number"`
	Type   string   `json:"type"`
	Issuer string   `json:"issuer"`
	Date   string   `json:"date"`
	URL    string   `json:"url"`
	At     []string `json:"at"`
}

func writeJSON(e *Edition) ([]byte, error) {
	d := e.Document
	doc := jsonDocument{
		Schema: e.Schema, Version: 1, Number: d.Number, Type: d.Type, Title: d.Title, Issuer: d.IssuerInFull(), Place: d.Place, Date: d.Date,
		Citation: d.Cite(), URL: e.URL, Wording: e.Date, Note: verbatim,
		Head: list(d.Head), Preamble: list(d.Preamble), Tail: list(d.Tail), Recipients: list(d.Recipients), Signature: d.Signature, Citations: []jsonCitation{},
	}
	names := d.Designations()
	var provisions func(ps []*plan.Provision) []jsonProvision
	provisions = func(ps []*plan.Provision) []jsonProvision {
		all := []jsonProvision{}
		for _, p := range ps {
			all = append(all, jsonProvision{p.ID, p.Kind, p.Label, names[p.ID].Short, names[p.ID].Ref, e.URL + "#" + p.ID, p.Text, jsonPassages(p.Paragraphs), provisions(p.Children)})
		}
		return all
	}
	doc.Provisions = provisions(d.Provisions)
	for _, a := range d.Attachments {
		doc.Attachments = append(doc.Attachments, jsonAttachment{a.ID, e.URL + "#" + a.ID, a.Number, a.Type, a.Title, list(a.Head), list(a.Preamble), provisions(a.Provisions), list(a.Tail)})
	}
	for _, c := range d.Citations {
		doc.Citations = append(doc.Citations, jsonCitation{c.Number, c.Kind, c.Issuer, c.Date, e.Library(c.Number), c.At})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(doc)
	return b.Bytes(), err
}

// list is s as a JSON list, which is never null.
func list[T any](s []T) []T { return append([]T{}, s...) }

func jsonWords(data []byte) (string, error) {
	var doc jsonDocument
	if err := json.Unmarshal(data, &doc); err != nil {
		return "", err
	}
	if doc.Version != 1 {
		return "", errors.New("not version 1 of the form")
	}
	var text wordsOf
	text.document(doc.Head, doc.Preamble, doc.Provisions, doc.Tail)
	for _, a := range doc.Attachments {
		text.document(a.Head, a.Preamble, a.Provisions, a.Tail)
	}
	return text.String(), nil
}

// wordsOf collects the words of a JSON form.
type wordsOf struct{ strings.Builder }

func (w *wordsOf) put(ss ...string) {
	for _, s := range ss {
		w.WriteString(squeeze(s))
	}
}

func (w *wordsOf) document(head []plan.Block, preamble []string, provisions []jsonProvision, tail []plan.Block) {
	for _, b := range head {
		w.put(b.Text)
	}
	w.put(preamble...)
	w.provisions(provisions)
	for _, b := range tail {
		w.put(b.Text)
	}
}

func (w *wordsOf) provisions(ps []jsonProvision) {
	for _, p := range ps {
		w.put(p.Label, p.Text)
		w.passages(p.Paragraphs)
		w.provisions(p.Children)
	}
}

func (w *wordsOf) passages(ps []jsonPassage) {
	for _, p := range ps {
		w.put(p.text)
		for _, row := range p.Table {
			w.put(row...)
		}
		w.quoted(p.Quoted)
	}
}

func (w *wordsOf) quoted(ps []jsonQuoted) {
	for _, p := range ps {
		w.put(p.Label, p.Text)
		w.passages(p.Paragraphs)
		w.quoted(p.Children)
	}
}
