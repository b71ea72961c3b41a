package compare_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"lienhiep/internal/compare"
	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

// document is a whole invented document around a body.
func document(t testing.TB, body string) *plan.Document {
	t.Helper()
	src := "Số 1-KH/TU\nMẫu, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nthử\n-----\nNhư sau:\n" + body + "\nNơi nhận:\n- Như trên.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A\n"
	d, findings := plan.Parse("f.txt", []byte(src))
	if d == nil {
		t.Fatalf("%s\n%s", findings[0].Message(diag.English), src)
	}
	return d
}

const before = `I. MỤC ĐÍCH
1. Nâng cao chất lượng hoạt động của các hội.
2. Phát huy vai trò của trí thức trong tỉnh.
II. NHIỆM VỤ
- Tổ chức hội thi sáng tạo hằng năm.
- Tôn vinh trí thức tiêu biểu hai năm một lần.
- Mở lớp tập huấn cho hội viên ở các huyện.`

// summary is a line for each change.
func summary(c *compare.Comparison) string {
	lines := []string{fmt.Sprintf("same %d", c.Same)}
	for _, change := range c.Changes {
		line := string(change.Kind)
		if change.From != nil {
			line += " " + change.From.ID
		}
		if change.To != nil {
			line += " > " + change.To.ID
		}
		for _, p := range change.Words {
			switch p.Op {
			case compare.Deleted:
				line += " [-" + p.Text + "-]"
			case compare.Inserted:
				line += " {+" + p.Text + "+}"
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestWhatHappenedToEachClause(t *testing.T) {
	for _, test := range []struct{ name, after, want string }{
		{"nothing", before, "same 18"},
		{"words", strings.Replace(before, "hai năm một lần", "mỗi năm một lần", 1), "same 17\nchanged ii-2 > ii-2 [-hai-] {+mỗi+}"},
		{"added in the middle", strings.Replace(before, "- Tôn vinh", "- Mở chuyên trang trên báo tỉnh.\n- Tôn vinh", 1),
			"same 16\nadded > ii-2 {+- Mở chuyên trang trên báo tỉnh.+}\nmoved ii-2 > ii-3\nmoved ii-3 > ii-4"},
		{"dropped", strings.Replace(before, "- Tổ chức hội thi sáng tạo hằng năm.\n", "", 1),
			"same 15\ndropped ii-1 [-- Tổ chức hội thi sáng tạo hằng năm.-]\nmoved ii-2 > ii-1\nmoved ii-3 > ii-2"},
		{"moved to another section", strings.Replace(before, "\n2. Phát huy vai trò của trí thức trong tỉnh.", "", 1) + "\n- Phát huy vai trò của trí thức trong tỉnh.",
			"same 17\nmoved i-2 > ii-4"},
		{"moved and changed", strings.Replace(before, "\n2. Phát huy vai trò của trí thức trong tỉnh.", "", 1) + "\n- Phát huy vai trò của trí thức ngoài tỉnh.",
			"same 17\nmoved-changed i-2 > ii-4 [-2.-] {+-+} [-trong-] {+ngoài+}"},
		{"written anew", strings.Replace(before, "Nâng cao chất lượng hoạt động của các hội", "Quán triệt đầy đủ kết luận mới", 1),
			"same 17\ndropped i-1 [-1. Nâng cao chất lượng hoạt động của các hội.-]\nadded > i-1 {+1. Quán triệt đầy đủ kết luận mới.+}"},
		{"another label", strings.ReplaceAll(before, "2. Phát", "2) Phát"), "same 17\nchanged i-2 > i-2 [-2.-] {+2)+}"},
		{"a paragraph of its own", before + "\nĐịnh kỳ báo cáo.", "same 17\nchanged ii-3 > ii-3 {+\nĐịnh kỳ báo cáo.+}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := summary(compare.Documents(document(t, before), document(t, test.after))); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestHeadPreambleAndSignatureAreComparedToo(t *testing.T) {
	from, to := document(t, before), document(t, before)
	to.Head[0].Text, to.Preamble[0], to.Tail[len(to.Tail)-1].Text = "Số 2-KH/TU", "Như sau đây:", "Trần Thị B"
	want := "same 15\nchanged head-1 > head-1 [-1-KH/TU-] {+2-KH/TU+}\nchanged preamble-1 > preamble-1 [-sau:-] {+sau đây:+}\ndropped tail-5 [-Nguyễn Văn A-]\nadded > tail-5 {+Trần Thị B+}"
	if got := summary(compare.Documents(from, to)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// side reads one of the two texts out of a comparison's words.
func side(words []compare.Piece, without compare.Op) string {
	var all []string
	for _, p := range words {
		if p.Op != without {
			all = append(all, p.Text)
		}
	}
	return strings.Join(strings.Fields(strings.Join(all, " ")), " ")
}

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestEveryWordIsAccountedFor changes the real plan at random and reads both
// wordings out of the comparison.
func TestEveryWordIsAccountedFor(t *testing.T) {
	src, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	parse := func(src []byte) *plan.Document {
		d, _ := plan.Parse("f", src)
		return d
	}
	from := parse(src)
	rnd := rand.New(rand.NewPCG(3, 4))
	compared := 0
	for range 60 {
		lines := strings.Split(plan.Format(from), "\n")
		for range 1 + rnd.IntN(8) {
			i := 9 + rnd.IntN(len(lines)-25)
			switch words := strings.Fields(lines[i]); rnd.IntN(3) {
			case 0:
				if len(words) > 4 {
					words[2+rnd.IntN(len(words)-3)] = "khác"
					lines[i] = strings.Join(words, " ")
				}
			case 1:
				if strings.HasPrefix(lines[i], "- ") {
					lines = append(lines[:i], lines[i+1:]...)
				}
			case 2:
				if strings.HasPrefix(lines[i], "- ") {
					lines = append(lines[:i+1], append([]string{"- Việc mới thêm vào."}, lines[i+1:]...)...)
				}
			}
		}
		to := parse([]byte(strings.Join(lines, "\n")))
		if to == nil {
			continue // such a text is refused
		}
		compared++
		c := compare.Documents(from, to)
		count := func(d *plan.Document) int {
			n := len(d.Head) + len(d.Preamble) + len(d.Tail)
			d.Walk(func(*plan.Provision, *plan.Provision) { n++ })
			return n
		}
		if got := c.Same + len(c.Changes) - c.Count(compare.Dropped); got != count(to) {
			t.Errorf("%d clauses of %d", got, count(to))
		}
		if got := c.Same + len(c.Changes) - c.Count(compare.Added); got != count(from) {
			t.Errorf("%d old clauses of %d", got, count(from))
		}
		for _, change := range c.Changes {
			if change.From != nil && change.Kind != compare.Moved {
				if got, want := side(change.Words, compare.Inserted), plain(change.From.Label+" "+change.From.Text); got != want {
					t.Errorf("%s: old words\n got %s\nwant %s", change.Kind, got, want)
				}
			}
			if change.To != nil {
				if got, want := side(change.Words, compare.Deleted), plain(change.To.Label+" "+change.To.Text); got != want {
					t.Errorf("%s: new words\n got %s\nwant %s", change.Kind, got, want)
				}
			}
		}
	}
	if compared < 30 {
		t.Errorf("only %d of the texts were compared", compared)
	}
}

func TestAVeryLongChangeTakesNoTableOfItself(t *testing.T) {
	a, b := strings.Repeat("a x ", 10_000), strings.Repeat("b y ", 10_000)
	if words := compare.Words(a, b); len(words) != 2 {
		t.Errorf("%d pieces", len(words))
	}
}

func FuzzWords(f *testing.F) {
	f.Add("một hai ba", "một ba\nbốn")
	f.Add("", "a")
	f.Add("a\n\nb", "b a b")
	f.Fuzz(func(t *testing.T, from, to string) {
		words := compare.Words(from, to)
		if got := side(words, compare.Inserted); got != plain(from) {
			t.Errorf("old %q, want %q", got, plain(from))
		}
		if got := side(words, compare.Deleted); got != plain(to) {
			t.Errorf("new %q, want %q", got, plain(to))
		}
	})
}
