// Package ftpserver is a small server of FTP over TLS on loopback, for tests alone. It
// is as strict as the strictest of the real ones: a data connection must resume the TLS
// session of its control connection, and no other. A test can take away what some
// servers lack, and add what some get wrong.
package ftpserver

import (
	"bufio"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lienhiep/internal/disk"
)

// Who may log in.
const (
	User     = "nguoi-dang"
	Password = "mat-khau-gia-0123456789"
)

// Server serves a folder, of which it sees nothing but what lies below.
type Server struct {
	Dir     string
	Address string
	Options
	certificate tls.Certificate
	conns       atomic.Int64
}

// Options are how a server differs from one that does everything well.
type Options struct {
	NoTLS, NoProtection bool // AUTH TLS or PROT P is refused
	OldTLS              bool // 1.2 is the newest
	NoMLSD, NoEPSV      bool
	NoOptions           bool // LIST takes none
	NoOverwrite         bool // nothing takes the place of a file
	NoRestart           bool // REST is refused before STOR
	NoSize              bool // nor MDTM
	Umask               os.FileMode
	Most                int // connections at once; 0 is no limit
	// Before is called with each command; it answers in the server's place, unless it
	// returns "", and the connection ends if that begins with 421.
	Before func(command, argument string) string
	// After is called when a file has been stored, before that is told; the connection
	// ends without a word if it returns false.
	After func(name string) bool
	// Limit is how many bytes of a file find room; 0 is no limit.
	Limit int64
	// For is what the certificate names; "127.0.0.1" if it is empty.
	For string
	// Until is when it expires; in an hour if it is zero.
	Until time.Time
	RSA   bool // has a key of the older kind
	// Issued has the certificate issued by an authority, which nobody trusts.
	Issued bool
}

// New runs a server of a folder of its own until the test ends.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	s, stop, err := Start(t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return s
}

// Start runs a server of the folder dir until stop is called.
func Start(dir string, o Options) (s *Server, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	s = &Server{Dir: dir, Address: l.Addr().String(), Options: o}
	if s.certificate, err = NewCertificate(o); err != nil {
		return nil, nil, err
	}
	var running sync.WaitGroup
	var open sync.Map
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			open.Store(conn, true)
			running.Go(func() {
				defer open.Delete(conn)
				defer conn.Close()
				s.serve(conn)
			})
		}
	})
	return s, func() {
		l.Close()
		open.Range(func(conn, _ any) bool { conn.(net.Conn).Close(); return true })
		running.Wait()
	}, nil
}

// NewCertificate makes the certificate that a server has with these options, signed by
// itself.
func NewCertificate(o Options) (tls.Certificate, error) {
	var key crypto.Signer
	var err error
	if o.RSA {
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	} else {
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	if err != nil {
		return tls.Certificate{}, err
	}
	if o.For == "" {
		o.For = "127.0.0.1"
	}
	if o.Until.IsZero() {
		o.Until = time.Now().Add(time.Hour)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: o.For},
		NotBefore: o.Until.Add(-48 * time.Hour), NotAfter: o.Until,
		IsCA: true, BasicConstraintsValid: true,
	}
	if ip := net.ParseIP(o.For); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{o.For}
	}
	issuer, by := template, key
	if o.Issued {
		issuer = &x509.Certificate{Subject: pkix.Name{CommonName: "An authority"}}
		if by, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			return tls.Certificate{}, err
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer, key.Public(), by)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf, err := x509.ParseCertificate(der)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, err
}

// Fingerprint is the SHA-256 of the server's certificate.
func (s *Server) Fingerprint() []byte {
	sum := sha256.Sum256(s.certificate.Leaf.Raw)
	return sum[:]
}

// Roots trust the server's certificate.
func (s *Server) Roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.certificate.Leaf)
	return pool
}

// session is one control connection.
type session struct {
	*Server
	raw     net.Conn
	conn    net.Conn // raw, encrypted or not yet
	in      *bufio.Reader
	tls     *tls.Config
	user    string
	known   bool
	data    net.Listener
	offset  int64
	renamed string // what RNFR has named
	prot    bool
	cwd     string
}

func (s *Server) serve(raw net.Conn) {
	defer s.conns.Add(-1)
	c := &session{Server: s, raw: raw, conn: raw, in: bufio.NewReader(raw), cwd: "/"}
	if n := s.conns.Add(1); s.Most > 0 && n > int64(s.Most) {
		c.say("421 There are too many connections from your internet address.")
		return
	}
	defer func() {
		if c.data != nil {
			c.data.Close()
		}
	}()
	c.say("220-Xin chào\r\n220 thử thôi")
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return
		}
		command, argument, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		command = strings.ToUpper(command)
		answer := ""
		if s.Before != nil {
			answer = s.Before(command, argument)
		}
		if answer == "" {
			answer = c.answer(command, argument)
		}
		if answer == hangUp {
			return
		}
		if answer != "" {
			c.say(answer)
		}
		if strings.HasPrefix(answer, "221") || strings.HasPrefix(answer, "421") {
			return
		}
		if command == "AUTH" && strings.HasPrefix(answer, "234") && !c.encrypt() {
			return
		}
	}
}

const hangUp = "hang up"

func (c *session) say(answer string) { _, _ = io.WriteString(c.conn, answer+"\r\n") }

// encrypt starts TLS, with keys for the tickets of this connection alone.
func (c *session) encrypt() bool {
	c.tls = &tls.Config{Certificates: []tls.Certificate{c.certificate}}
	if c.OldTLS {
		c.tls.MaxVersion = tls.VersionTLS12
	}
	var key [32]byte
	rand.Read(key[:])
	c.tls.SetSessionTicketKeys([][32]byte{key})
	secure := tls.Server(c.raw, c.tls)
	if secure.Handshake() != nil {
		return false
	}
	c.conn, c.in = secure, bufio.NewReader(secure)
	return true
}

// at is a file of the folder by the name that clients have for it.
func (c *session) at(name string) string {
	if !strings.HasPrefix(name, "/") {
		name = path.Join(c.cwd, name)
	}
	return filepath.Join(c.Dir, filepath.FromSlash(path.Clean(name)))
}

const failed = "550 It cannot be done."

// done is the answer to a command that has been carried out, or has not.
func done(err error) string {
	if err != nil {
		return failed
	}
	return "250 Done."
}

func (c *session) answer(command, argument string) string {
	switch command {
	case "AUTH":
		if c.NoTLS {
			return "502 Not here."
		}
		return "234 Go on."
	case "USER":
		if c.tls == nil {
			return "530 Not in the clear."
		}
		c.user = argument
		return "331 And the password?"
	case "PASS":
		if c.known = c.user == User && argument == Password; c.known {
			return "230 Welcome."
		}
		return "530 Login incorrect."
	case "QUIT":
		return "221 Good-bye."
	case "FEAT":
		features := "211-Features:\r\n UTF8\r\n EPSV\r\n SIZE\r\n MDTM\r\n"
		if !c.NoMLSD {
			features += " MLST type*;size*;modify*;UNIX.mode*;\r\n"
		}
		return features + "211 End"
	}
	if !c.known {
		return "530 Log in first."
	}
	switch command {
	case "PBSZ", "TYPE", "OPTS":
		return "200 Fine."
	case "PROT":
		if c.prot = argument == "P" && !c.NoProtection; !c.prot {
			return "536 Not here."
		}
		return "200 Fine."
	case "PWD":
		return `257 "` + c.cwd + `" is where you are.`
	case "EPSV", "PASV":
		return c.passive(command)
	case "STOR", "RETR", "LIST", "MLSD":
		return c.transfer(command, argument)
	}
	return c.change(command, argument)
}

// change does what needs no data connection.
func (c *session) change(command, argument string) string {
	name := c.at(argument)
	switch command {
	case "CWD":
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			return failed
		}
		return "250 Done."
	case "MKD":
		if err := os.Mkdir(name, 0o777&^c.Umask); err != nil {
			return failed
		}
		return "257 Made."
	case "RMD":
		if info, err := os.Lstat(name); err != nil || !info.IsDir() {
			return failed
		}
		return done(os.Remove(name))
	case "DELE":
		if info, err := os.Lstat(name); err != nil || info.IsDir() {
			return failed
		}
		return done(os.Remove(name))
	case "RNFR":
		if _, err := os.Lstat(name); err != nil {
			return failed
		}
		c.renamed = name
		return "350 To what?"
	case "RNTO":
		if _, err := os.Lstat(name); err == nil && c.NoOverwrite {
			return failed
		}
		return done(disk.Rename(c.renamed, name))
	case "REST":
		n, err := strconv.ParseInt(argument, 10, 64)
		if err != nil {
			return "501 No number."
		}
		c.offset = n
		return "350 From there, then."
	case "SIZE", "MDTM":
		info, err := os.Stat(name)
		switch {
		case c.NoSize:
			return "502 Not here."
		case err != nil || !info.Mode().IsRegular():
			return failed
		case command == "SIZE":
			return fmt.Sprint("213 ", info.Size())
		}
		return "213 " + info.ModTime().UTC().Format("20060102150405")
	case "SITE":
		rest, isMode := strings.CutPrefix(argument, "CHMOD ")
		bits, name, _ := strings.Cut(rest, " ")
		mode, err := strconv.ParseUint(bits, 8, 32)
		if !isMode || err != nil {
			return "500 What?"
		}
		return done(os.Chmod(c.at(name), os.FileMode(mode)))
	}
	return "500 What?"
}

func (c *session) passive(command string) string {
	if c.data != nil {
		c.data.Close()
	}
	var err error
	if c.data, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return failed
	}
	port := c.data.Addr().(*net.TCPAddr).Port
	switch {
	case command == "PASV":
		// Behind a router a server knows only its own address.
		return fmt.Sprintf("227 Entering Passive Mode (10,255,255,1,%d,%d).", port>>8, port&255)
	case c.NoEPSV:
		return "500 What?"
	}
	return fmt.Sprintf("229 Entering Extended Passive Mode (|||%d|)", port)
}

// transfer does what needs a data connection.
func (c *session) transfer(command, argument string) string {
	offset := c.offset
	c.offset = 0
	if c.data == nil || !c.prot {
		return "425 No data connection."
	}
	defer func() { c.data.Close(); c.data = nil }()
	name := c.at(argument)
	var file *os.File
	var err error
	switch command {
	case "STOR":
		if _, err := os.Lstat(name); err == nil && c.NoOverwrite {
			return failed
		}
		if offset > 0 && c.NoRestart {
			return "451 Append/Restart not permitted, try again"
		}
		file, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o666&^c.Umask)
		if err == nil {
			err = errors.Join(file.Truncate(offset), seek(file, offset))
		}
	case "RETR":
		file, err = os.Open(name)
	default:
		if rest, has := strings.CutPrefix(argument, "-a "); has && command == "LIST" {
			name = c.at(rest)
			if c.NoOptions {
				return failed
			}
		}
		if command == "MLSD" && c.NoMLSD {
			return "500 What?"
		}
		file, err = os.Open(name)
	}
	if err != nil {
		return failed
	}
	defer file.Close()
	c.say("150 Go on.")
	return c.exchange(command, file)
}

func seek(file *os.File, offset int64) error {
	_, err := file.Seek(offset, io.SeekStart)
	return err
}

func (c *session) exchange(command string, file *os.File) string {
	raw, err := c.data.Accept()
	if err != nil {
		return "425 No data connection."
	}
	defer raw.Close()
	data := tls.Server(raw, c.tls)
	if data.Handshake() != nil || !data.ConnectionState().DidResume {
		return "522 SSL connection failed; session reuse required"
	}
	switch command {
	case "STOR":
		err = c.receive(file, data)
	case "RETR":
		_, err = io.Copy(data, file)
	default:
		err = c.list(data, file, command == "MLSD")
	}
	if errors.Is(err, errFull) {
		return "552 Exceeded storage allocation."
	}
	if err != nil {
		return "426 The data connection failed."
	}
	_ = data.CloseWrite()
	raw.Close()
	if command == "STOR" && c.After != nil && !c.After(file.Name()) {
		return hangUp
	}
	return "226 All is there."
}

var errFull = errors.New("no space left")

// receive stores what comes, as far as there is room.
func (c *session) receive(file *os.File, data io.Reader) error {
	if c.Limit == 0 {
		_, err := io.Copy(file, data)
		return err
	}
	n, err := io.Copy(file, io.LimitReader(data, c.Limit+1))
	if n > c.Limit {
		return errFull
	}
	return err
}

func (c *session) list(w io.Writer, dir *os.File, facts bool) error {
	entries, err := dir.ReadDir(-1)
	if err != nil {
		return nil // nothing is listed of what is no folder
	}
	if facts {
		fmt.Fprint(w, "type=cdir; .\r\ntype=pdir; ..\r\n")
	} else {
		fmt.Fprint(w, "total 0\r\n")
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			continue // gone just now
		}
		if !facts {
			kind := strings.ToLower(info.Mode().String())
			if info.Mode()&os.ModeSymlink != 0 {
				kind = "l" + kind[1:]
			}
			fmt.Fprintf(w, "%s   1 %-8d %-8d %8d %s %s\r\n", kind, 1000, 1000, info.Size(), info.ModTime().UTC().Format("Jan _2 15:04"), e.Name())
			continue
		}
		kind := "file"
		switch {
		case info.IsDir():
			kind = "dir"
		case info.Mode()&os.ModeSymlink != 0:
			kind = "OS.unix=slink:x"
		}
		fmt.Fprintf(w, "type=%s;size=%d;modify=%s;UNIX.mode=0%o; %s\r\n", kind, info.Size(), info.ModTime().UTC().Format("20060102150405"), info.Mode().Perm(), e.Name())
	}
	return nil
}
