package publish

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/diag"
)

// TestAnotherSiteIsToldBeforeItIsReplaced looks at a place that has somebody else's files, and
// at one that has not, and writes nothing to the former.
func TestAnotherSiteIsToldBeforeItIsReplaced(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		look := func() []diag.Finding {
			t.Helper()
			findings, err := Look(t.Context(), p.Target)
			if err != nil {
				t.Fatal(err)
			}
			return findings
		}
		if got := look(); got != nil {
			t.Errorf("an empty place: %v", got)
		}
		if all := p.all(t); slices.ContainsFunc(all, func(name string) bool { return strings.HasSuffix(name, "lock") }) {
			t.Errorf("the lock is left there: %v", all)
		}
		s, err := p.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, sideBySide := s.(*server)
		if err := s.put(t.Context(), "cu/index.html", inMemory("cu/index.html", []byte("trang cũ"))); err != nil {
			t.Fatal(err)
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		before := p.all(t)
		p.built(t, first)
		dry := anything
		dry.DryRun = true
		r, err := Deploy(t.Context(), p.Target, dry)
		if err != nil {
			t.Fatal(err)
		}
		is := func(findings []diag.Finding) bool {
			return slices.ContainsFunc(findings, func(f diag.Finding) bool {
				return f.Code == ruleStrange.Code && strings.Contains(f.Message(diag.Vietnamese), "1 tệp của một trang khác, như cu/index.html")
			})
		}
		if got := look(); is(got) == sideBySide || is(r.Warnings) == sideBySide {
			t.Errorf("looked at: %v; before the deploy: %v", got, r.Warnings)
		}
		if after := p.all(t); !sideBySide && !slices.Equal(after, before) {
			t.Errorf("something was written: %v", after)
		}
		p.deploy(t, first)
		if r, err := Deploy(t.Context(), p.Target, dry); err != nil || is(r.Warnings) || is(look()) {
			t.Errorf("our own site is told as another's: %v (%v)", r.Warnings, err)
		}
	})
}

// TestAPlaceThatCannotBeWrittenToIsTold has a folder that may only be read.
func TestAPlaceThatCannotBeWrittenToIsTold(t *testing.T) {
	p := folderPlace(t)
	if err := os.WriteFile(filepath.Join(p.URL, home[:len(home)-1]), nil, 0o666); err != nil { // where our folder is to be
		t.Fatal(err)
	}
	if _, err := Look(t.Context(), p.Target); err == nil {
		t.Error("it is taken for a place that can be written to")
	}
	if got, _ := ruleFor(errors.Join(errors.New("sftp"), os.ErrPermission)); got != ruleNotWritable {
		t.Errorf("%v", got)
	}
}
