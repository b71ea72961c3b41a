// Who makes an entry a draft is told before what becomes of the pages that lead to it.
import { ask, element } from "./ask.js";

const draft = document.querySelector("#draft");
const entry = document.querySelector("#entry");
const told = element("p", "", { className: "banner", id: "leads", hidden: true });
told.setAttribute("role", "status");
entry.querySelector(".columns").before(told);

draft.addEventListener("change", async () => {
  told.hidden = true;
  if (!told.isConnected) entry.querySelector(".columns").before(told);
  if (!draft.checked) return;
  const { say } = await ask("/dan-toi", { bai: entry.dataset.file }).catch(() => ({}));
  told.textContent = say ?? "";
  told.hidden = !say || !draft.checked;
});
