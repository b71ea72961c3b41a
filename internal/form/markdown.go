package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"lienhiep/internal/markdown"
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
		if p.Own && isHeading(p.Provision) {
			b.WriteString(strings.Repeat("#", min(p.Depth+2, 6)) + " ")
		}
		b.WriteString(markdown.Escape(p.String()))
		b.WriteByte('\n')
	}
	return []byte(b.String()), nil
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
