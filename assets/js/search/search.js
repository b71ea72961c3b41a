// The search engine: what a page shows and what tests ask. It needs nothing of a browser.
import { answer, byWorth, titleKeys } from "./rank.js";
import { parse, FITTING } from "./query.js";
import { isLegal, languageOf, mends, readings } from "./forgive.js";

export { open } from "./read.js";
export { suggest } from "./suggest.js";
export { syllables } from "./syllable.js";

const PROVISION = "dieu-khoan";
const LONGEST = 200; // characters of a query
const FIRST_RESULTS = 10;
const PROVISIONS_FIRST = 3; // among them, at most
const WELL = 0.9; // a result that has so much of what a query tells is what was meant
const MOSTLY = 0.75; // where nothing else is found, so much is enough
const SCREEN = 5; // results that stand on a phone's first screen
const filesFor = (limit) => (limit > SCREEN ? 6 : 4) * limit; // of a large site's keys that a query reads; half as many again where it is mended
const MENDED = 0.75; // where more of these files were read than so many, nothing else was meant
const LATER = 4; // of them behind the first round, at least
const ONE_MORE = 1; // what begins with the last syllable, or a word by itself
const FEW = 3; // results that have all of a query: where there are no more, others that have most of it follow

// search answers a query. index is as open gives it; table is content/tim-kiem.toml's part in the page's language. With exact nothing
// is mended. The answer has the documents wanted, each with number, kind, year, title, day and path; total counts the results, of which
// there may be more if complete is false; kinds and years count those of each, without the filter by it; query is what was answered, and
// mended the text that was taken for what was typed, if it was not that.
export async function search(index, typed, { kind, year, limit, exact, table }) {
  const text = (typed || "").slice(0, LONGEST);
  const hasKind = (r) => !kind || r.kind === kind;
  const hasYear = (r) => !year || r.year === year;
  const passes = (r) => hasKind(r) && hasYear(r);
  const language = languageOf(table);
  const before = index.read();
  const rest = () => filesFor(limit) + ONE_MORE - (index.read() - before); // files that may still be read, what is shown not counted
  const ask = async (query, reading, most) => {
    const { asked } = query;
    const found = await answer(index, query, {
      wanted: limit,
      most,
      passes,
      isStop: (i) => language.isStop(asked, i),
      isWord: (i) => /^\d/.test(asked[i].key) || table.language !== "vi" || !isLegal(asked[i].key),
    });
    return { ...found, query, results: found.results.map((r) => ({ ...r, reading })) };
  };
  const all = async (text, finished, share = 1) => {
    const others = exact || isTitle(index, text) ? [] : await readings(text, table, index);
    const asked = [text, ...others].map((one, i) => parse(one, finished || i > 0));
    const { queries, left } = index.small ? { queries: asked, left: 0 } : affordable(asked, share * filesFor(limit));
    const found = await Promise.all(queries.map((query, i) => ask(query, i && 1, () => Math.floor(Math.min(left, rest()) / queries.length))));
    return merged(found, passes, limit);
  };

  const hasRead = (share) => !index.small && index.read() - before > share * filesFor(limit);
  let found = await all(text);
  let mended;
  const fits = (r) => r.whole && r.grade && (r.together || r.cover > WELL || r.exact);
  if (!exact && !found.results.some(fits) && !hasRead(MENDED)) {
    for (const other of await mends(text, index, table, language)) {
      if (hasRead(1)) break;
      const better = await all(other, true, 0.5);
      if (!better.results.some(fits) && !(!found.results.length && better.results.some((r) => r.cover > MOSTLY))) continue;
      found = better;
      mended = other;
      break;
    }
  }
  const { results, complete, query } = found;
  const shown = spread(once(results.filter(passes), index), kind);
  const documents = await Promise.all(shown.slice(0, limit).map(async (r) => ({ ...r, ...(await index.document(r.number)) })));
  return { query, mended, documents, total: shown.length, complete, kinds: count(results.filter(hasYear), "kind"), years: count(results.filter(hasKind), "year") };
}

// isTitle says whether a text is the title of a page in the head: then nothing else is meant by it.
function isTitle(index, text) {
  const typed = text.trim().normalize("NFC");
  const { asked } = parse(typed, true);
  return [...index.titles.values()].some((d) => d.title.length === typed.length && titleKeys(d).join() === asked.map(({ key }) => key).join());
}

// affordable are those of a query's readings whose pairs a large site is asked for at once, where it is to be asked for so many files, and
// how many are left for later.
function affordable(readings, most) {
  const keys = new Set();
  const queries = readings.filter(({ asked }, n) => {
    const mine = asked.map(({ key }, i) => (i ? `${asked[i - 1].key} ${key}` : asked.length > 1 ? "" : key)).filter((key) => key && !keys.has(key));
    if (n && keys.size + mine.length > most - LATER) return false;
    mine.forEach((key) => keys.add(key));
    return true;
  });
  return { queries, left: Math.max(most - keys.size, LATER) };
}

// merged joins the answers to the readings of a query, the first of which is what was typed: each document by the reading that it answers
// best.
function merged(found, passes, limit) {
  const best = new Map();
  for (const { results, query } of found) {
    for (const r of results) {
      const other = best.get(r.number);
      if (!other || byWorth(r, other) < 0) best.set(r.number, { ...r, query });
    }
  }
  let results = [...best.values()].sort(byWorth);
  const count = (has) => results.filter((r) => passes(r) && has(r)).length;
  if (count((r) => r.whole) >= FEW) results = results.filter((r) => r.whole);
  if (count((r) => r.grade >= FITTING) >= limit) results = results.filter((r) => r.grade >= FITTING);
  return { results, complete: found.every(({ complete }) => complete), query: found[0].query };
}

// once leaves out provisions below which there is a better result: a clause stands once.
function once(results, index) {
  const above = new Set();
  return results.filter((r) => {
    const { path } = (r.kind === PROVISION && index.titles.get(r.number)) || {};
    if (!path) return true;
    if (above.has(path)) return false;
    const parts = path.replace(/\/$/, "").split("-");
    for (let n = parts.length - 1; n > 0; n--) above.add(`${parts.slice(0, n).join("-")}/`);
    return true;
  });
}

// spread lets no more than three provisions stand among the first ten results, unless they alone are wanted: the plan has a place there,
// but not every place.
function spread(results, kind) {
  if (kind === PROVISION) return results;
  const first = [];
  const later = [];
  let provisions = PROVISIONS_FIRST;
  let next = 0;
  for (; first.length < FIRST_RESULTS && next < results.length; next++) {
    const r = results[next];
    if (r.kind === PROVISION && --provisions < 0) later.push(r);
    else first.push(r);
  }
  return [...first, ...later, ...results.slice(next)];
}

const count = (results, by) => {
  const counts = {};
  for (const r of results) if (r[by]) counts[r[by]] = (counts[r[by]] || 0) + 1;
  return counts;
};
