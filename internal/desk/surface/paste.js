// What is pasted and dropped.
import { clean } from "./clean.js";
import { content, labelsOf, slice } from "./nodes.js";
import { looksLikeMarkdown, plain } from "./plain.js";
import { fillCells, tableAt } from "./table.js";
import { fill } from "./words.js";

// take puts in what a clipboard or a drop holds, and returns whether it did. host is the
// surface: {view, words, parse, say, pickPicture, pickFile, insertBlock}.
export function take(host, data) {
  const { view } = host;
  if (view.state.selection.$from.parent.type.spec.code) return false;
  const html = data.getData("text/html");
  const text = data.getData("text/plain");
  // What was copied here comes back as it was.
  if (/\sdata-pm-slice="/.test(html)) return false;
  // Excel and Word put a drawing of the text beside it.
  const files = [...data.files];
  if (files.length > 0 && !worded(html, text)) {
    takeFiles(host, files);
    return true;
  }
  if (html) {
    const { blocks, lost } = clean(html, host.words);
    if (blocks.length === 0 && text.trim()) put(host, plain(text));
    else placePictures(host, blocks, lost).then(() => {
      put(host, blocks);
      host.say(lost);
    });
    return true;
  }
  if (!text) return false;
  if (looksLikeMarkdown(text) && !tableAt(view.state)) view.dispatch(view.state.tr.replaceSelection(slice(host.parse(text).content)).scrollIntoView());
  else put(host, plain(text));
  return true;
}

// worded is so of what has words, besides pictures.
function worded(html, text) {
  if (text.trim()) return true;
  return !!html && new DOMParser().parseFromString(html, "text/html").body.textContent.trim() !== "";
}

function put(host, blocks) {
  const { view } = host;
  const { state } = view;
  const { schema } = state;
  const fragment = content(schema, blocks, labelsOf(state.doc));
  if (tableAt(state)) {
    putIntoCell(view, blocks, fragment);
    return;
  }
  const notes = [];
  const rest = [];
  fragment.forEach(node => (node.type.name === "footnote_definition" ? notes : rest).push(node));
  const tr = state.tr;
  if (rest.length > 0) tr.replaceSelection(slice(schema.topNodeType.create(null, rest).content));
  // The words of footnotes stand at the end.
  if (notes.length > 0) tr.insert(tr.doc.content.size, notes);
  view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
}

// putIntoCell puts a table over the cells of another, and anything else on the line of a
// cell.
function putIntoCell(view, blocks, fragment) {
  const { state } = view;
  if (fragment.childCount === 1 && fragment.firstChild.type.name === "table") {
    const cells = [];
    fragment.firstChild.forEach(row => {
      const line = [];
      row.forEach(cell => line.push({ content: cell.firstChild.content }));
      cells.push(line);
    });
    fillCells(view, cells);
    return;
  }
  const inline = [];
  fragment.descendants(node => {
    if (!node.isTextblock) return true;
    if (inline.length > 0 && node.content.size > 0) inline.push(state.schema.text("; "));
    node.forEach(child => inline.push(child.type.name === "hardbreak" ? state.schema.text(" ") : child));
    return false;
  });
  view.dispatch(state.tr.replaceWith(state.selection.from, state.selection.to, inline).scrollIntoView());
}

// placePictures gives the pictures of a paste a file each, and tells of those that were
// not wanted.
async function placePictures(host, blocks, lost) {
  const pictures = [];
  const walk = value => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value?.picture) pictures.push(value.picture);
    else if (value && typeof value === "object") Object.values(value).forEach(walk);
  };
  walk(blocks);
  let left = 0;
  for (const picture of pictures) {
    const file = host.pickPicture ? fileOf(picture.src, picture.alt) : null;
    const placed = file && await host.pickPicture({ file, alt: picture.alt, caption: picture.title, credit: "" });
    if (placed) Object.assign(picture, await host.described(placed, picture));
    else left++;
  }
  if (left > 0) lost.push(fill(host.words.lostPicture, left));
}

// fileOf makes a file of a picture that is written out in the text.
function fileOf(src, alt) {
  const found = /^data:(image\/([a-z0-9]+))[^,]*;base64,/i.exec(src);
  if (!found) return null;
  const bytes = Uint8Array.from(atob(src.slice(found[0].length).replaceAll(/\s/g, "")), c => c.charCodeAt(0));
  return new File([bytes], `${alt || "anh"}.${found[2].replace("jpeg", "jpg")}`, { type: found[1] });
}

// takeFiles asks the page for a place for each file, one after another.
async function takeFiles(host, files) {
  const lost = [];
  for (const file of files) {
    if (file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name)) {
      if (host.pickPicture) await host.addPicture(file);
      else lost.push(fill(host.words.lostPictureType, file.name));
    } else if (host.pickFile) {
      await host.addFile(file);
    } else {
      lost.push(fill(host.words.lostFile, file.name));
    }
  }
  host.say(lost);
}
