// Addresses that are typed or pasted as words become links, as they would on the site.
import { InputRule } from "@milkdown/kit/prose/inputrules";
import { $inputRule } from "@milkdown/kit/utils";

const address = /(?<![\w@/.-])(?:https?:\/\/[^\s<>"“”]+|www\.[^\s<>"“”]+\.[^\s<>"“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/gi;

// withoutEnd leaves what ends a sentence out of an address, and a bracket that was opened
// before it.
function withoutEnd(found) {
  let end = found.replace(/[.,;:!?…'’”\]}]+$/, "");
  while (end.endsWith(")") && end.split(")").length > end.split("(").length) end = end.slice(0, -1).replace(/[.,;:!?]+$/, "");
  return end;
}

const hrefOf = found => /^https?:/i.test(found) ? found : /^www\./i.test(found) ? "https://" + found : "mailto:" + found;

// linked splits a text into runs, of which addresses have an href.
export function linked(text) {
  const runs = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const found = withoutEnd(match[0]);
    if (match.index > at) runs.push({ text: text.slice(at, match.index) });
    runs.push({ text: found, href: hrefOf(found) });
    at = match.index + found.length;
  }
  if (at < text.length) runs.push({ text: text.slice(at) });
  return runs;
}

// linkBefore makes a link of the address that ends at the caret; null if there is none.
export function linkBefore(state, tr = state.tr) {
  const { $from, empty } = state.selection;
  const { link, inlineCode } = state.schema.marks;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, "\uFFFC", "\uFFFC");
  const word = /\S+$/.exec(before)?.[0] ?? "";
  const runs = linked(word);
  const i = runs.findLastIndex(run => run.href);
  if (i < 0) return null;
  const from = $from.pos - word.length + runs.slice(0, i).reduce((n, run) => n + run.text.length, 0);
  const to = from + runs[i].text.length;
  if (state.doc.rangeHasMark(from, to, link) || state.doc.rangeHasMark(from, to, inlineCode)) return null;
  return tr.addMark(from, to, link.create({ href: runs[i].href })).removeStoredMark(link);
}

// typedAddress makes the link when a space is typed behind the address.
export const typedAddress = $inputRule(() => new InputRule(/\S\s$/, (state, [typed], _, to) => {
  const tr = linkBefore(state);
  return tr && tr.insertText(typed.slice(-1), to).removeStoredMark(state.schema.marks.link);
}));
