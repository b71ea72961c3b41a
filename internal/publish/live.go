package publish

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/andybalholm/brotli"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
)

// live is a site on the web.
type live struct {
	base   *url.URL // ends in a slash
	public string   // the folder of the last build on this machine, or ""
	client *http.Client
	nonce  string // no cache has seen it, and it tells the server nothing
}

// visitor is the identity that requests present to the server. Injected content is usually
// cloaked: served to some visitors only, and never to a scanner that announces itself.
type visitor struct {
	name    string // for people
	agent   string
	referer string
	accept  string // encodings
}

var (
	browser = visitor{name: "Safari", agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", accept: "gzip, deflate, br"}
	// disguises see a sample of the pages once more: a telephone that comes from a
	// search engine, and a search engine.
	disguises = []visitor{
		{"iPhone, Google", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "https://www.google.com/", "gzip, deflate, br"},
		{"Googlebot", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "", "identity"},
	}
)

// as returns the browser accepting one encoding only.
func as(encoding string) visitor {
	v := browser
	v.accept = encoding
	return v
}

func newLive(base *url.URL, public string) *live {
	nonce := make([]byte, 8)
	rand.Read(nonce)
	l := &live{public: public, nonce: hex.EncodeToString(nonce), client: &http.Client{
		Timeout: 2 * time.Minute,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			MaxConnsPerHost:       liveWorkers,
			MaxIdleConnsPerHost:   liveWorkers,
			ResponseHeaderTimeout: patience,
			TLSHandshakeTimeout:   patience,
			ForceAttemptHTTP2:     true,
			DisableCompression:    true, // we say ourselves what we take, and undo it
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	l.rebase(base)
	return l
}

// rebase takes the folder of an address for the site's root.
func (l *live) rebase(address *url.URL) {
	u := *address
	u.RawQuery, u.Fragment = "", ""
	if !strings.HasSuffix(u.Path, "/") {
		u.Path = u.Path[:strings.LastIndex(u.Path, "/")+1]
	}
	if u.Path == "" {
		u.Path = "/"
	}
	l.base = &u
}

// sameHost allows a step from http to https, and to www or from it, and to no other
// port.
func sameHost(a, b *url.URL) bool {
	bare := func(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }
	return strings.EqualFold(a.Host, b.Host) || bare(a) == bare(b) && a.Port() == "" && b.Port() == ""
}

// address is where readers find a file.
func (l *live) address(name string) string {
	if dir, isIndex := strings.CutSuffix(name, "index.html"); isIndex && (dir == "" || strings.HasSuffix(dir, "/")) {
		name = dir
	}
	return l.explicit(name)
}

// explicit is a file by its whole name, as nobody asks for pages.
func (l *live) explicit(name string) string {
	u := *l.base
	u.Path += name
	return u.String()
}

// past returns an address that bypasses caches.
func (l *live) past(address string) string { return address + "?" + l.nonce }

// answer is what a server gave for an address.
type answer struct {
	status   string
	code     int
	header   http.Header
	moved    *url.URL // where the server says to look, if it does
	encoding string   // "", "gzip", "br" or "deflate"
	raw      []byte   // as it came, encoded
	body     []byte   // decoded; hardly more than asked for
}

// get fetches an address. It reads no more than limit bytes and one.
func (l *live) get(ctx context.Context, address string, v visitor, limit int64) (a answer, err error) {
	err = retry(ctx, limit, func(ctx context.Context) error {
		a, err = l.once(ctx, address, v, limit)
		return err
	})
	return a, err
}

func (l *live) once(ctx context.Context, address string, v visitor, limit int64) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{}, err
	}
	v.dress(r)
	got, err := l.client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer got.Body.Close()
	if got.StatusCode >= 500 || got.StatusCode == http.StatusTooManyRequests {
		return answer{}, errors.New(got.Status)
	}
	a := answer{status: got.Status, code: got.StatusCode, header: got.Header, encoding: got.Header.Get("Content-Encoding")}
	if to, err := got.Location(); err == nil && a.code >= 300 && a.code < 400 {
		if !sameHost(to, l.base) {
			return answer{}, &Fault{[]diag.Finding{ruleLiveRedirect.At(diag.Pos{}, to.String())}, nil}
		}
		a.moved = to
	}
	// A body that is shorter than announced is one that was cut: what came counts.
	a.raw, err = io.ReadAll(io.LimitReader(got.Body, limit+1+packing))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return answer{}, err
	}
	a.body, err = decode(a, limit)
	return a, err
}

// dress makes a request look as the visitor's do.
func (v visitor) dress(r *http.Request) {
	kind, accept := "document", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	switch path.Ext(r.URL.Path) {
	case ".css":
		kind, accept = "style", "text/css,*/*;q=0.1"
	case ".js":
		kind, accept = "script", "*/*"
	case ".webp", ".png", ".svg", ".jpg", ".ico":
		kind, accept = "image", "image/webp,image/avif,image/*,*/*;q=0.8"
	case ".bin", ".json":
		kind, accept = "empty", "*/*"
	}
	mode, site := "no-cors", "same-origin"
	switch {
	case kind == "document" && v.referer == "":
		mode, site = "navigate", "none"
	case kind == "document":
		mode, site = "navigate", "cross-site"
	}
	for _, h := range []host.Header{{Name: "User-Agent", Value: v.agent}, {Name: "Accept", Value: accept}, {Name: "Accept-Language", Value: "vi-VN,vi;q=0.9,en;q=0.8"}, {Name: "Accept-Encoding", Value: v.accept}} {
		r.Header.Set(h.Name, h.Value)
	}
	if v.name != "Googlebot" {
		r.Header.Set("Sec-Fetch-Dest", kind)
		r.Header.Set("Sec-Fetch-Mode", mode)
		r.Header.Set("Sec-Fetch-Site", site)
	}
	if v.referer != "" {
		r.Header.Set("Referer", v.referer)
	}
}

// decode undoes the compression, without ever unpacking more than was asked for.
func decode(a answer, limit int64) ([]byte, error) {
	var r io.Reader = bytes.NewReader(a.raw)
	switch a.encoding {
	case "", "identity":
		return a.raw, nil
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, nil // nothing that can be read: it will differ
		}
		r = z
	case "deflate":
		z, err := zlib.NewReader(r)
		if err != nil {
			r = flate.NewReader(bytes.NewReader(a.raw)) // as some servers have always understood it
			break
		}
		r = z
	case "br":
		r = brotli.NewReader(r)
	default:
		return nil, fmt.Errorf("the server encodes with %q unasked", a.encoding)
	}
	body, _ := io.ReadAll(io.LimitReader(r, limit+1)) // what is damaged will differ
	return body, nil
}

// mostHops is how many redirects are followed to find a site.
const mostHops = 5

// find fetches a file at the site's root, along the redirects that lead readers to
// it (to https, to or from www, to a folder), and takes for the root where it is.
func (l *live) find(ctx context.Context, name string, limit int64) (answer, error) {
	address := l.explicit(name)
	for range mostHops {
		a, err := l.get(ctx, address, browser, limit)
		if err != nil || a.moved == nil {
			return a, err
		}
		address = a.moved.String()
		if path.Base(a.moved.Path) == name {
			l.rebase(a.moved)
		}
	}
	return answer{}, errors.New("too many redirects")
}

// is reports whether the answer is the file. The page for what is not found may
// come with the status that says so.
func (a answer) is(f File) bool {
	return (a.code == http.StatusOK || isErrorPage(f.Path)) && a.holds(f)
}

// holds reports whether the file is what came, with whatever status.
func (a answer) holds(f File) bool {
	return int64(len(a.body)) == f.Size && sha256.Sum256(a.body) == f.Sum
}
