package page

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/pdf"
)

// table is a table that lines are drawn around. What stands in a cell that was merged of
// several stands in the first of these.
type table struct {
	top, bottom float64
	columns     []float64 // where its lines stand that go down
	rows        [][]string
	doubtful    []string
}

// Bounds on what is drawn on a page: above them it is a picture.
const (
	maxCrossings = 1 << 20
	maxCells     = 20_000
	maxGrids     = 200
	touch        = 2.5 // points: lines that come so near meet
)

// tables finds the tables of a page, from above, and returns them with the pieces that
// stand outside them all.
func tables(lines []pdf.Line, pieces []piece) ([]table, []piece) {
	var found []table
	grids := 0
	for _, group := range meeting(lines) {
		g, ok := gridOf(group)
		if !ok {
			continue
		}
		if grids++; grids > maxGrids {
			break
		}
		t, rest := g.fill(pieces)
		if t.rows == nil {
			continue
		}
		found, pieces = append(found, t), rest
	}
	slices.SortStableFunc(found, func(a, b table) int { return cmp.Compare(b.top, a.top) })
	return found, pieces
}

// meeting parts lines into groups of those that meet one another.
func meeting(lines []pdf.Line) [][]pdf.Line {
	var across, down []int
	for i, l := range lines {
		if l.Across() {
			across = append(across, i)
		} else {
			down = append(down, i)
		}
	}
	if len(across)*len(down) > maxCrossings {
		return nil
	}
	sets := newSets(len(lines))
	for _, a := range across {
		for _, d := range down {
			h, v := lines[a], lines[d]
			if v.Left >= h.Left-touch && v.Left <= h.Right+touch && h.Bottom >= v.Bottom-touch && h.Bottom <= v.Top+touch {
				sets.join(a, d)
			}
		}
	}
	groups := map[int][]pdf.Line{}
	var order []int
	for i, l := range lines {
		root := sets.of(i)
		if groups[root] == nil {
			order = append(order, root)
		}
		groups[root] = append(groups[root], l)
	}
	var all [][]pdf.Line
	for _, root := range order {
		all = append(all, groups[root])
	}
	return all
}

// sets are numbers that belong together.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) of(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// join puts two sets together; the smaller number stands for both.
func (s sets) join(a, b int) {
	a, b = s.of(a), s.of(b)
	s[max(a, b)] = min(a, b)
}

// grid is the cells that lines make.
type grid struct {
	xs, ys []float64 // from the left, and from above
	merged sets      // cells, counted row by row
}

// gridOf returns the cells between lines that meet, if there are two columns and two rows,
// or three columns.
func gridOf(lines []pdf.Line) (grid, bool) {
	var g grid
	for _, l := range lines {
		if l.Across() {
			g.ys = append(g.ys, l.Bottom)
		} else {
			g.xs = append(g.xs, l.Left)
		}
	}
	g.xs, g.ys = apart(g.xs), apart(g.ys)
	slices.Reverse(g.ys)
	columns, rows := len(g.xs)-1, len(g.ys)-1
	if columns < 2 || rows < 1 || columns == 2 && rows < 2 || columns*rows > maxCells || len(lines)*max(columns, rows) > maxCrossings {
		return grid{}, false
	}
	g.merge(lines, columns, rows)
	return g, true
}

// apart sorts numbers, and drops those that are nearly the one before.
func apart(all []float64) []float64 {
	slices.Sort(all)
	var kept []float64
	for _, x := range all {
		if len(kept) == 0 || x-kept[len(kept)-1] > touch {
			kept = append(kept, x)
		}
	}
	return kept
}

// merge joins the cells between which no line is drawn.
func (g *grid) merge(lines []pdf.Line, columns, rows int) {
	right, below := make([]float64, columns*rows), make([]float64, columns*rows) // how much of the cell's side is drawn
	for _, l := range lines {
		if l.Across() {
			r := nearest(g.ys, l.Bottom) - 1 // the row above the line
			for c := range columns {
				if r >= 0 && r < rows {
					below[r*columns+c] += overlap(l.Left, l.Right, g.xs[c], g.xs[c+1])
				}
			}
			continue
		}
		c := nearest(g.xs, l.Left) - 1
		for r := range rows {
			if c >= 0 && c < columns {
				right[r*columns+c] += overlap(l.Bottom, l.Top, g.ys[r+1], g.ys[r])
			}
		}
	}
	g.merged = newSets(columns * rows)
	for r := range rows {
		for c := range columns {
			i := r*columns + c
			if c+1 < columns && right[i] < (g.ys[r]-g.ys[r+1])/2 {
				g.merged.join(i, i+1)
			}
			if r+1 < rows && below[i] < (g.xs[c+1]-g.xs[c])/2 {
				g.merged.join(i, i+columns)
			}
		}
	}
}

// nearest is the index of the place nearest to x.
func nearest(places []float64, x float64) int {
	best := 0
	for i, p := range places {
		if abs(p-x) < abs(places[best]-x) {
			best = i
		}
	}
	return best
}

func abs(x float64) float64 { return max(x, -x) }

func overlap(a, b, from, to float64) float64 { return max(0, min(b, to)-max(a, from)) }

// fill puts the pieces that stand in the grid into a table, and returns the others.
func (g *grid) fill(pieces []piece) (t table, rest []piece) {
	columns, rows := len(g.xs)-1, len(g.ys)-1
	cells := make([][]piece, columns*rows)
	for _, p := range pieces {
		x, y := (p.left+p.right)/2, p.base+p.size/3
		c := sort.Search(len(g.xs), func(i int) bool { return x < g.xs[i] }) - 1
		r := sort.Search(len(g.ys), func(i int) bool { return y > g.ys[i] }) - 1
		if c < 0 || r < 0 || c == columns || r == rows {
			rest = append(rest, p)
			continue
		}
		cell := g.merged.of(r*columns + c)
		cells[cell] = append(cells[cell], p)
	}
	t = table{top: g.ys[0], bottom: g.ys[rows], columns: g.xs}
	filled := 0
	for r := range rows {
		row := make([]string, columns)
		for c := range columns {
			row[c] = t.cell(cells[r*columns+c])
			if row[c] != "" {
				filled++
			}
		}
		if strings.Join(row, "") != "" {
			t.rows = append(t.rows, row)
		}
	}
	if filled < 2 {
		return table{}, pieces
	}
	return t, rest
}

// cell is the words of one.
func (t *table) cell(pieces []piece) string {
	var words []string
	for _, l := range linesOf(pieces) {
		words = append(words, strings.ReplaceAll(l.text(), "\t", " "))
		for w := range strings.FieldsSeq(l.told()) {
			if strings.ContainsRune(w, utf8.RuneError) && len(t.doubtful) < maxTold {
				t.doubtful = append(t.doubtful, w)
			}
		}
	}
	return strings.Join(words, " ")
}

// goesOnAs reports whether the table that the next page begins with is this one.
func (t *table) goesOnAs(next *table) bool {
	if len(t.columns) != len(next.columns) {
		return false
	}
	for i := range t.columns {
		if !near(t.columns[i], next.columns[i], touch) {
			return false
		}
	}
	return true
}

// repeats returns how many of the rows are the head that stands on each page.
func (t *table) repeats(rows [][]string) int {
	n := 0
	for n < len(rows)-1 && n < len(t.rows) && slices.Equal(rows[n], t.rows[n]) {
		n++
	}
	return n
}

// append adds the rows of the next page; the first may be the rest of the last row.
func (t *table) append(rows [][]string) {
	if n := len(t.rows); n > 0 && len(rows) > 0 && isRest(t.rows[n-1], rows[0]) {
		for i, words := range rows[0] {
			if words != "" {
				t.rows[n-1][i] += " " + words
			}
		}
		rows = rows[1:]
	}
	t.rows = append(t.rows, rows...)
}

// isRest reports whether a row is what was left of the one above when the page was full:
// only some of its cells, not the first, go on, and none begins anew.
func isRest(above, row []string) bool {
	fewer := false
	for i, words := range row {
		fewer = fewer || words == "" && above[i] != ""
		if words != "" && (i == 0 || above[i] == "" || !beginsLower(words)) {
			return false
		}
	}
	return fewer
}

// String is the table's rows, each between bars.
func (t *table) String() string {
	var b strings.Builder
	for _, row := range t.rows {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return b.String()
}
