package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// sums are what files of a folder held when they were read or written last, so that a deploy
// takes time by what has changed and not by the site. They hold as long as a file has the
// size and the time that it had then, as they do in git; [Options].All sends what is known,
// too, and [Verify] asks nothing of them. Names are not written down: they may be of people
// who have withdrawn since.
type sums struct {
	mu      sync.Mutex
	known   map[fileName]fileState
	changed bool
}

// fileName is the SHA-256 of a file's name.
type fileName [sha256.Size]byte

func fileNameOf(name string) fileName { return sha256.Sum256([]byte(name)) }

type fileState struct {
	size     int64
	modified int64 // in nanoseconds since 1970
	sum      [sha256.Size]byte
}

// settled is how old a change must be before a further one is sure to bear another time: FAT
// counts in steps of two seconds.
const settled = 3 * time.Second

// of is what a file holds that has the size and the time.
func (s *sums) of(name string, size int64, modified time.Time) (sum [sha256.Size]byte, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, known := s.known[fileNameOf(name)]
	return f.sum, known && f.size == size && f.modified == modified.UnixNano()
}

// note remembers what a file holds that has the size and the time.
func (s *sums) note(name string, size int64, modified time.Time, sum [sha256.Size]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, now := fileNameOf(name), fileState{size, modified.UnixNano(), sum}
	s.changed = s.changed || s.known[key] != now
	s.known[key] = now
}

// forget forgets a file.
func (s *sums) forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.known[fileNameOf(name)]; known {
		delete(s.known, fileNameOf(name))
		s.changed = true
	}
}

// sumsHead begins the file of sums. For each file follow the SHA-256 of its name, its sum, and
// its size and time as eight bytes each; and last the sum of all of it.
const (
	sumsHead   = "lienhiep sums v1\n"
	sumsRecord = 2*sha256.Size + 16
)

// format writes what is sure at a moment.
func (s *sums) format(now time.Time) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	data := []byte(sumsHead)
	for _, name := range slices.SortedFunc(maps.Keys(s.known), func(a, b fileName) int { return bytes.Compare(a[:], b[:]) }) {
		f := s.known[name]
		if now.Sub(time.Unix(0, f.modified)) <= settled {
			continue
		}
		data = append(append(data, name[:]...), f.sum[:]...)
		data = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(data, uint64(f.size)), uint64(f.modified))
	}
	end := sha256.Sum256(data)
	return append(data, end[:]...)
}

// parseSums reads them. What format has not written, or not to its end, knows nothing.
func parseSums(data []byte) *sums {
	s := &sums{known: map[fileName]fileState{}}
	body, head := bytes.CutPrefix(data, []byte(sumsHead))
	if !head || len(body)%sumsRecord != sha256.Size {
		return s
	}
	all, end := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if sum := sha256.Sum256(all); !bytes.Equal(sum[:], end) {
		return s
	}
	for record := range slices.Chunk(all[len(sumsHead):], sumsRecord) {
		s.known[fileName(record)] = fileState{
			sum:      [sha256.Size]byte(record[sha256.Size:]),
			size:     int64(binary.BigEndian.Uint64(record[2*sha256.Size:])),
			modified: int64(binary.BigEndian.Uint64(record[2*sha256.Size+8:])),
		}
	}
	return s
}

// write writes them into a file.
func (s *sums) write(file string) error {
	if err := replaceFile(file, s.format(time.Now())); err != nil {
		return fmt.Errorf("keeping what files hold: %w", err)
	}
	return nil
}
