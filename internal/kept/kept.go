// Package kept spares a build what an earlier one has done: what follows from some bytes
// alone is the same as long as they are.
//
// It remembers two kinds of things by what they were made of (a [Key]). Of an output that
// is published, it keeps the sum: the output itself lies in the site as it was published
// last, in the same file, and is taken from there if it still has that sum, without being
// written again where the disk can give a file a second name. What is not published, such
// as what the check has found out of a page, it keeps itself. So nothing can become stale:
// another input has another key, and an output that a power cut has damaged, or somebody
// has changed by hand, has another sum and is made anew. A damaged file knows nothing;
// without one, everything is made. Who knows early what will be taken can look at it while
// there is time ([Store.Look]): in that build, its size and time stand for its sum.
//
// It also knows the sums of the files of the site that is being built, so that each is
// read for that once.
//
// In: the folders of the site as it was published last and of the one being built, and a
// file. Out: the same file, with what this build has asked for and nothing else, so that
// it grows with the site alone and names nothing that is gone.
package kept

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/spf13/afero"

	"lienhiep/internal/disk"
)

// Key stands for what something is made of: the input, and what makes it.
type Key [sha256.Size]byte

// Sum is a file's SHA-256.
type Sum [sha256.Size]byte

// KeyOf is the key of what maker makes of input. The maker's name changes with what it
// makes; that the libraries it uses, or Go itself, are others, is seen to.
func KeyOf(maker string, input []byte) Key { return keyOf(libraries(), maker, input) }

// KeyByProgram is KeyOf for a maker that has no version of its own: any other program
// makes something else.
func KeyByProgram(maker string, input []byte) Key { return keyOf(program(), maker, input) }

func keyOf(by, maker string, input []byte) Key {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00", by, maker)
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

// program is the sum of the program that runs. Of one that cannot be read nothing is known
// again.
var program = sync.OnceValue(func() string {
	h := sha256.New()
	if err := readProgram(h); err != nil {
		fmt.Fprint(h, time.Now(), os.Getpid())
	}
	return string(h.Sum(nil))
})

func readProgram(into io.Writer) error {
	name, err := os.Executable()
	if err != nil {
		return err
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(into, f)
	return err
}

// Store knows what was made before, and writes into the site being built. It can be used
// by several goroutines.
type Store struct {
	file, public, dir string
	before            memory

	mu     sync.Mutex
	now    memory
	files  map[string]File
	looked map[string]File // of the site that was published last
	shared map[string]bool // names that are of files of both sites
}

// memory is what is remembered: sums of outputs, and values.
type memory struct {
	sums   map[Key]Sum
	values map[Key][]byte
}

func newMemory() memory { return memory{map[Key]Sum{}, map[Key][]byte{}} }

// File is what is known of a file of a site. It holds as long as the file has the same
// size and time.
type File struct {
	Sum  Sum
	Size int64
	Time time.Time
}

// New returns a store for the site in the folder dir that knows of none before.
func New(dir string) *Store {
	return &Store{dir: dir, before: newMemory(), now: newMemory(), files: map[string]File{}, looked: map[string]File{}, shared: map[string]bool{}}
}

// Open reads what is remembered in a file of the site that was published last in the
// folder public, neither of which need be there, for the site that is being built in dir.
func Open(file, public, dir string) (*Store, error) {
	s := New(dir)
	s.file, s.public = file, public
	data, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading what was made before: %w", err)
	}
	s.before = parse(data)
	return s, nil
}

// Next returns a store for the site that is built in the folder dir next, which knows of
// that of s.
func (s *Store) Next(dir string) *Store {
	next := New(dir)
	next.public, next.before = s.dir, s.now
	return next
}

// Take puts the output of a key into a file of the site being built, as it was published
// in the same file or one of others, and returns its size; taken is false where it must be
// made, whatever the reason.
func (s *Store) Take(k Key, name string, others ...string) (size int64, taken bool, err error) {
	want, known := s.before.sums[k]
	if !known {
		return 0, false, nil
	}
	for _, from := range append([]string{name}, others...) {
		if size, taken, err = s.take(from, name, want); err != nil {
			return 0, false, err
		}
		if taken {
			return size, true, s.remember(k, name, want)
		}
	}
	return 0, false, nil
}

// take puts a published file that has a sum into the site being built, and returns its size.
func (s *Store) take(from, name string, want Sum) (size int64, taken bool, err error) {
	if size, same := s.stillHas(from, want); same && s.share(from, name) {
		return size, true, nil
	}
	data, same := s.Look(from, want)
	if !same {
		return 0, false, nil
	}
	if s.share(from, name) {
		return int64(len(data)), true, nil
	}
	err = s.write(name, data)
	return int64(len(data)), err == nil, err
}

// share gives a published file a name in the site being built, too, where the disk can.
func (s *Store) share(from, name string) bool {
	if os.Link(filepath.Join(s.public, filepath.FromSlash(from)), s.path(name)) != nil {
		return false
	}
	s.mu.Lock()
	s.shared[name] = from == name
	s.mu.Unlock()
	return true
}

// Shares reports whether a file of the site being built is the published one of that name,
// and not only like it.
func (s *Store) Shares(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shared[name]
}

// Look reads a file of the site that was published last; same is false where there is none
// with that sum. When the file is taken, it is not read again.
func (s *Store) Look(name string, want Sum) (data []byte, same bool) {
	if !s.Published(name) {
		return nil, false
	}
	data, info, err := readFile(filepath.Join(s.public, filepath.FromSlash(name)))
	if err != nil || sha256.Sum256(data) != want {
		return nil, false
	}
	s.mu.Lock()
	s.looked[name] = File{want, info.Size(), info.ModTime()}
	s.mu.Unlock()
	return data, true
}

// stillHas reports whether a published file that was looked at had a sum, and is as it was.
func (s *Store) stillHas(name string, want Sum) (size int64, same bool) {
	s.mu.Lock()
	looked, ok := s.looked[name]
	s.mu.Unlock()
	if !ok || looked.Sum != want {
		return 0, false
	}
	info, published := s.published(name)
	return looked.Size, published && info.Size() == looked.Size && info.ModTime().Equal(looked.Time)
}

// Published reports whether the site that was published last has a file. A link to one
// elsewhere, which somebody has put there, is none.
func (s *Store) Published(name string) bool {
	_, published := s.published(name)
	return published
}

func (s *Store) published(name string) (info fs.FileInfo, published bool) {
	if s.public == "" {
		return nil, false
	}
	info, err := os.Lstat(filepath.Join(s.public, filepath.FromSlash(name)))
	return info, err == nil && info.Mode().IsRegular()
}

// Lay puts a file of the site that was published last into the site being built, unless it
// has one of that name. laid is false where the published one has another sum.
func (s *Store) Lay(name string, want Sum) (laid bool, err error) {
	if _, err := os.Lstat(s.path(name)); err == nil {
		return true, nil
	}
	if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o777); err != nil {
		return false, err
	}
	if _, laid, err = s.take(name, name, want); laid {
		err = s.know(name, want)
	}
	return laid, err
}

// Put writes the output of a key into the site being built.
func (s *Store) Put(k Key, name string, data []byte) error {
	if err := s.write(name, data); err != nil {
		return err
	}
	return s.remember(k, name, sha256.Sum256(data))
}

// write makes a new file: one that has the name may be the published one, too.
func (s *Store) write(name string, data []byte) error {
	f, err := disk.Open(s.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		s.mu.Lock()
		delete(s.shared, name)
		s.mu.Unlock()
		if err = os.Remove(s.path(name)); err == nil {
			f, err = disk.Open(s.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		}
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func (s *Store) remember(k Key, name string, sum Sum) error {
	s.mu.Lock()
	s.now.sums[k] = sum
	s.mu.Unlock()
	return s.know(name, sum)
}

// know notes the sum of a file of the site being built.
func (s *Store) know(name string, sum Sum) error {
	info, err := os.Lstat(s.path(name))
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.files[name] = File{sum, info.Size(), info.ModTime()}
	s.mu.Unlock()
	return nil
}

// Value returns what was kept for a key. It is not to be changed.
func (s *Store) Value(k Key) (value []byte, known bool) {
	if value, known = s.before.values[k]; known {
		s.Keep(k, value)
	}
	return value, known
}

// Keep keeps a value, which is not changed any more.
func (s *Store) Keep(k Key, value []byte) {
	s.mu.Lock()
	s.now.values[k] = value
	s.mu.Unlock()
}

// Read reads a file of the site being built, of which the sum is known then.
func (s *Store) Read(name string) ([]byte, error) {
	data, info, err := readFile(s.path(name))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	known := s.files[name]
	s.mu.Unlock()
	if known.Size != int64(len(data)) || !known.Time.Equal(info.ModTime()) {
		known = File{sha256.Sum256(data), int64(len(data)), info.ModTime()}
		s.mu.Lock()
		s.files[name] = known
		s.mu.Unlock()
	}
	return data, nil
}

// readFile reads a file, and tells of it as it was then.
func readFile(name string) (data []byte, info fs.FileInfo, err error) {
	f, err := disk.Open(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return nil, nil, err
	}
	buffer := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead))
	_, err = buffer.ReadFrom(f)
	return buffer.Bytes(), info, err
}

// File returns what is known of a file of the site being built, which is read if it was
// not.
func (s *Store) File(name string) (File, error) {
	s.mu.Lock()
	known, ok := s.files[name]
	s.mu.Unlock()
	if !ok {
		if _, err := s.Read(name); err != nil {
			return known, err
		}
		s.mu.Lock()
		known = s.files[name]
		s.mu.Unlock()
	}
	return known, nil
}

// Known returns the sum of a file of the site being built, of which info tells as it is. Of
// a file that has changed since its sum was taken none is known.
func (s *Store) Known(name string, info fs.FileInfo) (sum Sum, ok bool) {
	s.mu.Lock()
	f, ok := s.files[name]
	s.mu.Unlock()
	return f.Sum, ok && info.Mode().IsRegular() && info.Size() == f.Size && info.ModTime().Equal(f.Time)
}

func (s *Store) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

// Save writes what this build has asked for, once its site is published.
func (s *Store) Save() error {
	folder, name := filepath.Split(s.file)
	if _, err := disk.Renew(afero.NewBasePathFs(afero.NewOsFs(), folder), name+".tmp", name, format(s.now)); err != nil {
		return fmt.Errorf("keeping what was made: %w", err)
	}
	return nil
}

// head begins the file. Then come the number of sums and each with its key, the number of
// values and each with its key and length, in the order of their keys, and last the sum of
// all of it: what is not written to its end, or changed, is no such file.
const head = "lienhiep kept v2\n"

func format(m memory) []byte {
	data := binary.AppendUvarint([]byte(head), uint64(len(m.sums)))
	for _, k := range sorted(m.sums) {
		sum := m.sums[k]
		data = append(append(data, k[:]...), sum[:]...)
	}
	data = binary.AppendUvarint(data, uint64(len(m.values)))
	for _, k := range sorted(m.values) {
		data = binary.AppendUvarint(append(data, k[:]...), uint64(len(m.values[k])))
		data = append(data, m.values[k]...)
	}
	end := sha256.Sum256(data)
	return append(data, end[:]...)
}

func sorted[V any](m map[Key]V) []Key {
	return slices.SortedFunc(maps.Keys(m), func(a, b Key) int { return bytes.Compare(a[:], b[:]) })
}

// parse returns nothing of what format has not written.
func parse(data []byte) memory {
	m := newMemory()
	if len(data) < len(head)+sha256.Size {
		return m
	}
	body, end := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if sha256.Sum256(body) != Sum(end) || !bytes.HasPrefix(body, []byte(head)) {
		return m
	}
	rest := body[len(head):]
	number := func() uint64 {
		n, size := binary.Uvarint(rest)
		rest = rest[size:]
		return n
	}
	key := func() (k Key) {
		rest = rest[copy(k[:], rest):]
		return k
	}
	for range number() {
		m.sums[key()] = Sum(key())
	}
	for range number() {
		k := key()
		n := number()
		m.values[k], rest = rest[:n:n], rest[n:]
	}
	return m
}
