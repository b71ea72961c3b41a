// Package growth tests that a computation takes linear time, so that no file that an
// editor or a sender writes can keep the machine busy for hours.
//
// In: a function that makes an input of about n bytes, and the computation. Out: a test
// failure if an input four times as long takes far more than four times as long, or far
// more memory. Only two runs on the same machine are compared with each other, in CPU time
// where the system provides it, so that load does not matter.
package growth

import (
	"fmt"
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
	// boundMemory is the same for what is allocated: without noise, it can lie nearer to
	// sixteen, and slices and maps grow in steps.
	boundMemory = 12
	tries       = 4
	// floor is the time below which noise outweighs what is measured.
	floor = 40 * time.Millisecond
	// enough is the time beyond which a doubt is not looked into with longer inputs. Caches
	// that are outgrown and slices made for fewer raise the cost once, what is quadratic
	// raises it each time.
	enough = time.Second
	// least is what is allocated, in bytes, below which what is there in any case outweighs
	// what grows, and a step of a slice that grows counts little.
	least = 256 << 20
)

// Linear runs a computation on inputs of n and 4n bytes, then 4n and 16n, and so on
// until the longer run takes long enough to measure or exceeds limit bytes, and fails
// the test if the time, or what is allocated, grows much faster than linearly. The test
// must not run in parallel with others. With -short it stops at 16n.
func Linear[T any](t testing.TB, n, limit int, input func(n int) T, run func(T)) {
	t.Helper()
	if testing.Short() {
		limit = min(limit, n*factor*factor)
	}
	defer collectLate()()
	for doubted := false; n*factor <= limit; n *= factor {
		short, long, ok := compare(input(n), input(n*factor), run)
		last := n*factor*factor > limit || long.time > enough
		switch {
		case !ok && (doubted || last):
			t.Errorf("%d bytes take %v, %d bytes %v", n, short, n*factor, long)
			return
		case !ok:
			doubted = true
		case long.time >= floor:
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

// cost is what a computation takes of the processor, and what it allocates in bytes.
type cost struct {
	time   time.Duration
	memory uint64
}

func (c cost) String() string { return fmt.Sprintf("%v (%d MB)", c.time, c.memory>>20) }

// compare measures both, and again as long as the time seems to grow too fast: noise makes
// the shorter seem fast or the longer slow in some of the tries, not in all. What is
// allocated has no noise.
func compare[T any](short, long T, run func(T)) (a, b cost, ok bool) {
	b = spent(func() { run(long) })
	if b.time < floor && b.memory < least {
		return a, b, true
	}
	for range tries {
		again := spent(func() { run(short) })
		a = cost{max(a.time, again.time), again.memory}
		if b.memory > max(least, boundMemory*a.memory) {
			return a, b, false
		}
		if b.time <= max(floor, bound*a.time) {
			return a, b, true
		}
		// After the shorter run the collector gives back what that did not need, and the next
		// gets it again from the system, page by page; the one behind it has it already.
		for range 2 {
			b.time = min(b.time, spent(func() { run(long) }).time)
		}
	}
	return a, b, b.time <= bound*a.time
}

// Added is [Linear] for a computation that costs much already with nothing in it, as a
// build of a site does: it compares what n add to that with what eight times as many add,
// and so finds in small inputs what would otherwise want large ones.
func Added[T any](t testing.TB, n int, input func(n int) T, run func(T)) {
	t.Helper()
	const most = 8
	defer collectLate()()
	added := func(n int) time.Duration {
		made := input(n)
		return spent(func() { run(made) }).time
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

// garbage is what may lie about, in bytes, before it is collected.
const garbage = 2 << 30

// collectLate has garbage left until it is much, and returns what ends that. A collection
// costs by what the whole test program keeps, and only the longer of two runs would have
// one; and what is collected early goes back to the system, from which the next run has to
// get it again, page by page.
func collectLate() (end func()) {
	percent, limit := debug.SetGCPercent(-1), debug.SetMemoryLimit(garbage)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// spent is the processor's time that a computation takes, in all of its goroutines and in
// the programs that it waits for, and what it allocates itself.
func spent(run func()) cost {
	runtime.GC() // what was left before is not this run's
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := processor()
	run()
	time := processor() - start
	runtime.ReadMemStats(&after)
	return cost{time, after.TotalAlloc - before.TotalAlloc}
}
