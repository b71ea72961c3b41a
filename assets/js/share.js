// Fills the room that layouts/_partials/share.html makes: the system's own sheet for sending a page on, where there is one, what copies
// the page's address or the words with which to cite it, and its QR code, folded, which is drawn for who unfolds it.
import { button, copyButton } from "./copy.js";
import { longest, modules } from "./qr.js";

const make = (name, parts, props) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...parts);
  return element;
};

// A picture of a code, with the quiet edge that readers of codes need.
const draw = (rows, name) => {
  const scale = 8, edge = 4, size = (rows.length + 2 * edge) * scale;
  const canvas = make("canvas", [], { width: size, height: size });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", name);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = "#000";
  rows.forEach((row, y) => row.forEach((dark, x) => {
    if (dark) pen.fillRect((x + edge) * scale, (y + edge) * scale, scale, scale);
  }));
  return canvas;
};

const code = ({ url, code, codeOf, codeSave }) => {
  const folded = make("details", [make("summary", [code])], { className: "code" });
  folded.addEventListener("toggle", () => {
    const canvas = draw(modules(url), codeOf.replace("{url}", url));
    canvas.toBlob((picture) => {
      const file = `ma-qr-${new URL(url).pathname.split("/").filter(Boolean).join("-")}.png`;
      folded.append(make("a", [canvas, make("br", []), codeSave], { href: URL.createObjectURL(picture), download: file }));
    });
  }, { once: true });
  return folded;
};

for (const room of document.querySelectorAll(".share[data-url]")) {
  const { title, url, words, send, link, citation, done } = room.dataset;
  if (navigator.share) {
    // Whoever closes the sheet has changed their mind: nothing to tell.
    room.append(button(send, () => navigator.share({ title, url }).catch(() => {})));
  }
  if (navigator.clipboard) room.append(copyButton(link, done, () => url), copyButton(citation, done, () => words));
  if (url.length <= longest) room.after(code(room.dataset));
}
