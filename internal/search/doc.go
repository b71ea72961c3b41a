// Package search makes a static index of the built site and answers queries from it.
// The reader's browser (assets/js/search) asks the same files in the same way: what is
// written here holds for both, and the vectors in testdata hold both to it.
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
// they say; h2 to h6, th, dt, caption and figcaption are headings; the rest is body. A
// page of kind dieu-khoan is a provision: as a result it opens at its anchor in the
// whole document, …/15-kh-tu/ii-4-3/ at …/15-kh-tu/#ii-4-3.
//
// # Keys
//
// Text is cut into syllables: runs of letters or of digits (15KH is two), of which the
// first 24 letters count. A syllable is its folded form (viet.Syllable) and one byte of
// marks: the tone and the quality of the vowels, wherever the tone was put. Two
// syllables of one block of text are adjacent if none of . , ; : ! ? … ( ) [ ] is
// between them, or if one such character alone parts them (4.0, 26.3).
//
// There are three dictionaries: of syllables ("hoi"), of adjacent pairs ("hoi thi") and
// of skips, the first and the third of three in one stretch ("hoi sang" of hội thi
// sáng): a page with the pairs a b and b c has a b c, but for a rare chance, if it has
// the skip a c. Behind a key, for every spelling (one byte of marks; two for a pair or
// a skip), stand the documents that have it, best level first:
//
//	31…12  in a title of 1…20 or more syllables (32 less the syllables)
//	22     in the words of a provision
//	11     in a name, 10 in a heading, 9 in a summary
//	8…0    in the body, by how often and how long the body is
//
// and newest first in a level.
//
// # Files
//
// Every file is gzipped and, but for root.bin, named by its content: the first 5 bytes
// of its SHA-256 in lower-case base32hex, "cpnmuoj1.bin". Numbers are unsigned varints
// as in encoding/binary, strings a length and UTF-8, hashes 5 bytes.
//
//	root       "lh1"; the way from index/ up to the site's root ("../../");
//	           kinds: count, strings; hash of words; segments: count (1 or 2), each:
//	           documents: count; runs: count, each kind, year (0: none), documents;
//	           directories of titles, syllables, pairs and skips
//	directory  depth (0 or 1), count, entries: the shard's first key (letters
//	           shared with the entry before, string of the rest; titles have none), hash. At depth 1
//	           the hashes are of nodes; a node is a directory of depth 0.
//	titles     lines of title, day, path from the root, parted by tabs: TitleBlock
//	           documents a file, in order of their numbers. A node names 128 files.
//	shard      entries: count; for each letters shared with the key before, string of the rest,
//	           length of its body; then the bodies
//	body       spellings: count, each: marks (1 or 2 bytes), documents×2 (+1 if
//	           split); if split, documents in the head, chunks: count, hashes;
//	           postings
//	chunk      documents: count, postings
//	postings   groups: documents×32 + level, then the numbers, falling: each is
//	           how much less than the one before, the first less than the segment's count
//	words      the 2,500 commonest spellings, one a line, commonest first; of one key there may be several
//
// Documents are numbered by kind, day and address, so that the runs in the root give
// every document its kind and year. The newest dated documents (fewer than one in two
// hundred) are a segment of their own: one more article rewrites that one and leaves
// the archive as it was. Both follow from the pages alone.
//
// # Answers
//
// A query is at most 12 syllables. Quoted ones are a phrase; those that no space parts
// (42-CT/TW) are bound; a pair of the query is two adjacent syllables. With marks on
// any of its syllables a query is accented. Between a syllable of the query and a
// spelling the grade is 2 if they are the same or the query is not accented, 1 if the
// spelling has every mark that was typed (the tone, if one was), else 0; a pair has the
// lower of its two.
//
//  1. With one syllable its entry is read, else those of the pairs and skips. A
//     document answers if every syllable is in a pair that it has (or, from step 3 on,
//     in an entry of a syllable), and it has every required pair: bound ones and those
//     of a phrase, and the skips between them. A syllable of a phrase must have grade
//     2.
//  2. The last syllable, unless it is quoted or anything follows it, may be the
//     beginning of one: of the keys that begin like the last pair and skip, in the
//     first 3 shards that may have any; with one syllable, of the first four words that
//     begin so. A spelling with every typed mark (any, if the query is not accented)
//     has grade 1, else 0.
//  3. The entries of every syllable that is in no required pair.
//  4. As 1 to 3, with grade 0.
//
// A step is taken when those before it gave fewer results than are needed; before the
// next step the chunks of split lists (of spellings with a fitting grade) are read, of
// each list 1 + ⌊postings that were read of it / 8192⌋ at a time, until there are
// enough or no more. There are enough when so many have every pair and skip, or when
// there are so many and no document lacks only such of these as have chunks that were
// not read. For a phrase of three or more syllables a hundred are needed, as not all
// will have it.
//
// The order: higher grade (the lowest of its syllables); exact title (every pair, or
// the one syllable, at the level of a title as long as the query); every pair and skip
// present with no lower grade; every pair so; score; newer year; the recent segment;
// higher number. The score sums, over the entries of syllables and pairs that a
// document is in, weight × rarity: weight = 8 + 2 × level (+ 8 from level 12 on);
// rarity = b(16 × all documents) − b(documents with the key at grade 1 or better, at
// least 1), b(x) = 8 ⌊log₂ x⌋ + the three bits behind the leading one. Then no more
// than three provisions stand among the first ten, unless provisions were asked for.
//
// Longer queries may still stand in two stretches that share a compound. If an unquoted
// query has four or more syllables, each adjacent to the one before, the results with
// every pair and skip at the grade of the first are read, as many at a time as are
// wanted and at most forty, until so many have the whole query in one stretch, with no
// lower grade; those come first.
//
// A phrase of three or more syllables, and only that, is looked for in the pages
// themselves: the first hundred results are read, as many at a time as are wanted,
// until so many have it.
//
// When there is no result, the nearest spelling is looked for: one syllable is changed
// into a word at a distance of one edit (viet.Distance; as many as a quarter of its
// letters, if that is more), or, if it is not among the words, cut into two that are.
// Of each syllable the best three are kept, and of all six tried in order: those of
// syllables that are not among the words first, then by distance, then by the grade of
// the marks (2 for a cut), then by how common the word is. The first that has a result
// of grade 2 with every pair present is offered, or else the first that has any. The
// word is written with its marks if the query is accented or has one syllable, else
// without.
package search
