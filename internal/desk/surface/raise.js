// Characters that Unicode has raised and lowered: m², H₂O. As in internal/office/symbols.go,
// what it has none for is written ^(…) or _(…), so that no power is read as a digit.
const pairs = (from, to) => new Map([...from].map((c, i) => [c, [...to][i]]));
const superscripts = pairs("0123456789+-=()abcdefghijklmnoprstuvwxyz−–,", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁻⁻,");
const subscripts = pairs("0123456789+-=()aehijklmnoprstuvx−–,", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₋₋,");

function moved(text, to, mark) {
  const core = text.trim();
  if (core === "") return text;
  const all = [...core].map(c => to.get(c) ?? (/\s/.test(c) ? c : null));
  return text.replace(core, () => all.includes(null) ? `${mark}(${core})` : all.join(""));
}

export const raised = text => moved(text, superscripts, "^");
export const lowered = text => moved(text, subscripts, "_");
