package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// mayImport is the table of design: which of our packages each may use. One
// direction, no way back.
var mayImport = map[string][]string{
	"internal/needs":         {}, // by tests alone
	"internal/disk":          {},
	"internal/garbage":       {},
	"internal/kept":          {"disk"},
	"internal/powercut":      {"needs"}, // by tests alone
	"internal/diag":          {},
	"internal/growth":        {}, // tests alone use it
	"internal/viet":          {},
	"internal/photo":         {},
	"internal/emblem":        {"viet"},
	"internal/weblink":       {"diag", "viet"},
	"internal/content":       {},
	"internal/secret":        {},
	"internal/verbatim":      {},
	"internal/markdown":      {},
	"internal/mistyped":      {"viet", "markdown"},
	"internal/matter":        {"diag", "markdown"},
	"internal/pdf":           {"photo"},
	"internal/attach":        {"diag", "viet", "photo", "pdf"},
	"internal/plan":          {"diag", "viet", "verbatim"},
	"internal/page":          {"diag", "viet", "pdf"},
	"internal/office":        {"diag", "viet", "markdown", "photo"},
	"internal/lint":          {"diag", "viet", "weblink", "markdown", "mistyped"},
	"internal/catalog":       {"diag", "viet", "weblink", "lint", "photo", "plan", "content", "matter", "attach", "secret"},
	"internal/proof":         {"diag", "viet", "markdown", "matter", "weblink", "plan", "catalog"},
	"internal/proposal":      {"viet", "markdown", "matter", "catalog"},
	"internal/compare":       {"plan"},
	"internal/form":          {"diag", "viet", "markdown", "plan", "office"},
	"internal/calendar":      {},
	"internal/kit":           {"diag", "viet", "emblem", "markdown", "matter", "plan", "office", "form", "catalog", "card"},
	"internal/generate":      {"disk", "diag", "viet", "matter", "photo", "plan", "compare", "form", "kit", "catalog", "calendar", "attach", "emblem"},
	"internal/report":        {"diag", "markdown", "plan", "office", "form", "catalog"},
	"internal/withdrawal":    {"diag", "viet", "markdown", "matter", "catalog", "attach"},
	"internal/roster":        {"diag", "viet", "markdown", "office", "matter", "catalog"},
	"internal/intake":        {"diag", "viet", "plan", "page", "office", "matter", "catalog"},
	"internal/site":          {"disk", "diag", "content", "garbage", "photo"},
	"internal/holdback":      {"disk", "diag", "content"},
	"internal/history":       {"disk"},
	"internal/approval":      {"viet", "markdown", "photo", "compare"},
	"internal/ledger":        {"disk", "compare"},
	"internal/schedule":      {"disk"},
	"internal/search":        {"viet", "host", "kept"},
	"internal/search/engine": {"search"}, // by tests alone
	"internal/aloud":         {"viet"},
	"internal/card":          {"kept", "viet", "emblem"},
	"internal/incremental":   {"diag", "kept", "matter", "content", "catalog"},
	"internal/origin":        {"diag"},
	"internal/check":         {"disk", "diag", "viet", "weblink", "photo", "secret"},
	"internal/host":          {"disk", "kept"},
	"internal/loopback":      {"diag"},
	"internal/preview":       {"diag", "host", "loopback"},
	"internal/ftps":          {},
	"internal/ftpserver":     {"disk"},
	"internal/publish":       {"disk", "diag", "content", "host", "ftps"},
	"internal/desk":          {},
	"internal/repository":    {},
	"internal/edit":          {"disk", "diag", "viet", "photo", "matter", "markdown", "compare", "history", "ledger", "schedule", "repository", "catalog", "proposal", "publish", "content", "loopback", "preview", "attach", "plan", "office", "intake", "roster", "report", "edit/help"},
	"internal/edit/help":     {},
	"cmd/release":            {"desk"},
	"cmd/lienhiep":           {"disk", "diag", "viet", "matter", "plan", "compare", "office", "form", "content", "catalog", "report", "kit", "proof", "generate", "withdrawal", "roster", "intake", "site", "holdback", "history", "approval", "ledger", "schedule", "search", "aloud", "card", "check", "incremental", "garbage", "origin", "kept", "host", "publish", "desk", "repository", "loopback", "preview", "edit", "edit/help"},
}

// goldmarkOnlyIn is the one package that sets goldmark up; others read its trees.
const goldmarkOnlyIn = "internal/markdown"

// pdfOnlyIn is the one package that knows the library that reads PDF.
const pdfOnlyIn = "internal/pdf"

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
			if strings.HasPrefix(i, "github.com/pdfcpu/") && name != pdfOnlyIn {
				t.Errorf("%s imports %s: only %s knows it", name, i, pdfOnlyIn)
			}
			if strings.HasPrefix(i, "github.com/gohugoio/hugo") && name != hugoOnlyIn {
				t.Errorf("%s imports %s: only %s knows Hugo", name, i, hugoOnlyIn)
			}
			if strings.HasPrefix(i, "github.com/yuin/goldmark") && !strings.HasSuffix(i, "/ast") && name != goldmarkOnlyIn {
				t.Errorf("%s imports %s: only %s sets it up", name, i, goldmarkOnlyIn)
			}
		}
	}
}

// TestTheArchitectureNamesEveryPackage holds doc.go to the table.
func TestTheArchitectureNamesEveryPackage(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for name := range mayImport {
		name = strings.TrimPrefix(name, "internal/")
		if name != "cmd/release" && !regexp.MustCompile(`[\s(]`+name+`\b`).Match(text) {
			t.Errorf("doc.go does not name %s", name)
		}
	}
}

// TestTheFirstBuildIsSmall finds the libraries of object stores that made the first build
// half as long again, and that come back by one import; .ci/measure times it.
func TestTheFirstBuildIsSmall(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "lienhiep/cmd/lienhiep").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.Lines(string(out)) {
		for _, heavy := range []string{"gocloud.dev/", "cloud.google.com/", "google.golang.org/grpc", "google.golang.org/api/", "github.com/Azure/", "github.com/aws/", "modernc.org/"} {
			if strings.HasPrefix(name, heavy) {
				t.Errorf("the program has %s in it", strings.TrimSpace(name))
			}
		}
	}
}

// TestDependenciesHaveReasons compares go.mod with the table in CONTRIBUTING.md.
func TestDependenciesHaveReasons(t *testing.T) {
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(guide), "\n## Dependencies\n")
	named := map[string]bool{}
	for line := range strings.Lines(table) {
		if cells := strings.Split(line, "|"); len(cells) > 2 && strings.TrimSpace(cells[2]) != "" {
			for _, name := range regexp.MustCompile("`[^`]+`").FindAllString(cells[1], -1) {
				named[strings.Trim(name, "`")] = true
			}
		}
	}
	for _, r := range mod.Require {
		if !r.Indirect && !named[r.Mod.Path] {
			t.Errorf("CONTRIBUTING.md does not say why there is %s", r.Mod.Path)
		}
		if !r.Indirect {
			delete(named, r.Mod.Path)
		}
	}
	for name := range named {
		t.Errorf("CONTRIBUTING.md names %s, which go.mod does not", name)
	}
}

// TestFilesAreReplacedInOnePlace finds renames outside internal/disk, which flushes what
// takes another's place, keeps its mode, and tries again where Windows must.
func TestFilesAreReplacedInOnePlace(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	commands, err := filepath.Glob("../cmd/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, commands...) {
		if strings.HasPrefix(file, "disk/") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok || s.Sel.Name != "Rename" {
				return true
			}
			if x, ok := s.X.(*ast.Ident); !ok || x.Name != "disk" {
				t.Errorf("%s renames by itself; internal/disk does", set.Position(s.Pos()))
			}
			return true
		})
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
