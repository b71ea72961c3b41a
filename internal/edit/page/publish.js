// Publishing: look at what will change, then publish just that.
import { busy, element, showFaults, tell } from "./ask.js";

const $ = (selector) => document.querySelector(selector);
const target = $("#target");
let planned;

const size = (n) => (n < 1e6 ? `${Math.ceil(n / 1000)} KB` : `${(n / 1e6).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB`);

const kinds = { new: "Mới", changed: "Đổi", gone: "Gỡ" };

// entryItem is what publishing does to an entry, with its words before and after.
function entryItem(entry) {
  const item = element("li", [element("p", element("b", `${kinds[entry.kind]}: ${entry.title || entry.file}`))]);
  if (entry.words) {
    const words = element("div", entry.words.flatMap(({ op, text }) => [element({ kept: "span", inserted: "ins", deleted: "del" }[op], text), " "]), { className: "words", tabIndex: 0, role: "region", ariaLabel: "Đổi gì" });
    item.append(element("details", [element("summary", "Xem khác gì"), words]));
  }
  return item;
}

const count = (entries, kind, words) => {
  const n = entries.filter((e) => e.kind === kind).length;
  return n ? [`${n} bài ${words}`] : [];
};

const group = (title, files) => (files.length === 0 ? [] : [element("h3", `${title} (${files.length})`), element("ul", files.map((f) => element("li", f)))]);

$("#plan")?.addEventListener("click", () =>
  busy("Đang dựng, kiểm tra và so với nơi đăng …", async () => {
    $("#deploy").disabled = true;
    const outcome = await tell("/viec/dung", { target: target.value });
    showFaults(outcome.findings);
    $(".plan").replaceChildren();
    if (outcome.failed) return "Chưa đăng được: xem các chỗ dưới đây.";
    const r = outcome.report;
    planned = { target: target.value, built: outcome.built };
    const details = element("details", [element("summary", "Chi tiết: từng tệp"), ...group("Mới", r.new), ...group("Đổi", r.changed), ...group("Xóa", r.removed)]);
    const nothing = r.new.length + r.changed.length + r.removed.length === 0;
    const entries = r.entries ?? [];
    const list = element("ol", entries.map(entryItem), { className: "fault-list" });
    $(".plan").replaceChildren(...(nothing ? [] : [list, details]));
    $("#deploy").disabled = nothing;
    return nothing ? "Nơi đăng đã đúng như bản này: không có gì để đăng." : `${[...count(entries, "changed", "đổi"), ...count(entries, "new", "mới"), ...count(entries, "gone", "gỡ")].join(", ") || "Không bài nào đổi lời"}. Sẽ gửi ${r.new.length + r.changed.length} tệp (${size(r.bytes)}), xóa ${r.removed.length} tệp. Bấm Đăng để đăng đúng bản này.`;
  }),
);

target?.addEventListener("change", () => ($("#deploy").disabled = true));

$("#deploy")?.addEventListener("click", () =>
  busy("Đang đăng …", async () => {
    $("#deploy").disabled = true;
    const outcome = await tell("/viec/dang", planned);
    showFaults(outcome.findings);
    if (outcome.failed) return "Chưa đăng xong: xem các chỗ dưới đây, rồi đăng lại.";
    $(".plan").replaceChildren();
    return `Đã đăng lên ${planned.target}, bản ${outcome.report.release}.`;
  }),
);
