package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/needs"
)

// TestFewOfManyAreTranslated lists, in the other language, the few articles of many that have
// a page there, wherever among them they stand.
func TestFewOfManyAreTranslated(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	if err := addArticles(root, 200); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(root, "content", "tin-tuc", "bai-??????", "index.md"))
	if err != nil {
		t.Fatal(err)
	}
	title, date := regexp.MustCompile(`(?m)^title: .*$`), regexp.MustCompile(`(?m)^date: (.*)$`)
	texts := map[string][]byte{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = date.ReplaceAll(text, []byte("date: $1\nevent: $1"))
		if err := os.WriteFile(file, texts[file], 0o666); err != nil {
			t.Fatal(err)
		}
	}
	// The newest and the oldest: none between them.
	slices.SortFunc(files, func(a, b string) int { return bytes.Compare(date.Find(texts[a]), date.Find(texts[b])) })
	translated := append(files[:3:3], files[len(files)-1])
	for i, file := range translated {
		text := title.ReplaceAll(texts[file], fmt.Appendf(nil, "title: Article number %d", i))
		if err := os.WriteFile(filepath.Join(filepath.Dir(file), "index.en.md"), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := build(root); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join(root, "public", "en", "events", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range translated {
		if !strings.Contains(string(list), fmt.Sprintf("Article number %d<", i)) {
			t.Errorf("article %d is not in the list", i)
		}
	}
}
