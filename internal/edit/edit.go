// Package edit is the back end of the editors' desk: a server on loopback that
// shows the site's entries in Sveltia CMS, saves what editors change, and takes
// them from there to a published site.
//
// It implements the part of Gitea's API that Sveltia needs ([Desk.repository])
// over the working folder instead of a repository: a file's version is its git
// hash, a save that is based on another version than the current one is refused,
// and files are replaced atomically. Sveltia rewrites a whole file whenever it
// saves; [matter.Revise] applies only what the editor changed and keeps every
// other byte.
//
// In: the site's folder, the bundled Sveltia ([lienhiep/internal/desk]), and
// what the program around it can do ([Site]). Out: HTTP, behind a
// [loopback.Guard]: only pages opened by this run are answered.
package edit

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/loopback"
	"lienhiep/internal/preview"
)

// Options configure a desk.
type Options struct {
	Root     string            // the site's folder
	Guard    *loopback.Guard   // of the desk's own server
	Preview  *preview.Server   // the live page, whose guard asks for a key and knows the desk
	Files    map[string][]byte // Sveltia, bundled
	Site     Site
	Zone     *time.Location
	Commit   func(message string, files []string) // called after every save, one at a time; may be nil
	Admitted func()                               // called when a browser has been let in
	Log      func(error)
}

// Desk serves the editors' desk.
type Desk struct {
	Options
	folder *folder
	repo   string
	mux    *http.ServeMux

	committing sync.Mutex // git takes one commit at a time
}

// New opens the desk of the site's folder.
func New(o Options) (*Desk, error) {
	f, err := openFolder(o.Root, o.Zone)
	if err != nil {
		return nil, err
	}
	repo, err := repoOf(o.Root)
	if err != nil {
		return nil, errors.Join(err, f.root.Close())
	}
	d := &Desk{Options: o, folder: f, repo: repo, mux: http.NewServeMux()}
	d.routes()
	return d, nil
}

// Close releases the site's folder.
func (d *Desk) Close() error { return d.folder.root.Close() }

// Invitation returns a one-time address that admits one browser, and invalidates the
// previous one.
func (d *Desk) Invitation() string { return d.Guard.Origin + "/mo?ma=" + d.Guard.Invite() }

func (d *Desk) routes() {
	d.mux.HandleFunc("GET /mo", d.open)
	d.mux.HandleFunc("GET /{$}", d.page("desk.html"))
	d.mux.HandleFunc("GET /desk.css", d.page("desk.css"))
	d.mux.HandleFunc("GET /desk.js", d.page("desk.js"))
	d.mux.HandleFunc("GET /soan/{$}", d.page("editor.html"))
	d.mux.HandleFunc("GET /soan/editor.css", d.page("editor.css"))
	d.mux.HandleFunc("GET /soan/config.json", d.configuration)
	d.mux.HandleFunc("GET /soan/{file...}", d.bundled)
	d.work()
	d.repository()
}

// open lets the browser in that follows an [Desk.Invitation], at the desk and at the
// live page. Who is in already may follow an old one.
func (d *Desk) open(w http.ResponseWriter, r *http.Request) {
	invited := r.Method == http.MethodGet && d.Guard.Redeem(r.URL.Query().Get("ma"))
	if !invited && d.Guard.Check(r) != nil {
		deny(w, r, http.StatusForbidden, textUsed)
		return
	}
	d.Guard.Admit(w)
	d.Preview.Guard.Admit(w)
	http.Redirect(w, r, "/", http.StatusSeeOther)
	if invited {
		d.Admitted()
	}
}

// policy lets the desk's pages load what the desk serves, show the live page, and
// nothing else. Sveltia writes its styles into the page; the decoder of HEIC is
// WebAssembly.
func (d *Desk) policy() string {
	return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
		"img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self' data: blob:; worker-src 'self' blob:; " +
		"manifest-src 'self' blob: data:; frame-src 'self' " + d.Preview.Guard.Origin + "; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
}

// ServeHTTP serves only browsers admitted by this run. Requests from other sites' pages,
// including after DNS rebinding, are refused.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", d.policy())
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
	switch err := d.Guard.Check(r); {
	case errors.Is(err, loopback.ErrUnauthorized) && r.URL.Path == "/mo": // to be let in
	case errors.Is(err, loopback.ErrUnauthorized):
		deny(w, r, http.StatusUnauthorized, textStale)
		return
	case err != nil:
		deny(w, r, http.StatusForbidden, textForeign)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	d.mux.ServeHTTP(w, r)
}

// deny answers who is not let in: a person with a page, a program as [fail] does.
func deny(w http.ResponseWriter, r *http.Request, status int, text diag.Text) {
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		fail(w, status, text)
		return
	}
	w.Header().Set("Content-Type", contentTypes[".html"])
	w.WriteHeader(status)
	_, _ = w.Write(loopback.Page(diag.Vietnamese, textDenied, text)) // a browser that has gone away needs no answer
}

//go:embed page
var pages embed.FS

// page serves a file of the desk's own.
func (d *Desk) page(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		data, err := pages.ReadFile("page/" + name)
		if err != nil {
			d.broken(w, err)
			return
		}
		d.write(w, name, data)
	}
}

// bundled serves a file of Sveltia's.
func (d *Desk) bundled(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	data, ok := d.Files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	d.write(w, name, data)
}

// contentTypes are told here: what Windows says of an ending is in its registry,
// for any program to change.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".wasm": "application/wasm", ".woff2": "font/woff2", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
}

func (d *Desk) write(w http.ResponseWriter, name string, data []byte) {
	kind, ok := contentTypes[strings.ToLower(path.Ext(name))]
	if !ok {
		kind = "text/plain; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(data) // a browser that has gone away needs no answer
}

func (d *Desk) answer(w http.ResponseWriter, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		d.broken(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(data) // as above
}

// Bounds on what a page may send.
const (
	maxRequest = 96 << 20
	maxFiles   = 200
)

// read reads a request's JSON into v, and answers where it cannot.
func read(w http.ResponseWriter, r *http.Request, v any) bool {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		fail(w, http.StatusUnsupportedMediaType, textNoJSON)
		return false
	}
	decoder := json.NewDecoder(r.Body)
	var tooLarge *http.MaxBytesError
	switch err := errors.Join(decoder.Decode(v), atEnd(decoder)); {
	case errors.As(err, &tooLarge):
		fail(w, http.StatusRequestEntityTooLarge, textTooLarge)
		return false
	case err != nil:
		fail(w, http.StatusBadRequest, textNoJSON)
		return false
	}
	return true
}

func atEnd(d *json.Decoder) error {
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

// refusal is why the desk does not do what it was asked: a sentence for the editor.
type refusal struct {
	status int
	text   diag.Text
}

func (r *refusal) Error() string { return r.text.EN }

func refuse(status int, text diag.Text, args ...any) error {
	return &refusal{status, diag.Text{VI: fmt.Sprintf(text.VI, args...), EN: fmt.Sprintf(text.EN, args...)}}
}

// fail answers with a sentence, which Sveltia shows.
func fail(w http.ResponseWriter, status int, text diag.Text) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": text.VI}) // as above
}

// broken answers for a fault of the machine, or with a refusal.
func (d *Desk) broken(w http.ResponseWriter, err error) {
	var no *refusal
	if errors.As(err, &no) {
		fail(w, no.status, no.text)
		return
	}
	d.Log(err)
	fail(w, http.StatusInternalServerError, diag.Text{VI: "Máy không làm được: " + err.Error(), EN: err.Error()})
}
