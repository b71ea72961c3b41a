// Earlier versions, and the trash: what was is had back by one press.
import { notice, tell } from "./ask.js";

document.querySelector("#main").addEventListener("click", async ({ target }) => {
  const back = target.closest(".restore, .untrash");
  if (!back) return;
  back.disabled = true;
  try {
    if (back.matches(".restore")) {
      await tell("/khoi-phuc", { file: back.dataset.file, id: back.dataset.id });
      location.href = document.querySelector("#main a").href + "?ban=tep";
    } else {
      location.href = (await tell("/lay-lai", { id: back.dataset.id })).place;
    }
  } catch (error) {
    back.disabled = false;
    notice(error.message);
  }
});
