package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFeedsAndSitemapsFollowTheirSchemas has every XML file of the real site
// validated by xmllint. Where it is not installed the test is skipped, which
// .ci/run does not let pass.
func TestFeedsAndSitemapsFollowTheirSchemas(t *testing.T) {
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("needs xmllint (Debian's libxml2-utils)")
	}
	if _, err := os.Stat("testdata/browser/node_modules/sitemap/schema/sitemap.xsd"); err != nil {
		t.Skip("needs the sitemaps' schema, from `npm ci --prefix cmd/lienhiep/testdata/browser`")
	}
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
		if out, err := exec.Command("xmllint", append(args, files[kind]...)...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%.2000s", kind, err, out)
		}
	}
}
