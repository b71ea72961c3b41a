package plan_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
	"lienhiep/internal/verbatim"
)

// FuzzParse gives the parser any bytes.
func FuzzParse(f *testing.F) {
	for _, src := range fixtures(f) {
		f.Add(src)
	}
	for _, src := range []string{
		"", "\xff", "Số 1-KH/TU", "- ", "1.\n2.\n3.", "I.\n1.\n1.1.\na)\n-\n+", "\f2\n\f3\n",
		small("I. A\n1. B\n- C\n+ D"), small("Điều 1. A\n1. B\na) C\nChương II\nD"), small("- a - b\n- C"),
		small("1. A.\n2\n2. B.\nPhần thứ nhất\nC\nA. D\nI. E"),
		// What earlier runs found.
		small("Phần thứ nhất\n: A"), small("Chương I\nQuy định chung"), small("I. A B\nNơi\nnhận: C"), small("Phần thứ nhất\n2\nUBND"),
		small("GIÁM ĐỐC SỞ\ncăn cứ\n1. A"), small("TỈNH ỦY MẪU\ncác sở,\nI. MỤC ĐÍCH\ntại Điều\nĐiều 1. ."),
		small("ĐẢNG CỘNG SẢN\n)\nUBND\n1. A"), small("Phần thứ nhất\ncác sở,\nV/v thử\nUBND"),
		small("1. A.\nT/M BAN\nBÍ THƯ\nNguyễn Văn A\nPHỤ LỤC I\ncác sở"),
		"Số: 1-\nngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nA\n1. B", "Số 1-A\nngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nA\n---   --\n1. B.\nT/M BAN\nNguyễn Văn A",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) { hold(t, src) })
}

// FuzzLines puts documents together from the lines that official documents are
// made of, in any order: one byte of the input chooses one line.
func FuzzLines(f *testing.F) {
	f.Add([]byte("\x00\x01\x02"), true)
	f.Add([]byte("\x00\x08\x0a\x10\x11"), false)
	f.Fuzz(func(t *testing.T, choice []byte, framed bool) {
		var b strings.Builder
		for _, c := range choice {
			b.WriteString(fragments[int(c)%len(fragments)])
		}
		src := b.String()
		if framed {
			src = small(src)
		}
		hold(t, []byte(src))
	})
}

// badFormat is what a message shows when its format does not fit its arguments.
var badFormat = regexp.MustCompile(`%!.?\((?:BADINDEX|EXTRA|MISSING|NOVERB)`)

var fragments = []string{
	"I. MỤC ĐÍCH\n", "II. NHIỆM VỤ ", "1. Tăng cường\n", "2. Tăng cường sự lãnh đạo của Đảng.\n", "3)", "1.1. Rà soát ", "1.2 Rà soát;\n", "a) Tập thể;\n", "b) cá nhân.\n", "c.\n",
	"đ) ", "- Tiếp tục quán triệt.\n", "- công nghệ", "- ", "-\n", "+ Cổng;\n", "+ cổng ", "Điều 1. ", "Điều 2.\n", "Điều 3 của Luật\n", "Chương I\n", "Chương II. HỒ SƠ\n",
	"QUY ĐỊNH CHUNG\n", "Phần thứ nhất\n", "A. ĐẶC ĐIỂM\n", "B. ", "Mục 1\n", "\n", "\n\n", "\f", "2\n", "\n3\n", "- 4 -\n", "Trang 5\n", "2021.\n", " ", "   ", "\t",
	"khoa học", "khoa học\n", "Các cấp ủy ", "Các cấp ủy.\n", "các sở, ban, ngành,\n", "theo khoản\n", "tại Điều\n", "(sau đây ", ")\n", "Chỉ thị số 42-CT/TW", ", ngày 16/4/2010 của Bộ Chính trị (khóa X)\n",
	"2073/CTr-\n", "UBND", "Căn cứ Luật số 29/2013/QH13;\n", "QUYẾT ĐỊNH:\n", "GIÁM ĐỐC SỞ\n", "-----\n", "*\n", "Nơi nhận:\n", "Nơi nhận: ", "T/M BAN THƯỜNG VỤ\n", "KT. CHỦ TỊCH\n",
	"PHÓ BÍ THƯ\n", "Nguyễn Văn A\n", "(Đã ký)\n", "PHỤ LỤC I\n", "Kính gửi: ", "V/v thử\n", "Số 7-CT/TU\n", "TỈNH ỦY MẪU\n", "ĐẢNG CỘNG SẢN VIỆT NAM\n", "Mẫu, ngày 1 tháng 2 năm 2021\n", "KẾ HOẠCH\n", "CHƯƠNG TRÌNH\n",
	"HÀNH ĐỘNG\n", "CỦA BAN THƯỜNG VỤ\n", "Thực hiện ", "…", "./.\n", "“Điều 5.", "\u0301", "\u200b",
	"nêu “", "“1. Mua sách\n", "tại “Điều 6. Về", "”", "C”.\n", "l. Mở lớp.\n", "1O. Mở lớp\n", "Il. MỞ LỚP\n", "Điểu 2. Mở\n", "Mẫu số 01\n", "Xã\tSách\n", "| A | B |\n",
}

// hold checks what must be true of any source: it is read or refused, with findings
// that can be said; and what is read is the source, and is read again from its
// canonical text.
func hold(t *testing.T, src []byte) {
	t.Helper()
	d, findings := plan.Parse("f", src)
	for _, finding := range findings {
		if finding.Code == "plan-words-lost" {
			t.Fatal(finding.Message(diag.English))
		}
		for _, lang := range []diag.Lang{diag.Vietnamese, diag.English} {
			if s := finding.Message(lang) + finding.Hint(lang); s == "" || badFormat.MatchString(s) {
				t.Fatalf("%s: %s", finding.Code, s)
			}
		}
	}
	if (d == nil) != diag.HasErrors(findings) {
		t.Fatal("a document in spite of an error, or none without")
	}
	if d == nil {
		return
	}
	if _, err := verbatim.Compare(string(src), d.Content()); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	d.Walk(func(p, parent *plan.Provision) {
		if seen[p.ID] || p.ID == "" || strings.Trim(p.ID, "-abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			t.Fatalf("ID %q", p.ID)
		}
		seen[p.ID] = true
	})
	for _, c := range d.Citations {
		if c.Number == "" || c.Number == d.Number || len(c.At) == 0 {
			t.Fatalf("citation %+v", c)
		}
	}
	for _, text := range d.Preamble {
		last := 0
		for _, m := range d.Mentions(text) {
			if m.Start < last || m.End <= m.Start || m.End > len(text) || !utf8.ValidString(text[m.Start:m.End]) {
				t.Fatalf("mention %+v in %q", m, text)
			}
			last = m.End
		}
	}
	if len(findings) > 0 {
		return // its canonical text is no clearer than it
	}
	again, findings := plan.Parse("g", []byte(plan.Format(d)))
	if again == nil {
		t.Fatalf("the canonical text is refused: %v\n%s", findings[0].Message(diag.English), plan.Format(d))
	}
	if got, want := tree(t, again), tree(t, d); got != want {
		t.Fatalf("another tree from the canonical text\n%s\n got %s\nwant %s\nsource:\n%q", plan.Format(d), got, want, src)
	}
}

// small is a whole document around a body.
func small(body string) string {
	return "Số 1-KH/TU\nMẫu, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nthử\n-----\nNhư sau:\n" + body + ".\nNơi nhận:\n- Như trên.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A\n"
}
