package internal

import (
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayImport is the table of design: which of our packages each may use. One
// direction, no way back.
var mayImport = map[string][]string{
	"internal/disk":       {},
	"internal/powercut":   {},
	"internal/diag":       {},
	"internal/growth":     {}, // tests alone use it
	"internal/viet":       {},
	"internal/photo":      {},
	"internal/plan":       {"diag", "viet"},
	"internal/office":     {"diag", "viet", "photo"},
	"internal/catalog":    {"diag", "viet", "photo", "plan"},
	"internal/compare":    {"plan"},
	"internal/form":       {"diag", "viet", "plan", "office"},
	"internal/calendar":   {},
	"internal/generate":   {"disk", "diag", "viet", "photo", "plan", "compare", "form", "catalog", "calendar"},
	"internal/report":     {"diag", "plan", "office", "form", "catalog"},
	"internal/withdrawal": {"diag", "viet", "catalog"},
	"internal/roster":     {"diag", "viet", "catalog", "office"},
	"internal/site":       {"disk", "diag", "photo"},
	"internal/search":     {"viet"},
	"internal/card":       {"disk"},
	"internal/check":      {"diag", "viet", "photo"},
	"internal/host":       {},
	"internal/publish":    {"disk", "diag", "host"},
	"internal/desk":       {},
	"internal/edit":       {"disk", "diag", "photo", "plan", "catalog", "publish"},
	"cmd/release":         {"desk"},
	"cmd/lienhiep":        {"disk", "diag", "viet", "plan", "compare", "office", "form", "catalog", "report", "generate", "withdrawal", "roster", "site", "search", "card", "check", "host", "publish", "desk", "edit"},
}

// hugoOnlyIn is the one package that knows Hugo.
const hugoOnlyIn = "internal/site"

func TestPackagesImportInOneDirection(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "lienhiep/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		imports := strings.Fields(line)
		name := strings.TrimPrefix(imports[0], "lienhiep/")
		allowed, known := mayImport[name]
		if !known && name != "internal" {
			t.Errorf("%s is not in the table: say what it may import", name)
		}
		for _, i := range imports[1:] {
			if own, ok := strings.CutPrefix(i, "lienhiep/internal/"); ok && !slices.Contains(allowed, own) {
				t.Errorf("%s imports internal/%s", name, own)
			}
			if strings.HasPrefix(i, "github.com/gohugoio/hugo") && name != hugoOnlyIn {
				t.Errorf("%s imports %s: only %s knows Hugo", name, i, hugoOnlyIn)
			}
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	folders, err := filepath.Glob("*/")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range append(folders, "../cmd/lienhiep", "../cmd/release") {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		comment := ""
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if f.Doc != nil && !strings.HasSuffix(file, "_test.go") {
				comment += f.Doc.Text()
			}
		}
		if len(comment) < 80 && len(files) > 0 {
			t.Errorf("%s has no package comment worth reading", folder)
		}
	}
}
