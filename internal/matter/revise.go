package matter

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Revise merges into an entry's source what another program changed in it. edited is
// the same entry as written by a program that keeps values but not their order,
// comments, quotes or layout. Values are compared as the fields' types read them, lists
// item by item, the body block by block; every byte whose meaning did not change is
// kept, and so are keys that are not among the fields. Dates without an offset are in
// the zone. The result has been read back and compared; the error is [ErrNotEditable]
// where that, or reading either source, failed.
func Revise(fields []Field, src, edited []byte, zone *time.Location) ([]byte, error) {
	r := reviser{zone}
	newline := "\n"
	bom := bytes.HasPrefix(src, []byte("\uFEFF"))
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	if line, _, _ := bytes.Cut(src, []byte("\n")); bytes.HasSuffix(line, []byte("\r")) {
		newline = "\r\n"
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	edited = bytes.ReplaceAll(edited, []byte("\r\n"), []byte("\n"))
	was, err := ReadYAML(src)
	if err != nil {
		return nil, err
	}
	is, err := ReadYAML(edited)
	if err != nil {
		return nil, err
	}
	lines := strings.SplitAfter(string(src[:len(src)-len(was.Body)]), "\n")
	inside := lines[1 : was.Line-2] // between the fences
	text, ok := r.table(inside, 2, was.Table, is.Table, fields)
	if !ok {
		return nil, fmt.Errorf("%w: its keys do not stand on lines of their own", ErrNotEditable)
	}
	out := []byte(lines[0] + text + lines[was.Line-2] + reviseBody(string(was.Body), string(is.Body)))
	if err := r.verify(out, was.Table, is.Table, fields); err != nil {
		return nil, err
	}
	out = bytes.ReplaceAll(out, []byte("\n"), []byte(newline))
	if bom {
		out = append([]byte("\uFEFF"), out...)
	}
	return out, nil
}

// reviser compares and writes values of fields.
type reviser struct{ zone *time.Location }

// same reports whether two values of a field say the same.
func (r reviser) same(f Field, a, b *Value) bool {
	if a.Blank() || b.Blank() {
		return a.Blank() && b.Blank()
	}
	switch f = f.asTable(a, b); f.Type {
	case TypeDate:
		one, oneYear, ok1 := ParseDate(a.Text, f.YearAlone, r.zone)
		two, twoYear, ok2 := ParseDate(b.Text, f.YearAlone, r.zone)
		if ok1 && ok2 {
			return oneYear == twoYear && one.Equal(two)
		}
	case TypeList, TypeRefs:
		return r.sameItems(Field{Type: TypeText}, a, b)
	case TypeTables, TypeLists:
		return r.sameItems(f.item(), a, b)
	case TypeTable:
		return a.Kind == Table && b.Kind == Table && !slices.ContainsFunc(f.Fields, func(f Field) bool {
			return !r.same(f, a.Get(f.Key), b.Get(f.Key))
		})
	}
	return strings.TrimSpace(a.Text) == strings.TrimSpace(b.Text) && len(a.Items)+len(a.Keys)+len(b.Items)+len(b.Keys) == 0
}

// asTable gives a field whose keys are not fixed the keys that some values of it have.
func (f Field) asTable(values ...*Value) Field {
	if f.Type != TypeTexts {
		return f
	}
	table := Field{Key: f.Key, Type: TypeTable}
	for _, v := range values {
		for _, k := range v.Keys {
			if !slices.ContainsFunc(table.Fields, func(f Field) bool { return f.Key == k.Name }) {
				table.Fields = append(table.Fields, Field{Key: k.Name, Type: TypeText})
			}
		}
	}
	return table
}

// item is the field of an item of a list.
func (f Field) item() Field {
	switch f.Type {
	case TypeTables:
		return Field{Type: TypeTable, Fields: f.Fields}
	case TypeLists:
		return Field{Type: TypeList}
	}
	return Field{Type: TypeText}
}

func (r reviser) sameItems(f Field, a, b *Value) bool {
	return a.Kind == List && b.Kind == List && slices.EqualFunc(a.Items, b.Items, func(a, b *Value) bool { return r.same(f, a, b) })
}

// table revises the lines of a table written in block style, the first of which is
// line first of the file. It gives up, with false, where its keys do not stand on
// lines of their own.
func (r reviser) table(lines []string, first int, was, is *Value, fields []Field) (string, bool) {
	var b strings.Builder
	at, indent := 0, ""
	for i, k := range was.Keys {
		from, to := k.Line-first, len(lines)
		if i+1 < len(was.Keys) {
			to = was.Keys[i+1].Line - first
		}
		if from < at || to <= from || to > len(lines) || k.Column < 1 || k.Column-1 > len(lines[from]) {
			return "", false
		}
		prefix := lines[from][:k.Column-1] // blanks, or those with the dash of a list's item
		indent = strings.Repeat(" ", len(prefix))
		to = ownLines(lines, from, to, len(prefix))
		b.WriteString(strings.Join(lines[at:from], ""))
		at = to
		f := slices.IndexFunc(fields, func(f Field) bool { return f.Key == k.Name })
		if f < 0 || r.same(fields[f], k.Value, is.Get(k.Name)) {
			b.WriteString(strings.Join(lines[from:to], ""))
			continue
		}
		value := is.Get(k.Name)
		if value.Blank() && k.Value.Kind != Bool {
			if strings.TrimSpace(prefix) != "" {
				return "", false // the dash would be lost
			}
			continue
		}
		b.WriteString(prefix + r.revised(lines[from:to], first+from, fields[f], k, value, indent))
	}
	for _, f := range fields {
		if value := is.Get(f.Key); was.Get(f.Key) == nil && !value.Blank() {
			b.WriteString(indent + f.Key + ":" + r.fresh(f, value, indent))
		}
	}
	b.WriteString(strings.Join(lines[at:], ""))
	return b.String(), true
}

// revised writes a key with its new value, keeping of its lines what it can.
func (r reviser) revised(lines []string, first int, f Field, was Key, is *Value, indent string) string {
	if len(lines) > 1 && was.Value.Line > was.Line {
		rest := lines[1:]
		f := f.asTable(was.Value, is)
		head := lines[0][len(indent):]
		switch {
		case f.Type == TypeTable && is.Kind == Table && was.Value.Kind == Table:
			if text, ok := r.table(rest, first+1, was.Value, is, f.Fields); ok {
				return head + text
			}
		case (f.Type == TypeTables || f.Type == TypeList || f.Type == TypeRefs) && is.Kind == List && was.Value.Kind == List:
			if text, ok := r.items(rest, first+1, f, was.Value, is, indent); ok {
				return head + text
			}
		}
	}
	fresh := r.fresh(f, is, indent)
	if len(lines) == 1 && !strings.HasPrefix(fresh, "\n") {
		fresh = strings.TrimSuffix(fresh, "\n") + comment(lines[0]) + "\n"
	}
	return f.Key + ":" + fresh
}

// items revises a list in block style: items that say what they said keep their
// lines, one that was changed keeps those of its values that were not.
func (r reviser) items(lines []string, first int, f Field, was, is *Value, indent string) (string, bool) {
	item := f.item()
	starts := make([]int, len(was.Items)+1)
	starts[len(was.Items)] = len(lines)
	for i, v := range was.Items {
		starts[i] = v.Line - first
		if starts[i] < 0 || starts[i] >= len(lines) || i > 0 && starts[i] <= starts[i-1] || !strings.HasPrefix(strings.TrimLeft(lines[starts[i]], " "), "-") {
			return "", false
		}
	}
	dash := lines[starts[0]][:strings.IndexByte(lines[starts[0]], '-')]
	var b strings.Builder
	b.WriteString(strings.Join(lines[:starts[0]], ""))
	pairs := align(len(was.Items), len(is.Items), func(i, j int) bool { return r.same(item, was.Items[i], is.Items[j]) })
	for _, p := range pairs {
		switch {
		case p.after < 0: // taken out
		case p.before >= 0 && p.same:
			b.WriteString(strings.Join(lines[starts[p.before]:starts[p.before+1]], ""))
		default:
			v := is.Items[p.after]
			if p.before >= 0 && f.Type == TypeTables && v.Kind == Table && was.Items[p.before].Kind == Table {
				if text, ok := r.table(lines[starts[p.before]:starts[p.before+1]], first+starts[p.before], was.Items[p.before], v, f.Fields); ok {
					b.WriteString(text)
					continue
				}
			}
			b.WriteString(r.freshItem(item, v, dash))
		}
	}
	return b.String(), true
}

// fresh writes a value behind a key's colon, where keys stand indented so.
func (r reviser) fresh(f Field, v *Value, indent string) string {
	return strings.ReplaceAll(r.normal(f, v).behindColon(), "\n", "\n"+indent) + "\n"
}

// freshItem writes an item of a list in block style, whose dashes stand indented so.
func (r reviser) freshItem(f Field, v *Value, indent string) string {
	item := r.normal(f, v)
	if item.Kind != Table {
		return indent + "- " + item.YAML() + "\n"
	}
	if len(item.Keys) == 0 {
		return ""
	}
	return strings.TrimPrefix(item.lines("\n"+indent+"- ", "\n"+indent+"  "), "\n") + "\n"
}

// normal is a value as it is to be written: the keys in the order of the fields, what is
// blank left out, and quotation marks where they are needed.
func (r reviser) normal(f Field, v *Value) *Value {
	switch f = f.asTable(v); f.Type {
	case TypeTable:
		table := &Value{Kind: Table}
		for _, f := range f.Fields {
			if value := v.Get(f.Key); !value.Blank() {
				table.Set(f.Key, r.normal(f, value))
			}
		}
		return table
	case TypeTables:
		list := &Value{Kind: List}
		for _, item := range v.Items {
			if table := r.normal(Field{Type: TypeTable, Fields: f.Fields}, item); len(table.Keys) > 0 {
				list.Items = append(list.Items, table)
			}
		}
		return list
	case TypeList, TypeRefs:
		list := &Value{Kind: List}
		for _, item := range v.Items {
			list.Items = append(list.Items, String(item.Text))
		}
		return list
	}
	return r.scalar(f, v)
}

// scalar is a single value as it is to be written: a date as short as it can be.
func (r reviser) scalar(f Field, v *Value) *Value {
	switch f.Type {
	case TypeNumber, TypeBool:
		if v.Blank() {
			return Bare("false")
		}
		if v.Kind == Number || v.Kind == Bool {
			return Bare(v.Text)
		}
		if _, err := strconv.Atoi(v.Text); err == nil && f.Type == TypeNumber {
			return Bare(v.Text)
		}
	case TypeDate:
		if f.YearAlone {
			break // keep it in quotes: YAML takes a bare year for a number
		}
		if t, _, ok := ParseDate(v.Text, false, r.zone); ok {
			return Bare(shortDate(t, r.zone))
		}
	case TypeText:
		if slices.Contains(f.Values, v.Text) {
			return Bare(v.Text)
		}
	}
	return String(v.Text)
}

// verify reads the result back: every value is what was asked for, and what the
// schema does not know is what it was.
func (r reviser) verify(out []byte, was, is *Value, fields []Field) error {
	now, err := ReadYAML(out)
	if err != nil {
		return err
	}
	return r.compare(now.Table, was, is, fields)
}

// compare compares a result with what was asked for.
func (r reviser) compare(now, was, is *Value, fields []Field) error {
	for _, f := range fields {
		if !r.same(f, now.Get(f.Key), is.Get(f.Key)) {
			return fmt.Errorf("%w: %s", ErrNotEditable, f.Key)
		}
	}
	for _, k := range was.Keys {
		known := slices.ContainsFunc(fields, func(f Field) bool { return f.Key == k.Name })
		if !known && (now.Get(k.Name) == nil || now.Get(k.Name).Canonical() != k.Value.Canonical()) {
			return fmt.Errorf("%w: %s", ErrNotEditable, k.Name)
		}
	}
	return nil
}

// Explicit returns an entry's source as a form shows it: switches and dates that it
// leaves out are there, off and empty, and a day is the moment at which it begins in the
// zone, since programs elsewhere would take it for another. [Revise] understands both.
// A source that cannot be edited is returned as it is.
func Explicit(fields []Field, src []byte, zone *time.Location) []byte {
	entry, err := ReadYAML(src)
	if err != nil {
		return src
	}
	var settings []Setting
	for _, f := range fields {
		v := entry.Table.Get(f.Key)
		switch {
		case f.Type == TypeBool && v == nil:
			settings = append(settings, Setting{f.Key, Bare("false")})
		case f.Type == TypeDate && v == nil:
			settings = append(settings, Setting{f.Key, String("")})
		case f.Type == TypeDate && !f.YearAlone && !v.Blank():
			if t, _, ok := ParseDate(v.Text, false, zone); ok {
				settings = append(settings, Setting{f.Key, Bare(t.Format(time.RFC3339))})
			}
		}
	}
	out, err := Edit(src, settings)
	if err != nil {
		return src
	}
	return out
}
