package publish

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lienhiep/internal/host"
)

// watchable are the kinds of targets, of which every write can be watched.
var watchable = map[string]func(testing.TB) *place{"s3": s3Place, "sftp": sftpPlace,
	"folder": func(t testing.TB) *place { return failingFolder(t, errors.New("the share is gone")) }}

// edition is a state of a site whose styles, script, picture and card have other names in
// each, and whose index has other words.
func edition(i int) map[string]string {
	css, js := fmt.Sprintf("css/main.%064x.css", i), fmt.Sprintf("js/plan.%064x.js", i)
	face, card, shard := fmt.Sprintf("tin/anh_hu_%016x.webp", i), fmt.Sprintf("tin/the-%016x.png", i), "tim/index/k0/0.bin"
	files := map[string]string{
		"index.html":          page(fmt.Sprint("Trang ", i), "/"+css, "/"+js, "/"+shard, "/tin/"),
		"tin/index.html":      page(fmt.Sprint("Tin ", i), "/"+css, "/"+face, "/"+card),
		"robots.txt":          "User-agent: *",
		css:                   fmt.Sprint("a{}", i),
		css + host.GzipEnding: fmt.Sprint("gói ", i),
	}
	for _, name := range []string{js, face, card, shard} {
		files[name] = fmt.Sprint("nội dung ", name, i)
	}
	return files
}

// readers fetch pages at any moment, and what the pages name for as long as they
// may keep them.
type readers struct {
	mu     sync.Mutex
	start  time.Time // moved back by what the target's clock is moved on
	visits []visit
	writes int
	missed []string
}

func newReaders() *readers { return &readers{start: time.Now()} }

type visit struct {
	page, text string
	until      time.Duration
}

// look fetches the pages, at every third write, and everything that pages fetched
// before name.
func (r *readers) look(t *testing.T, p *place, kept time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.writes++; r.writes%3 > 0 {
		return
	}
	now := time.Since(r.start)
	pages := p.files(t)
	files := p.files(t) // later: what is read first may be older than what is read last
	for _, name := range []string{"index.html", "tin/index.html"} {
		v := visit{name, pages[name], now + kept}
		if v.text != "" && !slices.ContainsFunc(r.visits, func(w visit) bool { return w.text == v.text && w.until >= v.until }) {
			r.visits = append(r.visits, v)
		}
	}
	r.visits = slices.DeleteFunc(r.visits, func(v visit) bool { return v.until < now })
	for _, v := range r.visits {
		for _, ref := range references(t, v.text) {
			if _, there := files[fileFor(ref)]; !there && !slices.Contains(r.missed, ref) {
				r.missed = append(r.missed, ref)
				t.Errorf("a reader of %s, kept until %v, asks for %s at %v and gets 404", v.page, v.until, ref, now)
			}
		}
	}
}

func (r *readers) wait(p *place, d time.Duration) {
	p.shift(d)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.start = r.start.Add(-d)
}

// TestReadersGetWhatTheirPagesName has readers fetch pages at every write of twenty
// deploys, and what these name up to five minutes later.
func TestReadersGetWhatTheirPagesName(t *testing.T) {
	for name, make := range watchable {
		t.Run(name, func(t *testing.T) {
			p, r := make(t), newReaders()
			rnd := rand.New(rand.NewPCG(4, 2026))
			p.watch(func() { r.look(t, p, time.Duration(rnd.Int64N(int64(host.PagesKept)))) })
			for i := range 20 {
				p.built(t, edition(i))
				before := p.files(t)
				report, err := Deploy(t.Context(), p.Target, Options{MaxDelete: 25})
				if err != nil {
					t.Fatal(err)
				}
				for name := range p.files(t) {
					delete(before, name)
				}
				if gone := keysOf(before); !slices.Equal(gone, report.Removed) {
					t.Errorf("deploy %d removes %v and reports %v", i, gone, report.Removed)
				}
				wholeSite(t, p.files(t))
				r.wait(p, 20*time.Second)
			}
			if r.writes < 300 {
				t.Errorf("readers were told of %d writes only", r.writes)
			}
			all := strings.Join(p.all(t), "\n")
			for name, text := range edition(0) {
				_, there := p.files(t)[name]
				if host.NamedByContent(name) && (there || strings.Contains(all, storeKey(inMemory(name, []byte(text)).File))) {
					t.Errorf("%s is still there, six minutes and nineteen releases later", name)
				}
			}
			r.wait(p, host.PagesKept)
			p.deploy(t, edition(20))
			for i := range 21 {
				_, there := p.files(t)[fmt.Sprintf("css/main.%064x.css", i)]
				if recent := i > 20-keptReleases; there != recent {
					t.Errorf("the styles of edition %d are there: %v", i, there)
				}
			}
		})
	}
}

// TestAReleaseStaysInViewForAsLongAsItsPages prunes releases within five minutes.
func TestAReleaseStaysInViewForAsLongAsItsPages(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		const n = 2 * keptReleases
		for i := range n {
			p.deploy(t, edition(i))
		}
		p.shift(host.PagesKept / 2)
		p.deploy(t, edition(n))
		for i := range n + 1 {
			for name, text := range edition(i) {
				if host.NamedByContent(name) && p.files(t)[name] != text {
					t.Errorf("%s of edition %d is gone before its pages are", name, i)
				}
			}
		}
		all, err := Releases(t.Context(), p.Target)
		if err != nil || len(all) != keptReleases {
			t.Errorf("%d releases are kept, %v", len(all), err)
		}
		// What is owed is done by the next deploy, also of the same site.
		p.shift(host.PagesKept)
		dry := anything
		dry.DryRun = true
		would, err := Deploy(t.Context(), p.Target, dry)
		if err != nil {
			t.Fatal(err)
		}
		r := p.deploy(t, edition(n))
		// A dry run has this machine's clock, which the store's has left behind.
		if !p.bare && !slices.Equal(would.Removed, r.Removed) || len(r.Removed) != 5*(n-keptReleases+1) {
			t.Errorf("%d files would be removed, %d are", len(would.Removed), len(r.Removed))
		}
		for i := range n + 1 {
			_, there := p.files(t)[fmt.Sprintf("css/main.%064x.css", i)]
			if there != (i > n-keptReleases) {
				t.Errorf("the styles of edition %d are there: %v", i, there)
			}
		}
		if r := p.deploy(t, edition(n)); !r.Nothing() {
			t.Errorf("and again: %+v", r)
		}
	})
}

// TestADeployDoesNotCostMoreForEachBeforeIt, though all of the last minutes are
// remembered.
func TestADeployDoesNotCostMoreForEachBeforeIt(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		if p.watch == nil || p.cut == nil {
			p = failingFolder(t, errors.New("the share is gone"))
		}
		var writes atomic.Int64
		p.watch(func() { writes.Add(1) })
		cost := func() int64 {
			p.deploy(t, first)
			before := writes.Load()
			p.deploy(t, second)
			return writes.Load() - before
		}
		for range 2 {
			cost()
		}
		third := cost() // and a few more or less, as workers meet at a new folder
		for range 14 {
			cost()
		}
		if last := cost(); last > 3*third/2 {
			t.Errorf("the last deploy takes %d writes, the third %d", last, third)
		}
	})
}

// person adds a person's page to a site, with what belongs to it.
func person(site map[string]string) map[string]string {
	site = maps.Clone(site)
	maps.Copy(site, map[string]string{
		"tri-thuc/tran-van-mau/index.html":                      page("Trần Văn Mẫu", "/tri-thuc/tran-van-mau/anh_hu_aaaaaaaaaaaaaaaa.webp"),
		"tri-thuc/tran-van-mau/anh_hu_aaaaaaaaaaaaaaaa.webp":    "chân dung Trần Văn Mẫu",
		"tri-thuc/tran-van-mau/the-aaaaaaaaaaaaaaaa.png":        "thẻ Trần Văn Mẫu",
		"tim/index/k0/1.bin":                                    "từ khóa Trần Văn Mẫu",
		"tim/index/k0/1.bin" + host.GzipEnding:                  "gói Trần Văn Mẫu",
		"tin/hop-mat_hu_aaaaaaaaaaaaaaaa.webp":                  "ảnh chung với Trần Văn Mẫu",
		"tri-thuc/tran-van-mau/anh_hu_aaaaaaaaaaaaaaaa.webp.gz": "gói chân dung Trần Văn Mẫu",
	})
	return site
}

func buried(site map[string]string) map[string]string {
	site = maps.Clone(site)
	site["tri-thuc/tran-van-mau/"+host.Tombstone] = "410\n"
	return site
}

// namesNobody fails if readers can get anything of the person.
func (p *place) namesNobody(t *testing.T, when string) {
	t.Helper()
	for name, text := range p.files(t) {
		if name != ManifestName && strings.Contains(text, "Trần Văn Mẫu") {
			t.Errorf("%s: readers still get %s", when, name)
		}
	}
}

// TestNothingIsLeftOfAPersonWhoHasWithdrawn has a profile hidden first, and its
// person withdraw in the next release, which is cut off at any step.
func TestNothingIsLeftOfAPersonWhoHasWithdrawn(t *testing.T) {
	for name, make := range watchable {
		t.Run(name, func(t *testing.T) {
			for steps := 0; ; steps += 7 {
				p := make(t)
				p.deploy(t, person(edition(0)))
				p.deploy(t, edition(1))
				if _, there := p.files(t)["tri-thuc/tran-van-mau/the-aaaaaaaaaaaaaaaa.png"]; !there {
					t.Fatal("the card went with its page, and not five minutes later")
				}
				p.built(t, buried(edition(2)))
				p.cut(steps)
				_, cut := Deploy(t.Context(), p.Target, anything)
				p.cut(-1)
				if p.locked(t) {
					p.age(t)
				}
				if _, err := Deploy(t.Context(), p.Target, anything); err != nil {
					t.Fatal(err)
				}
				p.namesNobody(t, fmt.Sprint("after ", steps, " steps"))
				p.shows(t, buried(edition(2)))
				for name := range edition(0) {
					if _, there := p.files(t)[name]; host.Wordless(name) && !there {
						t.Errorf("after %d steps: %s is gone, which says nothing of anybody", steps, name)
					}
				}
				// The release before the withdrawal had not the page, but stood beside what it named.
				if _, err := Rollback(t.Context(), p.Target, "", Options{}); err != nil {
					t.Fatal(err)
				}
				p.namesNobody(t, "after a rollback")
				if cut == nil {
					return
				}
			}
		})
	}
}

func TestForgettingTakesEverythingAtOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, person(edition(0)))
		for i := 1; i < 4; i++ {
			p.deploy(t, edition(i))
		}
		forget := Options{MaxDelete: 25, Forget: true}
		if _, err := Deploy(t.Context(), p.Target, forget); err != nil {
			t.Fatal(err)
		}
		got := p.files(t)
		p.showsOnly(t, edition(3), got)
		for name, text := range person(edition(0)) {
			sum := fmt.Sprintf("%x", inMemory(name, []byte(text)).Sum)
			for _, key := range p.all(t) {
				if host.NamedByContent(name) && (path.Base(key) == path.Base(name) || strings.Contains(key, sum)) {
					t.Errorf("%s is still there: %s", name, key)
				}
			}
		}
		for _, key := range p.all(t) {
			if strings.HasPrefix(key, keyRetired) {
				t.Errorf("%s is still there", key)
			}
		}
	})
}

// TestARollbackKeepsWhatPagesName goes back and forth.
func TestARollbackKeepsWhatPagesName(t *testing.T) {
	for name, make := range watchable {
		t.Run(name, func(t *testing.T) {
			p, r := make(t), newReaders()
			p.watch(func() { r.look(t, p, host.PagesKept) })
			for i := range 4 {
				p.deploy(t, edition(i))
			}
			all, err := Releases(t.Context(), p.Target)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range []int{1, 3, 0, 2} {
				if _, err := Rollback(t.Context(), p.Target, all[i].ID, Options{}); err != nil {
					t.Fatal(err)
				}
				p.shows(t, edition(i))
				r.wait(p, time.Minute)
			}
			p.deploy(t, edition(4))
		})
	}
}

// TestAStoreThatGivesOutEverythingGetsNoTombstones: they would name who has
// withdrawn.
func TestAStoreThatGivesOutEverythingGetsNoTombstones(t *testing.T) {
	worktree := folderPlace(t)
	write(t, path.Join(worktree.URL, ".git"), "gitdir: /elsewhere")
	for _, c := range []struct {
		name string
		p    *place
		want bool
	}{{"s3", s3Place(t), false}, {"a git worktree", worktree, false}, {"folder", folderPlace(t), true}, {"sftp", sftpPlace(t), true}} {
		r := c.p.deploy(t, buried(edition(0)))
		name := "tri-thuc/tran-van-mau/" + host.Tombstone
		if _, there := c.p.files(t)[name]; there != c.want || slices.Contains(r.New, name) != c.want {
			t.Errorf("%s: the tombstone is there: %v", c.name, there)
		}
		if r := c.p.deploy(t, buried(edition(0))); !r.Nothing() {
			t.Errorf("%s: the second time: %+v", c.name, r)
		}
	}
}
