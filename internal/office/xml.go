package office

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// Limits on an XML tree.
const (
	maxDepth = 256
	maxNodes = 2_000_000
)

var (
	errDTD  = errors.New("a document type declaration")
	errDeep = errors.New("too many elements, or too deep")
)

// node is an element. Names carry the usual prefix of their namespace ("w:p"),
// whichever prefix the file uses; attributes of no namespace have none.
type node struct {
	name  string
	attrs []xml.Attr
	kids  []*node
	text  []byte // its own characters, those of its elements aside

	done  bool // what it says itself is accounted for
	whole bool // so is everything below it
}

// prefixes are the namespaces of the elements that are read, both as ECMA-376
// named them and as ISO/IEC 29500 does (strict).
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":            "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                        "w",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":     "r",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                 "r",
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":               "x",
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                           "x",
	"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing":     "xdr",
	"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing":                 "xdr",
	"http://schemas.openxmlformats.org/presentationml/2006/main":              "p",
	"http://purl.oclc.org/ooxml/presentationml/main":                          "p",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                   "a",
	"http://purl.oclc.org/ooxml/drawingml/main":                               "a",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":                "pic",
	"http://purl.oclc.org/ooxml/drawingml/picture":                            "pic",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing":  "wp",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":              "wp",
	"http://schemas.openxmlformats.org/drawingml/2006/chart":                  "c",
	"http://schemas.openxmlformats.org/drawingml/2006/diagram":                "dgm",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":              "m",
	"http://purl.oclc.org/ooxml/officeDocument/math":                          "m",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":             "mc",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":       "wps",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup":       "wpg",
	"urn:schemas-microsoft-com:vml":                                           "v",
	"urn:schemas-microsoft-com:office:office":                                 "o",
	"http://schemas.openxmlformats.org/package/2006/relationships":            "",
	"http://schemas.openxmlformats.org/package/2006/content-types":            "",
	"http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
	"http://purl.org/dc/elements/1.1/":                                        "dc",
}

func prefixed(n xml.Name) string {
	switch prefix, known := prefixes[n.Space]; {
	case n.Space == "" || known && prefix == "":
		return n.Local
	case known:
		return prefix + ":" + n.Local
	}
	return "?:" + n.Local
}

// parseXML reads a whole part into a tree.
func parseXML(data []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	root := &node{}
	stack := []*node{root}
	count := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if count++; count > maxNodes || len(stack) > maxDepth {
				return nil, errDeep
			}
			n := &node{name: prefixed(t.Name), attrs: t.Attr}
			for i := range n.attrs {
				n.attrs[i].Name.Local = prefixed(n.attrs[i].Name)
			}
			top.kids = append(top.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text = append(top.text, t...)
		case xml.Directive:
			return nil, errDTD
		}
	}
	if len(root.kids) != 1 {
		return nil, errors.New("no root element")
	}
	return root.kids[0], nil
}

// attr returns the value of an attribute ("w:val"), "" without it.
func (n *node) attr(name string) string {
	if n != nil {
		for _, a := range n.attrs {
			if a.Name.Local == name {
				return a.Value
			}
		}
	}
	return ""
}

// child returns the first element of the name, or nil, which has no children.
func (n *node) child(name string) *node {
	if n != nil {
		for _, k := range n.kids {
			if k.name == name {
				return k
			}
		}
	}
	return nil
}

// val returns the value of a child such as <w:jc w:val="center"/>.
func (n *node) val(name string) string { return n.child(name).attr("w:val") }

// walk calls f for n and everything below it, in order.
func (n *node) walk(f func(*node)) {
	if n == nil {
		return
	}
	f(n)
	for _, k := range n.kids {
		k.walk(f)
	}
}

// allText returns the characters of n and of everything below it.
func (n *node) allText() string {
	var b strings.Builder
	n.walk(func(k *node) { b.Write(k.text) })
	return b.String()
}

// toggle is a property that is on, off or unspecified: <w:b/>, <w:b w:val="0"/>.
type toggle int8

func (n *node) toggle(name string) toggle {
	c := n.child(name)
	if c == nil {
		return 0
	}
	switch c.attr("w:val") {
	case "0", "false", "off", "none":
		return -1
	}
	return 1
}
