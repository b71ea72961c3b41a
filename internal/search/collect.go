package search

import (
	"iter"
	"slices"
	"sync"
)

// document is a page that can be a result.
type document struct {
	path  string // its folder, from the site's root: "tin-tuc/bai/"
	kind  string
	day   string
	title string
	text  string // a block a line
}

// posting says that a document has a key, and where. While pages are read it
// holds the numbers of syllables and documents as they came; see inOrder.
type posting struct {
	key    uint64 // number of the first syllable, of the other (0: none), marks of both: 24+24+8+8 bits
	at     uint64 // level, document
	places places
}

// places are where a pair stands: up to mostPlaces numbers, and whether there are more.
type places struct {
	at   []uint16
	more bool
}

func keyOf(first, second uint32, marks [2]byte) uint64 {
	return uint64(first)<<40 | uint64(second)<<16 | uint64(marks[0])<<8 | uint64(marks[1])
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
// in less room than they take by themselves: a large site has 60 million.
type postingBuffer struct {
	blocks []*postingBlock
	n      int
}

// postingBlock is postings; in the upper 5 bits of at is the level, in the others the
// document.
type postingBlock struct {
	key    [blockLength]uint64
	at     [blockLength]uint32
	places []uint16            // of all, one behind the other
	ends   [blockLength]uint16 // of the places of each, times 2, and 1 if there are more
}

const (
	blockLength  = 512 // ends have room for the places of so many
	documentBits = 27
)

func (p *postingBuffer) add(key uint64, document uint32, t Term) {
	i := p.n % blockLength
	if i == 0 {
		p.blocks = append(p.blocks, new(postingBlock))
	}
	b := p.blocks[len(p.blocks)-1]
	b.key[i], b.at[i] = key, uint32(t.Level)<<documentBits|document
	b.places = append(b.places, t.At...)
	b.ends[i] = uint16(len(b.places)) << 1
	if t.More {
		b.ends[i]++
	}
	p.n++
}

// all returns the postings.
func (p *postingBuffer) all() iter.Seq[posting] {
	return func(yield func(posting) bool) {
		for n := range p.n {
			b, i := p.blocks[n/blockLength], n%blockLength
			from := uint16(0)
			if i > 0 {
				from = b.ends[i-1] >> 1
			}
			where := places{b.places[from : b.ends[i]>>1], b.ends[i]&1 == 1}
			if !yield(posting{b.key[i], uint64(b.at[i]>>documentBits)<<32 | uint64(b.at[i]&(1<<documentBits-1)), where}) {
				return
			}
		}
	}
}

// collector gathers the postings of one reader's documents in one language, by the number of their
// first syllable: parts of the index that can be sorted and written apart. Common syllables come early,
// so that each part has a few of them.
type collector struct {
	vocabulary *vocabulary
	known      map[string]uint32 // what it has asked of vocabulary
	postings   [collectorParts]postingBuffer
}

const collectorParts = 256

func newCollector(v *vocabulary) *collector {
	return &collector{vocabulary: v, known: map[string]uint32{}}
}

// add takes a document.
func (c *collector) add(document uint32, v *View) {
	numbers := make([]uint32, len(v.Words)+1)
	for i, w := range v.Words {
		numbers[i+1] = c.number(w)
	}
	for _, t := range v.Terms {
		first, second := numbers[t.First+1], numbers[t.Second]
		if first == 0 || t.Second != 0 && second == 0 {
			continue // more syllables than can be numbered
		}
		c.postings[first%collectorParts].add(keyOf(first, second, t.Marks), document, t)
	}
}

func (c *collector) number(key string) uint32 {
	if n, ok := c.known[key]; ok {
		return n
	}
	n := c.vocabulary.number(key)
	c.known[key] = n
	return n
}
