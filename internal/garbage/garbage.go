// Package garbage lets more garbage pile up than Go does by itself, in programs that end soon:
// Hugo, and the build that waits for it. Each has the allowance to itself, in large pages
// where the system has them.
//
// In: how much memory is in use, after each collection. Out: Go's setting of how much may
// come until the next.
package garbage

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much garbage may pile up between two collections. Go lets it grow to what is in
// use, which is little in a site of ordinary size: collecting took a fifth of the
// processor's time there. With twice as much room, getting the memory took longer than that
// saved. Where much is in use, garbage and it keep to heapWanted together,
// as long as a third as much garbage as is in use may pile up: collecting more often than that
// costs more than the memory is worth.
const (
	garbageRoom = 128 << 20
	heapWanted  = 900 << 20
)

// PileUp sets how much garbage may pile up, now and after each collection, unless the
// environment says it. A program calls it as it begins.
func PileUp() {
	useLargePages()
	if os.Getenv("GOGC") == "" {
		relaxAfterEach()
	}
}

// relaxAfterEach puts something aside that the next collection finds.
func relaxAfterEach() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(percentFor(live[0].Value.Uint64()))
	runtime.AddCleanup(new([16]byte), func(struct{}) { relaxAfterEach() }, struct{}{})
}

// percentFor is how much garbage may pile up where so much was in use, as Go wants to be
// told of it.
func percentFor(live uint64) int {
	live = max(live, garbageRoom/10)
	room := min(live, heapWanted-min(live, heapWanted))
	return int(100 * max(garbageRoom, live/3, room) / live)
}
