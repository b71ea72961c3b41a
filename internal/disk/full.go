package disk

import (
	"errors"
	"runtime"
	"syscall"
)

// Windows' own numbers, which package syscall does not name.
const (
	windowsDiskFull       = syscall.Errno(112)
	windowsHandleDiskFull = syscall.Errno(39)
)

// IsFull reports whether an error is that there is no room left: the disk is full, or what
// the account may use of it.
func IsFull(err error) bool {
	if runtime.GOOS == "windows" {
		return errors.Is(err, windowsDiskFull) || errors.Is(err, windowsHandleDiskFull)
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
