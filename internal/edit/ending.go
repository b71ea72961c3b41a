package edit

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/photo"
)

// endingOf is the ending that a file should have by what it holds, "" where that cannot be
// told. Files that were renamed, or sent by Zalo, have any ending.
func endingOf(data []byte) string {
	begins := func(s string) bool { return bytes.HasPrefix(data, []byte(s)) }
	head := data[:min(len(data), 1000)]
	switch {
	case begins("%PDF"):
		return ".pdf"
	case begins("PK\x03\x04"):
		return zippedEnding(data)
	case begins("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return compoundEnding(data)
	case begins(`{\rtf`):
		return ".rtf"
	case begins("MZ"), begins("\x7fELF"):
		return ".exe"
	case begins("Rar!"):
		return ".rar"
	case begins("7z\xBC\xAF\x27\x1C"):
		return ".7z"
	case photo.Sniff(data) != "":
		return map[photo.Format]string{photo.JPEG: ".jpg", photo.PNG: ".png", photo.WebP: ".webp", photo.GIF: ".gif", photo.HEIC: ".heic"}[photo.Sniff(data)]
	case begins("ID3"), begins("\xff\xfb"), begins("OggS"), len(data) > 8 && string(data[4:8]) == "ftyp":
		return "" // sound and films
	case slices.ContainsFunc([]string{"<!doctype html", "<html"}, func(s string) bool { return bytes.Contains(bytes.ToLower(head), []byte(s)) }):
		return ".html"
	case utf8.Valid(data) && !bytes.ContainsRune(data, 0):
		return ".txt"
	}
	return ""
}

// zippedEnding tells what of Office, or what else, is in a ZIP file; "" for a damaged one.
func zippedEnding(data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ""
	}
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml", "word/document2.xml":
			return ".docx"
		case "xl/workbook.xml":
			return ".xlsx"
		case "ppt/presentation.xml":
			return ".pptx"
		case "mimetype":
			if kind := openDocument(f); kind != "" {
				return kind
			}
		}
	}
	if slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "[Content_Types].xml" }) {
		return ""
	}
	return ".zip"
}

// openDocument is the ending of a file of LibreOffice, by its part "mimetype".
func openDocument(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	kind, _ := io.ReadAll(io.LimitReader(r, 100)) // what cannot be read is none
	rest, _ := strings.CutPrefix(string(kind), "application/vnd.oasis.opendocument.")
	return map[string]string{"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}[rest]
}

// compoundEnding tells which program of old Office has made a file; "" where none of them has,
// or it is under a password.
func compoundEnding(data []byte) string {
	for _, one := range []struct{ stream, ending string }{{"EncryptedPackage", ""}, {"WordDocument", ".doc"}, {"Workbook", ".xls"}, {"PowerPoint Document", ".ppt"}} {
		if bytes.Contains(data, []byte(strings.Join(strings.Split(one.stream, ""), "\x00"))) {
			return one.ending
		}
	}
	return ""
}

// sameEnding are endings of one kind of file, by one of them.
var sameEnding = map[string]string{".jpeg": ".jpg", ".heif": ".heic", ".csv": ".txt", ".vtt": ".txt", ".srt": ".txt", ".md": ".txt"}

// contentNames are what people call files, by their endings.
var contentNames = map[string]string{
	".pdf": "tệp PDF", ".docx": "tài liệu Word", ".xlsx": "bảng Excel", ".pptx": "bài trình chiếu PowerPoint", ".odt": "văn bản của LibreOffice", ".ods": "bảng của LibreOffice", ".odp": "bài trình chiếu của LibreOffice",
	".doc": "tài liệu Word dạng cũ (.doc)", ".xls": "bảng Excel dạng cũ (.xls)", ".ppt": "bài trình chiếu dạng cũ (.ppt)", ".rtf": "văn bản RTF", ".txt": "chữ thường, không định dạng", ".html": "một trang web",
	".jpg": "ảnh JPG", ".png": "ảnh PNG", ".webp": "ảnh WebP", ".gif": "ảnh GIF", ".heic": "ảnh HEIC của điện thoại",
	".exe": "một chương trình", ".zip": "tệp nén ZIP", ".rar": "tệp nén RAR", ".7z": "tệp nén 7z",
}

// instead is what to do with a file that is of no use as it is.
var instead = map[string]string{
	".txt": "Mở bằng Notepad, chép chữ dán vào lời bài; hoặc đổi đuôi tệp thành .txt rồi đưa vào lần nữa.",
	".ppt": "Mở bằng PowerPoint, lưu thành .pptx hoặc PDF, rồi đưa tệp ấy vào.", ".odp": "Lưu thành PDF rồi đưa tệp ấy vào.", ".html": "Mở trang ấy, chép chữ dán vào lời bài.",
	".exe": "Đừng mở tệp này; nếu không phải bạn tạo ra, báo người phụ trách kỹ thuật.",
	".zip": "Giải nén (bấm chuột phải, Extract All) rồi đưa từng tệp bên trong vào.", ".rar": "Giải nén rồi đưa từng tệp bên trong vào.", ".7z": "Giải nén rồi đưa từng tệp bên trong vào.",
}
