package incremental

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/kept"
)

// file is what Hugo has written for a page.
type file struct {
	Name string `json:"n"` // below the site's folder
	Sum  kept.Sum
}

// Taken are pages that a build takes as an earlier one has made them.
type Taken struct {
	Pages []Page
	files [][]file
}

// Take finds the pages whose files still lie in the site that was published last; the
// paths of all others below [Made.Below] are returned, too.
func (m Made) Take(before *kept.Store) (taken Taken, others []string) {
	others = slices.Clone(m.Always)
	for _, p := range m.Pages {
		if files, known := filesOf(before, p); known {
			taken.Pages = append(taken.Pages, p)
			taken.files = append(taken.files, files)
		} else {
			others = append(others, p.Path)
		}
	}
	return taken, others
}

func filesOf(before *kept.Store, p Page) ([]file, bool) {
	data, known := before.Value(p.key())
	if !known {
		return nil, false
	}
	var files []file
	if json.Unmarshal(data, &files) != nil {
		return nil, false
	}
	for _, f := range files {
		if !before.Published(f.Name) {
			return nil, false
		}
	}
	return files, true
}

func (p Page) key() kept.Key { return kept.KeyByProgram("page", p.Inputs[:]) }

// Reader is given pages of a site by their files' names, several at once.
type Reader func(name string, page []byte) error

// Look reads the files of the pages, and hands each page to read: there is time while Hugo
// makes the others. whole is false where one of them is not any more what was made.
func (t Taken) Look(before *kept.Store, read Reader) (whole bool, err error) {
	return t.each(func(name string, sum kept.Sum) (bool, error) {
		data, same := before.Look(name, sum)
		if same && path.Ext(name) == ".html" {
			return true, read(name, data)
		}
		return same, nil
	})
}

// Lay puts the files of the pages into the site that is being built. whole is false where
// one of them is not any more what was made.
func (t Taken) Lay(before *kept.Store) (whole bool, err error) { return t.each(before.Lay) }

// each does something with each file, until one is not what was made.
func (t Taken) each(do func(name string, sum kept.Sum) (same bool, err error)) (whole bool, err error) {
	all := map[string]kept.Sum{} // several pages may show a file
	for _, files := range t.files {
		for _, f := range files {
			all[f.Name] = f.Sum
		}
	}
	names := slices.Sorted(maps.Keys(all))
	err = inParallel(len(names), func(i int) error {
		same, err := do(names[i], all[names[i]])
		if err == nil && !same {
			err = errOther
		}
		return err
	})
	if errors.Is(err, errOther) {
		return false, nil
	}
	return err == nil, err
}

var errOther = errors.New("a published file is not what was made")

// But leaves out the pages of which something is to be told beside them: each build tells it
// anew. What is told of no entry may be of any page.
func (m Made) But(findings []diag.Finding) Made {
	told := map[string]bool{}
	for _, f := range findings {
		if !strings.HasPrefix(f.Pos.File, "content/") {
			m.Pages = nil
		}
		told[f.Pos.File] = true
	}
	m.Pages = slices.DeleteFunc(slices.Clone(m.Pages), func(p Page) bool { return told[p.File] })
	return m
}

// Remember notes what Hugo has written, for the pages that were not taken, into a site's
// folder, at the site's address, before anything else is put there. It hands each page to
// read, as it has it at hand.
func (m Made) Remember(taken Taken, now *kept.Store, dir, baseURL string, read Reader) error {
	old := map[kept.Sum]bool{}
	for _, p := range taken.Pages {
		old[p.Inputs] = true
	}
	anew := slices.DeleteFunc(slices.Clone(m.Pages), func(p Page) bool { return old[p.Inputs] })
	return inParallel(len(anew), func(i int) error {
		if err := remember(now, dir, baseURL, anew[i], read); err != nil {
			return fmt.Errorf("noting what was made of %s: %w", anew[i].Path, err)
		}
		return nil
	})
}

func remember(now *kept.Store, dir, baseURL string, p Page, read Reader) error {
	page := p.Folder + "/index.html"
	text, err := now.Read(page)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // what Hugo says of it tells why
	}
	if err == nil {
		err = read(page, text)
	}
	if err != nil {
		return err
	}
	names := []string{page}
	for _, name := range filesIn(text, pathOf(baseURL)) {
		if info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); err == nil && info.Mode().IsRegular() {
			names = append(names, name)
		}
	}
	err = fs.WalkDir(os.DirFS(dir), p.Folder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) != ".html" && !slices.Contains(names, name) {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	var files []file
	for _, name := range names {
		f, err := now.File(name)
		if err != nil {
			return err
		}
		files = append(files, file{name, f.Sum})
	}
	value, err := json.Marshal(files)
	if err == nil {
		now.Keep(p.key(), value)
	}
	return err
}

// bySum are the names of files that Hugo makes of others, which have a sum of what they are
// made of: scripts, and pictures in another size. It publishes them for the first page that
// names them, which need not be built.
var bySum = regexp.MustCompile(`_hu_[0-9a-f]+\.\w+$|\.[0-9a-f]{64}\.\w+$`)

// filesIn are the files with such names that a page names by their paths in the site, by
// their names below its folder. root is the path of the site's address.
func filesIn(page []byte, root string) []string {
	var all []string
	seen := map[string]bool{}
	for {
		i := bytes.IndexByte(page, '/')
		if i < 0 {
			return all
		}
		begins := i > 0 && bytes.IndexByte([]byte("=\"', ("), page[i-1]) >= 0
		page = page[i:]
		if !begins {
			page = page[1:]
			continue
		}
		end := bytes.IndexAny(page, "\"', \n>)?#")
		if end < 0 {
			end = len(page)
		}
		name := path.Clean(strings.TrimPrefix(string(page[:end]), root))
		page = page[end:]
		if bySum.MatchString(name) && filepath.IsLocal(name) && !seen[name] {
			seen[name] = true
			all = append(all, name)
		}
	}
}

// pathOf is the path of the site's address: "/" or "/a/".
func pathOf(baseURL string) string {
	_, rest, _ := strings.Cut(baseURL, "://")
	_, folder, _ := strings.Cut(rest, "/")
	return strings.TrimSuffix("/"+folder, "/") + "/"
}
