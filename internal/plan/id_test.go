package plan_test

import "testing"

func TestIDs(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"party plan", "I. A\n1. B:\n- c.\n+ D;\n+ E.\n- F.\na) g", "i i-1 i-1-1 i-1-1-1 i-1-1-2 i-1-2 i-1-a"},
		{"dotted numbers", "1. A\n1.1. B\n1.1.1. C\n1.1.2. D\n1.2. E\n2. F", "1 1-1 1-1-1 1-1-2 1-2 2"},
		{"dotted numbers below a section", "I. A\n1.1. B\n1.2. C\nII. D\n2.1. E", "i i-1 i-2 ii ii-1"},
		{"dashes before dotted numbers", "1. A:\n- B.\n- C.\n1.1. D.\n- E", "1 1-gach-1 1-gach-2 1-1 1-1-1"},
		{"pluses before dashes", "1. A:\n+ B.\n- C", "1 1-cong-1 1-gach-1"},
		{"only dashes", "- A.\n+ B.\n- C", "1 1-1 2"},
		{"letters", "1. A:\na) b;\nb) c;\nc) d;\nd) e;\nđ) g;\ne) h", "1 1-a 1-b 1-c 1-d 1-dd 1-e"},
		{"letters without đ", "1. A:\na) b;\nb) c;\nc) d;\nd) e;\ne) g;\ng) h", "1 1-a 1-b 1-c 1-d 1-e 1-g"},
		{"parts and sections", "A. X Y\nI. Z\n1. B\nB. X\nI. Z", "phan-a phan-a-i phan-a-i-1 phan-b phan-b-i"},
		{"parts below sections", "I. Z\nA. X Y\n1. B\nB. X Y\nII. Z", "i i-phan-a i-phan-a-1 i-phan-b ii"},
		{"parts in words", "Phần thứ nhất\nA\nI. B\nPhần thứ hai\nC\nI. D", "phan-i phan-i-i phan-ii phan-ii-i"},
		{"a law", "Chương I\nA\nMục 1\nB\nĐiều 1. C\n1. D:\na) e.\nMục 2\nG\nĐiều 2. H\nChương II\nI\nĐiều 3. K",
			"chuong-i chuong-i-muc-1 dieu-1 dieu-1-1 dieu-1-1-a chuong-i-muc-2 dieu-2 chuong-ii dieu-3"},
		{"sections below articles", "Điều 1. A:\nI. B\n1. C.\nII. D\nĐiều 2. E", "dieu-1 dieu-1-i dieu-1-i-1 dieu-1-ii dieu-2"},
		{"other signs", "I- A\n1) B\n2) C\nII - D\n1/ E\n2- G", "i i-1 i-2 ii ii-1 ii-2"},
		{"en dashes and bullets", "1. A:\n– B.\n• C.\n−D", "1 1-1 1-2 1-3"},
		{"headings in tại", "Phần thứ nhất\nA\nI. Kết quả\nII. Tồn tại\nPhần thứ hai\nB\nI. C\n1. Hạn chế, tồn tại\na) D;\nb) E", "phan-i phan-i-i phan-i-ii phan-ii phan-ii-i phan-ii-i-1 phan-ii-i-1-a phan-ii-i-1-b"},
		{"labels alone on their lines", "I.\nA\n1.\nB\n-\nC", "i i-1 i-1-1"},
	} {
		t.Run(tt.name, func(t *testing.T) { equal(t, "IDs", ids(parse(t, []byte(small(tt.body)))), tt.want) })
	}
}

// What stands at the beginning of a line only because the line was broken there is
// no label.
func TestBrokenLinesAreNoLabels(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"1. Phát triển khoa học\n- công nghệ của tỉnh.\n2. B", "1 2"},
		{"- Bảo đảm quốc phòng\n- an ninh.\n- B", "1 2"},
		{"1. Phát triển kinh tế\n– xã hội.\n2. B", "1 2"},
		{"1. Theo quy định tại Điều\n2. Quy chế này.\n2. B", "1 2"},
		{"1. Theo khoản\n2. Điều 5 và điểm\na) Khoản 1.\n2. B", "1 2"},
		{"1. Trong năm\n2021. Sau đó thì thôi.\n2. B", "1 2"},
		{"1. Nghị quyết Đại hội Đảng khóa\nX. Phát huy kết quả đó.\n2. B", "1 2"},
		{"1. Theo Nghị quyết số\n45-NQ/TW.\n2. B", "1 2"},
		{"1. Nhiệt độ là\n-5 độ.\n2. Điện thoại\n+84 123", "1 2"},
		{"1. Theo\nĐiều 5 Nghị định này.\n2. B", "1 2"},
		{"1. Ông\nC. Mác.\nV.I. Lênin cũng viết.\n2. B", "1 2"},
	} {
		equal(t, tt.body, ids(parse(t, []byte(small(tt.body)))), tt.want)
	}
}

// A number of a document that was broken closes up; nothing else does.
func TestBrokenNumbers(t *testing.T) {
	for body, want := range map[string]string{
		"1. Số 2073/CTr-\nUBND, ngày":         "Số 2073/CTr-UBND, ngày",
		"1. Số 2073/CTr- UBND, ngày":          "Số 2073/CTr-UBND, ngày",
		"1. Số 30/\n2020/NĐ-\nCP ngày":        "Số 30/2020/NĐ-CP ngày",
		"1. Số 93-\nKL/\nTW ngày":             "Số 93-KL/TW ngày",
		"1. Kinh tế -\nxã hội":                "Kinh tế - xã hội",
		"1. Giai đoạn 2021 -\n2025":           "Giai đoạn 2021 - 2025",
		"1. Từ năm 2021-\nHội nghị":           "Từ năm 2021- Hội nghị",
		"1. Việc “tam nông” - UBND tỉnh":      "Việc “tam nông” - UBND tỉnh",
		"1. Một\n  hai \u00a0\u00a0 ba\t bốn": "Một hai ba bốn",
	} {
		equal(t, body, parse(t, []byte(small(body))).Provisions[0].Text, want+".")
	}
}
