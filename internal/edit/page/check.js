// What has to be mended, of the content alone or of the whole site.
import { ask, busy, showFaults, tell } from "./ask.js";

let built = false; // what is shown is what the build found

const check = () =>
  busy("Đang kiểm tra …", async () => {
    built = false;
    const { faults, more, errors } = await ask("/viec/kiem-tra");
    return showFaults(faults, more, errors);
  });

const again = document.querySelector("#recheck");
again.addEventListener("click", check);
// Whoever comes back from another program may have mended something.
addEventListener("focus", () => !built && !again.disabled && check());
document.querySelector("#build").addEventListener("click", () =>
  busy("Đang dựng và kiểm tra cả trang …", async () => {
    built = true;
    const outcome = await tell("/viec/dung", {});
    return showFaults(outcome.findings) + (outcome.failed ? " Trang chưa dựng được." : " Trang đã dựng xong.");
  }),
);
check();
