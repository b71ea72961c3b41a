package publish

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"net"
	"syscall"
	"time"
)

// home is the folder at a target that holds our own records, and is not served.
const home = ".lienhiep/"

// Keys of our records.
const (
	keyLock     = home + "lock"
	keyCurrent  = home + "current"
	keyReleases = home + "releases/"
	keyStore    = home + "store/"
)

// object is a file at a target.
type object struct {
	size     int64
	modified time.Time // by the target's clock
	md5      []byte    // nil where the target does not know it
}

// content is what can be sent, more than once if need be.
type content struct {
	File
	open func() (source, error)
}

// source is an opened file; a part of it can be read by itself.
type source interface {
	io.ReadSeekCloser
	io.ReaderAt
}

// storage is a target as a store of files by key. A key is a path with slashes. Writes
// are atomic: nobody ever reads half a file.
type storage interface {
	// list returns all files below prefix, by key.
	list(ctx context.Context, prefix string) (map[string]object, error)
	// stat fails with fs.ErrNotExist.
	stat(ctx context.Context, key string) (object, error)
	// read returns a small file; it fails with fs.ErrNotExist.
	read(ctx context.Context, key string) ([]byte, error)
	put(ctx context.Context, key string, c content) error
	// create writes a file that must not be there yet, or fails with fs.ErrExist.
	create(ctx context.Context, key string, data []byte) error
	// copy makes the content of from, which f describes, the content of to as well.
	copy(ctx context.Context, to, from string, f File) error
	// remove removes a file if it is there.
	remove(ctx context.Context, key string) error
	close() error
}

// attempts is how often a step is tried in all. A variable for tests.
var attempts = 5

// largestList is what a list may amount to, in bytes on the line.
const largestList = 64 << 20

// firstPause is how long to wait before the second attempt; each further pause
// is twice as long. A variable for tests, which do not wait.
var firstPause = 300 * time.Millisecond

// retried is a storage whose operations are retried when the connection fails.
type retried struct{ storage }

func (r retried) list(ctx context.Context, prefix string) (all map[string]object, err error) {
	err = retry(ctx, largestList, func(ctx context.Context) error { all, err = r.storage.list(ctx, prefix); return err })
	return all, err
}

func (r retried) stat(ctx context.Context, key string) (o object, err error) {
	err = retry(ctx, 0, func(ctx context.Context) error { o, err = r.storage.stat(ctx, key); return err })
	return o, err
}

func (r retried) read(ctx context.Context, key string) (data []byte, err error) {
	err = retry(ctx, 0, func(ctx context.Context) error { data, err = r.storage.read(ctx, key); return err })
	return data, err
}

func (r retried) put(ctx context.Context, key string, c content) error {
	return retry(ctx, c.Size, func(ctx context.Context) error { return r.storage.put(ctx, key, c) })
}

func (r retried) create(ctx context.Context, key string, data []byte) error {
	return retry(ctx, 0, func(ctx context.Context) error { return r.storage.create(ctx, key, data) })
}

func (r retried) copy(ctx context.Context, to, from string, f File) error {
	return retry(ctx, f.Size, func(ctx context.Context) error { return r.storage.copy(ctx, to, from, f) })
}

func (r retried) remove(ctx context.Context, key string) error {
	return retry(ctx, 0, func(ctx context.Context) error { return r.storage.remove(ctx, key) })
}

// retry calls f until it succeeds, fails for good, or has been tried often
// enough. An attempt that moves size bytes has a minute and the time that they
// take at 32 KiB a second.
func retry(ctx context.Context, size int64, f func(context.Context) error) error {
	limit := time.Minute + time.Duration(size>>15)*time.Second
	pause := firstPause
	for i := 1; ; i++ {
		err := limited(ctx, limit, f)
		if err == nil || i == attempts || ctx.Err() != nil || lasting(err) {
			return err
		}
		select {
		case <-time.After(pause/2 + rand.N(pause)):
		case <-ctx.Done():
			return err
		}
		pause *= 2
	}
}

func limited(ctx context.Context, limit time.Duration, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return f(ctx)
}

// lasting reports whether trying again cannot help.
func lasting(err error) bool {
	var known *Fault
	var name *net.DNSError
	return errors.As(err, &known) || errors.As(err, &name) && name.IsNotFound || errors.Is(err, syscall.ECONNREFUSED) ||
		errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrPermission) ||
		errors.Is(err, fs.ErrInvalid) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, errAltered) || refused(err)
}
