package attach

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/photo"
)

// document is a packed file of an office program.
type document struct {
	*reading
	parts map[string]*zip.File
	order []*zip.File
	fresh map[string][]byte // parts that are published otherwise
	seen  map[string]bool   // parts whose words have been taken
	stuck bool              // a part that is to be cleaned cannot be read
}

// office reads a file of Word, Excel, PowerPoint or LibreOffice.
func (f *reading) office(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return damaged
	}
	d := &document{reading: f, parts: map[string]*zip.File{}, order: z.File, fresh: map[string][]byte{}, seen: map[string]bool{}}
	for _, part := range z.File {
		d.parts[part.Name] = part
	}
	switch f.Kind {
	case ODT, ODS:
		if err := d.openDocument(); err != nil {
			return err
		}
	default:
		d.openXML()
	}
	d.rest()
	d.photos()
	d.Unread = d.stuck
	return d.write(data)
}

// write packs the file again: parts that stay keep the bytes that they were packed to.
// Nothing tells when.
func (d *document) write(data []byte) error {
	if len(d.fresh) == 0 {
		d.clean = data
		return nil
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range d.order {
		text, changed := d.fresh[part.Name]
		if !changed {
			if err := w.Copy(part); err != nil {
				return damaged
			}
			continue
		}
		to, err := w.CreateHeader(&zip.FileHeader{Name: part.Name, Method: part.Method})
		if err == nil {
			_, err = to.Write(text)
		}
		if err != nil {
			return damaged
		}
	}
	if err := w.Close(); err != nil {
		return damaged
	}
	d.clean = b.Bytes()
	return nil
}

// read returns a part, nil without it or where it cannot be read.
func (d *document) read(name string) []byte {
	if text, ok := d.fresh[name]; ok {
		return text
	}
	part := d.parts[name]
	if part == nil {
		return nil
	}
	text, err := unpack(part)
	if err != nil {
		d.stuck = true
		return nil
	}
	return text
}

// words returns a part whose words are taken from it.
func (d *document) words(name string) []byte {
	d.seen[name] = true
	return d.read(name)
}

// rest takes the words of the parts that no reader shows as the document's own: the data
// behind charts and pivot tables, what is copied from other files, text boxes. Somebody
// may be named there.
func (d *document) rest() {
	var b strings.Builder
	for _, part := range d.order {
		switch ending := strings.ToLower(path.Ext(part.Name)); {
		case d.seen[part.Name], b.Len() > maxWords:
		case ending == ".xml", ending == ".vml", ending == ".htm", ending == ".html":
			b.WriteString(everyWord(d.read(part.Name)))
		case ending == ".txt":
			b.Write(d.read(part.Name))
		}
	}
	d.Unseen += b.String()
}

// everyWord returns all that a part has between its tags, and in the attributes that hold
// words.
func everyWord(src []byte) string {
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var b strings.Builder
	for {
		token, err := d.RawToken()
		if err != nil || b.Len() > maxWords {
			return b.String()
		}
		switch t := token.(type) {
		case xml.CharData:
			if text := bytes.TrimSpace(t); len(text) > 0 {
				b.Write(text)
				b.WriteByte('\n')
			}
		case xml.StartElement:
			for _, a := range t.Attr {
				if a.Name.Local == "v" || a.Name.Local == "connection" || a.Name.Local == "command" {
					b.WriteString(a.Value + "\n")
				}
			}
		}
	}
}

// cut performs surgery on a part and returns how many elements went.
func (d *document) cut(name string, s surgery) int {
	src := d.read(name)
	if src == nil {
		return 0
	}
	out, n, ok := s.perform(src)
	if !ok {
		d.stuck = true
		return 0
	}
	if !bytes.Equal(out, src) {
		d.fresh[name] = out
	}
	return n
}

// names are the parts that match a pattern of path.Match, in order.
func (d *document) names(pattern string) []string {
	var all []string
	for name := range d.parts {
		if ok, _ := path.Match(pattern, name); ok { // our own patterns alone
			all = append(all, name)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b) // slide2 before slide10
		}
		return strings.Compare(a, b)
	})
	return all
}

func (d *document) removed(n int, vi, en string, args ...any) {
	if n > 0 {
		d.Removed = append(d.Removed, diag.Text{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)})
	}
}

func (d *document) carried(n int, vi, en string, args ...any) {
	if n > 0 {
		d.Carried = append(d.Carried, diag.Text{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)})
	}
}

// photos takes out of the photographs within what their cameras wrote.
func (d *document) photos() {
	gps := 0
	for _, part := range d.order {
		if photo.Named(part.Name) != photo.JPEG {
			continue
		}
		data := d.read(part.Name)
		clean, found := photo.WithoutNotes(data)
		if !found {
			continue
		}
		if photo.HasGPS(data) {
			gps++
		}
		d.fresh[part.Name] = clean
	}
	d.removed(gps, "nơi chụp (GPS) của %d ảnh", "where %d pictures were taken (GPS)", gps)
}

// textOf returns the texts of the elements that hold words; each element that ends a
// line does so. Those that skip tells are passed over.
func textOf(src []byte, words, ends, skip func(xml.StartElement) bool) string {
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict = false
	usual := usualPrefixes(src)
	var b strings.Builder
	depth, within, skipped := 0, -1, -1
	var open []bool // whether the open elements end a line
	for {
		token, err := d.RawToken()
		if err != nil || depth > maxDepth || b.Len() > maxWords {
			return b.String()
		}
		switch t := token.(type) {
		case xml.StartElement:
			t.Name.Space = usual(t.Name.Space)
			depth++
			open = append(open, ends(t))
			switch {
			case skipped >= 0:
			case skip(t):
				skipped = depth
			case within < 0 && words(t):
				within = depth
			}
			if t.Name.Local == "tab" || t.Name.Local == "br" || t.Name.Local == "s" || t.Name.Local == "line-break" {
				b.WriteByte(' ')
			}
		case xml.EndElement:
			if depth == 0 {
				return b.String()
			}
			if depth == skipped {
				skipped = -1
			}
			if depth == within {
				within = -1
			}
			if open[depth-1] && skipped < 0 {
				b.WriteByte('\n')
			}
			open = open[:depth-1]
			depth--
		case xml.CharData:
			if within >= 0 && skipped < 0 {
				b.Write(t)
			}
		}
	}
}

func none(xml.StartElement) bool { return false }

// author matches names in the attributes of changes and comments.
var author = regexp.MustCompile(`(\s(?:\w+:(?:author|initials)|userName)=)(?:"[^"]*"|'[^']*')`)

// property is an element of a document's properties with its text.
func property(src []byte, name string) string {
	d := xml.NewDecoder(bytes.NewReader(src))
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		if t, ok := token.(xml.StartElement); ok && t.Name.Local == name {
			var text string
			if err := d.DecodeElement(&text, &t); err != nil && err != io.EOF {
				return ""
			}
			return strings.TrimSpace(text)
		}
	}
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
