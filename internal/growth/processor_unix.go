//go:build unix

package growth

import (
	"syscall"
	"time"
)

// processor is the time that this process, and those that it has waited for, have had
// of the processor.
func processor() time.Duration {
	var total time.Duration
	for _, whose := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var used syscall.Rusage
		if err := syscall.Getrusage(whose, &used); err != nil {
			panic("growth: " + err.Error()) // the arguments are constants
		}
		total += time.Duration(used.Utime.Nano() + used.Stime.Nano())
	}
	return total
}
