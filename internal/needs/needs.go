// Package needs is how a test says what it needs beyond Go: programs that others have
// written, npm packages, files beside the checkout, time. Tests alone import it.
//
// A test asks at its head, and goes on only where everything is at hand:
//
//	func TestPagesInABrowser(t *testing.T) {
//		needs.Ask(t, needs.Long, needs.Chromium, needs.Axe)
//
// Elsewhere it is skipped, and told how to install what is missing. .ci/run installs
// everything and lets no test be skipped, but for the lack of a corpus. The tests of
// this package hold that nothing is skipped or looked for in another way, and that no
// subtest or helper asks: a skip there would let the outer test go on.
package needs

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Need is something that a fresh clone with only Go installed may lack.
type Need struct {
	name string // as in "needs Chromium"
	from string // how to get it
	// find returns where it is, as an absolute path, and whether it is there.
	find func() (string, bool)
}

// Programs, by their Debian packages.
var (
	Chromium    = program("Chromium", debian("chromium-headless-shell"), chromiumShell, "chromium", "chromium-browser", "google-chrome")
	Nginx       = program("nginx", debian("nginx-light"), "nginx")
	NginxBrotli = file("nginx's module brotli_static", debian("libnginx-mod-http-brotli-static"), "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
	Caddy       = program("Caddy", debian("caddy"), "caddy")
	Apache      = program("Apache", debian("apache2"), "apache2")
	OpenSSH     = program("OpenSSH's server", debian("openssh-server"), "sshd")
	ProFTPD     = program("ProFTPD", debian("proftpd-core"), "proftpd")
	ProFTPDTLS  = file("ProFTPD's module of TLS", debian("proftpd-mod-crypto"), "/usr/lib/proftpd/mod_tls.so")
	CephStore   = program("Ceph's gateway", debian("radosgw"), "radosgw")
	CephMonitor = program("Ceph's monitor", debian("ceph-mon"), "ceph-mon")
	CephDisk    = program("Ceph's disks", debian("ceph-osd"), "ceph-osd")
	CephAdmin   = program("Ceph's commands", debian("ceph-common"), "ceph")
	Xmllint     = program("xmllint", debian("libxml2-utils"), "xmllint")
	Writer      = program("LibreOffice Writer", debian("libreoffice-writer-nogui"), "soffice")
	Calc        = file("LibreOffice Calc", debian("libreoffice-calc-nogui"), "/usr/lib/libreoffice/program/libsclo.so")
	Impress     = file("LibreOffice Impress", debian("libreoffice-impress-nogui"), "/usr/lib/libreoffice/program/libsdlo.so")
	Pandoc      = program("pandoc", debian("pandoc"), "pandoc")
	PDFText     = program("pdftotext", debian("poppler-utils"), "pdftotext")
	PDFInfo     = program("pdfinfo", debian("poppler-utils"), "pdfinfo")
	PDFPictures = program("pdftoppm", debian("poppler-utils"), "pdftoppm")
	PDFFonts    = program("pdffonts", debian("poppler-utils"), "pdffonts")
	Wine        = file("Wine", debian("wine64"), "/usr/lib/wine/wine64")
	MinGW       = program("a C compiler for Windows", debian("gcc-mingw-w64-x86-64"), "x86_64-w64-mingw32-gcc")
	Git         = program("git", debian("git"), "git")
	Bash        = program("Bash", debian("bash"), "bash")
	Awk         = program("awk", debian("mawk"), "awk")
)

// npm packages, by the folders whose package.json names them.
var (
	Axe           = file("axe-core", npm(browserFolder), browserFolder+"/node_modules/axe-core/axe.min.js")
	SitemapSchema = file("the schema of sitemaps", npm(browserFolder), browserFolder+"/node_modules/sitemap/schema/sitemap.xsd")
	Milkdown      = file("Milkdown", npm(deskFolder), deskFolder+"/node_modules/@milkdown/kit")
)

// chromiumShell is Chromium without windows. What Debian has in the PATH is a script that
// goes on beside it, and leaves it running where a test ends the script.
const chromiumShell = "/usr/lib/chromium/chromium-headless-shell"

const (
	browserFolder = "cmd/lienhiep/testdata/browser"
	deskFolder    = "internal/desk"
	serversFolder = "internal/publish/testdata/servers"
	vsftpdFolder  = serversFolder + "/bin/vsftpd"
)

// Versity is an object store written in Go, installed as a tool of a module of its own.
var Versity = file("versitygw", `GOBIN="$PWD/`+serversFolder+`/bin" go -C `+serversFolder+` install tool`, serversFolder+"/bin/versitygw")

// VSFTPD is unpacked beside ProFTPD, since Debian installs one FTP server at a time. It
// knows the users of the system alone, of which its test makes a copy with one more.
var VSFTPD = &Need{"vsftpd", "Linux as root, and dpkg-deb -x into " + vsftpdFolder + " after apt-get download vsftpd", findVSFTPD}

// Corpora are not ours to hand on. They lie beside the checkout, or are not there; the
// laws may lie elsewhere, in the folder that LIENHIEP_LAWS names.
var (
	Schemas = corpus("the schema of Akoma Ntoso", "schemas")
	Laws    = elsewhere("LIENHIEP_LAWS", corpus("laws to read", "laws"))
)

// Besides these there is what a machine or a run may not have.
var (
	// Long is asked by tests that take more than about a second.
	Long = &Need{"time", "go test without -short", func() (string, bool) { return "", !testing.Short() }}
	// Endurance is asked, in Long's place, by tests that take more than about half a
	// minute: with them a package takes longer than go test lets one run by itself.
	Endurance = &Need{"more than ten minutes", "go test -timeout=" + enough.String(), func() (string, bool) { return "", !testing.Short() && unhurried() }}
	// Symlinks need a right on Windows.
	Symlinks = &Need{"symbolic links", "a system that lets you make them", findSymlinks}
	// PowerCut is asked by tests that mount a disk of their own and stop it dead.
	PowerCut = &Need{"a disk to stop dead", "Linux with loop devices, as root, with Debian's package e2fsprogs", findPowerCut}
)

// enough is the time that all tests of a package have, wherever they run.
const enough = 40 * time.Minute

// unhurried reports whether the tests have that much time. Zero is without end.
func unhurried() bool {
	limit := flag.Lookup("test.timeout").Value.(flag.Getter).Get().(time.Duration)
	return limit == 0 || limit >= enough
}

func debian(name string) string { return "Debian's package " + name }
func npm(folder string) string  { return "npm ci --prefix " + folder }

// program is in the PATH, or where Debian puts servers, under one of its names.
func program(name, from string, names ...string) *Need {
	return &Need{name, from, func() (string, bool) {
		for _, n := range names {
			for _, n := range []string{n, "/usr/sbin/" + n} {
				if found, err := exec.LookPath(n); err == nil {
					return found, true
				}
			}
		}
		return "", false
	}}
}

// file is a file or folder, given from the root of the repository.
func file(name, from, at string) *Need {
	return &Need{name, from, func() (string, bool) {
		if !filepath.IsAbs(at) {
			at = filepath.Join(root(), filepath.FromSlash(at))
		}
		_, err := os.Stat(at)
		return at, err == nil
	}}
}

func corpus(name, folder string) *Need {
	// By the last words .ci/run knows the lack of a corpus.
	return file(name, "../shared/"+folder+", which lies beside the checkout", "../shared/"+folder)
}

// elsewhere lets a variable of the environment name the folder of a corpus.
func elsewhere(variable string, n *Need) *Need {
	beside := n.find
	n.find = func() (string, bool) {
		if at := os.Getenv(variable); at != "" {
			_, err := os.Stat(at)
			return at, err == nil
		}
		return beside()
	}
	return n
}

// root is the folder of go.mod, an absolute path.
var root = sync.OnceValue(func() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			panic("there is no go.mod above " + dir)
		}
		dir = above
	}
})

func findSymlinks() (string, bool) {
	dir, err := os.MkdirTemp("", "needs")
	if err != nil {
		return "", false
	}
	defer os.RemoveAll(dir)
	return "", os.Symlink(dir, filepath.Join(dir, "link")) == nil
}

// findVSFTPD returns the folder with the package. In a container even root may not have
// mounts of its own.
var findVSFTPD = sync.OnceValues(func() (string, bool) {
	dir := filepath.Join(root(), filepath.FromSlash(vsftpdFolder))
	if _, err := os.Stat(filepath.Join(dir, "usr/sbin/vsftpd")); err != nil || os.Geteuid() != 0 {
		return "", false
	}
	return dir, exec.Command("unshare", "--mount", "true").Run() == nil
})

// findPowerCut mounts a small disk: in a container even root may not.
var findPowerCut = sync.OnceValues(func() (string, bool) {
	path, err := exec.LookPath("mkfs.ext4")
	if err != nil || os.Geteuid() != 0 {
		return "", false
	}
	dir, err := os.MkdirTemp("", "needs")
	if err != nil {
		return "", false
	}
	defer os.RemoveAll(dir)
	image := filepath.Join(dir, "image")
	for _, step := range [][]string{{path, "-q", "-F", image, "1m"}, {"mount", "-o", "loop", image, dir}, {"umount", dir}} {
		if exec.Command(step[0], step[1:]...).Run() != nil {
			return "", false
		}
	}
	return path, true
})

// asked is what tests have asked for and found: its path by question.
var asked sync.Map

type question struct {
	test string
	need *Need
}

// Ask skips the test unless everything that it needs is available. It must be the first
// statement of a test or benchmark, never of a subtest.
func Ask(t testing.TB, all ...*Need) {
	t.Helper()
	if strings.Contains(t.Name(), "/") {
		t.Fatal("a subtest asks for what it needs: a skip here would let the test around it go on; ask at its head")
	}
	var missing []string
	for _, n := range all {
		if path, ok := n.find(); ok {
			asked.Store(question{t.Name(), n}, path)
		} else {
			missing = append(missing, fmt.Sprintf("%s (%s)", n.name, n.from))
		}
	}
	if missing != nil {
		t.Skip("needs " + strings.Join(missing, ", "))
	}
}

// Path returns the absolute path of a need that the test, or its parent, has asked for.
// It fails a test that has not.
func (n *Need) Path(t testing.TB) string {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	path, ok := asked.Load(question{test, n})
	if !ok {
		t.Fatalf("%s uses %s without having asked for it at its head", test, n.name)
	}
	return path.(string)
}
