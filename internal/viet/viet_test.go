package viet_test

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/viet"
)

func TestFold(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"Trí thức tiêu biểu", "tri thuc tieu bieu"},
		{"ĐẢNG CỘNG SẢN VIỆT NAM", "dang cong san viet nam"},
		{"Đắk Nông", "dak nong"},
		{"đ Đ ð Ð", "d d d d"},
		{"hòa", "hoa"}, {"hoà", "hoa"},
		{"ủy", "uy"}, {"uỷ", "uy"},
		{"thúy thuý khóa khoá", "thuy thuy khoa khoa"},
		{norm.NFD.String("Ủy ban nhân dân tỉnh"), "uy ban nhan dan tinh"},
		{"ễ ậ ự ỡ ẵ", "e a u o a"},
		{"42-CT/TW", "42-ct/tw"},
		{"chỉ ASCII", "chi ascii"},
		{"naïve café", "naive cafe"},
		{"科学", "科学"},
	} {
		if got := viet.Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestSlug(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"42-CT/TW", "42-ct-tw"},
		{"2073/CTr-UBND", "2073-ctr-ubnd"},
		{"Đào tạo", "dao-tao"},
		{"  Y học — Dược  ", "y-hoc-duoc"},
		{"Lương Định Của", "luong-dinh-cua"},
		{"đổi mới, sáng tạo!", "doi-moi-sang-tao"},
		{"C++", "c"},
		{"科学", ""},
		{norm.NFD.String("Nguyễn Văn Hiệu"), "nguyen-van-hieu"},
	} {
		if got := viet.Slug(tt.in); got != tt.want {
			t.Errorf("Slug(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Đảng ủy", "hoà", "\u0300", "a\u0301\u0323", "\xff", "ΑΣ", "İ", "K"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := viet.Fold(s)
		if again := viet.Fold(folded); again != folded {
			t.Errorf("folding %q again gives %q", folded, again)
		}
		if strings.IndexFunc(folded, func(r rune) bool { return unicode.Is(unicode.M, r) || r == 'đ' }) >= 0 {
			t.Errorf("Fold(%q) = %q keeps a mark or đ", s, folded)
		}
		if nfc, nfd := viet.Fold(norm.NFC.String(s)), viet.Fold(norm.NFD.String(s)); nfc != nfd {
			t.Errorf("NFC folds to %q, NFD to %q", nfc, nfd)
		}
		slug := viet.Slug(s)
		if viet.Slug(slug) != slug {
			t.Errorf("Slug(%q) is not stable", slug)
		}
		if strings.Trim(slug, "-abcdefghijklmnopqrstuvwxyz0123456789") != "" || strings.Contains(slug, "--") ||
			strings.HasPrefix(slug, "-") || strings.HasSuffix(slug, "-") {
			t.Errorf("Slug(%q) = %q", s, slug)
		}
	})
}

func TestCompareIsVietnameseOrder(t *testing.T) {
	// The letters' order, then the tones' in whole words.
	want := strings.Fields("a à ả ã á ạ ai ă ằ â ba ca da đa e ê i o ô ơ u ư y")
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, viet.Compare)
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if viet.Compare("Đà", norm.NFD.String("Đà")) != 0 {
		t.Error("the Unicode form counts")
	}
	for _, a := range want {
		for _, b := range want {
			if viet.Compare(a, b) != cmp.Compare(string(viet.SortKey(a)), string(viet.SortKey(b))) {
				t.Errorf("SortKey orders %s and %s otherwise than Compare", a, b)
			}
		}
	}
}

func TestCompareConcurrently(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 500 {
				if viet.Compare("đá", "dá") != 1 || len(viet.SortKey("Phan Thiết")) == 0 {
					t.Error("wrong order")
				}
			}
		})
	}
	wg.Wait()
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"ke-hoach", "ke-hoahc", 1}, {"tin", "tim", 1}, {"tin", "tin", 0}} {
		if got := viet.Distance([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("from %q to %q are %d letters, not %d", c.a, c.b, c.want, got)
		}
	}
}

func TestNearest(t *testing.T) {
	keys := []string{"title", "description", "date", "sources", "consent", "given_name", "other_names"}
	for word, want := range map[string]string{
		"tilte": "title", "Date": "date", "source": "sources", "given-name": "given_name", "descriptoin": "description",
		"xyz": "", "": "", "nothing at all": "",
	} {
		if got := viet.Nearest(word, keys); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := viet.Nearest("tran-dai-nghia", []string{"Trần Văn A", "Trần-Đại-Nghĩa"}); got != "Trần-Đại-Nghĩa" {
		t.Errorf("marks count: %q", got)
	}
}

// The same sentence in the encodings that Vietnamese was typed in.
const (
	unicodeText = "Căn cứ Nghị quyết Đại hội đại biểu toàn quốc của Đảng, Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy đảng thực hiện tốt các nhiệm vụ sau"
	tcvn3Text   = "C¨n cø NghÞ quyÕt §¹i héi ®¹i biÓu toµn quèc cña §¶ng, Ban Th\u00adêng vô TØnh ñy yªu cÇu c¸c cÊp ñy ®¶ng thùc hiÖn tèt c¸c nhiÖm vô sau"
	vniText     = "Caên cöù Nghò quyeát Ñaïi hoäi ñaïi bieåu toaøn quoác cuûa Ñaûng, Ban Thöôøng vuï Tænh uûy yeâu caàu caùc caáp uûy ñaûng thöïc hieän toát caùc nhieäm vuï sau"
)

func latin1(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

func TestLegacy(t *testing.T) {
	real, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		text []byte
		want string
	}{
		{"TCVN3 in UTF-8", []byte(tcvn3Text), "TCVN3 (ABC)"},
		{"TCVN3 bytes", latin1(tcvn3Text), "TCVN3 (ABC)"},
		{"TCVN3 head", []byte("§¶ng céng s¶n ViÖt Nam"), "TCVN3 (ABC)"},
		{"VNI in UTF-8", []byte(vniText), "VNI-Windows"},
		{"VNI bytes", latin1(vniText), "VNI-Windows"},
		{"VNI capitals", []byte("ÑAÛNG COÄNG SAÛN VIEÄT NAM"), "VNI-Windows"},
		{"VPS bytes", []byte("\xf1\x8a ngh\xce ban th\xdc\xa9ng v\xf8 t\xccnh u\xd2 ch\xcc \xc7\xd5o th\xfac hi\x8cn k\xb6t lu\xc6n"), "VPS"},
		{"Windows-1258 bytes", []byte("C\xe3n c\xfd\xec Nghi\xf2 quy\xea\xect \xd0a\xf2i h\xf4\xf2i \xf0a\xf2i bi\xea\xd2u toa\xccn qu\xf4\xecc"), "Windows-1258"},
		{"Unicode", []byte(unicodeText), ""},
		{"Unicode NFD", []byte(norm.NFD.String(unicodeText)), ""},
		{"the real plan", real, ""},
		{"the real plan NFD", norm.NFD.Bytes(real), ""},
		{"Latin-1 letters of Vietnamese only", []byte("là có thì và hóa các bà hàng tháng tôi cố vấn"), ""},
		{"French", []byte("Où est né l'élève naïf à Noël ? Près d'une forêt, où l'été, déjà, les garçons français étaient là."), ""},
		{"German", []byte("Über schöne Grüße für die Größe der Köln-Mülheimer Straße, natürlich möglich"), ""},
		{"Spanish", []byte("El niño pequeño comió piñas mañana en España según la señora"), ""},
		{"ASCII", []byte("plain text"), ""},
		{"signs", []byte("§ 5 © 2021 ® «Đảng» µ ¶"), ""},
		{"empty", nil, ""},
		{"one word", []byte("ViÖt"), ""},
	} {
		e, ok := viet.Legacy(tt.text)
		if ok != (tt.want != "") || e.String() != tt.want {
			t.Errorf("%s: Legacy = %q, %v, want %q", tt.name, e, ok, tt.want)
		}
	}
}

// Every line of the plan, alone, is Vietnamese of today.
func TestLegacyKnowsEveryLine(t *testing.T) {
	real, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(real)) {
		if e, ok := viet.Legacy([]byte(line)); ok {
			t.Errorf("taken for %v: %s", e, line)
		}
	}
}

func FuzzLegacy(f *testing.F) {
	f.Add([]byte(tcvn3Text))
	f.Add(latin1(vniText))
	f.Add([]byte(unicodeText))
	f.Fuzz(func(t *testing.T, text []byte) {
		if e, ok := viet.Legacy(text); ok == (e.String() == "") {
			t.Errorf("Legacy = %q, %v", e, ok)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	b.SetBytes(int64(len(unicodeText)))
	for b.Loop() {
		viet.Fold(unicodeText)
	}
}

// TestDecode reads words in the encodings, from the bytes that TCVN 5712:1993 and
// VNI give them, capitals and small letters.
func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		e        viet.Encoding
		in, want string
		ok       bool
	}{
		{viet.TCVN3, "Ban Th\u00ADêng vô TØnh ñy", "Ban Thường vụ Tỉnh ủy", true},
		{viet.TCVN3, "§¶ng bé ¤n ®Þnh, ¡n ¥n ¦n £m ¢y", "Đảng bộ Ôn định, Ăn Ơn Ưn Êm Ây", true},
		{viet.TCVN3, "\uF0A7\uF0B6ng", "Đảng", true},
		{viet.TCVN3, "“30°C” – 5%", "“30°C” – 5%", true},
		{viet.TCVN3, "tỉnh", "tỉnh", false},
		{viet.TCVN3, "là", "là", false},
		{viet.VNI, "Ban Thöôøng vuï Tænh uûy", "Ban Thường vụ Tỉnh ủy", true},
		{viet.VNI, "ÑAÛNG BOÄ ÔÛ ÖÙNG, AÅN AÊN, YÛ, KYÕ, LYÙ", "ĐẢNG BỘ Ở ỨNG, ẨN ĂN, Ỷ, KỸ, LÝ", true},
		{viet.VNI, "tænh", "tỉnh", true},
		{viet.VNI, "ñònh höôùng tyû leä nghó", "định hướng tỷ lệ nghĩ", true},
		{viet.VNI, "ùng", "ùng", false},
		{viet.VNI, "tỉnh", "tỉnh", false},
	} {
		if got, ok := tt.e.Decode(tt.in); got != tt.want || ok != tt.ok {
			t.Errorf("%v: Decode(%q) = %q, %v, want %q, %v", tt.e, tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

// Letters of each encoding by their bytes, as its own tables have them.
func TestDecodeBytes(t *testing.T) {
	for _, tt := range []struct {
		e          viet.Encoding
		text, want string
	}{
		{viet.VPS, "\x80\x88\x89\x99\xa7\xc7\xf1\xff", "ÀĂếỖớđĐỳ"},
		{viet.VPS, "ti\xcdn v\xf8", "tiễn vụ"},
		{viet.Windows1258, "\xd0a\xf2ng bi\xea\xd2n \xfd \xf5 \xe3", "Đạng biển ư ơ ă"},
	} {
		var b strings.Builder
		for i := range len(tt.text) {
			b.WriteRune(rune(tt.text[i]))
		}
		if got, ok := tt.e.Decode(b.String()); got != tt.want || !ok {
			t.Errorf("%v: %q (%t), want %q", tt.e, got, ok, tt.want)
		}
	}
}
