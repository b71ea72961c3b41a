package edit

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"

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
		err = refuse(http.StatusForbidden, textBadName, d.folder.named(given))
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
		case isPicture(name):
			pictures = append(pictures, one.Name())
		case isAttachment(name):
			attached = append(attached, one.Name())
		}
	}
	d.answer(w, map[string]any{"pictures": pictures, "files": attached})
}
