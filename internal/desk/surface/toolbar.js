import { element } from "./element.js";
import { hasIcon, icon } from "./icons.js";

// A toolbar takes one stop of the Tab key; arrows, Home and End move within it.
//
// An action is {name, label, keys, run, pressed, enabled}: pressed and enabled are
// functions of the editor's state, and may be left out. keys is what is pressed in its
// place, as in "Control+B".
export function toolbar(label, controls, actions, done) {
  const buttons = actions.map(action => {
    const button = element("button", { type: "button", "data-action": action.name, title: action.label + (action.keys ? ` (${shown(action.keys)})` : ""), tabindex: "-1" });
    if (action.keys) button.setAttribute("aria-keyshortcuts", action.keys);
    if (hasIcon(action.name)) button.append(icon(action.name));
    button.append(element("span", {}, action.label));
    button.addEventListener("click", () => action.run());
    button.addEventListener("focus", () => stop(button));
    return button;
  });
  // Without this a press of the mouse would take the caret out of the text.
  const bar = element("div", { role: "toolbar", "aria-label": label, "aria-controls": controls, class: "surface-bar" }, ...buttons);
  bar.addEventListener("mousedown", event => event.preventDefault());

  const stop = button => buttons.forEach(b => { b.tabIndex = b === button ? 0 : -1; });
  const usable = () => buttons.filter(b => !b.disabled);
  bar.addEventListener("keydown", event => {
    const all = usable();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") done();
    else if (to === undefined || at < 0) return;
    else all[(to + all.length) % all.length].focus();
    event.preventDefault();
  });

  return {
    dom: bar,
    focus: () => (buttons.find(b => b.tabIndex === 0 && !b.disabled) ?? usable()[0])?.focus(),
    // update shows what holds where the caret is.
    update(state) {
      actions.forEach((action, i) => {
        const button = buttons[i];
        if (action.pressed) button.setAttribute("aria-pressed", String(!!action.pressed(state)));
        const disabled = action.enabled ? !action.enabled(state) : false;
        if (disabled !== button.disabled) button.disabled = disabled;
      });
      if (!buttons.some(b => b.tabIndex === 0 && !b.disabled)) stop(usable()[0]);
    },
  };
}

// shown writes keys as they stand on a keyboard.
const shown = keys => keys.replace("Control", "Ctrl");
