package generate

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

var now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

const source = "\nsources: [{title: Nguồn, url: https://example.org/}]\n---\n"

func entry(front string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("---\n" + front + source)}
}

// site is a small site around the real plan.
func site(t *testing.T) fstest.MapFS {
	t.Helper()
	text, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	person := func(name, more string) *fstest.MapFile {
		return entry("title: " + name + "\ndescription: x\ndied: 1990\nconsent: {basis: deceased}\n" + more)
	}
	return fstest.MapFS{
		"content/ke-hoach/15-kh-tu/van-ban.txt": {Data: text},
		"content/ke-hoach/15-kh-tu/_index.md":   {Data: []byte("---\ntitle: Kế hoạch số 15-KH/TU\ntasks: ii\nshort: {ii-1: Tuyên truyền, ii-1-2: Tôn vinh}\nnotes: [{at: ii-3-2, text: Lỗi in.}, {at: head, text: Thiếu dòng.}]\n---\n")},
		"content/tin-tuc/mot/index.md":          entry("title: Một\ndescription: x\ndate: 2026-01-02\nevent: 2024-01\nplan: [15-kh-tu/ii-1-2, 15-kh-tu/ii-1-1]\nfields: [Đào tạo]"),
		"content/tin-tuc/hai/index.md":          entry("title: Hai\ndescription: x\ndate: 2026-01-02\nevent: 2025-01\nplan: [15-kh-tu/ii-1-2]"),
		"content/tri-thuc/vu-dang/index.md":     person("Vũ Đăng", "fields: [Đào tạo]\nawards: [{name: Giải A, year: 1996}]"),
		"content/tri-thuc/tran-an/index.md":     person("Trần Ấn", "awards: [{name: Giải A, year: 1980}]"),
		"content/tri-thuc/le-anh/index.md":      person("Lê Anh", ""),
		"content/tri-thuc/pham-duy/index.md":    person("Phạm Duy", ""),
		"content/tri-thuc/nhap/index.md":        person("Nháp", "draft: true\nfields: [Bí mật]\nawards: [{name: Giải bí mật}]"),
		"content/van-ban/93-kl-tw/index.md":     entry("title: Kết luận 93\nnumber: 93-KL/TW\ndoc_type: Kết luận\ncarries_out: [42-ct-tw]"),
		"content/van-ban/42-ct-tw/index.md":     entry("title: Chỉ thị 42\nnumber: 42-CT/TW\ndoc_type: Chỉ thị"),
	}
}

func load(t *testing.T, fsys fstest.MapFS) *catalog.Catalog {
	t.Helper()
	c, findings, err := catalog.Load(fsys, catalog.Options{Now: now, Zone: time.UTC})
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, findings)
	}
	return c
}

func run(t *testing.T, out afero.Fs, fsys fstest.MapFS) Changes {
	t.Helper()
	changes, err := Run(out, fsys, load(t, fsys), "https://a.vn/goc/")
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func read(t *testing.T, out afero.Fs, name string, into any) {
	t.Helper()
	data, err := afero.ReadFile(out, name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(name, err)
	}
}

func TestPlanDataCarriesEveryWordAndItsDeeds(t *testing.T) {
	out := afero.NewMemMapFs()
	fsys := site(t)
	run(t, out, fsys)
	var d planData
	read(t, out, "data/plans/15-kh-tu.json", &d)

	action := d.Index["ii-1-2"]
	for _, test := range []struct{ what, got, want string }{
		{"short", action.Short, "II.1.2"},
		{"label", action.Title, "Tôn vinh"},
		{"name", action.Name, "II.1.2 · Tôn vinh"},
		{"name without a label", d.Index["ii-1-1"].Name, "II.1.1"},
		{"title of its page", titleOf(t, out, "ii-1-2"), "II.1.2 · Tôn vinh – Kế hoạch 15-KH/TU"},
		{"title without a label", titleOf(t, out, "ii-2"), "II.2 · Tăng cường sự lãnh đạo của Đảng, quản lý của Nhà nước đối… – Kế hoạch 15-KH/TU"},
		{"ref", action.Ref, "gạch đầu dòng thứ hai, mục 1, phần II"},
		{"citation", action.Citation, "Kế hoạch số 15-KH/TU, ngày 05/4/2021 của Ban Thường vụ Tỉnh ủy Bình Thuận, gạch đầu dòng thứ hai, mục 1, phần II"},
		{"address", action.URL, "ke-hoach/15-kh-tu/ii-1-2/"},
		{"parent", action.Parent, "ii-1"},
		{"text file", d.SourceURL, "ke-hoach/15-kh-tu/van-ban.txt"},
		{"note on a provision", d.Index["ii-3-2"].Notes[0].Text, "Lỗi in."},
		{"note on the head", d.Notes["head"][0].Text, "Thiếu dòng."},
		{"tasks", strings.Join(d.Tasks, " "), "ii-1 ii-2 ii-3 ii-4 ii-5"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.what, test.got, test.want)
		}
	}
	if own, all := action.Deeds, d.Index["ii-1"].Deeds; own != 2 || all != 2 || d.Index["ii-2"].Deeds != 0 {
		t.Errorf("deeds: %d for ii-1-2, %d for ii-1; one of two actions counts once", own, all)
	}

	for id, p := range d.Index {
		if joined := join(p.Segments); joined != p.Text {
			t.Errorf("%s: the segments are not the text:\n%s\n%s", id, joined, p.Text)
		}
	}
	if linked := d.Index["i-2"].Segments; !slices.ContainsFunc(linked, func(s segment) bool {
		return s.Text == "Chỉ thị số 42-CT/TW" && s.Href == "van-ban/42-ct-tw/"
	}) {
		t.Errorf("i-2 does not lead to 42-CT/TW: %v", linked)
	}
}

// The terms of the glossary stand beside the words that have them, which are left alone.
func TestTermsStandBesideTheWords(t *testing.T) {
	out := afero.NewMemMapFs()
	fsys := site(t)
	fsys["content/thuat-ngu.toml"] = &fstest.MapFile{Data: []byte("[[term]]\nname = \"Phản biện\"\nmeaning = \"Nêu ý kiến.\"\nsources = [{title = \"Nguồn\", url = \"https://example.org/\"}]\n")}
	run(t, out, fsys)
	var d planData
	read(t, out, "data/plans/15-kh-tu.json", &d)
	if p := d.Index["ii-2-4"]; !slices.Equal(p.Terms, []string{"phan-bien"}) || join(p.Segments) != p.Text {
		t.Errorf("%v in %v", p.Terms, p.Segments)
	}
	if p := d.Index["ii-2-3"]; len(p.Terms) != 0 {
		t.Errorf("%v", p.Terms)
	}
	var glossary struct {
		Terms map[string]termData
		Order []string
	}
	read(t, out, "data/glossary.json", &glossary)
	if term := glossary.Terms["phan-bien"]; term.Meaning != "Nêu ý kiến." || term.URL != "thuat-ngu/#phan-bien" || len(term.Sources) != 1 || len(glossary.Order) != 1 {
		t.Errorf("%+v", glossary)
	}
	if ok, _ := afero.Exists(out, "content/thuat-ngu.md"); !ok {
		t.Error("the terms have no page")
	}
	empty := afero.NewMemMapFs()
	run(t, empty, site(t))
	if ok, _ := afero.Exists(empty, "content/thuat-ngu.md"); ok {
		t.Error("there is a page of no terms")
	}
}

// Reading on leads from each provision to the next, through all levels.
func TestProvisionsFollowOneAnother(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, site(t))
	var d planData
	read(t, out, "data/plans/15-kh-tu.json", &d)
	seen := 0
	last := ""
	for id := d.Roots[0]; id != ""; id = d.Index[id].After {
		if d.Index[id].Before != last {
			t.Errorf("before %s comes %q, want %q", id, d.Index[id].Before, last)
		}
		last = id
		seen++
	}
	if seen != len(d.Index) || d.Index["ii"].After != "ii-1" || d.Index["ii-1-2"].After != "ii-2" {
		t.Errorf("%d of %d provisions follow one another", seen, len(d.Index))
	}
}

// titleOf is the title of a provision's page.
func titleOf(t *testing.T, out afero.Fs, id string) string {
	t.Helper()
	var page struct{ Title string }
	read(t, out, "content/plan/15-kh-tu/"+id+"/_index.md", &page)
	return page.Title
}

func join(segments []segment) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.Text)
	}
	return b.String()
}

func TestPeopleStandByGivenNameUnderTheirLetter(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, site(t))
	var d struct {
		Order  []string
		Names  map[string]map[string]nameData
		Awards []group
		Fields []group
		URLs   map[string]string `json:"award_urls"`
	}
	read(t, out, "data/people.json", &d)
	var order []string
	for _, id := range d.Order {
		order = append(order, d.Names["vi"][id].Letter+" "+id)
	}
	if got, want := strings.Join(order, ", "), "A le-anh, Â tran-an, D pham-duy, Đ vu-dang"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	if len(d.Awards) != 1 || d.Awards[0].URL != "giai-thuong/giai-a/" || d.Awards[0].Count != 2 || d.URLs[d.Awards[0].Name] != d.Awards[0].URL {
		t.Errorf("awards: %+v, %v", d.Awards, d.URLs)
	}
	var award struct{ Members []string }
	read(t, out, "content/giai-thuong/giai-a/_index.md", &award)
	if strings.Join(award.Members, " ") != "tran-an vu-dang" {
		t.Errorf("who holds it: %+v", award.Members)
	}
	if len(d.Fields) != 1 || d.Fields[0].URL != "linh-vuc/dao-tao/" || d.Fields[0].Count != 1 {
		t.Errorf("fields: %+v", d.Fields)
	}
}

// TestNamesAreTakenApartForTemplates gives templates the parts of a title that is more
// than a name, which stands where the name alone would.
func TestNamesAreTakenApartForTemplates(t *testing.T) {
	fsys := site(t)
	for id, head := range map[string]string{
		"tran-an": "title: \"GS.TSKH. TRẦN ÂN (đã mất)\"",
		"le-anh":  "title: \"Ông Lê Anh\"\ndegree: Tiến sĩ",
	} {
		fsys["content/tri-thuc/"+id+"/index.md"] = &fstest.MapFile{Data: []byte("---\n" + head +
			"\ndescription: Mô tả.\ndied: 1990\nconsent: {basis: deceased}\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\n")}
	}
	fsys["content/tri-thuc/le-anh/index.en.md"] = &fstest.MapFile{Data: []byte("---\ntitle: \"Dr. Anh LE\"\ndescription: Text.\n---\n")}
	out := afero.NewMemMapFs()
	run(t, out, fsys)
	var d struct {
		Order []string
		Names map[string]map[string]nameData
	}
	read(t, out, "data/people.json", &d)
	if got, want := d.Names["vi"]["tran-an"], (nameData{"Trần Ân", "GS.TSKH", "Â", "le-anh", "pham-duy"}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got, want := d.Names["vi"]["le-anh"], (nameData{"Lê Anh", "", "A", "", "tran-an"}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got, want := d.Names["en"]["le-anh"], (nameData{"Anh Le", "Dr", "A", "", ""}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	var order []string
	for _, id := range d.Order {
		order = append(order, d.Names["vi"][id].Letter+" "+id)
	}
	if got, want := strings.Join(order, ", "), "A le-anh, Â tran-an, D pham-duy, Đ vu-dang"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
}

func TestDirectivesKnowWhoCitesAndCarriesThemOut(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, site(t))
	var graph map[string]directiveData
	read(t, out, "data/directives.json", &graph)
	upper := graph["42-ct-tw"]
	var by []string
	for _, l := range upper.CarriedOutBy {
		by = append(by, l.URL)
	}
	if got := strings.Join(by, " "); got != "van-ban/93-kl-tw/ ke-hoach/15-kh-tu/" {
		t.Errorf("42-CT/TW is carried out by %q", got)
	}
	if len(upper.CitedIn) != 1 || !slices.ContainsFunc(upper.CitedIn[0].At, func(p placeData) bool { return p.ID == "iii-3" && p.URL == "ke-hoach/15-kh-tu/#iii-3" }) {
		t.Errorf("42-CT/TW is cited in %+v", upper.CitedIn)
	}
}

func TestHiddenEntriesLeaveNoTrace(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, site(t))
	err := afero.Walk(out, ".", func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := afero.ReadFile(out, name)
		for _, secret := range []string{"Nháp", "nhap", "bí mật", "Bí mật"} {
			if strings.Contains(name+string(data), secret) {
				t.Errorf("%s tells of a draft", name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOnlyWhatChangedIsWritten(t *testing.T) {
	out := afero.NewMemMapFs()
	fsys := site(t)
	if first := run(t, out, fsys); first.Written == 0 || first.Removed != 0 || first.Kept != 0 {
		t.Errorf("first run: %+v", first)
	}
	if err := afero.WriteFile(out, "cache/kept.txt", []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	if again := run(t, out, fsys); again.Written != 0 || again.Removed != 0 {
		t.Errorf("second run: %+v", again)
	}
	// Leaving a field out removes its page; the person's own pages stay.
	fsys["content/tri-thuc/vu-dang/index.md"].Data = []byte(strings.Replace(string(fsys["content/tri-thuc/vu-dang/index.md"].Data), "fields: [Đào tạo]\n", "", 1))
	fsys["content/tin-tuc/mot/index.md"].Data = []byte(strings.Replace(string(fsys["content/tin-tuc/mot/index.md"].Data), "fields: [Đào tạo]", "", 1))
	if third := run(t, out, fsys); third.Removed != 1 || third.Written != 3 {
		t.Errorf("after a field went: %+v, want its page removed, people.json, emblems.json and addresses.json written", third)
	}
	if ok, _ := afero.DirExists(out, "content/fields/đào-tạo"); ok {
		t.Error("the field's empty folder stays")
	}
	if ok, _ := afero.Exists(out, "cache/kept.txt"); !ok {
		t.Error("a file outside content/ and data/ is gone")
	}
	if ok, _ := afero.Exists(out, "writing.tmp"); ok {
		t.Error("a half-written file is left")
	}
}

func TestADiskThatFailsIsTold(t *testing.T) {
	if _, err := Run(afero.NewReadOnlyFs(afero.NewMemMapFs()), site(t), load(t, site(t)), "https://a.vn/"); err == nil {
		t.Error("writing to a read-only disk gives no error")
	}
}

func TestExcerptEndsAfterAWord(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"ngắn", "ngắn"},
		{"một hai, ba bốn", "một hai…"},
	} {
		if got := excerpt(test.text, 10); got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

func TestCalendarHoldsWhatHasADay(t *testing.T) {
	fsys := site(t)
	entry := func(front string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ndescription: x\n" + front + source)}
	}
	out := afero.NewMemMapFs()
	run(t, out, fsys)
	if exists, err := afero.Exists(out, "static/lich.ics"); err != nil || exists {
		t.Error("a calendar of nothing", err)
	}
	fsys["content/tin-tuc/bao-truoc/index.md"] = entry("title: Báo trước\ndate: 2026-11-01\nevent: 2026-12-24T08:00")
	fsys["content/tin-tuc/nhap/index.md"] = entry("title: Nháp\ndate: 2026-11-01\nevent: 2026-12-25\ndraft: true")
	fsys["content/hoi-thi/xi/index.md"] = entry("title: Hội thi XI\ndate: 2026-11-01\nlastmod: 2026-11-02\nbegins: 2026-03-01\nends: 2026-09-30")
	fsys["content/hoi-thi/x/index.md"] = entry("title: Hội thi X\ndate: 2026-11-01\nperiod: 2024–2025")
	fsys["content/ke-hoach/15-kh-tu/_index.md"].Data = []byte("---\ntitle: Kế hoạch\nprogress: [{at: ii-1-2, due: 2025-12-31}, {at: iii-3, period: Định kỳ}]\n---\n")
	fsys["content/ke-hoach/nhap/van-ban.txt"] = invented("1. Mở hội thi.")
	fsys["content/ke-hoach/nhap/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Kế hoạch nháp\ndraft: true\nprogress: [{at: \"1\", due: 2025-12-31}]\n---\n")}
	fsys["content/ton-vinh/2022/index.md"] = entry("title: Tôn vinh 2022\ndate: 2026-11-03\nevent: 2022-12-24\nyear: 2022\nlevel: province")
	fsys["content/tin-tuc/le-2022/index.md"] = entry("title: Lễ tôn vinh 2022\ndate: 2026-11-04\nevent: 2022-12-24\nevent-of: ton-vinh/2022") // the same event
	fsys["content/ton-vinh/2020/index.md"] = entry("title: Tôn vinh 2020\ndate: 2026-11-01\nyear: 2020\nlevel: province")
	run(t, out, fsys)
	data, err := afero.ReadFile(out, "static/lich.ics")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, want := range []string{
		"UID:tin-tuc/bao-truoc@a.vn\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261224T080000Z\r\nSUMMARY:Báo trước\r\n", "URL:https://a.vn/goc/tin-tuc/bao-truoc/\r\n",
		"UID:hoi-thi/xi@a.vn\r\nDTSTAMP:20261102T000000Z\r\nDTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20261001\r\n",
		"UID:ke-hoach/15-kh-tu/ii-1-2@a.vn\r\nDTSTAMP:20210405T000000Z\r\nDTSTART;VALUE=DATE:20251231\r\nDTEND;VALUE=DATE:20260101\r\nSUMMARY:Hạn: 15-KH/TU\\, II.1.2\r\n",
		"URL:https://a.vn/goc/ke-hoach/15-kh-tu/ii-1-2/\r\n",
		"UID:ton-vinh/2022@a.vn\r\nDTSTAMP:20261103T000000Z\r\nDTSTART;VALUE=DATE:20221224\r\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "BEGIN:VEVENT"); n != 4 {
		t.Errorf("%d events:\n%s", n, text)
	}
	cal, err := ics.ParseCalendar(strings.NewReader(text)) // a parser that is not ours
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(cal.Events(), func(e *ics.VEvent) bool { return e.Id() == "ke-hoach/15-kh-tu/ii-1-2@a.vn" })
	if i < 0 {
		t.Fatalf("no due date in\n%s", text)
	}
	due := cal.Events()[i]
	if day, err := due.GetAllDayStartAt(); err != nil || day.Format(time.DateOnly) != "2025-12-31" {
		t.Errorf("it is due on %v (%v)", day, err)
	}
	for property, want := range map[ics.ComponentProperty]string{
		ics.ComponentPropertySummary: "Hạn: 15-KH/TU, II.1.2", ics.ComponentPropertyUrl: "https://a.vn/goc/ke-hoach/15-kh-tu/ii-1-2/",
	} {
		if got := ics.FromText(due.GetProperty(property).Value); got != want {
			t.Errorf("%s is %q, want %q", property, got, want)
		}
	}
}
