// Draws QR codes (ISO/IEC 18004): bytes, error correction level M, the smallest version (of 1 to 20) that holds the text.

// Of each version, from 1: how many blocks its codewords are split into, and how many codewords of each correct errors.
const blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const checkCounts = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];

// How many codewords a version has room for: its modules without patterns and notices.
const codewords = (version) => {
  let modules = (16 * version + 128) * version + 64;
  if (version > 1) {
    const n = Math.floor(version / 7) + 2;
    modules -= (25 * n - 10) * n - 55;
    if (version > 6) modules -= 36;
  }
  return modules >> 3;
};

// Multiplies in the field of 256 elements in which errors are corrected.
const times = (x, y) => {
  let z = 0;
  for (let i = 7; i >= 0; i--) z = (z << 1) ^ ((z >> 7) * 0x11d) ^ (((y >> i) & 1) * x);
  return z;
};

// The codewords that correct errors of some data.
const checks = (data, n) => {
  const divisor = Array(n).fill(0);
  divisor[n - 1] = 1;
  for (let i = 0, root = 1; i < n; i++, root = times(root, 2)) {
    for (let j = 0; j < n; j++) divisor[j] = times(divisor[j], root) ^ (divisor[j + 1] ?? 0);
  }
  const rest = Array(n).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((d, i) => { rest[i] ^= times(d, factor); });
  }
  return rest;
};

// All codewords of a text, in the order in which they are drawn.
const encode = (bytes, version) => {
  const blocks = blockCounts[version - 1], n = checkCounts[version - 1], all = codewords(version);
  const room = all - blocks * n, data = [];
  let bits = 0, held = 0;
  const put = (value, length) => {
    for (let i = length - 1; i >= 0; i--) {
      held = (held << 1) | ((value >> i) & 1);
      if (++bits % 8 === 0) { data.push(held); held = 0; }
    }
  };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((b) => put(b, 8));
  put(0, 4); // the end; with the four bits of the mode the last codeword is whole
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
  const parts = [];
  for (let i = 0, at = 0; i < blocks; i++) {
    const length = Math.floor(all / blocks) - n + (i < blocks - (all % blocks) ? 0 : 1);
    const part = data.slice(at, at += length);
    parts.push([part, checks(part, n)]);
  }
  const woven = [];
  for (const half of [0, 1]) {
    for (let i = 0; i < Math.max(...parts.map((p) => p[half].length)); i++) {
      for (const p of parts) if (i < p[half].length) woven.push(p[half][i]);
    }
  }
  return woven;
};

// A remainder that corrects errors of what a code tells about itself.
const remainder = (value, length, divisor) => {
  let rest = value;
  for (let i = 0; i < length; i++) rest = (rest << 1) ^ ((rest >> (length - 1)) * divisor);
  return rest;
};

// How many bytes of text the largest version that we draw holds.
export const longest = 666;

// The modules of a text's code: rows of true (dark) and false.
export const modules = (text) => {
  const bytes = new TextEncoder().encode(text);
  const fits = blockCounts.findIndex((blocks, i) => bytes.length + (i < 9 ? 2 : 3) <= codewords(i + 1) - blocks * checkCounts[i]);
  const version = fits + 1, size = 17 + 4 * version;
  const dark = Array.from({ length: size }, () => Array(size).fill(false));
  const taken = Array.from({ length: size }, () => Array(size).fill(false));
  const set = (x, y, on) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    dark[y][x] = !!on;
    taken[y][x] = true;
  };
  const square = (cx, cy, radius) => {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, radius === 2 ? ring !== 1 : ring !== 2 && ring !== 4);
      }
    }
  };
  for (let i = 0; i < size; i++) { set(6, i, i % 2 === 0); set(i, 6, i % 2 === 0); }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x, y, 4);
  if (version > 1) {
    const n = Math.floor(version / 7) + 2, step = Math.ceil((4 * version + 4) / (2 * n - 2)) * 2;
    const at = [6, ...Array.from({ length: n - 1 }, (_, i) => size - 7 - step * (n - 2 - i))];
    at.forEach((x, i) => at.forEach((y, j) => {
      if (!((i === 0 && (j === 0 || j === n - 1)) || (i === n - 1 && j === 0))) square(x, y, 2);
    }));
  }
  const tell = (mask) => {
    const value = ((mask << 10) | remainder(mask, 10, 0x537)) ^ 0x5412; // level M is 00
    const bit = (i) => (value >> i) & 1;
    for (let i = 0; i < 15; i++) {
      if (i < 8) set(size - 1 - i, 8, bit(i)); else set(8, size - 15 + i, bit(i));
      if (i < 6) set(8, i, bit(i)); else if (i < 8) set(8, i + 1, bit(i)); else set(i === 8 ? 7 : 14 - i, 8, bit(i));
    }
    set(8, size - 8, true);
  };
  tell(0);
  if (version > 6) {
    const value = (version << 12) | remainder(version, 12, 0x1f25);
    for (let i = 0; i < 18; i++) {
      const a = size - 11 + (i % 3), b = Math.floor(i / 3);
      set(a, b, (value >> i) & 1);
      set(b, a, (value >> i) & 1);
    }
  }
  const bits = encode(bytes, version).flatMap((c) => [7, 6, 5, 4, 3, 2, 1, 0].map((i) => (c >> i) & 1));
  let next = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const up = ((right + 1) & 2) === 0;
    for (let i = 0; i < size; i++) {
      for (const x of [right, right - 1]) {
        const y = up ? size - 1 - i : i;
        if (!taken[y][x]) dark[y][x] = !!((bits[next++] ?? 0) ^ ((x + y) % 2 === 0)); // mask 0
      }
    }
  }
  return dark;
};
