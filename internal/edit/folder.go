package edit

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"lienhiep/internal/attach"
	"lienhiep/internal/catalog"
	"lienhiep/internal/disk"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
	"lienhiep/internal/photo"
)

// folder is the site's folder: what the desk shows of it, and the one way in which
// the desk writes to it.
type folder struct {
	root  *os.Root
	zone  *time.Location
	aside string // where files are written before they take their places

	saving  sync.Mutex // one save at a time
	history *history.History
}

// Bounds on what is read and written.
const (
	maxEntry   = 2 << 20
	maxPicture = 20 << 20
)

// asideFolders hold files that are being written, in a folder for each user and machine: a
// site's folder may be a share on which several desks write. A power cut leaves them there.
const asideFolders = "generated/desk"

// AsideOf is where a user of a machine ([history.Seat]) writes files before they take their
// places.
func AsideOf(seat string) string { return path.Join(asideFolders, hash([]byte(seat))[:12]) }

// openFolder opens the site's folder, and clears what the same user's last desk left aside.
func openFolder(dir, seat string, zone *time.Location) (*folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	aside := AsideOf(seat)
	if err := errors.Join(root.RemoveAll(aside), root.MkdirAll(aside, 0o777)); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &folder{root: root, zone: zone, aside: aside}, nil
}

// read returns what a file holds that the desk shows.
func (f *folder) read(name string) ([]byte, error) {
	if !isShown(name) && !isSeen(name) {
		return nil, refuse(http.StatusForbidden, textBadName, path.Base(name))
	}
	return f.raw(name)
}

// raw returns that, or what a table holds.
func (f *folder) raw(name string) ([]byte, error) {
	if !isShown(name) && !isSeen(name) && catalog.TableOf(name) == nil {
		return nil, refuse(http.StatusForbidden, textBadName, path.Base(name))
	}
	if err := f.noSymlink(name); err != nil {
		return nil, err
	}
	if info, err := f.root.Lstat(name); err == nil && !info.Mode().IsRegular() { // a pipe would be waited for
		return nil, refuse(http.StatusForbidden, textBadName, path.Base(name))
	}
	r, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	limit := bound(name)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, refuse(http.StatusRequestEntityTooLarge, textLarge)
	}
	return data, err
}

// named is what people call a file: an entry by its title, another by its name.
func (f *folder) named(name string) string {
	if !isEntry(name) {
		return cmp.Or(tableTitles[name], path.Base(name))
	}
	data, err := f.raw(name)
	if err != nil {
		return untitled
	}
	return f.entitled(titleIn(data), name)
}

// entitled is what an entry is called: by its title or, where it has none, by its kind and when
// it was saved.
func (f *folder) entitled(title, file string) string {
	switch {
	case title != "":
		return title
	case !isEntry(file):
		return path.Base(file)
	}
	name := untitled + " · " + kindName(catalog.KindOf(file))
	if info, err := f.root.Lstat(file); err == nil {
		name += ", lưu " + info.ModTime().In(f.zone).Format("2/1/2006")
	}
	return name
}

func bound(name string) int64 {
	switch {
	case isPicture(name):
		return maxPicture
	case isAttachment(name):
		return attach.MaxBytes
	}
	return maxEntry
}

// noSymlink refuses a name that leads through a symbolic link: what lies behind it
// is another place of the folder.
func (f *folder) noSymlink(name string) error {
	for at := name; at != "."; at = path.Dir(at) {
		if info, err := f.root.Lstat(at); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return refuse(http.StatusForbidden, textSymlink, path.Base(at))
		}
	}
	return nil
}

// hash is the name that git gives to content.
func hash(data []byte) string {
	h := sha1.New() // git's own; it tells versions apart, it does not protect
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// change is what one save does to one file.
type change struct {
	Operation operation
	Path      string
	Hash      string // the version that the editor saw
	Content   []byte

	before, after []byte // what the file holds, nil for none
}

type operation string

const (
	create operation = "create"
	update operation = "update"
	remove operation = "remove"
)

// save makes the changes: pictures and files before the entries that show them, removals last. All
// are validated before the first is made; each is atomic.
func (f *folder) save(changes []change) error {
	f.saving.Lock()
	defer f.saving.Unlock()
	seen := map[string]bool{}
	for i := range changes {
		folded := strings.ToLower(changes[i].Path)
		if seen[folded] {
			return refuse(http.StatusBadRequest, textTwice, f.named(changes[i].Path))
		}
		seen[folded] = true
		if err := f.prepare(&changes[i]); err != nil {
			return err
		}
	}
	if err := f.keep(changes); err != nil {
		return err
	}
	for _, step := range []func(*change) bool{
		func(c *change) bool { return c.Operation != remove && !isEntry(c.Path) },
		func(c *change) bool { return c.Operation != remove && isEntry(c.Path) },
		func(c *change) bool { return c.Operation == remove },
	} {
		for i := range changes {
			if step(&changes[i]) {
				if err := f.make(&changes[i]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// keep keeps what the entries hold before and after the changes, so that they can be had
// back.
func (f *folder) keep(changes []change) error {
	if f.history == nil {
		return nil
	}
	var all []history.Change
	for _, c := range changes {
		if isEntry(c.Path) {
			all = append(all, history.Change{File: c.Path, Before: c.before, After: c.after})
		}
	}
	if all == nil {
		return nil
	}
	return f.history.Keep(history.Act{Who: history.Me(), Why: history.Saved, Time: time.Now()}, all...)
}

// prepare looks whether a change can be made, and works out what will stand in the
// file.
func (f *folder) prepare(c *change) error {
	if !isShown(c.Path) {
		return refuse(http.StatusForbidden, textBadName, path.Base(c.Path))
	}
	if err := f.noSymlink(c.Path); err != nil {
		return err
	}
	if int64(len(c.Content)) > bound(c.Path) {
		return refuse(http.StatusRequestEntityTooLarge, textLarge)
	}
	if c.Operation == create {
		if err := f.absent(c.Path); err != nil {
			return err
		}
		return f.compose(c, nil)
	}
	old, err := f.read(c.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return refuse(http.StatusConflict, textGone, f.named(c.Path))
	}
	if err != nil {
		return err
	}
	if c.before = old; hash(old) != c.Hash {
		return refuse(http.StatusConflict, textConflict, f.named(c.Path))
	}
	if c.Operation == remove {
		return nil
	}
	return f.compose(c, old)
}

// absent refuses a name that is taken, also in other capitals, which are the same
// name on Windows.
func (f *folder) absent(name string) error {
	for at := name; at != "content"; at = path.Dir(at) {
		inside, err := fs.ReadDir(f.root.FS(), path.Dir(at))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, d := range inside {
			if strings.EqualFold(d.Name(), path.Base(at)) && (at == name || d.Name() != path.Base(at)) {
				return refuse(http.StatusConflict, textExists, path.Base(at))
			}
		}
	}
	return nil
}

// compose works out what the file will hold: a picture as it is sent, an entry with
// nothing changed but what the editor has changed.
func (f *folder) compose(c *change, old []byte) error {
	c.after = c.Content
	if isPicture(c.Path) {
		if _, err := photo.Check(bytes.NewReader(c.Content)); err != nil || photo.Sniff(c.Content) != photo.Named(c.Path) {
			return refuse(http.StatusBadRequest, textNoImage, f.named(c.Path))
		}
		return nil
	}
	if isAttachment(c.Path) {
		var no *attach.Refusal
		if _, _, err := attach.Read(c.Path, c.Content); errors.As(err, &no) {
			return refuse(http.StatusBadRequest, textNoFile, path.Base(c.Path), no.Why.VI, no.Help.VI, no.Why.EN, no.Help.EN)
		}
		return nil
	}
	if !utf8.Valid(c.Content) || bytes.ContainsRune(c.Content, 0) {
		return refuse(http.StatusBadRequest, textNotUTF8, f.named(c.Path))
	}
	if old == nil {
		old = []byte("---\n---\n") // so that a new entry is written as the others are
	}
	after, err := matter.Revise(catalog.Schema(catalog.KindOf(c.Path)), old, c.Content, f.zone)
	if err != nil {
		return refuse(http.StatusUnprocessableEntity, textNotKept, f.named(c.Path))
	}
	c.after = after
	return nil
}

// make makes a change that is prepared.
func (f *folder) make(c *change) error {
	if c.Operation != create { // another program may have saved since
		if old, err := f.read(c.Path); err != nil || !bytes.Equal(old, c.before) {
			return refuse(http.StatusConflict, textConflict, f.named(c.Path))
		}
	}
	if c.Operation == remove {
		return f.remove(c.Path)
	}
	return f.replace(c.Path, c.after, c.Operation == create)
}

// remove takes a file away, and its folder if that is empty now.
func (f *folder) remove(name string) error {
	if err := f.files().Remove(name); err != nil {
		return err
	}
	if dir := path.Dir(name); dir != "content" {
		_ = f.files().Remove(dir) // not if something else lies there
	}
	return nil
}

// replace puts data in place of the file. A fresh file never takes the place of
// another.
func (f *folder) replace(name string, data []byte, fresh bool) error {
	if !fresh {
		return f.files().Replace(name, data)
	}
	err := f.files().Create(name, data)
	if errors.Is(err, fs.ErrExist) {
		return refuse(http.StatusConflict, textExists, f.named(name))
	}
	return err
}

func (f *folder) files() disk.Folder { return disk.Folder{Root: f.root, Aside: f.aside} }
