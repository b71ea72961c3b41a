package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/site"
)

// TestNoOldAddressTakesAnother gives an entry every folder of the built site that has a
// file as an old address: each is refused, since something else is served there.
func TestNoOldAddressTakesAnother(t *testing.T) {
	real, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	root, err := copyOfSite(real, t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	served := map[string]bool{}
	err = fs.WalkDir(os.DirFS(filepath.Join(real, "public")), ".", func(name string, d fs.DirEntry, err error) error {
		if folder := path.Dir(name); err == nil && !d.IsDir() && !strings.Contains(folder, ".") {
			served["/"+folder+"/"] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var aliases []string
	for url := range served {
		aliases = append(aliases, `"`+url+`"`)
	}
	entry := filepath.Join(root, "content", "tin-tuc", "chiem-cho", "index.md")
	text := "---\ntitle: Chiếm chỗ\ndraft: true\naliases: [" + strings.Join(aliases, ", ") + "]\n---\n"
	if err := writeAll(entry, text); err != nil {
		t.Fatal(err)
	}
	config, err := site.ReadConfig(root)
	if err != nil {
		t.Fatal(err)
	}
	_, findings, err := catalog.Load(os.DirFS(root), catalog.Options{Now: time.Now(), Zone: config.Zone, Permalinks: config.Permalinks})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Code == "duplicate-address" || f.Code == "generated-address" {
			delete(served, f.Arg(1).(string))
		}
	}
	if len(aliases) < 50 {
		t.Errorf("%d folders in all", len(aliases))
	}
	for url := range served {
		t.Errorf("%s is served, and may be an old address too", url)
	}
}

func writeAll(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o666)
}
