package office

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// rowReader reads the rows below a table's headings. What a row is, a person's, a
// group's name, a total, the signatures at the end, is told by where its texts stand
// and what they say; a row that is nobody's is named and left out.
type rowReader struct {
	*cellGrid
	columns   []tableColumn
	firstRow  int
	footer    bool // date or signatures have been seen
	counted   int  // rows that have a number, or 0 where the table does not number its rows
	lastRow   int  // the last of them
	group     group
	groups    []group
	beside    bool            // it stands right of another table
	foreign   bool            // a table without names has begun
	pageHead  int             // the row below headings that were repeated
	personRow int             // the row of the last person, or what goes on it
	above     map[int]rawCell // by column: what the person above has
	remarks   []remark
	used      map[int]int // number of a row → people whose text it has become
}

// group is a row that names those below it: "I. Lĩnh vực Y tế".
type group struct {
	row    int // from 0
	text   string
	sign   string // how it is numbered: "I", "A", "1", ""
	column *Column
	value  string // "Y tế"
}

// filledCell is one text of a row; merged cells are one.
type filledCell struct {
	x int
	rawCell
}

// row reads one row.
func (r *rowReader) row(y int) {
	cells := r.cells(y)
	if len(cells) == 0 {
		return
	}
	number, others := r.numbered(cells)
	named := r.hasName(y)
	switch {
	case r.hiddenRow[y]:
		r.remember(y)
		r.leave(y, whyHidden)
	case r.goesOn(y):
		r.person(y)
	case r.repeats(y):
		r.foreign, r.footer, r.pageHead = false, false, y+1
		r.leave(y, whyRepeated)
	case r.foreign, r.isOtherHead(cells):
		r.foreign = true
		r.leave(y, whyOtherTable)
	case nextPage.MatchString(small(cells[0].text)) && len(cells) == 1:
		r.leave(y, whyPage)
	case (y == r.firstRow || y == r.pageHead) && r.numbering(cells):
		r.leave(y, whyNumbering)
	case len(others) == 0 && number != "":
		r.leave(y, whyEmpty)
	case isTotal(cells):
		r.leave(y, whyTotal)
	case r.isGroup(y, number, others):
		r.newGroup(y, number, others)
	case isCount(others):
		r.leave(y, whyTotal)
	case isFooter(others), r.below(y) && number == "" && unnumbered(others):
		r.footer = true
		r.leave(y, whyFooter)
	case r.footer && !(number != "" && named && len(others) > 1):
		r.leave(y, whyFooter)
	case !named && r.isNote(others):
		r.leave(y, whyNote)
	case !named && number == "" && r.counted > 0 && r.follows(y, others):
		above := r.out.Rows[len(r.out.Rows)-1]
		r.report(ruleGoesOn, r.pos(0, y), reference(r.label, strconv.Itoa(y+1)), above.Label())
		r.read(above, y, true)
		r.personRow = y
	default:
		r.footer = false
		r.person(y)
	}
}

// countRows looks which rows are numbered.
func (r *rowReader) countRows(end int) {
	for y := r.firstRow; y < end; y++ {
		number, others := r.numbered(r.cells(y))
		if strings.Trim(number, "0123456789().") == "" && number != "" && len(others) > 0 {
			r.counted++
			r.lastRow = y
		}
	}
}

// below reports whether a row stands below all that have a number, in a table that
// numbers them.
func (r *rowReader) below(y int) bool { return r.counted > 1 && y > r.lastRow }

// unnumbered reports whether the cells of a row are a few words, as names of those who
// sign are: no date, no number.
func unnumbered(cells []filledCell) bool {
	for _, c := range cells {
		if c.number || c.date || strings.ContainsAny(c.text, "0123456789") {
			return false
		}
	}
	return len(cells) <= 2
}

// cells returns what is in a row, those aside that go on from above.
func (g *cellGrid) cells(y int) []filledCell {
	var all []filledCell
	for x, c := range g.rows[y] {
		if !c.empty() {
			all = append(all, filledCell{x, c})
		}
	}
	return all
}

// numbered parts the row's number, in a column of numbers, from the other cells.
func (r *rowReader) numbered(cells []filledCell) (number string, others []filledCell) {
	for _, c := range cells {
		if h := r.columns[c.x]; number == "" && h.Column == nil && h.heading >= 0 && isNumberHeading(r.out.Columns[h.heading].Text) && rowNumber.MatchString(strings.TrimSpace(c.text)) {
			number = strings.TrimSpace(c.text)
			continue
		}
		others = append(others, c)
	}
	return number, others
}

// rowNumber is what stands in a column of numbers: "12", "I.", "a)", or a sign in the
// place of one.
var rowNumber = regexp.MustCompile(`^(?:\(?(?:\d{1,4}|[IVXLC]{1,6}|[A-Za-z])[.)]?|[*+•\-–])$`)

func isNumberHeading(text string) bool {
	key := headingKey(text)
	return key == "" || slices.Contains(numberHeadings, key)
}

func (r *rowReader) nameColumn() *Column { return &r.tableReader.columns[0] }

// hasName reports whether the row has a name of its own.
func (r *rowReader) hasName(y int) bool {
	for x, c := range r.columns {
		if c.Column == r.nameColumn() && r.at(x, y).text != "" {
			return true
		}
	}
	return false
}

// repeats reports whether the row is the headings again, as on the next page.
func (r *rowReader) repeats(y int) bool {
	same := 0
	for x, c := range r.rows[y] {
		if c.empty() {
			continue
		}
		if x >= len(r.columns) || r.columns[x].heading < 0 || headingKey(c.text) == "" {
			return false
		}
		parts := strings.Split(r.out.Columns[r.columns[x].heading].Text, " – ")
		if key := headingKey(c.text); key != headingKey(parts[0]) && key != headingKey(parts[len(parts)-1]) {
			return false
		}
		same++
	}
	return same > 1
}

// nextPage is what the head of a printed page says again.
var nextPage = regexp.MustCompile(`\(?tiếp (?:theo|trang)(?: trang.*)?\)?\.?$|^(?:trang|tờ)(?: số)?:? ?\d+(?: ?/ ?\d+)?$`)

// isOtherHead reports whether the cells are the headings of a table that names no
// people: numbers and bodies, say.
func (r *rowReader) isOtherHead(cells []filledCell) bool {
	known, numbered := 0, false
	for _, c := range cells {
		if label := r.named(headingKey(c.text)); r.columns[c.x].Column == r.nameColumn() && label.Column != nil && label.label == "" {
			return true // a form to be filled in: "Năm sinh:" below "Họ và tên:"
		}
		key := headingKey(c.text)
		number := slices.Contains(numberHeadings, key)
		col := r.column(c.text)
		is := number || slices.Contains(unreadHeadings, key) || isPrivate(key) || col.Column != nil && col.label == "" || otherHeadings.MatchString(small(c.text))
		if c.number || c.date || !is && r.columns[c.x].Column == r.nameColumn() {
			return false
		}
		numbered = numbered || number
		if is {
			known++
		}
	}
	return known > 1 && (numbered || 3*known >= 2*len(cells))
}

// otherHeadings head columns of what no person has.
var otherHeadings = regexp.MustCompile(`^(?:tên |số lượng|nội dung|kinh phí|thành tiền|đơn giá|đơn vị tính|chỉ tiêu|kết quả|thời gian|địa điểm|tổng (?:số|cộng)$)`)

// follows reports whether a row without number and name goes on the person's above it:
// texts alone, each in a column that takes several.
func (r *rowReader) follows(y int, cells []filledCell) bool {
	return y-1 == r.personRow && !slices.ContainsFunc(cells, func(c filledCell) bool {
		col := r.columns[c.x]
		return c.number || c.date || c.error || col.Column == nil || col.Join == "" || col.label != ""
	})
}

var columnNumber = regexp.MustCompile(`^\(?(?:\d{1,2}|[A-Z])\)?(?:\s*=.*)?$`)

// numbering reports whether the row numbers the columns: (1), (2), (3) …
func (r *rowReader) numbering(cells []filledCell) bool {
	last := 0
	for _, c := range cells {
		text := strings.TrimSpace(c.text)
		if !columnNumber.MatchString(text) {
			return false
		}
		if n, err := strconv.Atoi(strings.Trim(text, "()")); err == nil {
			if n < last {
				return false
			}
			last = n
		}
	}
	return len(cells) > 1
}

// totals begin a row that adds up the others. Marks tell "Tổng" from the family name
// "Tống".
var totals = regexp.MustCompile(`^(?:\(|- ?)?(?:tổng|cộng|trong đó|ấn định|(?:danh sách|bảng|biểu)(?: (?:này|trên))?(?: ấn định)?:? (?:có|gồm|ấn định)|số lượng)(?:[\s:,.(]|$)`)

func isTotal(cells []filledCell) bool {
	for _, c := range cells[:min(len(cells), 2)] {
		if totals.MatchString(small(c.text)) {
			return true
		}
	}
	return false
}

// How many people there are: "2", "(02 người)".
var (
	countOnly   = regexp.MustCompile(`^\(?\d{1,3}(?: ?` + counted + `)?\)?\.?$`)
	countBehind = regexp.MustCompile(`(?i)\s*(?:[:,–\-(]\s*)+\d{1,3} ?` + counted + `\s*\)?\.?$`)
)

const counted = `(?:người|đồng chí|đ/c|vị|đại biểu|cá nhân|trí thức|nhà khoa học)`

// isCount reports whether a row says how many there are, and no more: "TC | 2 người".
func isCount(cells []filledCell) bool {
	return slices.ContainsFunc(cells[:min(len(cells), 2)], func(c filledCell) bool {
		return !c.number && strings.Contains(strings.TrimSpace(c.text), " ") && countOnly.MatchString(small(c.text))
	}) && len(cells) <= 2
}

// withoutCounts are the cells of a row but for those that say how many people there are.
func withoutCounts(cells []filledCell) []filledCell {
	return slices.DeleteFunc(slices.Clone(cells), func(c filledCell) bool { return countOnly.MatchString(small(c.text)) })
}

var (
	// placeAndDate is the line above signatures: "Lâm Đồng, ngày 20 tháng 11 năm 2026".
	placeAndDate = regexp.MustCompile(`^(?:[^,]{2,40}, ?)?ngày ?(?:[\d.…\s]* ?tháng ?[\d.…\s]* ?năm|\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{4}$)`)
	// signing are offices and words in whose place somebody signs.
	signing = regexp.MustCompile(`^(?:(?:t|k|q|t/?m|k/?t|t/?l|t/?uq|tuq)\.? ?[./]|tm\b|kt\b|tl\b|tuq\b|\((?:ký|đã ký|chữ ký)|ký (?:tên|và)|(?:đã )?ký\b|(?:người|cán bộ) (?:lập|tổng hợp|ký|kiểm|duyệt|báo cáo|đề nghị|thực hiện|viết|soạn|nhập|làm|cung cấp|liên hệ|phụ trách|theo dõi)|tổng hợp|thực hiện|thư ký|văn thư|lập (?:bảng|biểu)|kế toán|thủ trưởng|xác nhận|nơi nhận|cán bộ|chánh văn phòng|(?:phó )?(?:chủ tịch|giám đốc|hiệu trưởng|viện trưởng|trưởng (?:ban|phòng|khoa))|tổng thư ký|(?:phó )?bí thư|đại diện|phụ trách|phê duyệt|duyệt|thẩm định)(?:$|[\s:,.()])`)
)

// signedAs is what stands in brackets behind the name of somebody who signs.
var signedAs = regexp.MustCompile(`\((?:người |đã )?(?:tổng hợp|lập(?: bảng| biểu)?|ký(?: tên)?|thực hiện|soạn|báo cáo|nhập liệu|kiểm tra|duyệt)\)$`)

// isFooter reports whether a row holds nothing but place, date and who signs.
func isFooter(cells []filledCell) bool {
	for _, c := range cells {
		first, _, _ := strings.Cut(strings.TrimSpace(c.text), "\n")
		if text := small(first); c.number || !placeAndDate.MatchString(text) && !((signing.MatchString(text) || signedAs.MatchString(text)) && len(cells) <= 3) {
			return false
		}
	}
	return len(cells) > 0
}

var (
	// groupNumber is how groups are numbered: "I.", "A -", "1)".
	groupNumber = regexp.MustCompile(`^(?:([IVXLC]{1,6})|([A-Z]|[a-zđ])|(\d{1,2}))\s*[.)/:\-–]+\s*`)
	// groupWords begin the names of groups that are no people.
	groupWords = regexp.MustCompile(`^(?:lĩnh vực|ngành|nhóm|khối|chuyên ngành|các |đơn vị|cơ quan|sở |huyện|thành phố|thị xã|xã |phường|cấp |danh sách|trường |bệnh viện|viện |trung tâm|hội |liên hiệp|công ty|ubnd|ủy ban|uỷ ban|hđnd|văn phòng|phòng |ban (?:chấp hành|thường vụ|giám đốc|tổ chức|tuyên giáo|dân vận|biên tập|quản lý|chỉ đạo)|khoa |đảng ủy|đảng uỷ|mặt trận|tỉnh |chi hội|câu lạc bộ|clb |hợp tác xã|htx |doanh nghiệp|tập đoàn|nhà máy|xí nghiệp|báo |đài |học viện|đại học|cao đẳng|thpt |trạm |liên đoàn|hiệp hội|công đoàn|phần |đợt |năm \d)`)
)

// isGroup reports whether the row names those below it: one text, numbered as groups
// are, or beginning as their names do, or across the whole table.
func (r *rowReader) isGroup(y int, number string, others []filledCell) bool {
	others = withoutCounts(others) // how many are in the group
	if len(others) != 1 || others[0].number || others[0].date {
		return false
	}
	c := others[0]
	text := oneLine(c.text)
	across := false
	if m := r.merged[[2]int{c.x, y}]; m != nil && m.right > m.left && m.left == c.x {
		across = m.right-m.left >= 2 || r.columns[c.x].Column != r.nameColumn()
	}
	ofGroup := number != "" && strings.Trim(number, "().0123456789*+•-–") != "" ||
		number == "" && r.counted > 1 && y < r.lastRow && r.columns[c.x].Column == r.nameColumn() // among rows that have numbers
	inColumn := r.columns[c.x].Column != nil
	switch {
	case totals.MatchString(small(text)), isFooter(others):
		return false
	case groupNumber.MatchString(text) && strings.Trim(groupNumber.FindString(text), "0123456789.) -–") != "", groupWords.MatchString(small(groupNumber.ReplaceAllString(text, ""))):
		return !inColumn || r.columns[c.x].Column == r.nameColumn()
	case ofGroup, across:
		return true
	}
	return false
}

// newGroup begins a group. One of the same kind of number ends that before it.
func (r *rowReader) newGroup(y int, number string, others []filledCell) {
	g := group{row: y, text: number}
	for _, c := range others {
		g.text = strings.TrimSpace(g.text + " " + oneLine(c.text))
	}
	text := countBehind.ReplaceAllString(oneLine(withoutCounts(others)[0].text), "")
	name := text
	if m := groupNumber.FindStringSubmatch(text); m != nil {
		name = text[len(m[0]):]
		number = m[1] + m[2] + m[3]
	}
	switch number = strings.Trim(number, ".)( "); {
	case number == "":
	case strings.Trim(number, "IVXLC") == "":
		g.sign = "I"
	case strings.Trim(number, "0123456789") == "":
		g.sign = "1"
	default:
		g.sign = "A"
	}
	for i := range r.tableReader.columns {
		c := &r.tableReader.columns[i]
		for _, word := range c.Groups {
			if rest, ok := strings.CutPrefix(small(name), strings.ToLower(word)); ok && strings.Trim(rest, " :-–") != "" {
				kept := []rune(name)
				g.column, g.value = c, strings.Trim(string(kept[len(kept)-len([]rune(rest)):]), " :-–")
				if inCapitals(name) || inCapitals(g.value) {
					g.value = usual(g.value, nil)
				}
			}
		}
	}
	for x, c := range r.rows[y] {
		if !c.empty() {
			r.account(x, y)
		}
	}
	if g.column == nil && r.group.column != nil && g.sign != r.group.sign && g.sign != "" {
		r.leave(y, whyGroup) // a smaller group inside
		return
	}
	r.group = g
	if g.column == nil {
		r.leave(y, whyGroup)
		return
	}
	r.groups = append(r.groups, g)
}

// tellGroups says what has become of the groups' names.
func (r *rowReader) tellGroups() {
	for _, g := range r.groups {
		if n := r.used[g.row]; n > 0 {
			r.report(ruleGroupField, r.pos(0, g.row), reference(r.label, strconv.Itoa(g.row+1)), g.text, g.value, g.column.Names[0], n)
			r.leave(g.row, whyGroupRead)
		} else {
			r.leave(g.row, whyGroup)
		}
	}
}

// isNote reports whether a row without a name is none of a person's: its one text
// stands in no column that is read, or is a sentence.
func (r *rowReader) isNote(others []filledCell) bool {
	if len(others) != 1 {
		return false
	}
	c := others[0]
	return r.columns[c.x].Column == nil || len(strings.Fields(c.text)) > 12
}
