// Package history keeps every version of what editors write, so that nothing is final: a
// save, a removal and an import can be undone, and what was thrown away lies in a trash.
//
// In: the site's folder, and what each act makes of a file. Out: versions, with who, when
// and why. They lie in .lienhiep/history/, need no git and are never published:
//
//	objects/ab/ab12…        what a file held, once for each content, named by its SHA-256
//	files/3f9c…/20260301T… .json  a version: a small file for each, in a folder for each path
//	.lienhiep/trash/ID/     an entry with its pictures, as it was moved there
//
// A version is a file of its own that is never changed, and what it refers to is written
// first, so that a power failure costs at most the version being written, before the entry
// itself has changed. Programs that work at once take turns ([History] locks); a version
// that cannot be read is passed over and costs no other.
//
// What is kept is bounded, see [Usual]. [History.Forget] removes for good, for the sake of
// somebody who has withdrawn their consent.
package history

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"

	"lienhiep/internal/disk"
)

// Where it lies, below the site's folder.
const (
	home    = ".lienhiep/history"
	objects = home + "/objects"
	files   = home + "/files"
	aside   = home + "/aside"
)

// Autosaves is the folder, below the site's, of what is being written and not saved yet.
const Autosaves = ".lienhiep/autosave"

// Why is the kind of act that made a version.
type Why string

// What is done to a file.
const (
	Saved     Why = "saved"
	Removed   Why = "removed"
	Restored  Why = "restored" // an earlier version was put back, or a file taken out of the trash
	Imported  Why = "imported" // from Word or Excel
	TakenDown Why = "taken-down"
	BroughtUp Why = "brought-back" // a taking down undone
	Corrected Why = "corrected"    // by `check --fix`
	Withdrawn Why = "withdrawn"    // what was said of somebody was taken out
	Submitted Why = "submitted"    // nothing changed: somebody was asked to agree to it
	Approved  Why = "approved"     // nothing changed: somebody agreed to it as it was
	Fetched   Why = "fetched"      // from the repository that an office shares
	Found     Why = "found"        // another program, such as Notepad, had written it
)

// Act is what somebody did, to one file or to several.
type Act struct {
	Who  string    `json:"who,omitempty"` // "" if unknown
	Why  Why       `json:"why"`
	Note string    `json:"note,omitempty"` // in the words of whoever did it
	Time time.Time `json:"time"`
}

// Change is what an act makes of a file; nil is none.
type Change struct {
	File          string // "content/tin-tuc/gap-mat/index.md"
	Before, After []byte
}

// Version is what a file held from an act on.
type Version struct {
	ID   string `json:"-"` // within its file; a later one is greater
	File string `json:"file"`
	Sum  string `json:"sum,omitempty"` // SHA-256 in hex; "" if the file was removed
	Size int64  `json:"size"`
	Act
}

// Gone reports whether the file was removed.
func (v Version) Gone() bool { return v.Sum == "" }

var (
	// ErrDamaged is the error for a version whose content is not what it was.
	ErrDamaged = errors.New("the version kept is damaged")
	errName    = errors.New("not a file of the content")
)

// History is that of a site. Its methods may be called at once, also by other programs.
type History struct {
	root *os.Root
}

// Open opens the history of a site's folder. Nothing is made before something is kept.
func Open(dir string) (*History, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &History{root}, nil
}

// Close ends its use.
func (h *History) Close() error { return h.root.Close() }

// Keep keeps what files hold, before and after an act. It is called before they are
// written: once it has returned, the earlier versions can be had back whatever happens.
// What stood there and was not known, since another program wrote it, becomes a version of
// its own.
func (h *History) Keep(act Act, changes ...Change) error {
	for _, c := range changes {
		if err := checkName(c.File); err != nil {
			return err
		}
	}
	return h.locked(func() error {
		for _, c := range changes {
			if err := h.keep(act, c); err != nil {
				return fmt.Errorf("keeping the version of %s: %w", c.File, err)
			}
		}
		return nil
	})
}

// Approve notes that somebody agreed to what a file holds.
func (h *History) Approve(file string, data []byte, who, note string, at time.Time) error {
	return h.Keep(Act{Who: who, Why: Approved, Note: note, Time: at}, Change{file, data, data})
}

// Submit notes that somebody was asked to agree to what a file holds.
func (h *History) Submit(file string, data []byte, who, note string, at time.Time) error {
	return h.Keep(Act{Who: who, Why: Submitted, Note: note, Time: at}, Change{file, data, data})
}

// remarks change nothing, and are kept all the same.
var remarks = []Why{Submitted, Approved}

// Retract takes back the newest remark on a file, which was made by mistake. No word of the
// file is lost by it; of another version it refuses.
func (h *History) Retract(file, id string) error {
	v, err := h.Version(file, id)
	if err != nil {
		return err
	}
	if newest, err := h.Newest(file); err != nil || newest != id || !slices.Contains(remarks, v.Why) {
		return errors.Join(err, fmt.Errorf("taking back %s of %s: it is no remark, or not the newest version", id, file))
	}
	return h.folder().Remove(path.Join(folderOf(file), id+".json"))
}

// Holds reports whether a version is what the data are.
func (v Version) Holds(data []byte) bool { return data != nil && v.Sum == sumOf(data) }

// Newest is the ID of a file's newest version, "" if there is none: as long as it is the
// same, so are the versions.
func (h *History) Newest(file string) (string, error) {
	if err := checkName(file); err != nil {
		return "", err
	}
	ids, err := h.ids(folderOf(file))
	if len(ids) == 0 {
		return "", err
	}
	return ids[len(ids)-1], err
}

// Latest are the newest versions of all files.
type Latest struct {
	ids map[string]string // by their folder
}

// Latest returns them, for where many files are asked about.
func (h *History) Latest() (Latest, error) {
	folders, err := fs.ReadDir(h.root.FS(), files)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Latest{}, err
	}
	l := Latest{map[string]string{}}
	for _, f := range folders {
		ids, err := h.ids(path.Join(files, f.Name()))
		if err != nil {
			return Latest{}, err
		}
		if len(ids) > 0 {
			l.ids[path.Join(files, f.Name())] = ids[len(ids)-1]
		}
	}
	return l, nil
}

// Of returns the newest version of a file, and when it was made; "" and the zero time if
// there is none.
func (l Latest) Of(file string) (id string, made time.Time) {
	id = l.ids[folderOf(file)]
	made, _ = time.Parse(stamp, id) // none is the zero time
	return id, made
}

func (h *History) keep(act Act, c Change) error {
	last, err := h.last(c.File)
	if err != nil {
		return err
	}
	switch {
	case c.Before == nil:
	case last.Sum == sumOf(c.Before):
		if err := h.store(last.Sum, c.Before); err != nil { // it may have been damaged meanwhile
			return err
		}
	default:
		found := Act{Why: Found, Time: act.Time}
		if last, err = h.add(last.ID, found, c.File, c.Before); err != nil {
			return err
		}
	}
	if !slices.Contains(remarks, act.Why) && bytes.Equal(c.Before, c.After) && (c.Before == nil) == (c.After == nil) {
		return nil
	}
	_, err = h.add(last.ID, act, c.File, c.After)
	return err
}

// add writes a version that follows another.
func (h *History) add(last string, act Act, file string, data []byte) (Version, error) {
	v := Version{ID: nextID(last, act.Time), File: file, Size: int64(len(data)), Act: act}
	if data != nil {
		v.Sum = sumOf(data)
		if err := h.store(v.Sum, data); err != nil {
			return v, err
		}
	}
	text, err := json.Marshal(v)
	if err != nil {
		return v, err
	}
	return v, h.folder().Create(path.Join(folderOf(file), v.ID+".json"), text)
}

// stamp is the form of an ID: a moment, in UTC.
const stamp = "20060102T150405.000000000"

// nextID is an ID that is greater than the last one, even if the clock was put back.
func nextID(last string, at time.Time) string {
	if before, err := time.Parse(stamp, last); err == nil && !at.After(before) {
		at = before.Add(1)
	}
	return at.UTC().Format(stamp)
}

// store keeps content once. One that is there and is not what it should be is written anew.
func (h *History) store(sum string, data []byte) error {
	name := objectOf(sum)
	if there, err := h.root.ReadFile(name); err == nil && bytes.Equal(there, data) {
		return nil
	}
	return h.folder().Replace(name, data)
}

// Versions are those of a file, the newest first.
func (h *History) Versions(file string) ([]Version, error) {
	if err := checkName(file); err != nil {
		return nil, err
	}
	ids, err := h.ids(folderOf(file))
	if err != nil {
		return nil, err
	}
	var all []Version
	for _, id := range slices.Backward(ids) {
		if v, ok := h.version(folderOf(file), id); ok && v.File == file {
			all = append(all, v)
		}
	}
	return all, nil
}

// Version is one of a file's.
func (h *History) Version(file, id string) (Version, error) {
	if err := checkName(file); err != nil {
		return Version{}, err
	}
	if _, err := time.Parse(stamp, id); err == nil {
		if v, ok := h.version(folderOf(file), id); ok && v.File == file {
			return v, nil
		}
	}
	return Version{}, fs.ErrNotExist
}

// Read is what a version holds. A removal holds nothing: [fs.ErrNotExist].
func (h *History) Read(v Version) ([]byte, error) {
	if v.Gone() {
		return nil, fs.ErrNotExist
	}
	data, err := h.root.ReadFile(objectOf(v.Sum))
	if err == nil && sumOf(data) != v.Sum {
		return nil, ErrDamaged
	}
	return data, err
}

// Restore puts a version back in the place of what the file holds, which is kept. The
// files beside it are left alone.
func (h *History) Restore(v Version, who string, at time.Time) error {
	data, err := h.Read(v)
	if err != nil {
		return err
	}
	if err := h.checkPlace(v.File); err != nil {
		return err
	}
	return h.locked(func() error {
		before, err := h.root.ReadFile(v.File)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := h.keep(Act{Who: who, Why: Restored, Time: at}, Change{v.File, before, data}); err != nil {
			return err
		}
		return h.folder().Replace(v.File, data)
	})
}

// last is the newest version of a file that can be read, zero if there is none.
func (h *History) last(file string) (Version, error) {
	ids, err := h.ids(folderOf(file))
	if err != nil || len(ids) == 0 {
		return Version{}, err
	}
	newest := ids[len(ids)-1]
	for _, id := range slices.Backward(ids) {
		if v, ok := h.version(folderOf(file), id); ok && v.File == file {
			v.ID = newest // one that cannot be read keeps its name
			return v, nil
		}
	}
	return Version{ID: newest}, nil
}

// ids are those of the versions in a folder, in order.
func (h *History) ids(folder string) ([]string, error) {
	entries, err := fs.ReadDir(h.root.FS(), folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var ids []string
	for _, e := range entries {
		id := strings.TrimSuffix(e.Name(), ".json")
		if _, wrong := time.Parse(stamp, id); wrong == nil && id != e.Name() {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, err
}

// version reads one; not ok is one that cannot be read.
func (h *History) version(folder, id string) (v Version, ok bool) {
	text, err := h.root.ReadFile(path.Join(folder, id+".json"))
	if err != nil || json.Unmarshal(text, &v) != nil || checkName(v.File) != nil || v.Sum != "" && !isSum(v.Sum) {
		return Version{}, false
	}
	v.ID = id
	return v, true
}

// all calls do for every version that can be read, file by file, the oldest first.
func (h *History) all(do func(Version) error) error {
	folders, err := fs.ReadDir(h.root.FS(), files)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, f := range folders {
		var ids []string
		if ids, err = h.ids(path.Join(files, f.Name())); err != nil {
			return err
		}
		for _, id := range ids {
			if v, ok := h.version(path.Join(files, f.Name()), id); ok {
				if err := do(v); err != nil {
					return err
				}
			}
		}
	}
	return err
}

// drop removes a version; its content goes with the last version that has it.
func (h *History) drop(v Version) error {
	return h.folder().Remove(path.Join(folderOf(v.File), v.ID+".json"))
}

// locked calls do while no other program writes to the history.
func (h *History) locked(do func() error) error {
	if err := h.root.MkdirAll(home, 0o777); err != nil {
		return err
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(h.root.Name(), filepath.FromSlash(home), "lock")).Lock()
	if err != nil {
		return fmt.Errorf("locking the history: %w", err)
	}
	defer unlock()
	return do()
}

func (h *History) folder() disk.Folder { return disk.Folder{Root: h.root, Aside: aside} }

// checkPlace refuses what is no file below content/, or leads through a symbolic link.
func (h *History) checkPlace(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	for at := name; at != "."; at = path.Dir(at) {
		if info, err := h.root.Lstat(at); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return &fs.PathError{Op: "write", Path: at, Err: errors.New("is a symbolic link")}
		}
	}
	return nil
}

// checkName refuses what is no file below content/.
func checkName(file string) error {
	if !fs.ValidPath(file) || !strings.HasPrefix(file, "content/") || strings.ContainsAny(file, "\\\x00") {
		return &fs.PathError{Op: "keep", Path: file, Err: errName}
	}
	return nil
}

// folderOf is the folder of a file's versions: of one length, whatever the file is called.
func folderOf(file string) string { return path.Join(files, sumOf([]byte(file))[:32]) }

func objectOf(sum string) string { return path.Join(objects, sum[:2], sum) }

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func isSum(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size
}

// newID names something of this moment that is the only one of its name.
func newID(at time.Time) string {
	return at.UTC().Format("20060102T150405") + "-" + strings.ToLower(rand.Text()[:10])
}
