package catalog

import (
	"io/fs"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// WithdrawnFile is the record of people who have withdrawn their consent. For each it
// holds only what keeps them off the site: ID, name and year of birth, by which they are
// recognised, and their former addresses. It is never published.
const WithdrawnFile = "content/tri-thuc/da-rut.toml"

// Withdrawn is a person who has withdrawn their consent.
type Withdrawn struct {
	Person    string         `toml:"person"` // the ID
	Name      string         `toml:"name"`   // its key, as [viet.Name.Key] gives it; "" stands for the ID's
	Born      int            `toml:"born"`   // year; 0 where it was not known
	Date      toml.LocalDate `toml:"date"`
	Addresses []string       `toml:"addresses"` // that are gone: "/tri-thuc/nguyen-van-a/"; none of who was never published
	Others    []string       `toml:"others"`    // IDs of people of the same name, as editors state
}

// Likeness is how closely somebody matches a person who has withdrawn.
type Likeness int

const (
	Unlike Likeness = iota
	Alike           // by the name alone: an editor must say
	Equal           // by name and year of birth
)

// Likeness compares somebody, by their ID (existing or proposed) and identity, with the
// person who has withdrawn.
func (w Withdrawn) Likeness(id string, one Identity) Likeness {
	key := w.Name
	if key == "" {
		key = NameOfID(w.Person).Key()
	}
	switch {
	case slices.Contains(w.Others, id), key == "", one.Name.Key() != key:
		return Unlike
	case w.Born == 0 || one.Born == 0:
		return Alike
	case w.Born == one.Born:
		return Equal
	}
	return Unlike
}

var (
	ruleWithdrawnFile = diag.NewRule("withdrawn-file", diag.Error,
		diag.Text{VI: "Danh sách nhân vật đã rút lại sự đồng ý viết sai quy cách: không đọc được chỗ này.", EN: "The list of people who have withdrawn cannot be read here (%[1]s)."},
		diag.Text{VI: "Lấy lại bản trước của tệp này; chỉ để lệnh `lienhiep withdraw` ghi vào tệp.", EN: "Restore the previous version of the file; only `lienhiep withdraw` should write it."})
	ruleWithdrawn = diag.NewRule("withdrawn", diag.Error,
		diag.Text{VI: "Nhân vật “%[1]s” đã rút lại sự đồng ý ngày %[2]s nên không được đăng.", EN: "The person “%[1]s” withdrew on %[2]s and may not be published."},
		diag.Text{VI: "Bỏ trang này. Nếu là người khác trùng tên, đổi tên thư mục, ví dụ thêm năm sinh. Chỉ khi nhân vật đồng ý lại bằng văn bản mới xóa mục của người ấy trong " + WithdrawnFile + ".",
			EN: "Remove the page. For another person of the same name, rename the folder, with the year of birth, say. Only with a new consent in writing, delete the person's item in " + WithdrawnFile + "."})
	ruleSameAsWithdrawn = diag.NewRule("same-as-withdrawn", diag.Error,
		diag.Text{VI: "“%[1]s” trùng cả tên lẫn năm sinh với người đã rút lại sự đồng ý ngày %[2]s nên không được đăng.", EN: "“%[1]s” has the same name and year of birth as the person who withdrew on %[2]s, and may not be published."},
		diag.Text{VI: "Bỏ trang này. Nếu chắc chắn là người khác, thêm dòng others = [\"%[3]s\"] vào mục của người đã rút trong " + WithdrawnFile + ".",
			EN: "Remove the page. If this is certainly somebody else, add others = [\"%[3]s\"] to the item of the person who withdrew in " + WithdrawnFile + "."})
	ruleLikeWithdrawn = diag.NewRule("like-withdrawn", diag.Warning,
		diag.Text{VI: "“%[1]s” trông giống người đã rút lại sự đồng ý ngày %[2]s: trùng tên, còn năm sinh thì thiếu nên không so được.", EN: "“%[1]s” looks like the person who withdrew on %[2]s: the same name, and no years of birth to compare."},
		diag.Text{VI: "Nếu là người ấy, bỏ trang này. Nếu là người khác, thêm dòng others = [\"%[3]s\"] vào mục của người đã rút trong " + WithdrawnFile + "; khi mục ấy có năm sinh thì chỉ cần ghi năm sinh (born) ở trang này.",
			EN: "If it is that person, remove the page. If it is somebody else, add others = [\"%[3]s\"] to the item of the person who withdrew in " + WithdrawnFile + "; where that has a year of birth, giving born here is enough."})
	ruleNamesWithdrawn = diag.NewRule("names-withdrawn", diag.Error,
		diag.Text{VI: "Nhân vật “%[1]s” đã rút lại sự đồng ý ngày %[2]s.", EN: "The person “%[1]s” withdrew on %[2]s."},
		diag.Text{VI: "Bỏ mã này khỏi mục people.", EN: "Remove the ID from people."})
)

// LoadWithdrawn reads [WithdrawnFile], which may be missing.
func LoadWithdrawn(fsys fs.FS) ([]Withdrawn, []diag.Finding) {
	src, findings := readTable(fsys, WithdrawnFile)
	if src == nil {
		return nil, findings
	}
	var list struct {
		Withdrawn []Withdrawn `toml:"withdrawn"`
	}
	line, column, err := decodeTable(src, &list, "withdrawn", "withdrawn.person", "withdrawn.name", "withdrawn.born", "withdrawn.date", "withdrawn.addresses", "withdrawn.others")
	pos := diag.Pos{File: WithdrawnFile, Line: line, Column: column}
	if err != nil {
		return nil, []diag.Finding{ruleWithdrawnFile.At(pos, diag.FirstLine(err.Error()))}
	}
	for _, w := range list.Withdrawn {
		if w.Person == "" || slices.Contains(w.Addresses, "/") {
			return nil, []diag.Finding{ruleWithdrawnFile.At(pos, "person, addresses")}
		}
	}
	return list.Withdrawn, nil
}

// withdrawn returns the record of a person who has withdrawn, or nil.
func (c *Catalog) withdrawn(id string) *Withdrawn {
	i := slices.IndexFunc(c.Withdrawn, func(w Withdrawn) bool { return w.Person == id })
	if i < 0 {
		return nil
	}
	return &c.Withdrawn[i]
}

// comesBack finds whether the person is one who has withdrawn, under the same ID or
// another.
func (v *validator) comesBack(p *Person) {
	if p.translation {
		return // of a page that is looked at itself
	}
	names := []Identity{p.Identity()}
	for _, other := range slices.Concat(names[0].Name.Aliases(), p.OtherNames) {
		names = append(names, Identity{viet.ParseName(other), names[0].Born})
	}
	for _, w := range v.Withdrawn {
		if f := w.recognise(p.pos("title"), p.Title, p.ID, names...); f != nil {
			v.report(*f)
		}
	}
}

// recognise says that somebody with an ID and names is the one who has withdrawn, or
// may be; nil where it is somebody else.
func (w Withdrawn) recognise(pos diag.Pos, title, id string, names ...Identity) *diag.Finding {
	likeness := Unlike
	for _, one := range names {
		likeness = max(likeness, w.Likeness(id, one))
	}
	var f diag.Finding
	switch {
	case w.Person == id:
		f = ruleWithdrawn.At(pos, id, w.Date)
	case likeness == Equal:
		f = ruleSameAsWithdrawn.At(pos, title, w.Date, id)
	case likeness == Alike:
		f = ruleLikeWithdrawn.At(pos, title, w.Date, id)
	default:
		return nil
	}
	return &f
}

// Gone returns the addresses of those who have withdrawn, and of what was taken down and
// leaves nothing there.
func (c *Catalog) Gone() []string {
	all := c.withdrawnAddresses()
	open := c.openAddresses()
	for _, e := range c.Entries() {
		if !e.TakenDown(c.options.Now) {
			continue
		}
		for _, address := range append(e.OldAddresses(), e.URL) {
			if !open[address] {
				all = append(all, address)
			}
		}
	}
	return all
}

// withdrawnAddresses are those that nothing may ever have again.
func (c *Catalog) withdrawnAddresses() []string {
	var all []string
	for _, w := range c.Withdrawn {
		all = append(all, w.Addresses...)
	}
	return all
}

// AddressesOf returns every address of a person: the profile in each language, the list
// of entries about them, and the aliases of all.
func (c *Catalog) AddressesOf(p *Person) []string {
	addresses := []string{p.URL, AboutPersonURL(p)}
	for _, e := range c.Entries() {
		if e.Kind == KindPerson && e.ID == p.ID {
			addresses = append(addresses, e.URL)
			addresses = append(addresses, e.OldAddresses()...)
		}
	}
	slices.Sort(addresses)
	return slices.Compact(addresses)
}
