// The twin of internal/search/suggest.go: the nearest spelling that has results.
import { syllables } from "./syllable.js";

const MOST_MENDS = 6;
const MENDS_PER_SYLLABLE = 3;

// suggest shows the nearest spelling, if there is one: the query with one syllable changed by as little as can be (a letter, two in a
// longer one), or cut in two, the commonest first. find answers a query; signal says that the answer is not wanted any more.
export async function suggest(element, index, text, find, signal) {
  const words = (await index.words()).filter(Boolean).map((spelling) => ({ spelling, key: syllables(spelling)[0].key }));
  for (const { start, end, spelling } of mends(syllables(text), words).slice(0, MOST_MENDS)) {
    const mended = (text.slice(0, start) + spelling + text.slice(end)).trim();
    const { total } = await find(mended, 1);
    if (signal.aborted) return;
    if (!total) continue;
    const link = element.querySelector("a");
    link.textContent = mended;
    link.href = `?${new URLSearchParams({ q: mended })}`;
    element.hidden = false;
    return;
  }
}

// mends are the changes worth trying, best first.
function mends(asked, words) {
  const known = new Map(words.map(({ key }, rank) => [key, rank]));
  return asked.filter(({ key }) => /\D/.test(key)).flatMap(({ key, start, end }) => {
    const unknown = !known.has(key);
    const mine = [];
    words.forEach(({ key: other, spelling }, rank) => {
      const most = Math.max(1, key.length >> 2);
      if (other === key || Math.abs(other.length - key.length) > most) return;
      const far = distance(key, other);
      if (far <= most) mine.push({ start, end, spelling, unknown, far, rank });
    });
    for (let i = 1; unknown && i < key.length; i++) {
      const parts = [known.get(key.slice(0, i)), known.get(key.slice(i))];
      if (parts.includes(undefined)) continue;
      mine.push({ start, end, spelling: parts.map((rank) => words[rank].spelling).join(" "), unknown, far: 1, rank: Math.max(...parts) });
    }
    return mine.sort(byNearness).slice(0, MENDS_PER_SYLLABLE);
  }).sort(byNearness);
}

const byNearness = (a, b) => b.unknown - a.unknown || a.far - b.far || a.rank - b.rank;

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
