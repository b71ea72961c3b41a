// Help beside the work: the page of the guide that tells of this screen, every other by its
// links, and a search of all of them, with and without marks.
import { ask, element, pageAt } from "./ask.js";

const $ = (selector) => document.querySelector(selector);
const button = $(".help-button");
const aside = $("#help");
const page = $("#help-page");

// scrollable lets the keyboard reach what is wider than its place.
function scrollable(within) {
  for (const wide of within?.querySelectorAll("pre, table") ?? []) wide.tabIndex = 0;
}
scrollable($("#guide"));

// nameOf is the page of the guide that a link leads to; no name if it leads elsewhere.
const nameOf = (link) => /^\/tro-giup\/([a-z-]+)$/.exec(link.pathname)?.[1];

// at is the heading that a link's "#…" names, in sight.
function at(hash, within = page) {
  const heading = hash ? within?.querySelector("#" + CSS.escape(decodeURIComponent(hash.slice(1)))) : undefined;
  const folded = heading?.closest("details");
  if (folded) folded.open = true;
  return heading;
}
at(location.hash, $("#guide"));

// show opens a page of the guide in the panel, at one of its headings if need be.
async function show(name, heading) {
  const guide = (await pageAt("/tro-giup/" + name).catch(() => undefined))?.querySelector("#guide");
  page.replaceChildren(guide ?? "Chưa đọc được trang trợ giúp. Cửa sổ Liên hiệp có thể đã đóng; hãy mở lại.");
  scrollable(page);
  $("#help-alone").href = "/tro-giup/" + name;
  aside.hidden = false;
  aside.scrollTop = 0;
  at(heading)?.scrollIntoView({ block: "center" });
  button.setAttribute("aria-expanded", "true");
}

function close() {
  aside.hidden = true;
  button.setAttribute("aria-expanded", "false");
  button.focus();
}

button?.addEventListener("click", async () => {
  if (!aside.hidden) return close();
  await show(button.dataset.help);
  page.focus({ preventScroll: true });
});
$("#help-close").addEventListener("click", close);
aside.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  close();
});

aside.addEventListener("click", async (event) => {
  const link = event.target.closest("#help-page a[href], .help-found a[href]");
  if (!link || link.target) return;
  const name = nameOf(link);
  if (link.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    at(link.hash)?.scrollIntoView();
  } else if (name) {
    event.preventDefault();
    await show(name, link.hash);
    page.focus({ preventScroll: true });
  }
});

// ---- what is looked for, in the panel and on the guide's own page

// pieces is a text in which what was looked for stands out.
const pieces = (words) => words.flatMap(({ text, hit }, i) => [i ? " " : "", hit ? element("mark", text) : text]);

for (const place of document.querySelectorAll(".help-search")) {
  const [box, status, found] = ["input", "[role=status]", "ul"].map((s) => place.querySelector(s));
  let last = 0;
  box.addEventListener("input", async () => {
    const turn = ++last;
    const words = box.value.trim();
    const pages = words ? await ask("/tro-giup/tim", { chu: words }).catch(() => []) : [];
    if (turn !== last) return; // something else is looked for by now
    found.replaceChildren(...pages.map((p) => element("li", [element("a", pieces(p.title), { href: "/tro-giup/" + p.name }), element("span", pieces(p.says), { className: "detail" })])));
    found.hidden = pages.length === 0;
    status.textContent = !words ? "" : pages.length ? `${pages.length} trang có những chữ ấy` : "Không trang nào có những chữ ấy. Thử ít chữ hơn.";
  });
}
