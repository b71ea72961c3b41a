// Package help holds the editors' guide: a page a task, of about one screen each, in
// Vietnamese Markdown, and the list of all messages (thong-bao.md), which a test of
// cmd/lienhiep writes. HUONG-DAN.md leads to every page.
//
// The pages are read where they lie, and are in the program: `lienhiep help anh` prints
// one. The name of a page is its file's, without the ending.
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

// OfRule is the place where the list of all messages tells of the rule of a code.
func OfRule(code string) string { return Folder + "/thong-bao.md#" + code }
