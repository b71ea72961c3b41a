package catalog

import (
	"os"
	"testing"

	"lienhiep/internal/plan"
)

// TestEveryProvisionOfTheShippedPlanHasALabel holds that lists of the plan need show none
// by its first words, and that each label fits a line.
func TestEveryProvisionOfTheShippedPlanHasALabel(t *testing.T) {
	c, findings, err := Load(os.DirFS("../.."), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Code == ruleShortLong.Code || f.Code == ruleShortNowhere.Code {
			t.Error(f)
		}
	}
	for _, p := range c.Plans {
		if p.ID != "15-kh-tu" {
			continue
		}
		seen := map[string]string{}
		names := p.Names(p.Document)
		p.Document.Walk(func(node, _ *plan.Provision) {
			label := names[node.ID].Label
			if label == "" || seen[label] != "" {
				t.Errorf("%s has no label of its own: %q is also that of %s", node.ID, label, seen[label])
			}
			seen[label] = node.ID
		})
		if len(seen) == 0 {
			t.Error("the plan has no provisions")
		}
	}
}

func TestAProvisionIsNamedByNumberAndLabel(t *testing.T) {
	doc, _ := plan.Parse("van-ban.txt", planText(t))
	p := &Plan{Short: []Label{{ID: "ii-5-3", Text: "Hợp tác quốc tế"}}}
	names := p.Names(doc)
	for id, want := range map[string]string{"ii-5-3": "II.5.3 · Hợp tác quốc tế", "ii-5-2": "II.5.2"} {
		if got := names[id].String(); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if ref := names["ii-5-3"].Ref; ref != "gạch đầu dòng thứ ba, mục 5, phần II" {
		t.Errorf("it is cited as %q", ref)
	}
}
