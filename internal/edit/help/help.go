// Package help holds the editors' guide: a page a task, of about one screen each, in
// Vietnamese Markdown, and the list of all messages (thong-bao.md), which a test of
// cmd/lienhiep writes. HUONG-DAN.md leads to every page.
//
// The pages are read where they lie, and are in the program: `lienhiep help anh` prints
// one, and `lienhiep help unknown-key` what the list tells of a rule. The name of a page is its file's, without the ending.
package help

import (
	"embed"
	"path"
	"strings"
)

// Folder is where the pages lie, in the repository and in a release, with slashes.
const Folder = "internal/edit/help"

// Files are the pages and the pictures beside them.
//
//go:embed *.md *.jpg
var Files embed.FS

// Page returns the text of a page by its name, and whether there is one.
func Page(name string) (text string, ok bool) {
	data, err := Files.ReadFile(name + ".md")
	return string(data), err == nil
}

// Names returns the names of all pages, in their order.
func Names() []string {
	entries, err := Files.ReadDir(".")
	if err != nil {
		panic(err) // it is in the program
	}
	var names []string
	for _, e := range entries {
		if path.Ext(e.Name()) == ".md" {
			names = append(names, strings.TrimSuffix(e.Name(), ".md"))
		}
	}
	return names
}

// Group is a part of the guide.
type Group struct {
	Title string
	Names []string
}

// Groups are all pages as they are read: what is done every day first.
var Groups = []Group{
	{"Việc hằng ngày", []string{"ban-bien-tap", "viet-tin", "tim-bai", "anh", "bang", "dinh-kem", "dieu-khoan", "nguon", "nhan-vat", "cho-dong-y", "nhap-word", "nhap-excel", "kiem-tra", "xuat-ban", "hen-ngay", "sua-go", "lay-lai", "tien-do", "bao-cao", "khi-co-loi"}},
	{"Khi cần đến", []string{"loi-bai", "phim", "tieng-anh", "tim-hieu", "tim-thay", "loa-mang-xa-hoi", "hoc-tap", "rut-dong-y", "nhap-ke-hoach", "ke-hoach-sua-doi", "kho-chung", "trang-web"}},
	{"Tra cứu; làm bằng tệp và dòng lệnh", []string{"noi-dung", "khai-bao", "nhap-excel-cot", "viet-bang-tep", "dong-lenh", messages}},
}

// messages is the page with the list of all messages, which has a heading for each rule.
const messages = "thong-bao"

// Messages is the file of that list, with slashes.
const Messages = Folder + "/" + messages + ".md"

// OfRule is the place there that tells of the rule of a code.
func OfRule(code string) string { return Messages + "#" + code }

// Rule returns what the list tells of the rule of a code, and whether it does.
func Rule(code string) (text string, ok bool) {
	list, _ := Page(messages)
	heading := "### " + code + "\n"
	_, text, ok = strings.Cut(list, "\n"+heading)
	if !ok {
		return "", false
	}
	if end := strings.Index(text, "\n#"); end >= 0 {
		text = text[:end]
	}
	return heading + text, true
}
