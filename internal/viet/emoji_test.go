package viet

import "testing"

func TestWithoutEmoji(t *testing.T) {
	for text, want := range map[string]string{
		"🎉 Hội thi ❤️ sáng tạo 👩‍🔬!": " Hội thi  sáng tạo !",
		"Cờ 🇻🇳, 🏴󠁧󠁢󠁥󠁮󠁧󠁿, hạng 1️⃣":   "Cờ , , hạng 1",
		"© 2024 → 30 °C, “Ước mơ”™":  "© 2024 → 30 °C, “Ước mơ”™",
		"a\u200db": "a\u200db", // told elsewhere, and no emoji
	} {
		if got := WithoutEmoji(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
