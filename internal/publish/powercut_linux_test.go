package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lienhiep/internal/needs"
	"lienhiep/internal/powercut"
)

// versionOf is the version that a folder holds, if it is whole.
func versionOf(dir string) (string, error) {
	words := ""
	for i := range 200 {
		page, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(i%20), fmt.Sprint(i), "index.html"))
		if err != nil {
			return "", err
		}
		if i > 0 && string(page) != words {
			return "", fmt.Errorf("one page holds %q and another %q", words, page)
		}
		words = string(page)
	}
	return words, nil
}

// TestAPowerCutAfterSwap cuts the power when a new site has taken the old one's place.
func TestAPowerCutAfterSwap(t *testing.T) {
	needs.Ask(t, needs.Long, needs.PowerCut)
	for _, loss := range []powercut.Loss{powercut.Content, powercut.Everything} {
		d := powercut.New(t, 64)
		public, generated := filepath.Join(d.Dir, "public"), filepath.Join(d.Dir, "generated")
		for _, words := range []string{"first", "second", "third"} {
			version(t, filepath.Join(generated, "staging"), words)
			old, err := Swap(filepath.Join(generated, "staging"), public, filepath.Join(generated, "replaced"))
			if err = errors.Join(err, os.RemoveAll(old)); err != nil {
				t.Fatal(err)
			}
			d.Cut(loss)
			if got, err := versionOf(public); err != nil || got != words {
				t.Errorf("losing %v: public holds %q, want %q (%v)", loss, got, words, err)
			}
		}
	}
}

// TestAPowerCutDuringSwap cuts the power at moments spread over the exchange of two
// sites: one of the two is there, whole.
func TestAPowerCutDuringSwap(t *testing.T) {
	needs.Ask(t, needs.Long, needs.PowerCut)
	d := powercut.New(t, 64)
	public, generated := filepath.Join(d.Dir, "public"), filepath.Join(d.Dir, "generated")
	swap := func() error {
		old, err := Swap(filepath.Join(generated, "staging"), public, filepath.Join(generated, "replaced"))
		return errors.Join(err, os.RemoveAll(old))
	}
	version(t, filepath.Join(generated, "staging"), "version -1")
	start := time.Now()
	if err := swap(); err != nil {
		t.Fatal(err)
	}
	whole := time.Since(start)
	const cuts = 12
	for i := range cuts {
		staging := filepath.Join(generated, "staging")
		if err := os.RemoveAll(staging); err != nil {
			t.Fatal(err)
		}
		before, err := versionOf(public)
		if err != nil {
			t.Fatal(err)
		}
		after := fmt.Sprint("version ", i)
		version(t, staging, after)
		ended := make(chan error, 1)
		go func() { ended <- swap() }()
		cut := time.After(whole * time.Duration(i) / (cuts - 2))
		var swapped error
		select {
		case <-cut:
			d.Stop(powercut.Content)
			swapped = <-ended
		case swapped = <-ended:
			d.Stop(powercut.Content)
		}
		d.Start()
		if err := Recover(public, filepath.Join(generated, "replaced")); err != nil {
			t.Fatal(err)
		}
		got, err := versionOf(public)
		if err != nil || got != after && (got != before || swapped == nil) {
			t.Errorf("cut %d of %d: public holds %q, want %q or %q (%v)", i, cuts, got, before, after, errors.Join(err, swapped))
		}
	}
}

// TestAPowerCutAfterADeploy cuts the power of the target when a deploy has ended: at
// once, and after the next.
func TestAPowerCutAfterADeploy(t *testing.T) {
	needs.Ask(t, needs.Long, needs.OpenSSH, needs.PowerCut)
	for name, at := range map[string]func(testing.TB, string) *place{"folder": folderAt, "openssh": opensshAt} {
		for _, loss := range []powercut.Loss{powercut.Content, powercut.Everything} {
			t.Run(fmt.Sprintf("%s, losing %v", name, loss), func(t *testing.T) {
				d := powercut.New(t, 64)
				p := at(t, d.Dir)
				for _, state := range []map[string]string{first, second} {
					p.deploy(t, state)
					if name == "openssh" {
						loss = powercut.Content // SFTP has no word for flushing names
					}
					d.Cut(loss)
					p.shows(t, state)
					if r := p.deploy(t, state); !r.Nothing() || len(r.Warnings) > 0 {
						t.Errorf("the same again is %+v", r)
					}
				}
				if _, err := Rollback(t.Context(), p.Target, "", Options{}); err != nil {
					t.Fatal(err)
				}
				d.Cut(loss)
				p.shows(t, first)
			})
		}
	}
}

// TestAPowerCutDuringADeploy cuts the power of a folder at moments spread over a
// deploy: each file is the one of either state, whole, and the same command goes on.
func TestAPowerCutDuringADeploy(t *testing.T) {
	needs.Ask(t, needs.Long, needs.PowerCut)
	d := powercut.New(t, 64)
	p := folderAt(t, d.Dir)
	start := time.Now()
	p.deploy(t, first)
	whole := time.Since(start)
	before, after := first, second
	const cuts = 10
	for i := range cuts {
		p.built(t, after)
		ended := make(chan error, 1)
		go func() {
			_, err := Deploy(t.Context(), p.Target, anything)
			ended <- err
		}()
		select {
		case <-time.After(whole * time.Duration(i) / cuts):
			d.Stop(powercut.Content)
			<-ended
		case <-ended:
			d.Stop(powercut.Content)
		}
		d.Start()
		for name, text := range without(p.files(t), ManifestName) {
			if text != before[name] && text != after[name] {
				t.Errorf("cut %d of %d: %s holds %q", i, cuts, name, text)
			}
		}
		if _, err := os.Lstat(filepath.Join(d.Dir, keyLock)); err == nil {
			p.age(t)
		}
		p.deploy(t, after)
		p.shows(t, after)
		before, after = after, before
	}
}
