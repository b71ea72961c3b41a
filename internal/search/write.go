package search

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/afero"

	"lienhiep/internal/viet"
)

const (
	magic      = "lh1"
	rootFile   = "root.bin"
	extension  = ".bin"
	hashLength = 5

	// A list longer than splitAbove is split into a head and chunks.
	splitAbove = 2048
	headLength = 512
	chunk      = 8192

	// A shard ends behind a key that its hash picks, so that a change in one does
	// not move the others' ends; it has so many bytes before it is gzipped.
	shardLeast, shardMost = 4 << 10, 9 << 10
	shardEndsAt           = 64 // of so many keys, one

	// TitleBlock is how many documents' titles are in a file.
	titleBlock = 16

	// A directory of more entries than the root has room for is in nodes of so many.
	shardsInRoot, shardsInNode = 160, 64
	titlesInRoot, titlesInNode = 512, 128

	mostWords = 2500
)

type hash [hashLength]byte

var base = base32.HexEncoding.WithPadding(base32.NoPadding)

// fileName is the name of the file that a hash stands for.
func (h hash) fileName() string { return strings.ToLower(base.EncodeToString(h[:])) + extension }

// writer writes the files of an index.
type writer struct {
	fs     afero.Fs
	folder string

	mu    sync.Mutex
	whole map[hash][sha256.Size]byte // of every file written
	stats Stats
}

var zippers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is one that gzip has
	}
	return z
}}

// zipped gzips raw. The comment makes the result another where that is needed.
func zipped(raw []byte, comment string) ([]byte, error) {
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	var b bytes.Buffer
	z.Reset(&b)
	z.Comment = comment
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	err := z.Close()
	return b.Bytes(), err
}

// file writes a file under the name of its content, once.
func (w *writer) file(raw []byte) (hash, error) {
	for comment := ""; ; comment += "+" {
		data, err := zipped(raw, comment)
		if err != nil {
			return hash{}, err
		}
		sum := sha256.Sum256(data)
		h := hash(sum[:hashLength])
		w.mu.Lock()
		other, taken := w.whole[h]
		if !taken {
			w.whole[h] = sum
			w.stats.Files++
			w.stats.Bytes += len(data)
		}
		w.mu.Unlock()
		switch {
		case !taken:
			return h, w.put(h.fileName(), data)
		case other == sum:
			return h, nil
		}
		// Another file has the same 40 bits: once in thousands of years.
	}
}

func (w *writer) put(name string, data []byte) error {
	return afero.WriteFile(w.fs, path.Join(w.folder, name), data, 0o666)
}

// clean removes the files of an earlier index.
func (w *writer) clean() error {
	files, err := afero.ReadDir(w.fs, w.folder)
	if err != nil {
		return err
	}
	kept := map[string]bool{rootFile: true}
	for h := range w.whole {
		kept[h.fileName()] = true
	}
	for _, f := range files {
		if !kept[f.Name()] {
			if err := w.fs.Remove(path.Join(w.folder, f.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// listed is an entry of a directory.
type listed struct {
	key  string // the first of a shard; titles have none
	hash hash
}

// segment is the part of an index whose documents have numbers from first on.
type segment struct {
	first, count int
	shards       [dictionaries][256][]listed
}

// write writes the index of a language beside its search page.
func (l *language) write(ctx context.Context, site afero.Fs, documents []document) (Stats, error) {
	w := &writer{fs: site, folder: path.Join(l.folder, "index"), whole: map[hash][sha256.Size]byte{}}
	if err := site.MkdirAll(w.folder, 0o777); err != nil {
		return Stats{}, err
	}
	sorted, archive := order(documents, l.documents)
	segments := []*segment{{count: archive}}
	if archive < len(sorted) {
		segments = append(segments, &segment{first: archive, count: len(sorted) - archive})
	}
	words, err := l.writeDictionaries(ctx, w, sorted, segments)
	if err != nil {
		return Stats{}, err
	}
	root, err := l.root(w, words, sorted, segments, documents)
	if err != nil {
		return Stats{}, err
	}
	data, err := zipped(root, "")
	if err != nil {
		return Stats{}, err
	}
	if err := w.put(rootFile, data); err != nil {
		return Stats{}, err
	}
	w.stats.Documents = len(sorted)
	w.stats.Files++
	w.stats.Bytes += len(data)
	return w.stats, w.clean()
}

// counted is a spelling and how many documents have it.
type counted struct {
	key       string
	marks     byte
	documents int
}

// writeDictionaries writes the shards of all segments and returns the spellings.
func (l *language) writeDictionaries(ctx context.Context, w *writer, sorted []int, segments []*segment) ([]counted, error) {
	words, renumber := l.vocabulary.inOrder()
	last := 0
	for _, i := range sorted {
		last = max(last, i)
	}
	numbers := make([]uint32, last+1)
	for n, i := range sorted {
		numbers[i] = uint32(n)
	}
	counts := make([][]counted, 256)
	err := inParallel(ctx, dictionaries*256, func() func(int) error {
		var all []posting
		return func(job int) error {
			d, first := job/256, job%256
			all = all[:0]
			for _, c := range l.collectors {
				p := &c.postings[d][first]
				for one := range p.all() {
					all = append(all, inOrder(one, renumber, numbers))
				}
				*p = postingBuffer{} // its memory is needed
			}
			slices.SortFunc(all, func(a, b posting) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at)) })
			e := &encoder{w: w, dictionary: d, words: words}
			for _, s := range segments {
				shards, err := e.shards(all, s)
				if err != nil {
					return err
				}
				s.shards[d][first] = shards
			}
			if d == ofSyllables {
				counts[first] = count(all, words)
			}
			return nil
		}
	})
	return slices.Concat(counts...), err
}

// inOrder gives a posting the numbers that it has in the index, so that sorting
// puts keys in order, the best level first and the newest document first in it.
func inOrder(p posting, renumber, numbers []uint32) posting {
	first, second := uint32(p.key>>40), uint32(p.key>>16)&(1<<24-1)
	level, document := p.at>>32, numbers[uint32(p.at)]
	return posting{
		key: keyOf(renumber[first], renumber[second], byte(p.key>>8), byte(p.key)),
		at:  (levels-1-level)<<32 | uint64(^document),
	}
}

func (p posting) document() int { return int(^uint32(p.at)) }
func (p posting) level() byte   { return levels - 1 - byte(p.at>>32) }
func (p posting) marks() uint16 { return uint16(p.key) }

// word is the part of a posting's key that is text.
func (p posting) word() uint64 { return p.key >> 16 }

// runs calls f for every stretch of postings that have the same value.
func runs[T comparable](all []posting, value func(posting) T, f func([]posting) error) error {
	for len(all) > 0 {
		n := 1
		for n < len(all) && value(all[n]) == value(all[0]) {
			n++
		}
		if err := f(all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// encoder writes the shards of one part of a dictionary.
type encoder struct {
	w          *writer
	dictionary int
	words      []string
}

// text is the key of a posting.
func (e *encoder) text(p posting) string {
	first, second := e.words[p.key>>40], p.key>>16&(1<<24-1)
	if e.dictionary == ofSyllables {
		return first
	}
	return first + " " + e.words[second]
}

// shards writes the shards of a segment.
func (e *encoder) shards(all []posting, s *segment) ([]listed, error) {
	var done []listed
	var sh shard
	end := func() error {
		if sh.entries == 0 {
			return nil
		}
		first := sh.first
		h, err := e.w.file(sh.bytes())
		done = append(done, listed{first, h})
		sh = shard{}
		return err
	}
	var mine []posting
	err := runs(all, posting.word, func(one []posting) error {
		mine = mine[:0]
		for _, p := range one {
			if d := p.document(); s.first <= d && d < s.first+s.count {
				mine = append(mine, p)
			}
		}
		if len(mine) == 0 {
			return nil
		}
		key := e.text(mine[0])
		body, err := e.body(mine, s)
		if err != nil {
			return err
		}
		if sh.size()+len(body) > shardMost {
			if err := end(); err != nil {
				return err
			}
		}
		sh.add(key, body)
		if sh.size() >= shardLeast && endsShard(key) {
			return end()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return done, end()
}

// endsShard picks keys that are the last of a shard.
func endsShard(key string) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key)) // never fails
	return h.Sum32()%shardEndsAt == 0
}

// shard is a shard being written.
type shard struct {
	first, last  string
	entries      uint64
	keys, bodies []byte
}

func (s *shard) size() int { return len(s.keys) + len(s.bodies) }

func (s *shard) add(key string, body []byte) {
	if s.entries == 0 {
		s.first = key
	}
	s.keys = appendFront(s.keys, s.last, key)
	s.keys = binary.AppendUvarint(s.keys, uint64(len(body)))
	s.bodies = append(s.bodies, body...)
	s.last = key
	s.entries++
}

func (s *shard) bytes() []byte {
	return slices.Concat(binary.AppendUvarint(nil, s.entries), s.keys, s.bodies)
}

// appendFront appends key as what differs from the key before.
func appendFront(dst []byte, before, key string) []byte {
	shared := 0
	for shared < len(before) && shared < len(key) && before[shared] == key[shared] {
		shared++
	}
	return appendString(binary.AppendUvarint(dst, uint64(shared)), key[shared:])
}

func appendString(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

// body is the body of an entry.
func (e *encoder) body(mine []posting, s *segment) ([]byte, error) {
	var spellings uint64
	var dst []byte
	err := runs(mine, posting.marks, func(list []posting) error {
		spellings++
		dst = append(dst, byte(list[0].marks()>>8))
		if e.dictionary != ofSyllables {
			dst = append(dst, byte(list[0].marks()))
		}
		if len(list) <= splitAbove {
			dst = binary.AppendUvarint(dst, uint64(len(list))<<1)
			dst = appendPostings(dst, list, s)
			return nil
		}
		dst = binary.AppendUvarint(dst, uint64(len(list))<<1|1)
		dst = binary.AppendUvarint(dst, headLength)
		rest := list[headLength:]
		dst = binary.AppendUvarint(dst, uint64((len(rest)+chunk-1)/chunk))
		for part := range slices.Chunk(rest, chunk) {
			h, err := e.w.file(appendPostings(binary.AppendUvarint(nil, uint64(len(part))), part, s))
			if err != nil {
				return err
			}
			dst = append(dst, h[:]...)
		}
		dst = appendPostings(dst, list[:headLength], s)
		return nil
	})
	return append(binary.AppendUvarint(nil, spellings), dst...), err
}

// appendPostings appends a list in groups of one level.
func appendPostings(dst []byte, list []posting, s *segment) []byte {
	_ = runs(list, posting.level, func(group []posting) error {
		dst = binary.AppendUvarint(dst, uint64(len(group))*levels+uint64(group[0].level()))
		before := s.count
		for _, p := range group {
			n := p.document() - s.first
			dst = binary.AppendUvarint(dst, uint64(before-n))
			before = n
		}
		return nil
	})
	return dst
}

// count counts the documents of every spelling of the syllables.
func count(all []posting, words []string) []counted {
	var counts []counted
	_ = runs(all, func(p posting) uint64 { return p.key }, func(one []posting) error {
		counts = append(counts, counted{words[one[0].key>>40], byte(one[0].marks() >> 8), len(one)})
		return nil
	})
	return counts
}

// root makes the root, and the files that it names but shards.
func (l *language) root(w *writer, words []counted, sorted []int, segments []*segment, documents []document) ([]byte, error) {
	up := "../"
	if l.folder != "" {
		up += strings.Repeat("../", strings.Count(l.folder, "/"))
	}
	root := appendString([]byte(magic), up)
	var kinds []string
	for _, i := range sorted {
		kinds = append(kinds, documents[i].kind)
	}
	slices.Sort(kinds)
	kinds = slices.Compact(kinds)
	root = binary.AppendUvarint(root, uint64(len(kinds)))
	for _, k := range kinds {
		root = appendString(root, k)
	}
	h, err := w.file(wordList(words))
	if err != nil {
		return nil, err
	}
	root = append(root, h[:]...)
	root = binary.AppendUvarint(root, uint64(len(segments)))
	for _, s := range segments {
		mine := sorted[s.first : s.first+s.count]
		root = binary.AppendUvarint(root, uint64(s.count))
		root = appendRuns(root, mine, documents, kinds)
		titles, err := writeTitles(w, mine, documents)
		if err != nil {
			return nil, err
		}
		if root, err = w.directory(root, titles, titlesInRoot, titlesInNode); err != nil {
			return nil, err
		}
		for d := range s.shards {
			if root, err = w.directory(root, slices.Concat(s.shards[d][:]...), shardsInRoot, shardsInNode); err != nil {
				return nil, err
			}
		}
	}
	return root, nil
}

// appendRuns appends the kind and year of the documents, in stretches.
func appendRuns(dst []byte, mine []int, documents []document, kinds []string) []byte {
	type run struct {
		kind string
		year uint64
	}
	of := func(i int) run { return run{documents[i].kind, yearOf(documents[i].day)} }
	var n uint64
	var all []byte
	for len(mine) > 0 {
		r, same := of(mine[0]), 1
		for same < len(mine) && of(mine[same]) == r {
			same++
		}
		kind, _ := slices.BinarySearch(kinds, r.kind)
		all = binary.AppendUvarint(all, uint64(kind))
		all = binary.AppendUvarint(all, r.year)
		all = binary.AppendUvarint(all, uint64(same))
		mine = mine[same:]
		n++
	}
	return append(binary.AppendUvarint(dst, n), all...)
}

// yearOf is the year of a day, 0 for none.
func yearOf(day string) uint64 {
	year, _, _ := strings.Cut(day, "-")
	n, err := strconv.ParseUint(year, 10, 16)
	if err != nil {
		return 0
	}
	return n
}

// writeTitles writes the titles of documents.
func writeTitles(w *writer, mine []int, documents []document) ([]listed, error) {
	var files []listed
	for part := range slices.Chunk(mine, titleBlock) {
		var b bytes.Buffer
		for _, i := range part {
			fmt.Fprintf(&b, "%s\t%s\t%s\n", documents[i].title, documents[i].day, documents[i].path)
		}
		h, err := w.file(b.Bytes())
		if err != nil {
			return nil, err
		}
		files = append(files, listed{hash: h})
	}
	return files, nil
}

// directory appends a directory, or one of nodes, which it writes.
func (w *writer) directory(dst []byte, entries []listed, inRoot, inNode int) ([]byte, error) {
	depth := byte(0)
	if len(entries) > inRoot {
		depth = 1
		var nodes []listed
		for part := range slices.Chunk(entries, inNode) {
			h, err := w.file(appendDirectory(nil, 0, part))
			if err != nil {
				return nil, err
			}
			nodes = append(nodes, listed{part[0].key, h})
		}
		entries = nodes
	}
	return appendDirectory(dst, depth, entries), nil
}

// appendDirectory appends a directory. Titles have no key and need none.
func appendDirectory(dst []byte, depth byte, entries []listed) []byte {
	dst = append(dst, depth)
	dst = binary.AppendUvarint(dst, uint64(len(entries)))
	before := ""
	for _, e := range entries {
		if e.key != "" {
			dst = appendFront(dst, before, e.key)
			before = e.key
		}
		dst = append(dst, e.hash[:]...)
	}
	return dst
}

// wordList is the commonest spellings, one a line.
func wordList(words []counted) []byte {
	words = slices.DeleteFunc(words, func(c counted) bool { return c.key[0] <= '9' })
	slices.SortStableFunc(words, func(a, b counted) int { return b.documents - a.documents })
	var b bytes.Buffer
	for _, c := range words[:min(len(words), mostWords)] {
		b.WriteString(viet.Spell(c.key, c.marks))
		b.WriteByte('\n')
	}
	return b.Bytes()
}
