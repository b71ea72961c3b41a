package catalog

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestAnswersAreShuffledTheSameEverywhere holds that the order of answers tells nothing,
// and is the same on the page and on paper.
func TestAnswersAreShuffledTheSameEverywhere(t *testing.T) {
	firstRight := 0
	for i := range 200 {
		q := QuizItem{Kind: QuizOne, Ask: strings.Repeat("x", i), Right: []string{"đúng"}, Wrong: []string{"một", "hai", "ba"}}
		options := q.Options()
		if again := q.Options(); !slices.Equal(options, again) {
			t.Fatalf("%v, then %v", options, again)
		}
		if len(options) != 4 || !slices.Contains(options, Option{"đúng", true}) || !slices.Contains(options, Option{"hai", false}) {
			t.Fatalf("%v", options)
		}
		if options[0].Right {
			firstRight++
		}
	}
	if firstRight < 20 || firstRight > 90 {
		t.Errorf("the right answer is first in %d of 200 questions with four answers", firstRight)
	}
}

func TestTrueComesBeforeFalse(t *testing.T) {
	q := QuizItem{Kind: QuizTruth, Ask: "Có năm nhiệm vụ.", Right: []string{QuizFalse}}
	if got := q.Options(); !slices.Equal(got, []Option{{QuizTrue, false}, {QuizFalse, true}}) {
		t.Errorf("%v", got)
	}
}

// TestPairsAreParted holds that the second halves never stand in the order of the first,
// and that each pair finds its own again.
func TestPairsAreParted(t *testing.T) {
	for i := range 100 {
		q := QuizItem{Kind: QuizMatch, Ask: strings.Repeat("x", i), Pairs: []Pair{{"1", "một"}, {"2", "hai"}, {"3", "ba"}}[:2+i%2]}
		seconds := q.Seconds()
		same := true
		for n, at := range q.Matches() {
			if seconds[at] != q.Pairs[n].Right {
				t.Errorf("%d: %v is matched by %q", i, q.Pairs[n], seconds[at])
			}
			same = same && at == n
		}
		if same {
			t.Errorf("%d: %v is in the order of the pairs", i, seconds)
		}
		if q.Options() != nil {
			t.Error("a question of pairs has answers to choose among")
		}
	}
}

// TestTheShippedQuizAsksOfThePlan holds how much the site's own quiz asks, and in how many
// ways.
func TestTheShippedQuizAsksOfThePlan(t *testing.T) {
	c, _, err := Load(os.DirFS("../.."), Options{Now: options.Now.AddDate(1, 0, 0), Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	kinds, clauses := map[string]int{}, map[string]bool{}
	for _, quiz := range c.Quizzes {
		for _, q := range quiz.Questions {
			kinds[q.Kind]++
			for _, ref := range q.Plan {
				clauses[ref.ID] = true
			}
		}
	}
	total := kinds[QuizOne] + kinds[QuizSeveral] + kinds[QuizMatch] + kinds[QuizTruth]
	if total < 24 || min(kinds[QuizOne], kinds[QuizSeveral], kinds[QuizMatch], kinds[QuizTruth]) < 3 {
		t.Errorf("%d questions: %v", total, kinds)
	}
	if len(clauses) < 20 {
		t.Errorf("they are about %d clauses", len(clauses))
	}
}
