package office

import (
	"strconv"
	"strings"
	"unicode"
)

// Characters that Unicode has raised and lowered: m², H₂O, 10⁻⁶, 1ʳᵉ.
var (
	superscripts = pairs("0123456789+-=()abcdefghijklmnoprstuvwxyz−–,", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁻⁻,")
	subscripts   = pairs("0123456789+-=()aehijklmnoprstuvx−–,", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₋₋,")
)

func pairs(from, to string) map[rune]rune {
	all := map[rune]rune{}
	high := []rune(to)
	for i, r := range []rune(from) {
		all[r] = high[i]
	}
	return all
}

// raise writes text as superscript. What Unicode has no characters for is written
// "^(…)", so that no power is read as a digit: 10^(½) is not 10½.
func raise(text string) string { return moved(text, superscripts, "^") }

// lower writes text as subscript.
func lower(text string) string { return moved(text, subscripts, "_") }

func moved(text string, to map[rune]rune, mark string) string {
	core := strings.TrimSpace(text)
	if core == "" {
		return text
	}
	var b strings.Builder
	for _, c := range core {
		high, ok := to[c]
		if !ok && unicode.IsSpace(c) {
			high, ok = c, true
		}
		if !ok {
			return strings.Replace(text, core, mark+"("+core+")", 1)
		}
		b.WriteRune(high)
	}
	return strings.Replace(text, core, b.String(), 1)
}

// symbol reads a sign of one of Word's fonts of signs (w:sym), of which the usual
// ones have a Unicode character of their own.
func symbol(n *node) string {
	code, err := strconv.ParseUint(n.attr("w:char"), 16, 32)
	if err != nil {
		return ""
	}
	if sign, ok := symbols[strings.ToLower(n.attr("w:font"))][rune(code)&0xFF]; ok {
		return string(sign)
	}
	if code < 0xF000 && code >= ' ' {
		return tidy(string(rune(code)))
	}
	return "•"
}

var symbols = map[string]map[rune]rune{
	"symbol": {0xA3: '≤', 0xB3: '≥', 0xB0: '°', 0xB1: '±', 0xB4: '×', 0xB8: '÷', 0xB9: '≠', 0xBB: '≈', 0xA5: '∞', 0xAE: '→', 0xAC: '←', 0xDE: '⇒',
		0x61: 'α', 0x62: 'β', 0x67: 'γ', 0x64: 'δ', 0x65: 'ε', 0x6C: 'λ', 0x6D: 'μ', 0x70: 'π', 0x73: 'σ', 0x77: 'ω', 0x44: 'Δ', 0x53: 'Σ', 0x57: 'Ω', 0x2D: '−'},
	"wingdings": {0xFC: '✓', 0xFE: '☑', 0xA8: '☐', 0x6F: '☐', 0xE0: '→', 0xDF: '←', 0xF0: '⇨', 0x9F: '•', 0xD8: '➢', 0x76: '❖', 0x2A: '✉', 0x28: '☎'},
}
