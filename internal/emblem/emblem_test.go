package emblem

import (
	"math"
	"testing"
)

// Every motif is a drawing within its square, and every word leads to one.
func TestMotifsAreDrawnWithinTheirSquare(t *testing.T) {
	if n := len(Paths); n < 12 || n > 24 {
		t.Errorf("%d motifs", n)
	}
	for name, path := range Paths {
		lines, err := Lines(path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var least, most = Point{Size, Size}, Point{}
		for _, line := range lines {
			if len(line) < 2 {
				t.Errorf("%s has a line of %d points", name, len(line))
			}
			for _, at := range line {
				least = Point{min(least.X, at.X), min(least.Y, at.Y)}
				most = Point{max(most.X, at.X), max(most.Y, at.Y)}
			}
		}
		const edge = Stroke / 2
		if least.X < edge || least.Y < edge || most.X > Size-edge || most.Y > Size-edge {
			t.Errorf("%s reaches from %v to %v", name, least, most)
		}
		if most.Y-least.Y < Size/2 {
			t.Errorf("%s is small: from %v to %v", name, least, most)
		}
		if len(path) > 500 {
			t.Errorf("%s weighs %d bytes on every page that shows it", name, len(path))
		}
	}
	used := map[string]bool{General: true}
	for _, w := range words {
		used[w.motif] = true
		if Paths[w.motif] == "" {
			t.Errorf("no motif %s", w.motif)
		}
	}
	if len(used) != len(Paths) {
		t.Errorf("%d motifs, of which fields have %d", len(Paths), len(used))
	}
}

func TestMotifOfAField(t *testing.T) {
	for field, want := range map[string]string{
		"Y học": "medicine", "y tế": "medicine", "Sức khỏe": "medicine", "Y sinh học": "biology", "Dược học": "chemistry", "Hóa học": "chemistry", "Công nghệ hoá học": "chemistry",
		"Nông nghiệp": "agriculture", "Nông học": "agriculture", "Toán học": "mathematics", "Vật lý": "physics", "Vật lí hạt nhân": "physics",
		"Kỹ thuật quân sự": "engineering", "Kĩ thuật": "engineering", "Công nghiệp": "engineering", "Công nghệ thông tin": "computing", "Sử học": "history", "Di sản văn hóa": "history",
		"Sinh học": "biology", "Công nghệ sinh học": "biology", "Kiến trúc": "architecture", "Xây dựng": "construction", "Quy hoạch": "planning", "Giáo dục": "education",
		"Văn hóa": "society", "Khoa học xã hội và nhân văn": "society", "Văn hóa, xã hội": "society", "Thủy sản": "sea", "Thuỷ sản": "sea", "Kinh tế biển": "sea",
		"Môi trường": "environment", "Biến đổi khí hậu": "environment", "Khí tượng": "weather", "Khí tượng thủy văn": "weather", "Meteorology": "weather", "Du lịch": "tourism", "Năng lượng": "energy", "Kỹ thuật điện": "energy", "Nghệ thuật biểu diễn": "society", "Lâm nghiệp": "environment", "Kinh tế": "economy", "Medicine": "medicine",
		// "Khoa học" is no chemistry, and "ý" no medicine.
		"Khoa học": General, "Khoa học cơ bản": General, "Ý tưởng": General, "Thể thao": General, "": General,
	} {
		if got := Of(field); got != want {
			t.Errorf("%q: %s, want %s", field, got, want)
		}
	}
}

func TestLinesFollowThePath(t *testing.T) {
	for path, want := range map[string][]Point{
		"M1 2L3 4": {{1, 2}, {3, 4}}, "m1 2l3 4": {{1, 2}, {4, 6}}, "M1,2 3,4": {{1, 2}, {3, 4}}, "M1 2h3v-1Z": {{1, 2}, {4, 2}, {4, 1}, {1, 2}},
		"M1 2H3V1": {{1, 2}, {3, 2}, {3, 1}}, "M.5.5l1-2": {{.5, .5}, {1.5, -1.5}}, "M1 2h3 4": {{1, 2}, {4, 2}, {8, 2}},
	} {
		lines, err := Lines(path)
		if err != nil || len(lines) != 1 {
			t.Fatalf("%s: %v, %v", path, lines, err)
		}
		for i, at := range lines[0] {
			if len(lines[0]) != len(want) || at != want[i] {
				t.Errorf("%s: %v, want %v", path, lines[0], want)
				break
			}
		}
	}
	// A circle of two arcs keeps its distance; a turned ellipse reaches its ends.
	circle, err := Lines("M10 32a22 22 0 1 0 44 0a22 22 0 1 0-44 0")
	if err != nil {
		t.Fatal(err)
	}
	top, bottom := 0.0, 0.0
	for _, at := range circle[0] {
		if far := math.Hypot(at.X-32, at.Y-32); math.Abs(far-22) > .01 {
			t.Errorf("%v is %.2f from the middle", at, far)
		}
		top, bottom = min(top, at.Y-32), max(bottom, at.Y-32)
	}
	if top > -21.9 || bottom < 21.9 {
		t.Errorf("the circle reaches from %.1f to %.1f", top, bottom)
	}
	for _, path := range []string{"1 2", "M1", "M1 2X3", "M1 2L3", "M1 2L3 x"} {
		if lines, err := Lines(path); err == nil {
			t.Errorf("%s: %v", path, lines)
		}
	}
}
