package office

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// privateWords are those in the headings of columns that must not leave the office.
var privateWords = []string{"dien-thoai", "sdt", "so-dt", "dtdd", "dt", "di-dong", "phone", "mobile", "tel", "lien-he", "lien-lac",
	"cccd", "cmnd", "cmt", "can-cuoc", "dinh-danh", "chung-minh", "ho-chieu", "ngay-cap", "noi-cap", "ma-so-thue", "mst", "tai-khoan", "ngan-hang", "bhxh", "bhyt",
	"email", "e-mail", "mail", "thu-dien-tu", "zalo", "facebook", "dia-chi", "noi-o", "cho-o", "cu-tru", "thuong-tru", "tam-tru", "ho-khau",
	"dan-toc", "ton-giao", "dang-vien", "vao-dang", "ly-luan-chinh-tri", "llct", "suc-khoe", "hon-nhan", "luong", "chu-ky", "ky-ten", "ky-nhan"}

// numberHeadings are those of the rows' numbers.
var numberHeadings = []string{"stt", "s-t-t", "so-thu-tu", "thu-tu", "tt", "so-tt", "so-t-t", "no"}

// unreadHeadings are columns of any roster that become nothing.
var unreadHeadings = append([]string{"ghi-chu", "gc", "luu-y"}, numberHeadings...)

func isPrivate(key string) bool {
	return slices.ContainsFunc(privateWords, func(w string) bool { return strings.Contains("-"+key+"-", "-"+w+"-") })
}

// recognised is a heading that was looked up.
type recognised struct {
	*Column
	half  string // "Nam", where it is of one half
	label string // what a mark below it stands for: "TTƯT"
	part  datePart
	rank  int
	asked string
	why   diag.Text
}

// datePart is what a column holds of a date that is written in several.
type datePart int

const (
	wholePart datePart = iota
	dayPart
	monthPart
	yearPart
)

// dateParts are the headings of such columns, in small letters.
var dateParts = map[string]datePart{"ngày": dayPart, "tháng": monthPart, "năm": yearPart}

// datePartOf returns the part that a heading names, and what it is of: "Tháng sinh". Marks
// tell "Năm" from "Nam".
func datePartOf(heading string) (part datePart, of string) {
	first, of, _ := strings.Cut(small(inBrackets.ReplaceAllString(heading, " ")), " ")
	return dateParts[first], of
}

// halves are the words for the halves of a column: "Năm sinh" over "Nam | Nữ".
var halves = map[string]string{"nam": "Nam", "nữ": "Nữ", "nu": "Nữ"}

// halfOf returns the half that a heading is of, and the rest of it: "Năm sinh (Nam)".
func halfOf(heading string) (half, rest string) {
	words := strings.FieldsFunc(heading, func(r rune) bool { return strings.ContainsRune(" \t\n()[]-–—:/,", r) })
	for _, i := range []int{len(words) - 1, 0} {
		if 0 <= i && i < len(words) && halves[small(words[i])] != "" {
			return halves[small(words[i])], strings.Join(slices.Delete(slices.Clone(words), i, i+1), " ")
		}
	}
	return "", heading
}

// isHalf reports whether a heading is nothing but the name of a half.
func isHalf(heading string) bool {
	half, rest := halfOf(heading)
	return half != "" && rest == ""
}

// bothHalves is how a heading names them both: "Năm sinh (Nam/Nữ)".
var bothHalves = regexp.MustCompile(`(?i)\(?\b(?:nam\s*(?:[/,&\-–]|và|hoặc|hay)\s*nữ|nữ\s*(?:[/,&\-–]|và|hoặc|hay)\s*nam)\)?`)

// headingKey is a heading without what varies: case, marks, spaces, remarks in
// brackets.
func headingKey(s string) string { return viet.Slug(inBrackets.ReplaceAllString(s, " ")) }

var inBrackets = regexp.MustCompile(`\([^)]*\)|[*:]`)

// qualifiers are the words behind a heading that change nothing of what it heads.
var qualifiers = []string{"hien-nay", "hien-tai", "neu-co", "cao-nhat", "day-du", "cua-ca-nhan", "ca-nhan", "chinh", "theo-giay-khai-sinh", "1", "2", "3"}

// maxHeadingBytes bounds what may be a heading: longer cells are text.
const maxHeadingBytes = 300

// column finds the column that a heading names: by one of its names, by one with words
// behind it, as that of one half, or by several names side by side.
func (t *tableReader) column(heading string) recognised {
	if len(heading) > maxHeadingBytes {
		return recognised{}
	}
	heading = norm.NFC.String(heading)
	key := headingKey(heading)
	if key == "" {
		return recognised{}
	}
	for text, to := range t.choice.Columns {
		if headingKey(text) == key && (text == heading || !strings.ContainsAny(text, "()")) {
			return recognised{Column: t.byKey(to), asked: text}
		}
	}
	if half, rest := halfOf(heading); half != "" && rest != "" {
		if c := t.named(headingKey(rest)); c.Column != nil && c.Halves != "" && c.Halves != c.Key {
			c.half = half
			return c
		}
	}
	if c := t.named(key); c.Column != nil {
		return c
	}
	return t.compound(heading)
}

// named finds the column that has the key of one of its names, or of a value of its own,
// or of a name with words behind it that change nothing: "Danh hiệu TTND, TTƯT".
func (t *tableReader) named(key string) recognised {
	var of []*Column // the columns whose values stand behind the name
	for key != "" {
		if c := t.called(key); c.Column != nil {
			if slices.ContainsFunc(of, func(v *Column) bool { return v != c.Column }) {
				return recognised{}
			}
			return c
		}
		rest := key
		for _, q := range qualifiers {
			rest = strings.TrimSuffix(rest, "-"+q)
		}
		for _, v := range t.values {
			if rest == key && strings.HasSuffix(key, v.suffix) {
				rest = strings.TrimSuffix(key, v.suffix)
				of = append(of, v.of)
			}
		}
		if rest == key {
			break
		}
		key = rest
	}
	return recognised{}
}

// called finds the column that has exactly the key of one of its names or values.
func (t *tableReader) called(key string) recognised { return t.names[key] }

// index notes which column each name and each value is of. Names come before values, and
// what comes first counts.
func (t *tableReader) index() {
	t.names = map[string]recognised{}
	add := func(name string, r recognised) {
		if key := viet.Slug(name); t.names[key].Column == nil {
			t.names[key] = r
		}
	}
	for i := range t.columns {
		for rank, name := range t.columns[i].Names {
			add(name, recognised{Column: &t.columns[i], rank: rank})
		}
	}
	for i := range t.columns {
		c := &t.columns[i]
		for n, value := range c.Values {
			add(value, recognised{Column: c, rank: len(c.Names) + n, label: value})
			t.values = append(t.values, valueKey{"-" + viet.Slug(value), c})
		}
	}
}

// valueKey is a value's key, as it stands behind a name.
type valueKey struct {
	suffix string
	of     *Column
}

// besidesEachOther part the names of a heading that has several: "Chức vụ/Đơn vị".
var besidesEachOther = regexp.MustCompile(`\s*[/,;&+|\n\-–—]\s*|\s+(?i:và|hoặc)\s+`)

// rankOfSeveral is that of a heading of several columns: less usual than any of one.
const rankOfSeveral = 1000

// compound finds the one column that may hold what several names in a heading say.
func (t *tableReader) compound(heading string) recognised {
	heading = inBrackets.ReplaceAllString(bothHalves.ReplaceAllString(heading, " "), " ")
	var keys []string
	for _, part := range besidesEachOther.Split(heading, -1) {
		key := headingKey(part)
		if key == "" {
			continue
		}
		c := t.named(key)
		if c.Column == nil {
			return recognised{}
		}
		if !slices.Contains(keys, c.Key) {
			keys = append(keys, c.Key)
		}
	}
	for i := range t.columns {
		c := &t.columns[i]
		if slices.Contains(keys, c.Key) && !slices.ContainsFunc(keys, func(k string) bool { return k != c.Key && !slices.Contains(c.Holds, k) }) {
			return recognised{Column: c, rank: rankOfSeveral}
		}
	}
	return recognised{}
}

func (t *tableReader) byKey(key string) *Column {
	for i := range t.columns {
		if t.columns[i].Key == key {
			return &t.columns[i]
		}
	}
	return nil
}

// weak are headings that say little without the one above them.
var weak = []string{"Tên", "Họ", "Mã", "Năm", "Tháng", "Ngày", "Số", "Địa chỉ", "Văn bản", "Phạm vi"}

func isWeak(key string) bool {
	return slices.ContainsFunc(weak, func(w string) bool { return viet.Slug(w) == key })
}

// recognise finds what a column is by its heading, of one row or several: together,
// by the lowest, or as a part of the one above.
func (t *tableReader) recognise(parts []string) recognised {
	if len(parts) == 0 {
		return recognised{why: whyNameless}
	}
	low := parts[len(parts)-1]
	if len(parts) > 1 {
		for i, one := range []string{low, parts[0]} {
			others := [][]string{parts[:len(parts)-1], parts[1:]}[i]
			if c := t.recognise(others); isHalf(one) && c.Column != nil && (i > 0 || c.Halves != "") {
				c.half, _ = halfOf(one)
				return c
			}
		}
		up := parts[len(parts)-2]
		for _, heading := range []string{strings.Join(parts, " – "), low + " " + up, up + " " + low} {
			if c := t.asked(heading); c.Column != nil || c.asked != "" {
				return c
			}
		}
		if isPrivate(headingKey(low)) {
			return recognised{why: whyPrivate}
		}
		if upper := t.column(up); upper.Column != nil && upper.asked == "" {
			if part, _ := datePartOf(low); part != wholePart && upper.Type == DateColumn {
				upper.part = part
				return upper
			}
			c := t.column(low)
			switch weak := isWeak(headingKey(low)); {
			case c.Column != nil && !weak:
				return c
			case headingKey(low) == "ten": // the name of what the heading above says
				return upper
			case !weak:
				upper.label = low
				return upper
			}
			return recognised{why: whyUnknown}
		}
	}
	if c := t.column(low); c.Column != nil || c.asked != "" {
		if c.Column == nil {
			c.why = whyAsked
		}
		return c
	}
	switch key := headingKey(strings.Join(parts, " ")); {
	case isPrivate(key):
		return recognised{why: whyPrivate}
	case key == "", slices.Contains(unreadHeadings, key), slices.Contains(unreadHeadings, headingKey(low)):
		return recognised{why: whyUnread}
	}
	return recognised{why: whyUnknown}
}

// asked finds the column of a heading by a choice or by its very name.
func (t *tableReader) asked(heading string) recognised {
	if c := t.column(heading); c.asked != "" {
		if c.Column == nil {
			c.why = whyAsked
		}
		return c
	}
	return t.called(headingKey(heading))
}
