// The twin of viet.Syllables: what text is searched by. internal/viet/testdata/syllables.json holds both to the same answers.

const MOST_LETTERS = 24;
const TONES = "\u0300\u0301\u0309\u0303\u0323"; // huyền, sắc, hỏi, ngã, nặng
const QUALITY = { "\u0302": 1, "\u0306": 2 }; // circumflex, breve
const HORN = { o: 4, u: 8 };
const STROKE = 16;

// syllables cuts text into runs of letters or of digits. The key is the folded form, marks what folding took away: the tone
// times 32 and the bits of the quality; start and end are where the syllable stands.
export function syllables(text) {
  return Array.from(text.matchAll(/\p{L}[\p{L}\p{M}]*|\p{Nd}[\p{Nd}\p{M}]*/gu), ({ 0: run, index: start }) => {
    let key = "";
    let letters = 0;
    let last;
    let marks = 0;
    for (const c of run.normalize("NFD")) {
      const tone = TONES.indexOf(c) + 1;
      if (tone) marks = (marks & 31) | (tone << 5);
      else if (c === "\u031b") marks |= HORN[last];
      else if (c > "~" && /\p{M}/u.test(c)) marks |= QUALITY[c];
      else if (letters++ === MOST_LETTERS) break;
      else {
        const stroke = c > "~" && /[đĐðÐƉɖ]/.test(c);
        if (stroke) marks |= STROKE;
        key += last = stroke ? "d" : c.toLowerCase();
      }
    }
    // The two spellings of one sound are one: kỹ, kĩ.
    key = key.replace(/^([hklmst])y$/, "$1i");
    return { key, marks, start, end: start + run.length };
  });
}
