// What every page of the desk has: help beside it, what was just thrown away; and the page on
// which an entry is begun.
import { notice, tell } from "./ask.js";
import "./help.js";

const $ = (selector) => document.querySelector(selector);

// ---- what was just thrown away

const thrown = JSON.parse(sessionStorage.getItem("thrown") ?? "null");
if (thrown) {
  sessionStorage.removeItem("thrown");
  notice(`Đã bỏ “${thrown.title}” vào thùng rác.`, "Hoàn tác", async () => (location.href = (await tell("/lay-lai", { id: thrown.id })).place));
}

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
