package plan

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/verbatim"
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
	r := &run{file: file}
	p := &parser{run: r, doc: &Document{}}
	if lines := p.read(src); lines != nil {
		p.document(lines)
	}
	diag.Sort(r.findings)
	if !diag.HasErrors(r.findings) {
		p.prove(src)
	}
	if diag.HasErrors(r.findings) {
		return nil, r.findings
	}
	return p.doc, r.findings
}

// Particulars reads what a text says of itself as an official document does: number, type,
// title, issuer, place and date, each "" where it cannot be made out. All else is left out,
// and what [Parse] refuses does not matter.
func Particulars(src []byte) *Document {
	p := &parser{run: &run{}, doc: &Document{}}
	if lines := p.read(src); lines != nil {
		p.document(lines)
	}
	d := p.doc
	return &Document{Number: d.Number, Type: d.Type, Title: d.Title, Issuer: d.Issuer, Place: d.Place, Date: d.Date}
}

// prove compares the document with its source by code that shares nothing with this
// package: what was read without loss is what is given out, or nothing.
func (p *parser) prove(src []byte) {
	_, err := verbatim.Compare(string(src), p.doc.Content())
	if d := (*verbatim.Difference)(nil); errors.As(err, &d) {
		p.report(wordsLost, d.Line, d.Source, d.Text)
	}
}

// run is the state shared by all documents of one text.
type run struct {
	file       string
	findings   []diag.Finding
	provisions int
}

func (r *run) report(rule *diag.Rule, line int, args ...any) {
	switch {
	case len(r.findings) < maxFindings:
		r.findings = append(r.findings, rule.At(diag.Pos{File: r.file, Line: line}, args...))
	case len(r.findings) == maxFindings:
		r.findings = append(r.findings, tooMany.At(diag.Pos{File: r.file, Line: line}, fmt.Sprint(maxFindings)))
	}
}

// parser reads one document, an attachment or a quotation.
type parser struct {
	*run
	doc  *Document
	page *page

	inQuotation bool // its numbers are another document's
	form        form // of the body
	opened      form // the first of the forms whose provisions it has

	stack  []frame    // open provisions, from the document itself down
	latest [ranks]int // the order of the last provision of each rank, wherever it stands
	text   block      // the text being read: of the preamble, a provision, a paragraph
	above  *line      // the last line read
	longer longer     // the block that goes on over lines

	labelled  bool // the tail has "Nơi nhận"
	signer    Role // the last Authority, Position or Name of the tail
	signedOff bool // the tail has a signer's name
}

// longer appends line after line to a text without a copy of all that it has for each.
type longer struct{ b strings.Builder }

// with is a text with one more line, in its turn the text that the next call is given.
func (l *longer) with(text, line string) string {
	if text == "" {
		return line
	}
	if text != l.b.String() { // another text; the same one is known by where it lies
		l.b = strings.Builder{}
		l.b.WriteString(text)
	}
	l.b.WriteString(" ")
	l.b.WriteString(line)
	return l.b.String()
}

// frame is an open provision and the last order given at each rank below it.
type frame struct {
	node *Provision // nil for the document
	rank int
	nums []int
	sign rune
	last [ranks]int
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
	lines, numbers := splitLines(src, maxLines+1)
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
	if len(numbers) > 0 {
		p.report(pageNumbersDropped, numbers[0].no, listLines(numbers))
	}
	for i := range lines {
		lines[i].classify()
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

// listLines names lines by what they hold and their numbers.
func listLines(lines []line) string {
	words := make([]string, len(lines))
	for i, l := range lines {
		words[i] = fmt.Sprintf("“%s” (%d)", l.text, l.no)
	}
	return strings.Join(words, ", ")
}

// document reads heads, body, tail and attachments.
func (p *parser) document(lines []line) {
	i, titled := p.head(lines)
	p.mark(lines[i:])
	if titled {
		i += p.title(lines[i : i+tailStart(lines[i:])])
	}
	i += p.addressees(lines[i : i+tailStart(lines[i:])])
	tail := i + tailStart(lines[i:])
	p.readBody(lines[i:tail], !titled || hasRole(p.doc.Head, Addressee))
	attached := tail + p.tail(lines[tail:])
	p.missing()
	if p.run.provisions == 0 {
		p.report(provisionsMissing, lines[min(i, len(lines)-1)].no)
	}
	p.sign(lines[attached-1].no)
	p.attachments(lines[attached:])
	if diag.HasErrors(p.findings) {
		return
	}
	p.issuer()
	identify(p.doc.Provisions, "", "", map[string]int{})
	seen := map[string]int{}
	for _, a := range p.doc.Attachments {
		identify(a.Provisions, a.ID, a.ID, seen)
	}
	p.doc.Citations = p.doc.citations()
}

// mark finds tables and quotations.
func (p *parser) mark(lines []line) {
	p.page = layout(lines[:tailStart(lines)])
	quotations(lines, p.page, func(l line) { p.report(quotationOpen, l.no, excerpt(l.text)) })
	tables(lines)
}

// readBody reads the body. Its provisions are what is numbered; where nothing is, what
// stands behind bullets; and where nothing does, or in a letter, the paragraphs.
func (p *parser) readBody(lines []line, letter bool) {
	p.page = layout(lines)
	findings, provisions := len(p.findings), p.run.provisions
	for _, f := range []form{numbered, bulleted, free} {
		if letter && f == bulleted {
			continue
		}
		p.form, p.opened = f, free
		p.findings, p.run.provisions = p.findings[:findings], provisions
		p.doc.Preamble, p.doc.Provisions, p.latest = nil, nil, [ranks]int{}
		if p.body(lines); p.opened <= f {
			return
		}
	}
}

// form is what a body's provisions are.
type form int

const (
	numbered form = iota // what has a number
	bulleted             // what stands behind a bullet
	free                 // the paragraphs, and the bullets below them
)

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
