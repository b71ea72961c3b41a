// The first page: the greeting of the first start is read once; and what the office's shared
// repository has, which may take a while to answer.
import { ask, element, notice, tell } from "./ask.js";

document.querySelector("#greeted")?.addEventListener("click", async () => {
  try {
    await tell("/chao", {});
    document.querySelector("#greeting").remove();
    document.querySelector("#main .tasks a").focus();
  } catch (error) {
    notice(error.message);
  }
});

const { has, sentence } = await ask("/viec/kho").catch(() => ({}));
if (has && sentence) document.querySelector("#shared").replaceChildren("Kho chung: ", element("a", sentence, { href: "/kho/" }));
