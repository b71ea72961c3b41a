// A place to publish to: only the fields of its kind are shown; it can be tried before it
// is kept.
import { busy, notice, showFaults, tell } from "./ask.js";

const form = document.querySelector("#place");
const kind = () => form.querySelector("[name=kind]:checked").value;

function choose() {
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(kind());
}
form.addEventListener("change", choose);
choose();

function asked() {
  const place = { kind: kind() };
  for (const input of form.querySelectorAll("[data-for]:not([hidden]) [data-key]")) place[input.dataset.key] = input.value;
  const password = form.querySelector("#try-password");
  return { name: form.querySelector("#name").value.trim(), was: form.dataset.was, address: form.querySelector("#address").value.trim(), place, password: password.closest("[hidden]") ? "" : password.value };
}

form.querySelector("#try").addEventListener("click", () => {
  if (!form.reportValidity()) return;
  busy("Đang thử kết nối …", async () => {
    const outcome = await tell("/noi-dang/thu", asked());
    showFaults(outcome.findings);
    if (outcome.failed) return "Chưa dùng được nơi này: xem dưới đây.";
    return outcome.findings.length ? "Kết nối được, nhưng nơi này không trống: xem dưới đây. Chưa ghi gì vào đó." : "Kết nối được, đọc và ghi được.";
  });
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  busy("Đang lưu …", async () => {
    await tell("/noi-dang", asked());
    location.href = "/xuat-ban/";
  });
});

const dropped = JSON.parse(sessionStorage.getItem("dropped-place") ?? "null");
if (dropped) {
  sessionStorage.removeItem("dropped-place");
  const watch = dropped.kept ? " Máy này thôi tự đăng lên đó." : "";
  notice(`Đã bỏ nơi đăng “${dropped.name}”. Trang đã đăng ở đó vẫn còn nguyên.${watch}`, "Hoàn tác", async () => {
    await tell("/noi-dang", { ...dropped, was: "" });
    if (dropped.kept) await tell("/hen-gio/dat", { target: dropped.name });
    location.reload();
  });
}

for (const button of document.querySelectorAll(".drop-place")) {
  button.addEventListener("click", () =>
    busy("", async () => {
      sessionStorage.setItem("dropped-place", JSON.stringify(await tell("/noi-dang/bo", { name: button.dataset.name })));
      location.href = "/noi-dang/";
    }),
  );
}
