// Package search makes a static index of the built site, which the reader's browser asks:
// assets/js/search ranks, and nothing else does. Tests ask by that script too, through
// the package engine.
//
// In: the folder of built pages. Out: in that folder, beside the search page of each
// language (the page whose main has data-search-page), a folder index/.
//
// # What is indexed
//
// A page whose <main> has data-search="KIND". Its address is its folder's, its title
// the first h1 in main, its day data-date (YYYY-MM-DD, or the year alone where no more
// is known; none for what has no day). What is read is the text of main, without nav,
// form, button, script, style, template, svg, noscript and what is marked
// data-search="no", hidden or aria-hidden="true". Where a word stands decides its
// weight: h1 is title; the marks data-search="summary", "name" and "provision" are what
// they say, and data-search-names of main is another title; h2 to h6, th, dt, caption and
// figcaption are headings; the rest is body. With data-search-list main lists other
// pages: title and summary alone are its own. A page of kind dieu-khoan is a provision:
// as a result it opens at its anchor in the whole document, …/15-kh-tu/ii-4-3/ at
// …/15-kh-tu/#ii-4-3.
//
// [ViewOf] reads a page; what it gives follows from the page's bytes alone.
//
// # Keys
//
// Text is cut into syllables: runs of letters or of digits (15KH is two), of which the
// first 24 letters count. A syllable is its folded form (viet.Syllable) and one byte of
// marks: the tone and the quality of the vowels, wherever the tone was put. Two
// syllables of one block of text are adjacent if none of . , ; : ! ? … ( ) [ ] is
// between them, or if one such character alone parts them (4.0, 26.3).
//
// A key is a syllable ("hoi") or an adjacent pair ("hoi thi"). Behind it, for every
// spelling (one byte of marks; two for a pair), stand the documents that have it, best
// level first:
//
//	31…13  in a title of 1…19 or more syllables (32 less the syllables)
//	12     in the words of a provision
//	11     in a name, 10 in a heading, 9 in a summary
//	8…0    in the body, by how often and how long the body is
//
// and in a level the highest number first. A pair has its places, ascending: each syllable
// has one, and so has what parts two of them. What follows another at the next place stands
// in one stretch with it, so that phrases need no page to be read; and where two pairs leave
// no place between them, the pair of the syllables there is told by them.
//
// # Numbers
//
// Documents of one kind and year are a class, with numbers of their own: room for at least
// four times as many, a power of two. Where in it a document is follows from the hash of
// its address; if another is there, it is the next that is free. So numbers stay when
// other documents come and go, until a class needs more room. Later years have higher
// numbers.
//
// # Files
//
// A file is gzipped where that makes it smaller, unless it comes whole in one packet.
// Numbers are unsigned varints as in encoding/binary, strings a length and UTF-8. All but
// the head begin with the byte 1 and two bytes that follow from how keys and numbers are
// laid out; readers ask for them with ?v= and the head's version, so that what they keep is
// of one build, and a server has them under one name.
//
//	head.bin   "lh3", layout, words, titles, version (of all files: a string)
//	layout     the way from index/ up to the site's root ("../../"); 1 if the site is
//	           small, plus 2 if documents have files of their own; bits of a file's number;
//	           bits of the number of parts from which on they stand with others';
//	           room: one more than the highest number;
//	           kinds: count, strings; classes: count, each kind, year (0: none), bits
//	words      a string: the 4,000 commonest spellings, one a line, commonest first;
//	           empty if they are in words.bin
//	titles     a string: lines of number (less that of the line before), title, day and path
//	           from the root, parted by tabs. All titles, where they have no more than
//	           96 kB; else those that are no news, as far as 24 kB go, and documents have files
//	kA/B.bin   the keys whose hash (FNV-1a, 32 bits; in a small site that of the first syllable) has
//	           256×A+B in its lowest bits: entries: count; for each letters shared with the
//	           key before, string of the rest, length of its body; then the bodies
//	dA/B.bin   documents with the numbers 8×(256×A+B) to 7 more: a line of titles each, counted
//	           from the first of these numbers, and below it the page's text, a block a line:
//	           what a snippet is cut from, so that no page is read for one
//	body       spellings: count, each: marks (1 or 2 bytes), documents×2 (+1 if some stand
//	           apart; then their number is rounded down to its three highest bits, so that it
//	           seldom changes); if so, documents that stand here, bits of the number of parts;
//	           postings. The key of a syllable and a space has those that stand behind it, those
//	           that most documents have so first, by powers of two: count, strings
//	part       the key, a line feed, the marks in hexadecimal, a line feed and the part's number
//	           are the key of documents that stand apart: part n of 2^bits has the numbers
//	           from n×w to before (n+1)×w, with w = room/2^bits (rounded down) + 1: count, postings.
//	           Where the bits are as many as the layout says, its file is that of the key
//	           line feed, g, line feed, bits, line feed, n, where g is the hash of the key without
//	           the part's number modulo 16: what nearly every page has stands together
//	postings   groups: documents×32 + level, then the numbers: the first, then how much
//	           less each is than the one before. Of a pair, behind each number its places:
//	           the first×4 + how many follow (0 to 2; 3: that number×2, +1 if there are more
//	           than these, stands next), each as what it is more than the one before
//
// A long list is cut into parts of 48 to 96 documents or so, so that a page's change rewrites little: that of
// a pair into 8 at most, as long as they have less than 384 each, because a phrase is answered by whole lists.
//
// In a small site (2,000 documents and 4 MB of keys before packing) all that begins with one syllable is in one file:
// the head and one file a syllable answer a query. In a larger one each key has
// its own place, among as many files as keep a page's change small: at 10,000
// documents, one fiftieth of the index's bytes.
package search
