package publish

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"lienhiep/internal/ftpserver"
)

func TestMain(m *testing.M) {
	firstPause = time.Microsecond
	if target := os.Getenv(deployVariable); target != "" {
		os.Exit(deployAlone(target))
	}
	os.Exit(m.Run())
}

// place is a target for a test, and what its readers get.
type place struct {
	Target
	// files are what is served now, by path.
	files func(t testing.TB) map[string]string
	// cut lets the connection fail for good after n more writes; a negative n
	// mends it.
	cut func(n int)
	// watch has f called at each write that reaches the target.
	watch func(f func())
	disk  error // what a cut-off folder says
	// age makes the lock look old.
	age func(t testing.TB)
	// all are all keys at the target, our records among them.
	all func(t testing.TB) []string
	// sent are the headers that the last write to an address came with.
	sent func(address string) http.Header
	// shift moves the target's clock.
	shift func(time.Duration)
	// bare is a target that gives out hidden files, and so gets no tombstones.
	bare bool
	// had is everything that was ever built here, by path.
	had map[string]string
	// atomic is a target whose readers never see a mix of two releases.
	atomic bool
}

// places are the kinds of targets that every test of deploying runs against.
var places = map[string]func(testing.TB) *place{
	"folder": folderPlace, "s3": s3Place, "sftp": sftpPlace,
	"ftps": func(t testing.TB) *place { return ftpsPlace(t, ftpserver.Options{}) },
}

func everywhere(t *testing.T, test func(*testing.T, *place)) {
	for name, make := range places {
		t.Run(name, func(t *testing.T) { test(t, make(t)) })
	}
}

// cutter counts writes and says when the connection is to fail.
type cutter struct {
	left atomic.Int64
	seen atomic.Pointer[func()] // called at each write
}

func newCutter() *cutter {
	c := &cutter{}
	c.set(-1)
	return c
}

const never = 1 << 40

func (c *cutter) set(n int) {
	if n < 0 {
		n = never
	}
	c.left.Store(int64(n))
}

// broken reports whether the connection has failed.
func (c *cutter) broken() bool { return c.left.Load() <= 0 }

// write counts a write and reports whether it goes through.
func (c *cutter) write() bool {
	if seen := c.seen.Load(); seen != nil {
		(*seen)()
	}
	return c.left.Add(-1) >= 0
}

func readTree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() || d.Type() == fs.ModeSymlink {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // in the middle of a deploy
		}
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func keysOf(files map[string]string) []string {
	var all []string
	for name := range files {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func withoutHome(files map[string]string) map[string]string {
	for name := range files {
		if strings.HasPrefix(name, home) {
			delete(files, name)
		}
	}
	return files
}

func folderPlace(t testing.TB) *place { return folderAt(t, t.TempDir()) }

func folderAt(t testing.TB, dir string) *place {
	return &place{
		Target: Target{Name: "noi-thu", URL: dir, Public: filepath.Join(t.TempDir(), "public")},
		files:  func(t testing.TB) map[string]string { return withoutHome(readTree(t, dir)) },
		all:    func(t testing.TB) []string { return keysOf(readTree(t, dir)) },
		shift:  func(d time.Duration) { shiftTimes(t, dir, d) },
		watch:  func(f func()) { watchFolder(t, dir, f) },
		age: func(t testing.TB) {
			old := time.Now().Add(-2 * lockExpiry)
			if err := os.Chtimes(filepath.Join(dir, keyLock), old, old); err != nil {
				t.Fatal(err)
			}
		},
	}
}

// watchFolder calls f when a file in the folder, or in one that is in it now, has
// been renamed: each whole file comes by its name so.
func watchFolder(t testing.TB, dir string, f func()) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return w.Add(name)
	})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for e := range w.Events {
			if e.Has(fsnotify.Rename) || e.Has(fsnotify.Remove) {
				f()
			}
		}
	}()
}

// bucketClock is a store's clock, which only tests move.
type bucketClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *bucketClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *bucketClock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }

func (c *bucketClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func s3Place(t testing.TB) *place { return s3PlaceThat(t, false) }

// s3PlaceThat makes a store that, when it is cut off, refuses, or, hard, breaks
// the connection.
func s3PlaceThat(t testing.TB, hard bool) *place {
	clock := &bucketClock{now: time.Now()}
	backend := s3mem.New(s3mem.WithTimeSource(clock))
	if err := backend.CreateBucket("kho"); err != nil {
		t.Fatal(err)
	}
	fake := gofakes3.New(backend, gofakes3.WithTimeSource(clock), gofakes3.WithTimeSkewLimit(0)).Server()
	cut := newCutter()
	var sent sync.Map // headers of what was written, by address
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		isWrite := r.Method != http.MethodGet && r.Method != http.MethodHead
		if cut.broken() || isWrite && !cut.write() {
			if hard {
				panic(http.ErrAbortHandler) // the connection is cut
			}
			w.WriteHeader(http.StatusForbidden) // which no library tries again
			return
		}
		if isWrite {
			sent.Store(r.URL.Path, r.Header)
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	setS3Secrets(t)
	read := func(t testing.TB) map[string]string {
		files := map[string]string{}
		list, err := backend.ListBucket("kho", nil, gofakes3.ListBucketPage{})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range list.Contents {
			got, err := backend.GetObject("kho", o.Key, nil)
			if gofakes3.HasErrorCode(err, gofakes3.ErrNoSuchKey) {
				continue // removed in the meantime
			}
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(got.Contents)
			if err != nil {
				t.Fatal(err)
			}
			files[o.Key] = string(data)
		}
		return files
	}
	return &place{
		Target: Target{Name: "noi-thu", URL: s3URL(server.URL), Public: filepath.Join(t.TempDir(), "public")},
		files:  func(t testing.TB) map[string]string { return withoutHome(read(t)) },
		all:    func(t testing.TB) []string { return keysOf(read(t)) },
		cut:    cut.set,
		watch:  func(f func()) { cut.seen.Store(&f) },
		age:    func(testing.TB) { clock.advance(2 * lockExpiry) },
		shift:  clock.advance,
		bare:   true,
		sent: func(address string) http.Header {
			h, _ := sent.Load(address)
			headers, _ := h.(http.Header)
			return headers
		},
	}
}

func s3URL(endpoint string) string {
	return "s3://kho?region=us-east-1&use_path_style=true&endpoint=" + url.QueryEscape(endpoint)
}

// planted is a secret that must never be printed.
const planted = "BiMatKhongDuocIn/0123456789+abcdef"

func setS3Secrets(t testing.TB) {
	t.Setenv("AWS_ACCESS_KEY_ID", "khoa")
	t.Setenv("AWS_SECRET_ACCESS_KEY", planted)
	for _, name := range []string{"AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_WEB_IDENTITY_TOKEN_FILE"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
}

// sshServer is an SSH server on loopback that knows SFTP alone.
type sshServer struct {
	dir      string // what is served
	address  string
	hostKey  ssh.Signer
	identity string // the file with the key that it lets in
	known    string // a known_hosts file with the server's key
	cut      *cutter
	mu       sync.Mutex
	conns    []net.Conn
	options  []sftp.ServerOption
}

func newSSHServer(t testing.TB) *sshServer {
	s := &sshServer{dir: t.TempDir(), cut: newCutter(), hostKey: newSSHKey(t, nil)}
	s.identity = filepath.Join(t.TempDir(), "id_ed25519")
	user := newSSHKey(t, &s.identity)
	config := &ssh.ServerConfig{PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
		if !bytes.Equal(key.Marshal(), user.PublicKey().Marshal()) {
			return nil, errors.New("not this key")
		}
		return nil, nil
	}}
	config.AddHostKey(s.hostKey)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = l.Addr().String()
	s.known = filepath.Join(t.TempDir(), "known_hosts")
	s.remember(t, s.hostKey.PublicKey())
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns = append(s.conns, conn)
			s.mu.Unlock()
			running.Go(func() { s.serve(conn, config) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		s.hangUp()
		running.Wait()
	})
	return s
}

// remember writes what the client takes for the server's key.
func (s *sshServer) remember(t testing.TB, key ssh.PublicKey) {
	line := knownhosts.Line([]string{knownhosts.Normalize(s.address)}, key)
	if err := os.WriteFile(s.known, []byte(line+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (s *sshServer) hangUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		c.Close()
	}
	s.conns = nil
}

func (s *sshServer) serve(raw net.Conn, config *ssh.ServerConfig) {
	defer raw.Close()
	if s.cut.broken() {
		return
	}
	conn, channels, requests, err := ssh.NewServerConn(raw, config)
	if err != nil {
		return
	}
	defer conn.Close()
	go func() {
		for r := range requests {
			r.Reply(true, nil)
		}
	}()
	for n := range channels {
		channel, requests, err := n.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range requests {
				r.Reply(r.Type == "subsystem", nil)
			}
		}()
		server, err := sftp.NewServer(&watched{channel, s}, s.options...)
		if err != nil {
			return
		}
		server.Serve()
		server.Close()
	}
}

// watched sees the packets that come in, and cuts the connection at a write.
type watched struct {
	ssh.Channel
	server *sshServer
}

// Of the packets of SFTP these change something: open, write, remove, mkdir,
// rmdir, rename, symlink, and the extended ones.
var changes = map[byte]bool{3: true, 6: true, 13: true, 14: true, 15: true, 18: true, 20: true, 200: true}

// Read sees a packet's head in one piece: the client sends it so.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Channel.Read(p)
	// The server reads four bytes of length, and then the packet.
	if n > 4 && changes[p[0]] && !w.server.cut.write() || w.server.cut.broken() {
		w.server.hangUp()
		return 0, io.EOF
	}
	return n, err
}

func newSSHKey(t testing.TB, file *string) ssh.Signer {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if file != nil {
		block, err := ssh.MarshalPrivateKey(key, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(*file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

// lockedSSHKey writes a key file that asks for a passphrase.
func lockedSSHKey(t *testing.T) string {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKeyWithPassphrase(key, "", []byte("mật khẩu"))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "id")
	write(t, name, string(pem.EncodeToMemory(block)))
	return name
}

func (s *sshServer) url() string {
	q := url.Values{"identity": {s.identity}, "known_hosts": {s.known}}
	return "sftp://nguoi-dang@" + s.address + s.dir + "?" + q.Encode()
}

func sftpPlace(t testing.TB) *place {
	s := newSSHServer(t)
	return &place{
		Target: Target{Name: "noi-thu", URL: s.url(), Public: filepath.Join(t.TempDir(), "public")},
		files:  func(t testing.TB) map[string]string { return readTree(t, filepath.Join(s.dir, linkCurrent)+"/.") },
		all:    func(t testing.TB) []string { return keysOf(readTree(t, s.dir)) },
		cut:    s.cut.set,
		watch:  func(f func()) { s.cut.seen.Store(&f) },
		age: func(t testing.TB) {
			old := time.Now().Add(-2 * lockExpiry)
			if err := os.Chtimes(filepath.Join(s.dir, keyLock), old, old); err != nil {
				t.Fatal(err)
			}
		},
		shift:  func(d time.Duration) { shiftTimes(t, s.dir, d) },
		atomic: true,
	}
}

// shiftTimes moves the clock of a target on a disk: what has been written there is
// that much older.
func shiftTimes(t testing.TB, dir string, d time.Duration) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		then := info.ModTime().Add(-d)
		return os.Chtimes(name, then, then)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func urlEscape(s string) string { return url.QueryEscape(s) }

// denyingStore is an object store that answers everything with the same error.
func denyingStore(t *testing.T) func(code string) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusForbidden)
		code := strings.Split(r.URL.Path, "/")[1] // the bucket
		io.WriteString(w, "<Error><Code>"+code+"</Code><Message>"+code+" "+planted+"</Message></Error>")
	}))
	t.Cleanup(server.Close)
	return func(code string) string {
		return strings.Replace(s3URL(server.URL), "s3://kho", "s3://"+code, 1)
	}
}
