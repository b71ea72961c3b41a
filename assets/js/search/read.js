// The twin of internal/search/read.go: an index, read as far as a query needs it.
import { corrupt, decoder, gunzip } from "./codec.js";

const TITLES_IN_BLOCK = 16;
const TITLES_IN_NODE = 128;
const LEVELS = 32;
const CHUNK = 8192; // postings
const PREFIX_SHARDS = 3;

// open opens the index at an address. inflate is for gunzip; with anew nothing is taken from the browser's cache.
export async function open(address, inflate, anew) {
  const files = {};
  const file = async (name, cache) => {
    const answer = await fetch(`${address}${name}.bin`, { cache: anew ? "reload" : cache });
    return answer.ok ? gunzip(new Uint8Array(await answer.arrayBuffer()), inflate) : corrupt();
  };
  // A file is named by its hash in base32hex.
  const hashed = (hash) => (files[hash] = files[hash] || file(hash.toString(32).padStart(8, 0), "force-cache"));
  const decoded = async (hash) => decoder(await hashed(hash));
  const textOf = async (hash) => new TextDecoder().decode(await hashed(hash)).split("\n");

  const d = decoder(await file("root", "default"));
  if (d.text(3) !== "lh1") corrupt();
  const site = new URL(d.text(), address).href;
  const kinds = d.list(d.text);
  const words = d.hash();
  const runs = []; // of documents of one kind and year, each from its first document
  let all = 0;
  const segments = d.list(() => {
    const segment = { first: all, count: d.number() };
    d.list(() => {
      runs.push({ kind: kinds[d.number()], year: d.number(), first: all });
      all += d.number();
    });
    return { ...segment, directories: [directory(d), directory(d, true), directory(d, true), directory(d, true)] };
  });

  return {
    all,
    site,
    runs,
    // words are the commonest spellings.
    words: () => textOf(words),
    // lists are the lists of a key in a dictionary (1: of syllables, 2: of pairs, 3: of skips), or of the other keys that it is the
    // beginning of.
    async lists(dictionary, key, beginning) {
      const last = beginning ? `${key}\xff` : key;
      const found = await Promise.all(segments.map(async (segment) => {
        const shards = [];
        const { depth, entries } = segment.directories[dictionary];
        for (const { hash } of within(entries, key, last)) shards.push(...(depth ? within(directory(await decoded(hash), true).entries, key, last) : [{ hash }]));
        return Promise.all(shards.slice(0, beginning ? PREFIX_SHARDS : 1).map(async ({ hash }) => {
          const d = await decoded(hash);
          let k = "";
          return d.list(() => [(k = d.front(k)), d.number()]).map(([k, length]) => {
            const body = d.part(length);
            return (beginning ? k !== key && k.startsWith(key) : k === key) ? body.list(() => list(body, Math.min(dictionary, 2), segment)) : [];
          });
        }));
      }));
      return found.flat(3);
    },
    // more reads on in a list, as much again as was read of it.
    async more({ chunks, postings: some, segment }) {
      const read = await Promise.all(chunks.splice(0, 1 + some.length / CHUNK).map(decoded));
      for (const d of read) some.push(...postings(d, d.number(), segment));
    },
    // document is what the index says of a document.
    async document(number) {
      const { first, directories } = segments.find((s) => number < s.first + s.count);
      let { depth, entries } = directories[0];
      let block = Math.floor((number - first) / TITLES_IN_BLOCK);
      if (depth) {
        ({ entries } = directory(await decoded(entries[Math.floor(block / TITLES_IN_NODE)].hash)));
        block %= TITLES_IN_NODE;
      }
      const [title, day, path] = (await textOf(entries[block].hash))[(number - first) % TITLES_IN_BLOCK].split("\t");
      return { title, day, path };
    },
  };
}

// directory names the files of a dictionary, each with its first key, or those of titles.
function directory(d, keys) {
  let key = "";
  return { depth: d.byte(), entries: d.list(() => ({ key: keys && (key = d.front(key)), hash: d.hash() })) };
}

// within returns the entries from the one that may have first to the last that may have last.
const within = (entries, first, last) => entries.filter(({ key }, i) => key <= last && !(i + 1 < entries.length && entries[i + 1].key <= first));

// list is the documents of a key in one spelling: so many, of which some are read.
function list(d, size, segment) {
  const marks = d.list(d.byte, size);
  const n = d.number();
  const split = n % 2;
  const count = (n - split) / 2;
  const here = split ? d.number() : count;
  const chunks = split ? d.list(d.hash) : [];
  return { marks, count, chunks, postings: postings(d, here, segment), segment };
}

// postings reads so many postings, each a document and the level of the key in it.
function postings(d, n, { first, count }) {
  const all = [];
  while (all.length < n) {
    const group = d.number();
    const level = group % LEVELS;
    let number = first + count;
    d.list(() => {
      number -= d.number();
      all.push({ number, level });
    }, (group - level) / LEVELS);
  }
  return all;
}
