package catalog

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/matter"
)

// KindOf tells the kind of the entry in a content file, by its name alone.
func KindOf(file string) Kind {
	stem, _ := splitLang(file)
	parts := strings.Split(strings.TrimPrefix(stem, "content/"), "/")
	return kindOf(parts[0], len(parts)-1, path.Base(stem) == "_index").Kind
}

// Revise takes over into old what new says otherwise: new is the same entry as a
// program wrote it that keeps values but neither order, comments, quotes nor
// layout. Values are compared as the schema reads them, those of a list item by
// item, the text block by block; every byte that says what it said stays. Keys that
// the schema does not know stay as they are. What comes out has
// been read back.
func Revise(k Kind, old, new []byte, zone *time.Location) ([]byte, error) {
	r := reviser{zone: zone, newline: "\n"}
	bom := bytes.HasPrefix(old, []byte("\uFEFF"))
	old = bytes.TrimPrefix(old, []byte("\uFEFF"))
	if line, _, _ := bytes.Cut(old, []byte("\n")); bytes.HasSuffix(line, []byte("\r")) {
		r.newline = "\r\n"
		old = bytes.ReplaceAll(old, []byte("\r\n"), []byte("\n"))
	}
	new = bytes.ReplaceAll(new, []byte("\r\n"), []byte("\n"))
	was, err := matter.ReadYAML(old)
	if err != nil {
		return nil, err
	}
	is, err := matter.ReadYAML(new)
	if err != nil {
		return nil, err
	}
	fields := Schema(k)
	lines := strings.SplitAfter(string(old[:len(old)-len(was.Body)]), "\n")
	inside := lines[1 : was.Line-2] // between the fences
	text, ok := r.table(inside, 2, was.Table, is.Table, fields)
	if !ok {
		return nil, fmt.Errorf("%w: its keys do not stand on lines of their own", matter.ErrNotEditable)
	}
	out := []byte(lines[0] + text + lines[was.Line-2] + reviseBody(string(was.Body), string(is.Body)))
	if err := r.verify(out, was.Table, is.Table, fields); err != nil {
		return nil, err
	}
	out = bytes.ReplaceAll(out, []byte("\n"), []byte(r.newline))
	if bom {
		out = append([]byte("\uFEFF"), out...)
	}
	return out, nil
}

// reviser carries values over from one way of writing to another.
type reviser struct {
	zone    *time.Location
	newline string
}

// same reports whether two values of a field say the same.
func (r reviser) same(f Field, a, b *matter.Value) bool {
	if a.Blank() || b.Blank() {
		return a.Blank() && b.Blank()
	}
	switch f.Type {
	case TypeDate:
		one, ok1 := r.date(f, a)
		two, ok2 := r.date(f, b)
		if ok1 && ok2 {
			return one.YearOnly == two.YearOnly && one.Equal(two.Time)
		}
	case TypeList, TypeRefs:
		return r.sameItems(Field{Type: TypeText}, a, b)
	case TypeTables:
		return r.sameItems(Field{Type: TypeTable, Fields: f.Fields}, a, b)
	case TypeTable:
		return a.Kind == matter.Table && b.Kind == matter.Table && !slices.ContainsFunc(f.Fields, func(f Field) bool {
			return !r.same(f, a.Get(f.Key), b.Get(f.Key))
		})
	}
	return strings.TrimSpace(a.Text) == strings.TrimSpace(b.Text) && len(a.Items)+len(a.Keys)+len(b.Items)+len(b.Keys) == 0
}

// date reads a date as entries have it, or without seconds, as browsers write it.
func (r reviser) date(f Field, v *matter.Value) (Date, bool) {
	if t, err := time.Parse("2006-01-02T15:04Z07:00", v.Text); err == nil {
		return Date{t, false}, true
	}
	return parseDate(v.Text, f.YearAlone, r.zone)
}

func (r reviser) sameItems(f Field, a, b *matter.Value) bool {
	return a.Kind == matter.List && b.Kind == matter.List && slices.EqualFunc(a.Items, b.Items, func(a, b *matter.Value) bool { return r.same(f, a, b) })
}

// table revises the lines of a table written in block style, the first of which is
// line first of the file. It gives up, with false, where its keys do not stand on
// lines of their own.
func (r reviser) table(lines []string, first int, was, is *matter.Value, fields []Field) (string, bool) {
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
		for to > from+1 && belongsToNext(lines[to-1], len(prefix)) {
			to--
		}
		b.WriteString(strings.Join(lines[at:from], ""))
		at = to
		f := slices.IndexFunc(fields, func(f Field) bool { return f.Key == k.Name })
		if f < 0 || r.same(fields[f], k.Value, is.Get(k.Name)) {
			b.WriteString(strings.Join(lines[from:to], ""))
			continue
		}
		value := is.Get(k.Name)
		if value.Blank() && k.Value.Kind != matter.Bool {
			if strings.TrimSpace(prefix) != "" {
				return "", false // the dash would be lost
			}
			continue
		}
		b.WriteString(prefix + r.revised(lines[from:to], first+from, fields[f], k, value, indent))
	}
	for _, f := range fields {
		if value := is.Get(f.Key); was.Get(f.Key) == nil && !slices.ContainsFunc(was.Keys, func(k matter.Key) bool { return k.Name == f.Key }) && !value.Blank() {
			b.WriteString(indent + f.Key + ":" + r.fresh(f, value, indent))
		}
	}
	b.WriteString(strings.Join(lines[at:], ""))
	return b.String(), true
}

// belongsToNext reports whether a line at the end of a key's lines is rather about
// the key below: it is blank, or a comment that stands no deeper than the keys do.
func belongsToNext(line string, indent int) bool {
	text := strings.TrimLeft(line, " ")
	return strings.TrimSpace(text) == "" || text[0] == '#' && len(line)-len(text) <= indent
}

// revised writes a key with its new value, keeping of its lines what it can.
func (r reviser) revised(lines []string, first int, f Field, was matter.Key, is *matter.Value, indent string) string {
	if len(lines) > 1 && was.Value.Line > was.Line {
		rest := lines[1:]
		head := lines[0][len(indent):]
		switch {
		case f.Type == TypeTable && is.Kind == matter.Table && was.Value.Kind == matter.Table:
			if text, ok := r.table(rest, first+1, was.Value, is, f.Fields); ok {
				return head + text
			}
		case (f.Type == TypeTables || f.Type == TypeList || f.Type == TypeRefs) && is.Kind == matter.List && was.Value.Kind == matter.List:
			if text, ok := r.items(rest, first+1, f, was.Value, is, indent); ok {
				return head + text
			}
		}
	}
	fresh := r.fresh(f, is, indent)
	if len(lines) == 1 && !strings.HasPrefix(fresh, "\n") {
		fresh = strings.TrimSuffix(fresh, "\n") + matter.Comment(lines[0]) + "\n"
	}
	return f.Key + ":" + fresh
}

// items revises a list in block style: items that say what they said keep their
// lines, one that was changed keeps those of its values that were not.
func (r reviser) items(lines []string, first int, f Field, was, is *matter.Value, indent string) (string, bool) {
	item := Field{Type: TypeText}
	if f.Type == TypeTables {
		item = Field{Type: TypeTable, Fields: f.Fields}
	}
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
		case p.new < 0: // taken out
		case p.old >= 0 && p.same:
			b.WriteString(strings.Join(lines[starts[p.old]:starts[p.old+1]], ""))
		default:
			v := is.Items[p.new]
			if p.old >= 0 && f.Type == TypeTables && v.Kind == matter.Table && was.Items[p.old].Kind == matter.Table {
				if text, ok := r.table(lines[starts[p.old]:starts[p.old+1]], first+starts[p.old], was.Items[p.old], v, f.Fields); ok {
					b.WriteString(text)
					continue
				}
			}
			b.WriteString(r.freshItem(item, v, dash))
		}
	}
	return b.String(), true
}

// fresh writes a value behind a key's colon.
func (r reviser) fresh(f Field, v *matter.Value, indent string) string {
	switch f.Type {
	case TypeTable:
		return "\n" + r.freshKeys(f.Fields, v, indent+"  ")
	case TypeTables:
		text := "\n"
		for _, item := range v.Items {
			text += r.freshItem(Field{Type: TypeTable, Fields: f.Fields}, item, indent+"  ")
		}
		return text
	case TypeList, TypeRefs:
		var items []string
		for _, item := range v.Items {
			items = append(items, quoteText(item.Text))
		}
		return " [" + strings.Join(items, ", ") + "]\n"
	}
	return " " + r.scalar(f, v) + "\n"
}

// freshItem writes an item of a list.
func (r reviser) freshItem(f Field, v *matter.Value, dash string) string {
	if f.Type != TypeTable {
		return dash + "- " + quoteText(v.Text) + "\n"
	}
	keys := r.freshKeys(f.Fields, v, dash+"  ")
	if keys == "" {
		return ""
	}
	return dash + "- " + strings.TrimPrefix(keys, dash+"  ")
}

// freshKeys writes the keys of a table that have something to say.
func (r reviser) freshKeys(fields []Field, v *matter.Value, indent string) string {
	text := ""
	for _, f := range fields {
		if value := v.Get(f.Key); !value.Blank() {
			text += indent + f.Key + ":" + r.fresh(f, value, indent)
		}
	}
	return text
}

// scalar writes one value: a date as short as it can be said.
func (r reviser) scalar(f Field, v *matter.Value) string {
	switch f.Type {
	case TypeNumber, TypeBool:
		if v.Kind == matter.Number || v.Kind == matter.Bool {
			return v.Text
		}
		if _, err := strconv.Atoi(v.Text); err == nil && f.Type == TypeNumber {
			return v.Text
		}
	case TypeDate:
		if f.YearAlone {
			break // as it was written: one of those may be a number to YAML
		}
		if d, ok := r.date(f, v); ok {
			return shortDate(d.Time, r.zone)
		}
	case TypeText:
		if slices.Contains(f.Values, v.Text) {
			return v.Text
		}
	}
	return quoteText(v.Text)
}

// shortDate writes a moment as a day, if it is the beginning of one, or else with
// the zone's offset.
func shortDate(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	if t.Hour()+t.Minute()+t.Second() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

// quoteText writes text as [Quote] does, with the characters that only HTML minds
// as they are.
func quoteText(s string) string {
	quoted := matter.Quote(s)
	for code, char := range map[string]string{`\u003c`: "<", `\u003e`: ">", `\u0026`: "&"} {
		if !strings.Contains(s, code) {
			quoted = strings.ReplaceAll(quoted, code, char)
		}
	}
	return quoted
}

// pair is an item of the old list, of the new, or one of each.
type pair struct {
	old, new int // -1 for none
	same     bool
}

// align pairs the items of two lists: those that are the same, as many as can be
// in order, and between them the changed ones one by one.
func align(n, m int, same func(i, j int) bool) []pair {
	longest := make([][]int, n+1)
	for i := range longest {
		longest[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if same(i, j) {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	var pairs []pair
	var olds, news []int
	flush := func() {
		for len(olds) > 0 || len(news) > 0 {
			p := pair{-1, -1, false}
			if len(olds) > 0 {
				p.old, olds = olds[0], olds[1:]
			}
			if len(news) > 0 {
				p.new, news = news[0], news[1:]
			}
			pairs = append(pairs, p)
		}
	}
	i, j := 0, 0
	for i < n || j < m {
		switch {
		case i < n && j < m && same(i, j):
			flush()
			pairs = append(pairs, pair{i, j, true})
			i, j = i+1, j+1
		case j == m || i < n && longest[i+1][j] >= longest[i][j+1]:
			olds = append(olds, i)
			i++
		default:
			news = append(news, j)
			j++
		}
	}
	flush()
	return pairs
}

// verify reads the result back: every value is what was asked for, and what the
// schema does not know is what it was.
func (r reviser) verify(out []byte, was, is *matter.Value, fields []Field) error {
	now, err := matter.ReadYAML(out)
	if err != nil {
		return err
	}
	for _, f := range fields {
		if !r.same(f, now.Table.Get(f.Key), is.Get(f.Key)) {
			return fmt.Errorf("%w: %s", matter.ErrNotEditable, f.Key)
		}
	}
	for _, k := range was.Keys {
		known := slices.ContainsFunc(fields, func(f Field) bool { return f.Key == k.Name })
		if !known && (now.Table.Get(k.Name) == nil || now.Table.Get(k.Name).Canonical() != k.Value.Canonical()) {
			return fmt.Errorf("%w: %s", matter.ErrNotEditable, k.Name)
		}
	}
	return nil
}

// Explicit returns an entry as a form is to show it: what it leaves out and a new
// entry begins with is there, with nothing in it, and a day is the moment that it
// begins at, which a program elsewhere would take for another. [Revise] takes either
// for what it stands for.
func Explicit(k Kind, src []byte, zone *time.Location) []byte {
	entry, err := matter.ReadYAML(src)
	if err != nil {
		return src
	}
	lines := bytes.SplitAfter(src, []byte("\n"))
	for _, f := range Schema(k) {
		v := entry.Table.Get(f.Key)
		switch {
		case f.Type == TypeBool && v == nil:
			lines[0] = append(bytes.Clone(lines[0]), f.Key+": false\n"...)
		case f.Type == TypeDate && v == nil:
			lines[0] = append(bytes.Clone(lines[0]), f.Key+": ''\n"...)
		case f.Type == TypeDate && !f.YearAlone && !v.Blank() && v.Line <= len(lines):
			at := lines[v.Line-1]
			if d, ok := parseDate(v.Text, false, zone); ok && bytes.Count(at, []byte(v.Text)) == 1 {
				lines[v.Line-1] = bytes.Replace(at, []byte(v.Text), []byte(d.In(zone).Format(time.RFC3339)), 1)
			}
		}
	}
	return bytes.Join(lines, nil)
}
