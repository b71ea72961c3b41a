package form

import (
	"slices"
	"strings"

	"lienhiep/internal/plan"
)

// The look of an official document (decree 30/2020/NĐ-CP, annex I; guideline
// 36-HD/VPTW): the issuer and the number on the left of the motto and the date,
// kind and title in the middle, the recipients on the left of the signature.

// band is what stands side by side across the page: two columns, or one paragraph
// as wide as the text. Bands read one after another, and in a band the left column
// before the right, are the paragraphs in their order.
type band struct {
	left, right []plan.Paragraph
	full        *plan.Paragraph
	cells       []plan.Paragraph // or a row of a table
}

// attached is the ID of the attachment that the band is in, or "".
func (b band) attached() string {
	if b.full != nil {
		return b.full.Attached
	}
	for _, p := range slices.Concat(b.left, b.right, b.cells) {
		return p.Attached
	}
	return ""
}

// column is where a block stands.
type column int

const (
	across column = iota
	leftColumn
	rightColumn
)

func columnOf(r plan.Role) column {
	switch r {
	case plan.Issuer, plan.Number, plan.Stamp, plan.Reference, plan.RecipientsLabel, plan.Recipient:
		return leftColumn
	case plan.Motto, plan.PlaceDate, plan.Authority, plan.Position, plan.Signed, plan.Name:
		return rightColumn
	}
	return across
}

// bands lays the paragraphs out.
func bands(paragraphs []plan.Paragraph) []band {
	var all []band
	last := across
	for i, p := range paragraphs {
		if p.Table != nil {
			all = append(all, rows(p)...)
			last = across
			continue
		}
		at := columnOf(p.Role)
		if p.Role == plan.RuleLine && last != across {
			at = ruleColumn(paragraphs, i, last)
		}
		if at == across {
			all = append(all, band{full: &p})
			last = at
			continue
		}
		if last == across || at < last {
			all = append(all, band{})
		}
		b := &all[len(all)-1]
		if at == leftColumn {
			b.left = append(b.left, p)
		} else {
			b.right = append(b.right, p)
		}
		last = at
	}
	return all
}

// rows are the bands of a table, a row each, all with as many cells.
func rows(p plan.Paragraph) []band {
	var all []band
	columns := columnsOf(p.Table)
	for _, row := range p.Table {
		cells := make([]plan.Paragraph, columns)
		for i := range cells {
			cells[i] = plan.Paragraph{Provision: p.Provision, Depth: p.Depth, Role: cellRole, Attached: p.Attached}
			if i < len(row) {
				cells[i].Text = row[i]
			}
		}
		all = append(all, band{cells: cells})
	}
	return all
}

// cellRole is that of a table's cell.
const cellRole plan.Role = "cell"

// ruleColumn is where a rule stands: under what stands above it, and of two in a
// row one in each column.
func ruleColumn(paragraphs []plan.Paragraph, i int, last column) column {
	isRule := func(i int) bool { return i < len(paragraphs) && paragraphs[i].Role == plan.RuleLine }
	switch {
	case isRule(i - 1):
		return rightColumn
	case isRule(i + 1):
		return leftColumn
	}
	return last
}

// style is how a paragraph looks, in points.
type style struct {
	name          string
	size          float64
	bold, italic  bool
	center        bool
	left          bool // set ragged, not justified
	indent        float64
	before, after float64
	keep          bool // with the next paragraph
	outline       int
}

// styleOf chooses a paragraph's look. last says that no other of its role follows.
func styleOf(p plan.Paragraph, last bool) style {
	block := func(name string, size float64) style { return style{name: name, size: size, center: true} }
	switch p.Role {
	case plan.Motto:
		s := block("Quốc hiệu, tiêu ngữ", 12)
		s.bold = true
		return s
	case plan.Issuer:
		if last {
			s := block("Cơ quan ban hành", 12)
			s.bold = true
			return s
		}
		return block("Cơ quan cấp trên", 12)
	case cellRole:
		return style{name: "Ô của bảng", size: 12, left: true, before: 1, after: 1}
	case plan.Session, plan.Whose:
		s := block("Của cơ quan", 14)
		s.bold, s.keep = true, true
		return s
	case plan.IssuedWith:
		s := block("Ban hành kèm theo", 14)
		s.italic, s.after = true, 6
		return s
	case plan.Addressee:
		return style{name: "Kính gửi", size: 14, left: true, indent: 36, before: 3, after: 3}
	case plan.Number, plan.Stamp, plan.Reference:
		return block("Số, ký hiệu", 13)
	case plan.RuleLine:
		s := block("Dòng kẻ", 13)
		s.after = 6
		return s
	case plan.PlaceDate:
		s := block("Địa danh, ngày", 13)
		s.italic = true
		return s
	case plan.KindName:
		s := block("Tên loại", 15)
		s.bold, s.before, s.keep = true, 18, true
		return s
	case plan.Title:
		s := block("Trích yếu", 14)
		s.bold, s.after = true, 6
		return s
	case plan.RecipientsLabel:
		return style{name: "Nơi nhận", size: 12, bold: true, italic: true, left: true, before: 12, keep: true}
	case plan.Recipient:
		return style{name: "Nơi nhận, từng dòng", size: 11, left: true}
	case plan.Authority, plan.Position:
		s := block("Thể thức ký", 14)
		s.bold, s.keep = true, true
		if p.Role == plan.Authority {
			s.name, s.before = "Quyền hạn ký", 12
		}
		return s
	case plan.Signed:
		s := block("Đã ký", 13)
		s.italic = true
		return s
	case plan.Name:
		s := block("Người ký", 14)
		s.bold, s.before = true, 60
		return s
	}
	if p.Role == plan.Preamble && strings.ToUpper(p.Text) == p.Text { // QUYẾT ĐỊNH:
		s := block("Lời ban hành", 14)
		s.bold, s.before, s.after, s.keep = true, 6, 6, true
		return s
	}
	if p.Quoted {
		return style{name: "Lời trích", size: 14, indent: 54, before: 2, after: 2}
	}
	if p.Own && isHeading(p.Provision) {
		s := style{name: "Đề mục " + string(rune('1'+min(p.Depth, 8))), size: 14, bold: true, indent: 36, before: 6, after: 3, keep: true, outline: p.Depth + 1}
		switch p.Provision.Kind {
		case plan.Part, plan.Chapter, plan.Subchapter:
			s.name, s.center, s.indent = s.name+" ở giữa", true, 0
		}
		return s
	}
	return style{name: "Lời văn", size: 14, indent: 36, before: 3, after: 3}
}

// styled is a paragraph with its look.
type styled struct {
	plan.Paragraph
	style
}

// styleColumn gives the paragraphs of a column their looks.
func styleColumn(paragraphs []plan.Paragraph) []styled {
	var all []styled
	for i, p := range paragraphs {
		last := true
		for _, q := range paragraphs[i+1:] {
			last = last && q.Role != p.Role
		}
		all = append(all, styled{p, styleOf(p, last)})
	}
	return all
}
