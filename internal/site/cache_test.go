package site

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestABuildTakesNoPictureCutShort lets Hugo make a picture, damages it where Hugo
// keeps it, and builds again.
func TestABuildTakesNoPictureCutShort(t *testing.T) {
	root, staging := t.TempDir(), filepath.Join(t.TempDir(), "staging")
	img := image.NewGray(image.Rect(0, 0, 256, 256))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * i >> 3)
	}
	img.Set(0, 0, color.White)
	var original bytes.Buffer
	if err := png.Encode(&original, img); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"config.toml":           "baseURL = \"https://a.example/\"\ntimeout = \"2m\"\ndisableKinds = [\"taxonomy\", \"term\", \"rss\", \"sitemap\"]\n" + mounts,
		"content/a/index.md":    "---\ntitle: A\n---\n",
		"content/a/picture.png": original.String(),
		"layouts/home.html":     "home",
		"layouts/page.html":     `{{ (.Resources.Get "picture.png").Resize "200x webp" | print }}{{ ((.Resources.Get "picture.png").Resize "200x webp").RelPermalink }}`,
	} {
		file := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	only := func(dir string) string {
		t.Helper()
		var found []string
		err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
			if filepath.Ext(name) == ".webp" {
				found = append(found, name)
			}
			return err
		})
		if err != nil || len(found) != 1 {
			t.Fatalf("%s has the pictures %v (%v)", dir, found, err)
		}
		return found[0]
	}
	build := func() []byte {
		t.Helper()
		if findings, err := Build(t.Context(), root, staging, "https://a.example/", nil); err != nil || findings != nil {
			t.Fatal(findings, err)
		}
		data, err := os.ReadFile(only(staging))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	whole := build()
	kept := only(filepath.Join(root, "resources"))
	holed := slices.Clone(whole)
	clear(holed[512:1024])
	for what, damaged := range map[string][]byte{"empty": {}, "cut short": whole[:len(whole)/2], "zeros": make([]byte, len(whole)), "a hole": holed} {
		if err := os.WriteFile(kept, damaged, 0o666); err != nil {
			t.Fatal(err)
		}
		if again := build(); !bytes.Equal(again, whole) {
			t.Errorf("%s: the picture published is %d bytes, want %d", what, len(again), len(whole))
		}
	}
	// What is whole is taken again.
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(kept, long, long); err != nil {
		t.Fatal(err)
	}
	build()
	if info, err := os.Stat(kept); err != nil || !info.ModTime().Equal(long) {
		t.Errorf("a whole picture was made anew (%v)", err)
	}
}
