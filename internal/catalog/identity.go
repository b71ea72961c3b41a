package catalog

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// Identity is what distinguishes a person from others, as far as it is known.
type Identity struct {
	Name viet.Name
	Born int // the year, 0 where it is not known
}

// IdentityOf returns the identity of a person by name and year of birth. If born is 0,
// it is taken from the years in brackets behind the name, if any.
func IdentityOf(name viet.Name, born int) Identity {
	if born == 0 {
		born, _ = name.Years()
	}
	return Identity{name, born}
}

// Identity returns the person's identity, by title and date of birth.
func (p *Person) Identity() Identity {
	year := 0
	if p.Born.Known() {
		year = p.Born.Year()
	}
	return IdentityOf(viet.ParseName(p.Title), year)
}

// Resembles reports whether two identities may be the same person: the bare names and
// the remarks in brackets are the same, and so are the years of birth, unless one is
// unknown.
func (a Identity) Resembles(b Identity) bool {
	sameYear := a.Born == b.Born || a.Born == 0 || b.Born == 0
	return sameYear && a.Name.Same(b.Name) && a.Name.Distinction() == b.Name.Distinction()
}

// NameOfID returns the name that an ID was made from, without diacritics: "tran van mau"
// of "gs-tran-van-mau-1960".
func NameOfID(id string) viet.Name {
	words := strings.Split(id, "-")
	for len(words) > 1 && !strings.ContainsFunc(words[len(words)-1], unicode.IsLetter) {
		words = words[:len(words)-1]
	}
	return viet.ParseName(strings.Join(words, " "))
}

var (
	ruleSamePerson = diag.NewRule("same-person", diag.Warning,
		diag.Text{VI: "“%[1]s” trông giống nhân vật ở %[2]s: trùng tên, năm sinh cũng trùng hoặc chưa rõ.", EN: "“%[1]s” looks like the person in %[2]s: the same name, and the same year of birth or none."},
		diag.Text{VI: "Nếu là một người, gộp hai trang làm một. Nếu là hai người, ghi năm sinh (born) ở cả hai trang, hoặc thêm vào sau tên, trong ngoặc, điều để phân biệt, ví dụ “%[3]s (kỹ sư)”.",
			EN: "If they are the same person, merge the pages. If not, give the year of birth (born) on both pages, or add what tells them apart in brackets after the name, such as “%[3]s (kỹ sư)”."})
	ruleNameParts = diag.NewRule("name-parts", diag.Notice,
		diag.Text{VI: "Tiêu đề “%[1]s” không chỉ là họ tên, hoặc viết toàn chữ hoa.", EN: "The title “%[1]s” is more than a name, or is all in capitals."},
		diag.Text{VI: "Ghi họ tên ở mục title (“%[2]s”), học hàm, học vị ở mục degree.", EN: "Put only the name in title (“%[2]s”), and degrees in degree."})
)

// Newcomer compares a person who is about to be created with those who have a page or
// have withdrawn. stays is true if the person may be one who has withdrawn: then no page
// may be made until an editor has decided.
func (c *Catalog) Newcomer(id, title string) (findings []diag.Finding, stays bool) {
	one := IdentityOf(viet.ParseName(title), 0)
	for _, w := range c.Withdrawn {
		if f := w.recognise(diag.Pos{}, title, id, one); f != nil {
			return []diag.Finding{*f}, true
		}
	}
	for _, p := range c.People {
		if one.Resembles(p.Identity()) {
			findings = append(findings, ruleSamePerson.At(diag.Pos{}, title, p.File, one.Name.Bare))
		}
	}
	return findings, false
}

// identities finds people who may be one, and names that are more than a name.
func (v *validator) identities() {
	type other struct {
		Identity
		file string
	}
	// By name and remark, and by the year too: many may share a name.
	seen := map[string][]other{}
	for _, p := range v.People {
		one := p.Identity()
		if len(one.Name.Honorifics) > 0 || p.Title != "" && strings.ToUpper(p.Title) == p.Title && one.Name.Bare != strings.ToUpper(one.Name.Bare) {
			v.reportOf(&p.Entry, ruleNameParts.At(p.pos("title"), p.Title, one.Name.Bare))
		}
		name := one.Name.Key() + "|" + one.Name.Distinction()
		ofYear := func(year int) string { return fmt.Sprintf("%s|%d", name, year) }
		may := slices.Concat(seen[ofYear(0)], seen[ofYear(one.Born)])
		if one.Born == 0 {
			may = seen[name]
		}
		if i := slices.IndexFunc(may, func(o other) bool { return one.Resembles(o.Identity) }); i >= 0 {
			v.reportOf(&p.Entry, ruleSamePerson.At(p.pos("title"), p.Title, may[i].file, one.Name.Bare))
			continue // the first stands for both
		}
		me := other{one, p.File}
		seen[name] = append(seen[name], me)
		seen[ofYear(one.Born)] = append(seen[ofYear(one.Born)], me)
	}
}
