package plan_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

// FuzzParse holds what must be true of any input: it is read or refused, with
// findings that can be said; and what is read is the source, and is read again
// from its canonical text.
func FuzzParse(f *testing.F) {
	for _, src := range fixtures(f) {
		f.Add(src)
	}
	for _, src := range []string{
		"", "\xff", "Số 1-KH/TU", "- ", "1.\n2.\n3.", "I.\n1.\n1.1.\na)\n-\n+", "\f2\n\f3\n",
		small("I. A\n1. B\n- C\n+ D"), small("Điều 1. A\n1. B\na) C\nChương II\nD"), small("- a - b\n- C"),
		small("1. A.\n2\n2. B.\nPhần thứ nhất\nC\nA. D\nI. E"),
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		d, findings := plan.Parse("f", src)
		for _, finding := range findings {
			for _, lang := range []diag.Lang{diag.Vietnamese, diag.English} {
				if s := finding.Message(lang) + finding.Hint(lang); s == "" || strings.Contains(s, "%!") {
					t.Fatalf("%s: %s", finding.Code, s)
				}
			}
		}
		if (d == nil) != diag.HasErrors(findings) {
			t.Fatal("a document in spite of an error, or none without")
		}
		if d == nil {
			return
		}
		if got, want := d.Content(), plan.Content(src); got != want {
			t.Fatalf("content:\n got %q\nwant %q", got, want)
		}
		seen := map[string]bool{}
		d.Walk(func(p, parent *plan.Provision) {
			if seen[p.ID] || p.ID == "" || strings.Trim(p.ID, "-abcdefghijklmnopqrstuvwxyz0123456789") != "" {
				t.Fatalf("ID %q", p.ID)
			}
			seen[p.ID] = true
		})
		for _, c := range d.Citations {
			if c.Number == "" || c.Number == d.Number || len(c.At) == 0 {
				t.Fatalf("citation %+v", c)
			}
		}
		for _, text := range d.Preamble {
			last := 0
			for _, m := range d.Mentions(text) {
				if m.Start < last || m.End <= m.Start || m.End > len(text) || !utf8.ValidString(text[m.Start:m.End]) {
					t.Fatalf("mention %+v in %q", m, text)
				}
				last = m.End
			}
		}
		again, findings := plan.Parse("g", []byte(plan.Format(d)))
		if again == nil {
			t.Fatalf("the canonical text is refused: %v\n%s", findings[0].Message(diag.English), plan.Format(d))
		}
		if got, want := tree(t, again), tree(t, d); got != want {
			t.Fatalf("another tree from the canonical text\n%s\n got %s\nwant %s", plan.Format(d), got, want)
		}
	})
}

// small is a whole document around a body.
func small(body string) string {
	return "Số 1-KH/TU\nMẫu, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nthử\n-----\nNhư sau:\n" + body + ".\nNơi nhận:\n- Như trên.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A\n"
}
