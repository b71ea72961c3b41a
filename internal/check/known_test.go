package check

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// opened is a file system that notes what is opened.
type opened struct {
	fstest.MapFS
	mu    *sync.Mutex
	names *[]string
}

func (o opened) Open(name string) (fs.File, error) {
	o.mu.Lock()
	*o.names = append(*o.names, name)
	o.mu.Unlock()
	return o.MapFS.Open(name)
}

// TestAFileIsNotReadTwice holds what is read of a site when an article has changed.
func TestAFileIsNotReadTwice(t *testing.T) {
	site, o := good(t), options
	o.Sum = sumsOf(site)
	o.Known = known(t, runOnce(t, site, o))
	change(t, site, "@ tin-tuc/a/index.html\n+ \"<p>Thêm.</p>\"")
	var names []string
	r := runOnce(t, opened{site, new(sync.Mutex), &names}, o)
	slices.Sort(names)
	read := strings.Join(slices.DeleteFunc(slices.Compact(names), func(name string) bool {
		f, err := fs.Stat(site, name)
		return err != nil || f.IsDir() || strings.HasPrefix(name, "ke-hoach/15-kh-tu/") || name == r.Largest.File
	}), " ")
	if read != "tin-tuc/a/index.html" {
		t.Errorf("read: %s", read)
	}
}

// TestWhatIsKnownDependsOnMoreThanTheFile changes what a page leads to, and what the site
// is checked against, but not the page.
func TestWhatIsKnownDependsOnMoreThanTheFile(t *testing.T) {
	for what, change := range map[string]func(site fstest.MapFS, o *Options){
		"nothing":          func(fstest.MapFS, *Options) {},
		"a page that went": func(site fstest.MapFS, _ *Options) { delete(site, "tin-tuc/a/index.html") },
		"a picture that went": func(site fstest.MapFS, _ *Options) {
			for name := range site {
				if strings.HasSuffix(name, ".png") {
					delete(site, name)
				}
			}
		},
		"an anchor that went": func(site fstest.MapFS, _ *Options) {
			for _, f := range site {
				f.Data = bytes.ReplaceAll(f.Data, []byte(`id="`), []byte(`id="x`))
			}
		},
		"the address":   func(_ fstest.MapFS, o *Options) { o.BaseURL = "https://khac.vn/goc/" },
		"the languages": func(_ fstest.MapFS, o *Options) { o.Langs = []string{"en"} },
		"a hidden entry": func(_ fstest.MapFS, o *Options) {
			o.Hidden = append(slices.Clip(o.Hidden), Hidden{URLs: []string{"/tin-tuc/a/"}, File: "content/a.md"})
		},
		"a list of all pages": func(_ fstest.MapFS, o *Options) { o.SiteMaps = []string{"/"} },
		"entries":             func(_ fstest.MapFS, o *Options) { o.Entries = map[string]string{"/tin-tuc/a/": "a.md"} },
		"the plan":            func(_ fstest.MapFS, o *Options) { o.Plans = nil },
		"a folder of people":  func(site fstest.MapFS, _ *Options) { site["home/index.html"] = site["index.html"] },
		"heavy styles": func(site fstest.MapFS, _ *Options) {
			for name := range site {
				if strings.HasSuffix(name, ".css") {
					site[name] = &fstest.MapFile{Data: noise(2 * Heavy)}
				}
			}
		},
	} {
		t.Run(what, func(t *testing.T) {
			site, o := good(t), options
			o.Sum = sumsOf(site)
			before := known(t, runOnce(t, site, o))
			change(site, &o)
			want := runOnce(t, site, o)
			o.Known = before
			if got := runOnce(t, site, o); list(got.Findings) != list(want.Findings) || !bytes.Equal(known(t, got), known(t, want)) {
				t.Errorf("got\n%s\nwant\n%s", list(got.Findings), list(want.Findings))
			}
		})
	}
}

// TestWhatIsKeptMayBeDamaged gives a check other bytes than one has kept: it neither fails
// nor believes them.
func TestWhatIsKeptMayBeDamaged(t *testing.T) {
	site, o := good(t), options
	o.Sum = sumsOf(site)
	want := runOnce(t, site, o)
	whole := known(t, want)
	for n := 0; n < len(whole); n += 97 {
		o.Known = whole[:n]
		if got := runOnce(t, site, o); !bytes.Equal(known(t, got), known(t, want)) || list(got.Findings) != list(want.Findings) {
			t.Fatalf("cut short at %d: got\n%s", n, list(got.Findings))
		}
	}
}
