package publish

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/sha256"
	"maps"
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

	"github.com/andybalholm/brotli"
	"golang.org/x/mod/sumdb/note"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
)

// signedSite is a built site with a signature, and the keys to it.
type signedSite struct {
	public  string
	private string
	key     string
	files   map[string]string // as they are served, the manifest among them
}

func newSignedSite(t *testing.T, files map[string]string) *signedSite {
	t.Helper()
	private, key, err := GenerateKey(rand.Reader, "lienhiep.example")
	if err != nil {
		t.Fatal(err)
	}
	s := &signedSite{public: filepath.Join(t.TempDir(), "public"), private: private, key: key}
	for name, text := range files {
		write(t, filepath.Join(s.public, name), text)
	}
	if findings, err := WriteManifest(s.public, private+"\n", nil); err != nil || findings != nil {
		t.Fatal(err, findings)
	}
	s.files = readTree(t, s.public)
	return s
}

// record is what a deploy of the site signs, to stand at the address base.
func (s *signedSite) record(t *testing.T, base string, number int64) string {
	t.Helper()
	signer, _, err := keyPair(s.private)
	if err != nil {
		t.Fatal(err)
	}
	d := deployed{base: base, time: time.Unix(number, 0), number: number, manifest: sha256.Sum256([]byte(s.files[ManifestName]))}
	text, err := note.Sign(&note.Note{Text: d.text()}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// webHost serves files as an ordinary web server does that has been told what
// internal/host tells it.
type webHost struct {
	files map[string]string
	// record gives the record of the deploy for the address; nil leaves none.
	record func(base string) string
	bare   bool // without headers
	// before may answer in the server's place.
	before func(w http.ResponseWriter, r *http.Request, name string) bool
}

func (h *webHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := fileFor(r.URL.Path)
	if !h.bare {
		for _, line := range host.HeadersOf(name, false) {
			w.Header().Set(line.Name, line.Value)
		}
	}
	if h.before != nil && h.before(w, r, name) {
		return
	}
	text, there := h.files[name]
	switch {
	case path.Base(name)[0] == '.':
		http.Error(w, "no", http.StatusForbidden)
	case !there, name == "404.html":
		w.WriteHeader(http.StatusNotFound)
		w.Write([]byte(h.files["404.html"]))
	default:
		w.Write([]byte(text))
	}
}

// serve starts the host, with the record, and returns its address.
func (h *webHost) serve(t *testing.T) *url.URL {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	if h.record != nil {
		h.files = maps.Clone(h.files)
		h.files[DeployedName] = h.record(base.String())
	}
	return base
}

func (h *webHost) verify(t *testing.T, o VerifyOptions) (found []string, v Verified) {
	t.Helper()
	return verifyAt(t, h.serve(t), o)
}

func verifyAt(t *testing.T, base *url.URL, o VerifyOptions) (found []string, v Verified) {
	t.Helper()
	v, err := Verify(t.Context(), base, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range v.Findings {
		if f.Rule != ruleLiveUnrecorded { // that has a test of its own
			found = append(found, f.Code+" "+f.Pos.File)
		}
	}
	return found, v
}

// packed is the third state with all that a host may do to files.
func packed(t *testing.T) map[string]string {
	files := maps.Clone(second)
	files["404.html"] = page("Không có")
	files[".htaccess"] = "Options -Indexes"
	files[".well-known/security.txt"] = "Contact: mailto:a@a.vn"
	files["_headers"] = "/*\n  X: y"
	for name, text := range maps.Clone(files) {
		if path.Ext(name) == ".html" {
			files[name+".gz"], files[name+".br"] = gzipped(t, text), brotlied(t, text)
		}
	}
	return files
}

func TestVerifyWantsNoPageOfSomebodyWhoHasWithdrawn(t *testing.T) {
	files := maps.Clone(second)
	files["tri-thuc/da-rut/.gone"] = ""
	s := newSignedSite(t, files)
	if strings.Contains(s.files[ManifestName], "da-rut") {
		t.Error("the published manifest names somebody who has withdrawn")
	}
	h := &webHost{files: s.files}
	o := VerifyOptions{PublicKey: s.key, Public: s.public}
	for _, code := range []int{http.StatusGone, http.StatusNotFound, http.StatusForbidden} {
		h.before = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			if strings.TrimSuffix(r.URL.Path, "/") != "/tri-thuc/da-rut" {
				return false
			}
			http.Error(w, "", code)
			return true
		}
		if found, _ := h.verify(t, o); len(found) > 0 {
			t.Errorf("found %v, though the server says %d", found, code)
		}
	}
	h.before = nil
	h.files = maps.Clone(s.files)
	h.files["tri-thuc/da-rut/index.html"] = page("Ông A")
	if found, _ := h.verify(t, o); !slices.Equal(found, []string{"verify-withdrawn tri-thuc/da-rut/index.html"}) {
		t.Errorf("found %v", found)
	}
}

func gzipped(t *testing.T, text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func brotlied(t *testing.T, text string) string {
	var b bytes.Buffer
	z := brotli.NewWriter(&b)
	z.Write([]byte(text))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// static serves precompressed copies to those who take them, as nginx does.
func (h *webHost) static(w http.ResponseWriter, r *http.Request, name string) bool {
	for _, c := range []struct{ accept, ext string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if text, there := h.files[name+c.ext]; there && strings.Contains(r.Header.Get("Accept-Encoding"), c.accept) {
			w.Header().Set("Content-Encoding", c.accept)
			w.Write([]byte(text))
			return true
		}
	}
	return false
}

func TestVerifyFindsNothingWrongWithWhatWasBuilt(t *testing.T) {
	s := newSignedSite(t, packed(t))
	given := 0
	for name := range s.files {
		if name != ManifestName && served(name) {
			given++
		}
	}
	h := &webHost{files: s.files}
	if found, v := h.verify(t, VerifyOptions{PublicKey: s.key}); len(found) > 0 || v.Files == 0 {
		t.Errorf("a plain server: %v", found)
	}
	h.before = h.static
	if found, v := h.verify(t, VerifyOptions{PublicKey: s.key, Public: s.public}); len(found) > 0 || v.Files != given {
		t.Errorf("with precompressed copies: %v, %d files of %d", found, v.Files, given)
	}
	h.before = func(w http.ResponseWriter, r *http.Request, name string) bool {
		text, there := h.files[name]
		there = there && path.Base(name)[0] != '.'
		if there && name != "404.html" { // compresses everything, asked or not
			w.Header().Set("Content-Encoding", "gzip")
			w.Write([]byte(gzipped(t, text)))
		}
		return there && name != "404.html"
	}
	if found, _ := h.verify(t, VerifyOptions{PublicKey: s.key}); len(found) > 0 {
		t.Errorf("a server that compresses: %v", found)
	}
}

func TestVerifyFindsWhatIsWrong(t *testing.T) {
	s := newSignedSite(t, packed(t))
	old := newSignedSite(t, first)
	_, strange, err := GenerateKey(rand.Reader, "lienhiep.example")
	if err != nil {
		t.Fatal(err)
	}
	with := func(name, text string) map[string]string {
		files := maps.Clone(s.files)
		files[name] = text
		return files
	}
	without := func(name string) map[string]string {
		files := maps.Clone(s.files)
		delete(files, name)
		return files
	}
	// cache answers for some addresses with what it had, as long as they are the
	// same addresses.
	cache := func(had map[string]string) func(http.ResponseWriter, *http.Request, string) bool {
		return func(w http.ResponseWriter, r *http.Request, name string) bool {
			text, there := had[name]
			if there && r.URL.RawQuery == "" {
				w.Write([]byte(text))
				return true
			}
			return false
		}
	}
	signed := VerifyOptions{PublicKey: s.key}
	for name, c := range map[string]struct {
		host webHost
		o    VerifyOptions
		want []string
	}{
		"changed": {webHost{files: with("index.html", second["index.html"]+"<script src=//x.example/>")}, signed, []string{"verify-changed index.html"}},
		"another contact": {webHost{files: with(".well-known/security.txt", "Contact: mailto:kẻ-gian@a.vn")}, signed,
			[]string{"verify-changed .well-known/security.txt"}},
		"same length":    {webHost{files: with("robots.txt", "User-agent: y")}, signed, []string{"verify-changed robots.txt"}},
		"cut short":      {webHost{files: with("tin/index.html", second["tin/index.html"][:20])}, signed, []string{"verify-truncated tin/index.html"}},
		"empty":          {webHost{files: with("robots.txt", "")}, signed, []string{"verify-truncated robots.txt"}},
		"missing":        {webHost{files: without(css2[1:])}, signed, []string{"verify-missing " + css2[1:]}},
		"old error page": {webHost{files: with("404.html", "x")}, signed, []string{"verify-truncated 404.html"}},
		"a cached page":  {webHost{files: s.files, before: cache(map[string]string{"index.html": first["index.html"]})}, signed, []string{"verify-stale index.html"}},
		"a cached site": {webHost{files: s.files, before: cache(old.files)}, VerifyOptions{PublicKey: old.key, Public: s.public},
			[]string{"verify-stale manifest.txt"}},
		"another build":     {webHost{files: old.files}, VerifyOptions{PublicKey: old.key, Public: s.public}, []string{"verify-other-build manifest.txt"}},
		"another signature": {webHost{files: s.files}, VerifyOptions{PublicKey: strange}, []string{"verify-signature manifest.txt"}},
		"no signature":      {webHost{files: with(ManifestName, strings.Split(s.files[ManifestName], "\n\n")[0]+"\n")}, signed, []string{"verify-signature manifest.txt"}},
		"a forged manifest": {webHost{files: with(ManifestName, strings.Replace(s.files[ManifestName], "robots.txt", "robotx.txt", 1))}, signed, []string{"verify-signature manifest.txt"}},
		"no manifest":       {webHost{files: without(ManifestName)}, signed, []string{"verify-no-manifest manifest.txt"}},
		"no key":            {webHost{files: s.files}, VerifyOptions{}, []string{"verify-unsigned manifest.txt"}},
		"no key, but built": {webHost{files: s.files}, VerifyOptions{Public: s.public}, nil},
		"a broken key":      {webHost{files: s.files}, VerifyOptions{PublicKey: "abc"}, []string{"verify-key "}},
		"a broken copy": {webHost{files: s.files, before: func(w http.ResponseWriter, r *http.Request, name string) bool {
			if name == "index.html" && r.Header.Get("Accept-Encoding") == "br" { // and not to browsers
				w.Header().Set("Content-Encoding", "br")
				w.Write([]byte(brotlied(t, first["index.html"])))
				return true
			}
			return false
		}}, signed, []string{"verify-truncated index.html.br"}},
		"cut in the middle": {webHost{files: s.files, before: func(w http.ResponseWriter, r *http.Request, name string) bool {
			if name == "robots.txt" {
				w.Header().Set("Content-Length", "13")
				w.Write([]byte("User"))
			}
			return name == "robots.txt"
		}}, signed, []string{"verify-truncated robots.txt"}},
		"elsewhere": {webHost{files: s.files, before: func(w http.ResponseWriter, r *http.Request, name string) bool {
			if name == "robots.txt" {
				http.Redirect(w, r, "http://127.0.0.1:9/robots.txt", http.StatusFound)
			}
			return name == "robots.txt"
		}}, signed, []string{"verify-redirect robots.txt"}},
		"without end": {webHost{files: s.files, before: func(w http.ResponseWriter, r *http.Request, name string) bool {
			if name != "robots.txt" {
				return false
			}
			for block := bytes.Repeat([]byte("x"), 1<<16); r.Context().Err() == nil; {
				w.Write(block)
			}
			return true
		}}, signed, []string{"verify-changed robots.txt"}},
		"a bomb": {webHost{files: s.files, before: func(w http.ResponseWriter, r *http.Request, name string) bool {
			if name == "robots.txt" {
				w.Header().Set("Content-Encoding", "gzip")
				w.Write([]byte(gzipped(t, strings.Repeat("x", 1<<26))))
			}
			return name == "robots.txt"
		}}, signed, []string{"verify-changed robots.txt"}},
		"a server in trouble": {webHost{files: s.files, before: func(w http.ResponseWriter, r *http.Request, name string) bool {
			if name == "robots.txt" {
				w.WriteHeader(http.StatusBadGateway)
			}
			return name == "robots.txt"
		}}, signed, []string{"verify-unreachable robots.txt"}},
	} {
		t.Run(name, func(t *testing.T) {
			found, v := c.host.verify(t, c.o)
			if name == "a cached site" || name == "another build" {
				found = found[:1] // the rest is of the same kind
			}
			if name == "changed" || name == "a cached page" || name == "missing" || name == "cut short" || name == "elsewhere" {
				found = slices.DeleteFunc(found, func(f string) bool { return strings.HasSuffix(f, ".br") || strings.HasSuffix(f, ".gz") })
			}
			if name == "old error page" { // which is what is shown for an address that does not exist
				found = slices.DeleteFunc(found, func(f string) bool { return strings.HasPrefix(f, "verify-not-found ") })
			}
			if !slices.Equal(found, c.want) {
				t.Errorf("found %q, want %q", found, c.want)
			}
			for _, f := range v.Findings {
				if strings.Contains(f.Message(diag.Vietnamese), "%!") || strings.Contains(f.Hint(diag.English), "%!") {
					t.Errorf("%s: %s", f.Message(diag.Vietnamese), f.Hint(diag.English))
				}
			}
		})
	}
}

// TestVerifyFollowsTheSiteWithinItsHost has a site below a path, whose server adds
// slashes.
func TestVerifyFollowsTheSiteWithinItsHost(t *testing.T) {
	s := newSignedSite(t, second)
	mux := http.NewServeMux()
	mux.Handle("/duong-dan/", http.StripPrefix("/duong-dan", &webHost{files: s.files}))
	mux.HandleFunc("/cu/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/duong-dan/"+strings.TrimPrefix(r.URL.Path, "/cu/"), http.StatusMovedPermanently)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	for _, base := range []string{"/duong-dan/", "/duong-dan/index.html", "/cu/"} {
		u, err := url.Parse(server.URL + base)
		if err != nil {
			t.Fatal(err)
		}
		v, err := Verify(t.Context(), u, VerifyOptions{PublicKey: s.key})
		if err != nil || diag.HasErrors(v.Findings) || v.Files != len(second) {
			t.Errorf("%s: %d files, %v, %v", base, v.Files, v.Findings, err)
		}
	}
}

func TestAManifestIsTheSameEverywhere(t *testing.T) {
	private, public, err := GenerateKey(rand.Reader, "lienhiep.example")
	if err != nil {
		t.Fatal(err)
	}
	var texts [2]string
	for i := range texts {
		dir := t.TempDir()
		for name, text := range first {
			write(t, filepath.Join(dir, name), text)
		}
		if findings, err := WriteManifest(dir, private, nil); err != nil || findings != nil {
			t.Fatal(err, findings)
		}
		b, err := os.ReadFile(filepath.Join(dir, ManifestName))
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = string(b)
	}
	if texts[0] != texts[1] {
		t.Errorf("%s\n%s", texts[0], texts[1])
	}
	m, err := ParseManifest([]byte(texts[0]))
	if err != nil || len(m.Files) != len(first) {
		t.Fatal(err, len(m.Files))
	}
	if ok, err := m.SignedBy(public); !ok || err != nil {
		t.Errorf("not signed: %v", err)
	}
	if !strings.HasPrefix(texts[0], string(m.format())) {
		t.Errorf("what was read is not what was written:\n%s\n%s", texts[0], m.format())
	}
}

func TestABadSigningKeyStopsTheBuild(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "index.html"), "x")
	findings, err := WriteManifest(dir, "PRIVATE+KEY+"+planted, nil)
	if err != nil || len(findings) != 1 || findings[0].Rule != ruleSigningKey {
		t.Fatal(findings, err)
	}
	if strings.Contains(findings[0].Message(diag.English)+findings[0].Hint(diag.English), planted) {
		t.Error("the key is told")
	}
	if _, err := os.Lstat(filepath.Join(dir, ManifestName)); err == nil {
		t.Error("a manifest was written")
	}
}
