package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Merge returns the old text with what the edited one says otherwise. A block that is
// read as it was keeps its bytes, however the edited text writes it: the signs of lists,
// the layout of tables, reference links and their definitions, hard breaks, entities. In a
// list or table of which a part was changed, so do the other items and rows. The result
// reads as the edited text does, and is the old text if that does already.
func Merge(old, edited []byte) []byte {
	was, tail := outline(old)
	is, _ := outline(edited)
	if alike(was, is) {
		return old
	}
	newline := "\n"
	if bytes.Contains(old, []byte("\r\n")) {
		newline = "\r\n"
	}
	for i := range is {
		is[i].gap, is[i].text = relined(is[i].gap, newline), relined(is[i].text, newline)
	}
	if tail == "" && len(was) == 0 {
		tail = newline
	}
	m := merger{was: was, is: is, newline: newline}
	for _, how := range []caution{0, gaps, gaps | neighbours} {
		merged := []byte(m.merge(how) + tail)
		if now, _ := outline(merged); alike(now, is) {
			return merged
		}
	}
	if now, _ := outline([]byte(relined(string(edited), newline))); alike(now, is) {
		return []byte(relined(string(edited), newline))
	}
	return edited // which is read as something else with other line ends
}

func relined(text, newline string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", newline)
}

// alike reports whether two texts show the same. Definitions of links count where both
// have some: an editor that writes every link in full needs none.
func alike(a, b []part) bool {
	if slices.ContainsFunc(a, isSilent) && slices.ContainsFunc(b, isSilent) {
		return slices.EqualFunc(a, b, func(a, b part) bool { return a.meaning == b.meaning })
	}
	return slices.EqualFunc(spoken(a), spoken(b), func(a, b part) bool { return a.meaning == b.meaning })
}

func isSilent(p part) bool { return p.silent }

// spoken returns the parts that show something.
func spoken(parts []part) []part {
	return slices.DeleteFunc(slices.Clone(parts), isSilent)
}

// merger merges two texts of the same kind: blocks, items of a list, or rows of a table.
type merger struct {
	was, is []part
	newline string
	within  bool // it merges parts of a block, not blocks
}

// caution is what is taken from the edited text besides the parts that were changed, where
// a part would otherwise swallow the one beside it, such as a list another list.
type caution int

const (
	gaps       caution = 1 << iota // what stands between changed parts and others
	neighbours                     // the parts beside changed ones
)

// placed is a part of the result.
type placed struct {
	text          string
	before, after int  // which part it was and is, -1 for none
	kept          bool // it has the bytes that it had
}

// merge writes the result without its tail.
func (m *merger) merge(how caution) string {
	all := m.place(how)
	var b strings.Builder
	for i, p := range all {
		switch {
		case i > 0:
			b.WriteString(m.gap(all[i-1], p, how))
		case len(m.was) > 0:
			b.WriteString(m.was[0].gap)
		case !m.within:
			b.WriteString(m.is[0].gap)
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// place decides what the result consists of.
func (m *merger) place(how caution) []placed {
	was := make([]int, 0, len(m.was)) // the parts of old that take part
	carried := !slices.ContainsFunc(m.is, isSilent)
	for i, p := range m.was {
		if !carried || !p.silent {
			was = append(was, i)
		}
	}
	ids := map[string]int{}
	id := func(meaning string) int {
		if _, known := ids[meaning]; !known {
			ids[meaning] = len(ids)
		}
		return ids[meaning]
	}
	before, after := make([]int, len(was)), make([]int, len(m.is))
	for i, w := range was {
		before[i] = id(m.was[w].meaning)
	}
	for j, p := range m.is {
		after[j] = id(p.meaning)
	}
	pairs := align(before, after)
	for i := range pairs {
		if pairs[i].before >= 0 {
			pairs[i].before = was[pairs[i].before]
		}
	}
	moved := m.moved(pairs)
	var all []placed
	next := 0 // the first part of old that has not been passed
	pass := func(to int) {
		for ; next < to; next++ {
			if carried && m.was[next].silent {
				all = append(all, placed{m.was[next].text, next, -1, true})
			}
		}
	}
	for i, p := range pairs {
		if p.before >= 0 {
			pass(p.before)
			next = p.before + 1
		}
		if p.after < 0 { // taken out
			continue
		}
		switch from, known := moved[p.after]; {
		case p.same && (how&neighbours == 0 || settled(pairs, i)):
			all = append(all, placed{m.was[p.before].text, p.before, p.after, true})
		case known && how&neighbours == 0:
			all = append(all, placed{m.was[from].text, -1, p.after, true})
		case p.before >= 0 && !m.within:
			all = append(all, placed{m.touch(m.was[p.before].text, m.is[p.after].text), p.before, p.after, false})
		default:
			all = append(all, placed{m.is[p.after].text, p.before, p.after, false})
		}
	}
	pass(len(m.was))
	if carried {
		all = m.dropUnused(all)
	}
	return all
}

// settled reports whether nothing beside a pair was changed.
func settled(pairs []pair, i int) bool {
	return (i == 0 || pairs[i-1].same) && (i+1 == len(pairs) || pairs[i+1].same)
}

// moved finds parts that were taken out at one place and put in at another.
func (m *merger) moved(pairs []pair) map[int]int {
	out := map[string][]int{}
	for _, p := range pairs {
		if !p.same && p.before >= 0 {
			out[m.was[p.before].meaning] = append(out[m.was[p.before].meaning], p.before)
		}
	}
	in := map[int]int{}
	for _, p := range pairs {
		if p.same || p.after < 0 {
			continue
		}
		if from := out[m.is[p.after].meaning]; len(from) > 0 {
			in[p.after] = from[0]
			out[m.is[p.after].meaning] = from[1:]
		}
	}
	return in
}

// dropUnused takes out definitions of links that were used and no longer are.
func (m *merger) dropUnused(all []placed) []placed {
	used := func(texts []string) map[string]bool {
		labels := map[string]bool{}
		for _, t := range texts {
			for _, l := range bracketed.FindAllStringSubmatch(t, -1) {
				labels[label(l[1])] = true
			}
		}
		return labels
	}
	var then, now []string
	for _, p := range m.was {
		if !p.silent {
			then = append(then, p.text)
		}
	}
	for _, p := range all {
		if !m.carried(p) {
			now = append(now, p.text)
		}
	}
	before, after := used(then), used(now)
	return slices.DeleteFunc(all, func(p placed) bool {
		return m.carried(p) && !slices.ContainsFunc(m.was[p.before].defines, func(l string) bool { return !before[label(l)] || after[label(l)] })
	})
}

// carried reports whether a part has definitions that the edited text left out.
func (m *merger) carried(p placed) bool { return p.after < 0 && p.before >= 0 }

// bracketed matches what may be the label of a reference link.
var bracketed = regexp.MustCompile(`\[([^\[\]]+)\]`)

func label(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// gap returns what is to stand between two parts: what stood there, or what stands between
// them in the edited text.
func (m *merger) gap(a, b placed, how caution) string {
	was, is := "", m.newline+m.newline
	if a.before >= 0 && b.before == a.before+1 {
		was = m.was[b.before].gap
	}
	if a.after >= 0 && b.after == a.after+1 {
		is = m.is[b.after].gap
	}
	if was != "" && (how&gaps == 0 || a.kept && b.kept || strings.Count(was, "\n") > 1 && strings.Count(is, "\n") > 1) {
		return was
	}
	return is
}

// touch merges a block that was changed part by part, if it is a list or table.
func (m *merger) touch(old, edited string) string {
	was, kind := inner(old)
	is, same := inner(edited)
	if len(was) == 0 || kind != same {
		return edited
	}
	if kind == ast.KindList {
		sign := itemSign.FindStringSubmatch(was[0].text)
		for i := range is {
			is[i].text = resign(is[i].text, sign)
		}
	}
	within := merger{was: was, is: is, newline: m.newline, within: true}
	for _, how := range []caution{0, gaps} {
		if merged := within.merge(how); read(merged) == read(edited) {
			return merged
		}
	}
	return edited
}

// read is a whole text in HTML.
func read(text string) string { return rendered(Parse([]byte(text)), []byte(text)) }

// inner returns the items of a list, or the rows of a table: the row of headings with the
// delimiters below it. Other blocks have no parts.
func inner(text string) ([]part, ast.NodeKind) {
	src := []byte(text)
	root := Parse(src)
	block := root.FirstChild()
	if block == nil || block.NextSibling() != nil || block.Kind() != ast.KindList && block.Kind() != extast.KindTable {
		return nil, ast.KindDocument
	}
	var starts []int
	var shown []string
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		pos := startOf(n)
		if pos < 0 {
			return nil, ast.KindDocument
		}
		starts = append(starts, bytes.LastIndexByte(src[:pos], '\n')+1)
		shown = append(shown, rendered(n, src))
	}
	if starts[0] != 0 || !slices.IsSorted(starts) || len(slices.Compact(slices.Clone(starts))) < len(starts) {
		return nil, ast.KindDocument
	}
	parts, _ := cut(src, starts)
	for i := range parts {
		parts[i].meaning = shown[i]
	}
	return parts, block.Kind()
}

// itemSign matches what an item of a list begins with: indentation, and a sign or a number
// with one.
var itemSign = regexp.MustCompile(`^( {0,3})(?:([-*+])|(\d{1,9})([.)]))`)

// resign gives an item the sign of another list.
func resign(item string, sign []string) string {
	own := itemSign.FindStringSubmatch(item)
	if own == nil || sign == nil || (own[2] == "") != (sign[2] == "") {
		return item
	}
	return own[1] + sign[2] + own[3] + sign[4] + item[len(own[0]):]
}
