// What is being written is kept by the program, beside the site. Where that does not
// answer, the browser keeps it, until a page of the desk is opened with the program there.
import { notice, tell } from "./ask.js";
import { later } from "./undo.js";

const $ = (selector) => document.querySelector(selector);

const mark = "viết-dở ";
const nameOf = ({ file, tab }) => mark + tab + " " + file;

// tabName is what this tab of the browser is called.
export function tabName() {
  let name = sessionStorage.getItem("tab");
  if (!name) sessionStorage.setItem("tab", (name = crypto.randomUUID().replaceAll("-", "")));
  return name;
}

// keepHere keeps what is written in the browser, and returns whether there was room.
function keepHere(written) {
  try {
    localStorage.setItem(nameOf(written), JSON.stringify(written));
    return true;
  } catch {
    return false;
  }
}

const dropHere = (written) => localStorage.removeItem(nameOf(written));

// handIn hands what is written to the program and returns its answer. known says that it had
// the same already.
async function handIn(written, options) {
  const answer = await tell("/nhap", written, options);
  dropHere(written);
  return answer;
}

// keeper has what a page's form says kept until it is saved: a moment after each change, and
// when the page is left. written tells what that is, unsaved whether some is from the start.
export function keeper(written, unsaved) {
  let waiting;
  let sending = Promise.resolve();

  async function send(options) {
    if (!unsaved) return;
    const now = written();
    try {
      $("#kept").textContent = `Đã giữ bản viết dở lúc ${(await handIn(now, options)).kept}.`;
      $("#gone").hidden = true;
    } catch (error) {
      const nobody = error.status === 410; // it names somebody who has withdrawn: it is kept nowhere
      const here = !nobody && keepHere(now);
      $("#kept").textContent = here ? "Trình duyệt đang giữ lời bạn viết." : nobody ? "Không giữ nữa." : "Chưa giữ được bản viết dở.";
      $("#gone-why").textContent = error.message;
      $("#gone").hidden = false;
      if (nobody) {
        dropHere(now);
        unsaved = false;
      } else waiting = setTimeout(keep, 5000);
    }
  }

  function keep(options) {
    clearTimeout(waiting);
    waiting = undefined;
    if (unsaved) sending = sending.then(() => send(options));
    return sending;
  }

  // leave keeps what was written last, whether or not the program still answers.
  function leave() {
    if (!waiting) return;
    keepHere(written());
    keep({ keepalive: true });
  }
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());

  for (const button of document.querySelectorAll(".drop-draft")) {
    button.addEventListener("click", async () => {
      try {
        const { undo } = await tell("/bo-nhap", { file: written().file, tab: button.dataset.tab });
        unsaved = false;
        later("Đã bỏ bản viết dở.", undo);
        location.href = location.pathname + "?ban=tep";
      } catch (error) {
        notice(error.message);
      }
    });
  }

  return {
    keep,
    changed() {
      unsaved = true;
      clearTimeout(waiting);
      waiting = setTimeout(keep, 800);
    },
    // still ends when nothing is on its way: a draft would come after the save that makes an
    // end of it.
    still() {
      clearTimeout(waiting);
      return sending;
    },
    // saved makes an end of what was kept; nothing stays to be kept.
    saved(what) {
      clearTimeout(waiting);
      waiting = undefined;
      unsaved = false;
      if (what) dropHere(what);
      $("#gone").hidden = true;
    },
  };
}

// isShown reports whether this page shows what was written, or leads there.
const isShown = ({ file, tab }) => document.querySelector(`[data-restored="${CSS.escape(tab)}"], a[href="${CSS.escape((file.startsWith("/") ? file : file.replace("content", "/soan")) + "?ban=" + tab)}"]`);

// handOver hands the program what the browser has kept, and returns the files of which this
// page was made too early to show it.
export async function handOver() {
  const files = [];
  for (const name of Object.keys(localStorage).filter((n) => n.startsWith(mark))) {
    try {
      const written = JSON.parse(localStorage.getItem(name));
      if (!(await handIn(written)).known || !isShown(written)) files.push(written.file);
    } catch (error) {
      if ([403, 410].includes(error.status) || error instanceof SyntaxError) localStorage.removeItem(name); // it is no entry, or one of somebody who has withdrawn
    }
  }
  return files;
}
