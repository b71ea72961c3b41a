// Package growth tests that a computation takes linear time, so that no file that an
// editor or a sender writes can keep the machine busy for hours.
//
// In: a function that makes an input of about n bytes, and the computation. Out: a test
// failure if an input four times as long takes far more than four times as long. Only
// two runs on the same machine are compared with each other, in CPU time where the
// system provides it, so that load does not matter.
package growth

import (
	"math"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

const (
	factor = 4 // between two inputs of a comparison
	// bound is what the longer may take of the shorter. A quadratic computation takes
	// sixteen times as long, a linear one four.
	bound = 9
	tries = 4
	// floor is the time below which noise outweighs what is measured.
	floor = 40 * time.Millisecond
)

// Linear runs a computation on inputs of n and 4n bytes, then 4n and 16n, and so on
// until the longer run takes long enough to measure or exceeds limit bytes, and fails
// the test if the time grows much faster than linearly. The test must not run in
// parallel with others. With -short it stops at 16n.
func Linear[T any](t testing.TB, n, limit int, input func(n int) T, run func(T)) {
	t.Helper()
	if testing.Short() {
		limit = min(limit, n*factor*factor)
	}
	for ; n*factor <= limit; n *= factor {
		if short, long, ok := compare(input(n), input(n*factor), run); !ok {
			t.Errorf("%d bytes take %v, %d bytes %v", n, short, n*factor, long)
			return
		} else if long >= floor {
			return
		}
	}
}

// Repeated is [Linear] for one text repeated: what a fuzzer finds in a short input is
// tried in a long one.
func Repeated(t testing.TB, text string, limit int, run func(string)) {
	t.Helper()
	if text == "" {
		return
	}
	Linear(t, 4<<10, limit, func(n int) string { return strings.Repeat(text, n/len(text)+1) }, run)
}

// compare measures both, and again as long as the growth seems too fast: noise makes
// the shorter seem fast or the longer slow in some of the tries, not in all.
func compare[T any](short, long T, run func(T)) (a, b time.Duration, ok bool) {
	b = spent(func() { run(long) })
	if b < floor {
		return 0, b, true
	}
	for range tries {
		a = max(a, spent(func() { run(short) }))
		if b <= bound*a {
			return a, b, true
		}
		b = min(b, spent(func() { run(long) }))
	}
	return a, b, b <= bound*a
}

// Added is [Linear] for a computation that costs much already with nothing in it, as a
// build of a site does: it compares what n add to that with what eight times as many add,
// and so finds in small inputs what would otherwise want large ones.
func Added[T any](t testing.TB, n int, input func(n int) T, run func(T)) {
	t.Helper()
	const most = 8
	added := func(n int) time.Duration {
		made := input(n)
		return spent(func() { run(made) })
	}
	nothing, few, many := time.Duration(math.MaxInt64), time.Duration(0), time.Duration(math.MaxInt64)
	for range tries { // as in compare
		nothing, few, many = min(nothing, added(0)), max(few, added(n)), min(many, added(n*most))
		if many-nothing <= bound*most/factor*(few-nothing) {
			return
		}
	}
	t.Errorf("nothing takes %v, %d take %v, %d take %v", nothing, n, few, n*most, many)
}

// memory is what a computation may leave behind before it is collected.
const memory = 2 << 30

// spent is the processor's time that a computation takes, in all of its goroutines and
// in the programs that it waits for. Its garbage is left: a collection costs by what the
// whole test program keeps, and only the longer of two runs would have one.
func spent(run func()) time.Duration {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memory))
	runtime.GC() // what was left before is not this run's
	before := processor()
	run()
	return processor() - before
}
