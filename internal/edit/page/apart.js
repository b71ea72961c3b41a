// What two people have changed at the same place: the words of both are shown, and one of
// them, or both, are chosen.
import { element } from "./ask.js";
import { changedFields, changedWords } from "./publication.js";

// side is what one of two people made of a place of a text, as readers would see it.
function side(html, label) {
  const shown = html ? [...new DOMParser().parseFromString(html, "text/html").body.childNodes] : element("p", "Đã bỏ đoạn này.", { className: "muted" });
  return element("div", shown, { className: "words read", tabIndex: 0, role: "region", ariaLabel: label });
}

// sideBySide has each choice above what it keeps.
const sideBySide = ({ theirs, mine, same }, option, called) => [
  element("div", Object.entries({ mine, theirs }).map(([keep, html]) => element("div", [option(keep), side(html, called[keep])])), { className: "before-after" }),
  ...(same ? [element("p", "Chữ của hai bản như nhau, chỉ khác cách trình bày.", { className: "hint" })] : []),
];

// labels are what the sides are called where somebody else has saved the same form.
const labels = { mine: "Giữ của tôi", theirs: "Lấy của người kia", both: "Giữ cả hai" };

// apartItem is a set of choices below a title, with the words that differ, of one field or
// field by field; or the sides of a text. number tells it from the
// others of its form.
export function apartItem(title, { label, words, sides, changed, note, both }, number, called = labels) {
  const option = (keep) => element("label", [element("input", [], { type: "radio", name: "keep-" + number, value: keep, required: true }), " " + called[keep]]);
  const parts = [element("legend", title)];
  if (note) parts.push(element("p", note));
  if (sides) parts.push(...sideBySide(sides, option, called));
  else {
    if (words) parts.push(changedWords({ label, words }));
    if (changed) parts.push(...changedFields(changed));
    parts.push(...["mine", "theirs"].map(option));
  }
  if (both) parts.push(option("both"));
  return element("fieldset", parts, { className: "kinds" });
}

// keptIn is what was chosen in such a set.
export const keptIn = (set) => set.querySelector(":checked").value;

// chosenOf asks, in the page's dialog, about all that is disputed of a form, and returns what
// is to be kept by its paths; null for later.
export function chosenOf(apart) {
  const dialog = document.querySelector("#apart");
  const sets = apart.map((one, i) => apartItem(one.label, one, i));
  document.querySelector("#apart-list").replaceChildren(...sets);
  document.querySelector("#apart-later").onclick = () => dialog.close("");
  dialog.returnValue = "";
  dialog.showModal();
  sets[0].querySelector("input").focus();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "ok" ? Object.fromEntries(apart.map(({ path, theirs }, i) => [path, { theirs, keep: keptIn(sets[i]) }])) : null);
  });
}
