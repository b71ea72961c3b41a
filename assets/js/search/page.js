// The search page: the box with what it offers, the filters and the address. All words that it shows stand in its HTML
// (layouts/tim-kiem.html); what comes from the index and from pages is put in as text, never as HTML.
import { gunzip } from "./fetch.js";
import { addressOf, kindName, show } from "./results.js";
import { open, search, suggest } from "./search.js";

const PAUSE = 150; // ms without a key, after which what was typed is looked for
const MORE = 10; // results at a time
const FIRST = 5; // where each title has to be read by itself: as many as a phone's screen shows
const OFFERED = 6; // titles while typing

const form = document.querySelector("[data-search-page] form");
const { q, kind, year, exact, filters, status, suggestion, retry, more } = form.elements;
const list = document.querySelector(".answer ol");
const offers = document.createElement("ul"); // titles while typing
const words = status.dataset;
const table = { ...JSON.parse(document.querySelector("[data-search-words]").textContent), language: document.documentElement.lang.slice(0, 2) };
const folder = new URL("index/", location).href;

let index; // once it is open
let site; // its address
let failed; // before: files are fetched anew
let turn = 0; // of the question: the answer to an older one is not shown
let leaving = new AbortController(); // what is read for an older one
let limit; // of results
let settled; // the address of the last question that was not just being typed
let timer;

offers.id = "goi-y";
offers.className = "offers";
offers.hidden = true;
q.parentElement.append(offers);
for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", offers.id], ["aria-autocomplete", "list"]]) q.setAttribute(name, value);
offers.setAttribute("role", "listbox");
offers.setAttribute("aria-label", form.dataset.offers);

const address = () => `?${new URLSearchParams([...new FormData(form)].filter((field) => field[1].trim()))}`;

// get reads a file of the index. One that names its version stays as it is.
async function get(name, version) {
  const answer = await fetch(folder + name + (version ? `?v=${version}` : ""), { cache: failed ? "reload" : version ? "force-cache" : "default" });
  if (!answer.ok) throw Error(name);
  return gunzip(new Uint8Array(await answer.arrayBuffer()), form.dataset.inflate);
}

const opened = () => (index = index || open(get).then((opened) => {
  site = new URL(opened.up, folder).href;
  return opened;
}));

// restore takes the question from the address; what was typed while this script was on its way is kept.
function restore(typed) {
  const asked = new URLSearchParams(location.search);
  for (const field of [q, kind, year, exact]) {
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
  offer([]);
  ask();
}

// say shows a message in place of everything else.
function say(message) {
  clearTimeout(timer);
  status.value = message;
  suggestion.hidden = retry.hidden = more.hidden = true;
  document.querySelectorAll(".answer .doors").forEach((doors) => doors.remove());
  list.textContent = "";
}

// ask answers the question with so many results. When something fails the index is opened anew, once, past what is cached: another
// may have been published while the page was open.
async function ask(results = 0, again = true) {
  const mine = ++turn;
  const text = q.value.trim() && q.value;
  leaving.abort();
  leaving = new AbortController();
  clearTimeout(timer);
  timer = setTimeout(say, 2 * PAUSE, text && words.wait);
  try {
    const at = await opened();
    const wanted = results || (at.small ? MORE : FIRST);
    const answer = await search(at, text, { kind: kind.value, year: +year.value, limit: wanted, exact: exact.value, table });
    if (mine !== turn) return;
    limit = wanted;
    say("");
    show(text, answer, wanted, site, leaving.signal);
    if (wanted === FIRST && !more.hidden) further.observe(more);
  } catch {
    if (mine !== turn) return;
    index = null;
    failed = true;
    if (again) return ask(results, false);
    say(words.failed);
    offer([]); // which would lie over the button
    retry.hidden = false;
  }
}

// further reads the rest of the first results when their end is on the screen.
const further = new IntersectionObserver((seen) => {
  if (!seen.some((entry) => entry.isIntersecting)) return;
  further.disconnect();
  if (limit === FIRST) ask(MORE);
});

// offer shows titles under the box; none closes it.
function offer(titles) {
  offers.textContent = "";
  offers.append(...titles.map((d, i) => {
    const option = document.createElement("li");
    option.id = `goi-y-${i}`;
    option.setAttribute("role", "option");
    option.dataset.href = addressOf(site, d);
    const about = document.createElement("small");
    about.append(kindName(d.kind));
    option.append(d.title, " ", about);
    return option;
  }));
  offers.hidden = !titles.length;
  q.setAttribute("aria-expanded", String(!offers.hidden));
  choose(null);
}

// choose marks an option of what is offered.
function choose(option) {
  for (const other of offers.children) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    q.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else q.removeAttribute("aria-activedescendant");
}

const chosen = () => offers.querySelector("[aria-selected=true]");

q.oninput = () => {
  clearTimeout(timer);
  exact.value = "";
  timer = setTimeout(() => {
    history.replaceState(null, "", address());
    if (q.value.trim().length === 1) return;
    ask();
    const text = q.value;
    opened().then((at) => text === q.value && retry.hidden && document.activeElement === q && offer(suggest(at, text, OFFERED)), () => {});
  }, PAUSE);
};
q.onblur = () => offer([]);
offers.onmousedown = (event) => event.preventDefault(); // the box keeps the focus
offers.onclick = (event) => {
  const option = event.target.closest("[role=option]");
  if (option) location.href = option.dataset.href;
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
  await ask(Math.max(MORE, shown - (shown % MORE)) + (shown < MORE ? 0 : MORE));
  list.querySelectorAll("a")[shown]?.focus();
};

// By keyboard: the arrows go through what is offered, or from the box through the results and back; Escape closes the offer, returns to
// the box, and empties it.
document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.target === q && !offers.hidden && offered(event)) return;
  const stops = [q, ...list.querySelectorAll("[data-result] a")];
  const at = stops.indexOf(event.target);
  const to = at < 0 ? null : { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1], Escape: q }[event.key];
  if (!to) return;
  event.preventDefault();
  to.focus();
  if (event.key !== "Escape" || at) return;
  q.value = "";
  q.dispatchEvent(new Event("input"));
});

// offered handles a key while titles are offered.
function offered(event) {
  const options = [...offers.children];
  const at = options.indexOf(chosen());
  if (event.key === "ArrowDown") choose(options[(at + 1) % options.length]);
  else if (event.key === "ArrowUp") choose(at > 0 ? options[at - 1] : null);
  else if (event.key === "Escape") offer([]);
  else if (event.key === "Enter" && at >= 0) location.href = options[at].dataset.href;
  else return false;
  event.preventDefault();
  return true;
}

restore(q.value);
if (!q.value) q.focus();
