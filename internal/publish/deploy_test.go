package publish

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
)

// page is a page that refers to others.
func page(words string, refs ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html><head><title>%s</title>", words)
	for _, r := range refs {
		switch path.Ext(r) {
		case ".css", ".xml":
			fmt.Fprintf(&b, "<link rel=stylesheet href=%s>", r)
		case ".webp":
			fmt.Fprintf(&b, "<img src=%s>", r)
		default:
			fmt.Fprintf(&b, "<a href=%s>x</a>", r)
		}
	}
	return b.String()
}

const (
	css1  = "/css/main.1111111111111111111111111111111111111111111111111111111111111111.css"
	css2  = "/css/main.2222222222222222222222222222222222222222222222222222222222222222.css"
	face1 = "/anh_hu_1111111111111111.webp"
	face2 = "/anh_hu_2222222222222222.webp"
)

// Three states of a site: from one to the next styles and pictures change their
// names, pages come, change and go.
var (
	first = map[string]string{
		"index.html":             page("Trang chủ 1", css1, "/tin/", "/nguoi/", "/index.xml"),
		"tin/index.html":         page("Tin 1", css1, "/tin/mot/", "/tin/hai/", "/tin/index.xml"),
		"tin/mot/index.html":     page("Một", css1, "/tin/"),
		"tin/hai/index.html":     page("Hai", css1, face1, "/"),
		"nguoi/index.html":       page("Người", css1, "/nguoi/ong-a/"),
		"nguoi/ong-a/index.html": page("Ông A", css1, face1),
		"index.xml":              "<rss>1</rss>",
		"tin/index.xml":          "<rss>tin 1</rss>",
		css1[1:]:                 "a{}",
		face1[1:]:                "ảnh 1",
		"robots.txt":             "User-agent: *",
	}
	second = map[string]string{
		"index.html":             page("Trang chủ 2", css2, "/tin/", "/nguoi/", "/hoi-thi/", "/index.xml"),
		"tin/index.html":         page("Tin 2", css2, "/tin/mot/", "/tin/ba/", "/tin/index.xml"),
		"tin/mot/index.html":     page("Một", css2, "/tin/", "/tin/ba/"),
		"tin/ba/index.html":      page("Ba", css2, face2, "/hoi-thi/"),
		"nguoi/index.html":       page("Người", css2, "/nguoi/ong-a/"),
		"nguoi/ong-a/index.html": page("Ông A", css2, face2),
		"hoi-thi/index.html":     page("Hội thi", css2, "/tin/ba/", "/hoi-thi/index.xml"),
		"hoi-thi/index.xml":      "<rss>hội thi</rss>",
		"index.xml":              "<rss>2</rss>",
		"tin/index.xml":          "<rss>tin 2</rss>",
		css2[1:]:                 "b{}",
		face2[1:]:                "ảnh 2",
		"robots.txt":             "User-agent: *",
	}
	third = map[string]string{"index.html": page("Trang chủ 3", css2), css2[1:]: "b{}", "robots.txt": "User-agent: *"}
)

// built puts files into the target's public folder as a build does.
func (p *place) built(t testing.TB, files map[string]string) {
	t.Helper()
	if err := os.RemoveAll(p.Public); err != nil {
		t.Fatal(err)
	}
	if p.had == nil {
		p.had = map[string]string{}
	}
	maps.Copy(p.had, files)
	for name, text := range files {
		write(t, filepath.Join(p.Public, name), text)
	}
	findings, err := WriteManifest(p.Public, "", nil)
	if err != nil || findings != nil {
		t.Fatal(err, findings)
	}
}

func write(t testing.TB, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// anything lets a deploy remove as much as it wants.
var anything = Options{MaxDelete: 100}

func (p *place) deploy(t testing.TB, files map[string]string) Report {
	t.Helper()
	p.built(t, files)
	r, err := Deploy(t.Context(), p.Target, anything)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// shows fails unless readers get exactly these files, and perhaps files of earlier
// releases that are named by their content.
func (p *place) shows(t testing.TB, want map[string]string) {
	t.Helper()
	p.showsOnly(t, want, p.without(p.files(t), want))
}

// without are the files but for what may be left over of others than site.
func (p *place) without(files, site map[string]string) map[string]string {
	files = maps.Clone(files)
	maps.DeleteFunc(files, func(name, text string) bool {
		_, ours := site[name]
		return !ours && host.NamedByContent(name) && p.had[name] == text
	})
	return files
}

// showsOnly fails unless the files that readers get are these.
func (p *place) showsOnly(t testing.TB, want, got map[string]string) {
	t.Helper()
	if _, there := got[ManifestName]; !there {
		t.Errorf("no manifest")
	}
	delete(got, ManifestName)
	want = maps.Clone(want)
	maps.DeleteFunc(want, func(name, _ string) bool { return p.bare && path.Base(name) == host.Tombstone })
	if !maps.Equal(got, want) {
		t.Errorf("readers get %v,\nwant %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

// wholeSite walks the site as a reader does, from the home page along every
// reference, and fails if one leads nowhere; every page there is, found or not,
// must have its styles and pictures.
func wholeSite(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if path.Ext(name) == ".html" {
			for _, ref := range references(t, text) {
				if _, there := files[fileFor(ref)]; !there && path.Ext(ref) != "" && path.Ext(ref) != ".xml" {
					t.Errorf("%s needs %s, which is not there", name, ref)
				}
			}
		}
	}
	if _, there := files["index.html"]; !there {
		return // nothing to enter by
	}
	seen, next := map[string]bool{}, []string{"/"}
	for len(next) > 0 {
		name := fileFor(next[0])
		text, there := files[name]
		if !there {
			t.Errorf("a reader is led to %s, which is not there", next[0])
		}
		next = next[1:]
		if seen[name] || path.Ext(name) != ".html" {
			continue
		}
		seen[name] = true
		next = append(next, references(t, text)...)
	}
}

func fileFor(ref string) string {
	if strings.HasSuffix(ref, "/") {
		ref += "index.html"
	}
	return strings.TrimPrefix(ref, "/")
}

func references(t *testing.T, text string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" {
				refs = append(refs, a.Val)
			}
		}
	}
	return refs
}

// ruleOf is the code of the fault that an error is, or "".
func ruleOf(err error) string {
	var f *Fault
	if !errors.As(err, &f) {
		return ""
	}
	return f.Findings[0].Code
}

func wantFault(t *testing.T, err error, rule *diag.Rule) {
	t.Helper()
	if got := ruleOf(err); got != rule.Code {
		t.Errorf("the fault is %q (%v), want %q", got, err, rule.Code)
	}
}

func TestDeployShowsExactlyWhatWasBuilt(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		r := p.deploy(t, first)
		p.shows(t, first)
		if len(r.New) != len(first)+1 || len(r.Changed)+len(r.Removed) != 0 || r.Bytes == 0 {
			t.Errorf("the first deploy reports %+v", r)
		}
		r = p.deploy(t, second)
		p.shows(t, second)
		if !slices.Contains(r.New, "tin/ba/index.html") || !slices.Contains(r.Changed, "index.html") || !slices.Contains(r.Removed, "tin/hai/index.html") || slices.Contains(r.Changed, "robots.txt") {
			t.Errorf("the second deploy reports %+v", r)
		}
		p.deploy(t, third)
		p.shows(t, third)
	})
}

func TestASecondDeployOfTheSameSendsNothing(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, first)
		before := p.all(t)
		r := p.deploy(t, first)
		if !r.Nothing() {
			t.Errorf("deploying the same again reports %+v", r)
		}
		if after := p.all(t); !slices.Equal(slices.Sorted(slices.Values(before)), slices.Sorted(slices.Values(after))) {
			t.Errorf("deploying the same again leaves %v, was %v", after, before)
		}
	})
}

func TestOnlyDifferencesAreSent(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, first)
		one := maps.Clone(first)
		one["tin/mot/index.html"] += " thêm"
		r := p.deploy(t, one)
		if want := int64(len(one["tin/mot/index.html"])); r.Bytes < want || r.Bytes > want+2000 { // and the manifest
			t.Errorf("%d bytes were sent for a page of %d", r.Bytes, want)
		}
		if !slices.Equal(r.Changed, []string{ManifestName, "tin/mot/index.html"}) || len(r.New) > 0 {
			t.Errorf("reports %+v", r)
		}
	})
}

func TestDryRunTouchesNothing(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		dry := anything
		dry.DryRun = true
		p.built(t, first)
		if r, err := Deploy(t.Context(), p.Target, dry); err != nil || len(r.New) != len(first)+1 {
			t.Fatal(r, err)
		}
		if left := p.all(t); len(left) != 0 {
			t.Errorf("a dry run wrote %v", left)
		}
		p.deploy(t, first)
		before := p.all(t)
		p.built(t, second)
		r, err := Deploy(t.Context(), p.Target, dry)
		if err != nil || !slices.Contains(r.Removed, "tin/hai/index.html") {
			t.Fatal(r, err)
		}
		p.shows(t, first)
		if after := p.all(t); len(after) != len(before) {
			t.Errorf("a dry run left %v, was %v", after, before)
		}
	})
}

func TestTooManyRemovalsAreRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, first)
		p.built(t, third)
		_, err := Deploy(t.Context(), p.Target, Options{MaxDelete: 25})
		wantFault(t, err, ruleTooManyRemovals)
		p.shows(t, first)
	})
}

func TestRollbackToAnyOfTheLastFive(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		states := []map[string]string{first, second, third}
		for i := range 5 {
			next := maps.Clone(second)
			next["so.txt"] = fmt.Sprint(i)
			states = append(states, next)
		}
		for _, s := range states {
			p.deploy(t, s)
		}
		all, err := Releases(t.Context(), p.Target)
		if err != nil || len(all) != keptReleases || !all[4].Current {
			t.Fatalf("%v, %v", all, err)
		}
		for i, r := range all {
			if _, err := Rollback(t.Context(), p.Target, r.ID, Options{}); err != nil {
				t.Fatal(err)
			}
			p.shows(t, states[len(states)-keptReleases+i])
			wholeSite(t, p.files(t))
		}
		// Without a name, to the one before the current.
		if _, err := Rollback(t.Context(), p.Target, "", Options{}); err != nil {
			t.Fatal(err)
		}
		p.shows(t, states[len(states)-2])
		_, err = Rollback(t.Context(), p.Target, "0001-000000000000", Options{})
		wantFault(t, err, ruleNoRelease)
		// And on from there.
		p.deploy(t, first)
		p.shows(t, first)
	})
}

func TestForgetLeavesNothingOfEarlierReleases(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		p.deploy(t, first)
		p.deploy(t, second)
		forget := anything
		forget.Forget = true
		if _, err := Deploy(t.Context(), p.Target, forget); err != nil {
			t.Fatal(err)
		}
		p.shows(t, second)
		all, err := Releases(t.Context(), p.Target)
		if err != nil || len(all) != 1 {
			t.Errorf("left are %v, %v", all, err)
		}
		sum := fmt.Sprintf("%x", inMemory("x", []byte(first["tin/hai/index.html"])).Sum)
		for _, name := range p.all(t) {
			if strings.Contains(name, sum) || strings.Contains(name, "tin/hai") {
				t.Errorf("%s is still there", name)
			}
		}
	})
}

func TestNoWayBackToAPersonWhoHasWithdrawn(t *testing.T) {
	everywhere(t, func(t *testing.T, p *place) {
		before, after, again := maps.Clone(first), maps.Clone(second), maps.Clone(second)
		before["tri-thuc/a/index.html"] = page("Ông A")
		after["tri-thuc/a/.gone"] = "410\n"
		again["tri-thuc/a/index.html"] = page("Ông A, đồng ý lại")
		p.deploy(t, before)
		p.deploy(t, after)
		for _, o := range []Options{{}, {DryRun: true}} {
			_, err := Rollback(t.Context(), p.Target, "", o)
			wantFault(t, err, ruleReleaseWithdrawn)
		}
		p.shows(t, after)
		// What is asked is what was deployed last, whatever is shown now.
		p.deploy(t, second)
		p.deploy(t, after)
		all, err := Releases(t.Context(), p.Target)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range all[1:] {
			if _, err := Rollback(t.Context(), p.Target, r.ID, Options{}); err != nil {
				t.Fatal(err)
			}
			_, err := Rollback(t.Context(), p.Target, all[0].ID, Options{})
			wantFault(t, err, ruleReleaseWithdrawn)
		}
		p.deploy(t, again)
		if _, err := Rollback(t.Context(), p.Target, all[0].ID, Options{}); err != nil {
			t.Fatal(err)
		}
		p.shows(t, before)
	})
}

func TestADamagedTargetIsMended(t *testing.T) {
	p := folderPlace(t)
	p.deploy(t, first)
	write(t, filepath.Join(p.URL, "index.html"), strings.Replace(first["index.html"], "chủ", "CHỦ", 1))
	write(t, filepath.Join(p.URL, "la/lua-dao.html"), "la")
	p.deploy(t, first)
	p.shows(t, first)

	// A server's tree is not read each time; --all sends everything.
	s := sftpPlace(t)
	s.deploy(t, first)
	everything := anything
	everything.All = true
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(u.Path, "current/index.html"), "hỏng")
	if _, err := Deploy(t.Context(), s.Target, everything); err != nil {
		t.Fatal(err)
	}
	s.shows(t, first)
}

func TestAFolderKeepsWhatIsTheHosts(t *testing.T) {
	p := folderPlace(t)
	own := map[string]string{".git": "gitdir: /elsewhere", ".nojekyll": "", "CNAME": "lienhiep.example", ".well-known/acme-challenge/x": "x"}
	for name, text := range own {
		write(t, filepath.Join(p.URL, name), text)
	}
	p.deploy(t, first)
	p.deploy(t, second)
	want := maps.Clone(second)
	maps.Copy(want, own)
	p.shows(t, want)
	// What we put there we may take away.
	mine := maps.Clone(second)
	mine[".htaccess"] = "Options -Indexes"
	p.deploy(t, mine)
	want[".htaccess"] = mine[".htaccess"]
	p.shows(t, want)
	p.deploy(t, second)
	delete(want, ".htaccess")
	p.shows(t, want)
	if ignored, err := os.ReadFile(filepath.Join(p.URL, home, ".gitignore")); err != nil || string(ignored) != "*\n" {
		t.Errorf("our records are not hidden from git: %q, %v", ignored, err)
	}
}

func TestWhatIsNotBuiltIsNotDeployed(t *testing.T) {
	p := folderPlace(t)
	_, err := Deploy(t.Context(), p.Target, anything)
	wantFault(t, err, ruleNotBuilt)

	for name, spoil := range map[string]struct {
		rule *diag.Rule
		do   func()
	}{
		"no manifest":     {ruleUnchecked, func() { os.Remove(filepath.Join(p.Public, ManifestName)) }},
		"half a manifest": {ruleUnchecked, func() { write(t, filepath.Join(p.Public, ManifestName), "lienhiep manifest v1\nabc") }},
		"a changed file":  {ruleAltered, func() { write(t, filepath.Join(p.Public, "robots.txt"), "User-agent: x") }},
		"a new file":      {ruleAltered, func() { write(t, filepath.Join(p.Public, "them.html"), "x") }},
		"a missing file":  {ruleAltered, func() { os.Remove(filepath.Join(p.Public, "robots.txt")) }},
		"a symbolic link": {ruleNotRegular, func() { os.Symlink("/etc/passwd", filepath.Join(p.Public, "mat-khau.txt")) }},
		"a linked folder": {ruleNotRegular, func() { os.Symlink("/etc", filepath.Join(p.Public, "etc")) }},
		"an odd name":     {ruleBadName, func() { write(t, filepath.Join(p.Public, `..\..\x.html`), "x") }},
		"a device":        {ruleBadName, func() { write(t, filepath.Join(p.Public, "tai-lieu/Con.txt"), "x") }},
		"git":             {ruleBadName, func() { write(t, filepath.Join(p.Public, "a/.GIT/config"), "x") }},
		"our records":     {ruleBadName, func() { write(t, filepath.Join(p.Public, ".lienhiep/lock"), "x") }},
	} {
		t.Run(name, func(t *testing.T) {
			p.built(t, first)
			spoil.do()
			_, err := Deploy(t.Context(), p.Target, anything)
			wantFault(t, err, spoil.rule)
			if left := p.all(t); len(left) != 0 {
				t.Errorf("the target got %v", left)
			}
		})
	}
}
