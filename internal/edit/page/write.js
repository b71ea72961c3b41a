// The page on which an entry is written: its form and its text, kept while they are
// written, saved over the version that was opened, and shown as they will be read.
import { chosenOf } from "./apart.js";
import { ask, element, notice, slug, tell } from "./ask.js";
import { showUnused } from "./beside.js";
import { add, askWhich, commit, fieldAt, fillIn, reveal, tend, values } from "./form.js";
import { handOver, keeper, tabName } from "./kept.js";
import { isBeside, toggle } from "./live.js";
import { reviewer } from "./review.js";
import { done, later } from "./undo.js";
import { pickClause, pickFile, pickLink, pickPicture } from "./pick.js";

const $ = (selector) => document.querySelector(selector);
const form = $("#entry");
const { file, restored, preview } = form.dataset;
let { opened, address } = form.dataset;

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

const tab = tabName();
const fields = () => ({ ...values(form), draft: $("#draft").checked });
const text = () => (surface ? surface.markdown() : markdown);
const written = () => ({ file, opened, tab, restored: restored ?? "", fields: fields(), text: text(), ...before });
let before = {}; // what the form showed when it was opened: {was, wasText}

let review = { now() {}, soon() {} };

const draft = keeper(written, Boolean(restored));

function changed() {
  draft.changed();
  review.soon();
}

form.addEventListener("input", (event) => {
  if (event.target.matches("#f-title")) event.target.value = event.target.value.replaceAll("\n", " ");
  if (!event.target.matches("[data-from]")) changed();
});
// What is to appear at a certain time is no draft.
form.addEventListener("change", ({ target }) => {
  if (target.id !== "f-publishDate" || !target.value.trim() || !$("#draft").checked) return;
  $("#draft").checked = false;
  notice("Bài sẽ hiện lúc ấy nên không còn là bản nháp.", "Hoàn tác", () => ($("#draft").checked = true));
});
form.addEventListener("change", (event) => event.target.matches("#draft, select, [type=checkbox]") && changed());

// ---- the address

const renaming = $("#renaming");
const lastPart = /[^/]+(?=\/$)/;

$("#rename")?.addEventListener("click", () => {
  $("#renaming-name").value = slug($("#f-title").value) || lastPart.exec(address)?.[0];
  renaming.returnValue = "";
  renaming.showModal();
  $("#renaming-name").select();
});

// The old address goes on leading here once it may have been used.
renaming.addEventListener("close", () => {
  const name = slug($("#renaming-name").value);
  const old = "/" + address;
  if (renaming.returnValue !== "ok" || !name || name === lastPart.exec(address)?.[0]) return;
  const was = fillIn(form, { path: "slug", value: name });
  const forget = "seen" in form.dataset ? add(form, "aliases", old, old, () => {}) : () => {};
  const show = (now) => {
    address = now;
    $("#address").textContent = "/" + now;
    changed();
  };
  show(address.replace(lastPart, name));
  notice("Địa chỉ mới dùng được sau khi lưu.", "Hoàn tác", () => {
    was();
    forget();
    show(old.slice(1));
  });
});

// ---- saving

const lying = () => showUnused(form, file, (name) => JSON.stringify(written()).includes(JSON.stringify(name).slice(1, -1)), changed);

let saving = false;

async function save(chosen = {}) {
  if (saving) return;
  saving = true;
  $("#save").disabled = true;
  const left = await commit(form);
  await draft.still();
  let again;
  const sent = written();
  const stands = JSON.stringify(sent);
  try {
    const answer = await tell("/luu", { ...sent, chosen });
    // Written meanwhile, or not taken yet.
    const since = JSON.stringify({ ...written(), opened: sent.opened }) !== stands || (answer.others && left.length > 0);
    before = { was: sent.fields, wasText: sent.text };
    if (!answer.others || !since) opened = form.dataset.opened = answer.opened; // or what others wrote would be undone
    draft.saved(sent);
    document.querySelectorAll(".banner:not(#gone, #scheduled)").forEach((b) => b.remove());
    let said = answer.others ? (answer.undo ? "Đã lưu, cùng với điều người khác vừa sửa ở bài này." : "Bài này giờ như người khác vừa lưu.") : "Đã lưu.";
    if (left.length) said = askWhich(left);
    $("#kept").textContent = said;
    const state = $(".state");
    if (state?.textContent === "Bản nháp" && !sent.fields.draft) state.textContent = sent.fields.publishDate ? "Chờ đến giờ hẹn" : "Lên trang lần xuất bản tới";
    if (since) changed();
    else if (answer.others) {
      later(said, answer.undo);
      location.replace(location.pathname);
    }
    if (answer.undo) done(said, answer.undo);
    review.now();
    lying();
    follow();
  } catch (error) {
    await draft.keep();
    if (error.answer?.conflict) again = await chosenOf(error.answer.apart);
    else if ($("#gone").hidden) notice(error.message);
  }
  $("#save").disabled = false;
  saving = false;
  if (again) save({ ...chosen, ...again });
}

form.addEventListener("submit", (event) => event.preventDefault()); // Enter in a field saves nothing
$("#save").addEventListener("click", () => save());
$("#translate")?.addEventListener("click", async () => {
  try {
    await draft.keep();
    location.href = (await tell("/ban-dich", { file })).place;
  } catch (error) {
    notice(error.message);
  }
});
$("#discard")?.addEventListener("click", async () => {
  try {
    const { undo, place } = await tell("/xoa", { file, opened });
    draft.saved();
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

function goTo(path) {
  const field = fieldAt(form, path);
  reveal(field);
  if (field.closest(".when")) more.open = true;
  field.scrollIntoView({ block: "center" });
  field.classList.add("sought");
  if (path === "body") surface.find(new URLSearchParams(location.search).get("chu") ?? "");
  else field.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}

// ---- what is done more seldom

const more = $("#more");
addEventListener("pointerdown", ({ target }) => !target.closest(".toolbar-save") && (more.open = false));
more.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !more.open) return;
  more.open = false;
  more.querySelector("summary").focus();
});

// ---- the live page

let root = preview;

// standing says how what is shown stands to what was saved.
async function standing() {
  const answer = await ask("/viec/hien", { trang: address }).catch(() => ({}));
  const { failed, faults = [] } = answer;
  $("#live-note").textContent = failed ? "Chưa dựng được trang với những gì vừa lưu; dưới đây là bản trước đó." : answer.is ? "Trang này thay đổi theo mỗi lần lưu." : "Chưa có trang để xem: đang dựng, hoặc có chỗ phải sửa.";
  $("#live-faults").replaceChildren(...faults.map((f) => element("li", [f.Door ? element("a", f.Where, { href: f.Door }) : f.Where, f.Where ? ": " : "", f.Message, " ", f.Stands])));
  return answer;
}

async function follow() {
  if ($("#live").hidden) return;
  $("#live-note").textContent = "Đang dựng …";
  const answer = await standing();
  root = answer.preview || root;
  if (!root || !address) return;
  const page = root + address;
  const shown = $("#live-page");
  if (shown?.src !== page) {
    shown?.remove();
    const frame = element("iframe", [], { id: "live-page", title: "Trang đang soạn", src: page });
    frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox");
    frame.addEventListener("load", standing); // it loads after every build
    $("#live").append(frame);
  }
  $("#live-link").href = page;
}

$("#show").addEventListener("click", ({ currentTarget }) => {
  toggle(form, currentTarget);
  localStorage.setItem("live", $("#live").hidden ? "" : "1");
  follow();
});

// ---- what was changed elsewhere meanwhile

// Whoever comes back from another program may have put a picture beside the entry, or mended
// what stood in the way.
addEventListener("focus", () => {
  review.soon();
  lying();
  if (!$("#live").hidden) standing();
});

// ----

if ((await handOver()).includes(file)) location.replace(location.pathname); // where it is offered
tend(form, file, changed);
surface = await openSurface();
before = form.dataset.was ? JSON.parse(form.dataset.was) : { was: fields(), wasText: text() };
review = reviewer(form, written, surface, changed, goTo);
form.dataset.ready = "";
lying();
const sought = new URLSearchParams(location.search).get("cho");
if (sought) goTo(sought);
else if (!surface.markdown().trim()) surface.focus(); // there is nothing yet: one writes
if (localStorage.getItem("live") && isBeside()) $("#show").click();
review.now();
