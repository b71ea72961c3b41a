package publish

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
)

// instead answers for some visits in the server's place.
type instead = func(w http.ResponseWriter, r *http.Request, name string) bool

func whenever(is func(*http.Request, string) bool, text string) instead {
	return func(w http.ResponseWriter, r *http.Request, name string) bool {
		if !is(r, name) {
			return false
		}
		io.WriteString(w, text)
		return true
	}
}

// redirect answers for one address with the way to another.
func redirect(from, to string) instead {
	return func(w http.ResponseWriter, r *http.Request, _ string) bool {
		if r.URL.Path != from {
			return false
		}
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusMovedPermanently)
		return true
	}
}

func both(all ...instead) instead {
	return func(w http.ResponseWriter, r *http.Request, name string) bool {
		return slices.ContainsFunc(all, func(f instead) bool { return f(w, r, name) })
	}
}

// alias is a page as Hugo writes it at an old address.
const alias = `<!DOCTYPE html><html lang="vi"><head><title>x</title><link rel="canonical" href="https://lienhiep.example/tin/ba/"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=https://lienhiep.example/tin/ba/"></head></html>`

func withAlias(t *testing.T) *signedSite {
	files := packed(t)
	files["cu/bai-cu/index.html"] = alias
	files["tin/dai/index.html"] = page(strings.Repeat("Dài ", 400))
	files["cu/bai-cu/index.html.gz"] = gzipped(t, alias)
	return newSignedSite(t, files)
}

func TestVerifyKnowsOldAddresses(t *testing.T) {
	s := withAlias(t)
	const old, page = "/cu/bai-cu/", "cu/bai-cu/index.html"
	// Some servers lead away from the whole name of the page too.
	everywhere := func(to string) instead { return both(redirect(old, to), redirect(old+"index.html", to)) }
	for name, c := range map[string]struct {
		before instead
		public string
		want   []string
	}{
		"the page itself":     {nil, "", nil},
		"as it is configured": {redirect(old, "/tin/ba/"), "", nil},
		"by the whole address": {func(w http.ResponseWriter, r *http.Request, n string) bool {
			return redirect(old, "http://"+r.Host+"/tin/ba/")(w, r, n)
		}, "", nil},
		"elsewhere on the site":        {redirect(old, "/nguoi/"), "", []string{"verify-moved " + page}},
		"on another host":              {redirect(old, "https://evil.example/tin/ba/"), "", []string{"verify-redirect " + page, "verify-redirect " + page + ".gz"}},
		"by any name":                  {everywhere("/tin/ba/"), "", nil},
		"by any name, built here":      {everywhere("/tin/ba/"), s.public, nil},
		"by any name, wrong":           {everywhere("/nguoi/"), s.public, []string{"verify-moved " + page}},
		"by any name, to no page":      {everywhere("/lua-dao/"), "", []string{"verify-moved " + page}},
		"another page":                 {redirect("/tin/mot/", "/tin/ba/"), "", []string{"verify-moved tin/mot/index.html"}},
		"another page, by any name":    {both(redirect("/tin/mot/", "/tin/ba/"), redirect("/tin/mot/index.html", "/tin/ba/")), s.public, []string{"verify-moved tin/mot/index.html"}},
		"a long page, by any name":     {both(redirect("/tin/dai/", "/tin/ba/"), redirect("/tin/dai/index.html", "/tin/ba/")), "", []string{"verify-moved tin/dai/index.html"}},
		"styles":                       {redirect(css2, "/"), "", []string{"verify-moved " + css2[1:]}},
		"without the last slash":       {redirect("/tin/mot/", "/tin/mot"), "", []string{"verify-missing tin/mot/index.html"}},
		"without the ending .html":     {both(redirect("/404.html", "/404"), whenever(func(r *http.Request, _ string) bool { return r.URL.Path == "/404" }, s.files["404.html"])), "", nil},
		"round and round, and no page": {redirect("/robots.txt", "/robots.txt"), "", []string{"verify-moved robots.txt"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := webHost{files: s.files, before: c.before}
			found, _ := h.verify(t, VerifyOptions{PublicKey: s.key, Public: c.public})
			if !slices.Equal(found, c.want) {
				t.Errorf("found %q, want %q", found, c.want)
			}
		})
	}
}

func TestVerifyFindsWhatWasAdded(t *testing.T) {
	s := withAlias(t)
	at := func(name string) instead {
		return whenever(func(r *http.Request, _ string) bool { return strings.Trim(r.URL.Path, "/") == strings.Trim(name, "/") }, "self.addEventListener('fetch', …)")
	}
	catchAll := func(text string) instead {
		return whenever(func(_ *http.Request, name string) bool { _, there := s.files[name]; return !there }, text)
	}
	for name, c := range map[string]struct {
		before instead
		want   []string
	}{
		"a worker":             {at("sw.js"), []string{"verify-extra sw.js"}},
		"another worker":       {at("OneSignalSDKWorker.js"), []string{"verify-extra OneSignalSDKWorker.js"}},
		"an entrance":          {at("admin/"), []string{"verify-extra admin/"}},
		"an entrance's way in": {both(redirect("/wp-admin/", "/wp/vao/"), at("wp/vao/")), []string{"verify-extra wp-admin/"}},
		"a way out":            {redirect("/login/", "https://evil.example/"), []string{"verify-redirect login/"}},
		"the repository":       {at(".git/config"), []string{"verify-hidden .git/config"}},
		"our records":          {at(home + "current"), []string{"verify-hidden .lienhiep/current"}},
		"secrets":              {at(".env"), []string{"verify-hidden .env"}},
		"anything":             {catchAll("<h1>Mua ngay</h1>"), []string{"verify-extra X/"}},
		"no status":            {catchAll(s.files["404.html"]), []string{"verify-not-found X/"}},
		"the home page":        {catchAll(s.files["index.html"]), []string{"verify-not-found X/"}},
		"led to the home page": {func(w http.ResponseWriter, r *http.Request, name string) bool {
			_, there := s.files[name]
			return !there && redirect(r.URL.Path, "/")(w, r, name)
		}, []string{"verify-not-found X/"}},
		"led home from one":    {redirect("/admin/", "/"), nil},
		"the host's own panel": {redirect("/cpanel/", "https://127.0.0.1:2083/"), nil},
		"another error page": {func(w http.ResponseWriter, r *http.Request, name string) bool {
			if _, there := s.files[name]; there {
				return false
			}
			http.Error(w, "<h1>Mua ngay</h1>", http.StatusNotFound)
			return true
		}, []string{"verify-not-found X/"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := webHost{files: s.files, before: c.before}
			found, v := h.verify(t, VerifyOptions{PublicKey: s.key})
			for i, f := range found { // an address that is another each time
				found[i] = regexp.MustCompile(" [0-9a-f]{16}/$").ReplaceAllString(f, " X/")
			}
			if !slices.Equal(found, c.want) || v.Probed < 20 {
				t.Errorf("found %q, want %q; %d addresses were tried", found, c.want, v.Probed)
			}
		})
	}
	// What the site has itself was not added.
	files := packed(t)
	files["admin/index.html"], files["sw.js"] = page("Quản trị"), "self"
	own := newSignedSite(t, files)
	if found, _ := (&webHost{files: own.files}).verify(t, VerifyOptions{PublicKey: own.key}); len(found) > 0 {
		t.Errorf("found %v", found)
	}
	// Nor has anybody who has withdrawn a stone with a name on it.
	buried := newSignedSite(t, buried(packed(t)))
	tomb := "tri-thuc/tran-van-mau/" + host.Tombstone
	h := webHost{files: buried.files, before: at(tomb)}
	if found, _ := h.verify(t, VerifyOptions{PublicKey: buried.key, Public: buried.public}); !slices.Equal(found, []string{"verify-hidden " + tomb}) {
		t.Errorf("found %v", found)
	}
}

func TestVerifyIsNotToldFromAReader(t *testing.T) {
	s := withAlias(t)
	spam := page("Mua ngay")
	agent := func(word string) func(*http.Request, string) bool {
		return func(r *http.Request, name string) bool {
			return strings.Contains(r.UserAgent(), word) && name == "index.html"
		}
	}
	for name, c := range map[string]struct {
		before instead
		want   []string
	}{
		// The genuine site is for those alone who say that they verify it.
		"everybody but us": {func(w http.ResponseWriter, r *http.Request, name string) bool {
			for _, values := range r.Header {
				if strings.Contains(strings.ToLower(strings.Join(values, " ")+r.URL.String()), "verify") {
					return false
				}
			}
			return whenever(func(_ *http.Request, name string) bool { return name == "index.html" }, "HACKED")(w, r, name)
		}, []string{"verify-truncated index.html"}},
		"search engines": {whenever(agent("Googlebot"), spam), []string{"verify-cloaked index.html"}},
		"telephones":     {whenever(agent("iPhone"), spam), []string{"verify-cloaked index.html"}},
		"whoever has searched": {whenever(func(r *http.Request, name string) bool {
			return strings.Contains(r.Referer(), "google") && name == "index.html"
		}, spam), []string{"verify-cloaked index.html"}},
		"whoever has searched, led away": {func(w http.ResponseWriter, r *http.Request, name string) bool {
			return r.Referer() != "" && redirect("/", "https://evil.example/")(w, r, name)
		}, []string{"verify-cloaked index.html"}},
		"whoever takes all that browsers take": {whenever(func(r *http.Request, name string) bool {
			return r.Header.Get("Accept-Encoding") == "gzip, deflate, br" && name == "index.html"
		}, spam), []string{"verify-truncated index.html"}},
		"those who only say that they search": {func(w http.ResponseWriter, r *http.Request, name string) bool {
			if strings.Contains(r.UserAgent(), "Googlebot") {
				http.Error(w, "not from there", http.StatusForbidden)
				return true
			}
			return false
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h := webHost{files: s.files, before: c.before}
			if found, _ := h.verify(t, VerifyOptions{PublicKey: s.key}); !slices.Equal(found, c.want) {
				t.Errorf("found %q, want %q", found, c.want)
			}
		})
	}
}

func TestVerifyComparesHeaders(t *testing.T) {
	s := withAlias(t)
	memory := filepath.Join(t.TempDir(), "o-dau", "verified.json")
	without := func(name, value string) instead {
		return func(w http.ResponseWriter, _ *http.Request, _ string) bool {
			w.Header().Del(name)
			if value != "" {
				w.Header().Set(name, value)
			}
			return false
		}
	}
	codes := func(found []string) []string {
		for i, f := range found {
			found[i], _, _ = strings.Cut(f, " ")
		}
		return slices.Compact(found)
	}
	var before instead
	h := webHost{files: s.files, before: func(w http.ResponseWriter, r *http.Request, name string) bool {
		return before != nil && before(w, r, name)
	}}
	base := h.serve(t)
	o := VerifyOptions{PublicKey: s.key, Memory: memory}
	see := func(what string, want ...string) {
		t.Helper()
		found, _ := verifyAt(t, base, o)
		if got := codes(found); !slices.Equal(got, want) {
			t.Errorf("%s: found %q, want %q", what, got, want)
		}
	}
	h.bare = true
	see("a host that sends none", "verify-no-headers")
	h.bare, before = false, without("X-Content-Type-Options", "")
	see("one that sends some", "verify-headers")
	h.bare, before = true, nil
	see("one that did", "verify-headers")
	h.bare = false
	see("one that sends all")
	for name, value := range map[string]string{
		"Content-Security-Policy": "", "X-Content-Type-Options": "", "Referrer-Policy": "unsafe-url", "Cross-Origin-Opener-Policy": "unsafe-none",
		"Cache-Control": "public, max-age=86400", "Content-Type": "text/plain; charset=utf-8",
	} {
		before = without(name, value)
		see(name, "verify-headers")
	}
	before = without("Content-Security-Policy", "default-src *; script-src * 'unsafe-inline'")
	see("a weaker policy", "verify-headers")
	before = without("Cache-Control", "public, max-age=0, must-revalidate")
	see("asked again each time")
}

func TestHeadersMayBeStricter(t *testing.T) {
	got := http.Header{}
	for _, h := range host.HeadersOf("index.html", true) {
		got.Set(h.Name, h.Value)
	}
	for name, value := range map[string]string{"": "", "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload", "Content-Type": "text/html;charset=UTF-8", "Cache-Control": "no-cache", "X-Content-Type-Options": "NoSniff"} {
		changed := got.Clone()
		changed.Set(name, value)
		if wrong := differing("index.html", changed, true); len(wrong) > 0 {
			t.Errorf("%s: %s is found wrong: %v", name, value, wrong)
		}
	}
	got.Set("Strict-Transport-Security", "max-age=300")
	if wrong := differing("index.html", got, true); !slices.Equal(wrong, []string{"Strict-Transport-Security"}) {
		t.Errorf("found wrong are %v", wrong)
	}
	if wrong := differing("index.html", got, false); len(wrong) > 0 {
		t.Errorf("without a certificate, found wrong are %v", wrong)
	}
}

// TestHostsNameTypesAsTheyAreUsedTo, and browsers do not mind.
func TestHostsNameTypesAsTheyAreUsedTo(t *testing.T) {
	for _, c := range []struct {
		file, got string
		right     bool
	}{
		{"a.js", "application/javascript", true}, // Cloudflare Pages
		{"a.js", "application/javascript; charset=UTF-8", true},
		{"a.js", "application/x-javascript", true},
		{"a.js", "text/plain; charset=utf-8", false},
		{"a.js", "", false},
		{"index.xml", "application/xml", true},
		{"index.xml", "text/xml; charset=utf-8", true},
		{"index.xml", "text/html; charset=utf-8", false},
		{"a.json", "application/json; charset=utf-8", true},
		{"index.html", "text/html", true},
		{"index.html", "text/html; charset=utf-7", false},
		{"index.html", "application/xhtml+xml; charset=utf-8", false},
	} {
		if sameType(c.got, host.ContentType(c.file)) != c.right {
			t.Errorf("%s as %q is right: %v", c.file, c.got, !c.right)
		}
	}
}

func TestVerifyRemembersTheNewestDeploy(t *testing.T) {
	s := withAlias(t)
	memory := filepath.Join(t.TempDir(), "o-dau", "verified.json")
	stranger := newSignedSite(t, first)
	stranger.files = s.files
	older := newSignedSite(t, first)
	older.private, older.key = s.private, s.key
	if findings, err := WriteManifest(older.public, s.private, nil); err != nil || findings != nil {
		t.Fatal(err, findings)
	}
	older.files = readTree(t, older.public)
	h := &webHost{files: maps.Clone(s.files)}
	base := h.serve(t)
	o := VerifyOptions{PublicKey: s.key, Memory: memory}
	const newest = 1_800_000_000
	put := func(site *signedSite, record string) {
		h.files = maps.Clone(site.files)
		if record != "" {
			h.files[DeployedName] = record
		}
	}
	see := func(what string, o VerifyOptions, want ...string) Verified {
		t.Helper()
		v, err := Verify(t.Context(), base, o)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range v.Findings {
			found = append(found, f.Code)
			for _, l := range []diag.Lang{diag.Vietnamese, diag.English} {
				if strings.Contains(f.Message(l)+f.Hint(l), "%!") {
					t.Errorf("%s: %s", f.Message(l), f.Hint(l))
				}
			}
		}
		if !slices.Equal(found, want) {
			t.Errorf("%s: found %q, want %q", what, found, want)
		}
		return v
	}
	put(s, "")
	if v := see("no record", o, "verify-no-record"); !v.First || !v.Deployed.IsZero() {
		t.Errorf("no record: %+v", v)
	}
	put(older, older.record(t, base.String(), newest-100))
	if v := see("the first time", o); !v.First || !v.Deployed.Equal(time.Unix(newest-100, 0)) {
		t.Errorf("the first time: %+v", v)
	}
	put(s, s.record(t, base.String(), newest))
	if v := see("a newer one", o); v.First {
		t.Error("what was seen is forgotten")
	}
	see("the same", o)
	put(older, older.record(t, base.String(), newest-100))
	see("the old site again", o, "verify-replayed")
	see("by another machine", VerifyOptions{PublicKey: s.key})
	put(older, s.record(t, base.String(), newest))
	see("the old site, the new record", o, "verify-record-other")
	put(s, "")
	see("no record any more", o, "verify-record-gone")
	put(s, stranger.record(t, base.String(), newest+1))
	see("somebody else's record", o, "verify-record")
	put(s, strings.Replace(s.record(t, base.String(), newest), "number 18", "number 19", 1))
	see("an altered record", o, "verify-record")
	put(s, s.record(t, "https://thu-nghiem.example/", newest+1))
	see("another site's", o, "verify-other-site")
	put(s, s.record(t, base.String(), newest+1))
	old := older.record(t, base.String(), newest-100)
	h.before = whenever(func(r *http.Request, name string) bool { return name == DeployedName && r.URL.RawQuery == "" }, old)
	see("an old record in a cache", o, "verify-stale")
	h.before = nil
	see("and as it should be", o)
	see("without a key", VerifyOptions{Public: s.public, Memory: memory})
	// A memory that was cut off knows nothing, is set aside with what it says of other
	// sites, and told; then it is made anew.
	for _, damaged := range []string{"", "null", "\x00\x00", `{"khac.example/": {"number": 18`} {
		if err := os.WriteFile(memory, []byte(damaged), 0o666); err != nil {
			t.Fatal(err)
		}
		if v := see("a damaged memory", o, "verify-memory"); !v.First {
			t.Errorf("a memory of %q knows the site", damaged)
		}
		if kept, err := os.ReadFile(memory + damagedEnding); string(kept) != damaged || err != nil {
			t.Errorf("of %q is kept %q, %v", damaged, kept, err)
		}
		if v := see("with one again", o); v.First {
			t.Error("nothing was remembered")
		}
	}
}

func TestOneSiteHasManyAddresses(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://a.vn/", "http://a.vn", true},
		{"https://a.vn/", "https://www.A.vn:443/", true},
		{"https://a.vn/x", "https://a.vn/x/", true},
		{"https://a.vn/", "https://b.a.vn/", false},
		{"https://a.vn/", "https://a.vn/x/", false},
		{"http://a.vn:8080/", "http://a.vn/", false},
		{"https://a.vn.evil.example/", "https://a.vn/", false},
	} {
		u, err1 := url.Parse(c.a)
		v, err2 := url.Parse(c.b)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if (siteName(u) == siteName(v)) != c.same {
			t.Errorf("%s and %s are one site: %v", c.a, c.b, !c.same)
		}
	}
}

// TestADeployIsRecorded wants a signed record beside each site that is deployed with
// a key, which rises with each deploy and rollback.
func TestADeployIsRecorded(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		private, _, err := GenerateKey(random{}, "lienhiep.example")
		if err != nil {
			t.Fatal(err)
		}
		_, verifier, err := keyPair(private)
		if err != nil {
			t.Fatal(err)
		}
		at := func(site map[string]string) map[string]string {
			site = maps.Clone(site)
			site["index.html"] += "<link rel=canonical href=https://lienhiep.example/goc/>"
			return site
		}
		signed := anything
		signed.Key = private
		var last deployed
		recorded := func(what string) string {
			t.Helper()
			files := p.files(t)
			d, err := readDeployed([]byte(files[DeployedName]), verifier)
			if err != nil || d.base != "https://lienhiep.example/goc/" || d.number <= last.number || d.manifest != inMemory(ManifestName, []byte(files[ManifestName])).Sum {
				t.Errorf("%s: %+v, %v; the last was %+v", what, d, err, last)
			}
			last = d
			return files[DeployedName]
		}
		deploy := func(site map[string]string, o Options) Report {
			t.Helper()
			p.built(t, at(site))
			r, err := Deploy(t.Context(), p.Target, o)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		if r := deploy(first, signed); !slices.Contains(r.New, DeployedName) {
			t.Errorf("the record is not told: %v", r.New)
		}
		text := recorded("the first deploy")
		if r := deploy(first, signed); !r.Nothing() || p.files(t)[DeployedName] != text {
			t.Errorf("the same again: %+v", r)
		}
		if r := deploy(second, signed); !slices.Contains(r.Changed, DeployedName) && !slices.Contains(r.New, DeployedName) {
			t.Errorf("the record is not told: %+v", r)
		}
		recorded("the second deploy")
		if _, err := Rollback(t.Context(), p.Target, "", signed); err != nil {
			t.Fatal(err)
		}
		recorded("a rollback")
		dry := signed
		dry.DryRun = true
		deploy(second, dry)
		deploy(second, signed)
		recorded("forward again")
		// Nobody can sign for the next, and an old record is of no use.
		r := deploy(third, anything)
		if _, there := p.files(t)[DeployedName]; there || len(r.Warnings) != 1 || r.Warnings[0].Rule != ruleUnrecorded {
			t.Errorf("without a key: %v; %v", there, r.Warnings)
		}
		if r := deploy(third, anything); !r.Nothing() || len(r.Warnings) > 0 {
			t.Errorf("and again: %+v", r)
		}
		deploy(third, signed)
		recorded("with the key again")
		if r := deploy(third, anything); !r.Nothing() {
			t.Errorf("what still holds is taken away: %+v", r)
		}
		// A machine whose clock is behind goes on from the number that there is.
		signer, _, err := keyPair(private)
		if err != nil {
			t.Fatal(err)
		}
		ahead := last
		ahead.number += 1_000_000_000
		future, err := note.Sign(&note.Note{Text: ahead.text()}, signer)
		if err != nil {
			t.Fatal(err)
		}
		key := DeployedName
		if p.atomic {
			key = linkCurrent + "/" + DeployedName
		}
		p.records(t, func(e *engine) error { return e.put(t.Context(), key, inMemory(DeployedName, future)) })
		last = ahead
		deploy(first, signed)
		recorded("a clock that is behind")
		signed.Key = "PRIVATE+KEY+" + planted
		_, err = Deploy(t.Context(), p.Target, signed)
		wantFault(t, err, ruleSigningKey)
	})
}

// random is a source of bytes that is always the same.
type random struct{}

func (random) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(7 * i)
	}
	return len(p), nil
}

// TestASiteCannotBringARecord keeps the record's name for it.
func TestASiteCannotBringARecord(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, DeployedName), "x")
	findings, err := WriteManifest(dir, "", nil)
	if err != nil || len(findings) != 1 || findings[0].Rule != ruleBadName {
		t.Errorf("found %v, %v", findings, err)
	}
}

// TestVerifyFindsTheSite follows the ways that lead readers to a site, and no others.
func TestVerifyFindsTheSite(t *testing.T) {
	s := withAlias(t)
	h := webHost{files: s.files}
	mux := http.NewServeMux()
	mux.Handle("/goc/", http.StripPrefix("/goc", &h))
	mux.HandleFunc("/xoay/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/goc"+r.URL.Path, http.StatusFound) })
	server := httptest.NewServer(mux)
	defer server.Close()
	h.files = maps.Clone(s.files)
	h.files[DeployedName] = s.record(t, server.URL+"/goc/", 7)
	for address, want := range map[string][]string{"/": nil, "/goc": nil, "/goc/index.html": nil, "/xoay/": {"verify-unreachable manifest.txt"}} {
		u, err := url.Parse(server.URL + address)
		if err != nil {
			t.Fatal(err)
		}
		if found, _ := verifyAt(t, u, VerifyOptions{PublicKey: s.key}); !slices.Equal(found, want) {
			t.Errorf("%s: found %q, want %q", address, found, want)
		}
	}
}
