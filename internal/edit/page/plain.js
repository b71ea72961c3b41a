// A writing surface of plain text, for Markdown as it is: what is written is never lost for
// want of another.
export async function openSurface(place, { markdown, onChange }) {
  const area = Object.assign(document.createElement("textarea"), { id: "f-body", value: markdown, rows: 20, className: "plain", spellcheck: true });
  area.setAttribute("aria-labelledby", place.getAttribute("aria-labelledby"));
  area.addEventListener("input", onChange);
  place.append(area);
  return {
    markdown: () => area.value,
    insert: (text) => {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      onChange();
    },
    replace: (text) => {
      area.value = text;
      onChange();
    },
    focus: () => area.focus(),
    find: (words) => {
      const at = area.value.indexOf(words);
      if (at >= 0) area.setSelectionRange(at, at + words.length);
      area.focus();
    },
    setFindings: () => {},
    destroy: () => area.remove(),
  };
}
