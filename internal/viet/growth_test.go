package viet

import (
	"fmt"
	"strings"
	"testing"

	"lienhiep/internal/growth"
)

// read does with a text all that the package does.
func read(s string) {
	Fold(s)
	Slug(s)
	SortKey(s)
	n := ParseName(s)
	n.SortKey("")
	n.Same(n)
	n.Years()
	_ = n.String()
	Compare(s, s+"a")
	Legacy([]byte(s))
	Latin(s)
	IsSyllable(s)
	PlacementOf(s)
	InOldPlacement(s)
	Spoken(s)
	Sentences(s)
	Breaths(s, 200)
	for range Syllables(s) {
	}
}

func TestTextsAreReadInLinearTime(t *testing.T) {
	for _, text := range []string{"a", "ă", "a\u0300", "\u0300", "hoà ", "Nguyễn Văn A", "0", "-", " ", "1a", "đ", "\xff", "hоa", "\u0323\u0302", "ng", "TIẾNG VIỆT ", "µ¸", "gi",
		"GS.", "TS ", "Ông ", "Th. ", "C.N.", "a,", "1,", "a - ", "(", "a (", "(a) ",
		"1.", "1-", "1/", "1, ", "II.", "II.1", "X", "UBND", "A. ", "a. ", "T/M", "15-KH/TU"} {
		t.Run(fmt.Sprintf("%q", text), func(t *testing.T) { growth.Repeated(t, text, 1<<20, read) })
	}
}

// The candidates of a guess are many, or long, or both.
func TestGuessesAreMadeInLinearTime(t *testing.T) {
	growth.Linear(t, 4<<10, 1<<20, func(n int) []string {
		var all []string
		for i := range n / 16 {
			all = append(all, fmt.Sprintf("nguyen-van-%d", i))
		}
		return all
	}, func(candidates []string) { Nearest("nguyen-van-mau", candidates) })
	growth.Linear(t, 4<<10, 1<<18, func(n int) string { return strings.Repeat("ab", n/2) }, func(word string) { Nearest(word, []string{word[1:] + "c", "a"}) })
}

func FuzzLinearTime(f *testing.F) {
	f.Add("hoà ")
	f.Fuzz(func(t *testing.T, text string) { growth.Repeated(t, text[:min(len(text), 1<<10)], 1<<18, read) })
}
