package publish

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"math/big"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/sync/errgroup"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
)

// What a manifest cannot tell is looked for here: an older site with the manifest
// that goes with it, what was added, answers that not everybody gets, headers.

// recorded compares the manifest with the record of the site's deploy, and that
// with the newest that was ever seen of this site.
func (l *live) recorded(ctx context.Context, m Manifest, public string, memory *memory, v *Verified) error {
	if public == "" {
		return nil // nobody's signature is good
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return err
	}
	at := diag.Pos{File: DeployedName}
	known := memory.now()
	v.First = known.Number == 0
	a, err := l.get(ctx, l.address(DeployedName), browser, maxDeployed)
	if err != nil {
		v.Findings = append(v.Findings, unreadable(at, err)...)
		return ctx.Err()
	}
	found, d := l.judge(a, m, verifier, known)
	if found != nil {
		// Is it a cache that gives an old one?
		b, err := l.get(ctx, l.past(l.address(DeployedName)), browser, maxDeployed)
		if again, newer := l.judge(b, m, verifier, known); err == nil && again == nil && newer.number > 0 {
			found, d = &stale, newer
		}
	}
	if found != nil {
		v.Findings = append(v.Findings, found.rule.At(at, found.args...))
	}
	if d.number > 0 && (found == nil || found.rule == ruleLiveStale) {
		v.Deployed = d.time
		known.Number, known.Time = d.number, d.time
		memory.set(known)
	}
	return nil
}

// verdict is what is wrong.
type verdict struct {
	rule *diag.Rule
	args []any
}

var stale = verdict{rule: ruleLiveStale}

// judge says what is wrong with an answer that should be the record of the deploy.
func (l *live) judge(a answer, m Manifest, verifier note.Verifier, known seen) (*verdict, deployed) {
	if a.code != http.StatusOK || !bytes.HasPrefix(a.body, []byte(deployedHead)) { // some servers have a page for everything
		if known.Number > 0 {
			return &verdict{ruleLiveRecordGone, []any{DeployedName}}, deployed{}
		}
		return &verdict{ruleLiveUnrecorded, []any{DeployedName}}, deployed{}
	}
	d, err := readDeployed(a.body, verifier)
	if err != nil {
		return &verdict{rule: ruleLiveRecord}, d
	}
	base, err := url.Parse(d.base)
	switch {
	case err != nil || siteName(base) != siteName(l.base):
		return &verdict{ruleLiveElsewhere, []any{d.base, l.base.String()}}, d
	case d.number < known.Number:
		return &verdict{ruleLiveReplayed, []any{moment(d.time), moment(known.Time)}}, d
	case d.manifest != sha256.Sum256(m.Text):
		return &verdict{ruleLiveRecordOther, []any{moment(d.time)}}, d
	}
	return nil, d
}

// moment is a time as people write it.
func moment(t time.Time) string { return t.Local().Format("02/01/2006 15:04") }

// beyond looks for attacks that comparing files with the manifest cannot show. plain are
// files that readers get at their own addresses.
func (l *live) beyond(ctx context.Context, m Manifest, plain []File, public string, memory *memory, v *Verified) error {
	withdrawn, err := l.withdrawn(ctx, public)
	if err != nil {
		return err
	}
	v.Findings = append(v.Findings, withdrawn...)
	v.Findings = append(v.Findings, l.headers(ctx, plain, memory)...)
	v.Findings = append(v.Findings, l.cloaked(ctx, plain)...)
	added, probed := l.added(ctx, m)
	v.Findings, v.Probed = append(v.Findings, added...), probed
	return ctx.Err()
}

// sampleSize is how many pages, beside the home page, are seen as others see them.
const sampleSize = 10

// cloaked fetches a random sample of the pages as other visitors would, to find content
// that is served to some of them only.
func (l *live) cloaked(ctx context.Context, plain []File) []diag.Finding {
	pages := slices.DeleteFunc(slices.Clone(plain), func(f File) bool {
		return path.Ext(f.Path) != ".html" && path.Ext(f.Path) != ".js" || isErrorPage(f.Path)
	})
	for i := range pages { // shuffled, that nobody may know which
		n, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err == nil {
			j := int(n.Int64())
			pages[i], pages[j] = pages[j], pages[i]
		}
	}
	if i := slices.IndexFunc(pages, func(f File) bool { return f.Path == "index.html" }); i >= 0 {
		pages[0], pages[i] = pages[i], pages[0]
	}
	pages = pages[:min(len(pages), 1+sampleSize)]
	found := make([][]diag.Finding, len(pages))
	l.several(len(pages), func(i int) {
		for _, who := range disguises {
			a, err := l.once(ctx, l.address(pages[i].Path), who, pages[i].Size)
			var away *Fault
			if errors.As(err, &away) || err == nil && a.code != http.StatusForbidden && a.code != http.StatusUnauthorized && !a.is(pages[i]) && !l.again(ctx, pages[i]) {
				found[i] = append(found[i], ruleLiveCloaked.At(diag.Pos{File: pages[i].Path}, who.name))
			}
		}
	})
	return slices.Concat(found...)
}

// again reports whether the site was changed in the meantime: a browser gets
// something else too.
func (l *live) again(ctx context.Context, f File) bool {
	a, err := l.once(ctx, l.address(f.Path), browser, f.Size)
	return err == nil && !a.is(f)
}

// headers compares the response headers of a few files with the policy of package host.
func (l *live) headers(ctx context.Context, plain []File, memory *memory) []diag.Finding {
	var findings []diag.Finding
	var missing []string
	known := memory.now()
	policy := false
	for _, f := range headed(plain) {
		a, err := l.once(ctx, l.address(f.Path), browser, f.Size)
		if err != nil || a.code != http.StatusOK {
			continue
		}
		policy = policy || a.header.Get("Content-Security-Policy") != ""
		wrong := differing(f.Path, a.header, l.base.Scheme == "https")
		if len(wrong) == 0 {
			continue
		}
		findings = append(findings, ruleLiveHeaders.At(diag.Pos{File: f.Path}, strings.Join(wrong, ", ")))
		for _, name := range wrong {
			if !slices.Contains(missing, name) {
				missing = append(missing, name)
			}
		}
	}
	if policy && !known.Headers {
		known.Headers = true
		memory.set(known)
	}
	if !policy && !known.Headers && len(missing) > 0 { // a host that cannot
		return []diag.Finding{ruleLiveBare.At(diag.Pos{}, strings.Join(missing, ", "))}
	}
	return findings
}

// headed are files whose headers say something: the home page, the page for frames,
// and one each of a few kinds.
func headed(plain []File) []File {
	var some []File
	have := map[string]bool{}
	for _, f := range plain {
		kind := path.Ext(f.Path)
		switch {
		case f.Path == "index.html" || f.Path == "nhung/index.html":
			kind = f.Path
		case kind != ".html" && kind != ".css" && kind != ".js" && kind != ".json" && kind != ".xml":
			continue
		}
		if !have[kind] {
			have[kind] = true
			some = append(some, f)
		}
	}
	return some
}

// differing are the names of the headers that are not as the table has them.
// Stricter is right too.
func differing(file string, got http.Header, secure bool) []string {
	var names []string
	for _, want := range host.HeadersOf(file, secure) {
		values := got.Values(want.Name)
		right := slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(strings.TrimSpace(v), want.Value) })
		switch want.Name {
		case "Strict-Transport-Security":
			right = slices.ContainsFunc(values, func(v string) bool { return seconds(v, "max-age") >= seconds(want.Value, "max-age") })
		case "Content-Type":
			right = sameType(got.Get(want.Name), want.Value)
		case "Cache-Control":
			// A file that is named by its content may be asked for as often as one likes.
			right = len(values) > 0 && (host.Fingerprinted(file) || time.Duration(max(seconds(strings.Join(values, ","), "max-age"), seconds(strings.Join(values, ","), "s-maxage")))*time.Second <= host.PagesKept)
		}
		if !right {
			names = append(names, want.Name)
		}
	}
	return names
}

// seconds reads a number of seconds from a list such as "public, max-age=300"; -1
// if it says nothing of that name.
func seconds(value, name string) int64 {
	for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		if key, n, ok := strings.Cut(part, "="); ok && strings.EqualFold(key, name) {
			if n, err := strconv.ParseInt(strings.Trim(n, `"`), 10, 64); err == nil {
				return n
			}
		}
	}
	return -1
}

// otherTypes are what hosts call types that browsers take for the same.
var otherTypes = map[string]string{"application/javascript": "text/javascript", "application/x-javascript": "text/javascript", "text/xml": "application/xml"}

// sameType reports whether browsers take a file with the first type as one with the
// second. Without a word on the letters they read UTF-8: pages and feeds say so
// themselves, and styles and scripts go by their page.
func sameType(got, want string) bool {
	t, p, err1 := mime.ParseMediaType(got)
	u, _, err2 := mime.ParseMediaType(want)
	return err1 == nil && err2 == nil && cmp.Or(otherTypes[t], t) == u && strings.EqualFold(cmp.Or(p["charset"], "utf-8"), "utf-8")
}

// extras are addresses where attackers commonly leave something: service workers, back
// doors, entry points of other software. What rented hosts have on every site of theirs is
// not among them (cpanel/, phpmyadmin/).
var extras = []string{
	"sw.js", "service-worker.js", "serviceworker.js", "service_worker.js", "ngsw-worker.js", "firebase-messaging-sw.js", "OneSignalSDKWorker.js", "OneSignalSDK.sw.js", "pwabuilder-sw.js", "worker.js",
	"admin/", "administrator/", "login/", "dang-nhap/", "quan-tri/", "wp-admin/", "wp-login.php", "wp-content/", "xmlrpc.php",
	"index.php", "info.php", "phpinfo.php", "shell.php", "upload.php", "uploads/", "default.aspx", "index.asp", "cgi-bin/", "test.php", "backup.zip", "public.zip", "backup.sql",
}

// hidden are files of the server's, or of ours, that nobody else is given.
var hidden = []string{
	".git/config", ".git/HEAD", ".env", ".htaccess", ".htpasswd", ".ssh/id_rsa", ".DS_Store", home + "current", home + "lock", keyReleases, keyStore,
}

// added asks for addresses that the site does not have, and returns how many.
func (l *live) added(ctx context.Context, m Manifest) (findings []diag.Finding, probed int) {
	files := m.paths()
	lost, own := files["404.html"]
	isOurs := func(a answer) bool { return own && a.holds(lost) || a.holds(files["index.html"]) }
	nowhere, err := l.follow(ctx, l.nonce+"/")
	if err == nil {
		at := diag.Pos{File: l.nonce + "/"}
		switch {
		case nowhere.code < 300 && !isOurs(nowhere):
			findings = append(findings, ruleLiveExtra.At(at, nowhere.status))
		case own && (nowhere.code != http.StatusNotFound || !nowhere.holds(lost)):
			findings = append(findings, ruleLiveNotFound.At(at, nowhere.status))
		}
	}
	names := slices.Concat(extras, hidden)
	found := make([][]diag.Finding, len(names))
	l.several(len(names), func(i int) {
		name := names[i]
		_, isFile := files[name]
		_, isPage := files[name+"index.html"]
		if isFile || isPage {
			return
		}
		a, err := l.follow(ctx, name)
		at := diag.Pos{File: name}
		var away *Fault
		switch {
		case errors.As(err, &away):
			found[i] = unreadable(at, err)
		case err != nil || a.code >= 300 || isOurs(a) || bytes.Equal(a.raw, nowhere.raw) && a.code == nowhere.code:
		case slices.Contains(hidden, name):
			found[i] = []diag.Finding{ruleLiveHidden.At(at, a.status)}
		default:
			found[i] = []diag.Finding{ruleLiveExtra.At(at, a.status)}
		}
	})
	return append(findings, slices.Concat(found...)...), len(names) + 1
}

// largestProbe is how much is read of what should not be there.
const largestProbe = 1 << 16

// follow fetches an address that should lead nowhere, along the redirects.
func (l *live) follow(ctx context.Context, name string) (answer, error) {
	address := l.explicit(name)
	for range mostHops {
		a, err := l.once(ctx, address, browser, largestProbe)
		if err != nil || a.moved == nil {
			return a, err
		}
		address = a.moved.String()
	}
	return answer{}, errors.New("too many redirects")
}

// several calls f with 0 to n-1, a few at once.
func (l *live) several(n int, f func(int)) {
	var g errgroup.Group
	g.SetLimit(liveWorkers)
	for i := range n {
		g.Go(func() error { f(i); return nil })
	}
	_ = g.Wait() // none fails
}
