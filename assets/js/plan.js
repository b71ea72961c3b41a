// The plan's page reads in full without this file. It adds, to every provision, a way to copy a link to it or the words to cite it.
const doc = document.querySelector("[data-plan]");

if (doc && navigator.clipboard) {
  const status = document.createElement("p");
  status.className = "copied";
  status.setAttribute("role", "status");
  document.body.append(status);

  let hide;
  const copy = async (words) => {
    await navigator.clipboard.writeText(words);
    status.textContent = "";
    // A status is read out when its text changes, so the same word again needs the gap.
    requestAnimationFrame(() => { status.textContent = doc.dataset.done; });
    clearTimeout(hide);
    hide = setTimeout(() => { status.textContent = ""; }, 4000);
  };

  const button = (label, words) => {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = label;
    b.addEventListener("click", () => copy(words()));
    return b;
  };

  for (const own of doc.querySelectorAll(".own")) {
    const number = own.querySelector(".no");
    const tools = document.createElement("span");
    tools.className = "tools";
    tools.dataset.extra = "";
    tools.append(
      button(doc.dataset.link, () => number.href),
      button(doc.dataset.citation, () => `${doc.dataset.words}, ${own.dataset.words}, ${number.href}`),
    );
    number.after(tools);
  }
}

// A popover stays open over the text when a link in it is followed; close it.
const contents = document.querySelector(".toc");
contents?.addEventListener("click", (event) => {
  if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
});
