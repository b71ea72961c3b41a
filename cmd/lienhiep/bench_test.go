package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/generate"
	"lienhiep/internal/proof"
)

// Run with, for instance:
//
//	go test ./cmd/lienhiep -run '^$' -bench . -benchtime 1x

func benchSite(b *testing.B, n int) string {
	b.Helper()
	root, err := copyOfSite("../..", b.TempDir(), "site")
	if err != nil {
		b.Fatal(err)
	}
	if err := addArticles(root, n); err != nil {
		b.Fatal(err)
	}
	return root
}

func timed(b *testing.B, args ...string) time.Duration {
	b.Helper()
	start := time.Now()
	if out, err := exec.Command(binary, args...).CombinedOutput(); err != nil {
		b.Fatalf("%v: %v\n%.2000s", args, err, out)
	}
	return time.Since(start)
}

// BenchmarkBuild times the whole build against Hugo alone on the same content,
// in turn; "x-hugo" is the ratio.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			root := benchSite(b, n)
			timed(b, "generate", "--dir", root)
			var whole, alone time.Duration
			for b.Loop() {
				out := filepath.Join(b.TempDir(), "hugo")
				alone += timed(b, "hugo", "build", "--source", root, "--destination", out, "--noBuildLock", "--quiet")
				whole += timed(b, "build", "--dir", root)
			}
			b.ReportMetric(whole.Seconds()/float64(b.N), "s/build")
			b.ReportMetric(alone.Seconds()/float64(b.N), "s/hugo")
			b.ReportMetric(whole.Seconds()/alone.Seconds(), "x-hugo")
		})
	}
}

// BenchmarkLoad times loading and validating 10,000 articles against the time
// Hugo takes over 1,000; "x-hugo-tenth" is the ratio.
func BenchmarkLoad(b *testing.B) {
	small, large := benchSite(b, 1000), benchSite(b, 10000)
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
	root, now := benchSite(b, 10000), time.Now()
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
	root := benchSite(b, 10000)
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
