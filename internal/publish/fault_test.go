package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/ftpserver"
	"lienhiep/internal/needs"
)

// faulty is a storage whose writes fail from some moment on.
type faulty struct {
	storage
	cut  *cutter
	fail error
}

func (f *faulty) put(ctx context.Context, key string, c content) error {
	if !f.cut.write() {
		return f.fail
	}
	return f.storage.put(ctx, key, c)
}

func (f *faulty) create(ctx context.Context, key string, data []byte) error {
	if !f.cut.write() {
		return f.fail
	}
	return f.storage.create(ctx, key, data)
}

func (f *faulty) copy(ctx context.Context, to, from string, file File) error {
	if !f.cut.write() {
		return f.fail
	}
	return f.storage.copy(ctx, to, from, file)
}

func (f *faulty) remove(ctx context.Context, key string) error {
	if !f.cut.write() {
		return f.fail
	}
	return f.storage.remove(ctx, key)
}

// same passes the question on: the storage is served as it stands.
func (f *faulty) same(ctx context.Context, key string, live, stored object, want File) (bool, error) {
	return f.storage.(inPlace).same(ctx, key, live, stored, want)
}

func (f *faulty) hides(ctx context.Context) (bool, error) { return f.storage.(inPlace).hides(ctx) }

func (f *faulty) intact(ctx context.Context, key string, stored object) (bool, error) {
	return f.storage.(inPlace).intact(ctx, key, stored)
}

// failingFolder is a folder whose disk fails with err after some writes.
func failingFolder(t testing.TB, fail error) *place {
	p := folderPlace(t)
	cut := newCutter()
	p.cut, p.disk = cut.set, fail
	p.watch = func(f func()) { cut.seen.Store(&f) }
	p.wrap = func(s storage) storage { return &faulty{s, cut, fail} }
	return p
}

// TestACutAtAnyStepLeavesAWholeSite cuts the connection after every number of
// writes that a deploy takes, and looks at the site as a reader does. What was cut
// is then made good by the same command.
func TestACutAtAnyStepLeavesAWholeSite(t *testing.T) {
	needs.Ask(t, needs.Long)
	kinds := map[string]func(testing.TB) *place{"s3": s3Place, "sftp": sftpPlace, "ftps": places["ftps"],
		"folder":    func(t testing.TB) *place { return failingFolder(t, errors.New("the share is gone")) },
		"disk full": func(t testing.TB) *place { return failingFolder(t, syscall.ENOSPC) }}
	for name, make := range kinds {
		t.Run(name, func(t *testing.T) {
			steps := 0
			for cutAfter(t, make(t), steps) {
				steps++
			}
			if steps < 2*len(second) {
				t.Errorf("the deploy took %d steps only: nothing was cut", steps)
			}
		})
	}
}

// TestABrokenConnection does the same at a few steps with a store that hangs up.
func TestABrokenConnection(t *testing.T) {
	needs.Ask(t, needs.Long)
	defer func(n int) { attempts = n }(attempts)
	attempts = 1
	for _, steps := range []int{6, 24} { // while contents are sent, while they are shown
		if !cutAfter(t, s3PlaceThat(t, true), steps) {
			t.Errorf("the deploy took less than %d steps", steps)
		}
	}
}

// cutAfter deploys the second state over the first and cuts the connection after
// some writes. It reports whether the deploy needed more.
func cutAfter(t *testing.T, p *place, steps int) bool {
	t.Helper()
	p.deploy(t, first)
	p.built(t, second)
	p.cut(steps)
	_, err := Deploy(t.Context(), p.Target, anything)
	p.cut(-1)
	now := p.files(t)
	wholeSite(t, now)
	eitherOr(t, p, now)
	if err == nil {
		return false
	}
	if p.disk == syscall.ENOSPC && ruleOf(err) != ruleFull.Code || p.disk == nil && ruleOf(err) == "" {
		t.Errorf("after %d writes: no words for %v", steps, err)
	}
	if p.locked(t) {
		p.age(t)
	}
	if _, err := Deploy(t.Context(), p.Target, anything); err != nil {
		t.Fatalf("after %d writes, again: %v", steps, err)
	}
	p.shows(t, second)
	return true
}

// eitherOr fails unless every file is as in the first or as in the second state;
// of an atomic target, all as in one of them.
func eitherOr(t *testing.T, p *place, now map[string]string) {
	t.Helper()
	now = maps.Clone(now)
	delete(now, ManifestName)
	if p.atomic {
		if !maps.Equal(p.without(now, first), first) && !maps.Equal(p.without(now, second), second) {
			t.Errorf("readers get a mix: %v", now)
		}
		return
	}
	for name, text := range now {
		if text != first[name] && text != second[name] {
			t.Errorf("%s is neither old nor new: %q", name, text)
		}
	}
	for name := range first {
		if _, stays := second[name]; stays {
			if _, there := now[name]; !there {
				t.Errorf("%s is gone", name)
			}
		}
	}
}

func (p *place) locked(t testing.TB) bool {
	for _, name := range p.all(t) {
		if name == keyLock {
			return true
		}
	}
	return false
}

func TestACutRollbackLeavesAWholeSite(t *testing.T) {
	needs.Ask(t, needs.Long)
	everywhere(t, func(t *testing.T, p *place) {
		if p.cut == nil {
			p = failingFolder(t, errors.New("the share is gone"))
		}
		for steps := 0; ; steps += 3 {
			p.cut(-1)
			p.deploy(t, first)
			p.deploy(t, second)
			p.cut(steps)
			_, err := Rollback(t.Context(), p.Target, "", Options{})
			p.cut(-1)
			wholeSite(t, p.files(t))
			eitherOr(t, p, p.files(t))
			if err == nil {
				return
			}
			if p.locked(t) {
				p.age(t)
			}
		}
	})
}

// TestAShortCutIsOvercome lets single writes fail: the command mends that itself.
func TestAShortCutIsOvercome(t *testing.T) {
	p := folderPlace(t)
	var mu sync.Mutex
	failed := map[string]bool{}
	p.wrap = func(s storage) storage {
		return &flaky{faulty{storage: s}, func(key string) bool {
			mu.Lock()
			defer mu.Unlock()
			again := failed[key]
			failed[key] = true
			return !again
		}}
	}
	p.deploy(t, first)
	p.deploy(t, second)
	p.shows(t, second)
	if len(failed) < len(second) {
		t.Errorf("only %d writes failed", len(failed))
	}
}

type flaky struct {
	faulty
	failsNow func(key string) bool
}

func (f *flaky) put(ctx context.Context, key string, c content) error {
	if f.failsNow(key) {
		return errors.New("connection reset by peer")
	}
	return f.storage.put(ctx, key, c)
}

func (f *flaky) copy(ctx context.Context, to, from string, file File) error {
	if f.failsNow(to) {
		return errors.New("connection reset by peer")
	}
	return f.storage.copy(ctx, to, from, file)
}

func (f *flaky) create(ctx context.Context, key string, data []byte) error {
	return f.storage.create(ctx, key, data)
}

func (f *flaky) remove(ctx context.Context, key string) error { return f.storage.remove(ctx, key) }

func TestTwoDeploysAtOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, first)
		p.built(t, second)
		other := *p
		other.Public = filepath.Join(t.TempDir(), "public")
		other.built(t, third)
		var wg sync.WaitGroup
		var errs [2]error
		for i, target := range []Target{p.Target, other.Target} {
			wg.Go(func() { _, errs[i] = Deploy(t.Context(), target, anything) })
		}
		wg.Wait()
		if errs[0] != nil && errs[1] != nil {
			t.Fatalf("neither went through: %v; %v", errs[0], errs[1])
		}
		for _, err := range errs {
			if err != nil {
				wantFault(t, err, ruleLocked)
			}
		}
		now := p.files(t)
		wholeSite(t, now)
		delete(now, ManifestName)
		if !maps.Equal(p.without(now, second), second) && !maps.Equal(p.without(now, third), third) {
			t.Errorf("readers get a mix: %v", now)
		}
		if p.locked(t) {
			t.Error("the lock was left behind")
		}
	})
}

func TestALockIsRespectedUntilItExpires(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.built(t, first)
		s, err := p.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		if err := s.create(t.Context(), keyLock, []byte("chi-lan@may-kia\nx\n")); err != nil {
			t.Fatal(err)
		}
		_, err = Deploy(t.Context(), p.Target, anything)
		wantFault(t, err, ruleLocked)
		if err == nil || !strings.Contains(err.Error(), "chi-lan@may-kia") {
			t.Errorf("who holds the lock is not told: %v", err)
		}
		p.age(t)
		if _, err := Deploy(t.Context(), p.Target, anything); err != nil {
			t.Fatal(err)
		}
		p.shows(t, first)
	})
}

// TestAnInterruptedDeployGivesTheLockBack stops a deploy as Ctrl+C does.
func TestAnInterruptedDeployGivesTheLockBack(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, first)
		p.built(t, second)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		o := anything
		o.Progress = func(Progress) { cancel() }
		_, err := Deploy(ctx, p.Target, o)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the deploy ends with %v", err)
		}
		if p.locked(t) {
			t.Error("the lock was left behind")
		}
		wholeSite(t, p.files(t))
		p.deploy(t, second)
		p.shows(t, second)
	})
}

// TestALostLockEndsTheWork has another command take the lock over in the middle.
func TestALostLockEndsTheWork(t *testing.T) {
	p := folderPlace(t)
	p.deploy(t, first)
	p.built(t, second)
	var once sync.Once
	p.wrap = func(s storage) storage { return &robbed{faulty{storage: s, cut: newCutter()}, &once} }
	_, err := Deploy(t.Context(), p.Target, anything)
	wantFault(t, err, ruleLockLost)
	p.shows(t, first)
	if !p.locked(t) {
		t.Error("the other's lock was removed")
	}
}

type robbed struct {
	faulty
	once *sync.Once
}

func (r *robbed) put(ctx context.Context, key string, c content) error {
	r.once.Do(func() {
		if err := r.storage.put(ctx, keyLock, inMemory(keyLock, []byte("other\n"))); err != nil {
			panic(err)
		}
	})
	return r.storage.put(ctx, key, c)
}

// TestAFileThatChangesOnItsWayIsNotShown changes a file between the check and the
// sending.
func TestAFileThatChangesOnItsWayIsNotShown(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, first)
		p.built(t, second)
		p.wrap = func(s storage) storage {
			write(t, filepath.Join(p.Public, "index.html"), strings.ToUpper(second["index.html"]))
			return s
		}
		_, err := Deploy(t.Context(), p.Target, anything)
		wantFault(t, err, ruleAltered)
		p.shows(t, first)
	})
}

// TestAHostileRecordLeadsNowhere plants a release whose manifest names files
// outside of the target.
func TestAHostileRecordLeadsNowhere(t *testing.T) {
	for _, name := range []string{"../x", "/etc/x", `..\x`, "a/../../x", ".git/hooks/x", ".lienhiep/lock", "a\x00b", "a:b", "x\u202etxt.html", "a//b", "./a"} {
		text := fmt.Sprintf("%s\n%x  1  %s\n", manifestHead, sha256.Sum256([]byte("x")), name)
		if _, err := ParseManifest([]byte(text)); err == nil {
			t.Errorf("%q is taken for a file of a site", name)
		}
	}
	p := folderPlace(t)
	p.deploy(t, first)
	outside := filepath.Join(filepath.Dir(p.URL), "ngoai.html")
	record := fmt.Sprintf("%s\n%x  1  ../ngoai.html\n", manifestHead, sha256.Sum256([]byte("x")))
	write(t, filepath.Join(p.URL, keyReleases, "0009-aaaaaaaaaaaa.txt"), record)
	if _, err := Rollback(t.Context(), p.Target, "0009-aaaaaaaaaaaa", Options{}); err == nil {
		t.Error("no error")
	}
	if _, err := os.Lstat(outside); err == nil {
		t.Error("a file was written outside of the target")
	}
	p.shows(t, first)
}

// TestALinkInTheTargetLeadsNowhere plants a symbolic link where the site has a
// folder.
func TestALinkInTheTargetLeadsNowhere(t *testing.T) {
	p := folderPlace(t)
	outside := t.TempDir()
	write(t, filepath.Join(outside, "mot/index.html"), "ở ngoài")
	if err := os.Symlink(outside, filepath.Join(p.URL, "tin")); err != nil {
		t.Fatal(err)
	}
	p.built(t, first)
	if _, err := Deploy(t.Context(), p.Target, anything); err == nil {
		t.Error("no error")
	}
	if got := readTree(t, outside); got["mot/index.html"] != "ở ngoài" || len(got) != 1 {
		t.Errorf("files were written through the link: %v", got)
	}
}

func TestFaultsAreTold(t *testing.T) {
	setS3Secrets(t)
	closed := "127.0.0.1:9" // nobody listens there
	public := filepath.Join(t.TempDir(), "public")
	(&place{Target: Target{Public: public}}).built(t, first)
	ssh := newSSHServer(t)
	stranger := filepath.Join(t.TempDir(), "id")
	newSSHKey(t, &stranger)
	denied := denyingStore(t)
	rubbish, locked := filepath.Join(t.TempDir(), "rac"), lockedSSHKey(t)
	write(t, rubbish, "rác")
	t.Setenv(PasswordVariable, ftpserver.Password)
	web := ftpserver.New(t, ftpserver.Options{})
	webThat := func(o ftpserver.Options) string { return ftpsURL(ftpserver.New(t, o), "/") }
	unpinned := func(o ftpserver.Options) string {
		address, _, _ := strings.Cut(webThat(o), "?")
		return address
	}
	sshWith := func(identity, known string) string {
		return strings.NewReplacer(urlEscape(ssh.identity), urlEscape(identity), urlEscape(ssh.known), urlEscape(known)).Replace(ssh.url())
	}
	for name, c := range map[string]struct {
		url  string
		rule *diag.Rule
	}{
		"no folder":         {filepath.Join(t.TempDir(), "none"), ruleTargetMissing},
		"public itself":     {public, ruleTargetFolder},
		"around public":     {filepath.Dir(public), ruleTargetFolder},
		"the content":       {filepath.Join(filepath.Dir(public), "content"), ruleTargetFolder},
		"in the content":    {filepath.Join(filepath.Dir(public), "content", "tin-tuc"), ruleTargetFolder},
		"no address":        {"", ruleTargetURL},
		"strange scheme":    {"gopher://x/y", ruleTargetURL},
		"strange option":    {"s3://kho?region=x&mau=xanh", ruleTargetURL},
		"no bucket":         {"s3://?region=x", ruleTargetURL},
		"a path":            {"s3://kho/www?region=x", ruleTargetURL},
		"a user":            {"s3://khoa@kho?region=x", ruleTargetURL},
		"no region":         {"s3://kho", ruleTargetURL},
		"no endpoint":       {"s3://kho?endpoint=may-chu:9000", ruleTargetURL},
		"a path there":      {"s3://kho?endpoint=https://may-chu/s3", ruleTargetURL},
		"no boolean":        {"s3://kho?region=x&use_path_style=phai", ruleTargetURL},
		"no bucket's name":  {"s3://k?endpoint=http://127.0.0.1:9", ruleTargetURL},
		"a password there":  {"s3://kho?endpoint=https://u:" + planted[:10] + "@h", ruleTargetSecret},
		"strange option 2":  {"sftp://u@h/p?mau=xanh", ruleTargetURL},
		"no path":           {"sftp://u@h", ruleTargetURL},
		"a password":        {"sftp://u:" + planted[:10] + "@h/p", ruleTargetSecret},
		"a token":           {"azblob://kho?sas_token=" + planted[:10], ruleTargetSecret},
		"nobody there":      {s3URL("http://" + closed), ruleUnreachable},
		"no ssh there":      {strings.Replace(ssh.url(), ssh.address, closed, 1), ruleUnreachable},
		"no such bucket":    {strings.Replace(s3Place(t).URL, "s3://kho", "s3://khong-co", 1), ruleTargetMissing},
		"no S3 key":         {"s3://kho?region=x&profile=khong-co", ruleNoKey},
		"Google's protocol": {"gs://kho", ruleNotS3},
		"Azure's protocol":  {"azblob://$web", ruleNotS3},
		"wrong key":         {denied("InvalidAccessKeyId"), ruleDenied},
		"no permission":     {denied("AccessDenied"), ruleDenied},
		"clock":             {denied("RequestTimeTooSkewed"), ruleClock},
		"quota":             {denied("QuotaExceeded"), ruleFull},
		"wrong ssh key":     {strings.Replace(ssh.url(), urlEscape(ssh.identity), urlEscape(stranger), 1), ruleSSHDenied},
		"no ssh key":        {sshWith(rubbish, ssh.known), ruleSSHKey},
		"a locked key":      {sshWith(locked, ssh.known), ruleSSHKey},
		"no list of hosts":  {sshWith(ssh.identity, rubbish), ruleKnownHosts},
		"no known hosts":    {strings.Replace(ssh.url(), "known_hosts=", "known_hosts=/none", 1), ruleHostKeyUnknown},
		"plain FTP":         {"ftp://u@h/p", rulePlainFTP},
		"ftps, no path":     {"ftps://u@h", ruleTargetURL},
		"ftps, no user":     {"ftps://h/p", ruleTargetURL},
		"ftps, an option":   {"ftps://u@h/p?mau=xanh", ruleTargetURL},
		"ftps, two lines":   {"ftps://u@h/p%0d%0aDELE%20x", ruleTargetURL},
		"ftps, a user's":    {"ftps://u%0d%0aDELE%20x@h/p", ruleTargetURL},
		"ftps, fingerprint": {"ftps://u@h/p?fingerprint=abcd", ruleTargetURL},
		"ftps, a password":  {"ftps://u:" + planted[:10] + "@h/p", ruleTargetSecret},
		"ftps, nobody":      {"ftps://u@" + closed + "/p", ruleUnreachable},
		"ftps, wrong user":  {strings.Replace(ftpsURL(web, "/"), ftpserver.User, "ai-do", 1), ruleFTPSDenied},
		"ftps, no folder":   {ftpsURL(web, "/khong-co"), ruleTargetMissing},
		"ftps, none home":   {ftpsURL(web, "/~/khong-co"), ruleTargetMissing},
		"ftps, no TLS":      {webThat(ftpserver.Options{NoTLS: true}), ruleFTPSPlain},
		"ftps, TLS in part": {webThat(ftpserver.Options{NoProtection: true}), ruleFTPSPlain},
		"ftps, one at once": {webThat(ftpserver.Options{Most: 1}), ruleFTPSBusy},
		"ftps, stranger":    {strings.Replace(ftpsURL(web, "/"), "fingerprint=", "fingerprint=00", 1)[:len(ftpsURL(web, "/"))], ruleCertificateChanged},
		"ftps, self-signed": {unpinned(ftpserver.Options{}), ruleCertificateUnknown},
		"ftps, old, itself": {unpinned(ftpserver.Options{Until: time.Now().Add(-time.Hour), For: "x.vn"}), ruleCertificateUnknown},
		"ftps, an issuer":   {unpinned(ftpserver.Options{Issued: true}), ruleCertificateUnknown},
		"ftps, other name":  {unpinned(ftpserver.Options{Issued: true, For: "may-7.cho-thue.vn"}), ruleCertificateName},
		"ftps, expired":     {unpinned(ftpserver.Options{Issued: true, Until: time.Now().Add(-time.Hour)}), ruleCertificateExpired},
		"no ssh folder":     {strings.Replace(ssh.url(), ssh.dir, ssh.dir+"/none", 1), ruleTargetMissing},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Deploy(t.Context(), Target{Name: "noi-thu", URL: c.url, Public: public}, anything)
			wantFault(t, err, c.rule)
			var f *Fault
			if errors.As(err, &f) {
				for _, l := range []diag.Lang{diag.Vietnamese, diag.English} {
					if said := f.Findings[0].Message(l) + f.Findings[0].Hint(l); strings.Contains(said, planted[:10]) {
						t.Errorf("the secret is told: %s", said)
					}
				}
			}
		})
	}
	t.Run("no password", func(t *testing.T) {
		t.Setenv(PasswordVariable, "")
		_, err := Deploy(t.Context(), Target{Name: "noi-thu", URL: ftpsURL(web, "/"), Public: public}, anything)
		wantFault(t, err, ruleNoPassword)
		ask := func(account string) (string, error) {
			if account != ftpserver.User+"@127.0.0.1" {
				t.Errorf("asked for the password of %s", account)
			}
			return ftpserver.Password, nil
		}
		if _, err := Deploy(t.Context(), Target{Name: "noi-thu", URL: ftpsURL(web, "/"), Public: public, Ask: ask}, anything); err != nil {
			t.Error(err)
		}
	})
	t.Run("no way for data", func(t *testing.T) {
		dial := func(ctx context.Context, network, address string) (net.Conn, error) {
			if address != web.Address {
				return nil, syscall.EHOSTUNREACH
			}
			return new(net.Dialer).DialContext(ctx, network, address)
		}
		_, err := Deploy(t.Context(), Target{Name: "noi-thu", URL: ftpsURL(web, "/"), Public: public, dial: dial}, anything)
		wantFault(t, err, ruleFTPSData)
	})
	t.Run("another host key", func(t *testing.T) {
		ssh.remember(t, newSSHKey(t, nil).PublicKey())
		_, err := Deploy(t.Context(), Target{Name: "noi-thu", URL: ssh.url(), Public: public}, anything)
		wantFault(t, err, ruleHostKeyChanged)
	})
	t.Run("a folder where the link should be", func(t *testing.T) {
		s := newSSHServer(t)
		write(t, filepath.Join(s.dir, linkCurrent, "index.html"), "trang cũ")
		_, err := Deploy(t.Context(), Target{Name: "noi-thu", URL: s.url(), Public: public}, anything)
		wantFault(t, err, ruleNotALink)
	})
}

// TestAnotherClockDoesNotMatter has the store's clock run an hour away from ours.
func TestAnotherClockDoesNotMatter(t *testing.T) {
	for _, skew := range []time.Duration{-time.Hour, time.Hour} {
		p := s3Place(t)
		p.shift(skew)
		p.deploy(t, first)
		p.built(t, second)
		s, err := p.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		if err := s.create(t.Context(), keyLock, []byte("ai-do\n")); err != nil {
			t.Fatal(err)
		}
		_, err = Deploy(t.Context(), p.Target, anything)
		wantFault(t, err, ruleLocked)
		p.age(t)
		if _, err := Deploy(t.Context(), p.Target, anything); err != nil {
			t.Fatal(err)
		}
		p.shows(t, second)
	}
}
