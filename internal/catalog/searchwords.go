package catalog

import (
	"bytes"
	"io/fs"

	"lienhiep/internal/diag"
)

// SearchFile tells the site's search what readers mean by what they type. It may be missing.
const SearchFile = "content/tim-kiem.toml"

// SearchWords is what [SearchFile] says for the pages of a language.
type SearchWords struct {
	Same      [][]string `toml:"same" json:"same,omitempty"`           // words that mean the same: "LHH", "liên hiệp hội"
	Documents [][]string `toml:"documents" json:"documents,omitempty"` // kinds of documents, as their numbers have them and in words: "KH", "kế hoạch"
	Ordinals  []string   `toml:"ordinals" json:"ordinals,omitempty"`   // words before a number that may be Roman: "lần"
	Skipped   []string   `toml:"skipped" json:"skipped,omitempty"`     // words of questions: "là gì"
}

var (
	ruleSearchFile = diag.NewRule("search-file", diag.Error,
		diag.Text{VI: "Bảng từ của trang tìm kiếm viết sai quy cách: không đọc được chỗ này.", EN: "The words of the search page cannot be read here (%[1]s)."},
		diag.Text{VI: "Tệp có hai nhóm [vi] và [en]; mỗi nhóm chỉ có same = [ [\"…\", \"…\"], … ], documents = [ [\"…\", \"…\"], … ], ordinals = [ … ] và skipped = [ … ]; mỗi từ đặt trong dấu nháy kép thẳng, sau mỗi từ có một dấu phẩy.",
			EN: "It has two groups, [vi] and [en], each with only same = [ [\"…\", \"…\"], … ], documents = [ [\"…\", \"…\"], … ], ordinals = [ … ] and skipped = [ … ]; put each word in straight quotes, followed by a comma."})
	ruleSearchAlone = diag.NewRule("search-alone", diag.Error,
		diag.Text{VI: "Nhóm từ “%[1]s” của trang tìm kiếm chỉ có một cách gọi.", EN: "The group “%[1]s” of the search page has only one word."},
		diag.Text{VI: "Ghi thêm cách gọi khác mà người đọc hay dùng, ví dụ [\"LHH\", \"liên hiệp hội\"], hoặc bỏ nhóm.", EN: "Add what else readers call it, such as [\"LHH\", \"liên hiệp hội\"], or remove the group."})
	ruleSearchEmpty = diag.NewRule("search-empty", diag.Error,
		diag.Text{VI: "Bảng từ của trang tìm kiếm có từ “%[1]s” không có chữ cái hay chữ số nào.", EN: "The search page has a word, “%[1]s”, without a letter or digit."},
		diag.Text{VI: "Ghi từ như người đọc gõ, hoặc bỏ đi.", EN: "Write the word as readers type it, or remove it."})
)

// loadSearchWords reads the file. There is nothing for a language of which it says nothing.
func loadSearchWords(fsys fs.FS) (map[string]SearchWords, []diag.Finding) {
	src, findings := readTable(fsys, SearchFile)
	if src == nil {
		return nil, findings
	}
	var file struct{ VI, EN SearchWords }
	var known []string
	for _, lang := range []string{"vi", "en"} {
		known = append(known, lang, lang+".same", lang+".documents", lang+".ordinals", lang+".skipped")
	}
	line, column, err := decodeTable(src, &file, known...)
	if err != nil {
		return nil, []diag.Finding{ruleSearchFile.At(diag.Pos{File: SearchFile, Line: line, Column: column}, diag.FirstLine(err.Error()))}
	}
	places := diag.PlacesIn(SearchFile, src)
	report := func(r *diag.Rule, word string) {
		findings = append(findings, r.At(diag.Pos{File: SearchFile, Line: places.At(max(0, bytes.Index(src, []byte(word)))).Line}, word))
	}
	for _, w := range []SearchWords{file.VI, file.EN} {
		for _, group := range append(append([][]string{}, w.Same...), w.Documents...) {
			if len(group) == 1 {
				report(ruleSearchAlone, group[0])
			}
			for _, word := range group {
				if syllables(word) == 0 {
					report(ruleSearchEmpty, word)
				}
			}
		}
		for _, word := range append(append([]string{}, w.Ordinals...), w.Skipped...) {
			if syllables(word) == 0 {
				report(ruleSearchEmpty, word)
			}
		}
	}
	return map[string]SearchWords{"vi": file.VI, "en": file.EN}, findings
}
