package kit

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/viet"
)

// TestTalksAreAsLongAsTheySay holds that no talk is longer than its minutes, that few are
// much shorter, and that all that is said of the plan is in them, in order.
func TestTalksAreAsLongAsTheySay(t *testing.T) {
	c, p := shippedPlan(t)
	k := New(c, p, "https://lienhiep.example/")
	if err := k.Explain(os.DirFS("../.."), c, p); err != nil {
		t.Fatal(err)
	}
	paragraphs := k.spoken()
	var want []string
	for _, paragraph := range paragraphs {
		want = append(want, paragraph...)
	}
	last := 0
	for _, minutes := range slices.Backward(talkMinutes) {
		talks := k.talks(paragraphs, minutes)
		if len(talks) <= last {
			t.Errorf("%d talks of %d minutes, no more than of longer ones", len(talks), minutes)
		}
		last = len(talks)
		var said []string
		short := 0
		for i, one := range talks {
			n := syllables(k.opening(i+1, len(talks)))
			for _, paragraph := range one.sentences {
				said = append(said, paragraph...)
				n += syllables(strings.Join(paragraph, " "))
			}
			if n > minutes*syllablesAMinute {
				t.Errorf("talk %d of %d minutes has %d syllables", i+1, minutes, n)
			}
			if n < minutes*syllablesAMinute*4/10 {
				short++
			}
		}
		if short > 1+len(talks)/4 {
			t.Errorf("%d of %d talks of %d minutes are short", short, len(talks), minutes)
		}
		if strings.Join(said, " ") != strings.Join(want, " ") {
			t.Errorf("talks of %d minutes do not say all, in order", minutes)
		}
	}
}

// TestTalksSayWhatTheVoiceSays holds that the plan's own words are said as a browser's
// voice says them, after what explains them.
func TestTalksSayWhatTheVoiceSays(t *testing.T) {
	c, p := shippedPlan(t)
	k := New(c, p, "https://lienhiep.example/")
	if err := k.Explain(os.DirFS("../.."), c, p); err != nil {
		t.Fatal(err)
	}
	files, err := talkFiles(k)
	if err != nil || len(files) != 6 {
		t.Fatal(len(files), err)
	}
	text := string(files[0].Data)
	if files[0].Name != "15-kh-tu-phat-thanh-1-phut.txt" || files[1].Name != "15-kh-tu-phat-thanh-1-phut.docx" {
		t.Errorf("%s, %s", files[0].Name, files[1].Name)
	}
	for _, want := range []string{
		"140 tiếng một phút",
		"Tìm hiểu Kế hoạch số mười lăm, Tỉnh ủy, bài một trên ",
		"Kế hoạch trong ba phút.",
		viet.Spoken("- Chủ động đặt hàng cho Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh trong việc thực hiện nhiệm vụ tư vấn, phản biện và giám định xã hội đối với các chương trình, dự án, đề án… phát triển kinh tế - xã hội của tỉnh."),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q", want)
		}
	}
	_, body, _ := strings.Cut(text, "\n\n[")
	for line := range strings.Lines(body) {
		if strings.HasPrefix(line, "Bài ") || strings.Contains(line, " tiếng)]") { // names of talks
			continue
		}
		if strings.ContainsAny(line, "0123456789/") {
			t.Errorf("it is not all in words: %s", line)
		}
	}
	for _, not := range []string{"Đọc tiếp", "Toàn văn kế hoạch"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is said", not)
		}
	}
}

// TestTalksHaveNoSignsOfTables holds that headings in capitals, rows of tables and words
// that end a quotation are said as people say them.
func TestTalksHaveNoSignsOfTables(t *testing.T) {
	k := of(t, read(t, "../plan/testdata/quyet-dinh-kem-theo.txt"), "", nil)
	var said []string
	for _, paragraph := range k.spoken() {
		said = append(said, strings.Join(paragraph, " "))
	}
	for _, want := range []string{"Chương một. Quy định chung.", "Xã loại hai; tám; Trước năm hai nghìn không trăm hai mươi tư.", "Hai. Phải trả sách."} {
		if !slices.Contains(said, want) {
			t.Errorf("there is no %q", want)
		}
	}
	all := strings.Join(said, "\n")
	if strings.ContainsAny(all, "|") || strings.Contains(all, "..") {
		t.Error(all)
	}
	for _, slide := range slidesOf(t, k).slides {
		if written := fmt.Sprint(slide.Texts, slide.Notes); strings.Contains(written, " | ") {
			t.Error(written)
		}
	}
	k.Document.Type, k.Document.Title = "Luật", "THƯ VIỆN MẪU"
	if !slices.ContainsFunc(k.spoken(), func(p []string) bool { return p[0] == "Luật Thư viện mẫu." }) {
		t.Error("a title in capitals is not said")
	}
}

// TestALongTitleLeavesRoomBelowASlide holds that no title reaches the slide's number.
func TestALongTitleLeavesRoomBelowASlide(t *testing.T) {
	d := &deck{Kit: &Kit{Title: strings.Repeat("Kế hoạch rất dài ", 20), URL: "https://lienhiep.example/"}}
	if foot := d.foot(); len([]rune(foot)) > 100 || !strings.HasSuffix(foot, "… · lienhiep.example") {
		t.Error(foot)
	}
}
