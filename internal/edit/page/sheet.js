// A form of the site's own facts, or of a provision's progress: saved over the version that
// was opened; its lists can be put into another order.
import { ask, element, notice, tell } from "./ask.js";
import { commit, tend, values } from "./form.js";
import { done, later } from "./undo.js";

const $ = (selector) => document.querySelector(selector);
const form = $("#sheet");
let unsaved = false;
let saving = false;

function changed() {
  unsaved = true;
  $("#kept").textContent = "Chưa lưu.";
}

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

function nearest(path) {
  for (let at = path; at; at = at.includes(".") ? at.replace(/\.[^.]*$/, "") : "") {
    const field = form.querySelector(`[data-path="${CSS.escape(at)}"]`);
    if (field) return field;
  }
}

function tellFaults(faults) {
  for (const place of form.querySelectorAll(".faults")) {
    place.hidden = true;
    place.replaceChildren();
  }
  for (const fault of faults) {
    const place = nearest(fault.field ?? "")?.querySelector(":scope > .faults") ?? $("#rest");
    place.append(element("span", `${fault.message} ${fault.hint ?? ""}`, { className: fault.severity }));
    place.hidden = false;
  }
}

// ---- saving

const request = () => {
  const { to, preview, ready, ...rest } = form.dataset;
  return { to, body: { ...rest, fields: values(form) } };
};

async function save() {
  if (saving) return;
  saving = true;
  $("#save").disabled = true;
  commit(form);
  const { to, body } = request();
  try {
    const answer = await tell(to, body);
    form.dataset.opened = answer.opened;
    unsaved = JSON.stringify(values(form)) !== JSON.stringify(body.fields);
    localStorage.removeItem(place);
    $("#left").hidden = true;
    $("#kept").textContent = unsaved ? "Chưa lưu." : "Đã lưu.";
    tellFaults(answer.findings);
    done(answer.undo ? "Đã lưu." : "Không có gì để lưu: mọi điều vẫn như cũ.", answer.undo);
    follow();
  } catch (error) {
    notice(error.message);
  }
  $("#save").disabled = false;
  saving = false;
}

// ---- what was filled in and not saved, when the page was left

const place = "chưa-lưu " + location.pathname;
addEventListener("pagehide", () => unsaved && localStorage.setItem(place, JSON.stringify(request())));

const left = JSON.parse(localStorage.getItem(place) ?? "null");
$("#left").hidden = !left;
$("#left-save").addEventListener("click", async () => {
  try {
    const { undo } = await tell(left.to, left.body);
    localStorage.removeItem(place);
    later("Đã lưu điều điền dở.", undo);
    location.reload();
  } catch (error) {
    notice(error.message);
  }
});
$("#left-drop").addEventListener("click", () => {
  localStorage.removeItem(place);
  $("#left").hidden = true;
});

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
  const { preview } = await ask("/viec/hien", { trang: "" }).catch(() => ({}));
  const root = preview || form.dataset.preview;
  $("#live-note").textContent = root ? "Trang này thay đổi theo mỗi lần lưu." : "Chưa dựng được trang để xem (xem Kiểm tra).";
  if (!root) return;
  if (!$("#live-page")) {
    const frame = element("iframe", [], { id: "live-page", title: "Trang chủ đang soạn", src: root });
    frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-popups");
    live.append(frame);
  }
  $("#live-link").href = root;
}

$("#show")?.addEventListener("click", ({ currentTarget }) => {
  $("#live").hidden = !$("#live").hidden;
  form.classList.toggle("beside", !$("#live").hidden);
  currentTarget.setAttribute("aria-pressed", String(!$("#live").hidden));
  follow();
});

// ----

tend(form, "content/_index.md", changed);
arrange();
new MutationObserver(arrange).observe(form, { childList: true, subtree: true });
form.dataset.ready = "";
const sought = nearest(new URLSearchParams(location.search).get("cho") ?? "");
if (sought) {
  sought.scrollIntoView({ block: "center" });
  sought.classList.add("sought");
  sought.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}
