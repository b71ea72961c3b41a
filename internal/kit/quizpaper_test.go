package kit

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/needs"
)

// shipped is the kit of the site's own plan.
func shipped(t *testing.T) *Kit {
	t.Helper()
	c, p := shippedPlan(t)
	return New(c, p, "https://lienhiep.example/")
}

// shippedPlan is the site's own content, and its plan.
func shippedPlan(t *testing.T) (*catalog.Catalog, *catalog.Plan) {
	t.Helper()
	c, _, err := catalog.Load(os.DirFS("../.."), catalog.Options{Now: time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC), Zone: time.UTC, BaseURL: "https://lienhiep.example/"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Plans {
		if p.ID == "15-kh-tu" {
			return c, p
		}
	}
	t.Fatal("no plan")
	return nil, nil
}

// printed is what another reader reads in a PDF, without white space.
func printed(t *testing.T, pdf []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf, 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(needs.PDFText.Path(t), "-enc", "UTF-8", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), "")
}

func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// TestThePaperAsksWhatThePageAsks holds that the paper has every question with its answers
// behind the letters that the page gives them, and the key the words of the plan.
func TestThePaperAsksWhatThePageAsks(t *testing.T) {
	needs.Ask(t, needs.PDFText)
	k := shipped(t)
	files, err := quizFiles(k)
	if err != nil || len(files) != 1 || files[0].Name != "15-kh-tu-cau-hoi.pdf" {
		t.Fatal(len(files), err)
	}
	text := printed(t, files[0].Data)
	paper, key, found := strings.Cut(text, bare("Đáp án và lời kế hoạch"))
	if !found {
		t.Fatal("there is no key")
	}
	for i, q := range k.Quizzes[0].Questions {
		if !strings.Contains(paper, bare(q.Ask)) {
			t.Errorf("question %d is not asked: %s", i+1, q.Ask)
		}
		for n, o := range q.Options {
			words := bare(letter(n) + ") " + o.Text)
			if !strings.Contains(paper, words) {
				t.Errorf("question %d does not offer %s", i+1, words)
			}
			if o.Right && !strings.Contains(key, words) {
				t.Errorf("the key of question %d does not have %s", i+1, words)
			}
		}
		for n, pair := range q.Pairs {
			if words := bare(pair.Left + " – " + letter(q.Matches[n]) + ") " + pair.Right); !strings.Contains(key, words) {
				t.Errorf("the key of question %d does not have %s", i+1, words)
			}
		}
		if len(q.Quotes) == 0 {
			t.Errorf("question %d is answered by no words of the plan", i+1)
		}
	}
}

// A quiz may have very many questions, with very long words of very long clauses.
func TestAPaperOfAnyLengthIsPrinted(t *testing.T) {
	needs.Ask(t, needs.PDFText)
	k := shipped(t)
	q := k.Quizzes[0].Questions[0]
	q.Ask = strings.Repeat("dài ", 150)
	q.Quotes = []Quote{{"I.1", strings.Repeat("lời của điều khoản ", 1500) + "HẾT"}}
	k.Quizzes[0].Questions = []Asked{q, q}
	files, err := quizFiles(k)
	if err != nil {
		t.Fatal(err)
	}
	if text := printed(t, files[0].Data); strings.Count(text, "HẾT”") != 2 || strings.Count(text, bare("lời của điều khoản")) < 2980 {
		t.Errorf("of a long clause there is %d times the end, %d of 3000 pieces", strings.Count(text, "HẾT”"), strings.Count(text, bare("lời của điều khoản")))
	}
}

// TestReadersAreLedToTheQuiz holds that slides and prints name its page.
func TestReadersAreLedToTheQuiz(t *testing.T) {
	k := shipped(t)
	if !slices.Contains(k.Read, Place{k.Quizzes[0].Title, "https://lienhiep.example/tim-hieu/15-kh-tu/"}) {
		t.Errorf("they are led to %v", k.Read)
	}
}

func TestAPlanWithoutAQuizHasNoPaper(t *testing.T) {
	k := shipped(t)
	k.Quizzes = nil
	if files, err := quizFiles(k); err != nil || len(files) != 0 {
		t.Error(len(files), err)
	}
}
