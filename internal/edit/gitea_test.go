package edit

import "testing"

// TestWhatSveltiaMeant: escaped shortcodes and signs of footnotes, and tables that have lost
// their alignment.
func TestWhatSveltiaMeant(t *testing.T) {
	const old = "---\ntitle: A\n---\n\nA.[^1]\n\n|Năm |  Số|\n|:--|--:|\n|1|2|\n\n[^1]: B\n"
	const sent = "---\ntitle: A\n---\nA.\\[^1\\]\\[^2\\] \\{\\{\\< x \\>\\}\\}\n\n| Năm | Số |\n| --- | --- |\n| 1 | 2 |\n\n| Khác | Số |\n| --- | --- |\n| 1 | 2 |\n\n\\[^1\\]: B\n"
	const want = "---\ntitle: A\n---\nA.[^1]\\[^2\\] {{< x >}}\n\n| Năm | Số |\n|:--|--:|\n| 1 | 2 |\n\n| Khác | Số |\n| --- | --- |\n| 1 | 2 |\n\n[^1]: B\n"
	if got := string(meant([]byte(old), []byte(sent))); got != want {
		t.Errorf("%s", got)
	}
}
