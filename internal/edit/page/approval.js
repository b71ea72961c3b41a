// Approval: one file that is sent, and who has agreed.
import { busy, element, pageAt, tell } from "./ask.js";
import { done } from "./undo.js";

const $ = (selector) => document.querySelector(selector);

$("#submit")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const files = [...document.querySelectorAll("#submit [name=file]:checked")].map((c) => c.value);
  busy("Đang tạo tệp …", async () => {
    const made = await tell("/duyet/gui", { files, from: $("#from").value, note: $("#note").value });
    const link = $("#letter a");
    link.href = made.address;
    link.download = made.name;
    link.textContent = "Tải tệp: " + made.name;
    $("#letter").hidden = false;
    link.click();
    link.focus();
    $("#asked").replaceWith((await pageAt(location.href)).querySelector("#asked")); // where it is noted who agrees
    return "Đã tạo tệp và ghi là đã gửi duyệt. Gửi tệp vừa tải về qua Zalo hoặc thư.";
  });
});

document.querySelector("#main").addEventListener("submit", (event) => {
  const form = event.target.closest("form.approve");
  if (!form) return;
  event.preventDefault();
  const value = (name) => form.querySelector(`[name=${name}]`).value;
  busy("", async () => {
    const { state, undo } = await tell("/duyet/ghi", { file: form.dataset.file, opened: form.dataset.opened, who: value("who"), date: value("date"), note: value("note") });
    form.querySelector(".said").textContent = state;
    form.querySelector("details").replaceWith(element("p", "Đã ghi vào lịch sử của bài."));
    done("Đã ghi là đã duyệt.", undo);
    return "";
  });
});
