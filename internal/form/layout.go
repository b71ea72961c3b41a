package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
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
	next        plan.Role        // of the paragraph behind full
	cells       []plan.Paragraph // or a row of a table
	first       bool             // of the table's rows
	breadths    []int            // of the table's columns, in a unit of its own
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
			b := band{full: &p}
			if i+1 < len(paragraphs) {
				b.next = paragraphs[i+1].Role
			}
			all = append(all, b)
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
	columns, breadths := columnsOf(p.Table), breadthsOf(p.Table)
	for n, row := range p.Table {
		role := cellRole
		if n == 0 && len(p.Table) > 1 {
			role = headCell
		}
		cells := make([]plan.Paragraph, columns)
		for i := range cells {
			cells[i] = plan.Paragraph{Provision: p.Provision, Depth: p.Depth, Role: role, Attached: p.Attached}
			if i < len(row) {
				cells[i].Text = row[i]
			}
		}
		all = append(all, band{cells: cells, first: n == 0, breadths: breadths})
	}
	return all
}

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

// breadthsOf gives a table's columns room by the longest of their cells.
func breadthsOf(t plan.Table) []int {
	const least, most = 7, 45
	breadths := make([]int, columnsOf(t))
	for _, row := range t {
		for i, cell := range row {
			breadths[i] = max(breadths[i], min(utf8.RuneCountInString(cell), most)+2)
		}
	}
	for i := range breadths {
		breadths[i] = max(breadths[i], least)
	}
	return breadths
}

// style is how a paragraph looks, in points.
type style struct {
	Face
	name          string
	center        bool
	left          bool // set ragged, not justified
	indent        float64
	before, after float64
	keep          bool // with the next paragraph
	outline       int
	rule          float64 // a line is drawn below, so much as long as the words; 0 for none
}

// centred is the style of most of what is no provision.
func centred(name string, before, after float64) style {
	return style{name: name, center: true, before: before, after: after}
}

// styles are the places of the roles on the page.
var styles = map[plan.Role]style{
	Nation:               centred("Quốc hiệu", 0, 0),
	plan.Motto:           centred("Tiêu ngữ", 0, 0),
	Superior:             centred("Cơ quan cấp trên", 0, 0),
	plan.Issuer:          centred("Cơ quan ban hành", 0, 0),
	plan.Session:         {name: "Của kỳ họp", center: true, keep: true},
	plan.Number:          centred("Số, ký hiệu", 3, 0),
	plan.Stamp:           centred("Dấu mức độ", 3, 0),
	plan.Reference:       centred("Trích yếu công văn", 6, 0),
	plan.PlaceDate:       centred("Địa danh, ngày", 3, 0),
	plan.KindName:        {name: "Tên loại", center: true, before: 18, keep: true},
	annexName:            {name: "Tên phụ lục", center: true, before: 18, keep: true},
	plan.Whose:           {name: "Của cơ quan", center: true, keep: true},
	plan.Title:           centred("Trích yếu", 0, 6),
	plan.IssuedWith:      centred("Ban hành kèm theo", 0, 6),
	plan.RuleLine:        centred("Dòng kẻ", 0, 6),
	plan.Addressee:       {name: "Kính gửi", left: true, indent: 36, before: 3, after: 3},
	ground:               {name: "Căn cứ", indent: 36, before: 3, after: 3},
	enacting:             {name: "Lời ban hành", center: true, before: 6, after: 6, keep: true},
	heading:              {name: "Đề mục", indent: 36, before: 6, after: 3, keep: true},
	bodyText:             {name: "Lời văn", indent: 36, before: 3, after: 3},
	quotation:            {name: "Lời trích", indent: 54, before: 2, after: 2},
	cellRole:             {name: "Ô của bảng", left: true, before: 1, after: 1},
	headCell:             {name: "Đầu cột của bảng", center: true, before: 1, after: 1},
	plan.Authority:       {name: "Quyền hạn ký", center: true, before: 12, keep: true},
	plan.Position:        {name: "Chức vụ người ký", center: true, keep: true},
	plan.Signed:          centred("Đã ký", 0, 0),
	plan.Name:            centred("Người ký", 60, 0),
	plan.RecipientsLabel: {name: "Nơi nhận", left: true, before: 12, keep: true},
	plan.Recipient:       {name: "Nơi nhận, từng dòng", left: true},
}

// lookOf is the role that a paragraph looks like. last says that no other of its role
// follows in its column.
func lookOf(p plan.Paragraph, last bool) plan.Role {
	switch {
	case p.Role == plan.Motto && !last:
		return Nation
	case p.Role == plan.Issuer && !last:
		return Superior
	case p.Role == plan.KindName && strings.HasPrefix(viet.Fold(p.Text), "phu luc"):
		return annexName
	case p.Role == plan.Preamble && strings.ToUpper(p.Text) == p.Text:
		return enacting
	case p.Role == plan.Preamble && isGround(p.Text):
		return ground
	case p.Role == plan.Preamble:
		return bodyText
	case p.Role != "":
		return p.Role
	case p.Quoted:
		return quotation
	case p.Own && isHeading(p.Provision):
		return heading
	}
	return bodyText
}

// isGround reports whether a paragraph of the preamble is one of the grounds.
func isGround(text string) bool {
	folded := viet.Fold(strings.TrimLeft(text, "-– "))
	return slices.ContainsFunc([]string{"can cu ", "theo de nghi ", "xet "}, func(begin string) bool { return strings.HasPrefix(folded, begin) })
}

// styleOf chooses a paragraph's look. last says that no other of its role follows in its
// column.
func styleOf(p plan.Paragraph, last bool, h House) style {
	role := lookOf(p, last)
	s := styles[role]
	s.Face = FaceOf(role, h)
	if role == heading {
		s.name += " " + string(rune('1'+min(p.Depth, 8)))
		s.outline = p.Depth + 1
		switch p.Provision.Kind {
		case plan.Part, plan.Chapter, plan.Subchapter:
			s.name, s.center, s.indent = s.name+" ở giữa", true, 0
		}
	}
	return s
}

// ruled draws the line that stands below a block, where its own signs draw none: as long
// as the motto, a part of the issuer's name and of the title.
func (s style) ruled(p plan.Paragraph, next plan.Role, h House) style {
	switch {
	case next == plan.RuleLine, next == p.Role:
	case p.Role == plan.Motto:
		s.rule = 1
	case h == OfState && (p.Role == plan.Issuer || p.Role == plan.Title && next != plan.IssuedWith):
		s.rule = 0.4
	}
	return s
}

// styled is a paragraph with its look.
type styled struct {
	plan.Paragraph
	style
}

// lead is the number of an article, which is bold where its words are not.
func (p styled) lead() string {
	if !p.Own || p.Quoted || p.Text == "" || p.Bold || p.Provision.Kind != plan.Article {
		return ""
	}
	return p.Label + " "
}

// styleColumn gives the paragraphs of a column their looks.
func styleColumn(paragraphs []plan.Paragraph, h House) []styled {
	var all []styled
	for i, p := range paragraphs {
		var next plan.Role
		if i+1 < len(paragraphs) {
			next = paragraphs[i+1].Role
		}
		last := !slices.ContainsFunc(paragraphs[i+1:], func(q plan.Paragraph) bool { return q.Role == p.Role })
		s := styleOf(p, last, h).ruled(p, next, h)
		if i > 0 && paragraphs[i-1].Role == plan.Name && s.before < 24 { // another signs
			s.before, s.name = 24, s.name+" tiếp theo"
		}
		all = append(all, styled{p, s})
	}
	return all
}
