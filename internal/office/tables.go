package office

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/markdown"
)

// A table of Markdown has one row of headings and no merged cells. What Word
// merged is written out: a value that goes for several rows or columns stands in
// each of them, and headings in several rows become one ("Năm 2021 – Nữ").

// grid is a table with every cell written out, all rows of one length.
type grid struct {
	rows    [][]string
	headers int // rows of headings
}

// maxCells bounds a table once it is written out.
const maxCells = 100_000

func (w *writer) table(t *table) {
	if inner, ok := frame(t); ok { // a box drawn around text
		w.endLists()
		w.blocksInside(inner)
		return
	}
	if figures, ok := gallery(t); ok {
		w.endLists()
		for _, f := range figures {
			w.para(f.para, f.caption)
		}
		return
	}
	if text, ok := layout(t); ok {
		w.endLists()
		lost := &tally{left: w.left}
		lost.leave(ruleLayout, plain(firstText(text)))
		w.left = lost.left
		w.blocksInside(text)
		return
	}
	g, pictures := w.grid(t)
	if len(g.rows) > 0 {
		w.endLists()
		w.put(g.markdown(), 0, false)
	}
	for _, p := range pictures {
		w.picture(p, "")
	}
}

// blocksInside writes blocks in the middle of others.
func (w *writer) blocksInside(blocks []block) {
	inner := writer{doc: w.doc, toFill: w.toFill, alts: w.alts, anchors: w.anchors, shift: w.shift, last: w.last, credit: w.credit, dropped: w.dropped, followed: w.followed, left: w.left}
	inner.blocks(structured(blocks))
	w.last, w.dropped, w.followed, w.left = inner.last, inner.dropped, inner.followed, inner.left
	if text := strings.TrimRight(inner.out.String(), "\n"); text != "" {
		w.put(text, 0, false)
	}
}

// figure is a picture of a gallery with its caption, or a text between pictures.
type figure struct {
	para    *para
	caption string
}

// gallery reads a table that sets pictures side by side, their captions in the same cells
// or in the row below. A row that has both pictures and other texts is data.
func gallery(t *table) ([]figure, bool) {
	var all []figure
	at := map[int]int{} // column → its figure in all, as long as it may get a caption
	for _, ro := range t.rows {
		pictures, texts := 0, 0
		x := 0
		next := map[int]int{}
		for _, c := range ro.cells {
			var shown, said []*para
			each(c.blocks, func(p *para) {
				if hasPicture(p.runs) {
					shown = append(shown, p)
				} else if !blank(p.runs) {
					said = append(said, p)
				}
			})
			text := ""
			for _, p := range said {
				text = joinCaption(text, oneLine(plain(p.runs)))
			}
			var above []int // figures that the cell stands below
			for column := x; column < x+c.span; column++ {
				if i, ok := at[column]; ok {
					above = append(above, i)
				}
			}
			switch {
			case len([]rune(text)) > maxCaption:
				return nil, false
			case len(shown) > 0:
				pictures++
				for _, p := range shown {
					all = append(all, figure{para: p})
				}
				all[len(all)-1].caption = text
				if text == "" {
					next[x] = len(all) - 1
				}
			case text != "" && len(above) > 0:
				texts++
				for _, i := range above {
					all[i].caption = text
				}
			case text != "":
				texts++
				for _, p := range said {
					all = append(all, figure{para: p})
				}
			}
			x += c.span
		}
		if pictures > 0 && texts > 0 {
			return nil, false
		}
		at = next
	}
	return all, slices.ContainsFunc(all, func(f figure) bool { return hasPicture(f.para.runs) })
}

// longText is how many characters a cell has at least that is text set in a column.
const longText = 80

// layout reads a table that only sets text in columns, or beside pictures: what is in its
// cells, one after another. Such a table has one row, or a picture and text in each of its
// rows, and no lines drawn around its cells tell it from others: its texts are long, or in
// several paragraphs.
func layout(t *table) (text []block, ok bool) {
	for _, ro := range t.rows {
		pictures, long, width := 0, 0, 0
		for _, c := range ro.cells {
			width += c.span
			words, paragraphs, shown := 0, 0, false
			each(c.blocks, func(p *para) {
				shown = shown || hasPicture(p.runs)
				if n := len([]rune(plain(p.runs))); n > 0 {
					words += n
					paragraphs++
				}
			})
			switch {
			case shown && words <= maxCaption:
				pictures++
			case words >= longText, paragraphs > 1 && words >= longText/2:
				long++
			case words > 0:
				return nil, false
			}
			if c.joined || c.starts {
				return nil, false
			}
			text = append(text, c.blocks...)
		}
		if ro.header || width > 3 || long == 0 || len(t.rows) > 1 && pictures == 0 {
			return nil, false
		}
	}
	return text, len(t.rows) > 0
}

// firstText is the text of the first paragraph that has some.
func firstText(blocks []block) (runs []run) {
	each(blocks, func(p *para) {
		if runs == nil && plain(p.runs) != "" {
			runs = p.runs
		}
	})
	return runs
}

// frame returns what is in a table of a single cell.
func frame(t *table) ([]block, bool) {
	if len(t.rows) != 1 || len(t.rows[0].cells) != 1 {
		return nil, false
	}
	return t.rows[0].cells[0].blocks, true
}

func (w *writer) grid(t *table) (grid, []*picture) {
	var g grid
	var pictures []*picture
	width := 0
	for _, ro := range t.rows {
		n := 0
		for _, c := range ro.cells {
			n += c.span
		}
		width = max(width, n)
	}
	if width == 0 {
		return g, nil
	}
	if width*len(t.rows) > maxCells {
		lost := &tally{left: w.left}
		lost.leave(ruleTableLeft, allPlain([]block{t}))
		w.left = lost.left
		return g, nil
	}
	merged := 0 // rows that a cell of the first one reaches over
	for y, ro := range t.rows {
		line := make([]string, 0, width)
		for _, c := range ro.cells {
			text, shown := w.cell(c.blocks)
			pictures = append(pictures, shown...)
			x := len(line)
			if c.joined && y > 0 && x < len(g.rows[y-1]) {
				text = g.rows[y-1][x]
				if merged == y-1 {
					merged = y
				}
			}
			for i := range c.span {
				if i > 0 && c.span >= width {
					text = "" // a heading across the whole table, said once
				}
				line = append(line, text)
			}
		}
		for len(line) < width {
			line = append(line, "")
		}
		g.rows = append(g.rows, line)
		if ro.header && g.headers == y {
			g.headers = y + 1
		}
	}
	if g.headers == 0 {
		g.headers = min(merged+1, len(g.rows))
	}
	g.dropEmpty()
	return g, pictures
}

// dropEmpty takes empty rows out.
func (g *grid) dropEmpty() {
	var kept [][]string
	headers := 0
	for y, line := range g.rows {
		if strings.Join(line, "") != "" {
			kept = append(kept, line)
			if y < g.headers {
				headers++
			}
		}
	}
	g.rows, g.headers = kept, headers
}

// cell writes what is in a cell on one line.
func (w *writer) cell(blocks []block) (string, []*picture) {
	var parts []string
	var pictures []*picture
	each(blocks, func(p *para) {
		text, shown := w.inline(p)
		pictures = append(pictures, shown...)
		if p.item != nil && p.item.label != "" && text != "" {
			label := p.item.label
			if p.item.bullet {
				label = "–"
			}
			text = markdown.EscapeInline(label) + " " + text
		}
		for line := range strings.SplitSeq(text, "\\\n") {
			if line = typedItem.ReplaceAllString(strings.TrimSpace(line), "– "); line != "" {
				parts = append(parts, line)
			}
		}
	})
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			// Lines of a cell are told apart as in a sentence.
			if last, _ := utf8.DecodeLastRuneInString(parts[i-1]); !strings.ContainsRune(".,;:!?…–-", last) {
				b.WriteByte(';')
			}
			b.WriteByte(' ')
		}
		b.WriteString(part)
	}
	return b.String(), pictures
}

// typedItem is the sign before an item of a list that was typed, as Markdown has it.
var typedItem = regexp.MustCompile(`^\\?[-+*•]\s+`)

func (g *grid) markdown() string {
	head := make([]string, len(g.rows[0]))
	for x := range head {
		var parts []string
		for _, line := range g.rows[:g.headers] {
			part := strings.ReplaceAll(line[x], "**", "") // headings are bold by themselves
			if part != "" && (len(parts) == 0 || parts[len(parts)-1] != part) {
				parts = append(parts, part)
			}
		}
		head[x] = strings.Join(parts, " – ")
	}
	var b strings.Builder
	line := func(cells []string) {
		b.WriteString("|")
		for _, c := range cells {
			b.WriteString(" " + c + " |")
		}
	}
	line(head)
	b.WriteString("\n|" + strings.Repeat(" --- |", len(head)))
	for _, cells := range g.rows[g.headers:] {
		b.WriteByte('\n')
		line(cells)
	}
	return b.String()
}
