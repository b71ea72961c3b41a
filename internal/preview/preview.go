// Package preview serves a site on this machine while it is being edited: the pages of
// the last successful build, with the findings that kept a later one from succeeding.
//
// What is wrong with the site is told at the head of its pages: of a page's own entry in
// full, of others folded.
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
	faults  []Fault
	failed  bool          // the faults have kept a later build from succeeding
	state   string        // names what is shown now
	changed chan struct{} // closed when that changes
}

// New returns a server without any pages yet.
func New(o Options) *Server {
	return &Server{Options: o, state: rand.Text(), changed: make(chan struct{})}
}

// URL is the address of the site's front page.
func (s *Server) URL() string { return s.Guard.Origin + s.Base }

// Fault is what is wrong with the site, as whoever looks at a page is told it.
type Fault struct {
	Where   string // what it is in: an entry's title, or a file and a line; may be ""
	Door    string // the address at which it can be mended, "" for none
	Page    string // the address of the entry's own page, below [Server.URL]; "" for none
	Message string
	Hint    string
	Details string // in another program's words
	Stands  string // what is shown in place of the entry, "" where it is shown as it is
}

// Show serves the pages in a folder from now on, in place of those before, with what is
// wrong with them.
func (s *Server) Show(dir string, faults []Fault) error {
	pages, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("opening the built pages: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before, ahead := s.pages, s.ahead
	s.pages, s.ahead, s.faults, s.failed = pages, nil, faults, false
	s.change()
	return errors.Join(closed(before), closed(ahead))
}

// Ahead serves the few pages in a folder before those of the last build, until the next,
// and tells of what is wrong with the site as they are of it.
func (s *Server) Ahead(dir string, faults []Fault) error {
	pages, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("opening the built pages: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.ahead
	s.ahead, s.faults, s.failed = pages, faults, false
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
func (s *Server) Fail(faults []Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.failed = faults, true
	s.change()
}

// Faults are what is wrong with what is shown, and whether that has kept the latest
// state of the site from being shown.
func (s *Server) Faults() (faults []Fault, failed bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.faults, s.failed
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
// for builds until ctx is done or one has failed.
func (s *Server) Await(ctx context.Context, address string) bool {
	for {
		s.mu.RLock()
		found := s.find(address)
		changed, failed := s.changed, s.failed
		s.mu.RUnlock()
		if found.exists() || failed {
			return found.exists()
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
	told := s.told(address)
	state := s.state
	s.mu.RUnlock()

	switch {
	case found.folder:
		redirect(w, r, r.URL.EscapedPath()+"/")
	case isHTML(found.name):
		send(w, r, status, found.name, complete(found.data, state, told))
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
	case s.pages == nil && !s.failed:
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

// told is what is said at the head of a page.
type told struct {
	Title, Others, Details string // headings
	Own, Apart             []Fault
}

// told parts what is to be said at the head of the page at an address: what concerns it,
// and what stands in the place of an entry, from the rest. The caller has locked s.
func (s *Server) told(address string) told {
	t := told{Details: titleDetails.In(s.Lang)}
	if s.failed {
		t.Title, t.Own = titleFaults.In(s.Lang), s.faults
		if s.pages == nil {
			t.Title = titleFirst.In(s.Lang)
		}
		return t
	}
	for _, f := range s.faults {
		if f.Stands != "" || f.Page != "" && strings.Trim(f.Page, "/") == strings.Trim(address, "/") {
			t.Own = append(t.Own, f)
		} else {
			t.Apart = append(t.Apart, f)
		}
	}
	t.Title, t.Others = titleOwn.In(s.Lang), fmt.Sprintf(titleOthers.In(s.Lang), len(t.Apart))
	return t
}

// faultList is what is said at the head of a page. A link to the desk says where it comes
// from: the desk lets nobody in that another program's page leads there.
var faultList = template.Must(template.New("").Parse(`{{define "all"}}<ul>{{range .All}}<li>` +
	`{{if .Door}}<a href="{{.Door}}" target="_blank" rel="noopener" referrerpolicy="origin">{{.Where}}</a>: {{else if .Where}}<code>{{.Where}}</code> {{end}}` +
	`{{.Message}}{{with .Hint}} <em>{{.}}</em>{{end}}{{with .Stands}} <b>{{.}}</b>{{end}}{{if .Details}}<details><summary>{{$.Details}}</summary><pre>{{.Details}}</pre></details>{{end}}</li>{{end}}</ul>{{end}}` +
	`<aside class="findings">{{with .Own}}<h2>{{$.Title}}</h2>{{template "all" ($.List .)}}{{end}}{{with .Apart}}<details><summary>{{$.Others}}</summary>{{template "all" ($.List .)}}</details>{{end}}</aside>`))

// List is what the template of a list is given.
func (t told) List(faults []Fault) map[string]any {
	return map[string]any{"All": faults, "Details": t.Details}
}

// complete is a page as it is sent: with what is wrong at its head, and the script at
// its end.
func complete(html []byte, state string, t told) []byte {
	var b bytes.Buffer
	if body := bodyTag.FindIndex(html); len(t.Own)+len(t.Apart) > 0 && body != nil {
		b.Write(html[:body[1]])
		html = html[body[1]:]
		if err := faultList.Execute(&b, t); err != nil {
			panic(err) // neither the template nor the buffer can fail
		}
	}
	b.Write(html)
	fmt.Fprintf(&b, `<script src="%s" data-events="%s?state=%s"></script>`, scriptAddress, eventsAddress, state)
	return b.Bytes()
}
