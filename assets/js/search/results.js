// How an answer looks: the message, the filters' counts, and each result with its title, kind and day from the index and a snippet, from
// the index too or else from its own page, which is read at once for the first, and for the others when they are on the screen.
import { blocksOf, marked, snippet } from "./snippet.js";

const PROVISION = "dieu-khoan";
const AT_ONCE = 3; // snippets: as many results as a phone's screen shows

const { kind, year, filters, status, suggestion, more } = document.querySelector("[data-search-page] form").elements;
const list = document.querySelector(".answer ol");
const doors = document.querySelector("[data-doors]").content;
const item = document.querySelector("template:not([data-doors])").content.firstChild;
const kinds = {}; // their names, the last first
for (const { value, text } of [...kind].reverse()) if (value) kinds[value] = text;

export const kindName = (kind) => kinds[kind] || "";

// addressOf is where a result leads: a provision at its place in the whole document.
export const addressOf = (site, { kind, path }) => site + (kind === PROVISION ? path.replace(/([^/]+)\/$/, "#$1") : path);

// show shows the answer to a question, of which so many results were wanted. signal ends the reading of pages.
export function show(text, { query, mended, documents, total, complete, kinds: ofKind, years: ofYear }, limit, site, signal) {
  const { single, several, over, none, elsewhere } = status.dataset;
  const filtered = kind.value || year.value;
  const count = complete ? (total === 1 ? single : several) : over;
  status.value = text && (total ? count : filtered ? elsewhere : none).replace("{n}", total).replace("{q}", () => text.trim());
  filters.hidden = !text || !(total || filtered);
  offer(kind, kinds, ofKind, complete);
  offer(year, { ...ofYear, [year.value]: 0 }, ofYear, complete);
  list.append(...documents.map((d, i) => result(query, d, site, signal, i < AT_ONCE)));
  more.hidden = documents.length < limit || (complete && total === limit);
  if (text && !total && !filtered) list.before(doors.cloneNode(true));
  suggestion.hidden = !mended;
  if (!mended) return;
  suggestion.querySelector("b").textContent = mended;
  const link = suggestion.querySelector("a");
  link.textContent = `“${text.trim()}”`;
  link.href = `?${new URLSearchParams({ q: text.trim(), exact: 1 })}`;
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

// result makes a list item of a document.
function result(query, d, site, signal, atOnce) {
  const li = item.cloneNode(true);
  const [link, meta, time, text] = ["a", ".meta", "time", ".snippet"].map((s) => li.querySelector(s));
  link.href = addressOf(site, d);
  put(link, marked(query, d.title));
  meta.prepend(kindName(d.kind));
  if (d.day) {
    const [y, m, day] = d.day.split("-");
    time.dateTime = d.day;
    // The second of every month of 2006, as the site writes days; Intl would take longer than all else here.
    time.append(m ? time.dataset.months.split("|")[m - 1].replace("2006", y).replace(/^2/, +day) : y); // or the year alone
  } else time.remove();
  if (d.blocks.length) {
    put(text, snippet(query, d.blocks));
    return li;
  }
  const fill = () => {
    fetch(site + d.path, { signal }).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer))).then((html) => put(text, snippet(query, blocksOf(html)))).catch(() => text.remove()); // the title is enough
  };
  const observer = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    fill();
  });
  if (atOnce) fill();
  else observer.observe(li);
  return li;
}

// put adds pieces of text, every second of which is marked.
function put(element, pieces) {
  pieces.forEach((piece, i) => {
    if (i % 2) element.appendChild(document.createElement("mark")).append(piece);
    else element.append(piece);
  });
}
