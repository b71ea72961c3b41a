package generate

import "lienhiep/internal/catalog"

// quizData is a question of a quiz as templates read it.
type quizData struct {
	Kind    string       `json:"kind"`
	Ask     string       `json:"ask"`
	Options []optionData `json:"options"` // in the order in which they are shown
	Pairs   []pairData   `json:"pairs"`
	Seconds []string     `json:"seconds"` // of the pairs, in the order in which they are shown
	Plan    []string     `json:"plan"`    // the provisions that hold the answer
	Explain string       `json:"explain"`
}

type optionData struct {
	Text  string `json:"text"`
	Right bool   `json:"right"`
}

// pairData is the first half of a pair, and which of the seconds belongs to it.
type pairData struct {
	Left   string `json:"left"`
	Second int    `json:"second"`
}

// quizzes writes the questions of every quiz, by the path of its page.
func (g *generator) quizzes() {
	data := map[string][]quizData{}
	for _, quiz := range g.Quizzes {
		if !quiz.Published() {
			continue
		}
		list := []quizData{}
		for i := range quiz.Questions {
			list = append(list, quizItemData(&quiz.Questions[i]))
		}
		data[quiz.Path] = list
	}
	g.out.data("quizzes.json", data)
}

func quizItemData(q *catalog.QuizItem) quizData {
	d := quizData{Kind: q.Kind, Ask: q.Ask, Options: []optionData{}, Pairs: []pairData{}, Seconds: q.Seconds(), Plan: []string{}, Explain: q.Explain}
	for _, o := range q.Options() {
		d.Options = append(d.Options, optionData(o))
	}
	for i, second := range q.Matches() {
		d.Pairs = append(d.Pairs, pairData{q.Pairs[i].Left, second})
	}
	for _, ref := range q.Plan {
		d.Plan = append(d.Plan, ref.ID)
	}
	return d
}
