package publish

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"crypto/sha256"

	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
)

// folder is a target on this machine: a mounted share, a git worktree. Nothing
// outside the folder is ever touched, whatever a name or a symbolic link says.
type folder struct {
	root    *os.Root
	sums    *sums       // by key
	written atomic.Bool // something is, so that our records may be, too
}

// keySums is where it is remembered what files hold: the folder may be a share, from which
// all would come over the network for each deploy.
const keySums = home + "sums"

// keyTemporary is where files are written before they are renamed into place.
const keyTemporary = home + "tmp/"

// ownFolders are the site's own, beside public: a deploy would remove what they hold.
var ownFolders = []string{"content", "layouts", "assets", "static", "i18n", "generated", "internal", "cmd", ".lienhiep", ".git"}

// openFolder opens the folder dir, which must be there: an empty mount point
// must not pass for the share. public is the built site: dir must keep clear of it and
// of the site's other folders.
func openFolder(name, dir, public string) (*folder, error) {
	if overlap(dir, public) || slices.ContainsFunc(ownFolders, func(own string) bool { return overlap(dir, filepath.Join(filepath.Dir(public), own)) }) {
		return nil, faultOf(ruleTargetFolder.At(diag.Pos{}, name))
	}
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, faultOf(ruleTargetMissing.At(diag.Pos{}, dir))
	}
	if err != nil {
		return nil, err
	}
	known, _ := root.ReadFile(keySums) // what cannot be read knows nothing
	return &folder{root: root, sums: parseSums(known)}, nil
}

// overlap reports whether one of two folders is, or lies in, the other.
func overlap(a, b string) bool {
	a, b = realPath(a), realPath(b)
	within := func(a, b string) bool {
		rel, err := filepath.Rel(b, a)
		return err == nil && filepath.IsLocal(rel)
	}
	return within(a, b) || within(b, a)
}

// realPath follows symbolic links as far as there is something to follow.
func realPath(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	return abs
}

func (f *folder) list(ctx context.Context, prefix string) (map[string]object, error) {
	all := map[string]object{}
	start := path.Clean(prefix)
	err := fs.WalkDir(f.root.FS(), start, func(name string, d fs.DirEntry, err error) error {
		switch {
		case name == start && errors.Is(err, fs.ErrNotExist):
			return fs.SkipAll
		case errors.Is(err, fs.ErrNotExist):
			return nil // gone in the meantime
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case path.Base(name) == ".git", prefix == "" && name+"/" == home:
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		all[name] = object{size: info.Size(), modified: info.ModTime()}
		return nil
	})
	return all, err
}

func (f *folder) stat(_ context.Context, key string) (object, error) {
	info, err := f.root.Lstat(key)
	if err != nil {
		return object{}, err
	}
	return object{size: info.Size(), modified: info.ModTime()}, nil
}

func (f *folder) read(_ context.Context, key string) ([]byte, error) {
	r, err := f.root.Open(key)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxManifest))
}

func (f *folder) put(ctx context.Context, key string, c content) error {
	r, err := c.open()
	if err != nil {
		return err
	}
	defer r.Close()
	return f.write(ctx, key, r, c.File)
}

// write fills a file, if it turns out to hold what it should.
func (f *folder) write(ctx context.Context, key string, r io.Reader, want File) error {
	if err := f.ignoreRecords(); err != nil {
		return err
	}
	err := f.files(key).Fill(key, func(w io.Writer) error {
		verified := newVerifier(ctx, r, want)
		if _, err := io.Copy(w, verified); err != nil {
			return err
		}
		return verified.whole()
	})
	if err != nil {
		return err
	}
	if info, err := f.root.Lstat(key); err == nil {
		f.sums.note(key, info.Size(), info.ModTime(), want.Sum)
	}
	return nil
}

func (f *folder) create(_ context.Context, key string, data []byte) error {
	if err := f.ignoreRecords(); err != nil {
		return err
	}
	return f.files(key).Create(key, data)
}

// files writes below the folder. What is not our own record, a web server reads.
func (f *folder) files(key string) disk.Folder {
	f.written.Store(true)
	return disk.Folder{Root: f.root, Aside: path.Clean(keyTemporary), Public: !strings.HasPrefix(key, home)}
}

// ignoreRecords keeps our records out of what is committed in a git worktree.
func (f *folder) ignoreRecords() error {
	const ignore = home + ".gitignore"
	if _, err := f.root.Lstat(ignore); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return f.files(ignore).Replace(ignore, []byte("*\n"))
}

func (f *folder) copy(ctx context.Context, to, from string, want File) error {
	r, err := f.root.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	return f.write(ctx, to, r, want)
}

func (f *folder) remove(_ context.Context, key string) error {
	f.sums.forget(key)
	if err := ignoreMissing(f.files(key).Remove(key)); err != nil {
		return err
	}
	if strings.HasPrefix(key, home) {
		return nil
	}
	for dir := path.Dir(key); dir != "." && f.root.Remove(dir) == nil; dir = path.Dir(dir) {
		// A folder is removed when nothing is left in it.
	}
	return nil
}

// same reads the file, unless it is known: a folder keeps no sums.
func (f *folder) same(_ context.Context, key string, live, _ object, want File) (bool, error) {
	if live.size != want.Size {
		return false, nil
	}
	sum, err := f.sum(key, live)
	return err == nil && sum == want.Sum, err
}

// intact reads the file, unless it is known: a power cut may have left one of the same size
// with other bytes.
func (f *folder) intact(_ context.Context, key string, stored object) (bool, error) {
	sum, err := f.sum(key, stored)
	return err == nil && strings.HasPrefix(key, keyStore+hex.EncodeToString(sum[:])), err
}

// sum returns the checksum of a file that was listed: zero if it does not exist or is not a
// regular file.
func (f *folder) sum(key string, listed object) (sum [sha256.Size]byte, err error) {
	if sum, known := f.sums.of(key, listed.size, listed.modified); known {
		return sum, nil
	}
	info, err := f.root.Lstat(key)
	if err != nil || !info.Mode().IsRegular() {
		return sum, ignoreMissing(err)
	}
	r, err := f.root.Open(key)
	if err != nil {
		return sum, ignoreMissing(err)
	}
	defer r.Close()
	file, err := sumOf(key, r)
	if err == nil {
		f.sums.note(key, info.Size(), info.ModTime(), file.Sum)
	}
	return file.Sum, err
}

// hides: a web server does so, as we tell it to. A git worktree is published by a host
// that gives out whatever the repository has.
func (f *folder) hides(context.Context) (bool, error) {
	_, err := f.root.Lstat(".git")
	return errors.Is(err, fs.ErrNotExist), ignoreMissing(err)
}

func (f *folder) close() error {
	if f.written.Load() {
		f.remember()
	}
	return f.root.Close()
}

// remember writes what is known. Without it the next deploy reads the files.
func (f *folder) remember() {
	if f.sums.changed {
		_ = f.files(keySums).Replace(keySums, f.sums.format(time.Now()))
	}
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func randomName() string {
	b := make([]byte, 8)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// verifier is a reader that checks size and checksum at the end of the file.
type verifier struct {
	ctx  context.Context
	r    io.Reader
	sum  hash.Hash
	read int64
	want File
}

func newVerifier(ctx context.Context, r io.Reader, want File) *verifier {
	return &verifier{ctx: ctx, r: io.LimitReader(r, want.Size+1), sum: sha256.New(), want: want}
}

func (v *verifier) Read(p []byte) (int, error) {
	if err := v.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := v.r.Read(p)
	v.sum.Write(p[:n])
	v.read += int64(n)
	return n, err
}

func (v *verifier) whole() error {
	if v.read != v.want.Size || [sha256.Size]byte(v.sum.Sum(nil)) != v.want.Sum {
		return fmt.Errorf("%s: %w", v.want.Path, errAltered)
	}
	return nil
}
