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
}

type jsonProvision struct {
	ID         string          `json:"id"`
	Kind       plan.Kind       `json:"kind"`
	Label      string          `json:"label"`
	Number     string          `json:"number"`
	Place      string          `json:"place"`
	URL        string          `json:"url"`
	Text       string          `json:"text"`
	Paragraphs []string        `json:"paragraphs"`
	Children   []jsonProvision `json:"children"`
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
			all = append(all, jsonProvision{p.ID, p.Kind, p.Label, names[p.ID].Short, names[p.ID].Ref, e.URL + "#" + p.ID, p.Text, list(p.Paragraphs), provisions(p.Children)})
		}
		return all
	}
	doc.Provisions = provisions(d.Provisions)
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
	var text strings.Builder
	put := func(ss ...string) {
		for _, s := range ss {
			text.WriteString(squeeze(s))
		}
	}
	for _, b := range doc.Head {
		put(b.Text)
	}
	put(doc.Preamble...)
	var provisions func([]jsonProvision)
	provisions = func(ps []jsonProvision) {
		for _, p := range ps {
			put(p.Label, p.Text)
			put(p.Paragraphs...)
			provisions(p.Children)
		}
	}
	provisions(doc.Provisions)
	for _, b := range doc.Tail {
		put(b.Text)
	}
	return text.String(), nil
}
