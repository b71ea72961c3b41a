package plan_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/plan"
	"lienhiep/internal/verbatim"
)

// tree is what two readings of one document agree in: everything but where in
// the file it stood and in which Unicode form.
func tree(t testing.TB, d *plan.Document) string {
	return norm.NFC.String(lineNumber.ReplaceAllString(marshal(t, d), ""))
}

var lineNumber = regexp.MustCompile(`"line": \d+,`)

// sameTree parses src and compares it with the document want.
func sameTree(t *testing.T, want *plan.Document, src []byte) {
	t.Helper()
	got, findings := plan.Parse("van-ban.txt", src)
	if got == nil {
		t.Fatalf("refused: %s\n%s", findings[0].Message("en"), src)
	}
	if a, b := tree(t, got), tree(t, want); a != b {
		as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
		for i := range as {
			if i >= len(bs) || as[i] != bs[i] {
				t.Fatalf("another tree, at line %d of its JSON:\n got %s\nwant %s\nsource:\n%s", i+1, as[i], bs[min(i, len(bs)-1)], src)
			}
		}
	}
	if _, err := verbatim.Compare(string(src), got.Content()); err != nil {
		t.Error(err)
	}
}

func TestFormatIsReadAgain(t *testing.T) {
	for name, src := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			d := parse(t, src)
			text := plan.Format(d)
			sameTree(t, d, []byte(text))
			equal(t, "canonical text", plan.Format(parse(t, []byte(text))), text)
		})
	}
}

// What a file goes through on its way here and that changes none of its words.
var disguises = map[string]func([]byte) []byte{
	"CRLF":            func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) },
	"CR":              func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r")) },
	"byte order mark": func(b []byte) []byte { return append([]byte("\ufeff"), b...) },
	"NFD":             norm.NFD.Bytes,
	"no-break spaces": func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(" "), []byte("\u00a0")) },
	"tabs":            func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(" "), []byte("\t")) },
	"indented":        func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\n   \t ")) },
	"trailing blanks": func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte(" \u3000\n")) },
	"zero-width":      func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(" "), []byte(" \u200b")) },
	"soft hyphens":    func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("h"), []byte("\u00adh")) },
	"no last newline": func(b []byte) []byte { return bytes.TrimRight(b, " \n") },
}

func TestDisguisesGiveTheSameTree(t *testing.T) {
	for name, src := range fixtures(t) {
		want := parse(t, src)
		for disguise, change := range disguises {
			t.Run(name+"/"+disguise, func(t *testing.T) { sameTree(t, want, change(src)) })
		}
	}
}

// wrap breaks every line of a canonical text at the width that next gives for
// each new line.
func wrap(text string, next func() int) []string {
	var lines []string
	for block := range strings.Lines(text) {
		var line string
		w := next()
		for word := range strings.FieldsSeq(block) {
			if line != "" && len([]rune(line))+1+len([]rune(word)) > w {
				lines = append(lines, line)
				line, w = "", next()
			}
			if line != "" {
				line += " "
			}
			line += word
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// TestRewrapped breaks the real plan's lines in all ways that lines are broken,
// with pages, blank lines and page numbers between.
func TestRewrapped(t *testing.T) {
	src := read(t, realFile)
	want := parse(t, src)
	text := plan.Format(want)
	for width := 40; width <= 120; width++ {
		sameTree(t, want, []byte(strings.Join(wrap(text, func() int { return width }), "\n")))
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		width := func() int { return 40 + rnd.IntN(81) }
		if n%2 == 0 {
			fixed := width()
			width = func() int { return fixed }
		}
		src := paginate(wrap(text, width), rnd)
		for _, change := range disguises {
			if rnd.IntN(8) == 0 {
				src = change(src)
			}
		}
		t.Run(fmt.Sprint(n), func(t *testing.T) { sameTree(t, want, src) })
	}
}

// paginate puts lines on pages, with or without form feeds, page numbers at the
// top or the bottom, and blank lines.
func paginate(lines []string, rnd *rand.Rand) []byte {
	var (
		b       strings.Builder
		numbers = rnd.IntN(4)
		feeds   = rnd.IntN(2) == 0
		blanks  = rnd.IntN(3)
		length  = 12 + rnd.IntN(40)
		page    = 1
	)
	number := func() {
		if numbers > 0 {
			fmt.Fprintf(&b, [...]string{"", "   %d\n", "- %d -\n", "Trang %d\n"}[numbers], page)
		}
	}
	for i, l := range lines {
		if i > 0 && i%length == 0 {
			page++
			if feeds {
				b.WriteByte('\f')
			}
			number()
		}
		b.WriteString(l)
		b.WriteByte('\n')
		if blanks == 1 || blanks == 2 && rnd.IntN(3) == 0 {
			b.WriteByte('\n')
		}
	}
	return []byte(b.String())
}
