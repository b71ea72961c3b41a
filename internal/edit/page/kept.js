// What is being written is kept by the program, beside the site. Where that does not
// answer, the browser keeps it, until a page of the desk is opened with the program there.
import { tell } from "./ask.js";

const mark = "viết-dở ";
const nameOf = ({ file, tab }) => mark + tab + " " + file;

// tabName is what this tab of the browser is called.
export function tabName() {
  let name = sessionStorage.getItem("tab");
  if (!name) sessionStorage.setItem("tab", (name = crypto.randomUUID().replaceAll("-", "")));
  return name;
}

// keepHere keeps what is written in the browser, and returns whether there was room.
export function keepHere(written) {
  try {
    localStorage.setItem(nameOf(written), JSON.stringify(written));
    return true;
  } catch {
    return false;
  }
}

export const dropHere = (written) => localStorage.removeItem(nameOf(written));

// keep hands what is written to the program and returns its answer. known says that it had
// the same already.
export async function keep(written, options) {
  const answer = await tell("/nhap", written, options);
  dropHere(written);
  return answer;
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
      if (!(await keep(written)).known || !isShown(written)) files.push(written.file);
    } catch (error) {
      if ([403, 410].includes(error.status) || error instanceof SyntaxError) localStorage.removeItem(name); // it is no entry, or one of somebody who has withdrawn
    }
  }
  return files;
}
