// What every page of the desk has: help beside it, what was just done, files that are dropped;
// and the page on which an entry is begun.
import { tell } from "./ask.js";
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
