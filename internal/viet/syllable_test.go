package viet_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/viet"
)

type cut struct {
	key   string
	marks byte
}

func cuts(text string) []cut {
	all := []cut{}
	for s := range viet.Syllables(text) {
		all = append(all, cut{string(s.Key), s.Marks})
	}
	return all
}

// TestSyllablesOfTheSharedVectors reads the file that the browser's half is held
// to as well.
func TestSyllablesOfTheSharedVectors(t *testing.T) {
	src, err := os.ReadFile("testdata/syllables.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Text      string
		Syllables [][2]any
	}
	if err := json.Unmarshal(src, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		want := []cut{}
		for _, s := range v.Syllables {
			want = append(want, cut{s[0].(string), byte(s[1].(float64))})
		}
		if got := cuts(v.Text); !slices.Equal(got, want) {
			t.Errorf("%q gives %v, want %v", v.Text, got, want)
		}
	}
}

func TestSyllablesStop(t *testing.T) {
	for _, text := range []string{"một hai", "một", "một 2", "mot\u0301"} {
		for range viet.Syllables(text) {
			break
		}
	}
}

// TestSpellIsTheWayBack takes every word of the plan and of the site's own
// Vietnamese apart and puts it together again.
func TestSpellIsTheWayBack(t *testing.T) {
	for _, word := range strings.Fields(`hội thi trí thức hóa ủy đường dương dưỡng thuở đắk lắk nẵng khuya khuỷu hươu hưu quý quà quần quốc quyết gì già giếng
		giữ gìn huỳnh hoàn toán ngoài khoèo mía múa mưa chứa ướt ứng ươm ước uống iễng yến tuyến thuyền thuế hoặc ngoặc oẳn tù tì đĩa đũa nghĩa nghiệp nghiên
		bưởi rượu chiều yêu tuổi xuân quặng đọc ý ăn ấn ổn ế ơ ư a truyện nguyễn ngoẹo`) {
		var got string
		for s := range viet.Syllables(word) {
			got += viet.Spell(string(s.Key), s.Marks)
		}
		if got != word {
			t.Errorf("%q comes back as %q", word, got)
		}
	}
}

func FuzzSyllables(f *testing.F) {
	for _, s := range []string{"Hội thi sáng tạo", "42-CT/TW", "\u0301a", "ủy\xff", "ﬁ ǆ ΐ 한글"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for y := range viet.Syllables(s) {
			if y.Start < last || y.End <= y.Start || y.End > len(s) {
				t.Fatalf("%q: a syllable from %d to %d behind %d", s, y.Start, y.End, last)
			}
			last = y.End
			key := string(y.Key)
			if n := len([]rune(key)); n == 0 || n > viet.MaxSyllable {
				t.Fatalf("%q: a key of %d letters", s, n)
			}
			folded := strings.Map(lettersAndDigits, viet.Fold(s[y.Start:y.End]))
			if oneSound := len(folded) == 2 && folded[:1]+"i" == key && folded[1] == 'y'; !strings.HasPrefix(folded, key) && !oneSound {
				t.Fatalf("%q: key %q of %q", s, key, folded)
			}
			_ = viet.Spell(key, y.Marks)
		}
		nfc, nfd := cuts(norm.NFC.String(s)), cuts(norm.NFD.String(s))
		if !slices.Equal(nfc, nfd) {
			t.Fatalf("%q: %v in NFC, %v in NFD", s, nfc, nfd)
		}
	})
}

func lettersAndDigits(r rune) rune {
	if unicode.IsLetter(r) || unicode.Is(unicode.Nd, r) {
		return r
	}
	return -1
}
