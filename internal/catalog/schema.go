package catalog

import (
	"reflect"
	"strconv"
	"strings"
	"sync"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// longestText is how many characters a text of front matter may have that says nothing
// else of it: more than a page.
const longestText = 5_000

// Schema returns the fields of a kind, in the order in which people fill them
// in: the shared ones first.
func Schema(k Kind) []matter.Field {
	return fieldsOf(reflect.TypeOf(k.info().make()).Elem())
}

var schemas sync.Map // reflect.Type → []matter.Field

func fieldsOf(t reflect.Type) []matter.Field {
	if known, ok := schemas.Load(t); ok {
		return known.([]matter.Field)
	}
	var fields []matter.Field
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Anonymous {
			for _, f := range fieldsOf(sf.Type) {
				f.Index = append([]int{i}, f.Index...)
				fields = append(fields, overridden(f, sf.Tag))
			}
			continue
		}
		if key := sf.Tag.Get("key"); key != "" {
			fields = append(fields, fieldOf(sf, key, i))
		}
	}
	known, _ := schemas.LoadOrStore(t, fields)
	return known.([]matter.Field)
}

// overridden is a field with what the tag of the struct that embeds it says otherwise.
func overridden(f matter.Field, tag reflect.StructTag) matter.Field {
	for name, text := range map[string]*string{"vi": &f.Label.VI, "en": &f.Label.EN, "vihelp": &f.Help.VI, "enhelp": &f.Help.EN, "eg": &f.Example, "desk": &f.Desk} {
		if says, ok := tag.Lookup(f.Key + "." + name); ok {
			*text = says
		}
	}
	return f
}

func fieldOf(sf reflect.StructField, key string, index int) matter.Field {
	tag := sf.Tag
	f := matter.Field{
		Key:     key,
		Label:   diag.Text{VI: tag.Get("vi"), EN: tag.Get("en")},
		Help:    diag.Text{VI: tag.Get("vihelp"), EN: tag.Get("enhelp")},
		Desk:    tag.Get("vihelp"),
		Longest: longestText,
		To:      tag.Get("to"),
		Clause:  tag.Get("clause"),
		Example: tag.Get("eg"),
		Index:   []int{index},
	}
	if says, ok := tag.Lookup("desk"); ok {
		f.Desk = says
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
		case "address":
			f.Address = true
		case "download":
			f.Download = true
		case "cited":
			f.Cited = true
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
		f.Words = map[string]string{}
		words := strings.Split(tag.Get("words"), "|")
		if len(words) != len(f.Values) {
			panic("catalog: tag words on " + sf.Name + " must name each of its values")
		}
		for i, v := range f.Values {
			f.Words[v] = words[i]
		}
	}
	f.Type, f.Fields = typeOf(sf.Type)
	return f
}

func typeOf(t reflect.Type) (matter.Type, []matter.Field) {
	switch {
	case t == reflect.TypeFor[Date]():
		return matter.TypeDate, nil
	case t == reflect.TypeFor[When]():
		return matter.TypeWhen, nil
	case t == reflect.TypeFor[Ref]():
		return matter.TypeRef, nil
	case t == reflect.TypeFor[[]Ref]():
		return matter.TypeRefs, nil
	case t == reflect.TypeFor[[]Label]():
		return matter.TypeTexts, nil
	case t.Kind() == reflect.String:
		return matter.TypeText, nil
	case t.Kind() == reflect.Int:
		return matter.TypeNumber, nil
	case t.Kind() == reflect.Bool:
		return matter.TypeBool, nil
	case t.Kind() == reflect.Pointer:
		return matter.TypeTable, fieldsOf(t.Elem())
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String:
		return matter.TypeList, nil
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		return matter.TypeTables, fieldsOf(t.Elem())
	}
	panic("catalog: no schema type for " + t.String())
}
