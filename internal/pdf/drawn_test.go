package pdf

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// TestLines draws, and says which lines that makes.
func TestLines(t *testing.T) {
	for name, test := range map[string]struct{ content, want string }{
		"a line across":            {"10 20 m 110 20 l S", "10,20–110,20"},
		"a line down":              {"10 20 m 10 120 l S", "10,20–10,120"},
		"a box":                    {"10 20 100 50 re S", "10,20–110,20 110,20–110,70 10,70–110,70 10,20–10,70"},
		"a closed way":             {"10 20 m 110 20 l 110 70 l s", "10,20–110,20 110,20–110,70"},
		"a filled box":             {"10 20 100 50 re f", ""},
		"a box so thin that it is": {"10 20 100 1 re f 10 20 1 50 re f*", "10,20.5–110,20.5 10.5,20–10.5,70"},
		"askew":                    {"10 20 m 110 60 l S", ""},
		"only a place to go to":    {"10 20 m 110 20 l n", ""},
		"turned and enlarged":      {"0 2 -2 0 100 0 cm 10 20 m 110 20 l S", "60,20–60,220"},
		"no way begun":             {"110 20 l h S", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, build("", page(test.content, "")...))
			var all []string
			for _, l := range f.Lines() {
				if l.Page != 1 || l.Across() != (l.Right > l.Left) {
					t.Errorf("%+v", l)
				}
				all = append(all, fmt.Sprintf("%v,%v–%v,%v", l.Left, l.Bottom, l.Right, l.Top))
			}
			if got := strings.Join(all, " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestPageAsItIsShown reads the place of a word on pages that are turned or begin elsewhere.
func TestPageAsItIsShown(t *testing.T) {
	for name, test := range map[string]struct {
		page, sign string
		x, y, turn float64
	}{
		"upright":            {"", "1 0 0 1 100 700 Tm", 100, 700, 0},
		"a corner elsewhere": {"/MediaBox[10 20 605 862]", "1 0 0 1 110 720 Tm", 100, 700, 0},
		"turned, as shown":   {"/Rotate 90", "0 1 -1 0 100 300 Tm", 300, 495, 0},
		"upside down":        {"/Rotate 180", "-1 0 0 -1 495 142 Tm", 100, 700, 0},
		"turned back":        {"/Rotate -90", "0 -1 1 0 100 300 Tm", 542, 100, 0},
		"words that go up":   {"", "0 1 -1 0 100 300 Tm", 100, 300, 90},
	} {
		t.Run(name, func(t *testing.T) {
			objects := page("BT /F 12 Tf "+test.sign+" (Chu) Tj ET", "")
			if strings.Contains(test.page, "MediaBox") {
				objects[2] = object(strings.Replace(string(objects[2]), "/MediaBox[0 0 595 842]", test.page, 1))
			} else {
				objects[2] = object(strings.Replace(string(objects[2]), "/Contents", test.page+"/Contents", 1))
			}
			r := open(t, build("", objects...)).Runs()[0]
			if math.Abs(r.X-test.x) > .01 || math.Abs(r.Y-test.y) > .01 || math.Abs(r.Turn-test.turn) > .01 || r.Width < 10 {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestWhatTheFileDoesNotSay reads letters that the file names, and such as it does not.
func TestWhatTheFileDoesNotSay(t *testing.T) {
	const own = "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Own/FontDescriptor<</Flags 4>>>>"
	const mapped = "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Own/FontDescriptor<</Flags 4>>/ToUnicode 6 0 R>>"
	for name, test := range map[string]struct{ font, shown, text, unsure string }{
		"a standard font":                               {"", "(Chu)", "Chu", ""},
		"a font of signs of its own":                    {own, "(Chu \\345)", "Chu å", "Chu \uFFFD"},
		"codes that are no letters":                     {own, "(\\001\\002)", "", "\uFFFD\uFFFD"},
		"wide codes that nothing names":                 {"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H>>", "<00240003>", " ", "\uFFFD "},
		"what they stand for is said":                   {own, "/Span<</ActualText<FEFF1EDF>>>BDC (\\001) Tj EMC ()", "ở", ""},
		"a code that the font's map leaves out":         {mapped, "<4134>", "ề", "ề\uFFFD"},
		"a mark that the font's map leaves out, as one": {mapped, "/Span<</ActualText<FEFF1EC1>>>BDC <41> Tj <34> Tj EMC ()", "ề", ""},
		"not drawn, only there to be had":               {"", "(Chu) Tj 3 Tr (an)", "Chu", ""},
	} {
		t.Run(name, func(t *testing.T) {
			objects := page("BT /F 12 Tf "+test.shown+" Tj ET", "")
			if test.font != "" {
				objects[4] = object(test.font)
			}
			objects = append(objects, stream("", "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <1EC1> endbfchar"))
			runs := open(t, build("", objects...)).Runs()
			if r := runs[0]; r.Text != test.text || r.Unsure != test.unsure || r.Hidden {
				t.Errorf("%+v", r)
			}
			for _, r := range runs[1:] {
				if r.Text != "an" && r.Text != "" {
					t.Errorf("and %+v", r)
				}
			}
			if hidden := len(runs) > 1 && runs[1].Hidden; hidden != strings.Contains(test.shown, "3 Tr") {
				t.Errorf("%+v", runs)
			}
		})
	}
}

// TestPictures says how much of a page its pictures cover.
func TestPictures(t *testing.T) {
	objects := page("q 595 0 0 421 0 0 cm /I Do Q", "")
	objects[2] = object(strings.Replace(string(objects[2]), "<</Font", "<</XObject<</I 6 0 R>>/Font", 1))
	objects = append(objects, stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x"))
	if got := open(t, build("", objects...)).Pictures()[1]; math.Abs(got-.5) > .01 {
		t.Errorf("%v of the page", got)
	}
	within := open(t, build("", page("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q", "")...))
	if got := within.Pictures()[1]; math.Abs(got-1) > .01 {
		t.Errorf("a picture within the page's signs: %v of the page", got)
	}
}
