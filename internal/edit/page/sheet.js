// A form of the site's own facts, or of a provision's progress: saved with what it showed, so
// that what others have changed stands; its lists can be put into another order.
import { chosenOf } from "./apart.js";
import { ask, element, notice, tell } from "./ask.js";
import { askWhich, commit, fieldAt, tend, values } from "./form.js";
import { handOver, keeper, tabName } from "./kept.js";
import { toggle } from "./live.js";
import { done, later } from "./undo.js";

const $ = (selector) => document.querySelector(selector);
const form = $("#sheet");
let saving = false;

// ---- the order of lists

// arrange puts buttons that move it into every item of a list.
function arrange() {
  for (const item of form.querySelectorAll(".field-tables > fieldset > .items > li:not(:has(> .move))")) {
    const move = (name, label, to) => {
      const button = element("button", label, { type: "button", className: "quiet move", ariaLabel: name });
      button.addEventListener("click", () => {
        to(item);
        button.focus();
        changed();
      });
      return button;
    };
    item.append(move("Đưa mục này lên", "↑", (i) => i.previousElementSibling?.before(i)), move("Đưa mục này xuống", "↓", (i) => i.nextElementSibling?.after(i)));
  }
}

// ---- what is wrong

const severities = { error: "Lỗi: ", warning: "Cảnh báo: ", notice: "" };

// tellFaults shows what is wrong at the fields, and returns how many places have to be mended.
function tellFaults(faults) {
  for (const place of form.querySelectorAll(".faults")) {
    place.hidden = true;
    place.replaceChildren();
  }
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const fault of faults) {
    const field = fieldAt(form, fault.field);
    const place = field?.querySelector(":scope > .faults") ?? $("#rest");
    place.append(element("span", (severities[fault.severity] ?? "") + [fault.message, fault.hint].filter(Boolean).join(" "), { className: fault.severity }));
    place.hidden = false;
    if (fault.severity === "error") field?.querySelector("input:not([type=hidden]), textarea, select")?.setAttribute("aria-invalid", "true");
  }
  return faults.filter((fault) => fault.severity === "error").length;
}

// ---- what is filled in is kept until it is saved

const { file, to, preview, restored } = form.dataset;
const written = () => ({ file, tab, restored: restored ?? "", was, fields: values(form) });
const tab = tabName();
let was; // what the form showed
const draft = keeper(written, "restored" in form.dataset);
const { changed } = draft;

// ---- saving

async function save(chosen = {}) {
  if (saving) return;
  saving = true;
  $("#save").disabled = true;
  const left = await commit(form);
  await draft.still();
  const sent = written();
  let again;
  try {
    const answer = await tell(to, { ...sent, chosen });
    // Written meanwhile, or not taken yet.
    const since = JSON.stringify(values(form)) !== JSON.stringify(sent.fields) || (answer.others && left.length > 0);
    was = sent.fields;
    draft.saved(sent);
    document.querySelectorAll(".banner:not(#gone)").forEach((b) => b.remove());
    $("#kept").textContent = answer.undo ? "Đã lưu." : "";
    const errors = tellFaults(answer.findings);
    const said = answer.undo ? "Đã lưu" + (answer.others ? ", cùng với điều người khác vừa sửa ở mục này." : ".") : answer.others ? "Mục này giờ như người khác vừa lưu." : "Không có gì để lưu: mọi điều vẫn như cũ.";
    if (left.length) askWhich(left);
    const text = said + (errors ? ` Còn ${errors} chỗ phải sửa trước khi đăng.` : "");
    if (since) changed();
    else if (answer.others) {
      later(text, answer.undo);
      location.replace(location.pathname);
    }
    done(text, answer.undo);
    if (errors) form.querySelector(".faults:not([hidden]) .error")?.scrollIntoView({ block: "center" });
    follow();
  } catch (error) {
    await draft.keep();
    if (error.answer?.conflict) again = { ...chosen, ...(await chosenOf(error.answer.apart)) };
    else if ($("#gone").hidden) notice(error.message);
    if (again && !error.answer.apart.every(({ path }) => again[path])) again = null;
  }
  $("#save").disabled = false;
  saving = false;
  if (again) save(again);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
form.addEventListener("input", (event) => !event.target.matches("[data-from]") && changed());
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
});

// ---- the live page

async function follow() {
  const live = $("#live");
  if (!live || live.hidden) return;
  $("#live-note").textContent = "Đang dựng …";
  const { preview: now } = await ask("/viec/hien", { trang: "" }).catch(() => ({}));
  const root = now || preview;
  $("#live-note").textContent = root ? "Trang này thay đổi theo mỗi lần lưu." : "Chưa dựng được trang để xem (xem Kiểm tra).";
  if (!root) return;
  if (!$("#live-page")) {
    const frame = element("iframe", [], { id: "live-page", title: "Trang chủ đang soạn", src: root });
    frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox");
    live.append(frame);
  }
  $("#live-link").href = root;
}

$("#show")?.addEventListener("click", ({ currentTarget }) => {
  toggle(form, currentTarget);
  follow();
});

// ----

if ((await handOver()).includes(file)) location.replace(location.pathname); // where it is offered
tend(form, "content/_index.md", changed);
arrange();
new MutationObserver(arrange).observe(form, { childList: true, subtree: true });
was = form.dataset.was ? JSON.parse(form.dataset.was) : values(form);
tellFaults(JSON.parse(form.dataset.faults));
form.dataset.ready = "";
const path = new URLSearchParams(location.search).get("cho");
if (path) {
  const sought = fieldAt(form, path);
  sought?.scrollIntoView({ block: "center" });
  sought?.classList.add("sought");
  sought?.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}
