package viet

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"Một câu. Hai câu?  Ba câu! Bốn":            {"Một câu.", "Hai câu?", "Ba câu!", "Bốn"},
		"II. NHIỆM VỤ. 1. Đẩy mạnh công tác.":       {"II. NHIỆM VỤ.", "1. Đẩy mạnh công tác."},
		"PGS.TS. Trần Văn Mẫu nói. Ông về TP. Mẫu.": {"PGS.TS. Trần Văn Mẫu nói.", "Ông về TP. Mẫu."},
		"Ông A. Mẫu viết “Xong.” Rồi ông nghỉ.":     {"Ông A. Mẫu viết “Xong.”", "Rồi ông nghỉ."},
		"chanh, ổi, v.v. Ngoài ra":                  {"chanh, ổi, v.v.", "Ngoài ra"},
		"ra đời năm 1946. Sau đó":                   {"ra đời năm 1946.", "Sau đó"},
		"dự án, đề án… phát triển":                  {"dự án, đề án… phát triển"},
		"Trung ương Đảng./. Nơi nhận":               {"Trung ương Đảng./.", "Nơi nhận"},
		"tăng 12.700 con. 30/4 là ngày lễ":          {"tăng 12.700 con.", "30/4 là ngày lễ"},
		"":                                          nil,
	} {
		if got := Sentences(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestBreathsAreShortAndWhole(t *testing.T) {
	text := strings.Repeat("một hai ba bốn năm, ", 30) + "hết."
	got := Breaths(text, 100)
	if strings.Join(got, " ") != text {
		t.Errorf("%q", got)
	}
	for i, b := range got {
		if n := utf8.RuneCountInString(b); n > 100 || n < 60 && i+1 < len(got) {
			t.Errorf("%d letters: %q", n, b)
		}
	}
	const long = "không có chỗ nào để nghỉ trong cả một câu dài như thế này"
	if got := Breaths(long, 20); len(got) != 1 || got[0] != long {
		t.Errorf("%q", got)
	}
	if got := Breaths("Ngắn, gọn.", 100); len(got) != 1 {
		t.Errorf("%q", got)
	}
}
