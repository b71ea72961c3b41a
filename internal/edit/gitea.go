package edit

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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
	for i := range asked.Files {
		c := &asked.Files[i]
		if source := cmp.Or(c.From, c.Path); isEntry(c.Path) {
			old, err := d.folder.read(source)
			if err == nil { // a new one has nothing to compare with
				c.Content = meant(old, c.Content)
			}
		}
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

// meant is an entry as Sveltia meant it: it escapes shortcodes, and the signs of footnotes
// that the entry has, as words, and leaves out how the columns of tables are aligned.
func meant(old, edited []byte) []byte {
	was, err := matter.ReadYAML(old)
	if err != nil {
		return edited
	}
	is, err := matter.ReadYAML(edited)
	if err != nil {
		return edited
	}
	body := escapedShortcode.ReplaceAllStringFunc(string(is.Body), func(s string) string { return strings.ReplaceAll(s, `\`, "") })
	body = escapedNote.ReplaceAllStringFunc(body, func(s string) string {
		if plain := strings.ReplaceAll(s, `\`, ""); bytes.Contains(was.Body, []byte(plain)) {
			return plain
		}
		return s
	})
	aligned := map[string]string{} // heading → delimiters
	for _, m := range headings.FindAllStringSubmatch(string(was.Body), -1) {
		aligned[cells(m[1])] = m[2]
	}
	body = headings.ReplaceAllStringFunc(body, func(s string) string {
		m := headings.FindStringSubmatch(s)
		if delimiters, known := aligned[cells(m[1])]; known && !strings.Contains(m[2], ":") {
			return m[1] + "\n" + delimiters
		}
		return s
	})
	return append(slices.Clip(edited[:len(edited)-len(is.Body)]), body...)
}

// cells is a row of a table without its layout.
func cells(row string) string {
	all := strings.Split(strings.Trim(row, "| \t\r"), "|")
	for i, c := range all {
		all[i] = strings.TrimSpace(c)
	}
	return strings.Join(all, "|")
}

var (
	escapedShortcode = regexp.MustCompile(`\\?\{\\?\{\\?[<%][^\n]*?\\?[>%]\\?\}\\?\}`)
	escapedNote      = regexp.MustCompile(`\\?\[\\?\^[^\]\n]+?\\?\]`)
	// headings matches a table's row of headings, and the line that says how its columns
	// are aligned.
	headings = regexp.MustCompile(`(?m)^([^\n]*\|[^\n]*)\n( {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*)$`)
)
