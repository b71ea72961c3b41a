// What there is to say of an entry while it is written: findings at its fields and in its
// text, and proposals of what it is about. Only what is written decides; nothing is saved.
import { element, notice, tell } from "./ask.js";
import { add, fieldAt, fillIn } from "./form.js";

const severities = { suggestion: "Gợi ý: ", notice: "Lưu ý: " };
const shownAtOnce = 3; // at one field; the others are folded

// reviewer looks over what written() returns. surface is the text, changed is told of what
// it changes.
export function reviewer(form, written, surface, changed, goTo) {
  let waiting;
  let asking = false;
  let again = false;

  async function review() {
    clearTimeout(waiting);
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    again = false;
    const answer = await tell("/soat", written()).catch(() => null);
    asking = false;
    if (answer && !again) show(answer);
    if (again) review();
    else if (answer) form.dataset.reviewed = ""; // what is shown is of what stands there
  }

  function show({ faults, proposals, dates }) {
    const focused = document.activeElement;
    for (const place of form.querySelectorAll(".faults")) {
      place.hidden = true;
      place.replaceChildren();
    }
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    const order = ["error", "warning", "notice", "suggestion"];
    for (const fault of faults.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))) showFault(fault);
    for (const group of form.querySelectorAll("details.group")) group.classList.toggle("has-fault", Boolean(group.querySelector(".faults:not([hidden]) .error")));
    surface.setFindings(faults.filter((f) => f.text).map((f) => ({ text: f.text.replace(/^[#>*+\-\d.\s]+/, ""), message: f.message })));
    showProposals(proposals);
    showDates(dates);
    if (!focused.isConnected) refocus(focused);
  }

  // refocus puts the focus where it was, if what had it was drawn anew.
  const refocus = ({ dataset }) => dataset.fault && form.querySelector(`[data-fault="${CSS.escape(dataset.fault)}"]`)?.focus();

  function showFault(fault) {
    if (fault.field === "draft" || (fault.field === "publishDate" && fault.severity === "notice")) return; // that stands above
    const field = fieldAt(form, fault.field);
    const place = field?.querySelector(":scope > .faults");
    if (!place) return;
    const line = element("span", [(severities[fault.severity] ?? "") + [fault.message, fault.hint].filter(Boolean).join(" ")], { className: fault.severity });
    const name = `${fault.code} ${fault.line}`;
    if (fault.text) line.append(" ", button("Tới chỗ này", name + " tới", () => surface.find(fault.text)));
    if (fault.mend) line.append(" ", button("Sửa giúp", name + " sửa", () => mend(fault)));
    let within = place;
    if (place.querySelectorAll(":scope > span").length >= shownAtOnce) {
      within = place.querySelector("details") ?? place.appendChild(element("details", element("summary", "")));
    }
    within.append(line);
    if (within !== place) within.firstChild.textContent = `Còn ${within.children.length - 1} chỗ nữa`;
    place.hidden = false;
    if (fault.severity === "error") field.querySelector("input:not([type=hidden]), textarea, select")?.setAttribute("aria-invalid", "true");
  }

  // showDates says what is understood of a date where it is written otherwise.
  function showDates(dates) {
    for (const shown of form.querySelectorAll(".understood")) shown.remove();
    for (const [path, said] of Object.entries(dates)) {
      const input = fieldAt(form, path).querySelector("input");
      if (input && input.value !== input.defaultValue && !said.endsWith(" " + input.value.trim())) input.after(element("span", said, { className: "understood muted" }));
    }
  }

  function button(label, name, act) {
    const made = element("button", label, { type: "button", className: "quiet" });
    made.dataset.fault = name;
    made.addEventListener("click", act);
    return made;
  }

  // mend puts right what needs no judgement, in the form and the text as they are.
  async function mend({ code, line }) {
    try {
      const before = surface.markdown();
      const { fields, text } = await tell("/sua-giup", { ...written(), code, line });
      const undo = fields.map((field) => fillIn(form, field));
      if (surface.markdown() === before) surface.replace(text);
      const after = surface.markdown();
      changed();
      review();
      notice("Đã sửa giúp.", "Hoàn tác", () => {
        undo.forEach((f) => f?.());
        if (surface.markdown() === after) surface.replace(before);
        changed();
        review();
      });
    } catch (error) {
      notice(error.message);
    }
  }

  // ---- proposals

  const dismissed = new Set(); // what the editor did not want, in this tab

  function showProposals(proposals) {
    const place = form.querySelector("#proposals");
    const list = place.querySelector("ul");
    list.replaceChildren(
      ...["plan", "people", "fields", "source"].flatMap((key) => (proposals[key] ?? []).filter((p) => !dismissed.has(key + p.value)).map((p) => proposal(key, p))),
    );
    place.hidden = !list.children.length;
  }

  function proposal(key, { value, label, detail, words }) {
    const take = element("button", element("b", "+ " + label), { type: "button" });
    if (words) take.append(element("span", `vì bài nói “${words}”`, { className: "why" }));
    const not = element("button", "×", { type: "button", className: "quiet", ariaLabel: `Không phải ${label}` });
    const item = element("li", [take, not]);
    if (detail) item.append(element("span", detail, { className: "detail" }));
    const leave = () => {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      if (next) next.querySelector("button").focus();
      else {
        form.querySelector("#proposals").hidden = true;
        surface.focus();
      }
    };
    take.addEventListener("click", () => {
      const undo = add(form, key, value, label, changed);
      leave();
      if (key === "source") goTo("event"); // which is all that is left to say
      notice(`Đã gắn “${label}”.`, "Hoàn tác", undo);
    });
    not.addEventListener("click", () => {
      dismissed.add(key + value);
      leave();
    });
    return item;
  }

  return {
    now: review,
    // soon reviews once the editor pauses.
    soon() {
      delete form.dataset.reviewed;
      clearTimeout(waiting);
      waiting = setTimeout(review, 1200);
    },
  };
}
