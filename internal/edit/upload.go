package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"lienhiep/internal/attach"
	"lienhiep/internal/history"
	"lienhiep/internal/photo"
	"lienhiep/internal/viet"
)

// upload puts a picture or a file for download beside an entry. A picture is cleaned of
// all but what it shows; a file stays as it is, and is cleaned when the site is built.
func (d *Desk) upload(w http.ResponseWriter, r *http.Request) {
	entry, given := r.URL.Query().Get("bai"), r.URL.Query().Get("ten")
	data, err := io.ReadAll(r.Body)
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		err = refuse(http.StatusRequestEntityTooLarge, textTooLarge)
	}
	if err == nil {
		_, err = d.folder.read(entry)
	}
	if err == nil && !isEntry(entry) || errors.Is(err, fs.ErrNotExist) {
		err = refuse(http.StatusForbidden, textBadName, d.folder.named(entry))
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	name := strings.TrimSuffix(path.Base(strings.ReplaceAll(given, `\`, "/")), path.Ext(given))
	ext := strings.ToLower(path.Ext(given))
	if r.URL.Path == "/anh" {
		data, ext, err = cleaned(given, data)
	} else if !isAttachment("content/tep" + ext) {
		err = notAttached(given, data)
	}
	if err == nil {
		name, err = d.folder.put(path.Dir(entry), name, ext, data)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.committed("Thêm tệp “"+name+"”", fileOf(entry, name))
	d.answer(w, map[string]any{"name": name, "bytes": len(data)})
}

// notAttached is why a file of a kind that is not published is not taken, and what to do
// instead where that is known: an old Word document is saved anew.
func notAttached(name string, data []byte) error {
	var no *attach.Refusal
	if _, _, err := attach.Read(name, data); errors.As(err, &no) {
		return refuse(http.StatusBadRequest, textNoFile, path.Base(name), no.Why.VI, no.Help.VI, no.Why.EN, no.Help.EN)
	}
	return refuse(http.StatusForbidden, textBadName, path.Base(name))
}

// dropFile throws away a picture or a file beside an entry that does not use it.
func (d *Desk) dropFile(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File string `json:"file"` // the entry
		Name string `json:"name"`
	}
	if !read(w, r, &asked) {
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	name := fileOf(asked.File, asked.Name)
	_, err := d.folder.read(asked.File)
	if err != nil || !isEntry(asked.File) || path.Base(name) != asked.Name || !isPicture(name) && !isAttachment(name) {
		d.broken(w, refuse(http.StatusForbidden, textBadName, path.Base(asked.Name)))
		return
	}
	if d.isUsed(name) {
		d.broken(w, refuse(http.StatusConflict, textFileUsed, asked.Name))
		return
	}
	err = d.folder.noSymlink(name)
	a := act{say: "Bỏ tệp “" + asked.Name + "”", place: placeAtDesk(asked.File)}
	if err == nil {
		a.trashed, err = d.history.Trash(name, asked.Name, history.Act{Who: history.Me(), Why: history.Removed, Time: time.Now()})
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = refuse(http.StatusConflict, textGone, asked.Name)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.committed(a.say, name)
	d.answer(w, map[string]string{"undo": d.undoable(a)})
}

// isUsed reports whether an entry of a file's folder names it, as it is saved.
func (d *Desk) isUsed(name string) bool {
	lying, err := fs.ReadDir(d.folder.root.FS(), path.Dir(name))
	if err != nil {
		return true // it is not known
	}
	for _, one := range lying {
		if entry := fileOf(name, one.Name()); isEntry(entry) {
			if data, err := d.folder.read(entry); err != nil || bytes.Contains(data, []byte(path.Base(name))) {
				return true
			}
		}
	}
	return false
}

// cleaned is a picture with nothing in it but what it shows.
func cleaned(name string, data []byte) ([]byte, string, error) {
	if photo.Ready(name, data) {
		return data, strings.ToLower(path.Ext(name)), nil
	}
	clean, ext, err := photo.Clean(data, photo.Crop{})
	if err != nil {
		return nil, "", refuse(http.StatusBadRequest, textNoImage, name)
	}
	return clean, ext, nil
}

// put writes a file into a folder under a name that no other has, and returns it. The same
// file put twice stands there once.
func (f *folder) put(dir, name, ext string, data []byte) (string, error) {
	slug := viet.Slug(name)
	if slug == "" {
		slug = "tep"
	}
	slug = slug[:min(len(slug), 60)]
	for n := 1; n < 1000; n++ {
		file := slug + ext
		if n > 1 {
			file = fmt.Sprintf("%s-%d%s", slug, n, ext)
		}
		err := f.save([]change{{Operation: create, Path: path.Join(dir, file), Content: data}})
		if err == nil {
			return file, nil
		}
		if no := (*refusal)(nil); !errors.As(err, &no) || no.status != http.StatusConflict {
			return "", err
		}
		if there, err := f.read(path.Join(dir, file)); err == nil && hash(there) == hash(data) {
			return file, nil
		}
	}
	return "", refuse(http.StatusConflict, textExists, f.named(name))
}

// beside answers with the pictures and files that lie beside an entry.
func (d *Desk) beside(w http.ResponseWriter, r *http.Request) {
	entry := r.URL.Query().Get("bai")
	if _, err := d.folder.read(entry); err != nil {
		d.broken(w, refuse(http.StatusForbidden, textBadName, d.folder.named(entry)))
		return
	}
	lying, err := fs.ReadDir(d.folder.root.FS(), path.Dir(entry))
	if err != nil {
		d.broken(w, err)
		return
	}
	pictures, attached := []string{}, []string{}
	for _, one := range lying {
		switch name := fileOf(entry, one.Name()); {
		case isSeen(name):
			pictures = append(pictures, one.Name())
		case isAttachment(name):
			attached = append(attached, one.Name())
		}
	}
	d.answer(w, map[string]any{"pictures": pictures, "files": attached})
}
