package office

import "testing"

// TestFieldsLeadWhereWordLeads: an address between quotation marks may have blanks, and
// the place within it and the words shown at the pointer stand in switches.
func TestFieldsLeadWhereWordLeads(t *testing.T) {
	for instruction, want := range map[string]string{
		` HYPERLINK "https://h.vn/Ke hoach 2025.pdf" `:             "https://h.vn/Ke hoach 2025.pdf",
		`HYPERLINK "https://h.vn/bai" \l "muc-2" \o "xem mục hai"`: "https://h.vn/bai#muc-2",
		`HYPERLINK \o "lời gợi ý" "https://h.vn/" \t "_blank"`:     "https://h.vn/",
		`HYPERLINK "https://h.vn/" \n \h`:                          "https://h.vn/",
		`HYPERLINK \n "https://h.vn/"`:                             "https://h.vn/",
		`hyperlink https://h.vn/`:                                  "https://h.vn/",
		`HYPERLINK \l "_Toc1"`:                                     "#_Toc1",
		`HYPERLINK "\\\\may\\chung\\a b.doc"`:                      `\\\\may\\chung\\a b.doc`,
		`HYPERLINK "https://h.vn/`:                                 "https://h.vn/",
		`HYPERLINK "mailto:a@h.vn?subject=Hoi dap"`:                "mailto:a@h.vn?subject=Hoi dap",
		`HYPERLINK`:        "",
		`HYPERLINK \l`:     "",
		`PAGEREF _Toc1 \h`: "",
		``:                 "",
	} {
		if got := fieldLink(instruction); got != want {
			t.Errorf("%s leads to %q, want %q", instruction, got, want)
		}
	}
}
