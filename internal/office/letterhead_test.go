package office

import "testing"

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
