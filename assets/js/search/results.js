// How an answer looks: the message, the filters' counts, and each result with its title, kind and day from the index and a snippet from
// its own page. It is loaded beside the index, and kept apart so that the search page itself is small.
import { blocksOf, marked, snippet } from "./snippet.js";

export { arrange } from "./arrange.js";

const PROVISION = "dieu-khoan";
const SNIPPETS_AT_ONCE = 5; // the others when they come near the screen

const { kind, year, filters, status, more } = document.querySelector("[data-search-page] form").elements;
const list = document.querySelector(".answer ol");
const item = document.querySelector("template").content.firstChild;
const kinds = {}; // their names, the last first
for (const { value, text } of [...kind].reverse()) if (value) kinds[value] = text;

// reader returns a function that reads the blocks of a result's page, each page once, until signal ends it.
export function reader(site, signal) {
  const pages = new Map();
  return ({ path }) => {
    if (!pages.has(path)) {
      const page = fetch(site + path, { signal }).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer))).then(blocksOf);
      page.catch(() => {}); // who waits for it sees to it
      pages.set(path, page);
    }
    return pages.get(path);
  };
}

// show shows the answer to a question, of which so many results were wanted, from a site whose pages read reads.
export function show(text, { query, documents, total, complete, kinds: ofKind, years: ofYear }, limit, site, read) {
  const { single, several, over, none, elsewhere } = status.dataset;
  const filtered = kind.value || year.value;
  const count = complete ? (total === 1 ? single : several) : over;
  status.value = text && (total ? count : filtered ? elsewhere : none).replace("{n}", total).replace("{q}", () => text.trim());
  filters.hidden = !text || !(total || filtered);
  offer(kind, kinds, ofKind, complete);
  offer(year, { ...ofYear, [year.value]: 0 }, ofYear, complete);
  list.append(...documents.map((d, i) => result(query, d, site, read, i < SNIPPETS_AT_ONCE)));
  more.hidden = documents.length < limit || (complete && total === limit);
}

// offer offers in a filter those of some values that have results, the last first, and the one that is chosen.
function offer(select, values, counts, complete) {
  const chosen = select.value;
  select.length = 1;
  for (const value in values) {
    if (counts[value] || (value && value === chosen)) select.add(new Option(`${kinds[value] || value} (${counts[value] || 0}${complete ? "" : "+"})`, value), 1);
  }
  select.value = chosen;
}

// result makes a list item of a document. The snippet is read at once, or when the item comes near the screen. A provision opens at
// its place in the whole document.
function result(query, d, site, read, atOnce) {
  const li = item.cloneNode(true);
  const [link, meta, time, text] = ["a", ".meta", "time", ".snippet"].map((s) => li.querySelector(s));
  link.href = site + (d.kind === PROVISION ? d.path.replace(/([^/]+)\/$/, "#$1") : d.path);
  put(link, marked(query, d.title));
  meta.prepend(kinds[d.kind]);
  if (d.day) {
    const [y, m, day] = d.day.split("-");
    time.dateTime = d.day;
    // The second of every month of 2006, as the site writes days; Intl would take longer than all else here.
    time.append(m ? time.dataset.months.split("|")[m - 1].replace("2006", y).replace(/^2/, +day) : y); // or the year alone
  } else time.remove();
  const fill = () => read(d).then((blocks) => put(text, snippet(query, blocks)), () => text.remove()); // the title is enough
  if (atOnce) fill();
  else {
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      fill();
    }, { rootMargin: "300px" });
    observer.observe(li);
  }
  return li;
}

// By keyboard: the arrows go from the box through the results and back, Escape returns to the box, and empties it.
document.addEventListener("keydown", (event) => {
  const stops = Array.from(document.querySelectorAll("[data-search-page] [type=search], [data-result] a"));
  const [box] = stops;
  const at = stops.indexOf(event.target);
  const to = at < 0 || event.isComposing ? null : { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1], Escape: box }[event.key];
  if (!to) return;
  event.preventDefault();
  to.focus();
  if (event.key !== "Escape" || at) return;
  box.value = "";
  box.dispatchEvent(new Event("input"));
});

// put adds pieces of text, every second of which is marked.
function put(element, pieces) {
  pieces.forEach((piece, i) => {
    if (i % 2) element.appendChild(document.createElement("mark")).append(piece);
    else element.append(piece);
  });
}
