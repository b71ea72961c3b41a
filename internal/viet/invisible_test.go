package viet_test

import (
	"strings"
	"testing"

	"lienhiep/internal/viet"
)

// What shows nothing is found wherever it stands in a text.
func TestInvisibleCharacters(t *testing.T) {
	for _, r := range []rune{
		0x00, 0x07, 0x1b, 0x7f, 0x85, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180e, 0x180f,
		0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2064, 0x2065, 0x2066, 0x206f, 0x2800, 0x3164,
		0xfe00, 0xfe0e, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff9, 0xfffb, 0x16fe4, 0x1bca0, 0x1d159, 0x1d173, 0x1d17a,
		0xe0001, 0xe0020, 0xe007f, 0xe0080, 0xe0100, 0xe01ef, 0xe0fff,
	} {
		if !viet.Invisible(r) {
			t.Errorf("U+%04X is taken for visible", r)
		}
		if s := "Trí " + string(r) + "thức"; viet.IndexInvisible(s) != len("Trí ") || viet.Visible(s) != "Trí thức" {
			t.Errorf("%+q: found at %d, without it %q", s, viet.IndexInvisible(s), viet.Visible(s))
		}
	}
}

// What people write has nothing invisible, emoji included.
func TestVisibleText(t *testing.T) {
	for _, s := range []string{
		"", "Đảng ủy, hoà\u0300\u0323 – “№ 15” …\t\r\n\f", "a\u00a0b\u2003c\u3000d", "русский ελληνικά 中文 日本語 ភាសាខ្មែរ العربية ๑๒",
		"\u0600\u06dd", // Arabic signs that enclose digits are seen
		"❤️ ☎️ ©️ ▶️ ☀︎", "1️⃣ #️⃣ *️⃣", "👩\u200d🔬 👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🧑🏽\u200d🎓 🏃🏻\u200d♀️ 🐦\u200d⬛", "🇻🇳",
		"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
		"🏴\U000e0075\U000e0073\U000e0074\U000e0078\U000e007f",
	} {
		if i := viet.IndexInvisible(s); i >= 0 || viet.Visible(s) != s {
			t.Errorf("%+q: taken for invisible at %d", s, i)
		}
	}
}

// The characters that build emoji are invisible where they build none.
func TestStrayPartsOfEmoji(t *testing.T) {
	for s, want := range map[string]string{
		"a\ufe0f": "a", "\ufe0f": "", "1\ufe0f": "1", "1\ufe0e": "1", "ư\ufe0f\u20e3": "ư\u20e3", "❤️\ufe0f": "❤️",
		"👩\u200d": "👩", "\u200d🔬": "🔬", "👩\u200da": "👩a", "a\u200d🔬": "a🔬", "👩\u200d\u200d🔬": "👩🔬",
		"🏴\U000e0067\U000e007f":                               "🏴", // too short for a region
		"🏴\U000e0067\U000e0062\U000e0065":                     "🏴", // not ended
		"🏴\U000e007f":                                         "🏴",
		"a\U000e0067\U000e0062\U000e0065\U000e007f":           "a",
		"🏴\U000e0041\U000e0042\U000e0043\U000e007f":           "🏴", // capitals
		"🏴" + strings.Repeat("\U000e0061", 40) + "\U000e007f": "🏴",
	} {
		if got := viet.Visible(s); got != want {
			t.Errorf("%+q: %+q, not %+q", s, got, want)
		}
	}
}

func FuzzVisible(f *testing.F) {
	for _, s := range []string{"trí\u200b thức", "❤️\ufe0f", "👩\u200d🔬", "🏴\U000e0067\U000e0062\U000e0065\U000e007f", "\xff\u200d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		visible := viet.Visible(s)
		if i := viet.IndexInvisible(visible); i >= 0 {
			t.Errorf("%+q still has something invisible at %d", visible, i)
		}
		if (visible == s) != (viet.IndexInvisible(s) < 0) && strings.ToValidUTF8(s, "") == s {
			t.Errorf("%+q: IndexInvisible and Visible disagree", s)
		}
	})
}
