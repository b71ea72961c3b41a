package publish

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"sync"
	"time"

	"lienhiep/internal/diag"
)

// A lock is a file at the target that its holder writes anew every lockRenewal.
// One that has not been written for lockExpiry was left by a command that is no
// more, and is taken over. How old it is, the target's own clock says alone: the
// time of the lock is compared with that of a file written just now, so that no
// other clock matters.
const (
	lockRenewal = 15 * time.Second
	lockExpiry  = 90 * time.Second
)

// errLockLost says that another command has taken the lock over.
var errLockLost = errors.New("the lock was taken over")

// lock is held until release is called.
type lock struct {
	storage storage
	mine    []byte // the lock's text
	cancel  context.CancelCauseFunc
	done    sync.WaitGroup
}

// acquire locks the target. The context that it returns ends when the lock is
// lost.
func acquire(ctx context.Context, s storage) (context.Context, *lock, error) {
	nonce := make([]byte, 12)
	rand.Read(nonce)
	l := &lock{storage: s, mine: fmt.Appendf(nil, "%s\n%x\n", holder(), nonce)}
	err := s.create(ctx, keyLock, l.mine)
	if errors.Is(err, fs.ErrExist) {
		err = l.takeOver(ctx)
	}
	if err != nil {
		return ctx, nil, err
	}
	// A store that knows no conditional writes may have let two in.
	if err := l.check(ctx); err != nil {
		return ctx, nil, err
	}
	held, cancel := context.WithCancelCause(ctx)
	l.cancel = cancel
	l.done.Go(func() { l.renew(held) })
	return held, l, nil
}

// takeOver replaces a lock that has expired.
func (l *lock) takeOver(ctx context.Context) error {
	theirs, err := l.storage.read(ctx, keyLock)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return l.storage.create(ctx, keyLock, l.mine) // let go of just now
	case err != nil:
		return err
	case bytes.Equal(theirs, l.mine):
		return nil // written by an attempt whose answer was lost
	}
	age, err := l.age(ctx)
	if err != nil {
		return err
	}
	if left := lockExpiry - age; left > 0 {
		who, _, _ := bytes.Cut(theirs, []byte("\n"))
		return faultOf(ruleLocked.At(diag.Pos{}, who, int(left.Seconds())+1))
	}
	if err := l.storage.remove(ctx, keyLock); err != nil {
		return err
	}
	return l.storage.create(ctx, keyLock, l.mine)
}

// age is how long ago the lock was written, by the target's clock.
func (l *lock) age(ctx context.Context) (time.Duration, error) {
	clock := home + "clock-" + hex.EncodeToString(l.mine[len(l.mine)-9:len(l.mine)-1])
	if err := l.storage.put(ctx, clock, inMemory(clock, l.mine)); err != nil {
		return 0, err
	}
	now, err := l.storage.stat(ctx, clock)
	if err != nil {
		return 0, err
	}
	if err := l.storage.remove(ctx, clock); err != nil {
		return 0, err
	}
	written, err := l.storage.stat(ctx, keyLock)
	if errors.Is(err, fs.ErrNotExist) {
		return lockExpiry, nil
	}
	return now.modified.Sub(written.modified), err
}

// check makes sure that the lock is still ours.
func (l *lock) check(ctx context.Context) error {
	now, err := l.storage.read(ctx, keyLock)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !bytes.Equal(now, l.mine) {
		return faultOf(ruleLockLost.At(diag.Pos{}))
	}
	return err
}

// renew writes the lock anew until ctx ends. If that fails for so long that
// others may take the lock over, the work under it is ended.
func (l *lock) renew(ctx context.Context) {
	tick := time.NewTicker(lockRenewal)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := l.check(ctx)
		if err == nil {
			err = l.storage.put(ctx, keyLock, inMemory(keyLock, l.mine))
		}
		var lost *Fault
		switch {
		case err == nil:
			last = time.Now()
		case errors.As(err, &lost) || time.Since(last) > lockExpiry-2*lockRenewal:
			l.cancel(errors.Join(errLockLost, err))
		}
	}
}

// release gives the lock back, also when the work was interrupted.
func (l *lock) release(ctx context.Context) error {
	l.cancel(nil)
	l.done.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := l.check(ctx); err != nil {
		var lost *Fault
		if errors.As(err, &lost) {
			return nil // not ours to give back
		}
		return err
	}
	return l.storage.remove(ctx, keyLock)
}

// holder says who holds the lock, for the one who finds it taken.
func holder() string {
	name := "?"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	host, _ := os.Hostname() // without a name there is none to tell
	return fmt.Sprintf("%s@%s", name, host)
}

// inMemory is content that is at hand.
func inMemory(name string, data []byte) content {
	f, _ := sumOf(name, bytes.NewReader(data)) // reading memory cannot fail
	return content{f, func() (source, error) { return nopCloser{bytes.NewReader(data)}, nil }}
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }
