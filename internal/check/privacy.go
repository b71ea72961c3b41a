package check

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/diag"
)

var (
	otherHost = diag.NewRule("privacy-other-host", diag.Error,
		diag.Text{VI: "Trang tự lấy dữ liệu từ máy chủ khác: “%[1]s”.", EN: "The page makes a request to another host: “%[1]s”."},
		diag.Text{VI: "Chép tệp ấy vào thư mục của bài, hoặc thay bằng một liên kết để người đọc tự bấm: máy chủ khác không được biết ai đang đọc trang này.",
			EN: "Copy the file to this site, or replace it with a link: no other host may learn who reads this page."})
	localAddress = diag.NewRule("privacy-local-address", diag.Error,
		diag.Text{VI: "Trang còn địa chỉ của máy đang soạn: “%[1]s”.", EN: "An address on the author's own computer is left in the page: “%[1]s”."},
		diag.Text{VI: "Chạy lại lệnh build; đừng đưa bản xem thử của lệnh serve lên máy chủ. Nếu vẫn vậy, báo người phụ trách kỹ thuật xem lại baseURL.",
			EN: "Build with the real baseURL; do not publish the preview server's output."})
	localPath = diag.NewRule("privacy-local-path", diag.Error,
		diag.Text{VI: "Trang để lộ đường dẫn trên máy tính: “%[1]s”.", EN: "A path on somebody's computer is left in the page: “%[1]s”."},
		diag.Text{VI: "Đặt tệp vào cùng thư mục với bài rồi chỉ ghi tên tệp.",
			EN: "Use the file's address on the site: put an image in its article's folder and write only its name."})
	comment = diag.NewRule("privacy-comment", diag.Error,
		diag.Text{VI: "Ghi chú ẩn trong mã trang để lộ tệp nguồn: “%[1]s”.", EN: "A comment in the page names a source file: “%[1]s”."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: trong khuôn mẫu, viết ghi chú dạng {{/* … */}} để nó không ra tới trang.",
			EN: "In templates, use {{/* … */}}, which is not written to the page."})
	notUTF8 = diag.NewRule("site-not-utf8", diag.Error,
		diag.Text{VI: "Tệp không được lưu ở dạng UTF-8 nên chữ Việt sẽ hỏng.", EN: "The file is not UTF-8 text."},
		diag.Text{VI: "Mở tệp nguồn bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8, rồi lưu lại.", EN: "Save its source again as UTF-8."})
)

// inRun says which bytes can be part of an address in text. Those that end a path
// (? # &) are not, nor those that stand around one.
var inRun = func() (in [256]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%/:@+" {
		in[c] = true
	}
	return in
}()

// scan looks through the text of a file, whatever its kind, for addresses that
// must not be there. Whole addresses are compared, so that one that begins like
// another is not taken for it. In data an address may lack its first slash.
func (w *worker) scan(f *file, data bool) {
	w.addresses(f, data)
	src := f.src
	for i := 0; ; i++ {
		j := bytes.IndexByte(src[i:], '\\')
		if j < 0 {
			return
		}
		if i += j; drive(src[:i]) && folder(src[i:min(len(src), i+80)]) {
			shown, _, _ := bytes.Cut(src[i-2:min(len(src), i+80)], []byte{' '})
			w.add(localPath.At(f.pos(i-2), strings.ToValidUTF8(string(shown), "")))
		}
	}
}

// addresses looks at every address in a file.
func (w *worker) addresses(f *file, data bool) {
	src := f.src
	for i := 0; ; {
		j := bytes.IndexByte(src[i:], '/')
		if j < 0 {
			return
		}
		if j += i; j > 0 && src[j-1] == '<' {
			i = j + 1 // an end tag
			continue
		}
		start, end := j, j+1
		for start > i && inRun[src[start-1]] {
			start--
		}
		for end < len(src) && inRun[src[end]] {
			end++
		}
		w.run(f, src[start:end], start, data)
		i = end
	}
}

// drive reports whether text ends in a drive of Windows, as in "C:\Users".
func drive(b []byte) bool {
	n := len(b)
	return n >= 2 && b[n-1] == ':' && letter(b[n-2]) && (n == 2 || !letter(b[n-3]))
}

// folder reports whether text begins with the name of a folder between
// backslashes, of which programs double each.
func folder(b []byte) bool {
	name, _, ok := bytes.Cut(bytes.TrimLeft(b, `\`), []byte{'\\'})
	return ok && len(name) > 1 && !bytes.ContainsAny(name, "\"'<>()[]{}\n")
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// homes are the folders under which people keep their files. A site may have
// pages at such an address.
var homes = []string{"/home/", "/Users/", "/root/", "/tmp/", "/mnt/", "/private/"}

// run looks at one address in a file's text.
func (w *worker) run(f *file, run []byte, off int, data bool) {
	run = bytes.TrimRight(run, ".:@+")
	if scheme, rest, ok := bytes.Cut(run, []byte("://")); ok {
		if string(scheme) == "file" {
			w.add(localPath.At(f.pos(off), string(run)))
			return
		}
		run = w.afterHost(f, run, rest, off)
	} else if rest, ok := bytes.CutPrefix(run, []byte("//")); ok {
		run = w.afterHost(f, run, rest, off)
	} else {
		if i := bytes.LastIndexByte(run, ':'); i >= 0 && i+1 < len(run) && run[i+1] == '/' {
			run = run[i+1:] // "at:/a/"
		}
		for _, h := range homes {
			if len(run) > len(h) && string(run[:len(h)]) == h && !w.folders[strings.Trim(h, "/")] {
				w.add(localPath.At(f.pos(off), string(run)))
				return
			}
		}
		if i := bytes.IndexByte(run, '/'); i != 0 && (!data || i < 0 || i == len(run)-1) {
			return // relative, or no address
		}
	}
	if bytes.HasSuffix(run, []byte("/livereload.js")) {
		w.add(localAddress.At(f.pos(off), string(run)))
		return
	}
	if len(w.hidden) == 0 || len(run) == 0 {
		return
	}
	if rel, ok := bytes.CutPrefix(run, []byte(w.base.Path)); ok {
		run = rel
	}
	if h := w.hiddenAt(string(run)); h != nil {
		w.mention(f, off, h)
	}
}

// afterHost returns the path of an absolute address, none if it is not of this site.
func (w *worker) afterHost(f *file, run, rest []byte, off int) []byte {
	host, _, _ := bytes.Cut(rest, []byte{'/'})
	name, _, _ := bytes.Cut(host, []byte{':'})
	switch {
	case strings.EqualFold(string(host), w.base.Host):
		return rest[len(host):]
	case string(name) == "localhost", string(name) == "127.0.0.1", string(name) == "0.0.0.0":
		w.add(localAddress.At(f.pos(off), string(run)))
	}
	return nil
}

// comments looks for source files named in a page's comments.
func (w *worker) comments(p *page) {
	for _, c := range p.comments {
		for _, word := range strings.Fields(c.value) {
			if word = strings.Trim(word, `"'(),:;`); strings.Contains(word, "/") && sources[path.Ext(word)] {
				w.add(comment.At(p.pos(c.off), word))
				break
			}
		}
	}
}

// sources are the kinds of files that a page is made from.
var sources = map[string]bool{".html": true, ".md": true, ".txt": true, ".toml": true, ".yaml": true, ".json": true,
	".go": true, ".css": true, ".js": true, ".docx": true}

func (w *worker) utf8(f *file) {
	if !utf8.Valid(f.src) {
		w.add(notUTF8.At(diag.Pos{File: f.name}))
	}
}
