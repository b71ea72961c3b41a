package edit

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"path/filepath"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/matter"
)

// The owner and the branch of the repository that Sveltia is told of. The repository
// itself is named after the folder: under that name browsers keep what was being
// written when the machine went off.
const (
	owner  = "lienhiep"
	branch = "main"
)

func repoOf(root string) (string, error) {
	abs, err := filepath.Abs(root)
	return "trang-" + hash([]byte(abs))[:12], err
}

// repository answers the part of Gitea's API that Sveltia asks for.
func (d *Desk) repository() {
	base := "/api/v1/repos/" + owner + "/" + d.repo
	d.mux.HandleFunc("GET /api/v1/version", d.fixed(map[string]string{"version": "1.24.0"}))
	d.mux.HandleFunc("GET /api/v1/settings/api", d.fixed(map[string]int{
		"default_paging_num": 500, "max_response_items": 500, "default_max_blob_size": maxEntry + 1, "default_max_response_size": 64 << 20}))
	d.mux.HandleFunc("GET /api/v1/user", d.fixed(map[string]any{"id": 1, "login": owner, "full_name": "Ban biên tập", "email": "", "avatar_url": "", "html_url": ""}))
	d.mux.HandleFunc("GET "+base, d.fixed(map[string]any{"default_branch": branch, "permissions": map[string]bool{"pull": true, "push": true}}))
	d.mux.HandleFunc("GET "+base+"/branches/"+branch, d.branch)
	d.mux.HandleFunc("GET "+base+"/git/trees/{hash}", d.tree)
	d.mux.HandleFunc("POST "+base+"/file-contents", d.contents)
	d.mux.HandleFunc("GET "+base+"/media/"+branch+"/{name...}", d.raw)
	d.mux.HandleFunc("GET "+base+"/raw/{name...}", d.raw)
	d.mux.HandleFunc("GET "+base+"/commits", d.fixed([]string{}))
	d.mux.HandleFunc("POST "+base+"/contents", d.commit)
}

func (d *Desk) fixed(v any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { d.answer(w, v) }
}

// branch tells the state of all files, which Sveltia asks for now and then to see
// whether somebody else has changed something.
func (d *Desk) branch(w http.ResponseWriter, r *http.Request) {
	files, err := d.folder.list()
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]any{"commit": map[string]string{"id": head(files), "message": ""}})
}

func (d *Desk) tree(w http.ResponseWriter, r *http.Request) {
	files, err := d.folder.list()
	if err != nil {
		d.broken(w, err)
		return
	}
	type item struct {
		Type string `json:"type"`
		Path string `json:"path"`
		Hash string `json:"sha"`
		Size int64  `json:"size"`
	}
	tree := make([]item, len(files))
	for i, f := range files {
		tree[i] = item{"blob", f.Name, f.Hash, f.Size}
	}
	d.answer(w, map[string]any{"tree": tree, "truncated": false})
}

func (d *Desk) contents(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Files []string `json:"files"`
	}
	if !read(w, r, &asked) {
		return
	}
	type item struct {
		Path     string `json:"path"`
		Hash     string `json:"sha"`
		Content  []byte `json:"content"`
		Encoding string `json:"encoding"`
	}
	items := []*item{}
	for _, name := range asked.Files[:min(len(asked.Files), 500)] {
		data, err := d.folder.read(name)
		if err != nil {
			items = append(items, nil) // as Gitea does
			continue
		}
		items = append(items, &item{name, hash(data), d.shown(name, data), "base64"})
	}
	d.answer(w, items)
}

// shown is an entry as Sveltia reads it: it knows no other line ends than its own,
// takes a day for a moment in London, and gives an entry whatever a new one begins
// with.
func (d *Desk) shown(name string, data []byte) []byte {
	if !isEntry(name) {
		return data
	}
	data = bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
	return matter.Explicit(catalog.Schema(catalog.KindOf(name)), data, d.Zone)
}

func (d *Desk) raw(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	data, err := d.folder.read(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		http.NotFound(w, r)
	case err != nil:
		d.broken(w, err)
	default:
		d.write(w, name, d.shown(name, data))
	}
}

// commit saves.
func (d *Desk) commit(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Message string   `json:"message"`
		Files   []change `json:"files"`
	}
	if !read(w, r, &asked) {
		return
	}
	if len(asked.Files) > maxFiles {
		d.broken(w, refuse(http.StatusRequestEntityTooLarge, textTooMany, maxFiles))
		return
	}
	if err := d.folder.save(asked.Files); err != nil {
		d.broken(w, err)
		return
	}
	files, err := d.folder.list()
	if err != nil {
		d.broken(w, err)
		return
	}
	type saved struct {
		Path string `json:"path"`
		Hash string `json:"sha"`
	}
	var all []*saved
	var names []string
	for _, c := range asked.Files {
		names = append(names, c.names()...)
		if c.Operation == "delete" {
			all = append(all, nil)
			continue
		}
		all = append(all, &saved{c.Path, hash(c.after)})
	}
	if d.Commit != nil {
		d.committing.Lock()
		d.Commit(asked.Message, names)
		d.committing.Unlock()
	}
	d.answer(w, map[string]any{"commit": map[string]any{"sha": head(files), "created": time.Now().UTC()}, "files": all})
}
