package matter

import (
	"slices"
	"strconv"
	"strings"
)

// Value is a value of front matter, from YAML or TOML, with its position. Both are
// parsed by the libraries that Hugo uses, so that what is accepted here means the same
// there.
type Value struct {
	Kind         ValueKind
	Text         string // of a scalar, as written
	Shown        string // of a number, as Hugo shows it
	Keys         []Key  // of a table
	Items        []*Value
	Line, Column int  // in the file, from 1; the column is 0 where it is not known
	bare         bool // stands without quotation marks
	curly        bool // was written in curly quotes, which Text is without
}

// Key is a key of a table, with its position.
type Key struct {
	Name         string
	Value        *Value
	Line, Column int
}

// ValueKind is the type of a value.
type ValueKind int

const (
	Null ValueKind = iota
	Text
	Number
	Bool
	Date // TOML's own
	List
	Table
	Other // YAML anchors, tags and the like, which entries do not need
)

// Get returns the value of a key, nil if there is none.
func (v *Value) Get(name string) *Value {
	if v != nil {
		for _, k := range v.Keys {
			if k.Name == name {
				return k.Value
			}
		}
	}
	return nil
}

// Blank reports whether a value is empty, like a form field that is not filled in.
func (v *Value) Blank() bool {
	switch {
	case v == nil || v.Kind == Null:
		return true
	case v.Kind == Text:
		return strings.TrimSpace(v.Text) == ""
	case v.Kind == Bool:
		return v.Text == "false"
	case v.Kind == List:
		return len(v.Items) == 0
	case v.Kind == Table:
		return !slices.ContainsFunc(v.Keys, func(k Key) bool { return !k.Value.Blank() })
	}
	return false
}

// Canonical returns a string that is the same for equal values. The order of keys,
// quotes and layout do not matter.
func (v *Value) Canonical() string {
	if v == nil {
		return ""
	}
	switch v.Kind {
	case Null:
		return ""
	case List:
		var b strings.Builder
		for _, item := range v.Items {
			b.WriteString(item.Canonical() + ",")
		}
		return "[" + b.String() + "]"
	case Table:
		var pairs []string
		for _, k := range v.Keys {
			pairs = append(pairs, strconv.Quote(k.Name)+":"+k.Value.Canonical())
		}
		slices.Sort(pairs)
		return "{" + strings.Join(pairs, ",") + "}"
	}
	return strconv.Quote(v.Text)
}

// KeyAt returns the path of the value at a line of a content file, such as "title" or
// "sources.0.url"; "" if there is none.
func KeyAt(src []byte, line int) string {
	key, _ := at(src, line)
	return key
}

// ValueAt returns the text of the value at a line of a content file; "" where no text, number
// or date stands there.
func ValueAt(src []byte, line int) string {
	_, v := at(src, line)
	return v.Text
}

func at(src []byte, line int) (key string, v *Value) {
	f, _ := Read("", src)
	if f == nil || line >= f.Line {
		return "", &Value{}
	}
	return f.Table.at(line)
}

// TableKeyAt and TableValueAt do the same for a table that is a file of its own.
func TableKeyAt(src []byte, line int) string {
	key, _ := tableAt(src, line)
	return key
}

// TableValueAt is described with [TableKeyAt].
func TableValueAt(src []byte, line int) string {
	_, v := tableAt(src, line)
	return v.Text
}

func tableAt(src []byte, line int) (key string, v *Value) {
	table, _, _, err := ReadTOML(src)
	if err != nil {
		return "", &Value{}
	}
	return table.at(line)
}

// at returns the innermost value that begins at a line, or before it, with its path.
func (v *Value) at(line int) (key string, found *Value) {
	found = v
	for _, k := range v.Keys {
		if k.Line <= line {
			key, found = k.Name, k.Value
		}
	}
	for i, item := range v.Items {
		if item.Line <= line {
			key, found = strconv.Itoa(i), item
		}
	}
	if found == v {
		return "", v
	}
	inside, found := found.at(line)
	return strings.TrimSuffix(key+"."+inside, "."), found
}
