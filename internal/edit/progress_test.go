package edit

import (
	"os"
	"strings"
	"testing"
)

const planHead = `---
title: Kế hoạch mẫu # giữ
date: 2021-04-05
tasks: ii
short:
  ii-1: "Tuyên truyền"
progress:
  # trước một
  - at: ii-1
    status: under-way # đang
    lead: ["Hội Mẫu"]
  - at: ii-2
    period: "Định kỳ"
---
Lời.
`

// TestProgressIsRecordedByProvision shows a plan as a tree, what is counted by itself beside
// a provision, and changes the record of one: no other byte.
func TestProgressIsRecordedByProvision(t *testing.T) {
	o := openDesk(t)
	words, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	const file = "content/ke-hoach/15-kh-tu/_index.md"
	o.put("content/ke-hoach/15-kh-tu/van-ban.txt", string(words))
	o.put(file, planHead)
	o.put("content/tin-tuc/viec/index.md", "---\ntitle: Việc đã kể\ndate: 2023-05-06\nevent: 2023-05-05\nplan: [15-kh-tu/ii-1]\nsources: [{title: A, url: \"https://a.vn/\"}]\n---\nLời.\n")
	tree := o.page("/tien-do/15-kh-tu/")
	has(t, "the tree", tree, `href="/tien-do/15-kh-tu/ii-1"`, "Tuyên truyền", "Đang làm", "1 việc đã làm", "Chưa có báo cáo")
	page := o.page("/tien-do/15-kh-tu/ii-1")
	has(t, "the provision", page, "Việc đã kể", "5/5/2023", "đang làm", "Hội Mẫu", "Cơ quan chủ trì")
	for _, key := range []string{"under-way", "not-reported"} {
		if strings.Contains(strings.ReplaceAll(page, `value="`+key, ""), key) {
			t.Errorf("the page says %q", key)
		}
	}
	save := func(id string, fields map[string]any) answered {
		t.Helper()
		return o.act("/tien-do", sheetSent{written: written{File: "/tien-do/15-kh-tu/" + id, Was: map[string]any{}, Fields: fields}})
	}
	note := map[string]any{"date": "5/6/2023", "author": "Hội Mẫu", "text": "Đã làm.", "sources": []any{map[string]any{"title": "A", "url": "https://a.vn/"}}}
	a := save("ii-1", map[string]any{"status": "done", "lead": []any{"Hội Mẫu"}, "notes": []any{note}})
	want := strings.Replace(planHead, "    status: under-way # đang\n    lead: [\"Hội Mẫu\"]\n", "    status: done # đang\n    lead: [\"Hội Mẫu\"]\n    notes:\n      - date: 2023-06-05\n        author: \"Hội Mẫu\"\n        text: \"Đã làm.\"\n        sources:\n          - title: \"A\"\n            url: \"https://a.vn/\"\n", 1)
	if got := o.read(file); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	has(t, "the tree", o.page("/tien-do/15-kh-tu/"), "Đã xong")
	o.act("/hoan-tac", map[string]string{"id": a.Undo})
	if got := o.read(file); got != planHead {
		t.Errorf("undone:\n%s", got)
	}
	save("i", map[string]any{"status": "recurring"})
	if got, want := o.read(file), strings.Replace(planHead, "    period: \"Định kỳ\"\n", "    period: \"Định kỳ\"\n  - at: \"i\"\n    status: recurring\n", 1); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	save("i", map[string]any{"status": ""})
	if got := o.read(file); got != planHead {
		t.Errorf("a record left blank stays:\n%s", got)
	}
	if o.read("content/ke-hoach/15-kh-tu/van-ban.txt") != string(words) {
		t.Error("the plan's words have changed")
	}
	for what, body := range map[string]map[string]any{
		"nothing that it was": {"file": "/tien-do/15-kh-tu/ii-1", "fields": map[string]any{"status": "done"}},
		"no such provision":   {"file": "/tien-do/15-kh-tu/ix", "was": map[string]any{}, "fields": map[string]any{"status": "done"}},
		"no such plan":        {"file": "/tien-do/../tin-tuc/i", "was": map[string]any{}, "fields": map[string]any{"status": "done"}},
		"another's version":   {"file": "/tien-do/15-kh-tu/ii-1", "was": map[string]any{"status": "recurring"}, "fields": map[string]any{"status": "done"}},
	} {
		if status, text := o.ask("POST", "/tien-do", body, nil); status < 400 || status >= 500 {
			t.Errorf("%s: %d %s", what, status, text)
		}
	}
}
