package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/search"
)

var searchCommand = &command{
	name:  "search",
	args:  diag.Text{VI: "TỪ-NGỮ", EN: "WORDS"},
	about: diag.Text{VI: "Tìm trong trang đã dựng, đúng như người đọc tìm trên mạng", EN: "Search the built site, just as its readers do"},
	flags: func(set *flag.FlagSet, s *settings) {
		set.StringVar(&s.searchIn, "in", "vi", "")
		set.StringVar(&s.search.Kind, "kind", "", "")
		set.IntVar(&s.search.Year, "year", 0, "")
		set.IntVar(&s.search.Limit, "limit", 10, "")
		dirFlag(set, s)
	},
	run: runSearch,
}

// searchFolders are the folders of the indexes, beside the search pages.
var searchFolders = map[string]string{"vi": "tim-kiem/index", "en": "en/search/index"}

func runSearch(_ context.Context, ui *UI, s *settings, operands []string) error {
	words := strings.TrimSpace(strings.Join(operands, " "))
	if words == "" {
		return usagef("search", diag.Text{VI: "Chưa có từ ngữ cần tìm; hãy viết như: lienhiep search \"hội thi sáng tạo\".", EN: "Nothing to search for; write, for instance: lienhiep search \"hội thi sáng tạo\"."})
	}
	folder, ok := searchFolders[s.searchIn]
	if !ok {
		return usagef("search", diag.Text{VI: "Tùy chọn --in phải là vi (trang tiếng Việt) hoặc en (trang tiếng Anh).", EN: "--in must be vi (the Vietnamese pages) or en (the English ones)."})
	}
	if s.search.Limit < 1 {
		return usagef("search", diag.Text{VI: "Tùy chọn --limit phải là số từ 1 trở lên.", EN: "--limit must be 1 or more."})
	}
	p, err := openProject(s)
	if err != nil {
		return err
	}
	index, err := search.Open(os.DirFS(p.path("public")), folder)
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("search", diag.Text{VI: "Chưa có chỉ mục tìm kiếm trong public/; hãy chạy lienhiep build trước.", EN: "There is no search index in public/; run lienhiep build first."})
	}
	if err != nil {
		return err
	}
	results, err := index.Search(words, s.search)
	if err != nil {
		return err
	}
	if ui.format == "json" {
		ui.writeJSON(results)
		return nil
	}
	if results.Total == 0 {
		return ui.nothingFound(index, words)
	}
	ui.results(results)
	return nil
}

// nothingFound says so, with the nearest spelling that finds something.
func (ui *UI) nothingFound(index *search.Index, words string) error {
	ui.note(diag.Text{VI: "Không tìm thấy “%[1]s”.", EN: "Nothing found for “%[1]s”."}, printable(words))
	nearest, err := index.Suggest(words)
	if err != nil {
		return err
	}
	if nearest != "" {
		ui.note(diag.Text{VI: "Có phải ý bạn là “%[1]s”?", EN: "Did you mean “%[1]s”?"}, printable(nearest))
	}
	return errFindings
}

// results prints what was found.
func (ui *UI) results(r search.Results) {
	for i, d := range r.Documents {
		about := d.Kind
		if d.Day != "" {
			about += ", " + d.Day
		}
		fmt.Fprintf(ui.out, "%d. %s (%s)\n   /%s\n", i+1, printable(d.Title), printable(about), printable(d.Address()))
		if text := r.Snippets[i].Text; text != "" {
			fmt.Fprintf(ui.out, "   %s\n", printable(ui.marked(r.Snippets[i])))
		}
	}
	total := diag.Text{VI: "%[1]d kết quả.", EN: "%[1]d results."}
	if !r.Complete {
		total = diag.Text{VI: "Hơn %[1]d kết quả.", EN: "More than %[1]d results."}
	}
	ui.note(total, r.Total)
}

// marked is a snippet with what matches between brackets.
func (ui *UI) marked(s search.Snippet) string {
	var b strings.Builder
	last := 0
	for _, m := range s.Marks {
		b.WriteString(s.Text[last:m[0]])
		b.WriteString("[" + s.Text[m[0]:m[1]] + "]")
		last = m[1]
	}
	b.WriteString(s.Text[last:])
	return b.String()
}
