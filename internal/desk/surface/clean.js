// What other programs put on the clipboard (Word, Excel, LibreOffice, Google Docs, Zalo,
// web pages), read as blocks of the kinds that a text here can have. What it cannot have
// is told.
//
// A block is {type: "paragraph" | "heading" (level) | "list" (ordered, start, items) |
// "quote" | "code" (text) | "rule" | "table" (rows, alignments) | "note" (label)}, with
// runs of text, or with blocks. A run is {text, strong, emphasis, strike, code, href},
// {line: true} (a new line), {picture: {src, alt, title}} or {note: label}.
import { cells } from "./cells.js";
import { reading } from "./oldfonts.js";
import { lowered, raised } from "./raise.js";
import { fill } from "./words.js";

const names = list => new Set(list.split(" "));
const blockNames = names("address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul");
const skipped = names("script style meta link title template noscript head base colgroup col xml");
const drawn = names("svg canvas math object applet");
const entered = names("input select textarea button");

export function clean(html, words) {
  const source = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  const reader = new Reader(words);
  reader.findNotes(source);
  const blocks = resolved([...reader.blocks(source.body, {}), ...reader.noteBlocks()]);
  return { blocks: shiftHeadings(blocks), lost: reader.sentences() };
}

// withoutStyles leaves out style sheets and renames the style attributes of elements: the
// page's policy refuses them, and says so for each.
export const withoutStyles = html => html.replaceAll(/<style\b[^]*?<\/style\s*>/gi, "").replaceAll(/(<[a-z][^<>]*?)\sstyle(\s*=)/gi, "$1 data-style$2");

class Reader {
  #words;
  #lost = new Map(); // kind → what of it
  #references = new Map(); // anchor → label
  #notes = new Map(); // label → the element that has its words
  #backlinks = new Set();

  constructor(words) {
    this.#words = words;
  }

  lose(kind, what = "") {
    if (!this.#lost.has(kind)) this.#lost.set(kind, []);
    const text = what.replaceAll(/\s+/g, " ").trim();
    this.#lost.get(kind).push(text.length > 60 ? text.slice(0, 60) + "…" : text);
  }

  sentences() {
    return [...this.#lost].flatMap(([kind, all]) => {
      const sentence = this.#words[kind];
      if (sentence.includes("%d")) return [fill(sentence, all.length)];
      return [...new Set(all)].map(what => fill(sentence, what));
    });
  }

  // findNotes finds footnotes: an anchor that leads to one behind it, which leads back.
  findNotes(source) {
    const target = href => {
      const id = decode(href.slice(1));
      return source.getElementById(id) ?? source.getElementsByName(id)[0];
    };
    const leadsTo = (anchor, from) => {
      const back = anchor.getAttribute("href")?.startsWith("#") && target(anchor.getAttribute("href"));
      return back && (back === from || back.contains(from));
    };
    for (const anchor of source.querySelectorAll('a[href^="#"]')) {
      const there = target(anchor.getAttribute("href"));
      if (!there || !(anchor.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const back = there.matches("a") ? [there] : [...there.querySelectorAll("a")];
      const found = back.find(a => leadsTo(a, anchor));
      if (!found) continue;
      const label = String(this.#notes.size + 1);
      this.#references.set(anchor, label);
      this.#backlinks.add(found);
      this.#notes.set(label, found.closest('[data-style*="mso-element:footnote"]:not([data-style*="footnote-list"]), [data-style*="mso-element:endnote"]:not([data-style*="endnote-list"]), div[id^="sdfootnote"], div[id^="sdendnote"], li') ?? found.closest("p, div, dd, td") ?? there);
    }
  }

  noteBlocks() {
    return [...this.#notes].map(([label, element]) => ({ type: "note", label, blocks: this.blocks(element, {}) }));
  }

  blocks(parent, marks) {
    return this.blocksOf(parent.childNodes, marks);
  }

  blocksOf(children, marks) {
    const all = [];
    let runs = [];
    const flush = () => {
      for (const paragraph of paragraphs(runs)) all.push({ type: "paragraph", runs: paragraph });
      runs = [];
    };
    for (const child of children) {
      if (child.nodeType === Node.ELEMENT_NODE && this.#isBlock(child)) {
        flush();
        if (!this.#skip(child)) all.push(...this.#block(child, marks));
      } else {
        this.runs(child, marks, runs);
      }
    }
    flush();
    return all;
  }

  #isBlock(element) {
    return blockNames.has(element.localName) || !!element.querySelector(blockSelector) && !drawn.has(element.localName);
  }

  #block(element, marks) {
    const inner = () => this.blocks(element, this.#marked(element, marks));
    const style = styleOf(element);
    const item = this.#wordItem(element, style, marks);
    if (item) return [item];
    const level = /^h[1-6]$/.test(element.localName) ? Number(element.localName[1])
      : element.getAttribute("role") === "heading" ? Number(element.getAttribute("aria-level")) || 2
      : element.localName === "p" && /\bMsoTitle\b/.test(element.className) ? 1 : 0;
    if (level > 0) return inner().map(b => b.type === "paragraph" ? { type: "heading", level, runs: plainMarks(b.runs) } : b);
    switch (element.localName) {
      case "ul": case "ol":
        return this.#list(element, marks);
      case "blockquote": {
        const blocks = inner();
        return blocks.length > 0 ? [{ type: "quote", blocks }] : [];
      }
      case "pre":
        return element.querySelector("table, img") ? inner() : [{ type: "code", text: element.textContent.replace(/\n$/, "") }];
      case "hr":
        return [{ type: "rule" }];
      case "table":
        return cells(element, this, marks);
      case "figure":
        return this.#figure(element, marks);
      case "dt":
        return this.blocks(element, { ...marks, strong: true });
      default:
        return inner();
    }
  }

  // #wordItem reads a paragraph that Word drew as an item of a list.
  #wordItem(element, style, marks) {
    const level = /\blevel(\d+)/.exec(style["mso-list"] ?? "");
    if (!level || element.localName === "span") return null;
    const sign = [...element.querySelectorAll("span")].find(s => /ignore/i.test(styleOf(s)["mso-list"] ?? ""));
    const label = sign?.textContent.replaceAll(/\s+/g, " ").trim() ?? "";
    const number = /^(\d+)[.)]?$/.exec(label);
    const lettered = /^\(?(\p{L}{1,6}|\d+)[.)]$|^\d+(\.\d+)+[.)]?$/u.test(label) && !number;
    const blocks = this.blocks(element, this.#marked(element, marks));
    if (blocks.length === 0) return null;
    if (lettered) { // a letter, or 1.1: the sign says which it is
      blocks[0].runs?.unshift({ text: label + " " });
      return /^h\d$/.test(element.localName) ? { type: "heading", level: Number(element.localName[1]), runs: blocks[0].runs } : blocks[0];
    }
    if (/^h\d$/.test(element.localName)) return { type: "heading", level: Number(element.localName[1]), runs: [...label ? [{ text: label + " " }] : [], ...plainMarks(blocks[0].runs ?? [])] };
    return { type: "item", level: Number(level[1]), ordered: !!number, start: number ? Number(number[1]) : 1, blocks };
  }

  #list(element, marks) {
    const ordered = element.localName === "ol";
    const items = [];
    for (const child of element.children) {
      if (this.#skip(child)) continue;
      if (child.localName === "ul" || child.localName === "ol") { // a list within a list, not within an item
        const inside = this.#list(child, marks);
        if (items.length > 0) items.at(-1).push(...inside);
        else items.push(inside);
        continue;
      }
      const blocks = this.blocks(child, marks);
      const level = child.getAttribute("data-aria-level");
      if (level && element.children.length === 1 && blocks.length > 0) { // Word in a browser: a list an item
        return [{ type: "item", level: Number(level), ordered, start: Number(element.getAttribute("start")) || 1, blocks }];
      }
      if (blocks.length > 0) items.push(blocks);
    }
    return items.length > 0 ? [{ type: "list", ordered, start: Number(element.getAttribute("start")) || 1, items }] : [];
  }

  #figure(element, marks) {
    const caption = element.querySelector("figcaption");
    const blocks = this.blocksOf([...element.childNodes].filter(n => n !== caption), marks);
    const pictures = blocks.flatMap(b => b.runs ?? []).filter(r => r.picture);
    if (pictures.length !== 1 || !caption) return [...blocks, ...caption ? this.blocks(caption, marks) : []];
    pictures[0].picture.title = caption.textContent.replaceAll(/\s+/g, " ").trim();
    return blocks;
  }

  // runs reads what stands within a line.
  runs(node, marks, out) {
    if (node.nodeType === Node.TEXT_NODE) {
      out.push({ ...marks, text: tidy(marks.font ? marks.font(node.data) : node.data) });
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || this.#skip(node)) return;
    switch (node.localName) {
      case "br":
        out.push({ line: true });
        return;
      case "img":
        this.#picture(node, out);
        return;
      case "a":
        this.#anchor(node, marks, out);
        return;
      case "sup": case "sub": {
        const inner = [];
        this.#children(node, marks, inner);
        const change = node.localName === "sup" ? raised : lowered;
        out.push(...inner.length === 1 && inner[0].text && !inner[0].href ? [{ ...inner[0], text: change(inner[0].text) }] : inner);
        return;
      }
    }
    const vertical = styleOf(node)["vertical-align"] ?? "";
    if (/^(super|sub)$/.test(vertical) && node.children.length === 0) {
      out.push({ ...this.#marked(node, marks), text: (vertical === "super" ? raised : lowered)(tidy(node.textContent)) });
      return;
    }
    this.#children(node, this.#marked(node, marks), out);
  }

  #children(node, marks, out) {
    for (const child of node.childNodes) this.runs(child, marks, out);
  }

  // #marked adds the marks of an element to those around it.
  #marked(element, marks) {
    const style = styleOf(element);
    const now = { ...marks };
    const weight = style["font-weight"] ?? "";
    const lines = style["text-decoration"] ?? style["text-decoration-line"] ?? "";
    if (/^(b|strong)$/.test(element.localName)) now.strong = true;
    if (/^(i|em|cite|dfn|var)$/.test(element.localName)) now.emphasis = true;
    if (/^(s|strike|del)$/.test(element.localName) || /line-through/.test(lines)) now.strike = true;
    if (/^(code|kbd|samp|tt)$/.test(element.localName)) now.code = true;
    if (/^(bold|bolder|[6-9]00)$/.test(weight)) now.strong = true;
    if (/^(normal|lighter|[1-5]00)$/.test(weight)) now.strong = false;
    if (/^(italic|oblique)/.test(style["font-style"] ?? "")) now.emphasis = true;
    if (style["font-style"] === "normal") now.emphasis = false;
    const font = style["font-family"] ?? element.getAttribute("face");
    if (font) now.font = reading(font);
    const underlined = element.localName === "u" || /underline/.test(lines);
    if (underlined && !element.closest("a") && !element.querySelector("a") && element.textContent.trim()) this.lose("lostUnderline", element.textContent);
    return now;
  }

  #anchor(node, marks, out) {
    if (this.#backlinks.has(node)) return;
    if (this.#references.has(node)) {
      out.push({ note: this.#references.get(node) });
      return;
    }
    const href = (node.getAttribute("href") ?? "").trim();
    if (href.startsWith("#")) {
      if (/ftn|edn|note|sdfootnote/i.test(href)) this.lose("lostNote", node.textContent);
    } else if (/^file:|^[a-z]:[\\/]/i.test(href)) {
      this.lose("lostLink", node.textContent);
    }
    this.#children(node, { ...this.#marked(node, marks), ...safe(href) ? { href: direct(href) } : {} }, out);
  }

  #picture(node, out) {
    const src = node.getAttribute("src") ?? "";
    const alt = (node.getAttribute("alt") ?? "").replaceAll(/\s+/g, " ").trim();
    if (/^\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{M}\u200D\uFE0F]*$/u.test(alt)) { // an emoji, drawn
      out.push({ text: alt });
    } else if (/^(data:image\/|blob:)/i.test(src)) {
      out.push({ picture: { src, alt, title: "" } });
    } else if (Number(node.getAttribute("width")) !== 1) { // a counter of readers is one pixel wide
      this.lose("lostPicture");
    }
  }

  // #skip leaves out what is no text, and tells what a reader would miss.
  #skip(element) {
    const name = element.localName;
    const style = styleOf(element);
    if (skipped.has(name) || /ignore/i.test(style["mso-list"] ?? "") || element.getAttribute("aria-hidden") === "true" && !element.textContent.trim()) return true;
    if ([...this.#notes.values()].includes(element)) return true; // its words are read by noteBlocks
    if (/\bmsocomanchor\b/.test(element.className)) return true;
    if (/^(footnote|endnote)-list$/.test(style["mso-element"] ?? "")) return ![...element.querySelectorAll("*")].some(e => this.#isLoose(e));
    if (/^comment-list$/.test(style["mso-element"] ?? "")) {
      element.querySelectorAll('[data-style*="mso-element:comment"]').forEach(() => this.lose("lostComments"));
      return true;
    }
    if (style["mso-comment-reference"] || style["mso-special-character"] === "comment") return true;
    if (name === "del" && (element.hasAttribute("cite") || element.hasAttribute("datetime"))) {
      this.lose("lostDeleted", element.textContent);
      return true;
    }
    if (drawn.has(name)) {
      this.lose("lostDrawing");
      return true;
    }
    if (/^(iframe|embed|video|audio)$/.test(name)) {
      this.lose("lostEmbedded", hostOf(element.getAttribute("src") ?? element.querySelector("source")?.getAttribute("src") ?? ""));
      return true;
    }
    if (entered.has(name)) {
      const text = element.value ?? element.textContent;
      if (element.type !== "hidden" && String(text).trim()) this.lose("lostForm", String(text));
      return true;
    }
    if (style.display === "none" || style["mso-hide"] === "all" || style.visibility === "hidden" || element.hidden) {
      if (element.textContent.trim()) this.lose(/^(tr|td|th)$/.test(name) ? "lostHiddenCells" : "lostHidden", name === "tr" ? [...element.cells].map(c => c.textContent).join(" ") : element.textContent);
      return true;
    }
    return false;
  }

  skip(element) {
    return this.#skip(element);
  }

  // #isLoose reports whether an element of a list of notes has words of its own.
  #isLoose(element) {
    return element.children.length === 0 && element.textContent.trim() && ![...this.#notes.values()].some(n => n.contains(element));
  }
}

const blockSelector = [...blockNames].join(",");

// styleOf reads the style of an element, also what the browser would not: Word's own
// properties.
function styleOf(element) {
  const style = {};
  for (const one of (element.getAttribute("data-style") ?? "").split(";")) {
    const colon = one.indexOf(":");
    if (colon < 1) continue;
    const [key, value] = [one.slice(0, colon).trim().toLowerCase(), one.slice(colon + 1).trim()];
    style[key] = key === "font-family" ? value : value.toLowerCase(); // .VnTimeH is not .VnTime
  }
  return style;
}

// tidy makes ordinary what programs put between words: no-break and other spaces,
// characters that cannot be seen, letters in two parts.
const tidy = text => text.replaceAll(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, " ").replaceAll(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, "").normalize("NFC");

const decode = text => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const safe = href => /^(https?:|mailto:|tel:|\/(?!\/))/i.test(href);

const hostOf = src => {
  try {
    return new URL(src, "https://x.invalid/").hostname.replace("x.invalid", "") || src.slice(0, 40);
  } catch {
    return src.slice(0, 40);
  }
};

// Pages that only pass a reader on, and what follows a reader from page to page; as
// internal/office/tracking.go has them.
const passers = [[/(^|\.)google\.com(\.vn)?$/, "/url", ["q", "url"]], [/(^|\.)(l|lm)\.facebook\.com$/, "/l.php", ["u"]], [/(^|\.)l\.instagram\.com$/, "/", ["u"]], [/(^|\.)safelinks\.protection\.outlook\.com$/, "/", ["url"]], [/^link\.zalo\.me$/, "/", ["url"]], [/(^|\.)youtube\.com$/, "/redirect", ["q"]]];
const trackers = /^(utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|zarsrc|zalo.*|igshid|igsh|mc_cid|mc_eid|yclid|_hsenc|_hsmi|mkt_tok|ref_src|__cft__.*|__tn__)$/i;

function direct(href) {
  for (let i = 0; i < 3; i++) {
    let url;
    try {
      url = new URL(href, "https://x.invalid/");
    } catch {
      return href;
    }
    const keys = passers.find(([host, path]) => host.test(url.hostname.replace(/^www\./, "")) && url.pathname.startsWith(path))?.[2] ?? [];
    const to = keys.map(key => url.searchParams.get(key)).find(value => /^https?:/i.test(value ?? ""));
    if (!to) {
      const query = url.search.slice(1).split("&");
      const kept = query.filter(pair => !trackers.test(decode(pair.split("=")[0])));
      return kept.length === query.length ? href : href.replace(url.search, kept.length > 0 ? "?" + kept.join("&") : "");
    }
    href = to;
  }
  return href;
}

// paragraphs splits runs at empty lines, and leaves out white space that would not be
// seen.
export function paragraphs(runs) {
  const all = [[]];
  let lines = 0;
  for (const run of merged(runs)) {
    if (run.line) {
      lines++;
      continue;
    }
    if (run.text !== undefined && !run.text.trim() && (lines > 0 || all.at(-1).length === 0)) continue;
    if (all.at(-1).length > 0 && (lines > 1 || lines === 1 && typedSign.test(run.text ?? ""))) all.push([]);
    else if (lines === 1 && all.at(-1).length > 0) all.at(-1).push({ line: true });
    lines = 0;
    all.at(-1).push(run);
  }
  return all.map(trimmed).filter(paragraph => paragraph.length > 0);
}

const sameMarks = (a, b) => a.text !== undefined && b.text !== undefined && !a.strong === !b.strong && !a.emphasis === !b.emphasis && !a.strike === !b.strike && !a.code === !b.code && a.href === b.href;

// merged joins runs of the same marks, and makes one space of white space.
function merged(runs) {
  const all = [];
  let space = true;
  for (const run of runs) {
    if (run.text === undefined) {
      all.push(run);
      space = !!run.line;
      continue;
    }
    let text = run.text.replaceAll(/[ \t\r\n\f]+/g, " ");
    if (space) text = text.replace(/^ /, "");
    if (text === "") continue;
    space = text.endsWith(" ");
    if (all.length > 0 && sameMarks(all.at(-1), run)) all.at(-1).text += text;
    else all.push({ ...run, text });
  }
  return all;
}

// trimmed takes white space from the ends of a paragraph and of its lines, and out of
// marks: "**bold **" is not bold.
function trimmed(runs) {
  const all = [];
  for (const run of runs) {
    if (run.text === undefined || !(run.strong || run.emphasis || run.strike || run.href) || run.text === run.text.trim()) {
      all.push(run);
      continue;
    }
    const [, before, text, after] = /^( ?)(.*?)( ?)$/s.exec(run.text);
    if (before) all.push({ text: " " });
    if (text) all.push({ ...run, text });
    if (after) all.push({ text: " " });
  }
  const out = [];
  all.forEach((run, i) => {
    if (run.text !== undefined) {
      let { text } = run;
      if (out.length === 0 || out.at(-1).line) text = text.trimStart();
      if (i === all.length - 1 || all[i + 1].line) text = text.trimEnd();
      if (text !== "") out.push({ ...run, text });
    } else {
      out.push(run);
    }
  });
  return out;
}

// plainMarks leaves bold out of headings, which are bold by themselves.
const plainMarks = runs => merged(runs.map(run => run.strong ? { ...run, strong: false } : run));

// typedSign is what is typed before an item of a list.
const typedSign = /^(?:[•●○◦▪■▫◘◙►▶➢➤✓✔✦❖·∙⁃‣⦁\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d]\s*|[-–+*]\s+)(?=\S)/u;

// resolved makes lists of the items in blocks, and in the blocks within them.
export function resolved(blocks) {
  return listed(blocks.map(block => {
    if (block.items) return { ...block, items: block.items.map(resolved) };
    return block.blocks ? { ...block, blocks: resolved(block.blocks) } : block;
  }));
}

// listed makes lists of items that stand side by side, those of Word and those whose
// sign was typed.
export function listed(blocks) {
  const all = [];
  let open = []; // lists around the next item, outermost first
  for (let block of blocks) {
    if (block.type === "paragraph" && block.runs[0]?.text !== undefined && typedSign.test(block.runs[0].text)) {
      const [first, ...rest] = block.runs;
      const text = first.text.replace(typedSign, "");
      block = { type: "item", level: 1, ordered: false, start: 1, blocks: [{ type: "paragraph", runs: [{ ...first, text }, ...rest] }] };
    }
    if (block.type !== "item") {
      open = [];
      all.push(block);
      continue;
    }
    const { level, ordered, start, blocks: inside } = block;
    while (open.length > 0 && open.at(-1).level > level) open.pop();
    if (open.at(-1)?.level === level && open.at(-1).list.ordered !== ordered) open.pop();
    if (open.at(-1)?.level !== level) {
      const list = { type: "list", ordered, start, items: [] };
      if (open.length > 0) open.at(-1).list.items.at(-1).push(list);
      else all.push(list);
      open.push({ level, list });
    }
    open.at(-1).list.items.push(inside);
  }
  return all;
}

// shiftHeadings makes room for the entry's own title, the only heading of level 1, and
// leaves no level out.
function shiftHeadings(blocks) {
  const levels = [...new Set(blocks.filter(b => b.type === "heading").map(b => b.level))].sort();
  return blocks.map(b => b.type === "heading" ? { ...b, level: Math.min(6, Math.max(2, levels[0]) + levels.indexOf(b.level)) } : b);
}
