package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"lienhiep/internal/diag"
	"lienhiep/internal/ftps"
)

// webspace is a target on rented web space, over FTP with TLS. The folder is served as
// it stands. Such a server can move a file, but neither copy one nor tell its sum:
//
//   - What is to be put in place is sent once more, aside, when all contents are stored.
//     Then each file takes its place by a rename, so that readers see a mix of two
//     releases for no longer than with the other targets.
//   - Which file stands where is kept in a record of its own. What that does not know,
//     or what was written after it, is read.
//
// Its files are written aside too, and renamed when they are whole. Where the server
// lets nothing take a file's place, the old one is moved away first: then readers may
// miss it for a moment.
type webspace struct {
	config    ftps.Config
	dir       string
	lines     chan *line
	lockLine  chan *line // kept free, so that the lock is renewed in time
	temporary string     // what this command's unfinished files are named by

	mu       sync.Mutex
	made     map[string]bool      // folders known to be there
	umask    map[fs.FileMode]bool // bits of the mode: whether the server gives them by itself
	begun    map[string]bool      // unfinished files that can be gone on with
	keepsOld bool                 // nothing takes a file's place

	swapping sync.Mutex // held while a name has no file

	reading  sync.Mutex
	prepared map[string]object // what was sent aside by an earlier command; nil if not known
	inPlace  map[string]File   // by the record; nil if it has not been read
	since    time.Time         // of the record

	uncertain atomic.Bool // a file had to be read
}

// line is a connection that reconnects after it was closed.
type line struct{ conn *ftps.Conn }

// mostLines is the maximum number of concurrent connections, besides that of the lock. Web
// hosts usually allow eight.
const mostLines = 4

const (
	// keyInPlace is the record of the files that stand in place.
	keyInPlace = home + "in-place.txt"
	// lockFile is in a folder, which takes its name only where no other has it. No
	// command of FTP makes a file on that condition.
	lockFile = "/holder"
	// lockBefore is its name while it is replaced in steps.
	lockBefore = "/before"
)

// readWebspace reads an address like ftps://user@host:port/path?fingerprint=SHA256.
func readWebspace(address *url.URL) (c ftps.Config, dir string, err error) {
	const form = "ftps://user@host/path"
	c = ftps.Config{Host: address.Hostname(), Port: address.Port(), User: address.User.Username()}
	if c.Host == "" || c.User == "" || address.Path == "" {
		return c, "", errors.New(form)
	}
	if c.Port == "" {
		c.Port = "21"
	}
	for option, values := range address.Query() {
		if option != "fingerprint" {
			return c, "", fmt.Errorf("unknown option %q", option)
		}
		c.Fingerprint, err = hex.DecodeString(strings.ReplaceAll(values[0], ":", ""))
		if err != nil || len(c.Fingerprint) != sha256.Size {
			return c, "", errors.New(form + "?fingerprint=SHA-256")
		}
	}
	if strings.ContainsFunc(address.Path+c.User, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return c, "", errors.New(form)
	}
	return c, address.Path, nil
}

func openWebspace(ctx context.Context, config ftps.Config, dir string) (*webspace, error) {
	w := &webspace{config: config, dir: dir, lines: make(chan *line, mostLines), lockLine: make(chan *line, 1), temporary: keyTemporary + randomName() + "-",
		made: map[string]bool{}, umask: map[fs.FileMode]bool{}, begun: map[string]bool{}}
	if err := w.dial(ctx); err != nil {
		return nil, errors.Join(w.explain(err), w.close())
	}
	return w, nil
}

// dial opens as many lines as the server allows, up to mostLines and that of the lock.
func (w *webspace) dial(ctx context.Context) error {
	first, err := ftps.Dial(ctx, w.config)
	if err != nil {
		return err
	}
	w.lockLine <- &line{first}
	if rest, ok := strings.CutPrefix(w.dir, "/~/"); ok {
		w.dir = path.Join(first.Home(), rest)
	}
	there, err := first.IsFolder(ctx, w.dir)
	if err == nil && !there {
		err = faultOf(ruleTargetMissing.At(diag.Pos{}, w.config.Host+":"+w.dir))
	}
	if err != nil {
		return err
	}
	if _, err := first.List(ctx, w.dir); err != nil { // over a data connection
		return err
	}
	var g errgroup.Group
	for range mostLines {
		g.Go(func() error {
			c, err := ftps.Dial(ctx, w.config)
			if err == nil {
				w.lines <- &line{c}
			}
			return err
		})
	}
	if err := g.Wait(); len(w.lines) == 0 {
		return err
	}
	return nil
}

// atOnce is the number of concurrent transfers.
func (w *webspace) atOnce() int { return len(w.lines) }

// do calls f with a connection.
func (w *webspace) do(ctx context.Context, key string, f func(*ftps.Conn) error) error {
	lines := w.lines
	if key == keyLock {
		lines = w.lockLine
	}
	var l *line
	select {
	case l = <-lines:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { lines <- l }()
	if l.conn != nil && l.conn.Broken() {
		_ = l.conn.Close()
		l.conn = nil
	}
	if l.conn == nil {
		c, err := ftps.Dial(ctx, w.config)
		if err != nil {
			return w.explain(err)
		}
		l.conn = c
	}
	return f(l.conn)
}

// at is a key's file.
func (w *webspace) at(key string) string {
	if key == keyLock {
		key += lockFile
	}
	return path.Join(w.dir, key)
}

// unknown reports whether the server does not implement a command.
func unknown(err error) bool {
	reply, is := ftps.Answer(err)
	return is && (reply.Code == 500 || reply.Code == 502 || reply.Code == 504)
}

// missing gives an answer the name that files have for it, if the file is not there:
// servers have the same answer for what they do not allow.
func (w *webspace) missing(ctx context.Context, c *ftps.Conn, name string, err error) error {
	if reply, is := ftps.Answer(err); !is || reply.Code/100 != 5 {
		return err
	}
	if _, lookErr := w.entry(ctx, c, name); errors.Is(lookErr, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	}
	return err
}

// entry looks a file up in its folder.
func (w *webspace) entry(ctx context.Context, c *ftps.Conn, name string) (ftps.Entry, error) {
	all, err := c.List(ctx, path.Dir(name))
	if reply, is := ftps.Answer(err); is && reply.Code/100 == 5 {
		err = nil // nor is the folder there
	}
	for _, e := range all {
		if e.Name == path.Base(name) {
			return e, nil
		}
	}
	if err == nil {
		err = fs.ErrNotExist
	}
	return ftps.Entry{}, err
}

// list walks through the folders, several at once.
func (w *webspace) list(ctx context.Context, prefix string) (map[string]object, error) {
	all := map[string]object{}
	var mu sync.Mutex
	for level := []string{prefix}; len(level) > 0; {
		var below []string
		g, inner := errgroup.WithContext(ctx)
		for _, dir := range level {
			g.Go(func() error {
				entries, err := w.listFolder(inner, dir)
				mu.Lock()
				defer mu.Unlock()
				for _, e := range entries {
					key := dir + e.Name
					switch {
					case !e.Mode.IsDir():
						all[key] = object{size: e.Size, modified: e.Modified}
					case e.Name != ".git" && key+"/" != home:
						below = append(below, key+"/")
					}
				}
				return err
			})
		}
		if err := g.Wait(); err != nil {
			return nil, err
		}
		level = below
	}
	return all, nil
}

func (w *webspace) listFolder(ctx context.Context, dir string) (entries []ftps.Entry, err error) {
	err = w.do(ctx, dir, func(c *ftps.Conn) error {
		entries, err = c.List(ctx, w.at(dir))
		if dir != "" && !strings.HasPrefix(dir, home) && refused(err) {
			return nil // the host's own affair
		}
		return ignoreMissing(w.missing(ctx, c, w.at(dir), err))
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	if len(entries) > 0 {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.made[w.at(dir)] = true
	}
	return entries, nil
}

// stat of a server that knows neither size nor time of a file is what it lists.
func (w *webspace) stat(ctx context.Context, key string) (o object, err error) {
	err = w.look(ctx, key, func(c *ftps.Conn, name string) error {
		if o.size, err = c.Size(ctx, name); err == nil {
			o.modified, err = c.Modified(ctx, name)
		}
		if !unknown(err) {
			return w.missing(ctx, c, name, err)
		}
		e, err := w.entry(ctx, c, name)
		o = object{size: e.Size, modified: e.Modified}
		return err
	})
	return o, err
}

func (w *webspace) read(ctx context.Context, key string) (data []byte, err error) {
	err = w.look(ctx, key, func(c *ftps.Conn, name string) error {
		data, err = w.fetch(ctx, c, name)
		return err
	})
	return data, err
}

func (w *webspace) fetch(ctx context.Context, c *ftps.Conn, name string) ([]byte, error) {
	var b bytes.Buffer
	err := c.Fetch(ctx, name, &limitedWriter{&b, maxManifest})
	return b.Bytes(), w.missing(ctx, c, name, err)
}

// look calls f with a key's file. That of the lock may have another name for a moment,
// or after a cut.
func (w *webspace) look(ctx context.Context, key string, f func(c *ftps.Conn, name string) error) error {
	return w.do(ctx, key, func(c *ftps.Conn) error {
		err := f(c, w.at(key))
		if key == keyLock && errors.Is(err, fs.ErrNotExist) {
			if _, lookErr := w.entry(ctx, c, w.at(keyLock+lockBefore)); lookErr == nil {
				return f(c, w.at(keyLock+lockBefore))
			}
		}
		return err
	})
}

// limitedWriter fails when it is given more than n bytes.
type limitedWriter struct {
	io.Writer
	n int
}

func (l *limitedWriter) Write(p []byte) (int, error) {
	if l.n -= len(p); l.n < 0 {
		return 0, errors.New("the file is far too large")
	}
	return l.Writer.Write(p)
}

func (w *webspace) put(ctx context.Context, key string, c content) error {
	return w.putAs(ctx, key, c, false)
}

func (w *webspace) putAs(ctx context.Context, key string, content content, public bool) error {
	r, err := content.open()
	if err != nil {
		return err
	}
	defer r.Close()
	return w.do(ctx, key, func(c *ftps.Conn) error { return w.write(ctx, c, key, r, content.File, public) })
}

// write fills a file aside and renames it into place.
func (w *webspace) write(ctx context.Context, c *ftps.Conn, key string, r io.ReadSeeker, want File, public bool) error {
	sum := sha256.Sum256([]byte(key))
	temporary := w.at(w.temporary + hex.EncodeToString(sum[:8]))
	if err := w.makeFolder(ctx, c, path.Dir(temporary)); err != nil {
		return err
	}
	if err := w.fill(ctx, c, temporary, r, want); err != nil {
		return err
	}
	if public {
		if err := w.letRead(ctx, c, temporary, 0o444); err != nil {
			return err
		}
	}
	if err := w.makeFolder(ctx, c, path.Dir(w.at(key))); err != nil {
		return err
	}
	return w.replace(ctx, c, temporary, w.at(key))
}

// full reports whether the server's answer says that its disk or quota is full.
func full(err error) error {
	reply, is := ftps.Answer(err)
	if is && (reply.Code == 452 || reply.Code == 552 || strings.Contains(reply.Msg, "No space left") || strings.Contains(reply.Msg, "quota exceeded") ||
		strings.HasPrefix(reply.Msg, "Failure writing to local file")) { // as vsftpd has it
		return fmt.Errorf("%w: %w", syscall.ENOSPC, err)
	}
	return err
}

// fill sends a file, or what an attempt that was cut off has left of it.
func (w *webspace) fill(ctx context.Context, c *ftps.Conn, name string, r io.ReadSeeker, want File) error {
	offset, err := w.begin(ctx, c, name, want)
	if err != nil {
		return err
	}
	err = w.send(ctx, c, name, r, want, offset)
	if errors.Is(err, ftps.ErrRestart) {
		if err := c.Remove(ctx, name); err != nil {
			return err
		}
		err = w.send(ctx, c, name, r, want, 0)
	}
	if err = full(err); err != nil {
		if lasting(err) && !c.Broken() { // else the next attempt goes on with what has come
			_ = c.Remove(ctx, name) // sweeping removes what cannot be removed now
			w.mark(w.begun, name, false)
		}
		return err
	}
	switch size, err := c.Size(ctx, name); {
	case err == nil && size != want.Size:
		w.mark(w.begun, name, false)
		return fmt.Errorf("%s: the server has stored %d of %d bytes", want.Path, size, want.Size)
	case !unknown(err):
		return err
	}
	return nil
}

// begin returns how much of a file is there from an attempt before.
func (w *webspace) begin(ctx context.Context, c *ftps.Conn, name string, want File) (offset int64, err error) {
	w.mu.Lock()
	again := w.begun[name]
	w.begun[name] = true
	w.mu.Unlock()
	if !again {
		return 0, nil
	}
	size, err := c.Size(ctx, name)
	switch _, is := ftps.Answer(err); {
	case err == nil && size <= want.Size:
		return size, nil
	case err == nil, is:
		err = c.Remove(ctx, name)
		if _, is := ftps.Answer(err); is {
			err = nil // it has not come so far
		}
	}
	return 0, err
}

// send sends a file from offset on, and makes sure that all of it is what it should be.
func (w *webspace) send(ctx context.Context, c *ftps.Conn, name string, r io.ReadSeeker, want File, offset int64) error {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	verified := newVerifier(ctx, r, want)
	if _, err := io.CopyN(io.Discard, verified, offset); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if offset == 0 || offset < want.Size {
		if err := c.Store(ctx, name, verified, offset); err != nil {
			return err
		}
	}
	return verified.whole()
}

func (w *webspace) mark(set map[string]bool, name string, is bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	set[name] = is
}

// replace gives a file its name, in place of what has it.
func (w *webspace) replace(ctx context.Context, c *ftps.Conn, from, to string) error {
	w.mu.Lock()
	keepsOld := w.keepsOld
	w.mu.Unlock()
	if !keepsOld {
		err := c.Move(ctx, from, to)
		if _, is := ftps.Answer(err); !is || errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if _, lookErr := w.entry(ctx, c, to); lookErr != nil {
			return err // refused for another reason
		}
	}
	return w.replaceInSteps(ctx, c, from, to)
}

// replaceInSteps replaces a file on a server that does not rename over an existing one. At
// any moment at most one file is missing, even if the connection is lost.
func (w *webspace) replaceInSteps(ctx context.Context, c *ftps.Conn, from, to string) error {
	w.swapping.Lock()
	defer w.swapping.Unlock()
	before := w.at(w.temporary + randomName())
	if to == w.at(keyLock) {
		before = w.at(keyLock + lockBefore) // its folder must never be empty
	}
	err := c.Move(ctx, to, before)
	moved := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := c.Move(ctx, from, to); err != nil {
		if moved {
			err = errors.Join(err, c.Move(ctx, before, to))
		}
		return err
	}
	w.mu.Lock()
	w.keepsOld = w.keepsOld || moved
	w.mu.Unlock()
	if moved {
		_ = c.Remove(ctx, before) // sweeping removes what cannot be removed now
	}
	return nil
}

// letRead gives everyone the bits of the mode of a file or folder that was made just
// now, if the server's umask does not: its web server may be another user.
func (w *webspace) letRead(ctx context.Context, c *ftps.Conn, name string, bits fs.FileMode) error {
	w.mu.Lock()
	given, known := w.umask[bits]
	w.mu.Unlock()
	if !known {
		e, err := w.entry(ctx, c, name)
		if err != nil {
			return err
		}
		given = !e.Bits || e.Mode&bits == bits
		w.mu.Lock()
		w.umask[bits] = given
		w.mu.Unlock()
	}
	if given {
		return nil
	}
	err := c.Chmod(ctx, name, uint32(bits|0o200))
	if _, is := ftps.Answer(err); is {
		return nil // a server that lets nobody change modes
	}
	return err
}

// makeFolder makes a folder and those above it, once.
func (w *webspace) makeFolder(ctx context.Context, c *ftps.Conn, dir string) error {
	w.mu.Lock()
	known := w.made[dir] || dir == w.dir || dir == "/"
	w.mu.Unlock()
	if known {
		return nil
	}
	if err := w.makeFolder(ctx, c, path.Dir(dir)); err != nil {
		return err
	}
	err := c.MakeFolder(ctx, dir)
	if _, is := ftps.Answer(err); is {
		// Another worker or an earlier command has made it.
		if there, lookErr := c.IsFolder(ctx, dir); lookErr != nil || !there {
			return full(errors.Join(err, lookErr))
		}
	} else if err != nil {
		return err
	} else if !strings.HasPrefix(dir+"/", w.at(home)+"/") {
		if err := w.letRead(ctx, c, dir, 0o555); err != nil {
			return err
		}
	}
	w.mark(w.made, dir, true)
	return nil
}

// create is atomic: it makes a folder with the file in it and renames the folder, which
// fails if the new name is a folder that is not empty.
func (w *webspace) create(ctx context.Context, key string, data []byte) error {
	return w.do(ctx, key, func(c *ftps.Conn) (err error) {
		place := path.Dir(w.at(key))
		aside := w.at(w.temporary + randomName())
		if err := w.makeFolder(ctx, c, path.Dir(aside)); err != nil {
			return err
		}
		if err := c.MakeFolder(ctx, aside); err != nil {
			return full(err)
		}
		defer func() {
			if err != nil && !c.Broken() {
				_ = c.Remove(ctx, aside+lockFile)
				_ = c.RemoveFolder(ctx, aside)
			}
		}()
		if err := c.Store(ctx, aside+lockFile, bytes.NewReader(data), 0); err != nil {
			return full(err)
		}
		// What was removed may have left its folder behind.
		if _, is := ftps.Answer(c.RemoveFolder(ctx, place)); !is && c.Broken() {
			return errors.New("the connection was cut")
		}
		err = c.Move(ctx, aside, place)
		if _, is := ftps.Answer(err); is {
			if there, _ := c.IsFolder(ctx, place); there {
				return fs.ErrExist
			}
		}
		return err
	})
}

// copy puts in place what prepare has sent; else what is stored is fetched and sent.
func (w *webspace) copy(ctx context.Context, to, from string, want File) error {
	return w.do(ctx, to, func(c *ftps.Conn) error {
		if err := w.makeFolder(ctx, c, path.Dir(w.at(to))); err != nil {
			return err
		}
		err := w.replace(ctx, c, w.at(keyPrepared(want)), w.at(to))
		if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		data, err := w.fetch(ctx, c, w.at(from))
		if err != nil {
			return err
		}
		return w.write(ctx, c, to, bytes.NewReader(data), want, true)
	})
}

// keyPrepared is where a file waits to be put in place.
func keyPrepared(f File) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%x %s", f.Sum, f.Path))
	return keyTemporary + "next-" + hex.EncodeToString(sum[:16])
}

// prepare sends a file aside, unless an earlier command has done so.
func (w *webspace) prepare(ctx context.Context, c content) error {
	earlier, err := w.preparedEarlier(ctx)
	if err != nil {
		return err
	}
	key := keyPrepared(c.File)
	if o, there := earlier[key]; there && o.size == c.Size {
		return nil
	}
	return w.putAs(ctx, key, c, true)
}

func (w *webspace) preparedEarlier(ctx context.Context) (map[string]object, error) {
	w.reading.Lock()
	defer w.reading.Unlock()
	if w.prepared == nil {
		all, err := w.list(ctx, keyTemporary)
		if err != nil {
			return nil, err
		}
		w.prepared = all
	}
	return w.prepared, nil
}

func (w *webspace) remove(ctx context.Context, key string) error {
	return w.do(ctx, key, func(c *ftps.Conn) error {
		err := c.Remove(ctx, w.at(key))
		if err := ignoreMissing(w.missing(ctx, c, w.at(key), err)); err != nil {
			return err
		}
		if key == keyLock {
			_ = c.Remove(ctx, w.at(keyLock+lockBefore)) // hardly ever there
		}
		if strings.HasPrefix(key, home) && key != keyLock && !strings.HasPrefix(key, keyTemporary) {
			return nil
		}
		// A folder is removed when nothing is left in it.
		for dir := path.Dir(w.at(key)); dir != w.dir && dir != w.at(home) && dir != w.at(keyTemporary); dir = path.Dir(dir) {
			err := c.RemoveFolder(ctx, dir)
			if _, is := ftps.Answer(err); is {
				return nil
			}
			if err != nil {
				return err
			}
			w.mark(w.made, dir, false)
		}
		return nil
	})
}

// note records which files stand in place.
func (w *webspace) note(ctx context.Context, files []File) error {
	var m Manifest
	for _, f := range files {
		if f.Path != ManifestName && f.Path != DeployedName { // which such a list does not name
			m.Files = append(m.Files, f)
		}
	}
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return w.put(ctx, keyInPlace, inMemory(keyInPlace, m.format()))
}

// noted is the record of what stands in place, and when that was written.
func (w *webspace) noted(ctx context.Context) (map[string]File, time.Time, error) {
	w.reading.Lock()
	defer w.reading.Unlock()
	if w.inPlace != nil {
		return w.inPlace, w.since, nil
	}
	err := w.do(ctx, keyInPlace, func(c *ftps.Conn) error {
		text, err := w.fetch(ctx, c, w.at(keyInPlace))
		if err != nil {
			return err
		}
		m, err := ParseManifest(text)
		if err != nil {
			return fmt.Errorf("%w: %w", fs.ErrNotExist, err) // what cannot be read says nothing
		}
		e, err := w.entry(ctx, c, w.at(keyInPlace)) // by the clock of the listing
		if err != nil {
			return err
		}
		w.inPlace, w.since = m.paths(), e.Modified
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		w.inPlace, err = map[string]File{}, nil
	}
	return w.inPlace, w.since, err
}

func (w *webspace) same(ctx context.Context, key string, live, _ object, want File) (bool, error) {
	if live.size != want.Size {
		return false, nil
	}
	inPlace, since, err := w.noted(ctx)
	if err != nil {
		return false, err
	}
	if f, known := inPlace[key]; known && !live.modified.After(since) {
		return f.Sum == want.Sum, nil
	}
	if key != ManifestName && key != DeployedName {
		w.uncertain.Store(true)
	}
	sum := sha256.New()
	err = w.do(ctx, key, func(c *ftps.Conn) error {
		sum.Reset()
		return w.missing(ctx, c, w.at(key), c.Fetch(ctx, w.at(key), sum))
	})
	return err == nil && [sha256.Size]byte(sum.Sum(nil)) == want.Sum, ignoreMissing(err)
}

// guessing reports whether the record did not tell of all files.
func (w *webspace) guessing() bool { return w.uncertain.Load() }

// hides is true: the site's .htaccess tells the web server to hide such files.
func (w *webspace) hides(context.Context) (bool, error) { return true, nil }

// intact is true: a file is renamed to its key only after all of it has arrived.
func (w *webspace) intact(context.Context, string, object) (bool, error) { return true, nil }

func (w *webspace) close() error {
	for _, lines := range []chan *line{w.lines, w.lockLine} {
		for range len(lines) {
			if l := <-lines; l.conn != nil {
				_ = l.conn.Close() // what was written has been confirmed
			}
		}
	}
	return nil
}

// explain tells why there is no connection.
func (w *webspace) explain(err error) error {
	host := w.config.Host
	var finding diag.Finding
	var proof *ftps.CertificateError
	switch {
	case errors.As(err, &proof):
		finding = certificateFault(host, proof)
	case errors.Is(err, ftps.ErrNoTLS):
		finding = ruleFTPSPlain.At(diag.Pos{}, host, detail(err))
	case errors.Is(err, ftps.ErrDenied):
		finding = ruleFTPSDenied.At(diag.Pos{}, host, w.config.User, detail(err))
	default:
		return err
	}
	return &Fault{[]diag.Finding{finding}, err}
}

// certificateFault tells what is wrong with a server's certificate.
func certificateFault(host string, e *ftps.CertificateError) diag.Finding {
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case e.Pinned:
		return ruleCertificateChanged.At(diag.Pos{}, host, e.Fingerprint())
	case bytes.Equal(e.Certificate.RawIssuer, e.Certificate.RawSubject):
		// Signed by itself: whatever else is wrong with it, only its fingerprint helps.
	case errors.As(e, &name):
		return ruleCertificateName.At(diag.Pos{}, host, namesOf(e.Certificate))
	case errors.As(e, &invalid) && invalid.Reason == x509.Expired:
		const day = "02/01/2006"
		return ruleCertificateExpired.At(diag.Pos{}, host, e.Certificate.NotBefore.Format(day), e.Certificate.NotAfter.Format(day))
	}
	return ruleCertificateUnknown.At(diag.Pos{}, host, e.Fingerprint())
}

// namesOf are the hosts that a certificate is for.
func namesOf(c *x509.Certificate) string {
	names := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		names = []string{c.Subject.CommonName}
	}
	return strings.Join(names, ", ")
}
