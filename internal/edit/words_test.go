package edit

import (
	"testing"

	"lienhiep/internal/catalog"
)

// TestSentencesSpeakOfTheForm: keys and values of front matter, however a sentence names them,
// are called what the form calls them; paths, commands and people's words stay.
func TestSentencesSpeakOfTheForm(t *testing.T) {
	fields := catalog.Schema(catalog.KindPerson)
	for text, want := range map[string]string{
		"Thêm mục consent: với basis là consent (có văn bản đồng ý), public-activity (hoạt động công khai) hoặc deceased (đã qua đời).": "Thêm mục “Căn cứ để đăng”: có văn bản đồng ý, hoạt động công khai hoặc đã qua đời.",
		"Ghi họ tên ở mục title (“Trần Văn Mẫu”), học hàm, học vị ở mục degree.":                                                        "Ghi họ tên ở mục “Tiêu đề” (“Trần Văn Mẫu”), học hàm, học vị ở mục “Học hàm, học vị”.",
		"Kiểm tra lại born và died.": "Kiểm tra lại “Ngày sinh” và “Ngày mất”.",
		"Ghi dòng died (ngày mất), hoặc đổi basis thành consent (có văn bản đồng ý).": "Ghi ngày mất, hoặc đổi “Căn cứ” thành có văn bản đồng ý.",
		"Viết năm-tháng-ngày, ví dụ 2026-11-20.":                                      "Viết ngày/tháng/năm, ví dụ 20/11/2026.",
		"Xem content/tri-thuc/born/index.md, `lienhiep import consent`.":              "Xem content/tri-thuc/born/index.md, `lienhiep import consent`.",
	} {
		if got := inFormWords(fields, "", text); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
