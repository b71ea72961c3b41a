// The twin of internal/search/rank.go: which documents answer a query, and in which order.
import { ANOTHER, FITTING, MOST_SIFTED, SAME, gradeOf, parse } from "./query.js";
import { syllables } from "./syllable.js";

const PROVISION = "dieu-khoan";
const FIRST_RESULTS = 10;
const PROVISIONS_FIRST = 3; // among them, at most
const PREFIX_WORDS = 4;
const LEVELS = 32;
const LEVEL_TITLE = 12;

// search answers a query. read reads the page of a document, and the others (snippet.js) look into pages. The answer has the documents
// wanted; total counts the results, of which there may be more if complete is false; kinds and years count those of each, without the
// filter by it.
export async function search(index, text, { kind, year, limit }, { hasPhrase, sift, confirm }, read) {
  const query = parse(text);
  const { asked, phrases } = query;
  const n = asked.length;
  // What was read of each syllable, then, from n on, of the pair that each ends, and, from 2n on, of the skip; the only syllable of a
  // query is in place of a pair.
  const slots = [...asked, ...asked, ...asked].map(() => []);
  const hasKind = (r) => !kind || r.kind === kind;
  const hasYear = (r) => !year || r.year === year;
  const passes = (r) => hasKind(r) && hasYear(r);
  const pairs = asked.flatMap((s, i) => (s.adjacent ? n + i : []));
  const skips = asked.flatMap((s, i) => (s.adjacent && asked[i - 1].adjacent ? 2 * n + i : []));
  const links = [...pairs, ...skips];
  let undecided; // whether a document may have the whole query in one stretch by what was not read
  let least = FITTING;
  let results;

  // load reads the lists of a key, which is spelt as the syllables asked for, or begins as the last of them does.
  const load = async (slot, dictionary, key, syllables, beginning, beginnings) => {
    for (const list of await index.lists(dictionary, unescape(encodeURIComponent(key)), beginnings)) {
      const grades = syllables.map((s, i) => gradeOf(query, s.marks, list.marks[i], beginning && s.open));
      slots[slot].push({ ...list, grade: Math.min(...grades) });
    }
  };
  const single = (i, key, beginning) => load(n > 1 ? i : 1, 1, key, [asked[i]], beginning);
  // The pair that syllable i ends; and that from so many syllables before it: the skip.
  const pair = (i, beginning, before = 1) => Promise.all([
    load(n * before + i, before + 1, `${asked[i - before].key} ${asked[i].key}`, [asked[i - before], asked[i]], beginning, beginning),
    before < 2 && asked[i - 1].adjacent && pair(i, beginning, 2),
  ]);
  const steps = [
    // The entries of the pairs, or of the one syllable.
    (s, i) => (n === 1 ? single(i, s.key) : s.adjacent && pair(i)),
    // The last syllable may be the beginning of one.
    async (s, i) => {
      if (!s.open) return;
      if (s.adjacent) await pair(i, true);
      if (n > 1) return;
      const keys = new Set((await index.words()).flatMap(syllables).map(({ key }) => key));
      keys.delete(s.key);
      await Promise.all([...keys].filter((key) => key.startsWith(s.key)).slice(0, PREFIX_WORDS).map((key) => single(i, key, true)));
    },
    // The entries of the syllables that need not stand in a pair.
    (s, i) => n > 1 && !s.bound && !asked[i + 1]?.bound && single(i, s.key),
    () => { least = ANOTHER; },
  ];

  // rank makes the results of what was read so far, in order.
  const rank = () => {
    const hits = new Map(); // of a document, by slot: grade × levels + level, -1 for none
    const none = slots.map(() => -1);
    const rarity = slots.map((lists, slot) => {
      let documents = 0;
      for (const list of lists) {
        if (list.grade) documents += list.count;
        if (list.grade < least) continue;
        for (const { number, level } of list.postings) {
          // A skip alone is no answer.
          if (slot < 2 * n && !hits.has(number)) hits.set(number, none.slice());
          const hit = hits.get(number);
          if (hit) hit[slot] = Math.max(hit[slot], list.grade * LEVELS + level);
        }
      }
      return logarithm(16 * index.all) - logarithm(documents || 1);
    });
    const open = slots.map((lists) => unread(lists).length);
    undecided = false;
    let run = index.runs.length - 1;
    results = []; // the highest number first, as sorting leaves it among equals
    for (const number of [...hits.keys()].sort((a, b) => b - a)) {
      while (index.runs[run].first > number) run--;
      const { kind, year } = index.runs[run];
      const hit = hits.get(number);
      const judged = judge(hit, rarity);
      if (judged) results.push({ number, kind, year, ...judged });
      const lacks = (slot) => hit[slot] < 0;
      if (passes({ kind, year }) && links.some(lacks) && links.every((slot) => open[slot] || !lacks(slot))) undecided = true;
    }
    results.sort((a, b) => b.worth - a.worth || b.year - a.year);
    if (kind !== PROVISION) spread();
  };

  // judge says how well a document with these hits answers, if it does: by its grade, whether the query is its title, whether it is
  // together, in one stretch (2) or in pairs (1), and by its score.
  const judge = (hit, rarity) => {
    let grade = SAME;
    let exact = 1;
    let score = 0;
    for (let i = 0; i < n; i++) {
      const pair = hit[n + i];
      grade = Math.min(grade, Math.max(hit[i], pair, hit[n + i + 1]) >> 5);
      if (grade < (asked[i].phrase && SAME) || (pair < 0 && asked[i].bound)) return;
      if (i || n === 1) exact &= pair % LEVELS === LEVELS - n;
    }
    const has = (slot) => hit[slot] >= grade * LEVELS;
    const together = pairs.every(has) && 1 + skips.every(has);
    if (skips.some((slot) => asked[slot - 2 * n].bound && asked[slot - 2 * n - 1].bound && !has(slot))) return;
    hit.forEach((h, slot) => {
      const level = h % LEVELS;
      if (h >= 0 && slot < 2 * n) score += (2 * level + (level < LEVEL_TITLE ? 8 : 16)) * rarity[slot];
    });
    return { grade, together, worth: (grade * 8 + exact * 4 + together) * 1e6 + score };
  };

  // spread lets no more than three provisions stand among the first ten results.
  const spread = () => {
    const first = [];
    const later = [];
    let left = FIRST_RESULTS;
    let provisions = PROVISIONS_FIRST;
    while (left && results.length) {
      const r = results.shift();
      if (r.kind === PROVISION && --provisions < 0) later.push(r);
      else {
        first.push(r);
        left -= passes(r);
      }
    }
    results.unshift(...first, ...later);
  };

  const answers = () => results.filter(passes);
  const unread = (lists = slots.flat()) => lists.filter((list) => list.grade >= least && list.chunks.length);
  // As many results as are wanted, and reading on would not show that others are better. Not all will have a phrase.
  const wanted = phrases.length ? MOST_SIFTED : limit;
  const settled = () => answers().filter((r) => r.together > 1 || !undecided).length >= wanted;
  for (const step of steps) {
    await Promise.all(asked.map(step));
    // Read on in the lists until there are enough results or no more.
    for (rank(); !settled() && unread().length; rank()) await Promise.all(unread().map(index.more));
    if (settled()) break;
  }

  const titled = async (r) => ({ ...r, ...(await index.document(r.number)) });
  const has = async (query, r) => passes(r) && hasPhrase(query, await read(await titled(r)));
  if (n > 3 && asked.every((s, i) => !s.phrase && (!i || s.adjacent))) {
    results = await confirm(query, results, limit, has);
    if (kind !== PROVISION) spread();
  }

  let shown = answers();
  let total = shown.length;
  if (phrases.length) {
    const [having, lacking] = await sift(shown, limit, (r) => has(query, r));
    total -= lacking.length;
    shown = having;
  }
  const documents = await Promise.all(shown.slice(0, limit).map(titled));
  return { query, documents, total, complete: !unread().length, kinds: count(results.filter(hasYear), "kind"), years: count(results.filter(hasKind), "year") };
}

const count = (results, by) => {
  const counts = {};
  for (const r of results) if (r[by]) counts[r[by]] = (counts[r[by]] || 0) + 1;
  return counts;
};

// logarithm is eight times the binary logarithm, made of whole numbers only.
const logarithm = (x) => {
  const n = 31 - Math.clz32(x);
  return 8 * n + ((x * 8 >> n) & 7);
};
