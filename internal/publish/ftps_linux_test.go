package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"lienhiep/internal/ftpserver"
	"lienhiep/internal/needs"
	"lienhiep/internal/powercut"
)

// ftpsUser is who owns the web space on servers that others have written. Its password
// is ftpserver's.
const ftpsUser = 4242

// ftpsFiles makes what such a server needs, in a folder of its own: a key, a
// certificate, and a list of users in the form of /etc/passwd.
func ftpsFiles(t testing.TB, web string) (etc string, fingerprint []byte) {
	t.Helper()
	etc = t.TempDir()
	made, err := ftpserver.NewCertificate(ftpserver.Options{RSA: true}) // vsftpd reads no other
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.MarshalPKCS8PrivateKey(made.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"key.pem": {Type: "PRIVATE KEY", Bytes: key}, "certificate.pem": {Type: "CERTIFICATE", Bytes: made.Leaf.Raw}} {
		if err := os.WriteFile(filepath.Join(etc, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if os.Getuid() == 0 {
		if err := os.Chown(web, ftpsUser, ftpsUser); err != nil {
			t.Fatal(err)
		}
		for dir := filepath.Dir(web); dir != filepath.Clean(os.TempDir()); dir = filepath.Dir(dir) {
			if err := os.Chmod(dir, 0o755); err != nil { // which the user has to come through
				t.Fatal(err)
			}
		}
	}
	sum := sha256.Sum256(made.Leaf.Raw)
	return etc, sum[:]
}

// ftpsHash is ftpserver.Password as crypt(3) keeps it.
const ftpsHash = "$6$lienhiep$JkQErU/YGBLGXsEf9x6RALqu/hMxXrGZK83fhg75uZYa4dUnCK1wbN0fUR7V3P8MBLt82cmPEstHn48k.djLb."

// proftpdPlace is web space on ProFTPD as Debian configures it, with TLS demanded. Lines
// of more come first, and so win.
func proftpdPlace(t testing.TB, web, more string) *place {
	t.Helper()
	address, port := freeAddress(t)
	etc, fingerprint := ftpsFiles(t, web)
	usual, err := os.ReadFile("/etc/proftpd/proftpd.conf")
	if err != nil {
		t.Fatal(err)
	}
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	group, err := user.LookupGroupId(me.Gid)
	if err != nil {
		t.Fatal(err)
	}
	owner := os.Getuid()
	if owner == 0 {
		owner = ftpsUser
	}
	if err := os.WriteFile(filepath.Join(etc, "passwd"), fmt.Appendf(nil, "%s:%s:%d:%d::%s:/bin/sh\n", ftpserver.User, ftpsHash, owner, owner, web), 0o600); err != nil {
		t.Fatal(err)
	}
	ours := regexp.MustCompile(`(?m)^\s*(Include|Port|User|Group|TransferLog|SystemLog)\s.*$`)
	config := filepath.Join(etc, "proftpd.conf")
	write(t, config, fmt.Sprintf(`LoadModule mod_tls.c
%[6]s
Port %[1]s
User %[4]s
Group %[5]s
AuthOrder mod_auth_file.c
AuthUserFile %[2]s/passwd
RequireValidShell off
TransferLog none
SystemLog %[2]s/log
PidFile %[2]s/pid
ScoreboardFile %[2]s/scoreboard
DelayTable none
TLSEngine on
TLSRequired on
TLSLog %[2]s/tls
TLSRSACertificateFile %[2]s/certificate.pem
TLSRSACertificateKeyFile %[2]s/key.pem
%[3]s`, port, etc, ours.ReplaceAll(usual, nil), me.Username, group.Name, more))
	needs.ProFTPDTLS.Path(t)
	start(t, address, needs.ProFTPD, "-n", "-c", config)
	return realFTPSPlace(t, web, address, fingerprint)
}

// vsftpdPlace is web space on vsftpd as Debian configures it, with TLS and writing. It
// knows the users of the system: of those it sees a copy with one more.
func vsftpdPlace(t testing.TB, web, more string) *place {
	t.Helper()
	address, port := freeAddress(t)
	etc, fingerprint := ftpsFiles(t, web)
	unpacked := needs.VSFTPD.Path(t)
	usual, err := os.ReadFile(filepath.Join(unpacked, "etc/vsftpd.conf"))
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^(listen|listen_ipv6|rsa_\w+|ssl_enable|secure_chroot_dir)=.*$`)
	config := filepath.Join(etc, "vsftpd.conf")
	write(t, config, fmt.Sprintf("%[3]s\nlisten=YES\nlisten_address=127.0.0.1\nlisten_port=%[1]s\nbackground=NO\nwrite_enable=YES\nssl_enable=YES\nrsa_cert_file=%[2]s/certificate.pem\nrsa_private_key_file=%[2]s/key.pem\nsecure_chroot_dir=%[2]s/empty\nvsftpd_log_file=%[2]s/log\n%[4]s",
		port, etc, lines.ReplaceAll(usual, nil), more))
	write(t, filepath.Join(etc, "pam.d/vsftpd"), "auth required pam_unix.so\naccount required pam_unix.so\nsession required pam_permit.so\n")
	for name, line := range map[string]string{
		"passwd": fmt.Sprintf("%s:x:%d:%d::%s:/bin/sh\n", ftpserver.User, ftpsUser, ftpsUser, web),
		"shadow": fmt.Sprintf("%s:%s:19000:0:99999:7:::\n", ftpserver.User, ftpsHash),
	} {
		system, err := os.ReadFile("/etc/" + name)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(etc, name), string(system)+line)
	}
	if err := os.Mkdir(filepath.Join(etc, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	const mounts = `for f in passwd shadow pam.d; do mount --bind "$0/$f" /etc/$f; done; exec "$1" "$2"`
	cmd := exec.Command(needs.Bash.Path(t), "-ec", mounts, etc, filepath.Join(unpacked, "usr/sbin/vsftpd"), config)
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	await(t, address, cmd)
	return realFTPSPlace(t, web, address, fingerprint)
}

// realFTPSPlace is web space whose line can be cut after some writes, of whatever kind.
func realFTPSPlace(t testing.TB, web, address string, fingerprint []byte) *place {
	t.Setenv(PasswordVariable, ftpserver.Password)
	p := ftpsAt(t, web, "ftps://"+ftpserver.User+"@"+address+web+"?fingerprint="+hex.EncodeToString(fingerprint))
	cut := newCutter()
	p.cut = cut.set
	p.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		if cut.broken() {
			return nil, syscall.ENETUNREACH
		}
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return &cutConn{conn, cut}, err
	}
	return p
}

type cutConn struct {
	net.Conn
	cut *cutter
}

func (c *cutConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.cut.broken() {
		c.Conn.Close()
		return 0, syscall.ECONNRESET
	}
	return n, err
}

func (c *cutConn) Write(p []byte) (int, error) {
	if !c.cut.write() {
		c.Conn.Close()
		return 0, syscall.ECONNRESET
	}
	return c.Conn.Write(p)
}

// ftpsPlaces are servers that others have written, each with its web space in a folder.
var ftpsPlaces = map[string]func(t testing.TB, web, more string) *place{"vsftpd": vsftpdPlace, "proftpd": proftpdPlace}

func TestDeployToVSFTPD(t *testing.T) {
	needs.Ask(t, needs.Long, needs.VSFTPD, needs.Bash)
	testServer(t, vsftpdPlace(t, t.TempDir(), ""))
}

func TestDeployToProFTPD(t *testing.T) {
	needs.Ask(t, needs.Long, needs.ProFTPD, needs.ProFTPDTLS)
	testServer(t, proftpdPlace(t, t.TempDir(), ""))
}

func TestReadersOfWebSpace(t *testing.T) {
	needs.Ask(t, needs.Long, needs.VSFTPD, needs.Bash, needs.ProFTPD, needs.ProFTPDTLS)
	for name, make := range ftpsPlaces {
		t.Run(name, func(t *testing.T) { testReaders(t, make(t, t.TempDir(), ""), 6) })
	}
}

// TestWebSpaceCanBeRead looks at what another user, as the web server is, may read.
func TestWebSpaceCanBeRead(t *testing.T) {
	needs.Ask(t, needs.Long, needs.VSFTPD, needs.Bash, needs.ProFTPD, needs.ProFTPDTLS)
	for name, make := range ftpsPlaces {
		t.Run(name, func(t *testing.T) {
			web := t.TempDir()
			make(t, web, "").deploy(t, first)
			err := filepath.WalkDir(web, func(name string, d fs.DirEntry, err error) error {
				if err != nil {
					return err
				}
				info, err := d.Info()
				if err != nil {
					return err
				}
				if d.IsDir() && d.Name()+"/" == home {
					return fs.SkipDir
				}
				if want := map[bool]fs.FileMode{true: 0o755, false: 0o644}[d.IsDir()]; name != web && info.Mode().Perm() != want {
					t.Errorf("%s has the mode %v, want %v", name, info.Mode().Perm(), want)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestTheLineToWebSpaceIsCut cuts the line in the middle of anything.
func TestTheLineToWebSpaceIsCut(t *testing.T) {
	needs.Ask(t, needs.Long, needs.VSFTPD, needs.Bash, needs.ProFTPD, needs.ProFTPDTLS)
	for name, make := range ftpsPlaces {
		t.Run(name, func(t *testing.T) {
			p := make(t, t.TempDir(), "")
			steps := 0
			for cutAfter(t, p, steps) {
				steps += 97 // of some hundreds, each time another kind
			}
			if steps < 300 {
				t.Errorf("the deploy took less than %d writes: nothing was cut", steps)
			}
		})
	}
}

// TestWebSpaceIsFull has a disk on which the second site finds no room, and then does
// when earlier releases are forgotten.
func TestWebSpaceIsFull(t *testing.T) {
	needs.Ask(t, needs.Long, needs.VSFTPD, needs.Bash, needs.ProFTPD, needs.ProFTPDTLS, needs.PowerCut)
	for name, make := range ftpsPlaces {
		t.Run(name, func(t *testing.T) {
			p := make(t, powercut.New(t, 8).Dir, "")
			p.deploy(t, first)
			large := maps.Clone(second)
			large["tin/mot/phim.mp4"] = strings.Repeat("phim ", 5<<20/5)
			p.built(t, large)
			_, err := Deploy(t.Context(), p.Target, anything)
			wantFault(t, err, ruleFull)
			p.shows(t, first)
			p.deploy(t, second)
			p.shows(t, second)
		})
	}
}

// TestALargeFileInWebSpace is cut off again and again, and arrives: each attempt goes on
// where the last one stopped. ProFTPD does so only where it is told to.
func TestALargeFileInWebSpace(t *testing.T) {
	needs.Ask(t, needs.Long, needs.VSFTPD, needs.Bash, needs.ProFTPD, needs.ProFTPDTLS)
	defer func(n int) { attempts = n }(attempts)
	attempts = 50 // a cut loses most of what was on its way
	for name, make := range ftpsPlaces {
		t.Run(name, func(t *testing.T) {
			p := make(t, t.TempDir(), map[string]string{"proftpd": "AllowStoreRestart on"}[name])
			dial := p.dial
			p.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
				conn, err := dial(ctx, network, address)
				return &tiredConn{Conn: conn}, err
			}
			s, err := p.open(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer s.close()
			c := inMemory("phim.mp4", bytes.Repeat([]byte("0123456789abcdef"), 4<<20/16))
			if err := (retried{s}).put(t.Context(), c.Path, c); err != nil {
				t.Fatal(err)
			}
			got := p.files(t)["phim.mp4"]
			if sum := sha256.Sum256([]byte(got)); sum != c.Sum {
				t.Errorf("%d bytes have arrived", len(got))
			}
		})
	}
}

// tiredConn fails after a megabyte and a half.
type tiredConn struct {
	net.Conn
	sent int
}

func (c *tiredConn) Write(p []byte) (int, error) {
	if c.sent += len(p); c.sent > 3<<19 {
		c.Conn.Close()
		return 0, syscall.ECONNRESET
	}
	return c.Conn.Write(p)
}
