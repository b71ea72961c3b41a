package main

import (
	"encoding/json"
	"strings"
	"testing"

	"lienhiep/internal/diag"
)

var (
	oddRule  = diag.NewRule("odd", diag.Error, diag.Text{VI: "Sai “%[1]s”.", EN: "Wrong “%[1]s”."}, diag.Text{VI: "Sửa.", EN: "Mend."})
	mildRule = diag.NewRule("mild", diag.Suggestion, diag.Text{VI: "Có thể viết khác.", EN: "May be otherwise."}, diag.Text{})
)

func TestGitHubAnnotationsAreEscaped(t *testing.T) {
	for _, c := range []struct {
		f    diag.Finding
		want string
	}{
		{oddRule.At(diag.Pos{File: "content/a,b:c%d.md", Line: 3, Column: 7}, "100 %\n::error::x\r"), "::error title=odd,file=content/a%2Cb%3Ac%25d.md,line=3,col=7::Sai “100 %25%0A::error::x%0D”. Sửa."},
		{mildRule.At(diag.Pos{File: "a.md"}), "::notice title=mild,file=a.md::Có thể viết khác."},
		{oddRule.At(diag.Pos{}, "x").Lower(), "::warning title=odd::Sai “x”. Sửa."},
	} {
		if got := githubAnnotation(c.f, diag.Vietnamese); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// GitLab takes an issue only with a place, a known severity and a fingerprint of its
// own, which must not follow the lines of the file.
func TestCodeQualityReport(t *testing.T) {
	report := func(line int) []codeQualityIssue {
		return codeQuality([]diag.Finding{
			oddRule.At(diag.Pos{File: "a.md", Line: line, Column: 2}, "x"),
			oddRule.At(diag.Pos{File: "a.md", Line: line + 1}, "x"),
			mildRule.At(diag.Pos{}),
		}, diag.English)
	}
	before, after := report(1), report(9)
	text, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"description":"Wrong “x”. Mend.","check_name":"odd","fingerprint":"` + before[0].Fingerprint + `","severity":"critical","location":{"path":"a.md","lines":{"begin":1}}},`
	if !strings.HasPrefix(string(text), want) {
		t.Errorf("%s", text)
	}
	if p := before[2].Location; p.Path == "" || p.Lines.Begin != 1 {
		t.Errorf("no place: %+v", p)
	}
	seen := map[string]bool{}
	for i := range before {
		if before[i].Fingerprint != after[i].Fingerprint {
			t.Errorf("%+v has another fingerprint when it moves", before[i])
		}
		if seen[before[i].Fingerprint] || len(before[i].Fingerprint) != 32 {
			t.Errorf("fingerprint %q", before[i].Fingerprint)
		}
		seen[before[i].Fingerprint] = true
	}
	if text, _ := json.Marshal(codeQuality(nil, diag.English)); string(text) != "[]" {
		t.Errorf("without findings: %s", text)
	}
}

// Of many findings those that stop a build are shown.
func TestErrorsAreShownFirst(t *testing.T) {
	var all []diag.Finding
	for range mostShown {
		all = append(all, mildRule.At(diag.Pos{File: "a.md"}))
	}
	all = append(all, oddRule.At(diag.Pos{File: "z.md"}, "x"))
	var out strings.Builder
	ui := &UI{err: &out, lang: diag.Vietnamese, format: "text"}
	ui.findings(all)
	if !strings.Contains(out.String(), "z.md: Lỗi") {
		t.Error("an error is left out")
	}
}
