// What the site reads in a text and Markdown alone does not: file names with blanks in
// them, as in "![Lễ](Le ton vinh.jpg)", and shortcodes on a line of their own, which end a
// paragraph or table though no empty line stands between. The patterns are those of
// internal/markdown.
import { $remark } from "@milkdown/kit/utils";

const blankNames = /(\]\()([^()<>[\]"/:\s](?:[^()<>[\]"/:\n]|\([^()<>[\]"/:\n]*\))*\.(?:jpe?g|png|gif|webp|hei[cf]|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|zip|mp[34]|mov|m4[av]|avi|mkv|wmv|webm|wav))( +"[^"\n]*")?\)/gi;

// placeholder stands for a blank within a name while the text is parsed.
const placeholder = "\uE01F";

// asCommonMark writes a text so that remark reads it as the site does.
export function asCommonMark(markdown) {
  const lines = [];
  let fence = "";
  let alone = false; // the line before was a shortcode
  for (const line of markdown.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && (fence === "" || mark.startsWith(fence))) fence = fence === "" ? mark : "";
    const shortcode = fence === "" && shortcodeLine.test(line);
    if (lines.length > 0 && lines.at(-1).trim() !== "" && line.trim() !== "" && (shortcode || alone)) lines.push("");
    lines.push(line);
    alone = shortcode;
  }
  return closeNames(lines.join("\n"));
}

const shortcodeLine = /^\{\{[<%][^}]*[>%]\}\}[ \t\r]*$/;

const closeNames = markdown => markdown.replace(blankNames, (all, open, name, title = "") => open + name.replaceAll(/[ \t]/g, placeholder) + title + ")");

function openNames(node) {
  for (const key of ["url", "value", "title", "alt", "label"]) {
    if (typeof node[key] === "string") node[key] = node[key].replaceAll(placeholder, " ");
  }
  node.children?.forEach(openNames);
}

// tighten finds lists that remark takes to be loose though no empty line stands between
// their items, as before what follows a list in a quotation.
function tighten(node) {
  const apart = (child, i, all) => i > 0 && child.position.start.line - all[i - 1].position.end.line > 1;
  if (/^list/.test(node.type) && node.spread && !node.children.some(apart)) node.spread = false;
  node.children?.forEach(tighten);
}

// asTheSiteReads completes what remark has read, and tells hear all that it says.
export const asTheSiteReads = hear => $remark("asTheSiteReads", () => () => tree => {
  openNames(tree);
  tighten(tree);
  hear(said(tree));
});

// said returns, in one string, all that a tree of remark says, without white space: two texts that say the
// same differ in nothing that could be lost. Definitions of links say nothing themselves.
export function said(tree) {
  const addresses = new Map();
  const all = [];
  const collect = node => {
    if (node.type === "definition") addresses.set(node.identifier, node);
    node.children?.forEach(collect);
  };
  const walk = node => {
    if (node.type === "definition") return;
    const { url, title } = addresses.get(node.identifier) && /Reference$/.test(node.type) && !/^footnote/.test(node.type) ? addresses.get(node.identifier) : node;
    all.push(/^(text|paragraph|root|list|listItem|html)$/.test(node.type) ? "" : node.type.replace(/^(link|image)Reference$/, "$1"), url, title, node.alt, node.value, /^footnote/.test(node.type) ? node.label : "");
    node.children?.forEach(walk);
  };
  collect(tree);
  walk(tree);
  return all.filter(Boolean).join("").replaceAll(/[\s\uE01F]+/g, "").normalize("NFC");
}
