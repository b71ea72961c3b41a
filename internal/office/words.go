package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxText bounds what is unpacked: far more than any official document has.
const maxText = 64 << 20

// ErrNotDocument says that a file is none of a word processor.
var ErrNotDocument = errors.New("not a .docx document")

// Words returns the words of a document's body, a line for each paragraph that has
// any, in the order of the text; cells of a table follow one another.
func Words(file []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotDocument, err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotDocument, err)
	}
	defer f.Close()
	bounded := &io.LimitedReader{R: f, N: maxText}
	var lines, line strings.Builder
	reading := false
	for dec := xml.NewDecoder(bounded); ; {
		tok, err := dec.Token()
		if bounded.N == 0 {
			return "", errors.New("the document is too large")
		}
		if errors.Is(err, io.EOF) {
			return lines.String(), nil
		}
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrNotDocument, err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name {
			case xml.Name{Space: nsWord, Local: "t"}:
				reading = true
			case xml.Name{Space: nsWord, Local: "tab"}, xml.Name{Space: nsWord, Local: "br"}:
				line.WriteByte(' ')
			}
		case xml.EndElement:
			reading = false
			if (t.Name == xml.Name{Space: nsWord, Local: "p"}) && line.Len() > 0 {
				lines.WriteString(line.String() + "\n")
				line.Reset()
			}
		case xml.CharData:
			if reading {
				line.Write(t)
			}
		}
	}
}
