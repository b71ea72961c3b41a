// The fields of a form: what they hold, lists that grow, choices that are searched, and
// files that are dropped.
import { ask, element, fold, notice, send, tell } from "./ask.js";

const own = (field, selector) => [...field.querySelectorAll(selector)].filter((e) => e.closest(".field") === field);
const inside = (element, field) => [...element.querySelectorAll(".field")].filter((f) => f.parentElement.closest(".field") === field);

// values are what the fields right below an element hold, by their keys.
export function values(element, within = null) {
  const all = {};
  for (const field of inside(element, within)) if (field.dataset.key) all[field.dataset.key] = valueOf(field);
  return all;
}

function valueOf(field) {
  switch (field.dataset.control) {
    case "switch":
      return own(field, "input")[0].checked;
    case "tags":
    case "picks":
      return own(field, ".chips > li").map((chip) => chip.dataset.value);
    case "pick":
      return own(field, ".chips > li")[0]?.dataset.value ?? "";
    case "lines":
      return own(field, "textarea")[0].value.split("\n").map((line) => line.trim()).filter(Boolean);
    case "picture":
    case "file":
      return own(field, ".value")[0].value;
    case "table":
      return values(field, field);
    case "tables":
      return own(field, ".items > li").map((item) => values(item, field));
    case "texts":
      return own(field, ".items > li").map((item) => ({ name: item.dataset.name, text: item.querySelector(".text").value }));
  }
  const input = own(field, "input, textarea, select")[0];
  // What was not touched stays as the file has it.
  return input.dataset.raw !== undefined && input.value === input.defaultValue ? input.dataset.raw : input.value;
}

// fieldAt is the field of a path ("sources.0.url"), or the one around it that is shown. Of
// items those count that hold something, as in the file.
export function fieldAt(form, path) {
  let field = null;
  let place = form;
  for (const step of (path ?? "").split(".")) {
    const next = /^\d+$/.test(step) && field ? own(field, ".items > li").filter(holds)[step] : [...place.querySelectorAll(`[data-key="${CSS.escape(step)}"], [data-path="${CSS.escape(step)}"]`)].find((f) => f.parentElement.closest(".field") === field);
    if (!next) break;
    if (next.matches(".field")) field = next;
    place = next;
  }
  return field ?? form.querySelector('[data-path="title"]');
}

const holds = (item) => [...item.querySelectorAll("input:not([type=file]), textarea, select, .chips > li")].some((e) => (e.type === "checkbox" ? e.checked : e.matches("li") || e.value));

// reveal opens what is folded around a field.
export function reveal(field) {
  for (let group = field.closest("details"); group; group = group.parentElement.closest("details")) group.open = true;
}

// fillIn puts into a field what the program made of it, given {path, value, chosen}, and
// returns what puts back what it held.
export function fillIn(form, { path, value, chosen }) {
  const field = fieldAt(form, path);
  const chips = own(field, ".chips")[0];
  if (chips) {
    const was = [...chips.children];
    chips.replaceChildren(...(chosen ?? []).map((c) => chip(c.Value, c.Label)));
    return () => chips.replaceChildren(...was);
  }
  const input = own(field, "input:not([type=file]), textarea, select")[0];
  if (!input) return null;
  const was = input.value;
  input.value = value;
  return () => {
    input.value = was;
  };
}

// add takes a choice into the field of a key, and returns what takes it out again.
export function add(form, key, value, label, changed) {
  const field = fieldAt(form, key);
  const chips = own(field, ".chips")[0];
  if (!chips) {
    const undo = fillIn(form, { path: key, value });
    changed();
    return () => {
      undo();
      changed();
    };
  }
  const made = chip(value, label);
  chips.append(made);
  changed();
  return () => {
    made.remove();
    changed();
  };
}

function chip(value, label) {
  const remove = element("button", "×", { type: "button", className: "quiet remove", ariaLabel: "Bỏ " + label });
  const made = element("li", [element("span", label), remove]);
  made.dataset.value = value;
  return made;
}

// tend makes the fields of a form work. entry is the file beside which files are put,
// changed is called after every change that no event of input tells.
export function tend(form, entry, changed) {
  form.addEventListener("click", (event) => {
    const field = event.target.closest(".field");
    if (event.target.matches(".add")) grow(field, changed);
    if (event.target.matches(".up")) {
      const item = event.target.closest("li");
      item.previousElementSibling?.before(item);
      (item.previousElementSibling ? event.target : item.querySelector("input:not([type=hidden]), textarea, select")).focus(); // the first has no such button
      changed();
    }
    if (event.target.matches(".remove")) drop(field, event.target, changed);
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-from]")) look(event.target);
  });
  form.addEventListener("focusin", (event) => {
    const cited = event.target.closest(".field-cited");
    if (cited && event.target.matches("select")) offerSources(form, event.target);
    if (event.target.matches('[data-from]:not([data-from^="the:"])')) look(event.target);
  });
  form.addEventListener("focusout", (event) => {
    if (event.target.matches("[data-from]")) setTimeout(() => close(event.target), 150);
  });
  form.addEventListener("keydown", (event) => {
    if (event.target.matches("[data-from]")) keys(event, changed);
    else if (event.key === "Enter" && event.target.matches('.field input[type="text"]')) event.preventDefault();
  });
  form.addEventListener("pointerdown", (event) => {
    const chosen = event.target.closest('[role="option"]');
    if (!chosen) return;
    event.preventDefault();
    take(chosen.closest(".search").querySelector("input"), chosen, changed);
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches('.drop input[type="file"]')) put(event.target.closest(".field"), event.target.files[0], entry, changed);
  });
  for (const name of ["dragover", "drop"]) {
    form.addEventListener(name, (event) => {
      const place = event.target.closest(".drop");
      if (!place || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (name === "drop") put(place.closest(".field"), event.dataTransfer.files[0], entry, changed, event.dataTransfer.files.length - 1);
    });
  }
  for (const field of form.querySelectorAll(".field-picture, .field-file")) showFile(field);
}

// offerSources puts the sources that the form has now before who says which vouches for
// something.
function offerSources(form, select) {
  const sources = inside(form, null).find((field) => field.dataset.key === "sources");
  const given = (sources ? valueOf(sources) : []).map(({ url, number, title }) => ({ name: (url || number || "").trim(), title: (title ?? "").trim() })).filter(({ name }) => name);
  const now = select.value;
  if (now && !given.some(({ name }) => name === now)) given.push({ name: now, title: now });
  select.replaceChildren(element("option", "—", { value: "" }), ...given.map(({ name, title }) => element("option", title || name, { value: name })));
  select.value = now;
}

let fresh = 0;

function grow(field, changed) {
  const item = own(field, "template")[0].content.firstElementChild.cloneNode(true);
  const number = "moi" + fresh++;
  for (const e of item.querySelectorAll("[id], [for], [aria-describedby], [aria-controls], [data-path]")) {
    for (const name of ["id", "for", "aria-describedby", "aria-controls", "data-path"]) {
      if (e.hasAttribute(name)) e.setAttribute(name, e.getAttribute(name).replace(".-.", `.${number}.`));
    }
  }
  own(field, ".items")[0].append(item);
  item.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  changed();
}

// drop takes away what a field holds, or one item of it, until the press that undoes it.
// attach puts a file that lies beside the entry into its files.
export function attach(form, name, changed) {
  const field = fieldAt(form, "files");
  reveal(field);
  grow(field, changed);
  const item = own(field, ".items > li").at(-1);
  const file = item.querySelector('[data-key="file"]');
  own(file, ".value")[0].value = name;
  showFile(file);
  item.querySelector('[data-key="title"] input')?.focus();
}

function drop(field, button, changed) {
  let back;
  if (field.matches(".field-picture, .field-file")) {
    const [value] = own(field, ".value");
    const was = value.value;
    const put = (name) => ((value.value = name), showFile(field));
    put("");
    back = () => put(was);
  } else {
    const item = button.closest("li");
    const [list, after] = [item.parentElement, item.nextElementSibling];
    item.remove();
    (list.parentElement.querySelector(".add, .search input") ?? list).focus();
    back = () => (list.insertBefore(item, after?.parentElement === list ? after : null), item.querySelector("input, textarea, select, button")?.focus());
  }
  changed();
  notice("Đã bỏ.", "Hoàn tác", () => (back(), changed()));
}

// ---- choices

let asked = 0;

async function look(input) {
  const turn = ++asked;
  const found = await ask("/tim", { loai: input.dataset.from, q: input.value }).catch(() => []);
  if (turn !== asked || document.activeElement !== input) return;
  const list = input.nextElementSibling;
  list.replaceChildren(
    ...found.map((c, i) => {
      const option = element("li", [element("b", c.label)], { id: `${list.id}-${i}`, role: "option" });
      if (c.group && c.group !== found[i - 1]?.group) option.prepend(element("span", c.group, { className: "clause-task" }));
      if (c.detail) option.append(element("span", c.detail, { className: "detail" }));
      Object.assign(option.dataset, { value: c.value, label: c.label });
      option.setAttribute("aria-selected", "false");
      return option;
    }),
  );
  const name = input.value.trim();
  if (input.dataset.from === "person" && name.includes(" ") && !found.some((c) => fold(c.label) === fold(name))) {
    const option = element("li", [element("b", `Thêm “${name}”`), element("span", "Lập trang mới cho người này, ở dạng bản nháp.", { className: "detail" })], { id: `${list.id}-moi`, role: "option" });
    Object.assign(option.dataset, { begin: name, label: name });
    option.setAttribute("aria-selected", "false");
    list.append(option);
  } else if (!found.length && !input.dataset.from.startsWith("the:")) list.append(element("li", "Không có. Thử ít chữ hơn.", { className: "muted" }));
  list.hidden = !list.children.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
}

function close(input) {
  input.nextElementSibling.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function keys(event, changed) {
  const input = event.target;
  const list = input.nextElementSibling;
  const options = [...list.querySelectorAll('[role="option"]')];
  const at = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
  if (["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    if (list.hidden) return look(input);
    const next = options[(at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length];
    options.forEach((o) => o.setAttribute("aria-selected", String(o === next)));
    next?.scrollIntoView({ block: "nearest" });
    if (next) input.setAttribute("aria-activedescendant", next.id);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close(input);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (event.isComposing) return;
    const isTag = input.dataset.from.startsWith("the:");
    const same = (o) => fold(o.dataset.label) === fold(input.value.trim());
    const one = options[at] ?? (isTag ? options.find(same) : options[0]);
    if (one && !list.hidden) take(input, one, changed);
    else if (isTag && input.value.trim()) choose(input, input.value.trim(), input.value.trim(), changed);
  } else if (event.key === "Backspace" && input.value === "") {
    own(input.closest(".field"), ".chips > li").at(-1)?.querySelector(".remove").click();
    input.focus();
  }
}

// take takes an option of the list, or begins the page of somebody new.
async function take(input, { dataset }, changed) {
  if (!dataset.begin) return choose(input, dataset.value, dataset.label, changed);
  close(input);
  try {
    const { place } = await tell("/moi", { section: "tri-thuc", title: dataset.begin });
    choose(input, place.split("/").at(-2), dataset.label, changed);
    notice(`Đã lập trang nháp của “${dataset.label}”. Trang ấy còn thiếu căn cứ để đăng.`, "Mở ở thẻ mới", () => open(place, "_blank", "noopener"));
  } catch (error) {
    const known = error.answer?.known?.[0];
    if (known) notice(error.message, "Gắn người ấy", () => choose(input, known.value.split("/").at(-2), known.label, changed));
    else notice(error.message);
  }
}

function choose(input, value, label, changed) {
  const field = input.closest(".field");
  const chips = own(field, ".chips")[0];
  if (field.dataset.control === "pick") chips.replaceChildren();
  if (![...chips.children].some((c) => c.dataset.value === value)) {
    chips.append(chip(value, label));
  }
  input.value = "";
  input.closest(".search").querySelector(".unpicked")?.remove();
  close(input);
  changed();
}

// commit takes what stands in the boxes of choices: a tag as it is, of other choices the only
// one that is meant. It returns the boxes of which more than one may be, or none.
export async function commit(form) {
  const left = [];
  for (const input of form.querySelectorAll("[data-from]")) {
    const { from } = input.dataset;
    const text = input.value.trim();
    input.closest(".search").querySelector(".unpicked")?.remove();
    if (!text) continue;
    const isTag = from.startsWith("the:");
    const found = isTag ? [{ value: text, label: text }] : await ask("/tim", { loai: from, q: text }).catch(() => []);
    const same = found.filter((c) => fold(c.label) === fold(text));
    const meant = same.length === 1 ? same : found;
    if (meant.length === 1) choose(input, meant[0].value, meant[0].label, () => {});
    else left.push(input);
  }
  return left;
}

// askWhich asks at boxes what is meant by what stands in them, and returns what to say of it.
export function askWhich(left) {
  for (const input of left) {
    input.closest(".search").append(element("p", `“${input.value.trim()}” chưa được gắn: chọn một dòng trong danh sách, hoặc xóa chữ này.`, { className: "unpicked error", role: "alert" }));
    reveal(input.closest(".field"));
  }
  left[0].scrollIntoView({ block: "center" });
  left[0].focus();
  return `Đã lưu; riêng “${left[0].value.trim()}” chưa được gắn.`;
}

// ---- files

// put takes a file into a field; others is how many more were dropped with it.
async function put(field, file, entry, changed, others = 0) {
  if (!file) return;
  const was = own(field, ".value")[0].value;
  const has = own(field, ".has")[0];
  has.textContent = `Đang nhận ${file.name} …`;
  try {
    const put = await send(field.dataset.control === "picture" ? "/anh" : "/tep", entry, file);
    own(field, ".value")[0].value = put.name;
    changed();
    const more = others > 0 ? ` Ô này chỉ nhận một tệp: ${others} tệp kia chưa được nhận, thả từng tệp vào mục của nó hoặc vào lời bài.` : "";
    if (was && was !== put.name) {
      notice(`Đã thay “${was}” bằng “${put.name}”.${more}`, "Hoàn tác", () => {
        own(field, ".value")[0].value = was;
        showFile(field);
        changed();
      });
    } else if (more) notice(`Đã nhận “${put.name}”.${more}`);
  } catch (error) {
    notice(error.message);
  }
  showFile(field);
  field.parentElement.closest(".field")?.querySelector('[data-key="alt"] :is(input, textarea)')?.focus();
}

function showFile(field) {
  const name = own(field, ".value")[0].value;
  const has = own(field, ".has")[0];
  has.replaceChildren();
  if (name && field.dataset.control === "picture") has.append(element("img", [], { src: name, alt: "", className: "thumb" }), " ");
  if (name) has.append(name);
  own(field, ".remove")[0].hidden = !name;
  field.closest(".main-picture")?.classList.toggle("empty", !name);
}
