// Package schedule publishes a site when what is scheduled falls due: an entry is to appear
// or to go, an amended text to come into force.
//
// In: when the site next changes by itself, and what publishes it ([Keeper]). Out: one
// publishing for each moment that has come, and a [State] on the disk, from which the desk
// knows whether somebody keeps the schedule. A machine that was asleep or switched off
// makes up for what it missed as soon as it is back; a failure is tried again, at ever
// longer intervals.
package schedule

import (
	"context"
	"time"
)

const (
	// pause is the longest wait between two looks at the clock: a machine that sleeps
	// does not notice that a longer one has passed.
	pause = time.Minute
	// reread is how long the next moment is taken for known, where nobody tells that the
	// content has changed, such as on a shared folder.
	reread = 15 * time.Minute
	// late is from when on a publishing is told to be late.
	late = 5 * time.Minute

	firstRetry   = time.Minute
	longestRetry = time.Hour
)

// Keeper keeps the schedule of a site at one target.
type Keeper struct {
	// Next returns the first moment after another at which the site changes by itself, or
	// zero if there is none.
	Next func(after time.Time) (time.Time, error)
	// Publish builds and deploys the site as it is now.
	Publish func(context.Context) error
	// Wait returns after d, or earlier, with true, if the content has changed. It fails
	// once ctx has ended.
	Wait func(ctx context.Context, d time.Duration) (changed bool, err error)
	Now  func() time.Time
	Tell func(Event)
	// Save keeps the state; Run is given that which was kept last, zero if there is none.
	Save func(State) error
}

// State is what is known of a schedule.
type State struct {
	Until time.Time `json:"until,omitzero"` // what was scheduled until then is published
	Next  time.Time `json:"next,omitzero"`  // the next publishing; zero if nothing is scheduled
	Alive time.Time `json:"alive,omitzero"` // when somebody last kept watch
	Fault string    `json:"fault,omitempty"`
}

// Kept reports whether somebody keeps watch now.
func (s State) Kept(now time.Time) bool { return now.Sub(s.Alive).Abs() <= 3*pause }

// What is told.
type (
	// Event is one of those below.
	Event interface{ event() }
	// Waits: until when; zero if nothing is scheduled.
	Waits struct{ Until time.Time }
	// Begins: something scheduled is due, or this is the first time (then Due is zero).
	Begins struct {
		Due  time.Time
		Late bool // the machine was off
	}
	// Done: it is published.
	Done struct{}
	// Failed: why, and when it is tried again.
	Failed struct {
		Err   error
		Again time.Time
	}
)

func (Waits) event()  {}
func (Begins) event() {}
func (Done) event()   {}
func (Failed) event() {}

// Run keeps the schedule until ctx ends, and returns why it has ended.
func (k *Keeper) Run(ctx context.Context, s State) error {
	var (
		read     time.Time // when s.Next was worked out; zero for not yet
		retry    time.Time
		failures int
		told     = time.Unix(0, 0) // what was last said to be waited for
	)
	for {
		now := k.Now()
		if read.IsZero() || now.Sub(read).Abs() >= reread {
			next, err := k.Next(s.Until)
			if err != nil {
				failures++
				retry = now.Add(backOff(failures))
				k.Tell(Failed{err, retry})
				s.Fault = err.Error()
			} else {
				s.Next, read = next, now
			}
		}
		due := !read.IsZero() && (s.Until.IsZero() || !s.Next.IsZero() && !s.Next.After(now))
		if due && !now.Before(retry) {
			begins := Begins{Due: s.Next, Late: !s.Until.IsZero() && now.Sub(s.Next) > late}
			if s.Until.IsZero() {
				begins.Due = time.Time{}
			}
			k.Tell(begins)
			err := k.Publish(ctx)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err == nil {
				s.Until, s.Fault, read, retry, failures = now, "", time.Time{}, time.Time{}, 0
				k.Tell(Done{})
				continue
			}
			failures++
			retry = k.Now().Add(backOff(failures))
			k.Tell(Failed{err, retry})
			s.Fault = err.Error()
		}
		if !due && !read.IsZero() && !s.Next.Equal(told) {
			told = s.Next
			k.Tell(Waits{s.Next})
		}
		s.Alive = k.Now()
		if err := k.Save(s); err != nil {
			return err
		}
		changed, err := k.Wait(ctx, s.wait(now, retry))
		if err != nil {
			return err
		}
		if changed { // what was in the way may have been mended
			read, retry, failures = time.Time{}, time.Time{}, 0
		}
	}
}

// wait is how long nothing can happen.
func (s State) wait(now, retry time.Time) time.Duration {
	d := pause
	for _, at := range []time.Time{s.Next, retry} {
		if left := at.Sub(now); !at.IsZero() && left > 0 {
			d = min(d, left)
		}
	}
	return d
}

// backOff is the time before the next attempt, after so many failures.
func backOff(failures int) time.Duration {
	d := firstRetry
	for range failures - 1 {
		if d *= 2; d >= longestRetry {
			return longestRetry
		}
	}
	return d
}
