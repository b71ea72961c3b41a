import { element } from "./element.js";

let forms = 0;

// ask opens a small form and returns what was entered, by name; null if it was left.
// A field is {name, label, value, required}. Others are buttons, {label, run}: what run
// returns is put into the fields. shown is the address of the picture that is asked about.
// With keep the Escape key closes it as OK does, where what was written would else be lost.
export function ask(title, fields, words, others = [], shown = null, keep = false) {
  const id = `surface-form-${++forms}`;
  const inputs = fields.map((field, i) => element("input", { name: field.name, id: `${id}-${i}`, value: field.value ?? "", required: field.required ? "" : undefined, autocomplete: "off" }));
  const form = element("form", { method: "dialog" },
    element("h2", { id }, title),
    ...(shown ? [element("p", {}, element("img", { src: shown, alt: "", class: "surface-shown" }))] : []),
    ...fields.flatMap((field, i) => [element("label", { for: `${id}-${i}` }, field.label), inputs[i]]),
    ...others.map(other => {
      const button = element("button", { type: "button" }, other.label);
      button.addEventListener("click", async () => {
        const values = await other.run();
        if (values) inputs.forEach(input => { input.value = values[input.name] ?? input.value; });
      });
      return button;
    }),
    element("p", { class: "surface-choice" },
      element("button", { value: "ok" }, words.ok),
      element("button", { value: "", formnovalidate: "" }, words.cancel)));
  const dialog = element("dialog", { class: "surface-form", "aria-labelledby": id }, form);
  if (keep) dialog.addEventListener("cancel", event => {
    const written = inputs.some(input => input.value !== input.defaultValue);
    if (!written || !form.checkValidity()) return;
    event.preventDefault();
    dialog.close("ok");
  });
  document.body.append(dialog); // not within a form of the page
  dialog.showModal();
  return new Promise(resolve => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "ok" ? Object.fromEntries(inputs.map(input => [input.name, input.value.trim()])) : null);
    });
  });
}
