package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// font says which letters the codes of a string are, and how wide.
type font struct {
	name    string
	wide    bool // codes of two bytes, but for what the map of characters says
	unicode *charMap
	simple  *[256]string // of a font of one byte a letter
	doubted bool         // the file does not say which letters its codes are
	widths  map[int]float64
	usual   float64 // thousandths of the size
}

// symbolic is the flag of a font whose letters are its own.
const symbolic = 4

// blankGlyph is the number of the blank in fonts, which some files do not name.
const blankGlyph = 3

// letter is one code of a string.
type letter struct {
	text   string
	width  float64 // in units of the font's size
	blank  bool    // the code 32 of a font of one byte a letter, which word spacing widens
	unsure bool    // the file does not say which letter it is
}

func (t *texts) fontOf(o types.Object) *font {
	if ref, ok := o.(types.IndirectRef); ok {
		if f := t.fonts[ref.ObjectNumber.Value()]; f != nil {
			return f
		}
		f := t.readFont(o)
		t.fonts[ref.ObjectNumber.Value()] = f
		return f
	}
	return t.readFont(o)
}

func (t *texts) readFont(o types.Object) *font {
	f := &font{widths: map[int]float64{}, usual: 500}
	d := t.dict(o)
	f.name = t.name(d["BaseFont"])
	if content := t.content(d["ToUnicode"]); content != nil {
		f.unicode = readCharMap(content)
	}
	if t.name(d["Subtype"]) == "Type0" {
		f.wide = true
		descendants := t.array(d["DescendantFonts"])
		if len(descendants) > 0 {
			t.wideWidths(f, t.dict(descendants[0]))
		}
		return f
	}
	f.simple = t.encoding(d["Encoding"])
	descriptor := t.dict(d["FontDescriptor"])
	f.doubted = d["Encoding"] == nil && int(t.number(descriptor["Flags"]))&symbolic != 0
	first := int(t.number(d["FirstChar"]))
	scale := 1.0
	if m := t.array(d["FontMatrix"]); len(m) > 0 { // of a font that is drawn
		scale = t.number(m[0]) * 1000
	}
	for i, w := range t.array(d["Widths"]) {
		f.widths[first+i] = t.number(w) * scale
	}
	return f
}

// wideWidths reads /W: "first [w w w]" and "first last w".
func (t *texts) wideWidths(f *font, d types.Dict) {
	f.usual = 1000
	if o, ok := d["DW"]; ok {
		f.usual = t.number(o)
	}
	w := t.array(d["W"])
	for i := 0; i+1 < len(w); {
		first := int(t.number(w[i]))
		if list := t.array(w[i+1]); list != nil {
			for j, one := range list {
				f.widths[first+j] = t.number(one)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		last, width := int(t.number(w[i+1])), t.number(w[i+2])
		for code := first; code <= min(last, first+0xffff); code++ {
			f.widths[code] = width
		}
		i += 3
	}
}

// letters splits a string into the font's character codes.
func (f *font) letters(s string, each func(letter)) {
	for len(s) > 0 {
		n := 1
		if f.wide {
			n = min(2, len(s))
		}
		if f.unicode != nil && f.wide {
			n = f.unicode.length(s, n)
		}
		code := 0
		for i := range n {
			code = code<<8 | int(s[i])
		}
		l := letter{width: f.width(code), blank: n == 1 && code == ' '}
		known := false
		if f.unicode != nil {
			l.text, known = f.unicode.text(n, code)
		}
		switch {
		case known:
			l.unsure = l.text == ""
		case f.simple != nil && !(f.doubted && f.unicode != nil): // a font's own codes are no others' letters
			l.text = f.simple[code&0xff]
			l.unsure = l.text == "" || f.doubted && code >= 0x80
		case code == blankGlyph:
			l.text = " "
		default:
			l.unsure = true
		}
		each(l)
		s = s[n:]
	}
}

func (f *font) width(code int) float64 {
	if w, ok := f.widths[code]; ok {
		return w / 1000
	}
	return f.usual / 1000
}

// encoding reads what the bytes of a simple font mean.
func (t *texts) encoding(o types.Object) *[256]string {
	base := charmap.Windows1252
	d := t.dict(o)
	if name := t.name(o) + t.name(d["BaseEncoding"]); name == "MacRomanEncoding" {
		base = charmap.Macintosh
	}
	var table [256]string
	for c := 32; c < 256; c++ {
		table[c] = string(base.DecodeByte(byte(c)))
	}
	code := 0
	for _, one := range t.array(d["Differences"]) {
		if name := t.name(one); name != "" {
			if 0 <= code && code < 256 {
				table[code] = glyph(name)
			}
			code++
		} else {
			code = int(t.number(one))
		}
	}
	return &table
}

// signs are the names of glyphs that are no letters.
var signs = map[string]string{"space": " ", "exclam": "!", "quotedbl": `"`, "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&", "quotesingle": "'",
	"quoteright": "’", "quoteleft": "‘", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "minus": "−", "period": ".", "slash": "/",
	"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@", "bracketleft": "[", "backslash": `\`, "bracketright": "]",
	"underscore": "_", "braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~", "quotedblleft": "“", "quotedblright": "”", "endash": "–", "emdash": "—",
	"bullet": "•", "ellipsis": "…", "degree": "°", "section": "§", "copyright": "©", "dong": "₫", "multiply": "×", "divide": "÷", "nbspace": " ",
	"dcroat": "đ", "Dcroat": "Đ", "dmacron": "đ", "Dslash": "Đ", "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl"}

// accents are what the names of letters say behind the letter: "acircumflexacute".
var accents = []struct{ name, mark string }{
	{"circumflex", "\u0302"}, {"dotbelow", "\u0323"}, {"hookabove", "\u0309"}, {"dieresis", "\u0308"},
	{"acute", "\u0301"}, {"grave", "\u0300"}, {"breve", "\u0306"}, {"tilde", "\u0303"}, {"horn", "\u031b"},
}

// byCode matches names of glyphs that are the letter's number.
var byCode = regexp.MustCompile(`^(?:uni|u)([0-9A-F]{4,6})$`)

// glyph returns the letter that a glyph's name stands for, "" where it is not known.
func glyph(name string) string {
	name, _, _ = strings.Cut(name, ".")
	if s, ok := signs[name]; ok {
		return s
	}
	if m := byCode.FindStringSubmatch(name); m != nil {
		n, err := strconv.ParseUint(m[1], 16, 32)
		if err == nil {
			return string(rune(n))
		}
	}
	if name == "" || !('a' <= name[0]|0x20 && name[0]|0x20 <= 'z') {
		return ""
	}
	marks := name[1:]
	out := name[:1]
	for marks != "" {
		before := marks
		for _, a := range accents {
			if rest, ok := strings.CutPrefix(marks, a.name); ok {
				out, marks = out+a.mark, rest
				break
			}
		}
		if marks == before {
			return ""
		}
	}
	return norm.NFC.String(out)
}

// charMap is a font's own map of codes to letters (/ToUnicode).
type charMap struct {
	lengths [5]bool // of codes, in bytes
	chars   map[[2]int]string
	ranges  []codeRange // as they stand in the file, then sorted and without overlaps (see part)
}

type codeRange struct {
	length, low, high int
	first             int      // the code that to or each begins at: low, unless another range has that
	to                string   // of first, the last unit counting up
	each              []string // or of each code
}

// mostRanges limits a character map: there are no more characters than that.
const mostRanges = 0x10000

func readCharMap(src []byte) *charMap {
	m := &charMap{chars: map[[2]int]string{}}
	l := lexer{src: src}
	for {
		switch t := l.next(); {
		case t.kind == atEnd:
			m.part()
			return m
		case t.kind != isWord:
		case t.text == "begincodespacerange":
			m.read(&l, 2, func(s []token) { m.lengths[min(len(s[0].text), 4)] = true })
		case t.text == "beginbfchar":
			m.read(&l, 2, func(s []token) {
				m.chars[[2]int{len(s[0].text), codeOf(s[0].text)}] = utf16Text(s[1].text)
			})
		case t.text == "beginbfrange":
			m.bfrange(&l)
		}
	}
}

// read reads strings in groups of n, up to the next word.
func (m *charMap) read(l *lexer, n int, each func([]token)) {
	var group []token
	for t := l.next(); t.kind == isString && len(m.chars) < mostRanges; t = l.next() {
		if group = append(group, t); len(group) == n {
			each(group)
			group = group[:0]
		}
	}
}

func (m *charMap) bfrange(l *lexer) {
	for len(m.ranges) < mostRanges {
		low := l.next()
		if low.kind != isString {
			return
		}
		r := codeRange{length: len(low.text), low: codeOf(low.text), high: codeOf(l.next().text)}
		r.first = r.low
		switch t := l.next(); t.kind {
		case isString:
			r.to = t.text
		case opensArray:
			for t = l.next(); t.kind == isString; t = l.next() {
				r.each = append(r.each, utf16Text(t.text))
			}
			r.high = min(r.high, r.low+len(r.each)-1)
		default:
			return
		}
		if r.low <= r.high && (len(r.to) >= 2 || len(r.each) > 0) {
			m.ranges = append(m.ranges, r)
		}
	}
}

// part sorts the ranges and parts those that overlap, so that a code is looked up in one:
// the one that begins last has it, of those that begin with it the first of the file.
func (m *charMap) part() {
	slices.Reverse(m.ranges)
	slices.SortStableFunc(m.ranges, func(a, b codeRange) int { return cmp.Or(cmp.Compare(a.length, b.length), cmp.Compare(a.low, b.low)) })
	var parted, open []codeRange // open: begun and not ended, each within or beyond those below it
	next := 0                    // the first code that is not parted yet
	until := func(end int) {
		for len(open) > 0 && next < end {
			r := open[len(open)-1]
			if r.high < next {
				open = open[:len(open)-1]
				continue
			}
			r.low, r.high = next, min(r.high, end-1)
			parted = append(parted, r)
			next = r.high + 1
		}
	}
	length := 0
	for _, r := range m.ranges {
		if r.length != length {
			until(math.MaxInt)
			open, length = open[:0], r.length
		}
		until(r.low)
		open, next = append(open, r), r.low
	}
	until(math.MaxInt)
	m.ranges = parted
}

func codeOf(s string) int {
	n := 0
	for i := range min(len(s), 4) {
		n = n<<8 | int(s[i])
	}
	return n
}

// length is how many bytes the next code has.
func (m *charMap) length(s string, usual int) int {
	if m.lengths[usual] {
		return usual
	}
	for n := 1; n <= 4 && n <= len(s); n++ {
		if m.lengths[n] {
			return n
		}
	}
	return usual
}

func (m *charMap) text(length, code int) (string, bool) {
	if s, ok := m.chars[[2]int{length, code}]; ok {
		return s, true
	}
	i, _ := slices.BinarySearchFunc(m.ranges, code, func(r codeRange, code int) int {
		return cmp.Or(cmp.Compare(r.length, length), cmp.Compare(r.high, code))
	})
	if i == len(m.ranges) || m.ranges[i].length != length || code < m.ranges[i].low {
		return "", false
	}
	r := m.ranges[i]
	at := code - r.first
	if len(r.each) > 0 {
		return r.each[at], true
	}
	units := []byte(r.to)
	last := int(units[len(units)-2])<<8 | int(units[len(units)-1]) + at
	units[len(units)-2], units[len(units)-1] = byte(last>>8), byte(last)
	return utf16Text(string(units)), true
}

func utf16Text(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	if len(s) == 1 {
		units = append(units, uint16(s[0]))
	}
	return strings.Trim(string(utf16.Decode(units)), "\x00")
}
