// Blocks as clean.js describes them, as nodes of the document.
import { Fragment, Slice } from "@milkdown/kit/prose/model";
import { linked } from "./addresses.js";
import { tableOf } from "./table.js";

// content makes nodes of blocks. labels are those of footnotes that the document has.
export function content(schema, blocks, labels) {
  const names = new Map();
  const name = label => {
    if (!names.has(label)) names.set(label, free(labels));
    return names.get(label);
  };
  const { nodes, marks } = schema;

  const inline = runs => Fragment.from(runs.flatMap(run => run.text && !run.href && !run.code ? linked(run.text).map(part => ({ ...run, ...part })) : run).flatMap(run => {
    if (run.line) return nodes.hardbreak.create();
    if (run.picture) return run.picture.file === undefined ? [] : nodes.image.create({ src: run.picture.file, alt: run.picture.alt, title: run.picture.title });
    if (run.note) return nodes.footnote_reference.create({ label: name(run.note) });
    if (!run.text) return [];
    const all = [];
    if (run.href) all.push(marks.link.create({ href: run.href }));
    if (run.code) all.push(marks.inlineCode.create());
    else {
      if (run.strong) all.push(marks.strong.create());
      if (run.emphasis) all.push(marks.emphasis.create());
      if (run.strike) all.push(marks.strike_through.create());
    }
    return schema.text(run.text, all);
  }));

  const paragraph = runs => nodes.paragraph.create(null, inline(runs));
  const item = (blocks, ordered, number) => {
    const inside = many(blocks);
    if (inside[0]?.type !== nodes.paragraph) inside.unshift(nodes.paragraph.create());
    return nodes.list_item.create({ label: ordered ? `${number}.` : "•", listType: ordered ? "ordered" : "bullet", spread: false }, inside);
  };
  const many = blocks => blocks.map(one).filter(Boolean);
  const filled = blocks => {
    const inside = many(blocks);
    return inside.length > 0 ? inside : [nodes.paragraph.create()];
  };
  const one = block => {
    switch (block.type) {
      case "heading":
        return nodes.heading.create({ level: block.level }, Fragment.from(inline(block.runs).content.filter(node => node.type !== nodes.hardbreak)));
      case "list":
        return (block.ordered ? nodes.ordered_list.create({ order: block.start, spread: false }, block.items.map((blocks, i) => item(blocks, true, block.start + i)))
          : nodes.bullet_list.create({ spread: false }, block.items.map(blocks => item(blocks, false))));
      case "quote":
        return nodes.blockquote.create(null, filled(block.blocks));
      case "code":
        return nodes.code_block.create(null, block.text ? schema.text(block.text) : undefined);
      case "rule":
        return nodes.hr.create();
      case "table":
        return tableOf(schema, block.rows.map(row => row.map((runs, x) => ({ content: inline(runs), alignment: block.alignments[x] }))));
      case "note":
        return nodes.footnote_definition.create({ label: name(block.label) }, filled(block.blocks));
      default: {
        const made = paragraph(block.runs);
        return made.content.size > 0 ? made : null;
      }
    }
  };
  return Fragment.from(many(blocks));
}

// slice is content whose first and last paragraphs join those around the caret; lists,
// headings and tables stay what they are.
export function slice(fragment) {
  const open = node => node?.type.name === "paragraph" ? 1 : 0;
  return new Slice(fragment, open(fragment.firstChild), open(fragment.lastChild));
}

// free returns the first number that no footnote has, and takes it.
export function free(labels) {
  let number = 1;
  while (labels.has(String(number))) number++;
  labels.add(String(number));
  return String(number);
}

// labelsOf returns the labels of the footnotes of a document.
export function labelsOf(doc) {
  const labels = new Set();
  doc.descendants(node => {
    if (/^footnote_/.test(node.type.name)) labels.add(node.attrs.label);
  });
  return labels;
}
