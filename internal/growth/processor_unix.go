//go:build unix

package growth

import (
	"syscall"
	"time"
)

// processor is the time that this process has had of the processor.
func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic("growth: " + err.Error()) // the arguments are constants
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
