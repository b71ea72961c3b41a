package main

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/generate"
	"lienhiep/internal/needs"
	"lienhiep/internal/proof"
	"lienhiep/internal/publish"
)

// Run with, for instance:
//
//	go test ./cmd/lienhiep -run '^$' -bench . -benchtime 1x

// benchSite makes, in the folder dir, the real site with n more articles.
func benchSite(b *testing.B, dir string, n int) string {
	b.Helper()
	root, err := copyOfSite("../..", dir, "site")
	if err != nil {
		b.Fatal(err)
	}
	if err := addArticles(root, n); err != nil {
		b.Fatal(err)
	}
	return root
}

// benchSiteOf is [benchSite] with the baseline's content: its site and ours hold the same.
func benchSiteOf(b *testing.B, dir string, n int) string {
	b.Helper()
	root, err := copyOfSite("../..", dir, "site")
	if err != nil {
		b.Fatal(err)
	}
	source, _ := baselineSource(b)
	content := filepath.Join(root, "content")
	if err := errors.Join(os.RemoveAll(content), copyTree(filepath.Join(source, "content"), content), addArticles(root, n)); err != nil {
		b.Fatal(err)
	}
	return root
}

// cost is what a command has taken: by the clock, and of the processors, that of the
// programs that it ran included.
type cost struct{ wall, cpu time.Duration }

func (c cost) plus(d cost) cost { return cost{c.wall + d.wall, c.cpu + d.cpu} }

// costOf runs a program.
func costOf(b *testing.B, program string, args ...string) cost {
	b.Helper()
	cmd := exec.Command(program, args...)
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %v\n%.2000s", args, err, out)
	}
	return cost{time.Since(start), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
}

func timed(b *testing.B, args ...string) time.Duration {
	b.Helper()
	return costOf(b, binary, args...).wall
}

// baseline is the commit whose templates Hugo is measured with: so that what makes our
// templates faster, or slower, counts.
const baseline = "c4c6089"

// baselineSource makes, once, a folder of the baseline's files with its program beside them
// (program.exe). It needs the repository's history.
func baselineSource(b *testing.B) (dir, program string) {
	b.Helper()
	dir = filepath.Join(workshop, "baseline")
	program = filepath.Join(dir, "program.exe")
	if _, err := os.Stat(program); err == nil {
		return dir, program
	}
	packed := dir + ".zip"
	if out, err := exec.Command(needs.Git.Path(b), "-C", filepath.Join("..", ".."), "archive", "--output", packed, baseline).CombinedOutput(); err != nil {
		b.Fatalf("%s is not in this clone (git fetch --unshallow): %v\n%s", baseline, err, out)
	}
	files, err := zip.OpenReader(packed)
	if err != nil {
		b.Fatal(err)
	}
	defer files.Close()
	if err := os.CopyFS(dir, files); err != nil {
		b.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", program, "./cmd/lienhiep")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return dir, program
}

// baselineOf returns the baseline's program, and its site with as many articles.
func baselineOf(b *testing.B, dir string, n int) (program, root string) {
	b.Helper()
	source, program := baselineSource(b)
	root, err := copyOfSite(source, dir, "site")
	if err != nil {
		b.Fatal(err)
	}
	if err := addArticles(root, n); err != nil {
		b.Fatal(err)
	}
	costOf(b, program, "generate", "--dir", root)
	return program, root
}

// changeArticle writes a word that was nowhere before into an article.
func changeArticle(b *testing.B, root, word string) {
	b.Helper()
	file := filepath.Join(root, "content", "tin-tuc", "bai-000007", "index.md")
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, append(text, "\n"+word+".\n"...), 0o666); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBuild measures a site against Hugo alone with the baseline's templates on the
// same content, all in one run: "x" is by the clock, "x-cpu" by the processors' time.
// "first" is a build of nothing; "again" one with nothing changed, "changed" one with an
// article changed; "hugo" is Hugo alone with our templates. "%files" and "%bytes" are the
// part of the site that a deploy sends after that change; "deploy" is its time, to a
// folder, against that of the first deploy.
//
// What a build makes is left until all are measured: making files takes ext4 several times
// as long for minutes after many were removed.
func BenchmarkBuild(whole *testing.B) {
	needs.Ask(whole, needs.Git)
	for _, n := range []int{1000, 10000} {
		whole.Run(fmt.Sprint(n), func(b *testing.B) {
			old, oldRoot := baselineOf(b, whole.TempDir(), n)
			root, target := benchSiteOf(b, whole.TempDir(), n), filepath.Join(whole.TempDir(), "target")
			config, err := os.OpenFile(filepath.Join(root, "config.toml"), os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := fmt.Fprintf(config, "\n[params.deploy.folder]\nurl = \"file://%s\"\n", filepath.ToSlash(target)); err != nil {
				b.Fatal(err)
			}
			if err := config.Close(); err != nil {
				b.Fatal(err)
			}
			alone := func(program, root string) cost {
				out := filepath.Join(whole.TempDir(), "hugo")
				return costOf(b, program, "hugo", "build", "--source", root, "--destination", out, "--noBuildLock", "--quiet")
			}
			took := map[string]cost{}
			add := func(what string, c cost) { took[what] = took[what].plus(c) }
			var files, bytes float64
			for i := 0; b.Loop(); i++ {
				aside := whole.TempDir()
				for _, made := range []string{filepath.Join(root, "public"), filepath.Join(root, "generated"), target} {
					if err := os.Rename(made, filepath.Join(aside, filepath.Base(made))); err != nil && !errors.Is(err, fs.ErrNotExist) {
						b.Fatal(err)
					}
				}
				if err := os.Mkdir(target, 0o777); err != nil {
					b.Fatal(err)
				}
				add("alone", alone(old, oldRoot))
				add("first", costOf(b, binary, "build", "--dir", root))
				add("hugo", alone(binary, root))
				add("again", costOf(b, binary, "build", "--dir", root))
				deploy := []string{"deploy", "--dir", root, "folder"}
				add("deployed", costOf(b, binary, deploy...))
				before := manifestOf(b, root)
				changeArticle(b, root, fmt.Sprintf("Chữ mới thứ %d", i))
				add("changed", costOf(b, binary, "build", "--dir", root))
				f, c := partChanged(before, manifestOf(b, root))
				files, bytes = files+f, bytes+c
				add("deploy", costOf(b, binary, deploy...))
			}
			b.ReportMetric(took["alone"].wall.Seconds()/float64(b.N), "s/hugo")
			b.ReportMetric(took["alone"].cpu.Seconds()/float64(b.N), "s-cpu/hugo")
			for _, what := range []string{"hugo", "first", "again", "changed"} {
				b.ReportMetric(took[what].wall.Seconds()/took["alone"].wall.Seconds(), "x/"+what)
				b.ReportMetric(took[what].cpu.Seconds()/took["alone"].cpu.Seconds(), "x-cpu/"+what)
			}
			b.ReportMetric(100*files/float64(b.N), "%files")
			b.ReportMetric(100*bytes/float64(b.N), "%bytes")
			b.ReportMetric(took["deploy"].wall.Seconds()/took["deployed"].wall.Seconds(), "x/deploy")
		})
	}
}

// manifestOf reads the manifest of a built site.
func manifestOf(b *testing.B, root string) publish.Manifest {
	b.Helper()
	text, err := os.ReadFile(filepath.Join(root, "public", publish.ManifestName))
	if err != nil {
		b.Fatal(err)
	}
	m, err := publish.ParseManifest(text)
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// partChanged is how much of a site is not as it was, of its files and of their bytes.
func partChanged(before, now publish.Manifest) (files, bytes float64) {
	was := map[string]publish.File{}
	for _, f := range before.Files {
		was[f.Path] = f
	}
	var changed, all float64
	for _, f := range now.Files {
		all += float64(f.Size)
		if was[f.Path].Sum != f.Sum {
			files++
			changed += float64(f.Size)
		}
	}
	return files / float64(len(now.Files)), changed / all
}

// BenchmarkServe measures how long it takes until a site is shown ("ready"), and until it
// shows what was changed in an article ("change"), against the baseline's site under
// Hugo's own server. What they make is left until the end, as in [BenchmarkBuild].
func BenchmarkServe(whole *testing.B) {
	needs.Ask(whole, needs.Git)
	for _, n := range []int{1000, 10000} {
		whole.Run(fmt.Sprint(n), func(b *testing.B) {
			old, oldRoot := baselineOf(b, whole.TempDir(), n)
			root := benchSiteOf(b, whole.TempDir(), n)
			var ours, hugos [2]time.Duration
			for i := 0; b.Loop(); i++ {
				for j, took := range shows(b, i, oldRoot, old, "hugo", "server", "--source", oldRoot, "--port", freePort(b), "--bind", "127.0.0.1") {
					hugos[j] += took
				}
				for j, took := range shows(b, i, root, binary, "serve", "--dir", root) {
					ours[j] += took
				}
			}
			for j, what := range []string{"ready", "change"} {
				b.ReportMetric(hugos[j].Seconds()/float64(b.N), "s-hugo/"+what)
				b.ReportMetric(ours[j].Seconds()/hugos[j].Seconds(), "x/"+what)
			}
		})
	}
}

// shows starts a server, and tells after how long it shows the site, and a change of it.
func shows(b *testing.B, i int, root, program string, args ...string) (took [2]time.Duration) {
	b.Helper()
	cmd := exec.Command(program, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}()
	said := bufio.NewScanner(out)
	address := ""
	for address == "" && said.Scan() {
		address = regexp.MustCompile(`http://[^/\s]+/`).FindString(said.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	page := func() string {
		answer, err := http.Get(address + "tin-tuc/bai-000007/")
		if err != nil {
			return ""
		}
		defer answer.Body.Close()
		text, _ := io.ReadAll(answer.Body)
		return string(text)
	}
	for !strings.Contains(page(), "</html>") {
		runtimePause()
	}
	took[0] = time.Since(start)
	word := fmt.Sprintf("Chữ mới thứ %d", i)
	start = time.Now()
	changeArticle(b, root, word)
	for !strings.Contains(page(), word) {
		runtimePause()
	}
	took[1] = time.Since(start)
	return took
}

// BenchmarkLoad times loading and validating 10,000 articles against the time
// Hugo takes over 1,000; "x-hugo-tenth" is the ratio.
func BenchmarkLoad(b *testing.B) {
	small, large := benchSite(b, b.TempDir(), 1000), benchSite(b, b.TempDir(), 10000)
	timed(b, "generate", "--dir", small)
	now := time.Now()
	var load, hugo time.Duration
	for b.Loop() {
		start := time.Now()
		_, findings, err := catalog.Load(os.DirFS(large), catalog.Options{Now: now, Zone: time.UTC})
		if err != nil || diag.HasErrors(findings) {
			b.Fatal(err, len(findings))
		}
		load += time.Since(start)
		hugo += timed(b, "hugo", "build", "--source", small, "--destination", filepath.Join(b.TempDir(), "hugo"), "--noBuildLock", "--quiet")
	}
	b.ReportMetric(load.Seconds()/float64(b.N), "s/load")
	b.ReportMetric(hugo.Seconds()/float64(b.N), "s/hugo")
	b.ReportMetric(load.Seconds()/hugo.Seconds(), "x-hugo-tenth")
}

// BenchmarkSuggest times loading 10,000 articles with the language helper against
// loading them without, in turn; "x-load" is the ratio. The documents that the
// articles name are known, as they are where editors keep their list.
func BenchmarkSuggest(b *testing.B) {
	root, now := benchSite(b, b.TempDir(), 10000), time.Now()
	var found []diag.Finding
	load := func(suggest bool) time.Duration {
		start := time.Now()
		c, _, err := catalog.Load(os.DirFS(root), catalog.Options{Now: now, Zone: time.UTC})
		if err != nil {
			b.Fatal(err)
		}
		if suggest {
			found = proof.Check(os.DirFS(root), c)
		}
		return time.Since(start)
	}
	load(true)
	list := "documents = [\n"
	for _, f := range found {
		if f.Code == "document-number" {
			_, number, _ := strings.Cut(f.Message(diag.Vietnamese), "“")
			list += "\"" + strings.TrimSuffix(number, "”.") + "\",\n"
		}
	}
	if err := os.WriteFile(filepath.Join(root, catalog.NamesFile), []byte(list+"]\n"), 0o666); err != nil {
		b.Fatal(err)
	}
	load(true)
	var plain, helped time.Duration
	for b.Loop() {
		plain += load(false)
		helped += load(true)
	}
	b.ReportMetric(plain.Seconds()/float64(b.N), "s/load")
	b.ReportMetric(helped.Seconds()/float64(b.N), "s/suggest")
	b.ReportMetric(helped.Seconds()/plain.Seconds(), "x-load")
}

// BenchmarkGenerate times generating into memory with 10,000 articles loaded.
func BenchmarkGenerate(b *testing.B) {
	root := benchSite(b, b.TempDir(), 10000)
	now := time.Now()
	c, findings, err := catalog.Load(os.DirFS(root), catalog.Options{Now: now, Zone: time.UTC})
	if err != nil || diag.HasErrors(findings) {
		b.Fatal(err, len(findings))
	}
	for b.Loop() {
		if _, err := generate.Run(afero.NewMemMapFs(), os.DirFS(root), c, "https://lienhiep.example/"); err != nil {
			b.Fatal(err)
		}
	}
}
