package viet

import "testing"

// TestSpoken is the table of what is read otherwise than it is written.
func TestSpoken(t *testing.T) {
	for written, want := range map[string]string{
		// numbers of documents
		"42-CT/TW": "bốn mươi hai, Chỉ thị Trung ương",
		"15-KH/TU": "mười lăm, Kế hoạch Tỉnh ủy",
		"Kế hoạch số 15-KH/TU của tỉnh":             "Kế hoạch số mười lăm, Tỉnh ủy của tỉnh",
		"Nghị định 30/2020/NĐ-CP":                   "Nghị định ba mươi năm hai nghìn không trăm hai mươi, Chính phủ",
		"theo 30/2020/NĐ-CP, ngày 5/3/2020":         "theo ba mươi năm hai nghìn không trăm hai mươi, Nghị định Chính phủ, ngày năm tháng ba năm hai nghìn không trăm hai mươi",
		"Chương trình hành động số 2073/CTr-UBND":   "Chương trình hành động số hai nghìn không trăm bảy mươi ba, Chương trình Ủy ban nhân dân",
		"Nghị quyết số 202/2025/QH15":               "Nghị quyết số hai trăm linh hai năm hai nghìn không trăm hai mươi lăm, Quốc hội khóa mười lăm",
		"Quyết định số 1795/QĐ-TTg":                 "Quyết định số một nghìn bảy trăm chín mươi lăm, Thủ tướng Chính phủ",
		"Luật số 91/2025/QH15.":                     "Luật số chín mươi mốt năm hai nghìn không trăm hai mươi lăm, Quốc hội khóa mười lăm.",
		"Kết luận số 93-KL/TW, Chỉ thị số 52-CT/TU": "Kết luận số chín mươi ba, Trung ương, Chỉ thị số năm mươi hai, Tỉnh ủy",
		"số 12-XYZ/ABC":                             "số mười hai, XYZ ABC",
		// days
		"5/4/2021":                 "ngày năm tháng tư năm hai nghìn không trăm hai mươi mốt",
		"ngày 05/4/2021":           "ngày năm tháng tư năm hai nghìn không trăm hai mươi mốt",
		"ngày 05 tháng 4 năm 2021": "ngày năm tháng tư năm hai nghìn không trăm hai mươi mốt",
		"Từ ngày 1/7, tỉnh":        "Từ ngày một tháng bảy, tỉnh",
		"tháng 9/1946":             "tháng chín năm một nghìn chín trăm bốn mươi sáu",
		"Ngày 15-16/7/2025":        "Ngày mười lăm đến ngày mười sáu tháng bảy năm hai nghìn không trăm hai mươi lăm",
		"lúc 8h30, 14 giờ":         "lúc tám giờ ba mươi, mười bốn giờ",
		// Roman numerals
		"II.1.2":                           "phần hai, mục một, ý hai",
		"Phần III nói":                     "Phần ba nói",
		"II. NHIỆM VỤ VÀ GIẢI PHÁP":        "Hai. Nhiệm vụ và giải pháp",
		"Bộ Chính trị (khóa X) về":         "Bộ Chính trị, khóa mười, về",
		"Đại hội XIII, lần thứ IV, giải I": "Đại hội mười ba, lần thứ tư, giải I",
		"lần thứ I":                        "lần thứ nhất",
		"thế kỷ XX":                        "thế kỷ hai mươi",
		"CV của ông I":                     "CV của ông I",
		"I. MỤC ĐÍCH, YÊU CẦU":             "Một. Mục đích, yêu cầu",
		// abbreviations
		"UBND tỉnh, HĐND tỉnh": "Ủy ban nhân dân tỉnh, Hội đồng nhân dân tỉnh",
		"Hội KH&KT":            "Hội Khoa học và Kỹ thuật",
		"PGS.TS. Trần Văn Mẫu": "Phó Giáo sư Tiến sĩ Trần Văn Mẫu",
		"TP. Phan Thiết":       "thành phố Phan Thiết",
		"TP.HCM":               "Thành phố Hồ Chí Minh",
		"chanh, ổi, v.v.":      "chanh, ổi, vân vân.",
		"T/M BAN THƯỜNG VỤ":    "Thay mặt ban thường vụ",
		"CNH, HĐH đất nước":    "công nghiệp hóa, hiện đại hóa đất nước",
		"Đ/c Trần Văn Mẫu":     "Đồng chí Trần Văn Mẫu",
		// amounts
		"12.700 giải pháp":         "mười hai nghìn bảy trăm giải pháp",
		"tăng 12,5%":               "tăng mười hai phẩy năm phần trăm",
		"3,05 ha":                  "ba phẩy không năm héc-ta",
		"25 km/h":                  "hai mươi lăm ki-lô-mét một giờ",
		"20–25 %":                  "hai mươi đến hai mươi lăm phần trăm",
		"1969–1973":                "một nghìn chín trăm sáu mươi chín đến một nghìn chín trăm bảy mươi ba",
		"2/3 số phiếu":             "hai trên ba số phiếu",
		"1.005.000 đồng":           "một triệu không trăm linh năm nghìn đồng",
		"24 giờ, 14 người, 105 m2": "hai mươi tư giờ, mười bốn người, một trăm linh năm mét vuông",
		"0252 3822":                "không hai năm hai ba nghìn tám trăm hai mươi hai",
		"0":                        "không",
		// signs
		"kinh tế - xã hội của tỉnh":     "kinh tế xã hội của tỉnh",
		"khoa học – công nghệ":          "khoa học, công nghệ",
		"“đặt hàng” là gì?":             "đặt hàng là gì?",
		"- Tiếp tục củng cố; nâng cao.": "Tiếp tục củng cố; nâng cao.",
		"1. Tiếp tục đổi mới.":          "một. Tiếp tục đổi mới.",
		"1.1. Rà soát quy định.":        "một chấm một. Rà soát quy định.",
		"2.3.10 Xây dựng":               "hai chấm ba chấm mười Xây dựng",
		"2. Phải trả sách.”.":           "hai. Phải trả sách.",
		"báo cáo cho Ban Bí thư./.":     "báo cáo cho Ban Bí thư.",
		"dự án, đề án… phát triển":      "dự án, đề án, phát triển",
		"và/hoặc":                       "và, hoặc",
		"":                              "",
		"Không có gì phải đổi.":         "Không có gì phải đổi.",
	} {
		if got := Spoken(written); got != want {
			t.Errorf("%q is read\n\t%q, want\n\t%q", written, got, want)
		}
	}
}

func TestRomanNumerals(t *testing.T) {
	for n := 1; n < 400; n++ {
		if got := Roman(roman(n)); got != n {
			t.Fatalf("%s is %d, not %d", roman(n), n, got)
		}
	}
	for _, s := range []string{"", "IIII", "VX", "IC", "A", "MM", "XVIIII", "iv"} {
		if got := Roman(s); got != 0 {
			t.Errorf("%q is %d", s, got)
		}
	}
}
