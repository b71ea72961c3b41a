package publish

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkDeploy times a deploy in a process of its own, from start to end, of 10,000 files of
// 8 KB: all of them the first time ("s/first"), none the second ("s/again"), one
// changed the third ("s/one"). For an object store the time is that of the store
// as well, which works on the same processors. Run with, for instance:
//
//	go test ./internal/publish -run '^$' -bench Deploy -benchtime 1x
func BenchmarkDeploy(b *testing.B) {
	for name, make := range places {
		b.Run(name, func(b *testing.B) {
			var first, again, one time.Duration
			for b.Loop() {
				p := make(b)
				manyFiles(b, p.Public)
				timed := func() time.Duration {
					if findings, err := WriteManifest(p.Public, "", nil); err != nil || findings != nil {
						b.Fatal(findings, err)
					}
					cmd, out := p.process(b)
					start := time.Now()
					if err := cmd.Run(); err != nil {
						b.Fatalf("%v\n%s", err, out)
					}
					return time.Since(start)
				}
				first += timed()
				again += timed()
				write(b, filepath.Join(p.Public, "tin/0/0/index.html"), "mới")
				one += timed()
			}
			n := float64(b.N)
			b.ReportMetric(first.Seconds()/n, "s/first")
			b.ReportMetric(again.Seconds()/n, "s/again")
			b.ReportMetric(one.Seconds()/n, "s/one")
		})
	}
}

func manyFiles(b *testing.B, public string) {
	b.Helper()
	for i := range 10000 {
		text := make([]byte, 8000)
		rand.Read(text)
		name := filepath.Join(public, "tin", fmt.Sprint(i%100), fmt.Sprint(i/100), "index.html")
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o666); err != nil {
			b.Fatal(err)
		}
	}
}
