// What the pages about publishing share.
import { ask, element, tell } from "./ask.js";

const signs = { kept: "span", inserted: "ins", deleted: "del" };

// changedFields are the words that differ, field by field.
export const changedFields = (all) =>
  all.flatMap((one) => [element("h3", one.label), changedWords(one)]);

// changedWords are those of one of them.
export const changedWords = ({ label, words }) => element("div", words.flatMap(({ op, text }) => [element(signs[op], text), " "]), { className: "words", tabIndex: 0, role: "region", ariaLabel: "Khác nhau: " + label });

// entryItem is what publishing does to an entry, with its words before and after.
export function entryItem(entry) {
  const links = [];
  if (entry.link) links.push(" · ", element("a", "trên web", { href: entry.link, target: "_blank", rel: "noopener" }));
  const title = entry.place ? element("a", entry.title, { href: entry.place }) : entry.title;
  const item = element("li", [element("p", [element("b", `${entry.kind}: `), title, ...links])]);
  if (entry.state) item.append(element("p", entry.state, { className: "muted" }));
  if (entry.changed) item.append(element("details", [element("summary", "Xem đổi chữ nào"), ...changedFields(entry.changed)]));
  if (entry.files) item.append(element("p", "Ảnh và tệp đổi: " + entry.files.join(", "), { className: "muted" }));
  return item;
}

// published shows, once the details are opened, what was published at one time.
export function published(details, target, at) {
  details.addEventListener("toggle", async () => {
    if (!details.open || details.dataset.asked) return;
    details.dataset.asked = "";
    try {
      const { entries, more } = await ask("/viec/lan-dang", { noi: target, luc: at });
      const items = entries.map(entryItem);
      if (more) items.push(element("li", `và ${more} bài nữa`, { className: "muted" }));
      details.querySelector(".entries").replaceChildren(...items);
    } catch (error) {
      delete details.dataset.asked;
      details.querySelector(".entries").replaceChildren(element("li", error.message));
    }
  });
}

// following says, while f works, what is being done.
export async function following(f) {
  const status = document.querySelector(".status");
  const look = setInterval(async () => {
    const { step } = await ask("/viec/den-dau").catch(() => ({}));
    if (step) status.textContent = step + " …";
  }, 700);
  try {
    return await f();
  } finally {
    clearInterval(look);
  }
}

// passwordFor asks for the target's password where that is what is missing.
export function passwordFor(findings, target, again) {
  const form = document.querySelector("form.password");
  if (!findings.some((f) => ["target-ftps-password", "target-ftps-denied"].includes(f.code))) return;
  form.hidden = false;
  const field = form.querySelector("input");
  field.focus();
  form.onsubmit = async (event) => {
    event.preventDefault();
    await tell("/viec/mat-khau", { target, password: field.value });
    field.value = "";
    form.hidden = true;
    again();
  };
}
