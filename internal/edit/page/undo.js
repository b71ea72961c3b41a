// What was just done is told at the foot of the page, with a press that undoes it: of the
// page that did it, or of the one that follows.
import { notice, tell } from "./ask.js";

// done says what was done, on this page. undo names the act.
export function done(text, undo) {
  if (!undo) return notice(text);
  // Who goes on writing undoes no earlier save.
  const place = document.querySelector("#notice");
  document.addEventListener("input", () => place.textContent.startsWith(text) && place.classList.remove("shown"), { once: true });
  notice(text, "Hoàn tác", async () => {
    try {
      const { place } = await tell("/hoan-tac", { id: undo });
      later("Đã hoàn tác.");
      go(place);
    } catch (error) {
      notice(error.message);
    }
  });
}

// go opens a page of the desk, anew also where it is this one.
export function go(place) {
  const there = new URL(place || location.href, location.href);
  if (there.pathname === location.pathname) history.replaceState(null, "", there), location.reload();
  else location.href = there;
}

// later says it on the page that is opened next.
export const later = (text, undo) => sessionStorage.setItem("done", JSON.stringify({ text, undo }));

const was = JSON.parse(sessionStorage.getItem("done") ?? "null");
if (was) {
  sessionStorage.removeItem("done");
  done(was.text, was.undo);
}
