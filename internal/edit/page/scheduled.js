// Of an article that is scheduled, whether it will happen: asked at first, and after each save.
import { ask } from "./ask.js";

const line = document.querySelector("#scheduled");

async function look() {
  const { sentence } = await ask("/viec/hen", { bai: document.querySelector("#entry").dataset.file }).catch(() => ({}));
  line.hidden = !sentence;
  line.querySelector("span").textContent = sentence ?? "";
}

new MutationObserver(() => document.querySelector("#kept").textContent.startsWith("Đã lưu") && look()).observe(document.querySelector("#kept"), { childList: true, characterData: true, subtree: true });
look();
