package catalog

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// KindQuiz is a set of questions by which readers find out how well they know a plan.
const KindQuiz Kind = "quiz"

var _ = register(kindInfo{
	Kind: KindQuiz, Order: 9, Folder: "tim-hieu", Name: diag.Text{VI: "bộ câu hỏi tìm hiểu", EN: "quiz"},
	Icon: "quiz", Explains: true,
	make: func() item { return new(Quiz) },
})

// Quiz is a set of questions; its text introduces them.
type Quiz struct {
	Entry
	Questions []QuizItem `key:"questions" is:"required" vi:"Câu hỏi" en:"Questions" vihelp:"Mỗi câu hỏi một mục." enhelp:"One item a question."`
	Sources   []Source   `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng những điều không có trong kế hoạch." enhelp:"Where what is not in the plan can be verified."`
}

// QuizItem is a question, with what may be answered. Its explanation is the words of the
// provisions, which are never typed again.
type QuizItem struct {
	Kind    string   `key:"kind" is:"required" one:"one several match truth" words:"một ý đúng|nhiều ý đúng|ghép đôi|đúng hay sai" vi:"Loại câu" en:"Kind" vihelp:"one: một ý đúng; several: nhiều ý đúng; match: ghép đôi; truth: đúng hay sai." desk:"" enhelp:"one: one right answer; several: several; match: pairs; truth: true or false." eg:"one"`
	Ask     string   `key:"ask" is:"required" longest:"600" vi:"Câu hỏi" en:"Question" vihelp:"Câu hỏi, hoặc câu để người đọc xét đúng hay sai." enhelp:"The question, or the statement that readers judge."`
	Right   []string `key:"right" longest:"400" vi:"Ý đúng" en:"Right answers" vihelp:"Mỗi ý một dòng. Câu đúng hay sai thì ghi Đúng hoặc Sai." enhelp:"One line each. For true or false: Đúng or Sai." eg:"[]"`
	Wrong   []string `key:"wrong" longest:"400" vi:"Ý sai" en:"Wrong answers" vihelp:"Mỗi ý một dòng: nghe có lý nhưng trái với lời kế hoạch. Máy tự xáo thứ tự." enhelp:"One line each: plausible, but not what the plan says. They are shuffled." eg:"[]"`
	Pairs   []Pair   `key:"pairs" vi:"Cặp để ghép" en:"Pairs" vihelp:"Chỉ cho câu ghép đôi: mỗi cặp một mục, từ hai đến chín cặp." enhelp:"For match alone: one item a pair, two to nine of them."`
	Plan    []Ref    `key:"plan" is:"required" vi:"Điều khoản của kế hoạch" en:"Provisions" vihelp:"Mã các điều khoản có câu trả lời; lời của chúng hiện làm phần giải thích." desk:"Những điều khoản có câu trả lời; lời của chúng hiện làm phần giải thích." enhelp:"The provisions that hold the answer; their words are shown as the explanation." eg:"[]"`
	Explain string   `key:"explain" longest:"600" vi:"Giải thích thêm" en:"Explanation" vihelp:"Một câu của ban biên tập, nếu lời kế hoạch chưa đủ rõ." enhelp:"A sentence of the editors', where the plan's words are not enough."`
}

// Pair is two things that belong together.
type Pair struct {
	Left  string `key:"left" is:"required" longest:"300" vi:"Vế thứ nhất" en:"First" vihelp:"Ví dụ tên nhiệm vụ." enhelp:"Such as a task."`
	Right string `key:"right" is:"required" longest:"300" vi:"Vế thứ hai" en:"Second" vihelp:"Ví dụ việc phải làm." enhelp:"Such as what is to be done."`
}

// The kinds of questions.
const (
	QuizOne     = "one"
	QuizSeveral = "several"
	QuizMatch   = "match"
	QuizTruth   = "truth"
)

// The two answers of a question of the kind [QuizTruth].
const (
	QuizTrue  = "Đúng"
	QuizFalse = "Sai"
)

// mostPairs is how many pairs have a letter each, and a reader's patience.
const mostPairs = 9

// Option is an answer that readers choose or leave.
type Option struct {
	Text  string
	Right bool
}

// Options are the answers to choose among, in the order in which they are shown, which
// tells nothing and is the same everywhere. There are none where pairs are to be matched.
func (q *QuizItem) Options() []Option {
	switch q.Kind {
	case QuizMatch:
		return nil
	case QuizTruth:
		return []Option{{QuizTrue, slices.Contains(q.Right, QuizTrue)}, {QuizFalse, slices.Contains(q.Right, QuizFalse)}}
	}
	var all []Option
	for _, text := range q.Right {
		all = append(all, Option{text, true})
	}
	for _, text := range q.Wrong {
		all = append(all, Option{Text: text})
	}
	shuffle(all, q.Ask, func(o Option) string { return o.Text })
	return all
}

// Seconds are the second halves of the pairs, in the order in which they are shown: never
// that of the first halves.
func (q *QuizItem) Seconds() []string {
	var all []string
	for _, p := range q.Pairs {
		all = append(all, p.Right)
	}
	shuffle(all, q.Ask, func(s string) string { return s })
	if len(all) > 1 && slices.EqualFunc(all, q.Pairs, func(s string, p Pair) bool { return s == p.Right }) {
		all = append(all[1:], all[0])
	}
	return all
}

// Matches tells, for each pair, which of [QuizItem.Seconds] belongs to it.
func (q *QuizItem) Matches() []int {
	seconds := q.Seconds()
	at := make([]int, len(q.Pairs))
	for i, p := range q.Pairs {
		at[i] = slices.Index(seconds, p.Right)
	}
	return at
}

// shuffle puts texts in an order that follows from them and from the question alone.
func shuffle[T any](all []T, ask string, text func(T) string) {
	key := func(t T) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(ask+"\x00"+text(t)))) }
	slices.SortFunc(all, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}

func (q *Quiz) list(c *Catalog) { c.Quizzes = append(c.Quizzes, q) }

// mentions are the provisions that hold the answers.
func (q *Quiz) mentions() Mentions {
	var m Mentions
	for _, item := range q.Questions {
		m.Plan = append(m.Plan, item.Plan...)
	}
	return m
}

var (
	ruleQuizRight = diag.NewRule("quiz-right", diag.Error,
		diag.Text{VI: "Câu hỏi loại “%[1]s” phải có %[2]s; ở đây có %[4]d.", EN: "A question of the kind “%[1]s” needs %[3]s; this has %[4]d."},
		diag.Text{VI: "Ghi ý đúng ở mục right, mỗi ý một dòng; câu có nhiều ý đúng thì ghi kind: several.", EN: "Give right answers in right, one line each; where several are right, write kind: several."})
	ruleQuizWrong = diag.NewRule("quiz-without-choice", diag.Error,
		diag.Text{VI: "Câu hỏi không có ý sai nào nên người đọc không có gì để chọn.", EN: "The question has no wrong answer, so there is nothing to choose."},
		diag.Text{VI: "Ghi ít nhất một ý sai ở mục wrong: nghe có lý nhưng trái với lời kế hoạch.", EN: "Give at least one wrong answer in wrong: plausible, but not what the plan says."})
	ruleQuizTruth = diag.NewRule("quiz-truth", diag.Error,
		diag.Text{VI: "Câu đúng hay sai không thể có ý đúng là “%[1]s”.", EN: "“%[1]s” cannot be the answer of a true-or-false question."},
		diag.Text{VI: "Ghi right: [\"Đúng\"] hoặc right: [\"Sai\"].", EN: "Write right: [\"Đúng\"] (true) or right: [\"Sai\"] (false)."})
	ruleQuizPairs = diag.NewRule("quiz-pairs", diag.Error,
		diag.Text{VI: "Câu ghép đôi phải có từ 2 đến %[1]d cặp; ở đây có %[2]d cặp.", EN: "A question of the kind “match” needs 2 to %[1]d pairs; this has %[2]d."},
		diag.Text{VI: "Ghi mỗi cặp một mục dưới pairs, có left và right; nhiều cặp quá thì tách làm hai câu.", EN: "Give one item a pair under pairs, with left and right; split a question with too many in two."})
	ruleQuizTwice = diag.NewRule("quiz-option-twice", diag.Error,
		diag.Text{VI: "“%[1]s” đứng hai lần trong một câu hỏi (lần trước ở dòng %[2]d).", EN: "“%[1]s” stands twice in one question (before on line %[2]d)."},
		diag.Text{VI: "Bỏ một, hoặc viết cho khác nhau: người đọc không thể biết phải chọn ý nào.", EN: "Remove one, or tell them apart: readers cannot know which to choose."})
	ruleQuizAlien = diag.NewRule("quiz-field", diag.Error,
		diag.Text{VI: "Câu hỏi loại “%[2]s” không dùng mục “%[1]s”.", EN: "A question of the kind “%[2]s” has no “%[1]s”."},
		diag.Text{VI: "Bỏ mục này hoặc đổi kind: match dùng pairs; one và several dùng right, wrong; truth chỉ dùng right.", EN: "Remove it or change kind: match has pairs; one and several have right and wrong; truth has right alone."})
)

// quizFields are the fields of each kind of question that hold its answers.
var quizFields = map[string][]string{QuizOne: {"right", "wrong"}, QuizSeveral: {"right", "wrong"}, QuizTruth: {"right"}, QuizMatch: {"pairs"}}

// quizItem finds what makes a question one that cannot be answered. v is what the file
// says of it.
func (d *decoder) quizItem(v *matter.Value, q *QuizItem) {
	own, known := quizFields[q.Kind]
	if !known {
		return // missing or wrong, and reported
	}
	given := map[string]*matter.Value{}
	for _, k := range v.Keys {
		given[k.Name] = k.Value
		if slices.Contains([]string{"right", "wrong", "pairs"}, k.Name) && !slices.Contains(own, k.Name) && len(k.Value.Items) > 0 {
			d.quiz(ruleQuizAlien.At(d.at(k.Line, k.Column), k.Name, q.Kind))
		}
	}
	at := func(key string) diag.Pos {
		if given[key] != nil {
			return d.at(given[key].Line, given[key].Column)
		}
		return d.at(v.Line, v.Column)
	}
	switch n := len(q.Right); {
	case q.Kind == QuizMatch:
		if n := len(q.Pairs); n < 2 || n > mostPairs {
			d.quiz(ruleQuizPairs.At(at("pairs"), mostPairs, n))
		}
	case q.Kind == QuizSeveral && n < 2:
		d.quiz(ruleQuizRight.At(at("right"), q.Kind, "ít nhất hai ý đúng", "at least two right answers", n))
	case q.Kind != QuizSeveral && n != 1:
		d.quiz(ruleQuizRight.At(at("right"), q.Kind, "đúng một ý đúng", "exactly one right answer", n))
	case q.Kind == QuizTruth && q.Right[0] != QuizTrue && q.Right[0] != QuizFalse:
		d.quiz(ruleQuizTruth.At(at("right"), q.Right[0]))
	}
	if slices.Contains(own, "wrong") && len(q.Wrong) == 0 {
		d.quiz(ruleQuizWrong.At(at("wrong")))
	}
	if q.Kind == QuizMatch {
		d.quizTwice(pairHalves(given["pairs"], "left"))
		d.quizTwice(pairHalves(given["pairs"], "right"))
		return
	}
	var options []*matter.Value
	for _, key := range own {
		if given[key] != nil {
			options = append(options, given[key].Items...)
		}
	}
	d.quizTwice(options)
}

// pairHalves are what stands under a key of each pair.
func pairHalves(pairs *matter.Value, key string) (halves []*matter.Value) {
	if pairs == nil {
		return nil
	}
	for _, pair := range pairs.Items {
		for _, k := range pair.Keys {
			if k.Name == key {
				halves = append(halves, k.Value)
			}
		}
	}
	return halves
}

// quizTwice finds an answer that is offered twice, however it is written.
func (d *decoder) quizTwice(options []*matter.Value) {
	lines := map[string]int{}
	for _, o := range options {
		key := strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(o.Text), " ")), ".;,")
		if line, twice := lines[key]; twice && key != "" {
			d.quiz(ruleQuizTwice.At(d.at(o.Line, o.Column), o.Text, line))
		}
		lines[key] = o.Line
	}
}

// quiz reports what is wrong with a question; a draft may be unfinished.
func (d *decoder) quiz(f diag.Finding) {
	if d.draft {
		f = f.Lower()
	}
	d.report(f)
}
