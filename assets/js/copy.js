// A button that copies words, and a status that says so, to screen readers too.
let status, hide;

const copy = async (words, done) => {
  await navigator.clipboard.writeText(words);
  if (!status) {
    status = document.createElement("p");
    status.className = "copied";
    status.setAttribute("role", "status");
    document.body.append(status);
  }
  status.textContent = "";
  // A status is read out when its text changes, so the same word again needs the gap.
  requestAnimationFrame(() => { status.textContent = done; });
  clearTimeout(hide);
  hide = setTimeout(() => { status.textContent = ""; }, 4000);
};

export const button = (label, act) => {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = label;
  b.addEventListener("click", act);
  return b;
};

export const copyButton = (label, done, words) => button(label, () => copy(words(), done));
