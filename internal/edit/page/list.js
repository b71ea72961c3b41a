// A list of entries or people, narrowed down while one types and chooses. What is asked for
// stands in the address, so that it is there again when one comes back.
import { fold } from "./ask.js";

const $ = (selector) => document.querySelector(selector);
const rows = [...document.querySelectorAll("#main [data-words]")];
const query = $("#q");
const count = $("#count");
const unit = count.textContent.replace(/^\d+/, ""); // " bài"
const choices = [...document.querySelectorAll("select[data-query]")];
const controls = [query, ...choices];

// nameOf is what a control is called in the address.
const nameOf = (control) => control.dataset.query ?? "chu";

function show() {
  const words = fold(query.value).split(/\s+/).filter(Boolean);
  const asked = choices.filter((c) => c.value);
  let left = 0;
  for (const row of rows) {
    const right = asked.every((c) => row.dataset[c.dataset.of].split("|").includes(c.value)) && words.every((w) => row.dataset.words.includes(w));
    row.hidden = !right;
    left += right;
  }
  const narrowed = asked.length > 0 || words.length > 0;
  count.textContent = narrowed ? `${left} trong ${rows.length}${unit}` : rows.length + unit;
  if ($("#clear")) $("#clear").hidden = !narrowed;
  if ($("#none")) $("#none").hidden = left > 0;
}

function remember() {
  const to = new URL(location.href);
  for (const c of controls) {
    if (c.value) to.searchParams.set(nameOf(c), c.value);
    else to.searchParams.delete(nameOf(c));
  }
  history.replaceState(null, "", to);
  show();
}

const before = new URLSearchParams(location.search);
for (const c of controls) {
  c.value = before.get(nameOf(c)) ?? (c === query ? c.value : ""); // what was typed before this ran stays
  c.addEventListener(c === query ? "input" : "change", remember);
}
$("#clear")?.addEventListener("click", () => {
  for (const c of controls) c.value = "";
  remember();
  query.focus();
});
show();

// The arrows lead from the words that are looked for to what is found, and through it.
$("#main").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("select") || event.altKey || event.ctrlKey || event.metaKey) return;
  const stops = [query, ...rows.filter((r) => !r.hidden).map((r) => r.querySelector("a"))];
  const at = stops.indexOf(document.activeElement);
  if (at < 0 || !stops[at + step]) return;
  event.preventDefault();
  stops[at + step].focus();
});
