package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/pkg/sftp"
	"golang.org/x/sync/errgroup"

	"lienhiep/internal/diag"
)

// server is a target on an ordinary web server, over SFTP. Below its folder stand
//
//	current    a symbolic link to the release that is served
//	releases/  the last releases, each a whole site
//	.lienhiep/ our records, and every file's content once, by its sum
//
// A release's files are hard links to the contents, so that one that has changed
// little costs little, and it is put on show by renaming the link.
type server struct {
	account account
	dir     string

	mu     sync.Mutex
	client *sftp.Client
	made   map[string]bool      // folders known to be there
	given  map[fs.FileMode]bool // bits of the mode that the server's umask gives by itself
}

const (
	linkCurrent = "current"
	dirReleases = "releases"
)

func openServer(ctx context.Context, a account, dir string) (*server, error) {
	s := &server{account: a, dir: dir, made: map[string]bool{}, given: map[fs.FileMode]bool{}}
	c, err := s.connected(ctx)
	if err != nil {
		return nil, err
	}
	if info, err := c.Stat(dir); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, errors.Join(faultOf(ruleTargetMissing.At(diag.Pos{}, a.host+":"+dir)), s.close())
	} else if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// connected returns the connection, a new one if the last has ended.
func (s *server) connected(ctx context.Context) (*sftp.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.client != nil {
		return s.client, nil
	}
	c, err := s.account.dial(ctx)
	if err != nil {
		return nil, err
	}
	s.client = c
	go func() {
		_ = c.Wait() // why it ended, those find out who use it
		s.forget(c)
	}()
	return c, nil
}

// forget makes the next step open a new connection.
func (s *server) forget(c *sftp.Client) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client == c {
		s.client = nil
	}
}

// do calls f with a connection, which is closed when ctx ends before f does.
func (s *server) do(ctx context.Context, f func(*sftp.Client) error) error {
	c, err := s.connected(ctx)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() {
		s.forget(c)
		_ = c.Close()
	})
	defer stop()
	if err = f(c); errors.Is(err, sftp.ErrSSHFxConnectionLost) {
		s.forget(c)
	}
	if ctx.Err() != nil {
		return errors.Join(ctx.Err(), err)
	}
	return err
}

func (s *server) at(key string) string { return path.Join(s.dir, key) }

func (s *server) list(ctx context.Context, prefix string) (map[string]object, error) {
	all := map[string]object{}
	err := s.do(ctx, func(c *sftp.Client) error {
		entries, err := c.ReadDirContext(ctx, s.at(prefix))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		for _, e := range entries {
			if e.Mode().IsRegular() {
				all[prefix+e.Name()] = object{size: e.Size(), modified: e.ModTime()}
			}
		}
		return err
	})
	return all, err
}

func (s *server) stat(ctx context.Context, key string) (o object, err error) {
	err = s.do(ctx, func(c *sftp.Client) error {
		info, err := c.Lstat(s.at(key))
		if err == nil {
			o = object{size: info.Size(), modified: info.ModTime()}
		}
		return err
	})
	return o, err
}

func (s *server) read(ctx context.Context, key string) (data []byte, err error) {
	err = s.do(ctx, func(c *sftp.Client) error {
		r, err := c.Open(s.at(key))
		if err != nil {
			return err
		}
		defer r.Close()
		data, err = io.ReadAll(io.LimitReader(r, maxManifest))
		return err
	})
	return data, err
}

func (s *server) put(ctx context.Context, key string, content content) error {
	r, err := content.open()
	if err != nil {
		return err
	}
	defer r.Close()
	return s.do(ctx, func(c *sftp.Client) error { return s.write(ctx, c, key, r, content.File) })
}

// write fills a file aside and renames it into place.
func (s *server) write(ctx context.Context, c *sftp.Client, key string, r io.Reader, want File) (err error) {
	temporary := s.at(keyTemporary + randomName())
	if err := s.makeFolder(c, path.Dir(temporary)); err != nil {
		return err
	}
	w, err := c.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = s.diskFull(c, want.Size, err)
			_ = c.Remove(temporary) // pruning removes what cannot be removed now
		}
	}()
	verified := newVerifier(ctx, r, want)
	_, err = w.ReadFrom(verified)
	if _, can := c.HasExtension("fsync@openssh.com"); can && err == nil {
		err = w.Sync() // a power cut there must not leave an empty file of that name
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	if isPublic(key) {
		if err := s.letRead(c, temporary, 0o444); err != nil {
			return err
		}
	}
	if err := verified.whole(); err != nil {
		return err
	}
	if err := s.makeFolder(c, path.Dir(s.at(key))); err != nil {
		return err
	}
	return c.PosixRename(temporary, s.at(key))
}

// diskFull asks the server, which says no more than "failure", whether it has
// run out of room.
func (s *server) diskFull(c *sftp.Client, size int64, err error) error {
	var failed *sftp.StatusError
	if !errors.As(err, &failed) {
		return err
	}
	room, statErr := c.StatVFS(s.dir)
	if strings.Contains(err.Error(), "no space left") || statErr == nil && room.FreeSpace() < uint64(size) {
		return errors.Join(syscall.ENOSPC, err)
	}
	return err
}

// isPublic reports whether readers get what lies at a key: the contents are given out
// under other names.
func isPublic(key string) bool {
	return !strings.HasPrefix(key, home) || strings.HasPrefix(key, keyStore)
}

// letRead gives everyone the bits of the mode of a file or folder that was made just
// now, if the server's umask does not: the web server is another user.
func (s *server) letRead(c *sftp.Client, name string, bits fs.FileMode) error {
	s.mu.Lock()
	given := s.given[bits]
	s.mu.Unlock()
	if given {
		return nil
	}
	info, err := c.Stat(name)
	if err != nil {
		return err
	}
	if has := info.Mode().Perm(); has&bits != bits {
		_ = c.Chmod(name, has|bits) // a server that keeps no modes refuses
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.given[bits] = true
	return nil
}

// makeFolder makes a folder and those above it, once.
func (s *server) makeFolder(c *sftp.Client, dir string) error {
	s.mu.Lock()
	known := s.made[dir] || dir == s.dir || dir == "."
	s.mu.Unlock()
	if known {
		return nil
	}
	if err := s.makeFolder(c, path.Dir(dir)); err != nil {
		return err
	}
	if err := c.Mkdir(dir); err != nil {
		// Another worker or an earlier command has made it.
		if info, statErr := c.Stat(dir); statErr != nil || !info.IsDir() {
			return err
		}
	} else if !strings.HasPrefix(dir+"/", s.at(home)+"/") {
		if err := s.letRead(c, dir, 0o555); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made[dir] = true
	return nil
}

func (s *server) create(ctx context.Context, key string, data []byte) error {
	return s.do(ctx, func(c *sftp.Client) error {
		if err := s.makeFolder(c, path.Dir(s.at(key))); err != nil {
			return err
		}
		w, err := c.OpenFile(s.at(key), os.O_WRONLY|os.O_CREATE|os.O_EXCL)
		if err != nil {
			// The protocol has no word for a file that is there already.
			if _, statErr := c.Lstat(s.at(key)); statErr == nil {
				return fs.ErrExist
			}
			return err
		}
		_, err = io.Copy(w, bytes.NewReader(data))
		return errors.Join(err, w.Close())
	})
}

// copy makes a hard link, or, where the server knows none, fetches and sends the
// content.
func (s *server) copy(ctx context.Context, to, from string, want File) error {
	return s.do(ctx, func(c *sftp.Client) error {
		if err := s.makeFolder(c, path.Dir(s.at(to))); err != nil {
			return err
		}
		if err := c.Link(s.at(from), s.at(to)); err == nil {
			return nil
		}
		if have, err := c.Lstat(s.at(to)); err == nil && have.Size() == want.Size {
			return nil // linked by an attempt whose answer was lost
		}
		r, err := c.Open(s.at(from))
		if err != nil {
			return err
		}
		defer r.Close()
		return s.write(ctx, c, to, r, want)
	})
}

func (s *server) remove(ctx context.Context, key string) error {
	return s.do(ctx, func(c *sftp.Client) error { return ignoreMissing(c.Remove(s.at(key))) })
}

// shown is the release that is served, or "".
func (s *server) shown(ctx context.Context) (release string, err error) {
	err = s.do(ctx, func(c *sftp.Client) error {
		info, err := c.Lstat(s.at(linkCurrent))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case info.Mode().Type() != fs.ModeSymlink:
			return faultOf(ruleNotALink.At(diag.Pos{}, s.at(linkCurrent)))
		}
		target, err := c.ReadLink(s.at(linkCurrent))
		release = path.Base(target)
		return err
	})
	return release, err
}

// namesAtOnce is how many names are made or removed at a time: they are all of a site's, no
// bytes go with them, and most of their time is that of the line.
const namesAtOnce = 4 * workers

// Trees that are being made, and that have been replaced.
const (
	treeAside  = ".new"
	treeBefore = ".old"
)

// build makes the whole tree of a release that is not shown, in place of one that
// was made before: beside that, something else may have stood. step is called for
// each file.
func (s *server) build(ctx context.Context, release string, files []File, step func(File)) error {
	final := s.at(path.Join(dirReleases, release))
	aside, before := final+treeAside, final+treeBefore
	for _, tree := range []string{aside, before} {
		if err := s.removeTree(ctx, tree); err != nil {
			return err
		}
	}
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(namesAtOnce)
	for _, f := range files {
		g.Go(func() error {
			defer step(f)
			return retried{s}.copy(inner, path.Join(dirReleases, release+treeAside, f.Path), storeKey(f), f)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return retry(ctx, 0, func(ctx context.Context) error {
		return s.do(ctx, func(c *sftp.Client) error {
			if _, err := c.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
				return nil // done by an attempt whose answer was lost
			}
			if _, err := c.Lstat(final); err == nil {
				if err := c.PosixRename(final, before); err != nil {
					return err
				}
			}
			return c.PosixRename(aside, final)
		})
	})
}

func (s *server) removeTree(ctx context.Context, tree string) error {
	return retry(ctx, 0, func(ctx context.Context) error {
		return s.do(ctx, func(c *sftp.Client) error {
			if _, err := c.Lstat(tree); err != nil {
				return ignoreMissing(err)
			}
			return c.RemoveAll(tree)
		})
	})
}

// show makes a release the one that is served, in one step.
func (s *server) show(ctx context.Context, release string) error {
	return retry(ctx, 0, func(ctx context.Context) error {
		return s.do(ctx, func(c *sftp.Client) error {
			aside := s.at(linkCurrent + ".new")
			if err := ignoreMissing(c.Remove(aside)); err != nil {
				return err
			}
			if err := c.Symlink(path.Join(dirReleases, release), aside); err != nil {
				return err
			}
			return c.PosixRename(aside, s.at(linkCurrent))
		})
	})
}

// drop removes the trees of all releases but those to keep. files are those of
// releases that are known, which go several at once.
func (s *server) drop(ctx context.Context, keep []string, files map[string][]File) error {
	var gone []string
	err := s.do(ctx, func(c *sftp.Client) error {
		entries, err := c.ReadDirContext(ctx, s.at(dirReleases))
		for _, e := range entries {
			if !slices.Contains(keep, e.Name()) {
				gone = append(gone, e.Name())
			}
		}
		return ignoreMissing(err)
	})
	if err != nil {
		return err
	}
	for _, release := range gone {
		tree := path.Join(dirReleases, release)
		for _, level := range emptying(tree, files[release]) {
			g, inner := errgroup.WithContext(ctx)
			g.SetLimit(namesAtOnce)
			for _, name := range level {
				g.Go(func() error {
					_ = s.remove(inner, name) // what stays is removed one by one below
					return inner.Err()
				})
			}
			if err := g.Wait(); err != nil {
				return err
			}
		}
		if err := s.removeTree(ctx, s.at(tree)); err != nil {
			return fmt.Errorf("removing the release %s: %w", release, err)
		}
	}
	return nil
}

// emptying lists what to remove of a tree, files first and then the folders from
// the deepest up, in levels whose members can go at once. A file may be listed twice.
func emptying(tree string, files []File) [][]string {
	names := map[string]bool{}
	folders := map[string]int{} // with their depth
	deepest := 0
	for _, f := range files {
		names[path.Join(tree, f.Path)] = true
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			depth := strings.Count(dir, "/") + 1
			folders[path.Join(tree, dir)] = depth
			deepest = max(deepest, depth)
		}
	}
	levels := make([][]string, deepest+1)
	levels[0] = slices.Collect(maps.Keys(names))
	for dir, depth := range folders {
		levels[deepest-depth+1] = append(levels[deepest-depth+1], dir)
	}
	return levels
}

func (s *server) close() error {
	s.mu.Lock()
	c := s.client
	s.client = nil
	s.mu.Unlock()
	if c == nil {
		return nil
	}
	_ = c.Close() // what was written has been confirmed
	return nil
}
