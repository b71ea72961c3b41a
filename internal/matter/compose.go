package matter

import (
	"fmt"
	"strings"
)

// Compose writes the front matter of a new entry, fences included: a line of help and a
// line of value for each field. Fields without a value in given are left for a person to
// fill in; those that are not required are commented out.
func Compose(fields []Field, given map[string]*Value) string {
	var b strings.Builder
	b.WriteString(YAML + "\n")
	for _, f := range fields {
		f.compose(&b, given[f.Key])
	}
	b.WriteString(YAML + "\n")
	return b.String()
}

func (f Field) compose(b *strings.Builder, value *Value) {
	note := f.Label.VI + ": " + f.Help.VI
	if f.Required {
		note += " (bắt buộc)"
	}
	fmt.Fprintf(b, "# %s\n", note)
	off := ""
	if !f.Required {
		off = "# "
	}
	switch {
	case value.YAML() != "":
		fmt.Fprintf(b, "%s:%s\n", f.Key, value.behindColon())
	case f.Type == TypeTable:
		fmt.Fprintf(b, "%s%s:\n", off, f.Key)
		composeGroup(b, f.Fields, off+"  ", off+"  ")
	case f.Type == TypeTables:
		fmt.Fprintf(b, "%s%s:\n", off, f.Key)
		composeGroup(b, f.Fields, off+"  - ", off+"    ")
	case f.Type == TypeTexts:
		fmt.Fprintf(b, "%s%s:\n%s  %s\n", off, f.Key, off, f.Example)
	default:
		fmt.Fprintf(b, "%s%s: %s\n", off, f.Key, f.blank())
	}
}

// composeGroup writes the keys of a group to be filled in; the first line begins
// differently in an item of a list.
func composeGroup(b *strings.Builder, fields []Field, first, next string) {
	for _, f := range fields {
		fmt.Fprintf(b, "%s%s: %s # %s\n", first, f.Key, f.blank(), f.Label.VI)
		first = next
	}
}

// blank stands in place of a value that is still to be written.
func (f Field) blank() string {
	switch {
	case f.Example != "":
		return f.Example
	case f.Type == TypeText:
		return `""`
	case f.Type == TypeList || f.Type == TypeRefs || f.Type == TypeTables:
		return "[]"
	}
	return ""
}
