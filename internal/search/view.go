package search

import (
	"cmp"
	"slices"
	"strings"

	"lienhiep/internal/viet"
)

// View is what the index takes from a page. It follows from the page's bytes alone.
type View struct {
	Lang  string
	Holds bool   // it is the search page of its language
	Kind  string // "": no result
	Day   string // YYYY-MM-DD, YYYY or ""
	Title string
	List  bool   // of others: what it lists is not its own
	Text  string // its blocks but the title, a line each: what is shown around a word that was found
	Words []string
	Terms []Term
}

// Term is a syllable of a page, or a pair of adjacent ones, in one spelling.
type Term struct {
	First, Second uint32 // in Words; Second is one more, 0 for a syllable
	Marks         [2]byte
	Level         byte
	// At says where a pair stands: the numbers of its first syllables on the page, the
	// first mostPlaces of them. More says that there are others.
	At   []uint16
	More bool
}

// mostPlaces is how many places of a pair are kept.
const mostPlaces = 30

// ViewOf reads a page.
func ViewOf(src []byte) View {
	r := readers.Get().(*pageReader)
	defer readers.Put(r)
	p := r.read(src)
	v := View{Lang: p.lang, Holds: p.holds, Kind: p.kind, Day: p.day, Title: p.title, List: p.list}
	if p.holds || p.kind == "" || p.title == "" {
		return v
	}
	v.Text = textOf(p)
	r.terms.add(p, &v)
	return v
}

// textOf is what a page says below its title, a block a line.
func textOf(p *page) string {
	var all []string
	for _, b := range p.blocks {
		if b.field != title && b.field != alias {
			all = append(all, b.text)
		}
	}
	return strings.Join(all, "\n")
}

// occurrence is a term at one place of a page, packed so that it is quickly sorted: by
// its syllables, its marks, the field, the weightiest first, and the place.
type occurrence struct {
	term  uint64 // numbers of the syllables, marks: 24+24+8+8 bits
	place uint64 // what is left of the field to the highest, where it stands: 8+56 bits
}

func occurrenceOf(first, second uint32, marks [2]byte, f field, at int) occurrence {
	return occurrence{keyOf(first, second, marks), uint64(title-f)<<56 | uint64(at)}
}

func (o occurrence) first() uint32  { return uint32(o.term >> 40) }
func (o occurrence) second() uint32 { return uint32(o.term>>16) & (mostSyllables - 1) }
func (o occurrence) marks() [2]byte { return [2]byte{byte(o.term >> 8), byte(o.term)} }
func (o occurrence) field() field   { return title - field(o.place>>56) }
func (o occurrence) at() int        { return int(o.place & (1<<56 - 1)) }

// termCollector gathers the terms of a page, in room that it keeps for the next.
type termCollector struct {
	view    *View
	numbers map[string]uint32 // of Words
	seen    []occurrence
	places  []uint16 // of the page's pairs, which go with its view
	length  int      // places so far: one for each syllable, and one for what parts them
}

// add gives the view of a page its terms.
func (c *termCollector) add(p *page, v *View) {
	*c = termCollector{view: v, numbers: c.numbers, seen: c.seen[:0]}
	if c.numbers == nil {
		c.numbers = map[string]uint32{}
	}
	clear(c.numbers)
	length, titleLength, aliasLength := 0, 0, 0
	for _, b := range p.blocks {
		n := c.read(b)
		switch b.field {
		case title:
			titleLength += n
		case alias:
			aliasLength += n
		case body:
			length += n
		}
	}
	slices.SortFunc(c.seen, func(a, b occurrence) int {
		if a.term != b.term {
			return cmp.Compare(a.term, b.term)
		}
		return cmp.Compare(a.place, b.place)
	})
	different := 0
	for i := range c.seen {
		if i == 0 || c.seen[i].term != c.seen[i-1].term {
			different++
		}
	}
	v.Terms = make([]Term, 0, different)
	c.places = make([]uint16, 0, len(c.seen))
	for rest := c.seen; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].term == rest[0].term {
			n++
		}
		v.Terms = append(v.Terms, c.term(rest[:n], length, titleLength, aliasLength))
		rest = rest[n:]
	}
	c.view, c.places = nil, nil // they are the caller's
}

// term is the term that stands at these places.
func (c *termCollector) term(all []occurrence, length, titleLength, aliasLength int) Term {
	t := Term{First: all[0].first(), Second: all[0].second(), Marks: all[0].marks(), Level: bodyLevel(len(all), length)}
	switch f := all[0].field(); f {
	case body:
	case alias:
		t.Level = levelOf(title, aliasLength)
	default:
		t.Level = levelOf(f, titleLength)
	}
	if t.Second == 0 {
		return t
	}
	from := len(c.places)
	for _, o := range all {
		if len(c.places)-from == mostPlaces || o.at() > 1<<16-1 {
			t.More = true
			break
		}
		c.places = append(c.places, uint16(o.at()))
	}
	t.At = slices.Clip(c.places[from:])
	slices.Sort(t.At) // they came by field
	return t
}

// syllable is one of a page, by the number of its word.
type syllable struct {
	number uint32
	marks  byte
}

// read notes the syllables and pairs of a block and returns how many syllables it has.
func (c *termCollector) read(b block) int {
	n, end := 0, 0
	var before syllable
	adjoins := false // what comes next adjoins it
	for s := range viet.Syllables(b.text) {
		n++
		here := syllable{c.number(s.Key), s.Marks}
		if here.number+1 == mostSyllables {
			return n // more than can be numbered
		}
		if adjoins && !adjacent(b.text[end:s.Start]) {
			c.length++ // a place that nothing has
		} else if adjoins {
			c.seen = append(c.seen, occurrenceOf(before.number, here.number+1, [2]byte{before.marks, here.marks}, b.field, c.length-1))
		}
		c.seen = append(c.seen, occurrenceOf(here.number, 0, [2]byte{here.marks}, b.field, c.length))
		before, adjoins, end = here, true, s.End
		c.length++
	}
	c.length++ // what follows is not adjacent
	return n
}

// number returns the number of a word of the page.
func (c *termCollector) number(key []byte) uint32 {
	n, ok := c.numbers[string(key)]
	if !ok {
		word := string(key)
		n = uint32(len(c.view.Words))
		c.view.Words = append(c.view.Words, word)
		c.numbers[word] = n
	}
	return n
}
