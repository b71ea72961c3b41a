package needs

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// everyTestFile calls f for every Go file of the repository that tests, or helps to,
// but this package's own.
func everyTestFile(t *testing.T, f func(name string, src []byte)) {
	t.Helper()
	seen := 0
	for _, top := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root(), top), func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && (d.Name() == "node_modules" || name == filepath.Join(root(), "internal", "needs")) {
				return fs.SkipDir
			}
			if err != nil || filepath.Ext(name) != ".go" {
				return err
			}
			src, err := os.ReadFile(name)
			if err != nil || !bytes.Contains(src, []byte(`"testing"`)) {
				return err
			}
			seen++
			rel, err := filepath.Rel(root(), name)
			f(rel, src)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 50 {
		t.Fatalf("only %d test files were found", seen)
	}
}

// TestNeedsAreAskedAtTheHead reads all tests: what a test needs it asks with Ask, as its
// first statement, and nothing is skipped or looked for in another way.
func TestNeedsAreAskedAtTheHead(t *testing.T) {
	everyTestFile(t, func(name string, src []byte) {
		for _, fault := range faults(t, name, src) {
			t.Error(fault)
		}
	})
}

// faults lists what a test file does that Ask is for, or asks at the wrong place.
func faults(t *testing.T, name string, src []byte) (found []string) {
	t.Helper()
	positions := token.NewFileSet()
	file, err := parser.ParseFile(positions, name, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	heads := map[ast.Node]bool{}
	for _, d := range file.Decls {
		if call := headOf(d); call != nil {
			heads[call] = true
		}
	}
	report := func(n ast.Node, format string, args ...any) {
		found = append(found, positions.Position(n.Pos()).String()+": "+fmt.Sprintf(format, args...))
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			switch called(call) {
			case "needs.Ask":
				if !heads[call] {
					report(n, "needs.Ask is not the first statement of a test that is given its own t")
				}
			case "exec.Command", "exec.CommandContext":
				if p := literalProgram(call); p != "" && p != "go" {
					report(n, "%s may not be there: ask for it, and use its Path", p)
				}
			}
			return true
		}
		x, _ := s.X.(*ast.Ident)
		switch s.Sel.Name {
		case "Skipf", "SkipNow":
			report(n, "skips without needs.Ask")
		case "Skip":
			if x != nil && slices.Contains([]string{"t", "b", "f", "tb"}, x.Name) {
				report(n, "skips without needs.Ask")
			}
		case "Short":
			// What only helps tests may do less, which is not nothing.
			if x != nil && x.Name == "testing" && strings.HasSuffix(name, "_test.go") {
				report(n, "ask for needs.Long")
			}
		case "LookPath":
			if x != nil && x.Name == "exec" && name != ownProgram {
				report(n, "looks for a program without needs.Ask")
			}
		}
		return true
	})
	return found
}

// ownProgram finds our own program, which testscript has put into the PATH.
const ownProgram = "cmd/lienhiep/main_test.go"

// headOf is the call that a test or benchmark begins with, where that is a question of
// what its own parameter needs.
func headOf(d ast.Decl) *ast.CallExpr {
	f, ok := d.(*ast.FuncDecl)
	if !ok || f.Recv != nil || f.Body == nil || len(f.Body.List) == 0 || !regexp.MustCompile(`^(Test|Benchmark|Fuzz)[^a-z]`).MatchString(f.Name.Name) {
		return nil
	}
	statement, ok := f.Body.List[0].(*ast.ExprStmt)
	if !ok {
		return nil
	}
	call, ok := statement.X.(*ast.CallExpr)
	params := f.Type.Params.List
	if !ok || called(call) != "needs.Ask" || len(params) != 1 || len(params[0].Names) != 1 || len(call.Args) == 0 {
		return nil
	}
	if t, ok := call.Args[0].(*ast.Ident); !ok || t.Name != params[0].Names[0].Name {
		return nil
	}
	return call
}

// called is the function of another package that a call calls: "exec.Command".
func called(call *ast.CallExpr) string {
	if s, ok := call.Fun.(*ast.SelectorExpr); ok {
		if x, ok := s.X.(*ast.Ident); ok {
			return x.Name + "." + s.Sel.Name
		}
	}
	return ""
}

// literalProgram is the program that a call of exec.Command names in so many words.
func literalProgram(call *ast.CallExpr) string {
	args := call.Args
	if called(call) == "exec.CommandContext" && len(args) > 0 {
		args = args[1:]
	}
	if len(args) > 0 {
		if l, ok := args[0].(*ast.BasicLit); ok && l.Kind == token.STRING {
			if name, err := strconv.Unquote(l.Value); err == nil {
				return name
			}
		}
	}
	return ""
}

func TestFaultsAreFound(t *testing.T) {
	for body, want := range map[string]string{
		"func TestX(t *testing.T) { needs.Ask(t, needs.Git) }":                             "",
		"func BenchmarkX(b *testing.B) { needs.Ask(b, needs.Git) }":                        "",
		`func TestX(t *testing.T) { exec.Command("go", "list") }`:                          "",
		"func TestX(t *testing.T) { exec.Command(needs.Git.Path(t)) }":                     "",
		"func TestX(t *testing.T) { decoder.Skip() }":                                      "",
		"func TestX(t *testing.T) { prepare(); needs.Ask(t, needs.Git) }":                  "first statement",
		"func TestX(t *testing.T) { if a { needs.Ask(t, needs.Git) } }":                    "first statement",
		`func TestX(t *testing.T) { t.Run("", func(t *testing.T) { needs.Ask(t) }) }`:      "first statement",
		"func helper(t *testing.T) { needs.Ask(t, needs.Git) }":                            "first statement",
		"func TestX(t *testing.T) { needs.Ask(other, needs.Git) }":                         "first statement",
		"func TestX(t *testing.T) { defer needs.Ask(t, needs.Git) }":                       "first statement",
		`func TestX(t *testing.T) { t.Skip("no git") }`:                                    "skips",
		"func (h hostTest) x() { h.Skipf(``) }":                                            "skips",
		"func BenchmarkX(b *testing.B) { b.SkipNow() }":                                    "skips",
		"func TestX(t *testing.T) { if testing.Short() { return } }":                       "needs.Long",
		"func TestX(t *testing.T) { exec.LookPath(`git`) }":                                "looks for a program",
		"func TestX(t *testing.T) { exec.Command(`git`, `status`) }":                       "git may not be there",
		"func TestX(t *testing.T) { exec.CommandContext(t.Context(), `/usr/sbin/nginx`) }": "nginx may not be there",
	} {
		found := strings.Join(faults(t, "x_test.go", []byte("package x\n"+body)), "\n")
		if (found == "") != (want == "") || !strings.Contains(found, want) {
			t.Errorf("%s\nfound %q, want %q", body, found, want)
		}
	}
}

// scriptPrograms are what scripts run beside our own program: what every Unix has, and
// git, for which their test asks.
var scriptPrograms = []string{"lienhiep", "cp", "grep", "mkfifo", "sh", "git"}

// TestScriptsSkipNothing reads the scripts of testscript, which could skip themselves.
func TestScriptsSkipNothing(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(root(), "cmd/lienhiep/testdata/script/*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range scriptFaults(string(src)) {
			t.Errorf("%s: %s", filepath.Base(name), fault)
		}
	}
}

func scriptFaults(src string) (found []string) {
	script, _, _ := strings.Cut(src, "\n-- ")
	for line := range strings.Lines(script) {
		words := strings.Fields(strings.TrimLeft(line, "!? "))
		switch {
		case len(words) == 0:
		case strings.HasPrefix(words[0], "["), words[0] == "skip":
			found = append(found, "runs in part: "+line)
		case words[0] == "exec" && !slices.Contains(scriptPrograms, words[1]):
			found = append(found, words[1]+" may not be there: "+line)
		}
	}
	return found
}

func TestScriptFaultsAreFound(t *testing.T) {
	for script, want := range map[string]int{
		"exec lienhiep build\n! exec grep a b\nstdout [a-z]\n\n# [skip]\n-- f --\nskip\n": 0,
		"skip 'no git'\n": 1, "[!exec:git] skip\n": 1, "exec cp a b\n[short] stop\n": 1, "! exec curl a\n": 1, "? exec node\n": 1,
	} {
		if found := scriptFaults(script); len(found) != want {
			t.Errorf("%q: %q, want %d", script, found, want)
		}
	}
}

// recorder is a test that records how it is ended.
type recorder struct {
	testing.TB
	name, ended string
}

func (r *recorder) Helper()                        {}
func (r *recorder) Name() string                   { return r.name }
func (r *recorder) Fatal(args ...any)              { r.end("failed: " + fmt.Sprint(args...)) }
func (r *recorder) Fatalf(text string, arg ...any) { r.end("failed: " + fmt.Sprintf(text, arg...)) }
func (r *recorder) Skip(args ...any)               { r.end("skipped: " + fmt.Sprint(args...)) }

func (r *recorder) end(how string) {
	r.ended = how
	panic(r)
}

// ends runs f as a test of a name, and tells how it was ended, if it was.
func ends(name string, f func(t testing.TB)) string {
	r := &recorder{name: name}
	func() {
		defer func() {
			if ended := recover(); ended != nil && ended != r {
				panic(ended)
			}
		}()
		f(r)
	}()
	return r.ended
}

func TestAsk(t *testing.T) {
	here := &Need{"this", "nowhere", func() (string, bool) { return "/here", true }}
	gone := &Need{"that", "somewhere", func() (string, bool) { return "", false }}
	for name, test := range map[string]struct {
		in   string
		do   func(testing.TB)
		want string
	}{
		"all is here":        {"TestA", func(t testing.TB) { Ask(t, here) }, ""},
		"one is missing":     {"TestB", func(t testing.TB) { Ask(t, here, gone) }, "skipped: needs that (somewhere)"},
		"a subtest asks":     {"TestC/x", func(t testing.TB) { Ask(t, here) }, "failed: a subtest asks"},
		"used, never asked":  {"TestD", func(t testing.TB) { here.Path(t) }, "failed: TestD uses this without having asked"},
		"asked, then used":   {"TestE", func(t testing.TB) { Ask(t, here); t.(*recorder).name += "/x"; here.Path(t) }, ""},
		"another test's own": {"TestA2", func(t testing.TB) { here.Path(t) }, "failed: TestA2 uses this"},
		"a corpus is missing": {"TestF", func(t testing.TB) { Ask(t, corpus("laws", "none-of-this-name")) },
			"skipped: needs laws (../shared/none-of-this-name, which lies beside the checkout)"},
	} {
		if got := ends(test.in, test.do); !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	var path string
	if ends("TestG", func(t testing.TB) { Ask(t, here); path = here.Path(t) }); path != "/here" {
		t.Errorf("it is at %q", path)
	}
}

// TestLongestTestsWantARunWithTheTime holds that go test, which ends a package after ten
// minutes unless it is told otherwise, does not begin what it would not finish.
func TestLongestTestsWantARunWithTheTime(t *testing.T) {
	limit := flag.Lookup("test.timeout").Value
	defer limit.Set(limit.String())
	for given, want := range map[string]bool{"10m": false, "39m": false, "40m": true, "2h": true, "0": true} {
		if err := limit.Set(given); err != nil {
			t.Fatal(err)
		}
		if unhurried() != want {
			t.Errorf("with -timeout=%s it is %v", given, !want)
		}
	}
}
