package attach

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"path"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/pdf"
	"lienhiep/internal/photo"
)

// Why files are refused, and what helps.
var (
	// TooLarge is why a file above [MaxBytes] is refused; it need not be read.
	TooLarge = &Refusal{
		diag.Text{VI: "tệp nặng quá 25 MB, nhiều nơi lưu trang không nhận", EN: "it is over 25 MB, which many hosts refuse"},
		diag.Text{VI: "Xuất lại PDF với ảnh nhẹ hơn (trong Word: Lưu thành PDF, chọn “Kích thước tối thiểu”), tách thành nhiều tệp, hoặc với phim thì đăng lên YouTube, Facebook, Zalo … rồi viết ![tên phim](địa chỉ).",
			EN: "Export the PDF with smaller pictures (in Word: Save as PDF, “Minimum size”), split the file, or publish the film on YouTube, Facebook, Zalo … and write ![its name](address)."}}
	otherFilm = &Refusal{
		diag.Text{VI: "đây là phim hoặc bản ghi âm ở dạng nhiều trình duyệt không mở được (MOV, AVI, MKV, WMV, WebM, M4A, WAV …)", EN: "it is a film or a recording in a format that many browsers cannot play (MOV, AVI, MKV, WMV, WebM, M4A, WAV …)"},
		diag.Text{VI: "Xuất lại phim thành MP4 (H.264), bản ghi âm thành MP3; hoặc đăng phim lên YouTube, Facebook, Zalo … rồi viết ![tên phim](địa chỉ).", EN: "Export a film as MP4 (H.264), a recording as MP3; or publish it on YouTube, Facebook, Zalo … and write ![its name](address)."}}
	empty = &Refusal{
		diag.Text{VI: "tệp rỗng", EN: "it is empty"},
		diag.Text{VI: "Chép lại tệp.", EN: "Copy it again."}}
	archive = &Refusal{
		diag.Text{VI: "đây là tệp nén (ZIP, RAR, 7z …): điện thoại khó mở, và không ai xem trước được bên trong có gì", EN: "it is an archive (ZIP, RAR, 7z …): phones open those badly, and readers cannot see what is inside"},
		diag.Text{VI: "Giải nén rồi đính kèm từng tệp bên trong.", EN: "Unpack it and attach each file."}}
	oldOffice = &Refusal{
		diag.Text{VI: "đây là tệp Word, Excel hoặc PowerPoint dạng cũ (.doc, .xls, .ppt), hoặc tệp đặt mật khẩu: không kiểm tra được bên trong", EN: "it is a Word, Excel or PowerPoint file of the old format (.doc, .xls, .ppt), or is protected by a password, and cannot be inspected"},
		diag.Text{VI: "Mở tệp, bỏ mật khẩu nếu có, chọn Lưu thành (Save as) và loại .docx, .xlsx, .pptx hoặc PDF, rồi đính kèm tệp mới.", EN: "Open it, remove any password, choose Save as .docx, .xlsx, .pptx or PDF, and attach the new file."}}
	locked = &Refusal{
		diag.Text{VI: "tệp đặt mật khẩu nên người đọc không mở được", EN: "it is protected by a password, so readers cannot open it"},
		diag.Text{VI: "Mở tệp, bỏ mật khẩu, lưu lại rồi đính kèm.", EN: "Open it, remove the password, save it and attach the new file."}}
	macros = &Refusal{
		diag.Text{VI: "trong tệp có mã lệnh (macro), có thể gây hại cho máy người đọc", EN: "it contains macros, which may harm readers' computers"},
		diag.Text{VI: "Mở tệp mà không bật macro, chọn Lưu thành (Save as) loại .docx, .xlsx, .pptx hoặc PDF, rồi đính kèm tệp mới.", EN: "Open it with macros disabled, choose Save as .docx, .xlsx, .pptx or PDF, and attach the new file."}}
	program = &Refusal{
		diag.Text{VI: "đây là chương trình, có thể gây hại cho máy người đọc", EN: "it is a program, which may harm readers' computers"},
		diag.Text{VI: "Không đính kèm chương trình. Nếu không phải bạn đặt tệp này ở đây, báo người phụ trách kỹ thuật.", EN: "Do not attach programs. If you did not put it here, tell whoever maintains the site."}}
	markup = &Refusal{
		diag.Text{VI: "đây là trang web hoặc hình vẽ SVG, trong đó có thể có mã lệnh", EN: "it is a web page or an SVG drawing, which may contain scripts"},
		diag.Text{VI: "Trang web thì in ra PDF; hình vẽ thì lưu thành PNG và đặt vào bài như ảnh.", EN: "Print a web page to PDF; save a drawing as PNG and use it as a picture."}}
	picture = &Refusal{
		diag.Text{VI: "đây là ảnh", EN: "it is a picture"},
		diag.Text{VI: "Đặt ảnh vào bài bằng ![mô tả ảnh](tên-tệp.jpg), với đuôi tên đúng loại ảnh; ảnh chụp văn bản thì lưu thành PDF.", EN: "Use it in the text as ![description](name.jpg), with the right file extension; save a photographed document as PDF."}}
	richText = &Refusal{
		diag.Text{VI: "đây là tệp RTF", EN: "it is an RTF file"},
		diag.Text{VI: "Mở bằng Word, chọn Lưu thành (Save as) loại .docx hoặc PDF, rồi đính kèm tệp mới.", EN: "Open it in Word, choose Save as .docx or PDF, and attach the new file."}}
	damaged = &Refusal{
		diag.Text{VI: "tệp bị hỏng hoặc chép chưa hết", EN: "it is damaged or incomplete"},
		diag.Text{VI: "Mở thử tệp; nếu mở được thì lưu thành tệp mới rồi đính kèm tệp ấy, nếu không thì chép lại từ nơi gửi.", EN: "Try to open it; if it opens, save it as a new file and attach that, otherwise get a new copy."}}
	unknown = &Refusal{
		diag.Text{VI: "loại tệp này trang không nhận", EN: "this type of file is not supported"},
		diag.Text{VI: "Chỉ đăng được PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), .odt, .ods, .csv, .txt, .mp3, .mp4 và phụ đề .vtt, .srt.", EN: "Supported: PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), .odt, .ods, .csv, .txt, .mp3, .mp4 and subtitles (.vtt, .srt)."}}
)

// starts are the magic numbers at the beginning of files.
var starts = []struct {
	bytes   string
	refusal *Refusal
}{
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", oldOffice},
	{"Rar!\x1a\x07", archive}, {"7z\xbc\xaf\x27\x1c", archive}, {"\x1f\x8b", archive}, {"BZh", archive}, {"\xfd7zXZ", archive}, {"\x28\xb5\x2f\xfd", archive}, {"MSCF", archive},
	{"MZ", program}, {"\x7fELF", program}, {"\xcf\xfa\xed\xfe", program}, {"\xce\xfa\xed\xfe", program}, {"\xca\xfe\xba\xbe", program}, {"\xfe\xed\xfa", program}, {"#!", program}, {"dex\n", program}, {"\x00asm", program}, {"!<arch>", program}, {"L\x00\x00\x00\x01\x14\x02\x00", program},
	{`{\rtf`, richText},
}

// kindOf detects a file's kind by its content. The name decides only whether a text is a
// table.
func kindOf(name string, data []byte) (Kind, error) {
	if len(bytes.TrimSpace(data[:min(len(data), 4096)])) == 0 {
		return "", empty
	}
	if pdf.Is(data) && !bytes.HasPrefix(data, []byte("PK")) {
		return PDF, nil
	}
	for _, s := range starts {
		if strings.HasPrefix(string(data[:min(len(data), 16)]), s.bytes) {
			return "", s.refusal
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return packed(data)
	case isOtherFilm(data):
		return "", otherFilm
	case isFilm(data):
		return MP4, nil
	case isSound(data):
		return MP3, nil
	case photo.Sniff(data) != "":
		return "", picture
	}
	text := toUTF8(data)
	switch {
	case !isText(text):
		return "", unknown
	case isMarkup(text):
		return "", markup
	case strings.EqualFold(path.Ext(name), ".csv"):
		return CSV, nil
	case bytes.HasPrefix(bytes.TrimPrefix(text, []byte("\uFEFF")), []byte("WEBVTT")), strings.EqualFold(path.Ext(name), ".srt"), strings.EqualFold(path.Ext(name), ".vtt"):
		return Subtitles, nil
	}
	return Text, nil
}

// isText reports whether data has no byte that texts do not have.
func isText(data []byte) bool {
	for _, c := range data {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			return false
		}
	}
	return true
}

// toUTF8 returns a text that begins as UTF-16 does in UTF-8, without its mark; any other
// as it is.
func toUTF8(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return data
	}
	var units []uint16
	for rest := data[2:]; len(rest) >= 2; rest = rest[2:] {
		units = append(units, order.Uint16(rest))
	}
	return []byte(string(utf16.Decode(units)))
}

// isMarkup reports whether a browser may take a text for a page or a drawing, as
// browsers sniff: by what it begins with.
func isMarkup(data []byte) bool {
	head := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(data[:min(len(data), 1024)]), "\uFEFF"), " \t\r\n\f"))
	if !utf8.ValidString(head) {
		head = strings.ToValidUTF8(head, "")
	}
	for _, tag := range []string{"<!doctype", "<html", "<head", "<script", "<svg", "<body", "<iframe", "<?xml", "<?php", "<!--", "<h1", "<div", "<style", "<table", "<title", "<meta", "<a ", "<a>", "<p>", "<br"} {
		if strings.HasPrefix(head, tag) {
			return true
		}
	}
	return false
}

// isSound reports whether data is MP3: a tag of ID3, or a frame of layer III.
func isSound(data []byte) bool {
	if bytes.HasPrefix(data, []byte("ID3")) {
		return true
	}
	return len(data) > 4 && data[0] == 0xff && data[1]&0xe6 == 0xe2 && data[2]>>4 != 15 && data[2]>>4 != 0
}

// Limits on a ZIP file.
const (
	maxParts    = 4096
	maxUnpacked = 256 << 20
)

// packed tells what a ZIP file is: an office's document, or an archive.
func packed(data []byte) (Kind, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", damaged
	}
	var total uint64
	parts := map[string]*zip.File{}
	for _, f := range z.File {
		total += f.UncompressedSize64
		if len(parts) > maxParts || total > maxUnpacked {
			return "", archive
		}
		if f.Flags&1 != 0 {
			return "", locked
		}
		if parts[f.Name] != nil {
			return "", damaged // two of one name: readers would not agree on the file
		}
		parts[f.Name] = f
	}
	for name := range parts {
		low := strings.ToLower(name)
		base := path.Base(low)
		if base == "vbaproject.bin" || strings.HasPrefix(low, "scripts/") && !strings.HasSuffix(low, "/") ||
			strings.HasPrefix(low, "basic/") && path.Ext(base) == ".xml" && !strings.HasPrefix(base, "script-l") && base != "dialog-lb.xml" && base != "dialog-lc.xml" {
			return "", macros
		}
	}
	if f := parts["mimetype"]; f != nil {
		return openDocument(parts)
	}
	if parts["[Content_Types].xml"] == nil {
		return "", archive
	}
	types, err := unpack(parts["[Content_Types].xml"])
	switch {
	case err != nil:
		return "", damaged
	case bytes.Contains(bytes.ToLower(types), []byte("macroenabled")), bytes.Contains(types, []byte("vbaProject")):
		return "", macros
	case bytes.Contains(types, []byte("wordprocessingml.document.main+xml")):
		return Word, nil
	case bytes.Contains(types, []byte("spreadsheetml.sheet.main+xml")):
		return Excel, nil
	case bytes.Contains(types, []byte("presentationml.presentation.main+xml")):
		return PowerPoint, nil
	}
	return "", unknown
}

func openDocument(parts map[string]*zip.File) (Kind, error) {
	mime, err := unpack(parts["mimetype"])
	if err != nil {
		return "", damaged
	}
	if f := parts["META-INF/manifest.xml"]; f != nil {
		if manifest, err := unpack(f); err != nil || bytes.Contains(manifest, []byte("encryption-data")) {
			return "", locked
		}
	}
	switch strings.TrimSpace(string(mime)) {
	case ODT.MediaType():
		return ODT, nil
	case ODS.MediaType():
		return ODS, nil
	}
	return "", unknown
}
