package form

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/needs"
	"lienhiep/internal/plan"
)

// laws are those beside the checkout that are read, by their files' names.
func laws(t *testing.T) map[string]*plan.Document {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(needs.Laws.Path(t), "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*plan.Document{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if d, _ := plan.Parse(file, src); d != nil {
			all[filepath.Base(file)] = d
		}
	}
	if len(all) == 0 {
		t.Fatal("no law is read")
	}
	return all
}

// TestFormsOfLawsHaveEveryCharacter writes every form that can be read back. Word's is
// read in composed letters.
func TestFormsOfLawsHaveEveryCharacter(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Laws)
	for name, law := range laws(t) {
		want := norm.NFC.String(law.Content())
		for _, form := range Forms {
			if form.Words == nil {
				continue
			}
			data, err := form.write(edition("luat", law))
			if err != nil {
				t.Fatal(name, form.Ext, err)
			}
			if got, err := form.Words(data); err != nil || norm.NFC.String(got) != want {
				t.Errorf("%s: the words of its %s are others (%v)", name, form.Ext, err)
			}
		}
	}
}

func TestLawsAreValidAkomaNtoso(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Xmllint, needs.Schemas, needs.Laws)
	validAkomaNtoso(t, laws(t))
}
