// What every page of the desk asks of the program behind it.

export class Refused extends Error {
  constructor(answer, status) {
    super(answer.message);
    Object.assign(this, { answer, status });
  }
}

const gone = "Cửa sổ Liên hiệp đã đóng. Lời bạn viết vẫn còn. Mở lại Liên hiệp (chạy lienhiep edit, như lần đầu), rồi viết tiếp ở đây, hoặc ở trang đầu, mục “Đang viết dở”.";

export async function sent(address, options) {
  const response = await fetch(address, options).catch(() => {
    throw new Refused({ message: gone }, 0);
  });
  const answer = await response.json().catch(() => ({ message: gone }));
  if (!response.ok) throw new Refused(answer, response.status);
  return answer;
}

// pageAt is a page of the desk.
export async function pageAt(address, options) {
  const response = await fetch(address, options).catch(() => undefined);
  if (!response?.ok) throw new Refused({ message: gone }, response?.status ?? 0);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

export const ask = (address, query = {}) => sent(address + "?" + new URLSearchParams(query));

export const tell = (address, body, options = {}) =>
  sent(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), ...options });

// send puts a file beside an entry.
export async function send(address, entry, file) {
  await file.slice(0, 1).arrayBuffer().catch(() => {
    throw new Refused({ message: `Không đọc được “${file.name}”: tệp đã bị dời đi, hoặc USB đã rút ra. Chọn lại tệp.` }, 0);
  });
  return sent(address + "?" + new URLSearchParams({ bai: entry, ten: file.name }), { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
}

// element makes an element with text or children in it.
export function element(name, content, attributes = {}) {
  const e = Object.assign(document.createElement(name), attributes);
  e.append(...[content ?? []].flat());
  return e;
}

// fold is a text as it is searched: without capitals and marks.
export const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d");

// slug is a text as a part of an address.
export const slug = (text) => fold(text).replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");

let fading;

// notice says something at the foot of the page. What can be done about it stays there until
// it is done or closed, however long somebody needs to reach it.
export function notice(text, label, act) {
  const place = document.querySelector("#notice");
  const close = () => place.classList.remove("shown");
  clearTimeout(fading);
  place.replaceChildren(text);
  place.classList.add("shown");
  if (!label) {
    fading = setTimeout(close, 12000);
    return;
  }
  const button = element("button", label, { type: "button" });
  button.addEventListener("click", () => {
    close();
    act();
  });
  const away = element("button", "×", { type: "button", ariaLabel: "Đóng" });
  away.addEventListener("click", close);
  place.append(" ", button, " ", away);
}

const severities = { error: "Lỗi", warning: "Cảnh báo", notice: "Lưu ý" };

// faultItem is a finding with a link to where it can be mended.
export function faultItem(fault) {
  const item = element("li", [element("p", `${severities[fault.severity]}: ${fault.message}`)], { className: fault.severity });
  if (fault.hint) item.append(element("p", fault.hint, { className: "hint" }));
  if (fault.place) {
    const at = new URLSearchParams({ cho: fault.field ?? "", chu: fault.text ?? "" });
    item.prepend(element("p", element("a", fault.title || fault.file, { href: `${fault.place}?${at}` }), { className: "where" }));
  } else {
    item.prepend(element("p", fault.title, { className: "where" }));
  }
  return item;
}

// showFaults lists findings; more is how many there are beside them, errors how many of all
// must be mended.
export function showFaults(faults, more = 0, errors = faults.filter((f) => f.severity === "error").length) {
  const order = Object.keys(severities); // what must be mended first
  const sorted = faults.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  document.querySelector(".fault-list").replaceChildren(...sorted.map(faultItem));
  const shown = more ? ` Dưới đây là ${faults.length} chỗ đầu.` : "";
  return faults.length === 0 ? "Không có chỗ nào cần sửa." : `${faults.length + more} chỗ, trong đó ${errors} lỗi phải sửa trước khi đăng.${shown}`;
}

// busy says what is being done until f is done or has failed; meanwhile no button answers.
export async function busy(text, f) {
  const status = document.querySelector(".status");
  const buttons = [...document.querySelectorAll("main button")].filter((b) => !b.disabled);
  status.textContent = text;
  buttons.forEach((b) => (b.disabled = true));
  try {
    status.textContent = (await f()) ?? "";
  } catch (error) {
    status.textContent = error.message;
  }
  buttons.forEach((b) => (b.disabled = false));
}
