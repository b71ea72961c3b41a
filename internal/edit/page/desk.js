// What every page of the desk has: help beside it, what was just done, files that are dropped;
// and the page on which an entry is begun.
import { element, tell } from "./ask.js";
import { taking } from "./hand.js";
import "./help.js";
import { handOver } from "./kept.js";
import "./undo.js";

const $ = (selector) => document.querySelector(selector);

// ---- what a browser kept while the program was gone; the page of an entry looks by itself

if (location.pathname === "/" && (await handOver()).length > 0) location.reload();

// ---- files that are dropped

taking();

// ---- a new entry

$("#new")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  begin(event.currentTarget, false);
});

// begin begins an entry; another: though there is a page by that name.
async function begin(form, another) {
  form.querySelector("button").disabled = true;
  try {
    location.href = (await tell("/moi", { section: form.dataset.section, title: $("#title").value, another })).place;
  } catch (error) {
    $("#new-fault").textContent = error.message;
    if (error.answer?.known) {
      const anyway = element("button", "Là người khác trùng tên: vẫn thêm", { type: "button", className: "quiet" });
      anyway.addEventListener("click", () => begin(form, true));
      $("#new-fault").append(...error.answer.known.flatMap(({ value, label }) => [" ", element("a", `Mở trang “${label}”`, { href: value })]), " ", anyway);
    }
    form.querySelector("button").disabled = false;
  }
}
$("#new #title")?.focus();
