package office

import (
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// headingRows finds the rows with the first column's heading: the first, and those
// further down that head another table or the next page, in which most cells are
// headings.
func (t *tableReader) headingRows(s *worksheet) []int {
	var all []int
	for y, line := range s.rows {
		cells, known, names := 0, 0, false
		for x, c := range line {
			if c.empty() {
				continue
			}
			cells++
			col := t.column(c.text).Column
			if to, ok := t.choice.Columns[columnName(x)]; ok && !c.number {
				col = t.byKey(to)
			}
			key := headingKey(c.text)
			if !c.number && (col != nil || slices.Contains(unreadHeadings, key) || isPrivate(key)) {
				known++
				names = names || col == &t.columns[0]
			}
		}
		if names && (len(all) == 0 && y < headRows || known > 1 && 3*known >= 2*cells) {
			all = append(all, y)
		}
	}
	return all
}

// headRange is the first and the last row of headings around a row of them.
func (g *cellGrid) headRange(y int) (top, bottom int) {
	const most = 4
	top, bottom = y, y
	for again := true; again; {
		again = false
		for _, m := range g.merges {
			if m.bottom > m.top && m.top <= bottom && m.bottom >= top && m.bottom-m.top < most && (m.top < top || m.bottom > bottom) {
				top, bottom, again = min(top, m.top), max(bottom, m.bottom), true
			}
		}
		if bottom-top >= most {
			return y, y
		}
	}
	if bottom == y && g.subHeadings(y) {
		bottom++
	}
	if top == y && g.grouped(y-1) {
		top--
	}
	return top, bottom
}

// subHeadings reports whether the row below holds headings of parts of those in row y.
func (g *cellGrid) subHeadings(y int) bool {
	found := false
	for x := range g.width() {
		c := g.at(x, y+1)
		if c.empty() {
			continue
		}
		m := g.merged[[2]int{x, y}]
		under := m != nil && m.right > m.left || g.at(x, y).text == ""
		part, _ := datePartOf(c.text)
		half := isHalf(c.text) || part != wholePart && g.isDates(g.above(x, y))
		if c.number || !under && !half || g.above(x, y) == "" {
			return false
		}
		found = found || half || g.column(c.text).Column != nil || isWeak(headingKey(c.text))
	}
	return found
}

// grouped reports whether row y holds headings over several of those below it, and no
// title over all of them.
func (g *cellGrid) grouped(y int) bool {
	if y < 0 {
		return false
	}
	all := 0
	for x := range g.width() {
		if g.at(x, y+1).text != "" {
			all++
		}
		if g.partOf(x, y+1) {
			return true
		}
	}
	for x := range g.width() {
		if m := g.merged[[2]int{x, y}]; m != nil && m.left == x && m.top == y && m.bottom == y && m.right > m.left {
			below := 0
			for x := m.left; x <= m.right; x++ {
				text := g.at(x, y+1).text
				if slices.Contains(numberHeadings, headingKey(text)) { // a title
					below = 0
					break
				}
				if text != "" {
					below++
				}
			}
			if below > 1 && below < all {
				return true
			}
		}
	}
	return false
}

// above is the heading over a half: that of its own column, or the nearest to the left.
func (g *cellGrid) above(x, y int) string {
	for ; x >= 0; x-- {
		if c := g.over(x, y); c.text != "" {
			return c.text
		}
	}
	return ""
}

// isDates reports whether a heading is that of a column of dates.
func (g *cellGrid) isDates(heading string) bool {
	c := g.column(heading).Column
	return c != nil && c.Type == DateColumn
}

// partOf reports whether the heading at a place names a half, or a part of a date, of what
// the heading above it says.
func (g *cellGrid) partOf(x, y int) bool {
	above := g.above(x, y-1)
	if part, of := datePartOf(g.at(x, y).text); part != wholePart && of == "" && g.isDates(above) {
		return true
	}
	c := g.column(above).Column
	return g.halfAt(x, y) != "" && c != nil && c.Halves != ""
}

// halfAt is the half that the heading at a place names, or "".
func (g *cellGrid) halfAt(x, y int) string {
	if text := g.at(x, y).text; isHalf(text) {
		half, _ := halfOf(text)
		return half
	}
	return ""
}

// halved returns the column that the halves in the lowest row of headings are parts of by
// what is below them, even if no heading says so: as "Nam" and "Nữ" over years of birth
// are, or over marks; nil where most cells hold something else.
func (g *cellGrid) halved(bottom int) *Column {
	dates, marks, others := 0, 0, 0
	for x := range g.width() {
		for y := bottom + 1; y < g.end && g.halfAt(x, bottom) != ""; y++ {
			c := g.at(x, y)
			if c.empty() || noSign.MatchString(small(c.text)) || isTotal(g.cells(y)) {
				continue
			}
			switch _, how := g.date(c); {
			case isMark(c.text):
				marks++
			case how == noDate || how == unknownDate:
				others++
			default:
				dates++
			}
		}
	}
	switch {
	case dates > 0 && dates >= marks+others:
		return g.birthDates()
	case marks > 0 && dates+others == 0:
		i := slices.IndexFunc(g.columns, func(c Column) bool { return c.Halves != "" && c.Halves == c.Key })
		if i >= 0 {
			return &g.columns[i]
		}
	}
	return nil
}

// tableColumn is a column of a table, as it is read.
type tableColumn struct {
	*Column        // nil: left out
	half    string // "Nam"
	label   string // what a mark in it stands for
	part    datePart
	heading int // its place in Sheet.Columns
	rank    int // how usual its heading is
	first   int // left column of the merged heading that it is part of
}

// lookUp finds what the columns of a table are. What only a mark in a cell would make
// sense of is taken where there are marks; a date in several columns is one.
func (g *cellGrid) lookUp(top, bottom int) []recognised {
	all := make([]recognised, g.width())
	lows := make([]string, len(all))
	for x := range all {
		parts, _ := g.headingAt(x, top, bottom)
		if all[x] = g.recognise(parts); all[x].label != "" && !g.marked(x, bottom, slices.Contains(all[x].Values, all[x].label)) {
			all[x] = recognised{why: whyUnknown}
		}
		if len(parts) > 0 {
			lows[x] = parts[len(parts)-1]
		}
	}
	for x := 1; x+1 < len(all); x++ {
		part, of := datePartOf(lows[x])
		if part != monthPart || all[x].part != wholePart || all[x].asked != "" {
			continue
		}
		dates := g.column("ngày " + of).Column
		if of == "" && !slices.ContainsFunc(all, func(c recognised) bool { return c.Column != nil && c.Type == DateColumn && c.Halves != "" }) {
			dates = g.birthDates()
		}
		if dates == nil || dates.Type != DateColumn {
			continue
		}
		for _, near := range []int{x - 1, x, x + 1} {
			if part, also := datePartOf(lows[near]); part != wholePart && also == of {
				all[near] = recognised{Column: dates, part: part}
			}
		}
	}
	return all
}

// birthDates is the column of dates that may be told by halves; nil for none.
func (g *cellGrid) birthDates() *Column {
	i := slices.IndexFunc(g.columns, func(c Column) bool { return c.Type == DateColumn && c.Halves != "" })
	if i < 0 {
		return nil
	}
	return &g.columns[i]
}

// marked reports whether all cells of a column are marks, or years where those say enough,
// or there are none.
func (g *cellGrid) marked(x, bottom int, years bool) bool {
	for y := bottom + 1; y < g.end; y++ {
		switch c := g.at(x, y); {
		case c.empty(), isTotal(g.cells(y)):
		case isMark(c.text), years && justYear.MatchString(strings.TrimSpace(c.text)):
		case y > bottom+1 || !columnNumber.MatchString(strings.TrimSpace(c.text)): // below the headings the columns may be numbered
			return false
		}
	}
	return true
}

// headings reads the columns of a table.
func (g *cellGrid) headings(top, bottom int) []tableColumn {
	width := g.width()
	columns := make([]tableColumn, width)
	byKey := map[string]int{} // key → its column, plus 1
	halved := g.halved(bottom)
	known := g.lookUp(top, bottom)
	for x := range width {
		parts, cell := g.headingAt(x, top, bottom)
		for y := top; y <= bottom; y++ {
			g.account(x, y)
		}
		c := known[x]
		if half := g.halfAt(x, bottom); half != "" && halved != nil && c.Column == nil && c.asked == "" {
			c = recognised{Column: halved, half: half}
		}
		letter := columnName(x)
		for _, asked := range []string{letter, c.asked} {
			if to, ok := g.choice.Columns[asked]; ok {
				g.mapped[asked] = true
				if c.Column = g.byKey(to); c.Column == nil {
					c.why = whyAsked
				}
			}
		}
		h := Heading{Sheet: g.label, Cell: cell, Text: strings.Join(parts, " – ")}
		if g.hiddenCol[x] {
			c.Column, c.why = nil, whyHidden
		}
		columns[x] = tableColumn{Column: c.Column, half: c.half, label: c.label, part: c.part, rank: c.rank, first: x, heading: -1}
		if m := g.merged[[2]int{x, bottom}]; m != nil {
			columns[x].first = m.left
		} else if m := g.merged[[2]int{x, top}]; m != nil && len(parts) == 1 {
			columns[x].first = m.left
		}
		if before := byKey[keyOf(c.Column)] - 1; c.Column != nil && before >= 0 {
			g.twice(columns, before, x, &h, &c)
		}
		if columns[x].Column != nil {
			byKey[columns[x].Key] = x + 1
			h.Key = columns[x].Key
			if g.out.Heads[h.Key] == "" {
				g.out.Heads[h.Key] = reference(g.label, cell)
			}
		}
		h.Why = c.why
		if len(parts) > 0 || g.filled(x, bottom+1) {
			columns[x].heading = len(g.out.Columns)
			g.out.Columns = append(g.out.Columns, h)
		}
	}
	g.joinNames(columns, bottom)
	return columns
}

func keyOf(c *Column) string {
	if c == nil {
		return ""
	}
	return c.Key
}

func (g *cellGrid) filled(x, from int) bool {
	for y := from; y < g.end; y++ {
		if !g.at(x, y).empty() {
			return true
		}
	}
	return false
}

// twice handles a second column with the same key.
func (g *cellGrid) twice(columns []tableColumn, before, x int, h *Heading, c *recognised) {
	one := columns[before]
	switch {
	case one.first == columns[x].first && before != x, one.half != c.half, one.part != c.part, one.label != c.label,
		c.Join != "" && headingKey(h.Text) != headingKey(g.out.Columns[one.heading].Text):
		return // parts of one heading, or texts that can be joined
	case c.rank != one.rank && (c.Column != &g.columns[0] || saysName(h.Text) != saysName(g.out.Columns[one.heading].Text)): // the more usual heading counts
		if c.rank > one.rank {
			columns[x].Column, c.why = nil, whySecond
			return
		}
		columns[before].Column = nil
		g.out.Columns[one.heading].Key, g.out.Columns[one.heading].Why = "", whySecond
	default:
		g.report(ruleColumnTwice, g.posOf(h.Cell), h.Text, g.out.Columns[one.heading].Cell, h.Cell, columnName(x))
	}
}

// saysName reports whether a heading of names says so: "Hội viên" beside "Họ và tên" says
// what those named are.
func saysName(heading string) bool {
	key := "-" + headingKey(heading) + "-"
	return strings.Contains(key, "-ten-") || strings.Contains(key, "-name-")
}

func (g *cellGrid) posOf(cell string) diag.Pos {
	x, y, _ := parseCell(cell)
	return g.pos(x, y)
}

// headingAt returns the parts of a column's heading, from the top, and its cell.
func (g *cellGrid) headingAt(x, top, bottom int) (parts []string, cell string) {
	cell = cellName(x, top)
	for y := top; y <= bottom; y++ {
		text := oneLine(g.over(x, y).text)
		if text == "" && y < bottom && g.partOf(x, y+1) {
			text = oneLine(g.above(x, y))
		}
		if text == "" || slices.Contains(parts, text) {
			continue
		}
		parts = append(parts, text)
		if !g.at(x, y).empty() {
			cell = cellName(x, y)
		}
	}
	return parts, cell
}

// joinNames reads a column without a heading, right of the names and with one word a
// cell, as their second part, and one left of them that holds nothing but honorifics.
func (g *cellGrid) joinNames(columns []tableColumn, bottom int) {
	for x := range columns {
		if columns[x].Column != nil || columns[x].heading < 0 || g.out.Columns[columns[x].heading].Text != "" {
			continue
		}
		for _, near := range []int{x - 1, x + 1} {
			if near >= 0 && near < len(columns) && columns[near].Column == &g.columns[0] && g.belongs(x, near, bottom) {
				columns[x].Column, columns[x].first = &g.columns[0], columns[near].first
				h := &g.out.Columns[columns[x].heading]
				h.Key, h.Why = g.columns[0].Key, diag.Text{}
				rule := ruleNameJoined
				if near > x {
					rule = ruleHonorificJoined
				}
				g.report(rule, g.posOf(h.Cell), columnName(x), g.out.Columns[columns[near].heading].Text)
				break
			}
		}
	}
}

// belongs reports whether what is in a column goes with the names in the next one.
func (g *cellGrid) belongs(x, names, bottom int) bool {
	parts, all := 0, 0
	for y := bottom + 1; y < g.end; y++ {
		name, other := g.at(names, y), g.at(x, y)
		fits := len(strings.Fields(other.text)) == 1
		if names > x {
			fits = viet.ParseName(other.text+" Trần Văn Mẫu").Bare == "Trần Văn Mẫu"
		}
		switch {
		case other.empty():
		case name.empty() || other.number || !fits:
			return false
		default:
			parts++
		}
		if name.text != "" {
			all++
		}
	}
	return parts > 0 && (names > x || 2*parts > all)
}
