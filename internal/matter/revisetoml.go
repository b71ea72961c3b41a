package matter

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ReviseTOML is [Revise] for a table that is a file of its own: is holds the values that
// the fields are to have. A value that says what it said keeps every byte, as do comments,
// the order of the keys, and keys that are not among the fields. The result has been read
// back and compared; the error is [ErrNotEditable] where that failed, or what cannot be
// read.
func ReviseTOML(fields []Field, src []byte, is *Value, zone *time.Location) ([]byte, error) {
	newline := "\n"
	bom := bytes.HasPrefix(src, []byte("\uFEFF"))
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	if line, _, _ := bytes.Cut(src, []byte("\n")); bytes.HasSuffix(line, []byte("\r")) {
		newline = "\r\n"
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	if len(src) > 0 && src[len(src)-1] != '\n' {
		src = append(slices.Clone(src), '\n')
	}
	was, _, _, err := ReadTOML(src)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotEditable, err)
	}
	t := &tomlText{reviser: reviser{zone}, src: string(src)}
	t.scan()
	if err := t.table("", &t.blocks[0], was, is, fields); err != nil {
		return nil, err
	}
	out := []byte(t.applied(0, len(t.src)))
	now, _, _, err := ReadTOML(out)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotEditable, err)
	}
	if err := t.compare(now, was, is, fields); err != nil {
		return nil, err
	}
	out = bytes.ReplaceAll(out, []byte("\n"), []byte(newline))
	if bom {
		out = append([]byte("\uFEFF"), out...)
	}
	return out, nil
}

// tomlText is a file of TOML with the places of what stands in it. Offsets are in bytes.
type tomlText struct {
	reviser
	src    string
	blocks []tomlBlock // the first is that of the keys above all headers
	edits  []tomlEdit
}

// tomlBlock is a header and the keys below it.
type tomlBlock struct {
	path string // "publisher", "en.menu"
	list bool   // [[…]]
	from int    // where the header's line begins
	end  int    // behind the line of the last key, or of the header
	keys []tomlKey
}

// tomlKey is a key with its value. line and end are those of its lines.
type tomlKey struct {
	name                 string
	line, value, to, end int
}

// tomlEdit puts text in a place.
type tomlEdit struct {
	from, to int
	text     string
}

func (b *tomlBlock) key(name string) *tomlKey {
	for i := range b.keys {
		if b.keys[i].name == name {
			return &b.keys[i]
		}
	}
	return nil
}

// scan finds headers and keys. The source can be read: nothing is wrong with its syntax.
func (t *tomlText) scan() {
	t.blocks = []tomlBlock{{}}
	for at := 0; at < len(t.src); {
		line := at
		at += len(t.src[at:]) - len(strings.TrimLeft(t.src[at:], " \t"))
		switch {
		case at >= len(t.src):
		case t.src[at] == '\n' || t.src[at] == '#' || t.src[at] == '\r':
			at = t.lineEnd(at)
		case t.src[at] == '[':
			at = t.lineEnd(at)
			header, _, _ := strings.Cut(t.src[line:at], "#")
			header = strings.TrimSpace(header)
			list := strings.HasPrefix(header, "[[")
			t.blocks = append(t.blocks, tomlBlock{path: strings.ReplaceAll(strings.Trim(header, "[] \t"), " ", ""), list: list, from: line, end: at})
		default:
			equals := t.behindKey(at)
			value := equals + 1
			value += len(t.src[value:]) - len(strings.TrimLeft(t.src[value:], " \t"))
			to := t.behindValue(value, "\n#")
			name := strings.Trim(strings.TrimSpace(t.src[at:equals]), `"'`)
			at = t.lineEnd(to)
			b := &t.blocks[len(t.blocks)-1]
			b.keys = append(b.keys, tomlKey{name, line, value, to, at})
			b.end = at
		}
	}
}

// lineEnd is behind the end of the line.
func (t *tomlText) lineEnd(at int) int {
	if n := strings.IndexByte(t.src[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(t.src)
}

// behindKey is the place of the equals sign.
func (t *tomlText) behindKey(at int) int {
	for at < len(t.src) && t.src[at] != '=' {
		if t.src[at] == '"' || t.src[at] == '\'' {
			at = t.behindQuotes(at)
		} else {
			at++
		}
	}
	return min(at, len(t.src)-1)
}

// behindValue is behind a value that begins at a place; one without quotes and brackets
// ends before any of the letters.
func (t *tomlText) behindValue(at int, ends string) int {
	switch {
	case at >= len(t.src):
		return at
	case t.src[at] == '"' || t.src[at] == '\'':
		return t.behindQuotes(at)
	case t.src[at] == '[' || t.src[at] == '{':
		for depth := 0; at < len(t.src); {
			switch t.src[at] {
			case '"', '\'':
				at = t.behindQuotes(at)
				continue
			case '#':
				at = t.lineEnd(at)
				continue
			case '[', '{':
				depth++
			case ']', '}':
				depth--
			}
			if at++; depth == 0 {
				break
			}
		}
		return at
	}
	end := len(t.src)
	if n := strings.IndexAny(t.src[at:], ends); n >= 0 {
		end = at + n
	}
	return at + len(strings.TrimRight(t.src[at:end], " \t\r"))
}

// behindQuotes is behind the text in quotes that begins at a place.
func (t *tomlText) behindQuotes(at int) int {
	quote := t.src[at : at+1]
	if strings.HasPrefix(t.src[at:], strings.Repeat(quote, 3)) {
		quote = strings.Repeat(quote, 3)
	}
	for at += len(quote); at < len(t.src); at++ {
		switch {
		case t.src[at] == '\\' && quote[0] == '"':
			at++
		case strings.HasPrefix(t.src[at:], quote):
			for at += len(quote); len(quote) == 3 && at < len(t.src) && t.src[at] == quote[0]; at++ { // "a""""
			}
			return at
		}
	}
	return len(t.src)
}

func (t *tomlText) edit(from, to int, text string) {
	t.edits = append(t.edits, tomlEdit{from, to, text})
}

// applied is a part of the source with the edits made, and none left to make.
func (t *tomlText) applied(from, to int) string {
	slices.SortStableFunc(t.edits, func(a, b tomlEdit) int { return a.from - b.from })
	var b strings.Builder
	for _, e := range t.edits {
		b.WriteString(t.src[from:e.from] + e.text)
		from = e.to
	}
	t.edits = nil
	return b.String() + t.src[from:to]
}

// table revises the keys of a block, and the blocks below it.
func (t *tomlText) table(path string, block *tomlBlock, was, is *Value, fields []Field) error {
	for _, f := range fields {
		a, b, full := was.Get(f.Key), is.Get(f.Key), strings.TrimPrefix(path+"."+f.Key, ".")
		if t.same(f, a, b) {
			continue
		}
		if key := block.key(f.Key); key != nil {
			t.value(f, key, a, b)
			continue
		}
		own := t.of(full)
		switch {
		case len(own) > 0 && f.Type == TypeTable && b.Blank():
			t.drop(full)
		case len(own) == 1 && f.Type == TypeTable && !own[0].list:
			if err := t.table(full, own[0], a, b, f.Fields); err != nil {
				return err
			}
		case len(own) > 0 && f.Type == TypeTables:
			if err := t.items(full, f, own, a, b); err != nil {
				return err
			}
		case len(own) > 0 || !a.Blank():
			return fmt.Errorf("%w: %s", ErrNotEditable, full)
		case f.Type == TypeTable || f.Type == TypeTables:
			t.edit(len(t.src), len(t.src), t.fresh(full, f, b))
		default:
			at := block.end
			if block == &t.blocks[0] && len(block.keys) == 0 {
				at = t.opening()
			}
			t.edit(at, at, f.Key+" = "+t.inline(f, b)+"\n")
		}
	}
	return nil
}

// of are the blocks of a path.
func (t *tomlText) of(path string) []*tomlBlock {
	var all []*tomlBlock
	for i := range t.blocks[1:] {
		if b := &t.blocks[i+1]; b.path == path {
			all = append(all, b)
		}
	}
	return all
}

// opening is behind the comment that a file begins with.
func (t *tomlText) opening() int {
	at := 0
	for strings.HasPrefix(t.src[at:], "#") {
		at = t.lineEnd(at)
	}
	if at > 0 && !strings.HasPrefix(t.src[at:], "\n") {
		return 0 // the comment is that of the first block
	}
	return at
}

// drop takes out a block and those below it; comments around them stay.
func (t *tomlText) drop(path string) {
	for _, b := range t.blocks[1:] {
		if b.path == path || strings.HasPrefix(b.path, path+".") {
			t.edit(b.from, t.lineEnd(b.from), "")
			for _, k := range b.keys {
				t.edit(k.line, k.end, "")
			}
		}
	}
}

// value revises a value that stands behind its key.
func (t *tomlText) value(f Field, key *tomlKey, was, is *Value) {
	switch {
	case is.Blank() && was.Kind != Bool:
		t.edit(key.line, key.end, "")
	case was.Kind == List && t.src[key.value] == '[' && !is.Blank():
		t.edit(key.value, key.to, t.array(f, key.value, key.to, was, is))
	default:
		t.edit(key.value, key.to, t.inline(f, is))
	}
}

// array revises a list in brackets: items that say what they said keep their bytes, and
// the comments before and beside them.
func (t *tomlText) array(f Field, from, to int, was, is *Value) string {
	item := f.item()
	type element struct{ before, text, beside string }
	var elements []element
	at := from + 1
	for {
		start := t.behindBlank(at)
		if start >= to-1 {
			break
		}
		end := t.behindValue(start, ",]#\n")
		behind := end
		if comma := t.behindBlank(end); t.src[comma] == ',' {
			behind = comma + 1
		}
		beside := behind
		if rest := strings.TrimLeft(t.src[behind:t.lineEnd(behind)], " \t"); strings.HasPrefix(rest, "#") {
			beside = t.lineEnd(behind) - 1
		}
		elements = append(elements, element{t.src[at:start], t.src[start:end], t.src[behind:beside]})
		at = beside
	}
	if len(elements) != len(was.Items) || strings.TrimSpace(t.src[from+1:to-1]) == "" {
		return t.inline(f, is)
	}
	lead := " "
	if strings.Contains(t.src[from:to], "\n") {
		lead = "\n  "
	}
	if len(elements) > 1 && strings.TrimSpace(elements[1].before) == "" {
		lead = elements[1].before
	}
	var b strings.Builder
	b.WriteString("[")
	for i, one := range t.matched(item, was.Items, is.Items) {
		e := element{before: lead, text: t.inline(item, is.Items[i])}
		if one.before >= 0 {
			if e = elements[one.before]; !one.same {
				e.text = t.inline(item, is.Items[i])
			}
			if one.before == 0 && i > 0 && !strings.Contains(e.before, "\n") {
				e.before = lead
			}
		}
		if i == 0 && len(elements) > 0 && !strings.Contains(e.before, "\n") {
			e.before = elements[0].before
		}
		comma := ","
		if i == len(is.Items)-1 && !strings.Contains(lead, "\n") {
			comma = ""
		}
		b.WriteString(e.before + e.text + comma + e.beside)
	}
	return b.String() + t.src[at:to]
}

// behindBlank is behind blanks, line ends and comments.
func (t *tomlText) behindBlank(at int) int {
	for at < len(t.src) {
		switch t.src[at] {
		case ' ', '\t', '\n', '\r':
			at++
		case '#':
			at = t.lineEnd(at)
		default:
			return at
		}
	}
	return len(t.src) - 1
}

// matched finds for each new item the one that it was: aligned, or moved.
func (t *tomlText) matched(item Field, was, is []*Value) []pair {
	pairs := make([]pair, len(is))
	used := make([]bool, len(was))
	for _, p := range align(len(was), len(is), func(i, j int) bool { return t.same(item, was[i], is[j]) }) {
		if p.after < 0 {
			continue
		}
		pairs[p.after] = p
		if p.before >= 0 && p.same {
			used[p.before] = true
		}
	}
	for j := range pairs {
		if pairs[j].same {
			continue
		}
		if pairs[j].before >= 0 && used[pairs[j].before] {
			pairs[j].before = -1
		}
		for i := range was {
			if !used[i] && t.same(item, was[i], is[j]) {
				pairs[j] = pair{before: i, after: j, same: true}
				used[i] = true
				break
			}
		}
	}
	for j := range pairs {
		if !pairs[j].same && pairs[j].before >= 0 {
			if used[pairs[j].before] {
				pairs[j].before = -1
			} else {
				used[pairs[j].before] = true
			}
		}
	}
	return pairs
}

// items revises a list that is written as blocks; is is nil where none is left.
func (t *tomlText) items(path string, f Field, own []*tomlBlock, was, is *Value) error {
	if is == nil {
		is = &Value{Kind: List}
	}
	type extent struct{ from, to int }
	extents := make([]extent, 0, len(own))
	open := false
	for _, b := range t.blocks[1:] {
		switch {
		case b.path == path && b.list:
			if !open && len(extents) > 0 {
				return fmt.Errorf("%w: %s", ErrNotEditable, path) // something stands between
			}
			open = true
			extents = append(extents, extent{b.from, b.end})
		case strings.HasPrefix(b.path, path+".") && open:
			extents[len(extents)-1].to = b.end
		default:
			open = false
		}
	}
	if len(extents) != len(was.Items) || len(extents) != len(own) {
		return fmt.Errorf("%w: %s", ErrNotEditable, path)
	}
	gaps := make([]string, len(extents)) // before each but the first
	for i := 1; i < len(extents); i++ {
		gaps[i] = t.src[extents[i-1].to:extents[i].from]
	}
	item := f.item()
	kept := make([]bool, len(extents))
	var b strings.Builder
	for j, one := range t.matched(item, was.Items, is.Items) {
		gap, text := "\n", ""
		switch {
		case one.before < 0:
			text = t.block("[["+path+"]]", f.Fields, is.Items[j])
		case one.same:
			text = t.src[extents[one.before].from:extents[one.before].to]
		default:
			saved := t.edits
			t.edits = nil
			err := t.table(path, own[one.before], was.Items[one.before], is.Items[j], f.Fields)
			text = t.applied(extents[one.before].from, extents[one.before].to)
			if t.edits = saved; err != nil {
				return err
			}
		}
		if one.before > 0 {
			gap = gaps[one.before]
		}
		if one.before >= 0 {
			kept[one.before] = true
		}
		if j == 0 {
			gap = strings.TrimLeft(gap, "\n")
		}
		b.WriteString(gap + text)
	}
	for i, gap := range gaps { // what was said beside an item that is gone
		if !kept[i] && strings.TrimSpace(gap) != "" {
			b.WriteString(gap)
		}
	}
	t.edit(extents[0].from, extents[len(extents)-1].to, b.String())
	return nil
}

// fresh writes a table, or a list of them, as blocks of their own.
func (t *tomlText) fresh(path string, f Field, v *Value) string {
	if f.Type == TypeTable {
		return "\n" + t.block("["+path+"]", f.Fields, v) + t.below(path, f.Fields, v)
	}
	var b strings.Builder
	for _, item := range v.Items {
		b.WriteString("\n" + t.block("[["+path+"]]", f.Fields, item))
	}
	return b.String()
}

// below writes the lists of a new table as blocks; those of an item stand within it.
func (t *tomlText) below(path string, fields []Field, v *Value) string {
	var b strings.Builder
	for _, f := range fields {
		if value := v.Get(f.Key); (f.Type == TypeTable || f.Type == TypeTables) && !value.Blank() {
			b.WriteString(t.fresh(path+"."+f.Key, f, value))
		}
	}
	return b.String()
}

// block writes a header and the keys below it.
func (t *tomlText) block(header string, fields []Field, v *Value) string {
	var b strings.Builder
	b.WriteString(header + "\n")
	isItem := strings.HasPrefix(header, "[[")
	for _, f := range fields {
		value := v.Get(f.Key)
		if value.Blank() || !isItem && (f.Type == TypeTable || f.Type == TypeTables) {
			continue
		}
		b.WriteString(f.Key + " = " + t.inline(f, value) + "\n")
	}
	return b.String()
}

// inline writes a value as it stands behind a key.
func (t *tomlText) inline(f Field, v *Value) string {
	switch f = f.asTable(v); f.Type {
	case TypeTable:
		var all []string
		for _, f := range f.Fields {
			if value := v.Get(f.Key); !value.Blank() {
				all = append(all, f.Key+" = "+t.inline(f, value))
			}
		}
		return "{" + strings.Join(all, ", ") + "}"
	case TypeTables, TypeLists:
		var all []string
		for _, item := range v.Items {
			all = append(all, t.inline(f.item(), item))
		}
		if len(all) > 1 {
			return "[\n  " + strings.Join(all, ",\n  ") + ",\n]"
		}
		return "[" + strings.Join(all, ", ") + "]"
	case TypeList, TypeRefs:
		var all []string
		for _, item := range v.Items {
			all = append(all, quoteTOML(item.Text))
		}
		return "[" + strings.Join(all, ", ") + "]"
	case TypeBool:
		return strconv.FormatBool(!v.Blank() && v.Text == "true")
	case TypeNumber:
		if _, err := strconv.Atoi(v.Text); err == nil {
			return v.Text
		}
	case TypeDate:
		if _, err := time.Parse(time.DateOnly, v.Text); err == nil {
			return v.Text
		}
	}
	return quoteTOML(v.Text)
}

// quoteTOML writes a text in straight quotes.
func quoteTOML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' && r != '\t' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
