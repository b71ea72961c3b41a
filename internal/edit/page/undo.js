// What was just done is told at the foot of the page, with a press that undoes it: of the
// page that did it, or of the one that follows.
import { notice, tell } from "./ask.js";

// done says what was done, on this page.
export function done(text, undo) {
  if (!undo) return notice(text);
  notice(text, "Hoàn tác", async () => {
    try {
      const { place } = await tell("/hoan-tac", { id: undo });
      sessionStorage.setItem("done", JSON.stringify({ text: "Đã hoàn tác." }));
      if (place && place !== location.pathname) location.href = place;
      else location.reload();
    } catch (error) {
      notice(error.message);
    }
  });
}

// later says it on the page that is opened next.
export const later = (text, undo) => sessionStorage.setItem("done", JSON.stringify({ text, undo }));

const was = JSON.parse(sessionStorage.getItem("done") ?? "null");
if (was) {
  sessionStorage.removeItem("done");
  done(was.text, was.undo);
}
