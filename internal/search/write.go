package search

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/bits"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/spf13/afero"

	"lienhiep/internal/host"
	"lienhiep/internal/kept"
	"lienhiep/internal/viet"
)

const (
	magic     = "lh3"
	headFile  = "head.bin"
	wordsFile = "words.bin"
	extension = ".bin"

	// A site of no more documents, whose terms take no more bytes before they are packed, is small: all
	// that begins with one syllable stands together, in files of so many bytes, more or less.
	smallSite, smallBytes, smallFile = 2000, 4 << 20, 3 << 10

	// In a larger site every key has its place, and a page has so few of the files that
	// changing it leaves nearly all as they are.
	filesPerDocument, mostFiles = 2, 1 << 16

	// A list longer than this is cut: the best stand with the key, the others apart, in
	// parts of so many, more or less, by number. For a phrase the lists of pairs are read in whole: they are cut into
	// so few parts, until these would be longer than a longPart.
	splitAbove, headLength, partLength = 128, 64, 96
	partsOfPair, longPart              = 8, 384

	// A key that every so-many-th document has is among what most pages have: the parts of such keys
	// stand together, in so many groups, so that a page has few of their files and not one for each.
	commonShare, commonGroups = 12, 16

	// Titles are in the head where all of them have no more bytes than this; else those of
	// what is not news, as far as they go, and documents have files with their titles and texts, one
	// for those that have some of so many neighbouring numbers.
	titlesInHead, otherTitlesInHead = 96 << 10, 24 << 10
	documentBlock                   = 8

	roughBits      = 3
	mostWords      = 4000
	mostFollowing  = 128 // of the syllables behind one, for beginnings
	wordsInHead    = 48 << 10
	layoutMark     = 1 // the first byte of a file that is not packed
	layoutLength   = 2
	versionLength  = 5
	filesInAFolder = 256
)

// newsKind is the kind that there is most of.
const newsKind = "tin-tuc"

// writer writes the files of an index.
type writer struct {
	fs     afero.Fs
	before *kept.Store // nil where nothing is kept
	folder string
	layout []byte

	mu    sync.Mutex
	sums  map[string][sha256.Size]byte // of every file written, by name
	stats Stats
}

const gzipLevel = 7 // higher ones make files hardly smaller

// maker names what makes a file of what stands in it.
var maker = fmt.Sprint("search gzip ", gzipLevel, " above ", host.Packet)

var zippers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, gzipLevel)
	if err != nil {
		panic(err) // the level is one that gzip has
	}
	return z
}}

// packed gzips raw where that makes it smaller. What comes whole in the first packet is
// left as it is: nobody would have it sooner, and most files are no longer.
func packed(raw []byte) ([]byte, error) {
	if len(raw) <= host.Packet {
		return raw, nil
	}
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	var b bytes.Buffer
	z.Reset(&b)
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil || b.Len() < len(raw) {
		return b.Bytes(), err
	}
	return raw, nil
}

// file writes a file of this layout.
func (w *writer) file(name string, raw []byte) error {
	return w.put(name, slices.Concat([]byte{layoutMark}, w.layout, raw))
}

// put writes a file, packed.
func (w *writer) put(name string, raw []byte) error {
	name = path.Join(w.folder, name)
	sum, size, err := w.write(name, raw)
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.sums[name] = sum
	w.stats.Files++
	w.stats.Bytes += int(size)
	w.mu.Unlock()
	return nil
}

// write writes a file, or takes it as it was published, and returns what it holds.
func (w *writer) write(name string, raw []byte) (sum [sha256.Size]byte, size int64, err error) {
	if w.before == nil {
		data, err := packed(raw)
		if err == nil {
			err = afero.WriteFile(w.fs, name, data, 0o666)
		}
		return sha256.Sum256(data), int64(len(data)), err
	}
	key := kept.KeyOf(maker, raw)
	if _, taken, err := w.before.Take(key, name); !taken {
		if err != nil {
			return sum, 0, err
		}
		data, err := packed(raw)
		if err == nil {
			err = w.before.Put(key, name, data)
		}
		if err != nil {
			return sum, 0, err
		}
	}
	file, err := w.before.File(name)
	return file.Sum, file.Size, err
}

// version follows from all that was written.
func (w *writer) version() string {
	h := sha256.New()
	for _, name := range slices.Sorted(mapKeys(w.sums)) {
		sum := w.sums[name]
		h.Write([]byte(name))
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:versionLength])
}

func mapKeys[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// clean removes the files of an earlier index.
func (w *writer) clean() error {
	var folders []string
	err := fs.WalkDir(afero.NewIOFS(w.fs), w.folder, func(name string, d fs.DirEntry, err error) error {
		switch _, kept := w.sums[name]; {
		case err != nil || kept:
			return err
		case d.IsDir():
			folders = append(folders, name)
			return nil
		}
		return w.fs.Remove(name)
	})
	for _, name := range slices.Backward(folders) {
		if inside, err := afero.ReadDir(w.fs, name); err == nil && len(inside) == 0 {
			if err := w.fs.Remove(name); err != nil {
				return err
			}
		}
	}
	return err
}

// placing says in which file a key stands.
type placing struct {
	small  bool
	bits   int // of a file's number
	common int // bits of the number of parts of a list, from which on they stand with others'
}

// place tells how the terms of so many documents, of so many bytes, are laid out.
func place(documents, size int) placing {
	if documents <= smallSite && size <= smallBytes {
		return placing{small: true, bits: bits.Len(uint(size / smallFile))}
	}
	return placing{bits: bits.Len(uint(min(filesPerDocument*documents, mostFiles) - 1)), common: cutOf(documents/commonShare, false) + 1}
}

// cutOf is how many bits the number of parts has of a list of so many documents, of a pair or of a syllable.
func cutOf(documents int, pair bool) int {
	cut := bits.Len(uint(documents / partLength))
	if pair {
		cut = min(cut, max(bits.Len(uint(partsOfPair-1)), bits.Len(uint(documents/longPart))))
	}
	return cut
}

// file is the number of the file of a key.
func (p placing) file(key string) uint32 {
	if p.small {
		key, _, _ = strings.Cut(key, " ")
	}
	return hash32(key) & (1<<p.bits - 1)
}

// partPlace is the key that says in which file a part of a list stands.
func (p placing) partPlace(key string, cut, n int) string {
	if cut < p.common {
		return key
	}
	list := key[:strings.LastIndexByte(key, '\n')]
	return fmt.Sprintf("\n%d\n%d\n%d", hash32(list)%commonGroups, cut, n)
}

// keyFile is the name of a file of keys.
func keyFile(n uint32) string {
	return fmt.Sprintf("k%d/%d%s", n/filesInAFolder, n%filesInAFolder, extension)
}

// documentFile is the name of the file of a document.
func documentFile(number int) string {
	n := number / documentBlock
	return fmt.Sprintf("d%d/%d%s", n/filesInAFolder, n%filesInAFolder, extension)
}

// item is a key of a file, and what stands behind it.
type item struct {
	key   string
	place string // the key whose file it is in
	body  []byte
}

// write writes the index of a language beside its search page.
func (l *language) write(ctx context.Context, site afero.Fs, before *kept.Store, documents []document) (Stats, error) {
	n := number(documents, l.documents)
	e := &encoder{numbering: n, numbers: make([]uint32, len(documents))}
	for _, d := range n.all {
		e.numbers[d.index] = uint32(d.number)
	}
	e.words, e.renumber = l.vocabulary.inOrder()
	e.room = n.room()
	e.place = place(len(n.all), l.size())
	w := &writer{fs: site, before: before, folder: path.Join(l.folder, "index"), sums: map[string][sha256.Size]byte{}}
	titles := titleLines(n.all)
	e.apart = len(titles) > titlesInHead
	layout := e.layout(l.folder)
	sum := sha256.Sum256([]byte(fmt.Sprint(e.place, e.room)))
	w.layout = sum[:layoutLength]
	for n := range (uint32(1)<<e.place.bits + filesInAFolder - 1) / filesInAFolder {
		if err := site.MkdirAll(path.Join(w.folder, path.Dir(keyFile(n*filesInAFolder))), 0o777); err != nil {
			return Stats{}, err
		}
	}
	counts, err := l.writeKeys(ctx, w, e)
	if err != nil {
		return Stats{}, err
	}
	if e.apart {
		if err := w.documents(ctx, n.all); err != nil {
			return Stats{}, err
		}
		titles = titleLines(askedByName(n.all))
	}
	words := wordList(counts)
	if len(words) > wordsInHead {
		if err := w.file(wordsFile, words); err != nil {
			return Stats{}, err
		}
		words = nil
	}
	head := slices.Concat([]byte(magic), layout)
	head = appendString(head, string(words))
	head = appendString(head, string(titles))
	head = appendString(head, w.version())
	if err := w.put(headFile, head); err != nil {
		return Stats{}, err
	}
	w.stats.Documents = len(n.all)
	return w.stats, w.clean()
}

// size is how many bytes the terms take, more or less, before they are packed.
func (l *language) size() (bytes int) {
	for _, c := range l.collectors {
		for i := range c.postings {
			bytes += 4 * c.postings[i].n
		}
	}
	return bytes
}

// encoder writes the keys.
type encoder struct {
	numbering
	numbers  []uint32 // of the documents
	words    []string
	renumber []uint32
	room     int // one more than the highest number
	place    placing
	apart    bool // documents have files of their own
}

// layout is what every file is to be read by: the way to the site's root, how keys are placed, and
// the classes.
func (e *encoder) layout(folder string) []byte {
	up := "../"
	if folder != "" {
		up += strings.Repeat("../", strings.Count(folder, "/"))
	}
	dst := appendString(nil, up)
	flags := byte(0)
	if e.place.small {
		flags |= 1
	}
	if e.apart {
		flags |= 2
	}
	dst = append(dst, flags, byte(e.place.bits), byte(e.place.common))
	dst = binary.AppendUvarint(dst, uint64(e.room))
	var kinds []string
	for _, c := range e.classes {
		kinds = append(kinds, c.kind)
	}
	slices.Sort(kinds)
	kinds = slices.Compact(kinds)
	dst = binary.AppendUvarint(dst, uint64(len(kinds)))
	for _, k := range kinds {
		dst = appendString(dst, k)
	}
	dst = binary.AppendUvarint(dst, uint64(len(e.classes)))
	for _, c := range e.classes {
		kind, _ := slices.BinarySearch(kinds, c.kind)
		dst = binary.AppendUvarint(dst, uint64(kind))
		dst = binary.AppendUvarint(dst, uint64(c.year))
		dst = append(dst, byte(c.bits))
	}
	return dst
}

// counted is a spelling and how many documents have it.
type counted struct {
	key       string
	marks     byte
	documents int
}

// writeKeys writes the files of keys and returns the spellings of syllables.
func (l *language) writeKeys(ctx context.Context, w *writer, e *encoder) ([]counted, error) {
	counts := make([][]counted, collectorParts)
	files := make([][]item, 1<<e.place.bits)
	var mu sync.Mutex
	err := inParallel(ctx, collectorParts, func() func(int) error {
		var all []posting
		var bodies arena
		return func(part int) error {
			n := 0
			for _, c := range l.collectors {
				n += c.postings[part].n
			}
			all = slices.Grow(all[:0], n)
			for _, c := range l.collectors {
				p := &c.postings[part]
				for one := range p.all() {
					all = append(all, e.inOrder(one))
				}
				*p = postingBuffer{} // its memory is needed
			}
			slices.SortFunc(all, func(a, b posting) int {
				if a.key != b.key {
					return cmp.Compare(a.key, b.key)
				}
				return cmp.Compare(a.at, b.at)
			})
			items := e.items(all, &bodies)
			counts[part] = count(all, e.words)
			mu.Lock()
			defer mu.Unlock()
			for _, it := range items {
				n := e.place.file(it.place)
				files[n] = append(files[n], it)
			}
			return nil
		}
	})
	if err != nil {
		return nil, err
	}
	err = inParallel(ctx, len(files), func() func(int) error {
		return func(n int) error {
			slices.SortFunc(files[n], func(a, b item) int { return strings.Compare(a.key, b.key) })
			return w.file(keyFile(uint32(n)), itemsFile(files[n]))
		}
	})
	return slices.Concat(counts...), err
}

// itemsFile is what a file of keys holds.
func itemsFile(items []item) []byte {
	dst := binary.AppendUvarint(nil, uint64(len(items)))
	before := ""
	for _, it := range items {
		dst = appendFront(dst, before, it.key)
		dst = binary.AppendUvarint(dst, uint64(len(it.body)))
		before = it.key
	}
	for _, it := range items {
		dst = append(dst, it.body...)
	}
	return dst
}

// inOrder gives a posting the numbers that it has in the index, so that sorting
// puts keys in order, the best level first and the newest document first in it.
func (e *encoder) inOrder(p posting) posting {
	first, second := uint32(p.key>>40), uint32(p.key>>16)&(1<<24-1)
	level, document := p.at>>32, e.numbers[uint32(p.at)]
	return posting{
		key:    keyOf(e.renumber[first], e.renumber[second], [2]byte{byte(p.key >> 8), byte(p.key)}),
		at:     (levels-1-level)<<32 | uint64(^document),
		places: p.places,
	}
}

func (p posting) document() int  { return int(^uint32(p.at)) }
func (p posting) level() byte    { return levels - 1 - byte(p.at>>32) }
func (p posting) marks() uint16  { return uint16(p.key) }
func (p posting) first() uint64  { return p.key >> 40 }
func (p posting) second() uint64 { return p.key >> 16 & (1<<24 - 1) }

// word is the part of a posting's key that is text.
func (p posting) word() uint64 { return p.key >> 16 }

// runs calls f for every stretch of values that are the same.
func runs[E any, T comparable](all []E, value func(E) T, f func([]E)) {
	for len(all) > 0 {
		n := 1
		for n < len(all) && value(all[n]) == value(all[0]) {
			n++
		}
		f(all[:n])
		all = all[n:]
	}
}

// arena holds many short stretches of bytes in a few large pieces.
type arena struct{ piece, scratch []byte }

const arenaPiece = 64 << 10

// keep returns a copy of a stretch.
func (a *arena) keep(b []byte) []byte {
	if len(b) > cap(a.piece)-len(a.piece) {
		a.piece = make([]byte, 0, max(arenaPiece, len(b)))
	}
	from := len(a.piece)
	a.piece = append(a.piece, b...)
	return slices.Clip(a.piece[from:])
}

// items are the keys of some sorted postings, with their bodies.
func (e *encoder) items(all []posting, bodies *arena) []item {
	var items []item
	runs(all, posting.first, func(mine []posting) {
		word := e.words[mine[0].first()]
		if following := e.following(mine); following != nil {
			items = append(items, item{followingKey(word), followingKey(word), following})
		}
		runs(mine, posting.word, func(one []posting) {
			key := word
			if second := one[0].second(); second != 0 {
				key += " " + e.words[second]
			}
			body, parts := e.body(key, one, bodies)
			items = append(append(items, item{key, key, body}), parts...)
		})
	})
	return items
}

// followingKey is the key of what stands behind a syllable: apart from its own, since it seldom changes.
func followingKey(word string) string { return word + " " }

// following are the syllables that most documents have behind one.
func (e *encoder) following(mine []posting) []byte {
	type second struct {
		word      uint64
		documents int
	}
	var all []second
	runs(mine, posting.second, func(one []posting) {
		if word := one[0].second(); word != 0 {
			all = append(all, second{word, len(one)})
		}
	})
	slices.SortStableFunc(all, func(a, b second) int { return cmp.Compare(bits.Len(uint(b.documents)), bits.Len(uint(a.documents))) })
	if all = all[:min(len(all), mostFollowing)]; len(all) == 0 {
		return nil
	}
	dst := binary.AppendUvarint(nil, uint64(len(all)))
	for _, s := range all {
		dst = appendString(dst, e.words[s.word])
	}
	return dst
}

// body is the body of a key, and the parts of its long lists, which stand apart.
func (e *encoder) body(key string, mine []posting, bodies *arena) ([]byte, []item) {
	var parts []item
	spellings := 0
	runs(mine, posting.marks, func([]posting) { spellings++ })
	lists := binary.AppendUvarint(bodies.scratch[:0], uint64(spellings))
	pair := mine[0].second() != 0
	runs(mine, posting.marks, func(list []posting) {
		marks := []byte{byte(list[0].marks() >> 8), byte(list[0].marks())}
		if !pair {
			marks = marks[:1]
		}
		lists = append(lists, marks...)
		if e.place.small || len(list) <= splitAbove {
			lists = binary.AppendUvarint(lists, uint64(len(list))<<1)
			lists = appendPostings(lists, list, pair)
			return
		}
		lists = binary.AppendUvarint(lists, uint64(rough(len(list)))<<1|1)
		lists = binary.AppendUvarint(lists, headLength)
		cut := cutOf(rough(len(list)), pair)
		wide := e.room>>cut + 1
		lists = append(lists, byte(cut))
		lists = appendPostings(lists, list[:headLength], pair)
		apart := make([][]posting, 1<<cut)
		for _, p := range list[headLength:] {
			n := p.document() / wide
			apart[n] = append(apart[n], p)
		}
		for n, part := range apart {
			name := partKey(key, marks, n)
			parts = append(parts, item{name, e.place.partPlace(name, cut, n), appendPostings(binary.AppendUvarint(nil, uint64(len(part))), part, pair)})
		}
	})
	bodies.scratch = lists
	return bodies.keep(lists), parts
}

// rough is a number of documents, so far rounded down that it seldom changes when one comes or goes.
func rough(n int) int {
	low := max(bits.Len(uint(n))-roughBits, 0)
	return n >> low << low
}

// partKey is the key of a part of a list.
func partKey(key string, marks []byte, n int) string {
	return key + "\n" + hex.EncodeToString(marks) + "\n" + strconv.Itoa(n)
}

// appendPostings appends a list in groups of one level.
func appendPostings(dst []byte, list []posting, pair bool) []byte {
	runs(list, posting.level, func(group []posting) {
		dst = binary.AppendUvarint(dst, uint64(len(group))*levels+uint64(group[0].level()))
		before := 1 << 31
		for i, p := range group {
			n := p.document()
			if i == 0 {
				dst = binary.AppendUvarint(dst, uint64(n))
			} else {
				dst = binary.AppendUvarint(dst, uint64(before-n))
			}
			before = n
			if pair {
				dst = appendPlaces(dst, p.places)
			}
		}
	})
	return dst
}

// appendPlaces appends where a pair stands: the first place and how many others there are, up to 2;
// else 3, and their number and whether there are more; then each as what it is behind the one before.
func appendPlaces(dst []byte, p places) []byte {
	first, others := uint64(0), []uint16(nil)
	if len(p.at) > 0 {
		first, others = uint64(p.at[0]), p.at[1:]
	}
	if len(others) < 3 && !p.more {
		dst = binary.AppendUvarint(dst, first<<2|uint64(len(others)))
	} else {
		more := uint64(0)
		if p.more {
			more = 1
		}
		dst = binary.AppendUvarint(dst, first<<2|3)
		dst = binary.AppendUvarint(dst, uint64(len(others))<<1|more)
	}
	before := first
	for _, at := range others {
		dst = binary.AppendUvarint(dst, uint64(at)-before)
		before = uint64(at)
	}
	return dst
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

// count counts the documents of every spelling of the syllables.
func count(all []posting, words []string) []counted {
	var counts []counted
	runs(all, func(p posting) uint64 { return p.key }, func(one []posting) {
		if one[0].second() == 0 {
			counts = append(counts, counted{words[one[0].first()], byte(one[0].marks() >> 8), len(one)})
		}
	})
	return counts
}

// documents writes the files of documents, with their titles and texts.
func (w *writer) documents(ctx context.Context, all []numbered) error {
	var files [][]numbered
	var err error
	runs(all, func(d numbered) int { return d.number / documentBlock }, func(one []numbered) {
		name := documentFile(one[0].number)
		if len(files) == 0 || path.Dir(name) != path.Dir(documentFile(files[len(files)-1][0].number)) {
			err = errors.Join(err, w.fs.MkdirAll(path.Join(w.folder, path.Dir(name)), 0o777))
		}
		files = append(files, one)
	})
	if err != nil {
		return err
	}
	return inParallel(ctx, len(files), func() func(int) error {
		return func(i int) error {
			first := files[i][0].number
			var b bytes.Buffer
			before := first / documentBlock * documentBlock
			for _, d := range files[i] {
				fmt.Fprintf(&b, "%s%s\n\n", titleLine(d, before), d.text)
				before = d.number
			}
			return w.file(documentFile(first), b.Bytes())
		}
	})
}

// askedByName are people, plans, procedures: those that are no news, as far as their titles go into the head.
func askedByName(all []numbered) (others []numbered) {
	size := 0
	for _, d := range all {
		if d.kind == newsKind {
			continue
		}
		if size += len(d.title) + len(d.path); size > otherTitlesInHead {
			break
		}
		others = append(others, d)
	}
	return others
}

// titleLines has a line for each document: its number, as what it is more than the one before, title, day and path.
func titleLines(all []numbered) []byte {
	var b bytes.Buffer
	before := 0
	for _, d := range all {
		b.WriteString(titleLine(d, before))
		before = d.number
	}
	return b.Bytes()
}

func titleLine(d numbered, before int) string {
	return fmt.Sprintf("%d\t%s\t%s\t%s\n", d.number-before, d.title, d.day, d.path)
}

// wordList is the commonest spellings, one a line.
func wordList(words []counted) []byte {
	words = slices.DeleteFunc(words, func(c counted) bool { return c.key[0] <= '9' })
	slices.SortFunc(words, func(a, b counted) int {
		return cmp.Or(b.documents-a.documents, cmp.Compare(a.key, b.key), cmp.Compare(a.marks, b.marks))
	})
	var b bytes.Buffer
	for _, c := range words[:min(len(words), mostWords)] {
		b.WriteString(viet.Spell(c.key, c.marks))
		b.WriteByte('\n')
	}
	return b.Bytes()
}
