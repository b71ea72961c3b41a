package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// quizPage is the quiz of the real site.
const quizPage = "/tim-hieu/15-kh-tu/"

// TestTheQuizIsReadWithoutScripts holds that every question stands there with its answer
// and the plan's words folded below it, and that no button does nothing.
func TestTheQuizIsReadWithoutScripts(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	tab, host := serveReal(t, 360, 740)
	var got struct{ Items, Folded, Keys, Quotes, Buttons int }
	var words string
	if err := chromedp.Run(tab.ctx,
		emulation.SetScriptExecutionDisabled(true),
		chromedp.Navigate(host+quizPage),
		chromedp.Evaluate(`(() => {
			const count = (s) => document.querySelectorAll(".quiz " + s).length;
			return {Items: count("fieldset > legend"), Folded: count("details:not([open])"), Keys: count("details .quiz-key li"), Quotes: count("details blockquote"), Buttons: count("button")};
		})()`, &got),
		chromedp.Evaluate(`document.querySelector(".quiz-item:last-child blockquote").textContent`, &words),
	); err != nil {
		t.Fatal(err)
	}
	if got.Items < 24 || got.Folded != got.Items || got.Keys < got.Items || got.Quotes < got.Items || got.Buttons != 0 {
		t.Errorf("without scripts: %+v", got)
	}
	if !strings.Contains(words, "3. Giao Ban Tuyên giáo Tỉnh ủy chủ trì, phối hợp với các cơ quan có liên quan hướng dẫn") {
		t.Errorf("the last answer quotes %q", words)
	}
}

// quizAnswers answers the first question of a kind, right or wrong, as a reader does.
const quizAnswers = `(kind, right) => {
	const item = document.querySelector(".quiz-item[data-kind=" + kind + "]");
	for (const i of item.querySelectorAll("input")) if (i.checked !== (("right" in i.dataset) === right)) i.click();
	for (const s of item.querySelectorAll("select")) {
		s.value = right ? s.dataset.right : String((Number(s.dataset.right) + 1) % item.querySelectorAll("select").length);
		s.dispatchEvent(new Event("change", {bubbles: true}));
	}
	item.querySelector("button").click();
	return item.id;
}`

// TestTheQuizMarksExplainsAndKeepsNothing answers questions of all kinds, the first by
// keyboard alone.
func TestTheQuizMarksExplainsAndKeepsNothing(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Axe)
	axe := string(read(t, needs.Axe.Path(t)))
	tab, host := serveReal(t, 360, 740)
	if err := chromedp.Run(tab.ctx, chromedp.Navigate(host+quizPage), page.BringToFront(), painted); err != nil {
		t.Fatal(err)
	}
	text := func(script string) (s string) {
		t.Helper()
		if err := chromedp.Run(tab.ctx, chromedp.Evaluate(script, &s)); err != nil {
			t.Fatal(err)
		}
		return s
	}
	score := func() string { return text(`document.querySelector(".quiz-score").textContent`) }
	total := text(`String(document.querySelectorAll(".quiz-item").length)`)

	// By keyboard: the arrows go through the answers, Tab to the button.
	var verdict string
	if err := chromedp.Run(tab.ctx,
		chromedp.Evaluate(`document.querySelector("#cau-1 input").focus()`, nil),
		chromedp.KeyEvent(" "),
	); err != nil {
		t.Fatal(err)
	}
	for range text(`"x".repeat([...document.querySelectorAll("#cau-1 input")].findIndex((i) => "right" in i.dataset))`) {
		if err := chromedp.Run(tab.ctx, chromedp.KeyEvent(kb.ArrowDown)); err != nil {
			t.Fatal(err)
		}
	}
	if err := chromedp.Run(tab.ctx,
		chromedp.KeyEvent(kb.Tab+kb.Enter),
		chromedp.Poll(`document.querySelector("#cau-1 [role=status]").textContent`, &verdict),
	); err != nil {
		t.Fatal(err)
	}
	if verdict != "Đúng" || text(`String(document.querySelector("#cau-1 details").open)`) != "true" || score() != "Đã chấm 1 trên "+total+" câu, đúng 1 câu." {
		t.Errorf("answered right by keyboard: %q, %q", verdict, score())
	}

	n, right := 1, 1
	for _, kind := range []string{"several", "match", "truth"} {
		for _, is := range []bool{false, true} {
			id := text("(" + quizAnswers + fmt.Sprintf(")(%q, %v)", kind, is))
			want := "Chưa đúng"
			if is {
				want = "Đúng"
			}
			if err := chromedp.Run(tab.ctx, chromedp.Poll(fmt.Sprintf(`document.querySelector("#%s [role=status]").textContent === %q`, id, want), nil)); err != nil {
				t.Fatalf("%s answered %v: %v, it says %q", kind, is, err, text(`document.querySelector("#`+id+` [role=status]").textContent`))
			}
			if marks := text(`[...document.querySelectorAll("#` + id + ` .quiz-mark")].map((m) => m.className).join(" ")`); strings.Contains(marks, "wrong") == is || is && !strings.Contains(marks, "right") {
				t.Errorf("%s answered %v is marked %q", kind, is, marks)
			}
		}
		n, right = n+1, right+1
		if want := fmt.Sprintf("Đã chấm %d trên %s câu, đúng %d câu.", n, total, right); score() != want {
			t.Errorf("the score is %q, want %q", score(), want)
		}
	}

	// A question that is not answered is not marked, and what is chosen anew is unmarked.
	if err := chromedp.Run(tab.ctx,
		chromedp.Evaluate(`document.querySelector("#cau-2 button").click()`, nil),
		chromedp.Poll(`document.querySelector("#cau-2 [role=status]").textContent === "Bạn chưa trả lời xong câu này."`, nil),
		chromedp.Evaluate(`document.querySelector("#cau-1 input:not(:checked)").click()`, nil),
	); err != nil {
		t.Fatal(err)
	}
	if marks := text(`String(document.querySelectorAll("#cau-1 .quiz-mark").length)`); marks != "0" || !strings.HasPrefix(score(), fmt.Sprintf("Đã chấm %d trên", n-1)) {
		t.Errorf("chosen anew: %s marks, %q", marks, score())
	}
	tab.accessibility(t, host+quizPage, axe)
	if unnamed := text(`[...document.querySelectorAll(".quiz input, .quiz select")].filter((e) => !e.labels.length || !e.labels[0].textContent.trim() || !e.closest("fieldset").querySelector("legend")).map((e) => e.id || e.name).join(" ")`); unnamed != "" {
		t.Errorf("without a name or a group: %s", unnamed)
	}
	if kept := text(`document.cookie + localStorage.length + sessionStorage.length + document.querySelectorAll(".quiz form, form .quiz").length`); kept != "000" {
		t.Errorf("something is kept, or could be sent: %s", kept)
	}
	tab.mu.Lock()
	for _, r := range tab.requests {
		if r.Request.Method != "GET" || strings.Contains(r.Request.URL, "?") {
			t.Errorf("something is sent: %s %s", r.Request.Method, r.Request.URL)
		}
	}
	tab.mu.Unlock()

	if err := chromedp.Run(tab.ctx, chromedp.Evaluate(`document.querySelector(".quiz-foot button").click()`, nil)); err != nil {
		t.Fatal(err)
	}
	if left := text(`document.querySelectorAll(".quiz input:checked, .quiz details[open], .quiz-mark").length + document.querySelector(".quiz-score").textContent`); left != "0" {
		t.Errorf("begun again, there is left: %s", left)
	}
}
