package matter

import (
	"encoding/json"
	"strings"
)

// String returns a text value, which is written in quotes.
func String(s string) *Value { return &Value{Kind: Text, Text: s} }

// Bare returns a value that is written without quotes: a number, a date, or one of a
// field's allowed values.
func Bare(s string) *Value { return &Value{Kind: Text, Text: s, bare: true} }

// Strings returns a list of texts.
func Strings(texts []string) *Value {
	v := &Value{Kind: List}
	for _, s := range texts {
		v.Items = append(v.Items, String(s))
	}
	return v
}

// Set appends a key with its value to a table.
func (v *Value) Set(key string, value *Value) { v.Keys = append(v.Keys, Key{Name: key, Value: value}) }

// YAML returns the value as it is written after its key: a scalar, a list in brackets,
// or the lines of a table or of a list of tables, starting with a line break. It is ""
// for nil.
func (v *Value) YAML() string {
	switch {
	case v == nil:
		return ""
	case v.Kind == Table:
		return v.lines("\n  ", "\n  ")
	case v.isBlock():
		var b strings.Builder
		for _, item := range v.Items {
			b.WriteString(item.lines("\n  - ", "\n    "))
		}
		return b.String()
	case v.Kind == List: // of texts
		items := make([]string, len(v.Items))
		for i, item := range v.Items {
			items[i] = Quote(item.Text)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case v.Kind == Text && !v.bare:
		return Quote(v.Text)
	}
	return v.Text
}

// isBlock reports whether a value is written on lines of its own.
func (v *Value) isBlock() bool {
	return v.Kind == Table || v.Kind == List && len(v.Items) > 0 && v.Items[0].Kind == Table
}

// lines writes the keys of a table, each on its line: the first begins otherwise than
// those that follow.
func (v *Value) lines(first, next string) string {
	var b strings.Builder
	for _, k := range v.Keys {
		b.WriteString(first + k.Name + ":" + strings.ReplaceAll(k.Value.behindColon(), "\n", next))
		first = next
	}
	return b.String()
}

func (v *Value) behindColon() string {
	if v.isBlock() {
		return v.YAML()
	}
	return " " + v.YAML()
}

// Parse is the inverse of [Value.YAML].
func Parse(yaml string) (*Value, error) {
	if yaml == "" {
		return nil, nil
	}
	table, _, _, err := parseYAML([]byte("a: " + yaml + "\n"))
	if err != nil {
		return nil, err
	}
	return table.Get("a"), nil
}

// Quote writes text as a YAML string in double quotes.
func Quote(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string is always JSON
	}
	return strings.TrimSuffix(b.String(), "\n")
}
