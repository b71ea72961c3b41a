// What has to be mended, of the content alone or of the whole site.
import { ask, busy, showFaults, tell } from "./ask.js";

const check = () => busy("Đang kiểm tra …", async () => showFaults(await ask("/viec/kiem-tra")));

document.querySelector("#recheck").addEventListener("click", check);
document.querySelector("#build").addEventListener("click", () =>
  busy("Đang dựng và kiểm tra cả trang …", async () => {
    const outcome = await tell("/viec/dung", {});
    return showFaults(outcome.findings) + (outcome.failed ? " Trang chưa dựng được." : " Trang đã dựng xong.");
  }),
);
check();
