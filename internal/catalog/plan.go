package catalog

import (
	"slices"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

// KindPlan is a plan, with the document that it publishes.
const KindPlan Kind = "plan"

var _ = register(kindInfo{
	Kind: KindPlan, Order: 8, Folder: "ke-hoach", Name: diag.Text{VI: "kế hoạch", EN: "plan"},
	Icon: "account_balance", Collection: "plans",
	make: func() item { return new(Plan) },
})

// Plan is a plan's page, with the document that it publishes.
type Plan struct {
	Entry
	Tasks     string     `key:"tasks" clause:"phan" vi:"Phần nhiệm vụ" en:"Tasks' section" vihelp:"Mã của phần chứa các nhiệm vụ, ví dụ ii." desk:"Phần nào của kế hoạch chứa các nhiệm vụ." enhelp:"ID of the section whose items are the tasks." eg:"ii"`
	Short     []Label    `key:"short" longest:"300" vi:"Tên ngắn" en:"Short labels" vihelp:"Tên ngắn của điều khoản, mỗi mã một tên, nhiều nhất 60 chữ; hiện trong mục lục, danh sách, kết quả tìm kiếm. Lời văn bản vẫn giữ nguyên." desk:"Nhiều nhất 60 chữ mỗi tên; hiện trong mục lục, danh sách, kết quả tìm kiếm. Lời văn bản vẫn giữ nguyên. Để trống thì trang dùng lời văn bản." enhelp:"Short labels of provisions, by ID, of at most 60 letters, for contents, lists and search results. The text itself stays as it is." eg:"ii-1: \"Tuyên truyền, nâng cao nhận thức\""`
	Numbering string     `key:"numbering" one:"as-signed" words:"bản ký đúng là đánh số như thế" vi:"Cách đánh số" en:"Numbering" vihelp:"Ghi as-signed khi đã đối chiếu và bản ký đúng là đánh số cách quãng hay lặp số như thế; trang không nhắc nữa." desk:"Chọn khi đã đối chiếu và bản ký đúng là đánh số cách quãng hay lặp số như thế; trang không nhắc nữa." enhelp:"as-signed where the signed document itself leaves a gap in its numbers or repeats one; it is then no longer told."`
	Notes     []Note     `key:"notes" vi:"Ghi chú" en:"Notes" vihelp:"Ghi chú của ban biên tập, hiện tách khỏi lời văn bản." enhelp:"Editor's notes, shown apart from the text."`
	Progress  []Progress `key:"progress" vi:"Tiến độ" en:"Progress" vihelp:"Tiến độ thực hiện, mỗi điều khoản một mục. Chỉ ghi điều có văn bản hoặc có việc đã làm." enhelp:"How far the plan has been carried out, one item a provision. Only what can be shown."`
	Versions  []Version  `key:"versions" vi:"Các bản sửa đổi" en:"Versions" vihelp:"Khi kế hoạch được sửa đổi hoặc thay thế: mỗi bản một mục, từ cũ đến mới." enhelp:"Where the plan was amended or replaced: one item a version, the oldest first."`

	Wordings []*Wording     // its texts, as issued and as amended, the last in force
	Document *plan.Document // in force
}

// Note is an editor's note attached to a place in a plan.
type Note struct {
	At      string   `key:"at" clause:"cho" is:"required" vi:"Vị trí" en:"Place" vihelp:"Mã điều khoản (ii-3-2), hoặc head (phần đầu), preamble (phần mở đầu), tail (phần cuối)." desk:"Điều khoản, hoặc phần đầu, phần mở đầu, phần cuối của kế hoạch." enhelp:"A provision's ID (ii-3-2), or head, preamble, tail."`
	Text    string   `key:"text" is:"required" vi:"Nội dung" en:"Text" vihelp:"Một hoặc hai câu." enhelp:"One or two sentences."`
	Sources []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
	pos     diag.Pos
}

// Label is the editors' short label of a provision.
type Label struct {
	ID, Text string
	key      diag.Pos // of the ID
	pos      diag.Pos // of the text
}

// longestLabel is how many letters of a label fit a line of a list.
const longestLabel = 60

// Name is what readers call a provision.
type Name struct {
	plan.Designation
	Label string // the editors' short label, or ""
}

// String is the number and the label: "II.5.3 · Hợp tác quốc tế, thu hút trí thức".
func (n Name) String() string {
	if n.Label == "" {
		return n.Short
	}
	return n.Short + " · " + n.Label
}

// Names returns the names of the provisions of one of the plan's wordings, by ID.
func (p *Plan) Names(doc *plan.Document) map[string]Name {
	labels := map[string]string{}
	for _, l := range p.Short {
		labels[l.ID] = l.Text
	}
	names := map[string]Name{}
	for id, d := range doc.Designations() {
		names[id] = Name{d, labels[id]}
	}
	return names
}

func (p *Plan) list(c *Catalog) { c.Plans = append(c.Plans, p) }

var (
	ruleNoteNowhere = diag.NewRule("note-nowhere", diag.Error,
		diag.Text{VI: "Ghi chú đặt ở “%[1]s”, nhưng kế hoạch không có chỗ đó.", EN: "The note is on “%[1]s”, which is not a place in the plan."},
		diag.Text{VI: "Ghi mã điều khoản như ii-3-2, hoặc head (phần đầu), preamble (phần mở đầu), tail (phần cuối).", EN: "Write a provision's ID such as ii-3-2, or head, preamble, tail."})
	ruleTasksNowhere = diag.NewRule("tasks-nowhere", diag.Error,
		diag.Text{VI: "Kế hoạch không có phần “%[1]s” để lấy ra các nhiệm vụ.", EN: "The plan has no section “%[1]s” to take the tasks from."},
		diag.Text{VI: "Ghi mã của một phần, ví dụ tasks: ii.", EN: "Write a section's ID, such as tasks: ii."})
	ruleShortNowhere = diag.NewRule("short-nowhere", diag.Error,
		diag.Text{VI: "Tên ngắn ghi cho “%[1]s”, nhưng kế hoạch không có điều khoản đó.", EN: "A short label is given for “%[1]s”, which is not a provision of the plan."},
		diag.Text{VI: "Ghi mã điều khoản, ví dụ ii-1-2; mã hiện cạnh từng điều khoản trên trang kế hoạch.", EN: "Write a provision's ID, such as ii-1-2; the plan's page shows each ID."})
	ruleShortLong = diag.NewRule("short-long", diag.Warning,
		diag.Text{VI: "Tên ngắn “%[1]s” dài %[2]d chữ, khó nằm gọn trong một dòng.", EN: "The short label “%[1]s” has %[2]d letters, more than a line holds."},
		diag.Text{VI: "Rút còn nhiều nhất %[3]d chữ (kể cả dấu cách); lời văn bản đầy đủ vẫn hiện bên dưới.", EN: "Shorten it to at most %[3]d letters; the words of the document follow below it."})
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
	v.labels(p)
}

// labels finds short labels of provisions that no wording has, and long ones.
func (v *validator) labels(p *Plan) {
	var ids []string
	for _, provision := range p.Provisions() {
		ids = append(ids, provision.ID)
	}
	for _, l := range p.Short {
		if v.provisions.known[p.ID+"/"+l.ID] == nil {
			v.report(ruleShortNowhere.At(l.key, l.ID).Suggest(viet.Nearest(l.ID, ids)))
		}
		if n := utf8.RuneCountInString(l.Text); n > longestLabel {
			v.report(ruleShortLong.At(l.pos, l.Text, n, longestLabel))
		}
	}
}
