package search

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// ErrCorrupt means that an index cannot have been written by [Build].
var ErrCorrupt = errors.New("the search index is damaged")

// mostBytes is more than any file of an index has when it is unpacked.
const mostBytes = 16 << 20

// decoder reads a file of the index. Its first fault ends it: everything read
// behind that is zero.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) fail() {
	d.b, d.err = nil, ErrCorrupt
}

func (d *decoder) bytes(n uint64) []byte {
	if n > uint64(len(d.b)) {
		d.fail()
		return nil
	}
	got := d.b[:n]
	d.b = d.b[n:]
	return got
}

func (d *decoder) byte() byte {
	if got := d.bytes(1); got != nil {
		return got[0]
	}
	return 0
}

// number reads a varint of at most 32 bits.
func (d *decoder) number() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || v > 1<<32-1 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return v
}

// count reads how many things follow, none of which has less than a byte.
func (d *decoder) count() int {
	n := d.number()
	if n > uint64(len(d.b)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) string() string { return string(d.bytes(d.number())) }

// front reads a key that shares its beginning with the one before.
func (d *decoder) front(before string) string {
	shared := d.number()
	if shared > uint64(len(before)) {
		d.fail()
		return ""
	}
	return before[:shared] + d.string()
}

func (d *decoder) hash() (h hash) {
	copy(h[:], d.bytes(hashLength))
	return h
}

// unzipped unpacks a file of the index.
func unzipped(data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, ErrCorrupt
	}
	raw, err := io.ReadAll(io.LimitReader(z, mostBytes+1))
	if err != nil || len(raw) > mostBytes {
		return nil, ErrCorrupt
	}
	return raw, nil
}

// Index is an index on disk.
type Index struct {
	files    fs.FS // of the index
	site     fs.FS
	up       string
	kinds    []string
	words    hash
	segments []readSegment
	all      int // documents
}

type readSegment struct {
	count        int
	runs         []run
	titles       directory
	dictionaries [dictionaries]directory
}

// run is a stretch of documents of one kind and year.
type run struct {
	end  int // the first number behind it
	kind string
	year int
}

// directory names the files of titles or of a dictionary.
type directory struct {
	depth   byte
	entries []listed
}

// Open opens the index in a folder ("tim-kiem/index") of a built site.
func Open(site fs.FS, folder string) (*Index, error) {
	files, err := fs.Sub(site, folder)
	if err != nil {
		return nil, fmt.Errorf("opening the search index: %w", err)
	}
	x := &Index{files: files, site: site}
	data, err := fs.ReadFile(files, rootFile)
	if err != nil {
		return nil, fmt.Errorf("opening the search index: %w", err)
	}
	raw, err := unzipped(data)
	if err != nil {
		return nil, err
	}
	return x, x.root(&decoder{b: raw})
}

func (x *Index) root(d *decoder) error {
	if string(d.bytes(uint64(len(magic)))) != magic {
		return ErrCorrupt
	}
	x.up = d.string()
	for range d.count() {
		x.kinds = append(x.kinds, d.string())
	}
	x.words = d.hash()
	for range d.count() {
		s := readSegment{count: int(d.number())}
		end := 0
		for range d.count() {
			kind, year, n := d.number(), int(d.number()), int(d.number())
			if kind >= uint64(len(x.kinds)) {
				return ErrCorrupt
			}
			end += n
			s.runs = append(s.runs, run{end, x.kinds[kind], year})
		}
		if end != s.count {
			return ErrCorrupt
		}
		s.titles = d.directory(false)
		for i := range s.dictionaries {
			s.dictionaries[i] = d.directory(true)
		}
		x.segments = append(x.segments, s)
		x.all += s.count
	}
	return d.err
}

func (d *decoder) directory(keys bool) directory {
	dir := directory{depth: d.byte()}
	if dir.depth > 1 {
		d.fail()
	}
	before := ""
	for range d.count() {
		var e listed
		if keys {
			e.key = d.front(before)
			before = e.key
		}
		e.hash = d.hash()
		dir.entries = append(dir.entries, e)
	}
	return dir
}

// file reads a file of the index.
func (x *Index) file(h hash) (*decoder, error) {
	data, err := fs.ReadFile(x.files, h.fileName())
	if err != nil {
		return nil, fmt.Errorf("reading the search index: %w", err)
	}
	raw, err := unzipped(data)
	return &decoder{b: raw}, err
}

// node reads a node of a directory.
func (x *Index) node(h hash, keys bool) ([]listed, error) {
	d, err := x.file(h)
	if err != nil {
		return nil, err
	}
	dir := d.directory(keys)
	if dir.depth != 0 {
		d.fail()
	}
	return dir.entries, d.err
}

// between returns the entries of a directory whose shards may have keys from
// first to last, at most limit of them.
func (x *Index) between(dir directory, first, last string, limit int) ([]listed, error) {
	found := within(dir.entries, first, last)
	if dir.depth == 1 {
		var shards []listed
		for _, n := range found {
			node, err := x.node(n.hash, true)
			if err != nil {
				return nil, err
			}
			if shards = append(shards, within(node, first, last)...); len(shards) >= limit {
				break
			}
		}
		found = shards
	}
	return found[:min(limit, len(found))], nil
}

// within returns the entries from the one that may have first to the last that
// may have last.
func within(entries []listed, first, last string) []listed {
	from, exact := slices.BinarySearchFunc(entries, first, func(e listed, key string) int { return strings.Compare(e.key, key) })
	if !exact && from > 0 {
		from--
	}
	to := from
	for to < len(entries) && entries[to].key <= last {
		to++
	}
	return entries[from:to]
}

// list is the documents of a key in one spelling, read as far as is needed.
type list struct {
	segment  int
	marks    [2]byte
	count    int
	chunks   []hash // not read yet
	postings []at
}

// at is a document and the level of a key in it.
type at struct {
	document int // in all segments
	level    byte
}

// shardLists returns the lists of the keys that wanted asks for.
func (x *Index) shardLists(h hash, dictionary, segment int, wanted func(key string) bool) ([]*list, error) {
	d, err := x.file(h)
	if err != nil {
		return nil, err
	}
	type entry struct {
		key    string
		length uint64
	}
	var entries []entry
	before := ""
	for range d.count() {
		before = d.front(before)
		entries = append(entries, entry{before, d.number()})
	}
	var lists []*list
	for _, e := range entries {
		inside := decoder{b: d.bytes(e.length)}
		if d.err == nil && wanted(e.key) {
			lists = append(lists, x.body(&inside, dictionary, segment)...)
			d.err = inside.err
		}
	}
	return lists, d.err
}

// body reads the body of an entry.
func (x *Index) body(d *decoder, dictionary, segment int) []*list {
	var lists []*list
	for range d.count() {
		l := &list{segment: segment}
		for m := range min(dictionary, ofPairs) + 1 {
			l.marks[m] = d.byte()
		}
		n := d.number()
		l.count = int(n / 2)
		here := l.count
		if n%2 == 1 {
			here = int(d.number())
			for range d.count() {
				l.chunks = append(l.chunks, d.hash())
			}
		}
		if here > l.count {
			d.fail()
		}
		l.postings = x.postings(d, segment, here)
		lists = append(lists, l)
	}
	return lists
}

// postings reads so many postings.
func (x *Index) postings(d *decoder, segment, n int) []at {
	if n > len(d.b) {
		d.fail()
		return nil
	}
	first := 0
	for _, s := range x.segments[:segment] {
		first += s.count
	}
	all := make([]at, 0, n)
	for len(all) < n {
		group := d.number()
		size := int(group / levels)
		if size == 0 || size > n-len(all) {
			d.fail()
			return nil
		}
		number := x.segments[segment].count
		for range size {
			step := int(d.number())
			number -= step
			if step == 0 || number < 0 {
				d.fail()
				return nil
			}
			all = append(all, at{first + number, byte(group % levels)})
		}
	}
	return all
}

// more reads on in a list, as much again as was read of it.
func (x *Index) more(l *list) error {
	next := min(1+len(l.postings)/chunk, len(l.chunks))
	for _, h := range l.chunks[:next] {
		d, err := x.file(h)
		if err != nil {
			return err
		}
		n := int(d.number())
		if n > l.count-len(l.postings) {
			d.fail()
		}
		l.postings = append(l.postings, x.postings(d, l.segment, n)...)
		if d.err != nil {
			return d.err
		}
	}
	l.chunks = l.chunks[next:]
	return nil
}

// place is the kind and year of a document, and its segment.
func (x *Index) place(document int) (r run, segment int) {
	for i, s := range x.segments {
		if document < s.count {
			at, _ := slices.BinarySearchFunc(s.runs, document, func(r run, n int) int { return cmp.Compare(r.end, n+1) })
			return s.runs[at], i
		}
		document -= s.count
	}
	return run{}, len(x.segments)
}

// Document is what an index stores of a page.
type Document struct {
	Path  string // of its folder, from the site's root: "tin-tuc/bai/"
	Title string
	Day   string // YYYY-MM-DD, YYYY or ""
	Kind  string
	Year  int // 0: none
}

// Address is where a result leads, relative to the site's root: for a provision, its
// anchor in the full document; otherwise the page.
func (d Document) Address() string {
	if folder, id := path.Split(strings.TrimSuffix(d.Path, "/")); d.Kind == provisionKind {
		return folder + "#" + id
	}
	return d.Path
}

// document reads what the index says of a document.
func (x *Index) document(number int) (Document, error) {
	r, segment := x.place(number)
	for _, s := range x.segments[:segment] {
		number -= s.count
	}
	dir, file := x.segments[segment].titles, number/titleBlock
	if dir.depth == 1 {
		nodes := dir.entries
		if file/titlesInNode >= len(nodes) {
			return Document{}, ErrCorrupt
		}
		node, err := x.node(nodes[file/titlesInNode].hash, false)
		if err != nil {
			return Document{}, err
		}
		dir.entries, file = node, file%titlesInNode
	}
	if file >= len(dir.entries) {
		return Document{}, ErrCorrupt
	}
	d, err := x.file(dir.entries[file].hash)
	if err != nil {
		return Document{}, err
	}
	lines := strings.Split(string(d.b), "\n")
	if number%titleBlock >= len(lines) {
		return Document{}, ErrCorrupt
	}
	parts := strings.Split(lines[number%titleBlock], "\t")
	if len(parts) != 3 {
		return Document{}, ErrCorrupt
	}
	return Document{Title: parts[0], Day: parts[1], Path: parts[2], Kind: r.kind, Year: r.year}, nil
}
