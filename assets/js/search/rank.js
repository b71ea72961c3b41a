// Which documents answer one reading of a query, how well, and in which order.
import { ANOTHER, FITTING, SAME, gradeOf, isName } from "./query.js";
import { syllables } from "./syllable.js";

const LEVELS = 32;
const PROVISION = 12; // the levels of internal/search/text.go
const TITLE = 13;
const SECTION = "page"; // the kind of sections, and of pages by themselves
const MOST_BEGINNINGS = 4;
const OFTEN = 100; // documents that have a syllable in pairs: so many that it is not asked for by itself
const SCREEN = 5; // results that stand on a phone's first screen
const MOST_SINGLES = 6; // syllables by themselves that a large site is asked for

// What part of what a query tells a document must have, if it has not all of it.
const ENOUGH = 0.6;
// How far one syllable counts that stands without the neighbour it was asked with, or by itself.
const PART = 0.3;
const ALONE = 0.6;

// answer ranks the documents that answer a query. words says which syllables are no part of what is asked for (isStop) and whether a
// syllable is a word (isWord); filter says which runs of documents are wanted. The answer has results, best first, and whether they
// are complete. Of a large site most() says, when the pairs are read, how many more files may be.
export async function answer(index, query, { isStop, isWord, wanted, passes, most }) {
  const { asked } = query;
  const n = asked.length;
  const singles = asked.map(() => []);
  const pairs = asked.map(() => []); // the pair that a syllable ends
  if (!n) return { results: [], complete: true };
  const links = asked.map((s, i) => s.adjacent && !(isStop(i) && isStop(i - 1))); // the pairs that are looked for

  // load reads the lists of a key for these syllables of the query, of which the last may be a beginning.
  const load = async (slot, key, syllables, beginning) => {
    for (const list of (await index.key(key)).lists) {
      const grades = syllables.map((s, i) => gradeOf(query, s.marks, list.marks[i], beginning && s.open));
      slot.push({ ...list, source: list, grade: Math.min(...grades) });
    }
  };
  const beginnings = async (s, i) => {
    let keys;
    if (n === 1) keys = (await index.words()).map(({ key }) => key);
    else if (s.adjacent) keys = await index.following(asked[i - 1].key);
    keys = [...new Set(keys)].filter((key) => key !== s.key && key.startsWith(s.key)).slice(0, MOST_BEGINNINGS);
    await Promise.all(keys.map((key) => (n === 1 ? load(singles[i], key, [s], true) : load(pairs[i], `${asked[i - 1].key} ${key}`, [asked[i - 1], s], true))));
  };
  await Promise.all(asked.map((s, i) => Promise.all([
    links[i] && load(pairs[i], `${asked[i - 1].key} ${s.key}`, [asked[i - 1], s]),
    (n === 1 || (index.small && !isStop(i))) && load(singles[i], s.key, [s]),
    s.open && (index.small ? beginnings(s, i) : s.adjacent && index.following(asked[i - 1].key)), // which beginnings need, if it comes to them
  ])));
  const rank = () => judged(index, query, singles, pairs, links, { isStop, isWord });
  let results = rank();
  const paired = (i) => isStop(i) || [pairs[i], pairs[i + 1]].some((lists) => lists && lists.length);
  const known = () => asked.every((_, i) => paired(i)); // else something is mistyped, or by itself
  const isOften = (i) => [...pairs[i], ...(pairs[i + 1] || [])].reduce((sum, { grade, count }) => sum + (grade ? count : 0), 0) >= OFTEN; // in pairs
  const together = () => results.filter((r) => r.together).length;
  // What is read on of syllables and pairs: the spellings that were typed.
  const typed = () => [...pairs, ...singles].map((lists, slot) => ({ at: slot % n, lists: lists.filter(({ grade }) => grade > (asked[slot % n].phrase ? FITTING : ANOTHER)) }));
  const occur = () => asked.every((_, i) => paired(i) || singles[i].some(({ grade }) => grade));
  const linked = links.every((link, i) => !link || pairs[i].some(({ grade }) => grade)); // else nothing has all of it side by side
  const enough = () => results.filter((r) => r.together || (!linked && r.whole && r.grade)).length >= wanted;
  let left = Math.max(most(), 0);
  // What was not found in pairs, and not among the best of long lists, takes one more round. One more still takes a phrase, what is nowhere
  // side by side, and what is beyond the first screen: half of what may be read is left for when it is known where to look.
  for (let turn = 0; turn < 2 && !(turn ? enough() : together() >= wanted); turn++) {
    const again = query.phrases.length || (known() && !together()) || (wanted > SCREEN && (!turn || occur()));
    if (turn && !again) break;
    const alone = index.small || turn || n === 1 ? [] : await loners(index, asked, paired, (i) => isStop(i) || isOften(i), Math.min(MOST_SINGLES, Math.ceil(left / 2)));
    const open = index.small || turn ? [] : asked.filter((s) => s.open);
    left -= alone.length + MOST_BEGINNINGS * open.length;
    const parts = missing(typed(), passes, index, { most: known() || n === 1 || turn ? left : Math.floor(left / 4), again: again && !turn, all: known() && !query.phrases.length, wanted });
    left -= parts.length;
    const more = [...parts.map(({ source, n }) => index.part(source, n)), ...alone.map((i) => load(singles[i], asked[i].key, [asked[i]])), ...open.map((s) => beginnings(s, asked.indexOf(s)))];
    if (!more.length) break;
    await Promise.all(more);
    results = rank();
  }
  return { results, complete: [...singles, ...pairs].flat().every(({ source }) => source.parts.every(Boolean)) };
}

// loners are the syllables of which a large site is asked by themselves, no more than so many: those that stand in no pair that occurs,
// then the rarer. What is quoted stands in pairs.
async function loners(index, asked, paired, passes, most) {
  const ranks = new Map((await index.words()).map(({ key }, rank) => [key, rank]).reverse()); // by its commonest spelling
  const rank = (i) => ranks.get(asked[i].key) ?? ranks.size;
  return asked.map((_, i) => i).filter((i) => !passes(i) && !asked[i].phrase).sort((a, b) => paired(a) - paired(b) || rank(b) - rank(a)).slice(0, most);
}

// missing are the parts of long lists that are worth reading, so many at most. The lists that the fewest documents have are read in whole, as
// far as that goes; of the others the parts with documents that have what was read in whole, side by side where any has; then, if all may be
// read and fewer documents have it than are wanted, some of what is left. The newest come first, so that of the newest documents all is known. If
// there is to be asked again and not all of it can be read, half is kept for then, when more is known.
function missing(slots, passes, index, { most, again, all, wanted }) {
  const runs = index.runs.filter(passes);
  const unread = ({ lists }) => lists.flatMap(({ source }) => source.parts.flatMap((read, n) => {
    const [from, to] = [n * source.wide, (n + 1) * source.wide];
    return !read && runs.some((run) => run.first < to && run.end > from) ? [{ source, n, from, to }] : [];
  }));
  let candidates = null; // documents, each with where the query would begin in it; null: any
  let numbers = []; // of these, ascending
  const isWanted = ({ from, to }) => !candidates || numbers.find((number) => number >= from) < to;
  const found = []; // by list, the rarest first
  const left = [];
  for (const slot of rarestFirst(slots)) {
    const parts = unread(slot);
    const mine = parts.filter(isWanted);
    if (!mine.length && !found.length) {
      candidates = narrowed(candidates, slot);
      numbers = [...(candidates || []).keys()].sort((a, b) => a - b);
    }
    if (all && candidates && candidates.size < wanted) left.push(...parts.filter((part) => !mine.includes(part)));
    if (mine.length) found.push(mine);
  }
  const worth = found.flat();
  const half = again && worth.length > most ? most / 2 : most;
  const whole = [];
  while (found.length && whole.length + found[0].length <= half) whole.push(...found.shift());
  const newest = (parts) => parts.sort((a, b) => b.to - a.to);
  return [...whole, ...newest(found.flat()), ...(again ? [] : newest(left).slice(0, half / 2))].slice(0, Math.max(half, 0));
}

// rarestFirst sorts syllables and pairs by how many documents have them. A pair that its neighbours tell of (see judged), which have no more,
// comes last.
function rarestFirst(slots) {
  const size = ({ lists }) => lists.reduce((sum, { count }) => sum + count, 0);
  const sorted = slots.filter(({ lists }) => lists.length).sort((a, b) => size(a) - size(b));
  const last = [];
  for (const slot of [...sorted].reverse()) {
    const [before, own, after] = [-1, 0, 1].map((step) => slots[slot.at + step]);
    const tells = (other) => other && other.lists.length && size(other) <= size(own) && !last.includes(other);
    if (own === slot && tells(before) && tells(after)) last.unshift(slot);
  }
  return [...sorted.filter((slot) => !last.includes(slot)), ...last];
}

// narrowed are those of some documents that have a syllable or a pair where the others stand; all of them, if none has.
function narrowed(candidates, { lists, at }) {
  const found = new Map();
  for (const { source } of lists) {
    for (const posting of source.postings) {
      const starts = posting.at.map((place) => place - at);
      const before = candidates ? candidates.get(posting.number) : [];
      if (!before) continue;
      const both = before.length && starts.length ? starts.filter((start) => before.includes(start)) : [...before, ...starts];
      if (both.length || !(before.length && starts.length)) found.set(posting.number, both);
    }
  }
  return found.size ? found : candidates;
}

// judged ranks the documents of what was read so far.
function judged(index, query, singles, pairs, links, { isStop, isWord }) {
  const { asked } = query;
  const n = asked.length;
  const all = 16 * Math.max(index.all, 1);
  const documents = (lists) => Math.max(...lists.filter((l) => l.grade).map((l) => l.count), 0);
  const told = (lists) => Math.log2(all / Math.max(documents(lists), 1)); // what a hit tells, in bits
  const inPairs = (i) => [...pairs[i], ...(pairs[i + 1] || [])];
  const single = singles.map((lists, i) => told(lists.length ? lists : inPairs(i)));
  const pair = pairs.map(told);
  const units = unitsOf(asked, pairs, isStop, isWord).map((unit) => {
    const { from, to } = unit;
    const stops = asked.slice(from, to).every((_, i) => isStop(from + i));
    return { ...unit, tells: stops ? 0 : unit.pair ? pair[to - 1] : unit.absent ? Math.log2(all) : single[from] };
  });

  const wordsAlone = units.every(({ from, pair }) => pair || isWord(from) || isStop(from)); // so that none of them means another beside others
  const hits = new Map();
  const none = Array(2 * n).fill(null);
  [...singles, ...pairs].forEach((lists, slot) => {
    for (const { source, grade } of lists) {
      for (const posting of source.postings) {
        let hit = hits.get(posting.number);
        if (!hit) hits.set(posting.number, (hit = [...none]));
        if (!hit[slot] || grade > hit[slot].grade || (grade === hit[slot].grade && posting.level > hit[slot].level)) hit[slot] = { grade, level: posting.level, at: posting.at };
      }
    }
  });
  hits.forEach(fill);
  let run = index.runs.length - 1;
  const results = [];
  for (const number of [...hits.keys()].sort((a, b) => b - a)) {
    while (index.runs[run].first > number) run--;
    const { kind, year } = index.runs[run];
    const result = judge(hits.get(number), kind, number);
    if (result) results.push({ number, kind, year, ...result });
  }
  // A name whose marks are others' is no name of what was asked for, where there is what has the right ones.
  const best = Math.max(0, ...results.filter((r) => r.whole).map((r) => r.grade));
  for (const result of results) if (result.grade < best) result.named = 0;
  return results.sort(byWorth);

  function judge(hit, kind, number) {
    const has = (i) => [hit[i], hit[n + i], i + 1 < n ? hit[n + i + 1] : null].filter(Boolean);
    let grade = SAME;
    let whole = true;
    let exact = true;
    let named = true;
    let together = 2;
    for (let i = 0; i < n; i++) {
      const mine = has(i);
      const best = Math.max(-1, ...mine.map((h) => h.grade));
      if (asked[i].phrase && best < SAME) return null;
      if (asked[i].bound && (!hit[n + i] || (asked[i].phrase && hit[n + i].grade < SAME))) return null;
      if (best < 0) {
        if (!isStop(i)) whole = false;
        named = named && isStop(i);
        exact = false;
        continue;
      }
      grade = Math.min(grade, best);
      named = named && (isStop(i) || inTitle(mine));
      const link = i || n === 1 ? hit[n === 1 ? 0 : n + i] : null;
      if (i || n === 1) exact = exact && Boolean(link) && link.level === LEVELS - n;
    }
    for (let i = 1; i < n; i++) if (links[i] && !(hit[n + i] && hit[n + i].grade >= grade)) together = 0;
    if (together && n > 2 && !inStretch(hit)) together = 1;
    if (query.phrases.length && !together) together = 1;
    for (const phrase of query.phrases) {
      const from = asked.indexOf(phrase[0]);
      if (!chain(hit, from + 1, from + phrase.length)) return null;
    }
    let score = 0;
    for (let i = 0; i < n; i++) {
      if (hit[i]) score += weight(hit[i].level) * single[i];
      if (hit[n + i]) score += weight(hit[n + i].level) * pair[i];
    }
    const said = saidIn(number, has);
    const section = isName(kind) && index.titles.has(number) && isAskedFor(index.titles.get(number), kind);
    const cover = coverage(whole ? hit : hit.map((h) => (h && h.grade ? h : null)));
    if (!(whole && (together || n === 1)) && cover < ENOUGH) return null;
    return { grade, whole, exact: exact || section, named: named && (together || wordsAlone) && isName(kind) ? said * LEVELS + Math.max(...hit.map((h) => (h ? h.level : 0))) : 0, said, together: whole ? together : 0, score, cover };
  }

  // isAskedFor says whether a section is asked for by its title, or what is in one by both their titles: organisation of the union.
  function isAskedFor(title, kind) {
    const keys = titleKeys(title);
    if (kind === SECTION && asked.every(({ key }, i) => keys[i] === key)) return true;
    const isAsked = (key) => asked.some((s) => s.key === key);
    if (!keys.every(isAsked)) return false;
    const path = title.path.replace(/[^/]+\/$/, "");
    const above = [...index.titles.values()].find((t) => t.path === path);
    return !!above && titleKeys(above).every(isAsked) && asked.every(({ key }, i) => isStop(i) || keys.includes(key) || above.keys.includes(key));
  }

  // fill puts in the pairs that were not read, where those before and behind them stand so that they stand between.
  function fill(hit) {
    for (let i = n + 2; i < 2 * n - 1; i++) {
      const [before, own, after] = hit.slice(i - 1, i + 2);
      if (own || !before || !after || !links[i - n]) continue;
      const at = before.at.map((place) => place + 1).filter((place) => after.at.includes(place + 1));
      if (at.length) hit[i] = { grade: Math.min(before.grade, after.grade), level: Math.min(before.level, after.level), at };
    }
  }

  // saidIn is how many syllables of the query stand in a title, those of questions among them.
  function saidIn(number, has) {
    const title = index.titles.get(number);
    if (!title) return asked.filter((_, i) => inTitle(has(i))).length;
    const keys = titleKeys(title);
    return asked.filter(({ key }) => keys.includes(key)).length;
  }

  // inStretch says whether the query stands in one stretch of the text, as far as it is asked for in one.
  function inStretch(hit) {
    for (let i = 1; i < n; ) {
      let end = i;
      while (end < n && links[end]) end++;
      if (end - i > 1 && !chain(hit, i, end)) return false;
      i = Math.max(end, i) + 1;
    }
    return true;
  }

  // chain says whether the pairs that end at the syllables from one to before another stand one behind the other.
  function chain(hit, from, end) {
    let starts = null; // of the first pair; null: anywhere
    for (let i = from; i < end; i++) {
      const h = hit[n + i];
      if (!h) return false;
      if (!h.at.length) continue;
      const here = h.at.map((at) => at - (i - from));
      starts = starts ? starts.filter((at) => here.includes(at)) : here;
      if (!starts.length) return false;
    }
    return true;
  }

  // coverage is how much a document has of what the query tells.
  function coverage(hit) {
    let has = 0;
    let sum = 0;
    for (const { from, to, tells, pair } of units) {
      sum += tells;
      if (pair && hit[n + to - 1]) has += tells;
      else if (pair) has += hit[from] && hit[to - 1] ? tells * PART : 0;
      else {
        for (let i = from; i < to; i++) {
          const h = hit[i] || hit[n + i] || hit[n + i + 1]; // what is in a pair is there
          if (h) has += (tells / (to - from)) * (to - from > 1 ? PART : isWord(i) || h.level >= TITLE ? 1 : ALONE);
        }
      }
    }
    return sum ? has / sum : 0;
  }

  // weight is what a hit at a level counts: a provision's words as a title of ten syllables.
  function weight(level) {
    if (level === PROVISION) return 60;
    return (level < TITLE ? 8 : 16) + 2 * level;
  }
}

// titleKeys are the syllables of a title, cut once.
export function titleKeys(title) {
  title.keys = title.keys || syllables(title.title).map(({ key }) => key);
  return title.keys;
}

const inTitle = (hits) => hits.some((h) => h.level >= TITLE);

// unitsOf cuts a query into words, as far as the index knows them: pairs that occur, so that they have the most documents in all, and
// what is left between them. A unit goes from one syllable to before another; it is absent if it stands nowhere.
function unitsOf(asked, pairs, isStop, isWord) {
  const n = asked.length;
  const gain = pairs.map((lists, i) => {
    const documents = lists.reduce((sum, l) => sum + (l.grade ? l.count : 0), 0);
    return asked[i].adjacent && documents && !isWord(i) && !isWord(i - 1) ? 1 + Math.log2(1 + documents) : 0;
  });
  const best = [0];
  for (let i = 1; i <= n; i++) best[i] = Math.max(best[i - 1], gain[i - 1] ? best[i - 2] + gain[i - 1] : 0);
  const units = [];
  for (let to = n; to > 0; to = units[0].from) {
    const pair = best[to] > best[to - 1];
    units.unshift({ from: to - (pair ? 2 : 1), to, pair });
  }
  // Two syllables that are left side by side are a word that stands nowhere.
  const words = [];
  for (const unit of units) {
    const before = words[words.length - 1];
    const left = ({ from, to, pair }) => !pair && to - from === 1 && !isStop(from) && !isWord(from);
    if (before && left(before) && left(unit) && asked[unit.from].adjacent) words[words.length - 1] = { from: before.from, to: unit.to, absent: true };
    else words.push(unit);
  }
  return words;
}

// byWorth puts the better first. A reading is how far what was answered is from what was typed, 0 where it is that.
export function byWorth(a, b) {
  return b.whole - a.whole || (b.grade > 0) - (a.grade > 0) || b.exact - a.exact || (b.kind === SECTION && b.exact) - (a.kind === SECTION && a.exact) || b.named - a.named || (a.reading || 0) - (b.reading || 0)
    || b.together - a.together || b.grade - a.grade || (b.together ? 0 : b.cover - a.cover || b.said - a.said) || b.score - a.score || b.year - a.year || b.number - a.number;
}
