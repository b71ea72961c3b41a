package main

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"lienhiep/internal/diag"
)

// scriptPack zips a folder into a file: the parts of a Word document. A part
// named *.jpg that holds $PHOTO is a picture as a camera took it.
func scriptPack(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: pack FOLDER FILE")
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	root := ts.MkAbs(args[0])
	ts.Check(filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		f, err := z.Create(filepath.ToSlash(rel))
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return err
	}))
	ts.Check(z.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

// scriptSheet makes an Excel file of a table whose cells are parted by "|". A
// cell #45000 is a day by its serial number, shown in the order of the United
// States; =1950 a number; font::text is text in a font. A line "== name" begins another
// sheet. Behind the file come "1904", "merge=A1:B2", "hide-row=3" and "hide-column=C".
func scriptSheet(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || neg {
		ts.Fatalf("usage: sheet TABLE FILE [1904] [merge=A1:B2] [hide-row=3] [hide-column=C]")
	}
	f := excelize.NewFile()
	defer f.Close()
	american, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	ts.Check(err)
	sheet, y := "Sheet1", 0
	for _, line := range strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n") {
		if name, ok := strings.CutPrefix(line, "== "); ok {
			if sheet, y = name, 0; f.SheetCount == 1 && len(f.GetSheetList()) == 1 && f.GetSheetName(0) == "Sheet1" {
				ts.Check(f.SetSheetName("Sheet1", name))
				continue
			}
			_, err := f.NewSheet(name)
			ts.Check(err)
			continue
		}
		y++
		for x, text := range strings.Split(line, "|") {
			cell, err := excelize.CoordinatesToCellName(x+1, y)
			ts.Check(err)
			text = strings.ReplaceAll(strings.TrimSpace(text), `\n`, "\n")
			font, rest, hasFont := strings.Cut(text, "::")
			n, notNumber := strconv.ParseFloat(strings.TrimLeft(text, "#="), 64)
			switch {
			case text == "":
			case strings.HasPrefix(text, "#") && notNumber == nil:
				ts.Check(f.SetCellValue(sheet, cell, n))
				ts.Check(f.SetCellStyle(sheet, cell, cell, american))
			case strings.HasPrefix(text, "=") && notNumber == nil:
				ts.Check(f.SetCellValue(sheet, cell, n))
			case hasFont:
				style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: font}})
				ts.Check(err)
				ts.Check(f.SetCellStr(sheet, cell, rest))
				ts.Check(f.SetCellStyle(sheet, cell, cell, style))
			default:
				ts.Check(f.SetCellStr(sheet, cell, text))
			}
		}
	}
	for _, arg := range args[2:] {
		what, value, _ := strings.Cut(arg, "=")
		switch what {
		case "1904":
			yes := true
			ts.Check(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		case "merge":
			from, to, _ := strings.Cut(value, ":")
			ts.Check(f.MergeCell(sheet, from, to))
		case "hide-row":
			n, err := strconv.Atoi(value)
			ts.Check(err)
			ts.Check(f.SetRowVisible(sheet, n, false))
		case "hide-column":
			ts.Check(f.SetColVisible(sheet, value, false))
		default:
			ts.Fatalf("sheet: what is %s?", arg)
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

// TestEveryImportRuleHasACase wants each rule of the packages that import found in
// some case of theirs or in a script.
func TestEveryImportRuleHasACase(t *testing.T) {
	var all strings.Builder
	for _, pattern := range []string{"testdata/script/import-*.txtar", "../../internal/office/*_test.go", "../../internal/roster/*_test.go", "../../internal/office/testdata/word/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("no cases", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	for _, r := range diag.Rules() {
		family, _, _ := strings.Cut(r.Code, "-")
		if slices.Contains([]string{"office", "sheet", "roster"}, family) && !strings.Contains(all.String(), r.Code) {
			t.Errorf("no case finds %s", r.Code)
		}
	}
}
