package preview

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/loopback"
)

// site is a small site as Hugo builds it.
var site = map[string]string{
	"index.html":             "<!doctype html><html><head></head><body class=home><p>Trang chủ</p></body></html>",
	"404.html":               "<!doctype html><html><body><p>Không tìm thấy</p></body></html>",
	"en/index.html":          "<!doctype html><html><body><p>Home</p></body></html>",
	"en/404.html":            "<!doctype html><html><body><p>Not found</p></body></html>",
	"tin-tuc/a/index.html":   "<!doctype html><html><body><p>Bài A</p></body></html>",
	"tin-tuc/a/ban.pdf":      "%PDF-1.7 0123456789",
	"tin-tuc/trong/tep.txt":  "Không có trang.",
	"css/main.css":           "p { color: red }",
	"api/v1/bai.json":        "[]",
	"index.xml":              "<feed/>",
	"rong.txt":               "",
	"_redirects":             "/x /y 301",
	".git/config":            "[core]",
	"tin-tuc/.bi-mat/a.html": "<p>Bí mật</p>",
}

// built writes a built site into a folder of its own.
func built(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pages")
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func show(t *testing.T, s *Server, files map[string]string, faults ...Fault) {
	t.Helper()
	if err := s.Show(built(t, files), faults); err != nil {
		t.Fatal(err)
	}
}

// newServer is a server that has nothing to show yet, for whoever asks on this machine.
func newServer(t *testing.T, base string, guard func(net.Listener) *loopback.Guard) *Server {
	t.Helper()
	l, err := loopback.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{Guard: guard(l), Base: base, Lang: diag.Vietnamese})
	served := make(chan error, 1)
	ctx, stop := context.WithCancel(context.Background())
	go func() { served <- loopback.Serve(ctx, l, s) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// ask answers a request as the server does.
func ask(s *Server, method, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, address, nil)
	r.Host = strings.TrimPrefix(s.Guard.Origin, "http://")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestPagesAreSent(t *testing.T) {
	s := newServer(t, "/", loopback.NewGuard)
	show(t, s, site)
	for address, want := range map[string]struct {
		status int
		kind   string
		text   string // or the address that it leads to
	}{
		"/":                       {200, "text/html; charset=utf-8", "<p>Trang chủ</p>"},
		"/index.html":             {200, "text/html; charset=utf-8", "<p>Trang chủ</p>"},
		"/tin-tuc/a/":             {200, "text/html; charset=utf-8", "<p>Bài A</p>"},
		"/tin-tuc/a/?x=y":         {200, "text/html; charset=utf-8", "<p>Bài A</p>"},
		"/tin-tuc/a":              {307, "", "/tin-tuc/a/"},
		"/tin-tuc/a?x=y":          {307, "", "/tin-tuc/a/?x=y"},
		"//tin-tuc/a":             {307, "", "/tin-tuc/a/"},
		"/en/":                    {200, "text/html; charset=utf-8", "<p>Home</p>"},
		"/css/main.css":           {200, "text/css; charset=utf-8", "p { color: red }"},
		"/api/v1/bai.json":        {200, "application/json", "[]"},
		"/index.xml":              {200, "application/xml; charset=utf-8", "<feed/>"},
		"/tin-tuc/a/ban.pdf":      {200, "application/pdf", "%PDF-1.7 0123456789"},
		"/rong.txt":               {200, "text/plain; charset=utf-8", ""},
		"/khong-co/":              {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/en/nothing/":            {404, "text/html; charset=utf-8", "<p>Not found</p>"},
		"/tin-tuc/":               {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/tin-tuc/trong/":         {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/tin-tuc/trong":          {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/css/":                   {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/_redirects":             {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/.git/config":            {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/tin-tuc/.bi-mat/a.html": {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/../pages/index.html":    {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/%2e%2e/pages/":          {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/a%00b":                  {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
		"/..%5c..%5cindex.html":   {404, "text/html; charset=utf-8", "<p>Không tìm thấy</p>"},
	} {
		w := ask(s, "GET", address)
		if w.Code != want.status || want.kind != "" && w.Header().Get("Content-Type") != want.kind {
			t.Errorf("%s: %d %s, want %d %s", address, w.Code, w.Header().Get("Content-Type"), want.status, want.kind)
		}
		if want.status == http.StatusTemporaryRedirect && w.Header().Get("Location") != want.text || want.status != http.StatusTemporaryRedirect && !strings.Contains(w.Body.String(), want.text) {
			t.Errorf("%s: %s\n%s", address, w.Header().Get("Location"), w.Body)
		}
	}
	if w := ask(s, "HEAD", "/tin-tuc/a/ban.pdf"); w.Code != 200 || w.Body.Len() > 0 {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
	if w := ask(s, "GET", "/tin-tuc/a/ban.pdf", "Range", "bytes=9-12"); w.Code != http.StatusPartialContent || w.Body.String() != "0123" {
		t.Errorf("a part: %d %q", w.Code, w.Body)
	}
	if w := ask(s, "POST", "/", "Origin", s.Guard.Origin); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

func TestSiteBelowItsRoot(t *testing.T) {
	s := newServer(t, "/site/", loopback.NewGuard)
	show(t, s, site)
	if s.URL() != s.Guard.Origin+"/site/" {
		t.Errorf("it is said to be at %s", s.URL())
	}
	for address, want := range map[string]int{"/site/tin-tuc/a/": 200, "/tin-tuc/a/": 404, "/en/": 404, "/": 307, "/site": 307, "/site/tin-tuc/a": 307} {
		if w := ask(s, "GET", address); w.Code != want || want == 307 && !strings.HasPrefix(w.Header().Get("Location"), "/site/") {
			t.Errorf("%s: %d to %q, want %d", address, w.Code, w.Header().Get("Location"), want)
		}
	}
}

// TestAnswersAreGuarded holds for every kind of answer that it goes to those alone whom
// the guard lets through, and under which policy.
func TestAnswersAreGuarded(t *testing.T) {
	s := newServer(t, "/", loopback.NewKeyGuard)
	s.Guard.FramedBy = "http://127.0.0.1:1414"
	show(t, s, site)
	admitted := httptest.NewRecorder()
	s.Guard.Admit(admitted)
	cookie := strings.Split(admitted.Header().Get("Set-Cookie"), ";")[0]
	for _, address := range []string{"/", "/css/main.css", "/khong-co/", "/tin-tuc/a", scriptAddress, eventsAddress + "?state=old"} {
		for what, tt := range map[string]struct {
			want    int
			headers []string
		}{
			"rebound":         {403, []string{"Cookie", cookie, "Host", "rebind.evil.example"}},
			"of another site": {403, []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site"}},
			"of another port": {403, []string{"Cookie", cookie, "Origin", "http://127.0.0.1:1"}},
			"without a key":   {401, nil},
		} {
			w := ask(s, "GET", address, tt.headers...)
			if w.Code != tt.want || !strings.Contains(w.Body.String(), "<h1>Không mở được trang này</h1>") {
				t.Errorf("%s %s: %d\n%s", address, what, w.Code, w.Body)
			}
		}
		w := ask(s, "GET", address, "Cookie", cookie)
		if w.Code == 401 || w.Code == 403 {
			t.Errorf("%s: %d", address, w.Code)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy":      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors http://127.0.0.1:1414",
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Cache-Control":                "no-store",
			"Access-Control-Allow-Origin":  "",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", address, name, got, want)
			}
		}
	}
	open := newServer(t, "/", loopback.NewGuard)
	if got := ask(open, "GET", "/").Header().Get("Content-Security-Policy"); !strings.HasSuffix(got, "; frame-ancestors 'none'") {
		t.Errorf("framed by anybody: %s", got)
	}
}

func TestFaultsAreToldOnThePages(t *testing.T) {
	s := newServer(t, "/", loopback.NewGuard)
	if w := ask(s, "GET", "/tin-tuc/"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "Đang dựng trang") || !strings.Contains(w.Body.String(), scriptAddress) {
		t.Errorf("before the first build: %d\n%s", w.Code, w.Body)
	}
	fault := []Fault{{Where: "content/a.md:8", Message: "Liên kết <b> hỏng.", Hint: "Sửa & lưu."}, {Message: "ổ đĩa đã đầy"}}
	told := `<li><code>content/a.md:8</code> Liên kết &lt;b&gt; hỏng. <em>Sửa &amp; lưu.</em></li><li>ổ đĩa đã đầy</li>`
	s.Fail(fault)
	if w := ask(s, "GET", "/"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), told) || strings.Contains(w.Body.String(), "Đang dựng") {
		t.Errorf("the first build failed: %d\n%s", w.Code, w.Body)
	}
	show(t, s, site)
	if w := ask(s, "GET", "/"); strings.Contains(w.Body.String(), "hỏng") {
		t.Errorf("what was mended is told\n%s", w.Body)
	}
	s.Fail(fault)
	if w := ask(s, "GET", "/"); !strings.Contains(w.Body.String(), `<body class=home><aside class="findings">`) || !strings.Contains(w.Body.String(), told) || !strings.Contains(w.Body.String(), "<p>Trang chủ</p>") {
		t.Errorf("a later build failed: %s", w.Body)
	}
	if w := ask(s, "GET", "/css/main.css"); w.Body.String() != site["css/main.css"] {
		t.Errorf("a style sheet has something added: %s", w.Body)
	}
	show(t, s, map[string]string{"index.html": "<p>Không có trang lỗi</p>"})
	if w := ask(s, "GET", "/khong-co/"); w.Code != 404 || !strings.Contains(w.Body.String(), "Không có trang nào ở địa chỉ này") {
		t.Errorf("without a page for that: %d %s", w.Code, w.Body)
	}
}

// TestAPageTellsItsOwnFaults holds which faults a page tells in full: its own entry's, and
// what is not shown as it is; with the way to where each can be mended.
func TestAPageTellsItsOwnFaults(t *testing.T) {
	s := newServer(t, "/", loopback.NewGuard)
	show(t, s, site,
		Fault{Where: "Bài A", Door: "http://127.0.0.1:1414/soan/tin-tuc/a/index.md?cho=title", Page: "/tin-tuc/a/", Message: "Thiếu tên."},
		Fault{Where: "Bài B", Page: "/tin-tuc/b/", Message: "Thiếu ngày.", Details: "key <b>"},
		Fault{Where: "Bài C", Message: "Ngoặc không đóng.", Stands: "Sửa xong mới xem được."})
	const own = `<a href="http://127.0.0.1:1414/soan/tin-tuc/a/index.md?cho=title" target="_blank" rel="noopener" referrerpolicy="origin">Bài A</a>: Thiếu tên.`
	const held = `<li><code>Bài C</code> Ngoặc không đóng. <b>Sửa xong mới xem được.</b></li>`
	folded := func(n int, list string) string {
		return fmt.Sprintf(`<details><summary>Chỗ phải xem lại ở những trang khác: %d</summary><ul>%s`, n, list)
	}
	const other = `<li><code>Bài B</code> Thiếu ngày.<details><summary>Chi tiết</summary><pre>key &lt;b&gt;</pre></details></li>`
	for address, want := range map[string]string{
		"/tin-tuc/a/": `<aside class="findings"><h2>Còn chỗ phải sửa</h2><ul><li>` + own + `</li>` + held + `</ul>` + folded(1, other+`</ul></details></aside>`),
		"/":           `<aside class="findings"><h2>Còn chỗ phải sửa</h2><ul>` + held + `</ul>` + folded(2, `<li>`+own+`</li>`+other),
		"/khong-co/":  held,
	} {
		if got := ask(s, "GET", address).Body.String(); !strings.Contains(got, want) {
			t.Errorf("%s: %s\nwant %s", address, got, want)
		}
	}
	show(t, s, site, Fault{Where: "Bài B", Page: "/tin-tuc/b/", Message: "Thiếu ngày."})
	if got := ask(s, "GET", "/").Body.String(); strings.Contains(got, "<h2>") || !strings.Contains(got, "<details>") {
		t.Errorf("of another page alone: %s", got)
	}
}

var stateOf = regexp.MustCompile(`data-events="([^"]+)"`)

// TestNewsReachAnOpenPage holds that a page hears of the next build, and of one that has
// come between its being sent and its asking.
func TestNewsReachAnOpenPage(t *testing.T) {
	s := newServer(t, "/", loopback.NewGuard)
	hear := func() func() string {
		events := stateOf.FindStringSubmatch(ask(s, "GET", "/").Body.String())[1]
		return func() string {
			r, err := http.Get(s.Guard.Origin + events)
			if err != nil {
				t.Error(err)
				return ""
			}
			defer r.Body.Close()
			line, err := bufio.NewReader(r.Body).ReadString('\n')
			return fmt.Sprintf("%s %q %v", r.Header.Get("Content-Type"), line, err)
		}
	}
	const want = `text/event-stream "data: changed\n" <nil>`
	for what, change := range map[string]func(){"a build": func() { show(t, s, site) }, "a fault": func() { s.Fail([]Fault{{Message: "x"}}) }} {
		late := hear()
		change()
		if got := late(); got != want {
			t.Errorf("%s before it asks: %s", what, got)
		}
		open := hear()
		heard := make(chan string)
		go func() { heard <- open() }()
		select {
		case got := <-heard:
			t.Errorf("%s is told that has not come: %s", what, got)
		default:
		}
		change()
		if got := <-heard; got != want {
			t.Errorf("%s: %s", what, got)
		}
	}
}

// TestPagesAreOfOneBuild shows builds while pages are read: each is whole, none is
// missing, and none is older than one that was seen before.
func TestPagesAreOfOneBuild(t *testing.T) {
	s := newServer(t, "/", loopback.NewGuard)
	const builds = 40
	page := func(i int) string {
		return "<!doctype html><html><body>" + strings.Repeat(fmt.Sprintf("<p>%04d</p>", i), 2000) + "</body></html>"
	}
	show(t, s, map[string]string{"index.html": page(0)})
	var reading sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		reading.Go(func() {
			for last := 0; ; {
				text := ask(s, "GET", "/").Body.String()
				var i int
				if _, err := fmt.Sscanf(strings.TrimPrefix(text, "<!doctype html><html><body><p>"), "%04d", &i); err != nil || !strings.HasPrefix(text, page(i)) || i < last {
					t.Errorf("after build %d: %.60s", last, text)
					return
				}
				last = i
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i := range builds {
		show(t, s, map[string]string{"index.html": page(i + 1)})
	}
	close(done)
	reading.Wait()
}

// TestPagesAhead shows a page before the site that it is a page of.
func TestPagesAhead(t *testing.T) {
	s := newServer(t, "/", loopback.NewGuard)
	show(t, s, site)
	says := func(address, want string) {
		t.Helper()
		if w := ask(s, "GET", address); w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %s", address, w.Code, w.Body)
		}
	}
	ahead := func(files map[string]string) {
		t.Helper()
		changed := s.changed
		if err := s.Ahead(built(t, files), []Fault{{Message: "Điều cần sửa"}}); err != nil {
			t.Fatal(err)
		}
		select {
		case <-changed:
		default:
			t.Error("nobody is told of the page")
		}
	}
	ahead(map[string]string{"tin-tuc/a/index.html": "<!doctype html><html><body><p>Bài A sửa</p></body></html>", "tin-tuc/moi/index.html": "<p>Bài mới</p>"})
	says("/tin-tuc/a/", "Điều cần sửa")
	says("/tin-tuc/a/", "Bài A sửa")
	says("/tin-tuc/moi/", "Bài mới")
	says("/", "Trang chủ")
	says("/css/main.css", "color")
	ahead(map[string]string{"tin-tuc/moi/index.html": "<p>Bài mới sửa</p>"})
	says("/tin-tuc/a/", "Bài A</p>")
	says("/tin-tuc/moi/", "Bài mới sửa")
	show(t, s, site)
	if w := ask(s, "GET", "/tin-tuc/moi/"); w.Code != 404 {
		t.Errorf("a page of before stands beside the next build: %d", w.Code)
	}
	if err := s.Ahead(filepath.Join(t.TempDir(), "none"), nil); err == nil {
		t.Error("a folder that is gone is shown")
	}
}

func TestAwaitedPage(t *testing.T) {
	s := newServer(t, "/", loopback.NewGuard)
	waiting := make(chan bool)
	go func() { waiting <- s.Await(t.Context(), "tin-tuc/a/") }()
	show(t, s, map[string]string{"index.html": ""})
	show(t, s, site)
	if !<-waiting {
		t.Error("the page has come and is not seen")
	}
	ended, end := context.WithCancel(t.Context())
	end()
	for address, want := range map[string]bool{"": true, "tin-tuc/a/": true, "tin-tuc/a": true, "khong-co/": false, ".git/config": false} {
		if got := s.Await(ended, address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestAFolderThatIsGoneIsNotShown(t *testing.T) {
	s := newServer(t, "/", loopback.NewGuard)
	show(t, s, site)
	if err := s.Show(filepath.Join(t.TempDir(), "none"), nil); err == nil {
		t.Error("it is shown")
	}
	if w := ask(s, "GET", "/"); w.Code != 200 {
		t.Errorf("the pages before are gone: %d", w.Code)
	}
}
