package office

import (
	"fmt"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/diag"
)

// workbook is the raw content of an Excel file (ECMA-376 part 1, 18): cells with their
// values, not yet interpreted.
type workbook struct {
	*archive
	sheets   []*worksheet
	shared   [][]run
	formats  []cellFormat // by the number of a cell's style
	from1904 bool         // the day that serial numbers count from
}

// cellFormat is how cells of one style look, as far as it is read.
type cellFormat struct {
	font    string
	date    dateShown
	percent bool
	hidden  bool // nothing is shown
}

// dateShown is how much of a date a number is shown as.
type dateShown int

const (
	notDate dateShown = iota
	yearShown
	monthShown // and year
	dayShownToo
)

// worksheet is one sheet. Rows and columns count from 0.
type worksheet struct {
	name      string
	hidden    bool
	rows      [][]rawCell
	hiddenRow map[int]bool
	hiddenCol map[int]bool
	merges    []area
	beside    []string // texts that stand in no cell: comments, boxes, headers of the printed page
	pictures  int
	unseen    []string // texts of cells whose format shows nothing
	tooLong   int      // the first row, from 1, that is beyond the bounds, or 0
}

// area is a rectangle of cells, its edges included.
type area struct{ left, top, right, bottom int }

// rawCell is a cell. One that is empty has no text and no error.
type rawCell struct {
	text    string
	runs    []run  // its text by fonts, until it has been decoded
	link    string // the address that a click opens
	number  bool   // not typed as text
	date    bool   // shown as a date
	shows   dateShown
	percent bool // shown in per cent
	error   bool
}

func (c rawCell) empty() bool { return c.text == "" && !c.error }

// openWorkbook reads all sheets of an .xlsx file.
func openWorkbook(file string, data []byte) (*workbook, error) {
	a, main, err := openArchive(file, data, excel)
	if err != nil {
		return nil, err
	}
	if err := a.refuseLinked(); err != nil {
		return nil, err
	}
	b := &workbook{archive: a}
	root, err := a.xml(main)
	if err != nil {
		return nil, err
	}
	rels, err := a.relations(main)
	if err != nil {
		return nil, err
	}
	b.from1904 = isTrue(root.child("x:workbookPr").attr("date1904"))
	for _, rel := range rels {
		if rel.kind != "sharedStrings" && rel.kind != "styles" {
			continue
		}
		part, err := a.xml(rel.target)
		if err != nil {
			return nil, err
		}
		if rel.kind == "styles" {
			b.readFormats(part)
			continue
		}
		for _, si := range part.kids {
			b.shared = append(b.shared, richText(si))
		}
	}
	if sheets := root.child("x:sheets"); sheets != nil {
		for _, n := range sheets.kids {
			s := &worksheet{name: n.attr("name"), hiddenRow: map[int]bool{}, hiddenCol: map[int]bool{}}
			s.hidden = n.attr("state") == "hidden" || n.attr("state") == "veryHidden"
			if err := b.read(s, rels[n.attr("r:id")].target); err != nil {
				return nil, err
			}
			b.sheets = append(b.sheets, s)
		}
	}
	return b, nil
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }

// read reads a sheet's part, and the parts that belong to it.
func (b *workbook) read(s *worksheet, part string) error {
	root, err := b.xml(part)
	if err != nil {
		return err
	}
	rels, err := b.relations(part)
	if err != nil {
		return err
	}
	row := -1
	for _, n := range root.kids {
		switch n.name {
		case "x:cols":
			s.hideColumns(n)
		case "x:sheetData":
			for _, r := range n.kids {
				if row = number1(r.attr("r"), row+1); !b.row(s, r, row) {
					s.tooLong = row + 1
					break
				}
			}
		case "x:mergeCells":
			for _, m := range n.kids {
				if a, ok := parseArea(m.attr("ref")); ok {
					s.merges = append(s.merges, a)
				}
			}
		case "x:hyperlinks":
			s.links(n, rels)
		case "x:dataValidations":
			for _, v := range n.kids {
				s.aside(v.attr("promptTitle") + " " + v.attr("prompt"))
			}
		case "x:headerFooter":
			for _, k := range n.kids {
				if text := headerCodes.ReplaceAllString(k.allText(), " "); !pageWords.MatchString(text) {
					s.aside(text)
				}
			}
		}
	}
	return b.beside(s, rels)
}

// headerCodes are what Excel writes between the words of a printed page's header:
// "&C&\"Times New Roman,Bold\"&14".
var headerCodes = regexp.MustCompile(`&(?:"[^"]*"|[0-9]+|K[0-9A-Fa-f]{6}|.)`)

// pageWords are what stands beside a page's number alone.
var pageWords = regexp.MustCompile(`^(?i:\s|page|trang|of|trên|/)*$`)

func (s *worksheet) aside(text string) {
	if text = oneLine(tidy(text)); text != "" {
		s.beside = append(s.beside, text)
	}
}

// hideColumns reads which columns are hidden, or have no width.
func (s *worksheet) hideColumns(cols *node) {
	for _, c := range cols.kids {
		first, last := number1(c.attr("min"), -1), number1(c.attr("max"), -1)
		if first < 0 || !isTrue(c.attr("hidden")) && c.attr("width") != "0" {
			continue
		}
		for x := first; x <= min(last, maxColumns); x++ {
			s.hiddenCol[x] = true
		}
	}
}

// links reads the addresses that cells open.
func (s *worksheet) links(n *node, rels map[string]relation) {
	for _, h := range n.kids {
		a, ok := parseArea(h.attr("ref"))
		if rel := rels[h.attr("r:id")]; ok && rel.external && a.top < len(s.rows) && a.left < len(s.rows[a.top]) {
			s.rows[a.top][a.left].link = rel.target
		}
	}
}

// row reads a row; false if it holds something beyond the bounds.
func (b *workbook) row(s *worksheet, n *node, y int) bool {
	x := -1
	for _, c := range n.kids {
		if c.name != "x:c" {
			continue
		}
		x++
		if at, _, ok := parseCell(c.attr("r")); ok {
			x = at
		}
		cell := b.cell(c)
		if isPicture(c, cell) {
			s.pictures++
			continue
		}
		if i := number1(c.attr("s"), -1) + 1; 0 <= i && i < len(b.formats) && b.formats[i].hidden && !cell.empty() {
			s.unseen = append(s.unseen, cell.shown())
			continue
		}
		if cell.empty() {
			continue
		}
		if y < 0 || y >= MaxRows+headRows || x >= maxColumns {
			return false
		}
		for len(s.rows) <= y {
			s.rows = append(s.rows, nil)
		}
		for len(s.rows[y]) <= x {
			s.rows[y] = append(s.rows[y], rawCell{})
		}
		s.rows[y][x] = cell
	}
	if isTrue(n.attr("hidden")) || n.attr("ht") == "0" {
		s.hiddenRow[y] = true
	}
	return true
}

// cell reads what a cell holds: the value that a formula had when the file was
// saved.
func (b *workbook) cell(n *node) rawCell {
	var f cellFormat
	if i := number1(n.attr("s"), -1) + 1; 0 <= i && i < len(b.formats) {
		f = b.formats[i]
	}
	value := n.child("x:v").allText()
	c := rawCell{}
	switch n.attr("t") {
	case "s":
		if i, err := strconv.Atoi(value); err == nil && 0 <= i && i < len(b.shared) {
			c.runs = append(c.runs, b.shared[i]...)
		}
	case "inlineStr":
		if is := n.child("x:is"); is != nil {
			c.runs = richText(is)
		}
	case "e":
		return rawCell{text: value, error: true}
	case "b":
		c.runs = []run{{text: map[bool]string{true: "TRUE", false: "FALSE"}[isTrue(value)]}}
	case "str", "d":
		c.runs = []run{{text: tidyCell(value)}}
	default:
		if _, err := strconv.ParseFloat(value, 64); err == nil {
			return rawCell{text: plainNumber(value), number: true, date: f.date != notDate, shows: f.date, percent: f.percent}
		}
		c.runs = []run{{text: tidyCell(value)}}
		if formula := n.child("x:f"); formula != nil && value == "" {
			return rawCell{text: "=" + formula.allText(), error: true} // nobody has worked it out
		}
	}
	for i := range c.runs {
		if c.runs[i].font == "" {
			c.runs[i].font = f.font
		}
	}
	c.text = textOf(c.runs)
	if strings.TrimSpace(c.text) == "" {
		return rawCell{}
	}
	return c
}

// richText reads a text that may be in several fonts.
func richText(n *node) []run {
	var runs []run
	for _, k := range n.kids {
		switch k.name {
		case "x:t":
			runs = append(runs, run{text: tidyCell(string(k.text))})
		case "x:r":
			rPr := k.child("x:rPr")
			text := tidyCell(k.child("x:t").allText())
			switch rPr.value("x:vertAlign") {
			case "superscript":
				text = raise(text)
			case "subscript":
				text = lower(text)
			}
			runs = append(runs, run{text: text, font: rPr.value("x:rFont")})
		}
	}
	return runs
}

// value returns the value of a child such as <x:rFont val="Arial"/>.
func (n *node) value(name string) string { return n.child(name).attr("val") }

// readFormats reads the styles of cells.
func (b *workbook) readFormats(root *node) {
	codes := map[string]string{}
	if formats := root.child("x:numFmts"); formats != nil {
		for _, f := range formats.kids {
			codes[f.attr("numFmtId")] = f.attr("formatCode")
		}
	}
	var fonts []string
	if all := root.child("x:fonts"); all != nil {
		for _, f := range all.kids {
			fonts = append(fonts, f.value("x:name"))
		}
	}
	xfs := root.child("x:cellXfs")
	if xfs == nil {
		return
	}
	for _, xf := range xfs.kids {
		f := cellFormat{}
		if i, err := strconv.Atoi(xf.attr("fontId")); err == nil && 0 <= i && i < len(fonts) {
			f.font = fonts[i]
		}
		id := xf.attr("numFmtId")
		if code, own := codes[id]; own {
			bare := notOfDates.ReplaceAllString(code, "")
			f.date, f.percent = datesFormat(code), strings.Contains(bare, "%")
			f.hidden = strings.Trim(code, "; ") == "" && strings.Contains(code, ";;;")
		} else if n, err := strconv.Atoi(id); err == nil {
			switch {
			case n == 17: // mmm-yy, as which Excel takes "5/1965"
				f.date = monthShown
			case 14 <= n && n <= 16, n == 22, 27 <= n && n <= 36, 50 <= n && n <= 58:
				f.date = dayShownToo
			}
			f.percent = n == 9 || n == 10
		}
		b.formats = append(b.formats, f)
	}
}

var notOfDates = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]|_.|\*.`)

// datesFormat tells what a format of one's own shows of a date: it has days or years
// outside of words in quotes.
func datesFormat(format string) dateShown {
	bare := strings.ToLower(notOfDates.ReplaceAllString(format, ""))
	switch {
	case strings.Contains(bare, "general"):
	case strings.Contains(bare, "d"):
		return dayShownToo
	case strings.Contains(bare, "y") && strings.Contains(bare, "m"):
		return monthShown
	case strings.Contains(bare, "y"):
		return yearShown
	}
	return notDate
}

// plainNumber is a whole number as Excel writes it: other programs write 1950 as "1950.0"
// and a telephone number as "9.12345678E8".
func plainNumber(value string) string {
	if v, err := strconv.ParseFloat(value, 64); err == nil && v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return value
}

// shown writes a number as its cell shows it, as far as that matters.
func (c rawCell) shown() string {
	v, err := strconv.ParseFloat(c.text, 64)
	if !c.number || err != nil {
		return c.text
	}
	unit := ""
	if c.percent {
		v, unit = v*100, "%"
	}
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 0, 64) + unit
	}
	return strconv.FormatFloat(v, 'g', 15, 64) + unit // Excel keeps 15 digits
}

// day is the day of a serial number. Excel counts a 29 February 1900 that never was.
func (b *workbook) day(serial string) (time.Time, bool) {
	n, err := strconv.ParseFloat(serial, 64)
	if err != nil || n < 1 || n > 200_000 {
		return time.Time{}, false
	}
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case b.from1904:
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n < 60:
		from = from.AddDate(0, 0, 1)
	case n < 61:
		return time.Time{}, false
	}
	return from.AddDate(0, 0, int(n)), true
}

// tidyCell drops what cannot be seen, and keeps the lines of a cell.
func tidyCell(s string) string {
	s = hexEscape.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 16)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	for i := range lines {
		lines[i] = tidy(lines[i])
	}
	return strings.Join(lines, "\n")
}

// hexEscape is how a character that XML does not allow is written in a cell.
var hexEscape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// number1 reads a number that counts from 1 as one that counts from 0; without one
// it returns otherwise.
func number1(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1<<21 {
		return otherwise
	}
	return n - 1
}

// parseCell reads "C4" as column 2, row 3.
func parseCell(s string) (x, y int, ok bool) {
	i := 0
	for i < len(s) && 'A' <= s[i] && s[i] <= 'Z' && i < 4 {
		x = 26*x + int(s[i]-'A') + 1
		i++
	}
	n, err := strconv.Atoi(s[i:])
	if i == 0 || err != nil || n < 1 {
		return 0, 0, false
	}
	return x - 1, n - 1, true
}

// parseArea reads "C3:D4".
func parseArea(s string) (area, bool) {
	from, to, found := strings.Cut(strings.ReplaceAll(s, "$", ""), ":")
	left, top, ok := parseCell(from)
	if !found {
		to = from
	}
	right, bottom, ok2 := parseCell(to)
	return area{left, top, right, bottom}, ok && ok2 && left <= right && top <= bottom
}

// columnName names a column: "A", "AB".
func columnName(x int) string {
	name := ""
	for x++; x > 0; x = (x - 1) / 26 {
		name = string(rune('A'+(x-1)%26)) + name
	}
	return name
}

func cellName(x, y int) string { return fmt.Sprintf("%s%d", columnName(x), y+1) }

// decode reads text of legacy encodings in all sheets as Unicode.
func (b *workbook) decode() []diag.Finding {
	doc := &Document{file: b.file}
	var places []*rawCell
	for _, s := range b.sheets {
		for _, line := range s.rows {
			for x := range line {
				if beyondASCII(line[x].text) {
					doc.blocks = append(doc.blocks, &para{runs: line[x].runs})
					places = append(places, &line[x])
				}
			}
		}
	}
	if doubtful := doc.decode(); len(doubtful) > 0 {
		return []diag.Finding{ruleLegacyDoubt.At(diag.Pos{File: b.file}, quoteList(doubtful))}
	}
	for i, bl := range doc.blocks {
		places[i].text = textOf(bl.(*para).runs)
	}
	return doc.tally.findings(path.Base(b.file))
}
