// Handing files to the desk, looking at what would become of them, and having it done.
import { notice, sent, tell } from "./ask.js";
import { done, hand } from "./hand.js";

const $ = (selector) => document.querySelector(selector);
const status = (form, text) => (form.querySelector(".status").textContent = text);

// choices are what a form says: each name with its values, and under data-off those of the
// boxes that are not ticked.
function choices(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") query.append(name, value);
  for (const box of form.querySelectorAll("[data-off]:not(:checked)")) query.append(box.dataset.off, box.value);
  return query;
}

const grouped = (query) => Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));

// refresh shows the parts of the page anew that follow from what was chosen.
let turn = 0;
async function refresh(form) {
  const mine = ++turn;
  const address = location.pathname + "?" + choices(form);
  const response = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (mine !== turn) return;
  if (![200, 422].includes(response?.status)) return notice("Chưa xem lại được: cửa sổ Liên hiệp đã đóng, hoặc tệp không còn được giữ. Đưa tệp vào lần nữa.");
  history.replaceState(null, "", address);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const focused = document.activeElement;
  const kept = focused?.closest("[data-part]") && (focused.name || focused.value);
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
  if (kept) [...form.querySelectorAll("input, select")].find((e) => (e.name || e.value) === kept)?.focus();
  for (const input of form.querySelectorAll("[aria-describedby^=fault-]")) input.setAttribute("aria-invalid", String(response.status === 422 && Boolean(document.getElementById(input.getAttribute("aria-describedby")).textContent.trim())));
  for (const button of form.querySelectorAll("[data-needs]")) button.disabled = page.querySelector("[data-needs]")?.disabled ?? true;
}

// act sends what a form says, tells of it on the page where that leads, and offers to undo it.
async function act(form, address, body, doing) {
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((b) => (b.disabled = true));
  status(form, doing);
  try {
    done(await tell(address, body));
  } catch (error) {
    status(form, error.message);
    buttons.forEach((b) => (b.disabled = false));
  }
}

// ---- a file is handed in

for (const form of document.querySelectorAll("form.hand")) {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("input").addEventListener("change", async ({ target }) => {
    if (!target.files[0]) return;
    status(form, `Đang đọc ${target.files[0].name} …`);
    await hand(target.files[0], form.dataset.use).catch((error) => status(form, error.message));
    target.value = "";
  });
}

// ---- what would become of it

for (const form of document.querySelectorAll("form.review")) {
  form.addEventListener("change", () => refresh(form));
  form.addEventListener("input", ({ target }) => {
    if (target.dataset.follows) target.dataset.own = "1";
    const follower = form.querySelector(`[data-follows="${target.name}"]`);
    if (follower && !follower.dataset.own) follower.value = slug(target.value);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(form, form.dataset.post, grouped(choices(form)), "Đang nhập …");
  });
}

// slug is a text as an address has it.
const slug = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

// ---- an official document

const plan = $("form.plan-review");
plan?.addEventListener("submit", (event) => {
  event.preventDefault();
  act(plan, `/nhap-ke-hoach/${plan.dataset.id}/tao`, grouped(choices(plan)), "Đang nhập …");
});
$("#again")?.addEventListener("click", async () => {
  status(plan, "Đang đọc lại …");
  try {
    await tell(`/nhap-ke-hoach/${plan.dataset.id}/sua`, grouped(choices(plan)));
    location.reload();
  } catch (error) {
    status(plan, error.message);
  }
});
// What is corrected is kept while it is written.
let keeping;
plan?.addEventListener("input", () => {
  clearTimeout(keeping);
  keeping = setTimeout(keepPlan, 1200);
});
async function keepPlan() {
  clearTimeout(keeping);
  try {
    await tell(`/nhap-ke-hoach/${plan.dataset.id}/sua`, grouped(choices(plan)));
    status(plan, "Đã giữ điều bạn sửa.");
  } catch (error) {
    status(plan, error.message);
  }
}
$("#take-proposed")?.addEventListener("click", () => {
  const taken = [...plan.querySelectorAll('input[name^="ten:"]')].filter((input) => !input.value && input.placeholder);
  for (const input of taken) input.value = input.placeholder;
  keepPlan();
  notice(`Đã ghi ${taken.length} tên ngắn.`, "Hoàn tác", () => {
    for (const input of taken) input.value = "";
    keepPlan();
  });
});
plan?.addEventListener("focusin", ({ target }) => {
  if (target.placeholder && !target.value && target.name?.startsWith("ten:")) target.title = "Bấm mũi tên phải để lấy lời gợi ý";
});
plan?.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowRight" || event.target.value || !event.target.placeholder) return;
  event.preventDefault();
  event.target.value = event.target.placeholder;
});

// ---- consent

for (const form of document.querySelectorAll("form.consent")) {
  const at = `/phieu/${form.dataset.who}`;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const scan = form.querySelector('[type="file"]').files[0];
    try {
      if (scan && !form.dataset.kept) {
        status(form, `Đang giữ ${scan.name} …`);
        await sent(at + "/ban-quet?" + new URLSearchParams({ ten: scan.name }), { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: scan });
        form.dataset.kept = "1";
      }
    } catch (error) {
      return status(form, error.message);
    }
    act(form, at + "/ve", Object.fromEntries([...choices(form)]), "Đang ghi …");
  });
  form.querySelector('[type="file"]').addEventListener("change", ({ target }) => {
    delete form.dataset.kept;
    form.querySelector(".chosen").textContent = target.files[0]?.name ?? "";
  });
  form.querySelector(".refuse")?.addEventListener("click", () => act(form, at + "/tu-choi", {}, "Đang ghi …"));
}
$(".print")?.addEventListener("click", () => print());
const asked = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (asked) asked.querySelector("details").open = true;

// ---- a report

const report = $("form.report");
const query = () => {
  for (const link of document.querySelectorAll("[data-query]")) link.href = link.pathname + "?" + choices(report);
};
report?.addEventListener("change", async ({ target }) => {
  for (const e of report.querySelectorAll("[data-when]")) e.hidden = report.elements.ky.value !== e.dataset.when;
  await refresh(report);
  query();
  if (target.closest("details")) tell("/bao-cao/nho", grouped(choices(report))).catch((error) => status(report, error.message));
});
report?.addEventListener("submit", (event) => event.preventDefault());
if (report) query();
