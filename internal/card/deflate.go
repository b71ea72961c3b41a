package card

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/adler32"
	"math/bits"
	"slices"
)

// deflater compresses the rows of pictures, one after another, in the formats of RFC 1950
// and 1951. It knows what general compressors must look for: most of a row is like the row
// above it, or one colour, and letters come again. So it takes half of their time: the
// standard library's fastest level makes cards a tenth larger.
type deflater struct {
	tokens []token
	seen   [1 << seenBits]int32 // where bytes with a hash stood last
	out    []byte
	bits   uint64
	count  uint // of bits
}

// token is a byte, or a stretch that has come before: its length, and how far before.
type token struct{ value, distance uint16 }

const (
	seenBits      = 14
	shortest      = 4  // stretch that is worth it
	enough        = 32 // or more: no better one is looked for
	longest       = 258
	farthest      = 1 << 15
	lengthSymbols = 286
	distSymbols   = 30
	endOfBlock    = 256
)

// zlib compresses data, in rows of a length. It is valid until the next call.
func (d *deflater) zlib(data []byte, row int) []byte {
	d.out, d.bits, d.count = append(d.out[:0], 0x78, 0x01), 0, 0
	d.scan(data, row)
	d.block()
	for d.count > 0 {
		d.out = append(d.out, byte(d.bits))
		d.bits >>= 8
		d.count -= min(d.count, 8)
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
			of := adler32.Checksum(next)
			rowA, rowB = uint64(of&0xffff), uint64(of>>16)
		}
		b = (b + uint64(len(next))*(a+modulus-1) + rowB) % modulus
		a = (a + rowA + modulus - 1) % modulus
		above = next
	}
	return uint32(b<<16 | a)
}

// scan finds what has come before.
func (d *deflater) scan(data []byte, row int) {
	d.tokens = d.tokens[:0]
	clear(d.seen[:])
	for i := 0; i < len(data); {
		length, distance := d.find(data, i, row)
		for length >= shortest && length < enough { // a byte later a longer one may begin
			later, far := d.find(data, i+1, row)
			if later <= length {
				break
			}
			d.tokens = append(d.tokens, token{uint16(data[i]), 0})
			i, length, distance = i+1, later, far
		}
		if length < shortest {
			d.tokens = append(d.tokens, token{uint16(data[i]), 0})
			i++
			continue
		}
		if length < enough {
			for j := i + 2; j < min(i+length, len(data)-7); j++ {
				d.before(binary.LittleEndian.Uint64(data[j:]), j)
			}
		}
		i += length
		for ; length > longest+shortest; length -= longest {
			d.tokens = append(d.tokens, token{longest, uint16(distance)})
		}
		if length > longest { // the rest would be too short for a stretch
			d.tokens = append(d.tokens, token{uint16(length - shortest), uint16(distance)})
			length = shortest
		}
		d.tokens = append(d.tokens, token{uint16(length), uint16(distance)})
	}
}

// find is a stretch that begins at i and has come before, the longest found: one colour, the
// row above, or where its first bytes stood last.
func (d *deflater) find(data []byte, i, row int) (length, distance int) {
	if i+8 > len(data) {
		return 0, 0
	}
	here := binary.LittleEndian.Uint64(data[i:])
	if i > 0 {
		length, distance = alike(data, i, i-1, here), 1
	}
	if i >= row && row <= farthest {
		if n := alike(data, i, i-row, here); n > length {
			length, distance = n, row
		}
	}
	if length < enough {
		if at := d.before(here, i); at >= 0 && i-at <= farthest {
			if n := alike(data, i, at, here); n > length {
				length, distance = n, i-at
			}
		}
	}
	return length, distance
}

// before is where the six bytes that begin at i stood before, or others, and notes that they
// stand here; -1 is nowhere.
func (d *deflater) before(here uint64, i int) int {
	hash := here << 16 * 0x9e3779b97f4a7c15 >> (64 - seenBits)
	at := int(d.seen[hash]) - 1
	d.seen[hash] = int32(i) + 1
	return at
}

// alike is how long what begins at i, with the eight bytes here, is the same as what begins
// at an earlier place.
func alike(data []byte, i, at int, here uint64) int {
	if differ := here ^ binary.LittleEndian.Uint64(data[at:]); differ != 0 {
		return bits.TrailingZeros64(differ) / 8
	}
	return 8 + alikeOn(data[i+8:], data[at+8:])
}

func alikeOn(a, b []byte) int {
	b = b[:len(a)]
	n := 0
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

// block writes the tokens with codes of their own.
func (d *deflater) block() {
	var values [lengthSymbols]int
	var distances [distSymbols]int
	values[endOfBlock] = 1
	for _, t := range d.tokens {
		if t.distance == 0 {
			values[t.value]++
			continue
		}
		symbol, _, _ := lengthOf(t.value)
		values[symbol]++
		symbol, _, _ = distanceOf(t.distance)
		distances[symbol]++
	}
	valueCode, distanceCode := newCode(values[:], 15), newCode(distances[:], 15)
	d.head(slices.Concat(valueCode.lengths, distanceCode.lengths))
	for _, t := range d.tokens {
		if t.distance == 0 {
			d.symbol(valueCode, int(t.value))
			continue
		}
		symbol, more, n := lengthOf(t.value)
		d.symbol(valueCode, symbol)
		d.write(more, n)
		symbol, more, n = distanceOf(t.distance)
		d.symbol(distanceCode, symbol)
		d.write(more, n)
	}
	d.symbol(valueCode, endOfBlock)
}

// lengthOrder is the order in which the lengths of the code of lengths stand.
var lengthOrder = [...]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// head writes the lengths of the codes, without the abbreviations that there are for them.
func (d *deflater) head(lengths []uint8) {
	var counts [19]int
	for _, n := range lengths {
		counts[n]++
	}
	code := newCode(counts[:], 7)
	d.write(1|2<<1, 3) // the last block, with codes of its own
	d.write(lengthSymbols-257, 5)
	d.write(distSymbols-1, 5)
	d.write(uint64(len(lengthOrder)-4), 4)
	for _, n := range lengthOrder {
		d.write(uint64(code.lengths[n]), 3)
	}
	for _, n := range lengths {
		d.symbol(code, int(n))
	}
}

func (d *deflater) symbol(c code, s int) { d.write(uint64(c.bits[s]), uint(c.lengths[s])) }

func (d *deflater) write(value uint64, n uint) {
	d.bits |= value << d.count
	if d.count += n; d.count >= 32 {
		d.out = binary.LittleEndian.AppendUint32(d.out, uint32(d.bits))
		d.bits >>= 32
		d.count -= 32
	}
}

// lengthOf is the symbol of a length, and n more bits.
func lengthOf(length uint16) (symbol int, more uint64, n uint) {
	if length == longest {
		return 285, 0, 0
	}
	symbol, more, n = grouped(uint64(length)-3, 4)
	return 257 + symbol, more, n
}

// distanceOf is the symbol of a distance, and n more bits.
func distanceOf(distance uint16) (symbol int, more uint64, n uint) {
	return grouped(uint64(distance)-1, 2)
}

// grouped numbers a value: the first 2·each have a number of their own, and from then on
// each power of two is shared by so many numbers.
func grouped(value uint64, each int) (number int, more uint64, n uint) {
	if value < uint64(2*each) {
		return int(value), 0, 0
	}
	n = uint(bits.Len64(value) - bits.Len(uint(each)))
	return int(n)*each + int(value>>n), value & (1<<n - 1), n
}

// code is a prefix code: of each symbol the bits, first bit lowest, and how many there are.
type code struct {
	bits    []uint16
	lengths []uint8
}

// newCode gives often used symbols short codes, none longer than longest.
func newCode(counts []int, longest int) code {
	c := code{make([]uint16, len(counts)), make([]uint8, len(counts))}
	var used []int
	for s, n := range counts {
		if n > 0 {
			used = append(used, s)
		}
	}
	slices.SortFunc(used, func(a, b int) int { return cmp.Or(counts[a]-counts[b], a-b) })
	numbers := lengthsOf(used, counts, longest)
	at := len(used)
	for length := 1; length <= longest; length++ { // the most used have the shortest
		for range numbers[length] {
			at--
			c.lengths[used[at]] = uint8(length)
		}
	}
	next := 0
	for length := 1; length <= longest; length++ {
		next <<= 1
		for s, n := range c.lengths {
			if int(n) == length {
				c.bits[s] = bits.Reverse16(uint16(next)) >> (16 - length)
				next++
			}
		}
	}
	return c
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
