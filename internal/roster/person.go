package roster

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lienhiep/internal/catalog"
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
		p.report(ruleName, row, colName, full, row.Number, name.Bare)
	}
	if degree := name.Degree(); degree != "" {
		rule := ruleNameRest
		if offer("degree", degree) {
			rule = ruleNameDegree
		}
		if rule == ruleNameDegree || !names(row.Cells["degree"].Text, name.Honorifics) {
			p.report(rule, row, colName, degree, name.Bare, row.Number)
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
		p.report(ruleNameRest, row, colName, name.Remark, name.Bare, row.Number)
	}
	return name
}

// names reports whether a degree names each of the honorifics.
func names(degree string, honorifics []string) bool {
	stated := viet.Slug(degree)
	return !slices.ContainsFunc(honorifics, func(h string) bool {
		return !strings.Contains(stated, viet.Slug(h)) && !strings.Contains(stated, viet.Slug(viet.SpelledOut(h)))
	})
}

// fullName joins the columns of a name that is split: "Trần Văn" and "Mẫu".
func fullName(row office.Row) string {
	name := oneLine(row.Cells[colName].Text)
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
	for _, key := range []string{"other_names", "fields", "affiliation"} {
		if items := itemsOf(row.Cells[key].Text); items != nil {
			v[key] = matter.Strings(items)
		}
	}
	for key, value := range map[string]*matter.Value{"awards": awardsOf(row.Cells["awards"].Text), "consent": p.consent(row, name), "sources": sourceOf(row)} {
		if value != nil {
			v[key] = value
		}
	}
	return v
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
	"dong-y": "consent", "da-dong-y": "consent", "co": "consent", "co-van-ban-dong-y": "consent", "consent": "consent",
	"hoat-dong-cong-khai": "public-activity", "cong-khai": "public-activity", "public-activity": "public-activity",
	"da-mat": "deceased", "da-qua-doi": "deceased", "deceased": "deceased",
}

// consent is the basis on which the person is published. The living need
// one, and consent needs its proof.
func (p *planner) consent(row office.Row, name string) *matter.Value {
	_, dead := row.Cells["died"]
	cell, given := row.Cells[colBasis]
	basis := bases[viet.Slug(cell.Text)]
	switch {
	case !given && dead:
		basis = "deceased"
	case !given:
		p.report(ruleNoBasis, row, colName, name, row.Number)
		return nil
	case basis == "":
		words := []string{"đồng ý", "hoạt động công khai", "đã mất"}
		finding := ruleBadBasis.At(cell.Pos, cell.Name, cell.Text).Suggest(viet.Nearest(cell.Text, words))
		p.findings = append(p.findings, finding)
		return nil
	case basis == "deceased" && !dead:
		p.report(ruleBasisDead, row, colBasis, name, row.Number)
		return nil
	}
	out := &matter.Value{Kind: matter.Table}
	out.Set("basis", matter.Bare(basis))
	if basis != "consent" {
		return out
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
		p.report(ruleBasisProof, row, colBasis, name, row.Number, strings.Join(missing, ", "))
	}
	return out
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
