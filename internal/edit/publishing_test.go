package edit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/ledger"
	"lienhiep/internal/publish"
	"lienhiep/internal/schedule"
)

// stillPublisher publishes nothing.
type stillPublisher struct{}

func (stillPublisher) Build(context.Context, func(string)) ([]diag.Finding, error) { return nil, nil }
func (stillPublisher) Address() string                                             { return "https://lienhiep.example/" }
func (stillPublisher) Targets() []string                                           { return []string{"web"} }
func (stillPublisher) Pending(string) (Pending, error)                             { return Pending{}, nil }
func (stillPublisher) AsPublished([]string) ([]string, error)                      { return nil, nil }
func (stillPublisher) Deploy(context.Context, string, DeployOptions, func(string)) (Published, error) {
	return Published{}, nil
}
func (stillPublisher) Releases(context.Context, string) ([]publish.Release, error) { return nil, nil }
func (stillPublisher) Rollback(context.Context, string, string, func(string)) (publish.Report, error) {
	return publish.Report{}, nil
}
func (stillPublisher) Remember(string, string) {}

func (stillPublisher) Place(string) string           { return "" }
func (stillPublisher) SetPlace(string, string) error { return nil }
func (stillPublisher) SetAddress(string) error       { return nil }
func (stillPublisher) Try(context.Context, string, string, string) ([]diag.Finding, error) {
	return nil, nil
}

func (stillPublisher) Submit(context.Context, []string, string, string) (string, error) {
	return ".lienhiep/approval/duyet-a-20261128-0700.html", nil
}

// record notes a deploy of the desk's content, as far as pages name it.
func (o open) record(who, release string, at time.Time, titles map[string]string) {
	o.t.Helper()
	var pages []ledger.Page
	for _, file := range slices.Sorted(maps.Keys(titles)) {
		pages = append(pages, ledger.Page{File: file, URL: strings.TrimSuffix(strings.TrimPrefix(file, "content"), "index.md"), Title: titles[file]})
	}
	site, err := ledger.Take(os.DirFS(o.dir), pages)
	if err != nil {
		o.t.Fatal(err)
	}
	l, err := ledger.Open(o.dir)
	if err != nil {
		o.t.Fatal(err)
	}
	defer l.Close()
	if err := l.Record("web", ledger.Deploy{Time: at, Who: who, Release: release}, site); err != nil {
		o.t.Fatal(err)
	}
}

// TestPublicationsAreToldInArticles tells who published what, with links at the desk and
// on the live site, and what was published last.
func TestPublicationsAreToldInArticles(t *testing.T) {
	o := openDesk(t)
	if last, err := o.lastPublished(); err != nil || last != nil {
		t.Errorf("before anything was: %v %v", last, err)
	}
	const news, person = "content/tin-tuc/gap-mat/index.md", "content/tri-thuc/nguyen-van-a/index.md"
	o.record("Trần Văn Mẫu", "0001-aaaaaaaaaaaa", time.Date(2026, 11, 27, 9, 5, 0, 0, saigon), map[string]string{news: "Gặp mặt"})
	if status, text := o.save(news, hash([]byte(article)), "Gặp gỡ"); status != 200 {
		t.Fatal(text)
	}
	o.record("Lê Thị Thử", "0002-bbbbbbbbbbbb", time.Date(2026, 11, 28, 9, 5, 0, 0, saigon), map[string]string{news: "Gặp gỡ", person: "Nguyễn Văn A"})
	last, err := o.lastPublished()
	if err != nil || last == nil {
		t.Fatal(last, err)
	}
	want := publication{Target: "web", Release: "0002-bbbbbbbbbbbb", When: "09:05 28/11/2026", At: "2026-11-28T02:05:00Z", Who: "Lê Thị Thử", Summary: "1 bài đổi, 1 bài mới", time: last.time, Entries: []publishedEntry{
		{"Đổi", "Gặp gỡ", "/soan/tin-tuc/gap-mat/index.md", "https://lienhiep.example/tin-tuc/gap-mat/"},
		{"Mới", "Nguyễn Văn A", "/soan/tri-thuc/nguyen-van-a/index.md", "https://lienhiep.example/tri-thuc/nguyen-van-a/"}}}
	if !reflect.DeepEqual(*last, want) {
		t.Errorf("got  %+v\nwant %+v", *last, want)
	}
	_, page := o.ask("GET", "/xuat-ban/", nil, nil)
	for _, said := range []string{"09:05 28/11/2026</b> · Lê Thị Thử · 1 bài đổi, 1 bài mới", "09:05 27/11/2026</b> · Trần Văn Mẫu · 1 bài mới", `href="https://lienhiep.example/tin-tuc/gap-mat/"`} {
		if !strings.Contains(page, said) {
			t.Errorf("the page does not say %q:\n%s", said, page)
		}
	}
}

// TestWhoPublishesIsAskedOnce asks for the name until it is given, and sends and signs with it
// from then on.
func TestWhoPublishesIsAskedOnce(t *testing.T) {
	home := t.TempDir()
	for _, v := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} { // one for each system
		t.Setenv(v, home)
	}
	o := openDesk(t)
	asks := func() bool {
		t.Helper()
		_, page := o.ask("GET", "/xuat-ban/", nil, nil)
		return strings.Contains(page, `data-given="" open>`)
	}
	if !asks() {
		t.Error("nobody is asked")
	}
	if got := told[map[string]string](o, "POST", "/viec/ten-toi", map[string]string{"name": "  Trần Văn \n Mẫu"}); got["name"] != "Trần Văn Mẫu" || asks() {
		t.Errorf("it is %q, and asked for again: %v", got["name"], asks())
	}
	if _, page := o.ask("GET", "/duyet/", nil, nil); strings.Contains(page, `id="from"`) && !strings.Contains(page, `id="from" value="Trần Văn Mẫu"`) {
		t.Errorf("the letter has another sender:\n%s", page)
	}
	if status, text := o.save("content/tin-tuc/gap-mat/index.md", hash([]byte(article)), "Gặp gỡ"); status != 200 {
		t.Fatal(text)
	}
	if versions, err := o.history.Versions("content/tin-tuc/gap-mat/index.md"); err != nil || versions[0].Who != "Trần Văn Mẫu" {
		t.Errorf("the version is signed %+v (%v)", versions, err)
	}
}

// TestWhatWasPublishedOnceIsTold answers, for one time, which entries were published, with the
// words of each before and after.
func TestWhatWasPublishedOnceIsTold(t *testing.T) {
	o := openDesk(t)
	const news = "content/tin-tuc/gap-mat/index.md"
	first, second := time.Date(2026, 11, 27, 9, 5, 0, 0, saigon), time.Date(2026, 11, 28, 9, 5, 0, 0, saigon)
	o.record("Trần Văn Mẫu", "0001-aaaaaaaaaaaa", first, map[string]string{news: "Gặp mặt"})
	if status, text := o.save(news, hash([]byte(article)), "Gặp gỡ"); status != 200 {
		t.Fatal(text)
	}
	o.record("Trần Văn Mẫu", "0002-bbbbbbbbbbbb", second, map[string]string{news: "Gặp gỡ"})
	type answered struct {
		Entries []pendingOne `json:"entries"`
	}
	at := func(when time.Time) string {
		return "/viec/lan-dang?noi=web&luc=" + url.QueryEscape(when.UTC().Format(time.RFC3339Nano))
	}
	if got := told[answered](o, "GET", at(first), nil); len(got.Entries) != 1 || got.Entries[0].Kind != "Mới" || got.Entries[0].Changed != nil {
		t.Errorf("at first: %+v", got)
	}
	got := told[answered](o, "GET", at(second), nil)
	if len(got.Entries) != 1 || got.Entries[0].Link != "https://lienhiep.example/tin-tuc/gap-mat/" || !strings.Contains(fmt.Sprint(got.Entries[0].Changed), "gỡ") {
		t.Errorf("then: %+v", got)
	}
	for _, address := range []string{at(second.Add(1)), "/viec/lan-dang?noi=web2", "/viec/lan-dang?noi=web"} {
		if status, text := o.ask("GET", address, nil, nil); status != 404 {
			t.Errorf("%s: %d %s", address, status, text)
		}
	}
}

// publishedSite has readers who see entries as they were published last.
type publishedSite struct {
	contentSite
	shown []string
}

func (s publishedSite) AsPublished(files []string) ([]string, error) {
	return slices.DeleteFunc(slices.Clone(files), func(f string) bool { return !slices.Contains(s.shown, f) }), nil
}

// TestSchedulingWhatReadersSeeIsToldBefore says of an hour that is about to be saved what
// readers see until then, and what keeps the entry from appearing then.
func TestSchedulingWhatReadersSeeIsToldBefore(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	o.record("Trần Văn Mẫu", "0001-aaaaaaaaaaaa", time.Date(2026, 11, 27, 9, 5, 0, 0, saigon), map[string]string{name: "Gặp mặt"})
	said := func(query string) string {
		t.Helper()
		return told[toldOfSchedule](o, "GET", "/viec/hen?bai="+query, nil).Sentence
	}
	is := func(query string, wants ...string) {
		t.Helper()
		got := said(query)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q lacks %q", query, got, want)
			}
		}
	}
	later := "&luc=" + url.QueryEscape("7:00 1/12/2999")
	if got := said(name) + said(name+"&luc=") + said(name+"&luc="+url.QueryEscape("1/2/2026")); got != "" {
		t.Errorf("nothing is scheduled: %q", got)
	}
	is(name+later, "hẹn lên web lúc 7:00 Chủ nhật 1/12/2999", "Chưa có gì canh giờ", "lần đăng tới sẽ đưa bài xuống cho đến lúc ấy")
	is(name+later+"&nhap=1", "còn là bản nháp nên đến giờ ấy vẫn chưa lên")
	is("content/tin-tuc/bai-moi/index.md"+later, "hẹn lên web lúc 7:00 Chủ nhật 1/12/2999")
	o.Site = publishedSite{contentSite{dir: o.dir}, []string{name}}
	is(name+later, "người đọc vẫn thấy bài như lần đăng trước", "Gỡ khỏi trang")
	if status, _ := o.ask("GET", "/viec/hen?bai=../a.md"+later, nil, nil); status != 404 {
		t.Errorf("%d for no entry", status)
	}

	// Saved like that, it can be taken down, and the list of what comes says what is read.
	o.put(name, strings.Replace(article, "---\n\nLời", "publishDate: 2999-12-01T07:00:00+07:00\n---\n\nLời", 1))
	if _, page := o.ask("GET", "/soan/tin-tuc/gap-mat/index.md", nil, nil); !strings.Contains(page, `href="/go/tin-tuc/gap-mat/index.md"`) {
		t.Error("it cannot be taken down")
	}
	if _, page := o.ask("GET", "/hen-gio/", nil, nil); !strings.Contains(page, "đến lúc ấy người đọc vẫn thấy bản đăng lần trước") {
		t.Errorf("the list does not say what is read:\n%s", page)
	}

	c, _, err := o.Site.Load()
	if err != nil {
		t.Fatal(err)
	}
	if going, err := o.stillSeen(c); err != nil || len(going) > 0 {
		t.Errorf("it is told as going: %+v (%v)", going, err)
	}

	// With an error it does not appear.
	o.put(name, strings.Replace(o.read(name), "url: https", "url: htps", 1))
	is(name, "nhưng còn chỗ phải sửa, chưa sửa thì bài không lên web: ")
	for _, address := range []string{"/hen-gio/", "/xuat-ban/"} {
		_, page := o.ask("GET", address, nil, nil)
		if !strings.Contains(page, "Bài hẹn giờ nào cũng còn chỗ phải sửa") || !strings.Contains(page, "chưa được: còn chỗ phải sửa") || strings.Contains(page, "trang không tự đổi") {
			t.Errorf("%s promises it:\n%s", address, page)
		}
	}
}

// TestWhetherItWillHappenIsTold tells the truth about what is scheduled.
func TestWhetherItWillHappenIsTold(t *testing.T) {
	o := openDesk(t)
	sunday := time.Now().In(saigon).AddDate(0, 0, 7-int(time.Now().In(saigon).Weekday()))
	sunday = time.Date(sunday.Year(), sunday.Month(), sunday.Day(), 7, 0, 0, 0, saigon)
	file := filepath.Join(o.dir, "content", "tin-tuc", "gap-mat", "index.md")
	when := fmt.Sprintf("publishDate: %s\nexpiryDate: %s\n---\n\nLời", sunday.Format(time.RFC3339), sunday.AddDate(0, 1, 0).Format(time.RFC3339))
	if err := os.WriteFile(file, []byte(strings.Replace(article, "---\n\nLời", when, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	at := "7:00 Chủ nhật " + sunday.Format("2/1/2006")
	told := func() coming {
		t.Helper()
		c, findings, err := o.Site.Load()
		if err != nil {
			t.Fatal(err)
		}
		got, err := o.coming(t.Context(), c, findings)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	got := told()
	if len(got.Changes) != 2 || got.Changes[0].What != "lên web" || got.Changes[0].When != at || got.Changes[1].What != "rời web" || got.Changes[0].Place != "/soan/tin-tuc/gap-mat/index.md" {
		t.Errorf("%+v", got)
	}
	if got.Kept || !strings.Contains(got.Sentence, "lúc "+at+" trang không tự đổi") {
		t.Errorf("nobody keeps it: %+v", got)
	}
	if err := schedule.Save(o.dir, "web", schedule.State{Alive: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if got = told(); !got.Kept || !strings.Contains(got.Sentence, "lúc "+at+" trang tự đổi") {
		t.Errorf("it is kept: %+v", got)
	}
	if err := schedule.Save(o.dir, "web", schedule.State{Alive: time.Now(), Fault: "x"}); err != nil {
		t.Fatal(err)
	}
	if got = told(); !got.Kept || !strings.Contains(got.Sentence, "lần thử gần đây chưa đăng được") {
		t.Errorf("it fails: %+v", got)
	}
	if err := schedule.Save(o.dir, "web", schedule.State{Alive: time.Now().Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if got = told(); got.Kept {
		t.Errorf("it has stopped: %+v", got)
	}
	o.Site = twoTargets{contentSite{dir: o.dir}}
	if err := schedule.Save(o.dir, "web", schedule.State{Alive: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if got = told(); !got.Kept || !strings.Contains(got.Sentence, "trang tự đổi trên “web”") || !strings.HasSuffix(got.Sentence, "Chưa có gì canh giờ cho “web2”: ở đó phải có người bấm Đăng.") {
		t.Errorf("only one of two is kept: %+v", got)
	}
	o.Site = contentSite{dir: o.dir}
	if err := schedule.Save(o.dir, "web", schedule.State{}); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/xuat-ban/", "/hen-gio/", "/viec/hen?bai=content/tin-tuc/gap-mat/index.md"} {
		if _, page := o.ask("GET", address, nil, nil); !strings.Contains(page, "lúc "+at+" trang không tự đổi") {
			t.Errorf("%s does not say it:\n%s", address, page)
		}
	}
}

// twoTargets has two places to publish to.
type twoTargets struct{ contentSite }

func (twoTargets) Targets() []string { return []string{"web", "web2"} }

// TestApprovalIsRemembered tells of each entry how it stands to its approval, and never
// more than is known.
func TestApprovalIsRemembered(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	is := func(begins string) {
		t.Helper()
		if got := o.approvalOf(name); !strings.HasPrefix(got, begins) || (begins == "") != (got == "") {
			t.Errorf("%q, want %q", got, begins)
		}
	}
	is("")
	if err := o.history.Submit(name, []byte(article), "Trần Văn Mẫu", "", time.Now()); err != nil {
		t.Fatal(err)
	}
	is("Chờ duyệt, gửi lúc ")
	if _, page := o.ask("GET", "/duyet/?bai="+name, nil, nil); !strings.Contains(page, "Đang chờ duyệt") || !strings.Contains(page, `value="`+name+`" checked`) {
		t.Errorf("the page lacks it:\n%s", page)
	}
	if status, text := o.save(name, hash([]byte(article)), "Gặp gỡ"); status != 200 {
		t.Fatal(text)
	}
	is("Chờ duyệt; đã sửa sau khi gửi lúc ")
	today := time.Now().In(saigon).Format(time.DateOnly)
	ask := func(opened, who, day string) int {
		status, _ := o.ask("POST", "/duyet/ghi", map[string]string{"file": name, "opened": opened, "who": who, "date": day, "note": "được"}, nil)
		return status
	}
	seen := hash([]byte(o.read(name)))
	for what, got := range map[string]int{"another version": ask(hash([]byte(article)), "A", today) - 409, "nobody": ask(seen, " ", today) - 400, "tomorrow": ask(seen, "A", "2999-01-01") - 400, "no day": ask(seen, "A", "") - 400} {
		if got != 0 {
			t.Errorf("%s is taken", what)
		}
	}
	is("Chờ duyệt; ")
	var noted struct{ Undo string }
	if _, text := o.ask("POST", "/duyet/ghi", map[string]string{"file": name, "opened": seen, "who": "Người nhầm", "date": today}, nil); json.Unmarshal([]byte(text), &noted) != nil || noted.Undo == "" {
		t.Fatal(text)
	}
	if status, text := o.ask("POST", "/hoan-tac", map[string]string{"id": noted.Undo}, nil); status != 200 {
		t.Fatal(text)
	}
	is("Chờ duyệt; ")
	if got := ask(seen, "Lê Thị Thử", "2026-01-02"); got != 200 {
		t.Fatal(got)
	}
	is("Đã duyệt bản này: Lê Thị Thử, ")
	if _, page := o.ask("GET", "/lich-su/tin-tuc/gap-mat/index.md", nil, nil); !strings.Contains(page, "Duyệt · Lê Thị Thử · <q>duyệt ngày 2/1/2026; được</q>") || !strings.Contains(page, "Gửi duyệt · Trần Văn Mẫu") {
		t.Errorf("the history lacks it:\n%s", page)
	}
	if status, text := o.save(name, seen, "Gặp lại"); status != 200 {
		t.Fatal(text)
	}
	is("Đã sửa sau khi Lê Thị Thử duyệt")
}

// TestPublishingIsAskedForByItsOwnPageAlone holds that nothing is done for what is no
// target, entry, place or file of the desk's.
func TestPublishingIsAskedForByItsOwnPageAlone(t *testing.T) {
	o := openDesk(t)
	before := o.snapshot()
	for _, name := range append(slices.Clone(hostileNames), "web2") {
		for address, body := range map[string]any{
			"/viec/dung": map[string]any{"target": name + "x"}, "/viec/dang": map[string]any{"target": name, "built": "x"}, "/viec/quay-ve": map[string]any{"target": name}, "/viec/mat-khau": map[string]any{"target": name, "password": "x"}, "/viec/ten-toi": map[string]any{"name": strings.Repeat(" ", len(name))},
			"/noi-dang": map[string]any{"name": name + "/", "place": map[string]string{"kind": "folder", "folder": "a"}}, "/noi-dang/bo": map[string]any{"name": name}, "/noi-dang/thu": map[string]any{"name": name, "place": map[string]string{"kind": "sftp"}},
			"/hen-gio/dat": map[string]any{"target": name}, "/hen-gio/thoi": map[string]any{"target": name}, "/duyet/gui": map[string]any{"files": []string{name}}, "/duyet/ghi": map[string]any{"file": name, "who": "A", "date": "2026-01-01"},
		} {
			if status, text := o.ask("POST", address, body, nil); status < 400 || status >= 500 {
				t.Errorf("%s %q: %d %s", address, name, status, text)
			}
		}
		for _, address := range []string{"/viec/se-doi?noi=", "/viec/ban-da-dang?noi="} {
			if status, text := o.ask("GET", address+url.QueryEscape(name), nil, nil); status != 404 {
				t.Errorf("%s%q: %d %s", address, name, status, text)
			}
		}
		if status, text := o.ask("GET", "/duyet/tep/"+url.PathEscape(name), nil, nil); status == 200 {
			t.Errorf("%q is handed out: %s", name, text)
		}
	}
	const address = "https://tri-thuc.example.vn/"
	for what, asked := range map[string]map[string]any{
		"no such kind":        {"place": map[string]string{"kind": "gopher", "folder": "a"}, "address": address},
		"no folder":           {"place": map[string]string{"kind": "folder"}, "address": address},
		"no host":             {"place": map[string]string{"kind": "sftp", "user": "a", "folder": "b"}, "address": address},
		"no user":             {"place": map[string]string{"kind": "ftps", "host": "a", "folder": "b"}, "address": address},
		"no bucket":           {"place": map[string]string{"kind": "s3"}, "address": address},
		"a server's address":  {"place": map[string]string{"kind": "folder", "folder": "smb://a/b"}, "address": address},
		"a key in an address": {"place": map[string]string{"kind": "s3", "bucket": "a", "endpoint": "https://a:khoa@b.example"}, "address": address},
		"no address":          {"place": map[string]string{"kind": "folder", "folder": "a"}},
		"no web address":      {"place": map[string]string{"kind": "folder", "folder": "a"}, "address": "https://a:b@c.example/"},
		"another name":        {"place": map[string]string{"kind": "folder", "folder": "a"}, "address": address, "was": "web-2"},
	} {
		asked["name"] = "web"
		if asked["was"] == nil {
			asked["was"] = "web"
		}
		for _, to := range []string{"/noi-dang", "/noi-dang/thu"} {
			if status, text := o.ask("POST", to, asked, nil); status != 400 {
				t.Errorf("%s, %s: %d %s", to, what, status, text)
			}
		}
	}
	if status, text := o.ask("POST", "/noi-dang", map[string]any{"name": "web", "was": "web", "place": map[string]string{"kind": "folder", "folder": "a"}, "address": address}, nil); status != 200 {
		t.Errorf("what is right: %d %s", status, text)
	}
	for _, address := range []string{"/viec/dung", "/viec/dang", "/viec/quay-ve", "/viec/mat-khau", "/viec/ten-toi", "/noi-dang", "/noi-dang/bo", "/noi-dang/thu", "/hen-gio/dat", "/hen-gio/thoi", "/duyet/gui", "/duyet/ghi", "/kho/lay", "/kho/gui", "/kho/ten"} {
		for what, change := range map[string]func(*http.Request){
			"another origin": func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1313") }, "a form": func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, "no key": func(r *http.Request) { r.Header.Del("Cookie") }} {
			if status, _ := o.ask("POST", address, "{}", change); status < 401 || status > 415 {
				t.Errorf("%s, %s: %d", address, what, status)
			}
		}
		if status, _ := o.ask("POST", address, `{"target": 1, "name": 1, "files": 1, "file": 1, "chosen": 1}`, nil); status != 400 {
			t.Errorf("%s: another type: %d", address, status)
		}
	}
	if after := o.snapshot(); after != before {
		t.Errorf("the disk has changed:\n%s\n---\n%s", before, after)
	}
}

// failingPublisher cannot do anything, and says why; it tells how far it is.
type failingPublisher struct {
	contentSite
	err error
	met chan string // what the desk said was being done
	o   *open
}

func (p failingPublisher) Build(_ context.Context, step func(string)) ([]diag.Finding, error) {
	step("Dựng trang")
	_, said := p.o.ask("GET", "/viec/den-dau", nil, nil)
	p.met <- said
	return nil, nil
}
func (p failingPublisher) Deploy(context.Context, string, DeployOptions, func(string)) (Published, error) {
	return Published{}, p.err
}
func (p failingPublisher) Rollback(context.Context, string, string, func(string)) (publish.Report, error) {
	return publish.Report{}, p.err
}

var ruleWouldReturn = diag.NewRule("a-test-of-the-desk", diag.Error, diag.Text{VI: "Bản ấy còn trang của người đã rút lại sự đồng ý.", EN: "."}, diag.Text{VI: "Chọn bản khác.", EN: "."})

// TestWhatKeepsFromPublishingIsTold holds that a target's refusal, such as of a release with
// somebody who has withdrawn, is shown with its reason, and that the desk says what it is
// doing meanwhile, does one thing at a time, and publishes only what was built.
func TestWhatKeepsFromPublishingIsTold(t *testing.T) {
	o := openDesk(t)
	p := failingPublisher{contentSite{dir: o.dir}, &publish.Fault{Findings: []diag.Finding{ruleWouldReturn.At(diag.Pos{})}}, make(chan string, 1), &o}
	o.Site = p
	for address, body := range map[string]map[string]string{"/viec/quay-ve": {"target": "web", "release": "0001-aaaaaaaaaaaa"}, "/viec/dung": {"target": "web"}} {
		if address == "/viec/dung" {
			if err := os.MkdirAll(filepath.Join(o.dir, "public"), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(o.dir, "public", publish.ManifestName), []byte("x"), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		got := told[outcome](o, "POST", address, body)
		if !got.Failed || len(got.Findings) != 1 || !strings.Contains(got.Findings[0].Message, "rút lại sự đồng ý") || got.Findings[0].Hint != "Chọn bản khác." {
			t.Errorf("%s: %+v", address, got)
		}
	}
	if said := <-p.met; !strings.Contains(said, "Dựng trang") {
		t.Errorf("while it builds the desk says %s", said)
	}
	if status, _ := o.ask("POST", "/viec/dang", map[string]string{"target": "web", "built": hash([]byte("y"))}, nil); status != http.StatusConflict {
		t.Errorf("another site is published: %d", status)
	}
	o.working <- struct{}{}
	for _, address := range []string{"/viec/dung", "/viec/dang", "/viec/quay-ve", "/kho/lay"} {
		if status, text := o.ask("POST", address, map[string]string{"target": "web"}, nil); status != http.StatusConflict || !strings.Contains(text, textBusy.VI) {
			t.Errorf("%s beside another: %d", address, status)
		}
	}
}

// carefulPublisher refuses to remove much unless that is meant.
type carefulPublisher struct {
	contentSite
	last ledger.Deploy
}

func (p carefulPublisher) Deploy(_ context.Context, _ string, o DeployOptions, _ func(string)) (Published, error) {
	done := Published{Last: p.last, Entries: []ledger.Change{{Kind: ledger.New, Title: "Bài mới", URL: "/moi/", File: "content/moi.md"}, {Kind: ledger.Changed, Title: "Bài đổi", URL: "/doi/", File: "content/doi.md"}}}
	if o.Anyway {
		return done, nil
	}
	for _, r := range diag.Rules() {
		if r.Code == tooManyGo {
			return done, &publish.Fault{Findings: []diag.Finding{r.At(diag.Pos{}, 40, 100, 40, 25)}}
		}
	}
	return done, errors.New("the rule is gone")
}

// TestMuchMayGoIfItIsMeant publishes what removes much at a place that is known to be ours once
// somebody has said so, and never offers that at another's. What is not on the web yet has
// no link there.
func TestMuchMayGoIfItIsMeant(t *testing.T) {
	o := openDesk(t)
	if err := errors.Join(os.MkdirAll(filepath.Join(o.dir, "public"), 0o777), os.WriteFile(filepath.Join(o.dir, "public", publish.ManifestName), []byte("x"), 0o666)); err != nil {
		t.Fatal(err)
	}
	for _, known := range []bool{false, true} {
		p := carefulPublisher{contentSite: contentSite{dir: o.dir}}
		if known {
			p.last = ledger.Deploy{Time: time.Now(), Release: "0001"}
		}
		o.Site = p
		if got := told[outcome](o, "POST", "/viec/dung", map[string]any{"target": "web"}); !got.Failed || got.Anyway != known || !strings.Contains(got.Findings[0].Hint, "thư mục của một trang khác") {
			t.Errorf("known: %v: %+v", known, got)
		}
	}
	got := told[outcome](o, "POST", "/viec/dung", map[string]any{"target": "web", "anyway": true})
	if got.Failed || got.Entries[0].Link != "" || got.Entries[1].Link != "https://lienhiep.example/doi/" || got.Earlier {
		t.Errorf("before: %+v", got)
	}
	got = told[outcome](o, "POST", "/viec/dang", map[string]any{"target": "web", "built": got.Built, "anyway": true})
	if got.Failed || got.Entries[0].Link != "https://lienhiep.example/moi/" || !got.Earlier {
		t.Errorf("after: %+v", got)
	}
}

// returningPublisher goes back to an earlier release.
type returningPublisher struct{ contentSite }

func (returningPublisher) Rollback(context.Context, string, string, func(string)) (publish.Report, error) {
	return publish.Report{}, nil
}

// TestAReturnTellsOfTheNextPublishing says that the machine will publish again by itself.
func TestAReturnTellsOfTheNextPublishing(t *testing.T) {
	o := openDesk(t)
	o.Site = returningPublisher{contentSite{dir: o.dir}}
	back := func() string {
		t.Helper()
		return told[outcome](o, "POST", "/viec/quay-ve", map[string]string{"target": "web", "release": "0001-aaaaaaaaaaaa"}).Next
	}
	next := time.Date(2999, 12, 1, 7, 0, 0, 0, saigon)
	for want, s := range map[string]schedule.State{"": {Next: next}, "Máy này tự đăng lúc 7:00 Chủ nhật 1/12/2999": {Next: next, Alive: time.Now()}} {
		if err := schedule.Save(o.dir, "web", s); err != nil {
			t.Fatal(err)
		}
		if got := back(); !strings.HasPrefix(got, want) || (got == "") != (want == "") {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
