package main

import (
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// More changes at once than the system keeps in mind, as when a branch is checked
// out, are a change too, and do not deafen the watcher.
func TestLostEventsAreAChange(t *testing.T) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	changed := changes(t.Context(), w, t.TempDir())
	for range 2 {
		select {
		case w.Errors <- fsnotify.ErrEventOverflow:
		case <-time.After(10 * time.Second):
			t.Fatal("the watcher is deaf to errors")
		}
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			t.Fatal("lost events go unnoticed")
		}
	}
}
