// The files that lie beside an entry and are not used by it: each can be attached, or thrown
// away.
import { ask, element, notice, tell } from "./ask.js";
import { attach } from "./form.js";
import { done } from "./undo.js";

const place = document.querySelector("#beside");

// showUnused shows them; used tells whether the entry names a file as it is written.
export async function showUnused(form, entry, used, changed) {
  const { pictures, files } = await ask("/trong-thu-muc", { bai: entry }).catch(() => ({ pictures: [], files: [] }));
  const again = () => showUnused(form, entry, used, changed);
  const button = (label, act) => {
    const made = element("button", label, { type: "button", className: "quiet" });
    made.addEventListener("click", act);
    return made;
  };
  const item = (name) => {
    const line = element("li", [name, " "]);
    if (files.includes(name)) {
      line.append(
        button("Đính kèm", () => {
          attach(form, name, changed);
          again();
        }),
        " ",
      );
    }
    line.append(
      button("Bỏ vào thùng rác", async () => {
        try {
          const { undo } = await tell("/bo-tep", { file: entry, name });
          again();
          done(`Đã bỏ tệp “${name}” vào thùng rác.`, undo);
        } catch (error) {
          notice(error.message);
        }
      }),
    );
    return line;
  };
  const unused = [...files, ...pictures].filter((name) => !used(name));
  place.querySelector("ul").replaceChildren(...unused.map(item));
  place.querySelector(".muted").textContent = `${unused.length} tệp`;
  place.hidden = !unused.length;
}
