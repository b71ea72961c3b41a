// The twin of internal/search/rank.go: which documents answer a query, and in which order.
import { ANOTHER, FITTING, MOST_SIFTED, SAME, gradeOf, parse } from "./query.js";
import { syllables } from "./syllable.js";

const PREFIX_WORDS = 4;
const LEVELS = 32;
const LEVEL_TITLE = 12;

// search answers a query. arrange (arrange.js) puts the results in order, for which read reads the page of a document. The answer has
// the documents wanted; total counts the results, of which there may be more if complete is false; kinds and years count those of each,
// without the filter by it.
export async function search(index, text, { kind, year, limit }, arrange, read) {
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
    const open = slots.map((lists) => unread(lists).length);
    const rarity = slots.map((lists) => logarithm(16 * index.all) - logarithm(size(lists, (list) => list.grade && list.count) || 1));
    // A result has every syllable, and what may turn out better has every pair that was read whole: neither is outside of the rarest such
    // pair and the other lists with the syllable that it ends in.
    const cover = (slot) => [slot, slot - n, slot + 1];
    const read = (slot) => size(cover(slot), (slot) => size(slots[slot], (list) => list.postings.length));
    const [rarest] = pairs.filter((slot) => !open[slot]).sort((a, b) => read(a) - read(b));
    const core = rarest ? cover(rarest) : [...slots.keys()].slice(0, 2 * n);
    for (const slot of new Set([...core, ...slots.keys()])) {
      for (const list of slots[slot]) {
        if (list.grade < least) continue;
        for (const { number, level } of list.postings) {
          if (core.includes(slot) && !hits.has(number)) hits.set(number, [...none]);
          const hit = hits.get(number);
          if (hit) hit[slot] = Math.max(hit[slot], list.grade * LEVELS + level);
        }
      }
    }
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

  const unread = (lists = slots.flat()) => lists.filter((list) => list.grade >= least && list.chunks.length);
  // As many results as are wanted, and reading on would not show that others are better. Not all will have a phrase.
  const wanted = phrases.length ? MOST_SIFTED : limit;
  const settled = () => results.filter((r) => passes(r) && (r.together > 1 || !undecided)).length >= wanted;
  for (const step of steps) {
    await Promise.all(asked.map(step));
    // Read on in the lists until there are enough results or no more.
    for (rank(); !settled() && unread().length; rank()) await Promise.all(unread().map(index.more));
    if (settled()) break;
  }

  const titled = async (r) => ({ ...r, ...(await index.document(r.number)) });
  const { shown, total } = await arrange(query, results, { kind, limit }, passes, async (r) => read(await titled(r)));
  const documents = await Promise.all(shown.slice(0, limit).map(titled));
  return { query, documents, total, complete: !unread().length, kinds: count(results.filter(hasYear), "kind"), years: count(results.filter(hasKind), "year") };
}

const size = (all, of) => all.reduce((sum, one) => sum + of(one), 0);

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
