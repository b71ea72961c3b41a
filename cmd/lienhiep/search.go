package main

import (
	"context"
	"errors"
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
	declare: func(o *options) action {
		f := &searchFlags{Options: search.Options{Limit: 10}, in: "vi"}
		o.choice("in", &f.in, langs, diag.Text{VI: "ngôn ngữ của các trang cần tìm, mặc định là vi", EN: "the language of the pages to search, vi by default"})
		o.text("kind", &f.Kind, diag.Text{VI: "chỉ tìm trong một loại: tin-tuc, tri-thuc, ton-vinh, dieu-khoan …", EN: "only this kind: tin-tuc, tri-thuc, ton-vinh, dieu-khoan …"})
		o.number("year", &f.Year, diag.Text{VI: "chỉ tìm trong một năm", EN: "only this year"})
		o.number("limit", &f.Limit, diag.Text{VI: "số kết quả muốn xem (mặc định: 10)", EN: "how many results to show (default: 10)"})
		f.folder(o)
		return f.run
	},
}

type searchFlags struct {
	location
	search.Options
	in string // the language of the pages
}

// searchFolders are the folders of the indexes, beside the search pages.
var searchFolders = map[string]string{"vi": "tim-kiem/index", "en": "en/search/index"}

func (f *searchFlags) run(_ context.Context, ui *UI, operands []string) error {
	words := strings.TrimSpace(strings.Join(operands, " "))
	if words == "" {
		return usagef("search", diag.Text{VI: "Chưa có từ ngữ cần tìm; hãy viết như: lienhiep search \"hội thi sáng tạo\".", EN: "Nothing to search for; write, for instance: lienhiep search \"hội thi sáng tạo\"."})
	}
	if f.Limit < 1 {
		return usagef("search", diag.Text{VI: "Tùy chọn --limit phải là số từ 1 trở lên.", EN: "--limit must be 1 or more."})
	}
	p, err := f.open()
	if err != nil {
		return err
	}
	err = ui.search(os.DirFS(p.path("public")), searchFolders[f.in], words, f.Options)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		ui.note(diag.Text{VI: "Chưa có chỉ mục tìm kiếm trong public/; hãy chạy lienhiep build trước.", EN: "There is no search index in public/; run lienhiep build first."})
		return errFindings
	case errors.Is(err, search.ErrCorrupt):
		ui.note(diag.Text{VI: "Chỉ mục tìm kiếm trong public/ đã hỏng; hãy chạy lại lienhiep build.", EN: "The search index in public/ is damaged; run lienhiep build again."})
		return errFindings
	}
	return err
}

// search answers a query from the index in a folder of a built site. That nothing
// was found is errFindings.
func (ui *UI) search(site fs.FS, folder, words string, o search.Options) error {
	index, err := search.Open(site, folder)
	if err != nil {
		return err
	}
	results, err := index.Search(words, o)
	if err != nil {
		return err
	}
	nearest := ""
	if results.Total == 0 {
		if nearest, err = index.Suggest(words); err != nil {
			return err
		}
	}
	if ui.format == "json" {
		ui.resultsJSON(results, nearest)
	} else {
		ui.results(results, words, nearest)
	}
	if results.Total == 0 {
		return errFindings
	}
	return nil
}

// resultsJSON prints what was found for machines.
func (ui *UI) resultsJSON(r search.Results, nearest string) {
	type record struct {
		Address, Title, Kind, Day, Snippet string
	}
	all := struct {
		Total        int
		Complete     bool
		Results      []record
		Kinds        map[string]int
		Years        map[int]int
		NearestQuery string `json:",omitempty"`
	}{r.Total, r.Complete, []record{}, r.Kinds, r.Years, nearest}
	for i, d := range r.Documents {
		all.Results = append(all.Results, record{d.Address(), d.Title, d.Kind, d.Day, r.Snippets[i].Text})
	}
	ui.writeJSON(all)
}

// results prints what was found, or that nothing was.
func (ui *UI) results(r search.Results, words, nearest string) {
	if r.Total == 0 {
		ui.note(diag.Text{VI: "Không tìm thấy “%[1]s”.", EN: "Nothing found for “%[1]s”."}, printable(words))
		if nearest != "" {
			ui.note(diag.Text{VI: "Có phải ý bạn là “%[1]s”?", EN: "Did you mean “%[1]s”?"}, printable(nearest))
		}
		return
	}
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
