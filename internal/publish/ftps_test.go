package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lienhiep/internal/ftps"
	"lienhiep/internal/ftpserver"
	"lienhiep/internal/needs"
)

// ftpsChanges are the commands that change something.
var ftpsChanges = []string{"STOR", "RNTO", "DELE", "MKD", "RMD", "SITE"}

// ftpsPlace is web space on a server of ours, which can be cut off before each command
// that changes something, and after a file has come but before that is told.
func ftpsPlace(t testing.TB, o ftpserver.Options) *place {
	cut := newCutter()
	o.Before = func(command, _ string) string {
		if cut.broken() || slices.Contains(ftpsChanges, command) && !cut.write() {
			return "421 Cut off."
		}
		return ""
	}
	o.After = func(string) bool { return cut.write() }
	server := ftpserver.New(t, o)
	t.Setenv(PasswordVariable, ftpserver.Password)
	p := ftpsAt(t, server.Dir, ftpsURL(server, "/"))
	p.cut, p.watch = cut.set, func(f func()) { cut.seen.Store(&f) }
	return p
}

// oldFTPSPlace is a server that can do hardly anything.
func oldFTPSPlace(t testing.TB) *place {
	return ftpsPlace(t, ftpserver.Options{OldTLS: true, NoMLSD: true, NoEPSV: true, NoRestart: true, NoOverwrite: true, NoOptions: true, NoSize: true, Umask: 0o077})
}

// TestACutNeverTakesMoreThanOneFile cuts the line to a server that lets nothing take a
// file's place, at any step. The same command mends what was cut.
func TestACutNeverTakesMoreThanOneFile(t *testing.T) {
	needs.Ask(t, needs.Long)
	p := oldFTPSPlace(t)
	missing := 0
	for steps := 40; ; steps += 2 { // before, contents are sent
		p.deploy(t, first)
		p.built(t, second)
		p.cut(steps)
		_, err := Deploy(t.Context(), p.Target, anything)
		p.cut(-1)
		now := p.files(t)
		lost := 0
		for name := range first {
			_, stays := second[name]
			if _, there := now[name]; stays && !there {
				lost++
			}
		}
		if missing += lost; lost > 1 {
			t.Errorf("after %d steps %d files are missing", steps, lost)
		}
		if err == nil {
			break
		}
		if p.locked(t) {
			p.age(t)
		}
		p.deploy(t, second)
		p.shows(t, second)
	}
	if missing == 0 {
		t.Error("nothing was ever missing: the line was cut elsewhere")
	}
}

// TestALockIsNeverBetweenNames leaves the lock as a command does that is cut off while
// it renews it on a server that lets nothing take a file's place.
func TestALockIsNeverBetweenNames(t *testing.T) {
	p := oldFTPSPlace(t)
	p.deploy(t, first)
	s, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if err := s.create(t.Context(), keyLock, []byte("chi-lan@may-kia\nx\n")); err != nil {
		t.Fatal(err)
	}
	w := s.(*webspace)
	err = w.do(t.Context(), keyLock, func(c *ftps.Conn) error {
		return c.Move(t.Context(), w.at(keyLock), w.at(keyLock+lockBefore))
	})
	if err != nil {
		t.Fatal(err)
	}
	p.built(t, second)
	_, err = Deploy(t.Context(), p.Target, anything)
	wantFault(t, err, ruleLocked)
	if err == nil || !strings.Contains(err.Error(), "chi-lan@may-kia") {
		t.Errorf("who holds the lock is not told: %v", err)
	}
	p.age(t)
	p.deploy(t, second)
	p.shows(t, second)
	if p.locked(t) {
		t.Error("the lock was left behind")
	}
}

// TestARecordSparesReading counts the files that are read where nothing has changed,
// where one was changed from elsewhere, and where the record is gone or damaged.
func TestARecordSparesReading(t *testing.T) {
	var read atomic.Int64
	server := ftpserver.New(t, ftpserver.Options{Before: func(command, name string) string {
		if base := path.Base(name); command == "RETR" && !strings.Contains(name, home) && base != ManifestName && base != DeployedName {
			read.Add(1)
		}
		return ""
	}})
	t.Setenv(PasswordVariable, ftpserver.Password)
	dir := server.Dir
	p := ftpsAt(t, dir, ftpsURL(server, "/"))
	deploy := func(what string, most int64, changed int) {
		t.Helper()
		read.Store(0)
		if r := p.deploy(t, first); len(r.Changed) != changed {
			t.Errorf("%s: %q were changed", what, r.Changed)
		}
		p.shows(t, first)
		if n := read.Load(); n > most || most > 0 && n == 0 {
			t.Errorf("%s: %d files were read", what, n)
		}
	}
	record := filepath.Join(dir, keyInPlace)
	deploy("the first time", 0, 0)
	deploy("nothing has changed", 0, 0)
	write(t, filepath.Join(dir, "index.html"), strings.ToUpper(first["index.html"]))
	later := time.Now().Add(time.Minute)
	if err := os.Chtimes(filepath.Join(dir, "index.html"), later, later); err != nil {
		t.Fatal(err)
	}
	deploy("a page was changed from elsewhere", 1, 1)
	for what, text := range map[string]string{"the record is damaged": "rác", "the record is empty": ""} {
		write(t, record, text)
		deploy(what, int64(len(first)), 0)
		deploy(what+", again", 0, 0)
	}
	if err := os.Remove(record); err != nil {
		t.Fatal(err)
	}
	deploy("the record is gone", int64(len(first)), 0)
	deploy("the record is gone, again", 0, 0)
}

// TestTheControlLineIsCutAfterALongFile has a router forget the control connection while
// a file is on its way: what has arrived is not sent again.
func TestTheControlLineIsCutAfterALongFile(t *testing.T) {
	var stored, cuts atomic.Int64
	server := ftpserver.New(t, ftpserver.Options{
		Before: func(command, name string) string {
			if command == "STOR" && strings.Contains(name, keyTemporary) {
				stored.Add(1)
			}
			return ""
		},
		After: func(string) bool { return cuts.Add(1) > 1 },
	})
	t.Setenv(PasswordVariable, ftpserver.Password)
	p := ftpsAt(t, server.Dir, ftpsURL(server, "/"))
	s, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	c := inMemory("phim.mp4", bytes.Repeat([]byte("0123456789abcdef"), 1<<20/16))
	if err := (retried{s}).put(t.Context(), c.Path, c); err != nil {
		t.Fatal(err)
	}
	if got := p.files(t)[c.Path]; sha256.Sum256([]byte(got)) != c.Sum {
		t.Errorf("%d bytes have arrived", len(got))
	}
	if n := stored.Load(); n != 1 {
		t.Errorf("the file was sent %d times", n)
	}
}

// TestNothingIsSentWhileASiteChanges listens to what a server is told between the first
// and the last file that takes its place: that must not take long.
func TestNothingIsSentWhileASiteChanges(t *testing.T) {
	var mu sync.Mutex
	var heard []string
	server := ftpserver.New(t, ftpserver.Options{Before: func(command, name string) string {
		mu.Lock()
		defer mu.Unlock()
		if command == "RNTO" && !strings.Contains(name, home) {
			command = "into place"
		}
		heard = append(heard, command)
		return ""
	}})
	t.Setenv(PasswordVariable, ftpserver.Password)
	p := ftpsAt(t, server.Dir, ftpsURL(server, "/"))
	changing := func() []string {
		mu.Lock()
		defer mu.Unlock()
		from := slices.Index(heard, "into place")
		slices.Reverse(heard)
		to := len(heard) - slices.Index(heard, "into place")
		slices.Reverse(heard)
		all := heard[from:to]
		heard = nil
		return all
	}
	p.deploy(t, first)
	changing()
	p.deploy(t, second)
	all := changing()
	if _, err := Rollback(t.Context(), p.Target, "", Options{}); err != nil {
		t.Fatal(err)
	}
	p.shows(t, first)
	for _, all := range [][]string{all, changing()} {
		if slices.Contains(all, "STOR") || len(all) < 3 {
			t.Errorf("the server hears %q", all)
		}
	}
}

// TestAFullDiskIsTold has a server say so, as the protocol has it.
func TestAFullDiskIsTold(t *testing.T) {
	p := ftpsPlace(t, ftpserver.Options{Limit: 2000})
	p.deploy(t, first)
	large := maps.Clone(second)
	large["tin/mot/index.html"] += strings.Repeat(" ", 3000)
	p.built(t, large)
	_, err := Deploy(t.Context(), p.Target, anything)
	wantFault(t, err, ruleFull)
	p.shows(t, first)
}

func ftpsURL(s *ftpserver.Server, path string) string {
	return "ftps://" + ftpserver.User + "@" + s.Address + path + "?" + url.Values{"fingerprint": {hex.EncodeToString(s.Fingerprint())}}.Encode()
}

// ftpsAt is web space that lies in a folder of this machine.
func ftpsAt(t testing.TB, dir, address string) *place {
	return &place{
		Target: Target{Name: "noi-thu", URL: address, Public: filepath.Join(t.TempDir(), "public")},
		files:  func(t testing.TB) map[string]string { return withoutHome(readTree(t, dir)) },
		all: func(t testing.TB) []string {
			all := keysOf(readTree(t, dir))
			for i, name := range all {
				all[i] = strings.TrimSuffix(name, lockFile)
			}
			return all
		},
		shift: func(d time.Duration) { shiftTimes(t, dir, d) },
		age: func(t testing.TB) {
			old := time.Now().Add(-2 * lockExpiry)
			for _, name := range []string{lockFile, lockBefore} {
				if err := os.Chtimes(filepath.Join(dir, keyLock+name), old, old); ignoreMissing(err) != nil {
					t.Fatal(err)
				}
			}
		},
	}
}
