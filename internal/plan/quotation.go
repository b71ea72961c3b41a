package plan

import "strings"

const (
	closingQuotes = "\"'”’»"
	openingQuotes = "\"'“‘«(["
)

// Bounds on the search for the ends of quotations: how many may have none, and how many
// lines are looked at for each line of the text.
const (
	maxUnclosed = 16
	maxLooks    = 64
)

// quotations finds the quotations that are blocks of their own: paragraphs between “
// and ”, as amending documents have them. A line begins one if it begins with a
// quotation mark, or has one that it does not close; a line that closes all ends it. A
// phrase in quotation marks, which a line goes on behind, is none.
//
// unclosed is called for a quotation that is never closed; it ends before the line
// that introduces the next.
func quotations(lines []line, p *page, unclosed func(l line)) {
	left, looks := maxUnclosed, maxLooks*len(lines)
	for i := 0; i < len(lines); i++ {
		start, ok := i, opensQuotation(lines, i, p)
		if !ok {
			continue
		}
		end, closed := quotationEnd(lines, i, &looks)
		if looks <= 0 {
			return
		}
		if !closed {
			if left--; left == 0 {
				return
			}
			unclosed(lines[i])
		}
		if !startsQuoted(lines[i].text) {
			if start++; !closed || end <= start || !hasParagraphs(lines[start:end], p) {
				continue // a phrase that was broken at the page's edge
			}
		}
		if end <= start {
			continue
		}
		lines[start].quotes = end - start
		for k := start; k < end; k++ {
			lines[k].quoted = true
		}
		i = end - 1
	}
}

func startsQuoted(text string) bool {
	return strings.HasPrefix(text, "“") || strings.HasPrefix(text, `"`)
}

// opensQuotation reports whether a quotation begins with or within line i.
func opensQuotation(lines []line, i int, p *page) bool {
	text := lines[i].text
	if startsQuoted(text) {
		return i == 0 || p.apart(&lines[i-1], &lines[i])
	}
	return strings.Count(text, "“") > strings.Count(text, "”") && strings.LastIndex(text, "“") > strings.LastIndex(text, "”")
}

// quotationEnd returns the index behind the line that closes the quotation that begins
// with or within line i, and whether one does; i itself, if the line closes it and goes on.
//
// Each line that is looked at counts.
func quotationEnd(lines []line, i int, looks *int) (end int, closed bool) {
	if strings.HasPrefix(lines[i].text, `"`) {
		return straightEnd(lines, i, looks)
	}
	depth, next := 0, 0
	for k := i; k < len(lines) && *looks > 0; k++ {
		*looks--
		text := lines[k].text
		if k > i && depth == 1 && next == 0 && startsQuoted(text) {
			next = k
		}
		depth = max(0, depth+strings.Count(text, "“")-strings.Count(text, "”"))
		if depth > 0 {
			continue
		}
		if endsQuoted(text, "”") {
			return k + 1, true
		}
		return i, true
	}
	if next == 0 {
		return i + 1, false
	}
	// Another begins before this one ends, and nothing ends both: this one has lost its end.
	return lostEnd(lines, i, next), false
}

// lostEnd returns the index of the line that goes on with the numbers before the
// quotation that begins at i, or else of the one that introduces the next quotation.
func lostEnd(lines []line, i, next int) int {
	due := map[Kind]int{}
	for k := i - 1; k >= 0; k-- {
		if l := &lines[k].label; lines[k].labelled && !lines[k].quoted && len(l.nums) == 1 && due[l.kind] == 0 {
			due[l.kind] = l.nums[0] + 1
			if l.kind == Article {
				break
			}
		}
	}
	intro := i + 1
	for k := i + 1; k < next; k++ {
		if l := &lines[k].label; lines[k].labelled && len(l.nums) == 1 {
			if l.nums[0] == due[l.kind] {
				return k
			}
			intro = k
		}
	}
	return intro
}

// straightEnd is quotationEnd for marks that do not say which end they are.
func straightEnd(lines []line, i int, looks *int) (end int, closed bool) {
	open := false
	for k := i; k < len(lines) && *looks > 0; k++ {
		*looks--
		if strings.Count(lines[k].text, `"`)%2 == 1 {
			open = !open
		}
		if open {
			continue
		}
		if endsQuoted(lines[k].text, `"`) {
			return k + 1, true
		}
		return i, true
	}
	return i + 1, false
}

// endsQuoted reports whether nothing but a stop stands behind the last mark.
func endsQuoted(text, mark string) bool {
	return strings.HasSuffix(strings.TrimRight(text, ".;,: "), mark)
}

// hasParagraphs reports whether the lines are paragraphs, not one text that goes on.
func hasParagraphs(lines []line, p *page) bool {
	for i := range lines {
		if lines[i].labelled && startsUpper(lines[i].label.rest) || p.spaced && lines[i].gap && lines[i].upper {
			return true
		}
	}
	return false
}

// readQuoted reads the lines of a quotation into a tree of their own, whose provisions
// have no IDs: their numbers are another document's.
func (p *parser) readQuoted(lines []line) []*Provision {
	q := &parser{run: p.run, doc: &Document{}, page: p.page, inQuotation: true, form: bulleted}
	inner := make([]line, len(lines))
	copy(inner, lines)
	for i := range inner {
		inner[i].quotes, inner[i].quoted = 0, false
	}
	// The mark belongs to the first label.
	first := &inner[0]
	if bare := strings.TrimLeft(first.text, "“\" "); bare != first.text {
		if l, ok := readLabel(bare); ok {
			l.text = first.text[:len(first.text)-len(bare)] + l.text
			first.label, first.labelled = l, true
		}
	}
	q.body(inner)
	return q.doc.Provisions
}
