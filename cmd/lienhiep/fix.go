package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"lienhiep/internal/diag"
	"lienhiep/internal/history"
)

// mostRounds bounds how often the content is read again for what mending has brought
// to light: a word is composed first, and then its tone can be placed.
const mostRounds = 5

// fix makes the edits that findings carry, tells each, and returns how many there
// were. All else in the files stays byte for byte.
func (p *project) fix(ui *UI, findings []diag.Finding) (fixed int, err error) {
	files := map[string]bool{}
	for range mostRounds {
		edits := map[string][]diag.Edit{}
		for _, f := range findings {
			edits[f.Pos.File] = append(edits[f.Pos.File], f.Edits...)
		}
		before := fixed
		for _, file := range slices.Sorted(maps.Keys(edits)) {
			n, err := p.fixFile(ui, file, edits[file])
			if err != nil {
				return fixed, err
			}
			fixed += n
			files[file] = files[file] || n > 0
		}
		if fixed == before {
			break
		}
		if _, findings, err = p.load(); err != nil {
			return fixed, err
		}
	}
	maps.DeleteFunc(files, func(_ string, changed bool) bool { return !changed })
	ui.note(diag.Text{VI: "Đã sửa %[1]d chỗ trong %[2]d tệp.", EN: "Mended %[1]d places in %[2]d files."}, fixed, len(files))
	return fixed, nil
}

// fixFile makes the edits of one file.
func (p *project) fixFile(ui *UI, file string, edits []diag.Edit) (int, error) {
	if len(edits) == 0 {
		return 0, nil
	}
	text, err := os.ReadFile(p.path(filepath.FromSlash(file)))
	if err != nil {
		return 0, err
	}
	mended, made := diag.Mend(text, edits)
	if err := p.change(history.Corrected, edited{file, mended}); err != nil {
		return 0, err
	}
	for _, e := range made {
		ui.fixed(diag.PosAt(file, text, e.Start), e)
	}
	if left := len(edits) - len(made); left > 0 {
		ui.note(diag.Text{VI: "%[1]s: %[2]d chỗ chưa sửa vì tệp vừa thay đổi; hãy chạy lại.", EN: "%[1]s: %[2]d places were left, since the file has just changed; run this again."}, file, left)
	}
	return len(made), nil
}

// fixed tells of one edit; for machines, beside their output.
func (ui *UI) fixed(pos diag.Pos, e diag.Edit) {
	out := ui.out
	if ui.format != "text" {
		out = ui.err
	}
	fmt.Fprintf(out, diag.Text{VI: "%s: đã sửa “%s” thành “%s”\n", EN: "%s: “%s” is now “%s”\n"}.In(ui.lang), pos, printable(e.Old), printable(e.New))
}
