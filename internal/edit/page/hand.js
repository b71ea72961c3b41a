// A file is handed to the desk from any of its pages; what was done there is told on the page
// where that leads.
import { notice, sent } from "./ask.js";
import { go, later } from "./undo.js";

// hand hands a file in, and goes where it can be looked at.
export async function hand(file, use = "") {
  const { place } = await sent("/nhap/tep?" + new URLSearchParams({ ten: file.name, de: use }), { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
  location.href = place;
}

// done goes to where an answer leads, which tells what was done.
export function done({ place, said, undo }) {
  later(said, undo);
  go(place);
}

// taking lets files be dropped anywhere but where the page itself takes them.
export function taking() {
  const own = (event) => event.target.closest?.(".drop:not(.big), #surface");
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (carries(event) && !own(event)) {
      event.preventDefault();
      document.body.classList.add("taking");
    }
  });
  for (const name of ["dragleave", "drop"]) addEventListener(name, (event) => (name === "drop" || !event.relatedTarget) && document.body.classList.remove("taking"));
  addEventListener("drop", async (event) => {
    if (!carries(event) || own(event)) return;
    event.preventDefault();
    const [file, ...more] = event.dataTransfer.files;
    if (!file) return;
    const writing = document.querySelector("#entry");
    if (writing && !/\.(docx|xlsx)$/i.test(file.name)) return notice("Muốn đưa tệp này vào bài thì thả vào lời bài, hoặc vào ô ảnh, ô tệp.");
    notice(`Đang đọc ${file.name} …` + (more.length ? ` Mỗi lần nhập một tệp: còn ${more.length} tệp nữa, thả tiếp sau.` : ""));
    await hand(file, document.querySelector("form.hand")?.dataset.use).catch((error) => notice(error.message));
  });
}
