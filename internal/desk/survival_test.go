package desk_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/markdown"
	"lienhiep/internal/matter"
	"lienhiep/internal/needs"
)

// TestTextsSurvive opens every text of the site and every construct that people write,
// types a letter into its last words, and merges what the surface gives back: nothing
// else in the file is another byte.
func TestTextsSurvive(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown)
	texts := constructs(t)
	for name, body := range bodies(t) {
		texts[name] = body
	}
	p := openPage(t)
	names := slices.Sorted(mapKeys(texts))
	for _, name := range names {
		text := texts[name]
		edited := p.js(`await openText($0 + $1);
			if (surface.markdown() !== $0 + $1) return "before anything was edited: " + surface.markdown();
			caret("CHỖ ĐÃ SỬA");
			document.execCommand("insertText", false, "!");
			await settled();
			return surface.markdown()`, text, ending)
		if got, want := string(markdown.Merge([]byte(text+ending), []byte(edited))), text+ending[:len(ending)-1]+"!\n"; got != want {
			t.Errorf("%s: %s", name, differences(want, got))
		}
	}
	p.quiet()
}

// ending is a paragraph behind each text, which is edited.
const ending = "\n\nCHỖ ĐÃ SỬA\n"

func mapKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// constructs returns those of testdata/constructs.md, by their names.
func constructs(t *testing.T) map[string]string {
	t.Helper()
	src, err := os.ReadFile("testdata/constructs.md")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for part := range strings.SplitSeq(string(src), "=== ") {
		if name, text, ok := strings.Cut(part, "\n"); ok {
			all[name] = strings.TrimSuffix(text, "\n")
		}
	}
	if len(all) < 40 {
		t.Fatalf("only %d constructs", len(all))
	}
	return all
}

// bodies returns the texts of the site's entries, by their files.
func bodies(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir("../../content", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		entry, err := matter.ReadYAML(src)
		if err != nil {
			return err
		}
		if body := bytes.TrimSpace(entry.Body); len(body) > 0 {
			all[name] = string(body)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d texts", len(all))
	}
	return all
}

// differences shows the lines in which two texts differ.
func differences(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return "was\n" + strings.Join(a, "\n") + "\nand is\n" + strings.Join(b, "\n")
}
