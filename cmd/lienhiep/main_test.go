package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"lienhiep/internal/ftpserver"
	"lienhiep/internal/host"
	"lienhiep/internal/needs"
)

// binary is the program itself: this test binary, under the name that makes it the
// command. workshop is a folder that lives as long as the tests do.
var binary, workshop string

// atTheEnd ends what the tests have started to share.
var atTheEnd []func()

func TestMain(m *testing.M) {
	testscript.Main(workshopM{m}, map[string]func(){"lienhiep": main})
}

// workshopM runs the tests once testscript has put the command into the PATH.
type workshopM struct{ *testing.M }

func (m workshopM) Run() int {
	var err error
	if binary, err = exec.LookPath("lienhiep"); err != nil {
		panic(err)
	}
	if workshop, err = os.MkdirTemp("", "lienhiep"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(workshop)
	if err := os.Setenv("XDG_CONFIG_HOME", filepath.Join(workshop, "config")); err != nil { // where a name is remembered
		panic(err)
	}
	defer func() {
		for _, end := range slices.Backward(atTheEnd) {
			end()
		}
	}()
	return m.M.Run()
}

// templates are the parts of the real site that a small one for a test needs.
var templates = []string{"layouts", "assets", "i18n", "static", "config.toml"}

// TestScripts runs each script of testdata/script in a folder of its own, which
// holds the real templates and the real plan. Commands beside the usual ones:
//
//	get URL REGEXP     wait until the page at URL matches
//	await FILE REGEXP  wait until the file matches
//	stop               interrupt the program in the background
//	replace FILE A B   put B for A in the file
//	same DIR DIR       the folders hold the same files, hidden ones aside
//	holds DIR DIR      the first holds every file of the second, hidden ones aside
//	append FILE FILE   put the second file behind the first
//	secret NAME FILE   put the file's content into the environment
//	host DIR           serve the folder as a web server would, at $SITE
//	glob PATTERN       some file matches
//	cut FILE TARGET    copy the first half of the file
//	images DIR         every image below DIR is WebP or SVG, and nothing but a picture
//	pack FOLDER FILE   zip the folder: the parts of a Word file
//	finds QUERY [PAGE] the search of public/ finds the page; anything
//	sheet TABLE FILE   make an Excel file of a table (see scriptSheet)
//
// $PHOTOS is a folder of pictures as cameras take them, $FILES one of documents as
// offices write them; $BIN the one that holds the
// program alone.
//
// TestScriptsThatBuild, TestScriptsThatBuildOften and TestScriptsWithGit run those that need
// more.
func TestScripts(t *testing.T) { runScripts(t, plainScript) }

func TestScriptsThatBuild(t *testing.T) {
	needs.Ask(t, needs.Long)
	runScripts(t, buildingScript)
}

func TestScriptsThatBuildOften(t *testing.T) {
	needs.Ask(t, needs.Endurance)
	runScripts(t, longScript)
}

func TestScriptsWithGit(t *testing.T) {
	needs.Ask(t, needs.Git)
	runScripts(t, gitScript)
}

// scriptKind is what a script needs.
type scriptKind int

const (
	plainScript scriptKind = iota
	buildingScript
	longScript // builds, sends or changes a site more than ten times
	gitScript
)

// buildsInScript is a build or a preview of a whole site, siteInScript each command that may
// work on one.
var (
	buildsInScript = regexp.MustCompile(`(?m)^exec .*lienhiep (build|serve)( --(base-url|port) \S+)*('? .*&)?$`)
	siteInScript   = regexp.MustCompile(`(?m)^!? *exec .*lienhiep (build|serve|deploy|takedown)\b`)
	gitInScript    = regexp.MustCompile(`(?m)^!? *exec git `)
)

func kindOfScript(text []byte) scriptKind {
	switch {
	case gitInScript.Match(text):
		return gitScript
	case buildsInScript.Match(text):
		if len(siteInScript.FindAll(text, -1)) > 10 {
			return longScript
		}
		return buildingScript
	}
	return plainScript
}

func runScripts(t *testing.T, kind scriptKind) {
	t.Helper()
	all, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	mine := slices.DeleteFunc(all, func(name string) bool { return kindOfScript(read(t, name)) != kind })
	testscript.Run(t, testscript.Params{
		Files:         mine,
		UpdateScripts: *update,
		Setup:         setupScript,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"get": scriptGet, "await": scriptAwait, "stop": scriptStop, "replace": scriptReplace, "same": scriptSame, "holds": scriptHolds,
			"append": scriptAppend, "secret": scriptSecret, "host": scriptHost, "webspace": scriptWebspace,
			"glob": scriptGlob, "empty": scriptEmpty, "cut": scriptCut, "images": scriptImages, "finds": scriptFinds, "pack": scriptPack, "sheet": scriptSheet,
		},
	})
}

func setupScript(env *testscript.Env) error {
	for _, name := range templates {
		if err := copyTree(filepath.Join("..", "..", name), filepath.Join(env.WorkDir, name)); err != nil {
			return err
		}
	}
	plan := "content/ke-hoach/15-kh-tu/van-ban.txt"
	if err := copyTree(filepath.Join("..", "..", plan), filepath.Join(env.WorkDir, plan)); err != nil {
		return err
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer free.Close()
	_, port, err := net.SplitHostPort(free.Addr().String())
	if err != nil {
		return err
	}
	env.Setenv("PORT", port)
	photos, err := filepath.Abs("../../internal/photo/testdata") // what cameras took
	if err != nil {
		return err
	}
	env.Setenv("PHOTOS", photos)
	files, err := filepath.Abs("../../internal/attach/testdata") // what LibreOffice wrote
	if err != nil {
		return err
	}
	env.Setenv("FILES", files)
	env.Setenv("BIN", filepath.Dir(binary))
	return nil
}

func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o666)
	})
}

// patience bounds the wait for a page or file; one that is right ends it at once.
const patience = 60 * time.Second

func scriptGet(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: get URL REGEXP")
	}
	until(ts, args[0], args[1], fetch)
}

func scriptAwait(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: await FILE REGEXP")
	}
	until(ts, ts.MkAbs(args[0]), args[1], os.ReadFile)
}

// until reads the place again and again until it matches.
func until(ts *testscript.TestScript, place, pattern string, read func(string) ([]byte, error)) {
	want := regexp.MustCompile(pattern)
	var body []byte
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); runtimePause() {
		if body, err = read(place); err == nil && want.Match(body) {
			return
		}
	}
	ts.Fatalf("%s never matched %s: %v\n%s", place, pattern, err, body)
}

// runtimePause gives the program the processor between two tries.
func runtimePause() { <-time.After(50 * time.Millisecond) }

func fetch(url string) ([]byte, error) {
	r, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

func scriptStop(ts *testscript.TestScript, neg bool, args []string) {
	for _, cmd := range ts.BackgroundCmds() {
		ts.Check(cmd.Process.Signal(os.Interrupt))
	}
}

func scriptReplace(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 || neg {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	old := ts.ReadFile(args[0])
	if !strings.Contains(old, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(old, args[1], args[2], 1)), 0o666))
}

func scriptSame(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same DIR DIR")
	}
	difference := compareTrees(ts.MkAbs(args[0]), ts.MkAbs(args[1]))
	if (difference != "") != neg {
		ts.Fatalf("%s and %s: %s", args[0], args[1], difference)
	}
}

func scriptHolds(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: holds DIR DIR")
	}
	difference := lacks(ts.MkAbs(args[1]), ts.MkAbs(args[0]))
	if (difference != "") != neg {
		ts.Fatalf("%s and %s: %s", args[0], args[1], difference)
	}
}

func scriptAppend(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: append FILE FILE")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[0])+ts.ReadFile(args[1])), 0o666))
}

func scriptSecret(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: secret NAME FILE")
	}
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile(args[1])))
}

// scriptWebspace has a server of FTP over TLS serve a folder, and adds it to config.toml
// as a target of the folder's name; and as one with "-la" after it, whose certificate is
// not known.
func scriptWebspace(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: webspace DIR")
	}
	server, stop, err := ftpserver.Start(ts.MkAbs(args[0]), ftpserver.Options{})
	ts.Check(err)
	ts.Defer(stop)
	address := "ftps://" + ftpserver.User + "@" + server.Address + "/"
	targets := fmt.Sprintf("\n[params.deploy.%[1]s]\nurl = \"%[2]s?fingerprint=%[3]x\"\n\n[params.deploy.%[1]s-la]\nurl = \"%[2]s\"\n", args[0], address, server.Fingerprint())
	ts.Check(os.WriteFile(ts.MkAbs("config.toml"), []byte(ts.ReadFile("config.toml")+targets), 0o666))
	ts.Setenv("WEBSPACE_PASSWORD", ftpserver.Password)
}

func scriptHost(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: host DIR")
	}
	server := httptest.NewServer(webHost(ts.MkAbs(args[0])))
	ts.Defer(server.Close)
	ts.Setenv("SITE", server.URL+"/")
}

// webHost is a folder, served as internal/host wants it: with its headers, its
// redirects and its own page for what is not there, and without hidden files.
type webHost string

func (h webHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	for _, line := range host.HeadersOf(name, false) {
		w.Header().Set(line.Name, line.Value)
	}
	rules, _ := os.ReadFile(filepath.Join(string(h), "_redirects")) // a folder that is empty yet has none
	for line := range strings.Lines(string(rules)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == r.URL.Path && fields[2] == "301" {
			http.Redirect(w, r, fields[1], http.StatusMovedPermanently)
			return
		}
	}
	data, err := os.ReadFile(filepath.Join(string(h), filepath.FromSlash(name)))
	if err != nil || strings.Contains("/"+name, "/.") && !strings.HasPrefix(name, ".well-known/") {
		data, _ = os.ReadFile(filepath.Join(string(h), "404.html"))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
	}
	_, _ = w.Write(data) // a reader who has gone wants nothing
}

// compareTrees names the first difference between two folders, or "".
func compareTrees(a, b string) string {
	return cmp.Or(lacks(a, b), lacks(b, a))
}

// lacks names the first file of one folder that another does not hold as it is,
// or "".
func lacks(from, in string) string {
	difference := ""
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || difference != "" {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil || strings.HasPrefix(rel, ".") {
			return err
		}
		one, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		other, err := os.ReadFile(filepath.Join(in, rel))
		if err != nil || !bytes.Equal(one, other) {
			difference = rel + " differs"
		}
		return nil
	})
	if err != nil {
		return err.Error()
	}
	return difference
}
