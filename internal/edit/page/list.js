// A list of entries or people, narrowed down while one types and chooses, and growing while one
// scrolls: the program sends the rows, a part at a time. What is asked for stands in the
// address, so that it is there again when one comes back.
import { notice, pageAt } from "./ask.js";

const $ = (selector) => document.querySelector(selector);
const query = $("#q");
const choices = [...document.querySelectorAll("select[data-query]")];
const controls = [query, ...choices];

// nameOf is what a control is called in the address.
const nameOf = (control) => control.dataset.query ?? "chu";

let asking = new AbortController(); // for another part of the list

// part asks for the rows from one on, and ends what was asked before. It is undefined where
// something else was asked meanwhile, or nothing is answered.
async function part(address, from) {
  asking.abort();
  const turn = (asking = new AbortController());
  const to = new URL(address, location.href);
  to.searchParams.set("tu", from);
  const page = await pageAt(to, { signal: turn.signal }).catch((error) => void (turn.signal.aborted || notice(error.message)));
  return turn.signal.aborted ? undefined : page;
}

// take shows what a part says of the whole list.
function take(page) {
  $("#count").textContent = page.querySelector("#count").textContent;
  $("#clear").hidden = page.querySelector("#clear").hidden;
  $("#none").hidden = page.querySelector("#none").hidden;
  $("#more").replaceChildren(...page.querySelector("#more").childNodes);
  grown.disconnect();
  grown.observe($("#more")); // also where it is in sight already
}

async function narrow() {
  const to = new URL(location.href);
  for (const c of controls) {
    if (c.value.trim()) to.searchParams.set(nameOf(c), c.value.trim());
    else to.searchParams.delete(nameOf(c));
  }
  to.searchParams.delete("hien");
  history.replaceState(null, "", to);
  const page = await part(to, 0);
  if (!page) return;
  $("#entries").replaceChildren(...page.querySelector("#entries").childNodes);
  take(page);
}

// grow shows the next rows, and returns the first of them.
async function grow() {
  const link = $("#more a");
  if (!link) return;
  const last = $("#entries").lastElementChild;
  const page = await part(link.href, $("#entries").childElementCount);
  if (!page) return;
  history.replaceState(null, "", link.href);
  $("#entries").append(...page.querySelector("#entries").childNodes);
  take(page);
  return last?.nextElementSibling;
}

const grown = new IntersectionObserver(([more]) => more.isIntersecting && grow(), { rootMargin: "0px 0px 800px 0px" });
grown.observe($("#more"));
$("#more").addEventListener("click", async (event) => {
  if (!event.target.closest("a")) return;
  event.preventDefault();
  (await grow())?.querySelector("a").focus();
});

for (const c of controls) c.addEventListener(c === query ? "input" : "change", narrow);
$("#clear").addEventListener("click", () => {
  for (const c of controls) c.value = "";
  query.focus();
  narrow();
});
// What was typed or chosen before this ran counts.
if (controls.some((c) => c.value !== (new URLSearchParams(location.search).get(nameOf(c)) ?? ""))) narrow();

// The arrows lead from the words that are looked for to what is found, and through it.
$("#main").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("select") || event.altKey || event.ctrlKey || event.metaKey) return;
  const stops = [query, ...document.querySelectorAll("#entries > li > a")];
  const at = stops.indexOf(document.activeElement);
  if (at < 0 || !stops[at + step]) return;
  event.preventDefault();
  stops[at + step].focus();
});
