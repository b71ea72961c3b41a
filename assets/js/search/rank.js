// The twin of internal/search/rank.go: which documents answer a query, and in which order.
import { ANOTHER, FITTING, SAME, gradeOf, parse } from "./query.js";
import { syllables } from "./syllable.js";

const PROVISION = "dieu-khoan";
const FIRST_RESULTS = 10;
const PROVISIONS_FIRST = 3; // among them, at most
const MOST_READ = 40;
const PREFIX_WORDS = 4;
const LEVELS = 32;
const LEVEL_TITLE = 12;

// search answers a query. has looks whether a document's page has the phrases of a query. The answer has the documents wanted; total
// counts the results, of which there may be more if complete is false; kinds and years count those of each, without the filter by it.
export async function search(index, text, { kind, year, limit }, has) {
  const query = parse(text);
  const { asked, phrases } = query;
  const n = asked.length;
  // What was read of each syllable, then, from n on, of the pair that each ends, and, from 2n on, of the skip; the only syllable of a
  // query is in place of a pair.
  const slots = [...asked, ...asked, ...asked].map(() => []);
  const hasKind = (r) => !kind || r.kind === kind;
  const hasYear = (r) => !year || r.year === year;
  const passes = (r) => hasKind(r) && hasYear(r);
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
    const hits = {}; // of a document, by slot: grade × levels + level, -1 for none
    const rarity = slots.map((lists, slot) => {
      let documents = 0;
      for (const list of lists) {
        if (list.grade) documents += list.count;
        if (list.grade < least) continue;
        for (const { number, level } of list.postings) {
          // A skip alone is no answer.
          const hit = slot < 2 * n ? (hits[number] = hits[number] || slots.map(() => -1)) : hits[number];
          if (hit) hit[slot] = Math.max(hit[slot], list.grade * LEVELS + level);
        }
      }
      return logarithm(16 * index.all) - logarithm(documents || 1);
    });
    let run = index.runs.length - 1;
    results = []; // the highest number first, as sorting leaves it among equals
    for (const number of Object.keys(hits).reverse()) {
      while (index.runs[run].first > number) run--;
      const { kind, year } = index.runs[run];
      const judged = judge(hits[number], rarity);
      if (judged) results.push({ number, kind, year, ...judged });
    }
    results.sort((a, b) => b.worth - a.worth || b.year - a.year);
    if (kind !== PROVISION) spread();
  };

  // judge says how well a document with these hits answers, if it does: by its grade, whether the query is its title, whether it is
  // together, in one stretch (2) or in pairs (1), and by its score.
  const judge = (hit, rarity) => {
    let grade = SAME;
    let exact = 1;
    let together = 2;
    let score = 0;
    for (let i = 0; i < n; i++) {
      const pair = hit[n + i];
      grade = Math.min(grade, Math.max(hit[i], pair, hit[n + i + 1]) >> 5);
      if (grade < (asked[i].phrase && SAME) || (pair < 0 && asked[i].bound)) return;
      if (i || n === 1) exact &= pair % LEVELS === LEVELS - n;
    }
    for (let i = 1; i < n; i++) {
      if (!asked[i].adjacent) continue;
      if (hit[n + i] < grade * LEVELS) together = 0;
      else if (asked[i - 1].adjacent && hit[2 * n + i] < grade * LEVELS) {
        together = Math.min(together, 1);
        if (asked[i].bound && asked[i - 1].bound) return;
      }
    }
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
  const unread = () => slots.flat().filter((list) => list.grade >= least && list.chunks.length);
  for (const step of steps) {
    await Promise.all(asked.map(step));
    // Read on in the lists until there are enough results or no more.
    for (rank(); answers().length < limit && unread().length; rank()) await Promise.all(unread().map(index.more));
    if (answers().length >= limit) break;
  }

  // Four syllables and more may stand in two stretches that share a compound: the pages that have the whole query in one come first.
  if (n > 3 && asked.every((s, i) => !s.phrase && (!i || s.adjacent))) {
    const best = results.length && results[0].grade;
    const whole = { ...query, phrases: [asked], least: best };
    const end = results.findIndex((r) => r.together < 2 || r.grade < best);
    const rest = results.splice(0, end < 0 ? results.length : end);
    const stretch = [];
    const apart = [];
    for (let read = 0; rest.length && stretch.length < limit && read < MOST_READ; read += limit) {
      const some = rest.splice(0, limit);
      const have = await Promise.all(some.map(async (r) => passes(r) && has(whole, { ...r, ...(await index.document(r.number)) })));
      some.forEach((r, i) => (have[i] ? stretch : apart).push(r));
    }
    results.unshift(...stretch, ...apart, ...rest);
    if (kind !== PROVISION) spread();
  }

  const titled = answers().slice(0, phrases.length ? MOST_READ : limit).map(async (r) => ({ ...r, ...(await index.document(r.number)) }));
  const documents = [];
  let total = answers().length;
  for (const d of titled) {
    if (documents.length === limit) break;
    if (!phrases.length || await has(query, await d)) documents.push(await d);
    else total--;
  }
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
