package ftps

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lienhiep/internal/ftpserver"
)

// connect logs in to a server.
func connect(t *testing.T, s *ftpserver.Server) *Conn {
	t.Helper()
	c, err := Dial(t.Context(), configOf(t, s))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func configOf(t *testing.T, s *ftpserver.Server) Config {
	t.Helper()
	host, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		t.Fatal(err)
	}
	return Config{Host: host, Port: port, User: ftpserver.User, Password: ftpserver.Password, Roots: s.Roots()}
}

func store(t *testing.T, c *Conn, name, text string) {
	t.Helper()
	if err := c.Store(t.Context(), name, strings.NewReader(text), 0); err != nil {
		t.Fatal(err)
	}
}

func fetch(t *testing.T, c *Conn, name string) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Fetch(t.Context(), name, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFiles goes through all that can be done with files, on a new server and on an old.
// Either refuses a data connection that does not resume its control connection's session.
func TestFiles(t *testing.T) {
	for name, o := range map[string]ftpserver.Options{
		"new": {}, "old": {OldTLS: true, NoMLSD: true, NoEPSV: true, NoOptions: true},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			c := connect(t, ftpserver.New(t, o))
			if c.Home() != "/" {
				t.Errorf("at home in %q", c.Home())
			}
			if err := c.MakeFolder(ctx, "/thư mục"); err != nil {
				t.Fatal(err)
			}
			if err := c.MakeFolder(ctx, "/thư mục"); err == nil {
				t.Error("a folder was made twice")
			}
			for _, text := range []string{"", "một", strings.Repeat("0123456789", 200_000)} {
				store(t, c, "/thư mục/.ẩn", text)
				if got := fetch(t, c, "/thư mục/.ẩn"); got != text {
					t.Errorf("of %d bytes came back %d", len(text), len(got))
				}
				if n, err := c.Size(ctx, "/thư mục/.ẩn"); err != nil || n != int64(len(text)) {
					t.Errorf("the size is %d, %v", n, err)
				}
			}
			if when, err := c.Modified(ctx, "/thư mục/.ẩn"); err != nil || time.Since(when).Abs() > time.Minute {
				t.Errorf("written at %v, %v", when, err)
			}
			store(t, c, "/mới", "mới")
			if err := c.Move(ctx, "/mới", "/thư mục/.ẩn"); err != nil {
				t.Fatal(err)
			}
			if err := c.Store(ctx, "/thư mục/.ẩn", strings.NewReader(" hơn"), int64(len("mới"))); err != nil {
				t.Fatal(err)
			}
			if got := fetch(t, c, "/thư mục/.ẩn"); got != "mới hơn" {
				t.Errorf("%q", got)
			}
			if err := c.Chmod(ctx, "/thư mục/.ẩn", 0o640); err != nil {
				t.Fatal(err)
			}
			entries, err := c.List(ctx, "/thư mục")
			if err != nil || len(entries) != 1 || entries[0].Name != ".ẩn" || entries[0].Size != int64(len("mới hơn")) || !entries[0].Bits || entries[0].Mode != 0o640 {
				t.Errorf("%+v, %v", entries, err)
			}
			top, err := c.List(ctx, "/")
			if err != nil || len(top) != 1 || !top[0].Mode.IsDir() {
				t.Errorf("%+v, %v", top, err)
			}
			for what, err := range map[string]error{
				"a folder in use": c.RemoveFolder(ctx, "/thư mục"), "no file": c.Remove(ctx, "/không có"),
				"no file to read": c.Fetch(ctx, "/không có", io.Discard),
			} {
				var said *textproto.Error
				if !errors.As(err, &said) || c.Broken() {
					t.Errorf("%s: %v", what, err)
				}
			}
			if err := c.Move(ctx, "/không có", "/x"); !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
			for name, want := range map[string]bool{"/thư mục": true, "/thư mục/.ẩn": false, "/không có": false} {
				if is, err := c.IsFolder(ctx, name); err != nil || is != want {
					t.Errorf("%s is a folder: %v, %v", name, is, err)
				}
			}
			if err := errors.Join(c.Remove(ctx, "/thư mục/.ẩn"), c.RemoveFolder(ctx, "/thư mục")); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestManyAtOnce has connections that would be refused if they took each other's tickets.
func TestManyAtOnce(t *testing.T) {
	s := ftpserver.New(t, ftpserver.Options{})
	var wg sync.WaitGroup
	for i := range 6 {
		c := connect(t, s)
		wg.Go(func() {
			for range 10 {
				if err := c.Store(t.Context(), "/"+string(rune('a'+i)), strings.NewReader("x"), 0); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// TestNothingIsSaidInTheClear records what a server hears before it encrypts, and what it
// hears at all if it does not, or only in part, or is somebody else.
func TestNothingIsSaidInTheClear(t *testing.T) {
	pinned := func(c *Config) { c.Fingerprint = bytes.Repeat([]byte{1}, 32) }
	unknown := func(c *Config) { c.Roots = x509.NewCertPool() }
	for name, test := range map[string]struct {
		o      ftpserver.Options
		change func(*Config)
		want   error
		heard  string
	}{
		"all is well": {heard: "AUTH USER PASS PBSZ PROT FEAT OPTS PWD TYPE"},
		"no TLS":      {o: ftpserver.Options{NoTLS: true}, want: ErrNoTLS, heard: "AUTH"},
		"TLS in part": {o: ftpserver.Options{NoProtection: true}, want: ErrNoTLS, heard: "AUTH USER PASS PBSZ PROT"},
		"unknown":     {change: unknown, want: &CertificateError{}, heard: "AUTH"},
		"pinned":      {change: pinned, want: &CertificateError{}, heard: "AUTH"},
		"other name":  {o: ftpserver.Options{For: "x.vn"}, want: &CertificateError{}, heard: "AUTH"},
		"expired":     {o: ftpserver.Options{Until: time.Now().Add(-time.Hour)}, want: &CertificateError{}, heard: "AUTH"},
		"wrong user":  {change: func(c *Config) { c.User = "ai-do" }, want: ErrDenied, heard: "AUTH USER PASS"},
		"two lines":   {change: func(c *Config) { c.User = "x\r\nDELE x" }, want: fs.ErrInvalid, heard: "AUTH"},
	} {
		t.Run(name, func(t *testing.T) {
			var mu sync.Mutex
			var heard []string
			test.o.Before = func(command, _ string) string {
				mu.Lock()
				defer mu.Unlock()
				heard = append(heard, command)
				return ""
			}
			s := ftpserver.New(t, test.o)
			config := configOf(t, s)
			if test.change != nil {
				test.change(&config)
			}
			c, err := Dial(t.Context(), config)
			var proof *CertificateError
			if _, isProof := test.want.(*CertificateError); isProof && !errors.As(err, &proof) || !isProof && !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
			mu.Lock()
			if got := strings.Join(heard, " "); got != test.heard {
				t.Errorf("the server hears %s, want %s", got, test.heard)
			}
			mu.Unlock()
			if err == nil {
				c.Close()
			}
		})
	}
}

// TestNoNameIsACommand gives names that would be two.
func TestNoNameIsACommand(t *testing.T) {
	s := ftpserver.New(t, ftpserver.Options{})
	c := connect(t, s)
	store(t, c, "/giu", "x")
	ctx := t.Context()
	for _, name := range []string{"/a\r\nDELE /giu", "/a\nDELE /giu", "/a\rDELE /giu", "/a\x00"} {
		_, size := c.Size(ctx, name)
		for what, err := range map[string]error{"Remove": c.Remove(ctx, name), "MakeFolder": c.MakeFolder(ctx, name), "Rename": c.Move(ctx, "/giu", name),
			"Store": c.Store(ctx, name, strings.NewReader(""), 0), "Fetch": c.Fetch(ctx, name, io.Discard), "Size": size} {
			if err == nil {
				t.Errorf("%s takes %q", what, name)
			}
		}
	}
	if got := fetch(t, c, "/giu"); got != "x" {
		t.Errorf("%q", got)
	}
}

// TestAContextEndsWhatHangs has a server that never answers.
func TestAContextEndsWhatHangs(t *testing.T) {
	defer func(p time.Duration) { patience = p }(patience)
	patience = time.Hour
	release := make(chan bool)
	defer close(release)
	ctx, cancel := context.WithCancel(t.Context())
	c := connect(t, ftpserver.New(t, ftpserver.Options{Before: func(command, _ string) string {
		if command == "SIZE" {
			cancel()
			<-release
		}
		return ""
	}}))
	if _, err := c.Size(ctx, "/x"); !errors.Is(err, context.Canceled) || !c.Broken() {
		t.Errorf("%v, and broken: %v", err, c.Broken())
	}
}

// TestASilentServerIsGivenUp has one that never answers, and nobody to stop it.
func TestASilentServerIsGivenUp(t *testing.T) {
	defer func(p time.Duration) { patience = p }(patience)
	release := make(chan bool)
	defer close(release)
	s := ftpserver.New(t, ftpserver.Options{Before: func(command, _ string) string {
		if command == "SIZE" {
			<-release
		}
		return ""
	}})
	patience = 200 * time.Millisecond
	c := connect(t, s)
	var late net.Error
	if _, err := c.Size(t.Context(), "/x"); !errors.As(err, &late) || !late.Timeout() || !c.Broken() {
		t.Errorf("%v, and broken: %v", err, c.Broken())
	}
}

// TestAServersLimits are told by name.
func TestAServersLimits(t *testing.T) {
	s := ftpserver.New(t, ftpserver.Options{Most: 1, NoRestart: true})
	c := connect(t, s)
	if _, err := Dial(t.Context(), configOf(t, s)); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	store(t, c, "/a", "abc")
	if err := c.Store(t.Context(), "/a", strings.NewReader("d"), 3); !errors.Is(err, ErrRestart) || c.Broken() {
		t.Errorf("%v, and broken: %v", err, c.Broken())
	}
	var control atomic.Bool
	config := configOf(t, ftpserver.New(t, ftpserver.Options{}))
	config.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		if control.Swap(true) {
			return nil, errors.New("no route")
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	d, err := Dial(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.List(t.Context(), "/"); !errors.Is(err, ErrData) {
		t.Error(err)
	}
}

// TestALineThatIsCutIsNoWholeFile has the client's end of a data connection fail.
func TestALineThatIsCutIsNoWholeFile(t *testing.T) {
	c := connect(t, ftpserver.New(t, ftpserver.Options{}))
	err := c.Store(t.Context(), "/a", io.MultiReader(strings.NewReader("abc"), brokenReader{}), 0)
	if !errors.Is(err, errBroken) || !c.Broken() {
		t.Errorf("%v, and broken: %v", err, c.Broken())
	}
}

var errBroken = errors.New("the source is broken")

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

func TestListings(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	at := func(year int, month time.Month, day, hour, minute int) time.Time {
		return time.Date(year, month, day, hour, minute, 0, 0, time.UTC)
	}
	for line, want := range map[string]Entry{
		"-rw-r--r--    1 1000     1000         1234 Feb 28 09:20 index.html":    {"index.html", 1234, 0o644, true, at(2026, 2, 28, 9, 20)},
		"-rw-r--r--    1 1000     1000         1234 Mar  2 09:20 a":             {"a", 1234, 0o644, true, at(2026, 3, 2, 9, 20)},
		"-rw-------    1 1000     1000            0 Dec  9 2024 .htaccess":      {".htaccess", 0, 0o600, true, at(2024, 12, 9, 0, 0)},
		"-rw-r--r--    1 web      web             5 Dec 31 23:59 a  b ":         {"a  b ", 5, 0o644, true, at(2025, 12, 31, 23, 59)},
		"-rw-r--r--    1 web      web             5 Feb 29 23:59 a":             {"a", 5, 0o644, true, at(2024, 2, 29, 23, 59)},
		"drwxr-xr-x    3 ftp      ftp          4096 Jan 01 00:00 tin-tuc":       {"tin-tuc", 4096, fs.ModeDir | 0o755, true, at(2026, 1, 1, 0, 0)},
		"lrwxrwxrwx    1 0        0              11 Jan 01 00:00 www -> a/b":    {"www", 11, fs.ModeSymlink | 0o777, true, at(2026, 1, 1, 0, 0)},
		"prw-r--r--    1 0        0               0 Jan 01 00:00 ống":           {"ống", 0, fs.ModeIrregular | 0o644, true, at(2026, 1, 1, 0, 0)},
		"-rwsr-xr-t+   1 web      domain          5 Jan 01 00:00 a":             {"a", 5, 0o755, true, at(2026, 1, 1, 0, 0)},
		"-rw-r--r--    1 web             12345678901 Jan 01 00:00 2025 10:00 a": {"2025 10:00 a", 12345678901, 0o644, true, at(2026, 1, 1, 0, 0)},
		"01-31-26  03:04PM       <DIR>          thu muc":                        {"thu muc", 0, fs.ModeDir, false, at(2026, 1, 31, 15, 4)},
		"01-31-2026  03:04AM               1234 a.txt":                          {"a.txt", 1234, 0, false, at(2026, 1, 31, 3, 4)},
		"01-31-26  15:04                   1234 a.txt":                          {"a.txt", 1234, 0, false, at(2026, 1, 31, 15, 4)},
	} {
		if got, ok := parseLine(line, now); !ok || got != want {
			t.Errorf("%q is %+v, %v, want %+v", line, got, ok, want)
		}
	}
	for _, line := range []string{"", "total 12", "rubbish", "-rw-r--r--", "ls: cannot open directory"} {
		if got, ok := parseLine(line, now); ok {
			t.Errorf("%q is %+v", line, got)
		}
	}
	for line, want := range map[string]Entry{
		"type=file;size=12;modify=20260102030405;UNIX.mode=0644; a  b ":    {"a  b ", 12, 0o644, true, at(2026, 1, 2, 3, 4).Add(5 * time.Second)},
		"Modify=20260102030405.678;Perm=adfr;Size=7;Type=file;Unique=x; a": {"a", 7, 0, false, at(2026, 1, 2, 3, 4).Add(5*time.Second + 678*time.Millisecond)},
		"type=dir;modify=20260102030405;UNIX.mode=0755; d; e":              {"d; e", 0, fs.ModeDir | 0o755, true, at(2026, 1, 2, 3, 4).Add(5 * time.Second)},
		"type=OS.unix=slink:/srv;size=4;UNIX.mode=0777; www":               {"www", 4, fs.ModeSymlink | 0o777, true, time.Time{}},
		"type=OS.unix=symlink;size=4; www":                                 {"www", 4, fs.ModeSymlink, false, time.Time{}},
		"type=OS.unix=socket; s":                                           {"s", 0, fs.ModeIrregular, false, time.Time{}},
	} {
		if got, ok := parseFacts(line); !ok || got != want {
			t.Errorf("%q is %+v, %v, want %+v", line, got, ok, want)
		}
	}
	names := func(text string) (all []string) {
		for _, e := range parse(text, parseFacts) {
			all = append(all, e.Name)
		}
		return all
	}
	if got := names("type=cdir; .\r\ntype=pdir; ..\r\ntype=dir; ..\r\ntype=file; ../x\r\ntype=file; a/b\r\nrác\r\ntype=file; y\n"); !slices.Equal(got, []string{"y"}) {
		t.Errorf("%q", got)
	}
}
