// An index (internal/search/doc.go), read as far as a query needs it.
import { corrupt, decoder } from "./codec.js";
import { syllables } from "./syllable.js";

const LEVELS = 32;
const FILES_IN_A_FOLDER = 256;
const COMMON_GROUPS = 16;
const DOCUMENT_BLOCK = 8;

// open opens an index. get reads one of its files, unpacked, by name and version; head is the file that names no version.
export async function open(get) {
  const d = decoder(await get("head.bin"));
  if (d.bytes(3) !== "lh3") corrupt();
  const up = d.text();
  const flags = d.byte();
  const small = (flags & 1) > 0;
  const apart = (flags & 2) > 0; // documents have files of their own
  const bits = d.byte();
  const common = d.byte();
  const room = d.number();
  const kinds = d.list(d.text);
  const runs = []; // of numbers of documents of one kind and year, each from its first to before its end
  let first = 0;
  d.list(() => {
    const run = { kind: kinds[d.number()], year: d.number(), first };
    run.end = first += 2 ** d.byte();
    runs.push(run);
  });
  const inHead = d.text();
  const titles = titlesOf(d.text(), 0);
  const version = d.text();
  const all = runs.length && Math.max(titles.size, first >> 3);

  let words;
  const files = new Map();
  const file = (name) => {
    if (!files.has(name)) {
      const read = get(name, version).then((bytes) => {
        const d = decoder(bytes);
        if (d.byte() !== 1) corrupt();
        d.bytes(2);
        return d;
      });
      read.catch(() => files.delete(name));
      files.set(name, read);
    }
    return files.get(name);
  };
  const numbered = (letter, n) => `${letter}${Math.floor(n / FILES_IN_A_FOLDER)}/${n % FILES_IN_A_FOLDER}.bin`;

  // body is what stands behind a key, if anything does; place is the key whose file it is in.
  const bodies = new Map();
  async function body(key, place = key) {
    const n = hash(small ? place.replace(/ .*/, "") : place) % 2 ** bits;
    if (!bodies.has(n)) {
      bodies.set(n, file(numbered("k", n)).then((d) => {
        let key = "";
        const found = new Map();
        for (const [k, length] of d.list(() => [(key = d.front(key)), d.number()])) found.set(k, d.part(length));
        return found;
      }));
      bodies.get(n).catch(() => bodies.delete(n));
    }
    const at = (await bodies.get(n)).get(key);
    return at && at.again();
  }

  // documents are those of a file, by number, with their texts.
  const documents = async (block) => titlesOf((await file(numbered("d", block))).again().rest(), block * DOCUMENT_BLOCK);

  const keys = new Map();
  return {
    all,
    up,
    small,
    room,
    runs,
    titles,
    // read is how many files were asked for so far.
    read: () => files.size,
    // words are the commonest spellings, the commonest first, with their syllables.
    words() {
      words = words || (inHead ? Promise.resolve(inHead) : file("words.bin").then((d) => d.again().rest())).then((text) => text.split("\n").flatMap((spelling) => syllables(spelling).map(({ key, marks }) => ({ spelling, key, marks }))));
      words.catch(() => { words = null; });
      return words;
    },
    // following are the syllables that most documents have behind one.
    following: (text) => body(bytesOf(`${text} `)).then((d) => (d ? d.list(d.text) : [])),
    // key reads the lists of a syllable or of a pair.
    key(text) {
      const key = bytesOf(text);
      if (!keys.has(key)) {
        keys.set(key, body(key).then((d) => (d ? entry(d, key, room) : { lists: [] })));
        keys.get(key).catch(() => keys.delete(key));
      }
      return keys.get(key);
    },
    // part reads on in a list.
    async part(list, n) {
      if (list.parts[n]) return;
      list.parts[n] = true;
      const cut = Math.log2(list.parts.length);
      const d = await body(`${list.name}\n${n}`, cut < common ? undefined : `\n${hash(list.name) % COMMON_GROUPS}\n${cut}\n${n}`);
      if (d) list.postings.push(...postings(d, d.number(), list.pair));
    },
    // document is what the index says of a document: title, day and path; blocks are its text, if it has a file of its own.
    async document(number) {
      if (!apart) return titles.get(number) || corrupt();
      return (await documents(Math.floor(number / DOCUMENT_BLOCK))).get(number) || corrupt();
    },
  };
}

// titlesOf reads lines of titles, with or without texts below them; number is what the first counts from.
function titlesOf(text, number) {
  const titles = new Map();
  let blocks; // of the text below a title, if it has one
  for (const line of text.split("\n")) {
    const [step, title, day, path] = line.split("\t");
    if (path) titles.set((number += +step), { title, day, path, blocks: (blocks = []) });
    else if (line) (blocks || corrupt()).push({ text: line });
  }
  return titles;
}

// entry reads what stands behind a key: its spellings.
function entry(d, key, room) {
  const pair = key.includes(" ");
  const lists = d.list(() => {
    const marks = d.list(d.byte, pair ? 2 : 1);
    const n = d.number();
    const count = n >> 1;
    const here = n & 1 ? d.number() : count;
    const cut = n & 1 ? d.byte() : 0;
    const name = `${key}\n${marks.map((m) => m.toString(16).padStart(2, 0)).join("")}`;
    // parts says which of the parts are read; each has the numbers of a stretch so wide.
    return { pair, name, marks, count, parts: n & 1 ? Array(2 ** cut).fill(false) : [], wide: Math.floor(room / 2 ** cut) + 1, postings: postings(d, here, pair) };
  });
  return { lists };
}

// postings reads so many postings, each a document, the level of the key in it, and where on the page a pair stands: unless at is
// empty there and nowhere else.
function postings(d, n, pair) {
  const all = [];
  while (all.length < n) {
    const group = d.number();
    const level = group % LEVELS;
    let number = 0;
    d.list(() => {
      number = number ? number - d.number() : d.number();
      all.push({ number, level, at: pair ? places(d) : [] });
    }, (group - level) / LEVELS || corrupt());
  }
  return all;
}

function places(d) {
  const n = d.number();
  let at = n >> 2;
  const others = (n & 3) < 3 ? 2 * (n & 3) : d.number();
  const all = [at, ...d.list(() => (at += d.number()), others >> 1)];
  return others & 1 ? [] : all;
}

// bytesOf is a text as a string of the bytes of its UTF-8.
const bytesOf = (text) => unescape(encodeURIComponent(text));

// hash is FNV-1a.
function hash(bytes) {
  let h = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
