// Package diag represents findings as data: what is wrong in an input or an
// output, where, and how to fix it. Packages return findings; only cmd/lienhiep
// prints them.
//
// Every possible finding has a [Rule], declared once as a package-level variable
// with its messages in Vietnamese and English, so that a list of all messages
// can be generated from the code.
package diag

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Severity is how serious a finding is. Only an Error stops a build.
type Severity int

const (
	Error      Severity = iota // the build stops
	Warning                    // should be mended; the build goes on
	Notice                     // worth knowing, nothing to mend
	Suggestion                 // may read better otherwise; the editor decides
)

var severityNames = [...]string{"error", "warning", "notice", "suggestion"}

func (s Severity) String() string { return severityNames[s] }

// Lang is a language that messages are written in.
type Lang string

const (
	Vietnamese Lang = "vi"
	English    Lang = "en"
)

// Text is one sentence in both languages: a [fmt] format whose verbs name their
// argument ("%[1]s"), because the two languages order them differently.
type Text struct{ VI, EN string }

// In returns the text in the language l.
func (t Text) In(l Lang) string {
	if l == English {
		return t.EN
	}
	return t.VI
}

// Pos is a position in a file. Line and Column count from 1, Column in characters; 0
// stands for the whole file or the whole line.
type Pos struct {
	File         string
	Line, Column int
}

func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// PosAt returns the position of a byte offset in the text of a file. A byte order mark
// at the beginning is not counted.
func PosAt(file string, text []byte, offset int) Pos {
	line := bytes.LastIndexByte(text[:offset], '\n') + 1
	return Pos{
		File:   file,
		Line:   1 + bytes.Count(text[:line], []byte("\n")),
		Column: 1 + utf8.RuneCount(bytes.TrimPrefix(text[line:offset], []byte("\uFEFF"))),
	}
}

// Places converts byte offsets of one text into positions. Ascending offsets take linear
// time in total.
type Places struct {
	file             string
	text             []byte
	offset, lineFrom int // the last found, and where its line begins
	line             int // from 0
	column           int // from 0
}

// PlacesIn returns the Places of a file's text.
func PlacesIn(file string, text []byte) *Places { return &Places{file: file, text: text} }

// At is [PosAt] for an offset at the start of a character.
func (p *Places) At(offset int) Pos {
	if offset < p.offset {
		*p = Places{file: p.file, text: p.text}
	}
	between := p.text[p.offset:offset]
	if i := bytes.LastIndexByte(between, '\n'); i >= 0 {
		p.line += bytes.Count(between, []byte("\n"))
		p.lineFrom, p.column = p.offset+i+1, 0
		between = between[i+1:]
	}
	if p.offset <= p.lineFrom {
		between = bytes.TrimPrefix(between, []byte("\uFEFF"))
	}
	p.column += utf8.RuneCount(between)
	p.offset = offset
	return Pos{File: p.file, Line: p.line + 1, Column: p.column + 1}
}

// Rule is a kind of finding: its stable code and its messages.
type Rule struct {
	Code     string
	Severity Severity
	Message  Text // what is wrong
	Hint     Text // how to mend it; may be empty
}

var rules = map[string]*Rule{}

// NewRule declares a rule. It panics if the code is already in use.
func NewRule(code string, s Severity, message, hint Text) *Rule {
	if rules[code] != nil {
		panic("diag: rule declared twice: " + code)
	}
	r := &Rule{code, s, message, hint}
	rules[code] = r
	return r
}

// Rules returns all declared rules, ordered by code.
func Rules() []*Rule {
	all := make([]*Rule, 0, len(rules))
	for _, r := range rules {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b *Rule) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// At returns a finding of the rule. args are the arguments of both message and hint.
func (r *Rule) At(pos Pos, args ...any) Finding {
	return Finding{Rule: r, Severity: r.Severity, Pos: pos, args: args}
}

// Finding is one problem at one position.
type Finding struct {
	*Rule
	Severity Severity // the rule's, unless lowered
	Pos      Pos
	Nearest  string // the right value that was probably meant, or ""
	Edits    []Edit // what mends it without an editor's judgement; mostly none
	Details  string // what another program said of it, in its own words; mostly ""
	args     []any
}

// Edit replaces Old by New at the byte offset Start of the finding's file.
type Edit struct {
	Start    int
	Old, New string
}

// Mend applies edits to a text and returns the new text and the edits applied, ordered
// by offset. Edits whose Old is not at Start, or which overlap an earlier one, are
// skipped.
func Mend(text []byte, edits []Edit) ([]byte, []Edit) {
	var out []byte
	var made []Edit
	at := 0
	for _, e := range slices.SortedStableFunc(slices.Values(edits), func(a, b Edit) int { return cmp.Compare(a.Start, b.Start) }) {
		end := e.Start + len(e.Old)
		if e.Start < at || end > len(text) || string(text[e.Start:end]) != e.Old {
			continue
		}
		out = append(append(out, text[at:e.Start]...), e.New...)
		at = end
		made = append(made, e)
	}
	return append(out, text[at:]...), made
}

// Lower returns f with its severity lowered to Warning, for problems that cannot reach
// the site.
func (f Finding) Lower() Finding {
	f.Severity = max(f.Severity, Warning)
	return f
}

// MendedBy returns f with the edits that fix it.
func (f Finding) MendedBy(edits ...Edit) Finding {
	f.Edits = edits
	return f
}

// WithDetails returns f with what another program said of it, for whoever maintains the
// site: it is of no language, and shown apart.
func (f Finding) WithDetails(said string) Finding {
	f.Details = said
	return f
}

// Arg returns the nth argument of the finding's message, from 1, or nil.
func (f Finding) Arg(n int) any {
	if n < 1 || n > len(f.args) {
		return nil
	}
	return f.args[n-1]
}

// Suggest returns f with the value that was probably meant; "" adds nothing.
func (f Finding) Suggest(nearest string) Finding {
	f.Nearest = nearest
	return f
}

var didYouMean = Text{VI: "Có phải ý bạn là “%s”?", EN: "Did you mean “%s”?"}

// Message returns what is wrong, in one sentence.
func (f Finding) Message(l Lang) string { return f.format(f.Rule.Message.In(l)) }

// Hint returns how to fix it, or "".
func (f Finding) Hint(l Lang) string {
	hint := f.format(f.Rule.Hint.In(l))
	if f.Nearest == "" {
		return hint
	}
	return strings.TrimSpace(fmt.Sprintf(didYouMean.In(l), f.Nearest) + " " + hint)
}

// format fills a sentence, which need not use every argument: with "%[n]…" verbs
// Sprintf does not mind.
func (f Finding) format(s string) string {
	if len(f.args) == 0 || !strings.Contains(s, "%[") {
		return s
	}
	return fmt.Sprintf(s, f.args...)
}

// Record is the machine-readable form of a finding, in one language. Fields keep their
// names and meanings; new ones may be added.
type Record struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Details  string `json:"details,omitempty"`
}

// Record returns the finding's machine-readable form.
func (f Finding) Record(l Lang) Record {
	return Record{f.Code, f.Severity.String(), f.Pos.File, f.Pos.Line, f.Pos.Column, f.Message(l), f.Hint(l), f.Details}
}

// MarshalJSON writes the finding's [Record] in Vietnamese.
func (f Finding) MarshalJSON() ([]byte, error) { return json.Marshal(f.Record(Vietnamese)) }

// Sort orders findings by file, line, column and code.
func Sort(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			strings.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column),
			strings.Compare(a.Code, b.Code),
		)
	})
}

// HasErrors reports whether any finding stops a build.
func HasErrors(fs []Finding) bool {
	return slices.ContainsFunc(fs, func(f Finding) bool { return f.Severity == Error })
}

// FirstLine shortens another program's message for use in a finding: its first line, up
// to 120 characters.
func FirstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if utf8.RuneCountInString(s) > 120 {
		s = string([]rune(s)[:120]) + "…"
	}
	return s
}
