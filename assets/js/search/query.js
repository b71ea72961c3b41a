// What a reader asks for.
import { syllables } from "./syllable.js";

const MOST_ASKED = 16; // syllables

// Grades of a spelling for a syllable of a query: other marks, those that were typed and more, the same.
export const ANOTHER = 0;
export const FITTING = 1;
export const SAME = 2;

// isName says whether titles of a kind are names that one asks for: not those of news, which tell of what has them.
export const isName = (kind) => kind !== "tin-tuc";

// parse reads a query: its syllables, whether any was typed with marks, and its phrases of three or more syllables. A syllable has
// adjacent (with the one before it is a pair), bound (that pair must be in a result), phrase (which phrase it is in, 0 for none)
// and open (it may be the beginning of one).
export function parse(text, finished) {
  const asked = [];
  const parts = text.split(/["“”„«»]/);
  const phrases = parts.map((part, i) => {
    const phrase = i % 2 && i;
    let end;
    for (const s of syllables(part)) {
      const between = part.slice(end, s.start);
      const adjacent = end > 0 && (phrase > 0 || isAdjacent(between));
      const abbreviated = between === "." && !/\d/.test(part[end - 1] + part[s.start]); // GS.TS, TP.HCM: as if a blank stood there
      const open = !finished && !phrase && i === parts.length - 1 && s.end === part.length;
      if (asked.length < MOST_ASKED) asked.push({ ...s, phrase, adjacent, bound: adjacent && (phrase > 0 || !(abbreviated || /\s/.test(between))), open });
      ({ end } = s);
    }
    return asked.filter((s) => phrase && s.phrase === phrase);
  });
  return { text, asked, accented: asked.some((s) => s.marks), phrases: phrases.filter((phrase) => phrase.length > 2) };
}

// isAdjacent says whether the text between two syllables leaves them adjacent.
const isAdjacent = (between) => [...between].length === 1 || !/[.,;:!?…()[\]]/.test(between);

// gradeOf says how well the marks of a spelling are those that were typed; of a beginning, more cannot be said than that they fit.
export function gradeOf({ accented }, typed, spelling, beginning) {
  if (!beginning && (typed === spelling || !accented)) return SAME;
  return !accented || (!(typed & 31 & ~spelling) && (typed < 32 || typed >> 5 === spelling >> 5)) ? FITTING : ANOTHER;
}
