package edit

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/loopback"
	"lienhiep/internal/needs"
	"lienhiep/internal/preview"
	"lienhiep/internal/publish"
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
type contentSite struct{ dir string }

func (s contentSite) Load() (*catalog.Catalog, []diag.Finding, error) {
	return catalog.Load(os.DirFS(s.dir), catalog.Options{Now: time.Now(), Zone: saigon})
}
func (contentSite) Build(context.Context) ([]diag.Finding, error) { return nil, nil }
func (contentSite) Targets() []string                             { return []string{"web"} }
func (contentSite) Deploy(context.Context, string, bool) (publish.Report, error) {
	return publish.Report{}, nil
}

// open is a desk that is served, in a folder beside another that is not its own.
type open struct {
	*Desk
	t        testing.TB
	dir      string
	address  string // "127.0.0.1:1414"
	admitted *int   // how many browsers were let in
}

func openDesk(t testing.TB) open {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "trang")
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
	server := httptest.NewUnstartedServer(nil)
	beside, err := loopback.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { beside.Close() })
	admitted := 0
	d, err := New(Options{
		Root: dir, Guard: loopback.NewKeyGuard(server.Listener), Preview: preview.New(preview.Options{Guard: loopback.NewKeyGuard(beside), Base: "/"}),
		Site: contentSite{dir}, Zone: saigon, Admitted: func() { admitted++ }, Log: func(err error) { t.Log(err) },
	})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = d
	server.Start()
	t.Cleanup(func() { server.Close(); d.Close() })
	return open{d, t, dir, server.Listener.Addr().String(), &admitted}
}

// key is the cookie of a browser that was let in.
func key(g *loopback.Guard) *http.Cookie {
	w := httptest.NewRecorder()
	g.Admit(w)
	return w.Result().Cookies()[0]
}

// ask sends a request as Sveltia does and returns the status and the answer.
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

func (o open) api() string { return "/api/v1/repos/" + owner + "/" + o.repo }

type edit map[string]string

func (o open) save(edits ...edit) (int, string) {
	o.t.Helper()
	for _, e := range edits {
		if text, ok := e["text"]; ok {
			e["content"] = base64.StdEncoding.EncodeToString([]byte(text))
			delete(e, "text")
		}
	}
	return o.ask("POST", o.api()+"/contents", map[string]any{"message": "Sửa", "files": edits}, nil)
}

// snapshot is everything that lies on the disk, beside the desk's own folder too.
func (o open) snapshot() string {
	o.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(filepath.Dir(o.dir), func(name string, d fs.DirEntry, err error) error {
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
		"as it should be":          {"GET", "/api/v1/user", nil, 200},
		"another host's name":      {"GET", "/api/v1/user", func(r *http.Request) { r.Host = "evil.example" }, 403},
		"localhost":                {"GET", "/api/v1/user", func(r *http.Request) { r.Host = strings.Replace(o.address, "127.0.0.1", "localhost", 1) }, 403},
		"another port":             {"GET", "/api/v1/user", func(r *http.Request) { r.Host = "127.0.0.1:1" }, 403},
		"another origin":           {"GET", "/api/v1/user", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403},
		"no origin of its own":     {"GET", "/api/v1/user", func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		"asked by another site":    {"GET", "/api/v1/user", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		"another port's page":      {"GET", "/viec/trang", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
		"no key":                   {"GET", "/api/v1/user", noKey, 401},
		"another key":              {"GET", "/api/v1/user", func(r *http.Request) { r.Header.Set("Cookie", key(o.Guard).Name+"=x") }, 401},
		"the key in a header":      {"GET", "/api/v1/user", func(r *http.Request) { noKey(r); r.Header.Set("Authorization", "token "+key(o.Guard).Value) }, 401},
		"the live page's key":      {"GET", "/api/v1/user", func(r *http.Request) { noKey(r); r.AddCookie(key(o.Preview.Guard)) }, 401},
		"no key for a page":        {"GET", "/", noKey, 401},
		"no key for the form":      {"GET", "/soan/config.json", noKey, 401},
		"write without origin":     {"POST", o.api() + "/contents", func(r *http.Request) { r.Header.Del("Origin") }, 403},
		"write from elsewhere":     {"POST", o.api() + "/contents", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1313") }, 403},
		"write from the live page": {"POST", o.api() + "/contents", func(r *http.Request) { r.Header.Set("Origin", o.Preview.Guard.Origin) }, 403},
		"write as a form can":      {"POST", o.api() + "/contents", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
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
	for _, address := range []string{"/", "/desk.js", "/soan/", "/soan/config.json", "/viec/trang", "/api/v1/user", "/mo?ma=x"} {
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
	for _, want := range []string{"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-src 'self' " + o.Preview.Guard.Origin, "frame-ancestors 'self'", "base-uri 'none'", "form-action 'none'"} {
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

func TestHostileNamesWriteNothing(t *testing.T) {
	o := openDesk(t)
	before := o.snapshot()
	for _, name := range []string{
		"", ".", "content", "content/", "/etc/passwd", "../ngoai/index.md", "content/../config.toml", "content/../../ngoai/index.md",
		"content/tin-tuc/../../config.toml", `content\..\..\ngoai\index.md`, `..\ngoai\index.md`, "C:/a.md", "content/C:/a.md", "content/a:b.md",
		"content/tin-tuc/a.md:stream", "content/tin-tuc/con.md", "content/tin-tuc/NUL/index.md", "content/tin-tuc/com1.md", "content/tin-tuc/a./index.md",
		"content/tin-tuc/a /index.md", "content//a.md", "content/./a.md", "content/.git/config.md", "content/tin-tuc/.htaccess", "config.toml", ".git/config",
		"layouts/home.html", "layouts/a.md", "generated/a.md", "content/ke-hoach/15-kh-tu/van-ban.txt", "content/tin-tuc/gap-mat/index.html",
		"content/tin-tuc/gap-mat/a.svg", "content/tin-tuc/gap-mat/a.gif", "content/tin-tuc/gap-mat/index.MD", "content/tin-tuc/a\x00.md", "content/tin-tuc/a\n.md",
		"content/tin-tuc/a\u202egnp.md", "content/" + strings.Repeat("a", 300) + ".md", "content/a/b/c/d/e/f/g/h.md", "Content/a.md", "content/tin-tuc/đại-hội/index.md",
	} {
		for _, operation := range []string{"create", "update", "delete"} {
			status, text := o.save(edit{"operation": operation, "path": name, "text": article, "sha": hash([]byte(o.read("config.toml")))})
			if status < 400 || status >= 500 {
				t.Errorf("%s %q: %d %s", operation, name, status, text)
			}
		}
		if name != "" {
			status, text := o.save(edit{"operation": "update", "path": "content/tin-tuc/moi/index.md", "from_path": name, "text": article, "sha": "x"})
			if status < 400 || status >= 500 {
				t.Errorf("from %q: %d %s", name, status, text)
			}
		}
	}
	if after := o.snapshot(); after != before {
		t.Errorf("the disk has changed:\n%s\n---\n%s", before, after)
	}
}

func TestNothingIsReadThatIsNotShown(t *testing.T) {
	o := openDesk(t)
	for _, name := range []string{"config.toml", "../ngoai/index.md", "%2e%2e/ngoai/index.md", "..%2fngoai%2findex.md", ".git/config", "content/ke-hoach/15-kh-tu/van-ban.txt"} {
		if status, text := o.ask("GET", o.api()+"/raw/"+name, nil, nil); status < 300 || strings.Contains(text, "baseURL") || strings.Contains(text, "Ngoài") {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	_, text := o.ask("POST", o.api()+"/file-contents", map[string]any{"files": []string{"config.toml", "../ngoai/index.md", "content/tin-tuc/gap-mat/index.md"}}, nil)
	var items []*struct{ Content []byte }
	if err := json.Unmarshal([]byte(text), &items); err != nil || len(items) != 3 || items[0] != nil || items[1] != nil || !bytes.Contains(items[2].Content, []byte("Gặp mặt")) {
		t.Errorf("%v: %s", err, text)
	}
	if _, text := o.ask("GET", o.api()+"/git/trees/main", nil, nil); strings.Contains(text, "van-ban.txt") || !strings.Contains(text, "gap-mat/index.md") {
		t.Error(text)
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
		for _, operation := range []string{"create", "update", "delete"} {
			if status, text := o.save(edit{"operation": operation, "path": name, "text": article, "sha": hash([]byte("---\ntitle: Ngoài\n---\n"))}); status < 400 || status >= 500 {
				t.Errorf("%s %s: %d %s", operation, name, status, text)
			}
		}
		if status, text := o.ask("GET", o.api()+"/raw/"+name, nil, nil); status == 200 {
			t.Errorf("%s is read: %s", name, text)
		}
	}
	if o.snapshot() != before {
		t.Error("the disk has changed")
	}
}

func TestConflictsOverwriteNothing(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	theirs := strings.Replace(article, "Gặp mặt", "Của người khác", 1)
	if err := os.WriteFile(filepath.Join(o.dir, filepath.FromSlash(name)), []byte(theirs), 0o666); err != nil {
		t.Fatal(err)
	}
	before := o.snapshot()
	seen, mine := hash([]byte(article)), strings.Replace(article, "Gặp mặt", "Của tôi", 1)
	for what, edits := range map[string][]edit{
		"changed":            {{"operation": "update", "path": name, "sha": seen, "text": mine}},
		"without a version":  {{"operation": "update", "path": name, "text": mine}},
		"removed by me":      {{"operation": "delete", "path": name, "sha": seen}},
		"moved":              {{"operation": "update", "path": "content/tin-tuc/khac/index.md", "from_path": name, "sha": seen, "text": mine}},
		"exists":             {{"operation": "create", "path": name, "text": mine}},
		"exists in capitals": {{"operation": "create", "path": "content/tin-tuc/Gap-Mat/index.md", "text": mine}},
		"gone":               {{"operation": "update", "path": "content/tin-tuc/khong-co/index.md", "sha": seen, "text": mine}},
		"one of several": {{"operation": "create", "path": "content/tin-tuc/moi/index.md", "text": mine},
			{"operation": "update", "path": name, "sha": seen, "text": mine}},
		"twice": {{"operation": "create", "path": "content/tin-tuc/moi/index.md", "text": mine}, {"operation": "create", "path": "content/tin-tuc/moi/INDEX.md", "text": mine}},
	} {
		status, text := o.save(edits...)
		if status != http.StatusConflict && status != http.StatusBadRequest || !strings.Contains(text, "message") {
			t.Errorf("%s: %d %s", what, status, text)
		}
		if o.snapshot() != before {
			t.Fatalf("%s: the disk has changed", what)
		}
	}
}

func TestSavedIsWhatWasEdited(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	written := "---\ntitle: Đại hội\ndescription: ''\ndate: 2026-11-20T06:15+07:00\ndraft: false\nsources:\n  - title: VUSTA\n    url: https://vusta.vn/\n---\n\nLời bài.\\[^1\\]\n\n\\[^1\\]: Chú thích.\n"
	status, text := o.save(edit{"operation": "update", "path": name, "sha": hash([]byte(article)), "text": written})
	if status != 200 {
		t.Fatal(status, text)
	}
	want := strings.Replace(article, "'Gặp mặt'", `"Đại hội"`, 1)
	if got := o.read(name); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(text, hash([]byte(want))) {
		t.Errorf("the answer names another version: %s", text)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	if status, text := o.save(edit{"operation": "create", "path": "content/tin-tuc/moi/index.md", "text": "---\ntitle: Bài mới\ndate: 2026-11-21T00:00+07:00\nimage:\n  file: anh.png\n---\n\nLời.\n"},
		edit{"operation": "create", "path": "content/tin-tuc/moi/anh.png", "text": picture.String()}); status != 200 {
		t.Fatal(status, text)
	}
	if got, want := o.read("content/tin-tuc/moi/index.md"), "---\ntitle: \"Bài mới\"\ndate: 2026-11-21\nimage:\n  file: \"anh.png\"\n---\n\nLời.\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if status, text := o.ask("GET", o.api()+"/media/main/content/tin-tuc/moi/anh.png", nil, nil); status != 200 || text != picture.String() {
		t.Error("the picture is not served as it was saved", status)
	}
	if status, text := o.save(edit{"operation": "delete", "path": "content/tin-tuc/moi/index.md", "sha": hash([]byte(o.read("content/tin-tuc/moi/index.md")))},
		edit{"operation": "delete", "path": "content/tin-tuc/moi/anh.png", "sha": hash(picture.Bytes())}); status != 200 {
		t.Fatal(status, text)
	}
	if _, err := os.Stat(filepath.Join(o.dir, "content", "tin-tuc", "moi")); err == nil {
		t.Error("an empty folder is left")
	}
	left, err := os.ReadDir(filepath.Join(o.dir, filepath.FromSlash(asideFolder)))
	if err != nil || len(left) > 0 {
		t.Errorf("left aside: %v %v", left, err)
	}
}

func TestBadContentIsRefused(t *testing.T) {
	o := openDesk(t)
	before := o.snapshot()
	huge, err := os.ReadFile("testdata/huge.png")
	if err != nil {
		t.Fatal(err)
	}
	for what, e := range map[string]edit{
		"not UTF-8":            {"path": "content/tin-tuc/a/index.md", "text": "---\ntitle: \xff\n---\n"},
		"a null":               {"path": "content/tin-tuc/a/index.md", "text": "---\ntitle: a\n---\n\x00"},
		"no front matter":      {"path": "content/tin-tuc/a/index.md", "text": "Lời."},
		"unreadable":           {"path": "content/tin-tuc/a/index.md", "text": "---\ntitle: [\n---\n"},
		"a bomb of anchors":    {"path": "content/tin-tuc/a/index.md", "text": "---\na: &a [x]\nb: &b [*a,*a]\ntitle: *b\n---\n"},
		"too long":             {"path": "content/tin-tuc/a/index.md", "text": article + strings.Repeat("x", maxEntry)},
		"no picture":           {"path": "content/tin-tuc/a/a.png", "text": "<svg onload=alert(1)>"},
		"another kind":         {"path": "content/tin-tuc/a/a.webp", "text": string(huge)},
		"millions of pixels":   {"path": "content/tin-tuc/a/a.png", "text": string(huge)},
		"an unknown operation": {"path": "content/tin-tuc/a/index.md", "text": article, "operation": "chmod"},
	} {
		if e["operation"] == "" {
			e["operation"] = "create"
		}
		if status, text := o.save(e); status < 400 || status >= 500 || !strings.Contains(text, "message") {
			t.Errorf("%s: %d %s", what, status, text)
		}
	}
	for _, body := range []string{"", "{", "[]", `{"files": 1}`, `{"files": [{"content": "%"}]}`, `{"files": []} {}`, `{"files":` + strings.Repeat("[", 20000)} {
		if status, text := o.ask("POST", o.api()+"/contents", body, nil); status != http.StatusBadRequest {
			t.Errorf("%.20s: %d %s", body, status, text)
		}
	}
	if status, _ := o.save(make([]edit, maxFiles+1)...); status != http.StatusRequestEntityTooLarge {
		t.Errorf("too many files: %d", status)
	}
	if o.snapshot() != before {
		t.Error("the disk has changed")
	}
}

// TestFormsHoldTheSchema holds that a form shows every field that entries of its
// kind have, and none that they have not.
// TestFilesForDownloadAreSaved takes what the site can publish, byte for byte, and says why
// of what it cannot.
func TestFilesForDownloadAreSaved(t *testing.T) {
	o := openDesk(t)
	pdf, err := os.ReadFile("../attach/testdata/doc.pdf")
	if err != nil {
		t.Fatal(err)
	}
	const name = "content/tin-tuc/gap-mat/quyet-dinh.pdf"
	if status, text := o.save(edit{"operation": "create", "path": name, "text": string(pdf)}); status >= 300 {
		t.Fatalf("%d %s", status, text)
	}
	if o.read(name) != string(pdf) {
		t.Error("the file was changed")
	}
	if _, text := o.ask("GET", o.api()+"/git/trees/main", nil, nil); !strings.Contains(text, name) {
		t.Error("the desk does not show it")
	}
	for file, why := range map[string]string{"a.docx": "tệp nén", "a.txt": "trang web"} {
		data := map[string]string{"a.docx": "PK\x05\x06" + strings.Repeat("\x00", 18), "a.txt": "<!doctype html><script>"}[file]
		if status, text := o.save(edit{"operation": "create", "path": "content/tin-tuc/gap-mat/" + file, "text": data}); status != http.StatusBadRequest || !strings.Contains(text, why) {
			t.Errorf("%s: %d %s", file, status, text)
		}
	}
}

// TestCollectionsHaveNamesOfTheirOwn holds the configuration to one name a collection:
// Sveltia opens nothing otherwise. A page may stand among entries of another kind.
func TestCollectionsHaveNamesOfTheirOwn(t *testing.T) {
	fsys := fstest.MapFS{
		"content/ke-hoach/_index.md":             {Data: []byte("---\ntitle: Kế hoạch\n---\n")},
		"content/ke-hoach/trong-3-phut/index.md": {Data: []byte("---\ntitle: Kế hoạch trong 3 phút\n---\n")},
		"content/gioi-thieu/index.md":            {Data: []byte("---\ntitle: Giới thiệu\n---\n")},
		"content/hoi/to-chuc/index.md":           {Data: []byte("---\ntitle: Tổ chức\n---\n")},
	}
	c, _, err := catalog.Load(fsys, catalog.Options{Now: time.Now(), Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	var alone []string
	for _, c := range configOf(c, "Asia/Ho_Chi_Minh", backend{}).Collections {
		if names[c.Name] {
			t.Errorf("two collections are called %s", c.Name)
		}
		names[c.Name] = true
		if c.Name == pagesName {
			for _, f := range c.Files {
				alone = append(alone, f.Name)
			}
		}
	}
	if want := "gioi-thieu-index ke-hoach-_index ke-hoach-trong-3-phut-index"; strings.Join(alone, " ") != want {
		t.Errorf("pages that stand alone: %v, want %s", alone, want)
	}
}

func TestFormsHoldTheSchema(t *testing.T) {
	o := openDesk(t)
	c, _, err := o.Site.Load()
	if err != nil {
		t.Fatal(err)
	}
	conf := configOf(c, "Asia/Ho_Chi_Minh", backend{})
	for _, k := range catalog.Kinds() {
		if k.Folder() == "" {
			continue
		}
		i := slices.IndexFunc(conf.Collections, func(c collection) bool { return c.Name == k.Folder() })
		if i < 0 {
			t.Errorf("no form for %s", k)
			continue
		}
		want, got := []string{"body"}, []string{}
		for _, f := range catalog.Schema(k) {
			want = append(want, f.Key)
		}
		for _, f := range conf.Collections[i].Fields {
			got = append(got, f.Name)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", k, got, want)
		}
	}
	for _, host := range Hosts {
		if text, err := Config(c, "Asia/Ho_Chi_Minh", host); err != nil || !strings.Contains(text, "name: "+host) || strings.Contains(text, key(o.Guard).Value) {
			t.Errorf("%s: %v\n%s", host, err, text)
		}
	}
}

func TestFindingsLeadToTheirPlace(t *testing.T) {
	o := openDesk(t)
	if err := os.WriteFile(filepath.Join(o.dir, "content", "tin-tuc", "gap-mat", "index.md"), []byte(strings.Replace(article, "https://", "htps://", 1)+"\nXem [đây](ftp://a.b/).\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, text := o.ask("GET", "/viec/kiem-tra", nil, nil)
	var faults []fault
	if err := json.Unmarshal([]byte(text), &faults); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range faults {
		got[f.Code] = strings.Join([]string{f.Collection, f.Entry, f.Lang, f.Field, f.Text}, " ")
	}
	for code, want := range map[string]string{
		"bad-url":     "tin-tuc gap-mat/index vi sources.0.url ",
		"unsafe-link": "tin-tuc gap-mat/index vi body Xem [đây](ftp://a.b/).",
	} {
		if got[code] != want {
			t.Errorf("%s: %q, want %q\n%s", code, got[code], want, text)
		}
	}
}
