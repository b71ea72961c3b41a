// Fills the room that layouts/_partials/share.html makes: the system's own sheet for sending a page on, where there is one, and what
// copies the page's address or the words with which to cite it.
import { button, copyButton } from "./copy.js";

for (const room of document.querySelectorAll(".share[data-url]")) {
  const { title, url, words, send, link, citation, done } = room.dataset;
  if (navigator.share) {
    // Whoever closes the sheet has changed their mind: nothing to tell.
    room.append(button(send, () => navigator.share({ title, url }).catch(() => {})));
  }
  if (navigator.clipboard) room.append(copyButton(link, done, () => url), copyButton(citation, done, () => words));
}
