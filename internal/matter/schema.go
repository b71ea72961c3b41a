package matter

import (
	"strings"

	"lienhiep/internal/diag"
)

// Field is one key of front matter: what it may hold, and how people are told of it.
// Package catalog derives the fields of each kind of entry; validation, templates of new
// entries and the desk's forms are made from them.
type Field struct {
	Key       string
	Type      Type
	Label     diag.Text
	Help      diag.Text
	Desk      string // the help beside the field of a form, in Vietnamese: a form has choices and searches where a file has values and IDs
	Required  bool
	Usual     bool              // may be left out, but stands in examples
	YearAlone bool              // a date may be a year alone
	Seconds   bool              // a date with a time needs seconds too: Hugo reads it by itself
	URL       bool              // a web address
	Slug      bool              // part of an address of the site
	Address   bool              // the address of a page of the site
	Download  bool              // the name of a file for download in the entry's folder
	Cited     bool              // one of the entry's sources, by its address or number
	Clause    string            // a part of the plan whose entry it is, by its ID there: "phan" a main part, "muc" any provision, "cho" these and the head, the preamble and the tail; "" for none
	Longest   int               // characters of a text, or of an item of a list
	Values    []string          // the values allowed, nil for any
	Words     map[string]string // what the values are called, in Vietnamese
	To        string            // of TypeRefs: the kind of the entries referred to; "" for provisions. TypeRef names an entry that tells of an event
	Example   string            // as it would stand in YAML
	Fields    []Field           // of TypeTable and TypeTables
	Index     []int             // of the Go field that the value is decoded into, see [reflect.Value.FieldByIndex]
}

// Type is the type of a field's value.
type Type int

const (
	TypeText Type = iota
	TypeNumber
	TypeBool
	TypeDate
	TypeWhen   // a day, month, year or range, as far as it is known
	TypeList   // of text
	TypeRefs   // IDs of other entries
	TypeRef    // the path of one other entry below content/
	TypeTable  // named values
	TypeTables // a list of those
	TypeTexts  // texts by keys that are not fixed, such as IDs
	TypeLists  // a list of lists of text
)

// Name is what people call the type.
func (t Type) Name() diag.Text {
	return [...]diag.Text{
		{VI: "chữ", EN: "text"},
		{VI: "số nguyên", EN: "a whole number"},
		{VI: "true hoặc false", EN: "true or false"},
		{VI: "ngày", EN: "a date"},
		{VI: "thời điểm", EN: "a time"},
		{VI: "danh sách trong ngoặc vuông", EN: "a list in brackets"},
		{VI: "danh sách mã trong ngoặc vuông", EN: "a list of IDs in brackets"},
		{VI: "đường dẫn của một trang dưới content/", EN: "the path of an entry below content/"},
		{VI: "nhóm các mục con", EN: "a group of keys"},
		{VI: "danh sách các nhóm mục con", EN: "a list of groups of keys"},
		{VI: "nhóm các dòng, mỗi dòng một mã và một câu chữ", EN: "a group of lines, each an ID and a text"},
		{VI: "danh sách các danh sách trong ngoặc vuông", EN: "a list of lists in brackets"},
	}[t]
}

// Sample is a value of the field as it would stand in YAML, for messages.
func (f Field) Sample() string {
	switch f.Type {
	case TypeTable:
		return "{" + sampleFields(f.Fields) + "}"
	case TypeTables:
		return "[{" + sampleFields(f.Fields) + "}]"
	case TypeTexts:
		return `{mã: "…"}`
	case TypeLists:
		return `[["…", "…"]]`
	}
	return [...]string{`"…"`, "1", "false", "2026-11-20", "2026-11-20", `["Y học"]`, `["mã"]`, "mục/trang"}[f.Type]
}

// sampleFields are the fields of a group that are required, or mostly given.
func sampleFields(fields []Field) string {
	var all []string
	for _, f := range fields {
		if f.Required || f.Usual {
			all = append(all, f.Key+": "+f.Sample())
		}
	}
	return strings.Join(all, ", ")
}
