// What every page of the desk has: help beside it, lists that are searched while one types,
// and the page on which an entry is begun.
import { fold, tell } from "./ask.js";
import { taking } from "./hand.js";
import { handOver } from "./kept.js";
import "./undo.js";

const $ = (selector) => document.querySelector(selector);

// ---- help

const button = $(".help-button");
const aside = $("#help");

// scrollable lets the keyboard reach what is wider than its place.
function scrollable(within) {
  for (const wide of within?.querySelectorAll("pre, table") ?? []) wide.tabIndex = 0;
}
scrollable($("#guide"));

async function help(name) {
  const page = new DOMParser().parseFromString(await (await fetch("/tro-giup/" + name)).text(), "text/html");
  aside.replaceChildren(page.querySelector("#guide") ?? "Chưa đọc được trang trợ giúp.");
  for (const picture of aside.querySelectorAll("img")) picture.src = "/tro-giup/" + picture.getAttribute("src");
  scrollable(aside);
  aside.hidden = false;
  aside.scrollTop = 0;
  button.setAttribute("aria-expanded", "true");
}

button.addEventListener("click", () => {
  if (aside.hidden) return help(button.dataset.help);
  aside.hidden = true;
  button.setAttribute("aria-expanded", "false");
});

aside.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const page = link && new URL(link.getAttribute("href"), location.origin + "/tro-giup/");
  if (!page || page.origin !== location.origin || !page.pathname.endsWith(".md")) return;
  event.preventDefault();
  help(page.pathname.split("/").pop().replace(".md", ""));
});

// ---- what a browser kept while the program was gone; the page of an entry looks by itself

if (location.pathname === "/" && (await handOver()).length > 0) location.reload();

// ---- files that are dropped

taking();

// ---- lists

const query = $("#q");

function filter() {
  const words = fold(query.value).split(/\s+/).filter(Boolean);
  const state = $("#state")?.value ?? "";
  const rows = [...document.querySelectorAll("[data-words]")];
  for (const row of rows) {
    const right = !state || row.dataset.state === state || (state === "error" && row.dataset.errors);
    row.hidden = !right || !words.every((w) => row.dataset.words.includes(w));
  }
  const left = rows.filter((r) => !r.hidden).length;
  $("#count").textContent = left + $("#count").textContent.replace(/^\d+/, "");
}

query?.addEventListener("input", filter);
$("#state")?.addEventListener("change", filter);

// ---- a new entry

$("#new")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  form.querySelector("button").disabled = true;
  try {
    location.href = (await tell("/moi", { section: form.dataset.section, title: $("#title").value })).place;
  } catch (error) {
    $("#new-fault").textContent = error.message;
    form.querySelector("button").disabled = false;
  }
});
$("#new #title")?.focus();
