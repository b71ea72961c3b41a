// Draws QR codes: share.js loads it when somebody asks for one, and it fills whatever waits for one. Go draws those that are printed
// (internal/kit); here it is the reader's browser, since a picture beside each of ten thousand pages would outweigh the pages.
import { encode } from "./uqr.js";

const drawing = "http://www.w3.org/2000/svg";
const square = 6; // pixels

for (const room of document.querySelectorAll("[data-code]:empty")) {
  const address = room.dataset.code;
  const { data, size } = encode(address, { ecc: "M", border: 4 });
  const part = (name, attributes, ...within) => {
    const e = document.createElementNS(drawing, name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(...within);
    return e;
  };
  let path = "";
  data.forEach((row, y) => row.forEach((black, x) => { if (black) path += `M${x} ${y}h1v1h-1z`; }));
  const svg = part("svg", { viewBox: `0 0 ${size} ${size}`, width: size * square, height: size * square, role: "img", "shape-rendering": "crispEdges" },
    part("title", {}, address), part("rect", { width: size, height: size, fill: "#fff" }), part("path", { d: path, fill: "#000" }));
  const save = document.createElement("a");
  save.download = "qr.svg";
  save.textContent = room.dataset.save;
  save.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
  room.append(svg, document.createElement("br"), save);
}
