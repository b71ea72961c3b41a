package catalog

import (
	"cmp"
	"reflect"
	"slices"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
)

// Table is a table that all entries share, as editors fill it in: a file of TOML in
// content/ that may be missing.
type Table struct {
	File   string // "content/trang-web.toml"
	Fields []matter.Field
}

// Tables are those that editors fill in. The record of those who have withdrawn is written
// by the program alone.
func Tables() []Table {
	return []Table{
		{WebsiteFile, fieldsOf(reflect.TypeFor[Website]())},
		{GlossaryFile, fieldsOf(reflect.TypeFor[Glossary]())},
		{NamesFile, nameFields},
		{SearchFile, searchFields},
	}
}

// TableOf returns the table of a file, nil where it is none of [Tables].
func TableOf(file string) *Table {
	for _, t := range Tables() {
		if t.File == file {
			return &t
		}
	}
	return nil
}

// nameFields are those of [officialNames].
var nameFields = []matter.Field{
	{Key: "names", Type: matter.TypeList, Label: diag.Text{VI: "Tên chính thức", EN: "Official names"}, Help: diag.Text{VI: "Tên đầy đủ của cơ quan, tổ chức, giải thưởng, ít nhất ba tiếng; khi kiểm tra, tên viết gần giống được nhắc.", EN: "Full names of bodies and awards, of three syllables or more; in the check, what is nearly one is told."}},
	{Key: "documents", Type: matter.TypeList, Label: diag.Text{VI: "Số hiệu văn bản", EN: "Numbers of documents"}, Help: diag.Text{VI: "Số hiệu của những văn bản không có trong thư viện văn bản.", EN: "Of documents that the library does not have."}},
	{Key: "renamed", Type: matter.TypeTables, Label: diag.Text{VI: "Tỉnh đổi tên, hợp nhất", EN: "Provinces renamed or merged"}, Help: diag.Text{VI: "Mỗi lần đổi tên một mục.", EN: "One item a renaming."}, Fields: []matter.Field{
		{Key: "from", Required: true, Label: diag.Text{VI: "Tên cũ", EN: "Old name"}},
		{Key: "to", Required: true, Label: diag.Text{VI: "Tên mới", EN: "New name"}},
		{Key: "since", Type: matter.TypeDate, Required: true, Label: diag.Text{VI: "Từ ngày", EN: "Since"}},
	}},
}

// searchFields are those of [SearchFile], for each language.
var searchFields = []matter.Field{
	{Key: "vi", Type: matter.TypeTable, Label: diag.Text{VI: "Trang tiếng Việt", EN: "Vietnamese pages"}, Fields: searchWordFields},
	{Key: "en", Type: matter.TypeTable, Label: diag.Text{VI: "Trang tiếng Anh", EN: "English pages"}, Fields: searchWordFields},
}

var searchWordFields = []matter.Field{
	{Key: "same", Type: matter.TypeLists, Label: diag.Text{VI: "Cùng một nghĩa", EN: "The same"}, Help: diag.Text{VI: "Mỗi mục là những cách gọi của cùng một điều: gõ cách nào cũng tìm được. Từ có dấu thì ghi đủ dấu.", EN: "Each item: what readers call one thing."}},
	{Key: "documents", Type: matter.TypeLists, Label: diag.Text{VI: "Loại văn bản", EN: "Kinds of documents"}, Help: diag.Text{VI: "Chữ viết tắt trong số của văn bản, rồi tên loại, ví dụ: KH, kế hoạch.", EN: "What numbers have, and the kind in words: KH, kế hoạch."}},
	{Key: "ordinals", Type: matter.TypeList, Label: diag.Text{VI: "Từ đứng trước số thứ tự", EN: "Words before a number"}, Help: diag.Text{VI: "Số ấy có thể viết bằng chữ số La Mã: gõ “lần 9” cũng tìm được “lần thứ IX”.", EN: "The number may be Roman."}},
	{Key: "skipped", Type: matter.TypeList, Label: diag.Text{VI: "Từ của câu hỏi", EN: "Words of questions"}, Help: diag.Text{VI: "Bỏ qua khi tìm nếu trang không có, ví dụ: là gì, ở đâu.", EN: "Left out where a page does not have them."}},
}

// MenuPages are the pages that a menu can lead to: those on the site, with their titles, in
// Vietnamese order, those in Vietnamese first.
func (c *Catalog) MenuPages() []MenuItem {
	on := c.addressesMadeOf((*Entry).Published)
	titles := map[string]string{EvidenceURL: "Việc đã làm", FieldsURL: "Lĩnh vực", AwardsURL: "Giải thưởng", GraphURL: "Văn bản thực hiện văn bản nào", GlossaryURL: "Thuật ngữ"}
	var all []MenuItem
	for address, title := range titles {
		if on[address] {
			all = append(all, MenuItem{Page: address, Name: title})
		}
	}
	taken := map[string]bool{}
	for _, e := range c.Entries() {
		if e.Published() && e.Title != "" && !taken[e.URL] {
			taken[e.URL] = true
			all = append(all, MenuItem{Page: e.URL, Name: e.Title})
		}
	}
	for _, k := range Kinds() {
		if address := "/" + k.Folder() + "/"; k.Folder() != "" && !taken[address] && c.sectionAddresses()[address] {
			all = append(all, MenuItem{Page: address, Name: k.Name(diag.Vietnamese)})
		}
	}
	english := func(m MenuItem) int {
		if len(m.Page) > 3 && m.Page[:4] == "/en/" {
			return 1
		}
		return 0
	}
	slices.SortFunc(all, func(a, b MenuItem) int {
		return cmp.Or(english(a)-english(b), viet.Compare(a.Name, b.Name), cmp.Compare(a.Page, b.Page))
	})
	return all
}
