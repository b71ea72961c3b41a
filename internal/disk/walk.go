package disk

import (
	"io/fs"
	"path"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Walk calls visit with every file and folder below that of a file system, by its name in
// it, one at a time and in no order: it reads several folders at once. It returns the first
// error.
func Walk(fsys fs.FS, visit func(name string, d fs.DirEntry) error) error {
	w := walker{fsys: fsys, visit: visit}
	w.reading.SetLimit(runtime.GOMAXPROCS(0))
	w.reading.Go(func() error { return w.folder(".") })
	return w.reading.Wait()
}

type walker struct {
	fsys    fs.FS
	reading errgroup.Group

	mu    sync.Mutex
	visit func(name string, d fs.DirEntry) error
}

func (w *walker) folder(name string) error {
	entries, err := fs.ReadDir(w.fsys, name)
	if err == nil {
		err = w.visitAll(name, entries)
	}
	if err != nil {
		return err
	}
	for _, d := range entries {
		if !d.IsDir() {
			continue
		}
		read := func() error { return w.folder(path.Join(name, d.Name())) }
		if w.reading.TryGo(read) {
			continue
		}
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) visitAll(folder string, entries []fs.DirEntry) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, d := range entries {
		if err := w.visit(path.Join(folder, d.Name()), d); err != nil {
			return err
		}
	}
	return nil
}
