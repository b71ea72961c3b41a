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
	if name.Bare != full {
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

// values writes what a row says as front matter: YAML by key.
func (p *planner) values(row office.Row, name string) map[string]string {
	v := map[string]string{"title": matter.Quote(name)}
	for _, key := range []string{"description", "given_name", "degree", "born", "died", "birthplace"} {
		if text := oneLine(row.Cells[key].Text); text != "" {
			v[key] = matter.Quote(text)
		}
	}
	if v["description"] == "" {
		v["description"] = matter.Quote(catalog.ToFillDescription)
	}
	for _, key := range []string{"other_names", "fields", "affiliation"} {
		var quoted []string
		for _, item := range itemsOf(row.Cells[key].Text) {
			quoted = append(quoted, matter.Quote(item))
		}
		if quoted != nil {
			v[key] = "[" + strings.Join(quoted, ", ") + "]"
		}
	}
	if awards := awardsOf(row.Cells["awards"].Text); awards != "" {
		v["awards"] = awards
	}
	if consent := p.consent(row, name); consent != "" {
		v["consent"] = consent
	}
	if source := sourceOf(row); source != "" {
		v["sources"] = source
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
func awardsOf(text string) string {
	var b strings.Builder
	for _, item := range itemsOf(text) {
		name, year := item, ""
		if m := awardYear.FindStringSubmatch(item); m != nil && m[1] != "" {
			name, year = m[1], m[2]
		}
		b.WriteString("\n  - name: " + matter.Quote(name))
		if year != "" {
			b.WriteString("\n    year: " + year)
		}
	}
	return b.String()
}

func sourceOf(row office.Row) string {
	var b strings.Builder
	start := "\n  - "
	for _, c := range []struct{ column, key string }{{colSource, "title"}, {colSourceURL, "url"}, {colPublisher, "publisher"}} {
		if text := oneLine(row.Cells[c.column].Text); text != "" {
			b.WriteString(start + c.key + ": " + matter.Quote(text))
			start = "\n    "
		}
	}
	return b.String()
}

// bases are the words for why a person may be published.
var bases = map[string]string{
	"dong-y": "consent", "da-dong-y": "consent", "co": "consent", "co-van-ban-dong-y": "consent", "consent": "consent",
	"hoat-dong-cong-khai": "public-activity", "cong-khai": "public-activity", "public-activity": "public-activity",
	"da-mat": "deceased", "da-qua-doi": "deceased", "deceased": "deceased",
}

// consent writes the basis on which the person is published. The living need
// one, and consent needs its proof.
func (p *planner) consent(row office.Row, name string) string {
	_, dead := row.Cells["died"]
	cell, given := row.Cells[colBasis]
	basis := bases[viet.Slug(cell.Text)]
	switch {
	case !given && dead:
		basis = "deceased"
	case !given:
		p.report(ruleNoBasis, row, colName, name, row.Number)
		return ""
	case basis == "":
		words := []string{"đồng ý", "hoạt động công khai", "đã mất"}
		finding := ruleBadBasis.At(cell.Pos, cell.Name, cell.Text).Suggest(viet.Nearest(cell.Text, words))
		p.findings = append(p.findings, finding)
		return ""
	case basis == "deceased" && !dead:
		p.report(ruleBasisDead, row, colBasis, name, row.Number)
		return ""
	}
	out := "\n  basis: " + basis
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
		if c.key != "date" {
			text = matter.Quote(text)
		}
		out += "\n  " + c.key + ": " + text
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
