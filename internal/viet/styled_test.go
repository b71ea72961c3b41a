package viet_test

import (
	"testing"

	"lienhiep/internal/viet"
)

func TestStyledLetters(t *testing.T) {
	for s, want := range map[string]string{
		"𝐓𝐇Ô𝐍𝐆 𝐁Á𝐎":                   "THÔNG BÁO",
		"𝗧𝘂𝘆𝗲\u0302\u0309𝗻 𝘀𝗶𝗻𝗵 𝟐𝟎𝟐𝟓": "Tuyển sinh 2025",
		"𝒜𝓑𝔠𝕯𝖾𝙛𝚐 𝛼":                   "ABcDefg α",
		"10⁶, m², CO₂, ½, ﬁ, Ａ, Ⅳ, ①": "10⁶, m², CO₂, ½, ﬁ, Ａ, Ⅳ, ①",
		"𝐁Á𝐎 10⁶ m² ﬁ":                "BÁO 10⁶ m² ﬁ",
		"🎉 𝄞 chữ rời a\u0302":         "🎉 𝄞 chữ rời a\u0302",
	} {
		if got := viet.Unstyled(s); got != want {
			t.Errorf("%q: %q, not %q", s, got, want)
		}
	}
}
