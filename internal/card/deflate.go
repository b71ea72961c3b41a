package card

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
)

// deflater compresses the rows of pictures, one after another, in the formats of RFC 1950
// and 1951. It knows what general compressors must look for: most of a row is like the row
// above it, or one colour, and letters come again. So it is faster and better than they are:
// on cards klauspost/compress takes 1.1 times as long at its level 1, and makes them a quarter
// larger; at level 6 it takes 1.8 times as long, and they are 6 % larger.
type deflater struct {
	tokens []token
	seen   [1 << seenBits]int32 // where bytes with a hash stood last
	writer
}

// writer writes bits, the lowest ones of a byte first.
type writer struct {
	out   []byte
	bits  uint64
	count uint // of bits, less than eight
}

// token is a byte, or a stretch that has come before: its length, and how far before.
type token struct {
	value    uint16 // the byte, or lengths and the length
	distance parts  // none of a byte
}

const (
	seenBits      = 14
	shortest      = 4  // stretch that is worth it
	enough        = 32 // or more: no better one is looked for
	noted         = 8  // of a stretch, where it is: further on nothing begins
	longest       = 258
	farthest      = 1 << 15
	lengths       = 256 // begin here as the values of tokens
	lengthSymbols = 286
	distSymbols   = 30
	endOfBlock    = 256
)

// zlib compresses data, in rows of a length. It is valid until the next call.
func (d *deflater) zlib(data []byte, row int) []byte {
	d.writer = writer{out: append(d.out[:0], 0x78, 0x01)}
	d.scan(data, row)
	d.block()
	if d.count > 0 {
		d.out = append(d.out, byte(d.bits))
	}
	return binary.BigEndian.AppendUint32(d.out, sum(data, row))
}

// sum is the Adler-32 of data in rows of a length. Of a row like the one above it follows.
func sum(data []byte, row int) uint32 {
	const modulus = 65521
	a, b := uint64(1), uint64(0)
	var above []byte
	var rowA, rowB uint64
	for len(data) > 0 {
		next := data[:min(row, len(data))]
		data = data[len(next):]
		if !bytes.Equal(next, above) {
			rowA, rowB = sums(next)
		}
		b = (b + uint64(len(next))*a + rowB) % modulus
		a = (a + rowA) % modulus
		above = next
	}
	return uint32(b<<16 | a)
}

// sums are that of the bytes, and that of what it is after each of them. The standard library
// goes byte by byte, and takes half as long again.
func sums(row []byte) (a, b uint64) {
	const every = 0x00ff_00ff_00ff_00ff // second byte; products add up in the highest two
	for ; len(row) >= 8; row = row[8:] {
		b += 8 * a
		word := binary.LittleEndian.Uint64(row)
		b += (word&every*0x0008_0006_0004_0002 + word>>8&every*0x0007_0005_0003_0001) >> 48
		a += (word&every + word>>8&every) * 0x0001_0001_0001_0001 >> 48
	}
	for _, c := range row {
		a += uint64(c)
		b += a
	}
	return a, b
}

// scan finds what has come before.
func (d *deflater) scan(data []byte, row int) {
	d.tokens = d.tokens[:0]
	clear(d.seen[:])
	i := 0
	for i+8 <= len(data) {
		s := d.find(data, i, row)
		for s.length() >= shortest && s.length() < enough && i+9 <= len(data) { // a byte later a longer one may begin
			later := d.find(data, i+1, row)
			if later.length() <= s.length() {
				break
			}
			d.literal(data[i])
			i, s = i+1, later
		}
		if s.length() < shortest {
			d.literal(data[i])
			i++
			continue
		}
		if s.length() < enough {
			for j := i + 2; j < min(i+min(s.length(), noted), len(data)-7); j++ {
				d.before(binary.LittleEndian.Uint64(data[j:]), j)
			}
		}
		i += s.length()
		d.repeat(s)
	}
	for ; i < len(data); i++ {
		d.literal(data[i])
	}
}

func (d *deflater) literal(b byte) {
	d.tokens = append(d.tokens, token{uint16(b), noDistance})
}

// repeat adds a stretch, in parts where it is too long for one.
func (d *deflater) repeat(s stretch) {
	distance := grouped(s.distance()-1, 2)
	length := s.length()
	for ; length > longest+shortest; length -= longest {
		d.tokens = append(d.tokens, token{lengths + longest, distance})
	}
	if length > longest { // the rest would be too short for a stretch
		d.tokens = append(d.tokens, token{uint16(lengths + length - shortest), distance})
		length = shortest
	}
	d.tokens = append(d.tokens, token{uint16(lengths + length), distance})
}

// stretch is what has come before: the greater, the better, as longer, or else nearer.
type stretch uint64

func stretchOf(length, distance int) stretch { return stretch(length)<<16 | stretch(farthest-distance) }
func (s stretch) length() int                { return int(s >> 16) }
func (s stretch) distance() int              { return farthest - int(s&0xffff) }

// find is the best stretch found that begins at i: one colour, the row above, or where the
// first bytes stood last. Of data, eight bytes are left there.
func (d *deflater) find(data []byte, i, row int) (best stretch) {
	here := binary.LittleEndian.Uint64(data[i:])
	at := d.before(here, i)
	if i >= row && row <= farthest {
		best = alike(data, i, i-row, here)
	}
	if i > 0 && best.length() < longest {
		best = max(best, alike(data, i, i-1, here))
	}
	if at >= 0 && i-at <= farthest && best.length() < enough {
		best = max(best, alike(data, i, at, here))
	}
	return best
}

// before is where the six bytes that begin at i stood before, or others, and notes that they
// stand here; -1 is nowhere.
func (d *deflater) before(here uint64, i int) int {
	hash := here << 16 * 0x9e3779b97f4a7c15 >> (64 - seenBits)
	at := int(d.seen[hash]) - 1
	d.seen[hash] = int32(i) + 1
	return at
}

// alike is the stretch at i, where the eight bytes here are, that begins at an earlier place.
func alike(data []byte, i, at int, here uint64) stretch {
	n := bits.TrailingZeros64(here^binary.LittleEndian.Uint64(data[at:])) / 8
	if n == 8 {
		n += alikeOn(data[i+8:], data[at+8:])
	}
	return stretchOf(n, i-at)
}

// alikeOn is how long two stretches are the same; b begins before a.
func alikeOn(a, b []byte) int {
	const step = 128 // of rows that are wholly the same
	n := 0
	for n+step <= len(a) && string(a[n:n+step]) == string(b[n:n+step]) {
		n += step
	}
	for ; n+8 <= len(a); n += 8 {
		if differ := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); differ != 0 {
			return n + bits.TrailingZeros64(differ)/8
		}
	}
	for n < len(a) && a[n] == b[n] {
		n++
	}
	return n
}

// block writes the tokens with codes of their own. What it does for a token depends on none,
// since a processor cannot foresee which is which.
func (d *deflater) block() {
	var values [lengths + longest + 1]int
	var distances [distSymbols + 1]int
	for _, t := range d.tokens {
		values[t.value]++
		distances[t.distance.symbol]++
	}
	var symbols [lengthSymbols]int
	copy(symbols[:], values[:lengths])
	symbols[endOfBlock] = 1
	for length, n := range values[lengths:] {
		symbols[lengthParts[length].symbol] += n
	}
	valueCode, distanceCode := newCode(symbols[:], 15), newCode(distances[:distSymbols], 15)
	d.head(slices.Concat(valueCode, distanceCode))
	var written [lengths + longest + 1]bitString
	copy(written[:], valueCode[:lengths])
	for length, p := range lengthParts {
		written[lengths+length] = p.in(valueCode)
	}
	distanceCode = append(distanceCode, 0) // of a byte
	for _, t := range d.tokens {
		d.write(written[t.value])
		d.write(t.distance.in(distanceCode))
	}
	d.write(valueCode[endOfBlock])
}

// lengthOrder is the order in which the lengths of the code of lengths stand.
var lengthOrder = [...]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// head writes the lengths of the codes, without the abbreviations that there are for them.
func (d *deflater) head(all []bitString) {
	var counts [19]int
	for _, s := range all {
		counts[s.length()]++
	}
	code := newCode(counts[:], 7)
	d.write(bitsOf(1|2<<1, 3)) // the last block, with codes of its own
	d.write(bitsOf(lengthSymbols-257, 5))
	d.write(bitsOf(distSymbols-1, 5))
	d.write(bitsOf(uint32(len(lengthOrder)-4), 4))
	for _, n := range lengthOrder {
		d.write(bitsOf(uint32(code[n].length()), 3))
	}
	for _, s := range all {
		d.write(code[s.length()])
	}
}

// bitString is up to 28 bits, the first one lowest, and above 32 how many there are.
type bitString uint64

func bitsOf(value uint32, n int) bitString { return bitString(value) | bitString(n)<<32 }

func (s bitString) length() uint { return uint(s >> 32) }

func (w *writer) write(s bitString) {
	w.bits |= uint64(uint32(s)) << w.count
	w.count += s.length()
	w.out = binary.LittleEndian.AppendUint64(w.out, w.bits)[:len(w.out)+int(w.count/8)]
	w.bits >>= w.count &^ 7
	w.count &= 7
}

// parts are what a length or a distance is written as: a symbol, and n more bits.
type parts struct {
	symbol uint16
	more   uint16
	n      uint8
}

// noDistance is what a byte has: its string has no bits in any code.
var noDistance = parts{symbol: distSymbols}

// in is how the parts are written with a code.
func (p parts) in(code []bitString) bitString {
	s := code[p.symbol]
	return s + bitString(p.more)<<s.length() + bitString(p.n)<<32
}

// lengthParts are those of each length.
var lengthParts = func() (all [longest + 1]parts) {
	for length := 3; length < longest; length++ {
		all[length] = grouped(length-3, 4)
		all[length].symbol += 257
	}
	all[longest].symbol = 285
	return all
}()

// grouped numbers a value: the first 2·each have a number of their own, and from then on
// each power of two is shared by so many numbers.
func grouped(value, each int) parts {
	if value < 2*each {
		return parts{symbol: uint16(value)}
	}
	n := bits.Len(uint(value)) - bits.Len(uint(each))
	return parts{uint16(n*each + value>>n), uint16(value & (1<<n - 1)), uint8(n)}
}

// newCode is a prefix code that gives often used symbols short strings, none longer than
// longest, and the others none.
func newCode(counts []int, longest int) []bitString {
	var used []int
	for s, n := range counts {
		if n > 0 {
			used = append(used, n*len(counts)+s)
		}
	}
	slices.Sort(used)
	for i := range used {
		used[i] %= len(counts)
	}
	numbers := lengthsOf(used, counts, longest)
	lengths := make([]int, len(counts))
	at := len(used)
	for length := 1; length <= longest; length++ { // the most used have the shortest
		for range numbers[length] {
			at--
			lengths[used[at]] = length
		}
	}
	code := make([]bitString, len(counts))
	next := [16]uint16{} // of a length
	for length := 1; length < longest; length++ {
		next[length+1] = (next[length] + uint16(numbers[length])) << 1
	}
	for s, n := range lengths {
		if n > 0 {
			code[s] = bitsOf(uint32(bits.Reverse16(next[n])>>(16-n)), n)
			next[n]++
		}
	}
	return code
}

// lengthsOf is how many codes of each length there are to be, by Huffman's method. used
// are the symbols, the least used first.
func lengthsOf(used, counts []int, longest int) []int {
	numbers := make([]int, max(len(used), longest)+1)
	if len(used) == 1 {
		numbers[1] = 1
		return numbers
	}
	// Two queues: the symbols, and the pairs made of them, which come in order.
	parent := make([]int, 2*len(used))
	weight := make([]int, 0, 2*len(used))
	for _, s := range used {
		weight = append(weight, counts[s])
	}
	leaf, pair := 0, len(used)
	least := func() int {
		if pair == len(weight) || leaf < len(used) && weight[leaf] <= weight[pair] {
			leaf++
			return leaf - 1
		}
		pair++
		return pair - 1
	}
	for range len(used) - 1 {
		a, b := least(), least()
		parent[a], parent[b] = len(weight), len(weight)
		weight = append(weight, weight[a]+weight[b])
	}
	depth := make([]int, len(weight))
	for i := len(weight) - 2; i >= 0; i-- {
		depth[i] = depth[parent[i]] + 1
		if i < len(used) {
			numbers[depth[i]]++
		}
	}
	// Codes that would be too long get the longest length, for which others grow.
	room := 1 << longest
	for length, n := range numbers {
		if length > longest {
			numbers[longest] += n
			numbers[length] = 0
		}
	}
	for length := 1; length <= longest; length++ {
		room -= numbers[length] << (longest - length)
	}
	for ; room < 0; room++ {
		length := longest - 1
		for numbers[length] == 0 {
			length--
		}
		numbers[longest]--
		numbers[length]--
		numbers[length+1] += 2
	}
	return numbers
}
