package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
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

// TestAnArticleChangedCostsAnArticle changes articles and what their pages show, builds what
// is another now, and compares every byte with a build of the same content in a folder where
// there was nothing.
func TestAnArticleChangedCostsAnArticle(t *testing.T) {
	needs.Ask(t, needs.Endurance)
	root := siteOfTexts(t, []string{"Lời thứ nhất.", "Lời thứ hai, [bài đầu](/tin-tuc/bai-0/).", "Lời thứ ba.", "Lời thứ tư.", "Lời thứ năm."})
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	put := func(name string, data []byte) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(at(name)), 0o777), os.WriteFile(at(name), data, 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	replace := func(name, old, new string) {
		t.Helper()
		text := string(read(t, at(name)))
		if !strings.Contains(text, old) {
			t.Fatalf("%s has no %q", name, old)
		}
		put(name, []byte(strings.Replace(text, old, new, 1)))
	}
	article := func(i int) string { return fmt.Sprintf("content/tin-tuc/bai-%d/index.md", i) }
	for i := range 5 { // the days on which they happened, one after the other
		replace(article(i), "sources:", fmt.Sprintf("event: 2021-03-0%d\nsources:", i+1))
	}
	portrait := func(c color.Color) []byte {
		m := image.NewRGBA(image.Rect(0, 0, 400, 400))
		draw.Draw(m, m.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	const person = "content/tri-thuc/nguyen-van-mau/index.md"
	put(person, []byte("---\ntitle: Nguyễn Văn Mẫu\ndescription: Người mẫu.\ndied: 1999\nconsent: {basis: deceased}\nportrait: {file: chan-dung.png, alt: Chân dung., credit: Ảnh mẫu}\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\nTiểu sử.\n"))
	put("content/tri-thuc/nguyen-van-mau/chan-dung.png", portrait(color.RGBA{200, 0, 0, 255}))
	replace(article(3), "sources:", "people: [nguyen-van-mau]\nsources:")
	replace(article(4), "sources:", "image: {file: le.png, alt: Lễ., credit: Ảnh mẫu}\nsources:")
	put("content/tin-tuc/bai-4/le.png", portrait(color.RGBA{0, 200, 0, 255}))
	if err := build(root); err != nil {
		t.Fatal(err)
	}

	page := func(i int) string { return at(fmt.Sprintf("public/tin-tuc/bai-%d/index.html", i)) }
	for _, step := range []struct {
		name   string
		change func()
		made   string // the articles that are built; the others are taken
	}{
		{"nothing", func() {}, ""},
		{"a text", func() { replace(article(0), "Lời thứ nhất", "Lời đã sửa") }, "0"},
		{"a title that stands beside others, and a picture", func() {
			replace(article(2), "Bài 2", "Bài khác")
			put("content/tin-tuc/bai-4/le.png", portrait(color.RGBA{0, 0, 200, 255}))
		}, "1 2 3 4"},
		{"an article taken out that another leads to", func() {
			if err := os.RemoveAll(at("content/tin-tuc/bai-0")); err != nil {
				t.Fatal(err)
			}
			replace(article(1), "[bài đầu](/tin-tuc/bai-0/)", "bài đầu")
		}, "1"},
		{"a person's text", func() { replace(person, "Tiểu sử", "Cuộc đời") }, ""},
		{"a published page that somebody has changed", func() {
			if err := os.WriteFile(page(2), []byte("<p>Chữ lạ"), 0o666); err != nil {
				t.Fatal(err)
			}
		}, "1 2 3 4"},
	} {
		step.change()
		before := map[int]os.FileInfo{}
		for i := range 5 {
			if info, err := os.Stat(page(i)); err == nil {
				before[i] = info
			}
		}
		if err := build(root); err != nil {
			t.Fatal(step.name, err)
		}
		var made []string
		for i := range 5 {
			if info, err := os.Stat(page(i)); err == nil && !os.SameFile(info, before[i]) {
				made = append(made, fmt.Sprint(i))
			}
		}
		if got := strings.Join(made, " "); got != step.made {
			t.Errorf("%s: the pages of %q were built, want %q", step.name, got, step.made)
		}
		anew, err := copyOfSite(root, t.TempDir(), "anew")
		if err != nil {
			t.Fatal(err)
		}
		if err := build(anew); err != nil {
			t.Fatal(step.name, err)
		}
		if difference := compareTrees(filepath.Join(anew, "public"), at("public")); difference != "" {
			t.Errorf("%s: %s", step.name, difference)
		}
		if !bytes.Equal(read(t, at("generated/kept")), read(t, filepath.Join(anew, "generated", "kept"))) {
			t.Errorf("%s: what is kept is not of this build alone", step.name)
		}
	}
}
