package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

var planCommand = &command{
	name:  "plan",
	args:  diag.Text{VI: "show TỆP", EN: "show FILE"},
	about: diag.Text{VI: "Đọc tệp chữ của một văn bản và in ra cấu trúc (phần, mục, gạch đầu dòng)", EN: "Read an official document and print its structure"},
	flags: func(set *flag.FlagSet, s *settings) { set.StringVar(&s.planAs, "format", "tree", "") },
	run:   runPlan,
}

// planForms are the forms that a document can be printed in.
var planForms = map[string]func(*UI, *plan.Document){
	"tree": func(ui *UI, d *plan.Document) { writeTree(ui.out, d) },
	"text": func(ui *UI, d *plan.Document) { io.WriteString(ui.out, plan.Format(d)) },
	"json": func(ui *UI, d *plan.Document) { ui.writeJSON(d) },
}

func runPlan(_ context.Context, ui *UI, s *settings, operands []string) error {
	if len(operands) != 2 || operands[0] != "show" {
		return usagef("plan", diag.Text{VI: "Viết: lienhiep plan show TỆP.", EN: "Write: lienhiep plan show FILE."})
	}
	write := planForms[s.planAs]
	if write == nil {
		return usagef("plan", diag.Text{VI: "Tùy chọn --format phải là một trong: tree, text, json.", EN: "--format must be one of: tree, text, json."})
	}
	src, err := readBounded(operands[1], plan.MaxBytes+1) // one more, so that Parse says it is too large
	if err != nil {
		return err
	}
	doc, findings := plan.Parse(operands[1], src)
	ui.findings(findings)
	if diag.HasErrors(findings) {
		return errFindings
	}
	write(ui, doc)
	return nil
}

// readBounded reads at most n bytes of a file.
func readBounded(name string, n int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, n))
}

// writeTree prints the tree, a provision a line, indented by its depth.
func writeTree(w io.Writer, d *plan.Document) {
	fmt.Fprintf(w, "%s %s, %s, %s\n%s\n", d.Type, d.Number, d.Place, d.Date, d.Title)
	depth := map[string]int{}
	d.Walk(func(p, parent *plan.Provision) {
		if parent != nil {
			depth[p.ID] = depth[parent.ID] + 1
		}
		fmt.Fprintf(w, "%s%-8s %s %s\n", strings.Repeat("  ", depth[p.ID]), p.ID, p.Label, firstWords(p.Text, 60))
	})
}

// firstWords cuts a text short for a line of the terminal.
func firstWords(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
