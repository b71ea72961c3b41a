package edit

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"lienhiep/internal/catalog"
)

// sheetAnswer is what a sheet's page is answered.
type sheetAnswer struct {
	Conflict bool
	Apart    []dispute
	Undo     string
	Others   bool
	Findings []fault
}

// fill sends a sheet: some fields as the page showed them and as they were filled in.
func (o open) fill(to, place string, was, is map[string]any, more map[string]any) (int, sheetAnswer) {
	o.t.Helper()
	body := map[string]any{"file": place, "tab": "a", "was": was, "fields": is}
	for k, v := range more {
		body[k] = v
	}
	status, text := o.ask("POST", to, body, nil)
	var answer sheetAnswer
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		o.t.Fatal(text)
	}
	return status, answer
}

type fields = map[string]any

// TestTwoPeopleFillInTheSameFile: what a colleague has saved elsewhere in it, or in another
// field, stands beside one's own; where both have filled in the same, the words of both are
// shown, and one of them is chosen.
func TestTwoPeopleFillInTheSameFile(t *testing.T) {
	o := openDesk(t)
	words, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	const file = "content/ke-hoach/15-kh-tu/_index.md"
	o.put("content/ke-hoach/15-kh-tu/van-ban.txt", string(words))
	o.put(file, planHead)
	clause := func(id string, was, is fields) {
		t.Helper()
		if status, answer := o.fill("/tien-do", "/tien-do/15-kh-tu/"+id, was, is, nil); status != 200 {
			t.Fatal(id, status, answer)
		}
	}
	// Both opened the plan; each records another provision.
	clause("ii-2", fields{"period": "Định kỳ"}, fields{"period": "Hằng năm"})
	clause("ii-1", fields{"status": "under-way", "period": ""}, fields{"status": "done", "period": ""})
	// Both opened the same provision; each fills in another field.
	clause("ii-1", fields{"status": "under-way", "period": ""}, fields{"status": "under-way", "period": "Đến 2025"})
	if got, want := o.read(file), strings.NewReplacer("Định kỳ", "Hằng năm", "under-way", "done", "    lead: [\"Hội Mẫu\"]\n", "    lead: [\"Hội Mẫu\"]\n    period: \"Đến 2025\"\n").Replace(planHead); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	o.put(catalog.WebsiteFile, facts)
	const office, menu = "/trang-web/co-quan", "/trang-web/danh-muc"
	was := fields{"publisher": fields{"body": "", "phone": "", "email": ""}}
	if status, answer := o.fill("/trang-web", menu, fields{"footer": []any{}}, fields{"footer": []any{fields{"page": "/tin-tuc/", "name": "Tin"}}}, nil); status != 200 {
		t.Fatal(status, answer)
	}
	if status, answer := o.fill("/trang-web", office, was, fields{"publisher": fields{"body": "Hội Mẫu", "phone": "", "email": ""}}, nil); status != 200 || answer.Others {
		t.Fatal("another sheet of the file", status, answer)
	}
	if status, answer := o.fill("/trang-web", office, was, fields{"publisher": fields{"body": "", "phone": "0252 000 000", "email": ""}}, nil); status != 200 || !answer.Others {
		t.Fatal("another field", status, answer)
	}
	has(t, "the facts", o.read(catalog.WebsiteFile), `body = "Hội Mẫu"`, `phone = "0252 000 000"`, "[[footer]]")

	// Both have filled in the same.
	before := o.read(catalog.WebsiteFile)
	mine := fields{"publisher": fields{"body": "Hội Thử", "phone": "", "email": "thu@mau.example"}}
	status, answer := o.fill("/trang-web", office, was, mine, nil)
	if status != http.StatusConflict || !answer.Conflict || len(answer.Apart) != 1 || answer.Apart[0].Path != "publisher.body" || answer.Apart[0].Both {
		t.Fatal(status, answer)
	}
	if one := answer.Apart[0]; len(one.Words) == 0 || !strings.HasPrefix(one.Label, "Cơ quan chủ quản: ") {
		t.Errorf("%+v", one)
	}
	if o.read(catalog.WebsiteFile) != before {
		t.Error("it was saved")
	}
	keep := func(theirs, what string) fields {
		return fields{"chosen": fields{"publisher.body": choice{theirs, what}}}
	}
	if status, _ := o.fill("/trang-web", office, was, mine, keep("other", "mine")); status != http.StatusConflict {
		t.Error("chosen without having been seen", status)
	}
	if status, _ := o.fill("/trang-web", office, was, mine, keep(answer.Apart[0].Theirs, "both")); status != http.StatusConflict {
		t.Error("there is room for one", status)
	}
	if status, _ := o.fill("/trang-web", office, was, mine, keep(answer.Apart[0].Theirs, "theirs")); status != 200 {
		t.Error(status)
	}
	has(t, "theirs", o.read(catalog.WebsiteFile), `body = "Hội Mẫu"`, "thu@mau.example", "0252 000 000")
	if status, _ := o.fill("/trang-web", office, was, mine, keep(answer.Apart[0].Theirs, "mine")); status != 200 {
		t.Error(status)
	}
	has(t, "mine", o.read(catalog.WebsiteFile), `body = "Hội Thử"`, "thu@mau.example", "0252 000 000")
}

// TestWhatIsFilledInIsKept until it is saved or thrown away, also where the program was ended
// meanwhile; it is offered on the first page, and stands beside what others have saved since.
func TestWhatIsFilledInIsKept(t *testing.T) {
	o := openDesk(t)
	o.put(catalog.WebsiteFile, facts)
	const place = "/trang-web/chung"
	was := fields{"name": "Trang mẫu", "tagline": ""}
	keep := func(o open, file string) int {
		status, _ := o.ask("POST", "/nhap", fields{"file": file, "tab": "b", "was": was, "fields": fields{"name": "Trang mẫu", "tagline": "Điền dở"}}, nil)
		return status
	}
	if status := keep(o, place); status != 200 {
		t.Fatal(status)
	}
	for _, file := range append([]string{"/trang-web/", "/trang-web/../x", "/tien-do/a", "/xuat-ban/"}, hostileNames...) {
		if status := keep(o, file); status < 400 || status >= 500 {
			t.Errorf("kept as %q: %d", file, status)
		}
	}
	o.fill("/trang-web", place, fields{"name": "Trang mẫu"}, fields{"name": "Trang khác"}, nil)
	o = startAgain(t, o.dir)
	has(t, "the first page", o.page("/"), `href="/trang-web/chung?ban=b"`, "Tên trang, câu giới thiệu")
	page := o.page(place + "?ban=b")
	has(t, "the form", page, "Điền dở", `value="Trang khác"`, `data-was="{&#34;name&#34;:&#34;Trang mẫu&#34;`, "chưa lưu")
	if strings.Contains(o.page(place+"?ban=tep"), `value="Điền dở"`) {
		t.Error("the saved form has what was not saved")
	}
	if status, answer := o.fill("/trang-web", place, was, fields{"name": "Trang khác", "tagline": "Điền dở"}, fields{"restored": "b"}); status != 200 {
		t.Fatal(status, answer)
	}
	if drafts, err := o.draftsOf(""); err != nil || len(drafts) > 0 {
		t.Error(drafts, err)
	}
	has(t, "the facts", o.read(catalog.WebsiteFile), `name = "Trang khác"`, `tagline = "Điền dở"`)
}

// TestWhatIsWrongInASheetIsTold at its field, in the form's words: when it is saved, when the
// form is opened again, and in what waits on the first page.
func TestWhatIsWrongInASheetIsTold(t *testing.T) {
	o := openDesk(t)
	words, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	o.put("content/ke-hoach/15-kh-tu/van-ban.txt", string(words))
	o.put("content/ke-hoach/15-kh-tu/_index.md", planHead)
	o.put(catalog.WebsiteFile, facts)
	for _, one := range []struct {
		to, place  string
		is         fields
		field, say string
		door       string
	}{
		{"/trang-web", "/trang-web/co-quan", fields{"publisher": fields{"body": "Hội Mẫu", "email": "sai"}}, "publisher.email", "Thư điện tử", "/trang-web/co-quan?cho=publisher.email"},
		{"/trang-web", "/trang-web/danh-muc", fields{"menu": []any{fields{"page": "/khong-co/", "name": "Không có"}}}, "menu.0", "/khong-co/", "/trang-web/danh-muc?cho=menu.0"},
		{"/tien-do", "/tien-do/15-kh-tu/ii-1", fields{"notes": []any{fields{"date": "hôm nọ", "author": "Hội Mẫu", "text": "Đã làm."}}}, "notes.0.date", "hôm nọ", "/tien-do/15-kh-tu/ii-1?cho=notes.0"},
		{"/trang-web", "/trang-web/co-quan", fields{"publisher": fields{"body": "", "phone": "0252"}}, "publisher.body", "Điền mục “Cơ quan”.", "/trang-web/co-quan?cho=publisher.body"},
		{"/trang-web", "/trang-web/trang-chu", fields{"home": fields{"plans": []any{"khong-co"}}}, "home.plans.0", "không còn nữa", "/trang-web/trang-chu?cho=home.plans.0"},
		{"/trang-web", "/trang-web/thuat-ngu", fields{"term": []any{fields{"name": "A", "meaning": "B", "sources": []any{fields{"title": "C", "url": "https://a.vn/", "date": "hôm qua"}}}}}, "term.0.sources.0.date", "hôm qua", "/trang-web/thuat-ngu?cho=term.0.sources.0.date"},
		{"/tien-do", "/tien-do/15-kh-tu/ii-3", fields{"notes": []any{fields{"date": "1/2/2023", "text": "Đã làm."}}}, "notes.0.author", "Người ghi", "/tien-do/15-kh-tu/ii-3?cho=notes.0.author"},
		{"/tien-do", "/tien-do/15-kh-tu/ii-2", fields{"due": "sắp xong"}, "due", "sắp xong", "/tien-do/15-kh-tu/ii-2?cho=due"},
	} {
		_, answer := o.fill(one.to, one.place, fields{}, one.is, nil)
		told := false
		for _, f := range answer.Findings {
			told = told || f.Severity == "error" && f.Field == one.field && strings.Contains(f.Message+f.Hint, one.say)
			for _, key := range []string{"publisher", "menu", "notes", "progress", "dòng ", " =", "files", "content/", "date:", "năm-tháng", "2026-11"} {
				if strings.Contains(f.Message+f.Hint, key) {
					t.Errorf("%s says %q: %s %s", one.place, key, f.Message, f.Hint)
				}
			}
		}
		if !told || answer.Undo == "" {
			t.Errorf("%s: not told, or not saved: %+v", one.place, answer)
		}
		has(t, one.place, o.page(one.place), "data-faults=", one.say)
		has(t, "the first page", o.page("/"), one.door)
	}
}
