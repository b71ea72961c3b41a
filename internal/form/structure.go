package form

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Structure is the structure of a PDF (ISO 32000-1, 14.7 and 14.8): what each stretch of
// a page's content is, in reading order. The library does not write it; it is added
// behind the finished file as an incremental update (7.5.6), which replaces the
// catalogue and the pages by ones that lead to it.
type Structure struct {
	Boxes string // entries for every page's dictionary, such as its boxes, or ""

	elements []element
	open     []int   // the elements that are not ended, each within the one before
	pages    [][]int // of each page: the element of each marked content, by its ID
}

// element has either contents or other elements within.
type element struct {
	name     string
	alt      string // what a figure shows, in words; "" for another element
	within   int    // another element, or [atTop]
	kids     []int
	contents []content
}

const atTop = -1

type content struct{ page, id int }

// Page begins a page.
func (t *Structure) Page() { t.pages = append(t.pages, nil) }

// Figure begins an element that is drawn, with what it shows in words.
func (t *Structure) Figure(alt string) int {
	n := t.Element("Figure")
	t.elements[n].alt = alt
	return n
}

// Element begins an element ("P", "H1", "Table" …), within the one that is open.
func (t *Structure) Element(name string) int {
	n, within := len(t.elements), atTop
	if k := len(t.open); k > 0 {
		within = t.open[k-1]
		t.elements[within].kids = append(t.elements[within].kids, n)
	}
	t.elements = append(t.elements, element{name: name, within: within})
	t.open = append(t.open, n)
	return n
}

// End ends the element that was begun last.
func (t *Structure) End() { t.open = t.open[:len(t.open)-1] }

// Content gives the next stretch on the last page to an element, and returns its
// ID there and the element's name.
func (t *Structure) Content(of int) (id int, name string) {
	page := len(t.pages) - 1
	id = len(t.pages[page])
	t.pages[page] = append(t.pages[page], of)
	e := &t.elements[of]
	e.contents = append(e.contents, content{page, id})
	return id, e.name
}

var (
	trailerPattern = regexp.MustCompile(`(?s)trailer\n<<\n/Size (\d+)\n/Root (\d+) 0 R\n/Info (\d+) 0 R\n>>\nstartxref\n(\d+)\n%%EOF\n$`)
	errStrangePDF  = errors.New("the PDF library writes another form of file than it did")
)

// pageObject is the number of a page's object, as the library numbers them.
func pageObject(page int) int { return 3 + 2*page }

// AddTo adds the structure to a file of so many pages, which fpdf wrote.
func (t *Structure) AddTo(file []byte, pages int) ([]byte, error) {
	m := trailerPattern.FindSubmatch(file)
	if m == nil || pages != len(t.pages) {
		return nil, errStrangePDF
	}
	number := func(i int) int { n, _ := strconv.Atoi(string(m[i])); return n } // digits, by the pattern
	size, root, info, xref := number(1), number(2), number(3), number(4)
	tree, document, parents, first := size, size+1, size+2, size+3

	b := bytes.NewBuffer(bytes.Clone(file))
	var table strings.Builder
	put := func(n int, text string) {
		fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", n, b.Len())
		fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", n, text)
	}
	extend := func(n int, more string) error {
		text, ok := object(file, n)
		if !ok {
			return errStrangePDF
		}
		put(n, strings.TrimSuffix(text, ">>")+more+">>")
		return nil
	}
	for i := range t.pages {
		if err := extend(pageObject(i), fmt.Sprintf(" /StructParents %d /Tabs /S%s", i, t.Boxes)); err != nil {
			return nil, err
		}
	}
	if err := extend(root, fmt.Sprintf("/Version /1.7 /StructTreeRoot %d 0 R /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>>", tree)); err != nil {
		return nil, err
	}
	put(tree, fmt.Sprintf("<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d>>", document, parents, len(t.pages)))
	var kids strings.Builder
	for i, e := range t.elements {
		if e.within == atTop {
			fmt.Fprintf(&kids, "%d 0 R ", first+i)
		}
	}
	put(document, fmt.Sprintf("<</Type /StructElem /S /Document /P %d 0 R /K [%s]>>", tree, kids.String()))
	var nums strings.Builder
	for i, contents := range t.pages {
		fmt.Fprintf(&nums, "%d [", i)
		for _, e := range contents {
			fmt.Fprintf(&nums, "%d 0 R ", first+e)
		}
		nums.WriteString("] ")
	}
	put(parents, fmt.Sprintf("<</Nums [%s]>>", nums.String()))
	for i, e := range t.elements {
		var inner strings.Builder
		for _, c := range e.contents {
			fmt.Fprintf(&inner, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", pageObject(c.page), c.id)
		}
		for _, kid := range e.kids {
			fmt.Fprintf(&inner, "%d 0 R ", first+kid)
		}
		up := document
		if e.within != atTop {
			up = first + e.within
		}
		more := ""
		if e.name == "TH" {
			more = " /A <</O /Table /Scope /Column>>"
		}
		if e.alt != "" {
			more += " /Alt <" + hexText(e.alt) + ">"
		}
		put(first+i, fmt.Sprintf("<</Type /StructElem /S /%s /P %d 0 R%s /K [%s]>>", e.name, up, more, inner.String()))
	}
	at := b.Len()
	fmt.Fprintf(b, "xref\n%strailer\n<</Size %d /Root %d 0 R /Info %d 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n", table.String(), first+len(t.elements), root, info, xref, at)
	return b.Bytes(), nil
}

// hexText is a text as PDF writes it in hexadecimal digits (7.9.2.2, 7.3.4.3): UTF-16 with
// its mark.
func hexText(s string) string {
	digits := "FEFF"
	for _, unit := range utf16.Encode([]rune(s)) {
		digits += fmt.Sprintf("%04X", unit)
	}
	return digits
}

// object returns the dictionary that is an object of the file.
func object(file []byte, n int) (string, bool) {
	_, rest, ok := bytes.Cut(file, fmt.Appendf(nil, "\n%d 0 obj\n", n))
	text, _, closed := bytes.Cut(rest, []byte("\nendobj\n"))
	return string(text), ok && closed && bytes.HasPrefix(text, []byte("<<")) && bytes.HasSuffix(text, []byte(">>"))
}
