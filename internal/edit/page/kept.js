// What is being written is kept by the program, beside the site. Where that does not
// answer, the browser keeps it, until a page of the desk is opened with the program there.
import { tell } from "./ask.js";

const mark = "viết-dở ";
const nameOf = ({ file, tab }) => mark + tab + " " + file;

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

// handOver hands the program what the browser has kept, and returns the files of which it
// had not known.
export async function handOver() {
  const files = [];
  for (const name of Object.keys(localStorage).filter((n) => n.startsWith(mark))) {
    try {
      const written = JSON.parse(localStorage.getItem(name));
      if (!(await keep(written)).known) files.push(written.file);
    } catch (error) {
      if ([403, 410].includes(error.status) || error instanceof SyntaxError) localStorage.removeItem(name); // it is no entry, or one of somebody who has withdrawn
    }
  }
  return files;
}
