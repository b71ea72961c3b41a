package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/needs"
)

// TestFeedsAndSitemapsFollowTheirSchemas has every XML file of the real site
// validated by xmllint.
func TestFeedsAndSitemapsFollowTheirSchemas(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Xmllint, needs.SitemapSchema)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]string{} // by what their root element is
	err = filepath.WalkDir(filepath.Join(root, "public"), func(name string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(name); err != nil || d.IsDir() || ext != ".xml" && ext != ".config" && ext != ".svg" {
			return err
		}
		text, err := os.ReadFile(name)
		for _, kind := range []string{"<urlset", "<sitemapindex", "<rss", "<feed", ""} {
			if strings.Contains(string(text), kind) {
				files[kind] = append(files[kind], name)
				break
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, options := range map[string][]string{
		"<urlset":       {"--schema", "testdata/schema/sitemap.xsd"},
		"<sitemapindex": {"--relaxng", "testdata/schema/sitemapindex.rng"},
		"<rss":          {"--relaxng", "testdata/schema/rss.rng"},
		"<feed":         {"--relaxng", "testdata/schema/atom.rng"},
		"":              nil, // well-formed, at least
	} {
		if len(files[kind]) == 0 {
			t.Errorf("no file with %s", kind)
			continue
		}
		args := append([]string{"--noout", "--nonet"}, options...)
		if out, err := exec.Command(needs.Xmllint.Path(t), append(args, files[kind]...)...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%.2000s", kind, err, out)
		}
	}
}
