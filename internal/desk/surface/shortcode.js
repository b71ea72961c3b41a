// Hugo's shortcodes, such as {{< dieu-khoan "15-kh-tu/ii-1-2" >}}. In the text each is a
// card that can be moved and taken out, and whose inside nobody types into. To remark
// they are a construct of their own: nothing within one is Markdown, and it is written
// back as it was read.
import { InputRule } from "@milkdown/kit/prose/inputrules";
import { NodeSelection } from "@milkdown/kit/prose/state";
import { $inputRule, $nodeSchema, $remark } from "@milkdown/kit/utils";

const brace = 123, less = 60, greater = 62, percent = 37, closing = 125;

function tokenize(effects, ok, nok) {
  let sign;
  let data = false;
  const consume = code => {
    if (!data) effects.enter("shortcodeData");
    data = true;
    effects.consume(code);
  };
  const exit = () => {
    if (data) effects.exit("shortcodeData");
    data = false;
  };
  const begin = code => {
    effects.enter("shortcode");
    consume(code);
    return second;
  };
  const second = code => {
    if (code !== brace) return nok(code);
    consume(code);
    return opens;
  };
  const opens = code => {
    if (code !== less && code !== percent) return nok(code);
    sign = code === less ? greater : percent;
    consume(code);
    return inside;
  };
  const inside = code => {
    if (code === null) return nok(code);
    if (code < -2) { // the end of a line
      exit();
      effects.enter("lineEnding");
      effects.consume(code);
      effects.exit("lineEnding");
      return inside;
    }
    consume(code);
    return code === sign ? first : inside;
  };
  const first = code => {
    if (code !== closing) return inside(code);
    consume(code);
    return last;
  };
  const last = code => {
    if (code !== closing) return inside(code);
    consume(code);
    exit();
    effects.exit("shortcode");
    return ok;
  };
  return begin;
}

function remarkShortcode() {
  const data = this.data();
  const add = (list, extension) => (data[list] ??= []).push(extension);
  add("micromarkExtensions", { text: { [brace]: { name: "shortcode", tokenize } } });
  add("fromMarkdownExtensions", {
    enter: { shortcode(token) { this.enter({ type: "shortcode", value: this.sliceSerialize(token) }, token); } },
    exit: { shortcode(token) { this.exit(token); } },
  });
  add("toMarkdownExtensions", {
    handlers: { shortcode: node => node.value },
    // Words that look like one are no shortcode. A sign before the first brace would not
    // keep Hugo from reading it.
    unsafe: [{ character: "{", before: "\\{", after: "[<%]", inConstruct: "phrasing" }],
  });
}

export const shortcodeSyntax = $remark("shortcode", () => remarkShortcode);

// name and rest of a shortcode: of {{< /bo-anh >}} "/bo-anh" and "".
const parts = value => /^\{\{[<%]\s*(\/?[^\s>%]*)\s*([^]*?)\s*\/?[>%]\}\}$/.exec(value) ?? [value, value, ""];

// clause makes a quotation of a provision; isClause knows one.
export const clause = reference => `{{< dieu-khoan "${reference}" >}}`;
export const isClause = node => parts(node.attrs.value)[1] === "dieu-khoan";

// cardAt returns the selected card, or null.
export const cardAt = ({ selection }) => selection instanceof NodeSelection && selection.node.type.name === "shortcode" ? selection.node : null;

// cardsToDrop returns where the cards are that go with the one at pos: {{< bo-anh >}}
// without its {{< /bo-anh >}} would stop the build.
export function cardsToDrop(doc, pos) {
  const name = parts(doc.nodeAt(pos).attrs.value)[1].replace("/", "");
  const open = [];
  let both = [pos];
  doc.descendants((node, at) => {
    if (node.type.name !== "shortcode") return;
    const found = parts(node.attrs.value)[1];
    if (found === name) open.push(at);
    if (found !== "/" + name || open.length === 0) return;
    const begins = open.pop();
    if (begins === pos || at === pos) both = [begins, at];
  });
  return both;
}

function label(value, words) {
  const [, name, rest] = parts(value);
  const known = words.cards[name.replace("/", "")];
  if (!known) return value;
  return name.startsWith("/") ? `${known} – ${words.cardEnds}` : [known, rest.replaceAll(/["`]/g, "")].filter(Boolean).join(": ");
}

export const shortcodeNode = words => $nodeSchema("shortcode", () => ({
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  attrs: { value: { default: "" } },
  toDOM: node => ["span", { class: "surface-card", "data-shortcode": node.attrs.value, title: node.attrs.value }, label(node.attrs.value, words)],
  parseDOM: [{ tag: "span[data-shortcode]", getAttrs: dom => ({ value: dom.dataset.shortcode }) }],
  parseMarkdown: {
    match: node => node.type === "shortcode",
    runner: (state, node, type) => state.addNode(type, { value: node.value }),
  },
  toMarkdown: {
    match: node => node.type.name === "shortcode",
    runner: (state, node) => state.addNode("shortcode", undefined, node.attrs.value),
  },
}));

// typedShortcode makes a card of a shortcode when its last brace is typed.
export const typedShortcode = $inputRule(() => new InputRule(/\{\{[<%][^{}]*[>%]\}\}$/, (state, [value], from, to) =>
  state.tr.replaceWith(from, to, state.schema.nodes.shortcode.create({ value }))));
