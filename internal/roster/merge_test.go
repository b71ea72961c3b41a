package roster_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/roster"
)

const (
	folder = "content/tri-thuc/nguyen-van-mau"
	entry  = folder + "/index.md"
	record = folder + "/" + roster.RecordFile
)

// row is one person's row, by the names of the columns.
type row map[string]string

// mau is a row with a value in several columns.
func mau(changes ...string) row {
	r := row{"Họ và tên": "Nguyễn Văn Mẫu", "Năm sinh": "1950", "Năm mất": "2010", "Quê quán": "Phan Thiết", "Học vị": "Tiến sĩ", "Lĩnh vực": "Y học; Dược học", "Giải thưởng": "Giải Mẫu (1996)"}
	for i := 0; i < len(changes); i += 2 {
		r[changes[i]] = changes[i+1]
	}
	return r
}

// table makes an Excel file of one row.
func table(t *testing.T, r row) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	x := 0
	for name, text := range r {
		x++
		for y, text := range []string{name, text} {
			cell, err := excelize.CoordinatesToCellName(x, y+1)
			if err == nil {
				err = f.SetCellStr("Sheet1", cell, text)
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

// imported imports a row into the site, as the command does, and returns its step and
// the codes of the findings.
func imported(t *testing.T, site fstest.MapFS, r row) (roster.Step, []string) {
	t.Helper()
	plan, findings, err := roster.Read("ds.xlsx", table(t, r), site, roster.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	if plan == nil || len(plan.Steps) != 1 {
		t.Fatalf("no step: %v", findings)
	}
	step := plan.Steps[0]
	for name, data := range step.Files {
		site[path.Join(step.Folder, name)] = &fstest.MapFile{Data: data}
	}
	return step, codes
}

// first is a site in which a row was imported once.
func first(t *testing.T) fstest.MapFS {
	t.Helper()
	site := fstest.MapFS{}
	step, codes := imported(t, site, mau())
	if step.Action != roster.Create || step.Folder != folder || site[entry] == nil || site[record] == nil || slices.Contains(codes, "roster-conflict") {
		t.Fatalf("%+v %v", step, codes)
	}
	return site
}

// write puts one text for another in the entry, as an editor does.
func write(t *testing.T, site fstest.MapFS, old, text string) {
	t.Helper()
	before := string(site[entry].Data)
	if strings.Count(before, old) != 1 {
		t.Fatalf("%q is not in the entry once:\n%s", old, before)
	}
	site[entry] = &fstest.MapFile{Data: []byte(strings.Replace(before, old, text, 1))}
}

// TestAnEditorIsNeverOverwritten imports a row, lets an editor write, and imports the
// row as it is by then.
func TestAnEditorIsNeverOverwritten(t *testing.T) {
	for name, test := range map[string]struct {
		editor   []string // texts of the entry, each with what the editor puts in its place
		table    row
		changed  []string // what the import puts in the place of what
		conflict int
	}{
		"nothing happens":                       {nil, mau(), nil, 0},
		"the table changes":                     {nil, mau("Quê quán", "La Gi"), []string{`"Phan Thiết"`, `"La Gi"`}, 0},
		"the table gives more":                  {nil, mau("Lĩnh vực", "Y học"), []string{`["Y học", "Dược học"]`, `["Y học"]`}, 0},
		"the editor changes":                    {[]string{`"Phan Thiết"`, `"La Gi"  # hồ sơ`}, mau(), nil, 0},
		"both change the same":                  {[]string{`"Phan Thiết"`, `'Hàm Tân'`}, mau("Quê quán", "La Gi"), nil, 1},
		"both change to the same":               {[]string{`"Phan Thiết"`, `La Gi`}, mau("Quê quán", "La Gi"), nil, 0},
		"both change, each another":             {[]string{`"Phan Thiết"`, `Hàm Tân # sửa`}, mau("Học vị", "Giáo sư"), []string{`"Tiến sĩ"`, `"Giáo sư"`}, 0},
		"the editor removes what changes":       {[]string{"birthplace: \"Phan Thiết\"\n", ""}, mau("Quê quán", "La Gi"), nil, 1},
		"the editor empties what changes":       {[]string{`"Phan Thiết"`, `""`}, mau("Quê quán", "La Gi"), nil, 1},
		"the editor changes a list":             {[]string{`"Dược học"]`, `"Nông nghiệp"]`}, mau("Lĩnh vực", "Y học"), nil, 1},
		"the editor changes a group":            {[]string{`"Giải Mẫu"`, `"Giải Mẫu lần thứ hai"`}, mau("Giải thưởng", "Giải khác"), nil, 1},
		"the editor writes where nothing was":   {[]string{"draft: true\n", "affiliation: [Trường Mẫu]\n"}, mau("Đơn vị", "Viện Mẫu"), nil, 1},
		"the table forgets what nobody changed": {nil, mau("Quê quán", ""), []string{"birthplace: \"Phan Thiết\"\n", ""}, 0},
		"the table forgets what the editor has": {[]string{`"Phan Thiết"`, `"La Gi"`}, mau("Quê quán", ""), nil, 1},
		"the same, written in another way":      {[]string{`"Phan Thiết"`, `Phan Thiết`, `["Y học", "Dược học"]`, "\n  - Y học\n  - Dược học"}, mau(), nil, 0},
		"the editor's text and comments stay":   {[]string{"draft: true\n", "# xem lại\n", "Viết lời bài ở đây.", "Lời của biên tập viên."}, mau("Năm mất", "2011"), []string{`"2010"`, `"2011"`}, 0},
	} {
		site := first(t)
		for i := 0; i < len(test.editor); i += 2 {
			write(t, site, test.editor[i], test.editor[i+1])
		}
		want := string(site[entry].Data)
		for i := 0; i < len(test.changed); i += 2 {
			want = strings.Replace(want, test.changed[i], test.changed[i+1], 1)
		}
		step, codes := imported(t, site, test.table)
		if got := string(site[entry].Data); got != want {
			t.Errorf("%s: the entry is\n%s\nwant\n%s", name, got, want)
		}
		if (step.Action == roster.Change) != (test.changed != nil) || len(step.Keys) != len(test.changed)/2 {
			t.Errorf("%s: the step is %d, of %v", name, step.Action, step.Keys)
		}
		conflicts := 0
		for _, c := range codes {
			if c == "roster-conflict" {
				conflicts++
			}
		}
		if conflicts != test.conflict {
			t.Errorf("%s: %v, want %d conflicts", name, codes, test.conflict)
		}
		// What was told once is done with: the same table again asks for nothing.
		if step, codes := imported(t, site, test.table); step.Action != roster.Leave || step.Files != nil || slices.Contains(codes, "roster-conflict") {
			t.Errorf("%s: again: %+v %v", name, step, codes)
		}
	}
}

// TestATableWithoutAColumnTakesNothingBack imports another list of the same people,
// which says less of them.
func TestATableWithoutAColumnTakesNothingBack(t *testing.T) {
	site := first(t)
	before := string(site[entry].Data)
	short := row{"Họ và tên": "Nguyễn Văn Mẫu", "Năm sinh": "1950", "Năm mất": "2010"}
	if step, codes := imported(t, site, short); step.Action != roster.Leave || string(site[entry].Data) != before {
		t.Errorf("%+v %v\n%s", step.Keys, codes, site[entry].Data)
	}
	short["Họ và tên"] = "GS. Nguyễn Văn Mẫu"
	imported(t, site, short)
	if want := strings.Replace(before, `"Tiến sĩ"`, `"GS"`, 1); string(site[entry].Data) != want {
		t.Errorf("the entry is\n%s\nwant\n%s", site[entry].Data, want)
	}
	imported(t, site, row{"Họ và tên": "Nguyễn Văn Mẫu", "Năm sinh": "1950", "Năm mất": "2010", "Tóm tắt": "Người mẫu.", "Tên nguồn": "Nguồn", "Địa chỉ nguồn": "https://example.org/"})
	before = string(site[entry].Data)
	if imported(t, site, short); string(site[entry].Data) != before || !strings.Contains(before, "Người mẫu.") {
		t.Errorf("description and sources are taken back:\n%s", site[entry].Data)
	}
}

// TestEntriesOfEditorsStay imports a row whose person has an entry that no import made.
func TestEntriesOfEditorsStay(t *testing.T) {
	for _, file := range []string{entry, folder + ".md", folder + "/index.en.md", folder + "/anh.webp"} {
		text := []byte("---\ntitle: Nguyễn Văn Mẫu\nborn: 1950\n---\n")
		site := fstest.MapFS{file: {Data: text}}
		step, _ := imported(t, site, mau())
		if step.Action != roster.Leave || !step.ByHand || step.Files != nil || !bytes.Equal(site[file].Data, text) {
			t.Errorf("%s: %+v", file, step)
		}
	}
}

// TestAnEntryThatCannotBeReadStays leaves an entry alone whose front matter is broken.
func TestAnEntryThatCannotBeReadStays(t *testing.T) {
	site := first(t)
	write(t, site, `"Phan Thiết"`, `"Phan Thiết`)
	before := site[entry].Data
	plan, findings, err := roster.Read("ds.xlsx", table(t, mau("Quê quán", "La Gi")), site, roster.Options{})
	if err != nil || !diag.HasErrors(findings) || plan != nil {
		t.Errorf("%v %v %v", plan, findings, err)
	}
	if !bytes.Equal(site[entry].Data, before) {
		t.Error("the entry has changed")
	}
}

// TestOnlyWhatNobodyWroteFollowsTheTable has editor and table change values at random,
// many times over: what differs from the last import stays, and the rest is the table's.
// The year of birth is left alone: another one may be another person's.
func TestOnlyWhatNobodyWroteFollowsTheTable(t *testing.T) {
	columns := map[string]string{"Quê quán": "birthplace", "Học vị": "degree", "Tên gọi": "given_name"}
	r := rand.New(rand.NewPCG(12, 2026))
	site, now := first(t), mau("Tên gọi", "Mẫu")
	imported(t, site, now)
	fresh := 0
	value := func() string { fresh++; return fmt.Sprint(1000 + fresh) }
	editors := map[string]bool{} // keys that are the editor's
	for range 60 {
		for column, key := range columns {
			switch r.IntN(4) {
			case 0:
				now[column] = value()
			case 1:
				edited, err := matter.Edit(site[entry].Data, []matter.Setting{{Key: key, Value: matter.String(value())}})
				if err != nil {
					t.Fatal(err)
				}
				site[entry], editors[key] = &fstest.MapFile{Data: edited}, true
			}
		}
		before := values(t, site)
		imported(t, site, now)
		after := values(t, site)
		for column, key := range columns {
			want := matter.Quote(now[column])
			if editors[key] {
				want = before[key]
			}
			if after[key] != want {
				t.Fatalf("%s is %s, want %s (the editor's: %v)", key, after[key], want, editors[key])
			}
			// Once the table says what the editor wrote, the value is the table's again.
			editors[key] = after[key] != matter.Quote(now[column])
		}
	}
}

func values(t *testing.T, site fstest.MapFS) map[string]string {
	t.Helper()
	v, err := matter.Values(site[entry].Data)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
