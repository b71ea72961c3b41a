package host

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"lienhiep/internal/kept"
	"lienhiep/internal/needs"
)

const digest = "a1e315986a18eb0677c811da49768fbf24ebd6c19c24e1b5d977b7b635a61960"

var site = Site{
	BaseURL:   "https://a.vn/goc/",
	Langs:     []string{"vi", "en"},
	Redirects: []Redirect{{"/cu/a/", "/tin-tuc/a/"}},
	Gone:      []string{"/x/", "/en/people/x/", "/tri-thuc/x/", "/tri-thuc/x/tin-bai/", "/tri-thuc/y/"},
}

// prepared makes a small site ready for its hosts and returns its folder.
func prepared(t *testing.T, s Site, more ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range append(more, "index.html", "nhung/index.html", "css/main."+digest+".css", "a/anh_hu_57db83c3c8f8769a.webp", "tim/index/k0/7.bin", "tim/index/head.bin") {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(strings.Repeat("trí thức ", 200)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := Prepare(dir, s, kept.New(dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestHeadersFile(t *testing.T) {
	text := read(t, prepared(t, site), "_headers")
	for _, want := range []string{
		"\n/goc/*\n  X-Content-Type-Options: nosniff\n", "\n/goc/\n  Content-Security-Policy: default-src 'none'; ", "\n/goc/:page\n  Content-Security-Policy: ", "  Strict-Transport-Security: max-age=31536000\n",
		"\n/goc/*.css\n  Cache-Control: public, max-age=31536000, immutable\n", "\n/goc/*.webp\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	// The frame alone may be framed, and has one policy: whichever rule a host takes
	// for the file, it is that one.
	for path, rules := range map[string]int{"/goc/css/x": 1, "/goc/nhung/": 1, "/goc/nhung/index.html": 1, "/goc/": 1, "/goc/404.html": 1, "/goc/tim/index/head.bin": 1} {
		policies := policiesFor(text, path)
		if len(policies) != rules || strings.Contains(path, "nhung") != strings.HasSuffix(policies[0], "frame-ancestors *") {
			t.Errorf("%s: %q", path, policies)
		}
	}
	for _, shared := range []string{"/goc/api/*", "/goc/*/atom.xml", "/goc/lich.ics"} {
		if !strings.Contains(text, "\n"+shared+"\n  Access-Control-Allow-Origin: *\n") {
			t.Errorf("%s is not shared", shared)
		}
	}
	// One rule for a file: a second one would be joined to it. And none for an
	// ending that some file has which is not named by its content.
	for _, not := range []string{".bin", ".html", "max-age=300", "unsafe"} {
		if strings.Contains(text, not) {
			t.Errorf("%q in\n%s", not, text)
		}
	}
	if text := read(t, prepared(t, site, "rieng/x.css"), "_headers"); strings.Contains(text, ".css") {
		t.Errorf("a style sheet that may change may be kept for ever:\n%s", text)
	}
	for _, line := range strings.Split(text, "\n") {
		if len(line) > 2000 {
			t.Error("Cloudflare refuses lines of more than 2,000 characters")
		}
	}
	if text := read(t, prepared(t, Site{BaseURL: "http://a.vn/", Langs: []string{"vi"}}), "_headers"); strings.Contains(text, "Strict-Transport") {
		t.Error("a site without a certificate keeps its readers away")
	}
}

// policiesFor reads a _headers file as its hosts do.
func policiesFor(text, path string) []string {
	var policies []string
	matches := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "/") {
			rule := regexp.QuoteMeta(line)
			rule = strings.NewReplacer(`\*`, ".*", ":page", "[^/]+").Replace(rule)
			matches = regexp.MustCompile("^" + rule + "$").MatchString(path)
		} else if value, ok := strings.CutPrefix(strings.TrimSpace(line), "Content-Security-Policy: "); ok && matches {
			policies = append(policies, value)
		}
	}
	return policies
}

func TestRedirectsFileNamesNobodyWhoIsGone(t *testing.T) {
	text := read(t, prepared(t, site), "_redirects")
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	want := []string{
		"/goc/cu/a/ /goc/tin-tuc/a/ 301!", "/goc/cu/a/ /goc/tin-tuc/a/ 301",
		"/goc/en/people/* /goc/en/410.html 410", "/goc/tri-thuc/* /goc/410.html 410",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s", strings.Join(lines, "\n"))
	}
}

// webConfig is what the test looks at in IIS's file.
type webConfig struct {
	Server struct {
		Headers struct {
			Add []struct {
				Name  string `xml:"name,attr"`
				Value string `xml:"value,attr"`
			} `xml:"add"`
		} `xml:"httpProtocol>customHeaders"`
		Hidden []struct {
			Segment string `xml:"segment,attr"`
		} `xml:"security>requestFiltering>hiddenSegments>add"`
		Denied []struct {
			Sequence string `xml:"sequence,attr"`
		} `xml:"security>requestFiltering>denyUrlSequences>add"`
		Kinds []struct {
			Ending string `xml:"fileExtension,attr"`
			Type   string `xml:"mimeType,attr"`
		} `xml:"staticContent>mimeMap"`
		Errors []struct {
			Status int    `xml:"statusCode,attr"`
			Path   string `xml:"path,attr"`
		} `xml:"httpErrors>error"`
		Rewrite []struct {
			Match struct {
				URL string `xml:"url,attr"`
			} `xml:"match"`
			Condition struct {
				Input string `xml:"input,attr"`
			} `xml:"conditions>add"`
			Action struct {
				Type   string `xml:"type,attr"`
				URL    string `xml:"url,attr"`
				Status int    `xml:"statusCode,attr"`
			} `xml:"action"`
		} `xml:"rewrite>rules>rule"`
	} `xml:"system.webServer"`
	Locations []struct {
		Path    string `xml:"path,attr"`
		Headers []struct {
			Name  string `xml:"name,attr"`
			Value string `xml:"value,attr"`
		} `xml:"system.webServer>httpProtocol>customHeaders>add"`
		Allowed []struct {
			Sequence string `xml:"sequence,attr"`
		} `xml:"system.webServer>security>requestFiltering>denyUrlSequences>remove"`
		Cache struct {
			Custom string `xml:"cacheControlCustom,attr"`
		} `xml:"system.webServer>staticContent>clientCache"`
		Errors []struct {
			Path string `xml:"path,attr"`
		} `xml:"system.webServer>httpErrors>error"`
	} `xml:"location"`
}

func readWebConfig(t *testing.T, s Site) (c webConfig) {
	t.Helper()
	if err := xml.Unmarshal([]byte(read(t, prepared(t, s), "web.config")), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// IIS is not run here: its file is read for what each rule says.
func TestWebConfig(t *testing.T) {
	c := readWebConfig(t, site)
	if n := len(c.Server.Headers.Add); n != len(headers)+1 || c.Server.Headers.Add[0].Value != headers[0].Value {
		t.Errorf("%d headers: %+v", n, c.Server.Headers.Add)
	}
	var hidden []string
	for _, h := range c.Server.Hidden {
		hidden = append(hidden, h.Segment)
	}
	if want := []string{"_headers", "_redirects", ".htaccess", "web.config", ".nojekyll", ".gone"}; !slices.Equal(hidden, want) {
		t.Errorf("hidden: %v", hidden)
	}
	if d := c.Server.Denied; len(d) != 1 || d[0].Sequence != "/." {
		t.Errorf("hidden files are given out but for %v", d)
	}
	kinds := map[string]string{} // IIS gives out no file whose ending it does not know
	for _, k := range c.Server.Kinds {
		kinds[k.Ending] = k.Type
	}
	for ending, want := range map[string]string{".md": "text/markdown; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".json": "application/json", ".bin": "application/octet-stream"} {
		if kinds[ending] != want {
			t.Errorf("%s is %q, want %q", ending, kinds[ending], want)
		}
	}
	if e := c.Server.Errors; len(e) != 2 || e[0].Status != 404 || e[0].Path != "404.html" || e[1].Status != 410 || e[1].Path != "410.html" {
		t.Errorf("error pages: %+v", e)
	}
	if len(c.Server.Rewrite) != 2 {
		t.Fatalf("rules: %+v", c.Server.Rewrite)
	}
	if r := c.Server.Rewrite[0]; r.Condition.Input != `{REQUEST_FILENAME}\.gone` || r.Action.Status != 410 || r.Action.Type != "CustomResponse" {
		t.Errorf("gone: %+v", r)
	}
	r := c.Server.Rewrite[1]
	old := regexp.MustCompile(r.Match.URL)
	if !old.MatchString("cu/a/") || !old.MatchString("cu/a") || old.MatchString("cu/a/b/") || old.MatchString("x/cu/a/") || r.Action.URL != "/goc/tin-tuc/a/" {
		t.Errorf("old address: %+v", r)
	}
	var css, en, frame, api, known bool
	for _, l := range c.Locations {
		css = css || l.Path == "css" && l.Cache.Custom == "public, immutable"
		frame = frame || l.Path == "nhung" && l.Headers[0].Name == contentPolicy && strings.HasSuffix(l.Headers[0].Value, "frame-ancestors *")
		api = api || l.Path == "api" && l.Headers[0].Name == "Access-Control-Allow-Origin"
		known = known || l.Path == ".well-known" && len(l.Allowed) == 1 && l.Allowed[0].Sequence == "/."
		en = en || l.Path == "en" && len(l.Errors) == 2 && l.Errors[0].Path == `en\404.html`
	}
	if !css || !en || !frame || !api || !known {
		t.Errorf("locations: %+v", c.Locations)
	}
	// A server without the module URL Rewrite refuses a file that has its section.
	if c := readWebConfig(t, Site{BaseURL: "https://a.vn/", Langs: []string{"vi"}}); len(c.Server.Rewrite) > 0 {
		t.Errorf("rules for nothing: %+v", c.Server.Rewrite)
	}
}

func TestWorkflows(t *testing.T) {
	for name, want := range map[string][]string{
		"github": {"lienhiep next --after", "govulncheck@v", "lienhiep build", "lienhiep check --format github", "deploy-pages"},
		"gitlab": {"lienhiep next --after", "govulncheck@v", "lienhiep build", "lienhiep check --format gitlab >gl-code-quality-report.json", "codequality: gl-code-quality-report.json", "paths: [public]"},
	} {
		_, text, err := Beside(name, site)
		if err != nil {
			t.Fatal(err)
		}
		var parsed map[string]any
		if err := yaml.Unmarshal([]byte(text), &parsed); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, w := range append(want, site.BaseURL) {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q", name, w)
			}
		}
		if strings.Contains(text, "[[") && !strings.Contains(text, "if [") {
			t.Errorf("%s: a template is left:\n%s", name, text)
		}
	}
}

// TestWorkflowsBuildWhenAPageIsDue runs the shell of the workflows as a schedule
// does, with a program and a web that answer what is given.
func TestWorkflowsBuildWhenAPageIsDue(t *testing.T) {
	needs.Ask(t, needs.Bash)
	const published = "HTTP/2 200\r\nlast-modified: Mon, 02 Nov 2020 10:00:00 GMT\r\n"
	for _, c := range []struct {
		name, live, next string
		due              bool
	}{
		{"nothing is due", published, "", false},
		{"due later", published, "2999-01-01T00:00:00+07:00", false},
		{"due since", published, "2020-11-03T00:00:00+07:00", true},
		{"not published yet", "", "", true},
		{"a host that tells no time", "HTTP/2 200\r\n", "", true},
	} {
		for name, script := range dueScripts(t) {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				dir := t.TempDir()
				program(t, filepath.Join(dir, "curl"), `[ -n "$LIVE" ] && printf "$LIVE"`)
				program(t, filepath.Join(dir, "lienhiep"), `[ "$*" = "next --after 2020-11-02T10:00:00Z" ] && echo "$NEXT"`)
				cmd := exec.Command(needs.Bash.Path(t), "-eo", "pipefail", "-c", script)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "LIVE="+c.live, "NEXT="+c.next, "CI_PIPELINE_SOURCE=schedule", "GITHUB_OUTPUT=due")
				out, err := cmd.CombinedOutput()
				due := err == nil
				if name == "github" && err == nil {
					due = read(t, dir, "due") == "due=yes\n"
				} else if err != nil && cmd.ProcessState.ExitCode() != 78 {
					t.Fatalf("%v\n%s", err, out)
				}
				if due != c.due {
					t.Errorf("built: %v\n%s", due, out)
				}
			})
		}
	}
}

// dueScripts are the parts of the workflows that find out whether to build.
func dueScripts(t *testing.T) map[string]string {
	t.Helper()
	var github struct {
		Jobs struct {
			Build struct{ Steps []struct{ ID, Run string } }
		}
	}
	var gitlab struct{ Pages struct{ Script []string } }
	for name, parsed := range map[string]any{"github": &github, "gitlab": &gitlab} {
		_, text, err := Beside(name, site)
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal([]byte(text), parsed); err != nil {
			t.Fatal(err)
		}
	}
	scripts := map[string]string{"gitlab": gitlab.Pages.Script[1]}
	for _, s := range github.Jobs.Build.Steps {
		if s.ID == "due" {
			scripts["github"] = strings.ReplaceAll(s.Run, "${{ github.event_name }}", "schedule")
		}
	}
	return scripts
}

// program writes a program of one line of shell.
func program(t *testing.T, name, line string) {
	t.Helper()
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+line+"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
}

func TestTombstonesAndCopies(t *testing.T) {
	dir := prepared(t, site, "k/a.csv", "k/a.md")
	for _, address := range site.Gone {
		if read(t, dir, address+Tombstone) != tombstone {
			t.Errorf("no mark at %s", address)
		}
	}
	for _, name := range []string{"index.html.gz", "css/main." + digest + ".css.br", "k/a.csv.gz", "k/a.md.gz"} {
		if n := len(read(t, dir, name)); n == 0 || n > 100 {
			t.Errorf("%s has %d bytes", name, n)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "a/anh_hu_57db83c3c8f8769a.webp.br")); err == nil {
		t.Error("a picture is compressed again")
	}
	if err := Prepare(filepath.Join(dir, "none"), site, kept.New(filepath.Join(dir, "none"))); err == nil {
		t.Error("no error without a site")
	}
	if err := Prepare(dir, Site{BaseURL: "https://%zz/"}, kept.New(dir)); err == nil {
		t.Error("no error for an address that is none")
	}
	if _, _, err := Beside("apache", site); err == nil {
		t.Error("no error for a host that reads its file from the site")
	}
}

func TestFilesForServersAlone(t *testing.T) {
	for file, want := range map[string]bool{
		"_headers": true, "_redirects": true, ".htaccess": true, "web.config": true, ".nojekyll": true, "tri-thuc/x/.gone": true,
		"index.html": false, "tin-tuc/_headers": false, "index.html.br": false,
	} {
		if IsConfig(file) != want {
			t.Errorf("%s: %v", file, !want)
		}
	}
	for file, want := range map[string]string{
		"index.html": short, "tim/index/head.bin": short, "tim/index/k0/7.bin": short, "css/x.css": short,
		"css/main." + digest + ".css": immutable, "a/b_hu_57db83c3c8f8769a.webp": immutable,
	} {
		if got := CacheControl(file); got != want {
			t.Errorf("%s: %s", file, got)
		}
	}
}

func TestSecurityContact(t *testing.T) {
	s := Site{BaseURL: "https://a.vn/", Langs: []string{"vi", "en"}, Contact: "mailto:a@a.vn", Expires: time.Date(2027, 6, 30, 7, 0, 0, 0, time.FixedZone("", 7*3600))}
	want := "Contact: mailto:a@a.vn\nExpires: 2027-06-30T00:00:00Z\nPreferred-Languages: vi, en\nCanonical: https://a.vn/.well-known/security.txt\n"
	if got := read(t, prepared(t, s), ".well-known/security.txt"); got != want {
		t.Errorf("got\n%s", got)
	}
	below := s
	below.BaseURL = "https://a.vn/goc/"
	for _, none := range []Site{below, site} {
		if _, err := os.Stat(filepath.Join(prepared(t, none), ".well-known")); err == nil {
			t.Errorf("%s says whom to write to", none.BaseURL)
		}
	}
}

func TestWhatIsNamedByItsContent(t *testing.T) {
	for file, want := range map[string]struct{ named, wordless bool }{
		"css/main." + digest + ".css":             {true, true},
		"css/main." + digest + ".css.br":          {true, true},
		"js/plan." + digest + ".js.gz":            {true, true},
		"a/anh_hu_57db83c3c8f8769a.webp":          {true, false},
		"tim/index/k0/7.bin":                      {},
		"tin-tuc/a/the-da0e517e18132c71.png":      {true, false},
		"the-da0e517e18132c71.png":                {true, false},
		"tim/index/head.bin":                      {},
		"index.html":                              {},
		"index.html.gz":                           {},
		"a/the-da0e517e18132c71.png.html":         {},
		"tri-thuc/the-da0e517e18132c7/index.html": {},
		"js/plan.js":                              {},
	} {
		if NamedByContent(file) != want.named || Wordless(file) != want.wordless {
			t.Errorf("%s: named by its content %v, wordless %v", file, NamedByContent(file), Wordless(file))
		}
	}
}

// TestHeadersAreThoseOfTheTable compares what is checked with what a host is told.
func TestHeadersAreThoseOfTheTable(t *testing.T) {
	config := read(t, prepared(t, site), "web.config") // which has each header in a line of its own
	for _, h := range HeadersOf("index.html", true)[:len(headers)+1] {
		if escaped, err := escapeXML(h.Value); err != nil || !strings.Contains(config, `<add name="`+h.Name+`" value="`+escaped+`" />`) {
			t.Errorf("%s: %s is told to nobody", h.Name, h.Value)
		}
	}
	value := func(file, name string, secure bool) string {
		for _, h := range HeadersOf(file, secure) {
			if h.Name == name {
				return h.Value
			}
		}
		return ""
	}
	for _, c := range []struct {
		file, name string
		secure     bool
		want       string
	}{
		{"index.html", "Strict-Transport-Security", false, ""},
		{"index.html", "Content-Type", false, "text/html; charset=utf-8"},
		{"index.html", "Cache-Control", false, "public, max-age=300"},
		{"index.html", "Access-Control-Allow-Origin", false, ""},
		{"api/v1/people.json", "Access-Control-Allow-Origin", false, "*"},
		{"en/feed.json", "Access-Control-Allow-Origin", false, "*"},
		{"css/main." + digest + ".css", "Cache-Control", false, immutable},
		{"nhung/index.html", contentPolicy, false, content("*").Value},
		{"tin/index.html", contentPolicy, false, content("'none'").Value},
	} {
		if got := value(c.file, c.name, c.secure); got != c.want {
			t.Errorf("%s of %s is %q, want %q", c.name, c.file, got, c.want)
		}
	}
}

// TestPagesGetsNoTombstones wants the workflows to leave out what their hosts would
// give to anybody.
func TestPagesGetsNoTombstones(t *testing.T) {
	for _, name := range []string{"github", "gitlab"} {
		_, text, err := Beside(name, site)
		if err != nil {
			t.Fatal(err)
		}
		built, gone := strings.LastIndex(text, "lienhiep build"), strings.Index(text, "find public -name .gone -delete")
		sent := max(strings.Index(text, "upload-pages-artifact"), strings.LastIndex(text, "paths: [public]"))
		if built < 0 || gone < built || sent < gone {
			t.Errorf("%s: the tombstones go at %d, the site is built at %d and sent at %d", name, gone, built, sent)
		}
	}
}
