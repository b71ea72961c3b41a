package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/sync/errgroup"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
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
		diag.Text{VI: "Nếu không ai chủ ý sửa: coi như máy chủ bị xâm nhập, báo người phụ trách kỹ thuật, đổi khóa truy cập, rồi đăng lại với --all.", EN: "If nobody did that on purpose, treat the host as compromised: tell whoever runs it, change the access keys, then deploy with --all."})
	ruleLiveStale = diag.NewRule("verify-stale", diag.Error,
		diag.Text{VI: "Người đọc đang nhận bản cũ từ bộ nhớ đệm; chính máy chủ thì đã có bản mới.", EN: "Readers get an old copy from a cache; the server itself has the new one."},
		diag.Text{VI: "Xóa bộ nhớ đệm của mạng phân phối (CDN) cho địa chỉ này, hoặc đợi hết hạn rồi kiểm tra lại.", EN: "Purge the CDN's cache for this address, or wait for it to expire and verify again."})
	ruleLiveRedirect = diag.NewRule("verify-redirect", diag.Error,
		diag.Text{VI: "Máy chủ chuyển sang một máy chủ khác: %[1]s", EN: "The server redirects to another host: %[1]s"},
		diag.Text{VI: "Nếu đó là địa chỉ đúng của trang, hãy kiểm tra bằng địa chỉ ấy. Nếu không, có người đang chuyển hướng người đọc.", EN: "If that is the site's right address, verify that one. If not, somebody is sending readers elsewhere."})
	ruleLiveMoved = diag.NewRule("verify-moved", diag.Error,
		diag.Text{VI: "Máy chủ chuyển địa chỉ này sang %[1]s, không phải nơi mà bản dựng chỉ định.", EN: "The server redirects this address to %[1]s, which is not where the build sends it."},
		diag.Text{VI: "Đưa lại cấu hình do `lienhiep hosts` hoặc `lienhiep build` viết ra lên máy chủ. Nếu không ai chủ ý đổi, báo ngay cho người phụ trách kỹ thuật.", EN: "Give the server the configuration that `lienhiep hosts` or `lienhiep build` wrote. If nobody changed it on purpose, tell whoever runs the host at once."})
	ruleLiveCloaked = diag.NewRule("verify-cloaked", diag.Error,
		diag.Text{VI: "Máy chủ trả lời khác đi khi người hỏi là %[1]s.", EN: "The server answers differently when the visitor is %[1]s."},
		diag.Text{VI: "Coi như máy chủ bị xâm nhập, trừ khi chính bạn đã đặt như vậy: báo người phụ trách kỹ thuật, tìm phần mềm lạ trên máy chủ, đổi khóa truy cập, rồi đăng lại với --all.", EN: "Unless you have set it up so, treat the host as compromised: tell whoever runs it, look for software that does not belong there, change the access keys, then deploy with --all."})
	ruleLiveExtra = diag.NewRule("verify-extra", diag.Error,
		diag.Text{VI: "Trên mạng có thứ mà bản dựng không có (máy chủ trả lời %[1]s).", EN: "The live site has something here that was not built (the server says %[1]s)."},
		diag.Text{VI: "Không ai chủ ý đặt ở đó thì coi như máy chủ bị xâm nhập: báo người phụ trách kỹ thuật, xóa tệp ấy, đổi khóa truy cập, rồi đăng lại với --all.", EN: "If nobody put it there on purpose, treat the host as compromised: tell whoever runs it, remove the file, change the access keys, then deploy with --all."})
	ruleLiveHidden = diag.NewRule("verify-hidden", diag.Error,
		diag.Text{VI: "Ai cũng đọc được tệp riêng của máy chủ này (máy chủ trả lời %[1]s).", EN: "Anybody can read this file, which is for the server alone (the server says %[1]s)."},
		diag.Text{VI: "Cấm đọc mọi tệp có tên bắt đầu bằng dấu chấm: dùng cấu hình do `lienhiep hosts` viết ra; với kho S3, đặt chính sách cấm `.lienhiep/*`.", EN: "Let nobody read files whose name begins with a dot: use the configuration that `lienhiep hosts` writes; give an S3 bucket a policy that denies `.lienhiep/*`."})
	ruleLiveNotFound = diag.NewRule("verify-not-found", diag.Warning,
		diag.Text{VI: "Hỏi một địa chỉ không có thật thì máy chủ trả lời %[1]s, không đưa ra trang 404 của trang này.", EN: "For an address that does not exist the server answers %[1]s, without the site's own error page."},
		diag.Text{VI: "Đặt trang 404.html làm trang báo lỗi, với mã 404: cấu hình do `lienhiep hosts` viết ra đã có. Nếu trước đây vẫn đúng, xem ai đã đổi máy chủ.", EN: "Make 404.html the error page, with the status 404: the configuration that `lienhiep hosts` writes does so. If it was right before, see who changed the server."})
	ruleLiveHeaders = diag.NewRule("verify-headers", diag.Error,
		diag.Text{VI: "Máy chủ không còn gửi đúng các dòng đầu (header) bảo vệ người đọc: %[1]s.", EN: "The server does not send the headers that protect readers as it should: %[1]s."},
		diag.Text{VI: "Đưa lại cấu hình do `lienhiep hosts` hoặc `lienhiep build` viết ra lên máy chủ, và xem ai đã đổi nó.", EN: "Give the server the configuration that `lienhiep hosts` or `lienhiep build` wrote, and see who changed it."})
	ruleLiveBare = diag.NewRule("verify-no-headers", diag.Warning,
		diag.Text{VI: "Máy chủ không gửi dòng đầu (header) nào bảo vệ người đọc: %[1]s.", EN: "The server sends none of the headers that protect readers: %[1]s."},
		diag.Text{VI: "Có nơi không gửi được (GitHub Pages, kho S3 không qua CDN). Nơi gửi được thì dùng cấu hình do `lienhiep hosts` viết ra.", EN: "Some hosts cannot (GitHub Pages, an S3 bucket without a CDN). One that can needs the configuration that `lienhiep hosts` writes."})
)

// Faults of the record of the last deploy.
var (
	ruleLiveUnrecorded = diag.NewRule("verify-no-record", diag.Warning,
		diag.Text{VI: "Trang trên mạng không có bản ghi đăng %[1]s, nên không biết được đây có phải bản mới nhất hay ai đó đã đưa bản cũ trở lại.", EN: "The live site has no record of its deploy, %[1]s, so nobody can tell whether it is the newest site or an old one put back."},
		diag.Text{VI: "Khi đăng, đặt khóa trong biến môi trường " + SigningKeyVariable + ".", EN: "Have the key in " + SigningKeyVariable + " when you deploy."})
	ruleLiveRecordGone = diag.NewRule("verify-record-gone", diag.Error,
		diag.Text{VI: "Trang trên mạng không còn bản ghi đăng %[1]s; lần kiểm tra trước thì có. Có thể ai đó đã đưa trang cũ trở lại.", EN: "The live site no longer has the record of its deploy, %[1]s, that it had when it was last verified. Somebody may have put an old site back."},
		diag.Text{VI: "Nếu chính bạn vừa đăng mà không có khóa, hãy đặt khóa trong " + SigningKeyVariable + " rồi đăng lại. Nếu không, báo ngay cho người phụ trách kỹ thuật.", EN: "If you have just deployed without the key, put it into " + SigningKeyVariable + " and deploy again. If not, tell whoever runs the host at once."})
	ruleLiveRecord = diag.NewRule("verify-record", diag.Error,
		diag.Text{VI: "Bản ghi đăng trên mạng không do đúng khóa ký, hoặc không đọc được.", EN: "The live record of the deploy is not signed by the right key, or cannot be read."},
		diag.Text{VI: "Đăng lại với khóa trong " + SigningKeyVariable + ". Nếu không ai đổi khóa, báo ngay cho người phụ trách kỹ thuật.", EN: "Deploy again with the key in " + SigningKeyVariable + ". If nobody changed the key, tell whoever runs the host at once."})
	ruleLiveRecordOther = diag.NewRule("verify-record-other", diag.Error,
		diag.Text{VI: "Bản ghi đăng trên mạng (lúc %[1]s) là của một bản kê khác: trang bị trộn từ hai lần đăng.", EN: "The live record, of the deploy at %[1]s, is of another manifest: the site is a mix of two deploys."},
		diag.Text{VI: "Nếu đang đăng dở, đợi xong rồi kiểm tra lại. Nếu không, đăng lại; không ai chủ ý thì báo người phụ trách kỹ thuật.", EN: "If a deploy is running, wait for it and verify again. If not, deploy again; if nobody did that on purpose, tell whoever runs the host."})
	ruleLiveElsewhere = diag.NewRule("verify-other-site", diag.Error,
		diag.Text{VI: "Trang ở đây được dựng cho địa chỉ khác: %[1]s (đang kiểm tra %[2]s).", EN: "The site here was built for another address: %[1]s (this is %[2]s)."},
		diag.Text{VI: "Kiểm tra đúng địa chỉ của trang, hoặc dựng lại với --base-url rồi đăng.", EN: "Verify the site's right address, or build with --base-url and deploy."})
	ruleLiveReplayed = diag.NewRule("verify-replayed", diag.Error,
		diag.Text{VI: "Trên mạng là một lần đăng cũ (lúc %[1]s); máy này đã từng thấy lần đăng mới hơn (lúc %[2]s). Có người đã đưa trang cũ trở lại.", EN: "This is an old deploy, of %[1]s; this machine has seen a newer one, of %[2]s. Somebody has put an old site back."},
		diag.Text{VI: "Nếu không ai chủ ý: coi như máy chủ bị xâm nhập, báo người phụ trách kỹ thuật, đổi khóa truy cập, rồi đăng lại. Muốn quay về bản cũ thì dùng `lienhiep rollback` với khóa trong " + SigningKeyVariable + ".", EN: "If nobody did that on purpose, treat the host as compromised: tell whoever runs it, change the access keys, then deploy again. To go back to an earlier site, use `lienhiep rollback` with the key in " + SigningKeyVariable + "."})
	ruleMemoryDamaged = diag.NewRule("verify-memory", diag.Warning,
		diag.Text{VI: "Điều máy này ghi nhớ từ những lần kiểm tra trước bị hỏng (thường do mất điện) nên đã được cất sang %[1]s. Lần này không biết được nếu có ai đã đưa trang cũ trở lại.", EN: "What this machine remembered of what it has verified is damaged, as after a power cut. It was set aside as %[1]s. This time nobody can tell whether an old site was put back."},
		diag.Text{VI: "So giờ đăng được in ra với lần bạn đăng gần đây nhất. Nếu máy này kiểm tra nhiều trang, hãy kiểm tra lại từng trang để ghi nhớ lại.", EN: "Compare the time of the deploy, as printed, with when you last deployed. If this machine verifies several sites, verify each of them again."})
)

// VerifyOptions say what a live site is compared with.
type VerifyOptions struct {
	PublicKey string // whose signature the manifest must carry; "" for anybody's
	Public    string // the site's last build on this machine, or ""
	Memory    string // the file that keeps what was seen of live sites; "" keeps nothing
	Progress  func(Progress)
}

// Verified is what [Verify] found.
type Verified struct {
	Files    int            // compared with what readers get
	Bytes    int64          // of these files
	Deployed time.Time      // when, by the site's signed record; zero if none can be relied upon
	First    bool           // nothing was known of the site that an older one could be told by
	Probed   int            // addresses asked for that the site does not have
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

// Verify fetches the site at the address base as a browser does and compares each
// file with the signed manifest that the site carries, and the manifest with the
// signed record of its deploy. It sees a sample of the pages as others do, compares
// headers with the table of internal/host, and asks for addresses that the site does
// not have: what is there was added.
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
	l := newLive(base, o.Public)
	m, findings, err := l.manifest(ctx, o)
	if err != nil || diag.HasErrors(findings) {
		return Verified{Findings: findings}, err
	}
	v := Verified{Findings: findings}
	memory, err := remember(o.Memory, l.base)
	if err != nil {
		return v, err
	}
	if memory.damaged {
		v.Findings = append(v.Findings, ruleMemoryDamaged.At(diag.Pos{}, memory.aside()))
	}
	if err := l.recorded(ctx, m, o.PublicKey, memory, &v); err != nil {
		return v, err
	}
	plain, reached, err := l.files(ctx, m, o.Progress, &v)
	if err == nil && reached {
		err = l.beyond(ctx, m, plain, o.Public, memory, &v)
	}
	diag.Sort(v.Findings)
	return v, errors.Join(err, memory.save())
}

// files compares every file of the manifest. It returns those that are given to
// readers at their own address, as they should be, and whether the site could be
// reached throughout.
func (l *live) files(ctx context.Context, m Manifest, progress func(Progress), v *Verified) (plain []File, reached bool, err error) {
	files := m.paths()
	e := engine{progress: progress}
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
			found, how := l.compare(within, f, files)
			mu.Lock()
			defer mu.Unlock()
			if len(found) > 0 && found[0].Rule == ruleLiveUnreachable {
				if unreachable++; unreachable > mostUnreachable {
					return errGivenUp
				}
			}
			v.Findings = append(v.Findings, found...)
			if how != unused {
				v.Files++
				v.Bytes += f.Size
			}
			if how == direct && len(found) == 0 {
				plain = append(plain, f)
			}
			done(f)
			return nil
		})
	}
	if err = g.Wait(); errors.Is(err, errGivenUp) {
		err = nil
	}
	return plain, unreachable == 0, err
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
		a, err := l.get(ctx, l.address(page), browser, 0) // as readers get it, from a cache too
		switch {
		case err != nil:
			findings = append(findings, unreadable(diag.Pos{File: page}, err)...)
		case a.code < http.StatusBadRequest: // some hosts forbid a folder that has no page
			findings = append(findings, ruleLiveWithdrawn.At(diag.Pos{File: page}, a.status))
		}
		tomb := path.Join(path.Dir(page), host.Tombstone)
		if a, err := l.once(ctx, l.explicit(tomb), browser, 0); err == nil && a.code == http.StatusOK {
			findings = append(findings, ruleLiveHidden.At(diag.Pos{File: tomb}, a.status))
		}
	}
	return findings, ctx.Err()
}

// manifest fetches the site's manifest and says whether it can be relied upon.
func (l *live) manifest(ctx context.Context, o VerifyOptions) (Manifest, []diag.Finding, error) {
	at := diag.Pos{File: ManifestName}
	a, err := l.find(ctx, ManifestName, maxManifest)
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
	if a, err := l.get(ctx, l.past(l.address(ManifestName)), browser, maxManifest); err == nil && bytes.Equal(a.body, here.Text) {
		return ruleLiveStale.At(at)
	}
	return ruleLiveOtherBuild.At(at, m.digest(), here.digest())
}

// lastBuild reads the manifest of the build on this machine, if there is one.
func lastBuild(public string) (Manifest, error) {
	if public == "" {
		return Manifest{}, nil
	}
	b, err := openBuilt(public, "")
	var fault *Fault
	if errors.As(err, &fault) {
		return Manifest{}, nil // none that could have been deployed
	}
	if err != nil {
		return Manifest{}, err
	}
	return b.manifest, b.root.Close()
}

// How a file is given to readers.
type given int

const (
	direct given = iota // at its address
	moved               // the server leads elsewhere instead
	unused              // not at all: another copy of it is
)

// compare fetches a file and says what is wrong with it, and how readers are given
// it.
func (l *live) compare(ctx context.Context, f File, files map[string]File) ([]diag.Finding, given) {
	at := diag.Pos{File: f.Path}
	who, want := browser, f
	if plain, encoding := precompressed(f.Path); encoding != "" {
		if of, there := files[plain]; there {
			who, want = as(encoding), of
		}
	}
	copied := want.Path != f.Path
	address, limit := l.address(want.Path), max(want.Size, f.Size)
	a, err := l.get(ctx, address, who, limit)
	if err == nil && a.moved != nil && sameFile(a.moved, address) {
		address = a.moved.String()
		a, err = l.get(ctx, address, who, limit)
	}
	switch {
	case err != nil:
		return unreadable(at, err), direct
	case copied && (a.moved != nil || a.encoding != who.accept):
		return nil, unused // the server does not use this copy
	case a.moved != nil:
		return l.alias(ctx, a.moved, want, files), moved
	case a.is(want):
		return nil, direct
	}
	if b, err := l.get(ctx, l.past(address), who, limit); err == nil && b.is(want) {
		return []diag.Finding{ruleLiveStale.At(at)}, direct
	}
	switch {
	case a.code != http.StatusOK && !isErrorPage(want.Path):
		return []diag.Finding{ruleLiveMissing.At(at, a.status)}, direct
	case int64(len(a.body)) < want.Size:
		return []diag.Finding{ruleLiveTruncated.At(at, len(a.body), want.Size)}, direct
	}
	return []diag.Finding{ruleLiveTampered.At(at)}, direct
}

// sameFile reports whether an address is another one for the same file, as hosts
// have it that drop ".html" or the last slash.
func sameFile(to *url.URL, address string) bool {
	from, err := url.Parse(address)
	bare := func(u *url.URL) string {
		return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(u.Path, "index.html"), ".html"), "/")
	}
	return err == nil && bare(from) == bare(to)
}

// alias says whether a server leads readers from an old address to where the page
// there would have led them. By its whole name most servers give out that page;
// where none is to be had, it is enough that they are led to a page of the site.
func (l *live) alias(ctx context.Context, to *url.URL, f File, files map[string]File) []diag.Finding {
	page, err := l.get(ctx, l.explicit(f.Path), browser, f.Size)
	if err != nil || !page.is(f) {
		page.body = l.builtHere(f)
	}
	right := false
	switch {
	case page.body != nil:
		want := leadsTo(page.body)
		right = want != nil && strings.TrimSuffix(want.Path, "/") == strings.TrimSuffix(to.Path, "/")
	case path.Ext(f.Path) == ".html" && f.Size <= largestAlias:
		name, below := strings.CutPrefix(to.Path, l.base.Path)
		_, there := files[path.Join(name, "index.html")]
		right = below && there
	}
	if right {
		return nil
	}
	return []diag.Finding{ruleLiveMoved.At(diag.Pos{File: f.Path}, to.String())}
}

// largestAlias is more than a page holds that only leads elsewhere.
const largestAlias = 1 << 10

// builtHere is the file as it was built on this machine, or nil.
func (l *live) builtHere(f File) []byte {
	if l.public == "" {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(l.public, filepath.FromSlash(f.Path)))
	if err != nil || sha256.Sum256(data) != f.Sum {
		return nil
	}
	return data
}

// leadsTo is where a page sends its readers at once, or nil.
func leadsTo(page []byte) *url.URL {
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			values := attributes(z.Token(), "meta")
			if !strings.EqualFold(values["http-equiv"], "refresh") {
				continue
			}
			if _, to, found := strings.Cut(strings.ToLower(values["content"]), "url="); found {
				u, err := url.Parse(strings.TrimSpace(values["content"][len(values["content"])-len(to):]))
				if err == nil {
					return u
				}
			}
		}
	}
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
