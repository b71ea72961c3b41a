package check

import (
	"bytes"
	"path"
	"strings"
)

// sheet is what pages need to know of a style sheet.
type sheet struct {
	file    string
	size    int      // gzipped
	imports []string // files of this site
}

// css checks what a style sheet loads.
func (w *worker) css(f *file) {
	sh := &sheet{file: f.name, size: w.exact(f.src)}
	for _, r := range cssRefs(f.src) {
		if strings.HasPrefix(r.value, "#") {
			continue // a part of the page's own drawing
		}
		w.link(f, "", r)
		t := w.resolve(f.name, "", r.value)
		switch path.Ext(t.file) {
		case ".woff2", ".woff", ".ttf", ".otf", ".eot":
			w.add(font.At(f.pos(r.off), r.value))
		case ".css":
			sh.imports = append(sh.imports, t.file)
		}
	}
	w.weighed = append(w.weighed, sh)
}

// cssRefs returns the addresses in url(…) and @import "…".
func cssRefs(src []byte) []ref {
	var refs []ref
	for i := 0; i < len(src); {
		rest := src[i:]
		switch {
		case bytes.HasPrefix(rest, []byte("/*")):
			end := bytes.Index(rest[2:], []byte("*/"))
			if end < 0 {
				return refs
			}
			i += 2 + end + 2
		case rest[0] == '"' || rest[0] == '\'':
			_, n := cssString(rest)
			i += n
		case rest[0] == '\\':
			i += 2
		case prefixFold(rest, "@import"):
			i += len("@import")
			i += len(src[i:]) - len(bytes.TrimLeft(src[i:], " \t\r\n\f"))
			if i < len(src) && (src[i] == '"' || src[i] == '\'') {
				value, n := cssString(src[i:])
				refs = append(refs, ref{spot{value, i}, load})
				i += n
			}
		case prefixFold(rest, "url("):
			off := i
			i += len("url(")
			i += len(src[i:]) - len(bytes.TrimLeft(src[i:], " \t\r\n\f"))
			var value string
			if i < len(src) && (src[i] == '"' || src[i] == '\'') {
				v, n := cssString(src[i:])
				value, i = v, i+n
			} else {
				v, _, _ := bytes.Cut(src[i:], []byte{')'})
				value, i = string(bytes.TrimSpace(v)), i+len(v)
			}
			refs = append(refs, ref{spot{value, off}, load})
		default:
			i++
		}
	}
	return refs
}

// cssString reads a string with its quotes and returns its value and its length.
// Escapes stay: no address of this site has any.
func cssString(src []byte) (string, int) {
	for i := 1; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case src[0]:
			return string(src[1:i]), i + 1
		}
	}
	return string(src[1:]), len(src)
}

func prefixFold(b []byte, word string) bool {
	return len(b) >= len(word) && strings.EqualFold(string(b[:len(word)]), word)
}
