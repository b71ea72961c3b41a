package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"lienhiep/internal/compare"
	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

var planCommand = &command{
	name: "plan",
	args: diag.Text{VI: "show TỆP | diff TỆP-CŨ TỆP-MỚI", EN: "show FILE | diff OLD NEW"},
	about: diag.Text{
		VI: "Đọc tệp chữ của một văn bản và in ra cấu trúc (show), hoặc so sánh hai bản theo từng điều khoản (diff)",
		EN: "Read an official document and print its structure (show), or compare two wordings clause by clause (diff)"},
	flags: func(set *flag.FlagSet, s *settings) { set.StringVar(&s.planAs, "format", "", "") },
	run:   runPlan,
}

// planForms are the forms that a document can be printed in; the first is the
// default.
var planForms = []planForm{
	{"tree", func(ui *UI, d *plan.Document) { writeTree(ui.out, d) }},
	{"text", func(ui *UI, d *plan.Document) { io.WriteString(ui.out, plan.Format(d)) }},
	{"json", func(ui *UI, d *plan.Document) { ui.writeJSON(d) }},
}

type planForm struct {
	name  string
	write func(*UI, *plan.Document)
}

func runPlan(_ context.Context, ui *UI, s *settings, operands []string) error {
	switch {
	case len(operands) == 2 && operands[0] == "show":
		return showPlan(ui, s, operands[1])
	case len(operands) == 3 && operands[0] == "diff":
		return diffPlans(ui, s, operands[1], operands[2])
	}
	return usagef("plan", diag.Text{
		VI: "Viết: lienhiep plan show TỆP, hoặc lienhiep plan diff TỆP-CŨ TỆP-MỚI.",
		EN: "Write: lienhiep plan show FILE, or lienhiep plan diff OLD NEW."})
}

// formatError says which formats there are.
func formatError(allowed string) error {
	return usagef("plan", diag.Text{VI: "Tùy chọn --format phải là một trong: %[1]s.", EN: "--format must be one of: %[1]s."}, allowed)
}

func showPlan(ui *UI, s *settings, file string) error {
	i := slices.IndexFunc(planForms, func(f planForm) bool { return f.name == cmp.Or(s.planAs, planForms[0].name) })
	if i < 0 {
		return formatError("tree, text, json")
	}
	doc, err := readPlan(ui, file)
	if err != nil {
		return err
	}
	planForms[i].write(ui, doc)
	return nil
}

// readPlan reads an official document and shows what is wrong with it.
func readPlan(ui *UI, file string) (*plan.Document, error) {
	src, err := readBounded(file, plan.MaxBytes+1) // one more, so that Parse says it is too large
	if err != nil {
		return nil, err
	}
	doc, findings := plan.Parse(file, src)
	ui.findings(findings)
	return doc, result(findings)
}

func diffPlans(ui *UI, s *settings, from, to string) error {
	if s.planAs != "" && s.planAs != "text" && s.planAs != "json" {
		return formatError("text, json")
	}
	old, err := readPlan(ui, from)
	if err != nil {
		return err
	}
	later, err := readPlan(ui, to)
	if err != nil {
		return err
	}
	c := compare.Documents(old, later)
	if s.planAs == "json" {
		ui.writeJSON(c)
		return nil
	}
	ui.comparison(c)
	return nil
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
