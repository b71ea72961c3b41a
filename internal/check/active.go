package check

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"path"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

var (
	activeFile = diag.NewRule("site-active-file", diag.Error,
		diag.Text{VI: "Tệp “%[1]s” thuộc loại mà trình duyệt hoặc máy chủ có thể chạy như chương trình, hoặc trang này không dùng tới.",
			EN: "The file “%[1]s” is of a type that a browser or server may execute, or that this site has no use for."},
		diag.Text{VI: "Xóa tệp khỏi thư mục static/ rồi dựng lại; tài liệu cho người đọc thì để ở dạng PDF, Word, Excel, ảnh hoặc .zip.",
			EN: "Remove it from static/ and build again; offer readers documents as PDF, Word, Excel, pictures or .zip."})
	activeContent = diag.NewRule("site-active-content", diag.Error,
		diag.Text{VI: "Trong tệp có “%[1]s”: mở riêng tệp này, trình duyệt có thể chạy nó như chương trình.",
			EN: "The file contains “%[1]s”: opened directly, a browser may execute it."},
		diag.Text{VI: "Xuất lại hình không kèm mã lệnh hay nội dung ngoài hình (lưu dạng PNG hoặc WebP cũng được), hoặc xóa tệp đi.",
			EN: "Export the drawing without scripts or foreign content (PNG or WebP will do), or remove the file."})
	hostFile = diag.NewRule("site-host-file", diag.Error,
		diag.Text{VI: "Tệp “%[1]s” ra lệnh cho máy chủ; các tệp như vậy do chương trình tự viết ra, ở thư mục gốc của trang.",
			EN: "The file “%[1]s” configures a web server; such files are written by the program, at the site's root."},
		diag.Text{VI: "Xóa tệp này khỏi static/ hoặc content/; muốn đổi cấu hình máy chủ thì báo người phụ trách kỹ thuật.",
			EN: "Remove it from static/ or content/; if something is missing, configure the server itself."})
)

// passive are the kinds of files that no browser and no server runs: those of this
// site, and those that people put on one for others to download.
var passive = func() map[string]bool {
	kinds := map[string]bool{}
	for ending := range strings.FieldsSeq(`
		.html .css .js .xml .txt .csv .md .ics .vcf .vtt .srt .json .geojson .webmanifest .bib .ris
		.svg .png .jpg .jpeg .jfif .gif .webp .avif .ico .bmp .tif .tiff .heic .psd .ai .eps .dwg
		.woff .woff2 .ttf .otf
		.pdf .doc .docx .xls .xlsx .ppt .pptx .pps .ppsx .dotx .xltx .potx .odt .ods .odp .rtf .epub .asc .p7s
		.zip .7z .rar .gz .br .bin
		.mp3 .m4a .aac .flac .ogg .oga .wav .mp4 .webm .ogv .mov .avi .wmv`) {
		kinds[ending] = true
	}
	return kinds
}()

// serverKinds are endings that some servers look for inside of a name, too.
var serverKinds = []string{"php", "php3", "php4", "php5", "php7", "php8", "phtml", "phar", "cgi", "asp", "aspx", "ashx", "jsp", "shtml"}

// hostFiles are those by which hosts are told what to do, wherever they lie or at the
// site's root alone.
var hostFiles = []string{"_headers", "_redirects", ".htaccess", "web.config", ".user.ini"}

// isHostFile reports whether a file gives orders to a server and is none of those
// that the program has written.
func (s *site) isHostFile(name string) bool {
	return slices.Contains(hostFiles, strings.ToLower(path.Base(name))) && !s.ownHostFile(name)
}

// ownHostFile reports whether a file is one that the program has written for hosts.
func (s *site) ownHostFile(name string) bool {
	return name == ".nojekyll" || s.tombstone(name) || s.prepared && slices.Contains(hostFiles[:4], name)
}

// mayRun reports whether a file is of a kind that may be run.
func (s *site) mayRun(name string) bool {
	if s.forms[name] || s.ownHostFile(name) {
		return false
	}
	base := strings.ToLower(path.Base(name))
	parts := strings.FieldsFunc(base, func(r rune) bool { return r == '.' || r == ';' })
	for _, part := range parts[min(1, len(parts)):] {
		if slices.Contains(serverKinds, part) {
			return true
		}
	}
	ending := path.Ext(base)
	return ending != "" && !passive[ending] || ending == ".js" && s.laid[name]
}

// script wants a script to be one that this site's build has made, which has the sum
// of its content in its name.
func (w *worker) script(f *file) {
	sum := sha256.Sum256(f.src)
	if !w.laid[f.name] && !strings.HasSuffix(f.name, "."+hex.EncodeToString(sum[:])+".js") {
		w.add(activeFile.At(diag.Pos{File: f.name}, f.name))
	}
}

// Namespaces by which XML becomes a page or a drawing.
const (
	xhtmlSpace  = "http://www.w3.org/1999/xhtml"
	svgSpace    = "http://www.w3.org/2000/svg"
	eventsSpace = "http://www.w3.org/2001/xml-events"
	mathSpace   = "http://www.w3.org/1998/Math/MathML"
)

// activeToken names what a browser may run in a token of XML, "" for nothing. A
// sitemap's links to translations are XHTML and inert.
func activeToken(token xml.Token) string {
	switch t := token.(type) {
	case xml.ProcInst:
		if strings.HasPrefix(t.Target, "xml-") {
			return "<?" + t.Target + ">"
		}
	case xml.Directive:
		if bytes.ContainsRune(t, '[') {
			return "<!" + cut(strings.TrimSpace(string(t))) + ">" // declares entities and attributes
		}
	case xml.StartElement:
		if t.Name.Space == xhtmlSpace && t.Name.Local == "link" {
			return ""
		}
		switch t.Name.Space {
		case xhtmlSpace, svgSpace, eventsSpace, mathSpace:
			return "<" + t.Name.Local + ">"
		}
	}
	return ""
}

// runs are elements of drawings that run or hold what runs.
var runs = []string{"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"}

// activeDrawing does the same for a token of a drawing.
func activeDrawing(token xml.Token) string {
	t, isElement := token.(xml.StartElement)
	if !isElement || t.Name.Space != svgSpace && t.Name.Space != "" {
		return activeToken(token)
	}
	name := strings.ToLower(t.Name.Local)
	if slices.Contains(runs, name) {
		return "<" + t.Name.Local + ">"
	}
	for _, a := range t.Attr {
		key, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
		switch {
		case strings.HasPrefix(key, "on"), key == "base" && a.Name.Space != "":
			return a.Name.Local
		case key == "attributename" && (strings.HasPrefix(value, "on") || strings.HasSuffix(value, "href")):
			return a.Name.Local + "=" + a.Value
		case key == "href" && strings.HasPrefix(value, "data:") && !isPictureData(value):
			return cut(a.Value)
		}
	}
	return ""
}

// isPictureData reports whether an address holds a picture of dots itself.
func isPictureData(address string) bool {
	for _, kind := range []string{"png", "jpeg", "jpg", "gif", "webp", "avif"} {
		if rest, ok := strings.CutPrefix(address, "data:image/"+kind); ok && rest != "" && strings.ContainsRune(";,", rune(rest[0])) {
			return true
		}
	}
	return false
}

// svg checks a drawing: nothing in it may run, and it may load nothing from elsewhere.
func (w *worker) svg(f *file) {
	dec := xml.NewDecoder(bytes.NewReader(f.src))
	style, elements := false, 0
	for {
		off := int(dec.InputOffset())
		token, err := dec.Token()
		if err != nil {
			w.endOfXML(f, dec, err, elements)
			return
		}
		if what := activeDrawing(token); what != "" {
			w.add(activeContent.At(f.pos(off), what))
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			elements++
			style = t.Name.Local == "style"
			w.drawingRefs(f, off, t)
		case xml.CharData:
			if style {
				w.styleRefs(f, off, t)
			}
		}
	}
}

// drawingRefs looks where an element of a drawing leads.
func (w *worker) drawingRefs(f *file, off int, e xml.StartElement) {
	for _, a := range e.Attr {
		value := strings.TrimSpace(a.Value)
		switch {
		case a.Name.Local != "href":
			w.styleRefs(f, off, []byte(value))
		case value == "" || value[0] == '#' || isPictureData(strings.ToLower(value)):
		case e.Name.Local == "a":
			w.link(f, "", ref{spot{value, off}, follow})
		default:
			w.link(f, "", ref{spot{value, off}, load})
		}
	}
}

// styleRefs looks where the styles of a drawing lead.
func (w *worker) styleRefs(f *file, off int, style []byte) {
	for _, r := range cssRefs(style) {
		if !strings.HasPrefix(r.value, "#") && !isPictureData(strings.ToLower(r.value)) {
			w.link(f, "", ref{spot{r.value, off}, load})
		}
	}
}

// unnamedPage finds a page in a file that says nothing of its kind, which some hosts and
// browsers then find out for themselves.
func (w *worker) unnamedPage(f *file) {
	begin := bytes.ToLower(f.src[:min(len(f.src), 1024)])
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<svg", "<?php", "<?xml", "#!/"} {
		if bytes.Contains(begin, []byte(tag)) {
			w.add(activeContent.At(diag.Pos{File: f.name}, tag))
			return
		}
	}
}
