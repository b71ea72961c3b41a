package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"

	"lienhiep/internal/disk"
)

// running is a desk that stands open: a file in the site's folder tells of it, one for each
// machine, so that a second start leads to the first and a colleague's machine is not
// minded.
type running struct {
	Address string `json:"address"` // "http://127.0.0.1:1414"
	Run     string `json:"run"`     // what it answers by; no secret
}

// runHeader is the header in which a desk says which run it is.
const runHeader = "Lienhiep-Desk"

func runningFile() string {
	host, err := os.Hostname()
	if err != nil {
		host = "localhost"
	}
	return path.Join(".lienhiep/desk", url.PathEscape(strings.ToLower(host))+".json")
}

// recordDesk tells that a desk stands at an address, until forget is called.
func (p *project) recordDesk(address string) (r running, forget func(), err error) {
	r = running{address, rand.Text()}
	root, err := os.OpenRoot(p.root)
	if err != nil {
		return r, func() {}, err
	}
	data, err := json.Marshal(r)
	folder := disk.Folder{Root: root, Aside: ".lienhiep/desk", Perm: 0o600}
	if err = errors.Join(err, folder.Replace(runningFile(), data)); err != nil {
		return r, func() {}, errors.Join(err, root.Close())
	}
	return r, func() {
		// What is left there says nothing: nobody answers at that address.
		_ = folder.Remove(runningFile())
		_ = root.Close()
	}, nil
}

// mark lets a desk say which run it is, to whoever asks.
func (r running) mark(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set(runHeader, r.Run)
		h.ServeHTTP(w, req)
	})
}

// deskThatRuns returns the address of the desk of this folder that stands open on this
// machine, or "". What the file says is believed only if that very run answers there.
func (p *project) deskThatRuns(ctx context.Context) string {
	var r running
	data, err := os.ReadFile(p.path(runningFile()))
	if err != nil || json.Unmarshal(data, &r) != nil || r.Run == "" || !strings.HasPrefix(r.Address, "http://127.0.0.1:") {
		return ""
	}
	ctx, stop := context.WithTimeout(ctx, 2*time.Second)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.Address+"/", nil)
	if err != nil {
		return ""
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return ""
	}
	defer answer.Body.Close()
	if answer.Header.Get(runHeader) != r.Run {
		return ""
	}
	return r.Address + "/"
}
