// Earlier versions, and the trash: what was is had back by one press.
import { notice, tell } from "./ask.js";
import { later } from "./undo.js";

document.querySelector("#main").addEventListener("click", async ({ target }) => {
  const back = target.closest(".restore, .untrash");
  if (!back) return;
  back.disabled = true;
  try {
    if (back.matches(".restore")) {
      const { undo, place } = await tell("/khoi-phuc", { file: back.dataset.file, id: back.dataset.id });
      later("Đã khôi phục bản cũ; bản trước đó vẫn được giữ trong lịch sử.", undo);
      location.href = place;
    } else {
      const { place, said, undo } = await tell("/lay-lai", { id: back.dataset.id });
      later(said, undo);
      location.href = place;
    }
  } catch (error) {
    back.disabled = false;
    notice(error.message);
  }
});
