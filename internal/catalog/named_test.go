package catalog

import "testing"

// TestATitleIsFoundHoweverItIsWritten holds what a text names: titles of two words or more,
// whole, with whatever marks, capitals and punctuation.
func TestATitleIsFoundHoweverItIsWritten(t *testing.T) {
	names := NamedBy([]*Entry{{Title: "Hội thi “Sáng tạo” 2024"}, {Title: "Gặp mặt"}, {Title: "Một"}})
	for text, want := range map[string]bool{
		"Xem hội thi sáng tạo 2024.": true, "HOI THI SANG TAO 2024": true, "Hội thi\nSáng tạo, 2024": true, "buổi **gặp mặt** ấy": true,
		"Hội thi sáng tạo 2023": false, "thi sáng tạo 2024": false, "gặp, rồi xa mặt": false, "một": false, "": false,
	} {
		if got := names(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if NamedBy(nil)("gì cũng được") {
		t.Error("nothing is named")
	}
}
