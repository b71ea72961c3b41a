package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/catalog"
)

// TestChangedPages holds which pages are shown before the site is built anew: those of
// all entries that were changed since it was last, if they are few.
func TestChangedPages(t *testing.T) {
	root := t.TempDir()
	var entries []*catalog.Entry
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(root, "content", name, "index.md")
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
		if e := (&catalog.Entry{File: "content/" + name + "/index.md", Path: "/" + name}); !slices.ContainsFunc(entries, func(o *catalog.Entry) bool { return o.File == e.File }) {
			entries = append(entries, e)
		}
	}
	for name := range strings.SplitSeq("a b c d e f g h i j", " ") {
		write("tin-tuc/"+name, "x")
	}
	var a ahead
	is := func(want ...string) {
		t.Helper()
		if got := a.changedPages(root, entries); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	is() // nothing is shown yet
	a.caughtUp()
	is()
	write("tin-tuc/b", "xx")
	is("/tin-tuc/b")
	write("tin-tuc/moi", "x")
	is("/tin-tuc/b", "/tin-tuc/moi") // the site was not built meanwhile
	a.caughtUp()
	is()
	if err := os.Remove(filepath.Join(root, "content/tin-tuc/c/index.md")); err != nil {
		t.Fatal(err)
	}
	is() // its page is gone with the next build
	for _, e := range entries[:mostAhead+2] {
		write(strings.TrimPrefix(e.Path, "/"), "xxx")
	}
	is()
}

// TestABuildIsOvertaken holds that a change ends a build, which is over when the next
// begins.
// TestWhatWasOvertakenIsFinished holds that what a change has stopped is done when that is
// asked for again, and once.
func TestWhatWasOvertakenIsFinished(t *testing.T) {
	changed := make(chan struct{}, 1)
	begun, done := 0, 0
	l := &live{changed: changed, unfinished: func(ctx context.Context) error {
		if begun++; begun == 1 {
			<-ctx.Done()
			return nil
		}
		done++
		return nil
	}}
	changed <- struct{}{}
	if err := l.finish(t.Context()); !errors.Is(err, errOvertaken) {
		t.Error(err)
	}
	for range 2 {
		if err := l.finish(t.Context()); err != nil || done != 1 {
			t.Errorf("done %d times (%v)", done, err)
		}
	}
}

func TestABuildIsOvertaken(t *testing.T) {
	changed := make(chan struct{}, 1)
	fault := errors.New("fault")
	if err := overtaken(t.Context(), changed, func(context.Context) error { return fault }); !errors.Is(err, fault) {
		t.Error(err)
	}
	changed <- struct{}{}
	over := false
	if err := overtaken(t.Context(), changed, func(ctx context.Context) error {
		<-ctx.Done()
		over = true
		return ctx.Err()
	}); !errors.Is(err, errOvertaken) || !over {
		t.Error(err, over)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := overtaken(ended, changed, func(ctx context.Context) error { return ctx.Err() }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
