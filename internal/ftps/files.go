package ftps

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Names are absolute paths with slashes. A method fails with the server's answer, a
// [*textproto.Error], or with what is wrong with the connection, which is [Conn.Broken]
// then.

// do sends a command and returns an error unless it succeeds.
func (c *Conn) do(ctx context.Context, format string, args ...any) (string, error) {
	defer c.until(ctx)()
	message, err := c.command(2, format, args...)
	return message, orCause(ctx, err)
}

// Remove removes a file.
func (c *Conn) Remove(ctx context.Context, name string) error {
	_, err := c.do(ctx, "DELE %s", name)
	return err
}

// MakeFolder makes a folder, and fails if there is something of that name.
func (c *Conn) MakeFolder(ctx context.Context, name string) error {
	_, err := c.do(ctx, "MKD %s", name)
	return err
}

// RemoveFolder removes an empty folder.
func (c *Conn) RemoveFolder(ctx context.Context, name string) error {
	_, err := c.do(ctx, "RMD %s", name)
	return err
}

// IsFolder reports whether a folder is there that may be entered.
func (c *Conn) IsFolder(ctx context.Context, name string) (bool, error) {
	_, err := c.do(ctx, "CWD %s", name)
	if reply, is := Answer(err); is && reply.Code/100 == 5 {
		return false, nil
	}
	return err == nil, err
}

// Move gives a file or folder another name. It fails with fs.ErrNotExist if the server
// does not know that file; whether something may have the new name already is the
// server's affair.
func (c *Conn) Move(ctx context.Context, from, to string) error {
	defer c.until(ctx)()
	_, err := c.command(350, "RNFR %s", from)
	if reply, is := Answer(err); is && reply.Code == 550 {
		err = fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	}
	if err == nil {
		_, err = c.command(2, "RNTO %s", to)
	}
	return orCause(ctx, err)
}

// Chmod sets the permission bits of a file or folder.
func (c *Conn) Chmod(ctx context.Context, name string, bits uint32) error {
	_, err := c.do(ctx, "SITE CHMOD %o %s", bits, name)
	return err
}

// Size returns a file's size in bytes.
func (c *Conn) Size(ctx context.Context, name string) (int64, error) {
	message, err := c.do(ctx, "SIZE %s", name)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(message), 10, 64)
}

// Modified returns when a file was last written, by the server's clock.
func (c *Conn) Modified(ctx context.Context, name string) (time.Time, error) {
	message, err := c.do(ctx, "MDTM %s", name)
	if err != nil {
		return time.Time{}, err
	}
	return parseTime(strings.TrimSpace(message))
}

// parseTime reads a time as RFC 3659 has it, with a fraction of a second or without.
func parseTime(text string) (time.Time, error) { return time.Parse("20060102150405", text) }

// Store writes what r gives to a file, from offset on: what the file has after that goes.
// It fails with [ErrRestart] where the server lets files begin at their beginning alone.
func (c *Conn) Store(ctx context.Context, name string, r io.Reader, offset int64) error {
	return c.transfer(ctx, offset, "STOR "+name, func(data *tls.Conn) error {
		if _, err := io.Copy(data, onlyReader{r}); err != nil {
			return err
		}
		// First our end alone is closed. With both, a server that has sent something,
		// as TLS 1.3 does with its tickets, would have the connection reset, and could
		// lose what it has not read yet.
		if err := data.CloseWrite(); err != nil {
			return err
		}
		if tcp, is := data.NetConn().(*slowConn).Conn.(interface{ CloseWrite() error }); is {
			_ = tcp.CloseWrite() // some servers wait for that too
		}
		_, _ = io.Copy(io.Discard, data) // the reply says whether all was well
		return nil
	})
}

// onlyReader hides what else a reader can do, so that it is copied in small pieces.
type onlyReader struct{ io.Reader }

// Fetch reads a file to its end.
func (c *Conn) Fetch(ctx context.Context, name string, w io.Writer) error {
	return c.transfer(ctx, 0, "RETR "+name, copyTo(w))
}

func copyTo(w io.Writer) func(*tls.Conn) error {
	return func(data *tls.Conn) error {
		_, err := io.Copy(w, data)
		return err
	}
}

// transfer gives a command that needs a data connection, and has f use that.
func (c *Conn) transfer(ctx context.Context, offset int64, command string, f func(*tls.Conn) error) error {
	defer c.until(ctx)()
	return orCause(ctx, c.transferNow(ctx, offset, command, f))
}

func (c *Conn) transferNow(ctx context.Context, offset int64, command string, f func(*tls.Conn) error) error {
	raw, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer c.shut(raw)
	if offset > 0 {
		if _, err := c.command(350, "REST %d", offset); err != nil {
			return named(ErrRestart, err)
		}
	}
	if _, err := c.command(1, "%s", command); err != nil {
		if offset > 0 {
			err = named(ErrRestart, err)
		}
		return err
	}
	// The server is ready for this only now, and does it also for an empty file.
	data := tls.Client(&slowConn{Conn: raw, patience: patience}, c.tls)
	failed := data.HandshakeContext(ctx)
	if failed == nil {
		failed = f(data)
	}
	c.shut(raw)
	c.control.patience = lastPatience
	code, message, err := c.answer()
	c.control.patience = patience
	err = expect(2, code, message, err)
	if _, is := Answer(err); failed != nil && !is {
		c.broken = true // a file that was cut off may pass for a whole one there
	}
	return errors.Join(err, failed)
}

// open opens a data connection.
func (c *Conn) open(ctx context.Context) (net.Conn, error) {
	port, err := c.passive()
	if err != nil {
		return nil, err
	}
	// Where the server is, the control connection knows. What PASV says may be an
	// address of the network behind its router, or of somebody else.
	host, _, err := net.SplitHostPort(c.raw.RemoteAddr().String())
	if err != nil {
		return nil, err
	}
	raw, err := c.config.Dial(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		c.broken = true // the server still waits
		return nil, fmt.Errorf("%w: %w", ErrData, err)
	}
	if tcp, is := raw.(interface{ SetWriteBuffer(int) error }); is {
		// What is on its way when all is written must arrive in good time.
		_ = tcp.SetWriteBuffer(256 << 10)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.data = raw
	return raw, nil
}

func (c *Conn) shut(raw net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = raw.Close()
	c.data = nil
}

var (
	extendedPassive = regexp.MustCompile(`\(\|\|\|(\d{1,5})\|\)`)
	oldPassive      = regexp.MustCompile(`\d+,\d+,\d+,\d+,(\d{1,3}),(\d{1,3})`)
)

// passive has the server wait at a port.
func (c *Conn) passive() (port int, err error) {
	if !c.noEPSV {
		message, err := c.command(229, "EPSV")
		if m := extendedPassive.FindStringSubmatch(message); err == nil && m != nil {
			return strconv.Atoi(m[1])
		}
		if _, is := Answer(err); err != nil && !is {
			return 0, err
		}
		c.noEPSV = true
	}
	message, err := c.command(227, "PASV")
	if err != nil {
		return 0, err
	}
	m := oldPassive.FindStringSubmatch(message)
	if m == nil {
		return 0, fmt.Errorf("the server waits at %q, which is no port", message)
	}
	high, _ := strconv.Atoi(m[1]) // the pattern lets digits through alone
	low, _ := strconv.Atoi(m[2])
	return high<<8 | low, nil
}
