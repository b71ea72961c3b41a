package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/txtar"

	"lienhiep/internal/host"
	"lienhiep/internal/needs"
)

// webServer is a real one.
type webServer struct {
	name    string
	program *needs.Need
	// config returns the server's own configuration, which serves www on the port
	// of loopback and includes what `lienhiep hosts` wrote, if it needs that.
	config func(t *testing.T, folder, www, port, included string) string
	check  func(config, folder string) []string // the arguments for the server's own check of a configuration
	start  func(config, folder string) []string
}

var (
	nginx = webServer{
		name: "nginx", program: needs.Nginx, config: nginxConfig,
		check: func(config, folder string) []string { return []string{"-t", "-p", folder, "-c", config} },
		start: func(config, folder string) []string { return []string{"-p", folder, "-c", config} },
	}
	caddy = webServer{
		name: "caddy", program: needs.Caddy, config: caddyConfig,
		check: func(config, _ string) []string {
			return []string{"validate", "--adapter", "caddyfile", "--config", config}
		},
		start: func(config, _ string) []string { return []string{"run", "--adapter", "caddyfile", "--config", config} },
	}
	apache = webServer{
		name: "apache", program: needs.Apache, config: apacheConfig,
		check: func(config, _ string) []string { return []string{"-t", "-f", config} },
		start: func(config, _ string) []string { return []string{"-X", "-f", config} },
	}
)

func nginxConfig(t *testing.T, folder, www, port, included string) string {
	return fmt.Sprintf(`load_module %s;
daemon off;
master_process off;
pid nginx.pid;
error_log stderr error;
events {}
http {
	access_log off;
	include /etc/nginx/mime.types;
	client_body_temp_path body;
	proxy_temp_path proxy;
	fastcgi_temp_path fastcgi;
	uwsgi_temp_path uwsgi;
	scgi_temp_path scgi;
	server {
		listen 127.0.0.1:%s;
		root %s;
		include %s;
	}
}
`, needs.NginxBrotli.Path(t), port, www, included)
}

func caddyConfig(_ *testing.T, folder, www, port, included string) string {
	return fmt.Sprintf(`{
	admin off
	auto_https off
	storage file_system %s
}
http://127.0.0.1:%s {
	bind 127.0.0.1
	root * %s
	import %s
}
`, folder, port, www, included)
}

func apacheConfig(t *testing.T, folder, www, port, _ string) string {
	var b strings.Builder
	for _, module := range []string{"mpm_event", "authz_core", "dir", "autoindex", "mime", "negotiation", "headers", "rewrite"} {
		fmt.Fprintf(&b, "LoadModule %s_module /usr/lib/apache2/modules/mod_%[1]s.so\n", module)
	}
	fmt.Fprintf(&b, `ServerName 127.0.0.1
Listen 127.0.0.1:%s
PidFile %[2]s/pid
ErrorLog %[2]s/errors
DefaultRuntimeDir %[2]s
TypesConfig /etc/mime.types
User www-data
Group www-data
DocumentRoot %[3]s
<Directory %[3]s>
	Options Indexes MultiViews FollowSymLinks
	AllowOverride FileInfo
	Require all granted
</Directory>
`, port, folder, www)
	return b.String()
}

// freePort returns a port of loopback that nothing listens on. It is none of those that
// the system gives away by itself, to other tests, before the caller's server listens.
func freePort(t testing.TB) string {
	t.Helper()
	for range 100 {
		port := strconv.Itoa(10_000 + rand.IntN(20_000))
		if l, err := net.Listen("tcp", "127.0.0.1:"+port); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return ""
}

// serveWith lets a real server serve the site, which is built for the address
// base, from its port, and checks the configuration with the server's own tool.
func serveWith(t *testing.T, s webServer, root, base, port string) {
	t.Helper()
	included := ""
	if s.name != "apache" {
		out, err := exec.Command(binary, "hosts", s.name, "--dir", root, "--base-url", base).Output()
		if err != nil {
			t.Fatal(err)
		}
		if included, err = filepath.Abs(filepath.Join(root, strings.TrimSpace(string(out)))); err != nil {
			t.Fatal(err)
		}
	}
	folder, www := t.TempDir(), t.TempDir()
	for _, dir := range []string{folder, www} { // a server may give up its rights
		if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	_, below, _ := strings.Cut(strings.TrimPrefix(base, "http://"), "/")
	if err := copyTree(filepath.Join(root, "public"), filepath.Join(www, below)); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(folder, "config")
	if err := os.WriteFile(config, []byte(s.config(t, folder, www, port, included)), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(s.program.Path(t), s.check(config, folder)...).CombinedOutput(); err != nil || bytes.Contains(out, []byte("[warn]")) {
		t.Fatalf("%s refuses its configuration: %v\n%s", s.name, err, out)
	}
	var said bytes.Buffer
	cmd := exec.Command(s.program.Path(t), s.start(config, folder)...)
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.Env = append(os.Environ(), "HOME="+folder, "XDG_CONFIG_HOME="+folder, "XDG_DATA_HOME="+folder)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// It has nothing to lose: the test is over.
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			errors, _ := os.ReadFile(filepath.Join(folder, "errors"))
			t.Logf("%s said:\n%s%s", s.name, said.Bytes(), errors)
		}
	})
	for end := time.Now().Add(patience); ; runtimePause() {
		if c, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			c.Close()
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s does not answer", s.name)
		}
	}
}

// hostedSite builds the small site for hosts, to stand at base.
func hostedSite(t *testing.T, base string) string {
	t.Helper()
	root := t.TempDir()
	for _, part := range append([]string{"content/ke-hoach/15-kh-tu/van-ban.txt"}, templates...) {
		if err := copyTree(filepath.Join("..", "..", part), filepath.Join(root, part)); err != nil {
			t.Fatal(err)
		}
	}
	ar, err := txtar.ParseFile("testdata/hosts/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if err := txtar.Write(ar, root); err != nil {
		t.Fatal(err)
	}
	writePNG(t, filepath.Join(root, "content/tin-tuc/gap-mat/anh.png"))
	config, err := os.OpenFile(filepath.Join(root, "config.toml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = config.WriteString("\n[params.security]\ncontact = \"mailto:bao-loi@example.org\"\nexpires = 2999-01-01T00:00:00Z\n")
	if err := errors.Join(err, config.Close()); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(binary, "build", "--dir", root, "--base-url", base).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return root
}

func writePNG(t *testing.T, name string) {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 300))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// answer is what a server said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// ask sends one request and follows nothing. encoding is what the reader can
// unpack, "" for nothing.
func ask(t *testing.T, address, encoding string) answer {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if encoding != "" {
		r.Header.Set("Accept-Encoding", encoding)
	}
	response, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, body}
}

// everyHeader are those that every answer has.
var everyHeader = map[string]string{
	"Content-Security-Policy":      "default-src 'none'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
	"Permissions-Policy":           "camera=()",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
}

const (
	shortCache = "public, max-age=300"
	longCache  = "public, max-age=31536000, immutable"
)

func TestNginx(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Nginx, needs.NginxBrotli)
	testWebServer(t, nginx)
}

func TestCaddy(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Caddy)
	testWebServer(t, caddy)
}

func TestApache(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Apache)
	testWebServer(t, apache)
}

// testWebServer lets a real server serve the small site, at the root of its host and
// below it, with the files that were generated for it.
func testWebServer(t *testing.T, s webServer) {
	for _, below := range []string{"/", "/duong-dan/con/"} {
		t.Run("at "+below, func(t *testing.T) {
			port := freePort(t)
			base := "http://127.0.0.1:" + port + below
			root := hostedSite(t, base)
			serveWith(t, s, root, base, port)
			h := hostTest{t, base, filepath.Join(root, "public")}
			h.verified(root)
			h.pages()
			h.caching()
			h.compression()
			h.errors()
			h.redirects(below)
			h.private()
			h.otherSites()
			if below == "/" { // the contact is of the whole host
				a := h.get(".well-known/security.txt", "", http.StatusOK)
				if kind := a.header.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain") || !bytes.HasPrefix(a.body, []byte("Contact: mailto:bao-loi@example.org\nExpires: 2999-")) {
					t.Errorf("%s: %s", kind, a.body)
				}
			}
		})
	}
}

// hostTest asks a server about the site in the folder public.
type hostTest struct {
	*testing.T
	base   string
	public string
}

// verified has the program find nothing wrong with the site, in its folder and away
// from it.
func (h hostTest) verified(root string) {
	h.Helper()
	away := h.TempDir()
	for _, dir := range []string{root, away} {
		cmd := exec.Command(binary, "verify", h.base, "--dir", dir, "--format", "json")
		cmd.Env = append(os.Environ(), "HOME="+away, "XDG_CONFIG_HOME="+away)
		var said bytes.Buffer
		cmd.Stderr = &said
		out, err := cmd.Output()
		unsigned := dir == away && strings.Count(string(out), `"code"`) == 1 && strings.Contains(string(out), "verify-unsigned")
		if err != nil || dir == root && strings.TrimSpace(string(out)) != "[]" || dir == away && !unsigned {
			h.Errorf("in %s, verify says %v, %s%s", dir, err, out, said.Bytes())
		}
	}
}

// get asks for a path and wants a status, and the headers that every answer has.
func (h hostTest) get(address, encoding string, status int) answer {
	h.Helper()
	a := ask(h.T, h.base+address, encoding)
	if a.status != status {
		h.Errorf("%s: status %d, want %d", address, a.status, status)
	}
	for name, want := range everyHeader {
		if got := a.header.Values(name); len(got) != 1 || !strings.Contains(got[0], want) {
			h.Errorf("%s: %s is %q, want %q once", address, name, got, want)
		}
	}
	return a
}

func (h hostTest) file(name string) []byte {
	h.Helper()
	data, err := os.ReadFile(filepath.Join(h.public, name))
	if err != nil {
		h.Fatal(err)
	}
	return data
}

// one finds the one file of the site that a pattern matches, and its address.
func (h hostTest) one(pattern string) string {
	h.Helper()
	found, err := filepath.Glob(filepath.Join(h.public, pattern))
	if err != nil || len(found) != 1 {
		h.Fatalf("%s: %v %v", pattern, found, err)
	}
	rel, err := filepath.Rel(h.public, found[0])
	if err != nil {
		h.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

// wholePlan is where the forms of the plan stand, without their endings.
const wholePlan = "ke-hoach/15-kh-tu/15-kh-tu"

func (h hostTest) pages() {
	for address, want := range map[string]struct{ file, kind string }{
		"":                              {"index.html", "text/html; charset=utf-8"},
		"tin-tuc/gap-mat/":              {"tin-tuc/gap-mat/index.html", "text/html; charset=utf-8"},
		"en/people/":                    {"en/people/index.html", "text/html; charset=utf-8"},
		"index.xml":                     {"index.xml", "application/xml; charset=utf-8"},
		"ke-hoach/15-kh-tu/van-ban.txt": {"ke-hoach/15-kh-tu/van-ban.txt", "text/plain; charset=utf-8"},
		"favicon.svg":                   {"favicon.svg", "image/svg+xml"},
		h.one("css/main.*.css"):         {h.one("css/main.*.css"), "text/css; charset=utf-8"},
		h.one("js/plan.*.js"):           {h.one("js/plan.*.js"), "javascript; charset=utf-8"},
		h.one("tin-tuc/gap-mat/*.webp"): {h.one("tin-tuc/gap-mat/*.webp"), "image/webp"},
		wholePlan + ".txt":              {wholePlan + ".txt", "text/plain; charset=utf-8"},
		wholePlan + ".md":               {wholePlan + ".md", "text/markdown; charset=utf-8"},
		wholePlan + ".csv":              {wholePlan + ".csv", "text/csv; charset=utf-8"},
		wholePlan + ".json":             {wholePlan + ".json", "application/json"},
		wholePlan + ".xml":              {wholePlan + ".xml", "application/xml; charset=utf-8"},
		wholePlan + ".pdf":              {wholePlan + ".pdf", "application/pdf"},
		wholePlan + ".docx":             {wholePlan + ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		"lich.ics":                      {"lich.ics", "text/calendar; charset=utf-8"},
	} {
		a := h.get(address, "", http.StatusOK)
		if kind := strings.ToLower(a.header.Get("Content-Type")); !strings.Contains(kind, want.kind) {
			h.Errorf("%q is %s, want %s", address, kind, want.kind)
		}
		if !bytes.Equal(a.body, h.file(want.file)) {
			h.Errorf("%q is not %s", address, want.file)
		}
	}
}

func (h hostTest) caching() {
	for address, want := range map[string]string{
		"":                              shortCache,
		"tin-tuc/gap-mat/":              shortCache,
		"sitemap.xml":                   shortCache,
		"favicon.svg":                   shortCache,
		h.one("css/main.*.css"):         longCache,
		h.one("js/plan.*.js"):           longCache,
		h.one("tin-tuc/gap-mat/*.webp"): longCache,
	} {
		for _, encoding := range []string{"", "br"} {
			a := h.get(address, encoding, http.StatusOK)
			if got := a.header.Values("Cache-Control"); !slices.Equal(got, []string{want}) {
				h.Errorf("%q (%s) may be kept %q, want %q", address, encoding, got, want)
			}
		}
		if a := h.get(address, "", http.StatusOK); a.header.Get("Etag")+a.header.Get("Last-Modified") == "" {
			h.Errorf("%q cannot be asked for again", address)
		}
	}
}

func (h hostTest) compression() {
	for address, file := range map[string]string{
		"": "index.html", "tin-tuc/gap-mat/": "tin-tuc/gap-mat/index.html", "index.xml": "index.xml",
		h.one("css/main.*.css"): h.one("css/main.*.css"), wholePlan + ".md": wholePlan + ".md", wholePlan + ".csv": wholePlan + ".csv",
	} {
		plain := h.file(file)
		for encoding, unpack := range map[string]func(io.Reader) (io.Reader, error){
			"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
			"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		} {
			a := h.get(address, "deflate, "+encoding, http.StatusOK)
			want := encoding
			if _, err := os.Stat(filepath.Join(h.public, file+map[string]string{"br": host.BrotliEnding, "gzip": host.GzipEnding}[encoding])); err != nil {
				want = ""
			}
			if got := a.header.Get("Content-Encoding"); got != want {
				h.Errorf("%q with %s comes as %q, want %q", address, encoding, got, want)
			}
			if want == "" {
				continue
			}
			if got, want := a.header.Get("Content-Type"), h.get(address, "", http.StatusOK).header.Get("Content-Type"); got != want {
				h.Errorf("%q with %s is %s, and %s without", address, encoding, got, want)
			}
			if len(a.body) >= len(plain) || !strings.Contains(strings.Join(a.header.Values("Vary"), ","), "Accept-Encoding") {
				h.Errorf("%q with %s: %d bytes of %d, Vary %q", address, encoding, len(a.body), len(plain), a.header.Values("Vary"))
			}
			r, err := unpack(bytes.NewReader(a.body))
			if err != nil {
				h.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, plain) {
				h.Errorf("%q with %s is something else (%v)", address, encoding, err)
			}
		}
	}
}

func (h hostTest) errors() {
	for address, want := range map[string]struct {
		status int
		page   string
	}{
		"khong-co/":                                    {404, "404.html"},
		"khong-co":                                     {404, "404.html"},
		"tin-tuc/khong-co.webp":                        {404, "404.html"},
		"tin-tuc/khong-co.ics":                         {404, "404.html"},
		"en/none/":                                     {404, "en/404.html"},
		"tri-thuc/tran-thi-b/":                         {410, "410.html"},
		"tri-thuc/tran-thi-b":                          {410, "410.html"},
		"tri-thuc/tran-thi-b/tin-bai/":                 {410, "410.html"},
		"tri-thuc/tran-thi-b/anh.webp":                 {404, "404.html"},
		"en/people/tran-thi-b/":                        {410, "en/410.html"},
		"css/main." + strings.Repeat("0", 64) + ".css": {404, "404.html"},
	} {
		for _, encoding := range []string{"", "br"} {
			a := h.get(address, encoding, want.status)
			body := io.Reader(bytes.NewReader(a.body))
			if a.header.Get("Content-Encoding") == "br" {
				body = brotli.NewReader(body)
			}
			if got, err := io.ReadAll(body); err != nil || !bytes.Equal(got, h.file(want.page)) {
				h.Errorf("%s does not show %s (%v): %.80s", address, want.page, err, got)
			}
			if kind := a.header.Get("Content-Type"); !strings.EqualFold(kind, "text/html; charset=utf-8") {
				h.Errorf("%s shows its page as %q", address, kind)
			}
			if kept := a.header.Get("Cache-Control"); strings.Contains(kept, "immutable") {
				h.Errorf("%s is missing, and yet may be kept: %s", address, kept)
			}
		}
	}
}

func (h hostTest) redirects(below string) {
	for address, want := range map[string]string{
		"cu/gap-mat/": below + "tin-tuc/gap-mat/",
		"tin-tuc":     below + "tin-tuc/",
	} {
		a := ask(h.T, h.base+address, "")
		if a.status != http.StatusMovedPermanently && a.status != http.StatusPermanentRedirect {
			h.Errorf("%s: status %d", address, a.status)
		}
		to := strings.TrimPrefix(a.header.Get("Location"), strings.TrimSuffix(h.base, below))
		if path.Join("/", to)+"/" != want {
			h.Errorf("%s leads to %s, want %s", address, a.header.Get("Location"), want)
		}
	}
}

// otherSites holds what the pages and programs of other sites may do: show the one
// page that is made for it in a frame, and read data, feeds and the calendar.
func (h hostTest) otherSites() {
	for address, want := range map[string]string{
		"": "'none'", "tin-tuc/gap-mat/": "'none'", "khong-co/": "'none'", "nhung/khong-co": "'none'", "nhung/": "*", "nhung/index.html": "*",
	} {
		a := ask(h.T, h.base+address, "br")
		if got := a.header.Values("Content-Security-Policy"); len(got) != 1 || !strings.HasSuffix(got[0], "frame-ancestors "+want) {
			h.Errorf("%q may be framed by %q, want %s", address, got, want)
		}
	}
	for address, want := range map[string]string{
		"": "", "tin-tuc/gap-mat/": "", "sitemap.xml": "", "manifest.txt": "", "nhung/": "", h.one("css/main.*.css"): "", "tin-tuc/feed.jsonx": "",
		"api/v1/index.json": "*", "api/v1/articles.json": "*", "api/v1/schema.json": "*", "index.xml": "*", "tin-tuc/atom.xml": "*", "tin-tuc/feed.json": "*", "lich.ics": "*",
	} {
		for _, encoding := range []string{"", "br"} {
			if got := strings.Join(ask(h.T, h.base+address, encoding).header.Values("Access-Control-Allow-Origin"), ","); got != want {
				h.Errorf("%q (%s) may be read by %q, want %q", address, encoding, got, want)
			}
		}
	}
	for address, want := range map[string]string{"lich.ics": "text/calendar", "manifest.webmanifest": "application/manifest+json", "api/v1/index.json": "application/json"} {
		if got := h.get(address, "", http.StatusOK).header.Get("Content-Type"); !strings.HasPrefix(got, want) {
			h.Errorf("%s is %s, want %s", address, got, want)
		}
	}
}

// private holds that nothing is given out but pages and what belongs to them.
func (h hostTest) private() {
	const secret = "chỉ của máy chủ"
	for _, name := range []string{".git/config", ".lienhiep/releases/0001.txt", "tin-tuc/.an/a.txt"} {
		file := filepath.Join(h.public, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(secret), 0o666)); err != nil {
			h.Fatal(err)
		}
	}
	for _, address := range []string{
		"css/", "js/", "tri-thuc/tran-thi-b/", ".htaccess", "%2ehtaccess", ".nojekyll", "web.config", "_headers", "_redirects",
		"tri-thuc/tran-thi-b/.gone", ".git/config", ".lienhiep/releases/0001.txt", "tin-tuc/.an/a.txt", "tin-tuc/.an/", ".well-known/khong-co",
	} {
		a := ask(h.T, h.base+address, "")
		if a.status != 404 && a.status != 403 && a.status != 410 {
			h.Errorf("%s is given out: status %d", address, a.status)
		}
		if bytes.Contains(a.body, []byte("plan.")) || bytes.Contains(a.body, []byte("Header")) || bytes.Contains(a.body, []byte(secret)) {
			h.Errorf("%s tells: %.200s", address, a.body)
		}
	}
}

// TestPagesKeepToTheirPolicy opens every kind of page of the real site as nginx
// serves it, and searches: the browser finds nothing that the
// Content-Security-Policy or another header forbids.
func TestPagesKeepToTheirPolicy(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Nginx, needs.NginxBrotli)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	base := "http://127.0.0.1:" + port + "/"
	serveWith(t, nginx, root, base, port)
	tab := openTab(t, openBrowser(t))
	site := strings.TrimSuffix(base, "/")
	for _, address := range append([]string{firstOf(t, filepath.Join(root, "public"), "tin-tuc")}, pageKinds...) {
		tab.inspect(t, site+address, "")
	}
	for _, address := range []string{"/tim-kiem/?q=khoa+hoc", "/en/search/?q=science"} {
		tab.inspect(t, site+address, "")
		var found int
		if err := chromedp.Run(tab.ctx, page.BringToFront(), chromedp.Poll(`document.querySelectorAll("ol.entries [data-result]").length`, &found, chromedp.WithPollingTimeout(patience))); err != nil || found == 0 {
			t.Errorf("%s finds nothing: %v", address, err)
		}
		tab.complaints(t)
	}

	// The files of the index keep their names, and are asked for again; a browser that has one is told so.
	for _, file := range []string{"head.bin", "k0/0.bin"} {
		if got := ask(t, base+"tim-kiem/index/"+file, "br").header.Get("Cache-Control"); got != shortCache {
			t.Errorf("%s may be kept %s, want %s", file, got, shortCache)
		}
	}
}
