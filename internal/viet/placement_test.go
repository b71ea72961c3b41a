package viet

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestTonePlacement(t *testing.T) {
	for _, c := range []struct {
		syllable string
		want     Placement
		old      string
	}{
		{"hòa", OldPlacement, "hòa"}, {"hoà", NewPlacement, "hòa"}, {"Hoá", NewPlacement, "Hóa"}, {"HOÁ", NewPlacement, "HÓA"},
		{"khoẻ", NewPlacement, "khỏe"}, {"loè", NewPlacement, "lòe"}, {"uỷ", NewPlacement, "ủy"}, {"Uỷ", NewPlacement, "Ủy"},
		{"UỶ", NewPlacement, "ỦY"}, {"ủy", OldPlacement, "ủy"}, {"thuý", NewPlacement, "thúy"}, {"luỹ", NewPlacement, "lũy"},
		{"toạ", NewPlacement, "tọa"}, {"xoã", NewPlacement, "xõa"},
		// written alike
		{"quý", EitherPlacement, "quý"}, {"quỷ", EitherPlacement, "quỷ"}, {"hoàn", EitherPlacement, "hoàn"}, {"ngoài", EitherPlacement, "ngoài"},
		{"khuya", EitherPlacement, "khuya"}, {"huỳnh", EitherPlacement, "huỳnh"}, {"thuở", EitherPlacement, "thuở"}, {"huệ", EitherPlacement, "huệ"},
		{"hoa", EitherPlacement, "hoa"}, {"uy", EitherPlacement, "uy"}, {"là", EitherPlacement, "là"}, {"y", EitherPlacement, "y"}, {"", EitherPlacement, ""},
		{"oà", NewPlacement, "òa"}, {"của", EitherPlacement, "của"}, {"xoáy", EitherPlacement, "xoáy"}, {"tuỳ", NewPlacement, "tùy"},
	} {
		for _, s := range []string{c.syllable, norm.NFD.String(c.syllable)} {
			if got := PlacementOf(s); got != c.want {
				t.Errorf("PlacementOf(%q) = %d, want %d", s, got, c.want)
			}
		}
		if got := InOldPlacement(c.syllable); got != c.old {
			t.Errorf("InOldPlacement(%q) = %q, want %q", c.syllable, got, c.old)
		}
	}
}

// The older placement is what Spell writes too.
func TestPlacementAgreesWithSpell(t *testing.T) {
	for _, s := range []string{"hoà", "khoẻ", "uỷ", "thuý", "loã", "nhoè", "suý", "toạ", "quỳ", "hoàng"} {
		for syllable := range Syllables(s) {
			if got, want := InOldPlacement(s), Spell(string(syllable.Key), syllable.Marks); got != want {
				t.Errorf("%q: %q, Spell gives %q", s, got, want)
			}
		}
	}
}

func TestLookalikeLetters(t *testing.T) {
	for _, c := range []struct {
		word, want string
		ok         bool
	}{
		{"Hộі", "Hội", true},        // Cyrillic і
		{"Вộ", "Bộ", true},          // Cyrillic В
		{"Ðảng", "Đảng", true},      // eth
		{"ðồng", "đồng", true},      // eth
		{"Ｈội", "Hội", true},        // fullwidth
		{"２０２２", "2022", true},      // fullwidth
		{"Нội", "Hội", true},        // Cyrillic Н, which looks like H
		{"Đảng", "Đảng", false},     // right
		{"Москва", "Москва", false}, // Russian
		{"САО", "САО", false},       // Russian letters alone
		{"TNFα", "TNFα", false}, {"μm", "μm", false}, {"Ω", "Ω", false}, {"", "", false},
		{"Kaſe", "Kaſe", false},
	} {
		got, ok := Latin(c.word)
		if got != c.want || ok != c.ok {
			t.Errorf("Latin(%q) = %q, %v; want %q, %v", c.word, got, ok, c.want, c.ok)
		}
	}
}

func FuzzPlacementAndLatin(f *testing.F) {
	for _, s := range []string{"hoà", "Uỷ", "quý", "Hộі", "Ðảng", "a\xffoà", "ọá"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := InOldPlacement(s); PlacementOf(once) == NewPlacement || InOldPlacement(once) != once {
			t.Errorf("%q becomes %q, which is still to be changed", s, once)
		}
		latin, ok := Latin(s)
		if again, twice := Latin(latin); ok && (twice || again != latin) {
			t.Errorf("%q becomes %q and then %q", s, latin, again)
		}
		if utf8.ValidString(s) && !utf8.ValidString(latin+InOldPlacement(s)) {
			t.Errorf("%q is no longer UTF-8", s)
		}
	})
}
