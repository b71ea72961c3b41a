package edit

import (
	"net/http"
	"testing"
)

// TestClosingWaitsForWhatIsBeingDone closes the desk in the middle of a save: the program
// ends after it, and the page is answered.
func TestClosingWaitsForWhatIsBeingDone(t *testing.T) {
	o := openDesk(t)
	o.doing.RLock() // something is being saved
	answered := make(chan int)
	go func() {
		status, _ := o.ask("POST", "/dong", map[string]any{}, nil)
		answered <- status
	}()
	select {
	case <-answered:
		t.Fatal("it is closed in the middle of a save")
	case <-o.stopped:
		t.Fatal("the program ends in the middle of a save")
	case <-o.waitsToClose():
	}
	o.doing.RUnlock()
	if status := <-answered; status != http.StatusOK {
		t.Error(status)
	}
	<-o.stopped
	if o.doing.TryRLock() {
		t.Error("something can be begun after the end")
	}
}

// waitsToClose is done once nothing new can be begun.
func (o open) waitsToClose() <-chan struct{} {
	done := make(chan struct{})
	go func() {
		for o.doing.TryRLock() {
			o.doing.RUnlock()
		}
		close(done)
	}()
	return done
}
