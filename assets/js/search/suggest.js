// What is offered while a query is being typed: titles that the head of the index has, by their beginnings.
import { FITTING, gradeOf, isName, parse } from "./query.js";
import { syllables } from "./syllable.js";

// suggest finds titles that have what was typed side by side, of whose last syllable the beginning is enough: those that begin so
// first, then names before what tells of them, then the shorter.
export function suggest(index, text, limit) {
  const query = parse(text);
  const { asked } = query;
  if (!asked.length || (asked.length === 1 && asked[0].key.length < 2)) return [];
  index.cut = index.cut || [...index.titles].map(([number, d]) => ({ ...d, kind: kindOf(index, number), syllables: syllables(d.title) }));
  const fits = (s, i, title) => {
    const t = title[i];
    if (!t || !(s.open ? t.key.startsWith(s.key) : t.key === s.key)) return false;
    return gradeOf(query, s.marks, t.marks, s.open && t.key !== s.key) >= FITTING;
  };
  const found = [];
  for (const d of index.cut) {
    const at = d.syllables.findIndex((_, from) => asked.every((s, i) => fits(s, from + i, d.syllables)));
    if (at >= 0) found.push({ at, told: !isName(d.kind), d });
  }
  found.sort((a, b) => (a.at > 0) - (b.at > 0) || a.told - b.told || a.d.syllables.length - b.d.syllables.length);
  return found.slice(0, limit).map(({ d }) => ({ title: d.title, path: d.path, kind: d.kind }));
}

const kindOf = (index, number) => [...index.runs].reverse().find((run) => run.first <= number).kind;
