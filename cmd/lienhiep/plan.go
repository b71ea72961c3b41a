package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"lienhiep/internal/compare"
	"lienhiep/internal/diag"
	"lienhiep/internal/intake"
	"lienhiep/internal/plan"
)

var planCommand = &command{
	name: "plan",
	args: diag.Text{VI: "show TỆP | diff TỆP-CŨ TỆP-MỚI", EN: "show FILE | diff OLD NEW"},
	about: diag.Text{
		VI: "Đọc tệp chữ của một văn bản và in ra cấu trúc (show), hoặc so sánh hai bản theo từng điều khoản (diff)",
		EN: "Read an official document and print its structure (show), or compare two wordings clause by clause (diff)"},
	declare: func(o *options) action {
		f := &planFlags{}
		o.text("format", &f.format, diag.Text{VI: "dạng in ra: tree (cây, chỉ với show), text (toàn văn), json", EN: "what to print: tree (show only), text, json"})
		return f.run
	},
}

type planFlags struct{ format string }

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

func (f *planFlags) run(_ context.Context, ui *UI, operands []string) error {
	switch {
	case len(operands) == 2 && operands[0] == "show":
		return f.show(ui, operands[1])
	case len(operands) == 3 && operands[0] == "diff":
		return f.diff(ui, operands[1], operands[2])
	}
	return usagef("plan", diag.Text{
		VI: "Viết: lienhiep plan show TỆP, hoặc lienhiep plan diff TỆP-CŨ TỆP-MỚI.",
		EN: "Write: lienhiep plan show FILE, or lienhiep plan diff OLD NEW."})
}

func (f *planFlags) show(ui *UI, file string) error {
	i := slices.IndexFunc(planForms, func(form planForm) bool { return form.name == cmp.Or(f.format, planForms[0].name) })
	if i < 0 {
		return oneOf("plan", "format", []string{"tree", "text", "json"})
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
	text, findings := intake.Text(file, src)
	if diag.HasErrors(findings) {
		ui.findings(findings)
		return nil, result(findings)
	}
	doc, more := plan.Parse(file, []byte(text))
	findings = append(findings, more...)
	ui.findings(findings)
	return doc, result(findings)
}

func (f *planFlags) diff(ui *UI, from, to string) error {
	if f.format != "" && f.format != "text" && f.format != "json" {
		return oneOf("plan", "format", []string{"text", "json"})
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
	if f.format == "json" {
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
