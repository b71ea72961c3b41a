package plan_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"

	"lienhiep/internal/diag"
	"lienhiep/internal/needs"
	"lienhiep/internal/plan"
)

// replace changes the one place of the real plan where old stands.
func replace(t *testing.T, old, new string) string {
	t.Helper()
	src := string(read(t, realFile))
	if strings.Count(src, old) != 1 {
		t.Fatalf("%q stands %d times in the plan", old, strings.Count(src, old))
	}
	return strings.Replace(src, old, new, 1)
}

func TestFindings(t *testing.T) {
	real := string(read(t, realFile))
	latin1 := func(s string) string {
		var b []byte
		for _, r := range s {
			b = append(b, byte(r))
		}
		return string(b)
	}
	const tcvn3 = "C¨n cø NghÞ quyÕt §¹i héi ®¹i biÓu toµn quèc cña §¶ng\n"
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(real)
	if err != nil {
		t.Fatal(err)
	}
	before := func(s string) string { return real[:strings.Index(real, s)] }

	for _, tt := range []struct {
		name, src string
		want      []string // code:line
	}{
		{"empty", "", []string{"plan-empty:0"}},
		{"blank", " \r\n\u00a0\n\f\ufeff\n", []string{"plan-empty:0"}},
		{"not UTF-8", replace(t, "KẾ HOẠCH \n", "KẾ HO\xe1CH \n"), []string{"plan-not-utf8:11"}},
		{"UTF-16", utf16, []string{"plan-not-utf8:1"}},
		{"TCVN3 bytes", latin1("Sè 1\n" + tcvn3), []string{"plan-legacy-encoding:1"}},
		{"TCVN3 in UTF-8", "1\n2\n" + tcvn3, []string{"plan-legacy-encoding:3"}},
		{"VNI in UTF-8", "Caên cöù Nghò quyeát Ñaïi hoäi ñaïi bieåu toaøn quoác", []string{"plan-legacy-encoding:1"}},
		{"one paragraph in TCVN3", replace(t, "2. Tăng cường sự lãnh đạo", tcvn3+"2. Tăng cường sự lãnh đạo"), []string{"plan-legacy-encoding:110"}},
		{"no number", replace(t, " Số 15-KH/TU \n", "\n"), []string{"plan-number-missing:1"}},
		{"number left blank", replace(t, " Số 15-KH/TU \n", "Số:    -KH/TU\n"), []string{"plan-number-blank:1"}},
		{"no date", replace(t, "Bình Thuận, ngày 05 tháng 4 năm 2021", ""), []string{"plan-date-missing:1"}},
		{"day left blank", replace(t, "ngày 05 tháng 4", "ngày    tháng 4"), []string{"plan-date-blank:6"}},
		{"no such day", replace(t, "ngày 05 tháng 4", "ngày 31 tháng 4"), []string{"plan-date-invalid:6"}},
		{"no kind", replace(t, "KẾ HOẠCH \n", "\n"), []string{"plan-title-missing:13"}},
		{"no title", real[:strings.Index(real, "thực hiện Kết luận")] + real[strings.Index(real, "-----"):], []string{"plan-title-missing:11"}},
		{"cut before the signature", before(" Nơi nhận"), []string{"plan-truncated:272"}},
		{"cut within the recipients", before("- Các sở, ban, ngành,  "), []string{"plan-truncated:285"}},
		{"cut before the name", before("Nguyễn Hoài Anh"), []string{"plan-truncated:297"}},
		{"cut in the middle", before("4. Đẩy mạnh đổi mới"), []string{"plan-truncated:181"}},
		{"a section left out", replace(t, "II. NHIỆM VỤ", "III. NHIỆM VỤ"), []string{"plan-gap:65", "plan-repeat:250"}},
		{"a task's number left out", replace(t, " 3. Rà soát", " Rà soát"), []string{"plan-dash-doubt:153", "plan-gap:183"}},
		{"a task out of turn", replace(t, " 3. Rà soát, củng cố", " 4. Rà soát, củng cố"), []string{"plan-gap:149", "plan-repeat:183"}},
		{"a task twice", replace(t, " 3. Rà soát, củng cố", " 2. Rà soát, củng cố"), []string{"plan-repeat:149", "plan-gap:183"}},
		{"a line from a web page at the top", "Trang chủ » Văn bản\n" + real, []string{"plan-unplaced:1"}},
		{"a line at the end", real + "\nTải về: tệp đính kèm", []string{"plan-unplaced:311"}},
		{"nothing of a document", "Chào bạn", []string{"plan-date-missing:1", "plan-number-missing:1", "plan-title-missing:1", "plan-truncated:1"}},
		{"lettered items with a gap", small("I. A\n1. B:\na) c;\nb) d;\nđ) e"), []string{"plan-gap:11"}},
		{"dotted numbers with a gap", small("I. A\n1. B:\n1.1. C.\n1.3. D"), []string{"plan-gap:10"}},
		{"dotted numbers below another", small("I. A\n1. B:\n2.1. C"), []string{"plan-gap:9"}},
		{"articles begun again", small("Chương I\nA\nĐiều 1. B.\nChương II\nC\nĐiều 1. D"), []string{"plan-repeat:12"}},
		{"an item and a dotted one in one place", small("I. A\n1.1. B.\n1. C"), nil},
		{"a label broken in the middle", small("I. A B\nNơi\nnhận: C.\n1. D"), []string{"plan-unplaced:8"}},
		{"figures read as letters", small("l. A.\n2. B"), []string{"plan-misread-label:7"}},
		{"tens read as letters", small("1. A.\n1O. B.\n2. C"), []string{"plan-misread-doubt:8"}},
		{"a word that lost its marks", small("Điểu 1. A.\nĐiều 2. B"), []string{"plan-misread-label:7"}},
		{"a bare number in the text", small("I. A\n1. B.\n77\n2. C"), []string{"plan-lone-number:9"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, findings := plan.Parse("van-ban.txt", []byte(tt.src))
			if (d == nil) != diag.HasErrors(findings) {
				t.Errorf("a document: %t", d != nil)
			}
			var got []string
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%s:%d", f.Code, f.Pos.Line))
				if f.Pos.File != "van-ban.txt" || f.Message(diag.Vietnamese) == f.Message(diag.English) || f.Hint(diag.Vietnamese) == "" {
					t.Errorf("%+v", f)
				}
			}
			equal(t, "findings", strings.Join(got, " "), strings.Join(tt.want, " "))
		})
	}
}

func TestMessagesNameWhatIsMeant(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{replace(t, "II. NHIỆM VỤ", "IV. NHIỆM VỤ"), "Đánh số cách quãng: gặp “IV.” ở chỗ theo thứ tự là “II.”."},
		{small("Điều 1. A.\nĐiều 4. B"), "Đánh số cách quãng: gặp “Điều 4.” ở chỗ theo thứ tự là “Điều 2.”."},
		{small("1. A:\na) b;\nc) d"), "Đánh số cách quãng: gặp “c)” ở chỗ theo thứ tự là “b)”."},
		{small("1. A:\n1.1. B;\n1.1. D"), "Số “1.1.” bị lặp: theo thứ tự, ở chỗ này là “1.2.”."},
		{"Caên cöù Nghò quyeát Ñaïi hoäi ñaïi bieåu", "Văn bản được gõ bằng bảng mã cũ VNI-Windows."},
	} {
		_, findings := plan.Parse("f", []byte(tt.src))
		if len(findings) == 0 {
			t.Errorf("no finding instead of: %s", tt.want)
			continue
		}
		equal(t, "message", findings[0].Message(diag.Vietnamese), tt.want)
	}
}

// TestHostileInput: linear in time, bounded in memory, never a panic, and few
// findings, whatever comes.
func TestHostileInput(t *testing.T) {
	needs.Ask(t, needs.Long)
	const mb = 1 << 20
	head, _, _ := strings.Cut(small("@"), "@")
	nested := strings.Repeat("I. A\n1. B\n1.1. C\n1.1.1. D\na) E\n- F\n+ G\n", 150_000)
	for name, src := range map[string]string{
		"dashes in one line":      head + strings.Repeat("-", 10*mb),
		"dashes":                  head + strings.Repeat("-\n", 5*mb),
		"dashes and spaces":       head + strings.Repeat("- ", 5*mb),
		"dash lines":              head + strings.Repeat("- A\n", 2*mb),
		"labels":                  head + nested,
		"labels in one line":      head + strings.Repeat("1. ", 3*mb),
		"a label of many numbers": head + strings.Repeat("1.", 5*mb) + " A",
		"one line":                head + "1. " + strings.Repeat("khoa học ", mb),
		"one word":                head + "1. " + strings.Repeat("a", 10*mb),
		"a million lines":         head + "1. A\n" + strings.Repeat("khoa học\n", 1_000_000),
		"line ends":               strings.Repeat("\n", 15*mb),
		"form feeds and numbers":  head + strings.Repeat("\f2\n", 4*mb),
		"marks":                   head + "1. a" + strings.Repeat("\u0301", 5*mb),
		"brackets":                head + "1. A\n" + strings.Repeat("(\n", 5*mb),
		"numbers to cite":         head + "1. A " + strings.Repeat("số 1-NQ/TW ", 900_000),
		"broken numbers":          head + "1. A " + strings.Repeat("1-A/ ", 2*mb),
		"authorities":             head + "1. A.\n" + strings.Repeat("T/M BAN\n", mb),
		"recipients":              head + "1. A.\nNơi nhận:\n" + strings.Repeat("- A,\n", mb/2),
		"masthead":                strings.Repeat("ĐẢNG CỘNG SẢN VIỆT NAM\n", 100_000) + head,
		"numbers in the masthead": strings.Repeat("Số: 1-A\n", 200_000) + head,
		"kinds":                   strings.Repeat("KẾ HOẠCH\n", 200_000),
		"ban hành":                head + strings.Repeat("A ban hành. ", 500_000) + "\n1. A",
		"ban hành, no stop":       head + strings.Repeat("ban hành kế hoạch a ", 400_000) + "\n1. A",
		"suspect signs":           strings.Repeat("ViÖt §¶ng\n", 800_000),
		"too large":               strings.Repeat("a", plan.MaxBytes+1),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			d, findings := plan.Parse("f", []byte(src))
			if d == nil && len(findings) == 0 || len(findings) > 200 {
				t.Errorf("%d findings", len(findings))
			}
			if d != nil {
				plan.Format(d)
			}
			// Each takes about a second; what is not linear takes minutes.
			if took := time.Since(began); took > time.Minute {
				t.Errorf("%v", took)
			}
		})
	}
}

func TestLargestText(t *testing.T) {
	src := bytes.Repeat([]byte{' '}, plan.MaxBytes)
	copy(src, read(t, realFile))
	parse(t, src)
	if d, findings := plan.Parse("f", append(src, '\n')); d != nil || findings[0].Code != "plan-too-large" {
		t.Errorf("%v", findings)
	}
}
