// Package attach reads the files that an entry offers for download: decisions, forms,
// lists, recordings.
//
// In: the bytes of a file, from anybody. Out: a [File] that says of what kind it is, how
// long, what stands in it and what it tells besides its words; and the bytes that may be
// published, the same each time: without the author's name and the reviewers' comments,
// where those can be taken out without harm. The editor's own file is never touched.
//
// What a file is, its content says, not its name. What may run by itself (macros,
// programs, pages and drawings with scripts) is refused, and so is what nobody can look
// into (archives, passwords, formats of before 2007). Nothing is run and nothing is
// fetched; time and memory are bounded by the limits below and in package pdf.
package attach

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// MaxBytes is the maximum size of a file: hosts refuse larger ones.
const MaxBytes = 25 << 20

// Kind is what a file is; its value is what readers are told.
type Kind string

const (
	PDF        Kind = "PDF"
	Word       Kind = "Word"
	Excel      Kind = "Excel"
	PowerPoint Kind = "PowerPoint"
	ODT        Kind = "ODT"
	ODS        Kind = "ODS"
	CSV        Kind = "CSV"
	Text       Kind = "TXT"
	MP3        Kind = "MP3"
	MP4        Kind = "MP4"
	Subtitles  Kind = "VTT"
)

// kinds are the ending and the media type of each kind.
var kinds = map[Kind]struct{ ending, media string }{
	PDF:        {".pdf", "application/pdf"},
	Word:       {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	Excel:      {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	PowerPoint: {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
	ODT:        {".odt", "application/vnd.oasis.opendocument.text"},
	ODS:        {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
	CSV:        {".csv", "text/csv"},
	Text:       {".txt", "text/plain"},
	MP3:        {".mp3", "audio/mpeg"},
	MP4:        {".mp4", "video/mp4"},
	Subtitles:  {".vtt", "text/vtt"},
}

// Ending returns the file extension under which files of the kind are published: ".pdf".
func (k Kind) Ending() string { return kinds[k].ending }

// MediaType returns the kind's media type: "application/pdf".
func (k Kind) MediaType() string { return kinds[k].media }

// File is what is known of a file that may be published.
type File struct {
	Kind   Kind
	Size   int    // bytes, as published
	Pages  int    // pages, slides or sheets; 0 where that is not known
	Title  string // as the file itself has it
	Words  string // that readers see, a line a paragraph
	Unseen string // that stand in the file too: comments, hidden sheets, text that was deleted

	Seconds       int    // how long a film is; 0 where that is not known
	Width, Height int    // of a film's picture, in pixels
	Unplayable    string // the code that a film is in, where many browsers cannot play it: "HEVC (H.265)"

	Unread  bool    // its inside cannot be read: nothing was taken out, and nothing is known of it
	Removed []Trace // what is taken out before it is published
	Carried []Trace // what stays, and an editor should know of
}

// Trace is metadata or hidden content that a file carries besides its visible text: "3 lời
// nhận xét".
type Trace = diag.Text

// Refusal is the reason why a file is not published, as the end of a sentence, and how to
// fix it.
type Refusal struct{ Why, Help diag.Text }

func (r *Refusal) Error() string { return r.Why.EN }

// reading is a file being read.
type reading struct {
	File
	clean []byte // as it may be published
}

// Read reads a file and returns it as it may be published, too. The error is a
// [*Refusal].
func Read(name string, data []byte) (*File, []byte, error) {
	if len(data) > MaxBytes {
		return nil, nil, TooLarge
	}
	kind, err := kindOf(name, data)
	if err != nil {
		return nil, nil, err
	}
	f := &reading{File: File{Kind: kind}, clean: data}
	switch kind {
	case PDF:
		err = f.pdf(data)
	case Word, Excel, PowerPoint, ODT, ODS:
		err = f.office(data)
	case CSV, Text:
		err = f.text(data)
	case MP3:
		f.sound(data)
	case MP4:
		f.film(data)
	case Subtitles:
		err = f.subtitles(data)
	}
	if err != nil {
		return nil, nil, err
	}
	f.Size = len(f.clean)
	f.Words, f.Unseen, f.Title = tidy(f.Words), tidy(f.Unseen), strings.Join(strings.Fields(tidy(f.Title)), " ")
	return &f.File, f.clean, nil
}

// maxWords limits how much of a file's text is kept.
const maxWords = 4 << 20

// tidy returns a text in composed letters, without what cannot be seen, line by line
// without blanks at either end.
func tidy(text string) string {
	if len(text) > maxWords {
		text = text[:maxWords]
	}
	text = viet.Visible(norm.NFC.String(strings.ToValidUTF8(text, "")))
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var notUTF8 = &Refusal{
	diag.Text{VI: "chữ trong tệp không ở dạng UTF-8 nên người đọc sẽ thấy chữ hỏng", EN: "its text is not UTF-8, so readers would see garbled letters"},
	diag.Text{VI: "Mở bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8, rồi lưu lại; bảng của Excel thì lưu dạng “CSV UTF-8”.", EN: "Open it in Notepad, choose Save as with Encoding UTF-8; in Excel save as “CSV UTF-8”."}}

// text reads a file of plain text. What is published is in UTF-8, behind the mark that
// Excel knows it by where it is a table.
func (f *reading) text(data []byte) error {
	if text := toUTF8(data); !bytes.Equal(text, data) {
		f.clean = text
		if f.Kind == CSV {
			f.clean = append([]byte("\uFEFF"), text...)
		}
	}
	if !utf8.Valid(f.clean) {
		return notUTF8
	}
	f.Words = strings.TrimPrefix(string(f.clean), "\uFEFF")
	return nil
}
