// Package page reads the text of an official document off the pages of a PDF file.
//
// In: the bytes of a file, from anybody. Out: text as package plan reads it: a paragraph a
// line where it is sure of that, else a line of the page a line; a blank line where the page
// leaves room; the rows of a table between bars; of the two columns of a head or a
// signature, one after the other. Nobody has marked these in the file: they follow from
// where the letters stand and which lines are drawn.
//
// Page numbers, and lines that stand at the edge of page after page, are left out, and
// told. What cannot be read with certainty is refused: pages that are pictures, and letters
// of which the file does not say which they are.
package page

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/pdf"
	"lienhiep/internal/viet"
)

// What keeps a file from being read, and what is left out.
var (
	damaged = diag.NewRule("pdf-damaged", diag.Error,
		diag.Text{VI: "Tệp PDF bị hỏng hoặc không phải là PDF.", EN: "The PDF file is damaged, or is none."},
		diag.Text{VI: "Mở thử bằng trình đọc PDF; nếu không mở được thì xin lại tệp. Tốt nhất là nhập bản Word (.docx) của văn bản.",
			EN: "See whether a PDF reader opens it, and ask for the file anew if not. Best of all, import the document's Word file (.docx)."})
	encrypted = diag.NewRule("pdf-password", diag.Error,
		diag.Text{VI: "Tệp PDF đòi mật khẩu mới mở được.", EN: "The PDF file asks for a password."},
		diag.Text{VI: "Mở tệp bằng mật khẩu, in ra một tệp PDF mới không có mật khẩu rồi nhập tệp ấy; hoặc nhập bản Word (.docx).",
			EN: "Open it with the password, print it to a new PDF without one and import that; or import the Word file (.docx)."})
	tooComplex = diag.NewRule("pdf-too-large", diag.Error,
		diag.Text{VI: "Tệp PDF quá lớn hoặc quá phức tạp để đọc.", EN: "The PDF file is too large or too intricate."},
		diag.Text{VI: "Tách tệp thành nhiều phần, hoặc nhập bản Word (.docx).", EN: "Split it, or import the Word file (.docx)."})
	scanned = diag.NewRule("pdf-scanned", diag.Error,
		diag.Text{VI: "Tệp PDF là ảnh quét, không có chữ: trang %[1]s.", EN: "The PDF file is a scan and holds no text: pages %[1]s."},
		diag.Text{VI: "Xin bản Word (.docx) của văn bản ở nơi soạn thảo. Không có thì cho máy nhận dạng chữ (Google Drive, FineReader …), lưu thành .docx, so từng chữ với bản ký rồi nhập.",
			EN: "Ask whoever wrote it for the Word file (.docx). Without one, have the text recognised (Google Drive, FineReader …), save it as .docx, compare it with the signed document word by word and import that."})
	doubtfulLetters = diag.NewRule("pdf-letters", diag.Error,
		diag.Text{VI: "Tệp PDF không cho biết một số ký hiệu là chữ gì (ở đây là �): %[1]s.", EN: "The PDF file does not say which letters some of its signs are (here �): %[1]s."},
		diag.Text{VI: "Nhập bản Word (.docx); hoặc mở văn bản gốc và xuất lại ra PDF bằng Word hay LibreOffice.",
			EN: "Import the Word file (.docx), or export the document to PDF anew from Word or LibreOffice."})
	doubtfulWords = diag.NewRule("pdf-words", diag.Error,
		diag.Text{VI: "Chữ trong tệp PDF không đọc thành lời được: %[1]s.", EN: "The letters in the PDF file make no words: %[1]s."},
		diag.Text{VI: "Tệp được xuất với phông chữ hoặc bảng mã mà máy không nhận ra. Nhập bản Word (.docx), hoặc xuất lại ra PDF.",
			EN: "It was exported with a font or an encoding that cannot be made out. Import the Word file (.docx), or export the PDF anew."})
	recognised = diag.NewRule("pdf-recognised", diag.Warning,
		diag.Text{VI: "Chữ ở trang %[1]s do máy nhận dạng từ ảnh quét, thường có chỗ sai.", EN: "The text of pages %[1]s was recognised from a scan by a program and often has slips."},
		diag.Text{VI: "So từng chữ với ảnh của trang, nhất là số, ngày tháng và tên người; có bản Word (.docx) thì nhập bản ấy.",
			EN: "Compare it with the picture of the page word by word, above all numbers, dates and names; if there is a Word file (.docx), import that."})
	leftOut = diag.NewRule("pdf-left-out", diag.Notice,
		diag.Text{VI: "Đã bỏ số trang, chữ ở lề, chữ in chéo và chữ ẩn của trang: %[1]s.", EN: "Page numbers, what stands in the margins or askew, and hidden text were left out: %[1]s."},
		diag.Text{VI: "Nếu có dòng thuộc lời văn, chép dòng ấy vào van-ban.txt.", EN: "If one of them belongs to the text, put it into van-ban.txt."})
	converted = diag.NewRule("pdf-legacy-converted", diag.Notice,
		diag.Text{VI: "Đã chuyển chữ gõ bằng bảng mã cũ %[1]s sang Unicode.", EN: "Text in the legacy encoding %[1]s was converted to Unicode."},
		diag.Text{VI: "Đọc soát lại tên người, tên đất.", EN: "Read over the names of people and places."})
)

// Text reads the text of a file. It is "" when a finding is an error. file is the name
// that findings carry.
func Text(file string, data []byte) (string, []diag.Finding) {
	at := diag.Pos{File: file}
	f, err := pdf.Open(data)
	switch {
	case errors.Is(err, pdf.ErrEncrypted):
		return "", []diag.Finding{encrypted.At(at)}
	case errors.Is(err, pdf.ErrTooComplex):
		return "", []diag.Finding{tooComplex.At(at)}
	case err != nil:
		return "", []diag.Finding{damaged.At(at)}
	}
	r := reader{file: f}
	r.read()
	var findings []diag.Finding
	switch {
	case len(r.scanned) > 0:
		return "", []diag.Finding{scanned.At(at, ranges(r.scanned))}
	case len(r.doubtful) > 0:
		return "", []diag.Finding{doubtfulLetters.At(at, quoted(r.doubtful))}
	}
	text := norm.NFC.String(r.text())
	if strange := strangeWords(text); strange != nil {
		return "", []diag.Finding{doubtfulWords.At(at, quoted(strange))}
	}
	if len(r.recognised) > 0 {
		findings = append(findings, recognised.At(at, ranges(r.recognised)))
	}
	for _, e := range r.encodings {
		findings = append(findings, converted.At(at, e.String()))
	}
	if len(r.left) > 0 {
		findings = append(findings, leftOut.At(at, quoted(r.left)))
	}
	return text, findings
}

// reader reads one file.
type reader struct {
	file       *pdf.File
	sheets     []*sheet
	scanned    []int // pages that are pictures
	recognised []int // pages whose text was recognised
	doubtful   []string
	encodings  []viet.Encoding // legacy ones, met
	left       []string        // what was left out
}

// sheet is one page.
type sheet struct {
	number int
	lines  []line  // of the page's text, from above
	tables []table // from above
}

// fullPicture is how much of a page a picture covers if the page is scanned.
const fullPicture = 0.4

func (r *reader) read() {
	runs := map[int][]pdf.Run{}
	for _, run := range r.file.Runs() {
		runs[run.Page] = append(runs[run.Page], run)
	}
	lines := map[int][]pdf.Line{}
	for _, l := range r.file.Lines() {
		lines[l.Page] = append(lines[l.Page], l)
	}
	for number := 1; number <= r.file.Pages; number++ {
		picture := r.file.Pictures()[number]
		turn(runs[number], lines[number])
		pieces := r.pieces(runs[number], picture)
		if len(pieces) == 0 && (picture > fullPicture || r.file.Pages == 1) {
			r.scanned = append(r.scanned, number)
			continue
		}
		s := &sheet{number: number}
		s.tables, pieces = tables(lines[number], pieces)
		s.lines = linesOf(r.level(pieces))
		r.sheets = append(r.sheets, s)
		for _, l := range s.lines {
			r.doubt(l.told())
		}
		for _, t := range s.tables {
			r.doubtful = append(r.doubtful, t.doubtful...)
		}
	}
	r.margins()
}

// turn turns a page on which most words go up or down, as wide tables do, so that they go
// across.
func turn(runs []pdf.Run, lines []pdf.Line) {
	count := map[float64]int{}
	most := 0.0
	for _, run := range runs {
		at := math.Mod(math.Round(run.Turn/90)*90+360, 360)
		if count[at] += len(run.Text); count[at] > count[most] {
			most = at
		}
	}
	if most == 0 {
		return
	}
	sin, cos := math.Sincos(-most * math.Pi / 180)
	spin := func(x, y float64) (float64, float64) { return x*cos - y*sin, x*sin + y*cos }
	for i := range runs {
		r := &runs[i]
		r.X, r.Y = spin(r.X, r.Y)
		r.Turn = math.Remainder(r.Turn-most, 360)
	}
	for i := range lines {
		l := &lines[i]
		x1, y1 := spin(l.Left, l.Bottom)
		x2, y2 := spin(l.Right, l.Top)
		l.Left, l.Right, l.Bottom, l.Top = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
	}
}

// level are the pieces that are written across. Others, outside of tables, are stamps and
// watermarks.
func (r *reader) level(pieces []piece) []piece {
	return slices.DeleteFunc(pieces, func(p piece) bool {
		if p.turned {
			r.leave(p.text)
		}
		return p.turned
	})
}

// pieces are the words of a page that belong to its text.
func (r *reader) pieces(runs []pdf.Run, picture float64) []piece {
	var all []piece
	var last pdf.Run
	hidden := false
	for _, run := range runs {
		words := strings.TrimSpace(run.Text + run.Unsure)
		again := run.Text == last.Text && run.Page == last.Page && near(run.X, last.X, run.Size/5) && near(run.Y, last.Y, run.Size/5)
		switch {
		case words == "", again: // letters are drawn twice to look bold
		case run.Artifact, run.Hidden && picture < fullPicture:
			r.leave(run.Text)
		default:
			hidden = hidden || run.Hidden
			all = append(all, r.cut(run, len(all))...)
		}
		last = run
	}
	if hidden {
		r.recognised = append(r.recognised, runs[0].Page)
	}
	return all
}

const maxTold = 12 // of what is left out or doubtful

func (r *reader) leave(text string) {
	if text = strings.TrimSpace(text); text != "" && len(r.left) < maxTold && !slices.Contains(r.left, text) {
		r.left = append(r.left, text)
	}
}

// doubt notes the words that have a letter of which the file does not say which it is.
func (r *reader) doubt(text string) {
	for w := range strings.FieldsSeq(text) {
		if strings.ContainsRune(w, utf8.RuneError) && len(r.doubtful) < maxTold {
			r.doubtful = append(r.doubtful, w)
		}
	}
}

func near(a, b, most float64) bool { return a-b <= most && b-a <= most }

// quoted lists words in quotation marks.
func quoted(words []string) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = "“" + w + "”"
	}
	return strings.Join(all, ", ")
}

// ranges writes numbers in ascending order as people do: "1–3, 7".
func ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		end := i
		for end+1 < len(numbers) && numbers[end+1] == numbers[end]+1 {
			end++
		}
		part := fmt.Sprint(numbers[i])
		if end > i {
			part += fmt.Sprintf("–%d", numbers[end])
		}
		parts = append(parts, part)
		i = end + 1
	}
	return strings.Join(parts, ", ")
}

// strangeWords returns examples of the words, if most words of a text are no Vietnamese.
func strangeWords(text string) []string {
	const sample, examples = 2000, 8
	var strange []string
	words := 0
	for w := range strings.FieldsSeq(text) {
		bare := strings.Trim(w, ".,;:()“”\"'!?…/-–|0123456789")
		if bare == "" {
			continue
		}
		if words++; !viet.IsSyllable(bare) {
			strange = append(strange, w)
		}
		if words == sample {
			break
		}
	}
	if words < 10 || 2*len(strange) <= words {
		return nil
	}
	return strange[:min(len(strange), examples)]
}
