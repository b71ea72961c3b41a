package edit

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/history"
)

const (
	ours    = "content/tin-tuc/gap-mat/index.md"
	ourText = "Đoạn một.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nĐoạn ba.\n\n```\nmã\n\n\nmã\n```\n\nĐoạn cuối.\n"
	ourPage = "---\n# Đã duyệt.\ntitle: 'Gặp mặt'  # ngắn\ndate: 2026-11-20T06:15:00+07:00\nscope: province\nla: giữ nguyên\nfields: [Y học]\n---\n\n" + ourText
)

// jointly opens an article, has somebody else change its file, saves what was written since,
// and returns the answer.
func (o open) jointly(theirs string, fields map[string]any, text string, chosen any) (status int, answer struct {
	Conflict, Others bool
	Undo             string
	Apart            []dispute
}) {
	o.t.Helper()
	if err := os.WriteFile(filepath.Join(o.dir, filepath.FromSlash(ours)), []byte(theirs), 0o666); err != nil {
		o.t.Fatal(err)
	}
	was := map[string]any{"title": "Gặp mặt", "scope": "province", "fields": []string{"Y học"}, "draft": false}
	now := map[string]any{}
	for key, value := range was {
		now[key] = value
	}
	for key, value := range fields {
		now[key] = value
	}
	status, said := o.ask("POST", "/luu", map[string]any{"file": ours, "opened": hash([]byte(ourPage)), "tab": "a", "was": was, "fields": now, "wasText": ourText, "text": text, "chosen": chosen}, nil)
	if err := json.Unmarshal([]byte(said), &answer); err != nil {
		o.t.Fatal(err, said)
	}
	return status, answer
}

// TestTwoPeoplesWordsArePutTogether holds that what two people have changed at different
// places of an entry is saved without a question, and no other byte with it.
func TestTwoPeoplesWordsArePutTogether(t *testing.T) {
	o := openDesk(t)
	theirs := strings.NewReplacer("province", "national", "Đoạn ba.", "Đoạn ba của họ.", "giữ nguyên", "họ đổi").Replace(ourPage)
	status, answer := o.jointly(theirs, map[string]any{"title": "Gặp mặt của tôi", "fields": []string{"Y học", "Giáo dục"}}, strings.Replace(ourText, "Đoạn một.", "Đoạn một của tôi.", 1)+"\nThêm của tôi.\n", nil)
	want := strings.NewReplacer("title: 'Gặp mặt'", `title: "Gặp mặt của tôi"`, "[Y học]", `["Y học", "Giáo dục"]`, "Đoạn một.", "Đoạn một của tôi.").Replace(theirs) + "\nThêm của tôi.\n"
	if got := o.read(ours); status != http.StatusOK || !answer.Others || answer.Undo == "" || got != want {
		t.Errorf("%d %+v\n%s\nwant\n%s", status, answer, got, want)
	}
	// Nothing of mine: nothing is saved, and theirs is shown.
	if status, answer := o.jointly(theirs, nil, ourText, nil); status != http.StatusOK || !answer.Others || answer.Undo != "" || o.read(ours) != theirs {
		t.Errorf("nothing changed here: %d %+v", status, answer)
	}
}

// TestTwoPeopleChangeTheSame holds what is asked where two people have changed the same, in
// the form's words, and what each answer saves.
func TestTwoPeopleChangeTheSame(t *testing.T) {
	o := openDesk(t)
	theirs := strings.NewReplacer("province", "national", "Đoạn ba.", "Đoạn ba của họ.", "| 1 | 2 |", "| 1 | họ |").Replace(ourPage)
	fields := map[string]any{"scope": "explainer", "title": "Của tôi"}
	text := strings.NewReplacer("Đoạn ba.", "Đoạn ba của tôi.", "Đoạn cuối.", "Đoạn cuối của tôi.").Replace(ourText)
	status, asked := o.jointly(theirs, fields, text, nil)
	if status != http.StatusConflict || !asked.Conflict || len(asked.Apart) != 2 || o.read(ours) != theirs {
		t.Fatalf("%d %+v", status, asked)
	}
	scope, third := asked.Apart[0], asked.Apart[1]
	if said := fmt.Sprint(scope.Words); scope.Both || !third.Both || third.Label != "Lời bài" || strings.Contains(said, "explainer") || strings.Contains(said, "national") {
		t.Errorf("asked: %+v", asked.Apart)
	}
	if want := (sides{Theirs: "<p>Đoạn ba của <del>họ.</del></p>", Mine: "<p>Đoạn ba của <ins>tôi.</ins></p>"}); third.Sides == nil || *third.Sides != want {
		t.Errorf("the sides are %+v, want %+v", third.Sides, want)
	}
	keep := func(of, text string) map[string]any {
		return map[string]any{scope.Path: map[string]string{"theirs": scope.Theirs, "keep": of}, third.Path: map[string]string{"theirs": third.Theirs, "keep": text}}
	}
	rest := strings.NewReplacer("title: 'Gặp mặt'", `title: "Của tôi"`, "Đoạn cuối.", "Đoạn cuối của tôi.").Replace(theirs)
	for what, tt := range map[string]struct {
		chosen any
		want   string
	}{
		"mine":   {keep("mine", "mine"), strings.NewReplacer("national", "explainer", "Đoạn ba của họ.", "Đoạn ba của tôi.").Replace(rest)},
		"theirs": {keep("theirs", "theirs"), rest},
		"both":   {keep("mine", "both"), strings.NewReplacer("national", "explainer", "Đoạn ba của họ.", "Đoạn ba của họ.\n\nĐoạn ba của tôi.").Replace(rest)},
	} {
		if status, answer := o.jointly(theirs, fields, text, tt.chosen); status != http.StatusOK || o.read(ours) != tt.want {
			t.Errorf("%s: %d %+v\n%s\nwant\n%s", what, status, answer, o.read(ours), tt.want)
		}
	}
	// What was not chosen can be had back.
	versions, err := o.history.Versions(ours)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, v := range versions {
		if text, err := o.history.Read(v); err == nil && strings.Contains(string(text), "Đoạn ba của tôi.") && !strings.Contains(string(text), "của họ") && v.Why == history.Saved {
			found = true
		}
	}
	if !found {
		t.Error("what was not chosen is gone")
	}
	// A choice between other words than those that are there is none.
	if status, _ := o.jointly(strings.Replace(theirs, "Đoạn ba của họ.", "Lại khác.", 1), fields, text, keep("mine", "mine")); status != http.StatusConflict {
		t.Errorf("words that were never seen are overwritten: %d", status)
	}
}

// TestWhatItWasMadeFromIsUnknown holds that a draft of before, which does not say what it was
// made from, overwrites nothing: all that differs is asked about.
func TestWhatItWasMadeFromIsUnknown(t *testing.T) {
	o := openDesk(t)
	theirs := strings.Replace(ourPage, "Đoạn ba.", "Đoạn ba của họ.", 1)
	if err := os.WriteFile(filepath.Join(o.dir, filepath.FromSlash(ours)), []byte(theirs), 0o666); err != nil {
		t.Fatal(err)
	}
	body := map[string]any{"file": ours, "opened": hash([]byte(ourPage)), "tab": "a", "fields": map[string]any{"title": "Gặp mặt"}, "text": ourText}
	if status, said := o.ask("POST", "/luu", body, nil); status != http.StatusConflict || !strings.Contains(said, "apart") || o.read(ours) != theirs {
		t.Errorf("%d %s\n%s", status, said, o.read(ours))
	}
}
