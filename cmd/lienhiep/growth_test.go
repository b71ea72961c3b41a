package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/growth"
	"lienhiep/internal/needs"
)

// siteOfTexts is a site with an article of each text.
func siteOfTexts(t *testing.T, texts []string) (root string) {
	t.Helper()
	root = t.TempDir()
	for _, name := range templates {
		if err := copyTree(filepath.Join("..", "..", name), filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	for i, text := range texts {
		folder := filepath.Join(root, "content", "tin-tuc", fmt.Sprintf("bai-%d", i))
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		front := fmt.Sprintf("---\ntitle: Bài %d\ndescription: Mô tả.\ndate: 2021-03-04\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\n", i)
		if err := os.WriteFile(filepath.Join(folder, "index.md"), []byte(front+text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// TestTextsAreBuiltInLinearTime has Hugo build texts just below the bounds of what the
// catalogue lets pass, and four times as much of them.
func TestTextsAreBuiltInLinearTime(t *testing.T) {
	needs.Ask(t, needs.Endurance)
	again := func(unit string) func(int) string {
		return func(n int) string { return strings.Repeat(unit, n/len(unit)+1) }
	}
	// Each paragraph has as many marks as it may.
	full := func(mark string, marks int) func(int) string {
		return again(strings.Repeat(mark, 2_000/marks-1) + "\n\n")
	}
	shapes := []func(int) string{
		again(strings.Repeat("> ", 19) + "a\n"), again(strings.Repeat("> ", 19) + "a\n\n"), again(strings.Repeat("- ", 19) + "a\n"), again(strings.Repeat("1. ", 19) + "a\n\n"),
		func(n int) string { return strings.Repeat("- ", 19) + "a\n" + strings.Repeat("\n", n) },
		full("[", 1), full("<", 1), full("[a] (", 1), full("*a_ ", 2), full("a*", 1), full("'a", 1), full("\"", 1), full("**_a", 2), full("~a ", 1),
		func(n int) string { return strings.Repeat("# A\n\n", min(n/5, 1_999)) },
		again("|a|b|\n|-|-|\n|`c`|d|\n\n"), func(n int) string { return "|a|b|\n|-|-|\n" + strings.Repeat("|[c](/)|*d*|\n", n/13) },
		again("a@b.vn "), again("http://a.vn/( "), again("`"), again("\\"), again("&amp;"), again("a\n: b\n\n"), again("- [ ] a\n"), again("a "), again("a\n"), again("{.a "), again("a"),
		func(n int) string {
			var b strings.Builder
			for i := 1; b.Len() < n && i < 1_000; i++ { // as many as may be
				fmt.Fprintf(&b, "x[^%d] [a%[1]d]\n\n[^%[1]d]: b\n\n[a%[1]d]: /\n\n", i)
			}
			return b.String()
		},
	}
	growth.Linear(t, 24<<10, 96<<10, func(n int) string {
		var texts []string
		for _, shape := range shapes {
			texts = append(texts, shape(n))
		}
		return siteOfTexts(t, texts)
	}, func(root string) {
		runBinary(t, "generate", "--dir", root)
		runBinary(t, "hugo", "--source", root, "--quiet", "--ignoreCache")
	})
}

// TestHostileTextsAreRefused runs the program on what kept it busy for minutes.
func TestHostileTextsAreRefused(t *testing.T) {
	texts := map[string]string{
		"link-not-closed": strings.Repeat("[a](", 50_000), "text-too-nested": strings.Repeat(">", 50_000), "too-many-marks": strings.Repeat("*a_ ", 50_000),
		"too-many-footnotes": strings.Repeat("x[^a]\n\n[^a]: b\n\n", 20_000), "too-many-headings": strings.Repeat("# A\n\n", 50_000), "table-too-large": strings.Repeat("|a", 9_000) + "|\n" + strings.Repeat("|-", 9_000) + "|\n" + strings.Repeat("|b\n", 60_000),
	}
	var all []string
	for _, text := range texts {
		all = append(all, text)
	}
	root := siteOfTexts(t, all)
	title := "---\ntitle: " + strings.Repeat("a", 60_000) + "\n---\n"
	if err := os.WriteFile(filepath.Join(root, "content", "dai.md"), []byte(title), 0o666); err != nil {
		t.Fatal(err)
	}
	texts["text-too-long"] = title
	var names strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&names, "\"Hội đồng khoa học số %d\",\n", i)
	}
	if err := os.WriteFile(filepath.Join(root, "content", "ten-chinh-thuc.toml"), []byte("names = [\n"+names.String()+"]\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(binary, "--format", "github", "build", "--dir", root).CombinedOutput()
	if err == nil {
		t.Error("built")
	}
	for code := range texts {
		if n := strings.Count(string(out), "title="+code+","); n != 1 {
			t.Errorf("%s is told %d times:\n%.3000s", code, n, out)
		}
	}
}

// TestLargeSitesAreBuiltInLinearTime builds sites of many people, with awards that many
// hold, and of a long law, and others of eight times as many.
func TestLargeSitesAreBuiltInLinearTime(t *testing.T) {
	needs.Ask(t, needs.Endurance)
	build := func(s *madeUp) { s.build() }
	growth.Added(t, 200, func(n int) *madeUp {
		s := newMadeUp(t)
		for i := range n {
			s.person(i)
		}
		return s
	}, build)
	growth.Added(t, 64, func(n int) *madeUp {
		s := newMadeUp(t)
		if n > 0 {
			s.law(n)
		}
		return s
	}, build)
}
