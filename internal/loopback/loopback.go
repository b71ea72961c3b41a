// Package loopback protects servers that are meant for one person on this machine.
//
// A server on loopback can be reached by more than that person: a page of any site may
// request http://127.0.0.1, a foreign domain name may be made to resolve to it (DNS
// rebinding), and other programs and users of the machine can connect. A [Guard] in
// front of the server checks Host, which names the foreign domain after rebinding;
// Origin and Sec-Fetch-Site, by which a browser tells whose page makes the request; and,
// where not everybody on the machine may read, a key in a cookie, which a browser
// receives in exchange for a one-time code. The key appears in no address, command line
// or page; the code may, since it is useless afterwards.
//
// In: a port. Out: a listener on 127.0.0.1, and what is wrong with a request.
package loopback

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Listen listens on 127.0.0.1 only; port 0 means any free port.
func Listen(port int) (net.Listener, error) {
	return net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
}

// Serve serves requests on a listener until ctx is done, then closes it. It returns an
// error only if the listener failed.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(l); ctx.Err() == nil {
		return err
	}
	return nil
}

// What is wrong with a request.
var (
	ErrCrossOrigin  = errors.New("the request was sent to another host, or by a page of another origin")
	ErrUnauthorized = errors.New("the request carries no valid key")
)

// Guard decides which requests a server on loopback may answer.
type Guard struct {
	Origin string // of the server's pages: "http://127.0.0.1:1414"
	// FramedBy is the origin whose pages may link to the server's pages and show them
	// in frames; "" for none.
	FramedBy string
	// LinkedFrom is the origin whose pages may link to the server's pages, if they say
	// where they are (Referer); "" for none.
	LinkedFrom string

	hosts       []string // as requests may name them
	cookie, key string   // "" if none is asked for

	mu   sync.Mutex
	code string // "" until Invite is called
}

// NewGuard returns a guard that admits whoever opens the address on this machine, under
// any of the machine's own names.
func NewGuard(l net.Listener) *Guard {
	hosts := []string{hostOf("localhost", l), hostOf("127.0.0.1", l), hostOf("[::1]", l)}
	return &Guard{Origin: "http://" + hosts[0], hosts: hosts}
}

// NewKeyGuard returns a guard that admits only browsers that hold its key: see
// [Guard.Invite] and [Guard.Admit].
func NewKeyGuard(l net.Listener) *Guard {
	host := hostOf("127.0.0.1", l)
	// Browsers keep one jar of cookies for all ports of a host.
	return &Guard{Origin: "http://" + host, hosts: []string{host}, cookie: "lienhiep-" + strconv.Itoa(portOf(l)), key: rand.Text()}
}

// hostOf is a name with the listener's port, as browsers write it in Host and Origin.
func hostOf(name string, l net.Listener) string {
	if portOf(l) == 80 {
		return name
	}
	return name + ":" + strconv.Itoa(portOf(l))
}

func portOf(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

// Check returns nil if a request may be answered, otherwise [ErrCrossOrigin] or
// [ErrUnauthorized].
func (g *Guard) Check(r *http.Request) error {
	switch {
	case !slices.Contains(g.hosts, strings.ToLower(r.Host)), !g.isOurs(r):
		return ErrCrossOrigin
	case g.key != "" && !g.hasKey(r):
		return ErrUnauthorized
	}
	return nil
}

// isOurs reports whether a request was sent by one of the server's own pages, by one
// that may show them, or by a person.
func (g *Guard) isOurs(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none": // an old browser, a page of the server, a person
	case "same-site":
		// All ports of a host are one site. What is only shown is not given away: no
		// other page can read it, and the policy of frames keeps it from all but one.
		shows := r.Header.Get("Sec-Fetch-Mode") == "navigate" && slices.Contains([]string{"document", "iframe"}, r.Header.Get("Sec-Fetch-Dest"))
		linked := g.LinkedFrom != "" && r.Referer() == g.LinkedFrom+"/" && r.Header.Get("Sec-Fetch-Dest") == "document"
		if !shows || g.FramedBy == "" && !linked {
			return false
		}
	default:
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return r.Method == http.MethodGet || r.Method == http.MethodHead
	}
	return origin == "http://"+strings.ToLower(r.Host)
}

func (g *Guard) hasKey(r *http.Request) bool {
	c, err := r.Cookie(g.cookie)
	return err == nil && equal(c.Value, g.key)
}

// Invite returns a new one-time code and invalidates the previous one.
func (g *Guard) Invite() (code string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.code = rand.Text()
	return g.code
}

// Redeem reports whether a code is valid, and invalidates it.
func (g *Guard) Redeem(code string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.code == "" || !equal(code, g.code) {
		return false
	}
	g.code = ""
	return true
}

// Admit sets the key's cookie in a response, which may come from another port: cookies
// do not depend on ports.
func (g *Guard) Admit(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: g.cookie, Value: g.key, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
