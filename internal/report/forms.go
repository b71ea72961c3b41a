package report

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/csv"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/form"
	"lienhiep/internal/markdown"
	"lienhiep/internal/office"
	"lienhiep/internal/plan"
)

// forms write the report, by the ending of the file's name.
var forms = []struct {
	ext   string
	write func(*Report) ([]byte, error)
}{
	{"docx", (*Report).docx}, {"md", (*Report).markdown}, {"html", (*Report).html}, {"csv", (*Report).csv},
}

// Forms are the file name extensions of the formats that a report can be written in.
func Forms() []string {
	var all []string
	for _, f := range forms {
		all = append(all, f.ext)
	}
	return all
}

// Bytes returns the report in one of the [Forms].
func (r *Report) Bytes(ext string) ([]byte, error) {
	i := slices.Index(Forms(), ext)
	if i < 0 {
		return nil, fmt.Errorf("a report has no form %q", ext)
	}
	return forms[i].write(r)
}

// name is what the file says it is.
func (r *Report) name() string {
	return fmt.Sprintf("Báo cáo kết quả thực hiện %s số %s, %s", r.Document.Type, r.Document.Number, r.Period.words())
}

// The looks in Word.
var (
	lineStyles = map[plan.Role]office.Style{
		form.Superior:        {Name: "Cơ quan cấp trên", Align: office.Center},
		plan.Issuer:          {Name: "Cơ quan báo cáo", Align: office.Center},
		form.Nation:          {Name: "Quốc hiệu", Align: office.Center},
		plan.Motto:           {Name: "Tiêu ngữ, tiêu đề", Align: office.Center},
		plan.Number:          {Name: "Số, ký hiệu", Align: office.Center},
		plan.PlaceDate:       {Name: "Địa danh, ngày", Align: office.Center, Before: 6},
		plan.KindName:        {Name: "Tên loại", Align: office.Center, Before: 18, KeepNext: true},
		plan.Title:           {Name: "Trích yếu", Align: office.Center, KeepNext: true},
		plan.RecipientsLabel: {Name: "Nơi nhận", Align: office.Left, Before: 12, KeepNext: true},
		plan.Recipient:       {Name: "Nơi nhận, từng dòng", Align: office.Left},
		plan.Authority:       {Name: "Quyền hạn ký", Align: office.Center, Before: 12, KeepNext: true},
		plan.Signed:          {Name: "Chữ ký", Align: office.Center, KeepNext: true},
		plan.Name:            {Name: "Người ký", Align: office.Center, Before: 60},
	}
	blockStyles = map[blockKind]*office.Style{
		chapter: {Name: "Phần", Align: office.Left, Size: 14, Bold: true, FirstLine: 36, Before: 9, After: 3, KeepNext: true, Outline: 1},
		task:    {Name: "Nhiệm vụ, biểu", Align: office.Left, Size: 14, Bold: true, FirstLine: 36, Before: 6, After: 3, KeepNext: true, Outline: 2},
		annex:   {Name: "Phụ lục", Align: office.Center, Size: 14, Bold: true, After: 6, KeepNext: true, Outline: 1},
		plain:   {Name: "Lời văn", Align: office.Justify, Size: 14, FirstLine: 36, Before: 3, After: 3},
		bullet:  {Name: "Gạch đầu dòng", Align: office.Justify, Size: 14, FirstLine: 36, Before: 3, After: 3},
		aside:   {Name: "Ghi chú của dự thảo", Align: office.Left, Size: 12, Italic: true, FirstLine: 36, Before: 6, After: 6},
	}
	hairline    = &office.Style{Name: "Nét kẻ", Align: office.Center, Size: 1, After: 3}
	tableHead   = &office.Style{Name: "Đầu bảng", Align: office.Center, Size: 12, Bold: true, Before: 2, After: 2, KeepNext: true}
	tableText   = &office.Style{Name: "Ô chữ", Align: office.Left, Size: 12, Before: 2, After: 2}
	tableNumber = &office.Style{Name: "Ô số", Align: office.Center, Size: 12, Before: 2, After: 2}
)

const dash = "- "

func (r *Report) docx() ([]byte, error) {
	d := &office.Docx{Title: r.name(), Creator: cmp.Or(r.Body.Name, toFillIssuer), Date: r.To.Format(time.DateOnly), Language: "vi-VN", Description: r.aside()}
	w := wordWriter{r.house(), form.NewRuler()}
	h := r.heading()
	d.Body = append(d.Body, office.Table{Columns: []int{42, 58}, Rows: [][]office.TableCell{{w.lines(h.left...), append(w.lines(h.right...), w.lines(h.place)...)}}})
	for _, p := range w.lines(r.titles()...) {
		d.Body = append(d.Body, p)
	}
	d.Body = append(d.Body, docxBlocks(r.body())...)
	left, right := r.foot()
	d.Body = append(d.Body, office.Table{Columns: []int{45, 55}, Rows: [][]office.TableCell{{w.lines(left...), w.lines(right...)}}})
	d.Body = append(d.Body, docxBlocks(r.annex())...)
	return d.Bytes()
}

// wordWriter makes the paragraphs of the heading and the foot in Word.
type wordWriter struct {
	form.House
	form.Ruler
}

// lines are paragraphs, each with the line that is drawn below it.
func (w wordWriter) lines(lines ...line) office.TableCell {
	var c office.TableCell
	for _, l := range lines {
		style, face := lineStyles[l.role], form.FaceOf(l.role, w.House)
		style.Size, style.Bold, style.Italic, style.Underline = face.Size, face.Bold, face.Italic, face.Underline
		c = append(c, office.Paragraph{Style: &style, Text: l.text})
		if l.rule > 0 {
			c = append(c, office.Paragraph{Style: hairline, Rule: l.rule * w.Width(l.text, face)})
		}
	}
	return c
}

func docxBlocks(blocks []block) []office.Block {
	var all []office.Block
	for _, b := range blocks {
		switch b.kind {
		case table:
			all = append(all, docxTable(b))
		case bullet:
			all = append(all, office.Paragraph{Style: blockStyles[bullet], Text: dash + b.text})
		default:
			all = append(all, office.Paragraph{Style: blockStyles[b.kind], Text: b.text, NewPage: b.kind == annex})
		}
	}
	return all
}

func docxTable(b block) office.Table {
	t := office.Table{Columns: b.wide, Borders: true, Head: true}
	for i, row := range b.rows {
		var cells []office.TableCell
		for n, c := range row {
			style := tableText
			switch {
			case i == 0:
				style = tableHead
			case isNumber(b, n):
				style = tableNumber
			}
			var cell office.TableCell
			for _, l := range c {
				cell = append(cell, office.Paragraph{Style: style, Text: l.text, Link: l.link})
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// isNumber reports whether a column of a table holds numbers alone.
func isNumber(b block, column int) bool {
	return !slices.ContainsFunc(b.rows[1:], func(row []cell) bool {
		return len(row[column]) != 1 || strings.Trim(row[column][0].text, "0123456789") != ""
	})
}

func (r *Report) markdown() ([]byte, error) {
	w := &markdownWriter{last: chapter}
	h := r.heading()
	w.lines(slices.Concat(h.left, h.right, []line{h.place}, r.titles()))
	w.blocks(r.body())
	left, right := r.foot()
	w.lines(slices.Concat(left, right))
	w.blocks(r.annex())
	return []byte(w.String()), nil
}

type markdownWriter struct {
	strings.Builder
	last blockKind
}

func (w *markdownWriter) paragraph(before, text, after string) {
	if w.Len() > 0 {
		w.WriteByte('\n')
	}
	w.WriteString(before + markdown.Escape(text) + after + "\n")
}

func (w *markdownWriter) lines(all []line) {
	for _, l := range all {
		switch l.role {
		case plan.KindName:
			w.paragraph("# ", l.text, "")
		case plan.Issuer, form.Nation, plan.Motto, plan.Title, plan.Authority, plan.Name:
			w.paragraph("**", l.text, "**")
		default:
			w.paragraph("", l.text, "")
		}
	}
	w.last = plain
}

func (w *markdownWriter) blocks(all []block) {
	for _, b := range all {
		switch b.kind {
		case chapter, annex:
			w.paragraph("## ", b.text, "")
		case task:
			w.paragraph("### ", b.text, "")
		case aside:
			w.paragraph("*", b.text, "*")
		case plain:
			w.paragraph("", b.text, "")
		case bullet:
			if w.last != bullet {
				w.WriteByte('\n')
			}
			w.WriteString(dash + markdown.Escape(b.text) + "\n")
		case table:
			w.WriteByte('\n')
			w.table(b.rows)
		}
		w.last = b.kind
	}
}

func (w *markdownWriter) table(rows [][]cell) {
	for i, row := range rows {
		w.WriteByte('|')
		for _, c := range row {
			for n, l := range c {
				w.WriteString([]string{" ", "<br>"}[min(n, 1)] + markdown.Escape(l.text))
				if l.link != "" {
					w.WriteString(" <" + l.link + ">")
				}
			}
			w.WriteString(" |")
		}
		w.WriteByte('\n')
		if i == 0 {
			w.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
}

//go:embed report.html
var page string

var pageTemplate = template.Must(template.New("report").Parse(page))

// htmlLine and htmlBlock are a line and a block as the template reads them.
type htmlLine struct {
	Class plan.Role
	Style template.CSS
	Text  string
	Rule  bool
}

type htmlBlock struct {
	Kind, Text string
	Head       []htmlCell
	Rows       [][]htmlCell
	Items      []string // of a list
}

// htmlCell is a cell of a table: its lines.
type htmlCell struct {
	Number bool
	Lines  []htmlCellLine
}

type htmlCellLine struct{ Text, Link string }

var kindNames = map[blockKind]string{chapter: "chapter", task: "task", plain: "plain", bullet: "list", aside: "aside", annex: "annex", table: "table"}

func (r *Report) html() ([]byte, error) {
	h := r.heading()
	left, right := r.foot()
	lines := func(all []line) []htmlLine { return htmlLines(all, r.house()) }
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, map[string]any{
		"Name": r.name(), "Left": lines(h.left), "Right": lines(append(h.right, h.place)), "Titles": lines(r.titles()),
		"Body": htmlBlocks(r.body()), "Recipients": lines(left), "Signature": lines(right), "Annex": htmlBlocks(r.annex()),
	})
	return b.Bytes(), err
}

func htmlLines(all []line, h form.House) []htmlLine {
	var out []htmlLine
	for _, l := range all {
		out = append(out, htmlLine{l.role, styleOf(form.FaceOf(l.role, h)), l.text, l.rule > 0})
	}
	return out
}

// styleOf is the letters in CSS.
func styleOf(f form.Face) template.CSS {
	css := fmt.Sprintf("font-size:%gpt", f.Size)
	if f.Bold {
		css += ";font-weight:bold"
	}
	if f.Italic {
		css += ";font-style:italic"
	}
	if f.Underline {
		css += ";text-decoration:underline"
	}
	return template.CSS(css)
}

func htmlBlocks(all []block) []htmlBlock {
	var blocks []htmlBlock
	for _, b := range all {
		one := htmlBlock{Kind: kindNames[b.kind], Text: b.text}
		switch {
		case b.kind == table:
			one.Head = htmlRow(b, b.rows[0])
			for _, row := range b.rows[1:] {
				one.Rows = append(one.Rows, htmlRow(b, row))
			}
		case b.kind == bullet && len(blocks) > 0 && blocks[len(blocks)-1].Kind == one.Kind:
			list := &blocks[len(blocks)-1]
			list.Items = append(list.Items, b.text)
			continue
		case b.kind == bullet:
			one = htmlBlock{Kind: one.Kind, Items: []string{b.text}}
		}
		blocks = append(blocks, one)
	}
	return blocks
}

func htmlRow(b block, row []cell) []htmlCell {
	var cells []htmlCell
	for n, c := range row {
		one := htmlCell{Number: isNumber(b, n)}
		for _, l := range c {
			one.Lines = append(one.Lines, htmlCellLine{l.text, l.link})
		}
		cells = append(cells, one)
	}
	return cells
}

var csvColumns = []string{"Mục", "Nội dung", "Tình trạng", "Chủ trì", "Phối hợp", "Thời hạn", "Loại dòng", "Ngày", "Điều đã làm", "Người ghi hoặc loại trang", "Địa chỉ"}

// csv writes a row for each report and each deed, and one for an item that has neither,
// for Excel (RFC 4180).
func (r *Report) csv() ([]byte, error) {
	b := bytes.NewBufferString(form.ByteOrderMark)
	w := csv.NewWriter(b)
	w.UseCRLF = true
	w.Write(csvColumns) // a Buffer takes everything
	for _, u := range r.Units {
		for _, i := range u.All() {
			row := func(cells ...string) {
				all := append([]string{i.Short, i.Text, i.Status.Words(), strings.Join(i.Lead, "; "), strings.Join(i.With, "; "), i.due()}, cells...)
				for n := range all {
					all[n] = form.Inert(all[n])
				}
				w.Write(all)
			}
			for _, n := range i.Notes {
				var sources []string
				for _, s := range n.Sources {
					sources = append(sources, cmp.Or(s.URL, s.Title+", "+s.Number))
				}
				row("báo cáo", dayWords(n.Date.Time), n.Text, n.Author, strings.Join(sources, " "))
			}
			for _, d := range i.Own {
				row("việc đã làm", d.When, d.Title, d.Kind, d.URL)
			}
			if len(i.Notes)+len(i.Own) == 0 {
				row("trống", "", "", "", i.URL)
			}
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
