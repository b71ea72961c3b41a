package catalog

import "lienhiep/internal/diag"

// KindProcedure is how to do something that the plan asks for.
const KindProcedure Kind = "procedure"

var _ = register(kindInfo{
	Kind: KindProcedure, Order: 5, Folder: "thu-tuc", Name: diag.Text{VI: "thủ tục", EN: "procedure"},
	Icon: "checklist", Explains: true, Helps: true,
	make: func() item { return new(Procedure) },
})

// Procedure tells readers how to do something: nominate, enter a contest, join. Who may,
// with what papers, in what steps and by when is published only with the rules that say
// so; without them the page says what the plan asks and whom to ask.
type Procedure struct {
	Entry
	Plan     []Ref    `key:"plan" is:"required" vi:"Điều khoản của kế hoạch" en:"Provisions" vihelp:"Mã các điều khoản mà thủ tục này dựa vào." desk:"Những điều khoản mà thủ tục này dựa vào." enhelp:"The provisions behind the procedure." eg:"[]"`
	Rules    []Source `key:"rules" vi:"Văn bản quy định" en:"Rules" vihelp:"Văn bản còn hiệu lực mà ban biên tập đã đọc; thiếu thì không ghi được bốn mục dưới đây." enhelp:"The rules in force that the editors have read; without them the next four cannot be given."`
	Who      []string `key:"who" vi:"Ai được làm" en:"Who may" vihelp:"Mỗi đối tượng hoặc điều kiện một dòng." enhelp:"One line a group or condition." eg:"[]"`
	Papers   []string `key:"papers" vi:"Giấy tờ cần có" en:"Papers" vihelp:"Mỗi loại một dòng; biểu mẫu để tải về thì khai ở mục Tệp đính kèm." enhelp:"One line each; forms to download go into files." eg:"[]"`
	Steps    []string `key:"steps" vi:"Các bước" en:"Steps" vihelp:"Mỗi bước một dòng, theo thứ tự." enhelp:"One line a step, in order." eg:"[]"`
	Deadline Date     `key:"deadline" vi:"Hạn cuối" en:"Deadline" vihelp:"Ngày cuối cùng nhận hồ sơ, nếu có; ngày ấy vào lịch của trang." enhelp:"The last day, if there is one; it enters the site's calendar." eg:"2026-09-30"`
	Contact  string   `key:"contact" longest:"300" vi:"Hỏi ở đâu" en:"Whom to ask" vihelp:"Bộ phận trả lời về việc này; bỏ trống thì trang ghi cách liên hệ của cơ quan chủ quản." enhelp:"Who answers; left out, the page gives the publisher's contact."`
	Sources  []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng những điều khác trong bài." enhelp:"Where what else the page says can be verified."`
}

// mentions are the provisions behind it.
func (p *Procedure) mentions() Mentions { return Mentions{Plan: p.Plan} }

// time is the deadline.
func (p *Procedure) time() When { return When{p.Deadline, p.Deadline} }

var ruleProcedureUnruled = diag.NewRule("procedure-unruled", diag.Error,
	diag.Text{VI: "Thủ tục ghi %[1]s nhưng không ghi văn bản nào quy định như vậy.", EN: "The procedure gives %[2]s but no rules that say so."},
	diag.Text{VI: "Thêm mục rules: với văn bản còn hiệu lực đã đọc. Chưa có thì bỏ mục này: trang sẽ nêu điều kế hoạch yêu cầu và nơi để hỏi.",
		EN: "Add rules: with the rules in force that you have read. Without any, remove this: the page then says what the plan asks and whom to ask."})

// validate finds what sends people off with papers that no rule asks for.
func (p *Procedure) validate(v *validator) {
	if len(p.Rules) > 0 {
		return
	}
	for _, given := range []struct {
		key    string
		is     bool
		vi, en string
	}{
		{"who", len(p.Who) > 0, "ai được làm", "who may"},
		{"papers", len(p.Papers) > 0, "giấy tờ cần có", "papers"},
		{"steps", len(p.Steps) > 0, "các bước", "steps"},
		{"deadline", p.Deadline.Known(), "hạn cuối", "a deadline"},
	} {
		if given.is {
			v.report(ruleProcedureUnruled.At(p.pos(given.key), given.vi, given.en))
		}
	}
}
