// Package form exports an official document in the formats that people and
// programs ask for: PDF and Word to print and quote, plain text and Markdown to
// read anywhere, CSV for spreadsheets, JSON and Akoma Ntoso XML for programs.
//
// In: an [Edition], which is a document and its place on the site. Out: [Files],
// the same bytes for the same edition, on any day and any machine.
//
// Every format states its origin (the document's number, date and issuer, the
// address of its page) and contains the document's text in full and in order,
// and no other text: [Form.Words] reads it back, and equals
// [plan.Document.Content]. What is not part of the document is where the format
// has a place for it: metadata, front matter, a page's margin; in plain text
// below a line that ends the document.
package form

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/plan"
)

// Edition is a wording of a document, with its place on the site.
type Edition struct {
	Document  *plan.Document
	Name      string                     // of the files, without their ending: "15-kh-tu"
	Date      string                     // of this wording, ISO; the document's own unless it was amended
	Publisher string                     // who publishes the site, with how to reach them, in a line; "" where nobody does
	URL       string                     // of the page with the whole text, absolute, closed by a slash
	Schema    string                     // of [Schema], absolute
	Library   func(number string) string // absolute address of a cited document's page, or ""
	Progress  map[string]Progress        // how far provisions have come, by ID; of a wording no longer in force, none
}

// Progress is how far a provision has been carried out, in words for readers.
type Progress struct {
	Status string   // "Đã xong"
	Lead   []string // bodies in charge
	With   []string // co-operating bodies
	Due    string   // ISO date, or ""
	Period string   // in words where there is no date
	Deeds  int      // done for it or those below it
}

// Form is a file format that a document is offered in.
type Form struct {
	Ext       string // "pdf"
	MediaType string

	write func(*Edition) ([]byte, error)
	// Words reads the document's own characters, without white space, out of a file
	// that [Files] wrote; nil where that is not cheap.
	Words func([]byte) (string, error)
}

// Forms lists all formats, those for people first.
var Forms = []Form{
	{"pdf", "application/pdf", writePDF, nil},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", writeDocx, docxWords},
	{"txt", "text/plain", writeText, textWords},
	{"md", "text/markdown", writeMarkdown, markdownWords},
	{"csv", "text/csv", writeCSV, csvWords},
	{"json", "application/json", writeJSON, jsonWords},
	{"xml", "application/akn+xml", writeXML, xmlWords},
}

// Files returns the edition in every format, by file name.
func Files(e *Edition) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, f := range Forms {
		data, err := f.write(e)
		if err != nil {
			return nil, fmt.Errorf("writing %s.%s: %w", e.Name, f.Ext, err)
		}
		files[e.Name+"."+f.Ext] = data
	}
	return files, nil
}

// verbatim says what the words are worth.
const verbatim = "Lời văn đúng nguyên văn."

// provenance says where the document comes from, in the sentences that the forms
// for people carry.
func (e *Edition) provenance() []string {
	return []string{"Nguồn: " + e.Document.Cite() + ".", "Địa chỉ: " + e.URL, verbatim}
}

// foot is the provenance in one line, for the margin of a page.
func (e *Edition) foot() string {
	return e.Document.Type + " " + e.Document.Number + " · " + e.URL + " · " + verbatim
}

// squeeze drops the white space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// isHeading reports whether a provision's words are the name of what is below
// them: they do not end as a sentence does.
func isHeading(p *plan.Provision) bool {
	last, _ := utf8.DecodeLastRuneInString(p.Text)
	return len(p.Children)+len(p.Paragraphs) > 0 && !strings.ContainsRune(".:;,…?!", last)
}
