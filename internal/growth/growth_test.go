package growth

import (
	"math/bits"
	"testing"
)

// recorder notes what a test would report.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }

var (
	sink int
	kept []byte
)

func work(steps int) {
	for i := range steps {
		sink += i
	}
}

func TestGrowthIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		run  func(string)
		want bool // told
	}{
		"linear":    {func(s string) { work(len(s) * 1000) }, false},
		"n log n":   {func(s string) { work(len(s) * 50 * bits.Len(uint(len(s)))) }, false},
		"quadratic": {func(s string) { work(len(s) * len(s) / 4) }, true},
		"constant":  {func(string) {}, false},
		"a copy of all for each": {func(s string) {
			for i := range len(s) / 4 {
				kept = make([]byte, i*4)
			}
		}, true},
	} {
		var r recorder
		for range 20 { // on a busy machine what is quadratic may pass at times, and nothing else is ever told
			if Repeated(&r, "a", 1<<16, c.run); r.failed || !c.want {
				break
			}
		}
		if r.failed != c.want {
			t.Errorf("%s: told %v", name, r.failed)
		}
	}
	Repeated(t, "", 1<<20, func(string) { t.Error("nothing was repeated") })
}

// TestGrowthIsToldBeyondWhatNothingTakes adds to a computation that takes long with
// nothing already.
func TestGrowthIsToldBeyondWhatNothingTakes(t *testing.T) {
	for name, c := range map[string]struct {
		steps func(n int) int
		want  bool // told
	}{
		"linear": {func(n int) int { return n }, false}, "quadratic": {func(n int) int { return n * n / 32 }, true},
	} {
		var r recorder
		for range 20 {
			if Added(&r, 32, func(n int) int { return n }, func(n int) { work((32 + c.steps(n)) << 19) }); r.failed || !c.want {
				break
			}
		}
		if r.failed != c.want {
			t.Errorf("%s: told %v", name, r.failed)
		}
	}
}
