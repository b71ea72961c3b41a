// The scans of the form that a person has signed: kept beside the site, never published.
import { element, notice, sent, tell } from "./ask.js";
import { done } from "./undo.js";

const place = document.querySelector("#proofs");
const at = `/phieu/${place.dataset.who}`;

function item(name) {
  const drop = element("button", "Bỏ bản này", { type: "button", className: "quiet drop-scan" });
  drop.dataset.name = name;
  return element("li", [element("a", name, { href: `${at}/ban-quet/${name}`, download: "" }), " ", drop]);
}

// What is chosen here is no change of the entry.
place.addEventListener("input", (event) => event.stopPropagation());
place.addEventListener("change", async (event) => {
  event.stopPropagation();
  const [file] = event.target.files;
  if (!file) return;
  const status = place.querySelector(".status");
  status.textContent = `Đang giữ ${file.name} …`;
  try {
    const { name } = await sent(at + "/ban-quet?" + new URLSearchParams({ ten: file.name }), { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
    place.querySelector("ul").append(item(name));
    status.textContent = `Đã giữ ${file.name}.`;
  } catch (error) {
    status.textContent = error.message;
  }
  event.target.value = "";
});
place.addEventListener("click", async ({ target }) => {
  if (!target.matches(".drop-scan")) return;
  try {
    const { undo } = await tell(at + "/bo-ban-quet", { name: target.dataset.name });
    target.closest("li").remove();
    done("Đã bỏ bản quét.", undo);
  } catch (error) {
    notice(error.message);
  }
});
