package publish

import (
	"bytes"
	"compress/gzip"
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
	"sync"
	"time"

	"github.com/andybalholm/brotli"
	"golang.org/x/sync/errgroup"

	"lienhiep/internal/diag"
)

// Faults of a live site.
var (
	ruleLiveUnreachable = diag.NewRule("verify-unreachable", diag.Error,
		diag.Text{VI: "Không đọc được từ trang trên mạng: %[1]s", EN: "Cannot be read from the live site: %[1]s"},
		diag.Text{VI: "Xem lại mạng và địa chỉ, rồi chạy lại.", EN: "Check the network and the address, and run the command again."})
	ruleLiveNoManifest = diag.NewRule("verify-no-manifest", diag.Error,
		diag.Text{VI: "Trang trên mạng không có %[1]s đọc được, nên không có gì để đối chiếu.", EN: "The live site has no readable %[1]s to compare with."},
		diag.Text{VI: "Xem lại địa chỉ (phải là địa chỉ trang chủ), hoặc đăng lại bằng `lienhiep deploy`.", EN: "Check the address (it must be the home page's), or deploy again with `lienhiep deploy`."})
	ruleLiveSignature = diag.NewRule("verify-signature", diag.Error,
		diag.Text{VI: "Chữ ký của bản kê trên mạng không đúng: trang có thể đã bị người khác thay.", EN: "The live manifest is not signed by the right key: somebody else may have replaced the site."},
		diag.Text{VI: "Nếu vừa đổi khóa hoặc dựng mà không có khóa, hãy dựng lại với khóa trong biến môi trường " + SigningKeyVariable + " rồi đăng. Nếu không, báo ngay cho người phụ trách kỹ thuật.",
			EN: "If the key has just changed, or the site was built without it, build with the key in " + SigningKeyVariable + " and deploy. If not, tell whoever runs the host at once."})
	rulePublicKey = diag.NewRule("verify-key", diag.Error,
		diag.Text{VI: "Khóa công khai không đúng dạng.", EN: "The public key is malformed."},
		diag.Text{VI: "Chép lại nguyên dòng publicKey mà `lienhiep key` đã in ra.", EN: "Copy the publicKey that `lienhiep key` printed, as a whole."})
	ruleLiveUnsigned = diag.NewRule("verify-unsigned", diag.Warning,
		diag.Text{VI: "Không có khóa công khai để kiểm tra chữ ký, nên chỉ thấy được hư hỏng ngẫu nhiên, không thấy được việc cố ý sửa.", EN: "Without a public key only accidental damage is found, not tampering."},
		diag.Text{VI: "Ghi khóa vào config.toml ([params.manifest] publicKey) hoặc thêm --key.", EN: "Put the key into config.toml ([params.manifest] publicKey) or add --key."})
	ruleLiveOtherBuild = diag.NewRule("verify-other-build", diag.Error,
		diag.Text{VI: "Trang trên mạng không phải bản đang có trong public/ (trên mạng là %[1]s, ở đây là %[2]s).", EN: "The live site is not the one in public/ (%[1]s there, %[2]s here)."},
		diag.Text{VI: "Nếu public/ chưa được đăng thì đây là điều đương nhiên: hãy đăng. Nếu đã đăng, máy chủ hoặc mạng phân phối (CDN) đang đưa ra bản cũ: xóa bộ nhớ đệm.", EN: "If public/ has not been deployed yet, that is to be expected: deploy it. If it has, the server or a CDN serves an old copy: purge its cache."})
	ruleLiveWithdrawn = diag.NewRule("verify-withdrawn", diag.Error,
		diag.Text{VI: "Trang của một nhân vật đã rút lại sự đồng ý vẫn còn trên mạng (máy chủ trả lời %[1]s).", EN: "The page of a person who has withdrawn is still live (the server says %[1]s)."},
		diag.Text{VI: "Đăng lại bằng `lienhiep deploy … --forget`. Nếu trang vẫn còn, xóa bộ nhớ đệm của máy chủ và mạng phân phối (CDN).", EN: "Deploy again with `lienhiep deploy … --forget`. If the page is still there, purge the caches of the server and the CDN."})
	ruleLiveMissing = diag.NewRule("verify-missing", diag.Error,
		diag.Text{VI: "Trang trên mạng không có tệp này (máy chủ trả lời %[1]s).", EN: "The live site does not have this file (the server says %[1]s)."},
		diag.Text{VI: "Đăng lại với --all. Nếu vẫn thiếu, xem máy chủ có chặn tệp này không.", EN: "Deploy again with --all. If it is still missing, see whether the server blocks it."})
	ruleLiveTruncated = diag.NewRule("verify-truncated", diag.Error,
		diag.Text{VI: "Tệp trên mạng bị cụt: %[1]d trong %[2]d byte.", EN: "The live file is cut short: %[1]d of %[2]d bytes."},
		diag.Text{VI: "Đăng lại với --all.", EN: "Deploy again with --all."})
	ruleLiveTampered = diag.NewRule("verify-changed", diag.Error,
		diag.Text{VI: "Tệp trên mạng khác với tệp đã dựng: bị sửa, hoặc máy chủ tự chèn thêm.", EN: "The live file is not the one that was built: it was changed, or the server adds to it."},
		diag.Text{VI: "Nếu không ai chủ ý sửa: coi như máy chủ bị xâm nhập, báo người phụ trách kỹ thuật, đổi khóa truy cập, rồi đăng lại với --all.", EN: "If nobody did that on purpose, take the host as broken into: tell whoever runs it, change the access keys, then deploy with --all."})
	ruleLiveStale = diag.NewRule("verify-stale", diag.Error,
		diag.Text{VI: "Người đọc đang nhận bản cũ từ bộ nhớ đệm; chính máy chủ thì đã có bản mới.", EN: "Readers get an old copy from a cache; the server itself has the new one."},
		diag.Text{VI: "Xóa bộ nhớ đệm của mạng phân phối (CDN) cho địa chỉ này, hoặc đợi hết hạn rồi kiểm tra lại.", EN: "Purge the CDN's cache for this address, or wait for it to expire and verify again."})
	ruleLiveRedirect = diag.NewRule("verify-redirect", diag.Error,
		diag.Text{VI: "Máy chủ chuyển sang một máy chủ khác: %[1]s", EN: "The server redirects to another host: %[1]s"},
		diag.Text{VI: "Nếu đó là địa chỉ đúng của trang, hãy kiểm tra bằng địa chỉ ấy. Nếu không, có người đang chuyển hướng người đọc.", EN: "If that is the site's right address, verify that one. If not, somebody is sending readers elsewhere."})
)

// VerifyOptions say what a live site is compared with.
type VerifyOptions struct {
	PublicKey string // whose signature the manifest must carry; "" for anybody's
	Public    string // the site's last build on this machine, or ""
	Progress  func(Progress)
}

// Verified is what [Verify] found.
type Verified struct {
	Files    int            // compared with what readers get
	Bytes    int64          // of these files
	Findings []diag.Finding // sorted; each names the file
}

// packing is what compression may add to a file that does not compress.
const packing = 1 << 14

// mostUnreachable is how many files may fail to be fetched before the rest is
// given up.
const mostUnreachable = 20

var errGivenUp = errors.New("the site cannot be reached")

// liveWorkers is how many files of a live site are fetched at once.
const liveWorkers = 8

// Verify fetches the site at the address base as a reader does and compares each
// file with the signed manifest that the site carries.
//
// A file that differs is fetched once more in a way that no cache can answer, to
// tell an old copy from a changed one. Precompressed copies are compared through
// the file that they stand for. Files that a host keeps to itself are left out.
func Verify(ctx context.Context, base *url.URL, o VerifyOptions) (Verified, error) {
	if o.PublicKey != "" {
		if _, err := (Manifest{}).SignedBy(o.PublicKey); err != nil {
			return Verified{Findings: []diag.Finding{rulePublicKey.At(diag.Pos{})}}, nil
		}
	}
	l := newLive(base)
	m, findings, err := l.manifest(ctx, o)
	if err != nil || diag.HasErrors(findings) {
		return Verified{Findings: findings}, err
	}
	v := Verified{Findings: findings}
	files := m.paths()
	e := engine{progress: o.Progress}
	if e.progress == nil {
		e.progress = func(Progress) {}
	}
	done := e.counter(Comparing, len(m.Files))
	var mu sync.Mutex
	unreachable := 0
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(liveWorkers)
	for _, f := range m.Files {
		g.Go(func() error {
			if err := within.Err(); err != nil {
				return err
			}
			found, compared := l.compare(within, f, files)
			mu.Lock()
			defer mu.Unlock()
			if len(found) > 0 && found[0].Rule == ruleLiveUnreachable {
				if unreachable++; unreachable > mostUnreachable {
					return errGivenUp
				}
			}
			v.Findings = append(v.Findings, found...)
			if compared {
				v.Files++
				v.Bytes += f.Size
			}
			done(f)
			return nil
		})
	}
	if err = g.Wait(); errors.Is(err, errGivenUp) {
		err = nil
	}
	if err == nil && unreachable == 0 {
		var found []diag.Finding
		found, err = l.withdrawn(ctx, o.Public)
		v.Findings = append(v.Findings, found...)
	}
	diag.Sort(v.Findings)
	return v, err
}

// withdrawn asks for the pages of people who have withdrawn, which the build on
// this machine names: no published file does. The host must not have them.
func (l *live) withdrawn(ctx context.Context, public string) ([]diag.Finding, error) {
	here, err := lastBuild(public)
	if err != nil {
		return nil, err
	}
	var findings []diag.Finding
	for _, page := range here.buried() {
		a, err := l.get(ctx, l.address(page), "identity", 0) // as readers get it, from a cache too
		switch {
		case err != nil:
			findings = append(findings, unreadable(diag.Pos{File: page}, err)...)
		case a.code != http.StatusGone && a.code != http.StatusNotFound:
			findings = append(findings, ruleLiveWithdrawn.At(diag.Pos{File: page}, a.status))
		}
	}
	return findings, ctx.Err()
}

// live is a site on the web.
type live struct {
	base   *url.URL // ends in a slash
	client *http.Client
	nonce  string // no cache has seen it
}

func newLive(base *url.URL) *live {
	u := *base
	u.RawQuery, u.Fragment = "", ""
	if !strings.HasSuffix(u.Path, "/") {
		u.Path = u.Path[:strings.LastIndex(u.Path, "/")+1]
	}
	if u.Path == "" {
		u.Path = "/"
	}
	nonce := make([]byte, 8)
	rand.Read(nonce)
	return &live{base: &u, nonce: hex.EncodeToString(nonce), client: &http.Client{
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
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if !sameHost(r.URL, &u) {
				return &redirected{r.URL.String()}
			}
			if len(via) > 5 {
				return errors.New("too many redirects")
			}
			return nil
		},
	}}
}

// sameHost allows a step from http to https, and to no other port.
func sameHost(a, b *url.URL) bool {
	return a.Host == b.Host || a.Hostname() == b.Hostname() && a.Port() == "" && b.Port() == ""
}

type redirected struct{ to string }

func (r *redirected) Error() string { return "redirected to " + r.to }

// address is where readers find a file.
func (l *live) address(name string) string {
	u := *l.base
	if dir, isIndex := strings.CutSuffix(name, "index.html"); isIndex && (dir == "" || strings.HasSuffix(dir, "/")) {
		name = dir
	}
	u.Path += name
	return u.String()
}

// answer is what a server gave for an address.
type answer struct {
	status   string
	code     int
	encoding string // "", "gzip" or "br"
	raw      []byte // as it came, encoded
	body     []byte // decoded; hardly more than asked for
}

// get fetches an address. It reads no more than limit bytes and one.
func (l *live) get(ctx context.Context, address, accept string, limit int64) (a answer, err error) {
	err = retry(ctx, limit, func(ctx context.Context) error {
		a, err = l.once(ctx, address, accept, limit)
		return err
	})
	return a, err
}

func (l *live) once(ctx context.Context, address, accept string, limit int64) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Accept-Encoding", accept)
	r.Header.Set("User-Agent", "lienhiep verify")
	got, err := l.client.Do(r)
	var away *redirected
	if errors.As(err, &away) {
		return answer{}, &Fault{[]diag.Finding{ruleLiveRedirect.At(diag.Pos{}, away.to)}, err}
	}
	if err != nil {
		return answer{}, err
	}
	defer got.Body.Close()
	if got.StatusCode >= 500 || got.StatusCode == http.StatusTooManyRequests {
		return answer{}, errors.New(got.Status)
	}
	a := answer{status: got.Status, code: got.StatusCode, encoding: got.Header.Get("Content-Encoding")}
	// A body that is shorter than announced is one that was cut: what came counts.
	a.raw, err = io.ReadAll(io.LimitReader(got.Body, limit+1+packing))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return answer{}, err
	}
	a.body, err = decode(a, limit)
	return a, err
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
	case "br":
		r = brotli.NewReader(r)
	default:
		return nil, fmt.Errorf("the server encodes with %q unasked", a.encoding)
	}
	body, _ := io.ReadAll(io.LimitReader(r, limit+1)) // what is damaged will differ
	return body, nil
}

// manifest fetches the site's manifest and says whether it can be relied upon.
func (l *live) manifest(ctx context.Context, o VerifyOptions) (Manifest, []diag.Finding, error) {
	at := diag.Pos{File: ManifestName}
	a, err := l.get(ctx, l.address(ManifestName), "gzip", maxManifest)
	if err != nil {
		return Manifest{}, unreadable(at, err), ctx.Err()
	}
	m, err := ParseManifest(a.body)
	if a.code != http.StatusOK || err != nil {
		return m, []diag.Finding{ruleLiveNoManifest.At(at, ManifestName)}, nil
	}
	var findings []diag.Finding
	signed := false
	if o.PublicKey != "" {
		if signed, err = m.SignedBy(o.PublicKey); err != nil {
			return m, nil, err
		}
		if !signed {
			return m, []diag.Finding{ruleLiveSignature.At(at)}, nil
		}
	}
	here, err := lastBuild(o.Public)
	here.Unserved = nil // the live site does not tell its own
	switch {
	case err != nil:
		return m, nil, err
	case here.Text != nil && here.digest() != m.digest():
		findings = append(findings, l.otherBuild(ctx, m, here))
	case here.Text != nil:
		signed = true // by what was built here
	}
	if !signed {
		findings = append(findings, ruleLiveUnsigned.At(at))
	}
	return m, findings, nil
}

// otherBuild says why the live manifest is not the one that was built here.
func (l *live) otherBuild(ctx context.Context, m, here Manifest) diag.Finding {
	at := diag.Pos{File: ManifestName}
	if a, err := l.get(ctx, l.past(l.address(ManifestName)), "gzip", maxManifest); err == nil && bytes.Equal(a.body, here.Text) {
		return ruleLiveStale.At(at)
	}
	return ruleLiveOtherBuild.At(at, m.digest(), here.digest())
}

// lastBuild reads the manifest of the build on this machine, if there is one.
func lastBuild(public string) (Manifest, error) {
	if public == "" {
		return Manifest{}, nil
	}
	b, err := openBuilt(public)
	var fault *Fault
	if errors.As(err, &fault) {
		return Manifest{}, nil // none that could have been deployed
	}
	if err != nil {
		return Manifest{}, err
	}
	return b.manifest, b.root.Close()
}

// past is an address that no cache can answer for.
func (l *live) past(address string) string { return address + "?lienhiep-verify=" + l.nonce }

// compare fetches a file and says what is wrong with it, and whether readers are
// given it at all.
func (l *live) compare(ctx context.Context, f File, files map[string]File) ([]diag.Finding, bool) {
	at := diag.Pos{File: f.Path}
	accept, want := "identity", f
	if plain, encoding := precompressed(f.Path); encoding != "" {
		if of, there := files[plain]; there {
			accept, want = encoding, of
		}
	}
	address := l.address(want.Path)
	a, err := l.get(ctx, address, accept, max(want.Size, f.Size))
	if err != nil {
		return unreadable(at, err), true
	}
	if accept != "identity" && a.encoding != accept {
		return nil, false // the server does not use this copy
	}
	if a.is(want) {
		return nil, true
	}
	if b, err := l.get(ctx, l.past(address), accept, max(want.Size, f.Size)); err == nil && b.is(want) {
		return []diag.Finding{ruleLiveStale.At(at)}, true
	}
	switch {
	case a.code != http.StatusOK && !isErrorPage(want.Path):
		return []diag.Finding{ruleLiveMissing.At(at, a.status)}, true
	case int64(len(a.body)) < want.Size:
		return []diag.Finding{ruleLiveTruncated.At(at, len(a.body), want.Size)}, true
	}
	return []diag.Finding{ruleLiveTampered.At(at)}, true
}

// is reports whether the answer is the file. The page for what is not found may
// come with the status that says so.
func (a answer) is(f File) bool {
	return (a.code == http.StatusOK || isErrorPage(f.Path)) && int64(len(a.body)) == f.Size && sha256.Sum256(a.body) == f.Sum
}

// precompressed is the file that name is a compressed copy of, and how.
func precompressed(name string) (plain, encoding string) {
	if plain, ok := strings.CutSuffix(name, ".gz"); ok {
		return plain, "gzip"
	}
	if plain, ok := strings.CutSuffix(name, ".br"); ok {
		return plain, "br"
	}
	return name, ""
}

// isErrorPage reports whether a file is shown in place of others: 404.html,
// en/404.html, 410.html.
func isErrorPage(name string) bool {
	base := path.Base(name)
	return base == "404.html" || base == "410.html"
}

func unreadable(at diag.Pos, err error) []diag.Finding {
	var fault *Fault
	if errors.As(err, &fault) {
		f := fault.Findings[0]
		f.Pos = at
		return []diag.Finding{f}
	}
	return []diag.Finding{ruleLiveUnreachable.At(at, detail(err))}
}
