//go:build amd64 || arm64

package garbage

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/sys/unix"
)

// chunk is what is asked for at a time, in bytes: a large enough piece comes from the system
// alone, so that Go need not clear it.
const chunk = 64 << 20

// useLargePages has Linux give memory in pages of 2 MB to what is in use and its garbage. By
// itself it does so on some distributions alone; on the others, touching 4 KB after 4 KB takes
// a fifth of the time that Hugo takes for a thousand pages. Go has no setting for it, but
// keeps the addresses that it once had: here it asks for as many as are wanted, and gives
// them back untouched, so that none of them takes memory before it is used.
func useLargePages() {
	if !plentyOfAddresses() {
		return
	}
	percent := debug.SetGCPercent(-1)
	chunks := make([][]byte, heapWanted/chunk)
	for i := range chunks {
		chunks[i] = make([]byte, chunk)
		_ = unix.Madvise(chunks[i], unix.MADV_HUGEPAGE) // at worst the pages are small
	}
	runtime.KeepAlive(chunks)
	debug.SetGCPercent(percent)
	debug.FreeOSMemory()
}

// plentyOfAddresses reports whether asking for addresses costs nothing: they are neither
// limited nor counted as memory.
func plentyOfAddresses() bool {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_AS, &limit) != nil || limit.Cur != math.MaxUint64 || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return false
	}
	counted, err := os.ReadFile("/proc/sys/vm/overcommit_memory")
	return err == nil && strings.TrimSpace(string(counted)) != "2"
}
