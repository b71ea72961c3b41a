package viet

import (
	"iter"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Syllable is a run of letters, or of digits, in a text. Vietnamese separates syllables
// by spaces, so they are the unit of search.
type Syllable struct {
	// Key is the folded form, as Fold gives it, of at most MaxSyllable letters, but
	// that the two spellings of one sound are one: kỹ thuật is kĩ thuật, lý is lí (y
	// as the only vowel behind h, k, l, m, s, t). It holds until the next syllable is
	// asked for.
	Key []byte
	// Marks is what folding took away: the tone times 32 (1 huyền, 2 sắc, 3 hỏi,
	// 4 ngã, 5 nặng), and the bits MarkCircumflex and so on. It is the same in every
	// Unicode form and wherever the tone was put: hoà and hòa.
	Marks byte
	// Start and End are the bytes of the text between which the syllable stands.
	Start, End int
}

// The bits of Syllable.Marks below the tone.
const (
	MarkCircumflex = 1 << iota // â ê ô
	MarkBreve                  // ă
	MarkHornO                  // ơ
	MarkHornU                  // ư
	MarkStroke                 // đ

	markTone = 32
)

// HasTone reports whether the syllable has a tone mark.
func (s Syllable) HasTone() bool { return s.Marks >= markTone }

// MaxSyllable is how many letters of a run are significant.
const MaxSyllable = 24

// letter is what a rune of a text does to the syllable that it stands in.
type letter struct {
	folded rune // 0: nothing to write
	kind   kind
	bits   byte // quality
	tone   byte
	horn   bool // on what goes before
}

type kind byte

const (
	gap   kind = iota // ends a syllable
	mark              // belongs to the letter before
	word              // a letter
	digit             // a decimal digit
)

// Syllables splits a text into syllables: runs of letters or of digits, so that "15KH"
// gives two.
func Syllables(text string) iter.Seq[Syllable] {
	letters := table()
	return func(yield func(Syllable) bool) {
		var s scanner
		for at, r := range text {
			if r < 0x80 {
				l := &letters[r]
				if !s.take(*l, at, yield) {
					return
				}
				continue
			}
			if int(r) < len(letters) && letters[r].folded >= 0 {
				if !s.take(letters[r], at, yield) {
					return
				}
				continue
			}
			for _, part := range norm.NFD.String(string(r)) {
				if !s.take(letterOf(part), at, yield) {
					return
				}
			}
		}
		s.end(len(text), yield)
	}
}

// scanner is the syllable being read.
type scanner struct {
	kind  kind
	start int
	n     int
	last  rune
	full  bool // what follows is more than counts
	marks byte
	buf   [4 * MaxSyllable]byte
	key   []byte
}

// take adds a rune at an offset of the text; false says that nobody asks for more.
func (s *scanner) take(l letter, at int, yield func(Syllable) bool) bool {
	switch l.kind {
	case gap:
		return s.end(at, yield)
	case mark:
		s.mark(l)
		return true
	}
	if l.kind != s.kind {
		if !s.end(at, yield) {
			return false
		}
		s.kind, s.start, s.key = l.kind, at, s.buf[:0]
	}
	if s.n == MaxSyllable {
		s.full = true
		return true
	}
	s.n++
	s.last = l.folded
	s.key = appendRune(s.key, l.folded)
	s.mark(l)
	return true
}

func appendRune(b []byte, r rune) []byte {
	if r < 0x80 {
		return append(b, byte(r))
	}
	return append(b, string(r)...)
}

// mark adds the marks of a letter, or behind one.
func (s *scanner) mark(l letter) {
	if s.kind == gap || s.full {
		return
	}
	s.marks |= l.bits
	if l.horn {
		switch s.last {
		case 'o':
			s.marks |= MarkHornO
		case 'u':
			s.marks |= MarkHornU
		}
	}
	if l.tone != 0 {
		s.marks = s.marks%markTone + l.tone*markTone
	}
}

// end hands the syllable over, if one is being read.
func (s *scanner) end(at int, yield func(Syllable) bool) bool {
	if s.kind == gap {
		return true
	}
	if len(s.key) == 2 && s.key[1] == 'y' && strings.IndexByte("hklmst", s.key[0]) >= 0 {
		s.key[1] = 'i'
	}
	done := Syllable{Key: s.key, Marks: s.marks, Start: s.start, End: at}
	s.kind, s.marks, s.n, s.last, s.full = gap, 0, 0, 0, false
	return yield(done)
}

// table holds the letters below U+2000, all of Vietnamese among them. What does
// not decompose into one letter with marks has a folded form of -1.
var table = sync.OnceValue(func() *[0x2000]letter {
	var t [0x2000]letter
	for r := range rune(len(t)) {
		t[r] = composed(r)
	}
	return &t
})

// composed is the letter of a rune with the marks it is composed of.
func composed(r rune) letter {
	var whole letter
	for i, part := range []rune(norm.NFD.String(string(r))) {
		l := letterOf(part)
		if i == 0 {
			whole = l
			continue
		}
		if l.kind != mark || whole.kind == gap {
			return letter{folded: -1}
		}
		whole.bits |= l.bits
		if l.tone != 0 {
			whole.tone = l.tone
		}
		if l.horn && (whole.folded == 'o' || whole.folded == 'u' || whole.kind == mark) {
			whole.horn = true
		}
	}
	return whole
}

// letterOf is the letter of a rune of decomposed text.
func letterOf(r rune) letter {
	switch r {
	case '\u0300':
		return letter{kind: mark, tone: 1}
	case '\u0301':
		return letter{kind: mark, tone: 2}
	case '\u0309':
		return letter{kind: mark, tone: 3}
	case '\u0303':
		return letter{kind: mark, tone: 4}
	case '\u0323':
		return letter{kind: mark, tone: 5}
	case '\u0302':
		return letter{kind: mark, bits: MarkCircumflex}
	case '\u0306':
		return letter{kind: mark, bits: MarkBreve}
	case '\u031b':
		return letter{kind: mark, horn: true}
	}
	folded := FoldRune(r)
	switch {
	case folded < 0:
		return letter{kind: mark}
	case unicode.IsLetter(r):
		l := letter{folded: folded, kind: word}
		if folded == 'd' && r != 'd' && r != 'D' {
			l.bits = MarkStroke
		}
		return l
	case unicode.Is(unicode.Nd, r):
		return letter{folded: folded, kind: digit}
	}
	return letter{}
}

// Spell restores the marks of a Syllable to its folded form, with the tone mark where
// the older rule places it (hóa, ủy). For a key that is not a Vietnamese syllable the
// result is a best effort.
func Spell(key string, marks byte) string {
	letters := []rune(key)
	quality, tone := marks%markTone, marks/markTone
	heart := -1 // the vowel whose quality is marked bears the tone
	put := func(bit byte, mark rune, vowels string) {
		if quality&bit == 0 {
			return
		}
		if i := lastVowel(letters, vowels, bit == MarkHornU); i >= 0 {
			letters[i] = compose(letters[i], mark)
			heart = i
		}
	}
	put(MarkHornU, '\u031b', "u")
	put(MarkBreve, '\u0306', "a")
	put(MarkCircumflex, '\u0302', circumflexed(letters))
	put(MarkHornO, '\u031b', "o")
	if i := strings.IndexByte(key, 'd'); quality&MarkStroke != 0 && i >= 0 {
		letters[len([]rune(key[:i]))] = 'đ'
	}
	if heart < 0 {
		heart = nucleus(letters)
	}
	if 1 <= tone && tone <= 5 && heart >= 0 {
		letters[heart] = compose(letters[heart], [...]rune{'\u0300', '\u0301', '\u0309', '\u0303', '\u0323'}[tone-1])
	}
	return string(letters)
}

// circumflexed is the vowel of a syllable that a circumflex stands on.
func circumflexed(letters []rune) string {
	for _, vowel := range "eao" {
		for _, l := range letters {
			if l == vowel {
				return string(vowel)
			}
		}
	}
	return ""
}

// lastVowel finds the last of the vowels given, or the first behind an initial
// "qu".
func lastVowel(letters []rune, vowels string, first bool) int {
	found := -1
	for i, l := range letters {
		if strings.ContainsRune(vowels, l) && !(l == 'u' && i > 0 && letters[i-1] == 'q') {
			found = i
			if first {
				break
			}
		}
	}
	return found
}

// nucleus is the vowel that bears the tone when none has a quality of its own.
func nucleus(letters []rune) int {
	isVowel := func(i int) bool { return i < len(letters) && strings.ContainsRune("aeiouy", letters[i]) }
	start := 0
	for start < len(letters) && !isVowel(start) {
		start++
	}
	if start > 0 && isVowel(start+1) && (letters[start-1] == 'q' && letters[start] == 'u' || letters[start-1] == 'g' && letters[start] == 'i') {
		start++
	}
	end := start
	for isVowel(end) {
		end++
	}
	switch n := end - start; {
	case n == 0:
		return -1
	case n == 1:
		return start
	case end < len(letters):
		return end - 1
	case n == 2:
		return start
	}
	return start + 1
}

func compose(r, mark rune) rune {
	return []rune(norm.NFC.String(string([]rune{r, mark})))[0]
}
