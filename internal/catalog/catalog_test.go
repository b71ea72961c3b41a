package catalog

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/photo"
)

var update = flag.Bool("update", false, "write what is found into the test cases")

var (
	zone    = time.FixedZone("+07", 7*60*60)
	options = Options{
		Now: time.Date(2026, 11, 20, 9, 0, 0, 0, zone), Zone: zone,
		Permalinks:   map[string]map[string]string{"en": {"tri-thuc": "/people/:slug/"}},
		SectionLinks: map[string]map[string]string{"en": {"tri-thuc": "/people/", "van-ban": "/documents/:sections[1:]/"}},
		BaseURL:      "https://lienhiep.example/",
	}
)

// planText is the real plan: what provisions there are does not change.
func planText(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// cases are the small sites with faults.
func cases(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	return files
}

// TestFindings loads each case of testdata, a small site beside the real plan,
// and compares what is found with the case's file "want": place, rule, and what
// is said in Vietnamese. In neither language a message may want what it is not given.
func TestFindings(t *testing.T) {
	for _, file := range cases(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			site := fstest.MapFS{"content/ke-hoach/15-kh-tu/van-ban.txt": {Data: planText(t)}}
			want := ""
			for _, f := range ar.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				site[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			if site["content/ke-hoach/15-kh-tu/_index.md"] == nil {
				site["content/ke-hoach/15-kh-tu/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Kế hoạch 15-KH/TU\n---\n")}
			}
			_, findings, err := Load(site, options)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range findings {
				for _, l := range []diag.Lang{diag.Vietnamese, diag.English} {
					if s := f.Message(l) + f.Hint(l); strings.Contains(s, "%!") {
						t.Errorf("%s in %s: %s", f.Code, l, s)
					}
				}
			}
			got := print(findings)
			if *update {
				i := slices.IndexFunc(ar.Files, func(f txtar.File) bool { return f.Name == "want" })
				ar.Files[i].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("found:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func print(findings []diag.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s: %s %s: %s\n", f.Pos, f.Severity, f.Code, f.Message(diag.Vietnamese))
		if hint := f.Hint(diag.Vietnamese); hint != "" {
			fmt.Fprintf(&b, "\t%s\n", hint)
		}
	}
	return b.String()
}

// TestEveryRuleHasACase wants each of this package's rules found in some case:
// one that nothing can set off would be dead.
func TestEveryRuleHasACase(t *testing.T) {
	var all strings.Builder
	for _, file := range cases(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	inOtherTests := []string{"unreadable", "utf-16", "file-too-large", "not-utf-8", "front-matter-size", "image-too-large", "image-too-heavy", "image-too-small", "content-symlink", "special-file", "front-matter-return",
		"text-too-long", "front-matter-nested", "text-too-nested", "table-too-large", "too-many-marks", "link-not-closed", "too-many-headings", "too-many-footnotes", "table-file-too-large",
		"attachment-cleaned", "attachment-carries", "film-code"}
	for _, r := range diag.Rules() {
		if strings.HasPrefix(r.Code, "plan-") && r.Code != ruleNoText.Code || slices.Contains(inOtherTests, r.Code) {
			continue
		}
		if !strings.Contains(all.String(), " "+r.Code+": ") {
			t.Errorf("no case finds %s", r.Code)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for code, data := range map[string]string{
		"not-utf-8":           "---\ntitle: Tr\xad thøc\n---\n",
		"utf-16":              "\xff\xfe-\x00-\x00-\x00\n\x00",
		"file-too-large":      strings.Repeat("x", maxFile+1),
		"front-matter-return": "---\ntitle: A # ghi chú\rdraft: true\n---\n",
		"front-matter-size":   "---\ntitle: " + strings.Repeat("x", matter.MaxSize) + "\n---\n",
	} {
		site := fstest.MapFS{"content/tin-tuc/a/index.md": {Data: []byte(data)}}
		_, findings, err := Load(site, options)
		if err != nil {
			t.Fatal(err)
		}
		if len(findings) != 1 || findings[0].Code != code {
			t.Errorf("want %s alone, found:\n%s", code, print(findings))
		}
	}
}

// A picture is read as far as its size: one that promises more than any camera
// takes would need all memory to draw.
func TestPicturesAreWhatTheySay(t *testing.T) {
	picture := func(w, h int, encode func(io.Writer, image.Image) error) []byte {
		var b bytes.Buffer
		if err := encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	asJPEG := func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) }
	huge := picture(8, 8, png.Encode)
	binary.BigEndian.PutUint32(huge[16:], 60_000) // the header's width and height, and its checksum
	binary.BigEndian.PutUint32(huge[20:], 60_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	camera, err := os.ReadFile("../photo/testdata/camera.heic")
	if err != nil {
		t.Fatal(err)
	}
	narrow := slices.Clone(camera)
	for at := range narrow[:len(narrow)-12] { // its header says how wide it is, more than once
		if string(narrow[at:at+4]) == "ispe" {
			binary.BigEndian.PutUint32(narrow[at+12:], 100) // it lies on its side
		}
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a.png":  {picture(8, 8, png.Encode), ""},
		"b.jpg":  {picture(8, 8, asJPEG), ""},
		"c.jpeg": {picture(8, 8, png.Encode), ""}, // is given its right name when it is cleaned
		"d.png":  {huge, "image-too-large"},
		"e.bmp":  {picture(8, 8, asJPEG), "foreign-file image-name"},
		"f.jpg":  {append(picture(8, 8, asJPEG), make([]byte, photo.MaxBytes)...), "image-too-heavy"},
		"g.heic": {camera, ""},
		"h.HEIC": {narrow, "image-too-small"},
	} {
		front := "---\ntitle: A\ndescription: B\ndate: 2024-01-02\nimage: {file: " + name + ", alt: C, credit: D}\nsources: [{title: E, url: \"https://example.org/\"}]\n---\n"
		site := fstest.MapFS{"content/tin-tuc/a/index.md": {Data: []byte(front)}, "content/tin-tuc/a/" + name: {Data: c.data}}
		_, findings, err := Load(site, options)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, f := range findings {
			codes = append(codes, f.Code)
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What lies outside of the content, wherever a link leads, is not published.
func TestSymbolicLinksAreRefused(t *testing.T) {
	site := fstest.MapFS{
		"content/tin-tuc/a/index.md":     {Data: []byte("x"), Mode: fs.ModeSymlink},
		"content/tri-thuc":               {Mode: fs.ModeSymlink},
		"content/ke-hoach/b/_index.md":   {Data: []byte("---\ntitle: A\ndraft: true\n---\n")},
		"content/ke-hoach/b/van-ban.txt": {Data: []byte("x"), Mode: fs.ModeSymlink},
	}
	_, findings, err := Load(site, options)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range findings {
		if f.Code == ruleSymlink.Code {
			got = append(got, f.Pos.File)
		}
	}
	if want := []string{"content/ke-hoach/b/van-ban.txt", "content/tin-tuc/a/index.md", "content/tri-thuc"}; !slices.Equal(got, want) {
		t.Errorf("refused: %v", got)
	}
}

func TestEveryFieldIsLabelledInBothLanguages(t *testing.T) {
	var visit func(where string, fields []matter.Field)
	visit = func(where string, fields []matter.Field) {
		for _, f := range fields {
			if f.Label.VI == "" || f.Label.EN == "" || f.Help.VI == "" || f.Help.EN == "" {
				t.Errorf("%s.%s lacks a label or help", where, f.Key)
			}
			visit(where+"."+f.Key, f.Fields)
		}
	}
	for _, k := range Kinds() {
		visit(string(k), Schema(k))
	}
}

// TestTemplates wants a new entry of every kind to load with nothing worse than
// warnings: it is a draft that still has to be filled in.
func TestTemplates(t *testing.T) {
	for _, k := range Kinds() {
		file, text, findings := Template(k, `Ông "Đ": thử \ nghiệm`, options.Now)
		if findings != nil {
			t.Fatal(print(findings))
		}
		site := fstest.MapFS{file: {Data: []byte(text)}}
		c, findings, err := Load(site, options)
		if err != nil {
			t.Fatal(err)
		}
		var bad []diag.Finding
		for _, f := range findings {
			if f.Severity == diag.Error && f.Code != ruleDirectiveFolder.Code {
				bad = append(bad, f)
			}
		}
		if len(bad) > 0 || len(c.Entries()) != 1 {
			t.Errorf("%s:\n%s\n%s", k, text, print(bad))
			continue
		}
		if e := c.Entries()[0]; e.Kind != k || e.Title != `Ông "Đ": thử \ nghiệm` || !e.Draft {
			t.Errorf("%s: loaded as %+v", k, e)
		}
	}
	if _, _, findings := Template(KindArticle, "!?", options.Now); len(findings) != 1 {
		t.Error("a title without letters makes an address")
	}
}

func TestLinksGoBothWays(t *testing.T) {
	entry := func(front string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\n" + front + "\nsources: [{title: Nguồn, url: https://example.org/}]\n---\n")}
	}
	site := fstest.MapFS{
		"content/ke-hoach/15-kh-tu/_index.md":   {Data: []byte("---\ntitle: Kế hoạch\n---\n")},
		"content/ke-hoach/15-kh-tu/van-ban.txt": {Data: planText(t)},
		"content/tin-tuc/cu/index.md":           entry("title: Cũ\ndescription: x\ndate: 2024-01-02\nplan: [15-kh-tu/ii-1-2, 15-kh-tu/ii-1-2]\npeople: [a]"),
		"content/tin-tuc/moi/index.md":          entry("title: Mới\ndescription: x\ndate: 2025-01-02\nevent: 2025-01-02\nplan: [15-kh-tu/ii-1-2, 15-kh-tu/ii-1-1]\npeople: [a]"),
		"content/tin-tuc/nhap/index.md":         entry("title: Nháp\ndescription: x\ndate: 2025-01-02\ndraft: true\nplan: [15-kh-tu/ii-1-2]\npeople: [a]"),
		"content/tin-tuc/moi/index.en.md":       {Data: []byte("---\ntitle: New\ndescription: x\n---\n")},
		"content/ton-vinh/2022/index.md":        entry("title: Đợt\ndescription: x\ndate: 2022-12-24\nyear: 2022\nlevel: province\nplan: [15-kh-tu/ii-1]\npeople: [a]"),
		"content/tri-thuc/a/index.md":           entry("title: Nguyễn Văn A\ndescription: x\ndied: 1990\nconsent: {basis: deceased}"),
	}
	c, findings, err := Load(site, options)
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, print(findings))
	}
	titles := func(entries []*Entry) []string {
		var all []string
		for _, e := range entries {
			all = append(all, e.Title)
		}
		return all
	}
	for _, test := range []struct {
		what      string
		got, want []string
	}{
		{"evidence for ii-1-2, newest first, each once, no draft", titles(c.Evidence["15-kh-tu/ii-1-2"]), []string{"Mới", "Cũ"}},
		{"deeds below ii-1, the latest first, each once", titles(ownPages(c.Account(c.Plans[0], c.Plans[0].Document.Provision("ii-1")).Done)), []string{"Mới", "Đợt"}},
		{"entries naming a", titles(c.Naming["a"]), []string{"Mới", "Cũ", "Đợt"}},
	} {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: got %q, want %q", test.what, test.got, test.want)
		}
	}
	if len(c.People) != 1 || len(c.Entries()) != 7 {
		t.Errorf("%d people in %d entries, want 1 in 7: a translation is an entry only", len(c.People), len(c.Entries()))
	}
}

func TestAddresses(t *testing.T) {
	for file, want := range map[string]string{
		"content/_index.md":                       "/",
		"content/_index.en.md":                    "/en/",
		"content/tin-tuc/_index.md":               "/tin-tuc/",
		"content/tin-tuc/a.md":                    "/tin-tuc/a/",
		"content/tin-tuc/a/index.md":              "/tin-tuc/a/",
		"content/tri-thuc/tran-a/index.en.md":     "/en/people/tran-a/",
		"content/lien-hiep-hoi/su/index.en.md":    "/en/lien-hiep-hoi/su/",
		"content/ke-hoach/15-kh-tu/_index.en.md":  "/en/ke-hoach/15-kh-tu/",
		"content/tri-thuc/_index.en.md":           "/en/people/",
		"content/van-ban/trung-uong/_index.en.md": "/en/documents/trung-uong/",
	} {
		site := fstest.MapFS{file: {Data: []byte("---\ntitle: T\n---\n")}}
		c, _, err := Load(site, options)
		if err != nil || len(c.Entries()) != 1 {
			t.Fatal(file, err)
		}
		if got := c.Entries()[0].URL; got != want {
			t.Errorf("%s: %s, want %s", file, got, want)
		}
	}
}

func TestALinkIsTakenForTheNearestPage(t *testing.T) {
	site := fstest.MapFS{}
	for _, name := range []string{"tin-tuc/gap-mat-tri-thuc", "tin-tuc/hoi-thao", "tri-thuc/hoang-tuy", "ton-vinh/2022", "hoi-thi/2022"} {
		site["content/"+name+"/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: T\ndate: 2024-01-02\n---\n")}
	}
	c, _, err := Load(site, options)
	if err != nil {
		t.Fatal(err)
	}
	for link, want := range map[string]string{
		"/tin-tuc/gap-mat-tri-thu/": "/tin-tuc/gap-mat-tri-thuc/", // a letter
		"/tin-tuc/hoang-tuy/":       "/tri-thuc/hoang-tuy/",       // another folder
		"hoi-thao#dau":              "/tin-tuc/hoi-thao/",
		`\tin-tuc\hoi-thao`:         "/tin-tuc/hoi-thao/",
		"/ton-vin/2022/":            "/ton-vinh/2022/",
		"/khong-giong-gi-ca/":       "",
	} {
		if got := c.NearestAddress(link); got != want {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
	}
}

// What is not on the site is no page that a link may have been meant for.
func TestALinkIsNeverTakenForAHiddenPage(t *testing.T) {
	site := fstest.MapFS{"content/tri-thuc/nguoi-nhap/index.md": {Data: []byte("---\ntitle: T\ndraft: true\nawards: [{name: Giải Mẫu}]\n---\n")}}
	c, _, err := Load(site, options)
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{"/tri-thuc/nguoi-nha/", "/tri-thuc/nguoi-nhap/tin-ba/", "/giai-thuong/giai-ma/"} {
		if got := c.NearestAddress(link); got != "" {
			t.Errorf("%s: %q", link, got)
		}
	}
}

func FuzzFrontMatter(f *testing.F) {
	f.Add("---\ntitle: x\nsources:\n  - url: https://a.b\n---\nbody")
	f.Add("+++\ntitle = 'x'\n[[sources]]\nurl = 'https://a.b'\n+++\n")
	f.Add("---\n? [a, b]\n: !!binary x\n&a b: *a\n---\n")
	f.Add("---\ndate: 31/2/2024\nconsent: [1, {a: b}]\n<<: {x: y}\n---\n![](x)<b>")
	f.Fuzz(func(t *testing.T, src string) {
		for _, file := range []string{"content/tri-thuc/a/index.md", "content/tin-tuc/a/index.md"} {
			_, findings, err := Load(fstest.MapFS{file: {Data: []byte(src)}}, options)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range findings {
				if f.Message(diag.Vietnamese) == "" || f.Pos.File == "" {
					t.Errorf("a finding that says nothing: %+v", f)
				}
			}
		}
	})
}

// amended is a site whose plan has a later version from 2022 on and another that
// is still to come.
func amended(t *testing.T) fstest.MapFS {
	t.Helper()
	text := func(body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("Số 1-KH/TU\nMẫu, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nthử\n-----\nNhư sau:\n" + body + "\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A\n")}
	}
	return fstest.MapFS{
		"content/ke-hoach/1-kh-tu/van-ban.txt":  text("1. Một.\n2. Hai.\n3. Ba."),
		"content/ke-hoach/1-kh-tu/ban-2022.txt": text("1. Một.\n2. Hai, sửa."),
		"content/ke-hoach/1-kh-tu/mai-sau.txt":  text("1. Một."),
		"content/ke-hoach/1-kh-tu/_index.md": {Data: []byte(`---
title: Kế hoạch thử
versions:
  - {date: 2022-01-01, file: ban-2022.txt, decision: "Quyết định số 1-QĐ/TU"}
  - {date: 2099-01-01, file: mai-sau.txt, decision: "Quyết định số 2-QĐ/TU"}
---
`)},
		"content/tin-tuc/bai/index.md": {Data: []byte("---\ntitle: Bài\ndescription: x\ndate: 2021-05-01\nevent: 2022\nplan: [1-kh-tu/3]\nsources: [{title: N, url: \"https://example.org/\"}]\n---\n")},
	}
}

func TestAPlanShowsTheWordingInForce(t *testing.T) {
	c, findings, err := Load(amended(t), options)
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, print(findings)) // the article may name a provision that was dropped since
	}
	p := c.Plans[0]
	var got []string
	for _, w := range p.Wordings {
		got = append(got, w.Since+" "+w.URL)
	}
	if want := "2021-02-01 /ke-hoach/1-kh-tu/ban-2021-02-01/, 2022-01-01 /ke-hoach/1-kh-tu/"; strings.Join(got, ", ") != want {
		t.Errorf("wordings %v, want %s", got, want)
	}
	if p.Document != p.Current().Document || p.Document.Provision("2").Text != "Hai, sửa." {
		t.Error("the wording in force is not the one of 2022")
	}
	var ids []string
	for _, provision := range p.Provisions() {
		ids = append(ids, provision.ID+" "+provision.Wording.Since)
	}
	if want := "1 2022-01-01, 2 2022-01-01, 3 2021-02-01"; strings.Join(ids, ", ") != want {
		t.Errorf("provisions %v, want %s", ids, want)
	}

	preview := options
	preview.Preview = true
	if c, _, _ = Load(amended(t), preview); c.Plans[0].Current().Since != "2099-01-01" {
		t.Error("a preview does not show the version to come")
	}
}

func TestNobodyTakesTheAddressesOfVersions(t *testing.T) {
	for _, folder := range []string{"ban-2021-02-01", "so-sanh-2022-01-01", "3"} {
		site := amended(t)
		site["content/ke-hoach/1-kh-tu/"+folder+"/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: x\ndescription: x\n---\n")}
		_, findings, _ := Load(site, options)
		if !strings.Contains(print(findings), ruleGeneratedClash.Code) {
			t.Errorf("%s: %s", folder, print(findings))
		}
	}
}

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	want := time.Date(2021, 4, 5, 0, 0, 0, 0, zone)
	for _, s := range []string{"05/4/2021", "5/4/2021", "05/04/2021", "5-4-2021", "5.4.2021", "2021-04-05", "2021-4-5", " 5/4/2021 "} {
		if got, ok := ParseDay(s, zone); !ok || !got.Equal(want) {
			t.Errorf("%q: %v %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "31/2/2021", "2021", "4/2021", "5/4/21", "2021-13-01", "hôm nay", "5/4/2021 hay 6/4/2021", "０5/4/2021"} {
		if got, ok := ParseDay(s, zone); ok {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}
