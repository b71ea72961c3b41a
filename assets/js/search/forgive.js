// What readers mean by what they type: other words for the same (content/tim-kiem.toml), numbers written otherwise, marks typed as Telex and
// VNI write them, and slips.
import { syllables } from "./syllable.js";

const QUOTED = /["“”„«»]/; // what is quoted is meant as it stands
const MOST_READINGS = 6;
const MOST_MENDS = 8;
const PER_SYLLABLE = 4;

// legal is what a Vietnamese syllable is like without its marks.
const LEGAL = /^(b|c(?=[aou])|ch|d|gh(?=[ei])|gi?|h|k(?=[eiy])|kh|l|m|ngh(?=[ei])|ng?h?|ph|qu|r|s|th?|tr|v|x|)(ai|ao|au|ay|eo|eu|ia|ieu|iu|oai|oao|oay|oe|oeo|oi|ua|uay|ue|ui|uoi|uou|uu|uy|uya|uyu|yeu|(a|e|i|o|u|oa|oe|ie|ye|ua|ue|uo|uy|uye|oo)(c|ch|m|n|ng|nh|p|t)|[aeiouy]|oa|uo|ie)$/;

export const isLegal = (key) => LEGAL.test(key) && !/^(ng|g)[ei]/.test(key.replace(/^(ngh|gh|gi)/, "x"));

// languageOf says which syllables of a query are no part of what is asked for.
export function languageOf({ skipped = [] }) {
  const stops = skipped.map((text) => syllables(text));
  const cache = new Map();
  const stopped = (asked) => {
    if (!cache.has(asked)) {
      const is = asked.map(() => false);
      const accented = asked.some(({ marks }) => marks);
      for (const words of stops) {
        for (let i = 0; i + words.length <= asked.length; i++) if (words.every(({ key, marks }, j) => !asked[i + j].phrase && asked[i + j].key === key && (!accented || asked[i + j].marks === marks))) words.forEach((_, j) => { is[i + j] = true; });
      }
      cache.set(asked, is.every(Boolean) ? is.map(() => false) : is);
    }
    return cache.get(asked);
  };
  return { isStop: (asked, i) => stopped(asked)[i] };
}

// readings are other texts for a query: each with one group of words in place of another of its group, or a number written otherwise.
export async function readings(text, table, index) {
  if (QUOTED.test(text)) return [];
  const asked = syllables(text);
  const found = new Set();
  const say = (from, to, words) => found.add(`${text.slice(0, asked[from].start)}${words}${text.slice(asked[to - 1].end)}`.trim());
  const typed = (i, want) => asked[i] && asked[i].key === want.key && (!asked[i].marks || asked[i].marks === want.marks);
  for (const group of table.same || []) {
    for (const words of group) {
      const want = syllables(words);
      for (let i = 0; want.length && i + want.length <= asked.length; i++) {
        if (!want.every((w, j) => typed(i + j, w))) continue;
        for (const other of group) if (other !== words) say(i, i + want.length, other);
      }
    }
  }
  // The number of a document: kế hoạch 15, KH 15, KH15 are 15-KH; lần 9 is lần thứ IX.
  for (const [short, ...names] of table.documents || []) {
    for (const name of [short, ...names]) {
      const want = syllables(name);
      for (let i = 0; i + want.length < asked.length; i++) {
        if (!want.every((w, j) => typed(i + j, w))) continue;
        let at = i + want.length;
        if (asked[at].key === "so" && asked[at + 1]) at++;
        const [number] = /^[\d/.]*\d/.exec(text.slice(asked[at].start)) || [];
        if (number) found.add(`${text.slice(0, asked[i].start)}${number}/${short}${text.slice(asked[at].start + number.length)}`.trim()).add(`${text.slice(0, asked[i].start)}${number}-${short}${text.slice(asked[at].start + number.length)}`.trim());
      }
    }
  }
  if (table.language === "en") {
    const known = new Set((await index.words()).map(({ key }) => key));
    asked.forEach(({ key }, i) => { for (const other of otherSpellings(key)) if (known.has(other)) say(i, i + 1, other); });
    for (let i = 1; i < asked.length; i++) if (known.has(asked[i - 1].key + asked[i].key)) say(i - 1, i + 1, asked[i - 1].key + asked[i].key);
  }
  asked.forEach(({ key }, i) => {
    if (!i) return;
    const roman = /^[1-9]\d?$/.test(key) && +key < 40 ? romanOf(+key) : "";
    if (roman && (table.ordinals || []).some((w) => syllables(w)[0].key === asked[i - 1].key)) {
      say(i, i + 1, roman);
      if (asked[i - 1].key !== "thu") say(i, i + 1, `thứ ${roman}`);
    }
  });
  found.delete(text.trim());
  return [...found].slice(0, MOST_READINGS);
}

// otherSpellings are a word's in America for one in Britain, and the other way.
const SPELLINGS = [["iz", "is"], ["yz", "ys"], ["or", "our"], ["er", "re"], ["og", "ogue"], ["am", "amme"], ["ense", "ence"], ["el", "ell"], ["al", "all"], ["ol", "oll"], ["il", "ill"], ["e", "ae"], ["e", "oe"]];
function otherSpellings(key) {
  const others = [];
  for (const [a, b] of SPELLINGS.flatMap(([a, b]) => [[a, b], [b, a]])) {
    for (let at = key.indexOf(a, 1); at > 0; at = key.indexOf(a, at + 1)) others.push(key.slice(0, at) + b + key.slice(at + a.length));
  }
  return others;
}

const romanOf = (n) => ["", "X", "XX", "XXX"][Math.floor(n / 10)] + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][n % 10];

// mends are texts that may have been meant, best first: with marks that were left as keys, and with slips undone. A syllable that the index
// knows is right.
export async function mends(text, index, table) {
  if (QUOTED.test(text)) return [];
  const words = await index.words();
  const marked = await otherMarks(text, index);
  const known = new Map();
  words.forEach((word, rank) => known.has(word.key) || known.set(word.key, { ...word, rank }));
  const typed = [...text.matchAll(/[^\s"“”„«»,;:!?()]+/gu)].map(({ 0: word, index: start }) => ({ word, start }));
  const vietnamese = table.language === "vi";
  const accented = syllables(text).some(({ marks }) => marks);
  let any = false;
  const choices = typed.map(({ word }) => {
    const parts = syllables(word);
    if (!parts.length || parts.every(({ key }) => known.has(key) || /^\d/.test(key))) {
      const keyed = vietnamese && /[a-z]\d/i.test(word) && !(parts.length > 1 && parts.every(({ key }) => known.has(key))) ? keyedOf(word, known) : null;
      if (keyed) any = true;
      return keyed ? [{ text: keyed, far: 0 }, { text: word, far: 1 }] : [{ text: word, far: 0 }];
    }
    const keyed = vietnamese ? keyedOf(word, known) : null;
    const others = parts.length === 1 ? near(parts[0], words, known, vietnamese, accented) : [];
    const mine = [...(keyed ? [{ text: keyed, far: 0 }] : []), ...others].slice(0, PER_SYLLABLE);
    if (mine.length) any = true;
    return mine.length ? mine : [{ text: word, far: 9 }];
  });
  if (!any) return marked;
  // Of all ways to choose the best few: each by how far it is from what was typed, and by how many of its neighbours occur together.
  // Where there is no choice, what occurs together is not asked for.
  const open = choices.map((mine, i) => i > 0 && mine.length * choices[i - 1].length > 1);
  await Promise.all(choices.filter((_, i) => open[i + 1]).flat().map(({ text }) => last(syllables(text))).filter(Boolean).map(({ key }) => index.following(key))); // in one round
  let ways = [{ texts: [], far: 0 }];
  for (const [i, mine] of choices.entries()) {
    const next = [];
    for (const way of ways) {
      for (const { text, far } of mine) {
        const before = way.texts.length && last(syllables(way.texts[way.texts.length - 1]));
        const [first] = syllables(text);
        const pair = open[i] && before && first && (await index.following(before.key)).includes(first.key);
        next.push({ texts: [...way.texts, text], far: way.far + far - (pair ? 2 : 0) });
      }
    }
    ways = next.sort((a, b) => a.far - b.far).slice(0, MOST_MENDS);
  }
  const mended = ways.map(({ texts }) => {
    let done = text;
    for (let i = typed.length - 1; i >= 0; i--) done = done.slice(0, typed[i].start) + texts[i] + done.slice(typed[i].start + typed[i].word.length);
    return done.trim();
  });
  return [...new Set([...marked, ...mended])].filter((other) => other !== text.trim());
}

// otherMarks is a text with the marks of the pairs that occur, where those that were typed do not: kỷ thuật is kỹ thuật.
async function otherMarks(text, index) {
  const asked = syllables(text);
  if (!asked.some(({ marks }) => marks)) return [];
  const marks = asked.map((s) => s.marks);
  for (let i = 1; i < asked.length; i++) {
    const { lists } = await index.key(`${asked[i - 1].key} ${asked[i].key}`);
    const fits = (list) => [asked[i - 1], asked[i]].every((s, j) => !s.marks || s.marks === list.marks[j]);
    if (!lists.length || lists.some(fits)) continue;
    const [best] = [...lists].sort((a, b) => same(b) - same(a) || b.count - a.count);
    best.marks.forEach((m, j) => { if (asked[i - 1 + j].marks !== m) marks[i - 1 + j] = m; });
    function same(list) { return [asked[i - 1], asked[i]].filter((s, j) => s.marks === list.marks[j]).length; }
  }
  if (marks.every((m, i) => m === asked[i].marks)) return [];
  const words = await index.words();
  const spelling = (key, m) => (words.find((w) => w.key === key && w.marks === m) || {}).spelling;
  let done = text;
  for (let i = asked.length - 1; i >= 0; i--) {
    const typed = text.slice(asked[i].start, asked[i].end);
    const other = marks[i] !== asked[i].marks && (((marks[i] ^ asked[i].marks) & 31) === 0 ? toned(typed.normalize("NFD").replace(/[\u0300\u0301\u0303\u0309\u0323]/g, "").normalize("NFC"), marks[i] >> 5) : spelling(asked[i].key, marks[i]));
    if (other) done = done.slice(0, asked[i].start) + other + done.slice(asked[i].end);
  }
  return done === text ? [] : [done.trim()];
}

const last = (all) => all[all.length - 1];

// near are the words that a syllable which nothing has may be a slip for. What is written as a Vietnamese syllable is one: nước mắm is not
// nước mắc. Only what sounds alike in some part of the country is taken for one another then.
function near({ key, marks }, words, known, vietnamese, accented) {
  if (/^\d/.test(key) || key.length < 2) return [];
  const spell = (word) => (accented || !vietnamese ? word.spelling : word.key);
  const found = [];
  const legal = vietnamese && isLegal(key);
  const sound = vietnamese ? soundOf(key) : "";
  const most = legal ? 0 : key.length < 4 ? 1 : Math.max(1, Math.floor(key.length / 4));
  const seen = new Set();
  for (const word of words) {
    if (seen.has(word.key) || /^\d/.test(word.key)) continue;
    seen.add(word.key);
    if (vietnamese && soundOf(word.key) === sound) {
      found.push({ text: spell(word), far: 1, rank: known.get(word.key).rank });
      continue;
    }
    if (!most || Math.abs(word.key.length - key.length) > most) continue;
    const far = distance(key, word.key);
    if (far <= most) found.push({ text: spell(word), far: far + (word.key[0] === key[0] ? 0 : 0.5), rank: known.get(word.key).rank });
  }
  if (!legal) {
    for (let i = 1; i < key.length; i++) {
      const parts = [key.slice(0, i), key.slice(i)].map((part) => known.get(syllables(part)[0].key));
      if (parts.every(Boolean) && (!vietnamese || parts.every((p) => isLegal(p.key)))) found.push({ text: `${key.slice(0, i)} ${key.slice(i)}`, far: 1, rank: Math.max(...parts.map((p) => p.rank)) });
    }
  }
  return found.sort((a, b) => a.far - b.far || a.rank - b.rank).slice(0, PER_SYLLABLE);
}

// soundOf makes one of what is said alike somewhere: s and x, tr and ch, d, gi and r, n and l, y and i, the ends n and ng, c and t.
const soundOf = (key) => key.replace(/^ngh/, "ng").replace(/^gh/, "g").replace(/^tr/, "ch").replace(/^s/, "x").replace(/^(gi|r)(?=[aeiouy])/, "d").replace(/^l/, "n").replace(/^[ckq]/, "k").replace(/y/g, "i")
  .replace(/ng$/, "n").replace(/nh$/, "n").replace(/ch$/, "t").replace(/c$/, "t");

const TELEX = { s: 2, f: 1, r: 3, x: 4, j: 5 };
const VNI = { 1: 2, 2: 1, 3: 3, 4: 4, 5: 5 };
const TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"];

// keyedOf is a word whose marks were left as the keys of Telex or VNI: ddaij, dda5i, d9a5i. It is one only if the site has it.
function keyedOf(word, known) {
  for (const plain of [telex(word), vni(word)]) {
    if (!plain) continue;
    const [s, ...more] = syllables(plain);
    if (s && !more.length && isLegal(s.key) && known.has(s.key) && plain !== word) return plain;
  }
  return "";
}

function telex(word) {
  let tone = 0;
  let text = word.toLowerCase().replace(/([iuy])\1/g, "$1");
  if (!/^[a-z]+$/.test(text)) return "";
  const vowel = text.search(/[aeiouy]/);
  for (let i = text.length - 1; i > vowel && vowel >= 0; i--) {
    if (TELEX[text[i]] && !tone) {
      tone = TELEX[text[i]];
      text = text.slice(0, i) + text.slice(i + 1);
    }
  }
  const marked = text.replace(/dd/, "đ").replace(/^d(.+)d$/, "đ$1").replace(/uw?ow?/, (s) => (s.includes("w") ? "ươ" : s)).replace(/uo([a-z]*)w/, "ươ$1")
    .replace(/([aeo])([a-z]*)\1/, (_, v, between) => ({ a: "â", e: "ê", o: "ô" })[v] + between).replace(/([aou])([a-z]*)w/, (_, v, between) => ({ a: "ă", o: "ơ", u: "ư" })[v] + between).replace(/w/, "ư");
  return marked === text && !tone ? "" : toned(marked, tone);
}

function vni(word) {
  const text = word.toLowerCase();
  if (!/^[a-z]+\d[a-z\d]*$/.test(text)) return "";
  let tone = 0;
  let marked = "";
  for (const c of text) {
    if (VNI[c]) tone = VNI[c];
    else if (c === "9") marked = marked.replace(/d/, "đ");
    else if (c === "6") marked = marked.replace(/[aeo](?=[^aeo]*$)/, (v) => ({ a: "â", e: "ê", o: "ô" })[v]);
    else if (c === "7") marked = marked.replace(/uo/, "ươ").replace(/[ou](?=[^ou]*$)/, (v) => ({ o: "ơ", u: "ư" })[v]);
    else if (c === "8") marked = marked.replace(/a/, "ă");
    else if (/\d/.test(c)) return "";
    else marked += c;
  }
  return toned(marked.replace(/ưo(?=.)/, "ươ"), tone);
}

// toned puts a tone on a word: on the vowel with a quality, or before a consonant on the last vowel, else on the first of two.
function toned(word, tone) {
  const [, before, vowels, end] = /^((?:qu|gi(?=[aeouâêôơư]))?[^aeiouyâăêôơư]*)([aeiouyâăêôơư]+)(.*)$/.exec(word) || [];
  if (!vowels) return "";
  const qualities = vowels.search(/[âăêôơư][^âăêôơư]*$/);
  const at = qualities >= 0 ? qualities : end ? vowels.length - 1 : Math.max(0, vowels.length - 2);
  return (before + vowels.slice(0, at + 1) + TONES[tone] + vowels.slice(at + 1) + end).normalize("NFC");
}

// distance counts the letters to put in, take out, change or swap with a neighbour.
function distance(a, b) {
  let before;
  let above = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    before = above;
    above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.length];
}
