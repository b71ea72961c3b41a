package catalog

import (
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"lienhiep/internal/diag"
)

// Field is one key of front matter: the schema that validation, the templates of new
// entries and the editors' forms are made from, read from the tags of the structs
// that entries are read into.
type Field struct {
	Key       string
	Type      Type
	Label     diag.Text
	Help      diag.Text
	Required  bool
	Usual     bool     // may be left out, but stands in examples
	YearAlone bool     // a date may be a year alone
	Seconds   bool     // a date with an hour needs seconds too: Hugo reads it by itself
	URL       bool     // a web address
	Slug      bool     // part of an address of the site
	Download  bool     // the name of a file for download in the entry's folder
	Longest   int      // characters of a text, or of an item of a list
	Values    []string // the values allowed, nil for any
	Example   string   // as it would stand in YAML
	Fields    []Field  // of TypeTable and TypeTables

	index []int
}

// longestText is how many characters a text of front matter may have that says nothing
// else of it: more than a page.
const longestText = 5_000

// Type is what a field's value is.
type Type int

const (
	TypeText Type = iota
	TypeNumber
	TypeBool
	TypeDate
	TypeList   // of text
	TypeRefs   // IDs of other entries
	TypeTable  // named values
	TypeTables // a list of those
)

func (t Type) name() diag.Text {
	return [...]diag.Text{
		{VI: "chữ", EN: "text"},
		{VI: "số nguyên", EN: "a whole number"},
		{VI: "true hoặc false", EN: "true or false"},
		{VI: "ngày", EN: "a date"},
		{VI: "danh sách trong ngoặc vuông", EN: "a list in brackets"},
		{VI: "danh sách mã trong ngoặc vuông", EN: "a list of IDs in brackets"},
		{VI: "nhóm các mục con", EN: "a group of keys"},
		{VI: "danh sách các nhóm mục con", EN: "a list of groups of keys"},
	}[t]
}

// sample is a value as it would stand in YAML, to show what is meant.
func (f Field) sample() string {
	switch f.Type {
	case TypeTable:
		return "{" + sampleFields(f.Fields) + "}"
	case TypeTables:
		return "[{" + sampleFields(f.Fields) + "}]"
	}
	return [...]string{`"…"`, "1", "false", "2026-11-20", `["Y học"]`, `["mã"]`}[f.Type]
}

// sampleFields are the fields of a group that must be there, or mostly are.
func sampleFields(fields []Field) string {
	var all []string
	for _, f := range fields {
		if f.Required || f.Usual {
			all = append(all, f.Key+": "+f.sample())
		}
	}
	return strings.Join(all, ", ")
}

// Schema returns the fields of a kind, in the order in which people fill them
// in: the shared ones first.
func Schema(k Kind) []Field {
	return fieldsOf(reflect.TypeOf(k.info().make()).Elem())
}

var schemas sync.Map // reflect.Type → []Field

func fieldsOf(t reflect.Type) []Field {
	if known, ok := schemas.Load(t); ok {
		return known.([]Field)
	}
	var fields []Field
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Anonymous {
			for _, f := range fieldsOf(sf.Type) {
				f.index = append([]int{i}, f.index...)
				fields = append(fields, f.sayingOf(sf.Tag))
			}
			continue
		}
		if key := sf.Tag.Get("key"); key != "" {
			fields = append(fields, fieldOf(sf, key, i))
		}
	}
	known, _ := schemas.LoadOrStore(t, fields)
	return known.([]Field)
}

// sayingOf is the field with what the tag of the struct that embeds it says of it.
func (f Field) sayingOf(tag reflect.StructTag) Field {
	for name, text := range map[string]*string{"vi": &f.Label.VI, "en": &f.Label.EN, "vihelp": &f.Help.VI, "enhelp": &f.Help.EN, "eg": &f.Example} {
		if says, ok := tag.Lookup(f.Key + "." + name); ok {
			*text = says
		}
	}
	return f
}

func fieldOf(sf reflect.StructField, key string, index int) Field {
	tag := sf.Tag
	f := Field{
		Key:     key,
		Label:   diag.Text{VI: tag.Get("vi"), EN: tag.Get("en")},
		Help:    diag.Text{VI: tag.Get("vihelp"), EN: tag.Get("enhelp")},
		Longest: longestText,
		Example: tag.Get("eg"),
		index:   []int{index},
	}
	for _, is := range strings.Fields(tag.Get("is")) {
		switch is {
		case "required":
			f.Required = true
		case "usual":
			f.Usual = true
		case "year":
			f.YearAlone = true
		case "seconds":
			f.Seconds = true
		case "url":
			f.URL = true
		case "slug":
			f.Slug = true
		case "download":
			f.Download = true
		default:
			panic("catalog: unknown tag is:" + is + " on " + sf.Name)
		}
	}
	if most := tag.Get("longest"); most != "" {
		n, err := strconv.Atoi(most)
		if err != nil {
			panic("catalog: tag longest on " + sf.Name + ": " + err.Error())
		}
		f.Longest = n
	}
	if one := tag.Get("one"); one != "" {
		f.Values = strings.Fields(one)
	}
	f.Type, f.Fields = typeOf(sf.Type)
	return f
}

func typeOf(t reflect.Type) (Type, []Field) {
	switch {
	case t == reflect.TypeFor[Date]():
		return TypeDate, nil
	case t == reflect.TypeFor[[]Ref]():
		return TypeRefs, nil
	case t.Kind() == reflect.String:
		return TypeText, nil
	case t.Kind() == reflect.Int:
		return TypeNumber, nil
	case t.Kind() == reflect.Bool:
		return TypeBool, nil
	case t.Kind() == reflect.Pointer:
		return TypeTable, fieldsOf(t.Elem())
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String:
		return TypeList, nil
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		return TypeTables, fieldsOf(t.Elem())
	}
	panic("catalog: no schema type for " + t.String())
}

// isWebAddress reports whether s is an absolute http(s) address.
func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(s, " \t\n\"<>\\")
}
