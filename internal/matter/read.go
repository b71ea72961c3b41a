package matter

import (
	"bytes"
	"errors"

	"lienhiep/internal/diag"
)

// MaxSize is the maximal size of front matter in bytes, which bounds the time of
// parsers.
const MaxSize = 256 << 10

var (
	ruleNoFrontMatter = diag.NewRule("front-matter-missing", diag.Error,
		diag.Text{VI: "Thiếu phần khai báo ở đầu tệp.", EN: "The front matter at the top of the file is missing."},
		diag.Text{VI: "Mở đầu tệp bằng một dòng ---, rồi các dòng như title: …, rồi lại một dòng ---. Lệnh `lienhiep new` tạo sẵn phần này.",
			EN: "Start the file with a line ---, then lines like title: …, then --- again. `lienhiep new` writes this for you."})
	ruleFrontMatterOpen = diag.NewRule("front-matter-open", diag.Error,
		diag.Text{VI: "Phần khai báo ở đầu tệp không có dòng kết thúc %[1]s.", EN: "The front matter has no closing %[1]s line."},
		diag.Text{VI: "Thêm một dòng chỉ có %[1]s ở cuối phần khai báo.", EN: "Add a line with only %[1]s at the end of the front matter."})
	ruleFrontMatterFence = diag.NewRule("front-matter-fence", diag.Error,
		diag.Text{VI: "Phần khai báo kết thúc ngay ở dòng này vì dòng bắt đầu bằng %[1]s, nhưng sau đó còn chữ khác.", EN: "The front matter ends on this line, which starts with %[1]s but has more text."},
		diag.Text{VI: "Để %[1]s đứng một mình trên dòng kết thúc phần khai báo; chữ còn lại chuyển xuống lời bài, hoặc bỏ đi.", EN: "Leave only %[1]s on the line that ends the front matter; move the rest into the text, or remove it."})
	ruleFrontMatterReturn = diag.NewRule("front-matter-return", diag.Error,
		diag.Text{VI: "Ở đây có dấu xuống dòng kiểu cũ (CR) mà phần lớn chương trình không hiện ra.", EN: "There is a lone carriage return (CR) here, an old line break that most programs do not show."},
		diag.Text{VI: "Xóa chỗ giữa hai chữ này rồi bấm Enter để xuống dòng lại.", EN: "Delete what is between the two characters here, and press Enter."})
	ruleFrontMatterTwice = diag.NewRule("front-matter-twice", diag.Error,
		diag.Text{VI: "Dòng “...” này cắt phần khai báo làm đôi: những gì ở dưới nó không được đọc.", EN: "The line “...” ends the front matter early: what follows it is not read."},
		diag.Text{VI: "Xóa dòng này.", EN: "Remove the line."})
	ruleFrontMatterSyntax = diag.NewRule("front-matter-syntax", diag.Error,
		diag.Text{VI: "Phần khai báo viết sai quy cách: không đọc được chỗ này.", EN: "The front matter cannot be read here (%[1]s)."},
		diag.Text{VI: "Đặt giá trị trong dấu nháy kép nếu có dấu hai chấm (title: \"Hội thi: kết quả\"); thụt đầu dòng bằng dấu cách, không dùng phím Tab.",
			EN: "Quote a value that contains a colon (title: \"Contest: results\"); indent with spaces, not tabs."})
	ruleFrontMatterSize = diag.NewRule("front-matter-size", diag.Error,
		diag.Text{VI: "Phần khai báo quá dài (quá 256 KB).", EN: "The front matter is too long (over 256 KB)."},
		diag.Text{VI: "Chuyển lời bài xuống dưới dòng --- thứ hai.", EN: "Move the text below the second --- line."})
	ruleFrontMatterNested = diag.NewRule("front-matter-nested", diag.Error,
		diag.Text{VI: "Phần khai báo có quá nhiều dấu [, { hoặc gạch đầu dòng lồng trong nhau (quá %[1]d).", EN: "The front matter has too many nested [, { or dashes (over %[1]d)."},
		diag.Text{VI: "Đóng mỗi dấu [ bằng ], mỗi dấu { bằng }, hoặc xóa những dấu thừa.", EN: "Close each [ with ] and each { with }, or remove those that are not needed."})
)

// File is a content file whose front matter has been parsed.
type File struct {
	Parts
	Table *Value
}

// Read splits a content file and parses its front matter. The file is nil if that
// failed; then one of the findings is an error.
func Read(name string, src []byte) (*File, []diag.Finding) {
	parts, err := Split(src)
	if fault := (*Fault)(nil); errors.As(err, &fault) {
		return nil, []diag.Finding{fenceFault(name, src, fault)}
	}
	if len(parts.Matter) > MaxSize {
		return nil, []diag.Finding{ruleFrontMatterSize.At(diag.Pos{File: name, Line: 1})}
	}
	if i := openBrackets(parts.Matter); i >= 0 {
		return nil, []diag.Finding{ruleFrontMatterNested.At(diag.PosAt(name, src, parts.Start+i), maxOpen)}
	}
	parse := parseYAML
	if parts.Fence == TOML {
		parse = parseTOML
	}
	table, line, column, err := parse(parts.Matter)
	if errors.Is(err, errTwoDocuments) {
		return nil, []diag.Finding{ruleFrontMatterTwice.At(diag.Pos{File: name, Line: line + 1})}
	}
	if err != nil {
		return nil, []diag.Finding{syntaxFault(name, parts.Fence[0], parts.Matter, line, column, err)}
	}
	return &File{parts, table}, curlyQuotes(name, table)
}

// fenceFault says why a file could not be taken apart.
func fenceFault(file string, src []byte, fault *Fault) diag.Finding {
	text := bytes.TrimPrefix(src, []byte("\uFEFF"))
	switch fault.Err {
	case ErrMissing:
		return noFence(file, text)
	case ErrOpen:
		return openFence(file, text, fault.Fence)
	case ErrReturn:
		return ruleFrontMatterReturn.At(diag.PosAt(file, src, fault.At))
	}
	pos := diag.PosAt(file, src, fault.At)
	finding := ruleFrontMatterFence.At(diag.Pos{File: file, Line: pos.Line}, fault.Fence)
	if line, _, _ := bytes.Cut(src[fault.At:], []byte("\n")); nearFence.Match(line) {
		return finding.Suggest(fault.Fence)
	}
	return finding
}

// maxOpen is how many brackets may stand within one another: parsers take time in the
// square of their number.
const maxOpen = 50

// openBrackets finds where front matter has more lists and groups within one another
// than may be, -1 where it does not. Brackets in quotation marks count too.
func openBrackets(matter []byte) int {
	at := 0
	depth := 0
	for line := range bytes.Lines(matter) {
		dashes := 0
		for rest := bytes.TrimLeft(line, " "); len(rest) > 1 && rest[0] == '-' && rest[1] == ' '; rest = bytes.TrimLeft(rest[1:], " ") {
			dashes++
		}
		for i, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			if depth > maxOpen || dashes > maxOpen {
				return at + i
			}
		}
		at += len(line)
	}
	return -1
}
