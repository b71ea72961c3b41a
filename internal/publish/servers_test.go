package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"lienhiep/internal/needs"
)

// start runs a server that others have written until the test ends, and returns when
// it answers at the address.
func start(t testing.TB, address string, program *needs.Need, args ...string) {
	t.Helper()
	await(t, address, exec.Command(program.Path(t), args...))
}

// await does the same with a command.
func await(t testing.TB, address string, cmd *exec.Cmd) {
	t.Helper()
	log, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for end := time.Now().Add(time.Minute); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			return
		}
	}
	text, _ := os.ReadFile(log.Name())
	t.Fatalf("%s does not answer:\n%s", cmd.Path, text)
}

func freeAddress(t testing.TB) (address, port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err = net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return l.Addr().String(), port
}

// stored is a place in an object store that is read through the store itself.
func stored(t testing.TB, address string) *place {
	p := &place{Target: Target{Name: "noi-thu", URL: address, Public: filepath.Join(t.TempDir(), "public")}}
	read := func(t testing.TB, prefix string) map[string]string {
		s, err := p.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		all, err := s.list(t.Context(), prefix)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for key := range all {
			data, err := s.read(t.Context(), key)
			if errors.Is(err, fs.ErrNotExist) {
				continue // removed in the meantime
			}
			if err != nil {
				t.Fatal(err)
			}
			files[key] = string(data)
		}
		return files
	}
	p.files = func(t testing.TB) map[string]string { return read(t, "") }
	p.all = func(t testing.TB) []string { return append(keysOf(read(t, "")), keysOf(read(t, home))...) }
	return p
}

func versityPlace(t testing.TB) *place {
	address, _ := freeAddress(t)
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "kho"), 0o777); err != nil {
		t.Fatal(err)
	}
	setS3Secrets(t)
	start(t, address, needs.Versity, "--port", address, "--access", "khoa", "--secret", planted, "--quiet", "posix", root)
	return stored(t, s3URL("http://"+address))
}

// opensshPlace is the server that most web hosts run.
func opensshPlace(t testing.TB) *place { return opensshAt(t, t.TempDir()) }

func opensshAt(t testing.TB, web string) *place {
	address, port := freeAddress(t)
	etc := t.TempDir()
	key := filepath.Join(etc, "id")
	signer := newSSHKey(t, &key)
	hostKey := filepath.Join(etc, "host")
	host := newSSHKey(t, &hostKey)
	write(t, filepath.Join(etc, "authorized_keys"), string(ssh.MarshalAuthorizedKey(signer.PublicKey())))
	write(t, filepath.Join(etc, "known_hosts"), knownhosts.Line([]string{knownhosts.Normalize(address)}, host.PublicKey())+"\n")
	write(t, filepath.Join(etc, "sshd_config"), fmt.Sprintf(
		"ListenAddress 127.0.0.1\nPort %s\nHostKey %s\nAuthorizedKeysFile %s/authorized_keys\nStrictModes no\nUsePAM no\nPidFile none\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n",
		port, hostKey, etc))
	if os.Getuid() == 0 {
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil { // where it parts with its privileges
			t.Fatal(err)
		}
	}
	start(t, address, needs.OpenSSH, "-D", "-e", "-f", filepath.Join(etc, "sshd_config"))
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	s := sshServer{address: address, dir: web, identity: key, known: filepath.Join(etc, "known_hosts")}
	return &place{
		Target: Target{Name: "noi-thu", URL: strings.Replace(s.url(), "nguoi-dang", me.Username, 1), Public: filepath.Join(t.TempDir(), "public")},
		files:  func(t testing.TB) map[string]string { return readTree(t, filepath.Join(web, linkCurrent)+"/.") },
		all:    func(t testing.TB) []string { return keysOf(readTree(t, web)) },
	}
}

func TestDeployToOpenSSH(t *testing.T) {
	needs.Ask(t, needs.OpenSSH)
	testServer(t, opensshPlace(t))
}

// testServer deploys to a server that others have written, by its address as a form gives it.
func testServer(t *testing.T, p *place) {
	p.URL = ReadPlace(p.URL).URL(p.URL)
	if findings, err := Look(t.Context(), p.Target); err != nil || findings != nil {
		t.Errorf("looked at: %v (%v)", findings, err)
	}
	p.deploy(t, first)
	p.shows(t, first)
	p.deploy(t, second)
	p.shows(t, second)
	if r := p.deploy(t, second); !r.Nothing() {
		t.Errorf("the second time: %+v", r)
	}
	if _, err := Rollback(t.Context(), p.Target, "", Options{}); err != nil {
		t.Fatal(err)
	}
	p.shows(t, first)

	s, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if err := s.create(t.Context(), keyLock, []byte("ai-do\n")); err != nil {
		t.Fatal(err)
	}
	p.built(t, second)
	_, err = Deploy(t.Context(), p.Target, anything)
	wantFault(t, err, ruleLocked)
	p.shows(t, first)
	if b, ok := s.(*bucket); ok {
		for name, want := range headers {
			a, err := b.client.StatObject(t.Context(), b.name, b.prefix+name, minio.StatObjectOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if a.ContentType != want[0] || a.Metadata.Get("Cache-Control") != want[1] {
				t.Errorf("%s is served as %q, %q", name, a.ContentType, a.Metadata.Get("Cache-Control"))
			}
		}
	}
}

// TestReadersOfServersThatOthersHaveWritten has a reader who fetches pages without a
// pause while a site is deployed twenty times, and later what they name.
func TestReadersOfServersThatOthersHaveWritten(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Versity, needs.OpenSSH)
	for name, make := range map[string]func(testing.TB) *place{"folder": folderPlace, "versitygw": versityPlace, "openssh": opensshPlace} {
		t.Run(name, func(t *testing.T) { testReaders(t, make(t), 20) })
	}
}

func testReaders(t *testing.T, p *place, editions int) {
	r := newReaders()
	p.deploy(t, edition(0))
	ctx, stop := context.WithCancel(t.Context())
	var reading sync.WaitGroup
	reading.Go(func() {
		for ctx.Err() == nil {
			r.look(t, p, 5*time.Second)
		}
	})
	for i := 1; i < editions; i++ {
		p.deploy(t, edition(i))
	}
	stop()
	reading.Wait()
}

// headers are what a store is to tell browsers of some files: what they are, and
// for how long they may be kept.
var headers = map[string][2]string{
	"index.html": {"text/html; charset=utf-8", "public, max-age=300"},
	"index.xml":  {"application/xml; charset=utf-8", "public, max-age=300"},
	css1[1:]:     {"text/css; charset=utf-8", "public, max-age=31536000, immutable"},
	face1[1:]:    {"image/webp", "public, max-age=31536000, immutable"},
}

// TestHeadersAreSent looks at the requests, because gofakes3 forgets.
func TestHeadersAreSent(t *testing.T) {
	p := s3Place(t)
	p.deploy(t, first)
	for name, want := range headers {
		sent := p.sent("/kho/" + storeKey(inMemory(name, []byte(first[name])).File))
		if sent.Get("Content-Type") != want[0] || sent.Get("Cache-Control") != want[1] {
			t.Errorf("%s is sent with %v", name, sent)
		}
	}
}
