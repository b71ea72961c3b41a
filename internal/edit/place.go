package edit

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
)

// Placer knows the places that the site can be published to, and sets them.
type Placer interface {
	// Place is the address of a target, "" if there is none of that name.
	Place(target string) string
	// SetPlace sets a target's address; "" takes it out. The error is a sentence.
	SetPlace(target, address string) error
	// SetAddress sets where the site stands on the web.
	SetAddress(address string) error
	// Try connects to a place, with a password where it is given, reads what is there and sees
	// whether it can be written to. The findings warn of another site that stands there.
	Try(ctx context.Context, target, address, password string) ([]diag.Finding, error)
}

func (d *Desk) placeRoutes() {
	d.mux.HandleFunc("GET /noi-dang/{$}", d.places)
	d.mux.HandleFunc("POST /noi-dang", d.setPlace)
	d.mux.HandleFunc("POST /noi-dang/bo", d.dropPlace)
	d.mux.HandleFunc("POST /noi-dang/thu", d.alone(d.tryPlace))
}

// placeName is what a target may be called: it is a key in config.toml and an operand of
// commands.
var placeName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,29}$`)

// longestAddress bounds an address that is sent.
const longestAddress = 1000

// placeShown is a place in the list of them.
type placeShown struct{ Name, Where string }

// where is a place in a few words.
func where(p publish.Place) string {
	switch p.Kind {
	case "sftp", "ftps":
		return fmt.Sprintf("%s, thư mục %s (%s)", p.Host, cmp.Or(p.Folder, "/"), strings.ToUpper(p.Kind))
	case "s3":
		return "kho " + p.Bucket + " (S3)"
	}
	return "thư mục " + p.Folder
}

// places is the page on which a place is set.
func (d *Desk) places(w http.ResponseWriter, r *http.Request) {
	targets := d.Site.Targets()
	name := r.URL.Query().Get("noi")
	place := publish.Place{Kind: "folder"}
	if slices.Contains(targets, name) {
		place = publish.ReadPlace(d.Site.Place(name))
	} else {
		name = ""
	}
	var all []placeShown
	for _, target := range targets {
		all = append(all, placeShown{target, where(publish.ReadPlace(d.Site.Place(target)))})
	}
	free := "web"
	for i := 2; slices.Contains(targets, free); i++ {
		free = fmt.Sprint("web-", i)
	}
	d.show(w, "noi-dang", view{Title: "Nơi đăng", Here: "/xuat-ban/", Help: "xuat-ban", Own: map[string]any{
		"Places": all, "Name": name, "Free": free, "Place": place, "Address": d.Site.Address(), "Unset": d.unaddressed(), "PasswordVariable": publish.PasswordVariable,
	}})
}

// unaddressed reports whether the site still has the address of the example.
func (d *Desk) unaddressed() bool { return strings.Contains(d.Site.Address(), ".example") }

// placeAsked is a place as its page sends it.
type placeAsked struct {
	Name     string        `json:"name"`
	Was      string        `json:"was"` // the name of the one that is changed, which stays; "" for a new one
	Place    publish.Place `json:"place"`
	Address  string        `json:"address"` // of the site on the web
	Password string        `json:"password"`
}

// readPlace reads a place that is sent, and answers where it cannot be.
func (d *Desk) readPlace(w http.ResponseWriter, r *http.Request) (asked placeAsked, address string, ok bool) {
	if !read(w, r, &asked) {
		return asked, "", false
	}
	address = asked.Place.URL(d.Site.Place(asked.Was))
	var err error
	switch {
	case !placeName.MatchString(asked.Name) || asked.Was != "" && asked.Was != asked.Name:
		err = refuse(http.StatusBadRequest, textPlaceName)
	case !slices.Contains(publish.PlaceKinds, asked.Place.Kind) || len(address) > longestAddress:
		err = refuse(http.StatusBadRequest, textNoJSON)
	case missingIn(asked.Place) != "":
		err = refuse(http.StatusBadRequest, textPlaceLacks, missingIn(asked.Place))
	case asked.Place.Kind == "folder" && strings.Contains(address, "://"):
		err = refuse(http.StatusBadRequest, textPlaceFolder)
	case asked.Place.Endpoint != "" && !isWebAddress(publish.ReadPlace(address).Endpoint):
		err = refuse(http.StatusBadRequest, textEndpoint)
	case strings.TrimSpace(asked.Address) == "":
		err = refuse(http.StatusBadRequest, textPlaceLacks, "Địa chỉ trang trên mạng")
	case !isWebAddress(asked.Address):
		err = refuse(http.StatusBadRequest, textWebAddress)
	}
	if err != nil {
		d.broken(w, err)
		return asked, "", false
	}
	return asked, address, true
}

// missingIn is the field that a place cannot do without, in the form's words; "" for none.
func missingIn(p publish.Place) string {
	blank := func(s string) bool { return strings.TrimSpace(s) == "" }
	switch {
	case p.Kind == "folder" && blank(p.Folder):
		return "Thư mục"
	case p.Kind == "s3" && blank(p.Bucket):
		return "Tên kho"
	case (p.Kind == "sftp" || p.Kind == "ftps") && blank(p.Host):
		return "Máy chủ"
	case (p.Kind == "sftp" || p.Kind == "ftps") && blank(p.User):
		return "Tên đăng nhập"
	case (p.Kind == "sftp" || p.Kind == "ftps") && blank(p.Folder):
		return "Thư mục trên máy chủ"
	}
	return ""
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && u.RawQuery == "" && !u.ForceQuery && u.Fragment == ""
}

// setPlace writes a place into the site's configuration.
func (d *Desk) setPlace(w http.ResponseWriter, r *http.Request) {
	asked, address, ok := d.readPlace(w, r)
	if !ok {
		return
	}
	if asked.Was != asked.Name && slices.Contains(d.Site.Targets(), asked.Name) {
		d.broken(w, refuse(http.StatusConflict, textPlaceTaken, asked.Name))
		return
	}
	if err := d.inConfig(func() error {
		if asked.Address != d.Site.Address() {
			if err := d.Site.SetAddress(strings.TrimSuffix(asked.Address, "/") + "/"); err != nil {
				return err
			}
		}
		return d.Site.SetPlace(asked.Name, address)
	}); err != nil {
		d.broken(w, err)
		return
	}
	if asked.Password != "" {
		d.Site.Remember(asked.Name, asked.Password)
	}
	d.answer(w, true)
}

// inConfig writes to the configuration, alone.
func (d *Desk) inConfig(do func() error) error {
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	if err := do(); err != nil {
		return refuse(http.StatusConflict, diag.Text{VI: "%[1]s", EN: "%[1]s"}, err.Error())
	}
	return nil
}

// dropPlace takes a place out of the configuration, and tells what puts it back. The machine
// is not left with the work of publishing there.
func (d *Desk) dropPlace(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Name string `json:"name"`
	}
	if !read(w, r, &asked) || !d.isTarget(w, asked.Name) {
		return
	}
	out := struct {
		placeAsked
		Kept bool `json:"kept"` // the machine published there by itself
	}{placeAsked: placeAsked{Name: asked.Name, Place: publish.ReadPlace(d.Site.Place(asked.Name)), Address: d.Site.Address()}}
	k, setup, err := d.keeperOf(r.Context(), asked.Name)
	if err == nil && k.Installed {
		out.Kept, err = true, setup.Remove(context.WithoutCancel(r.Context()))
	}
	if err != nil {
		d.Log(err) // what keeps watch there finds no such place, and says so
	}
	if err := d.inConfig(func() error { return d.Site.SetPlace(asked.Name, "") }); err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, out)
}

// tryPlace connects to a place and tells whether it could be published to.
func (d *Desk) tryPlace(w http.ResponseWriter, r *http.Request) {
	asked, address, ok := d.readPlace(w, r)
	if !ok {
		return
	}
	out := outcome{Findings: []fault{}, Held: []fault{}}
	warnings, err := d.Site.Try(r.Context(), asked.Name, address, asked.Password)
	out.Findings = faultsOfPlace(d.faults(warnings))
	d.inTheWay(&out, err)
	d.answer(w, out)
}
