// The bytes of an index's files.

// corrupt ends the reading of a file whose bytes cannot be what was written.
export function corrupt() {
  throw Error("damaged");
}

// decoder reads bytes from their beginning. Each turn of a loop takes a byte at least, so that it ends whatever the bytes are.
export function decoder(bytes, from = 0, end = bytes.length) {
  let at = from;
  const byte = () => (at < end ? bytes[at++] : corrupt());
  const number = () => {
    let n = 0;
    for (let unit = 1; ; unit *= 128) {
      const b = byte();
      n += (b & 127) * unit;
      if (b < 128) return n;
    }
  };
  const list = (item, length = number()) => {
    const all = [];
    while (all.length < length) all.push(item());
    return all;
  };
  const take = (length) => {
    let s = "";
    if (at + length > end) corrupt();
    for (const stop = at + length; at < stop; at++) s += String.fromCharCode(bytes[at]);
    return s;
  };
  return {
    number,
    list,
    byte,
    // bytes reads a string of bytes: such strings sort as keys do in the files.
    bytes: (length = number()) => take(length),
    text: () => textOf(take(number())),
    rest: () => textOf(take(end - at)),
    // front reads a key, written as what differs from the one before.
    front: (before) => before.slice(0, number()) + take(number()),
    // part is a decoder of so many bytes, which are passed over.
    part: (length) => decoder(bytes, at, (at += length) > end ? corrupt() : at),
    // again is another decoder of what is left.
    again: () => decoder(bytes, at, end),
  };
}

// textOf is the text whose UTF-8 has these bytes; what is none is damage.
const textOf = (bytes) => decodeURIComponent(escape(bytes));
