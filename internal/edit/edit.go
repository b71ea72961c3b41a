// Package edit is the back end of the editors' desk: a server on loopback whose pages show
// the site's entries as forms, saves what editors change, and takes them from there to a
// published site.
//
// A form is made from the schema of package catalog ([former]); the text is written in a
// surface of its own (package desk). A save names the version that was opened, and is
// refused where the file is another by now: the page then shows both. [matter.Revise]
// applies only what was changed and keeps every other byte; files are replaced atomically.
// What is being written is kept beside the site ([Desk.keepDraft]) until it is saved.
//
// In: the site's folder, the bundled surface, and what the program around it can do
// ([Site]). Out: HTTP, behind a [loopback.Guard]: only pages opened by this run are
// answered.
package edit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/history"
	"lienhiep/internal/loopback"
	"lienhiep/internal/preview"
)

// Options configure a desk.
type Options struct {
	Root     string            // the site's folder
	Guard    *loopback.Guard   // of the desk's own server
	Preview  *preview.Server   // the live page, whose guard asks for a key and knows the desk
	Files    map[string][]byte // the writing surface, bundled
	Site     Site
	Zone     *time.Location
	Seat     string                               // the user and the machine; [history.Seat] and [history.Me] where it is ""
	Who      func() string                        // what the user is called
	Commit   func(message string, files []string) // called after every save, one at a time; may be nil
	Admitted func()                               // called when a browser has been let in
	Stop     func()                               // ends the program: the editor closes the desk
	Log      func(error)
}

// Desk serves the editors' desk.
type Desk struct {
	Options
	folder  *folder
	history *history.History
	mux     *http.ServeMux

	hands  hands // files that are to be imported
	listed listed
	greets atomic.Bool  // this is the first start
	doing  sync.RWMutex // held for reading by what changes something; taken for good by the desk's end

	acting     sync.Mutex
	acts       []act // that can be undone, the last last
	lastAct    int
	left       []func(file string, data []byte) bool // name those who have withdrawn since the start
	committing sync.Mutex                            // git takes one commit at a time
	working    chan struct{}                         // holds a token while the site is built or published
	shared     shared
	standings  standings
	step       atomic.Value // what is being done then, a string
}

// New opens the desk of the site's folder.
func New(o Options) (*Desk, error) {
	if o.Seat == "" {
		o.Seat, o.Who = history.Seat(), history.Me
	}
	f, err := openFolder(o.Root, o.Seat, o.Zone)
	if err != nil {
		return nil, err
	}
	h, err := history.Open(o.Root)
	if err == nil {
		err = h.Tidy(time.Now())
	}
	if err != nil {
		return nil, errors.Join(err, f.root.Close())
	}
	f.history = h
	d := &Desk{Options: o, folder: f, history: h, mux: http.NewServeMux(), working: make(chan struct{}, 1)}
	d.routes()
	return d, nil
}

// Close releases the site's folder.
func (d *Desk) Close() error { return errors.Join(d.history.Close(), d.folder.root.Close()) }

// Invitation returns a one-time address that admits one browser, and invalidates the
// previous one.
func (d *Desk) Invitation() string { return d.Guard.Origin + "/mo?ma=" + d.Guard.Invite() }

func (d *Desk) routes() {
	d.mux.HandleFunc("GET /mo", d.open)
	d.mux.HandleFunc("GET /tinh/{file}", d.static)
	d.mux.HandleFunc("GET /{$}", d.home)
	d.mux.HandleFunc("POST /chao", d.greetedNow)
	d.mux.HandleFunc("GET /dong/{$}", d.closing)
	d.mux.HandleFunc("POST /dong", d.close)
	d.mux.HandleFunc("GET /bai/{$}", d.list)
	d.mux.HandleFunc("GET /bai/{section}/{$}", d.list)
	d.mux.HandleFunc("GET /moi/{section}", d.newPage)
	d.mux.HandleFunc("POST /moi", d.create)
	d.mux.HandleFunc("POST /ban-dich", d.translate)
	d.mux.HandleFunc("GET /soan/{file...}", d.entry)
	d.mux.HandleFunc("POST /luu", d.save)
	d.mux.HandleFunc("POST /nhap", d.keepDraft)
	d.mux.HandleFunc("POST /bo-nhap", d.dropDraft)
	d.mux.HandleFunc("POST /viet-tiep", d.goOn)
	d.mux.HandleFunc("POST /lap-lai", d.writeAnew)
	d.mux.HandleFunc("POST /anh", d.upload)
	d.mux.HandleFunc("POST /tep", d.upload)
	d.mux.HandleFunc("GET /trong-thu-muc", d.beside)
	d.mux.HandleFunc("POST /bo-tep", d.dropFile)
	d.mux.HandleFunc("GET /tim", d.find)
	d.mux.HandleFunc("GET /lich-su/{file...}", d.versions)
	d.mux.HandleFunc("POST /khoi-phuc", d.restore)
	d.mux.HandleFunc("POST /lay-ban-dang", d.takeShown)
	d.mux.HandleFunc("POST /xoa", d.discard)
	d.mux.HandleFunc("GET /thung-rac/{$}", d.trash)
	d.mux.HandleFunc("POST /lay-lai", d.undiscard)
	d.mux.HandleFunc("GET /kiem-tra/{$}", d.checking)
	d.mux.HandleFunc("GET /tro-giup/{$}", d.guide)
	d.mux.HandleFunc("GET /tro-giup/tim", d.searchGuide)
	d.mux.HandleFunc("GET /tro-giup/the", d.card)
	d.mux.HandleFunc("GET /tro-giup/{page}", d.guidePage)
	d.importRoutes()
	d.reportRoutes()
	d.planRoutes()
	d.work()
	d.mux.HandleFunc("POST /hoan-tac", d.undo)
	d.takeDownRoutes()
	d.withdrawRoutes()
	d.tableRoutes()
	d.progressRoutes()
	d.writingRoutes()
	d.publishingRoutes()
	d.placeRoutes()
	d.scheduleRoutes()
	d.approvalRoutes()
	d.sharedRoutes()
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
// nothing else.
func (d *Desk) policy() string {
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
		"frame-src " + d.Preview.Guard.Origin + "; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
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
	if r.Method == http.MethodPost && r.URL.Path != "/dong" {
		d.doing.RLock()
		defer d.doing.RUnlock()
		defer d.forgetListed()
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	defer func() {
		if fault := recover(); fault != nil { // ours: the editor is told, and the desk goes on
			d.Log(fmt.Errorf("%s %s: %v\n%s", r.Method, r.URL.Path, fault, debug.Stack()))
			fail(w, http.StatusInternalServerError, textFault)
		}
	}()
	if r.Method == http.MethodGet && wantsPage(r) {
		w = forPerson{w}
		if _, pattern := d.mux.Handler(r); pattern == "" {
			absent(w, r)
			return
		}
	}
	d.mux.ServeHTTP(w, r)
}

// deny answers who is not let in.
func deny(w http.ResponseWriter, r *http.Request, status int, text diag.Text) {
	turnAway(w, r, status, textDenied, text)
}

// absent answers who asks for what is not there.
func absent(w http.ResponseWriter, r *http.Request) {
	turnAway(w, r, http.StatusNotFound, textAbsent, textWhereInstead)
}

// turnAway answers a person with a page, a program as [fail] does.
func turnAway(w http.ResponseWriter, r *http.Request, status int, title, text diag.Text) {
	if desk, ok := w.(forPerson); ok {
		desk.sorry(status, title, text, "")
		return
	}
	if !wantsPage(r) {
		fail(w, status, text)
		return
	}
	w.Header().Set("Content-Type", contentTypes[".html"])
	w.WriteHeader(status)
	_, _ = w.Write(loopback.Page(diag.Vietnamese, title, text)) // a browser that has gone away needs no answer
}

func wantsPage(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

// forPerson answers somebody who has asked for a page: what cannot be done is told on one,
// with ways to go on.
type forPerson struct{ http.ResponseWriter }

// sorry says why there is no other page; detail is for whoever looks after the machine.
func (w forPerson) sorry(status int, title, text diag.Text, detail string) {
	var b bytes.Buffer
	v := view{Title: title.In(vietnamese), Own: map[string]string{"Text": text.In(vietnamese), "Detail": detail}}
	if err := pages()["loi"].ExecuteTemplate(&b, "base.html", v); err != nil {
		panic(err) // the template cannot fail
	}
	w.Header().Set("Content-Type", contentTypes[".html"])
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a browser that has gone away needs no answer
}

// contentTypes are told here: what Windows says of an ending is in its registry,
// for any program to change.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml",
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
	w.Header().Set("Content-Type", "application/json")
	d.encode(w, v)
}

func (d *Desk) encode(w http.ResponseWriter, v any) {
	_ = json.NewEncoder(w).Encode(v) // as above
}

// maxRequest bounds what a page may send.
const maxRequest = 96 << 20

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

// Refuse returns the error by which a [Site] tells the editor why it does not do what it was
// asked.
func Refuse(why diag.Text) error { return &refusal{http.StatusConflict, why} }

// fail answers with a sentence, which the page shows.
func fail(w http.ResponseWriter, status int, text diag.Text) {
	if person, ok := w.(forPerson); ok {
		person.sorry(status, textNotOpened, text, "")
		return
	}
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
	if disk.IsFull(err) {
		fail(w, http.StatusInsufficientStorage, textFull)
		return
	}
	if person, ok := w.(forPerson); ok {
		person.sorry(http.StatusInternalServerError, textNotOpened, textUnreadSite, err.Error())
		return
	}
	fail(w, http.StatusInternalServerError, diag.Text{VI: "Máy không làm được: " + err.Error(), EN: err.Error()})
}
