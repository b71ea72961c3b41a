// Unpacks gzip where the browser has no DecompressionStream (Safari before 16.4, Firefox before 113, Chrome before 80). RFC 1951, 1952.

const MOST_BYTES = 1 << 24; // no file of the index has more
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_LENGTHS = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END = 256;

function broken() {
  throw new Error("a damaged gzip file");
}

// gunzip unpacks a file, whose length and sum must be what it says.
export function gunzip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const flags = bytes[3];
  if (bytes.length < 18 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) broken();
  let at = 10;
  const pastZero = () => { while (at < bytes.length && bytes[at++]); };
  if (flags & 4) at += 2 + view.getUint16(at, true);
  if (flags & 8) pastZero();
  if (flags & 16) pastZero();
  if (flags & 2) at += 2;
  const size = view.getUint32(bytes.length - 4, true);
  if (size > MOST_BYTES || at > bytes.length - 8) broken();
  const out = inflate(bytes.subarray(at, bytes.length - 8), new Uint8Array(size));
  if (sum(out) !== view.getUint32(bytes.length - 8, true)) broken();
  return out;
}

// inflate unpacks bytes into out, which it fills.
function inflate(bytes, out) {
  let at = 0;
  let held = 0;
  let holds = 0;
  let n = 0;
  const bits = (count) => {
    while (holds < count) {
      if (at === bytes.length) broken();
      held |= bytes[at++] << holds;
      holds += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    holds -= count;
    return value;
  };
  const put = (byte) => {
    if (n === out.length) broken();
    out[n++] = byte;
  };
  // symbol reads a bit at a time: codes of one length follow one another.
  const symbol = ({ counts, symbols }) => {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      code |= bits(1);
      if (code - first < counts[length]) return symbols[index + code - first];
      index += counts[length];
      first = (first + counts[length]) << 1;
      code <<= 1;
    }
    return broken();
  };
  const stored = () => {
    held = holds = 0;
    const length = bits(16);
    if ((bits(16) ^ length) !== 0xffff) broken();
    for (let i = 0; i < length; i++) put(bits(8));
  };
  const dynamic = () => {
    const literals = bits(5) + 257;
    const distances = bits(5) + 1;
    const lengths = new Uint8Array(19);
    for (let i = 0, codes = bits(4) + 4; i < codes; i++) lengths[CODE_LENGTHS[i]] = bits(3);
    const table = tableOf(lengths);
    const all = [];
    while (all.length < literals + distances) {
      const s = symbol(table);
      if (s < 16) all.push(s);
      else {
        const [value, times] = s === 16 ? [all[all.length - 1], 3 + bits(2)] : [0, s === 17 ? 3 + bits(3) : 11 + bits(7)];
        for (let i = 0; i < times; i++) all.push(value);
      }
    }
    return [tableOf(all.slice(0, literals)), tableOf(all.slice(literals, literals + distances))];
  };
  const compressed = ([literals, distances]) => {
    for (let s; (s = symbol(literals)) !== END; ) {
      if (s < END) {
        put(s);
        continue;
      }
      s -= END + 1;
      if (s >= LENGTHS.length) broken();
      const length = LENGTHS[s] + bits(LENGTH_BITS[s]);
      const d = symbol(distances);
      if (d >= DISTANCES.length) broken();
      const distance = DISTANCES[d] + bits(DISTANCE_BITS[d]);
      if (distance > n) broken();
      for (let i = 0; i < length; i++) put(out[n - distance]);
    }
  };
  for (let last = 0; !last; ) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) stored();
    else if (kind === 1) compressed([FIXED_LITERALS, FIXED_DISTANCES]);
    else if (kind === 2) compressed(dynamic());
    else broken();
  }
  if (n !== out.length) broken();
  return out;
}

// tableOf makes a table of codes from the length of each.
function tableOf(lengths) {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const symbols = [];
  for (let length = 1; length < 16; length++) lengths.forEach((l, symbol) => { if (l === length) symbols.push(symbol); });
  return { counts, symbols };
}

const FIXED_LITERALS = tableOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
const FIXED_DISTANCES = tableOf(new Uint8Array(30).fill(5));

// sum is the CRC-32.
function sum(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
