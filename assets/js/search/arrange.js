// The twin of the end of internal/search/rank.go: the first results, whose pages are looked into.
import { MOST_SIFTED, gradeOf } from "./query.js";
import { syllables } from "./syllable.js";

const MOST_CONFIRMED = 40; // pages
const PROVISION = "dieu-khoan";
const FIRST_RESULTS = 10;
const PROVISIONS_FIRST = 3; // among them, at most

// arrange puts ranked results in the order that is shown, and returns those that pass the filters and have the phrases, as far as that is
// known, and how many they are. read reads the page of a result.
export async function arrange(query, results, { kind, limit }, passes, read) {
  const { asked, phrases } = query;
  const has = (query) => async (r) => passes(r) && hasPhrase(query, await read(r));
  const spread = kind === PROVISION ? (all) => all : (all) => spreadOf(all, passes);
  let all = spread(results);
  if (asked.length > 3 && asked.every((s, i) => !s.phrase && (!i || s.adjacent))) all = spread(await confirm(query, all, limit, has));
  const shown = all.filter(passes);
  const total = shown.length;
  if (!phrases.length) return { shown, total };
  const [having, lacking] = await sift(shown, limit, has(query));
  return { shown: having, total: total - lacking.length };
}

// spreadOf lets no more than three provisions stand among the first ten results: the plan has a place there, but not every place.
function spreadOf(results, passes) {
  const first = [];
  const later = [];
  let left = FIRST_RESULTS;
  let provisions = PROVISIONS_FIRST;
  let next = 0;
  for (; left && next < results.length; next++) {
    const r = results[next];
    if (r.kind === PROVISION && --provisions < 0) later.push(r);
    else {
      first.push(r);
      left -= passes(r);
    }
  }
  return [...first, ...later, ...results.slice(next)];
}

// confirm puts the results first whose pages have a whole query in one stretch: four syllables and more may stand in two that share a
// compound.
async function confirm(query, results, limit, has) {
  const best = results.length && results[0].grade;
  const whole = { ...query, phrases: [query.asked], least: best };
  const behind = results.findIndex((r) => r.together < 2 || r.grade < best);
  const end = behind < 0 ? results.length : behind;
  const sifted = await sift(results.slice(0, end), limit, has(whole), MOST_CONFIRMED);
  return [...sifted.flat(), ...results.slice(end)];
}

// sift reads the pages of results, as many at a time as are wanted, until so many have what is looked for. It returns the results that
// have it, those that lack it, and those that were not read.
async function sift(rest, limit, has, most = MOST_SIFTED) {
  const having = [];
  const lacking = [];
  for (let read = 0; rest.length && having.length < limit && read < most; read += limit) {
    const some = rest.splice(0, limit);
    const have = await Promise.all(some.map(has));
    some.forEach((r, i) => (have[i] ? having : lacking).push(r));
  }
  return [having, lacking, rest];
}

// hasPhrase says whether, for every phrase, a block has its syllables one behind the other.
const hasPhrase = (query, blocks) => query.phrases.every((want) => blocks.some(({ text }) => {
  const got = syllables(text);
  return got.some((s, at) => want.every((w, i) => got[at + i]?.key === w.key && gradeOf(query, w.marks, got[at + i].marks) >= query.least));
}));
