package main

import (
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// mostGaps is how many actions are named.
const mostGaps = 20

// gaps tells editors, plan by plan, what readers are not told: of which actions nothing
// is recorded.
func (ui *UI) gaps(c *catalog.Catalog) {
	if ui.format != "text" {
		return
	}
	for _, p := range c.Plans {
		if !p.Published() || !p.HasTasks() {
			continue
		}
		undone, silent := c.Overview(p).Gaps()
		if len(undone)+len(silent) == 0 {
			continue
		}
		names := p.Names(p.Document)
		var shorts []string
		for _, s := range undone {
			shorts = append(shorts, names[s.ID].Short)
		}
		if len(shorts) > mostGaps {
			shorts = append(shorts[:mostGaps], "…")
		}
		ui.note(diag.Text{VI: "%[1]s %[2]s: %[3]d mục chưa ghi lại được việc đã làm (%[4]s); %[5]d mục chưa có báo cáo. Lập dự thảo báo cáo để xem đủ: `lienhiep help bao-cao`.",
			EN: "%[1]s %[2]s: actions with nothing recorded %[3]d (%[4]s), without a report %[5]d. The draft of the report has all: `lienhiep help bao-cao`."},
			p.Document.Type, p.Document.Number, len(undone), strings.Join(shorts, ", "), len(silent))
	}
}
