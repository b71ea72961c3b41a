// Tables, squared as internal/office/tables.go squares those of Word: a value that goes
// for several rows or columns stands in each of them, a heading over the whole table is
// said once, and headings in several rows become one ("Năm 2021 – Nữ").
import { resolved } from "./clean.js";

const maxCells = 100_000;
const longText = 80; // characters of a cell that is text set in a column

const textOf = runs => runs.map(run => run.text ?? (run.line ? " " : "")).join("").trim();

// cells returns the blocks that a <table> becomes. reader reads what is in its cells.
export function cells(table, reader, marks) {
  const rows = ownRows(table).filter(row => !reader.skip(row)).map(row => ({
    heading: row.parentElement.localName === "thead" || [...row.cells].length > 0 && [...row.cells].every(c => c.localName === "th"),
    cells: [...row.cells].filter(c => !reader.skip(c)),
  }));
  const caption = table.caption ? reader.blocks(table.caption, marks) : [];
  const width = Math.max(0, ...rows.map(row => row.cells.reduce((n, c) => n + span(c), 0)));
  if (width * rows.length > maxCells) {
    reader.lose("lostTable");
    return caption;
  }
  const read = new Map(rows.flatMap(row => row.cells.map(cell => [cell, resolved(reader.blocks(cell, cell.localName === "th" ? { ...marks, strong: false } : marks))])));
  if (isLayout(rows, width, read)) return [...caption, ...[...read.values()].flat()];
  const { lines, headings, alignments, pictures } = squared(rows, width, read);
  if (lines.length === 0) return [...caption, ...pictures];
  return [...caption, { type: "table", rows: [joined(lines.slice(0, headings)), ...lines.slice(headings)], alignments }, ...pictures];
}

const ownRows = table => [...table.rows];
const span = cell => Math.max(1, Math.min(cell.colSpan || 1, 1000));

// isLayout is so of a table that only sets text in columns, or draws a box around it.
function isLayout(rows, width, read) {
  if (rows.length === 1 && rows[0].cells.length === 1) return true;
  if (rows.some(row => row.heading) || width > 3 || rows.length > 1) return false;
  return [...read.values()].some(blocks => blocks.map(b => textOf(b.runs ?? [])).join("").length >= longText);
}

function squared(rows, width, read) {
  const pictures = [];
  const lines = [];
  const from = []; // cells that reach down: by column, {runs, left}
  let merged = 0; // rows that a cell of the first one reaches over
  let headings = 0;
  const sides = Array.from({ length: width }, () => new Set());
  rows.forEach((row, y) => {
    const line = [];
    const take = () => {
      while (from[line.length]?.left > 0) {
        const x = line.length;
        from[x].left--;
        if (from[x].first) merged = y;
        line.push(from[x].runs);
      }
    };
    for (const cell of row.cells) {
      take();
      const runs = flat(read.get(cell), pictures);
      const over = span(cell);
      for (let i = 0; i < over; i++) {
        const x = line.length;
        const shown = i > 0 && over >= width ? [] : runs;
        if (cell.rowSpan > 1) from[x] = { runs: shown, left: Math.min(cell.rowSpan, rows.length - y) - 1, first: y === 0 };
        if (number.test(textOf(runs))) sides[x]?.add(atRight(cell));
        line.push(shown);
        if (i + 1 < over) while (from[line.length]?.left > 0) take();
      }
    }
    take();
    while (line.length < width) line.push([]);
    lines.push(line);
    if (row.heading && headings === y) headings = y + 1;
  });
  if (headings === 0) headings = Math.min(merged + 1, lines.length);
  const full = lines.map(line => line.some(runs => textOf(runs) !== ""));
  const used = Array.from({ length: Math.max(0, ...lines.map(l => l.length)) }, (_, x) => lines.some(line => textOf(line[x] ?? []) !== ""));
  const last = used.lastIndexOf(true) + 1;
  return {
    pictures,
    headings: full.slice(0, headings).filter(Boolean).length || 1,
    lines: lines.filter((_, y) => full[y]).map(line => line.slice(0, last)),
    alignments: sides.slice(0, last).map(s => s.size === 1 && s.has(true) ? "right" : null),
  };
}

const number = /^[-+−]?\d[\d.,\s]*%?$/;

// atRight reports whether a cell, or the paragraph in it, is aligned to the right.
const atRight = cell => [cell, ...cell.querySelectorAll("p, div")].some(e => /text-align\s*:\s*(right|end)/i.test(e.getAttribute("data-style") ?? "") || /^right$/i.test(e.getAttribute("align") ?? ""));

// flat writes what is in a cell on one line, and puts its pictures elsewhere.
function flat(blocks, pictures) {
  const parts = [];
  const walk = (block, sign) => {
    if (block.type === "list") {
      block.items.forEach((item, i) => item.forEach((b, j) => walk(b, j > 0 ? "" : block.ordered ? `${block.start + i}. ` : "– ")));
    } else if (block.type === "table") {
      block.rows.forEach(row => row.forEach(runs => add(runs, "")));
    } else if (block.type === "code") {
      block.text.split("\n").forEach(text => add([{ text }], ""));
    } else if (block.blocks) {
      block.blocks.forEach(b => walk(b, ""));
    } else if (block.runs) {
      add(block.runs, sign);
    }
  };
  const add = (runs, sign) => {
    let line = [];
    const end = () => {
      if (textOf(line)) parts.push(sign ? [{ text: sign }, ...line] : line);
      line = [];
      sign = "";
    };
    for (const run of runs) {
      if (run.line) end();
      else if (run.picture) pictures.push({ type: "paragraph", runs: [run] });
      else line.push(run);
    }
    end();
  };
  blocks.forEach(block => walk(block, ""));
  // Lines of a cell are told apart as in a sentence.
  return parts.flatMap((part, i) => i === 0 ? part : [{ text: /[.,;:!?…–-]$/.test(textOf(parts[i - 1])) ? " " : "; " }, ...part]);
}

// joined makes one row of the rows of headings.
function joined(lines) {
  return lines[0].map((_, x) => {
    const parts = [];
    for (const line of lines) {
      const text = textOf(line[x]);
      if (text && textOf(parts.at(-1) ?? []) !== text) parts.push(line[x].map(run => ({ ...run, strong: false })));
    }
    return parts.flatMap((part, i) => i === 0 ? part : [{ text: " – " }, ...part]);
  });
}
