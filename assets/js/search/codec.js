// The files of the index, as internal/search/write.go makes them.

// corrupt ends the reading of a file whose bytes cannot be what was written.
export function corrupt() {
  throw Error("damaged");
}

// gunzip unpacks a file, if the server has not done so: with the module at the address given where the browser cannot.
export async function gunzip(bytes, inflate) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  if (!self.DecompressionStream) return (await import(inflate)).gunzip(bytes);
  const unpacked = new Response(bytes).body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

// decoder reads a file from its beginning. Each turn of a loop takes a byte at least, so that it ends whatever the bytes are. Keys
// are strings of bytes, which sort as they do in the files.
export function decoder(bytes) {
  let at = 0;
  const byte = () => (at < bytes.length ? bytes[at++] : corrupt());
  const number = () => {
    const b = byte();
    return b < 128 ? b : b - 128 + 128 * number();
  };
  const list = (item, length = number()) => {
    const all = [];
    while (all.length < length) all.push(item());
    return all;
  };
  const text = (length) => String.fromCharCode(...list(byte, length));
  return {
    number,
    list,
    byte,
    text,
    // front reads a key, written as what differs from the one before.
    front: (before) => before.slice(0, number()) + text(),
    // hash reads what a file is named by.
    hash: () => list(byte, 5).reduce((n, b) => n * 256 + b),
    // part is a decoder of so many bytes, which are passed over.
    part: (length) => decoder(bytes.subarray(at, (at += length))),
  };
}
