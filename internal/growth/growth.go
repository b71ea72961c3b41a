// Package growth tests that a computation's time grows no faster than its input, so
// that no file an editor or a sender writes can keep the machine busy for hours.
//
// In: a function that makes an input of about n bytes, and the computation. Out: an
// error of the test where an input four times as long takes far more than four times
// as long. No time is compared with the clock's own units: two runs on one machine
// are compared with one another, in the processor's time where the system tells it,
// so that a busy machine changes nothing.
package growth

import (
	"runtime"
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

// Linear makes inputs of n bytes and of four times as many, and again from there,
// until the longer takes long enough to be measured or would exceed limit. It reports
// growth that is faster than linear by far. The test must not run in parallel with
// others. With -short it does not go beyond sixteen times n.
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

// Repeated is [Linear] for a text over and over again: what a fuzzer found in little
// room is tried in much.
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

// spent is the processor's time that a computation takes, in all of its goroutines and
// in the programs that it waits for.
func spent(run func()) time.Duration {
	runtime.GC() // what was left before is not this run's
	before := processor()
	run()
	return processor() - before
}
