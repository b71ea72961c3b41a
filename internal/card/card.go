// Package card draws the preview image that other sites show with a link to a
// page.
//
// It works on the built pages alone, as the search index does. A page that has a
// card names its file beside itself (og:image, "the-….png") and states its text: the site's
// name (og:site_name); the title (card:title, else og:title); what stands above it
// (og:image:alt is that, a colon and the title); a sentence, which is drawn where all
// of it has room (card:sentence, else og:description); and what picture stands beside them: a
// number and what it counts (card:figure, card:label), or the emblem of a field
// (card:emblem, a name of package emblem).
//
// In: the pages of a built site, and what is known of the one before. Out: the cards, in
// the folders of their pages. The bytes depend on the text and [version] alone, on
// every machine.
package card

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"runtime"
	"slices"
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
const version = "6"

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

// Cards are the cards that the pages of a site ask for.
type Cards struct {
	site *kept.Store

	mu   sync.Mutex
	jobs map[Words]*job
}

// New returns the cards of a site of which site knows what was drawn before, and of which
// no page has been read.
func New(site *kept.Store) *Cards { return &Cards{site: site, jobs: map[Words]*job{}} }

// Add reads a page of the site, by its name in the site's folder. It can be called from
// several goroutines.
func (c *Cards) Add(name string, page []byte) {
	words, file, ok := asks(bytes.NewReader(page), path.Dir(name))
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	j := c.jobs[words]
	if j == nil {
		j = &job{Words: words}
		c.jobs[words] = j
	}
	j.files = append(j.files, file)
}

// Draw puts the cards into the folders of their pages. It returns how many had to be drawn.
func (c *Cards) Draw(ctx context.Context) (drawn int, err error) {
	site := c.site
	jobs := slices.Collect(maps.Values(c.jobs))
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
func each(ctx context.Context, jobs []*job, worker func() func(*job) error) error {
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
					errs[i] = do(jobs[n])
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
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
