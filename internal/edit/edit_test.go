package edit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/loopback"
	"lienhiep/internal/needs"
	"lienhiep/internal/preview"
	"lienhiep/internal/roster"
)

const article = `---
# Đã duyệt.
title: 'Gặp mặt'  # ngắn
date: 2026-11-20T06:15:00+07:00
sources:
  - title: VUSTA
    url: https://vusta.vn/
---

Lời bài.[^1]

[^1]: Chú thích.
`

var saigon = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

// contentSite is a site of content alone.
type contentSite struct {
	dir string
	takingDown
	nobody
	stillPublisher
}

func (s contentSite) Load() (*catalog.Catalog, []diag.Finding, error) {
	return catalog.Load(os.DirFS(s.dir), catalog.Options{Now: time.Now(), Zone: saigon})
}
func (s contentSite) Review(file string, data []byte) (*catalog.Catalog, []diag.Finding, error) {
	return catalog.Load(catalog.Instead(os.DirFS(s.dir), file, data), catalog.Options{Now: time.Now(), Zone: saigon})
}

// Publisher and CarryOut stand in for the program around the desk.
func (contentSite) Publisher() (roster.Site, error) {
	return roster.Site{Address: "https://a.vn/", Publisher: "Hội Mẫu"}, nil
}

func (s contentSite) CarryOut(_ context.Context, steps []roster.Step) error {
	for _, step := range steps {
		for name, data := range step.Files {
			file := filepath.Join(s.dir, filepath.FromSlash(step.Folder), name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, data, 0o666)); err != nil {
				return err
			}
		}
		if step.Ends != "" {
			to := filepath.Join(s.dir, filepath.FromSlash(step.EndsIn), path.Base(step.Ends))
			if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o777), os.Rename(filepath.Join(s.dir, filepath.FromSlash(step.Ends)), to)); err != nil {
				return err
			}
		}
	}
	return nil
}

// open is a desk that is served, in a folder beside another that is not its own.
type open struct {
	*Desk
	t        testing.TB
	dir      string
	address  string        // "127.0.0.1:1414"
	admitted *int          // how many browsers were let in
	stopped  chan struct{} // closed when the desk ends the program
}

func openDesk(t testing.TB) open {
	t.Helper()
	return openNewDesk(t, filepath.Join(t.TempDir(), "trang"))
}

// openNewDesk makes a small site in a folder and starts its desk.
func openNewDesk(t testing.TB, dir string) open {
	t.Helper()
	for name, text := range map[string]string{
		"config.toml":                               "baseURL = \"https://a.vn/\"\n",
		"content/tin-tuc/gap-mat/index.md":          article,
		"content/ke-hoach/15-kh-tu/_index.md":       "---\ntitle: Kế hoạch\ndate: 2021-04-05\n---\n",
		"content/ke-hoach/15-kh-tu/van-ban.txt":     "Lời văn.\n",
		"layouts/home.html":                         "<p>",
		"../ngoai/index.md":                         "---\ntitle: Ngoài\n---\n",
		".git/config":                               "[core]\n",
		"content/tri-thuc/nguyen-van-a/index.md":    "---\ntitle: Nguyễn Văn A\ndraft: true\n---\n",
		"content/tri-thuc/nguyen-van-a/index.en.md": "---\ntitle: Nguyễn Văn A\ndraft: true\n---\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return startAgain(t, dir)
}

// startAgain starts the desk of a folder, as it is.
func startAgain(t testing.TB, dir string) open {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	beside, err := loopback.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { beside.Close() })
	admitted, stopped := 0, make(chan struct{})
	d, err := New(Options{
		Root: dir, Guard: loopback.NewKeyGuard(server.Listener), Preview: preview.New(preview.Options{Guard: loopback.NewKeyGuard(beside), Base: "/"}),
		Site: contentSite{dir: dir, takingDown: takingDown{dir}}, Zone: saigon, Admitted: func() { admitted++ }, Stop: func() { close(stopped) }, Log: func(err error) { t.Log(err) },
	})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = d
	server.Start()
	t.Cleanup(func() { server.Close(); d.Close() })
	return open{d, t, dir, server.Listener.Addr().String(), &admitted, stopped}
}

// key is the cookie of a browser that was let in.
func key(g *loopback.Guard) *http.Cookie {
	w := httptest.NewRecorder()
	g.Admit(w)
	return w.Result().Cookies()[0]
}

// ask sends a request as a page does and returns the status and the answer.
func (o open) ask(method, address string, body any, change func(*http.Request)) (int, string) {
	o.t.Helper()
	status, _, text := o.send(method, address, body, change)
	return status, text
}

// send does that and returns the answer's header too.
func (o open) send(method, address string, body any, change func(*http.Request)) (int, http.Header, string) {
	o.t.Helper()
	var sent io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		sent = strings.NewReader(body)
	default:
		data, err := json.Marshal(body)
		if err != nil {
			o.t.Fatal(err)
		}
		sent = bytes.NewReader(data)
	}
	r, err := http.NewRequest(method, "http://"+o.address+address, sent)
	if err != nil {
		o.t.Fatal(err)
	}
	r.AddCookie(key(o.Guard))
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method != http.MethodGet {
		r.Header.Set("Origin", o.Guard.Origin)
		r.Header.Set("Content-Type", "application/json")
	}
	if change != nil {
		change(r)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		o.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(text)
}

// save saves an article with a title, as its page does.
func (o open) save(file, opened, title string) (int, string) {
	o.t.Helper()
	return o.ask("POST", "/luu", map[string]any{"file": file, "opened": opened, "tab": "a", "fields": map[string]any{"title": title}, "text": bodyOf(article)}, nil)
}

func bodyOf(entry string) string {
	return strings.TrimLeft(strings.SplitN(entry, "---\n", 3)[2], "\n")
}

// snapshot is everything that lies on the disk, beside the desk's own folder too.
func (o open) snapshot() string { return o.snapshotOf("..") }

// snapshotOf is everything below a folder of the site's.
func (o open) snapshotOf(folder string) string {
	o.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(filepath.Join(o.dir, folder), func(name string, d fs.DirEntry, err error) error {
		if err != nil || strings.Contains(filepath.ToSlash(name), "/generated") {
			return err
		}
		fmt.Fprintf(&b, "%s %v\n", name, d.Type())
		if d.Type().IsRegular() {
			data, err := os.ReadFile(name)
			fmt.Fprintf(&b, "%q\n", data)
			return err
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return b.String()
}

func (o open) read(name string) string {
	o.t.Helper()
	data, err := os.ReadFile(filepath.Join(o.dir, filepath.FromSlash(name)))
	if err != nil {
		o.t.Fatal(err)
	}
	return string(data)
}

func TestOnlyItsOwnPageIsAnswered(t *testing.T) {
	o := openDesk(t)
	noKey := func(r *http.Request) { r.Header.Del("Cookie") }
	for name, tt := range map[string]struct {
		method, address string
		change          func(*http.Request)
		want            int
	}{
		"as it should be":          {"GET", "/viec/kiem-tra", nil, 200},
		"another host's name":      {"GET", "/viec/kiem-tra", func(r *http.Request) { r.Host = "evil.example" }, 403},
		"localhost":                {"GET", "/viec/kiem-tra", func(r *http.Request) { r.Host = strings.Replace(o.address, "127.0.0.1", "localhost", 1) }, 403},
		"another port":             {"GET", "/viec/kiem-tra", func(r *http.Request) { r.Host = "127.0.0.1:1" }, 403},
		"another origin":           {"GET", "/viec/kiem-tra", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403},
		"no origin of its own":     {"GET", "/viec/kiem-tra", func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		"asked by another site":    {"GET", "/viec/kiem-tra", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		"another port's page":      {"GET", "/bai/tin-tuc/", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
		"no key":                   {"GET", "/viec/kiem-tra", noKey, 401},
		"another key":              {"GET", "/viec/kiem-tra", func(r *http.Request) { r.Header.Set("Cookie", key(o.Guard).Name+"=x") }, 401},
		"the key in a header":      {"GET", "/viec/kiem-tra", func(r *http.Request) { noKey(r); r.Header.Set("Authorization", "token "+key(o.Guard).Value) }, 401},
		"the live page's key":      {"GET", "/viec/kiem-tra", func(r *http.Request) { noKey(r); r.AddCookie(key(o.Preview.Guard)) }, 401},
		"no key for a page":        {"GET", "/", noKey, 401},
		"no key for the form":      {"GET", "/soan/tin-tuc/gap-mat/index.md", noKey, 401},
		"write without origin":     {"POST", "/luu", func(r *http.Request) { r.Header.Del("Origin") }, 403},
		"write from elsewhere":     {"POST", "/luu", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1313") }, 403},
		"write from the live page": {"POST", "/luu", func(r *http.Request) { r.Header.Set("Origin", o.Preview.Guard.Origin) }, 403},
		"write as a form can":      {"POST", "/luu", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		"publish from elsewhere":   {"POST", "/viec/dang", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1313") }, 403},
		"opened with a wrong code": {"GET", "/mo?ma=x", noKey, 403},
		"opened without a code":    {"GET", "/mo", noKey, 403},
		"opened with the key":      {"GET", "/mo?ma=" + key(o.Guard).Value, noKey, 403},
		"opened by another site":   {"GET", "/mo?ma=" + o.Guard.Invite(), func(r *http.Request) { noKey(r); r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		"opened by who is in":      {"GET", "/mo?ma=x", nil, 303},
	} {
		if status, text := o.ask(tt.method, tt.address, nil, tt.change); status != tt.want {
			t.Errorf("%s: %d, want %d: %s", name, status, tt.want, text)
		}
	}
}

// TestAnInvitationLetsOneBrowserIn holds that an address opens the desk once, for a
// cookie that no script can read and no other site can have sent; and that there is a
// new address then.
func TestAnInvitationLetsOneBrowserIn(t *testing.T) {
	o := openDesk(t)
	first := strings.TrimPrefix(o.Invitation(), o.Guard.Origin)
	outside := func(r *http.Request) {
		r.Header.Del("Cookie")
		r.Header.Set("Sec-Fetch-Site", "none")
		r.Header.Set("Accept", "text/html,*/*")
	}
	if status, _ := o.ask("HEAD", first, nil, outside); status != http.StatusForbidden {
		t.Errorf("looked at without being opened: %d", status)
	}
	status, header, _ := o.send("GET", first, nil, outside)
	if status != http.StatusSeeOther || header.Get("Location") != "/" {
		t.Fatalf("opened: %d, to %q", status, header.Get("Location"))
	}
	cookies := (&http.Response{Header: header}).Cookies()
	if len(cookies) != 2 || cookies[0].String() != key(o.Guard).String() || cookies[1].String() != key(o.Preview.Guard).String() || cookies[0].Name == cookies[1].Name {
		t.Fatalf("the cookies are %v", cookies)
	}
	for _, c := range cookies {
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || strings.Contains(first, c.Value) {
			t.Errorf("a cookie to be stolen: %v", c)
		}
	}
	if *o.admitted != 1 {
		t.Errorf("%d browsers are said to be in", *o.admitted)
	}
	status, header, text := o.send("GET", first, nil, outside)
	if status != http.StatusForbidden || header.Get("Set-Cookie") != "" || !strings.Contains(header.Get("Content-Type"), "text/html") || !strings.Contains(text, "địa chỉ mới nhất trong cửa sổ lệnh") {
		t.Errorf("opened twice: %d %v\n%s", status, header, text)
	}
	if status, _ := o.ask("GET", first, nil, nil); status != http.StatusSeeOther || *o.admitted != 1 {
		t.Errorf("followed again by who is in: %d", status)
	}
	second, third := o.Invitation(), o.Invitation()
	for address, want := range map[string]int{second: http.StatusForbidden, third: http.StatusSeeOther} {
		if status, _ := o.ask("GET", strings.TrimPrefix(address, o.Guard.Origin), nil, outside); status != want {
			t.Errorf("%s: %d, want %d", address, status, want)
		}
	}
}

// TestTheKeyIsInNoAnswer holds that nothing that the desk says tells the key.
func TestTheKeyIsInNoAnswer(t *testing.T) {
	o := openDesk(t)
	for _, address := range []string{"/", "/tinh/desk.js", "/soan/tin-tuc/gap-mat/index.md", "/bai/tin-tuc/", "/xuat-ban/", "/viec/kiem-tra", "/mo?ma=x", "/khong-co"} {
		_, header, text := o.send("GET", address, nil, nil)
		header.Del("Set-Cookie")
		for _, secret := range []string{key(o.Guard).Value, key(o.Preview.Guard).Value} {
			if strings.Contains(text, secret) || strings.Contains(fmt.Sprint(header), secret) {
				t.Errorf("%s tells the key", address)
			}
		}
	}
}

// TestPolicyOfTheDesk holds what the desk's pages may show, and who may show them.
func TestPolicyOfTheDesk(t *testing.T) {
	o := openDesk(t)
	_, header, _ := o.send("GET", "/", nil, nil)
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-src " + o.Preview.Guard.Origin, "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !slices.Contains(strings.Split(header.Get("Content-Security-Policy"), "; "), want) {
			t.Errorf("the policy lacks %q: %s", want, header.Get("Content-Security-Policy"))
		}
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
		if got := header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

var hostileNames = []string{
	"", ".", "content", "content/", "/etc/passwd", "../ngoai/index.md", "content/../config.toml", "content/../../ngoai/index.md",
	"content/tin-tuc/../../config.toml", `content\..\..\ngoai\index.md`, `..\ngoai\index.md`, "C:/a.md", "content/C:/a.md", "content/a:b.md",
	"content/tin-tuc/a.md:stream", "content/tin-tuc/con.md", "content/tin-tuc/NUL/index.md", "content/tin-tuc/com1.md", "content/tin-tuc/a./index.md",
	"content/tin-tuc/a /index.md", "content//a.md", "content/./a.md", "content/.git/config.md", "content/tin-tuc/.htaccess", "config.toml", ".git/config",
	"layouts/home.html", "layouts/a.md", "generated/a.md", "content/ke-hoach/15-kh-tu/van-ban.txt", "content/tin-tuc/gap-mat/index.html",
	"content/tin-tuc/gap-mat/a.svg", "content/tin-tuc/gap-mat/a.gif", "content/tin-tuc/gap-mat/index.MD", "content/tin-tuc/a\x00.md", "content/tin-tuc/a\n.md",
	"content/tin-tuc/a\u202egnp.md", "content/" + strings.Repeat("a", 300) + ".md", "content/a/b/c/d/e/f/g/h.md", "Content/a.md", "content/tin-tuc/đại-hội/index.md",
}

// TestWhatIsNotThereIsToldInTheEditorsWords holds that nobody is answered in the English of
// Go's library.
func TestWhatIsNotThereIsToldInTheEditorsWords(t *testing.T) {
	o := openDesk(t)
	for _, address := range []string{"/soan/tin-tuc/khong-co/index.md", "/lich-su/tin-tuc/khong-co/index.md", "/bai/khong-co/", "/moi/khong-co", "/tro-giup/khong-co", "/tinh/khong-co.css", "/khong/co", "/luu"} {
		status, header, text := o.send("GET", address, nil, func(r *http.Request) { r.Header.Set("Accept", "text/html") })
		if status != http.StatusNotFound || !strings.HasPrefix(header.Get("Content-Type"), "text/html") || !strings.Contains(text, textAbsent.VI) || !strings.Contains(text, textWhereInstead.VI) {
			t.Errorf("%s: %d %s", address, status, text)
		}
		if !strings.Contains(text, `href="/bai/"`) {
			t.Errorf("%s leads nowhere", address)
		}
	}
	if status, _ := o.ask("GET", "/bai", nil, nil); status == http.StatusNotFound {
		t.Error("an address without its last slash is not found")
	}
}

// TestItsOwnFaultIsTold answers with a sentence, and goes on.
func TestItsOwnFaultIsTold(t *testing.T) {
	o := openDesk(t)
	o.mux.HandleFunc("POST /hong", func(http.ResponseWriter, *http.Request) { panic("hỏng") })
	if status, text := o.ask("POST", "/hong", map[string]any{}, nil); status != http.StatusInternalServerError || !strings.Contains(text, "gặp lỗi của chính nó") {
		t.Errorf("%d %s", status, text)
	}
	if status, _ := o.ask("GET", "/", nil, nil); status != http.StatusOK {
		t.Errorf("afterwards %d", status)
	}
}

func TestHostileNamesWriteNothing(t *testing.T) {
	o := openDesk(t)
	before := o.snapshot()
	for _, name := range hostileNames {
		if status, text := o.save(name, hash([]byte(o.read("config.toml"))), "A"); status < 400 || status >= 500 {
			t.Errorf("save %q: %d %s", name, status, text)
		}
		for _, address := range []string{"/nhap", "/bo-nhap"} {
			if status, text := o.ask("POST", address, map[string]any{"file": name, "tab": "a"}, nil); status < 400 || status >= 500 {
				t.Errorf("%s %q: %d %s", address, name, status, text)
			}
		}
		for _, address := range []string{"/anh", "/tep"} {
			query := url.Values{"bai": {name}, "ten": {"a.txt"}}
			if status, text := o.ask("POST", address+"?"+query.Encode(), "Lời.", nil); status < 400 || status >= 500 {
				t.Errorf("%s %q: %d %s", address, name, status, text)
			}
		}
		for _, operation := range []operation{create, update, remove} {
			if err := o.folder.save([]change{{Operation: operation, Path: name, Content: []byte(article), Hash: hash([]byte(o.read("config.toml")))}}); err == nil {
				t.Errorf("%s %q: it is taken", operation, name)
			}
		}
	}
	for _, tab := range []string{"", "..", "../../../ngoai", "A", "a.b", "a/b", `a\b`, strings.Repeat("a", 41)} {
		if status, text := o.ask("POST", "/nhap", map[string]any{"file": "content/tin-tuc/gap-mat/index.md", "tab": tab}, nil); status != http.StatusBadRequest {
			t.Errorf("tab %q: %d %s", tab, status, text)
		}
	}
	if after := o.snapshot(); after != before {
		t.Errorf("the disk has changed:\n%s\n---\n%s", before, after)
	}
}

func TestNothingIsReadThatIsNotShown(t *testing.T) {
	o := openDesk(t)
	for _, name := range []string{"../config.toml", "../../ngoai/index.md", "%2e%2e/config.toml", "..%2f..%2fngoai%2findex.md", "..%2f.git%2fconfig", "ke-hoach/15-kh-tu/van-ban.txt"} {
		if status, text := o.ask("GET", "/soan/"+name, nil, nil); status == 200 || strings.Contains(text, "baseURL") || strings.Contains(text, "Ngoài") {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	for _, name := range hostileNames {
		if status, text := o.ask("GET", "/trong-thu-muc?"+url.Values{"bai": {name}}.Encode(), nil, nil); status == 200 {
			t.Errorf("beside %q: %s", name, text)
		}
	}
	for _, name := range []string{"base.html", "..%2fedit.go", "%2e%2e/edit.go"} {
		if status, text := o.ask("GET", "/tinh/"+name, nil, nil); status == 200 {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestSymbolicLinksAreNotFollowed(t *testing.T) {
	needs.Ask(t, needs.Symlinks)
	o := openDesk(t)
	for link, to := range map[string]string{"content/tin-tuc/lien-ket": "../../layouts", "content/tin-tuc/ngoai": "../../../ngoai", "content/tin-tuc/tep/index.md": "../../../config.toml"} {
		file := filepath.Join(o.dir, filepath.FromSlash(link))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, file); err != nil {
			t.Fatal(err)
		}
	}
	before := o.snapshot()
	for _, name := range []string{"content/tin-tuc/lien-ket/index.md", "content/tin-tuc/ngoai/index.md", "content/tin-tuc/ngoai/moi.md", "content/tin-tuc/tep/index.md"} {
		opened := hash([]byte("---\ntitle: Ngoài\n---\n"))
		if status, text := o.save(name, opened, "A"); status < 400 || status >= 500 {
			t.Errorf("%s: %d %s", name, status, text)
		}
		for _, operation := range []operation{create, update, remove} {
			if err := o.folder.save([]change{{Operation: operation, Path: name, Content: []byte(article), Hash: opened}}); err == nil {
				t.Errorf("%s %s: it is taken", operation, name)
			}
		}
		if status, text := o.ask("GET", placeAtDesk(name), nil, nil); status == 200 {
			t.Errorf("%s is read: %s", name, text)
		}
	}
	if o.snapshot() != before {
		t.Error("the disk has changed")
	}
}

// TestConflictsOverwriteNothing saves over what another has changed since: nothing is
// written, and both versions are told, word for word.
func TestConflictsOverwriteNothing(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	theirs := strings.Replace(article, "Gặp mặt", "Của người khác", 1)
	if err := os.WriteFile(filepath.Join(o.dir, filepath.FromSlash(name)), []byte(theirs), 0o666); err != nil {
		t.Fatal(err)
	}
	before := o.snapshot()
	seen := hash([]byte(article))
	status, text := o.save(name, seen, "Của tôi")
	var answer struct {
		Conflict bool
		Apart    []struct {
			Path, Label, Theirs string
			Words               []struct{ Op, Text string }
		}
	}
	if err := json.Unmarshal([]byte(text), &answer); status != http.StatusConflict || err != nil || !answer.Conflict || len(answer.Apart) != 1 || answer.Apart[0].Path != "title" || answer.Apart[0].Label != "Tiêu đề" {
		t.Fatalf("%d %s", status, text)
	}
	said := map[string]string{}
	for _, w := range answer.Apart[0].Words {
		said[w.Op] += w.Text
	}
	if !strings.Contains(said["deleted"], "người khác") || !strings.Contains(said["inserted"], "tôi") {
		t.Errorf("the words are %v", said)
	}
	for what, opened := range map[string]string{"without a version": "", "another version": strings.Repeat("0", 40)} {
		if status, text := o.save(name, opened, "Của tôi"); status != http.StatusConflict {
			t.Errorf("%s: %d %s", what, status, text)
		}
	}
	if status, text := o.save("content/tin-tuc/khong-co/index.md", seen, "Của tôi"); status != http.StatusConflict {
		t.Errorf("gone: %d %s", status, text)
	}
	mine := []byte(strings.Replace(article, "Gặp mặt", "Của tôi", 1))
	for what, changes := range map[string][]change{
		"changed":            {{Operation: update, Path: name, Hash: seen, Content: mine}},
		"removed by me":      {{Operation: remove, Path: name, Hash: seen}},
		"exists":             {{Operation: create, Path: name, Content: mine}},
		"exists in capitals": {{Operation: create, Path: "content/tin-tuc/Gap-Mat/index.md", Content: mine}},
		"gone":               {{Operation: update, Path: "content/tin-tuc/khong-co/index.md", Hash: seen, Content: mine}},
		"one of several":     {{Operation: create, Path: "content/tin-tuc/moi/index.md", Content: mine}, {Operation: update, Path: name, Hash: seen, Content: mine}},
		"twice":              {{Operation: create, Path: "content/tin-tuc/moi/index.md", Content: mine}, {Operation: create, Path: "content/tin-tuc/moi/INDEX.md", Content: mine}},
	} {
		if err := o.folder.save(changes); err == nil {
			t.Errorf("%s: it is taken", what)
		}
	}
	if o.snapshot() != before {
		t.Fatal("the disk has changed")
	}
	// Whoever has seen both may save.
	if status, text := o.save(name, hash([]byte(theirs)), "Của tôi"); status != 200 || o.read(name) != strings.Replace(article, "'Gặp mặt'", `"Của tôi"`, 1) {
		t.Errorf("%d %s\n%s", status, text, o.read(name))
	}
}

func TestSavedIsWhatWasEdited(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	status, text := o.ask("POST", "/luu", map[string]any{"file": name, "opened": hash([]byte(article)), "tab": "a", "text": strings.Replace(bodyOf(article), "Lời bài.", "Lời bài mới.", 1), "fields": map[string]any{
		"title": " Đại hội ", "description": "", "date": "20/11/2026 06:15", "draft": false, "fields": []string{"Y học", " "}, "event": "tháng 5/2018",
		"sources": []any{map[string]any{"title": "VUSTA", "url": "https://vusta.vn/", "date": "12/5/1965"}, map[string]any{"title": "", "url": ""}},
		"image":   map[string]any{"file": "", "alt": "", "credit": ""},
	}}, nil)
	if status != 200 {
		t.Fatal(status, text)
	}
	want := strings.NewReplacer("'Gặp mặt'", `"Đại hội"`, "    url: https://vusta.vn/\n", "    url: https://vusta.vn/\n    date: \"1965-05-12\"\n", "Lời bài.", "Lời bài mới.").Replace(article)
	want = strings.Replace(want, "---\n\n", "event: \"2018-05\"\nfields: [\"Y học\"]\n---\n\n", 1)
	if got := o.read(name); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(text, hash([]byte(o.read(name)))) {
		t.Errorf("the answer names another version: %s", text)
	}
	left, err := os.ReadDir(filepath.Join(o.dir, filepath.FromSlash(o.folder.aside)))
	if err != nil || len(left) > 0 {
		t.Errorf("left aside: %v %v", left, err)
	}
}

// TestANamesakeIsAskedAbout begins no second page of somebody unasked, and none of who has
// withdrawn.
func TestANamesakeIsAskedAbout(t *testing.T) {
	o := openDesk(t)
	body := map[string]any{"section": "tri-thuc", "title": "GS Nguyễn Văn A"}
	status, text := o.ask("POST", "/moi", body, nil)
	if status != http.StatusConflict || !strings.Contains(text, "/soan/tri-thuc/nguyen-van-a/index.md") {
		t.Errorf("%d %s", status, text)
	}
	body["another"] = true
	if status, text := o.ask("POST", "/moi", body, nil); status != 200 {
		t.Errorf("%d %s", status, text)
	}
	o.put("content/tri-thuc/da-rut.toml", "[[withdrawn]]\nperson = \"le-van-mau\"\ndate = 2026-01-02\n")
	if status, text := o.ask("POST", "/moi", map[string]any{"section": "tri-thuc", "title": "Lê Văn Mẫu", "another": true}, nil); status != http.StatusConflict || !strings.Contains(text, "rút lại sự đồng ý") {
		t.Errorf("who has withdrawn: %d %s", status, text)
	}
}

// TestAPageIsNoSection gives no page the name of a section, or almost, of which the desk would
// warn at once.
func TestAPageIsNoSection(t *testing.T) {
	o := openDesk(t)
	for _, title := range []string{"Tin tức", "Tin tức 2", "Văn bản"} {
		if status, text := o.ask("POST", "/them-trang", map[string]any{"title": title}, nil); status != http.StatusConflict || !strings.Contains(text, "tên một mục") {
			t.Errorf("%s: %d %s", title, status, text)
		}
	}
	if status, text := o.ask("POST", "/them-trang", map[string]any{"title": "Giới thiệu"}, nil); status != 200 {
		t.Errorf("%d %s", status, text)
	}
}

// TestAnEntryIsBegun holds that a title is enough to begin an entry of every kind that
// offices write, that no two share a folder, and that it can be written at once.
func TestAnEntryIsBegun(t *testing.T) {
	o := openDesk(t)
	for _, s := range sections() {
		if !s.CanAdd {
			continue
		}
		for n, want := range []string{"le-ky-niem", "le-ky-niem-2"} {
			status, text := o.ask("POST", "/moi", map[string]any{"section": s.Name, "title": "Lễ kỷ niệm", "another": true}, nil)
			var answer struct{ Place string }
			if err := json.Unmarshal([]byte(text), &answer); status != 200 || err != nil || path.Base(path.Dir(answer.Place)) != want {
				t.Errorf("%s %d: %d %s", s.Name, n, status, text)
				continue
			}
			if status, page := o.ask("GET", answer.Place, nil, nil); status != 200 || !strings.Contains(page, ">Lễ kỷ niệm</textarea>") {
				t.Errorf("%s: %d", answer.Place, status)
			}
		}
	}
	status, text := o.ask("POST", "/ban-dich", map[string]string{"file": "content/tin-tuc/gap-mat/index.md"}, nil)
	if got := o.read("content/tin-tuc/gap-mat/index.en.md"); status != 200 || !strings.Contains(text, "/soan/tin-tuc/gap-mat/index.en.md") || !strings.HasPrefix(got, "---\ntitle: \"Gặp mặt\"\ndate: 2026-11-20T06:15:00+07:00\ndraft: true\nsources:\n") || !strings.HasSuffix(got, "---\n") {
		t.Errorf("the translation: %d %s\n%s", status, text, got)
	}
	// What is written beside the Vietnamese shows it, and no HTML of the writer's.
	if err := os.WriteFile(filepath.Join(o.dir, "content/tin-tuc/gap-mat/index.md"), []byte(article+"\n<script>x</script> [a](javascript:b)\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if status, page := o.ask("GET", "/soan/tin-tuc/gap-mat/index.en.md", nil, nil); status != 200 || !strings.Contains(page, `lang="vi"`) || !strings.Contains(page, "<p>Lời bài.") || strings.Contains(page, "<script>x") || strings.Contains(page, `href="javascript`) {
		t.Errorf("%d %s", status, page)
	}
	for _, file := range append(slices.Clone(hostileNames), "content/tin-tuc/gap-mat/index.md", "content/tri-thuc/nguyen-van-a/index.en.md") {
		if status, text := o.ask("POST", "/ban-dich", map[string]string{"file": file}, nil); status < 400 || status >= 500 {
			t.Errorf("translation of %q: %d %s", file, status, text)
		}
	}
	if got := o.read("content/tin-tuc/le-ky-niem/index.md"); !strings.Contains(got, "draft: true\n") || strings.Contains(got, catalog.ToFill) {
		t.Error(got)
	}
	for section, title := range map[string]string{"ke-hoach": "A", "khong-co": "A", "tin-tuc": " !!! "} {
		if status, text := o.ask("POST", "/moi", map[string]string{"section": section, "title": title}, nil); status < 400 || status >= 500 {
			t.Errorf("%s: %d %s", section, status, text)
		}
	}
}

func TestBadContentIsRefused(t *testing.T) {
	o := openDesk(t)
	before := o.snapshot()
	huge, err := os.ReadFile("testdata/huge.png")
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]change{
		"not UTF-8":          {Path: "content/tin-tuc/a/index.md", Content: []byte("---\ntitle: \xff\n---\n")},
		"a null":             {Path: "content/tin-tuc/a/index.md", Content: []byte("---\ntitle: a\n---\n\x00")},
		"no front matter":    {Path: "content/tin-tuc/a/index.md", Content: []byte("Lời.")},
		"unreadable":         {Path: "content/tin-tuc/a/index.md", Content: []byte("---\ntitle: [\n---\n")},
		"a bomb of anchors":  {Path: "content/tin-tuc/a/index.md", Content: []byte("---\na: &a [x]\nb: &b [*a,*a]\ntitle: *b\n---\n")},
		"too long":           {Path: "content/tin-tuc/a/index.md", Content: []byte(article + strings.Repeat("x", maxEntry))},
		"no picture":         {Path: "content/tin-tuc/a/a.png", Content: []byte("<svg onload=alert(1)>")},
		"another kind":       {Path: "content/tin-tuc/a/a.webp", Content: huge},
		"millions of pixels": {Path: "content/tin-tuc/a/a.png", Content: huge},
	} {
		c.Operation = create
		if err := o.folder.save([]change{c}); err == nil {
			t.Errorf("%s: it is taken", what)
		}
	}
	const beside = "bai=content/tin-tuc/gap-mat/index.md&ten="
	for what, sent := range map[string]string{"/anh?" + beside + "a.png": string(huge), "/anh?" + beside + "a.svg": "<svg onload=alert(1)>", "/tep?" + beside + "a.html": "<p>", "/tep?" + beside + "a.exe": "MZ", "/tep?" + beside + "a.md": article, "/tep?" + beside + ".htaccess": "a"} {
		if status, text := o.ask("POST", what, sent, nil); status < 400 || status >= 500 || !strings.Contains(text, "message") {
			t.Errorf("%s: %d %s", what, status, text)
		}
	}
	for _, body := range []string{"", "{", "[]", `{"fields": 1}`, `{"file": 1}`, `{} {}`, `{"fields":` + strings.Repeat("[", 20000)} {
		if status, text := o.ask("POST", "/luu", body, nil); status != http.StatusBadRequest {
			t.Errorf("%.20s: %d %s", body, status, text)
		}
	}
	if o.snapshot() != before {
		t.Error("the disk has changed")
	}
}

// TestPicturesAndFilesArePutBesideTheEntry takes a picture, cleaned, and a file for
// download, byte for byte, under names that every system has; twice the same is once there.
func TestPicturesAndFilesArePutBesideTheEntry(t *testing.T) {
	o := openDesk(t)
	pdf, err := os.ReadFile("../attach/testdata/doc.pdf")
	if err != nil {
		t.Fatal(err)
	}
	var picture, other bytes.Buffer
	if err := errors.Join(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))), png.Encode(&other, image.NewGray(image.Rect(0, 0, 3, 3)))); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ address, name, data, want string }{
		{"/anh", "Ảnh đẹp.png", picture.String(), "anh-dep.png"},
		{"/anh", "Ảnh đẹp.png", picture.String(), "anh-dep.png"},
		{"/anh", `C:\fakepath\Ảnh đẹp.png`, other.String(), "anh-dep-2.png"},
		{"/anh", "../../../../ngoai/x.png", picture.String(), "x.png"},
		{"/tep", "Quyết định 812.PDF", string(pdf), "quyet-dinh-812.pdf"},
		{"/tep", "!!!.pdf", string(pdf), "tep.pdf"},
	} {
		query := url.Values{"bai": {"content/tin-tuc/gap-mat/index.md"}, "ten": {tt.name}}
		status, text := o.ask("POST", tt.address+"?"+query.Encode(), tt.data, nil)
		var answer struct{ Name string }
		if err := json.Unmarshal([]byte(text), &answer); status != 200 || err != nil || answer.Name != tt.want {
			t.Errorf("%s: %d %s, want %s", tt.name, status, text, tt.want)
			continue
		}
		if o.read("content/tin-tuc/gap-mat/"+tt.want) != tt.data {
			t.Errorf("%s was changed", tt.want)
		}
		if status, text := o.ask("GET", "/soan/tin-tuc/gap-mat/"+tt.want, nil, nil); status != 200 || text != tt.data {
			t.Errorf("%s is not served: %d", tt.want, status)
		}
	}
	_, text := o.ask("GET", "/trong-thu-muc?bai=content/tin-tuc/gap-mat/index.md", nil, nil)
	if want := `{"files":["quyet-dinh-812.pdf","tep.pdf"],"pictures":["anh-dep-2.png","anh-dep.png","x.png"]}` + "\n"; text != want {
		t.Errorf("got %s", text)
	}
	for file, why := range map[string]string{"a.docx": "tệp nén", "a.txt": "trang web"} {
		data := map[string]string{"a.docx": "PK\x05\x06" + strings.Repeat("\x00", 18), "a.txt": "<!doctype html><script>"}[file]
		if status, text := o.ask("POST", "/tep?bai=content/tin-tuc/gap-mat/index.md&ten="+file, data, nil); status != http.StatusBadRequest || !strings.Contains(text, why) {
			t.Errorf("%s: %d %s", file, status, text)
		}
	}
}

func TestFindingsLeadToTheirPlace(t *testing.T) {
	o := openDesk(t)
	if err := os.WriteFile(filepath.Join(o.dir, "content", "tin-tuc", "gap-mat", "index.md"), []byte(strings.Replace(article, "https://", "htps://", 1)+"\nXem [đây](ftp://a.b/).\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, text := o.ask("GET", "/viec/kiem-tra", nil, nil)
	var answer struct{ Faults []fault }
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range answer.Faults {
		got[f.Code] = strings.Join([]string{f.Place, f.Title, f.Field, f.Text}, " ")
	}
	for code, want := range map[string]string{
		"bad-url":     "/soan/tin-tuc/gap-mat/index.md Gặp mặt sources.0.url ",
		"unsafe-link": "/soan/tin-tuc/gap-mat/index.md Gặp mặt body Xem [đây](ftp://a.b/).",
	} {
		if got[code] != want {
			t.Errorf("%s: %q, want %q\n%s", code, got[code], want, text)
		}
	}
}
