//go:build amd64 || arm64

package garbage

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
)

// TestLargePagesTakeNoMemory holds that what is used next is in places that may have large
// pages, and that they take no memory before.
func TestLargePagesTakeNoMemory(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage"); err != nil || !plentyOfAddresses() {
		return // where there are none, or may be none, nothing is asked for
	}
	before := memory(t)
	useLargePages()
	if after := memory(t); after > before+chunk {
		t.Errorf("%d bytes are in use, %d before", after, before)
	}
	used := bytes.Repeat([]byte{1}, chunk/2)
	maps := read(t, "/proc/self/smaps")
	large := false
	for _, one := range regexp.MustCompile(`(?m)^([0-9a-f]+)-([0-9a-f]+) `).FindAllStringSubmatchIndex(maps, -1) {
		var from, to, at uint64
		if _, err := fmt.Sscanf(maps[one[0]:one[1]]+fmt.Sprintf("%p", &used[len(used)/2]), "%x-%x 0x%x", &from, &to, &at); err != nil {
			t.Fatal(err)
		}
		if from <= at && at < to {
			_, flags, _ := strings.Cut(maps[one[1]:], "VmFlags:")
			flags, _, _ = strings.Cut(flags, "\n")
			large = strings.Contains(flags+" ", " hg ")
		}
	}
	if !large {
		t.Error("what is used has small pages")
	}
}

// TestLimitedAddressesAreLeftAlone holds that nothing is asked for where a limit of memory
// has been set.
func TestLimitedAddressesAreLeftAlone(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(1 << 40))
	if plentyOfAddresses() {
		t.Error("a limit counts for nothing")
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// memory is what the program has in memory, in bytes.
func memory(t *testing.T) int {
	t.Helper()
	pages, err := strconv.Atoi(strings.Fields(read(t, "/proc/self/statm"))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
