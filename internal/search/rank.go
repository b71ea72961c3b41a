package search

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"
	"strings"

	"lienhiep/internal/viet"
)

// Options restrict a search.
type Options struct {
	Kind  string // only of this kind
	Year  int    // only of this year
	Limit int    // how many results are wanted; 0: ten
}

const (
	firstResults    = 10
	provisionsFirst = 3  // among them, at most
	mostConfirmed   = 40 // pages
	mostSifted      = 100
	prefixShards    = 3
	prefixWords     = 4
)

// Results are the results of a query.
type Results struct {
	Documents []Document
	Snippets  []Snippet
	// Total counts the results; if Complete is false there may be more.
	Total    int
	Complete bool
	// Kinds and Years count the results of each, without the filter by it.
	Kinds map[string]int
	Years map[int]int
}

// search is a query being answered.
type search struct {
	*Index
	query   query
	options Options
	// slots hold what was read of each syllable, then of each pair, then of each
	// skip: see pair and skip.
	slots   [][]graded
	results []result
	// undecided says that a document may have the whole query in one stretch by what
	// was not read.
	undecided bool
}

// graded is a list and how well its spelling is what was typed.
type graded struct {
	*list
	grade int
}

// How much of the query stands together in a result.
const (
	scattered = iota
	inPairs
	inStretch // but for a rare chance; see confirm
)

// result is a document that answers.
type result struct {
	document int
	grade    int
	exact    bool
	together int
	score    int
	run
	segment int
}

// Search runs a query. The error is one of reading the index, or of a page that is read
// to verify a phrase.
func (x *Index) Search(text string, o Options) (Results, error) {
	if o.Limit == 0 {
		o.Limit = firstResults
	}
	s, least, err := x.search(text, o)
	if err != nil {
		return Results{}, err
	}
	return s.answer(least)
}

// search takes the steps to the results of a query, and says which grade they
// have at least.
func (x *Index) search(text string, o Options) (s *search, least int, err error) {
	s = &search{Index: x, query: parse(text), options: o}
	least = fitting
	if n := len(s.query.syllables); n > 0 {
		s.slots = make([][]graded, 3*n)
	}
	for _, step := range []func() error{s.pairs, s.beginnings, s.singles, func() error { least = another; return nil }} {
		if len(s.slots) == 0 {
			break
		}
		if err := step(); err != nil {
			return nil, 0, err
		}
		enough, err := s.enough(least)
		if err != nil {
			return nil, 0, err
		}
		if enough {
			break
		}
	}
	return s, least, nil
}

// enough ranks what was read, and reads on in the lists until there are enough
// results or no more.
func (s *search) enough(least int) (bool, error) {
	for {
		s.rank(least)
		if s.settled() {
			return true, nil
		}
		read := false
		for _, slot := range s.slots {
			for _, l := range slot {
				if l.grade >= least && len(l.chunks) > 0 {
					read = true
					if err := s.more(l.list); err != nil {
						return false, err
					}
				}
			}
		}
		if !read {
			return false, nil
		}
	}
}

// settled reports whether there are as many results as are wanted, and reading on
// in the lists would not show that others are better.
func (s *search) settled() bool {
	all, together := 0, 0
	for _, r := range s.results {
		if !s.passes(r) {
			continue
		}
		all++
		if r.together == inStretch {
			together++
		}
	}
	wanted := s.options.Limit
	if len(s.query.phrases()) > 0 {
		wanted = mostSifted // not all will have it
	}
	return together >= wanted || all >= wanted && !s.undecided
}

func (s *search) passes(r result) bool { return s.hasKind(r) && s.hasYear(r) }

func (s *search) hasKind(r result) bool { return s.options.Kind == "" || s.options.Kind == r.kind }
func (s *search) hasYear(r result) bool { return s.options.Year == 0 || s.options.Year == r.year }

// read reads the lists of the keys from first to last that are wanted into a
// slot.
func (s *search) read(slot, dictionary, limit int, first, last string, wanted func(string) bool, grade func(marks [2]byte) int) error {
	for n, segment := range s.segments {
		shards, err := s.between(segment.dictionaries[dictionary], first, last, limit)
		if err != nil {
			return err
		}
		for _, shard := range shards {
			lists, err := s.shardLists(shard.hash, dictionary, n, wanted)
			if err != nil {
				return err
			}
			for _, l := range lists {
				s.slots[slot] = append(s.slots[slot], graded{l, grade(l.marks)})
			}
		}
	}
	return nil
}

// single reads the entry of a syllable.
func (s *search) single(slot int, key string, grade func([2]byte) int) error {
	return s.read(slot, ofSyllables, 1, key, key, func(k string) bool { return k == key }, grade)
}

// pairs is the first step: the entries of the pairs and skips, or of the one
// syllable.
func (s *search) pairs() error {
	q := &s.query
	if len(q.syllables) == 1 {
		one := q.syllables[0]
		return s.single(0, one.key, func(m [2]byte) int { return q.grade(one.marks, m[0]) })
	}
	for i := 1; i < len(q.syllables); i++ {
		a, b := q.syllables[i-1], q.syllables[i]
		if !b.adjacent {
			continue
		}
		if err := s.two(s.pair(i), ofPairs, a, b); err != nil {
			return err
		}
		if q.skip(i) {
			if err := s.two(s.skip(i), ofSkips, q.syllables[i-2], b); err != nil {
				return err
			}
		}
	}
	return nil
}

// two reads the entry of two syllables.
func (s *search) two(slot, dictionary int, a, b asked) error {
	key := a.key + " " + b.key
	return s.read(slot, dictionary, 1, key, key, func(k string) bool { return k == key },
		func(m [2]byte) int { return min(s.query.grade(a.marks, m[0]), s.query.grade(b.marks, m[1])) })
}

// pair is the slot of the pair that syllable i ends, and skip that of the skip.
func (s *search) pair(i int) int { return len(s.query.syllables) + i }
func (s *search) skip(i int) int { return 2*len(s.query.syllables) + i }

// beginnings is the second step: the last syllable may be the beginning of one.
func (s *search) beginnings() error {
	q := &s.query
	n := len(q.syllables)
	last := q.syllables[n-1]
	if !q.open {
		return nil
	}
	grade := func(spelling byte) int {
		if !q.accented || hasMarks(spelling, last.marks) {
			return fitting
		}
		return another
	}
	if n == 1 {
		keys, err := s.beginningWith(last.key)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if err := s.single(0, key, func(m [2]byte) int { return grade(m[0]) }); err != nil {
				return err
			}
		}
		return nil
	}
	if !last.adjacent {
		return nil
	}
	two := func(slot, dictionary int, before asked) error {
		key := before.key + " " + last.key
		return s.read(slot, dictionary, prefixShards, key, key+"\uffff",
			func(k string) bool { return k != key && strings.HasPrefix(k, key) },
			func(m [2]byte) int { return min(q.grade(before.marks, m[0]), grade(m[1])) })
	}
	if err := two(s.pair(n-1), ofPairs, q.syllables[n-2]); err != nil || !q.skip(n-1) {
		return err
	}
	return two(s.skip(n-1), ofSkips, q.syllables[n-3])
}

// beginningWith returns the commonest syllables that begin with a key.
func (s *search) beginningWith(key string) ([]string, error) {
	words, err := s.wordList()
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, w := range words {
		if w.key != key && strings.HasPrefix(w.key, key) && !slices.Contains(keys, w.key) {
			if keys = append(keys, w.key); len(keys) == prefixWords {
				break
			}
		}
	}
	return keys, nil
}

// commonWord is a syllable of the list of words.
type commonWord struct {
	syllable
	spelling string
}

func (x *Index) wordList() ([]commonWord, error) {
	d, err := x.file(x.words)
	if err != nil {
		return nil, err
	}
	var words []commonWord
	for line := range strings.Lines(string(d.b)) {
		line = strings.TrimSpace(line)
		for s := range viet.Syllables(line) {
			words = append(words, commonWord{syllable{string(s.Key), s.Marks}, line})
		}
	}
	return words, nil
}

// singles is the third step: the entries of the syllables that need not stand in
// a pair.
func (s *search) singles() error {
	q := &s.query
	if len(q.syllables) == 1 {
		return nil
	}
	for i, a := range q.syllables {
		if q.held(i) {
			continue
		}
		if err := s.single(i, a.key, func(m [2]byte) int { return q.grade(a.marks, m[0]) }); err != nil {
			return err
		}
	}
	return nil
}

// rank makes the results of what was read so far, by byRank.
func (s *search) rank(least int) {
	hits := map[int][]byte{} // by slot: grade × levels + level + 1
	rarity := make([]int, len(s.slots))
	unread := make([]bool, len(s.slots))
	for slot, lists := range s.slots {
		documents := 0
		for _, l := range lists {
			if l.grade >= fitting {
				documents += l.count
			}
			unread[slot] = unread[slot] || l.grade >= least && len(l.chunks) > 0
		}
		rarity[slot] = logarithm(16*s.all) - logarithm(max(documents, 1))
	}
	core := s.core(unread)
	for _, slot := range core {
		for document, hit := range s.hits(slot, least) {
			if hits[document] == nil {
				hits[document] = make([]byte, len(s.slots))
			}
			hits[document][slot] = max(hits[document][slot], hit)
		}
	}
	for slot := range s.slots {
		if slices.Contains(core, slot) {
			continue
		}
		for document, hit := range s.hits(slot, least) {
			if h := hits[document]; h != nil {
				h[slot] = max(h[slot], hit)
			}
		}
	}
	s.results, s.undecided = s.results[:0], false
	for document, h := range hits {
		r, ok := s.judge(h, rarity)
		r.document = document
		r.run, r.segment = s.place(document)
		if ok {
			s.results = append(s.results, r)
		}
		s.undecided = s.undecided || s.passes(r) && s.open(h, unread)
	}
	slices.SortFunc(s.results, byRank)
}

// hits yields the documents that were read of a slot, and how well it fits each:
// grade × levels + level + 1.
func (s *search) hits(slot, least int) iter.Seq2[int, byte] {
	return func(yield func(int, byte) bool) {
		for _, l := range s.slots[slot] {
			if l.grade < least {
				continue
			}
			for _, p := range l.postings {
				if !yield(p.document, byte(l.grade*levels)+p.level+1) {
					return
				}
			}
		}
	}
}

// core returns the smallest set of posting lists that every possible result appears in.
// A result has every syllable, and a better one has every pair that was read whole: both
// are in the rarest such pair and the other lists with the syllable that it ends in.
// Without such a pair the set is all lists but the skips, which alone are no answer.
func (s *search) core(unread []bool) []int {
	var core []int
	fewest := 0
	for i, a := range s.query.syllables {
		if !a.adjacent || unread[s.pair(i)] {
			continue
		}
		cover := []int{i, s.pair(i)}
		if i+1 < len(s.query.syllables) {
			cover = append(cover, s.pair(i+1))
		}
		read := 0
		for _, slot := range cover {
			for _, l := range s.slots[slot] {
				read += len(l.postings)
			}
		}
		if core == nil || read < fewest {
			core, fewest = cover, read
		}
	}
	if core != nil {
		return core
	}
	for slot := range s.skip(0) {
		core = append(core, slot)
	}
	return core
}

// logarithm is eight times the binary logarithm, made of whole numbers only.
func logarithm(x int) int {
	n := bits.Len(uint(x)) - 1
	if n >= 3 {
		return 8*n + x>>(n-3)&7
	}
	return 8*n + x<<(3-n)&7
}

// judge says whether a document with these hits answers, and how well.
func (s *search) judge(h []byte, rarity []int) (result, bool) {
	q := &s.query
	n := len(q.syllables)
	r := result{grade: same, exact: true, together: inStretch}
	for slot, hit := range h[:s.skip(0)] {
		if hit != 0 {
			r.score += weight(int(hit-1)%levels) * rarity[slot]
		}
	}
	for i := 1; i < n; i++ {
		hit := h[s.pair(i)]
		if hit == 0 {
			if q.required(i) {
				return r, false
			}
			r.exact = false
			continue
		}
		r.exact = r.exact && int(hit-1)%levels == levels-n
	}
	if n == 1 {
		r.exact = int(h[0]-1)%levels == levels-1
	}
	for i, a := range q.syllables {
		best := h[i]
		if i > 0 {
			best = max(best, h[s.pair(i)])
		}
		if i+1 < n {
			best = max(best, h[s.pair(i+1)])
		}
		if best == 0 {
			return r, false
		}
		grade := int(best-1) / levels
		if a.phrase > 0 && grade < same {
			return r, false
		}
		r.grade = min(r.grade, grade)
	}
	for i, a := range q.syllables {
		switch {
		case a.adjacent && !s.hasGrade(h[s.pair(i)], r.grade):
			r.together = scattered
		case q.skip(i) && !s.hasGrade(h[s.skip(i)], r.grade):
			r.together = min(r.together, inPairs)
			if q.required(i-1) && q.required(i) {
				return r, false
			}
		}
	}
	return r, true
}

// open reports whether a document lacks pairs or skips, all of which may be in what
// was not read.
func (s *search) open(h []byte, unread []bool) bool {
	lacks := false
	for i, a := range s.query.syllables {
		if a.adjacent && h[s.pair(i)] == 0 {
			if !unread[s.pair(i)] {
				return false
			}
			lacks = true
		}
		if s.query.skip(i) && h[s.skip(i)] == 0 {
			if !unread[s.skip(i)] {
				return false
			}
			lacks = true
		}
	}
	return lacks
}

// hasGrade reports whether a hit is one of this grade or a better.
func (s *search) hasGrade(hit byte, grade int) bool { return hit != 0 && int(hit-1)/levels >= grade }

// weight is what a hit at a level counts.
func weight(level int) int {
	if level >= levelTitle {
		return 16 + 2*level
	}
	return 8 + 2*level
}

// byRank puts the better result first.
func byRank(a, b result) int {
	return cmp.Or(
		cmp.Compare(b.grade, a.grade),
		compareBool(b.exact, a.exact),
		cmp.Compare(b.together, a.together),
		cmp.Compare(b.score, a.score),
		cmp.Compare(b.year, a.year),
		cmp.Compare(b.segment, a.segment),
		cmp.Compare(b.document, a.document),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// spread lets no more than three provisions stand among the first ten results,
// unless they alone are wanted: the plan has a place there, but not every place.
func (s *search) spread() {
	if s.options.Kind == provisionKind {
		return
	}
	provisions, first := 0, 0
	var later []result
	rest := s.results
	kept := make([]result, 0, len(rest))
	for first < firstResults && len(rest) > 0 {
		r := rest[0]
		rest = rest[1:]
		if r.kind == provisionKind {
			if provisions++; provisions > provisionsFirst {
				later = append(later, r)
				continue
			}
		}
		if s.passes(r) {
			first++
		}
		kept = append(kept, r)
	}
	s.results = slices.Concat(kept, later, rest)
}

// confirm looks into the pages of the first results whether they have the whole
// query in one stretch, where that is four syllables or more: with câu lạc bộ khoa học
// and khoa học kỹ thuật a page has every pair and skip of câu lạc bộ khoa học kỹ thuật. The others come behind.
func (s *search) confirm() error {
	n := len(s.query.syllables)
	if n < 4 || len(s.results) == 0 || slices.ContainsFunc(s.query.syllables, func(a asked) bool { return a.phrase > 0 }) ||
		slices.ContainsFunc(s.query.syllables[1:], func(a asked) bool { return !a.adjacent }) {
		return nil
	}
	best := s.results[0].grade
	end := slices.IndexFunc(s.results, func(r result) bool { return r.together < inStretch || r.grade < best })
	if end < 0 {
		end = len(s.results)
	}
	having, lacking, rest, err := s.sift(s.results[:end], mostConfirmed, func(r result) (bool, error) {
		return s.has(r, [][2]int{{0, n}}, r.grade)
	})
	if err != nil {
		return err
	}
	s.results = slices.Concat(having, lacking, rest, s.results[end:])
	s.spread()
	return nil
}

// sift reads the pages of results, as many at a time as are wanted and most in
// all, until so many have what is looked for. It returns the results that have it, those that lack it,
// and those that were not read.
func (s *search) sift(results []result, most int, has func(result) (bool, error)) (having, lacking, rest []result, err error) {
	rest = results
	for read := 0; len(rest) > 0 && len(having) < s.options.Limit && read < most; read += s.options.Limit {
		some := rest[:min(s.options.Limit, len(rest))]
		rest = rest[len(some):]
		for _, r := range some {
			ok, err := has(r)
			if err != nil {
				return nil, nil, nil, err
			}
			if ok {
				having = append(having, r)
			} else {
				lacking = append(lacking, r)
			}
		}
	}
	return having, lacking, rest, nil
}

// has reports whether a result passes the filters and its page has every phrase
// at a grade no less than that.
func (s *search) has(r result, phrases [][2]int, least int) (bool, error) {
	if !s.passes(r) {
		return false, nil
	}
	d, err := s.document(r.document)
	if err != nil {
		return false, err
	}
	blocks, err := s.blocks(d)
	return err == nil && !slices.ContainsFunc(phrases, func(p [2]int) bool { return !s.query.hasPhrase(blocks, p, least) }), err
}

// answer makes the results that are wanted of what was ranked.
func (s *search) answer(least int) (Results, error) {
	s.spread()
	if err := s.confirm(); err != nil {
		return Results{}, err
	}
	all := Results{Complete: true, Kinds: map[string]int{}, Years: map[int]int{}}
	for _, slot := range s.slots {
		for _, l := range slot {
			all.Complete = all.Complete && (l.grade < least || len(l.chunks) == 0)
		}
	}
	var shown []result
	for _, r := range s.results {
		if s.hasYear(r) {
			all.Kinds[r.kind]++
		}
		if s.hasKind(r) {
			all.Years[r.year]++
		}
		if s.passes(r) {
			shown = append(shown, r)
		}
	}
	all.Total = len(shown)
	if phrases := s.query.phrases(); len(phrases) > 0 {
		having, lacking, _, err := s.sift(shown, mostSifted, func(r result) (bool, error) { return s.has(r, phrases, same) })
		if err != nil {
			return Results{}, err
		}
		all.Total -= len(lacking)
		shown = having
	}
	for _, r := range shown[:min(s.options.Limit, len(shown))] {
		d, err := s.document(r.document)
		if err != nil {
			return Results{}, err
		}
		blocks, err := s.blocks(d)
		if err != nil {
			return Results{}, err
		}
		all.Documents = append(all.Documents, d)
		all.Snippets = append(all.Snippets, s.query.snippet(blocks))
	}
	return all, nil
}
