// The search page: the box, the filters and the address. All words that it shows stand in its HTML (layouts/tim-kiem.html); what comes
// from the index and from pages is put in as text, never as HTML.
import { open } from "./read.js";
import { search } from "./rank.js";

const PAUSE = 150; // ms without a key, after which what was typed is looked for
const MORE = 10; // results at a time
const SNIPPETS_AT_ONCE = 5; // the others when they come near the screen

const form = document.querySelector("[data-search-page] form");
const { q, kind, year, filters, status, suggestion, retry, more } = form.elements;
const list = document.querySelector(".answer ol");
const item = document.querySelector("template").content.firstChild;
const words = status.dataset;
const kinds = {};
for (const { value, text } of [...kind].slice(1).reverse()) kinds[value] = text;

let index; // once it is open
let failed; // before: its files are fetched anew
let turn = 0; // of the question: the answer to an older one is not shown
let leaving = new AbortController(); // what is read for an older one
let limit; // of results
let settled; // the address of the last question that was not just being typed
let timer;

const address = () => `?${new URLSearchParams([...new FormData(form)].filter((field) => field[1].trim()))}`;

// restore takes the question from the address.
function restore() {
  const asked = new URLSearchParams(location.search);
  q.value = asked.get("q");
  choose(kind, kinds, {}, asked.get("kind"));
  choose(year, { [asked.get("year")]: 0 }, {}, asked.get("year"));
  settled = address();
  ask();
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
    const [opened, { reader, hasPhrase, result }] = await Promise.all([
      index || open(new URL("index/", location).href, form.dataset.inflate, failed),
      import(form.dataset.results),
    ]);
    index = opened;
    const read = reader(index.site, leaving.signal);
    const find = (asked, limit) => search(index, asked, { kind: kind.value, year: +year.value, limit }, async (query, d) => hasPhrase(query, await read(d)));
    const answer = await find(text, limit);
    if (mine !== turn) return;
    show(text, answer, (d, i) => result(item.cloneNode(true), answer.query, d, { site: index.site, kinds, read, atOnce: i < SNIPPETS_AT_ONCE }));
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

// show shows an answer.
function show(text, { documents, total, complete, kinds: ofKind, years: ofYear }, result) {
  const found = complete ? words[total === 1 ? "single" : "several"] : words.over;
  const filtered = kind.value || year.value;
  say(text && (total ? found : filtered ? words.elsewhere : words.none).replace("{n}", total).replace("{q}", () => text.trim()));
  filters.hidden = !text || !(total || filtered);
  choose(kind, kinds, ofKind, kind.value, complete);
  choose(year, ofYear, ofYear, year.value, complete);
  list.append(...documents.map(result));
  more.hidden = documents.length < limit || (complete && total === limit);
}

// choose offers in a filter those of some values that have results, the last first, and chooses one.
function choose(select, values, counts, chosen, complete) {
  select.length = 1;
  for (const value in values) {
    if (counts[value] || value === chosen) select.add(new Option(`${kinds[value] || value} (${counts[value] || 0}${complete ? "" : "+"})`, value), 1);
  }
  select.value = chosen || "";
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
window.onpopstate = restore;
window.ononline = () => retry.hidden || ask();
retry.onclick = () => ask();
more.onclick = async () => {
  const shown = limit;
  await ask(shown + MORE);
  list.querySelectorAll("a")[shown]?.focus();
};

restore();
if (!q.value) q.focus();
