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

// marksOf finds the texts, given {text, message}. A text may be written as it is in the
// file; the signs of Markdown in it are left out then.
function marksOf(doc, list) {
  const blocks = [];
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return;
    blocks.push({ pos: pos + 1, text: node.textBetween(0, node.content.size, "\n", "\uFFFC") });
    return false;
  });
  const marks = [];
  for (const { text, message } of list) {
    const plain = text.replaceAll(/\\(?=[\p{P}\p{S}])|[*_`]|^\s*(?:#+|[-+>]|\d+[.)])\s+/gu, "").trim();
    for (const sought of [text.trim(), plain].filter(Boolean)) {
      const block = blocks.find(b => b.text.includes(sought));
      if (!block) continue;
      const from = block.pos + block.text.indexOf(sought);
      marks.push(Decoration.inline(from, from + sought.length, { nodeName: "mark", class: "surface-finding", title: message, "aria-description": message }));
      break;
    }
  }
  return DecorationSet.create(doc, marks);
}
