package plan

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// Limits that keep the time and the memory of a parse in proportion to a real
// document, which has some hundred provisions. Beyond them the text is a finding.
const (
	MaxBytes      = 16 << 20
	maxLines      = 1 << 20
	maxProvisions = 100_000
	maxFindings   = 100
)

// Parse reads the text of an official document. file is the name that findings
// carry. The document is nil when any finding is an error. Time and memory are
// linear in the size of src, which may be anything.
func Parse(file string, src []byte) (*Document, []diag.Finding) {
	p := &parser{file: file, doc: &Document{}}
	if lines := p.read(src); lines != nil {
		p.parse(lines)
	}
	diag.Sort(p.findings)
	if diag.HasErrors(p.findings) {
		return nil, p.findings
	}
	return p.doc, p.findings
}

type parser struct {
	file     string
	doc      *Document
	findings []diag.Finding

	stack       []frame // open provisions, from the document itself down
	provisions  int
	lastArticle int
	noNumbers   bool // the body has no numbered label: its dashes are its provisions

	text      block // the text being read: of the preamble, a provision, a paragraph
	paragraph bool  // it is a paragraph below the provision's own text
	lastWidth int   // of the last line read
	narrowest int   // width of the narrowest line that surely ran on into the next
	spaced    bool  // blank lines stand between paragraphs, not between all lines
}

// frame is an open provision and the last number given at each rank below it.
type frame struct {
	node *Provision // nil for the document
	rank int
	nums []int
	last [ranks]int
}

func (p *parser) report(r *diag.Rule, line int, args ...any) {
	switch {
	case len(p.findings) < maxFindings:
		p.findings = append(p.findings, r.At(diag.Pos{File: p.file, Line: line}, args...))
	case len(p.findings) == maxFindings:
		p.findings = append(p.findings, tooMany.At(diag.Pos{File: p.file, Line: line}, fmt.Sprint(maxFindings)))
	}
}

// read checks that src is a text that can be read at all, and splits it.
func (p *parser) read(src []byte) []line {
	if len(src) > MaxBytes {
		size := fmt.Sprintf("%d MiB", MaxBytes>>20)
		p.report(tooLarge, 0, size, size)
		return nil
	}
	if !utf8.Valid(src) {
		if e, ok := viet.Legacy(src[:min(len(src), legacySample)]); ok {
			p.report(legacyEncoding, firstBeyondASCII(src), e.String())
			return nil
		}
		bad := 0
		for n := 1; bad < len(src); bad += n {
			var r rune
			if r, n = utf8.DecodeRune(src[bad:]); r == utf8.RuneError && n == 1 {
				break
			}
		}
		p.report(notUTF8, 1+bytes.Count(src[:bad], []byte("\n")))
		return nil
	}
	lines := splitLines(src, maxLines+1)
	switch {
	case len(lines) > maxLines:
		p.report(tooLarge, lines[maxLines].no, fmt.Sprintf("%d dòng", maxLines), fmt.Sprintf("%d lines", maxLines))
		return nil
	case len(lines) == 0:
		p.report(empty, 0)
		return nil
	}
	if e, line, ok := legacyLine(lines); ok {
		p.report(legacyEncoding, line, e.String())
		return nil
	}
	return lines
}

// legacySample is how many bytes of suspect text are enough to know an encoding.
const legacySample = 64 << 10

func firstBeyondASCII(src []byte) int {
	i := bytes.IndexFunc(src, func(r rune) bool { return r >= utf8.RuneSelf })
	return 1 + bytes.Count(src[:max(i, 0)], []byte("\n"))
}

// legacyLine looks for lines in a legacy encoding, even a single paragraph pasted
// into a good text: only lines with signs that no Vietnamese letter is are asked.
func legacyLine(lines []line) (viet.Encoding, int, bool) {
	var sample []byte
	first := 0
	for _, l := range lines {
		if !strings.ContainsFunc(l.text, isForeign) {
			continue
		}
		if first == 0 {
			first = l.no
		}
		if sample = append(append(sample, l.text[:clip(l.text, legacySample)]...), '\n'); len(sample) > legacySample {
			break
		}
	}
	e, ok := viet.Legacy(sample)
	return e, first, ok
}

// isForeign reports whether r is one of the signs of Latin-1 that legacy encodings
// use and Vietnamese does not.
func isForeign(r rune) bool {
	return 0xA1 <= r && r <= 0xFF && !strings.ContainsRune("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý", r)
}

func (p *parser) parse(lines []line) {
	i, titled := p.head(lines)
	tail := i + tailStart(lines[i:])
	middle := lines[i:tail]
	// Only head and tail are set in columns.
	for i := range middle {
		middle[i].text = strings.ReplaceAll(middle[i].text, "\t", " ")
	}
	if titled {
		i += p.title(middle)
	}
	p.body(lines[i:tail])
	p.tail(lines[tail:])
	if p.provisions == 0 {
		p.report(provisionsMissing, lines[min(i, len(lines)-1)].no)
	}
	p.sign(lines[len(lines)-1].no)
	if diag.HasErrors(p.findings) {
		return
	}
	p.issuer()
	p.identify(p.doc.Provisions, "", map[string]int{})
	p.doc.Citations = p.doc.citations()
}

// excerpt shortens a line for a message.
func excerpt(s string) string {
	const most = 60
	r := []rune(strings.ReplaceAll(s[:min(len(s), 4*most)], "\t", " "))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// compose returns s in NFC, the form of a document's particulars.
func compose(s string) string { return norm.NFC.String(s) }
