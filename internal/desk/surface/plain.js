// Text without a form, as Notepad, Zalo and a terminal give it: a line is a paragraph,
// lines that begin with a sign are a list, and what Excel puts there too, cells apart by
// tabs, is a table.
import { paragraphs, resolved } from "./clean.js";

// looksLikeMarkdown is so of a text that was copied out of a file of an entry.
export const looksLikeMarkdown = text => /\{\{[<%].*[>%]\}\}|^#{1,6} \S|^\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*$|!?\[[^\]\n]*\]\([^)\n]+\)|\*\*\S[^*\n]*\*\*|^\[\^[^\]\n]+\]:|^```/m.test(text);

export function plain(text) {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").normalize("NFC").split("\n");
  while (lines.at(-1) === "") lines.pop();
  const rows = lines.map(line => line.split("\t").map(cell => cell.trim()));
  if (rows.length > 1 && rows[0].length > 1 && rows.every(row => row.length === rows[0].length)) {
    return [{ type: "table", rows: rows.map(row => row.map(cell => [{ text: cell }])), alignments: rows[0].map(() => null) }];
  }
  return resolved(lines.flatMap(line => paragraphs([{ text: line }])).map(runs => ({ type: "paragraph", runs })));
}
