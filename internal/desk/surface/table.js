// Tables as a grid of cells. Markdown has one row of headings, no merged cells, and one
// line in a cell.
import { Selection } from "@milkdown/kit/prose/state";

// tableAt returns the table in which a selection begins, with the row and column; null
// outside of tables.
export function tableAt({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name === "table") {
      return { node: $from.node(depth), pos: $from.before(depth), row: $from.index(depth), column: $from.depth > depth ? $from.index(depth + 1) : 0 };
    }
  }
  return null;
}

// grid returns the cells of a table, row by row: {content, alignment}.
export function grid(table) {
  const rows = [];
  table.forEach(row => {
    const cells = [];
    row.forEach(cell => cells.push({ content: cell.firstChild.content, alignment: cell.attrs.alignment }));
    rows.push(cells);
  });
  return rows;
}

// tableOf makes a table of a grid, whose rows may differ in length. A column has the
// alignment of its first cell.
export function tableOf(schema, rows) {
  const { table, table_header_row, table_header, table_row, table_cell, paragraph } = schema.nodes;
  const width = Math.max(1, ...rows.map(row => row.length));
  return table.create(null, rows.map((row, y) => {
    const cells = Array.from({ length: width }, (_, x) =>
      (y === 0 ? table_header : table_cell).create({ alignment: rows[0][x]?.alignment ?? null }, paragraph.create(null, row[x]?.content)));
    return (y === 0 ? table_header_row : table_row).create(null, cells);
  }));
}

const empty = () => ({ content: undefined, alignment: null });
const blank = cell => !cell.content || cell.content.size === 0;

// put replaces a table, and sets the caret into a cell of the new one.
export function put(view, { pos, node }, rows, row, column) {
  const { state } = view;
  const made = tableOf(state.schema, rows);
  const tr = state.tr.replaceWith(pos, pos + node.nodeSize, made);
  view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(cellAt(made, pos, row, column)))).scrollIntoView());
}

// cellAt returns the position at the end of a cell of a table that stands at pos.
export function cellAt(table, pos, row, column) {
  row = Math.min(row, table.childCount - 1);
  let at = pos + 1;
  for (let y = 0; y < row; y++) at += table.child(y).nodeSize;
  at++;
  const cells = table.child(row);
  column = Math.min(column, cells.childCount - 1);
  for (let x = 0; x < column; x++) at += cells.child(x).nodeSize;
  return at + cells.child(column).nodeSize - 2;
}

// edit changes the table at the caret. change takes the grid and where the caret is, and
// returns where it is then; it may change the grid.
function edit(change) {
  return view => {
    const at = tableAt(view.state);
    if (!at) return false;
    const rows = grid(at.node);
    const [row, column] = change(rows, at.row, at.column);
    if (rows.length === 0 || rows[0].length === 0) remove(view);
    else put(view, at, rows, row, column);
    return true;
  };
}

const insertRow = below => edit((rows, y, x) => {
  rows.splice(y + below, 0, rows[0].map(empty));
  rows[0].forEach((cell, i) => { cell.alignment = rows[1]?.[i]?.alignment ?? cell.alignment; });
  return [y + below, x];
});

const insertColumn = (right, to) => edit((rows, y, x) => {
  const at = (to ?? x) + right;
  rows.forEach(row => row.splice(at, 0, empty()));
  return [y, at];
});

const align = alignment => edit((rows, y, x) => {
  rows.forEach(row => { row[x].alignment = alignment; });
  return [y, x];
});

export const rowAbove = insertRow(0);
export const rowBelow = insertRow(1);
export const columnLeft = insertColumn(0);
export const columnRight = insertColumn(1);
export const headingColumn = insertColumn(0, 0);
export const alignLeft = align(null);
export const alignCenter = align("center");
export const alignRight = align("right");

export const dropRow = edit((rows, y, x) => {
  const [gone] = rows.splice(y, 1);
  if (y === 0 && rows.length > 0) rows[0].forEach((cell, i) => { cell.alignment = gone[i].alignment; });
  return [Math.max(0, Math.min(y, rows.length - 1)), x];
});

export const dropColumn = edit((rows, y, x) => {
  rows.forEach(row => row.splice(x, 1));
  return [y, Math.max(0, x - 1)];
});

// headingRow puts an empty row above a table whose first row is no row of headings: so
// the site is told that it has none. An empty one is taken out again.
export const headingRow = edit((rows, y, x) => {
  const alignments = rows[0].map(cell => cell.alignment);
  if (rows[0].every(blank) && rows.length > 1) {
    rows.shift();
    y = Math.max(0, y - 1);
  } else {
    rows.unshift(rows[0].map(empty));
    y++;
  }
  rows[0].forEach((cell, i) => { cell.alignment = alignments[i]; });
  return [y, x];
});

export function hasHeadingRow(state) {
  const at = tableAt(state);
  return !!at && !grid(at.node)[0].every(blank);
}

export function hasHeadingColumn(state) {
  const at = tableAt(state);
  return !!at && blank(grid(at.node)[0][0]) && hasHeadingRow(state);
}

export const aligned = alignment => state => {
  const at = tableAt(state);
  const is = at?.node.child(0).maybeChild(at.column)?.attrs.alignment ?? null;
  return (is === "left" ? null : is) === alignment;
};

export function remove(view) {
  const at = tableAt(view.state);
  if (!at) return false;
  const tr = view.state.tr.replaceWith(at.pos, at.pos + at.node.nodeSize, view.state.schema.nodes.paragraph.create());
  view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(at.pos + 1))));
  return true;
}

// nextCell moves to the next cell or the one before; behind the last one it adds a row.
export function nextCell(view, back) {
  const at = tableAt(view.state);
  const width = at.node.child(0).childCount;
  const to = at.row * width + at.column + (back ? -1 : 1);
  if (to < 0) return false;
  return goTo(view, at, Math.floor(to / width), to % width);
}

// cellBelow moves down a row; below the last one it adds a row.
export function cellBelow(view) {
  const at = tableAt(view.state);
  return goTo(view, at, at.row + 1, at.column);
}

function goTo(view, at, row, column) {
  if (row >= at.node.childCount) {
    const rows = grid(at.node);
    rows.push([]);
    put(view, at, rows, row, column);
    return true;
  }
  view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(cellAt(at.node, at.pos, row, column)))).scrollIntoView());
  return true;
}

// fillCells puts pasted cells over those of the table at the caret, from there to the
// right and down; the table grows as it must.
export function fillCells(view, cells) {
  const at = tableAt(view.state);
  const rows = grid(at.node);
  const width = Math.max(rows[0].length, at.column + Math.max(...cells.map(row => row.length)));
  while (rows.length < at.row + cells.length) rows.push([]);
  rows.forEach(row => { while (row.length < width) row.push(empty()); });
  cells.forEach((row, y) => row.forEach((cell, x) => { rows[at.row + y][at.column + x].content = cell.content; }));
  put(view, at, rows, at.row, at.column);
}
