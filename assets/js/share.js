// Fills the room that layouts/_partials/share.html makes: the system's own sheet for sending a page on, where there is one, what
// copies the page's address or the words with which to cite it, and its QR code.
import { button, copyButton } from "./copy.js";
import { src, integrity } from "@params";

// What draws codes is loaded by the first who wants one.
const showCode = (room, address, save, asked) => {
  let figure = room.nextElementSibling;
  if (figure?.dataset.code) {
    figure.hidden = !figure.hidden;
  } else {
    figure = document.createElement("figure");
    figure.className = "no-print";
    Object.assign(figure.dataset, { code: address, save });
    room.after(figure);
    const script = document.createElement("script");
    Object.assign(script, { src, integrity });
    document.head.append(script);
  }
  asked.setAttribute("aria-expanded", !figure.hidden);
};

for (const room of document.querySelectorAll(".share[data-url]")) {
  const { title, url, words, send, link, citation, done, qr, save } = room.dataset;
  if (navigator.share) {
    // Whoever closes the sheet has changed their mind: nothing to tell.
    room.append(button(send, () => navigator.share({ title, url }).catch(() => {})));
  }
  if (navigator.clipboard) room.append(copyButton(link, done, () => url), copyButton(citation, done, () => words));
  const code = button(qr, () => showCode(room, url, save, code));
  code.setAttribute("aria-expanded", false);
  room.append(code);
}
