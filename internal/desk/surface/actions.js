// What the buttons do.
import { setBlockType, toggleMark, wrapIn, lift } from "@milkdown/kit/prose/commands";
import { redo, redoDepth, undo, undoDepth } from "@milkdown/kit/prose/history";
import { liftListItem, wrapInList } from "@milkdown/kit/prose/schema-list";
import { Selection } from "@milkdown/kit/prose/state";
import { free, labelsOf } from "./nodes.js";
import { askFilm, describe, isFilm, pictureAt } from "./pictures.js";
import * as shortcode from "./shortcode.js";
import * as table from "./table.js";

// actions returns those of the main toolbar. Where the text is shown as Markdown the state
// is null, and all of them but the way back are disabled.
export function actions(host) {
  const { words } = host;
  const run = command => () => {
    command(host.view.state, host.view.dispatch, host.view);
    host.view.focus();
  };
  const nodes = () => host.view.state.schema.nodes;
  const marks = () => host.view.state.schema.marks;
  const enabled = state => !!state;
  const outside = state => !!state && !table.tableAt(state);

  const mark = name => ({ enabled, run: () => run(toggleMark(marks()[name]))(), pressed: state => !!state && hasMark(state, state.schema.marks[name]) });
  const heading = level => ({
    enabled: outside,
    run: () => run(isHeading(host.view.state, level) ? setBlockType(nodes().paragraph) : setBlockType(nodes().heading, { level }))(),
    pressed: state => !!state && isHeading(state, level),
  });
  const list = name => ({ enabled: outside, run: () => run(toggleList(nodes()[name]))(), pressed: state => !!state && around(state, /_list$/)?.node.type.name === name });

  return [
    { name: "undo", label: words.undo, keys: "Control+Z", run: run(undo), enabled: state => !!state && undoDepth(state) > 0 },
    { name: "redo", label: words.redo, keys: "Control+Y", run: run(redo), enabled: state => !!state && redoDepth(state) > 0 },
    { name: "bold", label: words.bold, keys: "Control+B", ...mark("strong") },
    { name: "italic", label: words.italic, keys: "Control+I", ...mark("emphasis") },
    { name: "heading", label: words.heading, keys: "Control+Alt+2", ...heading(2) },
    { name: "subheading", label: words.subheading, keys: "Control+Alt+3", ...heading(3) },
    { name: "list", label: words.list, keys: "Control+Alt+8", ...list("bullet_list") },
    { name: "numbers", label: words.numbers, keys: "Control+Alt+7", ...list("ordered_list") },
    { name: "quote", label: words.quote, keys: "Control+Shift+B", enabled: outside, run: () => run(around(host.view.state, /^blockquote$/) ? lift : wrapIn(nodes().blockquote))(), pressed: state => !!state && !!around(state, /^blockquote$/) },
    host.pickLink && { name: "link", label: words.link, keys: "Control+K", enabled, run: () => link(host), pressed: state => !!state && hasMark(state, state.schema.marks.link) },
    host.pickPicture && { name: "picture", label: words.picture, enabled, run: () => host.addPicture() },
    { name: "table", label: words.table, enabled: outside, run: () => insertTable(host) },
    host.pickFile && { name: "file", label: words.file, enabled, run: () => host.addFile() },
    host.pickClause && { name: "clause", label: words.clause, enabled: outside, run: () => clause(host) },
    { name: "film", label: words.film, enabled: outside, run: () => film(host) },
    { name: "footnote", label: words.footnote, enabled, run: () => footnote(host) },
    { name: "source", label: words.source, run: () => host.toggleSource(), pressed: () => host.inSource },
  ].filter(Boolean);
}

// tableActions are those of the table at the caret.
export function tableActions(host) {
  const { words } = host;
  const action = (name, command, more = {}) => ({
    name, label: words[name], ...more,
    run: () => {
      command(host.view);
      host.view.focus();
    },
  });
  return [
    action("rowAbove", table.rowAbove),
    action("rowBelow", table.rowBelow),
    action("columnLeft", table.columnLeft),
    action("columnRight", table.columnRight),
    action("dropRow", table.dropRow),
    action("dropColumn", table.dropColumn),
    action("alignLeft", table.alignLeft, { pressed: table.aligned(null) }),
    action("alignCenter", table.alignCenter, { pressed: table.aligned("center") }),
    action("alignRight", table.alignRight, { pressed: table.aligned("right") }),
    action("headingRow", table.headingRow, { pressed: table.hasHeadingRow }),
    action("headingColumn", table.headingColumn, { enabled: state => !table.hasHeadingColumn(state) }),
    action("dropTable", table.remove),
  ];
}

// pictureActions are those of the selected picture or film.
export function pictureActions(host) {
  const { words } = host;
  return [
    {
      name: "describe", label: words.describe,
      run: async () => {
        const { pos } = host.view.state.selection.$from;
        const given = await describe(pictureAt(host.view.state).attrs, words);
        const node = host.view.state.doc.nodeAt(pos);
        if (given && node?.type.name === "image") host.view.dispatch(host.view.state.tr.setNodeMarkup(pos, null, { ...node.attrs, ...given }));
        host.view.focus();
      },
    },
    {
      name: "dropPicture", label: words.dropPicture,
      run: () => {
        host.view.dispatch(host.view.state.tr.deleteSelection());
        host.view.focus();
      },
    },
  ];
}

// cardActions are those of the selected card.
export function cardActions(host) {
  const { words } = host;
  return [
    host.pickClause && {
      name: "changeClause", label: words.changeClause,
      enabled: state => shortcode.isClause(shortcode.cardAt(state)),
      run: async () => {
        const { pos } = host.view.state.selection.$from;
        const picked = await host.pickClause();
        if (picked && host.view.state.doc.nodeAt(pos)?.type.name === "shortcode") host.view.dispatch(host.view.state.tr.setNodeMarkup(pos, null, { value: shortcode.clause(picked) }));
        host.view.focus();
      },
    },
    {
      name: "dropCard", label: words.dropCard,
      run: () => {
        const { tr, doc, selection } = host.view.state;
        for (const pos of shortcode.cardsToDrop(doc, selection.from).reverse()) tr.delete(pos, pos + 1);
        host.view.dispatch(tr);
        host.view.focus();
      },
    },
  ].filter(Boolean);
}

function hasMark({ selection, storedMarks, doc }, type) {
  if (selection.empty) return !!type.isInSet(storedMarks ?? selection.$from.marks());
  return doc.rangeHasMark(selection.from, selection.to, type);
}

const isHeading = ({ selection }, level) => selection.$from.parent.type.name === "heading" && selection.$from.parent.attrs.level === level;

// around returns the innermost node of a name around the caret.
function around({ selection: { $from } }, name) {
  for (let depth = $from.depth; depth > 0; depth--) {
    if (name.test($from.node(depth).type.name)) return { node: $from.node(depth), pos: $from.before(depth) };
  }
  return null;
}

// toggleList makes a list, makes it the other kind, or takes an item out of it.
const toggleList = type => (state, dispatch) => {
  const inside = around(state, /_list$/);
  if (!inside) return wrapInList(type)(state, dispatch);
  if (inside.node.type === type) return liftListItem(state.schema.nodes.list_item)(state, dispatch);
  const ordered = type.name === "ordered_list";
  const tr = state.tr.setNodeMarkup(inside.pos, type, ordered ? { order: 1, spread: inside.node.attrs.spread } : { spread: inside.node.attrs.spread });
  inside.node.forEach((item, offset, i) => tr.setNodeMarkup(inside.pos + 1 + offset, null, { ...item.attrs, listType: ordered ? "ordered" : "bullet", label: ordered ? `${i + 1}.` : "•" }));
  dispatch?.(tr);
  return true;
};

// linkAt returns the link that the selection is in, or begins in: where it stands and its
// address. Without one it is where the selection is.
function linkAt({ selection: { from, to, empty, $from }, schema }) {
  const mark = [...$from.marks(), ...$from.nodeAfter?.marks ?? []].find(m => m.type === schema.marks.link);
  if (!mark || !empty) return { from, to, href: mark?.attrs.href ?? "" };
  const { parent } = $from;
  const has = i => i >= 0 && i < parent.childCount && mark.isInSet(parent.child(i).marks);
  let first = $from.index();
  if (!has(first)) first--;
  let last = first;
  while (has(first - 1)) first--;
  while (has(last + 1)) last++;
  let start = $from.start();
  for (let i = 0; i < first; i++) start += parent.child(i).nodeSize;
  let end = start;
  for (let i = first; i <= last; i++) end += parent.child(i).nodeSize;
  return { from: start, to: end, href: mark.attrs.href };
}

// link asks for the address of the words that are selected, or of the link at the caret.
async function link(host) {
  const { state } = host.view;
  const type = state.schema.marks.link;
  const { from, to, href } = linkAt(state);
  const text = state.doc.textBetween(from, to, " ");
  const picked = await host.pickLink({ href, text });
  if (picked) {
    const { tr, schema } = host.view.state;
    if (!picked.href) tr.removeMark(from, to, type);
    else if (from === to || picked.text && picked.text !== text) tr.replaceWith(from, to, schema.text(picked.text || picked.href, [type.create({ href: picked.href })]));
    else tr.removeMark(from, to, type).addMark(from, to, type.create({ href: picked.href }));
    host.view.dispatch(tr.scrollIntoView());
  }
  host.view.focus();
}

function insertTable(host) {
  const { view } = host;
  const { state } = view;
  const made = table.tableOf(state.schema, [[{}, {}, {}], [], []]);
  const { $from } = state.selection;
  const emptyLine = $from.parent.type.name === "paragraph" && $from.parent.content.size === 0 && $from.depth === 1;
  const pos = emptyLine ? $from.before() : $from.depth > 0 ? $from.after(1) : $from.pos;
  const tr = emptyLine ? state.tr.replaceWith(pos, $from.after(), made) : state.tr.insert(pos, made);
  view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(table.cellAt(made, pos, 0, 0)))).scrollIntoView());
  view.focus();
}

async function clause(host) {
  const picked = await host.pickClause();
  if (picked) host.insertBlock(host.view.state.schema.nodes.shortcode.create({ value: shortcode.clause(picked) }));
  host.view.focus();
}

async function film(host) {
  const given = await askFilm(host.words, host.pickFile);
  if (given) host.insertPicture({ ...given, src: isFilm(given.src) ? given.src : "https://" + given.src, title: "" });
  host.view.focus();
}

// footnote puts its number at the caret, and the caret where its words go.
function footnote(host) {
  const { view } = host;
  const { schema, doc, selection } = view.state;
  const label = free(labelsOf(doc));
  const tr = view.state.tr.insert(selection.to, schema.nodes.footnote_reference.create({ label }));
  tr.insert(tr.doc.content.size, schema.nodes.footnote_definition.create({ label }, schema.nodes.paragraph.create()));
  view.dispatch(tr.setSelection(Selection.atEnd(tr.doc)).scrollIntoView());
  view.focus();
}
