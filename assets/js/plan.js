// The plan's page reads in full without this file. It adds, to every provision, a way to copy a link to it or the words to cite it.
import { copyButton } from "./copy.js";

const doc = document.querySelector("[data-plan]");

if (doc && navigator.clipboard) {
  const { link, citation, done, words } = doc.dataset;
  for (const own of doc.querySelectorAll(".own")) {
    const number = own.querySelector(".no");
    const tools = document.createElement("span");
    tools.className = "tools";
    tools.dataset.extra = "";
    tools.append(
      copyButton(link, done, () => number.href),
      copyButton(citation, done, () => `${words}, ${own.dataset.words}, ${number.href}`),
    );
    number.after(tools);
  }
}

// A popover stays open over the text when a link in it is followed; close it.
const contents = document.querySelector(".toc");
contents?.addEventListener("click", (event) => {
  if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
});
