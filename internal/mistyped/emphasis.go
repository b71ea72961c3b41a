package mistyped

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"lienhiep/internal/markdown"
)

// run is a row of one sign that is left in the words.
type run struct {
	start, end    int
	sign          string // as Markdown has it
	before, after rune
	shown         int // how many of the signs readers see
}

// opens reports whether the run may begin emphasis by what stands around it; closes the
// same of an end.
func (r run) opens() bool  { return !isWord(r.before) }
func (r run) closes() bool { return !isWord(r.after) }

// emphasis finds signs of bold, slanted and deleted words that are shown.
func (f *finder) emphasis() {
	type left struct {
		*block
		run
	}
	var alone []left
	remarks := map[string]bool{} // signs that stand behind words, for remarks
	for _, b := range f.blocks {
		var edits []Edit
		sure, taken := true, 0
		runs := f.runs(b)
		for i := 0; i < len(runs); i++ {
			a := runs[i]
			if i+1 < len(runs) && runs[i+1].sign == a.sign {
				if z := runs[i+1]; f.isPair(a, z) {
					edits = append(edits, f.pairEdits(a, z)...)
					sure = sure && (len(a.sign) > 1 || !isWord(z.after) || unicode.IsPunct(z.before))
					taken += a.shown + z.shown
					i++
					continue
				}
			}
			if a.shown == 0 {
				continue
			}
			remarks[a.sign] = remarks[a.sign] || !unicode.IsSpace(a.before) && a.closes()
			alone = append(alone, left{b, a})
		}
		if taken > 0 {
			f.add(Emphasis, edits[0].Start, sure && f.becomesEmphasis(b, edits, taken), edits...)
		}
	}
	for i := 0; i+1 < len(alone); i++ {
		if f.isParted(alone[i].run, alone[i+1].run) && alone[i].block != alone[i+1].block && len(alone[i].sign) > 1 {
			f.acrossBlocks(alone[i].block, alone[i+1].block, alone[i].run, alone[i+1].run)
		}
	}
	for _, l := range alone {
		if remarks[l.sign] || !f.isUnclosed(l.run) {
			continue
		}
		kind := Emphasis
		if len(l.sign) == 1 {
			kind = Asterisk
		}
		f.add(kind, l.run.start, false)
	}
}

// runs are the rows of signs of emphasis in a block, those that are shown and, where a
// sign is shown somewhere, those that became emphasis.
func (f *finder) runs(b *block) []run {
	var all []run
	left := map[string]bool{}
	for at := b.start(); at < b.end(); {
		r, size := utf8.DecodeRune(f.body[at:])
		sign := signOf(r)
		if sign == "" || f.seen[at] == code || isEscaped(f.body, at) {
			at += size
			continue
		}
		end, shownSigns := at, 0
		for end < b.end() {
			next, n := utf8.DecodeRune(f.body[end:])
			if next != r {
				break
			}
			if f.seen[end] == shown {
				shownSigns++
			}
			end += n
		}
		n := (end - at) / size
		if n <= 3 && (n > 1 || sign != "~") {
			all = append(all, run{at, end, strings.Repeat(sign, n), b.before(f.body, at), b.after(f.body, end), shownSigns})
			left[all[len(all)-1].sign] = left[all[len(all)-1].sign] || shownSigns > 0
		}
		at = end
	}
	return slices.DeleteFunc(all, func(r run) bool { return !left[r.sign] || len(r.sign) == 1 && r.shown == 0 })
}

func signOf(r rune) string {
	switch r {
	case '*', '_', '~':
		return string(r)
	case '＊':
		return "*"
	case '＿':
		return "_"
	}
	return ""
}

// isPair reports whether two rows of a sign were meant to stand around words. A star
// isPhrase reports whether words stand between two signs, and not a number or a symbol of
// a sum.
func isPhrase(s string) bool {
	return strings.Contains(strings.TrimSpace(s), " ") && !strings.ContainsFunc(s, unicode.IsDigit)
}

// behind a word, or one before a remark, refers to the other.
func (f *finder) isPair(a, z run) bool {
	inner := string(f.body[a.end:z.start])
	switch {
	case strings.TrimSpace(inner) == "", !strings.ContainsFunc(inner, isWord), a.before == '(' && a.after == ')':
		return false
	case isWord(a.before) && unicode.IsSpace(a.after):
		return false
	case unicode.IsSpace(z.before) && unicode.IsSpace(a.after) && unicode.IsSpace(a.before) && !f.beginsLine(a.start) && !isPhrase(inner):
		return false
	case a.sign == "*", a.sign == "_":
		// One sign alone stands for other things, too: it must begin words, and end them.
		begins := isWord(a.after) || a.sign == "*" && strings.ContainsRune("“\"‘«", a.after)
		return a.opens() && begins && (!isWord(z.after) || a.sign == "*")
	case a.sign == "__":
		return isWord(a.after) || isWord(z.before) && unicode.IsSpace(a.before)
	case unicode.IsDigit(a.before) && unicode.IsDigit(a.after):
		return false
	}
	return true
}

func (f *finder) beginsLine(at int) bool { return f.onlyBefore(at, " \t>") }

// pairEdits take the blanks out from between the signs and the words, and put them where
// Markdown wants them.
func (f *finder) pairEdits(a, z run) []Edit {
	inner := string(f.body[a.end:z.start])
	words := strings.TrimSpace(inner)
	lead, tail := "", ""
	if isWord(a.before) {
		lead = " "
	}
	if isWord(z.after) {
		tail = " "
	}
	i := strings.Index(inner, words)
	return []Edit{
		{a.start, string(f.body[a.start:a.end]) + inner[:i], lead + a.sign},
		{a.end + i + len(words), inner[i+len(words):] + string(f.body[z.start:z.end]), a.sign + tail},
	}
}

// becomesEmphasis reports whether edits in a block take so many signs out of its words,
// and nothing else.
func (f *finder) becomesEmphasis(b *block, edits []Edit, signs int) bool {
	mended := []byte(apply(f.body[b.start():b.end()], b.start(), edits))
	was, is := f.words(b), markdown.Words(markdown.Parse(mended), mended)
	return withoutSigns(was) == withoutSigns(is) && countSigns(was)-countSigns(is) == signs
}

func withoutSigns(s string) string {
	return strings.Map(func(r rune) rune {
		if signOf(r) != "" || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func countSigns(s string) int {
	n := 0
	for _, r := range s {
		if signOf(r) != "" {
			n++
		}
	}
	return n
}

// words are those of a block that readers see.
func (f *finder) words(b *block) string {
	return markdown.Words(markdown.Parse(f.body[b.start():b.end()]), f.body[b.start():b.end()])
}

// remark begins a line that explains a star.
var remark = regexp.MustCompile(`^[ \t>]*\(?[*＊]+\)? ?\p{L}[\p{L} ,]{1,30}:`)

// isUnclosed reports whether a row of signs was probably meant to begin or end emphasis,
// of which the other end is missing.
func (f *finder) isUnclosed(a run) bool {
	switch {
	case a.before == '(' && a.after == ')', strings.HasPrefix(a.sign, "_"):
		return false
	case len(a.sign) == 1:
		return a.opens() && unicode.IsLetter(a.after) && f.beginsLine(a.start) && !remark.Match(f.body[f.lineStart(a.start):f.lineEnd(a.start)])
	case unicode.IsDigit(a.before) && unicode.IsDigit(a.after):
		return false
	case a.opens() && !unicode.IsSpace(a.after):
		return true
	}
	return false
}

// unmeant finds signs between letters or digits that became emphasis: 5*3*2, 10~12 and 15~20.
func (f *finder) unmeant() {
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(f.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Emphasis:
			f.between(n, '*')
		case *east.Strikethrough:
			f.between(n, '~')
		}
		return ast.WalkContinue, nil
	})
}

// isParted reports whether two signs are the beginning and the end of something bold.
func (f *finder) isParted(a, z run) bool {
	return a.sign == z.sign && a.opens() && !unicode.IsSpace(a.after) && z.closes() && !unicode.IsSpace(z.before) && f.beginsLine(a.start) && z.end == f.lineEndTrimmed(z.end)
}

// lineEndTrimmed is where the words of the line end that a byte lies in.
func (f *finder) lineEndTrimmed(at int) int {
	return at + len(strings.TrimRight(string(f.body[at:f.lineEnd(at)]), " \t\r\\"))
}

// farthestBlock is how many blocks further on bold words may end.
const farthestBlock = 3

// acrossBlocks finds bold words that go on in another paragraph or item, where Markdown
// ends them: each is to have signs of its own.
func (f *finder) acrossBlocks(from, to *block, a, z run) {
	i, j := slices.Index(f.blocks, from), slices.Index(f.blocks, to)
	if j <= i || j-i > farthestBlock {
		return
	}
	edits := []Edit{{from.end(), "", a.sign}}
	for _, b := range f.blocks[i+1 : j] {
		edits = append(edits, Edit{b.start(), "", a.sign}, Edit{b.end(), "", a.sign})
	}
	edits = append(edits, Edit{to.start(), "", a.sign})
	f.add(Emphasis, a.start, j == i+1, edits...)
	f.taken[z.start] = true
}

// between looks at one piece of emphasis.
func (f *finder) between(n ast.Node, sign byte) {
	first, ok := n.FirstChild().(*ast.Text)
	last, ok2 := n.LastChild().(*ast.Text)
	if !ok || !ok2 {
		return
	}
	open, end := first.Segment.Start, last.Segment.Stop
	length := 0
	for open-length-1 >= 0 && end+length < len(f.body) && f.body[open-length-1] == sign && f.body[end+length] == sign {
		length++
	}
	if length == 0 {
		return
	}
	before, _ := utf8.DecodeLastRune(f.body[:open-length])
	after, _ := utf8.DecodeRune(f.body[end+length:])
	in, _ := utf8.DecodeRune(f.body[open:])
	out, _ := utf8.DecodeLastRune(f.body[:end])
	digits := unicode.IsDigit(before) && unicode.IsDigit(in) || unicode.IsDigit(out) && unicode.IsDigit(after)
	if !digits && !(isWord(before) && isWord(after)) {
		return
	}
	row := strings.Repeat(string(sign), length)
	escaped := strings.Repeat(`\`+string(sign), length)
	f.add(Unmeant, open-length, digits, Edit{open - length, row, escaped}, Edit{end, row, escaped})
}
