// The live page of what is written: beside the form, or below it where there is no room.
const live = document.querySelector("#live");
export const isBeside = () => matchMedia("(min-width: 75rem)").matches;
let from = 0; // where the page stood before it was led to what is below

// toggle shows the live page, or hides it.
export function toggle(form, button) {
  live.hidden = !live.hidden;
  form.classList.toggle("beside", !live.hidden);
  button.setAttribute("aria-pressed", String(!live.hidden));
  if (isBeside()) return;
  if (live.hidden) scrollTo(0, from);
  else {
    from = scrollY;
    live.scrollIntoView();
  }
}
