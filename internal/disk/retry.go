package disk

import "time"

// Retry calls f and, on Windows, retries for up to a second while it fails because
// another program, such as Hugo or a virus scanner, has the file open.
func Retry(f func() error) error {
	return retry(f, isBusy, func() { time.Sleep(50 * time.Millisecond) })
}

const attempts = 20

func retry(f func() error, busy func(error) bool, wait func()) error {
	for range attempts - 1 {
		if err := f(); err == nil || !busy(err) {
			return err
		}
		wait()
	}
	return f()
}
