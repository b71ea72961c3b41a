package catalog

import (
	"slices"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

// KindPlan is a plan, with the document that it publishes.
const KindPlan Kind = "plan"

var _ = register(kindInfo{
	Kind: KindPlan, Order: 6, Folder: "ke-hoach", Name: diag.Text{VI: "kế hoạch", EN: "plan"},
	Icon: "account_balance", Collection: "plans",
	make: func() item { return new(Plan) },
})

// Plan is a plan's page, with the document that it publishes.
type Plan struct {
	Entry
	Tasks     string     `key:"tasks" vi:"Phần nhiệm vụ" en:"Tasks' section" vihelp:"Mã của phần chứa các nhiệm vụ, ví dụ ii." enhelp:"ID of the section whose items are the tasks." eg:"ii"`
	Numbering string     `key:"numbering" one:"as-signed" vi:"Cách đánh số" en:"Numbering" vihelp:"Ghi as-signed khi đã đối chiếu và bản ký đúng là đánh số cách quãng hay lặp số như thế; trang không nhắc nữa." enhelp:"as-signed where the signed document itself leaves a gap in its numbers or repeats one; it is then no longer told."`
	Notes     []Note     `key:"notes" vi:"Ghi chú" en:"Notes" vihelp:"Ghi chú của ban biên tập, hiện tách khỏi lời văn bản." enhelp:"Editor's notes, shown apart from the text."`
	Progress  []Progress `key:"progress" vi:"Tiến độ" en:"Progress" vihelp:"Tiến độ thực hiện, mỗi điều khoản một mục. Chỉ ghi điều có văn bản hoặc minh chứng." enhelp:"How far the plan has been carried out, one item a provision. Only what can be shown."`
	Versions  []Version  `key:"versions" vi:"Các bản sửa đổi" en:"Versions" vihelp:"Khi kế hoạch được sửa đổi hoặc thay thế: mỗi bản một mục, từ cũ đến mới." enhelp:"Where the plan was amended or replaced: one item a version, the oldest first."`

	Wordings []*Wording     // its texts, as issued and as amended, the last in force
	Document *plan.Document // in force
}

// Note is an editor's note attached to a place in a plan.
type Note struct {
	At      string   `key:"at" is:"required" vi:"Vị trí" en:"Place" vihelp:"Mã điều khoản (ii-3-2), hoặc head (phần đầu), preamble (phần mở đầu), tail (phần cuối)." enhelp:"A provision's ID (ii-3-2), or head, preamble, tail."`
	Text    string   `key:"text" is:"required" vi:"Nội dung" en:"Text" vihelp:"Một hoặc hai câu." enhelp:"One or two sentences."`
	Sources []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
	pos     diag.Pos
}

func (p *Plan) list(c *Catalog) { c.Plans = append(c.Plans, p) }

var (
	ruleNoteNowhere = diag.NewRule("note-nowhere", diag.Error,
		diag.Text{VI: "Ghi chú đặt ở “%[1]s”, nhưng kế hoạch không có chỗ đó.", EN: "The note is on “%[1]s”, which is not a place in the plan."},
		diag.Text{VI: "Ghi mã điều khoản như ii-3-2, hoặc head (phần đầu), preamble (phần mở đầu), tail (phần cuối).", EN: "Write a provision's ID such as ii-3-2, or head, preamble, tail."})
	ruleTasksNowhere = diag.NewRule("tasks-nowhere", diag.Error,
		diag.Text{VI: "Kế hoạch không có phần “%[1]s” để lấy ra các nhiệm vụ.", EN: "The plan has no section “%[1]s” to take the tasks from."},
		diag.Text{VI: "Ghi mã của một phần, ví dụ tasks: ii.", EN: "Write a section's ID, such as tasks: ii."})
)

func (p *Plan) validate(v *validator) {
	if p.Document == nil {
		return
	}
	var ids []string
	p.Document.Walk(func(node, _ *plan.Provision) { ids = append(ids, node.ID) })
	places := append([]string{"head", "preamble", "tail"}, ids...)
	for _, n := range p.Notes {
		if n.At != "" && !slices.Contains(places, n.At) {
			v.report(ruleNoteNowhere.At(n.pos, n.At).Suggest(viet.Nearest(n.At, places)))
		}
	}
	if p.Tasks != "" && !slices.Contains(ids, p.Tasks) {
		v.report(ruleTasksNowhere.At(p.pos("tasks"), p.Tasks).Suggest(viet.Nearest(p.Tasks, ids)))
	}
	v.validateProgress(p, ids)
}
