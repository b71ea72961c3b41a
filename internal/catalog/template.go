package catalog

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
)

// ToFill stands where an entry that was made from something else still lacks
// what only a person can write; it keeps the entry off the site.
const ToFill = "CẦN ĐIỀN"

// ToFillDescription stands so for a description.
const ToFillDescription = ToFill + ": một hoặc hai câu tóm tắt"

// Template makes a new entry, ready to fill in: its file below the site's
// folder, and its text, whose comments come from the schema. A title that makes
// no address gives a finding.
func Template(k Kind, title string, now time.Time) (file, text string, _ []diag.Finding) {
	const body = "Viết lời bài ở đây.\n"
	given := map[string]*matter.Value{"date": matter.Bare(now.Format(time.DateOnly))}
	switch k {
	case KindDirective:
		given = map[string]*matter.Value{"number": matter.String(title)} // the date is the document's own, not today's
	case KindPerson:
		return newPerson(title, given, body)
	}
	return Compose(k, title, given, body)
}

// newPerson makes a person's entry of a name with what stands beside it: a degree, and
// years or what tells the person apart in brackets, which the folder's name has too.
func newPerson(text string, given map[string]*matter.Value, body string) (file, page string, _ []diag.Finding) {
	name := viet.ParseName(text)
	if strings.ContainsAny(name.Bare, `"“”:;\/!?`) { // no name that anybody bears
		return Compose(KindPerson, text, given, body)
	}
	title, folder := name.Bare, name.Bare
	if name.Distinction() != "" {
		title += " (" + name.Remark + ")"
		folder += " " + name.Distinction()
	}
	if degree := name.Degree(); degree != "" {
		given["degree"] = matter.String(degree)
	}
	born, died := name.Years()
	for key, year := range map[string]int{"born": born, "died": died} {
		if year != 0 {
			given[key] = matter.Bare(strconv.Itoa(year))
		}
	}
	if born != 0 {
		folder += " " + strconv.Itoa(born)
	}
	given["title"] = matter.String(title)
	return Compose(KindPerson, folder, given, body)
}

// Compose makes a new entry as [Template] does, with values of its front matter that are
// known, by key.
func Compose(k Kind, title string, known map[string]*matter.Value, body string) (file, text string, _ []diag.Finding) {
	slug := viet.Slug(title)
	if slug == "" {
		return "", "", []diag.Finding{ruleNoWords.At(diag.Pos{}, title)}
	}
	if !content.FitsWindows(slug) {
		return "", "", []diag.Finding{ruleWindowsName.At(diag.Pos{}, slug)}
	}
	name := "index.md"
	if k == KindPlan {
		name = "_index.md"
	}
	given := map[string]*matter.Value{"title": matter.String(title)}
	maps.Copy(given, known)
	var b strings.Builder
	b.WriteString("---\n")
	for _, f := range Schema(k) {
		if value, ok := given[f.Key]; ok || f.Key == "description" || !isShared(f.Key) {
			writeField(&b, f, value.YAML(), "")
		}
	}
	b.WriteString("# Bản nháp: viết xong thì bỏ dòng dưới đây để trang được đăng.\ndraft: true\n---\n\n" + body)
	return path.Join("content", k.Folder(), slug, name), b.String(), nil
}

// isShared reports whether the field is one that entries of every kind have, and few
// give.
func isShared(key string) bool {
	return slices.ContainsFunc(Schema(KindPage), func(f Field) bool { return f.Key == key }) && key != "sources" && key != "files"
}

// writeField writes one field with its help. One that may be left out is
// written as a comment.
func writeField(b *strings.Builder, f Field, value, indent string) {
	note := f.Label.VI + ": " + f.Help.VI
	if f.Required {
		note += " (bắt buộc)"
	}
	fmt.Fprintf(b, "%s# %s\n", indent, note)
	off := ""
	if !f.Required && value == "" && f.Key != "description" {
		off = "# "
	}
	switch {
	case strings.HasPrefix(value, "\n"):
		fmt.Fprintf(b, "%s:%s\n", f.Key, value)
	case value != "":
		fmt.Fprintf(b, "%s%s: %s\n", indent, f.Key, value)
	case f.Type == TypeTable:
		fmt.Fprintf(b, "%s%s%s:\n", indent, off, f.Key)
		writeFields(b, f.Fields, indent+off+"  ", "")
	case f.Type == TypeTables:
		fmt.Fprintf(b, "%s%s%s:\n", indent, off, f.Key)
		writeFields(b, f.Fields, indent+off+"    ", indent+off+"  - ")
	default:
		fmt.Fprintf(b, "%s%s%s: %s\n", indent, off, f.Key, f.blank())
	}
}

// writeFields writes the keys of a group; first, if given, opens the group as an
// item of a list.
func writeFields(b *strings.Builder, fields []Field, indent, first string) {
	for i, f := range fields {
		start := indent
		if i == 0 && first != "" {
			start = first
		}
		fmt.Fprintf(b, "%s%s: %s # %s\n", start, f.Key, f.blank(), f.Label.VI)
	}
}

// blank is what stands for a value that is still to be written.
func (f Field) blank() string {
	switch {
	case f.Example != "":
		return f.Example
	case f.Type == TypeText:
		return `""`
	case f.Type == TypeList || f.Type == TypeRefs || f.Type == TypeTables:
		return "[]"
	}
	return "" // nothing behind the colon: not yet filled in
}
