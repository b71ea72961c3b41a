package form

import (
	"errors"
	"strings"

	"lienhiep/internal/plan"
)

// endOfText closes the document's own words in a plain text.
const endOfText = "\n==========\n"

// writeText writes the canonical text: a line for each paragraph.
func writeText(e *Edition) ([]byte, error) {
	return []byte(plan.Format(e.Document) + endOfText + strings.Join(e.provenance(), "\n") + "\n"), nil
}

func textWords(data []byte) (string, error) {
	end := strings.LastIndex(string(data), endOfText)
	if end < 0 {
		return "", errors.New("no line that ends the document")
	}
	return unbarred(string(data[:end])), nil
}

// unbarred squeezes a text whose tables stand between bars, and drops those.
func unbarred(text string) string {
	var words strings.Builder
	for line := range strings.Lines(text) {
		if inner, ok := strings.CutPrefix(strings.TrimSpace(line), "| "); ok && strings.HasSuffix(inner, "|") {
			line = strings.ReplaceAll(inner, "|", " ")
		}
		words.WriteString(squeeze(line))
	}
	return words.String()
}
