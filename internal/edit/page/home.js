// The first page: the greeting of the first start is read once.
import { notice, tell } from "./ask.js";

document.querySelector("#greeted")?.addEventListener("click", async () => {
  try {
    await tell("/chao", {});
    document.querySelector("#greeting").remove();
    document.querySelector("#main .tasks a").focus();
  } catch (error) {
    notice(error.message);
  }
});
