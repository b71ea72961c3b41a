package desk_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// stages are what stands on the screen while somebody types "tiếng Việt đẹp" in Telex
// (tieengs Vieetj ddepj) and VNI (tie6ng1 Vie6t5 d9ep5), word by word.
var stages = map[string][][]string{
	"Telex": {{"t", "ti", "tie", "tiê", "tiên", "tiêng", "tiếng"}, {"V", "Vi", "Vie", "Viê", "Viêt", "Việt"}, {"d", "đ", "đe", "đep", "đẹp"}},
	"VNI":   {{"t", "ti", "tie", "tiê", "tiên", "tiêng", "tiếng"}, {"V", "Vi", "Vie", "Viê", "Viêt", "Việt"}, {"d", "đ", "đe", "đep", "đẹp"}},
	// The tone typed at once, and typed again elsewhere.
	"tone first": {{"t", "ti", "tí", "tíe", "tiế", "tiến", "tiếng"}, {"V", "Vi", "Vị", "Vịe", "Việ", "Việt"}, {"d", "de", "dẹ", "đẹ", "đẹp"}},
}

// engines are the ways in which input methods put a stage in the place of the one before.
var engines = map[string]func(p *onPage, before, after string){
	// The system composes, as the keyboards of Windows, macOS, ibus and telephones do.
	"composition": func(p *onPage, _, after string) {
		n := int64(len([]rune(after)))
		p.run(input.ImeSetComposition(after, n, n))
	},
	// Unikey and EVKey send Backspace, and what follows.
	"backspace": func(p *onPage, before, after string) {
		erase, typed := change(before, after)
		for range erase {
			p.run(chromedp.KeyEvent(kb.Backspace))
		}
		p.characters(typed)
	},
	// In browsers that complete what is typed they select it, and type over it.
	"selection": func(p *onPage, before, after string) {
		erase, typed := change(before, after)
		for range erase {
			p.run(chromedp.KeyEvent(kb.ArrowLeft, chromedp.KeyModifiers(input.ModifierShift)))
		}
		p.characters(typed)
	},
}

// change returns how many letters to erase, and what to type then.
func change(before, after string) (erase int, typed string) {
	a, b := []rune(before), []rune(after)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return len(a), string(b)
}

// characters sends letters as a program does that sends keys (VK_PACKET).
func (p *onPage) characters(text string) {
	p.t.Helper()
	for _, r := range text {
		p.run(input.DispatchKeyEvent(input.KeyDown).WithKey(string(r)).WithText(string(r)).WithUnmodifiedText(string(r)).WithWindowsVirtualKeyCode(231), input.DispatchKeyEvent(input.KeyUp).WithKey(string(r)).WithWindowsVirtualKeyCode(231))
	}
}

// vietnamese types words by an engine, with a space after each but the last.
func (p *onPage) vietnamese(engine string, words [][]string) {
	p.t.Helper()
	for i, word := range words {
		if i > 0 {
			p.characters(" ")
		}
		before := ""
		for _, stage := range word {
			engines[engine](p, before, stage)
			before = stage
		}
		if engine == "composition" {
			p.run(input.InsertText(before))
		}
	}
}

// TestVietnameseIsTyped types in every way into every kind of place: each letter stands
// there once, and the caret behind the last.
func TestVietnameseIsTyped(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown)
	p := openPage(t)
	for _, c := range []struct{ name, markdown, caret, keys, want string }{
		{"bold that is typed", "", "", "**", "**TYPED**.\n"},
		{"an empty text", "", "", "", "TYPED.\n"},
		{"the end of a paragraph", "Chữ \n\nĐoạn hai\n", "Đoạn hai", " ", "Chữ\n\nĐoạn hai TYPED.\n"},
		{"between letters", "Trước sau\n", "Trước ", "", "Trước TYPED.sau\n"},
		{"bold", "**Đậm**\n", "Đậm", " ", "**Đậm TYPED.**\n"},
		{"a list that is typed", "", "", "- ", "- TYPED.\n"},
		{"a numbered list that is typed", "", "", "1. ", "1. TYPED.\n"},
		{"a heading that is typed", "", "", "## ", "## TYPED.\n"},
		{"a quotation that is typed", "", "", "> ", "> TYPED.\n"},
		{"a cell", "| a | b |\n|---|---|\n| ô | c |\n", "ô", " ", "| a | b |\n| - | - |\n| ô TYPED. | c |\n"},
		{"beside a card", "{{< dieu-khoan \"a/b\" >}} x\n", "x", "", "{{< dieu-khoan \"a/b\" >}} xTYPED.\n"},
		{"words with a finding", "Chữ sai\n", "Chữ sai", "", "Chữ saiTYPED.\n"},
	} {
		for engine := range engines {
			for method, words := range stages {
				if method != "Telex" && c.name != "an empty text" && c.name != "words with a finding" {
					continue // the place matters, not the method
				}
				p.js(`await openText($0, { findings: [{ text: "Chữ sai", message: "Sai" }] }); text.focus(); if ($1) caret($1); await settled()`, c.markdown, c.caret)
				p.characters(c.keys)
				p.vietnamese(engine, words)
				if c.keys == "**" {
					p.characters(c.keys)
				}
				p.characters(".") // where the caret is
				want := strings.ReplaceAll(c.want, "TYPED", "tiếng Việt đẹp")
				if got := p.markdown(); got != want {
					t.Errorf("%s, %s, %s: %q", c.name, engine, method, got)
				}
			}
		}
	}
	p.quiet()
}
