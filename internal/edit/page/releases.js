// The releases that a target keeps: any of them is shown again by one press.
import { ask, busy, element, showFaults, tell } from "./ask.js";
import { following, passwordFor, published } from "./publication.js";

const $ = (selector) => document.querySelector(selector);
const target = $("#target");

function releaseItem(r) {
  const said = [r.who, r.summary].filter(Boolean).join(" · ") || "đăng từ máy khác";
  const parts = [element("h2", r.when + (r.current ? " · đang hiện trên web" : "")), element("p", said)];
  if (r.at) {
    const details = element("details", [element("summary", "Những bài của lần đăng ấy"), element("ol", element("li", "Đang xem lại …"), { className: "fault-list entries" })]);
    published(details, target.value, r.at);
    parts.push(details);
  }
  if (!r.current) {
    const button = element("button", "Quay về bản này", { type: "button" });
    button.addEventListener("click", () => goBack(r));
    parts.push(element("p", button));
  }
  const item = element("section", parts);
  item.dataset.release = r.id;
  return item;
}

const list = async (done) => {
  const outcome = await ask("/viec/ban-da-dang", { noi: target.value });
  showFaults(outcome.findings);
  $(".releases").replaceChildren(...outcome.releases.map(releaseItem));
  if (outcome.failed) {
    passwordFor(outcome.findings, target.value, show);
    return "Chưa hỏi được nơi đăng: xem các chỗ dưới đây.";
  }
  return outcome.releases.length ? done : "Nơi đăng chưa giữ bản nào.";
};

const show = () => busy("Đang hỏi nơi đăng …", () => list(""));

const goBack = (r) =>
  busy("Đang quay về bản " + r.when + " …", async () => {
    const outcome = await following(() => tell("/viec/quay-ve", { target: target.value, release: r.id }));
    if (outcome.failed) {
      showFaults(outcome.findings);
      return "Chưa quay về được: trên web vẫn là bản đang hiện.";
    }
    return list(`Người đọc đang thấy lại bản đăng lúc ${r.when}. Bài ở bàn biên tập không đổi. Muốn đổi ý thì quay về bản khác trong danh sách này. ${outcome.next ?? ""}`);
  });

target?.addEventListener("change", show);
if (target) show();
