package kit

import (
	"fmt"
	"strconv"
	"strings"

	"lienhiep/internal/catalog"
)

// Quiz is a set of questions on the plan, as it is printed.
type Quiz struct {
	Name      string // of its folder
	Title     string
	URL       string // of its page
	Questions []Asked
}

// Asked is a question, with what is offered in the order in which the page shows it.
type Asked struct {
	catalog.QuizItem
	Options []catalog.Option
	Seconds []string
	Matches []int   // which of the seconds belongs to each pair
	Quotes  []Quote // the words that hold the answer
}

// Quote is the words of a clause, and where they stand.
type Quote struct{ Short, Words string }

// quizzes are those on the site that ask of the plan.
func (k *Kit) quizzes(c *catalog.Catalog, p *catalog.Plan, absolute func(string) string) {
	words := map[string]Quote{} // of every clause of every plan, by reference
	for _, one := range c.Plans {
		if one.Document == nil || !one.Published() {
			continue
		}
		names := one.Names(one.Document)
		for _, provision := range one.Provisions() {
			short := names[provision.ID].Short
			if one != p {
				short += ", " + one.Document.Number
			}
			words[one.ID+"/"+provision.ID] = Quote{short, strings.TrimSpace(provision.Label + " " + unbarred(provision.Words()))}
		}
	}
	for _, quiz := range c.Quizzes {
		if !quiz.Published() {
			continue
		}
		of := Quiz{Name: quiz.ID, Title: quiz.Title, URL: absolute(quiz.URL)}
		asks := false
		for i := range quiz.Questions {
			q := Asked{QuizItem: quiz.Questions[i], Options: quiz.Questions[i].Options(), Seconds: quiz.Questions[i].Seconds(), Matches: quiz.Questions[i].Matches()}
			for _, ref := range q.Plan {
				asks = asks || strings.HasPrefix(ref.ID, p.ID+"/")
				if quote, known := words[ref.ID]; known {
					q.Quotes = append(q.Quotes, quote)
				}
			}
			q.Plan = nil // its places in the file are no part of what is printed
			of.Questions = append(of.Questions, q)
		}
		if asks {
			k.Quizzes = append(k.Quizzes, of)
		}
	}
}

// The paper's page, in points: A4.
const (
	quizWidth, quizHeight = 595.28, 841.89
	quizSide, quizTop     = 62.0, 54.0
	quizColumn            = quizWidth - 2*quizSide
	quizBottom            = quizHeight - 62
)

// quizHow says how a question of each kind is answered on paper.
var quizHow = map[string]string{
	catalog.QuizOne: "Khoanh một ý đúng.", catalog.QuizSeveral: "Khoanh tất cả các ý đúng.", catalog.QuizTruth: "Khoanh Đúng hoặc Sai.", catalog.QuizMatch: "Ghi chữ cái của ý tương ứng vào chỗ trống.",
}

// quizFiles are a paper for each quiz, with its key behind it.
func quizFiles(k *Kit) ([]File, error) {
	var files []File
	for _, quiz := range k.Quizzes {
		data, err := k.quizPaper(quiz)
		if err != nil {
			return nil, err
		}
		name := k.Name + "-cau-hoi.pdf"
		if len(k.Quizzes) > 1 {
			name = k.Name + "-cau-hoi-" + quiz.Name + ".pdf"
		}
		files = append(files, File{name, "PDF", data})
	}
	return files, nil
}

// exam is a paper being set, page by page.
type exam struct {
	*pen
	foot string
	y    float64
}

func (k *Kit) quizPaper(quiz Quiz) ([]byte, error) {
	p, err := newPen(k, quiz.Title, quizWidth, quizHeight)
	if err != nil {
		return nil, err
	}
	s := &exam{pen: p, foot: "Làm bài trên trang: " + quiz.URL}
	s.next()
	s.block(heading("H1", quiz.Title, 20, blue))
	s.block(one(k.Document.Cite(), sans, 11, quiet))
	for _, line := range []string{"Họ và tên:", "Đơn vị:"} {
		s.blank(line)
	}
	for i, q := range quiz.Questions {
		s.block(asked(i+1, q)...)
	}
	s.next()
	s.block(heading("H1", "Đáp án và lời kế hoạch", 18, blue))
	for i, q := range quiz.Questions {
		s.block(answered(i+1, q)...)
	}
	return s.file()
}

func heading(tag, words string, size float64, c colour) text {
	t := one(words, display, size, c)
	t.tag, t.after = tag, 4
	return t
}

// asked is a question as it is printed.
func asked(n int, q Asked) []text {
	all := []text{{spans: []span{{text: fmt.Sprintf("Câu %d.", n), look: bold, ink: red}, {text: q.Ask, look: bold, ink: ink}, {text: quizHow[q.Kind], look: sans, ink: quiet}}, size: 11, after: 3}}
	offered := q.Seconds
	for _, o := range q.Options {
		offered = append(offered, o.Text)
	}
	for i, words := range offered {
		all = append(all, indented(letter(i)+") "+words))
	}
	for _, pair := range q.Pairs {
		all = append(all, indented(pair.Left+" – ……"))
	}
	return spaced(all)
}

// answered is a question's answer, with the words that hold it.
func answered(n int, q Asked) []text {
	var right []string
	for i, o := range q.Options {
		if o.Right {
			right = append(right, letter(i)+") "+o.Text)
		}
	}
	for i, pair := range q.Pairs {
		right = append(right, pair.Left+" – "+letter(q.Matches[i])+") "+q.Seconds[q.Matches[i]])
	}
	all := []text{{spans: []span{{text: fmt.Sprintf("Câu %d.", n), look: bold, ink: red}, {text: strings.Join(right, "; "), look: bold, ink: ink}}, size: 10, after: 2}}
	if q.Explain != "" {
		all = append(all, one(q.Explain, sans, 10, ink))
	}
	for _, quote := range q.Quotes {
		all = append(all, text{spans: []span{{text: quote.Short + ":", look: bold, ink: quiet}, {text: "“" + quote.Words + "”", look: quoted, ink: ink}}, size: 10, after: 2})
	}
	return spaced(all)
}

// indented is an answer that is offered: its letter stands out.
func indented(words string) text {
	return text{spans: []span{{text: words, look: sans, ink: ink}}, size: 11, after: 2}
}

// spaced parts a question from the next.
func spaced(all []text) []text {
	all[len(all)-1].after = 10
	return all
}

func letter(i int) string { return string(rune('a' + i)) }

// next begins a page.
func (s *exam) next() {
	s.page()
	s.y = quizTop
	s.ornament(func() {
		s.font(sans, 8)
		s.ink(quiet)
		foot := []rune(drawable(s.foot))
		for len(foot) > 0 && s.GetStringWidth(string(foot)) > quizColumn-40 {
			foot = foot[:len(foot)-1]
		}
		s.Text(quizSide, quizHeight-36, string(foot))
		number := strconv.Itoa(s.PageNo())
		s.Text(quizWidth-quizSide-s.GetStringWidth(number), quizHeight-36, number)
	})
}

// block sets paragraphs that belong together, on a new page where this has no room for
// them. Of what is higher than a page, each paragraph stands where there is room for it,
// and a longer one is parted.
func (s *exam) block(all ...text) {
	if s.y+s.height(quizColumn, all...) <= quizBottom {
		s.y = s.put(quizSide, s.y, quizColumn, all...)
		return
	}
	if s.height(quizColumn, all...) <= quizBottom-quizTop {
		s.next()
		s.y = s.put(quizSide, s.y, quizColumn, all...)
		return
	}
	for _, t := range all {
		for rest := &t; rest != nil; {
			var head text
			head, rest = s.parted(*rest)
			s.y = s.put(quizSide, s.y, quizColumn, head)
			if rest != nil {
				s.next()
			}
		}
	}
}

// parted is as much of a paragraph as has room on the page, and the rest, if any.
func (s *exam) parted(t text) (head text, rest *text) {
	lines := s.lines(t, quizColumn)
	room := max(1, int((quizBottom-s.y)/(t.size*leading)))
	if len(lines) <= room {
		return t, nil
	}
	head, tail := t, t
	head.spans, tail.spans = nil, nil
	for i, line := range lines {
		for _, w := range line {
			one := t.spans[w.span]
			one.text = w.text
			if i < room {
				head.spans = append(head.spans, one)
			} else {
				tail.spans = append(tail.spans, one)
			}
		}
	}
	head.after = 0
	return head, &tail
}

// blank is a line to be written on.
func (s *exam) blank(label string) {
	y := s.y + 4
	end := s.put(quizSide, y, quizColumn, one(label, sans, 11, ink))
	s.ornament(func() {
		s.SetDrawColor(edge[0], edge[1], edge[2])
		s.SetLineWidth(.8)
		s.Line(quizSide+90, end, quizWidth-quizSide, end)
	})
	s.y = end + 6
}
