package catalog

import (
	"bytes"
	"io/fs"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// NamesFile holds the names and document numbers that editors' texts are compared
// with. It may be missing.
const NamesFile = "content/ten-chinh-thuc.toml"

// officialNames is what the file holds.
type officialNames struct {
	Names     []string `toml:"names"`     // of bodies, awards: "Mặt trận Tổ quốc Việt Nam"
	Documents []string `toml:"documents"` // numbers of documents that content/van-ban does not have
	Renamed   []rename `toml:"renamed"`   // provinces that were renamed or merged
}

// rename is what a place is called since a day.
type rename struct {
	From  string         `toml:"from"` // "Bình Thuận"
	To    string         `toml:"to"`   // "Lâm Đồng"
	Since toml.LocalDate `toml:"since"`
}

var (
	ruleNamesFile = diag.NewRule("names-file", diag.Error,
		diag.Text{VI: "Danh sách tên chính thức viết sai quy cách: không đọc được chỗ này.", EN: "The list of official names cannot be read here (%[1]s)."},
		diag.Text{VI: "Tệp chỉ có names = [ … ], documents = [ … ] và các nhóm [[renamed]] có from, to, since; mỗi tên đặt trong dấu nháy kép thẳng, sau mỗi tên trong ngoặc vuông có một dấu phẩy; since là một ngày, ví dụ 2025-07-01.",
			EN: "It may have only names = [ … ], documents = [ … ] and groups [[renamed]] with from, to and since; put each name in straight quotes, followed by a comma in brackets; since is a day such as 2025-07-01."})
	ruleNameShort = diag.NewRule("name-short", diag.Error,
		diag.Text{VI: "Tên “%[1]s” trong danh sách tên chính thức có ít hơn ba tiếng.", EN: "The official name “%[1]s” has fewer than three syllables."},
		diag.Text{VI: "Ghi tên đầy đủ: tên quá ngắn dễ trùng với chữ thường gặp trong câu.", EN: "Give the full name: a short one is too easily confused with ordinary words."})
)

// ShortestName is the least number of syllables of an official name.
const ShortestName = 3

// loadNames reads the list. Names have single spaces.
func loadNames(fsys fs.FS) (officialNames, []diag.Finding) {
	src, findings := readTable(fsys, NamesFile)
	if src == nil {
		return officialNames{}, findings
	}
	var list officialNames
	line, column, err := decodeTable(src, &list, "names", "documents", "renamed", "renamed.from", "renamed.to", "renamed.since")
	if err != nil {
		return officialNames{}, []diag.Finding{ruleNamesFile.At(diag.Pos{File: NamesFile, Line: line, Column: column}, diag.FirstLine(err.Error()))}
	}
	places := diag.PlacesIn(NamesFile, src)
	from := 0 // the names stand in their order
	var names []string
	for _, text := range list.Names {
		if name := strings.Join(strings.Fields(text), " "); syllables(name) >= ShortestName {
			names = append(names, name)
			continue
		}
		from += max(0, bytes.Index(src[from:], []byte(text)))
		findings = append(findings, ruleNameShort.At(diag.Pos{File: NamesFile, Line: places.At(from).Line}, text))
	}
	list.Names = names
	return list, findings
}

// PlaceOn returns what a place ("Bình Thuận") is called on a day, after what [NamesFile] says
// of provinces that were renamed or merged.
func (c *Catalog) PlaceOn(place string, day time.Time) string {
	for range c.renamed { // one name may follow on another
		for _, r := range c.renamed {
			if r.From == place && !day.Before(r.Since.AsTime(day.Location())) {
				place = r.To
			}
		}
	}
	return place
}

func syllables(text string) int {
	n := 0
	for range viet.Syllables(text) {
		n++
	}
	return n
}

// DocumentNumbers returns the numbers of all known documents: those of the library, the
// plans, the documents that plans cite, and those that [NamesFile] lists.
func (c *Catalog) DocumentNumbers() map[string]bool {
	known := map[string]bool{}
	for _, number := range c.otherDocuments {
		known[number] = true
	}
	for _, d := range c.Directives {
		known[d.Number] = true
	}
	for _, p := range c.Plans {
		if p.Document != nil {
			known[p.Document.Number] = true
			for _, cited := range p.Document.Citations {
				known[cited.Number] = true
			}
		}
	}
	return known
}
