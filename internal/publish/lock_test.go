package publish

import (
	"context"
	"testing"
)

// crowded is a store that knows no conditional writes: another command, which has seen
// no lock either, writes its own right after ours.
type crowded struct{ faulty }

func (c *crowded) create(ctx context.Context, key string, data []byte) error {
	if err := c.storage.create(ctx, key, data); err != nil || key != keyLock {
		return err
	}
	return c.storage.put(ctx, key, inMemory(key, []byte("other\n")))
}

// TestOfTwoWhoLockAtOnceOneGoesOn holds that a lock is looked at again as soon as it is
// taken, before anything is read or written under it.
func TestOfTwoWhoLockAtOnceOneGoesOn(t *testing.T) {
	p := folderPlace(t)
	p.deploy(t, first)
	s, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	_, l, err := acquire(t.Context(), &crowded{faulty{storage: s, cut: newCutter()}})
	if err == nil {
		defer l.release(t.Context())
	}
	wantFault(t, err, ruleLockLost)
	if !p.locked(t) {
		t.Error("the other's lock was removed")
	}
	p.shows(t, first)
}
