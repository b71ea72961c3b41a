package pdf

import (
	"fmt"
	"strings"
	"testing"

	"lienhiep/internal/growth"
	"lienhiep/internal/needs"
)

// TestWordsAreReadInLinearTime holds that no file keeps the reader of words busy, however
// its signs, marks and fonts refer to one another.
func TestWordsAreReadInLinearTime(t *testing.T) {
	needs.Ask(t, needs.Long)
	ranges := func(each func(i int) string) func(int) []byte {
		return func(n int) []byte {
			var codes, cmap strings.Builder
			cmap.WriteString("beginbfrange ")
			for i := range n / 30 {
				cmap.WriteString(each(i))
				fmt.Fprintf(&codes, "%04x", i%0xffff)
			}
			objects := page("BT /W 12 Tf <"+codes.String()+"> Tj ET", "")
			objects[2] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</W 6 0 R>>>>>>"
			return build("", append(objects, "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 7 0 R>>", stream("", cmap.String()))...)
		}
	}
	signs := func(before, after string) func(int) []byte {
		return func(n int) []byte {
			each := n / len(before+after)
			return build("", page("BT /F 12 Tf "+strings.Repeat(before, each)+strings.Repeat(after, each)+"ET", "")...)
		}
	}
	// A thing of n bytes that is used n times.
	used := func(what func(n int) []object, sign string) func(int) []byte {
		return func(n int) []byte {
			objects := page("BT "+strings.Repeat(sign, n/2/len(sign))+" ET", "")
			objects[2] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F<</ToUnicode 6 0 R>>>>/XObject<</X 6 0 R>>>>>>"
			return build("", append(objects, what(n/2)...)...)
		}
	}
	for what, input := range map[string]func(int) []byte{
		"ranges behind one another": ranges(func(i int) string { return fmt.Sprintf("<%04x> <%04[1]x> <0061> ", 0xfffe-i%0xffff) }),
		"ranges within one another": ranges(func(i int) string { return fmt.Sprintf("<%04x> <%04x> <0061> ", i%0x7fff, 0xffff-i%0x7fff) }),
		"ranges of other lengths":   ranges(func(i int) string { return fmt.Sprintf("<%06x> <%06[1]x> <0061> ", i) }),
		"open marks":                signs("/P BMC ", "(a) Tj "),
		"open marks that mean":      signs("/Span<</ActualText<FEFF0061>>> BDC ", "(b) Tj "),
		"open marks that close":     signs("/Artifact BMC ", "(a) Tj EMC "),
		"saved states":              signs("q ", "(a) Tj Q "),
		"a font of the page itself": used(func(n int) []object { return []object{stream("", strings.Repeat("beginbfchar <01> <0061> ", n/24))} }, "/F 1 Tf "),
		"a drawing of blanks":       used(func(n int) []object { return []object{stream("/Type/XObject/Subtype/Form", strings.Repeat(" ", n))} }, "/X Do "),
	} {
		t.Run(what, func(t *testing.T) {
			growth.Linear(t, 64<<10, 4<<20, input, func(data []byte) {
				f, err := Open(data)
				if err != nil {
					t.Fatal(err)
				}
				f.Text()
			})
		})
	}
}

// TestOverlappingRanges holds that the range that begins last has a code.
func TestOverlappingRanges(t *testing.T) {
	m := readCharMap([]byte("beginbfrange <00> <09> <0030> <02> <04> <0061> <04> <06> <0041> <02> <03> <0078> <08> <0a> [<0078> <0079>] <0000> <0001> <0041> <05> <01> <0061> endbfrange"))
	got := ""
	for code := range 12 {
		s, known := m.text(1, code)
		if !known {
			s = "-"
		}
		got += s
	}
	if got != "01abABC7xy--" {
		t.Errorf("%q", got)
	}
	if s, _ := m.text(2, 1); s != "B" {
		t.Errorf("%q", s)
	}
}
