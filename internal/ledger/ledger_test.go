package ledger

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func take(t *testing.T, files map[string]string, urls map[string]string) Site {
	t.Helper()
	content := fstest.MapFS{}
	for name, text := range files {
		content[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var pages []Page
	for _, file := range []string{"content/a/index.md", "content/b/index.md", "content/c.md", "content/d/index.md", "content/tri-thuc/mau/index.md"} {
		if content[file] != nil {
			url := "/" + strings.TrimSuffix(strings.TrimPrefix(file, "content/"), "/index.md") + "/"
			if urls[file] != "" {
				url = urls[file]
			}
			pages = append(pages, Page{File: file, URL: url, Title: strings.ToUpper(url)})
		}
	}
	s, err := Take(content, pages)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// told is what publishing would change, a line each.
func told(t *testing.T, l *Ledger, s Site) string {
	t.Helper()
	changes, last, err := l.Changes("o-mang", s)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintln(&b, last.Who, last.Release)
	for _, c := range changes {
		fmt.Fprintln(&b, c.Kind, c.URL, c.Was, c.Files, c.Words)
	}
	return b.String()
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

func open(t *testing.T) (*Ledger, string) {
	t.Helper()
	dir := t.TempDir()
	l, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l, dir
}

func TestChangesAreToldInEntriesAndWords(t *testing.T) {
	l, _ := open(t)
	first := take(t, map[string]string{"content/a/index.md": "một hai", "content/a/anh.jpg": "x", "content/b/index.md": "b", "content/c.md": "c"}, nil)
	if _, known, err := l.Shown("content/a/index.md"); err != nil || known {
		t.Errorf("known before it is shown (%v)", err)
	}
	same(t, "never published", told(t, l, first), " \nnew /a/  [] []\nnew /b/  [] []\nnew /c.md/  [] []\n")
	if err := l.Record("o-mang", Deploy{Time: noon, Who: "Mẫu", Release: "0001"}, first); err != nil {
		t.Fatal(err)
	}
	same(t, "nothing changed", told(t, l, first), "Mẫu 0001\n")
	for file, want := range map[string]string{"content/a/index.md": "một hai", "content/new.md": ""} {
		if text, known, err := l.Shown(file); err != nil || !known || string(text) != want {
			t.Errorf("%s is shown as %q, %v (%v)", file, text, known, err)
		}
	}
	second := take(t, map[string]string{"content/a/index.md": "một ba", "content/a/anh.jpg": "y", "content/a/tep.pdf": "p", "content/c.md": "c", "content/d/index.md": "d"}, map[string]string{"content/c.md": "/moi/"})
	want := "changed /a/  [anh.jpg tep.pdf] [{kept một} {deleted hai} {inserted ba}]\nchanged /moi/ /c.md/ [] []\nnew /d/  [] []\ngone /b/  [] []\n"
	same(t, "changed", told(t, l, second), "Mẫu 0001\n"+want)
	if err := l.Record("o-mang", Deploy{Time: noon.Add(-time.Hour), Who: "Thử", Release: "0002"}, second); err != nil {
		t.Fatal(err)
	}
	same(t, "published", told(t, l, second), "Thử 0002\n")
	if err := l.Return("o-mang", "0001", "Mẫu", noon); err != nil {
		t.Fatal(err)
	}
	same(t, "back", told(t, l, second), "Mẫu 0001\n"+want)
	if text, known, err := l.Shown("content/a/index.md"); err != nil || !known || string(text) != "một hai" {
		t.Errorf("after the return readers see %q, %v (%v)", text, known, err)
	}
	if all, err := l.Deploys("o-mang"); err != nil || len(all) != 3 || !all[0].Back || all[1].Who != "Thử" {
		t.Errorf("remembered: %+v (%v)", all, err)
	}
	if all, err := l.Deploys("another"); err != nil || len(all) != 0 {
		t.Errorf("of another target: %+v (%v)", all, err)
	}
}

// TestWordsOfReleasesAreKept compares releases that a target can go back to, in words, and
// knows nothing of one that was deployed elsewhere.
func TestWordsOfReleasesAreKept(t *testing.T) {
	l, _ := open(t)
	for i := range mostTexts + 2 {
		s := take(t, map[string]string{"content/a/index.md": fmt.Sprint("một ", i)}, nil)
		if err := l.Record("o-mang", Deploy{Time: noon, Release: fmt.Sprint(i)}, s); err != nil {
			t.Fatal(err)
		}
		if i == 2 { // returns cost no release its words
			for range mostTexts {
				if err := l.Return("o-mang", "2", "Mẫu", noon); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	all, err := l.Deploys("o-mang")
	if err != nil {
		t.Fatal(err)
	}
	of := func(release int) Deploy {
		return all[slices.IndexFunc(all, func(d Deploy) bool { return d.Release == fmt.Sprint(release) })]
	}
	for was := range mostTexts + 1 {
		want := fmt.Sprintf("[{kept một} {deleted %d} {inserted %d}]", was, was+1)
		if was < 2 {
			want = "[]"
		}
		if got := l.Between(of(was), of(was+1)); len(got) != 1 || fmt.Sprint(got[0].Words) != want {
			t.Errorf("from %d: %v, want %s", was, got, want)
		}
	}
	if err := l.Return("o-mang", "another machine's", "Mẫu", noon); err != nil {
		t.Fatal(err)
	}
	if all, err = l.Deploys("o-mang"); err != nil || all[0].Known() || !all[1].Known() {
		t.Errorf("it is taken for known (%v)", err)
	}
	if _, known, err := l.Shown("content/a/index.md"); err != nil || known {
		t.Errorf("what readers see then is taken for known (%v)", err)
	}
}

func TestWhatIsRememberedIsBoundedAndWhole(t *testing.T) {
	l, dir := open(t)
	for i := range most + 3 {
		s := take(t, map[string]string{"content/a/index.md": fmt.Sprint(i)}, nil)
		if err := l.Record("o-mang", Deploy{Time: noon, Release: fmt.Sprint(i)}, s); err != nil {
			t.Fatal(err)
		}
	}
	all, err := l.Deploys("o-mang")
	if err != nil || len(all) != most || all[0].Release != fmt.Sprint(most+2) {
		t.Errorf("%d are remembered, the last %s (%v)", len(all), all[0].Release, err)
	}
	if texts, err := os.ReadDir(filepath.Join(dir, texts)); err != nil || len(texts) != mostTexts {
		t.Errorf("%d texts for one page (%v)", len(texts), err)
	}
	names, err := l.names("o-mang")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, names[len(names)-1]), nil, 0o666) // as a power failure may leave it
	}
	if all, err2 := l.Deploys("o-mang"); err != nil || err2 != nil || len(all) != most-1 {
		t.Errorf("one that cannot be read costs others: %d (%v, %v)", len(all), err, err2)
	}
}

func TestForget(t *testing.T) {
	l, dir := open(t)
	was := map[string]string{"content/a/index.md": "Trần Văn Mẫu", "content/b/index.md": "b", "content/tri-thuc/mau/index.md": "trang Mẫu"}
	for _, release := range []string{"0001", "0002"} { // the one before is in other words
		if err := l.Record("o-mang", Deploy{Time: noon, Release: release}, take(t, was, nil)); err != nil {
			t.Fatal(err)
		}
		was["content/a/index.md"] = "Ông Mẫu"
	}
	still := func(want bool) {
		t.Helper()
		if all, err := l.Deploys("o-mang"); err != nil || all[0].ShowsWithdrawn() != want {
			t.Errorf("readers still see a page of somebody who has withdrawn: %v (%v)", !want, err)
		}
	}
	still(false)
	names := func(file string, data []byte) bool {
		return strings.Contains(file, "tri-thuc/mau") || strings.Contains(string(data), "Mẫu") || strings.Contains(string(data), "tri-thuc/mau")
	}
	for range 2 { // again, for what was written since
		if err := l.Forget(names); err != nil {
			t.Fatal(err)
		}
	}
	now := map[string]string{"content/a/index.md": "không nêu ai", "content/b/index.md": "b"}
	same(t, "then", told(t, l, take(t, now, nil)), " 0002\nchanged /a/  [] []\ngone   [] []\n")
	still(true)
	if all, err := l.Deploys("o-mang"); err != nil || fmt.Sprint(l.Between(all[1], all[0])) != fmt.Sprint([]Change{{Kind: Changed, URL: "/a/", File: "content/a/index.md"}}) {
		t.Errorf("between the two: %v (%v)", l.Between(all[1], all[0]), err)
	}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if strings.Contains(string(text), "Mẫu") || strings.Contains(string(text), "tri-thuc/mau") {
			t.Errorf("%s: %s", name, text)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if err := l.Record("o-mang", Deploy{Time: noon.Add(1), Release: "0003"}, take(t, now, nil)); err != nil {
		t.Fatal(err)
	}
	still(false)
}
