// Of an article that is scheduled, whether it will happen, and what readers see until then:
// asked at first, as soon as an hour is given, and after each save.
import { ask } from "./ask.js";

const line = document.querySelector("#scheduled");
const hour = document.querySelector("#f-publishDate");
const draft = document.querySelector("#draft");
let asked = 0;

async function look(about) {
  const mine = ++asked;
  const { sentence } = await ask("/viec/hen", { bai: document.querySelector("#entry").dataset.file, ...about }).catch(() => ({}));
  if (mine !== asked) return; // another was asked since
  line.hidden = !sentence;
  line.querySelector("span").textContent = sentence ?? "";
}

const meant = () => look({ luc: hour?.value.trim() ?? "", ...(draft.checked ? { nhap: "1" } : {}) });

for (const field of [hour, draft]) field?.addEventListener("change", () => queueMicrotask(meant)); // once the one has changed the other
new MutationObserver(() => document.querySelector("#kept").textContent.startsWith("Đã lưu") && look()).observe(document.querySelector("#kept"), { childList: true, characterData: true, subtree: true });
look();
