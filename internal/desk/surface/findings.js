// Marks under words that a check has something to say about.
import { Plugin, PluginKey } from "@milkdown/kit/prose/state";
import { Decoration, DecorationSet } from "@milkdown/kit/prose/view";

const key = new PluginKey("findings");

export const findingsPlugin = () => new Plugin({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply: (tr, marks, _, state) => {
      const list = tr.getMeta(key);
      return list ? marksOf(state.doc, list) : marks.map(tr.mapping, tr.doc);
    },
  },
  props: { decorations: state => key.getState(state) },
});

// showFindings marks the first place of each text. While a character is being composed it
// waits: a mark put around it then would end the composition.
export function showFindings(view, list) {
  const show = () => view.dispatch(view.state.tr.setMeta(key, list).setMeta("addToHistory", false));
  if (view.composing) view.dom.addEventListener("compositionend", () => setTimeout(show), { once: true });
  else show();
}

// marksOf finds the texts, given {text, message}.
function marksOf(doc, list) {
  const marks = [];
  for (const { text, message } of list) {
    const place = placeOf(doc, text);
    if (place) marks.push(Decoration.inline(place.from, place.to, { nodeName: "mark", class: "surface-finding", title: message, "aria-description": message }));
  }
  return DecorationSet.create(doc, marks);
}

// placeOf returns the first place of a text, null if there is none. It may be written as it
// is in the file; the signs of Markdown in it are left out then.
export function placeOf(doc, text) {
  const plain = text.replaceAll(/\\(?=[\p{P}\p{S}])|[*_`]|^\s*(?:#+|[-+>]|\d+[.)])\s+/gu, "").trim();
  let place = null;
  for (const sought of [text.trim(), plain].filter(Boolean)) {
    doc.descendants((node, pos) => {
      if (place || !node.isTextblock) return !place;
      const at = node.textBetween(0, node.content.size, "\n", "\uFFFC").indexOf(sought);
      if (at >= 0) place = { from: pos + 1 + at, to: pos + 1 + at + sought.length };
      return false;
    });
    if (place) return place;
  }
  return null;
}
