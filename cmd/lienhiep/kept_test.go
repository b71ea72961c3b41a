package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lienhiep/internal/needs"
)

// TestABuildOfWhatIsKeptIsTheBuildOfNothing changes a site, its last build and what was
// kept of it, builds anew, and compares every byte with a build of the same content in a
// folder where there was nothing.
func TestABuildOfWhatIsKeptIsTheBuildOfNothing(t *testing.T) {
	needs.Ask(t, needs.Long)
	root := siteOfTexts(t, []string{"Lời thứ nhất.", "Lời thứ hai.", "Lời thứ ba."})
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	if err := build(root); err != nil {
		t.Fatal(err)
	}
	sums := read(t, at("generated/kept"))

	// An article is another now. What was published has been changed by hand, and a card has gone.
	article := at("content/tin-tuc/bai-1/index.md")
	edit := func(file string, change func(string) string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(change(string(read(t, file)))), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	edit(article, func(text string) string { return strings.Replace(text, "Bài 1", "Bài khác", 1) })
	cards, err := filepath.Glob(at("public/tin-tuc/bai-?/the-*.png"))
	if err != nil || len(cards) != 3 {
		t.Fatal(cards, err)
	}
	edit(cards[0], func(string) string { return string(read(t, cards[2])) })
	if err := os.Remove(cards[2]); err != nil {
		t.Fatal(err)
	}
	edit(at("public/index.html.gz"), func(string) string { return string(read(t, at("public/tin-tuc/index.html.gz"))) })
	edit(at("public/tin-tuc/bai-2/index.html.gz"), func(copied string) string { return copied[:len(copied)/2] })

	anew, err := copyOfSite(root, t.TempDir(), "anew")
	if err != nil {
		t.Fatal(err)
	}
	if err := build(anew); err != nil {
		t.Fatal(err)
	}
	same := func(what string) {
		t.Helper()
		if difference := compareTrees(filepath.Join(anew, "public"), at("public")); difference != "" {
			t.Errorf("%s: %s", what, difference)
		}
		if kept := read(t, at("generated/kept")); !bytes.Equal(kept, read(t, filepath.Join(anew, "generated", "kept"))) || bytes.Equal(kept, sums) {
			t.Errorf("%s: the sums kept are not those of this build alone", what)
		}
	}
	if err := build(root); err != nil {
		t.Fatal(err)
	}
	same("after changes")

	// Two builds at once, of sums that a power cut has damaged.
	edit(at("generated/kept"), func(sums string) string { return sums[:len(sums)-7] })
	var both sync.WaitGroup
	errs := make([]error, 2)
	for i := range errs {
		both.Go(func() { errs[i] = build(root) })
	}
	both.Wait()
	if errs[0] != nil || errs[1] != nil {
		t.Fatal(errs)
	}
	same("two at once")
}
