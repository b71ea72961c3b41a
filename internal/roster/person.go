package roster

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lienhiep/internal/catalog"
	"lienhiep/internal/markdown"
	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/viet"
)

// name takes the name of a row apart, and puts what stands beside it where it belongs
// as long as the row says nothing else there. What is not taken is reported.
func (p *planner) name(row office.Row) viet.Name {
	cell := row.Cells[colName]
	full := fullName(row)
	name := viet.ParseName(full)
	if name.Bare == "" {
		return name
	}
	offer := func(key, text string) bool {
		_, given := row.Cells[key]
		if !given && text != "" {
			row.Cells[key] = office.Cell{Text: text, Pos: cell.Pos, Name: cell.Name}
		}
		return !given
	}
	if _, stated := row.Cells["degree"]; name.Bare != full && (stated || name.Degree() == "") { // else told with the degree
		p.report(ruleName, row, colName, full, row.Label(), name.Bare)
	}
	if degree := name.Degree(); degree != "" {
		rule := ruleNameRest
		if offer("degree", degree) {
			rule = ruleNameDegree
		}
		if rule == ruleNameDegree || !names(row.Cells["degree"].Text, name.Honorifics) {
			p.report(rule, row, colName, degree, name.Bare, row.Label())
		}
	}
	born, died := name.Years()
	taken := name.Distinction() == "" && (born != 0 || died != 0)
	for key, year := range map[string]int{"born": born, "died": died} {
		if year != 0 && !offer(key, strconv.Itoa(year)) {
			taken = taken && strings.HasPrefix(row.Cells[key].Text, strconv.Itoa(year))
		}
	}
	if name.Remark != "" && !taken {
		p.report(ruleNameRest, row, colName, name.Remark, name.Bare, row.Label())
	}
	return name
}

// What stands between two names in one cell. Behind a comma, a place or a body may stand
// as well.
var (
	namesJoined = regexp.MustCompile(`\s*[&+]\s*|\s+(?i:và|cùng|với)\s+`)
	namesListed = regexp.MustCompile(`\s*[;,&+/\n]\s*|\s+(?i:và|cùng|với)\s+`)
)

// several reports whether a cell names more than one person.
func several(text string) bool {
	count := func(parts []string, least int) (n int) {
		for _, part := range parts {
			name := viet.ParseName(part)
			words := strings.Fields(name.Bare)
			if len(words) >= least && viet.IsFamilyName(words[0]) && name.Key() != "ho chi minh" && !slices.ContainsFunc(words, func(w string) bool { return !unicode.IsUpper([]rune(w)[0]) }) {
				n++
			}
		}
		return n
	}
	return count(namesJoined.Split(text, -1), 2) > 1 || count(namesListed.Split(text, -1), 3) > 1
}

// names reports whether a degree names each of the honorifics.
func names(degree string, honorifics []string) bool {
	stated := viet.Slug(degree)
	return !slices.ContainsFunc(honorifics, func(h string) bool {
		return !strings.Contains(stated, viet.Slug(h)) && !strings.Contains(stated, viet.Slug(viet.SpelledOut(h)))
	})
}

// oneName is a name on one line. A line below it that is no part of a name, an office
// held, is behind it as a remark.
func oneName(text string) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	small := func(word string) bool { return unicode.IsLower([]rune(word)[0]) }
	if words := strings.Fields(rest); len(strings.Fields(first)) > 1 && !strings.ContainsAny(rest, "()") && slices.ContainsFunc(words, small) {
		return oneLine(first) + " (" + oneLine(rest) + ")"
	}
	return oneLine(text)
}

// fullName joins the columns of a name that is split: "Trần Văn" and "Mẫu".
func fullName(row office.Row) string {
	name := oneName(row.Cells[colName].Text)
	before := oneLine(row.Cells[colFamily].Text + " " + row.Cells[colMiddle].Text)
	if before == "" || strings.HasPrefix(viet.Fold(name), viet.Fold(before)+" ") {
		return name
	}
	return oneLine(before + " " + name)
}

// values are what a row says, as values of front matter by key.
func (p *planner) values(row office.Row, name string) map[string]*matter.Value {
	v := map[string]*matter.Value{"title": matter.String(name), "description": matter.String(catalog.ToFillDescription)}
	for _, key := range []string{"description", "given_name", "degree", "born", "died", "birthplace"} {
		if text := oneLine(row.Cells[key].Text); text != "" {
			v[key] = matter.String(text)
		}
	}
	for _, key := range []string{"other_names", "fields"} {
		if items := itemsOf(row.Cells[key].Text); items != nil {
			v[key] = matter.Strings(items)
		}
	}
	if items := affiliations(row); items != nil {
		v["affiliation"] = matter.Strings(items)
	}
	if items := itemsOf(row.Cells[colDeeds].Text); items != nil {
		v[colDeeds] = matter.Strings(items)
	}
	if sex := sexes[viet.Slug(row.Cells[colSex].Text)]; sex != "" {
		v[colSex] = matter.Bare(sex)
	}
	for key, value := range map[string]*matter.Value{"awards": awardsOf(row.Cells["awards"].Text), "sources": sourceOf(row)} {
		if value != nil {
			v[key] = value
		}
	}
	return v
}

var sexes = map[string]string{"nam": "male", "nu": "female", "ong": "male", "ba": "female", "male": "male", "female": "female"}

// affiliations are the offices held and the bodies where they are: "Giám đốc, Bệnh
// viện Mẫu". As many of both belong together one by one.
func affiliations(row office.Row) []string {
	positions, bodies := itemsOf(row.Cells[colPosition].Text), itemsOf(row.Cells["affiliation"].Text)
	if len(positions) != len(bodies) {
		return append(positions, bodies...)
	}
	for i := range positions {
		if !strings.HasPrefix(viet.Fold(bodies[i]), viet.Fold(positions[i])) {
			bodies[i] = positions[i] + ", " + bodies[i]
		}
	}
	return bodies
}

// textOf is the text that a new entry begins with.
func textOf(values map[string]*matter.Value) string {
	text := "Viết lời bài ở đây.\n"
	if deeds := values[colDeeds]; deeds != nil {
		text += "\n## Thành tích\n\n"
		for _, item := range deeds.Items {
			text += "- " + markdown.Escape(item.Text) + "\n"
		}
	}
	return text
}

// unused reports cells that have become nothing.
func (p *planner) unused(row office.Row, b basis) {
	left := func(key string) {
		if c, ok := row.Cells[key]; ok && c.Text != "" && c.Name != "" {
			p.report(ruleCellLeft, row, key, c.Name, oneLine(c.Text), heading(key))
		}
	}
	if sexes[viet.Slug(row.Cells[colSex].Text)] == "" {
		left(colSex)
	}
	if b == other {
		left(colAgreed)
		left(colPaper)
		left(colScope)
	}
}

// itemsOf parts a cell at semicolons and line breaks.
func itemsOf(text string) []string {
	var items []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if part = strings.TrimLeft(oneLine(part), "-–• "); part != "" {
			items = append(items, part)
		}
	}
	return items
}

var awardYear = regexp.MustCompile(`^(.*?)[ ,]*\(?(?:năm )?([12]\d{3})\)?$`)

// awardsOf reads awards, each with its year behind it: "Giải thưởng A (1996); B năm 2010".
func awardsOf(text string) *matter.Value {
	awards := &matter.Value{Kind: matter.List}
	for _, item := range itemsOf(text) {
		name, year := item, ""
		if m := awardYear.FindStringSubmatch(item); m != nil && m[1] != "" {
			name, year = m[1], m[2]
		}
		award := &matter.Value{Kind: matter.Table}
		award.Set("name", matter.String(name))
		if year != "" {
			award.Set("year", matter.Bare(year))
		}
		awards.Items = append(awards.Items, award)
	}
	if len(awards.Items) == 0 {
		return nil
	}
	return awards
}

func sourceOf(row office.Row) *matter.Value {
	source := &matter.Value{Kind: matter.Table}
	for _, c := range []struct{ column, key string }{{colSource, "title"}, {colSourceURL, "url"}, {colPublisher, "publisher"}} {
		if text := oneLine(row.Cells[c.column].Text); text != "" {
			source.Set(c.key, matter.String(text))
		}
	}
	if len(source.Keys) == 0 {
		return nil
	}
	return &matter.Value{Kind: matter.List, Items: []*matter.Value{source}}
}

// bases are the words for why a person may be published.
var bases = map[string]string{
	"dong-y": "consent", "da-dong-y": "consent", "co": "consent", "co-van-ban-dong-y": "consent", "consent": "consent", "x": "consent",
	"hoat-dong-cong-khai": "public-activity", "cong-khai": "public-activity", "public-activity": "public-activity",
	"da-mat": "deceased", "da-qua-doi": "deceased", "deceased": "deceased",
}

// basis is whether a row says why its person may be published.
type basis int

const (
	none    basis = iota // it does not, or not all that it takes
	agreed               // consent, with its proof
	other                // public activity, or the person is dead
	refused              // the person has said no
	faulty               // it says something else, which was reported
)

// notYet and no are what lists say of people who have not consented.
var (
	notYet = []string{"chua", "chua-co", "chua-dong-y", "chua-xin", "chua-xin-y-kien", "cho", "dang-cho", "dang-xin", "dang-xin-y-kien", "cho-phieu", "cho-dong-y", "cho-y-kien", ""}
	no     = []string{"khong", "khong-dong-y", "tu-choi", "khong-muon", "rut", "da-rut"}
)

// consent is the basis on which the person is published. The living need one, and
// consent needs its proof.
func (p *planner) consent(row office.Row, name string) (*matter.Value, basis) {
	_, dead := row.Cells["died"]
	cell, given := row.Cells[colBasis]
	said := viet.Slug(cell.Text)
	word := bases[said]
	switch {
	case given && slices.Contains(no, said):
		return nil, refused
	case !given && dead, given && dead && slices.Contains(notYet, said):
		word = "deceased"
	case !given, slices.Contains(notYet, said):
		return nil, none
	case word == "":
		words := []string{"đồng ý", "hoạt động công khai", "đã mất"}
		finding := ruleBadBasis.At(cell.Pos, cell.Name, cell.Text).Suggest(viet.Nearest(cell.Text, words))
		p.findings = append(p.findings, finding)
		return nil, faulty
	case word == "deceased" && !dead:
		p.report(ruleBasisDead, row, colBasis, name, row.Label())
		return nil, faulty
	}
	out := &matter.Value{Kind: matter.Table}
	out.Set("basis", matter.Bare(word))
	if word != "consent" {
		return out, other
	}
	var missing []string
	for _, c := range []struct{ column, key string }{{colAgreed, "date"}, {colPaper, "document"}, {colScope, "scope"}} {
		text := oneLine(row.Cells[c.column].Text)
		if text == "" || c.key == "date" && len(text) == len("2006") {
			missing = append(missing, "“"+heading(c.column)+"”")
			continue
		}
		if c.key == "date" {
			out.Set(c.key, matter.Bare(text))
		} else {
			out.Set(c.key, matter.String(text))
		}
	}
	if missing != nil {
		p.report(ruleBasisProof, row, colBasis, name, row.Label(), strings.Join(missing, ", "))
		return nil, none
	}
	return out, agreed
}

// heading is a column's usual name.
func heading(key string) string {
	for _, c := range Columns() {
		if c.Key == key {
			return c.Names[0]
		}
	}
	return key
}
