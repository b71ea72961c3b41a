package site

import "testing"

// TestGarbageHasRoom holds that a small site is not collected all the time, and a large
// one takes no more memory for it.
func TestGarbageHasRoom(t *testing.T) {
	for live, want := range map[uint64]int{0: 1000, 4 << 20: 1000, 64 << 20: 300, 96 << 20: 200, garbageRoom: 100, 10 << 30: 100} {
		if got := percentFor(live); got != want {
			t.Errorf("with %d bytes in use it is %d %%, want %d", live, got, want)
		}
	}
}
