// Package ftps is a client of FTP over TLS, as web hosts offer it: RFC 959 with AUTH TLS
// and PROT P (RFC 4217), passive connections (RFC 2428) and listings (RFC 3659).
//
// In: where a server is, and who logs in. Out: a connection on which files are listed,
// sent, fetched, renamed and removed, one command at a time. Nothing but AUTH TLS is ever
// sent in the clear: where the server does not encrypt both the commands and the files,
// or is not the one that it should be, there is no connection.
//
// Servers tie a data connection to its control connection by having it resume the TLS
// session of that one. Each connection therefore has a session cache of its own; two
// that shared one would take each other's tickets, and be refused.
//
// It is ours because what there is for Go (github.com/jlaffaye/ftp, measured against
// vsftpd and ProFTPD) does that well, but cannot set a file's mode: on a server with
// vsftpd's own umask, 077, no web server could read what it has sent. It also closes a
// data connection while the tickets of TLS 1.3 lie unread in it, which resets it, and
// does not tell a refusal from a transfer that was cut.
package ftps

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"time"
)

// Config says where to log in, and as whom.
type Config struct {
	Host, Port     string
	User, Password string
	// Fingerprint is the SHA-256 of the one certificate that is accepted, whoever
	// has issued it. If it is nil, the certificate must be valid for Host.
	Fingerprint []byte
	// Roots are the authorities that are trusted; nil means the system's.
	Roots *x509.CertPool
	// Dial opens connections; nil means [net.Dialer].
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// How long a server may say nothing. Variables for tests.
var (
	patience = 30 * time.Second
	// lastPatience is for the reply after a transfer: the server may look through
	// the file before it gives that.
	lastPatience = 2 * time.Minute
)

// ErrNoTLS reports that the server does not encrypt both commands and files.
var ErrNoTLS = errors.New("the server does not offer encryption")

// ErrDenied reports that the server rejects the user's name or password.
var ErrDenied = errors.New("login refused")

// ErrBusy reports that the server accepts no more connections.
var ErrBusy = errors.New("no further connection")

// ErrData says that a data connection could not be opened, though the control
// connection could: some firewall stands between.
var ErrData = errors.New("opening a data connection")

// ErrRestart reports that the server cannot resume a transfer in the middle of a file.
var ErrRestart = errors.New("beginning in the middle refused")

// CertificateError reports that the server's certificate is not one that proves its
// identity.
type CertificateError struct {
	Certificate *x509.Certificate // the server's own
	Pinned      bool              // another one was expected
	Err         error
}

func (e *CertificateError) Error() string { return "the server's certificate: " + e.Err.Error() }
func (e *CertificateError) Unwrap() error { return e.Err }

// Fingerprint is the certificate's SHA-256, in hexadecimal.
func (e *CertificateError) Fingerprint() string {
	sum := sha256.Sum256(e.Certificate.Raw)
	return hex.EncodeToString(sum[:])
}

// Conn is a logged-in connection. It is not safe for concurrent use.
type Conn struct {
	config   Config
	tls      *tls.Config
	raw      net.Conn  // the control connection
	control  *slowConn // the same, encrypted
	text     *textproto.Conn
	features map[string]string // by name, in upper case
	home     string
	noEPSV   bool
	plain    bool // LIST takes no options
	broken   bool

	mu   sync.Mutex
	data net.Conn // that is open now, or nil
}

// Dial connects and logs in. The error is or wraps [ErrNoTLS], a [*CertificateError],
// [ErrDenied], [ErrBusy], the server's own [*textproto.Error], or one of the network.
func Dial(ctx context.Context, config Config) (*Conn, error) {
	if config.Dial == nil {
		config.Dial = (&net.Dialer{Timeout: patience}).DialContext
	}
	raw, err := config.Dial(ctx, "tcp", net.JoinHostPort(config.Host, config.Port))
	if err != nil {
		return nil, err
	}
	c := &Conn{config: config, raw: raw, features: map[string]string{}}
	defer c.until(ctx)()
	if err := c.start(ctx); err != nil {
		_ = raw.Close()
		return nil, orCause(ctx, err)
	}
	return c, nil
}

// use makes a connection the one for commands.
func (c *Conn) use(conn net.Conn) {
	c.control = &slowConn{Conn: conn, patience: patience}
	c.text = textproto.NewConn(c.control)
}

func (c *Conn) start(ctx context.Context) error {
	c.use(c.raw)
	if _, _, err := c.text.ReadResponse(220); err != nil {
		return named(ErrBusy, err)
	}
	if _, err := c.command(234, "AUTH TLS"); err != nil {
		return noTLS(err)
	}
	c.tls = c.newTLS()
	secure := tls.Client(c.raw, c.tls)
	if err := c.raw.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if err := secure.HandshakeContext(ctx); err != nil {
		return err
	}
	c.use(secure) // with a new buffer: what came in the clear before counts for nothing
	return c.login()
}

func (c *Conn) newTLS() *tls.Config {
	return &tls.Config{
		ServerName:         c.config.Host, // names the session in the cache too, whatever the port
		RootCAs:            c.config.Roots,
		MinVersion:         tls.VersionTLS12,
		ClientSessionCache: tls.NewLRUClientSessionCache(1),
		InsecureSkipVerify: true, // VerifyConnection does it, and keeps the certificate for people
		VerifyConnection:   c.verify,
	}
}

// verify is asked at every handshake, also when a session is resumed.
func (c *Conn) verify(s tls.ConnectionState) error {
	own := s.PeerCertificates[0]
	if want := c.config.Fingerprint; want != nil {
		if sum := sha256.Sum256(own.Raw); !bytes.Equal(sum[:], want) {
			return &CertificateError{own, true, errors.New("it is not the one that is known")}
		}
		return nil
	}
	between := x509.NewCertPool()
	for _, issuer := range s.PeerCertificates[1:] {
		between.AddCert(issuer)
	}
	_, err := own.Verify(x509.VerifyOptions{DNSName: c.config.Host, Roots: c.config.Roots, Intermediates: between})
	if err != nil {
		return &CertificateError{own, false, err}
	}
	return nil
}

func (c *Conn) login() error {
	code, message, err := c.reply("USER %s", c.config.User)
	if err == nil && code == 331 {
		code, message, err = c.reply("PASS %s", c.config.Password)
	}
	switch {
	case err != nil:
		return err
	case code == 421 || code == 530 && strings.Contains(strings.ToLower(message), "too many"):
		return fmt.Errorf("%w: %w", ErrBusy, &textproto.Error{Code: code, Msg: message})
	case code != 230 && code != 232:
		return fmt.Errorf("%w: %w", ErrDenied, &textproto.Error{Code: code, Msg: message})
	}
	for _, command := range []string{"PBSZ 0", "PROT P"} {
		if _, err := c.command(200, "%s", command); err != nil {
			return noTLS(err)
		}
	}
	if err := c.learn(); err != nil {
		return err
	}
	_, err = c.command(200, "TYPE I")
	return err
}

// learn asks what the server can do, and where the user is at home.
func (c *Conn) learn() error {
	code, message, err := c.reply("FEAT")
	if err != nil {
		return err
	}
	if code == 211 {
		for line := range strings.Lines(message) {
			if name, found := strings.CutPrefix(line, " "); found {
				name, arguments, _ := strings.Cut(strings.TrimSpace(name), " ")
				c.features[strings.ToUpper(name)] = arguments
			}
		}
	}
	if _, can := c.features["UTF8"]; can {
		if _, _, err := c.reply("OPTS UTF8 ON"); err != nil { // what it answers differs, and it is UTF-8 all the same
			return err
		}
	}
	message, err = c.command(257, "PWD")
	if err != nil {
		return err
	}
	_, rest, _ := strings.Cut(message, `"`)
	if end := strings.LastIndex(rest, `"`); end >= 0 {
		c.home = strings.ReplaceAll(rest[:end], `""`, `"`)
	}
	if !strings.HasPrefix(c.home, "/") {
		return fmt.Errorf("the server is at home in %q, which is no path", message)
	}
	return nil
}

// Home is the folder that the server shows first after the login, an absolute path.
func (c *Conn) Home() string { return c.home }

// Precise reports whether listings give times to the second and in UTC.
func (c *Conn) Precise() bool { return c.has("MLST") }

// Broken reports whether the connection can no longer be used.
func (c *Conn) Broken() bool { return c.broken }

func (c *Conn) has(feature string) bool {
	_, can := c.features[feature]
	return can
}

// Close sends QUIT and closes the connection.
func (c *Conn) Close() error {
	if !c.broken {
		c.control.patience = time.Second
		_, _, _ = c.reply("QUIT") // whatever it answers
	}
	c.broken = true
	return c.text.Close()
}

// until closes the connection if ctx ends before the returned function is called.
func (c *Conn) until(ctx context.Context) (stop func() bool) {
	return context.AfterFunc(ctx, func() {
		_ = c.raw.Close() // whoever reads or writes there finds out
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.data != nil {
			_ = c.data.Close()
		}
	})
}

// orCause gives the reason why ctx has ended, if it has, before what came of that.
func orCause(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return errors.Join(ctx.Err(), err)
	}
	return err
}

// reply sends a command and returns what the server answers to it.
func (c *Conn) reply(format string, args ...any) (code int, message string, err error) {
	line := fmt.Sprintf(format, args...)
	if strings.ContainsAny(line, "\r\n\x00") {
		return 0, "", fmt.Errorf("%w: a command is one line: %q", fs.ErrInvalid, args)
	}
	if err := c.text.PrintfLine("%s", line); err != nil {
		c.broken = true
		return 0, "", err
	}
	return c.answer()
}

// answer reads the next reply. After one that ends the connection, it is broken.
func (c *Conn) answer() (code int, message string, err error) {
	code, message, err = c.text.ReadResponse(0)
	c.broken = c.broken || err != nil || code == 421
	return code, message, err
}

// command sends a command that must be answered with the code, or with one that begins
// like it if that is a single digit; any other answer is a [*textproto.Error].
func (c *Conn) command(want int, format string, args ...any) (message string, err error) {
	code, message, err := c.reply(format, args...)
	return message, expect(want, code, message, err)
}

func expect(want, code int, message string, err error) error {
	if err == nil && code != want && (want > 9 || code/100 != want) {
		err = &textproto.Error{Code: code, Msg: message}
	}
	return err
}

// Answer returns what the server has answered, if err is or wraps that.
func Answer(err error) (reply *textproto.Error, is bool) {
	is = errors.As(err, &reply)
	return reply, is
}

// named gives a refusal by the server its name.
func named(name, err error) error {
	if _, is := Answer(err); is {
		return fmt.Errorf("%w: %w", name, err)
	}
	return err
}

// noTLS gives a refusal to encrypt its name.
func noTLS(err error) error {
	if reply, is := Answer(err); is && reply.Code >= 500 {
		return fmt.Errorf("%w: %w", ErrNoTLS, err)
	}
	return err
}

// slowConn is a connection whose reads and writes fail when the other side does nothing
// for too long.
type slowConn struct {
	net.Conn
	patience time.Duration
}

func (s *slowConn) Read(p []byte) (int, error) {
	if err := s.SetReadDeadline(time.Now().Add(s.patience)); err != nil {
		return 0, err
	}
	return s.Conn.Read(p)
}

func (s *slowConn) Write(p []byte) (int, error) {
	if err := s.SetWriteDeadline(time.Now().Add(s.patience)); err != nil {
		return 0, err
	}
	return s.Conn.Write(p)
}
