// Pictures and films. Both are pictures to Markdown: ![what it shows](file "caption.
// Ảnh: credit").
import { NodeSelection } from "@milkdown/kit/prose/state";
import { element } from "./element.js";
import { ask } from "./form.js";

const filmFile = /\.(mp4|mp3|mov|m4[av]|avi|mkv|wmv|webm|wav)$/i;
export const isFilm = src => /^https?:/i.test(src) || filmFile.test(src);

// lines of what stands below a picture, as layouts/_partials/caption.html reads them.
const below = /^([^]*?)\s*((?:Ảnh|Photo)\s*:\s*([^]+))$/;

// parts takes a title apart into caption and credit; title puts them together.
export function parts(title) {
  const found = below.exec(title ?? "");
  return found ? { caption: found[1], credit: found[3] } : { caption: title ?? "", credit: "" };
}

export function title({ caption = "", credit = "" }, words) {
  credit = credit.trim() && !/^(Ảnh|Photo)\s*:/.test(credit) ? words.creditMark + credit.trim() : credit.trim();
  return [caption.trim(), credit].filter(Boolean).join(" ").replaceAll('"', "”");
}

// pictureView shows a picture with its caption, and a film as a card. address says where
// a browser finds the file of the entry.
export const pictureView = (address, words) => node => {
  const dom = element("span", { class: "surface-picture" });
  const show = () => {
    const { src, alt, title } = node.attrs;
    dom.replaceChildren(isFilm(src)
      ? element("span", { class: "surface-card", title: src }, `${words.filmCard}: ${alt || src}`)
      : element("img", { src: address(src), alt }), ...(title ? [element("small", {}, title)] : []));
  };
  show();
  return {
    dom,
    update(next) {
      if (next.type !== node.type) return false;
      if (!next.eq(node)) {
        node = next;
        show();
      }
      return true;
    },
    ignoreMutation: () => true,
  };
};

// pictureAt returns the selected picture, or null.
export const pictureAt = ({ selection }) => selection instanceof NodeSelection && selection.node.type.name === "image" ? selection.node : null;

// describe asks for the words of a picture; null if they were not given.
export async function describe({ alt = "", title: below = "" }, words, shown = null) {
  const given = await ask(words.pictureTitle, [
    { name: "alt", label: words.alt, value: alt, required: true },
    { name: "caption", label: words.caption, value: parts(below).caption },
    { name: "credit", label: words.credit, value: parts(below).credit },
  ], words, [], shown, true);
  return given && { alt: given.alt, title: title(given, words) };
}

// askFilm asks for a film at another site, or for a file.
export const askFilm = (words, pickFile) => ask(words.filmTitle, [
  { name: "src", label: words.filmAddress, required: true },
  { name: "alt", label: words.filmName, required: true },
], words, pickFile ? [{
  label: words.chooseFilm,
  run: async () => {
    const file = await pickFile({ film: true });
    return file && { src: file.href, alt: file.text };
  },
}] : []);
