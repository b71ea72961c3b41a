package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"lienhiep/internal/needs"
)

// printedWord is a word as pdftotext -bbox finds it, in points from the upper left.
type printedWord struct {
	text                   string
	left, top, right, foot float64
}

var printedWords = regexp.MustCompile(`<page |<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">([^<]*)`)

// overprinted returns the words of a PDF file that are printed over one another.
func overprinted(t *testing.T, file string) (pairs []string) {
	t.Helper()
	out, err := exec.Command(needs.PDFText.Path(t), "-bbox", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var page []printedWord
	for _, m := range printedWords.FindAllStringSubmatch(string(out), -1) {
		if m[5] == "" {
			page = nil
			continue
		}
		var at [4]float64
		for i := range at {
			at[i], _ = strconv.ParseFloat(m[i+1], 64) // digits and a point
		}
		word := printedWord{m[5], at[0], at[1], at[2], at[3]}
		for _, other := range page {
			wide := min(word.right, other.right) - max(word.left, other.left)
			high := min(word.foot, other.foot) - max(word.top, other.top)
			if wide > 2 && high > .4*min(word.foot-word.top, other.foot-other.top) {
				pairs = append(pairs, other.text+" and "+word.text)
			}
		}
		page = append(page, word)
	}
	return pairs
}

// TestNothingIsPrintedOverAnything prints pages of which a page of paper cuts what stands
// side by side on a screen, and one with a table that is wider than paper.
func TestNothingIsPrintedOverAnything(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.PDFText)
	s := newMadeUp(t)
	var people strings.Builder
	for i := range 13 {
		id := "nguoi-" + strconv.Itoa(i)
		s.entry("tri-thuc/"+id+"/index.md", fmt.Sprintf("title: Trần Văn Mẫu %d\ndescription: %q\n", i, s.words(150))+
			"born: 1910\ndied: 1980\nfields: [Y học]\nconsent: {basis: deceased}\n"+cited, s.words(200))
		people.WriteString(id + ", ")
	}
	pages := []string{"/tri-thuc/", "/tri-thuc/nguoi-1/", "/"}
	for i := range 8 { // so that the page of paper ends in different places
		id := "dai-" + strconv.Itoa(i)
		s.entry("tin-tuc/"+id+"/index.md", titled("Nhiều người "+id)+"date: 2024-05-06\nfields: [Y học, Toán học, Vật lý, Nông nghiệp]\npeople: ["+people.String()+"]\n"+cited, s.words(1500+250*i))
		pages = append(pages, "/tin-tuc/"+id+"/")
	}
	const columns = 12
	var row, rule strings.Builder
	for i := range columns {
		fmt.Fprintf(&row, "| cột %d ", i+1)
		rule.WriteString("|---")
	}
	const wide = "/tin-tuc/bang-rong/"
	s.entry("tin-tuc/bang-rong/index.md", titled("Bảng rộng")+"date: 2024-05-06\n"+cited, row.String()+"|\n"+rule.String()+"|\n"+row.String()+"|\n")
	pages = append(pages, wide)
	if out, err := s.run("build"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(s.root, "public"))))
	defer server.Close()
	tab := openTab(t, openBrowser(t))
	for _, address := range pages {
		var pdf []byte
		if err := chromedp.Run(tab.ctx, chromedp.Navigate(server.URL+address), chromedp.ActionFunc(func(ctx context.Context) (err error) {
			pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
			return err
		})); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "in.pdf")
		if err := os.WriteFile(file, pdf, 0o666); err != nil {
			t.Fatal(err)
		}
		if pairs := overprinted(t, file); len(pairs) > 0 {
			t.Errorf("%s: printed over one another: %.5q", address, pairs)
		}
		if address != wide {
			continue
		}
		words, err := exec.Command(needs.PDFText.Path(t), file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		// What scrolls on a screen is there in full.
		for i := range columns {
			if n := len(regexp.MustCompile(fmt.Sprintf(`cột\s+%d\b`, i+1)).FindAll(words, -1)); n != 2 {
				t.Errorf("column %d of a wide table is printed %d times, not twice", i+1, n)
			}
		}
	}
}
