// Drawings of 24 by 24, of lines alone.
const paths = {
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M10 5h8M6 19h8M14 5l-4 14",
  heading: "M5 5v14M13 5v14M5 12h8M17 19h5M17 13.5a2.5 2.5 0 1 1 4.5 1.5L17 19",
  subheading: "M5 7v10M12 7v10M5 12h7M17 9h4l-2.5 3a2.3 2.3 0 1 1-2 4",
  list: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 4.5 5.5 4v5M4 15a1.5 1.5 0 1 1 2.6 1L4 19h3",
  quote: "M9 7c-3 1-5 3-5 7v3h5v-5H6M20 7c-3 1-5 3-5 7v3h5v-5h-3",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15 9h.01",
  table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
  file: "M20 11l-8 8a5 5 0 0 1-7-7l9-9a3.3 3.3 0 0 1 5 5l-9 9a1.6 1.6 0 0 1-2.500-2.500l8-8",
  clause: "M6 3h9l4 4v14H6zM9 9h3M9 13h7M9 17h7",
  film: "M4 6h16v12H4zM10 9.500v5l4-2.500z",
  footnote: "M4 6h9M4 11h9M4 19h16M18 5v6M15.500 6.500 18 5",
  undo: "M9 6 4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3",
  redo: "M15 6l5 5-5 5M20 11H10a5 5 0 0 0 0 10h3",
  source: "M8 7l-5 5 5 5M16 7l5 5-5 5M14 4l-4 16",
};

const svg = "http://www.w3.org/2000/svg";

// icon returns the drawing of an action, hidden from readers that speak.
export function icon(name) {
  const drawing = document.createElementNS(svg, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", paths[name]);
  drawing.append(path);
  return drawing;
}

export const hasIcon = name => name in paths;
