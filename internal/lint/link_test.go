package lint

import "testing"

// TestMayOffer lets a text be parsed where a link may lead to a file, and most others pass.
func TestMayOffer(t *testing.T) {
	for text, want := range map[string]bool{
		"[a](a.pdf)": true, "[a](<Phu luc (2).PDF>)": true, "[a](\nb.docx)": true, "[a]\n\n[a]: tep/b.xlsx": true, "[a](/x/) [b](c.mp3)": true,
		"[a](/tin-tuc/a/)": false, "[a](https://a.vn/b.pdf)": false, "[a](https://a.vn) và [b](mailto:a@b.vn)": false, "Không có. Liên kết nào": false, "": false,
	} {
		if got := mayOffer([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
