package catalog

import (
	"strings"

	"lienhiep/internal/diag"
)

var (
	ruleUndated = diag.NewRule("deed-undated", diag.Notice,
		diag.Text{VI: "Trang gắn với điều khoản của kế hoạch nhưng chưa cho biết việc diễn ra khi nào, nên không được tính là việc đã làm.", EN: "The page names a provision, but not when its event took place: it does not count as something done."},
		diag.Text{VI: "Biết đến đâu ghi đến đó ở mục event: 2024, 2024-05, 2024-05-12; nếu là bài giải thích thì ghi scope: explainer.", EN: "Give event as far as it is known: 2024, 2024-05, 2024-05-12; or scope: explainer where it tells of no event."})
	ruleBeforePlan = diag.NewRule("deed-before-plan", diag.Notice,
		diag.Text{VI: "Việc này (%[1]s) có trước ngày ban hành kế hoạch “%[2]s” (%[3]s), hoặc chưa rõ trước hay sau, nên không được tính là việc đã làm theo kế hoạch ấy.", EN: "This (%[4]s) was before the plan “%[2]s” (%[5]s), or is not known to be after it: it does not count as carrying it out."},
		diag.Text{VI: "Nếu đúng như thế thì không phải làm gì; nếu việc diễn ra sau đó, ghi thêm tháng hoặc ngày ở mục event.", EN: "Nothing is needed if that is so; if it was later, add the month or the day to event."})
	ruleScopeDiffers = diag.NewRule("scope-differs", diag.Warning,
		diag.Text{VI: "Trang này cho là việc “%[1]s”, còn %[3]s, kể cùng một việc, cho là “%[2]s”.", EN: "This page says that the event is “%[1]s”; %[3]s, about the same event, says “%[2]s”."},
		diag.Text{VI: "Ghi giống nhau ở hai trang, hoặc bỏ dòng scope ở trang này; nếu là hai việc khác nhau thì bỏ dòng event-of.", EN: "Say the same on both pages, or remove scope here; if they are two events, remove event-of."})
)

// uncounted finds what editors may take for counted and is not, and pages that contradict
// each other about one event.
func (c *Catalog) uncounted() []diag.Finding {
	var findings []diag.Finding
	for _, it := range c.entries {
		e := it.base()
		d := c.deeds[e]
		if _, ok := it.(telling); !ok || d == nil {
			continue
		}
		key, stated := statedScope(it)
		if own := d.Page(); stated != "" && stated != d.Scope && own != e {
			findings = append(findings, ruleScopeDiffers.At(e.ValuePos(key), stated, d.Scope, own.File))
		}
		if d.Scope == Explainer && stated == "" || d.Scope == Province && !d.When.Known() {
			if len(mentionsOf(it).Plan) > 0 {
				findings = append(findings, ruleUndated.At(e.pos("plan")))
			}
			continue
		}
		findings = append(findings, c.beforePlan(it, d)...)
	}
	return findings
}

// beforePlan tells, once for each plan that an entry names, that its event was before it.
func (c *Catalog) beforePlan(it item, d *Deed) []diag.Finding {
	var findings []diag.Finding
	for _, p := range c.Plans {
		names := false
		for _, r := range mentionsOf(it).Plan {
			names = names || strings.HasPrefix(r.ID, p.ID+"/")
		}
		if !names || p.Document == nil {
			continue
		}
		if a := c.account(p, []*Deed{d}); len(a.Earlier) > 0 {
			day := When{First: Date{Time: c.dayOf(p)}, Last: Date{Time: c.dayOf(p)}}
			findings = append(findings, ruleBeforePlan.At(it.base().pos("plan"), d.When.Words(diag.Vietnamese), p.Entry.Title, day.Words(diag.Vietnamese), d.When.Words(diag.English), day.Words(diag.English)))
		}
	}
	return findings
}
