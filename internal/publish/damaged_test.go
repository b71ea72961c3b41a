package publish

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/host"
)

// records opens the target's records behind the engine's back.
func (p *place) records(t *testing.T, do func(e *engine) error) {
	t.Helper()
	e, err := openEngine(t.Context(), p.Target, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	if err := do(e); err != nil {
		t.Fatal(err)
	}
}

// damage makes the record of a release what a power cut may leave of it.
func (p *place) damage(t *testing.T, r Release, how func(text []byte) []byte) {
	t.Helper()
	p.records(t, func(e *engine) error {
		text, err := e.read(t.Context(), r.key())
		if err != nil {
			return err
		}
		return e.put(t.Context(), r.key(), inMemory(r.key(), how(text)))
	})
}

var damages = map[string]func(text []byte) []byte{
	"empty":                func([]byte) []byte { return nil },
	"cut short":            func(text []byte) []byte { return text[:len(text)*2/3] },
	"cut in its last name": func(text []byte) []byte { return text[:len(text)-3] },
	"cut after a line":     func(text []byte) []byte { return text[:bytes.LastIndexByte(text[:len(text)-1], '\n')+1] },
	"zeros":                func(text []byte) []byte { return make([]byte, len(text)) },
}

func releasesOf(t *testing.T, p *place) []Release {
	t.Helper()
	all, err := Releases(t.Context(), p.Target)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestADamagedRecordIsSetAsideAndTold(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		for what, how := range damages {
			for _, which := range []string{"an earlier", "the current"} {
				p.deploy(t, first)
				p.deploy(t, second)
				before := releasesOf(t, p)
				hit := before[len(before)-2]
				if which == "the current" {
					hit = before[len(before)-1]
				}
				p.damage(t, hit, how)
				r := p.deploy(t, second)
				if len(r.Warnings) != 1 || r.Warnings[0].Code != ruleRecordDamaged.Code {
					t.Fatalf("%s, %s: the deploy tells %v", what, which, r.Warnings)
				}
				if r := p.deploy(t, third); len(r.Warnings) > 0 {
					t.Errorf("%s, %s: the next deploy still tells %v", what, which, r.Warnings)
				}
				p.shows(t, third)
				if !slices.ContainsFunc(p.all(t), func(key string) bool { return strings.HasSuffix(key, hit.ID+damagedEnding) }) {
					t.Errorf("%s, %s: the record is gone", what, which)
				}
				after := releasesOf(t, p)
				for _, r := range after {
					if r.ID == hit.ID {
						t.Errorf("%s, %s: %s can be gone back to", what, which, r.ID)
					}
				}
				if after[len(after)-1].number() <= hit.number() {
					t.Errorf("%s, %s: the newest is %v after %v", what, which, after[len(after)-1], hit)
				}
				if _, err := Rollback(t.Context(), p.Target, "", Options{}); err != nil {
					t.Errorf("%s, %s: %v", what, which, err)
				}
				p.shows(t, second)
			}
		}
	})
}

// TestForgettingTakesDamagedRecordsToo, of whatever number: they name files.
func TestForgettingTakesDamagedRecordsToo(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, first)
		p.damage(t, releasesOf(t, p)[0], damages["cut short"])
		p.deploy(t, second) // sets it aside
		p.deploy(t, third)
		if _, err := Rollback(t.Context(), p.Target, "", Options{}); err != nil {
			t.Fatal(err)
		}
		all := releasesOf(t, p)
		p.damage(t, all[len(all)-1], damages["cut short"]) // not set aside, and newer than what is shown
		forget := anything
		forget.Forget = true
		p.built(t, second)
		r, err := Deploy(t.Context(), p.Target, forget)
		if err != nil || len(r.Warnings) > 0 {
			t.Errorf("tells %v, %v", r.Warnings, err)
		}
		p.shows(t, second)
		if after := releasesOf(t, p); len(after) != 1 || !after[0].Current {
			t.Errorf("there are %v", after)
		}
		for _, key := range p.all(t) {
			if strings.HasPrefix(key, keyReleases) && !strings.HasSuffix(key, releasesOf(t, p)[0].key()) {
				t.Errorf("%s is kept", key)
			}
		}
	})
}

// TestADamagedListOfWhatStays is made again of the release's record; without that it
// names nothing, and goes when its time has come, or is forgotten.
func TestADamagedListOfWhatStays(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		lists := func(how func(text []byte) []byte) {
			for _, key := range p.all(t) {
				if i := strings.Index(key, keyRetired); i >= 0 {
					p.records(t, func(e *engine) error {
						text, err := e.read(t.Context(), key[i:])
						if err != nil {
							return err
						}
						return e.put(t.Context(), key[i:], inMemory(key, how(text)))
					})
				}
			}
		}
		count := func() (n int) {
			for _, key := range p.all(t) {
				if strings.Contains(key, keyRetired) {
					n++
				}
			}
			return n
		}
		empty := damages["empty"]
		for i := range 3 {
			p.deploy(t, edition(i))
		}
		lists(empty)
		p.deploy(t, edition(3))
		for i := range 4 {
			for name, text := range edition(i) {
				if host.NamedByContent(name) && p.files(t)[name] != text {
					t.Errorf("%s of edition %d is gone, though its record is there", name, i)
				}
			}
		}
		for i := range keptReleases { // the first records go
			p.deploy(t, edition(4+i))
		}
		lists(empty)
		if r := p.deploy(t, edition(3+keptReleases)); len(r.Warnings) > 0 {
			t.Errorf("the deploy tells %v", r.Warnings)
		}
		p.shift(host.PagesKept + time.Second)
		p.deploy(t, edition(3+keptReleases))
		if n := count(); n != keptReleases-1 {
			t.Errorf("%d lists are kept", n)
		}
		lists(empty)
		forget := anything
		forget.Forget = true
		if _, err := Deploy(t.Context(), p.Target, forget); err != nil {
			t.Fatal(err)
		}
		if n := count(); n != 0 {
			t.Errorf("%d lists are not forgotten", n)
		}
	})
}

// TestNoGoingBackWithoutTheNewestRecord: it alone says who has withdrawn since.
func TestNoGoingBackWithoutTheNewestRecord(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, first)
		p.deploy(t, second)
		all := releasesOf(t, p)
		p.damage(t, all[1], damages["empty"])
		for _, to := range []string{"", all[0].ID} {
			_, err := Rollback(t.Context(), p.Target, to, Options{})
			wantFault(t, err, ruleNewestDamaged)
		}
		p.shows(t, second)
		p.deploy(t, second)
		if _, err := Rollback(t.Context(), p.Target, all[0].ID, Options{}); err != nil {
			t.Fatal(err)
		}
		p.shows(t, first)
	})
}

// TestADryRunSetsNothingAside and deploys go on where the note of what is shown says
// nothing.
func TestADryRunSetsNothingAside(t *testing.T) {
	p := folderPlace(t)
	p.deploy(t, first)
	p.damage(t, releasesOf(t, p)[0], damages["empty"])
	p.records(t, func(e *engine) error { return e.put(t.Context(), keyCurrent, inMemory(keyCurrent, nil)) })
	before := p.all(t)
	if _, err := Deploy(t.Context(), p.Target, Options{DryRun: true, MaxDelete: 100}); err != nil {
		t.Fatal(err)
	}
	if after := p.all(t); !slices.Equal(before, after) {
		t.Errorf("a dry run left %v, was %v", after, before)
	}
	p.deploy(t, second)
	p.shows(t, second)
}

// TestAContentOfTheRightSizeIsNotTrusted: what a power cut leaves in a folder may have
// its size and be full of zeros.
func TestAContentOfTheRightSizeIsNotTrusted(t *testing.T) {
	p := folderPlace(t)
	p.deploy(t, first)
	dir := p.URL
	stored, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(keyStore), "*"))
	if err != nil || len(stored) == 0 {
		t.Fatal(stored, err)
	}
	whole := map[string][]byte{}
	for _, name := range stored {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		whole[name] = data
		if err := os.WriteFile(name, make([]byte, len(data)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "tin", "index.html"), strings.Repeat("\x00", len(first["tin/index.html"])))
	p.deploy(t, first)
	p.shows(t, first)
	for name, want := range whole {
		if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is still damaged (%v)", filepath.Base(name), err)
		}
	}
	// Nor is it taken to go back with.
	p.deploy(t, second)
	for name := range whole {
		if err := os.WriteFile(name, make([]byte, len(whole[name])), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	_, err = Rollback(t.Context(), p.Target, "", Options{})
	wantFault(t, err, ruleReleaseDamaged)
	p.shows(t, second)
}

func without(files map[string]string, name string) map[string]string {
	files = maps.Clone(files)
	delete(files, name)
	return files
}
