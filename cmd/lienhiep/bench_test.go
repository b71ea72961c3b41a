package main

import (
	"fmt"
	"math/rand/v2"
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
)

// Run with, for instance:
//
//	go test ./cmd/lienhiep -run '^$' -bench . -benchtime 1x

// syllables make text of the shape of Vietnamese.
var syllables = strings.Fields(`trí thức khoa học kỹ thuật tỉnh hội thành viên đổi mới sáng tạo nghiên cứu ứng dụng công nghệ phát triển kinh tế xã
	nông nghiệp y tế giáo dục đào tạo tư vấn phản biện giám định tôn vinh tiêu biểu nhà nước nhân dân đời sống hợp tác quốc lúa biển rừng nước`)

func words(r *rand.Rand, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = syllables[r.IntN(len(syllables))]
	}
	return "Bài " + strings.Join(all, " ")
}

// addArticles writes n articles of about 2 KB beside the site's own, always the
// same for the same n.
func addArticles(root string, n int) error {
	r := rand.New(rand.NewPCG(15, 2021))
	provisions := []string{"ii-1-1", "ii-1-2", "ii-2-1", "ii-2-4", "ii-3-2", "ii-4-1", "ii-4-3", "ii-5-1", "ii-5-3", "iii-2"}
	people := []string{"tran-dai-nghia", "hoang-tuy", "ton-that-tung", "luong-dinh-cua"}
	fields := []string{"Y học", "Nông nghiệp", "Toán học", "Vật lý"}
	day := time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: %s\ndescription: %s.\ndate: %s\n", words(r, 9), words(r, 20), day.AddDate(0, 0, i%7000).Format(time.DateOnly))
		fmt.Fprintf(&b, "plan: [15-kh-tu/%s]\npeople: [%s]\nfields: [%s]\n", provisions[r.IntN(len(provisions))], people[r.IntN(len(people))], fields[r.IntN(len(fields))])
		b.WriteString("sources:\n  - title: Nguồn thử nghiệm\n    url: https://example.org/\n---\n\n")
		for range 4 {
			fmt.Fprintf(&b, "%s.\n\n", words(r, 70))
		}
		dir := filepath.Join(root, "content", "tin-tuc", fmt.Sprintf("bai-%06d", i))
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "index.md"), []byte(b.String()), 0o666); err != nil {
			return err
		}
	}
	return nil
}

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

// BenchmarkGenerate times generating into memory with 10,000 articles loaded.
func BenchmarkGenerate(b *testing.B) {
	root := benchSite(b, 10000)
	now := time.Now()
	c, findings, err := catalog.Load(os.DirFS(root), catalog.Options{Now: now, Zone: time.UTC})
	if err != nil || diag.HasErrors(findings) {
		b.Fatal(err, len(findings))
	}
	for b.Loop() {
		if _, err := generate.Run(afero.NewMemMapFs(), c, nil, diag.Vietnamese); err != nil {
			b.Fatal(err)
		}
	}
}
