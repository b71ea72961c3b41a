package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
)

// quarters is a picture whose four quarters tell which way up it is.
func quarters(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, quarter[2*y/h][2*x/w])
		}
	}
	return m
}

var quarter = [2][2]color.NRGBA{
	{{200, 30, 30, 255}, {30, 180, 30, 255}},
	{{30, 30, 200, 255}, {240, 240, 240, 255}},
}

// names of the quarters, read at a picture's corners: top left, top right,
// bottom left, bottom right.
func corners(img image.Image) string {
	b := img.Bounds()
	var s strings.Builder
	for _, p := range []image.Point{
		{b.Min.X + b.Dx()/8, b.Min.Y + b.Dy()/8}, {b.Max.X - b.Dx()/8, b.Min.Y + b.Dy()/8},
		{b.Min.X + b.Dx()/8, b.Max.Y - b.Dy()/8}, {b.Max.X - b.Dx()/8, b.Max.Y - b.Dy()/8}} {
		r, g, bl, _ := img.At(p.X, p.Y).RGBA()
		switch {
		case r > 0x8000 && g > 0x8000:
			s.WriteByte('w')
		case r > g && r > bl:
			s.WriteByte('r')
		case g > bl:
			s.WriteByte('g')
		default:
			s.WriteByte('b')
		}
	}
	return s.String()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment puts a segment at the head of a JPEG.
func segment(src []byte, marker byte, body string) []byte {
	s := []byte{0xFF, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}
	return slices.Concat(src[:2], s, []byte(body), src[2:])
}

// exif is what a phone writes: the orientation, and a place.
func exif(orientation uint16) string {
	be := binary.BigEndian
	b := []byte("MM\x00*\x00\x00\x00\x08")
	b = be.AppendUint16(b, 2)
	b = be.AppendUint32(b, 0x01120003)
	b = be.AppendUint32(b, 1)
	b = be.AppendUint16(b, orientation)
	b = be.AppendUint16(b, 0)
	b = be.AppendUint32(b, 0x88250004) // GPS
	b = be.AppendUint32(b, 1)
	b = be.AppendUint32(b, 38)
	b = be.AppendUint32(b, 0)
	b = be.AppendUint16(b, 1)
	b = be.AppendUint32(b, 0x00010002) // GPSLatitudeRef
	b = be.AppendUint32(b, 2)
	b = append(b, 'N', 0, 0, 0)
	b = be.AppendUint32(b, 0)
	return "Exif\x00\x00" + string(b)
}

// chunk puts a chunk into a PNG, behind its header.
func chunk(src []byte, kind, body string) []byte {
	c := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	c = append(c, kind+body...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE([]byte(kind+body)))
	return slices.Concat(src[:33], c, src[33:])
}

// riff makes a WebP file of chunks, none of which is a picture.
func riff(chunks ...string) []byte {
	body := "WEBP"
	for _, c := range chunks {
		data := c[4:]
		body += c[:4] + string(binary.LittleEndian.AppendUint32(nil, uint32(len(data)))) + data
		if len(data)%2 == 1 {
			body += "\x00"
		}
	}
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body)
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func gifOf(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, quarters(16, 16), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCarried(t *testing.T) {
	plain := jpegOf(t, quarters(32, 16))
	drawn := pngOf(t, quarters(32, 16))
	moving := gifOf(t)
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"jpeg", plain, ""},
		{"exif", segment(plain, 0xE1, exif(1)), "EXIF"},
		{"exif behind another segment", segment(segment(plain, 0xE1, exif(1)), 0xE2, "ICC_PROFILE\x00\x01\x01"), "EXIF"},
		{"xmp", segment(plain, 0xE1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta/>"), "XMP"},
		{"iptc", segment(plain, 0xED, "Photoshop 3.0\x008BIM\x04\x04"), "IPTC"},
		{"comment", segment(plain, 0xFE, "taken at home"), "comment"},
		{"second picture", segment(plain, 0xE2, "MPF\x00MM"), "application data"},
		{"film behind the picture", append(slices.Clone(plain), "ftypmp42"...), "data after the picture"},
		{"padding", append(slices.Clone(plain), 0, 0), ""},
		{"profile", segment(plain, 0xE2, "ICC_PROFILE\x00\x01\x01"), ""},
		{"cut short", plain[:len(plain)/2], ""},
		{"png", drawn, ""},
		{"png exif", chunk(drawn, "eXIf", exif(1)[6:]), "EXIF"},
		{"png xmp", chunk(drawn, "iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00<x/>"), "XMP"},
		{"png profile as text", chunk(drawn, "zTXt", "Raw profile type exif\x00\x00x"), "EXIF"},
		{"png iptc as text", chunk(drawn, "tEXt", "Raw profile type iptc\x00x"), "IPTC"},
		{"png text", chunk(drawn, "tEXt", "Author\x00A"), "comment"},
		{"png of a QR code", chunk(drawn, "tEXt", codeRemark), ""},
		{"png of another program", chunk(drawn, "tEXt", codeRemark+"A"), "comment"},
		{"png tail", append(slices.Clone(drawn), "PK"...), "data after the picture"},
		{"gif", moving, ""},
		{"gif comment", slices.Concat(moving[:len(moving)-1], []byte("\x21\xFE\x02ab\x00;")), "comment"},
		{"gif xmp", slices.Concat(moving[:len(moving)-1], []byte("\x21\xFF\x0BXMP DataXMP\x02ab\x00;")), "XMP"},
		{"gif loops", slices.Concat(moving[:len(moving)-1], []byte("\x21\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00\x00;")), ""},
		{"webp", riff("VP8X123456789a", "VP8 x"), ""},
		{"webp exif", riff("VP8X123456789a", "VP8 x", "EXIF12"), "EXIF"},
		{"webp xmp", riff("VP8 xy", "XMP <x/>"), "XMP"},
		{"webp tail", append(riff("VP8 xy"), "PK"...), "data after the picture"},
		{"heic", read(t, "camera.heic"), "EXIF XMP"},
		{"avif", read(t, "camera.avif"), "EXIF XMP"},
		{"tiff", []byte("II*\x00\x08\x00\x00\x00"), "EXIF"},
		{"icon", icon(chunk(drawn, "eXIf", "x")), "EXIF"},
		{"text", []byte("PNG"), ""},
		{"nothing", nil, ""},
	}
	for _, tt := range tests {
		if got := strings.Trim(fmt.Sprintf("%q", Carried(tt.data)), "[]"); strings.ReplaceAll(got, `"`, "") != tt.want {
			t.Errorf("%s: Carried = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func icon(picture []byte) []byte {
	b := []byte("\x00\x00\x01\x00\x01\x00\x10\x10\x00\x00\x01\x00\x20\x00")
	b = binary.LittleEndian.AppendUint32(b, uint32(len(picture)))
	b = binary.LittleEndian.AppendUint32(b, 22)
	return append(b, picture...)
}

// TestCleanTurnsUpright holds each of the eight ways to hold a camera against
// what its owner saw.
func TestCleanTurnsUpright(t *testing.T) {
	// What the file holds for the picture "rgbw" to be seen, by EXIF's definition:
	// 6 says that the first row is the right side, and so on.
	for n, want := range map[uint16]string{1: "rgbw", 2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg", 7: "wgbr", 8: "gwrb"} {
		clean, ext, err := Clean(segment(jpegOf(t, quarters(96, 64)), 0xE1, exif(n)), Crop{})
		if err != nil || ext != ".jpg" {
			t.Fatal(ext, err)
		}
		img, err := jpeg.Decode(bytes.NewReader(clean))
		if err != nil {
			t.Fatal(err)
		}
		if got := corners(img); got != want {
			t.Errorf("orientation %d: corners %s, want %s", n, got, want)
		}
		if wide := img.Bounds().Dx() == 96; wide != (n <= 4) {
			t.Errorf("orientation %d: %v", n, img.Bounds())
		}
		if got := Carried(clean); got != nil {
			t.Errorf("orientation %d: still carries %v", n, got)
		}
	}
}

// TestCleanHEIC reads what a phone takes: lying on its side, turned by the
// format's own instruction, with the place in EXIF and XMP.
func TestCleanHEIC(t *testing.T) {
	clean, ext, err := Clean(read(t, "camera.heic"), Crop{})
	if err != nil || ext != ".jpg" {
		t.Fatal(ext, err)
	}
	img, err := jpeg.Decode(bytes.NewReader(clean))
	if err != nil {
		t.Fatal(err)
	}
	if got := corners(img); got != "brwg" || img.Bounds().Dx() != 192 || img.Bounds().Dy() != 288 {
		t.Errorf("corners %s in %v", got, img.Bounds())
	}
	if got := Carried(clean); got != nil {
		t.Errorf("still carries %v", got)
	}
}

func TestCleanBoundsAndCrops(t *testing.T) {
	clean, _, err := Clean(jpegOf(t, quarters(5120, 100)), Crop{})
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := jpeg.DecodeConfig(bytes.NewReader(clean)); c.Width != Longest || c.Height != 50 {
		t.Errorf("%d × %d", c.Width, c.Height)
	}
	clean, ext, err := Clean(pngOf(t, quarters(80, 40)), Crop{Left: 0.5, Bottom: 0.5})
	if err != nil || ext != ".png" {
		t.Fatal(ext, err)
	}
	img, err := png.Decode(bytes.NewReader(clean))
	if err != nil {
		t.Fatal(err)
	}
	if got := corners(img); got != "gggg" || img.Bounds().Dx() != 40 || img.Bounds().Dy() != 20 {
		t.Errorf("corners %s in %v", got, img.Bounds())
	}
}

// TestCleanKeepsColours converts the wide colours of phones: the same bytes mean
// a stronger red in Display P3 than in sRGB.
func TestCleanKeepsColours(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	for i := range m.Pix {
		m.Pix[i] = [4]byte{200, 100, 100, 255}[i%4]
	}
	profile := p3()
	src := segment(jpegOf(t, m), 0xE2, "ICC_PROFILE\x00\x01\x01"+string(profile))
	if Ready("a.jpg", src) {
		t.Error("a picture in other colours is taken as it is")
	}
	clean, _, err := Clean(src, Crop{})
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(clean))
	if err != nil {
		t.Fatal(err)
	}
	r, g, b, _ := img.At(8, 8).RGBA()
	// By the definition of both spaces: P3 (200, 100, 100) is sRGB (215, 96, 98).
	if near := func(got uint32, want int) bool { return abs(int(got>>8)-want) <= 3 }; !near(r, 215) || !near(g, 96) || !near(b, 98) {
		t.Errorf("sRGB (%d, %d, %d)", r>>8, g>>8, b>>8)
	}
}

func abs(n int) int { return max(n, -n) }

// p3 is the profile of Display P3 as phones write it: three colorants, one curve.
func p3() []byte {
	s15 := func(v float64) []byte { return binary.BigEndian.AppendUint32(nil, uint32(int32(v*65536+0.5))) }
	xyz := func(x, y, z float64) []byte {
		return slices.Concat([]byte("XYZ \x00\x00\x00\x00"), s15(x), s15(y), s15(z))
	}
	curve := slices.Concat([]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), s15(2.4), s15(1/1.055), s15(0.055/1.055), s15(1/12.92), s15(0.04045))
	tags := []struct {
		name string
		data []byte
	}{
		{"rXYZ", xyz(0.51512, 0.24120, -0.00105)}, {"gXYZ", xyz(0.29198, 0.69225, 0.04189)}, {"bXYZ", xyz(0.15710, 0.06657, 0.78407)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	p := make([]byte, 128)
	copy(p[16:], "RGB XYZ ")
	p = binary.BigEndian.AppendUint32(p, uint32(len(tags)))
	at := len(p) + 12*len(tags)
	var data []byte
	for _, tag := range tags {
		p = append(p, tag.name...)
		p = binary.BigEndian.AppendUint32(p, uint32(at+len(data)))
		p = binary.BigEndian.AppendUint32(p, uint32(len(tag.data)))
		data = append(data, tag.data...)
	}
	return append(p, data...)
}

func TestReady(t *testing.T) {
	small := jpegOf(t, quarters(64, 32))
	for _, tt := range []struct {
		name string
		data []byte
		want bool
	}{
		{"plain.jpg", small, true},
		{"plain.JPEG", small, true},
		{"misnamed.png", small, false},
		{"exif.jpg", segment(small, 0xE1, exif(1)), false},
		{"large.jpg", jpegOf(t, quarters(Longest+1, 4)), false},
		{"iphone.heic", read(t, "camera.heic"), false},
		{"text.jpg", []byte("x"), false},
	} {
		if got := Ready(tt.name, tt.data); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestBadPictures(t *testing.T) {
	bomb := pngOf(t, quarters(4, 4))
	binary.BigEndian.PutUint32(bomb[16:], 60_000)
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	plain := jpegOf(t, quarters(64, 64))
	heicBomb := read(t, "camera.heic")
	i := bytes.Index(heicBomb, []byte("ispe"))
	binary.BigEndian.PutUint32(heicBomb[i+8:], 100_000)
	binary.BigEndian.PutUint32(heicBomb[i+12:], 100_000)
	for _, tt := range []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, ErrFormat},
		{"svg", []byte("<svg/>"), ErrFormat},
		{"avif", read(t, "camera.avif"), ErrFormat},
		{"pixels", bomb, ErrTooLarge},
		{"bytes", append(slices.Clone(plain), make([]byte, MaxBytes)...), ErrTooLarge},
		{"cut jpeg", plain[:len(plain)/2], ErrDamaged},
		{"cut heic", read(t, "camera.heic")[:600], ErrDamaged},
		{"narrow heic", narrowHEIC(t), ErrTooSmall},
	} {
		if _, _, err := Clean(tt.data, Crop{}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if _, _, err := Clean(heicBomb, Crop{}); err == nil {
		t.Error("a HEIC of a hundred thousand pixels a side was read")
	}
}

// narrowHEIC is one whose header says that it is 100 pixels wide.
func narrowHEIC(t *testing.T) []byte {
	data := read(t, "camera.heic")
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("ispe"))
		if i < 0 {
			return data
		}
		at += i + 4
		binary.BigEndian.PutUint32(data[at+8:], 100) // it lies on its side
	}
}

// FuzzClean wants of any bytes at all: no panic, and whatever comes out carries
// nothing and is small enough.
func FuzzClean(f *testing.F) {
	small := jpegOf(f, quarters(16, 8))
	f.Add(small)
	f.Add(segment(small, 0xE1, exif(6)))
	f.Add(segment(small, 0xE2, "ICC_PROFILE\x00\x01\x01"+string(p3())))
	f.Add(pngOf(f, quarters(8, 8)))
	f.Add(gifOf(f))
	f.Add(riff("VP8 xy", "EXIF12"))
	f.Add(icon(pngOf(f, quarters(8, 8))))
	f.Add(read(f, "camera.heic"))
	f.Add(read(f, "camera.avif"))
	f.Fuzz(func(t *testing.T, data []byte) {
		Carried(data)
		colourProfile(data)
		if Sniff(data) == HEIC { // WASM, bounded by its own sandbox; too slow to fuzz here
			return
		}
		if c, err := Check(bytes.NewReader(data)); err != nil || c.Width*c.Height > 1<<20 {
			return
		}
		clean, ext, err := Clean(data, Crop{})
		if err != nil {
			return
		}
		if got := Carried(clean); got != nil || len(ext) != 4 || !Ready("a"+ext, clean) {
			t.Error(fmt.Sprint(got, ext, Ready("a"+ext, clean)))
		}
	})
}
