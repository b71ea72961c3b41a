// The office's shared repository: others' work is taken, one's own is sent; where both sides
// changed the same place, the editor chooses for each entry.
import { apartItem, keptIn } from "./apart.js";
import { ask, busy, element, tell } from "./ask.js";
import { following } from "./publication.js";

const $ = (selector) => document.querySelector(selector);

function list(place, items) {
  $(place).hidden = !items?.length;
  $(place + " ul").replaceChildren(...(items ?? []).map((e) => element("li", [e.place ? element("a", e.title, { href: e.place }) : e.title, ...(e.wrong ? [" ", element("span", "có lỗi", { className: "state error" })] : [])])));
}

function show(state) {
  $("#standing b").textContent = state.has ? state.sentence || "Chưa biết kho chung có gì mới." : "";
  $("#standing").hidden = !state.has;
  $("#shared-acts").hidden = !state.has;
  $("#problem").hidden = !state.problem;
  $("#problem").textContent = state.problem ?? "";
  $("#details").hidden = !state.details;
  $("#details pre").textContent = state.details ?? "";
  $("#who").hidden = !state.nobody;
  list("#mine", state.mine);
  list("#theirs", state.theirs);
  $("#wrong").hidden = !state.mine?.some((e) => e.wrong);
}

let again; // what is done once everything is chosen

function conflictItem(c, i) {
  const title = c.place ? element("a", c.title, { href: c.place }) : c.title;
  const set = apartItem(title, c, i, { mine: "Giữ của tôi", theirs: "Lấy của kho chung", both: "Giữ cả hai: hai đoạn đứng liền nhau; ô nào chỉ ghi được một thì theo của tôi" });
  set.conflict = c;
  return set;
}

const work = (address, doing, chosen = []) =>
  busy(doing, async () => {
    const answer = await following(() => tell(address, { chosen }));
    show(answer.state);
    const conflicts = answer.conflicts ?? [];
    $("#conflicts").hidden = conflicts.length === 0;
    $("#conflict-list").replaceChildren(...conflicts.map(conflictItem));
    again = (choices) => work(address, doing, choices);
    $("#conflict-list input")?.focus();
    return answer.done;
  });

$("#take").addEventListener("click", () => work("/kho/lay", "Đang lấy bài mới …"));
$("#send").addEventListener("click", () => work("/kho/gui", "Đang gửi lên …"));

$("#conflicts").addEventListener("submit", (event) => {
  event.preventDefault();
  again([...document.querySelectorAll("#conflict-list fieldset")].map((set) => ({ file: set.conflict.file, mine: set.conflict.mine, theirs: set.conflict.theirs, keep: keptIn(set) })));
});

$("#who").addEventListener("submit", (event) => {
  event.preventDefault();
  busy("", async () => {
    await tell("/kho/ten", { name: $("#who-name").value, email: $("#who-email").value });
    show(await ask("/viec/kho"));
    return "Đã ghi tên.";
  });
});

ask("/viec/kho", { hoi: "" }).then(show, (error) => ($("#standing b").textContent = error.message));
