// The frame of the desk: Sveltia on one side, the live page on the other, and the
// pages that Sveltia does not have.
const $ = (selector, within = document) => within.querySelector(selector);
const editor = $("#editor");
const live = $("#live");

async function ask(address, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch("viec/" + address, options).catch(() => {
    throw new Error("Bàn biên tập không trả lời. Cửa sổ lệnh lienhiep edit có còn mở không?");
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

// element makes an element with text or children in it.
function element(name, content, attributes = {}) {
  const e = Object.assign(document.createElement(name), attributes);
  e.append(...[content].flat());
  return e;
}

// busy says in a section what is being done, until f is done or has failed.
async function busy(section, text, f) {
  const status = $(".status", section);
  const buttons = [...section.querySelectorAll("button")].filter((b) => !b.disabled);
  status.textContent = text;
  buttons.forEach((b) => (b.disabled = true));
  try {
    status.textContent = (await f()) ?? "";
  } catch (error) {
    status.textContent = error.message;
  }
  buttons.forEach((b) => b.id === "deploy" || (b.disabled = false));
}

// ---- views

const loaders = { "kiem-tra": check, lich: schedule, dang: targets };

function show(view) {
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== view;
  for (const button of document.querySelectorAll("nav button")) {
    if (button.dataset.view === view) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  loaders[view]?.();
}

for (const button of document.querySelectorAll("nav button")) button.addEventListener("click", () => show(button.dataset.view));

$("#preview").addEventListener("click", ({ currentTarget }) => {
  const alone = $("#soan").classList.toggle("alone");
  currentTarget.setAttribute("aria-pressed", String(!alone));
});

// ---- the live page beside the entry that is open

let places = { preview: "", entries: [] };
let shown;

async function refreshPlaces() {
  places = await ask("trang").catch(() => places);
  follow();
}

function openPlace() {
  const at = editor.contentWindow.location.hash.match(/^#\/collections\/([^/]+)\/entries\/([^?]+)/);
  const language = /[?&]_?locale=en/.test(editor.contentWindow.location.hash) ? "en" : "vi";
  const here = places.entries.filter((e) => at && e.collection === at[1] && e.entry === decodeURIComponent(at[2]));
  return here.find((e) => e.lang === language) ?? here[0];
}

async function follow() {
  $("#live-note").textContent = places.preview
    ? "Trang này thay đổi theo mỗi lần lưu."
    : "Chưa dựng được trang để xem: đang dựng, hoặc có lỗi phải sửa (xem Kiểm tra).";
  if (!places.preview) return;
  const page = openPlace()?.url ?? "";
  if (page === shown) return;
  shown = page;
  // A new entry's page is still being built.
  await ask("hien?trang=" + encodeURIComponent(page)).catch(() => {});
  if (page !== shown) return;
  live.src = $("#live-link").href = places.preview + page;
}

editor.addEventListener("load", () => {
  const inside = editor.contentWindow;
  inside.addEventListener("hashchange", follow);
  for (const change of ["pushState", "replaceState"]) {
    const original = inside.history[change];
    inside.history[change] = function (...state) {
      original.apply(this, state);
      follow();
    };
  }
  inside.addEventListener("desk:saved", () => {
    refreshPlaces();
    count();
  });
  follow();
});

// ---- findings

const severities = { error: "Lỗi", warning: "Cảnh báo", notice: "Lưu ý" };

function faultItem(fault) {
  const where = fault.file + (fault.line ? ":" + fault.line : "");
  const item = element("li", [element("p", where, { className: "where" }), element("p", `${severities[fault.severity]}: ${fault.message}`)], { className: fault.severity });
  if (fault.hint) item.append(element("p", fault.hint, { className: "hint" }));
  if (fault.entry) {
    const button = element("button", "Mở bài ở chỗ này", { type: "button" });
    button.addEventListener("click", () => openFault(fault));
    item.append(button);
  }
  return item;
}

const showFaults = (section, faults) => $(".faults", section).replaceChildren(...faults.map(faultItem));

function tell(faults) {
  const errors = faults.filter((f) => f.severity === "error").length;
  const serious = faults.filter((f) => f.severity !== "notice").length;
  $(".count").textContent = serious;
  $(".count").hidden = serious === 0;
  return faults.length === 0 ? "Không có chỗ nào cần sửa." : `${faults.length} chỗ, trong đó ${errors} lỗi phải sửa trước khi đăng.`;
}

function check() {
  const section = $("#kiem-tra");
  return busy(section, "Đang kiểm tra …", async () => {
    const faults = await ask("kiem-tra");
    showFaults(section, faults);
    return tell(faults);
  });
}

const count = () => ask("kiem-tra").then(tell, () => {});

$("#recheck").addEventListener("click", check);
$("#build").addEventListener("click", () =>
  busy($("#kiem-tra"), "Đang dựng và kiểm tra cả trang …", async () => {
    const outcome = await ask("dung", {});
    showFaults($("#kiem-tra"), outcome.findings);
    return tell(outcome.findings) + (outcome.failed ? " Trang chưa dựng được." : " Trang đã dựng xong.");
  }),
);

// openFault opens the entry and goes to the field, or to the line of its text. A
// form shows its fields as it is scrolled, and items of lists when they are opened.
async function openFault(fault) {
  show("soan");
  const inside = editor.contentWindow;
  inside.location.hash = `#/collections/${fault.collection}/entries/${fault.entry}`;
  let nearest;
  for (let i = 0; i < 60; i++) {
    await new Promise((resume) => setTimeout(resume, 100));
    const [field, exact] = findField(inside.document, fault.field || "title");
    if (exact) return mark(inside, field, fault.text);
    if (field) {
      field.scrollIntoView();
      field.querySelectorAll('button[aria-expanded="false"]:not([aria-haspopup])').forEach((b) => b.click());
    } else {
      [...inside.document.querySelectorAll("[data-key-path]")].at(-1)?.scrollIntoView();
    }
    if (field && i > 30) nearest = field;
    if (nearest) break;
  }
  if (nearest) mark(inside, nearest);
}

// findField finds the field itself, or else the nearest around it that is shown.
function findField(page, field) {
  for (let path = field; path; path = path.replace(/\.?[^.]*$/, "")) {
    const found = page.querySelector(`[data-key-path="${CSS.escape(path)}"]`);
    if (found) return [found, path === field];
  }
  return [undefined, false];
}

function mark(inside, field, text) {
  field.scrollIntoView({ block: "center" });
  field.classList.add("desk-fault");
  setTimeout(() => field.classList.remove("desk-fault"), 8000);
  const words = (text ?? "").replace(/^[#>*+\-\d.\s]+/, "").slice(0, 40);
  const line = words && [...field.querySelectorAll("p, h1, h2, h3, h4, li, blockquote, td")].find((e) => e.textContent.includes(words));
  if (line) {
    line.scrollIntoView({ block: "center" });
    inside.getSelection().selectAllChildren(line);
  } else {
    field.querySelector("input, textarea, [contenteditable=true]")?.focus();
  }
}

// ---- what will appear when

const moment = new Intl.DateTimeFormat("vi-VN", { dateStyle: "full", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" });

function entryLink(place) {
  if (!place.entry) return place.title || place.file;
  const link = element("a", place.title || place.file, { href: "#" });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show("soan");
    editor.contentWindow.location.hash = `#/collections/${place.collection}/entries/${place.entry}`;
  });
  return link;
}

function schedule() {
  const section = $("#lich");
  return busy(section, "Đang xem …", async () => {
    const { events, drafts } = await ask("lich");
    $("table", section).hidden = events.length === 0;
    $("tbody", section).replaceChildren(
      ...events.map((e) => element("tr", [element("td", moment.format(new Date(e.at))), element("td", { appears: "Hiện", expires: "Gỡ xuống", amended: "Đổi văn bản", happens: "Diễn ra" }[e.event]), element("td", entryLink(e))])),
    );
    $(".drafts", section).replaceChildren(...(drafts.length ? drafts.map((d) => element("li", entryLink(d))) : [element("li", "Không có bản nháp nào.")]));
    return events.length === 0 ? "Không có trang nào sẽ tự hiện, tự đổi hoặc tự gỡ." : "";
  });
}

// ---- publishing

const target = $("#target");
let planned;

async function targets() {
  const section = $("#dang");
  const names = await ask("noi-dang").catch(() => []);
  const chosen = target.value;
  target.replaceChildren(...names.map((name) => element("option", name, { value: name, selected: name === chosen })));
  $("#plan").disabled = names.length === 0;
  if (names.length === 0) $(".status", section).textContent = "Chưa có nơi đăng nào. Nhờ người phụ trách kỹ thuật khai [params.deploy.…] trong config.toml.";
}

const size = (n) => (n < 1e6 ? `${Math.ceil(n / 1000)} KB` : `${(n / 1e6).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB`);

function group(title, files) {
  return files.length === 0 ? [] : [element("h2", `${title} (${files.length})`), element("ul", files.map((f) => element("li", f)))];
}

$("#plan").addEventListener("click", () =>
  busy($("#dang"), "Đang dựng, kiểm tra và so với nơi đăng …", async () => {
    $("#deploy").disabled = true;
    const outcome = await ask("dung", { target: target.value });
    showFaults($("#dang"), outcome.findings);
    $(".plan").replaceChildren();
    if (outcome.failed) return "Chưa đăng được: xem các chỗ dưới đây.";
    const r = outcome.report;
    planned = { target: target.value, built: outcome.built };
    $(".plan").replaceChildren(...group("Mới", r.new), ...group("Đổi", r.changed), ...group("Xóa", r.removed));
    const nothing = r.new.length + r.changed.length + r.removed.length === 0;
    $("#deploy").disabled = nothing;
    return nothing ? "Nơi đăng đã đúng như bản này: không có gì để đăng." : `Sẽ gửi ${size(r.bytes)}. Xem danh sách dưới đây rồi bấm Đăng.`;
  }),
);

target.addEventListener("change", () => ($("#deploy").disabled = true));

$("#deploy").addEventListener("click", () =>
  busy($("#dang"), "Đang đăng …", async () => {
    const outcome = await ask("dang", planned);
    showFaults($("#dang"), outcome.findings);
    if (outcome.failed) return "Chưa đăng xong: xem các chỗ dưới đây, rồi đăng lại.";
    $(".plan").replaceChildren();
    return `Đã đăng lên ${planned.target}, bản ${outcome.report.release}.`;
  }),
);

// Whoever has written something is asked before the page is left.
addEventListener("beforeunload", (event) => {
  if (/\/(new|entries\/)/.test(editor.contentWindow.location.hash)) event.preventDefault();
});

await refreshPlaces();
count();
// The site may still be building when the desk opens.
const waiting = setInterval(() => (places.preview ? clearInterval(waiting) : refreshPlaces()), 1000);
