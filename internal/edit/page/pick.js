// What is chosen in a dialog for the text: a page to link to, a provision, a picture, a file.
import { ask, element, notice, send } from "./ask.js";

const dialog = document.querySelector("#picker");
const body = document.querySelector("#picker-body");

// open shows a dialog until something is chosen, or nothing: then the promise is of null.
function open(title, fill) {
  return new Promise((resolve) => {
    document.querySelector("#picker-title").textContent = title;
    const done = (answer) => {
      dialog.removeEventListener("close", cancelled);
      dialog.close();
      resolve(answer);
    };
    const cancelled = () => resolve(null);
    dialog.addEventListener("close", cancelled, { once: true });
    body.replaceChildren(...fill(done));
    dialog.showModal();
    body.querySelector("input")?.focus();
  });
}

document.querySelector("#picker-cancel").addEventListener("click", () => dialog.close());

// found is a box to search in and the list of what it finds.
function found(label, from, choose, value = "") {
  const input = element("input", [], { type: "search", id: "picker-q", value, autocomplete: "off" });
  const list = element("ul", [], { className: "found" });
  let turn = 0;
  let sought = Promise.resolve();
  const look = () => (sought = search());
  const search = async () => {
    const mine = ++turn;
    const all = await ask("/tim", { loai: from, q: input.value }).catch(() => []);
    if (mine !== turn) return;
    list.replaceChildren(
      ...all.map((c, i) => {
        const button = element("button", [element("b", c.label), element("span", c.detail ?? "", { className: "detail" })], { type: "button" });
        if (c.group && c.group !== all[i - 1]?.group) button.prepend(element("span", c.group, { className: "clause-task" }));
        button.addEventListener("click", () => choose(c));
        return element("li", button);
      }),
    );
  };
  input.addEventListener("input", look);
  // Enter takes the first that is found, the arrow goes into the list.
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const first = list.querySelector("button");
    if (event.key === "Enter") sought.then(() => list.querySelector("button")?.click());
    else first?.focus();
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...list.querySelectorAll("button")];
    (buttons[buttons.indexOf(document.activeElement) + step] ?? input).focus();
  });
  look();
  return [element("label", label, { htmlFor: "picker-q" }), input, list];
}

export function pickClause() {
  return open("Trích điều khoản của kế hoạch", (done) => found("Tìm trong lời kế hoạch", "dieu-khoan", (c) => done(c.value)));
}

export function pickLink({ href = "", text = "" } = {}) {
  return open("Liên kết", (done) => {
    const address = element("input", [], { id: "picker-address", value: href, placeholder: "https://… hoặc chọn một trang dưới đây", autocomplete: "off" });
    const words = element("input", [], { id: "picker-words", value: text, autocomplete: "off" });
    const take = (to, otherwise) => done({ href: to, text: words.value.trim() || otherwise });
    const ok = element("button", "Chèn", { type: "button", className: "main" });
    ok.addEventListener("click", () => take(address.value.trim(), address.value.trim()));
    for (const input of [address, words]) {
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        if (address.value.trim()) ok.click();
        else address.focus();
      });
    }
    const none = element("button", "Bỏ liên kết", { type: "button", hidden: !href });
    none.addEventListener("click", () => done({ href: "", text }));
    return [element("label", "Địa chỉ", { htmlFor: "picker-address" }), address, element("label", "Chữ", { htmlFor: "picker-words" }), words, element("p", [ok, " ", none]), ...found("Hoặc tìm một trang", "trang", (c) => take(c.value, c.label))];
  });
}

// choose asks for a file of the machine.
function choose(accept) {
  return new Promise((resolve) => {
    const input = element("input", [], { type: "file", accept });
    input.addEventListener("change", () => resolve(input.files[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

const pictures = "image/*,.heic,.heif"; // a phone offers its camera, too
const attached = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.csv,.txt,.mp3,.mp4,.vtt,.srt";

async function put(address, entry, file) {
  try {
    return await send(address, entry, file);
  } catch (error) {
    notice(error.message);
    return null;
  }
}

// pickPicture puts a picture beside the entry; the surface asks for its words.
export const pickPicture = (entry) => async ({ file, src, alt, caption, credit } = {}) => {
  const chosen = file ?? (await choose(pictures));
  const got = chosen && (await put("/anh", entry, chosen));
  return got ? { src: got.name, alt, caption, credit } : src ? { src, alt, caption, credit } : null;
};

export const pickFile = (entry) => async ({ file, film } = {}) => {
  const chosen = file ?? (await choose(film ? ".mp4" : attached));
  const got = chosen && (await put("/tep", entry, chosen));
  return got ? { href: got.name, text: chosen.name.replace(/\.\w+$/, "") } : null;
};
