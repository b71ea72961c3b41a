package card

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/emblem"
	"lienhiep/internal/kept"
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

func drawn(t *testing.T, w Words) (*image.Paletted, int) {
	t.Helper()
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	data, err := d.draw(w)
	if err != nil {
		t.Fatal(err)
	}
	img := decoded(t, data)
	if img.Bounds() != image.Rect(0, 0, 1200, 630) {
		t.Fatalf("a card of %v", img.Bounds())
	}
	return img, len(data)
}

func decoded(t *testing.T, data []byte) *image.Paletted {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img.(*image.Paletted)
}

// inked reports whether anything is drawn in a part of a card.
func inked(img *image.Paletted, part image.Rectangle) bool {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if c := img.At(x, y); c != blue && c != red {
				return true
			}
		}
	}
	return false
}

// beside are a card's pictures: none, and those of which there is most to draw.
var beside = map[string]Words{
	"words":     {},
	"figure":    {Figure: "128", Label: "Giải pháp dự thi"},
	"an emblem": {Emblem: "history"},
}

func TestNothingIsCut(t *testing.T) {
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	for name, title := range hard {
		for kind, w := range beside {
			t.Run(name+" with "+kind, func(t *testing.T) {
				w.Site, w.Kicker, w.Title, w.Sentence = title, title, title, title
				img, size := drawn(t, w)
				if size > 60_000 {
					t.Errorf("%d bytes", size)
				}
				const border = 24
				for side, part := range map[string]image.Rectangle{
					"top": image.Rect(0, 0, Width, border), "bottom": image.Rect(0, Height-border, Width, Height),
					"left": image.Rect(0, 0, border, Height), "right": image.Rect(Width-border, 0, Width, Height),
				} {
					if inked(img, part) {
						t.Errorf("ink at the %s border", side)
					}
				}
				// The parts keep apart, too.
				apart := map[int]string{ruleTop - 4: "text and rule", ruleTop + 12: "rule and site"}
				l := d.arrange(w)
				if l.kicker {
					apart[kickerAt+18] = "kicker and title"
				}
				for y, between := range apart {
					if inked(img, image.Rect(0, y, margin+l.width, y+1)) {
						t.Errorf("ink between %s", between)
					}
				}
				if l.picture && inked(img, image.Rect(margin+l.width, 0, panel+20, Height)) {
					t.Error("ink between the words and the picture")
				}
			})
		}
	}
}

// A figure that is no number at all stays in its place.
func TestFiguresStayInTheirPlace(t *testing.T) {
	for _, figure := range []string{"7", "128", "12.700", "1.234.567", "hơn 12.700 người", hard["unbroken"]} {
		img, _ := drawn(t, Words{Figure: figure, Label: hard["capitals"]})
		if !inked(img, image.Rect(panel, 0, Width, Height)) {
			t.Errorf("%.20s is not drawn", figure)
		}
		if inked(img, image.Rect(margin+narrow, 0, panel+20, Height)) || inked(img, image.Rect(Width-20, 0, Width, Height)) {
			t.Errorf("%.20s leaves its place", figure)
		}
	}
}

// Every emblem is drawn, and drawn as itself.
func TestEveryEmblemIsDrawn(t *testing.T) {
	seen := map[[32]byte]string{}
	for name := range emblem.Paths {
		img, _ := drawn(t, Words{Title: "Trần Văn Mẫu", Emblem: name})
		if !inked(img, image.Rect(panel, 0, Width, Height)) {
			t.Errorf("%s is not drawn", name)
		}
		sum := sha256.Sum256(img.Pix)
		if other := seen[sum]; other != "" {
			t.Errorf("%s looks like %s", name, other)
		}
		seen[sum] = name
	}
	img, _ := drawn(t, Words{Emblem: "none such"})
	if seen[sha256.Sum256(img.Pix)] != "" || !inked(img, image.Rect(panel, 0, Width, Height)) {
		t.Error("an unknown emblem is not the general one")
	}
}

// What a chat shows 320 pixels wide is read there.
func TestLettersAreLarge(t *testing.T) {
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range slices.Concat(d.titles, d.figures, []*face{d.kicker, d.sentence, d.site}) {
		if f.size < 44 {
			t.Errorf("letters of %d pixels", f.size)
		}
	}
}

// A card has a colour, which is not that of the page in which it is shown.
func TestCardsAreInColour(t *testing.T) {
	for kind, w := range beside {
		w.Title = "Trần Văn Mẫu"
		img, _ := drawn(t, w)
		if r, g, b, _ := img.At(0, 0).RGBA(); r+g+b > 3*0x6000 {
			t.Errorf("with %s the ground is %v", kind, img.At(0, 0))
		}
	}
}

// TestLinesKeepApart draws what hangs lowest above what stands highest, in every
// size of title.
func TestLinesKeepApart(t *testing.T) {
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range d.titles {
		c := &d.canvas
		c.blank(Width, 400, words)
		f.write(c, tails, margin, 100, onRed, inkCream)
		f.write(c, bothMarks, margin, 100+f.height(), onRed, inkCream)
		img := decoded(t, c.encode(&d.deflater))
		free := false
		for y := 100; y < 100+f.height() && !free; y++ {
			free = !inked(img, image.Rect(0, y, Width, y+1))
		}
		if !free {
			t.Errorf("at %d pixels the marks of a line touch the line above", f.size)
		}
		c.blank(Width, 400, words)
		f.write(c, bothMarks, margin, f.baseline(), onRed, inkCream)
		if inked(decoded(t, c.encode(&d.deflater)), image.Rect(0, 0, Width, 1)) {
			t.Errorf("at %d pixels the marks of the first line rise out of it", f.size)
		}
	}
}

func TestTitlesAreAsLargeAsFits(t *testing.T) {
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]int{"Trần Đại Nghĩa": 92, hard["plan"]: small} {
		if a := d.arrange(Words{Title: title}); a.face.size != want {
			t.Errorf("%.30s: %d pixels, want %d", title, a.face.size, want)
		}
	}
	// A name stands beside a drawing; a title that does not has the whole card.
	if a := d.arrange(Words{Title: "Trần Đại Nghĩa", Sentence: "1913–1997", Emblem: "engineering"}); !a.picture || a.face.size != 92 || len(a.title) != 1 || len(a.sentence) != 1 {
		t.Errorf("%+v, %d pixels", a, a.face.size)
	}
	if a := d.arrange(Words{Title: hard["plan"], Emblem: "engineering"}); a.picture || len(a.title) < 6 {
		t.Errorf("%+v", a)
	}
	// A sentence is worth a smaller title, as long as that is still large; one that would not
	// be whole is left out.
	const title, long = "Gạch đầu dòng thứ hai, mục 1, phần II – Kế hoạch 15-KH/TU", "Kịp thời biểu dương, khen thưởng những trí thức khoa học và công nghệ có nhiều thành tích, đóng góp cho tỉnh nhà trong nhiều năm qua; động viên đội ngũ trí thức tiếp tục cống hiến."
	if a := d.arrange(Words{Title: title, Sentence: "Kịp thời biểu dương."}); a.face.size != 76 || len(a.title) != 2 || len(a.sentence) != 1 {
		t.Errorf("%d pixels, %q, %q", a.face.size, a.title, a.sentence)
	}
	if a := d.arrange(Words{Title: title, Sentence: long}); a.face.size != 92 || len(a.sentence) != 0 {
		t.Errorf("%d pixels, %q, %q", a.face.size, a.title, a.sentence)
	}
	if a := d.arrange(Words{Title: "Trần Đại Nghĩa", Sentence: long, Emblem: "engineering"}); strings.Join(a.sentence, " ") != "" {
		t.Errorf("a sentence of four lines stands as %q", a.sentence)
	}
	for name, title := range hard {
		a := d.arrange(Words{Title: title})
		f, lines := a.face, a.title
		for _, line := range lines {
			if !f.fits(line, a.width) {
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
		if a := d.arrange(Words{Title: title, Sentence: "Mô tả."}); strings.Join(a.title, " ") != strings.TrimSpace(title) {
			t.Errorf("at %d pixels: %q", a.face.size, a.title)
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
		for _, f := range []*face{d.titles[0], d.sentence, d.kicker, d.site} {
			if got := strings.Join(f.wrap(text, 9, wide), " "); got != want {
				t.Errorf("%q is drawn as %q, not %q", text, got, want)
			}
		}
	}
}

// TestEveryMachineDrawsTheSame holds the bytes of one card. Whoever changes the
// drawing changes [version] too, so that no card of the old kind is kept.
func TestEveryMachineDrawsTheSame(t *testing.T) {
	img, _ := drawn(t, Words{"Liên hiệp", "Tin tức, 24/12/2022", "Bảy trí thức được tôn vinh", "Ngày 24/12/2022.", "7", "Người được tôn vinh", ""})
	sum := sha256.Sum256(img.Pix)
	if got, want := version+" "+hex.EncodeToString(sum[:8]), "6 190b3ef8d3e27dc8"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

const page = `<!doctype html><html><head><meta property="og:site_name" content="Liên hiệp"><meta property="og:title" content="%[2]s">
<meta property="og:url" content="https://a.vn/goc/%[1]s"><meta property="og:image" content="https://a.vn/goc/%[1]sthe-1.png">
<meta property="og:image:alt" content="Tin tức: %[2]s"></head><body><meta property="og:title" content="khác"></body></html>`

func TestCardsFollowFromPages(t *testing.T) {
	dir, sums := t.TempDir(), filepath.Join(t.TempDir(), "kept")
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
		before, err := kept.Open(sums, dir, dir)
		if err != nil {
			t.Fatal(err)
		}
		c := New(before)
		err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".html" {
				return err
			}
			text, err := os.ReadFile(name)
			name, outside := filepath.Rel(dir, name)
			c.Add(filepath.ToSlash(name), text)
			return errors.Join(err, outside)
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := c.Draw(t.Context()); err != nil || n != want {
			t.Errorf("%d cards were drawn, want %d (%v)", n, want, err)
		}
		if err := before.Save(); err != nil {
			t.Fatal(err)
		}
	}
	drawn := func() (n int) {
		t.Helper()
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if filepath.Ext(name) == ".png" {
				n++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	write("index.html", fmt.Sprintf(page, "", "Liên hiệp"))
	write("tin-tuc/index.html", fmt.Sprintf(page, "tin-tuc/", "Tin tức"))
	write("tin-tuc/trang/2/index.html", fmt.Sprintf(page, "tin-tuc/", "Tin tức"))
	write("tri-thuc/index.html", fmt.Sprintf(page, "tri-thuc/", "Tin tức")) // the same words
	write("404.html", "<!doctype html><title>404</title>")
	write("cu/index.html", strings.ReplaceAll(fmt.Sprintf(page, "cu/", "Nơi khác"), "/goc/cu/the", "/goc/khac/the"))
	build(2)
	if n := drawn(); n != 3 {
		t.Errorf("there are %d cards, want 3", n)
	}
	build(0)

	first, err := os.ReadFile(filepath.Join(dir, "the-1.png"))
	if err != nil {
		t.Fatal(err)
	}
	write("index.html", fmt.Sprintf(page, "", "Tên mới"))
	build(1)
	second, err := os.ReadFile(filepath.Join(dir, "the-1.png"))
	if err != nil || bytes.Equal(first, second) {
		t.Error("the card does not follow the title", err)
	}
	// One that somebody has changed, or that went, is drawn anew; of two pages with the
	// same words one will do.
	write("the-1.png", "by hand")
	build(1)
	if again, err := os.ReadFile(filepath.Join(dir, "the-1.png")); err != nil || !bytes.Equal(again, second) {
		t.Error("the card is not what it was", err)
	}
	if err := os.Remove(filepath.Join(dir, "tin-tuc", "the-1.png")); err != nil {
		t.Fatal(err)
	}
	build(0)
	if n := drawn(); n != 3 {
		t.Errorf("there are %d cards, want 3", n)
	}
	c := New(kept.New(filepath.Join(dir, "none")))
	c.Add("index.html", fmt.Appendf(nil, page, "", "Liên hiệp"))
	if _, err := c.Draw(t.Context()); err == nil {
		t.Error("no error without a folder")
	}
}

func BenchmarkDraw(b *testing.B) {
	d, err := newDrawer()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := d.draw(Words{Site: "Liên hiệp", Kicker: "Tin tức, 24/12/2022", Title: hard["plan"], Sentence: hard["plan"]}); err != nil {
			b.Fatal(err)
		}
	}
}

// A page that says more of its card than other sites want to know has that drawn.
func TestAPageSaysWhatStandsOnItsCard(t *testing.T) {
	const more = `<meta property="card:title" content="Lời của điều khoản"><meta property="card:sentence" content="1913–1997"><meta property="card:figure" content="7">` +
		`<meta property="card:label" content="Người"><meta property="card:emblem" content="sea">`
	src := strings.Replace(fmt.Sprintf(page, "", "Tên"), `content="Tin tức: Tên">`, `content="II.1 · Kế hoạch: Lời của điều khoản">`+more, 1)
	w, file, ok := asks(strings.NewReader(src), ".")
	if want := (Words{"Liên hiệp", "II.1 · Kế hoạch", "Lời của điều khoản", "1913–1997", "7", "Người", "sea"}); !ok || file != "the-1.png" || w != want {
		t.Errorf("%+v, %s, want %+v", w, file, want)
	}
	keys := map[kept.Key]bool{}
	for _, w := range []Words{{}, {Site: "a"}, {Kicker: "a"}, {Title: "a"}, {Sentence: "a"}, {Figure: "a"}, {Label: "a"}, {Emblem: "a"}} {
		keys[w.key()] = true
	}
	if len(keys) != 8 {
		t.Error("cards with different words are kept under one name")
	}
}
