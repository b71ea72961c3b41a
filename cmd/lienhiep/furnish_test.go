package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"lienhiep/internal/kept"
)

// TestPagesReadAheadOfTheSite reads some pages before the site is there, and then the rest:
// what is made of them is the same, also where one has changed since, or is gone.
func TestPagesReadAheadOfTheSite(t *testing.T) {
	pages := map[string]string{"tim-kiem/index.html": `<html lang=vi><main data-search-page><h1>Tìm kiếm</h1></main>`}
	for i := range 40 {
		pages[fmt.Sprintf("tin-tuc/b%d/index.html", i)] = fmt.Sprintf(`<html lang=vi><head><meta property=og:url content=https://a.vn/tin-tuc/b%[1]d/><meta property=og:title content="Bài %[1]d">
<meta property=og:image content=https://a.vn/tin-tuc/b%[1]d/the-1.png></head><main data-search=tin-tuc><h1>Bài %[1]d</h1><p data-spoken=x><article data-aloud>Trí thức số %[1]d.</article></main>`, i)
	}
	const first = "tin-tuc/b0/index.html"
	for name, since := range map[string]func(pages map[string]string){
		"nothing": func(map[string]string) {},
		"changed": func(pages map[string]string) {
			pages[first] = "<html lang=vi><main data-search=tin-tuc><h1>Khác</h1></main>"
		},
		"gone": func(pages map[string]string) { delete(pages, first) },
	} {
		t.Run(name, func(t *testing.T) {
			now := maps.Clone(pages)
			since(now)
			made := func(ahead map[string]string) string {
				dir := t.TempDir()
				for page, text := range now {
					file := filepath.Join(dir, filepath.FromSlash(page))
					if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
						t.Fatal(err)
					}
				}
				r := newReading(kept.New(dir))
				for page, text := range ahead {
					if err := r.page(page, []byte(text)); err != nil {
						t.Fatal(err)
					}
				}
				if err := r.furnish(t.Context(), &UI{}, dir); err != nil {
					t.Fatal(err)
				}
				return dir
			}
			ahead := map[string]string{first: pages[first], "tin-tuc/b7/index.html": pages["tin-tuc/b7/index.html"]}
			anew := made(nil)
			if difference := compareTrees(anew, made(ahead)); difference != "" {
				t.Error(difference)
			}
			for _, file := range []string{"tim-kiem/index/head.bin", "tin-tuc/b7/nghe.json", "tin-tuc/b7/the-1.png"} {
				if _, err := os.Stat(filepath.Join(anew, filepath.FromSlash(file))); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
