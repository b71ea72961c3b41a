package garbage

import "testing"

// TestGarbageHasRoom holds that a small site is not collected all the time, and that one of
// ten thousand entries, of which half a gigabyte is in use, keeps below the whole.
func TestGarbageHasRoom(t *testing.T) {
	for live, want := range map[uint64]int{
		0: 1000, 4 << 20: 1000, 32 << 20: 400, 64 << 20: 200, garbageRoom: 100,
		heapWanted / 2: 100, heapWanted * 5 / 8: 60, heapWanted * 2 / 3: 50, heapWanted: 33, 10 << 30: 33,
	} {
		if got := percentFor(live); got != want {
			t.Errorf("with %d bytes in use it is %d %%, want %d", live, got, want)
		}
	}
}
