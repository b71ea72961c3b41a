// Package preview serves a site on this machine while it is being edited: the pages of
// the last successful build, with the findings that kept a later one from succeeding.
//
// Every build has a folder of its own and is served once it is complete ([Server.Show]),
// so that nobody sees a partial page. While a build lasts, the few pages that somebody has
// just changed may stand before those of the last one ([Server.Ahead]). Pages are served as they
// were built, with the headers that they will be published with ([host.Headers]) and a
// small script that reloads them after the next build.
//
// In: folders of built pages, and findings. Out: HTTP, behind a [loopback.Guard].
package preview

import (
	"bytes"
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
	"lienhiep/internal/loopback"
)

// Options configure a preview server.
type Options struct {
	Guard *loopback.Guard
	Base  string    // the path that the site lies at: "/", "/site/"
	Lang  diag.Lang // in which the person is spoken to
}

// Server is the preview server. Use [New].
type Server struct {
	Options

	mu      sync.RWMutex
	pages   *os.Root // of the last whole build; nil before the first
	ahead   *os.Root // pages that are newer than those, or nil
	faults  []diag.Record
	state   string        // names what is shown now
	changed chan struct{} // closed when that changes
}

// New returns a server without any pages yet.
func New(o Options) *Server {
	return &Server{Options: o, state: rand.Text(), changed: make(chan struct{})}
}

// URL is the address of the site's front page.
func (s *Server) URL() string { return s.Guard.Origin + s.Base }

// Show serves the pages in a folder from now on, in place of those before.
func (s *Server) Show(dir string) error {
	pages, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("opening the built pages: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before, ahead := s.pages, s.ahead
	s.pages, s.ahead, s.faults = pages, nil, nil
	s.change()
	return errors.Join(closed(before), closed(ahead))
}

// Ahead serves the few pages in a folder before those of the last build, until the next.
func (s *Server) Ahead(dir string) error {
	pages, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("opening the built pages: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.ahead
	s.ahead, s.faults = pages, nil
	s.change()
	return closed(before)
}

// closed closes a folder of pages, if there is one.
func closed(pages *os.Root) error {
	if pages == nil {
		return nil
	}
	return pages.Close()
}

// Fail shows on every page why the latest state of the site could not be built. The
// pages of the last build stay.
func (s *Server) Fail(faults []diag.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = faults
	s.change()
}

// change lets everybody know who waits. The caller has locked s.
func (s *Server) change() {
	s.state = rand.Text()
	close(s.changed)
	s.changed = make(chan struct{})
}

// Close releases the pages.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(closed(s.pages), closed(s.ahead))
}

// Await reports whether there is a page at an address relative to [Server.URL], waiting
// for builds until ctx is done.
func (s *Server) Await(ctx context.Context, address string) bool {
	for {
		s.mu.RLock()
		found := s.find(address)
		changed := s.changed
		s.mu.RUnlock()
		if found.exists() {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-changed:
		}
	}
}

// Addresses of the server's own, which no page of the site can have.
const (
	scriptAddress = "/_preview/live.js"
	eventsAddress = "/_preview/events"
)

//go:embed live.js
var script []byte

// ServeHTTP serves pages to requests that the guard admits.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for _, h := range host.Headers(s.Guard.FramedBy) {
		w.Header().Set(h.Name, h.Value)
	}
	w.Header().Set("Cache-Control", "no-store")
	switch err := s.Guard.Check(r); {
	case errors.Is(err, loopback.ErrUnauthorized):
		send(w, r, http.StatusUnauthorized, "401.html", loopback.Page(s.Lang, titleRefused, textUnauthorized))
	case err != nil:
		send(w, r, http.StatusForbidden, "403.html", loopback.Page(s.Lang, titleRefused, textCrossOrigin))
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
	case r.URL.Path == scriptAddress:
		send(w, r, http.StatusOK, scriptAddress, script)
	case r.URL.Path == eventsAddress:
		s.events(w, r)
	default:
		s.page(w, r)
	}
}

// events tells the page that asks when something else is shown than what it names.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w).Flush
	if flush() != nil {
		return // the page has gone
	}
	for {
		s.mu.RLock()
		state, changed := s.state, s.changed
		s.mu.RUnlock()
		if state != r.FormValue("state") {
			fmt.Fprint(w, "data: changed\n\n")
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		}
	}
}

// page sends what lies at an address.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	address, below := strings.CutPrefix(r.URL.Path, s.Base)
	if r.URL.Path == "/" && !below || r.URL.Path+"/" == s.Base {
		redirect(w, r, s.Base)
		return
	}
	s.mu.RLock()
	var found file
	status := http.StatusOK
	if below {
		found = s.find(address)
	}
	if !found.exists() {
		found, status = s.missing(address)
	}
	state, faults := s.state, s.faults
	s.mu.RUnlock()

	switch {
	case found.folder:
		redirect(w, r, r.URL.EscapedPath()+"/")
	case isHTML(found.name):
		send(w, r, status, found.name, s.complete(found.data, state, faults))
	default:
		send(w, r, status, found.name, found.data)
	}
}

// file is what lies at an address: a file, or a folder with a page in it.
type file struct {
	name   string
	data   []byte
	folder bool
}

func (f file) exists() bool { return f.data != nil || f.folder }

// find looks up an address below Base. The caller has locked s.
func (s *Server) find(address string) file {
	name := strings.TrimPrefix(path.Clean("/"+address), "/")
	if name == "" || strings.HasSuffix(address, "/") {
		name = path.Join(name, "index.html")
	}
	if s.pages == nil || isHidden(name) {
		return file{}
	}
	for _, pages := range []*os.Root{s.ahead, s.pages} {
		if pages == nil {
			continue
		}
		if data, err := fs.ReadFile(pages.FS(), name); err == nil {
			return file{name: name, data: data}
		}
		if _, err := fs.Stat(pages.FS(), path.Join(name, "index.html")); err == nil {
			return file{name: name, folder: true}
		}
	}
	return file{name: name}
}

// isHidden reports whether no web server gives a file out.
func isHidden(name string) bool {
	return host.IsConfig(name) || slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return strings.HasPrefix(part, ".") })
}

// missing is what is sent in place of a page that is not there: the site's own, in the
// language of the address, if there is one. The caller has locked s.
func (s *Server) missing(address string) (file, int) {
	switch {
	case s.pages == nil && s.faults == nil:
		return file{name: "503.html", data: loopback.Page(s.Lang, titleBuilding, textBuilding)}, http.StatusServiceUnavailable
	case s.pages == nil:
		return file{name: "503.html", data: loopback.Page(s.Lang, titleNothing, textNothing)}, http.StatusServiceUnavailable
	}
	lang, _, _ := strings.Cut(address, "/")
	for _, name := range []string{lang + "/404.html", "404.html"} {
		if found := s.find(name); found.data != nil {
			return found, http.StatusNotFound
		}
	}
	return file{name: "404.html", data: loopback.Page(s.Lang, titleNothing, textNotFound)}, http.StatusNotFound
}

func isHTML(name string) bool { return strings.HasPrefix(host.ContentType(name), "text/html") }

// redirect leads to another address of this server.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	// Two slashes at its beginning would make it the address of another host.
	http.Redirect(w, r, "/"+strings.TrimLeft(to, "/"), http.StatusTemporaryRedirect)
}

func send(w http.ResponseWriter, r *http.Request, status int, name string, data []byte) {
	w.Header().Set("Content-Type", host.ContentType(name))
	if status == http.StatusOK {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data)) // parts of a film, say
		return
	}
	w.WriteHeader(status)
	_, _ = w.Write(data) // a browser that has gone away needs no answer
}

// bodyTag ends where what is said of a page is put into it.
var bodyTag = regexp.MustCompile(`(?i)<body[^>]*>`)

// faultList has the look of the site's own list of what is to be mended
// (layouts/_partials/findings.html).
var faultList = template.Must(template.New("").Parse(`<aside class="findings"><h2>{{.Title}}</h2><ul>{{range .Faults}}<li>` +
	`{{if .File}}<code>{{.File}}{{with .Line}}:{{.}}{{end}}</code> {{end}}{{.Message}}{{with .Hint}} <em>{{.}}</em>{{end}}</li>{{end}}</ul></aside>`))

// complete is a page as it is sent: with what is wrong at its head, and the script at
// its end.
func (s *Server) complete(html []byte, state string, faults []diag.Record) []byte {
	var b bytes.Buffer
	if body := bodyTag.FindIndex(html); len(faults) > 0 && body != nil {
		b.Write(html[:body[1]])
		html = html[body[1]:]
		if err := faultList.Execute(&b, map[string]any{"Title": titleFaults.In(s.Lang), "Faults": faults}); err != nil {
			panic(err) // neither the template nor the buffer can fail
		}
	}
	b.Write(html)
	fmt.Fprintf(&b, `<script src="%s" data-events="%s?state=%s"></script>`, scriptAddress, eventsAddress, state)
	return b.Bytes()
}
