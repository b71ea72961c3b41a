package search

import (
	"iter"
	"slices"
	"sync"

	"lienhiep/internal/viet"
)

// document is a page that can be a result.
type document struct {
	path  string // its folder, from the site's root: "tin-tuc/bai/"
	kind  string
	day   string
	title string
}

// provisionKind is the kind of the pages of a plan's provisions.
const provisionKind = "dieu-khoan"

// posting says that a document has a key, and where. While pages are read it
// holds the numbers of syllables and documents as they came; see inOrder.
type posting struct {
	key uint64 // number of the first syllable, of the other (0 in the dictionary of syllables), marks of both: 24+24+8+8 bits
	at  uint64 // level, document
}

func keyOf(first, second uint32, marks1, marks2 byte) uint64 {
	return uint64(first)<<40 | uint64(second)<<16 | uint64(marks1)<<8 | uint64(marks2)
}

// Syllables have 24 bits.
const mostSyllables = 1 << 24

// vocabulary numbers the syllables of all pages, as they come.
type vocabulary struct {
	mu      sync.RWMutex
	numbers map[string]uint32
	words   []string
}

func newVocabulary() *vocabulary {
	// 0 is no syllable.
	return &vocabulary{numbers: map[string]uint32{}, words: []string{""}}
}

// number returns the number of a syllable; 0 when there are too many.
func (v *vocabulary) number(key string) uint32 {
	v.mu.RLock()
	n, ok := v.numbers[key]
	v.mu.RUnlock()
	if ok {
		return n
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if n, ok = v.numbers[key]; !ok && len(v.words) < mostSyllables {
		n = uint32(len(v.words))
		v.numbers[key] = n
		v.words = append(v.words, key)
	}
	return n
}

// inOrder returns the syllables in order, and for the number that each had the
// one that it has in that order.
func (v *vocabulary) inOrder() (words []string, renumber []uint32) {
	words = slices.Clone(v.words)
	slices.Sort(words)
	renumber = make([]uint32, len(words))
	for i, w := range words {
		renumber[v.numbers[w]] = uint32(i)
	}
	renumber[0] = 0
	return words, renumber
}

// postingBuffer holds postings in blocks, so that it never has to be copied to grow, and
// in less room than they take by themselves: a large site has 100 million.
type postingBuffer struct {
	blocks []*postingBlock
	n      int
}

// postingBlock is postings; in the upper 5 bits of at is the level, in the others the
// document.
type postingBlock struct {
	key [blockLength]uint64
	at  [blockLength]uint32
}

const (
	blockLength  = 2048
	documentBits = 27
)

func (p *postingBuffer) add(key uint64, level byte, document uint32) {
	i := p.n % blockLength
	if i == 0 {
		p.blocks = append(p.blocks, new(postingBlock))
	}
	b := p.blocks[len(p.blocks)-1]
	b.key[i], b.at[i] = key, uint32(level)<<documentBits|document
	p.n++
}

// all returns the postings.
func (p *postingBuffer) all() iter.Seq[posting] {
	return func(yield func(posting) bool) {
		for i := range p.n {
			b := p.blocks[i/blockLength]
			at := b.at[i%blockLength]
			if !yield(posting{b.key[i%blockLength], uint64(at>>documentBits)<<32 | uint64(at&(1<<documentBits-1))}) {
				return
			}
		}
	}
}

// dictionaries there are three of: of syllables, of pairs, of skips.
const (
	ofSyllables = iota
	ofPairs
	ofSkips
	dictionaries
)

// postingBuffers are postings by the first byte of their key: parts of the index that can
// be sorted and written apart, and joined in order.
type postingBuffers [256]postingBuffer

// collector gathers the postings of one reader's documents in one language.
type collector struct {
	vocabulary *vocabulary
	known      map[string]uint32 // what it has asked of vocabulary
	postings   [dictionaries]postingBuffers
	seen       [dictionaries][]occurrence
}

// occurrence is a key in a field of the document being read.
type occurrence struct {
	key   uint64
	first byte // of the key's text
	field field
}

func newCollector(v *vocabulary) *collector {
	return &collector{vocabulary: v, known: map[string]uint32{}}
}

// add takes a document's blocks.
func (c *collector) add(number uint32, kind string, blocks []block) {
	length, titleLength := 0, 0
	for d := range c.seen {
		c.seen[d] = c.seen[d][:0]
	}
	for _, b := range blocks {
		if b.field == title && kind == provisionKind {
			b.field = provision
		}
		n := c.read(b)
		switch b.field {
		case title:
			titleLength += n
		case body:
			length += n
		}
	}
	for d := range c.seen {
		slices.SortFunc(c.seen[d], func(a, b occurrence) int {
			if a.key != b.key {
				if a.key < b.key {
					return -1
				}
				return 1
			}
			return int(b.field) - int(a.field)
		})
		for rest := c.seen[d]; len(rest) > 0; {
			n := 1
			for n < len(rest) && rest[n].key == rest[0].key {
				n++
			}
			level := bodyLevel(n, length)
			if f := rest[0].field; f != body {
				level = levelOf(f, titleLength)
			}
			c.postings[d][rest[0].first].add(rest[0].key, level, number)
			rest = rest[n:]
		}
	}
}

// read notes the keys of a block and returns how many syllables it has.
func (c *collector) read(b block) int {
	n := 0
	var before, beforeThat place // no place where what follows is not adjacent
	for s := range viet.Syllables(b.text) {
		n++
		number := c.number(s.Key)
		if number == 0 {
			continue
		}
		c.seen[ofSyllables] = append(c.seen[ofSyllables], occurrence{keyOf(number, 0, s.Marks, 0), s.Key[0], b.field})
		if before.number != 0 && !adjacent(b.text[before.end:s.Start]) {
			before, beforeThat = place{}, place{}
		}
		here := place{number, s.Marks, s.Key[0], s.End}
		c.together(ofPairs, before, here, b.field)
		c.together(ofSkips, beforeThat, here, b.field)
		before, beforeThat = here, before
	}
	return n
}

// place is a syllable of a block, and where it ends.
type place struct {
	number       uint32
	marks, first byte
	end          int
}

// together notes a pair, or a skip.
func (c *collector) together(dictionary int, a, b place, f field) {
	if a.number != 0 {
		c.seen[dictionary] = append(c.seen[dictionary], occurrence{keyOf(a.number, b.number, a.marks, b.marks), a.first, f})
	}
}

func (c *collector) number(key []byte) uint32 {
	if n, ok := c.known[string(key)]; ok {
		return n
	}
	n := c.vocabulary.number(string(key))
	c.known[string(key)] = n
	return n
}
