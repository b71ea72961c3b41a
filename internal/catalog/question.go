package catalog

import "lienhiep/internal/diag"

// KindQuestion is a question about the plan, with its answer.
const KindQuestion Kind = "question"

var _ = register(kindInfo{
	Kind: KindQuestion, Order: 6, Folder: "hoi-dap", Name: diag.Text{VI: "câu hỏi", EN: "question"},
	Icon: "help", Explains: true, Asks: true, Helps: true,
	make: func() item { return new(Question) },
})

// Question is one that readers ask; its title is the question, its text the answer, which
// ends at a provision.
type Question struct {
	Entry
	Plan    []Ref    `key:"plan" is:"required" vi:"Điều khoản của kế hoạch" en:"Provisions" vihelp:"Mã các điều khoản mà câu trả lời dựa vào." desk:"Những điều khoản mà câu trả lời dựa vào." enhelp:"The provisions that the answer rests on." eg:"[]"`
	Sources []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng câu trả lời." enhelp:"Where the answer can be verified."`
}

// mentions are the provisions that the answer rests on.
func (q *Question) mentions() Mentions { return Mentions{Plan: q.Plan} }
