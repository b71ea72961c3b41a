// The twin of internal/search/suggest.go: the nearest spelling that has results.
import { SAME, gradeOf, parse } from "./query.js";
import { syllables } from "./syllable.js";

const MOST_MENDS = 6;
const MENDS_PER_SYLLABLE = 3;

// suggest shows the nearest spelling that has results, if there is one: the query with one syllable changed by as little as can be (a
// letter, two in a longer one), or cut in two, the commonest first. find answers a query; signal says that nobody waits any more.
export async function suggest(element, index, text, find, signal) {
  const words = (await index.words()).flatMap((spelling) => syllables(spelling).map(({ key, marks }) => ({ spelling, key, marks })));
  let any;
  for (const { start, end, spelling } of mends(text, words).slice(0, MOST_MENDS)) {
    const mended = text.slice(0, start) + spelling + text.slice(end);
    const { documents: [best] } = await find(mended, 1);
    if (signal.aborted) return;
    if (!best) continue;
    any = any || mended;
    if (best.grade < SAME || !best.together) continue;
    any = mended;
    break;
  }
  if (!any) return;
  const link = element.querySelector("a");
  link.textContent = any;
  link.href = `?${new URLSearchParams({ q: any })}`;
  element.hidden = false;
}

// mends are the changes worth trying, best first.
function mends(text, words) {
  const query = parse(text);
  const known = new Map();
  words.forEach(({ key }, rank) => known.has(key) || known.set(key, rank)); // its commonest spelling
  const spell = ({ spelling, key }) => (query.accented || query.asked.length === 1 ? spelling : key);
  return syllables(text).slice(0, query.asked.length).filter(({ key }) => /^\D/.test(key)).flatMap(({ key, marks, start, end }) => {
    const unknown = !known.has(key);
    const most = Math.max(1, key.length >> 2);
    const mine = [];
    words.forEach((word, rank) => {
      if (word.key === key || Math.abs(word.key.length - key.length) > most) return;
      const far = distance(key, word.key);
      if (far <= most) mine.push({ start, end, spelling: spell(word), unknown, far, grade: gradeOf(query, marks, word.marks), rank });
    });
    for (let i = 1; unknown && i < key.length; i++) {
      const parts = [known.get(key.slice(0, i)), known.get(key.slice(i))];
      if (parts.includes(undefined)) continue;
      mine.push({ start, end, spelling: parts.map((rank) => spell(words[rank])).join(" "), unknown, far: 1, grade: SAME, rank: Math.max(...parts) });
    }
    return mine.sort(byNearness).slice(0, MENDS_PER_SYLLABLE);
  }).sort(byNearness);
}

const byNearness = (a, b) => b.unknown - a.unknown || a.far - b.far || b.grade - a.grade || a.rank - b.rank;

// distance counts the letters to put in, take out, change or swap with a neighbour.
function distance(a, b) {
  let before;
  let last = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    before = last;
    last = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.length];
}
