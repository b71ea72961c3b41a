package form

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// tags is the structure of a PDF (ISO 32000-1, 14.7 and 14.8): what each stretch of
// a page's content is, in reading order. The library does not write it; it is added
// behind the finished file as an incremental update (7.5.6), which replaces the
// catalogue and the pages by ones that lead to it.
type tags struct {
	elements []element
	pages    [][]int // of each page: the element of each marked content, by its ID
}

type element struct {
	name     string
	contents []content
}

type content struct{ page, id int }

func (t *tags) page() { t.pages = append(t.pages, nil) }

// element begins an element.
func (t *tags) element(name string) int {
	t.elements = append(t.elements, element{name: name})
	return len(t.elements) - 1
}

// content gives the next stretch on the last page to an element, and returns its
// ID there.
func (t *tags) content(of int) (id int, name string) {
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

// addTo adds the structure to a file of so many pages.
func (t *tags) addTo(file []byte, pages int) ([]byte, error) {
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
		if err := extend(pageObject(i), fmt.Sprintf(" /StructParents %d /Tabs /S", i)); err != nil {
			return nil, err
		}
	}
	if err := extend(root, fmt.Sprintf("/Version /1.7 /StructTreeRoot %d 0 R /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>>", tree)); err != nil {
		return nil, err
	}
	put(tree, fmt.Sprintf("<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d>>", document, parents, len(t.pages)))
	var kids strings.Builder
	for i := range t.elements {
		fmt.Fprintf(&kids, "%d 0 R ", first+i)
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
		var contents strings.Builder
		for _, c := range e.contents {
			fmt.Fprintf(&contents, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", pageObject(c.page), c.id)
		}
		put(first+i, fmt.Sprintf("<</Type /StructElem /S /%s /P %d 0 R /K [%s]>>", e.name, document, contents.String()))
	}
	at := b.Len()
	fmt.Fprintf(b, "xref\n%strailer\n<</Size %d /Root %d 0 R /Info %d 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n", table.String(), first+len(t.elements), root, info, xref, at)
	return b.Bytes(), nil
}

// object returns the dictionary that is an object of the file.
func object(file []byte, n int) (string, bool) {
	_, rest, ok := bytes.Cut(file, fmt.Appendf(nil, "\n%d 0 obj\n", n))
	text, _, closed := bytes.Cut(rest, []byte("\nendobj\n"))
	return string(text), ok && closed && bytes.HasPrefix(text, []byte("<<")) && bytes.HasSuffix(text, []byte(">>"))
}
