package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"lienhiep/internal/disk"
	"lienhiep/internal/needs"
	"lienhiep/internal/powercut"
)

// TestAPowerCutAfterABuild cuts the power as soon as a build says that it is done,
// twice in a row. The site is whole, and the same command gives it again, whatever was
// lost of what is kept between builds.
func TestAPowerCutAfterABuild(t *testing.T) {
	needs.Ask(t, needs.Long, needs.PowerCut)
	d := powercut.New(t, 256)
	root := smallSiteIn(t, filepath.Join(d.Dir, "site"))
	withPicture(t, filepath.Join(root, "content", "tin-tuc", "co-anh"))
	home := filepath.Join(root, "content", "_index.md")
	public := filepath.Join(root, "public")
	for _, loss := range []powercut.Loss{powercut.Content, powercut.Everything} {
		text, err := os.ReadFile(home)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(home, append(text, "\n\nMột dòng mới ở trang chủ.\n"...), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := disk.SyncTree(filepath.Join(root, "content")); err != nil { // written long ago
			t.Fatal(err)
		}
		runBinary(t, "build", "--dir", root)
		built := filepath.Join(t.TempDir(), "site")
		if err := copyTree(public, built); err != nil {
			t.Fatal(err)
		}
		d.Cut(loss)
		if difference := compareTrees(public, built); difference != "" {
			t.Errorf("after the cut, losing %v: %s", loss, difference)
		}
		runBinary(t, "build", "--dir", root)
		if difference := compareTrees(public, built); difference != "" {
			t.Errorf("built again after the cut, losing %v: %s", loss, difference)
		}
	}
}

// TestDamagedCachesHeal empties everything that is kept between builds, as a power cut
// may: the next build gives the same site.
func TestDamagedCachesHeal(t *testing.T) {
	root := smallSite(t)
	withPicture(t, filepath.Join(root, "content", "tin-tuc", "co-anh"))
	runBinary(t, "build", "--dir", root)
	built := filepath.Join(t.TempDir(), "site")
	if err := copyTree(filepath.Join(root, "public"), built); err != nil {
		t.Fatal(err)
	}
	for what, damage := range map[string]func(data []byte) []byte{
		"empty":     func([]byte) []byte { return nil },
		"cut short": func(data []byte) []byte { return data[:len(data)*2/3] },
		"zeros":     func(data []byte) []byte { return make([]byte, len(data)) },
	} {
		for _, kept := range []string{"generated", "resources"} {
			damaged := 0
			err := filepath.WalkDir(filepath.Join(root, kept), func(name string, d os.DirEntry, err error) error {
				if err != nil || !d.Type().IsRegular() {
					return err
				}
				data, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				damaged++
				return os.WriteFile(name, damage(data), 0o666)
			})
			if err != nil || damaged == 0 {
				t.Fatalf("%d files in %s were damaged (%v)", damaged, kept, err)
			}
		}
		runBinary(t, "build", "--dir", root)
		if difference := compareTrees(filepath.Join(root, "public"), built); difference != "" {
			t.Errorf("%s: %s", what, difference)
		}
	}
}

// withPicture writes an article with a photograph that must be cleaned.
func withPicture(t *testing.T, dir string) {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 1200, 900))
	for i := range img.Pix {
		img.Pix[i] = uint8(i*i>>12 ^ i>>5)
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, img, nil); err != nil {
		t.Fatal(err)
	}
	comment := "\xff\xfe\x00\x0athe place"
	for name, text := range map[string]string{
		"anh.jpg": "\xff\xd8" + comment + photo.String()[2:],
		"index.md": `---
title: Bài có ảnh
description: Mô tả.
date: 2024-01-02
image: {file: anh.jpg, alt: Ảnh chụp, credit: Ban biên tập}
sources: [{title: Nguồn, url: "https://example.org/"}]
---
Lời bài.
`,
	} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
