package attach

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"regexp"
)

// unpack reads a part of a packed file, of a bounded size.
func unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err == nil && len(data) > maxUnpacked {
		err = errors.New("a part is too large")
	}
	return data, err
}

// surgery is what is cut out of a part of XML. All other bytes stay as they are.
type surgery struct {
	drop   func(xml.StartElement) bool // the element with all that it holds
	empty  func(xml.StartElement) bool // what it holds
	hidden *regexp.Regexp              // attributes whose values are emptied: its first group ends before the value
}

// maxDepth limits the nesting of elements.
const maxDepth = 1000

// perform returns what is left, and how many elements were dropped. Of a part that is
// not well formed nothing is cut, and ok is false.
func (s surgery) perform(src []byte) (out []byte, dropped int, ok bool) {
	d := xml.NewDecoder(bytes.NewReader(src))
	var b bytes.Buffer
	depth, skip := 0, -1 // of the element that is being dropped
	keepEnd := false     // its own tags stay
	for {
		start := d.InputOffset()
		token, err := d.RawToken()
		if err == io.EOF {
			return b.Bytes(), dropped, depth == 0
		}
		if err != nil || depth > maxDepth {
			return src, 0, false
		}
		bytesOf := src[start:d.InputOffset()]
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if skip >= 0 {
				continue
			}
			switch {
			case s.drop != nil && s.drop(t):
				skip, keepEnd = depth, false
				dropped++
				continue
			case s.empty != nil && s.empty(t):
				skip, keepEnd = depth, true
			case s.hidden != nil && s.hidden.Match(bytesOf):
				bytesOf = s.hidden.ReplaceAll(bytesOf, []byte(`$1""`))
			}
		case xml.EndElement:
			depth--
			if skip == depth+1 {
				skip = -1
				if !keepEnd {
					continue
				}
			}
		}
		if skip < 0 || keepEnd && skip == depth && isStart(token) {
			b.Write(bytesOf)
		}
	}
}

// elements are the start tags of a part of XML in their order, as far as it is well formed.
func elements(src []byte) iter.Seq[xml.StartElement] {
	return func(yield func(xml.StartElement) bool) {
		d := xml.NewDecoder(bytes.NewReader(src))
		usual := usualPrefixes(src)
		for {
			token, err := d.RawToken()
			if err != nil {
				return
			}
			e, ok := token.(xml.StartElement)
			e.Name.Space = usual(e.Name.Space)
			if ok && !yield(e) {
				return
			}
		}
	}
}

// count is how many elements of a part are of a sort.
func count(src []byte, of func(xml.StartElement) bool) int {
	n := 0
	for e := range elements(src) {
		if of(e) {
			n++
		}
	}
	return n
}

// vocabularies are the prefixes that office programs write, by what the names of their
// namespaces end in.
var vocabularies = map[string]string{
	"/wordprocessingml/2006/main": "w", "/ooxml/wordprocessingml/main": "w",
	"/drawingml/2006/main": "a", "/ooxml/drawingml/main": "a",
	"/presentationml/2006/main": "p", "/ooxml/presentationml/main": "p",
	":xmlns:text:1.0": "text", ":xmlns:office:1.0": "office", ":xmlns:table:1.0": "table", ":xmlns:meta:1.0": "meta",
}

var declaration = regexp.MustCompile(`\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']`)

// usualPrefixes returns what tells the usual prefix for one of a part: other programs
// choose their own, and mean the same by it.
func usualPrefixes(src []byte) func(string) string {
	const head = 16 << 10 // namespaces are declared at the beginning
	other := map[string]string{}
	for _, m := range declaration.FindAllSubmatch(src[:min(len(src), head)], -1) {
		for ending, usual := range vocabularies {
			if prefix := string(m[1]); bytes.HasSuffix(m[2], []byte(ending)) && prefix != usual {
				other[prefix] = usual
			}
		}
	}
	return func(prefix string) string {
		if usual, ok := other[prefix]; ok {
			return usual
		}
		return prefix
	}
}

func isStart(t xml.Token) bool { _, ok := t.(xml.StartElement); return ok }

// named matches elements by their local names.
func named(names ...string) func(xml.StartElement) bool {
	set := map[string]bool{}
	for _, n := range names {
		set[n] = true
	}
	return func(e xml.StartElement) bool { return set[e.Name.Local] }
}
