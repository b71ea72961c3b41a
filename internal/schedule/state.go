package schedule

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"

	"lienhiep/internal/disk"
)

// home is the folder of the states, below the site's: one for each target.
const home = ".lienhiep/schedule"

// ErrKept is the error if another program keeps the schedule already.
var ErrKept = errors.New("another program keeps the schedule")

var odd = regexp.MustCompile(`[^A-Za-z0-9_-]`)

func fileOf(target string) string { return path.Join(home, odd.ReplaceAllString(target, "_")) }

// Read reads what is known of the schedule of a site's folder at a target. What cannot be
// read is not known.
func Read(dir, target string) (State, error) {
	var s State
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(fileOf(target)+".json")))
	if errors.Is(err, fs.ErrNotExist) || err == nil && json.Unmarshal(text, &s) != nil {
		return State{}, nil
	}
	return s, err
}

// Save keeps a state.
func Save(dir, target string, s State) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return disk.Folder{Root: root, Aside: home + "/aside"}.Replace(fileOf(target)+".json", text)
}

// Lock makes sure that one program alone keeps a schedule, until unlock is called or it
// ends. If another does, the error is [ErrKept].
func Lock(dir, target string) (unlock func(), err error) {
	name := filepath.Join(dir, filepath.FromSlash(fileOf(target)+".lock"))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return nil, err
	}
	type result struct {
		unlock func()
		err    error
	}
	locked := make(chan result, 1)
	go func() {
		unlock, err := lockedfile.MutexAt(name).Lock()
		locked <- result{unlock, err}
	}()
	select {
	case r := <-locked:
		return r.unlock, r.err
	case <-time.After(patience):
		go func() { // once the other ends, nobody here needs it any more
			if r := <-locked; r.err == nil {
				r.unlock()
			}
		}()
		return nil, ErrKept
	}
}

// patience is how long a lock that nobody holds may take.
const patience = 2 * time.Second
