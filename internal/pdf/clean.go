package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"lienhiep/internal/photo"
)

// kept are the entries of the document information that stay: readers' programs show
// the title, and read it aloud.
var kept = []string{"Title", "Trapped"}

// Clean returns the file without what it tells of its author, programs and hours, and
// without the places and cameras of its photographs. No other byte moves: what is taken
// out becomes blanks. left names what had to stay ("Author"), sorted; a signed file is
// returned as it is, since a changed one would count as forged.
func (f *File) Clean() (clean []byte, left []string) {
	if f.Signed {
		return f.data, f.told()
	}
	c := cleaner{File: f, out: bytes.Clone(f.data)}
	c.information()
	for _, e := range f.ctx.Table {
		if sd, ok := e.Object.(types.StreamDict); ok {
			c.stream(&sd)
		}
	}
	after, err := Open(c.out)
	if err != nil || after.Pages != f.Pages || after.Text() != f.Text() {
		return f.data, f.told() // rather the author's name than a spoilt document
	}
	return c.out, after.told()
}

// told are the entries of the document information that should not be published.
func (f *File) told() []string {
	var keys []string
	for key := range f.Info {
		if !slices.Contains(kept, key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

type cleaner struct {
	*File
	out []byte
}

// information blanks the document information, wherever a version of it stands: a
// file that was saved again keeps the old one.
func (c *cleaner) information() {
	if c.ctx.Info == nil {
		return
	}
	number := c.ctx.Info.ObjectNumber.Value()
	begin := regexp.MustCompile(fmt.Sprintf(`(?:^|[\r\n\s])%d[\r\n\s]+\d+[\r\n\s]+obj\b`, number))
	for _, at := range begin.FindAllIndex(c.data, -1) {
		blankEntries(c.out[at[1]:])
	}
	if e := c.ctx.Table[number]; e != nil && e.ObjectStream != nil {
		c.packed(number, *e.ObjectStream)
	}
}

// packed blanks the document information where it lies packed among other objects, if
// the stream, packed again, fits its old place.
func (c *cleaner) packed(number, stream int) {
	e := c.ctx.Table[stream]
	if e == nil || c.Encrypted {
		return
	}
	osd, ok := e.Object.(types.ObjectStreamDict)
	if !ok || !osd.HasSoleFilterNamed("FlateDecode") || osd.FilterPipeline[0].DecodeParms != nil {
		return
	}
	content := inflate(osd.Raw)
	first := osd.IntEntry("First")
	if first == nil || *first < 0 || *first > len(content) {
		return
	}
	var numbers []int
	for _, word := range bytes.Fields(content[:*first]) {
		n := 0
		if _, err := fmt.Sscan(string(word), &n); err != nil {
			return
		}
		numbers = append(numbers, n)
	}
	for i := 0; i+1 < len(numbers); i += 2 {
		if at := *first + numbers[i+1]; numbers[i] == number && at >= 0 && at < len(content) {
			blankEntries(content[at:])
		}
	}
	c.put(osd.StreamOffset, osd.Raw, deflate(content))
}

// put puts a stream in the place of another that is no shorter, with blanks behind it,
// which unpackers pass over.
func (c *cleaner) put(offset int64, old, fresh []byte) {
	if !c.fits(offset, old, fresh) {
		return
	}
	end := offset + int64(len(old))
	place := c.out[offset:end]
	blank(place[copy(place, fresh):])
}

func (c *cleaner) fits(offset int64, old, fresh []byte) bool {
	end := offset + int64(len(old))
	return len(fresh) <= len(old) && offset >= 0 && end <= int64(len(c.out)) && bytes.Equal(c.data[offset:end], old)
}

// blankEntries blanks the entries of the dictionary that src begins with, but for
// those that are kept.
func blankEntries(src []byte) {
	l := lexer{src: src}
	if t := l.next(); t.kind != opensDict {
		return
	}
	for {
		key := l.next()
		if key.kind != isName {
			return // the end, or nothing that is known
		}
		end := l.value()
		if end < 0 {
			return
		}
		if !slices.Contains(kept, key.text) {
			blank(src[key.start:end])
		}
	}
}

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}

// stream cleans metadata in XML, and what a camera wrote into a photograph.
func (c *cleaner) stream(sd *types.StreamDict) {
	if c.Encrypted {
		return
	}
	switch {
	case sd.Type() != nil && *sd.Type() == "Metadata":
		pack, src := asItIs, sd.Raw
		if len(sd.FilterPipeline) > 0 {
			if !sd.HasSoleFilterNamed("FlateDecode") {
				return
			}
			pack, src = deflate, inflate(sd.Raw)
		}
		fresh := pack(packet(src))
		if !c.fits(sd.StreamOffset, sd.Raw, fresh) {
			fresh = pack(nil) // rather none than the author's name
		}
		c.put(sd.StreamOffset, sd.Raw, fresh)
	default:
		data, pack := photoIn(sd)
		if fresh, found := photo.WithoutNotes(data); found {
			c.put(sd.StreamOffset, sd.Raw, pack(fresh))
		}
	}
}

// packet returns metadata in XML with the title alone, and with the norms that the
// file says it keeps to (PDF/A, PDF/UA).
func packet(src []byte) []byte {
	var title string
	norms := map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(src))
	within := ""
	for {
		t, err := d.Token()
		if err != nil {
			break // what cannot be read is not kept
		}
		switch t := t.(type) {
		case xml.StartElement:
			if prefix := normOf[t.Name.Space]; prefix != "" {
				within = prefix + ":" + t.Name.Local
			} else if t.Name.Space == dublinCore && t.Name.Local == "title" {
				within = "title"
			}
			for _, a := range t.Attr {
				if prefix := normOf[a.Name.Space]; prefix != "" {
					norms[prefix+":"+a.Name.Local] = a.Value
				}
			}
		case xml.EndElement:
			if t.Name.Local != "li" && t.Name.Local != "Alt" {
				within = ""
			}
		case xml.CharData:
			switch text := strings.TrimSpace(string(t)); {
			case text == "":
			case within == "title":
				title = text
			case within != "":
				norms[within] = text
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\"")
	names := make([]string, 0, len(norms))
	for name := range norms {
		names = append(names, name)
	}
	slices.Sort(names)
	for space, prefix := range normOf {
		if slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, prefix+":") }) {
			fmt.Fprintf(&b, " xmlns:%s=%q", prefix, space)
		}
	}
	escape := func(s string) string {
		var e bytes.Buffer
		_ = xml.EscapeText(&e, []byte(s)) // a buffer takes everything
		return e.String()
	}
	for _, name := range names {
		fmt.Fprintf(&b, ` %s="%s"`, name, escape(norms[name]))
	}
	b.WriteString(">")
	if title != "" {
		fmt.Fprintf(&b, `<dc:title xmlns:dc="%s"><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>`, dublinCore, escape(title))
	}
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>")
	return b.Bytes()
}

const dublinCore = "http://purl.org/dc/elements/1.1/"

// normOf are the namespaces of the norms.
var normOf = map[string]string{
	"http://www.aiim.org/pdfa/ns/id/":  "pdfaid",
	"http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
}

func inflate(packed []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	var b bytes.Buffer
	_, _ = b.ReadFrom(io.LimitReader(z, maxStream)) // what follows a fault is lost, as in every reader
	return b.Bytes()
}

func deflate(plain []byte) []byte {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.BestCompression) // a level that there is
	_, _ = z.Write(plain)                                 // into memory
	_ = z.Close()
	return b.Bytes()
}
