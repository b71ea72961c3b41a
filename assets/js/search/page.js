// The search page: the box, the filters and the address. All words that it shows stand in its HTML (layouts/tim-kiem.html); what comes
// from the index and from pages is put in as text, never as HTML.
import { open } from "./read.js";
import { search } from "./rank.js";

const PAUSE = 150; // ms without a key, after which what was typed is looked for
const MORE = 10; // results at a time

const form = document.querySelector("[data-search-page] form");
const { q, kind, year, filters, status, suggestion, retry, more } = form.elements;
const list = document.querySelector(".answer ol");
const words = status.dataset;

let index; // once it is open
let looks; // of an answer: results.js, once it is loaded
let failed; // before: files are fetched anew, and scripts by another address, as browsers remember which did not load
let turn = 0; // of the question: the answer to an older one is not shown
let leaving = new AbortController(); // what is read for an older one
let limit; // of results
let settled; // the address of the last question that was not just being typed
let timer;

const address = () => `?${new URLSearchParams([...new FormData(form)].filter((field) => field[1].trim()))}`;

// restore takes the question from the address; what was typed while this script was on its way is kept.
function restore(typed) {
  const asked = new URLSearchParams(location.search);
  for (const field of [q, kind, year]) {
    const value = asked.get(field.name) || "";
    field.add?.(new Option(value)); // to a filter; the next answer offers what there is
    field.value = value;
  }
  settled = address();
  if (typed) {
    q.value = typed;
    q.oninput();
  } else ask();
}

// settle makes the question an entry of the history, behind the one before it, and asks it.
function settle() {
  const asked = address();
  if (asked !== settled) {
    history.replaceState(null, "", settled);
    history.pushState(null, "", (settled = asked));
  }
  ask();
}

// say shows a message in place of everything else.
function say(message) {
  clearTimeout(timer);
  status.value = message;
  suggestion.hidden = retry.hidden = more.hidden = true;
  list.textContent = "";
}

// ask answers the question with so many results. When something fails the index is opened anew, once, past what is cached: another
// may have been published while the page was open.
async function ask(results = MORE, again = true) {
  const mine = ++turn;
  const text = q.value.trim() && q.value;
  limit = results;
  leaving.abort();
  leaving = new AbortController();
  clearTimeout(timer);
  timer = setTimeout(say, 2 * PAUSE, text && words.wait);
  try {
    [index, looks] = await Promise.all([
      index || open(new URL("index/", location).href, form.dataset.inflate, failed),
      looks || import(form.dataset.results + (failed ? `?${turn}` : "")),
    ]);
    const read = looks.reader(index.site, leaving.signal);
    const find = (asked, limit) => search(index, asked, { kind: kind.value, year: +year.value, limit }, looks.arrange, read);
    const answer = await find(text, limit);
    if (mine !== turn) return;
    say("");
    looks.show(text, answer, results, index.site, read);
    if (answer.total || !text) return;
    const { suggest } = await import(form.dataset.suggest);
    await suggest(suggestion, index, text, find, leaving.signal);
  } catch {
    if (mine !== turn) return;
    index = null;
    failed = true;
    if (again) return ask(results, false);
    say(words.failed);
    retry.hidden = false;
  }
}

q.oninput = () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    history.replaceState(null, "", address());
    if (q.value.trim().length !== 1) ask();
  }, PAUSE);
};
form.onsubmit = (event) => {
  event.preventDefault();
  settle();
};
filters.onchange = settle;
window.onpopstate = () => restore();
window.ononline = () => retry.hidden || ask();
retry.onclick = () => ask();
more.onclick = async () => {
  const shown = limit;
  await ask(shown + MORE);
  list.querySelectorAll("a")[shown]?.focus();
};

restore(q.value);
if (!q.value) q.focus();
