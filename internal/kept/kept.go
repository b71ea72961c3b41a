// Package kept spares a build what an earlier one has done: what follows from some bytes
// alone is the same as long as they are.
//
// It keeps sums, no contents. For what an output was made of (a [Key]) it remembers the
// output's sum; the output itself lies in the site as it was published last, in the same
// file, and is taken from there if it still has that sum. So nothing can become stale:
// another input has another key, and an output that a power cut has damaged, or somebody
// has changed by hand, has another sum and is made anew. A damaged file of sums knows
// nothing; without one, everything is made.
//
// In: the folder of the site as it was published last, and a file. Out: the same file,
// with the sums of what this build has asked for and no others, so that it grows with the
// site alone and names nothing that is gone.
package kept

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/spf13/afero"

	"lienhiep/internal/disk"
)

// Key stands for what an output is made of: the input, and what makes it.
type Key [sha256.Size]byte

// KeyOf is the key of what maker makes of input. The maker's name changes with what it
// makes; that the libraries it uses, or Go itself, are others, is seen to.
func KeyOf(maker string, input []byte) Key {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00", libraries(), maker)
	h.Write(input)
	return Key(h.Sum(nil))
}

// libraries names the versions of all that is linked into the program: another may write
// other bytes of the same input.
var libraries = sync.OnceValue(func() string {
	all := runtime.Version()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			all += "\x00" + m.Path + "@" + m.Version
		}
	}
	sum := sha256.Sum256([]byte(all))
	return string(sum[:])
})

// Store knows what was made before. It can be used by several goroutines; nil is one that
// knows nothing, and remembers nothing.
type Store struct {
	file   string
	site   *os.Root // nil where none was published
	before map[Key]sum

	mu  sync.Mutex
	now map[Key]sum
}

// sum is an output's.
type sum [sha256.Size]byte

// Open reads what is remembered in a file of the site that was published last in the
// folder public. Neither need be there. The caller closes the store when done.
func Open(file, public string) (*Store, error) {
	s := &Store{file: file, now: map[Key]sum{}}
	data, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading what was made before: %w", err)
	}
	s.before = parse(data)
	if s.site, err = os.OpenRoot(public); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("opening the site as it was published last: %w", err)
	}
	return s, nil
}

// Get returns the output of a key as it was published in the file name, or nil where it
// must be made.
func (s *Store) Get(k Key, name string) []byte {
	if s == nil || s.site == nil {
		return nil
	}
	want, known := s.before[k]
	if !known {
		return nil
	}
	data, err := s.site.ReadFile(name)
	if err != nil || sha256.Sum256(data) != want {
		return nil // and is made anew, whatever the reason
	}
	s.remember(k, want)
	return data
}

// Put remembers the output of a key, which this build publishes.
func (s *Store) Put(k Key, data []byte) {
	if s != nil {
		s.remember(k, sha256.Sum256(data))
	}
}

func (s *Store) remember(k Key, v sum) {
	s.mu.Lock()
	s.now[k] = v
	s.mu.Unlock()
}

// Save writes what this build has asked for, once its site is published.
func (s *Store) Save() error {
	folder, name := filepath.Split(s.file)
	if _, err := disk.Renew(afero.NewBasePathFs(afero.NewOsFs(), folder), name+".tmp", name, format(s.now)); err != nil {
		return fmt.Errorf("keeping what was made: %w", err)
	}
	return nil
}

// Close lets go of the site; nothing more is taken from there.
func (s *Store) Close() error {
	if s.site == nil {
		return nil
	}
	return s.site.Close()
}

// head begins the file. Then come the pairs of key and sum, in order, and last the sum of
// all of it: what is not written to its end, or changed, is no such file.
const head = "lienhiep kept v1\n"

func format(all map[Key]sum) []byte {
	data := []byte(head)
	for _, k := range slices.SortedFunc(maps.Keys(all), func(a, b Key) int { return bytes.Compare(a[:], b[:]) }) {
		v := all[k]
		data = append(append(data, k[:]...), v[:]...)
	}
	end := sha256.Sum256(data)
	return append(data, end[:]...)
}

// parse returns nothing of what format has not written.
func parse(data []byte) map[Key]sum {
	all := map[Key]sum{}
	const pair = 2 * sha256.Size
	if len(data) < len(head)+sha256.Size {
		return all
	}
	body, end := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if sha256.Sum256(body) != sum(end) || !bytes.HasPrefix(body, []byte(head)) {
		return all
	}
	for rest := body[len(head):]; len(rest) >= pair; rest = rest[pair:] {
		all[Key(rest[:sha256.Size])] = sum(rest[sha256.Size:pair])
	}
	return all
}
