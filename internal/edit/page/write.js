// The page on which an entry is written: its form and its text, kept while they are
// written, saved over the version that was opened, and shown as they will be read.
import { ask, element, notice, tell } from "./ask.js";
import { commit, tend, values } from "./form.js";
import { done, later } from "./undo.js";
import { pickClause, pickFile, pickLink, pickPicture } from "./pick.js";

const $ = (selector) => document.querySelector(selector);
const form = $("#entry");
const { file, restored, address, preview } = form.dataset;
let { opened } = form.dataset;

// ---- the text

const markdown = $("#text").value;
let surface;
const options = { markdown, label: $("#text-label"), onChange: changed, pickLink, pickClause, pickPicture: pickPicture(file), pickFile: pickFile(file), onLost: (sentences) => notice(sentences.join(" ")) };

async function openSurface() {
  for (const name of ["surface", "plain"]) {
    try {
      const module = await import(`/tinh/${name}.js`);
      return await module.openSurface($("#surface"), options);
    } catch (error) {
      console.warn(error);
      $("#surface").replaceChildren();
    }
  }
}

// ---- what is written

let tab = sessionStorage.getItem("tab");
if (!tab) sessionStorage.setItem("tab", (tab = crypto.randomUUID().replaceAll("-", "")));

const written = () => ({ file, opened, tab, fields: { ...values(form), draft: $("#draft").checked }, text: surface ? surface.markdown() : markdown });

let unsaved = Boolean(restored);
let keeping;

function changed() {
  unsaved = true;
  clearTimeout(keeping);
  keeping = setTimeout(keep, 800);
}

let kept = Promise.resolve(); // what is being sent to be kept

function keep(options) {
  clearTimeout(keeping);
  keeping = undefined;
  if (unsaved) kept = kept.then(() => sendDraft(options));
  return kept;
}

async function sendDraft(options) {
  if (!unsaved) return;
  try {
    $("#kept").textContent = `Đã giữ bản viết dở lúc ${(await tell("/nhap", written(), options)).kept}.`;
  } catch (error) {
    $("#kept").textContent = error.message;
    keeping = setTimeout(keep, 5000);
  }
}

form.addEventListener("input", (event) => {
  if (event.target.matches("#f-title")) event.target.value = event.target.value.replaceAll("\n", " ");
  if (!event.target.matches("[data-from]")) changed();
});
form.addEventListener("change", (event) => event.target.matches("#draft, select, [type=checkbox]") && changed());
addEventListener("pagehide", () => keeping && keep({ keepalive: true }));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keeping && keep({ keepalive: true }));

for (const button of document.querySelectorAll(".drop-draft")) {
  button.addEventListener("click", async () => {
    unsaved = false;
    await tell("/bo-nhap", { file, tab: button.dataset.tab });
    location.href = location.pathname + "?ban=tep";
  });
}

// ---- saving

let saving = false;

async function save(over = opened) {
  if (saving) return;
  saving = true;
  $("#save").disabled = true;
  commit(form);
  clearTimeout(keeping);
  await kept; // or a draft would come after the save that makes an end of it
  const sent = written();
  const stands = JSON.stringify(sent);
  try {
    const answer = await tell("/luu", { ...sent, opened: over, restored: restored ?? "" });
    opened = form.dataset.opened = answer.opened;
    clearTimeout(keeping);
    keeping = undefined;
    unsaved = false;
    document.querySelectorAll(".banner").forEach((b) => b.remove());
    $("#kept").textContent = "Đã lưu.";
    if (answer.undo) done("Đã lưu.", answer.undo);
    if (JSON.stringify({ ...written(), opened: sent.opened }) !== stands) changed(); // written meanwhile
    check();
    follow();
  } catch (error) {
    await keep();
    if (error.answer?.conflict) conflict(error.answer);
    else notice(error.message);
  }
  $("#save").disabled = false;
  saving = false;
}

form.addEventListener("submit", (event) => event.preventDefault()); // Enter in a field saves nothing
$("#save").addEventListener("click", () => save());
$("#translate")?.addEventListener("click", async () => {
  try {
    await keep();
    location.href = (await tell("/ban-dich", { file })).place;
  } catch (error) {
    notice(error.message);
  }
});
$("#discard")?.addEventListener("click", async () => {
  try {
    const { undo, place } = await tell("/xoa", { file, opened });
    unsaved = false;
    later(`Đã bỏ “${$("#f-title").value}” vào thùng rác.`, undo);
    location.href = place;
  } catch (error) {
    if (error.answer?.place) location.href = error.answer.place; // other pages lead to it
    else notice(error.message);
  }
});
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
});

function conflict(answer) {
  const dialog = $("#conflict");
  $("#conflict-message").textContent = answer.message;
  dialog.querySelector(".words").replaceChildren(...answer.words.flatMap(({ op, text }) => [element({ kept: "span", inserted: "ins", deleted: "del" }[op], text), " "]));
  $("#keep-mine").onclick = () => {
    dialog.close();
    save(answer.opened);
  };
  $("#keep-theirs").onclick = () => (location.href = location.pathname + "?ban=tep");
  $("#keep-none").onclick = () => dialog.close();
  dialog.showModal();
}

// ---- findings, at the field and in the text

async function check() {
  const faults = await ask("/viec/kiem-tra", { bai: file }).catch(() => []);
  for (const place of form.querySelectorAll(".faults")) {
    place.hidden = true;
    place.replaceChildren();
  }
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const fault of faults) {
    const field = nearest(fault.field);
    const place = field?.querySelector(":scope > .faults");
    if (!place) continue;
    place.append(element("span", `${fault.message} ${fault.hint ?? ""}`, { className: fault.severity }));
    place.hidden = false;
    if (fault.severity === "error") field.querySelector("input:not([type=hidden]), textarea, select")?.setAttribute("aria-invalid", "true");
  }
  for (const group of form.querySelectorAll("details.group")) group.classList.toggle("has-fault", Boolean(group.querySelector(".faults:not([hidden]) .error")));
  surface.setFindings(faults.filter((f) => f.text).map((f) => ({ text: f.text.replace(/^[#>*+\-\d.\s]+/, ""), message: f.message })));
}

// nearest is the field of a path, or the one around it that is shown.
function nearest(path) {
  for (let at = path; at; at = at.includes(".") ? at.replace(/\.[^.]*$/, "") : "") {
    const field = form.querySelector(`[data-path="${CSS.escape(at)}"]`);
    if (field) return field;
  }
  return form.querySelector('[data-path="title"]');
}

function goTo(path) {
  const field = nearest(path);
  for (let group = field.closest("details"); group; group = group.parentElement.closest("details")) group.open = true;
  field.scrollIntoView({ block: "center" });
  field.classList.add("sought");
  if (path === "body") surface.focus();
  else field.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}

// ---- the live page

let root = preview;

async function follow() {
  if ($("#live").hidden) return;
  $("#live-note").textContent = "Đang dựng …";
  const answer = await ask("/viec/hien", { trang: address }).catch(() => ({}));
  root = answer.preview || root;
  if (!root || !address) {
    $("#live-note").textContent = "Chưa dựng được trang để xem: đang dựng, hoặc có lỗi phải sửa (xem Kiểm tra).";
    return;
  }
  $("#live-note").textContent = "Trang này thay đổi theo mỗi lần lưu.";
  const page = root + address;
  const shown = $("#live-page");
  if (shown?.src !== page) {
    shown?.remove();
    const frame = element("iframe", [], { id: "live-page", title: "Trang đang soạn", src: page });
    frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-popups");
    $("#live").append(frame);
  }
  $("#live-link").href = page;
}

$("#show").addEventListener("click", ({ currentTarget }) => {
  const live = $("#live");
  live.hidden = !live.hidden;
  form.classList.toggle("beside", !live.hidden);
  currentTarget.setAttribute("aria-pressed", String(!live.hidden));
  localStorage.setItem("live", live.hidden ? "" : "1");
  follow();
});

// ----

tend(form, file, changed);
surface = await openSurface();
form.dataset.ready = "";
const sought = new URLSearchParams(location.search).get("cho");
if (sought) goTo(sought);
if (localStorage.getItem("live") && matchMedia("(min-width: 75rem)").matches) $("#show").click();
check();
