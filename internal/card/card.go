// Package card draws the preview image that other sites show with a link to a
// page.
//
// It works on the built pages alone, as the search index does. A page that has a
// card names its file beside itself (og:image, "the-….png") and states its text: the site's
// name (og:site_name); the title (card:title, else og:title); what stands above it
// (og:image:alt is that, a colon and the title); a sentence, which is drawn if there is
// room (card:sentence, else og:description); and what picture stands beside them: a
// number and what it counts (card:figure, card:label), or the emblem of a field
// (card:emblem, a name of package emblem).
//
// In: a folder with a built site, and what is known of the one before. Out: the cards,
// in the folders of their pages. The bytes depend on the text and [version] alone, on
// every machine.
package card

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/kept"
)

// Width and Height are in pixels, as sites that show cards expect.
const Width, Height = 1200, 630

// version changes with the drawing: cards that were drawn before are taken again only
// where it is the same.
const version = "5"

// Words are what stands on a card.
type Words struct {
	Site     string
	Kicker   string // what sort of page it is, perhaps with a date
	Title    string
	Sentence string
	Figure   string // a number that stands beside them, and
	Label    string // what it counts
	Emblem   string // of a field, where there is no figure
}

// key stands for a drawing by what follows into it.
func (w Words) key() kept.Key {
	return kept.KeyOf("card "+version, []byte(strings.Join([]string{w.Site, w.Kicker, w.Title, w.Sentence, w.Figure, w.Label, w.Emblem}, "\x00")))
}

// job is a card that pages ask for: those with the same words share it.
type job struct {
	Words
	files []string // in the site
}

// Build draws the card of every page of the built site in dir, of which site knows what
// was drawn before. It returns how many had to be drawn.
func Build(ctx context.Context, dir string, site *kept.Store) (drawn int, err error) {
	jobs, err := read(dir, site)
	if err != nil {
		return 0, fmt.Errorf("reading the pages: %w", err)
	}
	var n atomic.Int64
	err = each(ctx, jobs, func() func(*job) error {
		var d *drawer // its fonts are read by the first card that is drawn
		return func(j *job) error {
			missing, err := j.take(site)
			if len(missing) == 0 || err != nil {
				return err
			}
			if d == nil {
				if d, err = newDrawer(); err != nil {
					return err
				}
			}
			png, err := d.draw(j.Words)
			if err != nil {
				return fmt.Errorf("drawing %s: %w", j.files[0], err)
			}
			n.Add(1)
			for _, file := range missing {
				if err := site.Put(j.key(), file, png); err != nil {
					return fmt.Errorf("writing a card: %w", err)
				}
			}
			return nil
		}
	})
	return int(n.Load()), err
}

// take takes the card as its pages had it before, and returns those that had none.
func (j *job) take(site *kept.Store) (missing []string, err error) {
	for _, file := range j.files {
		_, taken, err := site.Take(j.key(), file, j.files...)
		if err != nil {
			return nil, fmt.Errorf("taking a card: %w", err)
		}
		if !taken {
			missing = append(missing, file)
		}
	}
	return missing, nil
}

// each does the jobs in parallel, every worker with a function of its own.
func each(ctx context.Context, jobs []job, worker func() func(*job) error) error {
	errs := make([]error, min(runtime.GOMAXPROCS(0), len(jobs)))
	var next atomic.Int64
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			do := worker()
			for errs[i] == nil {
				n := int(next.Add(1)) - 1
				if n >= len(jobs) {
					return
				}
				if errs[i] = ctx.Err(); errs[i] == nil {
					errs[i] = do(&jobs[n])
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// read lists the cards that the pages ask for.
func read(dir string, site *kept.Store) ([]job, error) {
	var jobs []job
	at := map[Words]int{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		a, err := askedBy(name, site)
		if err != nil || a.File == "" {
			return err
		}
		i, known := at[a.Words]
		if !known {
			i, at[a.Words] = len(jobs), len(jobs)
			jobs = append(jobs, job{Words: a.Words})
		}
		jobs[i].files = append(jobs[i].files, a.File)
		return nil
	})
	return jobs, err
}

// asked is the card that a page asks for.
type asked struct {
	Words Words
	File  string // in the site; "" for none
}

// askedBy reads a page, unless it is known what it asks for.
func askedBy(name string, site *kept.Store) (a asked, err error) {
	page, err := site.File(name)
	if err != nil {
		return a, err
	}
	key := kept.KeyByProgram("card asked for by "+name, page.Sum[:])
	if known, ok := site.Value(key); ok && json.Unmarshal(known, &a) == nil {
		return a, nil
	}
	text, err := site.Read(name)
	if err != nil {
		return a, err
	}
	a.Words, a.File, _ = asks(bytes.NewReader(text), path.Dir(name))
	value, err := json.Marshal(a)
	if err == nil {
		site.Keep(key, value)
	}
	return a, err
}

// cardName matches the names of cards; a page may name a photograph of its own instead.
var cardName = regexp.MustCompile(`^the-[0-9a-f]+\.png$`)

// asks reads in the head of the page in a folder which card it wants. The later
// pages of a list name the card of the first, which lies in another folder: it is
// that one's to ask for.
func asks(page io.Reader, folder string) (w Words, file string, ok bool) {
	meta := metas(page)
	own := strings.TrimSuffix(meta["og:url"], "/")
	file, ok = strings.CutPrefix(meta["og:image"], own+"/")
	if !ok || own == "" || !cardName.MatchString(file) || folder != "." && !strings.HasSuffix(own, "/"+folder) {
		return Words{}, "", false
	}
	w = Words{
		Site: meta["og:site_name"], Title: cmp.Or(meta["card:title"], meta["og:title"]), Sentence: cmp.Or(meta["card:sentence"], meta["og:description"]),
		Figure: meta["card:figure"], Label: meta["card:label"], Emblem: meta["card:emblem"],
	}
	if kicker, ok := strings.CutSuffix(meta["og:image:alt"], ": "+w.Title); ok {
		w.Kicker = kicker
	}
	return w, path.Join(folder, file), true
}

// metas reads the properties that a page's head states.
func metas(page io.Reader) map[string]string {
	stated := map[string]string{}
	z := html.NewTokenizer(page)
	for {
		kind := z.Next()
		name, more := z.TagName()
		if kind == html.ErrorToken || kind == html.EndTagToken && string(name) == "head" {
			return stated
		}
		if string(name) != "meta" {
			continue
		}
		var property, content string
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			switch string(key) {
			case "property":
				property = string(value)
			case "content":
				content = norm.NFC.String(string(value))
			}
		}
		stated[property] = content
	}
}
