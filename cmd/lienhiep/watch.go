package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long a folder must rest before a change is taken as whole: an editor's
// save comes as several events.
const quiet = 150 * time.Millisecond

// watch reports on its channel that one of the files or folders right below root, or
// something in one, has changed, until ctx ends.
func watch(ctx context.Context, root string, names ...string) (<-chan struct{}, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watching the folder: %w", err)
	}
	places := make([]string, len(names))
	for i, name := range names {
		places[i] = filepath.Join(root, name)
	}
	if err := errors.Join(w.Add(root), watchFolders(w, places)); err != nil {
		w.Close()
		return nil, fmt.Errorf("watching the folder: %w", err)
	}
	return changes(ctx, w, places), nil
}

// changes gathers what w tells of the places, and closes it when ctx ends.
func changes(ctx context.Context, w *fsnotify.Watcher, places []string) <-chan struct{} {
	changed := make(chan struct{})
	go func() {
		defer w.Close()
		rest := time.NewTimer(0)
		<-rest.C
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-w.Events:
				if !concerns(e, places) {
					continue
				}
				if e.Has(fsnotify.Create) {
					// A folder that is gone again by now has nothing to watch.
					_ = watchFolders(w, []string{e.Name})
				}
				rest.Reset(quiet)
			case <-w.Errors: // events were lost: look anew
				_ = watchFolders(w, places)
				rest.Reset(quiet)
			case <-rest.C:
				select {
				case changed <- struct{}{}:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return changed
}

// concerns reports whether an event is a change of one of the places, and not the work
// of an editor beside it.
func concerns(e fsnotify.Event, places []string) bool {
	if strings.HasSuffix(e.Name, "~") || e.Op == fsnotify.Chmod {
		return false
	}
	return slices.ContainsFunc(places, func(place string) bool {
		rel, err := filepath.Rel(place, e.Name)
		return err == nil && filepath.IsLocal(rel)
	})
}

// watchFolders watches those of the places that are folders, and every folder below.
func watchFolders(w *fsnotify.Watcher, places []string) error {
	for _, place := range places {
		info, err := os.Stat(place)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
			continue // the folder that it lies in is watched
		}
		if err != nil {
			return err
		}
		if err := filepath.WalkDir(place, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			return w.Add(name)
		}); err != nil {
			return err
		}
	}
	return nil
}
