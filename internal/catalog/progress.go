package catalog

import (
	"cmp"
	"slices"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

var (
	ruleProgressNowhere = diag.NewRule("progress-nowhere", diag.Error,
		diag.Text{VI: "Tiến độ ghi ở “%[1]s”, nhưng kế hoạch không có điều khoản đó.", EN: "Progress is recorded for “%[1]s”, which is not a provision of the plan."},
		diag.Text{VI: "Ghi mã điều khoản, ví dụ ii-1-2; mã hiện cạnh từng điều khoản trên trang kế hoạch.", EN: "Write a provision's ID, such as ii-1-2; the plan's page shows each ID."})
	ruleProgressTwice = diag.NewRule("progress-twice", diag.Error,
		diag.Text{VI: "Tiến độ của “%[1]s” đã ghi ở dòng %[2]d.", EN: "The progress of “%[1]s” is already recorded on line %[2]d."},
		diag.Text{VI: "Mỗi điều khoản chỉ một mục: gộp hai mục làm một, các lần báo cáo ghi dưới notes.", EN: "Keep one item per provision: merge the two, and put each report under notes."})
	ruleProgressDue = diag.NewRule("progress-due", diag.Error,
		diag.Text{VI: "Thời hạn %[1]s lại ở trước ngày ban hành kế hoạch (%[2]s).", EN: "The due date %[1]s is before the date of the plan (%[2]s)."},
		diag.Text{VI: "Kiểm tra lại ngày ở mục due.", EN: "Check due."})
	ruleProgressFuture = diag.NewRule("progress-future", diag.Error,
		diag.Text{VI: "Lần báo cáo này ghi ngày %[1]s, là ngày chưa tới.", EN: "A progress note is dated %[1]s, which is in the future."},
		diag.Text{VI: "Ghi ngày đã báo cáo; việc sắp làm thì ghi ở mục due hoặc period.", EN: "Give the day of the report; put what is still to be done under due or period."})
	ruleProgressUnproven = diag.NewRule("progress-unproven", diag.Warning,
		diag.Text{VI: "“%[1]s” được ghi là %[2]s, nhưng chưa có việc đã làm hay lần báo cáo nào.", EN: "“%[1]s” is marked as %[2]s, but nothing done is recorded, and there is no note."},
		diag.Text{VI: "Ghi mã điều khoản này ở mục plan của bài kể việc ấy (bài phải có event), hoặc thêm dưới notes một lần báo cáo có ngày, người ghi và nguồn.", EN: "Name the provision in the entry that tells of it (under plan; it needs event), or add a note with date, author and source."})
)

// Status is how far a provision has been carried out.
type Status string

const (
	NotReported Status = "not-reported"
	UnderWay    Status = "under-way"
	Done        Status = "done"
	Recurring   Status = "recurring" // done again and again, as it should be
)

// Words returns the status in Vietnamese, as it reads within a sentence.
func (s Status) Words() string {
	switch s {
	case Done:
		return "đã xong"
	case Recurring:
		return "làm thường xuyên"
	case UnderWay:
		return "đang làm"
	}
	return "chưa có báo cáo"
}

// Progress is what editors record about the progress of one provision.
type Progress struct {
	At     string         `key:"at" clause:"muc" is:"required" vi:"Điều khoản" en:"Provision" vihelp:"Mã điều khoản, ví dụ ii-1-2." desk:"" enhelp:"A provision's ID, such as ii-1-2." eg:"ii-1-2"`
	Status Status         `key:"status" one:"not-reported under-way done recurring" words:"chưa có báo cáo|đang làm|đã xong|làm thường xuyên" vi:"Tình trạng" en:"Status" vihelp:"not-reported: chưa có báo cáo; under-way: đang làm; done: đã xong; recurring: làm thường xuyên." desk:"" enhelp:"not-reported, under-way, done or recurring." eg:"not-reported"`
	Lead   []string       `key:"lead" vi:"Cơ quan chủ trì" en:"Lead" vihelp:"Tên đầy đủ của từng cơ quan." enhelp:"The full name of each body."`
	With   []string       `key:"with" vi:"Cơ quan phối hợp" en:"Co-operating bodies" vihelp:"Tên đầy đủ của từng cơ quan." enhelp:"The full name of each body."`
	Due    Date           `key:"due" vi:"Thời hạn" en:"Due" vihelp:"Ngày phải xong, nếu văn bản có nêu." enhelp:"By when, if a document says so."`
	Period string         `key:"period" vi:"Thời gian" en:"Period" vihelp:"Viết bằng lời khi không có ngày cụ thể: Hằng năm, Định kỳ, 2021–2025." enhelp:"In words where there is no date: Hằng năm, Định kỳ, 2021–2025."`
	Notes  []ProgressNote `key:"notes" vi:"Các lần báo cáo" en:"Notes" vihelp:"Mỗi lần một mục." enhelp:"One item a report."`
	pos    diag.Pos
}

// ProgressNote is a dated report on the progress of a provision.
type ProgressNote struct {
	Date    Date     `key:"date" is:"required" vi:"Ngày" en:"Date" vihelp:"Ngày báo cáo, năm-tháng-ngày." desk:"Ngày báo cáo." enhelp:"When it was reported."`
	Author  string   `key:"author" is:"required" vi:"Người ghi" en:"Author" vihelp:"Cơ quan hoặc chức danh." enhelp:"A body or an office."`
	Text    string   `key:"text" is:"required" vi:"Nội dung" en:"Text" vihelp:"Một hoặc hai câu." enhelp:"One or two sentences."`
	Sources []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
	pos     diag.Pos
}

// validateProgress finds what is wrong in a plan's records, given the IDs of its
// provisions.
func (v *validator) validateProgress(p *Plan, ids []string) {
	first := map[string]diag.Pos{}
	for _, r := range p.Progress {
		if r.At == "" {
			continue // reported as missing
		}
		if !slices.Contains(ids, r.At) {
			v.report(ruleProgressNowhere.At(r.pos, r.At).Suggest(viet.Nearest(r.At, ids)))
		}
		if before, twice := first[r.At]; twice {
			v.report(ruleProgressTwice.At(r.pos, r.At, before.Line))
		} else {
			first[r.At] = r.pos
		}
		if due := r.Due.Format(time.DateOnly); r.Due.Known() && due < p.Document.Date {
			v.report(ruleProgressDue.At(r.pos, due, p.Document.Date))
		}
		for _, n := range r.Notes {
			if n.Date.After(v.options.Now) {
				v.report(ruleProgressFuture.At(n.pos, n.Date.Format(time.DateOnly)))
			}
		}
	}
}

// unproven finds what is said to have been done without anything to show for it.
func (c *Catalog) unproven() []diag.Finding {
	var findings []diag.Finding
	for _, p := range c.Plans {
		if p.Document == nil {
			continue
		}
		for _, r := range p.Progress {
			provision := p.Document.Provision(r.At)
			if provision == nil || r.Status == "" || r.Status == NotReported || len(r.Notes) > 0 {
				continue
			}
			if len(c.Account(p, provision).Done) == 0 {
				findings = append(findings, ruleProgressUnproven.At(r.pos, r.At, r.Status))
			}
		}
	}
	return findings
}

// When returns when that was which the entry tells of, as far as it is known. It is
// unknown of entries that tell of no event, and of translations.
func (e *Entry) When() When { return e.when }

// Gaps returns the actions of a plan for which nothing done is recorded, and those of which
// no status is, in document order.
func (o *Overview) Gaps() (undone, silent []*Standing) {
	for _, u := range o.Units {
		for _, action := range u.Actions() {
			if len(action.Whole.Done) == 0 {
				undone = append(undone, action)
			}
			if action.Status == NotReported {
				silent = append(silent, action)
			}
		}
	}
	return undone, silent
}

// Standing is the state of a provision: its recorded progress, what was done for it, and
// what follows from its descendants.
type Standing struct {
	*plan.Provision
	Record *Progress // never nil; without content where nothing is recorded
	Status Status    // as recorded, else as it follows from those below
	Below  []*Standing
	Own    *Account // of itself
	Whole  *Account // of itself and all below
}

// Overview is the state of a plan as a whole.
type Overview struct {
	// Units are the plan's tasks, and the sections beside them of which something is
	// known; of a plan that names no section of tasks, whatever stands at its top.
	Units []*Standing
	Whole *Account // of all of them
}

// Overview computes the state of a plan, whose document must have been read.
func (c *Catalog) Overview(p *Plan) *Overview {
	o := &Overview{}
	var choose func([]*plan.Provision)
	choose = func(provisions []*plan.Provision) {
		for _, one := range provisions {
			s := c.standing(p, one)
			switch {
			case p.Tasks == "" && one.Kind == plan.Unnumbered && !s.known():
				// A letter's paragraph is no task because another was reported on.
			case p.Tasks == "":
				o.Units = append(o.Units, s)
			case one.ID == p.Tasks && len(s.Below) > 0:
				o.Units = append(o.Units, s.Below...)
			case one.ID != p.Tasks && s.find(p.Tasks) != nil:
				choose(one.Children)
			case one.ID == p.Tasks || s.known():
				o.Units = append(o.Units, s)
			}
		}
	}
	roots := p.Document.Provisions
	if p.Document.Provision(p.Tasks) != nil {
		roots = p.Document.Roots() // the tasks may stand in what is attached
	}
	choose(roots)
	var deeds []*Deed
	for _, u := range o.Units {
		deeds = append(deeds, c.deedsBelow(p, u.Provision)...)
	}
	o.Whole = c.account(p, deeds)
	return o
}

// Standings returns the state of every provision of a plan, whose document must have been
// read: a tree for each of its roots.
func (c *Catalog) Standings(p *Plan) []*Standing {
	var all []*Standing
	for _, one := range p.Document.Roots() {
		all = append(all, c.standing(p, one))
	}
	return all
}

func (c *Catalog) standing(p *Plan, one *plan.Provision) *Standing {
	s := &Standing{Provision: one, Record: p.record(one.ID), Own: c.account(p, c.deedsOf(p, one)), Whole: c.Account(p, one)}
	for _, child := range one.Children {
		s.Below = append(s.Below, c.standing(p, child))
	}
	s.Status = cmp.Or(s.Record.Status, rollUp(s.Below))
	return s
}

// HasTasks reports whether the plan sets tasks, whose carrying out can be followed: it
// names their section, or progress is recorded of a provision.
func (p *Plan) HasTasks() bool {
	return p.Document != nil && (len(p.Progress) > 0 || p.Document.Provision(p.Tasks) != nil)
}

// record is what is recorded of a provision.
func (p *Plan) record(id string) *Progress {
	for i := range p.Progress {
		if p.Progress[i].At == id {
			return &p.Progress[i]
		}
	}
	return &Progress{At: id}
}

// rollUp is the status that follows from those of the parts: all done is done, all
// done or recurring is recurring, and anything reported at all is under way.
func rollUp(parts []*Standing) Status {
	n := map[Status]int{}
	for _, s := range parts {
		n[s.Status]++
	}
	switch {
	case n[NotReported] == len(parts):
		return NotReported
	case n[Done] == len(parts):
		return Done
	case n[Done]+n[Recurring] == len(parts):
		return Recurring
	}
	return UnderWay
}

// known reports whether anything is recorded or said of the provision or those below it.
func (s *Standing) known() bool {
	return !s.Whole.Empty() || slices.ContainsFunc(s.All(), func(one *Standing) bool { return one.Recorded() })
}

// Recorded reports whether progress is recorded for the provision itself.
func (s *Standing) Recorded() bool {
	r := s.Record
	return r.Status != "" || len(r.Lead)+len(r.With)+len(r.Notes) > 0 || r.Due.Known() || r.Period != ""
}

// find returns the provision with the ID below this one, or nil.
func (s *Standing) find(id string) *Standing {
	for _, one := range s.All() {
		if one.ID == id {
			return one
		}
	}
	return nil
}

// All returns the provision and its descendants, in document order.
func (s *Standing) All() []*Standing {
	all := []*Standing{s}
	for _, below := range s.Below {
		all = append(all, below.All()...)
	}
	return all
}

// Told returns the provisions below a unit that are worth listing: the actions, and any
// other with recorded progress or deeds of its own.
func (s *Standing) Told() []*Standing {
	return slices.DeleteFunc(s.All()[1:], func(one *Standing) bool {
		return len(one.Below) > 0 && !one.Recorded() && len(one.Own.Done) == 0
	})
}

// Actions returns the leaves of the tree: provisions without children, which are what
// has to be done.
func (s *Standing) Actions() []*Standing {
	return slices.DeleteFunc(s.All(), func(one *Standing) bool { return len(one.Below) > 0 })
}
