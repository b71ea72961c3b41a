package office

import (
	"slices"
	"strings"
	"testing"
)

// TestLetterheadNumber reads the number as offices write it. One with blanks is still to
// be written.
func TestLetterheadNumber(t *testing.T) {
	for line, want := range map[string]string{
		"Số: 12/BC-LHH":           "12/BC-LHH",
		"Số : 12 /BC-ĐHĐN":        "12/BC-ĐHĐN",
		"SỐ: 12/BC-LHH":           "12/BC-LHH",
		"So\u0302\u0301 12-BC/TU": "12-BC/TU",
		"S: 12-BC/TU":             "12-BC/TU",
		"Số:      /BC-LHH":        "",
		"Số: …/BC-LHH":            "",
		"Số: …../BC-LHH":          "",
	} {
		head, _, _ := takeLetterhead([]block{&para{runs: []run{{text: line}}}, &para{runs: []run{{text: "Lời văn."}}}})
		if head == nil || head.Number != want {
			t.Errorf("%s: %+v, want %q", line, head, want)
		}
	}
}

// linesOf makes a paragraph of each line, bold where it begins with "**".
func linesOf(lines ...string) (blocks []block) {
	for _, l := range lines {
		text, bold := strings.CutPrefix(l, "**")
		blocks = append(blocks, &para{runs: []run{{text: text, bold: bold}}})
	}
	return blocks
}

// TestSignaturesEndDocuments wants the office that decides, above what it decides, and
// sentences that begin as a signature does, to stay.
func TestSignaturesEndDocuments(t *testing.T) {
	for _, tt := range []struct{ lines, want []string }{
		{[]string{"**GIÁM ĐỐC SỞ MẪU", "Căn cứ Luật Mẫu;", "Xét đề nghị của Trưởng phòng,", "**QUYẾT ĐỊNH:", "Điều 1. Khen ba người.", "Nơi nhận:", "- Như trên.", "GIÁM ĐỐC", "Lê Văn Thử", "**PHỤ LỤC", "Danh sách"},
			[]string{"Nơi nhận:", "- Như trên.", "GIÁM ĐỐC", "Lê Văn Thử"}},
		{[]string{"**CHỦ TỊCH HỘI MẪU", "**QUYẾT ĐỊNH:", "Điều 1. Khen ba người.", "**CHỦ TỊCH", "Lê Văn Thử"}, []string{"CHỦ TỊCH", "Lê Văn Thử"}},
		{[]string{"Lời văn.", "Nơi nhận bằng khen là hội trường.", "Hồng Mẫu"}, nil},
		{[]string{"Lời văn.", "CHỦ TRÌ", "Ông Mẫu nói rằng hội thảo đã thành công.", "Hồng Mẫu"}, nil},
		{[]string{"Lời văn.", "Nơi nhận HIỆU TRƯỞNG", "- Như trên; (Đã ký)", "- Lưu: VT, các phòng, các khoa, các trung tâm.", "Lê Văn Thử"}, []string{"Nơi nhận HIỆU TRƯỞNG", "- Như trên; (Đã ký)", "- Lưu: VT, các phòng, các khoa, các trung tâm.", "Lê Văn Thử"}},
	} {
		all := linesOf(tt.lines...)
		got, rest := takeSignature(all, true)
		if !slices.Equal(got, tt.want) || len(rest) != len(all)-len(tt.want) {
			t.Errorf("%q: %q is taken, want %q", tt.lines, got, tt.want)
		}
	}
}

// TestSubjectsBelowTheType: "V/v" is no number of a heading, and words in capitals of a
// signature are no names.
func TestSubjectsBelowTheType(t *testing.T) {
	head, _, rest := takeLetterhead(linesOf("Số: 1/TB-H", "**THÔNG BÁO", "**V/v mời viết bài", "Lời văn."))
	if head == nil || head.Subject != "Về việc mời viết bài" || len(rest) != 1 {
		t.Errorf("head %+v, then %d blocks", head, len(rest))
	}
	head = &Letterhead{Type: "Nghị quyết", Subject: "CỦA BAN THƯỜNG VỤ VỀ TRÍ THỨC"}
	if got := head.title(linesOf("Nơi nhận: T/M BAN THƯỜNG VỤ")); got != "Nghị quyết của ban thường vụ về trí thức" {
		t.Errorf("the title is %q", got)
	}
}
