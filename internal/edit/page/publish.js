// Publishing: what will change is told in entries and words; it is built, and published if
// it is just that. Where it is not, it is shown, and asked for once more.
import { ask, busy, element, faultItem, showFaults, tell } from "./ask.js";
import { entryItem, following, passwordFor, published } from "./publication.js";

const $ = (selector) => document.querySelector(selector);
const target = $("#target");
let anyway = false; // much would be removed, and is to be
let shown; // what the page shows: its mark, and the site that was built, if it was

const size = (n) => (n < 1e6 ? `${Math.ceil(n / 1000)} KB` : `${(n / 1e6).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB`);
const group = (title, files) => (files.length === 0 ? [] : [element("h3", `${title} (${files.length})`), element("ul", files.map((f) => element("li", f)))]);

// mostShown is how many entries are listed at once: at the first time all are new.
const mostShown = 20;

function show(outcome) {
  if (!outcome.done) { // what was held back still is
    $(".held").hidden = !outcome.held?.length;
    $(".held-list").replaceChildren(...(outcome.held ?? []).map(faultItem));
  }
  $("#plan-title").textContent = outcome.done ? "Vừa đăng" : "Sẽ đăng";
  const items = (outcome.entries ?? []).map(entryItem);
  const list = element("ol", items.slice(0, mostShown), { className: "fault-list" });
  const more = items.slice(mostShown);
  const parts = items.length ? [list] : [];
  if (more.length) parts.push(element("details", [element("summary", `${more.length} bài nữa`), element("ol", more, { className: "fault-list" })]));
  const r = outcome.report;
  if (r) {
    const files = [...group("Mới", r.new), ...group("Đổi", r.changed), ...group("Xóa", r.removed)];
    parts.push(element("details", [element("summary", `Chi tiết: ${r.new.length + r.changed.length} tệp gửi đi (${size(r.bytes)}), ${r.removed.length} tệp xóa`), ...files]));
  }
  $(".plan").replaceChildren(...parts);
  const words = (outcome.since ? outcome.since + ": " : "") + outcome.summary;
  $("#summary").textContent = words[0].toUpperCase() + words.slice(1) + ".";
}

// introduce remembers who publishes, if that is another name than before.
const who = $(".who");
async function introduce() {
  const field = $("#who");
  if (field.value.trim() === who.dataset.given) return;
  const { name } = await tell("/viec/ten-toi", { name: field.value });
  who.dataset.given = field.value = who.querySelector("b").textContent = name;
  who.open = false;
}

who?.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  busy("", async () => {
    await introduce();
    return "Đã ghi tên người đăng.";
  });
});

// compare asks what has changed since the last time; nothing is built.
async function compare() {
  shown = undefined;
  $("#summary").textContent = "Đang so với lần đăng trước …";
  try {
    const outcome = await ask("/viec/se-doi", { noi: target.value });
    show(outcome);
    if (outcome.failed) showFaults(outcome.findings);
    shown = { mark: outcome.mark };
  } catch (error) {
    $("#summary").textContent = error.message;
  }
}

// prepare builds the site, and tells what publishing it would do.
async function prepare() {
  const outcome = await following(() => tell("/viec/dung", { target: target.value, anyway }));
  $("#anyway").hidden = !outcome.anyway;
  const strange = outcome.findings.filter((f) => f.code === "target-strange-files");
  showFaults(outcome.failed ? outcome.findings : [...strange, ...outcome.findings.filter((f) => f.severity === "error")]);
  if (outcome.failed) {
    passwordFor(outcome.findings, target.value, () => $("#deploy").click());
    return undefined;
  }
  const before = shown?.mark;
  show(outcome);
  shown = { mark: outcome.mark, built: outcome.built };
  const nothing = outcome.report.new.length + outcome.report.changed.length + outcome.report.removed.length === 0;
  return { same: before === outcome.mark, nothing, strange: strange.length > 0 };
}

const isStrange = "Nơi đăng không trống: xem dưới đây. Chưa ghi gì vào đó. Đúng là trang cũ cần thay thì bấm “Đăng lên web” lần nữa; không thì chọn nơi khác ở “Nơi đăng”.";
const failed = "Chưa đăng được: xem các chỗ dưới đây.";
const upToDate = "Trên web đã đúng như ở đây: không có gì để đăng.";

async function publish() {
  const outcome = await following(() => tell("/viec/dang", { target: target.value, built: shown.built, anyway }));
  showFaults(outcome.failed ? outcome.findings : []);
  if (outcome.failed) {
    passwordFor(outcome.findings, target.value, () => $("#deploy").click());
    return "Chưa đăng xong: xem các chỗ dưới đây, rồi đăng lại.";
  }
  show({ ...outcome, report: undefined, done: true });
  if (outcome.earlier) $(".plan").append(element("p", element("a", "Quay về bản trước", { href: "/ban-da-dang/?noi=" + encodeURIComponent(target.value) })));
  shown = undefined;
  anyway = false;
  return `Đã đăng lên web lúc ${outcome.when}, người đăng: ${outcome.who}.`;
}

$("#plan")?.addEventListener("click", () =>
  busy("Đang dựng và kiểm tra …", async () => {
    const it = await prepare();
    if (!it) return failed;
    if (it.strange) return isStrange;
    return it.nothing ? upToDate : "Đây là đúng những gì sẽ đăng. Bấm “Đăng lên web” để đăng.";
  }),
);

$("#deploy")?.addEventListener("click", () =>
  busy("Đang dựng và kiểm tra …", async () => {
    await introduce();
    if (!shown?.built) {
      const it = await prepare();
      if (!it) return failed;
      if (it.nothing) return upToDate;
      if (it.strange) return isStrange;
      if (!it.same) return "Những gì sẽ đăng có khác với danh sách bạn vừa xem. Danh sách đúng ở dưới đây; bấm “Đăng lên web” lần nữa để đăng.";
    }
    try {
      return await publish();
    } catch (error) {
      shown = undefined; // it was built again meanwhile
      throw error;
    }
  }),
);

$("#anyway button")?.addEventListener("click", () => {
  anyway = true;
  $("#deploy").click();
});

target?.addEventListener("change", () => {
  anyway = false;
  compare();
});
if (target) compare();

for (const details of document.querySelectorAll(".past details")) published(details, details.dataset.target, details.dataset.at);
