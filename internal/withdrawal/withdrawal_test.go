package withdrawal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/catalog"
	"lienhiep/internal/viet"
	"lienhiep/internal/weblink"
)

func TestLinksBecomeTheirWords(t *testing.T) {
	from := &catalog.Entry{File: "content/tri-thuc/x/index.md", URL: "/tri-thuc/x/", Path: "/tri-thuc/x"}
	to := targets{addresses: []string{"/en/people/a/", "/tri-thuc/a/", "/tri-thuc/a/tin-bai/"}, path: "/tri-thuc/a", onSite: func(link string) string {
		if address, own := weblink.Own("https://h.vn/", link); own {
			return address
		}
		return link
	}}
	for _, c := range []struct {
		body, want string
		left       int // links that an editor must take out
	}{
		{"[Ông *A*](/tri-thuc/a/) đó", "Ông *A* đó", 0},
		{"[x](/tri-thuc/a) [y](/tri-thuc/ab/) [z](/tri-thuc/a/#t)", "x [y](/tri-thuc/ab/) z", 0},
		{"[x](</tri-thuc/a/> 'tên') [y](/en/people/a/?q)", "x y", 0},
		{"[x](a) [y](../tri-thuc/a/index.md) [z](HTTP://H.vn/tri-thuc/a/tin-bai/)", "x y z", 0},
		{"[x](https://khac.vn/tri-thuc/a/)", "[x](https://khac.vn/tri-thuc/a/)", 0},
		{"`[x](/tri-thuc/a/)`", "`[x](/tri-thuc/a/)`", 0},
		{"    [x](/tri-thuc/a/)\n", "    [x](/tri-thuc/a/)\n", 0},
		{"[x][1]\n\n[1]: /tri-thuc/a/\n", "[x][1]\n\n[1]: /tri-thuc/a/\n", 1},
		{"<https://h.vn/tri-thuc/a/> và https://h.vn/tri-thuc/a/", "<https://h.vn/tri-thuc/a/> và https://h.vn/tri-thuc/a/", 2},
		{"[![ảnh](a.png)](/tri-thuc/a/)", "[![ảnh](a.png)](/tri-thuc/a/)", 1},
		{"`[x](/tri-thuc/a/)` [y](/tri-thuc/a/)", "`[x](/tri-thuc/a/)` [y](/tri-thuc/a/)", 1},
	} {
		got, _ := unlink(c.body, to, from)
		if got != c.want {
			t.Errorf("%q becomes %q, want %q", c.body, got, c.want)
		}
		if left := linksIn(got, to, from); len(left) != c.left {
			t.Errorf("%q: links left in lines %v", got, left)
		}
	}
}

func TestNamesAreFoundInAnySpelling(t *testing.T) {
	n := namesOf(&catalog.Person{Entry: catalog.Entry{Title: "Nguyễn Thị Hòa", ID: "nguyen-thi-hoa"}, OtherNames: []string{"Ba Hòa"}})
	text := "Bà NGUYỄN THỊ HOÀ,\nvà Nguyễn Thị\nHòa; bà Ba Hòa.\nhttps://x.vn/nguyen-thi-hoa.html\nNguyễn Thị Hòang, Thị Hòa\n"
	var got []string
	for _, m := range n.in(text) {
		got = append(got, strings.Repeat("|", m.line)+m.words)
	}
	if s := strings.Join(got, " "); s != "|NGUYỄN THỊ HOÀ ||Nguyễn Thị Hòa |||Ba Hòa ||||nguyen-thi-hoa" {
		t.Errorf("found %s", s)
	}
}

// TestTheBareNameIsFound looks for a person whose title is more than the name, and
// whose ID was made of it.
func TestTheBareNameIsFound(t *testing.T) {
	n := namesOf(&catalog.Person{Entry: catalog.Entry{Title: "GS.TSKH. TRẦN VĂN MẪU (1960)", ID: "gs-tskh-tran-van-mau-1960"}, OtherNames: []string{"Nhà văn Hải Âu"}})
	if len(n) != 2 {
		t.Errorf("names %v", n)
	}
	for _, text := range []string{
		"Ông Trần Văn Mẫu", "PGS.TS Trần Văn Mẫu", "Bác sĩ TRẦN VĂN MẪU", "Tran Van Mau", norm.NFD.String("Trần Văn Mẫu"), "Đ/c Trần\nVăn Mẫu",
		"| Trần Văn Mẫu |", "**Trần** Văn Mẫu", "Trần\u00a0Văn\u2003Mẫu", "Trần&nbsp;Văn M&#7851;u", "Trần Văn M\u00adẫu", "Tr\u0430\u0302\u0300n Văn Mẫu",
		`title: "Tr\u1ea7n V\u0103n M\u1eabu"`, "https://vi.wikipedia.org/wiki/Tr%E1%BA%A7n_V%C4%83n_M%E1%BA%ABu", "![Trần Văn Mẫu](a.jpg)", "tran-van-mau.jpg",
		"nhà văn Hải Âu", "Trần Văn Mẩu",
	} {
		if found := n.in("x\n" + text); len(found) != 1 || found[0].line != 2 {
			t.Errorf("%q: %v", text, found)
		}
	}
	for _, text := range []string{"Trần Văn Mẫn", "Văn Mẫu", "Trần Văn", "Trần Văn Anh Mẫu", "100% Trần Vĩnh"} {
		if found := n.in(text); found != nil {
			t.Errorf("%q: %v", text, found)
		}
	}
}

// TestANameIsWrittenAsOne holds that words which make up a name are it only where they are
// written as one: side by side, and, where they are two or one, with capitals and their own
// marks.
func TestANameIsWrittenAsOne(t *testing.T) {
	n := namesOf(&catalog.Person{Entry: catalog.Entry{Title: "Alexandre Yersin", ID: "alexandre-yersin"}, OtherNames: []string{"Ông Năm", "Hải Âu", "Trần Văn Mẫu"}})
	for _, text := range []string{
		"xóm chài của ông Năm", "Ông Năm của xóm chài", "ÔNG NĂM", "## Ông Năm", "ông\nNăm", "ông **Năm**", "“Ông Năm”", "(Ông Năm)", "Ong Nam", "https://x.example/ong-nam.html", "ong_nam.jpg",
		"nhà thơ Hải Âu, tức", "HẢI ÂU", "bút danh Hai Au", "trần văn mẫu", "Trần Văn\n> Mẫu", "Trần.Văn.Mẫu", "Trần [Văn Mẫu](/x/)", "Tran Van Mau", "| Trần Văn | Mẫu |", "Alexandre Yersin",
	} {
		if found := n.in(text); len(found) != 1 {
			t.Errorf("%q: %v", text, found)
		}
	}
	for _, text := range []string{
		"truy tặng ông năm 1996", "của ông. Năm 1996, ông mất", "năm, ông", "Sau năm năm, ông Năng về", "Ông, Năm và Sáu", "ông Nam", "Ông. Năm", "Ông (Năm)", "Ông – Năm", "gửi ông:\nNăm nay", "ông\n\nNăm mới",
		"chim hải âu", "Hải; Âu", "Hải. Âu Cơ", "Trần, Văn Mẫu", "Trần Văn. Mẫu", "Trần Văn; Mẫu số", "họ Trần: Văn Mẫu", "Trần Văn (Mẫu)", "Trần Văn\n\nMẫu", "- Trần Văn\n- Mẫu 1", "alexandre, Yersin",
	} {
		if found := n.in(text); found != nil {
			t.Errorf("%q: %v", text, found)
		}
	}
}

// TestWhatAMentionIs holds that an ID that ties a page to the person, and an address that has
// the name in it, are told as what they are; a name in two columns of a table is one.
func TestWhatAMentionIs(t *testing.T) {
	page := func(head, text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: Bài mẫu\ndate: 2024-01-01\n" + head + "---\n" + text)}
	}
	site := fstest.MapFS{
		"content/tin-tuc/a/index.md":      page("people: [tran-van-mau]\nsources:\n  - title: Báo mẫu\n    url: https://bao.example/nguoi/tran-van-mau-ke-chuyen.html\n", "Trần Văn Mẫu kể, như mã tran-van-mau.\n"),
		"content/trang-web.toml":          {Data: []byte("[home]\npeople = [\"tran-van-mau\", \"tran-van-mau-1980\"]\n")},
		"content/tin-tuc/a/danh-sach.csv": {Data: []byte("STT,Họ,Tên\n1,Trần Văn,Mẫu\n")},
	}
	w := &Withdrawal{Person: &catalog.Person{Entry: catalog.Entry{Kind: catalog.KindPerson, ID: "tran-van-mau", Title: "Trần Văn Mẫu"}}}
	other := &catalog.Person{Entry: catalog.Entry{Kind: catalog.KindPerson, ID: "tran-van-mau-1980", Title: "Trần Văn Mẫu (1980)"}}
	if err := w.named(site, &catalog.Catalog{People: []*catalog.Person{other}}, func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range w.Findings {
		got = append(got, fmt.Sprintf("%s:%d %s", path.Base(f.Pos.File), f.Pos.Line, f.Rule.Code))
	}
	want := []string{"danh-sach.csv:2 still-named", "index.md:4 still-tied", "index.md:7 address-names", "index.md:9 still-named", "index.md:9 still-named", "trang-web.toml:2 still-tied"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A pen name that stands beside the name is one too, also alone in a text.
func TestThePenNameIsFound(t *testing.T) {
	n := namesOf(&catalog.Person{Entry: catalog.Entry{Title: "Trần Văn Mẫu (bút danh Hải Âu)", ID: "tran-van-mau"}})
	for _, text := range []string{"Bài của Hải Âu", "nhà thơ HẢI ÂU", "bút danh Hải Âu"} {
		if found := n.in(text); len(found) != 1 {
			t.Errorf("%q: %v", text, found)
		}
	}
}

// TestNamesakesKeepTheirName: the page of another person, whom the year tells apart, is
// no place that names the one who withdraws; a second page of the same person is.
func TestNamesakesKeepTheirName(t *testing.T) {
	site := fstest.MapFS{}
	for id, born := range map[string]string{"tran-van-mau": "1960", "tran-van-mau-1980": "1980", "gs-tran-van-mau": "1960"} {
		site["content/tri-thuc/"+id+"/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Trần Văn Mẫu\nborn: " + born + "\n---\n")}
	}
	c, _, err := catalog.Load(site, catalog.Options{Now: time.Now(), Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.People {
		if p.ID != "tran-van-mau" {
			continue
		}
		w, err := Of(site, c, p, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		var files []string
		for _, f := range w.Findings {
			if f.Pos.Line > 0 {
				files = append(files, f.Pos.File)
			}
		}
		if got := strings.Join(files, " "); got != "content/tri-thuc/gs-tran-van-mau/index.md" {
			t.Errorf("still named in %s", got)
		}
	}
}

// TestTheRecordKnowsThePerson again, by name and year of birth.
func TestTheRecordKnowsThePerson(t *testing.T) {
	person := &catalog.Person{Entry: catalog.Entry{ID: "gs-tran-van-mau", Title: "GS. Trần Văn Mẫu", URL: "/tri-thuc/gs-tran-van-mau/"}, Born: catalog.Date{Time: time.Date(1960, 2, 1, 0, 0, 0, 0, time.UTC)}}
	w := &Withdrawal{Person: person, Remove: []string{"content/tri-thuc/gs-tran-van-mau"}}
	record, err := w.record(fstest.MapFS{}, &catalog.Catalog{}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	list, findings := catalog.LoadWithdrawn(fstest.MapFS{catalog.WithdrawnFile: {Data: record}})
	if findings != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, findings)
	}
	for _, c := range []struct {
		id, name string
		born     int
		want     catalog.Likeness
	}{
		{"tran-van-mau", "Trần Văn Mẫu", 1960, catalog.Equal},
		{"x", "BS. TRẦN VĂN MẪU", 0, catalog.Alike},
		{"x", "Tran Van Mau (1960–2020)", 0, catalog.Equal},
		{"x", "Trần Văn Mẫu", 1970, catalog.Unlike},
		{"x", "Trần Mẫu", 1960, catalog.Unlike},
	} {
		if got := list[0].Likeness(c.id, catalog.IdentityOf(viet.ParseName(c.name), c.born)); got != c.want {
			t.Errorf("%s, %d: %d, want %d", c.name, c.born, got, c.want)
		}
	}
}

// locked is a file system of which no file can be read.
type locked struct{}

func (locked) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestARecordThatCannotBeReadIsNotBegunAnew(t *testing.T) {
	person := &catalog.Person{Entry: catalog.Entry{ID: "a", URL: "/tri-thuc/a/"}}
	for _, c := range []struct {
		content fs.FS
		err     error
	}{
		{fstest.MapFS{}, nil},
		{locked{}, fs.ErrPermission},
	} {
		w := &Withdrawal{Person: person}
		record, err := w.record(c.content, &catalog.Catalog{}, time.Now())
		if !errors.Is(err, c.err) || (record == nil) != (c.err != nil) {
			t.Errorf("record %q, %v; want the error %v", record, err, c.err)
		}
	}
}

// TestFilesThatMayNameThePerson lists the files for download that do, in what readers see
// or in what is hidden, and those of entries that name them in which nothing can be read.
func TestFilesThatMayNameThePerson(t *testing.T) {
	docx, err := os.ReadFile("../attach/testdata/sheet.xlsx") // names Nguyễn Thị Thử, and Người Bị Ẩn in a hidden row
	if err != nil {
		t.Fatal(err)
	}
	person := func(name string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: " + name + "\ndescription: B\ndate: 2024-01-02\ndied: 2000\nconsent: {basis: deceased}\nsources: [{title: E, url: \"https://example.org/\"}]\n---\n")}
	}
	article := func(more string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: A\ndescription: B\ndate: 2024-01-02\nfiles: [{file: a.xlsx, title: A}, {file: b.mp3, title: B}]\n" + more + "---\n")}
	}
	site := fstest.MapFS{
		"content/tri-thuc/nguyen-thi-thu/index.md": person("Nguyễn Thị Thử"),
		"content/tri-thuc/nguoi-bi-an/index.md":    person("Người Bị Ẩn"),
		"content/tri-thuc/tran-van-mau/index.md":   person("Trần Văn Mẫu"),
		"content/tin-tuc/mot/index.md":             article("people: [nguyen-thi-thu]\n"),
		"content/tin-tuc/mot/a.xlsx":               {Data: docx},
		"content/tin-tuc/mot/b.mp3":                {Data: []byte("ID3\x03\x00\x00\x00\x00\x00\x00")},
		"content/tin-tuc/hai/index.md":             article(""),
		"content/tin-tuc/hai/a.xlsx":               {Data: docx},
		"content/tin-tuc/hai/b.mp3":                {Data: []byte("ID3\x03\x00\x00\x00\x00\x00\x00")},
	}
	c, _, err := catalog.Load(site, catalog.Options{Now: time.Now(), Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"nguyen-thi-thu": "hai/a.xlsx file-names, mot/a.xlsx file-names, mot/b.mp3 file-may-name",
		"nguoi-bi-an":    "hai/a.xlsx file-names, mot/a.xlsx file-names",
		"tran-van-mau":   "",
	} {
		i := slices.IndexFunc(c.People, func(p *catalog.Person) bool { return p.ID == id })
		w, err := Of(site, c, c.People[i], time.Now())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range w.Findings {
			if strings.HasPrefix(f.Code, "file-") {
				got = append(got, strings.TrimPrefix(f.Pos.File, "content/tin-tuc/")+" "+f.Code)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

// TestWhoWasNeverPublished has no address in the record, which would tell of them, and
// nothing is taken out of other entries.
func TestWhoWasNeverPublished(t *testing.T) {
	fsys := fstest.MapFS{"content/tin-tuc/a/index.md": {Data: []byte("---\ntitle: A\ndate: 2026-01-01\n---\n\nÔng Trần Văn Mẫu và [trang](/lien-he/).\n")}}
	c, _, err := catalog.Load(fsys, catalog.Options{Now: time.Now(), Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	person := &catalog.Person{Entry: catalog.Entry{Kind: catalog.KindPerson, ID: "tran-van-mau", Title: "Trần Văn Mẫu"}}
	w, err := Of(fsys, c, person, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Edits) != 1 || w.Edits[0].File != catalog.WithdrawnFile || !strings.Contains(string(w.Edits[0].Text), "\naddresses = []\n") || len(w.Remove) != 0 || w.Links != 0 {
		t.Errorf("%+v", w)
	}
	if len(w.Findings) != 1 || w.Findings[0].Rule.Code != "still-named" {
		t.Errorf("%v", w.Findings)
	}
	list, findings := catalog.LoadWithdrawn(fstest.MapFS{catalog.WithdrawnFile: {Data: w.Edits[0].Text}})
	if findings != nil || len(list) != 1 || len(list[0].Addresses) != 0 {
		t.Errorf("%v, %v", list, findings)
	}
}

// TestReviewsThatNameThePersonAreFound: the page of a table shows its people and what was
// left of it, escaped for HTML.
func TestReviewsThatNameThePersonAreFound(t *testing.T) {
	site := fstest.MapFS{
		"r/a.html":            {Data: []byte("<td>8</td><td>Tổng cộng | GS. TRẦN VĂN MẪU</td>")},
		"r/b.html":            {Data: []byte("<td>Tr&#7847;n Văn M&#7851;u</td>")},
		"r/c.html":            {Data: []byte("<td>Trần Văn Thử</td>")},
		"r/tran-van-mau.html": {Data: []byte("<td></td>")},
	}
	p := &catalog.Person{Entry: catalog.Entry{Title: "Trần Văn Mẫu", ID: "tran-van-mau"}}
	found, err := Naming(site, "r", p)
	if want := []string{"r/a.html", "r/b.html", "r/tran-van-mau.html"}; err != nil || !slices.Equal(found, want) {
		t.Errorf("found %v, %v; want %v", found, err, want)
	}
	if found, err := Naming(site, ".lienhiep/review", p); err != nil || found != nil {
		t.Errorf("without the folder: %v, %v", found, err)
	}
}

// A copy of a file tells of the person by its name, its words or those of an attachment.
func TestNames(t *testing.T) {
	person := func(id, title string, born int) *catalog.Person {
		p := &catalog.Person{Born: catalog.Date{Time: time.Date(born, 1, 1, 0, 0, 0, 0, time.UTC), Precision: catalog.ToYear}}
		p.Kind, p.ID, p.Title, p.File = catalog.KindPerson, id, title, "content/tri-thuc/"+id+"/index.md"
		return p
	}
	one := person("tran-van-mau", "GS. Trần Văn Mẫu", 1950)
	c := &catalog.Catalog{People: []*catalog.Person{one, person("tran-van-mau-1980", "Trần Văn Mẫu", 1980)}}
	names := Names(c, one)
	for _, x := range []struct {
		file, data string
		want       bool
	}{
		{"content/tri-thuc/tran-van-mau", "", true},
		{"content/tri-thuc/tran-van-mau/anh.jpg", "\xff\xd8", true},
		{"content/tri-thuc/tran-van-mau.md", "", true},
		{"content/tri-thuc/tran-van-mau-1980/index.md", "Trần Văn Mẫu", false},
		{"content/tin-tuc/a/index.md", "ông TRẦN  VĂN\nMẪU", true},
		{"content/tin-tuc/a/index.md", "ông Trần Văn Mẫn", false},
		{"content/tin-tuc/tran-van-mau.jpg", "\xff\xd8", true},
		{"content/tin-tuc/a/anh.jpg", "\xff\xd8", false},
		{"2.json", `{"text":"Tr\u1ea7n V\u0103n M\u1eabu"}`, true},
	} {
		if got := names(x.file, []byte(x.data)); got != x.want {
			t.Errorf("%s, %q: %v, want %v", x.file, x.data, got, x.want)
		}
	}
}
