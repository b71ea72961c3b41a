package card

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	bothMarks = "ỄẬỘẨỖẮ"
	tails     = "gộyợpậ,;" // hang below the line
)

// hard are titles that do not fit easily.
var hard = map[string]string{
	"short":       "Ễ",
	"plan":        "Kế hoạch số 15-KH/TU về tiếp tục thực hiện Chỉ thị số 42-CT/TW và Kết luận số 93-KL/TW của Bộ Chính trị về tiếp tục đổi mới, nâng cao chất lượng, hiệu quả hoạt động của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam trong thời kỳ đẩy mạnh công nghiệp hóa, hiện đại hóa đất nước và hội nhập quốc tế trên địa bàn tỉnh Bình Thuận",
	"capitals":    strings.Repeat("NGHIỆP VỤ ĐẨY MẠNH ĐỘI NGŨ ", 12),
	"marks":       strings.Repeat(bothMarks+" ", 9),
	"tall":        strings.Repeat(bothMarks+tails+" ", 20),
	"unbroken":    strings.Repeat(bothMarks, 60),
	"wide":        strings.Repeat("W", 400),
	"italic ends": strings.Repeat("fjfjfj ", 40),
	"long":        strings.Repeat("Tôn vinh trí thức tiêu biểu ", 200),
	"elsewhere":   "漢字 🎓 \u202eabc",
	"empty":       "",
}

func drawn(t *testing.T, w words) (*image.Paletted, int) {
	t.Helper()
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	data, err := d.draw(w)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != image.Rect(0, 0, 1200, 630) {
		t.Fatalf("a card of %v", img.Bounds())
	}
	return img.(*image.Paletted), len(data)
}

// inked reports whether anything is drawn in a part of a card.
func inked(img *image.Paletted, part image.Rectangle) bool {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if img.ColorIndexAt(x, y) != 0 {
				return true
			}
		}
	}
	return false
}

func TestNothingIsCut(t *testing.T) {
	for name, title := range hard {
		t.Run(name, func(t *testing.T) {
			img, size := drawn(t, words{title, title, title, title})
			if size > 60_000 {
				t.Errorf("%d bytes", size)
			}
			const border = 40
			for side, part := range map[string]image.Rectangle{
				"top": image.Rect(0, 0, Width, border), "bottom": image.Rect(0, Height-border, Width, Height),
				"left": image.Rect(0, 0, border, Height), "right": image.Rect(Width-border, 0, Width, Height),
			} {
				if inked(img, part) {
					t.Errorf("ink at the %s border", side)
				}
			}
			// The parts keep apart, too.
			for y, between := range map[int]string{kickerAt + 14: "kicker and title", ruleTop - 4: "text and rule", ruleTop + 12: "rule and site"} {
				if inked(img, image.Rect(0, y, Width, y+1)) {
					t.Errorf("ink between %s", between)
				}
			}
		})
	}
}

// TestLinesKeepApart draws what hangs lowest above what stands highest, in every
// size of title.
func TestLinesKeepApart(t *testing.T) {
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range titleSizes {
		f := d.titles[size]
		img := image.NewPaletted(image.Rect(0, 0, Width, 400), palette)
		f.write(img, tails, 100, inkBlue)
		f.write(img, bothMarks, 100+f.height(), inkBlue)
		free := false
		for y := 100; y < 100+f.height() && !free; y++ {
			free = !inked(img, image.Rect(0, y, Width, y+1))
		}
		if !free {
			t.Errorf("at %d pixels the marks of a line touch the line above", size)
		}
		alone := image.NewPaletted(img.Rect, palette)
		f.write(alone, bothMarks, f.baseline(), inkBlue)
		if inked(alone, image.Rect(0, 0, Width, 1)) {
			t.Errorf("at %d pixels the marks of the first line rise out of it", size)
		}
	}
}

func TestTitlesAreAsLargeAsFits(t *testing.T) {
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]int{"Trần Đại Nghĩa": 84, hard["plan"]: 42} {
		if f, _ := d.title(words{Title: title}); f.size != want {
			t.Errorf("%.30s: %d pixels, want %d", title, f.size, want)
		}
	}
	// A sentence is worth a smaller title, as long as that is still large.
	if f, lines := d.title(words{Title: "Gạch đầu dòng thứ hai, mục 1, phần II – Kế hoạch 15-KH/TU", Sentence: "Kịp thời biểu dương."}); f.size != 76 || len(lines) != 2 {
		t.Errorf("%d pixels, %q", f.size, lines)
	}
	for name, title := range hard {
		f, lines := d.title(words{Title: title})
		for _, line := range lines {
			if !f.fits(line) {
				t.Errorf("%s: the line %q is too long", name, line)
			}
		}
		whole := strings.Join(strings.Fields(f.drawn(title)), "") == strings.ReplaceAll(strings.Join(lines, ""), " ", "")
		if !whole && !strings.HasSuffix(lines[len(lines)-1], "…") {
			t.Errorf("%s: words are missing, and nothing says so: %q", name, lines)
		}
	}
}

// An official subject is carried whole, in capitals too.
func TestLongTitlesAreWhole(t *testing.T) {
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	subject := []rune(strings.Repeat("về việc phối hợp tổ chức lễ tôn vinh trí thức khoa học và công nghệ tiêu biểu ", 4))[:250]
	for _, title := range []string{string(subject), strings.ToUpper(string(subject))} {
		if f, lines := d.title(words{Title: title, Sentence: "Mô tả."}); strings.Join(lines, " ") != strings.TrimSpace(title) {
			t.Errorf("at %d pixels: %q", f.size, lines)
		}
	}
}

// Emoji are drawn as nothing, and leave no gap; decorative letters are plain. Other signs
// and letters stay.
func TestWhatIsDrawn(t *testing.T) {
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"🎉 Lễ trao giải ❤️ đạt 100 m² và CO₂ ≥ 5‰ √2": "Lễ trao giải đạt 100 m² và CO₂ ≥ 5‰ √2",
		"👨\u200d🔬👩🏽\u200d🏫 Gặp mặt 🇻🇳":                "Gặp mặt",
		"1️⃣ Một, ☎️ và ✔️ hết":                       "1 Một, và hết",
		"𝐓𝐇Ô𝐍𝐆 𝐁Á𝐎 10⁶":                               "THÔNG BÁO 10⁶",
	} {
		for _, f := range []*face{d.titles[84], d.sentence, d.kicker, d.site} {
			if got := strings.Join(f.wrap(text, 9), " "); got != want {
				t.Errorf("%q is drawn as %q, not %q", text, got, want)
			}
		}
	}
}

// TestEveryMachineDrawsTheSame holds the bytes of one card. Whoever changes the
// drawing changes [version] too, so that no card of the old kind is kept.
func TestEveryMachineDrawsTheSame(t *testing.T) {
	img, _ := drawn(t, words{"Liên hiệp", "Tin tức, 24/12/2022", "Bảy trí thức được tôn vinh", "Ngày 24/12/2022."})
	sum := sha256.Sum256(img.Pix)
	if got, want := version+" "+hex.EncodeToString(sum[:8]), "2 c13831eca7792ecb"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

const page = `<!doctype html><html><head><meta property="og:site_name" content="Liên hiệp"><meta property="og:title" content="%[2]s">
<meta property="og:url" content="https://a.vn/goc/%[1]s"><meta property="og:image" content="https://a.vn/goc/%[1]sthe-1.png">
<meta property="og:image:alt" content="Tin tức: %[2]s"></head><body><meta property="og:title" content="khác"></body></html>`

func TestCardsFollowFromPages(t *testing.T) {
	dir, kept := t.TempDir(), filepath.Join(t.TempDir(), "cards")
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	build := func(want int) {
		t.Helper()
		if n, err := Build(t.Context(), dir, kept); err != nil || n != want {
			t.Errorf("%d cards were drawn, want %d (%v)", n, want, err)
		}
	}
	holds := func(want ...string) {
		t.Helper()
		var got []string
		for _, folder := range []string{dir, kept} {
			found, err := filepath.Glob(filepath.Join(folder, "*.png"))
			if err != nil {
				t.Fatal(err)
			}
			below, err := filepath.Glob(filepath.Join(folder, "*", "*.png"))
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprint(len(found)+len(below)))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("cards on the site and kept: %v, want %v", got, want)
		}
	}
	write("index.html", fmt.Sprintf(page, "", "Liên hiệp"))
	write("tin-tuc/index.html", fmt.Sprintf(page, "tin-tuc/", "Tin tức"))
	write("tin-tuc/trang/2/index.html", fmt.Sprintf(page, "tin-tuc/", "Tin tức"))
	write("tri-thuc/index.html", fmt.Sprintf(page, "tri-thuc/", "Tin tức")) // the same words
	write("404.html", "<!doctype html><title>404</title>")
	write("cu/index.html", strings.ReplaceAll(fmt.Sprintf(page, "cu/", "Nơi khác"), "/goc/cu/the", "/goc/khac/the"))
	build(2)
	holds("3", "2")
	build(0)

	first, err := os.ReadFile(filepath.Join(dir, "the-1.png"))
	if err != nil {
		t.Fatal(err)
	}
	write("index.html", fmt.Sprintf(page, "", "Tên mới"))
	build(1)
	holds("3", "2") // what was drawn of the old title is gone
	if second, err := os.ReadFile(filepath.Join(dir, "the-1.png")); err != nil || bytes.Equal(first, second) {
		t.Error("the card does not follow the title", err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "tin-tuc")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "tri-thuc")); err != nil {
		t.Fatal(err)
	}
	build(0)
	holds("1", "1")
	if _, err := Build(t.Context(), filepath.Join(dir, "none"), kept); err == nil {
		t.Error("no error without a site")
	}
}

func BenchmarkDraw(b *testing.B) {
	d, err := newDrawer()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := d.draw(words{"Liên hiệp", "Tin tức, 24/12/2022", hard["plan"], hard["plan"]}); err != nil {
			b.Fatal(err)
		}
	}
}
