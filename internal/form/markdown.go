package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"lienhiep/internal/markdown"
	"lienhiep/internal/plan"
)

// writeMarkdown writes CommonMark that shows every label as it stands: a renderer
// must neither number anew nor turn a dash into a dot.
func writeMarkdown(e *Edition) ([]byte, error) {
	d := e.Document
	var b strings.Builder
	b.WriteString("---\n")
	for _, kv := range [][2]string{
		{"title", d.Type + " " + d.Number}, {"number", d.Number}, {"type", d.Type}, {"issuer", d.IssuerInFull()}, {"date", d.Date},
		{"source", d.Cite()}, {"url", e.URL}, {"note", verbatim},
	} {
		value, err := json.Marshal(kv[1]) // a JSON string is a YAML string
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s: %s\n", kv[0], value)
	}
	b.WriteString("---\n")
	for _, p := range d.Paragraphs() {
		b.WriteByte('\n')
		if p.Table != nil {
			writePipes(&b, p.Table)
			continue
		}
		if p.Quoted {
			b.WriteString("> ")
		} else if p.Own && isHeading(p.Provision) {
			b.WriteString(strings.Repeat("#", min(p.Depth+2, 6)) + " ")
		}
		b.WriteString(markdown.Escape(p.String()))
		b.WriteByte('\n')
	}
	return []byte(b.String()), nil
}

// writePipes writes a table between bars, as GitHub's dialect of Markdown has it. Its
// first row is the heading, which has a cell for every column.
func writePipes(b *strings.Builder, t plan.Table) {
	columns := columnsOf(t)
	for i, row := range t {
		for _, cell := range row {
			b.WriteString("| " + markdown.Escape(cell) + " ")
		}
		b.WriteString(strings.Repeat("| ", columns-len(row)) + "|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", columns) + "|\n")
		}
	}
}

// columnsOf is how many cells the longest row has.
func columnsOf(t plan.Table) int {
	n := 1
	for _, row := range t {
		n = max(n, len(row))
	}
	return n
}

func markdownWords(data []byte) (string, error) {
	_, rest, _ := bytes.Cut(data, []byte("---\n"))
	_, body, ok := bytes.Cut(rest, []byte("\n---\n"))
	if !ok {
		return "", fmt.Errorf("no front matter")
	}
	page, err := markdown.HTML(body)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.TextToken:
			text.WriteString(z.Token().Data)
		case html.ErrorToken:
			if err := z.Err(); err != io.EOF {
				return "", err
			}
			return squeeze(text.String()), nil
		}
	}
}
