// The machine is told to publish by itself what is scheduled, or not to any more.
import { busy, notice, tell } from "./ask.js";

const said = JSON.parse(sessionStorage.getItem("schedule") ?? "null");
if (said) {
  sessionStorage.removeItem("schedule");
  notice(said.kept ? "Đã giao cho máy này. Máy bắt đầu canh trong vòng một phút." : "Máy này thôi tự đăng.", "Hoàn tác", () => act(said.target, !said.kept));
}

const act = (target, keep) =>
  busy("Đang giao việc cho máy …", async () => {
    await tell(keep ? "/hen-gio/dat" : "/hen-gio/thoi", { target });
    sessionStorage.setItem("schedule", JSON.stringify({ target, kept: keep }));
    location.reload();
  });

document.querySelector("#main").addEventListener("click", ({ target }) => {
  const button = target.closest(".keep, .drop");
  if (button) act(button.closest(".keeper").dataset.target, button.matches(".keep"));
});
