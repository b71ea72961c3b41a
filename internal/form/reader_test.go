package form

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lienhiep/internal/needs"
	"lienhiep/internal/plan"
	proof "lienhiep/internal/verbatim"
)

// These tests read the files with other people's programs.

// written writes one form of every document into a folder.
func written(t *testing.T, ext string) (dir string, all map[string]*plan.Document) {
	t.Helper()
	dir = t.TempDir()
	all = documents(t)
	for name, d := range all {
		if err := os.WriteFile(filepath.Join(dir, name+ext), files(t, edition(name, d))[name+ext], 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, all
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	var problems bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, problems.String())
	}
	return string(out)
}

// TestPDFIsReadAsTheSameTree takes the text between the margins, page by page, as
// it stands in the file, which is the order of the document.
func TestPDFIsReadAsTheSameTree(t *testing.T) {
	needs.Ask(t, needs.PDFText)
	pdftotext := needs.PDFText.Path(t)
	dir, all := written(t, ".pdf")
	for name, d := range all {
		text := output(t, pdftotext, "-enc", "UTF-8", "-raw", "-x", "0", "-y", "50", "-W", "600", "-H", "740", filepath.Join(dir, name+".pdf"), "-")
		if _, err := proof.Compare(text, d.Content()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name == "15-kh-tu" { // the invented ones break lines in columns where nothing tells that they go on
			sameTree(t, name, parse(t, []byte(text)), d)
		}
		whole := output(t, pdftotext, "-enc", "UTF-8", filepath.Join(dir, name+".pdf"), "-")
		if pages := strings.Count(whole, "\f"); strings.Count(whole, edition(name, d).foot()) != pages {
			t.Errorf("%s: not every page of %d says where it comes from", name, pages)
		}
	}
}

// TestEveryPageOfAPDFNamesThePublisher where there is one, below where it comes from; the
// document's own words stay as they are.
func TestEveryPageOfAPDFNamesThePublisher(t *testing.T) {
	needs.Ask(t, needs.PDFText)
	pdftotext := needs.PDFText.Path(t)
	d := documents(t)["15-kh-tu"]
	const line = "Đăng bởi Hội mẫu tỉnh mẫu · vp@mau.example"
	for _, publisher := range []string{"", line} {
		e := edition("15-kh-tu", d)
		e.Publisher = publisher
		name := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(name, files(t, e)["15-kh-tu.pdf"], 0o666); err != nil {
			t.Fatal(err)
		}
		whole := output(t, pdftotext, "-enc", "UTF-8", name, "-")
		want := 0
		if publisher != "" {
			want = strings.Count(whole, "\f")
		}
		if got := strings.Count(whole, line); got != want {
			t.Errorf("%d pages name the publisher %q, want %d", got, publisher, want)
		}
		text := output(t, pdftotext, "-enc", "UTF-8", "-raw", "-x", "0", "-y", "50", "-W", "600", "-H", "740", name, "-")
		if _, err := proof.Compare(text, d.Content()); err != nil {
			t.Error(err)
		}
	}
}

func TestPDFIsTaggedAndHasItsFonts(t *testing.T) {
	needs.Ask(t, needs.Long, needs.PDFInfo, needs.PDFFonts)
	pdfinfo, pdffonts := needs.PDFInfo.Path(t), needs.PDFFonts.Path(t)
	dir, all := written(t, ".pdf")
	for name, d := range all {
		file := filepath.Join(dir, name+".pdf")
		info := output(t, pdfinfo, file)
		for _, want := range []string{`Tagged: +yes`, `Page size: .*A4`, `Title: +` + d.Type} {
			if !regexp.MustCompile(want).MatchString(info) {
				t.Errorf("%s: no %q in\n%s", name, want, info)
			}
		}
		// The structure carries the words by itself, without what is in the margins.
		var words strings.Builder
		for _, quoted := range regexp.MustCompile(`(?m)^ +"(.*)"$`).FindAllStringSubmatch(output(t, pdfinfo, "-enc", "UTF-8", "-struct-text", file), -1) {
			words.WriteString(squeeze(quoted[1]))
		}
		if words.String() != d.Content() {
			t.Errorf("%s: the structure has\n%s\nwant\n%s", name, words.String(), d.Content())
		}
		for _, line := range strings.Split(strings.TrimSpace(output(t, pdffonts, file)), "\n")[2:] {
			if !regexp.MustCompile(`Identity-H +yes +\S+ +yes`).MatchString(line) {
				t.Errorf("%s: a font is not embedded, or its letters have no meaning: %s", name, line)
			}
		}
	}
}

func TestDocxIsReadAsTheSameTree(t *testing.T) {
	for name, d := range documents(t) {
		text, err := docxText(files(t, edition(name, d))[name+".docx"])
		if err != nil {
			t.Fatal(err)
		}
		sameTree(t, name, parse(t, []byte(text)), d)
	}
}

func TestLibreOfficeReadsTheDocx(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Writer)
	dir, all := written(t, ".docx")
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir()), "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir}
	for name := range all {
		args = append(args, filepath.Join(dir, name+".docx"))
	}
	output(t, needs.Writer.Path(t), args...)
	for name, d := range all {
		text, err := os.ReadFile(filepath.Join(dir, name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		if name == "quyet-dinh-kem-theo" { // its tables come out cell by cell
			if _, err := proof.Compare(string(text), d.Content()); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		sameTree(t, name, parse(t, text), d)
	}
}

func TestPandocReadsTheDocx(t *testing.T) {
	needs.Ask(t, needs.Pandoc)
	dir, all := written(t, ".docx")
	for name, d := range all {
		page := output(t, needs.Pandoc.Path(t), "--to", "html", filepath.Join(dir, name+".docx"))
		if got := textOf(t, page); got != d.Content() {
			t.Errorf("%s:\n got %s\nwant %s", name, got, d.Content())
		}
	}
}

func TestPandocReadsTheMarkdown(t *testing.T) {
	needs.Ask(t, needs.Pandoc)
	dir, all := written(t, ".md")
	for name, d := range all {
		page := output(t, needs.Pandoc.Path(t), "--from", "commonmark+yaml_metadata_block+pipe_tables", "--to", "html", filepath.Join(dir, name+".md"))
		if got := textOf(t, page); got != d.Content() {
			t.Errorf("%s:\n got %s\nwant %s", name, got, d.Content())
		}
	}
}

// textOf is the text of an HTML page without white space.
func textOf(t *testing.T, page string) string {
	t.Helper()
	var text strings.Builder
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.TextToken:
			text.WriteString(squeeze(z.Token().Data))
		case html.ErrorToken:
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			return text.String()
		}
	}
}
