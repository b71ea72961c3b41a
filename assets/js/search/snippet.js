// What a page says, and the stretch of it around what was asked for.
import { ANOTHER, gradeOf } from "./query.js";
import { syllables } from "./syllable.js";

const SKIPPED = "nav, form, button, script, style, template, svg, noscript, [data-search=no], [hidden], [aria-hidden=true]";
const INLINE = "a, b, code, del, em, i, img, small, span, strong, sub, sup, time"; // that templates and Markdown make
const NONE = -2; // not asked for: no neighbour of the first syllable either
const LENGTH = 32; // syllables in a snippet,
const ENOUGH = 12; // of a block in which nothing matches
const LEAD = 6; // so many of them before the first that matches

// blocksOf reads the text of a page: its paragraphs, headings and so on.
export function blocksOf(html) {
  const blocks = [];
  let text = "";
  const flush = (title) => {
    text = text.trim().replace(/\s+/g, " ");
    if (text) blocks.push({ text, title });
    text = "";
  };
  const walk = (element, title) => {
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) text += node.data;
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SKIPPED)) continue;
      const inline = node.matches(INLINE) && !node.dataset.search;
      if (!inline) flush(title);
      const heading = title || node.matches("h1");
      walk(node, heading);
      if (!inline) flush(heading);
    }
  };
  // The rest of a page would take as long again to parse.
  const [main] = /<main[^]*<\/main>/.exec(html) || [""];
  walk(new DOMParser().parseFromString(main, "text/html").body, false);
  return blocks;
}

// find cuts a text into syllables and says which were asked for, and how well their marks fit. The beginning of a syllable counts
// behind the one asked for before it only; and what stands together once is not looked for alone.
function find(query, text) {
  const all = [];
  for (const { key, marks, start, end } of syllables(text)) {
    const found = { start, end, asked: NONE, grade: ANOTHER };
    const before = all.length && all[all.length - 1].asked;
    query.asked.forEach((a, i) => {
      const beginning = key !== a.key;
      const grade = gradeOf(query, a.marks, marks, beginning);
      if (beginning && !(a.open && key.startsWith(a.key) && (i === 0 || before === i - 1))) return;
      if (found.asked === NONE || grade > found.grade) Object.assign(found, { asked: i, grade });
    });
    all.push(found);
  }
  const together = ({ asked }, i) => asked !== NONE && (all[i - 1]?.asked === asked - 1 || all[i + 1]?.asked === asked + 1);
  const paired = new Set(all.filter(together).map(({ asked }) => asked));
  const mustPair = (i) => paired.has(i) || query.asked[i]?.bound || query.asked[i + 1]?.bound;
  return all.map((found, i) => (!together(found, i) && mustPair(found.asked) ? { ...found, asked: NONE } : found));
}

// worth is how much of the query a window has: each syllable once, by its grade, and more for those in the query's order.
function worth(query, all, from, to) {
  const best = query.asked.map(() => 0);
  let together = 0;
  for (let i = from; i < to; i++) {
    const { asked, grade } = all[i];
    if (asked === NONE) continue;
    best[asked] = Math.max(best[asked], 1 + grade);
    if (i > from && asked && all[i - 1].asked === asked - 1) together++;
  }
  return 2 * Math.min(together, best.length) + best.reduce((sum, b) => sum + 4 * b, 0);
}

// snippet picks the window of a block that has most of what was asked for; where nothing matches, the first block of some length. It is
// pieces of text, every second of which matches.
export function snippet(query, blocks) {
  let best = [];
  let most = 0;
  let length = 0;
  for (const { text, title } of blocks) {
    if (title) continue;
    const all = find(query, text);
    if (!most && length < ENOUGH && length < all.length) {
      length = all.length;
      best = pieces(text, all, 0, LENGTH);
    }
    all.forEach(({ asked }, i) => {
      const w = asked === NONE ? 0 : worth(query, all, i, Math.min(i + LENGTH - LEAD, all.length));
      if (w > most) {
        most = w;
        best = pieces(text, all, Math.max(0, i - LEAD), LENGTH);
      }
    });
  }
  return best;
}

// marked cuts a whole text, such as a title, into pieces.
export const marked = (query, text) => pieces(text, find(query, text), 0, Infinity);

// pieces cuts so many syllables of a text from first on into what does not match and what does, by turns.
function pieces(text, all, first, length) {
  const shown = all.slice(first, first + length);
  const cut = first + length < all.length;
  const cuts = [first ? shown[0].start : 0];
  let before = -1;
  shown.forEach(({ start, end, asked, grade }, i) => {
    if (asked === NONE || grade === ANOTHER) return;
    // Neighbours are marked as one: hội thi, 42-CT/TW.
    if (i && before === i - 1 && start - cuts[cuts.length - 1] === 1) cuts.pop();
    else cuts.push(start);
    cuts.push(end);
    before = i;
  });
  cuts.push(cut ? shown[length - 1].end : text.length);
  const done = cuts.slice(1).map((to, i) => text.slice(cuts[i], to));
  if (first) done[0] = `… ${done[0]}`;
  if (cut) done[done.length - 1] += " …";
  return done;
}
