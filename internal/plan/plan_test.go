package plan_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

// realFile is the one copy of the plan's text, which the site publishes.
const realFile = "../../content/ke-hoach/15-kh-tu/van-ban.txt"

func read(t testing.TB, file string) []byte {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// parse parses a text in which nothing may be found that should be mended.
func parse(t testing.TB, src []byte) *plan.Document {
	t.Helper()
	d, findings := plan.Parse("van-ban.txt", src)
	for _, f := range findings {
		if f.Severity == diag.Notice {
			continue
		}
		t.Errorf("%v: %s: %s", f.Pos, f.Code, f.Message(diag.English))
	}
	if d == nil {
		t.FailNow()
	}
	return d
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %v\nwant %v", what, got, want)
	}
}

func TestRealPlan(t *testing.T) {
	src := read(t, realFile)
	d := parse(t, src)

	equal(t, "number", d.Number, "15-KH/TU")
	equal(t, "type", d.Type, "Kế hoạch")
	equal(t, "issuer", d.Issuer, "Ban Thường vụ Tỉnh ủy")
	equal(t, "place", d.Place, "Bình Thuận")
	equal(t, "date", d.Date, "2021-04-05")
	equal(t, "signature", d.Signature, plan.Signature{Authority: "T/M BAN THƯỜNG VỤ", Position: "PHÓ BÍ THƯ", Name: "Nguyễn Hoài Anh"})
	if !strings.HasPrefix(d.Title, "thực hiện Kết luận số 93-KL/TW, ngày") || !strings.HasSuffix(d.Title, "hiện đại hóa đất nước") {
		t.Errorf("title: %s", d.Title)
	}
	equal(t, "paragraphs of the preamble", len(d.Preamble), 1)

	equal(t, "IDs", ids(d), "i i-1 i-2 "+
		"ii ii-1 ii-1-1 ii-1-2 ii-2 ii-2-1 ii-2-2 ii-2-3 ii-2-4 ii-3 ii-3-1 ii-3-2 ii-3-3 "+
		"ii-4 ii-4-1 ii-4-2 ii-4-3 ii-4-4 ii-5 ii-5-1 ii-5-2 ii-5-3 "+
		"iii iii-1 iii-2 iii-3")
	equal(t, "line of II.1", d.Provision("ii-1").Line, 76)
	equal(t, "heading of II", d.Provision("ii").Text, "NHIỆM VỤ VÀ GIẢI PHÁP")
	equal(t, "paragraphs of II", len(d.Provision("ii").Paragraphs), 1)
	equal(t, "no such provision", d.Provision("iv"), nil)
	// The slip "trng" is the document's own, and the hyphen at the beginning of a
	// line is no dash.
	if text := d.Provision("ii-3-2").Text; !strings.HasSuffix(text, "sáng tạo trng hoạt động khoa học - công nghệ.") {
		t.Errorf("II.3, second dash: %s", text)
	}
	if text := d.Provision("i-2").Text; !strings.Contains(text, "Chương trình hành động số 2073/CTr-UBND, ngày 09/5/2011") {
		t.Errorf("I.2: %s", text)
	}

	equal(t, "recipients", strings.Join(d.Recipients, "\n"), `Ban Bí thư Trung ương Đảng ,
Ban Tuyên giáo Trung ương Đảng, (để báo cáo)
Các đảng đoàn, ban cán sự đảng,
Mặt trận Tổ quốc Việt Nam và các đoàn thể tỉnh,
Các ban của Tỉnh ủy,
Các sở, ban, ngành,
Các huyện, thị, thành ủy, đảng ủy trực thuộc,
Các đồng chí Tỉnh ủy viên,
Lưu Văn phòng Tỉnh ủy (HMT).`)

	all := "title preamble i-2 ii ii-1-1 iii-1 iii-3"
	equal(t, "citations", citations(d), strings.Join([]string{
		"93-KL/TW|Kết luận|Ban Bí thư Trung ương Đảng|2020-11-20|" + all,
		"42-CT/TW|Chỉ thị|Bộ Chính trị (khóa X)|2010-04-16|" + all,
		"52-CT/TU|Chỉ thị|Ban Thường vụ Tỉnh ủy (khóa XI)||i-2 ii ii-1-1 iii-1 iii-3",
		"2073/CTr-UBND|Chương trình hành động|Ủy ban nhân dân tỉnh|2011-05-09|i-2",
	}, "\n"))

	equal(t, "content", d.Content(), string(bytes.Join(bytes.Fields(src), nil)))
}

// ids lists the IDs in the order of the text.
func ids(d *plan.Document) string {
	var all []string
	d.Walk(func(p, parent *plan.Provision) {
		if parent != nil && !slices.Contains(parent.Children, p) {
			panic("Walk gives the wrong parent")
		}
		all = append(all, p.ID)
	})
	return strings.Join(all, " ")
}

func citations(d *plan.Document) string {
	var b strings.Builder
	for i, c := range d.Citations {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.Join([]string{c.Number, c.Kind, c.Issuer, c.Date, strings.Join(c.At, " ")}, "|"))
	}
	return b.String()
}
