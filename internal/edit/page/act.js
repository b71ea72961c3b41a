// Forms that do one thing: what they hold is sent, and what was done is told, with a press
// that undoes it.
import { tell } from "./ask.js";
import { later } from "./undo.js";

function valueOf(input) {
  if (input.type === "checkbox") return input.checked;
  return input.dataset.as === "true" ? true : input.value;
}

for (const form of document.querySelectorAll("form.act")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button:not([type=button])");
    const faults = form.querySelector(".faults");
    button.disabled = true;
    faults.textContent = "";
    try {
      const sent = Object.fromEntries([...form.elements].filter((e) => e.name && (e.type !== "radio" || e.checked)).map((e) => [e.name, valueOf(e)]));
      const answer = await tell(form.dataset.to, sent);
      later(form.dataset.done, answer.undo);
      const next = answer.place || form.dataset.next;
      if (next && next !== location.pathname + location.search) location.href = next;
      else location.reload();
    } catch (error) {
      faults.textContent = error.message;
      button.disabled = false;
    }
  });
}
