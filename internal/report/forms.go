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

// lineStyles and blockStyles are the looks in Word, after annex I of decree 30/2020
// and guideline 36-HD/VPTW.
var (
	lineStyles = map[look]*office.Style{
		upper:     {Name: "Cơ quan cấp trên", Align: office.Center, Size: 13},
		issuer:    {Name: "Cơ quan báo cáo", Align: office.Center, Size: 13, Bold: true},
		motto:     {Name: "Quốc hiệu, tiêu ngữ", Align: office.Center, Size: 13, Bold: true},
		number:    {Name: "Số, ký hiệu", Align: office.Center, Size: 13},
		dated:     {Name: "Địa danh, ngày", Align: office.Center, Size: 13, Italic: true},
		kind:      {Name: "Tên loại", Align: office.Center, Size: 15, Bold: true, Before: 18, KeepNext: true},
		title:     {Name: "Trích yếu", Align: office.Center, Size: 14, Bold: true, KeepNext: true},
		addressee: {Name: "Nơi nhận", Align: office.Left, Size: 12, Bold: true, Italic: true, Before: 12, KeepNext: true},
		recipient: {Name: "Nơi nhận, từng dòng", Align: office.Left, Size: 11},
		authority: {Name: "Quyền hạn ký", Align: office.Center, Size: 14, Bold: true, Before: 12, KeepNext: true},
		signed:    {Name: "Chữ ký", Align: office.Center, Size: 13, Italic: true, KeepNext: true},
		signer:    {Name: "Người ký", Align: office.Center, Size: 14, Bold: true, Before: 60},
	}
	blockStyles = map[blockKind]*office.Style{
		chapter: {Name: "Phần", Align: office.Justify, Size: 14, Bold: true, FirstLine: 36, Before: 12, After: 3, KeepNext: true, Outline: 1},
		task:    {Name: "Nhiệm vụ", Align: office.Justify, Size: 14, Bold: true, FirstLine: 36, Before: 9, After: 3, KeepNext: true, Outline: 2},
		action:  {Name: "Việc", Align: office.Justify, Size: 14, Italic: true, FirstLine: 36, Before: 6, After: 3, KeepNext: true},
		plain:   {Name: "Lời văn", Align: office.Justify, Size: 14, FirstLine: 36, Before: 3, After: 3},
		bullet:  {Name: "Gạch đầu dòng", Align: office.Left, Size: 14, FirstLine: 36, Before: 3, After: 3},
		aside:   {Name: "Ghi chú của dự thảo", Align: office.Justify, Size: 12, Italic: true, FirstLine: 36, Before: 6, After: 6},
	}
	tableHead   = &office.Style{Name: "Đầu bảng", Align: office.Center, Size: 12, Bold: true, Before: 2, After: 2, KeepNext: true}
	tableText   = &office.Style{Name: "Ô chữ", Align: office.Left, Size: 12, Before: 2, After: 2}
	tableNumber = &office.Style{Name: "Ô số", Align: office.Center, Size: 12, Before: 2, After: 2}
)

const dash = "- "

func (r *Report) docx() ([]byte, error) {
	d := &office.Docx{Title: r.name(), Creator: toFillIssuer, Date: r.To.Format(time.DateOnly), Language: "vi-VN", Description: r.aside()}
	cell := func(lines ...line) office.TableCell {
		var c office.TableCell
		for _, l := range lines {
			c = append(c, office.Paragraph{Style: lineStyles[l.look], Text: l.text})
		}
		return c
	}
	h := r.heading()
	d.Body = append(d.Body, office.Table{Columns: []int{42, 58}, Rows: [][]office.TableCell{{cell(h.left...), append(cell(h.right...), cell(h.place)...)}}})
	for _, p := range cell(r.titles()...) {
		d.Body = append(d.Body, p)
	}
	for _, b := range r.body() {
		switch b.kind {
		case table:
			d.Body = append(d.Body, docxTable(b.rows))
		case bullet:
			d.Body = append(d.Body, office.Paragraph{Style: blockStyles[bullet], Text: dash + b.text, Link: b.link})
		default:
			d.Body = append(d.Body, office.Paragraph{Style: blockStyles[b.kind], Text: b.text})
		}
	}
	left, right := r.foot()
	d.Body = append(d.Body, office.Table{Columns: []int{45, 55}, Rows: [][]office.TableCell{{cell(left...), cell(right...)}}})
	return d.Bytes()
}

func docxTable(rows [][]string) office.Table {
	t := office.Table{Columns: []int{10, 48, 12, 14, 16}, Borders: true, Head: true}
	for i, row := range rows {
		var cells []office.TableCell
		for n, text := range row {
			style := tableNumber
			if i == 0 {
				style = tableHead
			} else if n == 1 {
				style = tableText
			}
			cells = append(cells, office.TableCell{{Style: style, Text: text}})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (r *Report) markdown() ([]byte, error) {
	var b strings.Builder
	paragraph := func(before, text, after string) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(before + markdown.Escape(text) + after + "\n")
	}
	lines := func(all []line) {
		for _, l := range all {
			switch l.look {
			case kind:
				paragraph("# ", l.text, "")
			case issuer, motto, title, authority, signer:
				paragraph("**", l.text, "**")
			default:
				paragraph("", l.text, "")
			}
		}
	}
	h := r.heading()
	lines(slices.Concat(h.left, h.right, []line{h.place}, r.titles()))
	last := chapter
	for _, block := range r.body() {
		switch block.kind {
		case chapter:
			paragraph("## ", block.text, "")
		case task:
			paragraph("### ", block.text, "")
		case action, aside:
			paragraph("*", block.text, "*")
		case plain:
			paragraph("", block.text, "")
		case bullet:
			item := dash + markdown.Escape(block.text)
			if block.link != "" {
				item += " <" + block.link + ">"
			}
			if last != bullet {
				b.WriteByte('\n')
			}
			b.WriteString(item + "\n")
		case table:
			b.WriteByte('\n')
			for i, row := range block.rows {
				b.WriteByte('|')
				for _, text := range row {
					b.WriteString(" " + markdown.Escape(text) + " |")
				}
				b.WriteByte('\n')
				if i == 0 {
					b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
				}
			}
		}
		last = block.kind
	}
	left, right := r.foot()
	lines(slices.Concat(left, right))
	return []byte(b.String()), nil
}

//go:embed report.html
var page string

var pageTemplate = template.Must(template.New("report").Parse(page))

// htmlLine and htmlBlock are a line and a block as the template reads them.
type htmlLine struct{ Class, Text string }

type htmlBlock struct {
	Kind, Text, Link string
	Head             []string
	Rows             [][]string
	Items            []htmlBlock // of a list
}

var lookNames = map[look]string{upper: "upper", issuer: "strong", motto: "strong", number: "number", dated: "dated", kind: "kind", title: "title",
	addressee: "addressee", recipient: "recipient", authority: "strong", signed: "dated", signer: "signer"}

var kindNames = map[blockKind]string{chapter: "chapter", task: "task", action: "action", plain: "plain", bullet: "list", aside: "aside", table: "table"}

func (r *Report) html() ([]byte, error) {
	lines := func(all []line) []htmlLine {
		var out []htmlLine
		for _, l := range all {
			out = append(out, htmlLine{lookNames[l.look], l.text})
		}
		return out
	}
	var blocks []htmlBlock
	for _, b := range r.body() {
		one := htmlBlock{Kind: kindNames[b.kind], Text: b.text, Link: b.link}
		switch {
		case b.kind == table:
			one.Head, one.Rows = b.rows[0], b.rows[1:]
		case b.kind == bullet && len(blocks) > 0 && blocks[len(blocks)-1].Kind == one.Kind:
			list := &blocks[len(blocks)-1]
			list.Items = append(list.Items, one)
			continue
		case b.kind == bullet:
			one = htmlBlock{Kind: one.Kind, Items: []htmlBlock{one}}
		}
		blocks = append(blocks, one)
	}
	h := r.heading()
	left, right := r.foot()
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, map[string]any{
		"Name": r.name(), "Left": lines(h.left), "Right": lines(append(h.right, h.place)), "Titles": lines(r.titles()), "Body": blocks,
		"Recipients": lines(left), "Signature": lines(right),
	})
	return b.Bytes(), err
}

var csvColumns = []string{"Mục", "Nội dung", "Tình trạng", "Chủ trì", "Phối hợp", "Thời hạn", "Loại dòng", "Ngày", "Điều đã làm", "Người ghi hoặc loại minh chứng", "Địa chỉ"}

// csv writes a row for each report and each piece of evidence, and one for an item
// that has neither, for Excel (RFC 4180).
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
			for _, e := range i.Evidence {
				row("minh chứng", e.When, e.Title, e.Kind, e.URL)
			}
			if len(i.Notes)+len(i.Evidence) == 0 {
				row("trống", "", "", "", i.URL)
			}
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
