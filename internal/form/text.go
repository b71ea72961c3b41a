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
	return squeeze(string(data[:end])), nil
}
