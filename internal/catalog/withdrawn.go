package catalog

import (
	"io/fs"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"lienhiep/internal/diag"
)

// WithdrawnFile records the people who have taken back their consent. It stands
// beside the people's folders and holds nothing of them but what is needed to keep
// them off the site: the ID and the addresses that they had.
const WithdrawnFile = "content/tri-thuc/da-rut.toml"

// Withdrawn is a person who has taken back their consent.
type Withdrawn struct {
	Person    string         `toml:"person"` // the ID
	Date      toml.LocalDate `toml:"date"`
	Addresses []string       `toml:"addresses"` // that are gone: "/tri-thuc/nguyen-van-a/"
}

var (
	ruleWithdrawnFile = diag.NewRule("withdrawn-file", diag.Error,
		diag.Text{VI: "Danh sách nhân vật đã rút lại sự đồng ý viết sai quy cách: không đọc được chỗ này.", EN: "The list of people who have withdrawn cannot be read here (%[1]s)."},
		diag.Text{VI: "Lấy lại bản trước của tệp này; chỉ để lệnh `lienhiep withdraw` ghi vào tệp.", EN: "Take the file's previous version; let only `lienhiep withdraw` write it."})
	ruleWithdrawn = diag.NewRule("withdrawn", diag.Error,
		diag.Text{VI: "Nhân vật “%[1]s” đã rút lại sự đồng ý ngày %[2]s nên không được đăng.", EN: "The person “%[1]s” withdrew on %[2]s and may not be published."},
		diag.Text{VI: "Bỏ trang này. Chỉ khi nhân vật đồng ý lại bằng văn bản mới xóa mục của người ấy trong " + WithdrawnFile + ".",
			EN: "Remove the page. Only with a new consent in writing, delete the person's item in " + WithdrawnFile + "."})
	ruleNamesWithdrawn = diag.NewRule("names-withdrawn", diag.Error,
		diag.Text{VI: "Nhân vật “%[1]s” đã rút lại sự đồng ý ngày %[2]s.", EN: "The person “%[1]s” withdrew on %[2]s."},
		diag.Text{VI: "Bỏ mã này khỏi mục people.", EN: "Take the ID out of people."})
)

// LoadWithdrawn reads the record of those who have withdrawn.
func LoadWithdrawn(fsys fs.FS) ([]Withdrawn, []diag.Finding) {
	src, findings := readTable(fsys, WithdrawnFile)
	if src == nil {
		return nil, findings
	}
	var list struct {
		Withdrawn []Withdrawn `toml:"withdrawn"`
	}
	line, column, err := decodeTable(src, &list, "withdrawn", "withdrawn.person", "withdrawn.date", "withdrawn.addresses")
	pos := diag.Pos{File: WithdrawnFile, Line: line, Column: column}
	if err != nil {
		return nil, []diag.Finding{ruleWithdrawnFile.At(pos, firstLine(err.Error()))}
	}
	for _, w := range list.Withdrawn {
		if w.Person == "" || len(w.Addresses) == 0 || slices.Contains(w.Addresses, "/") {
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

// Gone returns the addresses of those who have withdrawn.
func (c *Catalog) Gone() []string {
	var all []string
	for _, w := range c.Withdrawn {
		all = append(all, w.Addresses...)
	}
	return all
}

// AddressesOf returns every address that a person has on the site: the profile in
// each language, the list of entries that name them, and what led there before.
func (c *Catalog) AddressesOf(p *Person) []string {
	addresses := []string{p.URL, AboutPersonURL(p)}
	for _, e := range c.Entries() {
		if e.Kind == KindPerson && e.ID == p.ID {
			addresses = append(addresses, e.URL)
			addresses = append(addresses, absolute(e.Aliases)...)
		}
	}
	slices.Sort(addresses)
	return slices.Compact(addresses)
}
