package roster

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// tableOf makes an .xlsx file of lines with cells parted by bars.
func tableOf(t *testing.T, lines ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for y, line := range lines {
		for x, text := range strings.Split(line, "|") {
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err == nil && strings.TrimSpace(text) != "" {
				err = f.SetCellStr("Sheet1", cell, strings.TrimSpace(text))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// importInto imports a table into a site and says what was done, "create tran-van-mau",
// and which rules spoke, by their rows: "2 roster-name".
func importInto(t *testing.T, site fstest.MapFS, lines ...string) (done, said []string) {
	t.Helper()
	plan, findings, err := Read("ds.xlsx", tableOf(t, lines...), site)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		said = append(said, string('0'+rune(f.Pos.Line))+" "+f.Rule.Code)
	}
	if plan == nil {
		return nil, said
	}
	for _, s := range plan.Steps {
		done = append(done, strings.Join(append([]string{[]string{"leave", "create", "change"}[s.Action], path.Base(s.Folder)}, s.Keys...), " "))
		for name, data := range s.Files {
			site[path.Join(s.Folder, name)] = &fstest.MapFile{Data: data}
		}
	}
	return done, said
}

func values(t *testing.T, site fstest.MapFS, id string) map[string]string {
	t.Helper()
	file := site["content/tri-thuc/"+id+"/index.md"]
	if file == nil {
		t.Fatalf("no entry %s", id)
	}
	v, err := matter.Values(file.Data)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func wantAll(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

const headings = "Họ và tên | Ngày sinh | Căn cứ"

// TestTheBareNameMakesTheEntry, whatever stands beside it in the cell.
func TestTheBareNameMakesTheEntry(t *testing.T) {
	site := fstest.MapFS{}
	done, said := importInto(t, site, headings+" | Học vị",
		"GS.TSKH. Trần Văn Mẫu | 01/02/1960 | công khai",
		"BS.CKII NGUYỄN VĂN THỬ | 1970 | công khai | Bác sĩ chuyên khoa II",
		"Ông Phạm Văn Thử (đã mất) | 1940 | công khai",
		"Nhà giáo Nhân dân Hồ Thử | 1940 | công khai | Thạc sĩ",
		"Lê Thị Thử (1940–2020, bút danh Hải Âu) | | công khai",
		"Đỗ Thử (1941-2021) | | đã mất")
	wantAll(t, "done", done, "create tran-van-mau", "create nguyen-van-thu", "create pham-van-thu", "create ho-thu", "create le-thi-thu", "create do-thu")
	wantAll(t, "said", said, "2 roster-degree", "3 roster-name", "4 roster-name", "4 roster-name-rest",
		"5 roster-name", "5 roster-name-rest", "6 roster-name", "6 roster-name-rest", "7 roster-name")
	for id, want := range map[string]string{
		"tran-van-mau": `title="Trần Văn Mẫu" degree="GS.TSKH" born="1960-02-01"`, "nguyen-van-thu": `title="Nguyễn Văn Thử" degree="Bác sĩ chuyên khoa II"`,
		"ho-thu": `title="Hồ Thử" degree="Thạc sĩ"`, "le-thi-thu": `born="1940" died="2020"`, "do-thu": `title="Đỗ Thử" born="1941" died="2021"`,
	} {
		v := values(t, site, id)
		for pair := range strings.SplitSeq(strings.TrimSuffix(want, `"`), `" `) {
			if key, value, _ := strings.Cut(pair, `="`); v[key] != `"`+value+`"` {
				t.Errorf("%s: %s is %s, want %s", id, key, v[key], value)
			}
		}
	}
	done, _ = importInto(t, site, headings, "Trần Văn Mẫu | 01/02/1960 | công khai", "TS. Nguyễn Văn Thử | 1970 | công khai", "Bà LÊ THỊ THỬ | | công khai")
	for _, d := range done {
		if strings.HasPrefix(d, "create") {
			t.Errorf("%s: the person is there already", d)
		}
	}
}

// TestASplitNameIsOne reads the name from the columns that it is split into.
func TestASplitNameIsOne(t *testing.T) {
	site := fstest.MapFS{}
	done, _ := importInto(t, site, "Họ và tên đệm | Tên | Ngày sinh | Căn cứ", "TS. Trần Văn | An | 1960 | công khai", "Lê Thị | Bình | 1965 | công khai")
	wantAll(t, "done", done, "create tran-van-an", "create le-thi-binh")
	done, _ = importInto(t, site, "Họ | Tên đệm | Tên | Ngày sinh | Căn cứ", "Lê | Thị | Bình | 1965 | công khai", "Lê | | Lê | 1970 | công khai")
	wantAll(t, "done", done, "leave le-thi-binh", "create le-le")
}

// made is an entry that an earlier program imported, its ID and title the whole cell.
func made(site fstest.MapFS, id, title string, front ...string) {
	basis := &matter.Value{Kind: matter.Table}
	basis.Set("basis", matter.Bare("public-activity"))
	values := map[string]*matter.Value{"title": matter.String(title), "description": matter.String(catalog.ToFillDescription), "consent": basis}
	for _, pair := range front {
		key, value, _ := strings.Cut(pair, "=")
		values[key] = matter.String(value)
	}
	_, text, _ := catalog.Compose(catalog.KindPerson, title, values, "")
	site["content/tri-thuc/"+id+"/index.md"] = &fstest.MapFile{Data: []byte(text)}
	site["content/tri-thuc/"+id+"/"+RecordFile] = &fstest.MapFile{Data: recordOf(values)}
}

// TestAPersonIsKnownAgain in entries of earlier imports, and in those that editors
// wrote or have changed.
func TestAPersonIsKnownAgain(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(site fstest.MapFS)
		row     string
		want    string
	}{
		"an ID with the title": {func(site fstest.MapFS) {
			made(site, "gs-tskh-tran-van-mau", "GS.TSKH. Trần Văn Mẫu", "born=1960-02-01")
		},
			"GS.TSKH. Trần Văn Mẫu | 01/02/1960 | công khai", "change gs-tskh-tran-van-mau title degree"},
		"the list has no title now": {func(site fstest.MapFS) {
			made(site, "gs-tskh-tran-van-mau", "GS.TSKH. Trần Văn Mẫu", "born=1960-02-01")
		},
			"Trần Văn Mẫu | 01/02/1960 | công khai", "change gs-tskh-tran-van-mau title"},
		"an editor has renamed": {func(site fstest.MapFS) {
			made(site, "tran-van-mau", "Trần Văn Mẫu", "born=1960")
			file := site["content/tri-thuc/tran-van-mau/index.md"]
			file.Data = bytes.Replace(file.Data, []byte("Trần Văn Mẫu"), []byte("Hải Âu"), 1)
		}, "Trần Văn Mẫu | 1960 | công khai", "leave tran-van-mau"},
		"an editor has renamed, and the ID is another": {func(site fstest.MapFS) {
			made(site, "nv-1", "Trần Văn Mẫu", "born=1960")
			file := site["content/tri-thuc/nv-1/index.md"]
			file.Data = bytes.Replace(file.Data, []byte("Trần Văn Mẫu"), []byte("Hải Âu"), 1)
		}, "Trần Văn Mẫu | 1960 | công khai", "leave nv-1"},
		"by hand, under another name": {func(site fstest.MapFS) {
			site["content/tri-thuc/tran-van-mau/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Hải Âu\n---\n")}
		}, "Trần Văn Mẫu | 1960 | công khai", "leave tran-van-mau"},
		"the year decides": {func(site fstest.MapFS) {
			made(site, "tran-van-mau", "Trần Văn Mẫu")
			made(site, "tran-van-mau-2", "Trần Văn Mẫu", "born=1960")
		}, "Trần Văn Mẫu | 1960 | công khai", "leave tran-van-mau-2"},
		"the year is new": {func(site fstest.MapFS) { made(site, "tran-van-mau", "Trần Văn Mẫu") },
			"Trần Văn Mẫu | 1960 | công khai", "change tran-van-mau born"},
		"written by hand": {func(site fstest.MapFS) {
			site["content/tri-thuc/ong-mau.md"] = &fstest.MapFile{Data: []byte("---\ntitle: TS. Trần Văn Mẫu\nborn: 1960\n---\n")}
		}, "TRẦN VĂN MẪU | 1960 | công khai", "leave ong-mau"},
		"not readable": {func(site fstest.MapFS) {
			site["content/tri-thuc/ts-tran-van-mau/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: \"Trần\n---\n")}
		}, "Trần Văn Mẫu | 1960 | công khai", "leave ts-tran-van-mau"},
		"another year": {func(site fstest.MapFS) { made(site, "tran-van-mau", "Trần Văn Mẫu", "born=1950") },
			"Trần Văn Mẫu | 1960 | công khai", "create tran-van-mau-1960"},
		"another name with the same letters": {func(site fstest.MapFS) { made(site, "tran-van-mau", "Trần Văn Mậu") },
			"Trần Văn Mẫu | | công khai", "create tran-van-mau-2"},
	} {
		site := fstest.MapFS{}
		c.prepare(site)
		done, said := importInto(t, site, headings, c.row)
		if !slices.Equal(done, []string{c.want}) {
			t.Errorf("%s: %q (%q), want %q", name, done, said, c.want)
		}
		if done, _ = importInto(t, site, headings, c.row); len(done) != 1 || !strings.HasPrefix(done[0], "leave ") {
			t.Errorf("%s: the same table again: %q", name, done)
		}
	}
}

// TestABirthYearIsCorrected where the row says otherwise the same, and enough.
func TestABirthYearIsCorrected(t *testing.T) {
	site := fstest.MapFS{}
	importInto(t, site, headings+" | Quê quán", "Trần Văn Mẫu | 1950 | công khai | Làng Thử")
	done, _ := importInto(t, site, headings+" | Quê quán", "Trần Văn Mẫu | 1951 | công khai | Làng Thử")
	wantAll(t, "done", done, "change tran-van-mau born")
}

// TestTwoPeopleOfOneName: they live side by side, in one table and in later ones.
func TestTwoPeopleOfOneName(t *testing.T) {
	site := fstest.MapFS{}
	rows := []string{headings, "Trần Văn Mẫu | 1950 | công khai", "GS. Trần Văn Mẫu | 1980 | công khai"}
	done, _ := importInto(t, site, rows...)
	wantAll(t, "done", done, "create tran-van-mau", "create tran-van-mau-1980")
	done, _ = importInto(t, site, headings, rows[2], rows[1])
	wantAll(t, "the other way round", done, "leave tran-van-mau-1980", "leave tran-van-mau")
	_, said := importInto(t, site, headings, "Trần Văn Mẫu | | công khai")
	wantAll(t, "without a year", said, "2 roster-which-person")
	_, said = importInto(t, site, headings, rows[1], rows[1])
	wantAll(t, "twice", said, "3 roster-same-person")
	done, _ = importInto(t, site, headings+" | Mã", "GS. Trần Văn Mẫu | 1980 | công khai | tran-van-mau-1980")
	wantAll(t, "with an ID", done, "leave tran-van-mau-1980")
}

// TestWhoHasWithdrawnStaysAway under any title, and nobody else does.
func TestWhoHasWithdrawnStaysAway(t *testing.T) {
	gone := func(more string) fstest.MapFS {
		return fstest.MapFS{catalog.WithdrawnFile: {Data: []byte("[[withdrawn]]\nperson = \"gs-tskh-tran-van-mau\"\n" + more + "date = 2026-11-20\naddresses = [\"/tri-thuc/gs-tskh-tran-van-mau/\"]\n")}}
	}
	const year = "name = \"tran van mau\"\nborn = 1960\n"
	for _, c := range []struct {
		more, row  string
		done, said string
	}{
		{year, "Trần Văn Mẫu | 01/02/1960 | công khai", "", "2 roster-withdrawn"},
		{year, "TRẦN VĂN MẪU | 1960 | công khai", "", "2 roster-withdrawn"},
		{year, "Tran Van Mau (1960) | | công khai", "", "2 roster-withdrawn"},
		{year, "Trần Văn Mẫu | | công khai", "create le-thu", "2 roster-like-withdrawn"},
		{"", "PGS. Trần Văn Mẫu | 1960 | công khai", "create le-thu", "2 roster-like-withdrawn"},
		{year, "Trần Văn Mẫu | 1980 | công khai", "create tran-van-mau create le-thu", ""},
		{year + "others = [\"tran-van-mau\"]\n", "Trần Văn Mẫu | | công khai", "create tran-van-mau create le-thu", ""},
	} {
		site := gone(c.more)
		done, said := importInto(t, site, headings, c.row, "Lê Thử | 1950 | công khai")
		said = slices.DeleteFunc(said, func(s string) bool {
			return strings.HasSuffix(s, " roster-name") || strings.HasSuffix(s, " roster-degree")
		})
		if strings.Join(done, " ") != c.done || strings.Join(said, " ") != c.said {
			t.Errorf("%s, %s: %q, %q, want %q, %q", c.more, c.row, done, said, c.done, c.said)
		}
		for name := range site {
			if c.done != "" && strings.Contains(name, "mau") && !strings.Contains(c.done, "mau") {
				t.Errorf("%s: %s was written", c.row, name)
			}
		}
	}
	// An ID in the table is no answer by itself, and the old one leads nowhere.
	for id, born := range map[string]string{"gs-tskh-tran-van-mau": "1980", "nv-1": "1960"} {
		done, said := importInto(t, gone(year), headings+" | Mã", "Trần Văn Mẫu | "+born+" | công khai | "+id)
		if done != nil || !slices.Equal(said, []string{"2 roster-withdrawn"}) {
			t.Errorf("Mã %s: %q, %q", id, done, said)
		}
	}
	var told diag.Finding
	_, findings, _ := Read("ds.xlsx", tableOf(t, headings, "Trần Văn Mẫu | | công khai"), gone(year))
	for _, f := range findings {
		told = f
	}
	if hint := told.Hint(diag.Vietnamese); !strings.Contains(hint, `others = ["tran-van-mau"]`) {
		t.Errorf("the hint does not say how to go on: %s", hint)
	}
}
