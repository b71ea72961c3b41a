package plan_test

import (
	"testing"

	"lienhiep/internal/plan"
)

func TestADocumentIsCitedAsDocumentsCiteOneAnother(t *testing.T) {
	for _, test := range []struct{ date, issuer, want string }{
		{"2021-04-05", "Ban Thường vụ Tỉnh ủy", "Kế hoạch số 1-KH/TU, ngày 05/4/2021 của Ban Thường vụ Tỉnh ủy Mẫu"},
		{"2021-02-15", "Tỉnh ủy mẫu", "Kế hoạch số 1-KH/TU, ngày 15/02/2021 của Tỉnh ủy mẫu"},
		{"2020-11-20", "UBND", "Kế hoạch số 1-KH/TU, ngày 20/11/2020 của UBND Mẫu"},
	} {
		d := &plan.Document{Type: "Kế hoạch", Number: "1-KH/TU", Date: test.date, Issuer: test.issuer, Place: "Mẫu"}
		equal(t, test.date, d.Cite(), test.want)
	}
}

// TestIssuersInFull adds the place to a name that says of no place alone.
func TestIssuersInFull(t *testing.T) {
	for issuer, want := range map[string]string{
		"QUỐC HỘI":                            "QUỐC HỘI",
		"Thủ tướng Chính phủ":                 "Thủ tướng Chính phủ",
		"BỘ KHOA HỌC VÀ CÔNG NGHỆ":            "BỘ KHOA HỌC VÀ CÔNG NGHỆ",
		"ỦY BAN NHÂN DÂN TỈNH MẪU":            "ỦY BAN NHÂN DÂN TỈNH MẪU",
		"Ủy ban nhân dân huyện Đất Mẫu":       "Ủy ban nhân dân huyện Đất Mẫu",
		"Hội đồng nhân dân tỉnh":              "Hội đồng nhân dân tỉnh Hà Thử",
		"Ban Thường vụ Tỉnh ủy":               "Ban Thường vụ Tỉnh ủy Hà Thử",
		"BAN CHẤP HÀNH TỈNH ĐOÀN":             "BAN CHẤP HÀNH TỈNH ĐOÀN Hà Thử",
		"Sở Lao động - Thương binh và Xã hội": "Sở Lao động - Thương binh và Xã hội Hà Thử",
		"Bộ phận Một cửa":                     "Bộ phận Một cửa Hà Thử",
		"Bộ Chỉ huy Quân sự tỉnh":             "Bộ Chỉ huy Quân sự tỉnh Hà Thử",
		"Tỉnh ủy Hà Thử":                      "Tỉnh ủy Hà Thử",
	} {
		d := &plan.Document{Issuer: issuer, Place: "Hà Thử"}
		equal(t, issuer, d.IssuerInFull(), want)
	}
}

func TestDesignations(t *testing.T) {
	for body, want := range map[string]map[string]plan.Designation{
		"I. A\n1. B:\n- c.\n+ D;\n2. E:\na) g;\nb) h": {
			"i":       {Short: "I", Ref: "phần I"},
			"i-1-1":   {Short: "I.1.1", Ref: "gạch đầu dòng thứ nhất, mục 1, phần I"},
			"i-1-1-1": {Short: "I.1.1.1", Ref: "dấu cộng thứ nhất, gạch đầu dòng thứ nhất, mục 1, phần I"},
			"i-2-b":   {Short: "I.2.b", Ref: "điểm b, mục 2, phần I"},
		},
		// The signs about a number are not said.
		"I - A\n1/ B:\n(1) C;\n(2) D.\n2) E": {
			"i":     {Short: "I", Ref: "phần I"},
			"i-1":   {Short: "I.1", Ref: "mục 1, phần I"},
			"i-1-2": {Short: "I.1.(2)", Ref: "điểm 2, mục 1, phần I"},
			"i-2":   {Short: "I.2", Ref: "mục 2, phần I"},
		},
		"Chương I\nA\nĐiều 1. B:\n1. C": {
			"dieu-1-1": {Short: "Điều 1.1", Ref: "mục 1, Điều 1, Chương I"},
		},
	} {
		got := parse(t, []byte(small(body))).Designations()
		for id, want := range want {
			if got[id] != want {
				t.Errorf("%s: %+v, want %+v", id, got[id], want)
			}
		}
	}
}
