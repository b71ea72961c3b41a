package plan

import (
	"testing"

	"lienhiep/internal/diag"
)

// TestWhatIsLostIsRefused gives the proof a document that has lost a figure on the way.
func TestWhatIsLostIsRefused(t *testing.T) {
	const src = "Mẫu\n1. Số sách\nXã một\n12\n"
	for _, test := range []struct {
		text string
		line int // of the finding; 0 for none
	}{
		{"Số sách Xã một 12", 0},
		{"Số sách Xã một", 4},
		{"Số sách Xã mốt 12", 3},
	} {
		p := &parser{run: &run{file: "f"}, doc: &Document{Preamble: []string{"Mẫu"}, Provisions: []*Provision{{Label: "1.", Text: test.text}}}}
		p.prove([]byte(src))
		if diag.HasErrors(p.findings) != (test.line > 0) || test.line > 0 && p.findings[0].Pos.Line != test.line {
			t.Errorf("%s: %v", test.text, p.findings)
		}
	}
}
