// The surface that the text of an entry is written on: Markdown in and out, shown as it
// will be read.
import "./surface.css";
import { defaultValueCtx, Editor, editorViewCtx, editorViewOptionsCtx, nodeViewCtx, parserCtx, remarkCtx, remarkStringifyOptionsCtx, rootCtx, serializerCtx } from "@milkdown/kit/core";
import { history } from "@milkdown/kit/plugin/history";
import { commonmark, htmlAttr, imageSchema, remarkPreserveEmptyLinePlugin, syncHeadingIdPlugin } from "@milkdown/kit/preset/commonmark";
import { extendListItemSchemaForTask, gfm, remarkGFMPlugin, tableCellSchema, tableHeaderSchema, tableSchema } from "@milkdown/kit/preset/gfm";
import { Fragment } from "@milkdown/kit/prose/model";
import { Plugin, Selection, TextSelection } from "@milkdown/kit/prose/state";
import { $prose } from "@milkdown/kit/utils";
import { actions, cardActions, pictureActions, tableActions } from "./actions.js";
import { withoutStyles } from "./clean.js";
import { element } from "./element.js";
import { findingsPlugin, placeOf, showFindings } from "./findings.js";
import { slice } from "./nodes.js";
import { take } from "./paste.js";
import { describe, isFilm, pictureAt, pictureView, title } from "./pictures.js";
import { linkBefore, typedAddress } from "./addresses.js";
import { asCommonMark, asTheSiteReads, said } from "./reading.js";
import { cardAt, shortcodeNode, shortcodeSyntax, typedShortcode } from "./shortcode.js";
import { cellBelow, nextCell, tableAt } from "./table.js";
import { toolbar } from "./toolbar.js";
import { vietnamese } from "./words.js";

let surfaces = 0;

// wider lets in what Markdown has and Milkdown's schema drops: tables of headings alone,
// items that begin with something other than a paragraph, pictures without a title.
const wider = [
  tableSchema.extendSchema(before => ctx => ({ ...before(ctx), content: "table_header_row table_row*" })),
  extendListItemSchemaForTask.extendSchema(before => ctx => ({ ...before(ctx), content: "block+" })),
  // A cell that was copied here: withoutStyles renamed the attribute that has its alignment.
  ...[[tableCellSchema, "td"], [tableHeaderSchema, "th"]].map(([schema, tag]) => schema.extendSchema(before => ctx => ({
    ...before(ctx),
    parseDOM: [{ tag, getAttrs: dom => ({ alignment: /text-align:\s*(right|center)/.exec(dom.dataset.style ?? "")?.[1] ?? null }) }],
  }))),
  imageSchema.extendSchema(before => ctx => ({
    ...before(ctx),
    parseMarkdown: {
      match: node => node.type === "image",
      runner: (state, node, type) => state.addNode(type, { src: node.url, alt: node.alt ?? "", title: node.title ?? "" }),
    },
  })),
].flat();

// withoutEmptyLines leaves out paragraphs that have nothing in them, and that Markdown
// cannot write.
function withoutEmptyLines(node) {
  if (node.inlineContent || node.isLeaf || node.type.name === "table") return node;
  const filled = node.content.content.filter(child => child.type.name !== "paragraph" || child.content.size > 0);
  return filled.length > 0 ? node.copy(Fragment.from(filled.map(withoutEmptyLines))) : node;
}

// openSurface opens a surface in an element, and returns a promise of
//
//   {markdown(): string, insert(markdown), replace(markdown), focus(), find(words),
//   setFindings(list), destroy()}
//
// replace puts another text in the place of the whole, and leaves alone what both have;
// it can be undone. find selects the first place of some words.
//
// All that it is given but the Markdown may be left out; what cannot be picked has no
// button. Whatever is picked is a promise, of null where nothing was.
//
//   markdown     the text; unchanged, it is given back byte for byte
//   words        other words for those of words.js
//   label        the element that names the field, or its words
//   onChange()   the text was changed
//   onLost(list) sentences on what a paste could not take; the surface shows them too
//   address(src) where the browser finds a file of the entry
//   pickLink({href, text})  → {href, text}; an empty href takes the link away
//   pickPicture({file, src, alt, caption, credit})  → {src, alt, caption, credit}; file is
//                what was pasted or dropped. Without alt the surface asks for the words
//   pickFile({file, film})  → {href, text}
//   pickClause() → "15-kh-tu/ii-1-2"
//   findings     [{text, message}], as for setFindings
export async function openSurface(place, options = {}) {
  const { markdown = "", onChange = () => {}, onLost = () => {}, address = src => src, pickLink, pickPicture, pickFile, pickClause, findings = [] } = options;
  const words = { ...vietnamese, ...options.words, cards: { ...vietnamese.cards, ...options.words?.cards } };
  const id = `surface-${++surfaces}`;
  const box = element("div", { class: "surface-text" });
  const source = element("textarea", { id: `${id}-source`, "aria-label": words.source, spellcheck: "false", hidden: "" });
  const status = element("p", { class: "surface-say", role: "status" });
  const tools = element("div", { class: "surface-tools" });
  const frame = element("div", { class: "surface" }, tools, status, element("p", { id: `${id}-hint`, class: "surface-hint" }, words.hint), box, source);
  place.append(frame);

  let view = null;
  let ctx = null;
  let opened = markdown; // what the document was read from, and the document
  let openedDoc = null;
  let heard = ""; // all that the text says that was read last
  let whole = true; // the document has all that the text has
  let leaving = false; // Esc was pressed: Tab leaves the text

  const host = {
    words, pickLink, pickPicture, pickFile, pickClause,
    get view() { return view; },
    get inSource() { return !source.hidden; },
    parse: text => ctx.get(parserCtx)(asCommonMark(text)),
    say(list) {
      status.textContent = list.length > 0 ? [words.lost, ...list].join("\n") : "";
      if (list.length > 0) onLost(list);
    },
    // described completes what the page says of a picture, and asks where it says nothing.
    async described(placed, known = {}) {
      const alt = placed.alt || known.alt || "";
      const below = title(placed, words) || known.title || "";
      const asked = alt ? null : await describe({ alt, title: below }, words, isFilm(placed.src) ? null : address(placed.src));
      return { file: placed.src, src: placed.src, alt, title: below, ...asked };
    },
    async addPicture(file) {
      const placed = await pickPicture(file ? { file } : {});
      if (placed) host.insertPicture(await host.described(placed));
      view.focus();
    },
    async addFile(file) {
      const placed = await pickFile(file ? { file } : {});
      if (placed) {
        const { schema, tr, selection: { $from } } = view.state;
        const before = $from.parent.textBetween(0, $from.parentOffset, "", "\uFFFC");
        if (/\S$/.test(before)) tr.insertText(" ");
        view.dispatch(tr.replaceSelectionWith(schema.text(placed.text || placed.href, [schema.marks.link.create({ href: placed.href })]), false).scrollIntoView());
      }
      view.focus();
    },
    insertPicture: ({ src, alt, title }) => host.insertBlock(view.state.schema.nodes.image.create({ src, alt, title })),
    // insertBlock puts a node that stands within lines on a line of its own, and the caret
    // on the line below.
    insertBlock(inline) {
      const { tr, selection: { $from }, schema: { nodes } } = view.state;
      if (tableAt(view.state)) {
        view.dispatch(tr.replaceSelectionWith(inline).scrollIntoView());
        return;
      }
      const isEmpty = $from.parent.isTextblock && $from.parent.content.size === 0;
      const at = isEmpty ? $from.before() : $from.depth === 0 ? $from.pos : $from.after();
      tr.replaceWith(at, isEmpty ? $from.after() : at, [nodes.paragraph.create(null, inline), nodes.paragraph.create()]);
      view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + inline.nodeSize + 3)).scrollIntoView());
    },
    toggleSource,
  };

  const bars = {
    main: toolbar(words.tools, id, actions(host), () => host.inSource ? source.focus() : view.focus()),
    table: toolbar(words.tableTools, id, tableActions(host), () => view.focus()),
    picture: toolbar(words.pictureTools, id, pictureActions(host), () => view.focus()),
    card: toolbar(words.cardTools, id, cardActions(host), () => view.focus()),
  };
  tools.append(...Object.values(bars).map(bar => bar.dom));

  // update shows the tools for where the caret is.
  function update() {
    const state = host.inSource ? null : view?.state;
    bars.main.update(state);
    for (const [bar, is] of [[bars.table, state && tableAt(state)], [bars.picture, state && pictureAt(state)], [bars.card, state && cardAt(state)]]) {
      bar.dom.hidden = !is;
      if (is) bar.update(state);
    }
    const { doc } = view?.state ?? {};
    box.classList.toggle("empty", !!doc && doc.childCount === 1 && doc.firstChild.type.name === "paragraph" && doc.firstChild.content.size === 0);
  }

  const serialized = () => view.state.doc.eq(openedDoc) ? opened : ctx.get(serializerCtx)(withoutEmptyLines(view.state.doc));

  // toggleSource goes to Markdown and back. Without a change the text stays as it was
  // written.
  function toggleSource() {
    if (!view) return; // the document could not be made: there is the Markdown alone
    if (!host.inSource) {
      source.value = serialized();
      show(true);
      source.focus();
      return;
    }
    if ((!whole || source.value !== serialized()) && !read(source.value)) return;
    whole = true;
    show(false);
    view.focus();
  }

  function show(inSource) {
    source.hidden = !inSource;
    box.hidden = inSource;
    update();
  }

  // isWhole reports whether a document has all that was in the text that was read last.
  const isWhole = doc => heard === said(ctx.get(remarkCtx).parse(ctx.get(serializerCtx)(doc)));

  // read takes Markdown into the document, in which what stays the same is not touched.
  // What cannot be read stays as Markdown.
  function read(text) {
    let doc = null;
    try {
      doc = host.parse(text);
    } catch (error) {
      console.warn(error);
    }
    if (!doc || !isWhole(doc)) {
      status.textContent = words.notOpened;
      return false;
    }
    const { tr, doc: now } = view.state;
    const from = now.content.findDiffStart(doc.content);
    if (from !== null) {
      let { a: to, b: end } = now.content.findDiffEnd(doc.content);
      const overlap = from - Math.min(to, end);
      if (overlap > 0) [to, end] = [to + overlap, end + overlap];
      view.dispatch(tr.replace(from, to, doc.slice(from, end)));
    }
    opened = text;
    openedDoc = view.state.doc;
    status.textContent = "";
    return true;
  }

  // asSource opens a text that the document cannot hold.
  function asSource() {
    whole = false;
    status.textContent = words.notOpened;
    source.value = markdown;
    source.hidden = false;
    box.hidden = true;
  }

  // linkTyped makes a link of the address that was typed last.
  function linkTyped() {
    const tr = linkBefore(view.state);
    if (tr) view.dispatch(tr);
    return false;
  }

  function keydown(event) {
    if (event.isComposing || event.keyCode === 229) return false;
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "Enter") linkTyped();
    if (event.altKey && event.key === "F10") {
      ([bars.card, bars.picture, bars.table].find(bar => !bar.dom.hidden) ?? bars.main).focus();
    } else if (control && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && pickLink) {
      bars.main.dom.querySelector('[data-action="link"]').click();
    } else if (event.key === "Enter" && (pictureAt(view.state) || cardAt(view.state))) {
      (pictureAt(view.state) ? bars.picture : bars.card).dom.querySelector("button").click();
    } else if (event.key === "Tab" && !control && !event.altKey && tableAt(view.state)) {
      return nextCell(view, event.shiftKey);
    } else if (event.key === "Enter" && !control && !event.altKey && !event.shiftKey && tableAt(view.state)) {
      return cellBelow(view);
    } else {
      return false;
    }
    return true;
  }

  const label = options.label instanceof Element ? { "aria-labelledby": (options.label.id ||= `${id}-label`) } : { "aria-label": options.label ?? words.text };
  try {
    const editor = await Editor.make()
      .config(c => {
        c.set(rootCtx, box);
        c.set(defaultValueCtx, asCommonMark(markdown));
        c.update(remarkStringifyOptionsCtx, was => ({ ...was, bullet: "-", rule: "-", incrementListMarker: true }));
        c.set(htmlAttr.key, () => ({ title: words.html }));
        c.set(remarkGFMPlugin.options.key, { tablePipeAlign: false });
        c.update(nodeViewCtx, views => [...views, ["image", pictureView(address, words)]]);
        c.set(editorViewOptionsCtx, {
          attributes: { id, lang: "vi", spellcheck: "false", role: "textbox", "aria-multiline": "true", "aria-describedby": `${id}-hint`, "data-placeholder": words.placeholder, ...label },
          handleKeyDown: (_, event) => keydown(event),
          transformPastedHTML: withoutStyles,
          handleDrop: (_, event, __, moved) => {
            if (moved || !event.dataTransfer) return false;
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            if (at) view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at.pos))));
            return take(host, event.dataTransfer);
          },
          handleDoubleClickOn: (_, pos, node) => {
            if (!/^(image|shortcode)$/.test(node.type.name)) return false;
            (node.type.name === "image" ? bars.picture : bars.card).dom.querySelector("button").click();
            return true;
          },
          handleDOMEvents: {
            paste: (_, event) => {
              const taken = take(host, event.clipboardData);
              if (taken) event.preventDefault();
              return taken;
            },
            blur: linkTyped,
            keydown: (_, event) => {
              const leaves = leaving && event.key === "Tab";
              leaving = event.key === "Escape" || leaving && /^(Shift|Tab)$/.test(event.key);
              return leaves;
            },
          },
        });
      })
      .use([asTheSiteReads(all => { heard = all; }), shortcodeSyntax].flat())
      .use(commonmark.filter(plugin => ![remarkPreserveEmptyLinePlugin, syncHeadingIdPlugin].flat().includes(plugin)))
      .use(gfm)
      .use(wider)
      .use(shortcodeNode(words))
      .use(typedShortcode)
      .use(typedAddress)
      .use(history)
      .use($prose(findingsPlugin))
      .use($prose(() => new Plugin({
        view: () => ({
          update: (now, before) => {
            if (!ctx) return;
            update();
            if (!now.state.doc.eq(before.doc)) onChange();
          },
        }),
      })))
      .create();
    ctx = editor.ctx;
    view = ctx.get(editorViewCtx);
    openedDoc = view.state.doc;
    if (isWhole(openedDoc)) showFindings(view, findings);
    else asSource();
  } catch (error) {
    console.error(error);
    asSource();
  }
  source.addEventListener("input", () => onChange());
  source.addEventListener("keydown", event => {
    if (event.altKey && event.key === "F10") bars.main.focus();
  });
  update();

  return {
    markdown: () => host.inSource ? source.value : serialized(),
    insert(text) {
      if (host.inSource) source.setRangeText(text, source.selectionStart, source.selectionEnd, "end");
      else view.dispatch(view.state.tr.replaceSelection(slice(host.parse(text).content)).scrollIntoView());
      if (host.inSource) onChange();
    },
    replace(text) {
      if (host.inSource || !read(text)) {
        if (!host.inSource) toggleSource();
        source.value = text;
        onChange();
      }
    },
    focus: () => host.inSource ? source.focus() : view.focus(),
    find(words) {
      const found = !host.inSource && placeOf(view.state.doc, words);
      if (found) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, found.from, found.to)).scrollIntoView());
      this.focus();
    },
    setFindings: list => view && showFindings(view, list),
    destroy() {
      view?.destroy();
      frame.remove();
    },
  };
}
