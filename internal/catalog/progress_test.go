package catalog

import (
	"strings"
	"testing"
	"time"

	"lienhiep/internal/plan"
)

// TestParagraphsAreNoTasks follows a letter of which progress is recorded in one place.
func TestParagraphsAreNoTasks(t *testing.T) {
	letter := "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 1/UBND-VX\nV/v tủ sách\nMẫu, ngày 1 tháng 2 năm 2021\n\nKính gửi: Sở Thử.\n\nTủ sách đã có.\n\nGiao Sở Thử mua sách.\n\nBáo cáo trước tháng 9.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n"
	doc, findings := plan.Parse("van-ban.txt", []byte(letter))
	if doc == nil {
		t.Fatal(findings)
	}
	p := &Plan{Document: doc, Wordings: []*Wording{{Document: doc}}, Progress: []Progress{{At: "p-2", Period: "Hằng năm"}}}
	var ids []string
	for _, u := range (&Catalog{options: Options{Zone: time.UTC}}).Overview(p).Units {
		ids = append(ids, u.ID)
	}
	if got := strings.Join(ids, " "); got != "p-2" {
		t.Errorf("tasks %s, want p-2", got)
	}
}
