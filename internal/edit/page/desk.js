// What every page of the desk has: help beside it, what was just done; and the page on which
// an entry is begun.
import { tell } from "./ask.js";
import "./help.js";
import "./undo.js";

const $ = (selector) => document.querySelector(selector);

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
