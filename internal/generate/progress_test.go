package generate

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
	"lienhiep/internal/form"
	"lienhiep/internal/matter"
	"lienhiep/internal/plan"
)

// shape is a plan to carry out: where its text is, and what its page says of it.
type shape struct{ file, front string }

// recorded says something of the first provision's progress, and of no tasks.
const recorded = "progress: [{at: FIRST, period: Hằng năm}]"

var shapes = []shape{
	{"../../content/ke-hoach/15-kh-tu/van-ban.txt", "tasks: ii"},
	{"../../content/ke-hoach/15-kh-tu/van-ban.txt", "tasks: iii"},
	{"../../content/ke-hoach/15-kh-tu/van-ban.txt", "tasks: ii-1-2"}, // nothing below it
	{"../../content/ke-hoach/15-kh-tu/van-ban.txt", recorded},
	{"../plan/testdata/ke-hoach-ubnd.txt", recorded},
	{"../plan/testdata/ke-hoach-ubnd.txt", "tasks: ii"},
	{"../plan/testdata/quyet-dinh-ubnd.txt", recorded},
}

// randomSite is a site around the plan with entries of all kinds that speak for
// provisions anywhere in it.
func randomSite(t *testing.T, s shape, entries int, r *rand.Rand) fstest.MapFS {
	t.Helper()
	text, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := plan.Parse("van-ban.txt", text)
	var ids []string
	doc.Walk(func(p, _ *plan.Provision) { ids = append(ids, p.ID) })
	fsys := fstest.MapFS{
		"content/ke-hoach/k/van-ban.txt": {Data: text},
		"content/ke-hoach/k/_index.md":   {Data: []byte("---\ntitle: Kế hoạch\n" + strings.ReplaceAll(s.front, "FIRST", ids[0]) + "\n---\n")},
	}
	var told []string // the places of entries that tell of events
	for i := range entries {
		var refs []string
		for range 1 + r.IntN(3) {
			refs = append(refs, "k/"+ids[r.IntN(len(ids))])
		}
		// Posted in a year in which nothing happens, so that a count by posting date shows.
		front, folder := "date: 2026-05-06\n", "tin-tuc"
		day := fmt.Sprintf("%d-%02d-%02d", 2019+r.IntN(9), 1+r.IntN(12), 1+r.IntN(28))
		switch r.IntN(8) {
		case 0:
			folder, front = "hoi-thi", front+fmt.Sprintf("period: \"%d–%d\"\n", 2020+r.IntN(3), 2022+r.IntN(3))
		case 1:
			folder, front = "ton-vinh", front+fmt.Sprintf("level: %s\nyear: %d\n", []string{"province", "national"}[r.IntN(2)], 2020+r.IntN(5))
		case 2:
			folder, front = "tri-thuc", "died: 1990\nconsent: {basis: deceased}\n"
		case 3: // an explainer
		case 4:
			front += "scope: " + []string{"province", "national", "elsewhere", "explainer"}[r.IntN(4)] + "\n"
		case 5:
			front += "event: " + day + "\nscope: " + []string{"province", "national", "elsewhere", "explainer"}[r.IntN(4)] + "\n"
		default:
			front += "event: " + day[:[]int{4, 7, 10}[r.IntN(3)]] + "\n"
		}
		if folder != "tri-thuc" && len(told) > 0 && r.IntN(3) == 0 {
			front += "event-of: " + told[r.IntN(len(told))] + "\n"
		}
		if folder != "tri-thuc" {
			told = append(told, fmt.Sprintf("%s/bai-%d", folder, i))
		}
		fsys[fmt.Sprintf("content/%s/bai-%d/index.md", folder, i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Bài %d\n%splan: [%s]%s", i, front, strings.Join(refs, ", "), source)}
	}
	return fsys
}

// TestEveryCountIsThatOfTheListItLeadsTo holds, for plans of several shapes and entries of
// all kinds, that each count is that of the deeds listed where it leads, that these bear on
// the unit, and that the totals count each once.
func TestEveryCountIsThatOfTheListItLeadsTo(t *testing.T) {
	for seed := range uint64(28) {
		s := shapes[seed%uint64(len(shapes))]
		fsys := randomSite(t, s, int(seed)*6, rand.New(rand.NewPCG(seed, 1)))
		c := load(t, fsys)
		out := afero.NewMemMapFs()
		if _, err := Run(out, fsys, c, "https://lienhiep.example/"); err != nil {
			t.Fatal(err)
		}
		var d progressData
		read(t, out, "data/progress/k.json", &d)
		var document planData
		read(t, out, "data/plans/k.json", &document)
		var accounts map[string]accountData
		read(t, out, "data/deeds/k.json", &accounts)
		if len(d.Units) == 0 {
			t.Fatalf("seed %d (%s, %s): no unit", seed, s.file, s.front)
		}
		for id, node := range document.Index { // the plan's page and the home page lead to the provision's own
			if node.Deeds != len(accounts[id].Done) {
				t.Errorf("seed %d: %s counts %d and lists %d", seed, id, node.Deeds, len(accounts[id].Done))
			}
		}
		all := map[string]bool{}
		undated := map[string]bool{}
		listedHere := 0
		for _, id := range d.Units {
			unit, account := d.Index[id], accounts[id]
			if unit.Deeds != len(account.Done) || sum(unit.Cells) != unit.Deeds {
				t.Errorf("seed %d: %s has %d deeds, says %d and counts %v", seed, id, len(account.Done), unit.Deeds, unit.Cells)
			}
			for _, path := range account.Done {
				all[path] = true
			}
			for _, one := range account.Apart {
				for _, path := range one.Deeds {
					if one.Why == "undated" {
						undated[path] = true
					}
					if slices.Contains(account.Done, path) {
						t.Errorf("seed %d: %s counts %s, which is apart", seed, id, path)
					}
				}
			}
			counts := append(slices.Clone(unit.Cells), unit.Undated)
			for i, n := range counts {
				year := append(slices.Clone(d.Years), 0)[i]
				at := slices.IndexFunc(unit.Groups, func(g yearData) bool { return g.Year == year })
				if n == 0 != (at < 0) || n > 0 && (unit.Groups[at].Count != n || len(unit.Groups[at].Deeds)+unit.Groups[at].More != n) {
					t.Errorf("seed %d: %s in %d: counts %d, lists %+v", seed, id, year, n, unit.Groups)
				}
			}
			for _, g := range unit.Groups {
				listedHere += len(g.Deeds)
				for _, path := range g.Deeds {
					i := slices.IndexFunc(c.Entries(), func(e *catalog.Entry) bool { return e.Path == path })
					deed := c.Deed(c.Entries()[i])
					if deed.When.Year() != g.Year || deed.Scope != catalog.Province || g.Year != 0 != slices.Contains(account.Done, path) {
						t.Errorf("seed %d: %s lists %s (%+v) in %d", seed, id, path, deed, g.Year)
					}
				}
			}
		}
		if sum(d.Totals) != len(all) || d.Deeds != len(all) || d.Undated != len(undated) {
			t.Errorf("seed %d: %d deeds and %d undated, totals %v, %d and %d", seed, len(all), len(undated), d.Totals, d.Deeds, d.Undated)
		}
		if listedHere > mostListed {
			t.Errorf("seed %d: %d deeds on a page", seed, listedHere)
		}
		for _, row := range d.Timeline.Rows {
			for _, m := range slices.Concat(row.Dots, row.Bars, row.Dues) {
				if m.X < timelineLeft || m.X > timelineWidth || m.Size < 0 {
					t.Errorf("seed %d: a mark at %+v", seed, m)
				}
			}
		}
	}
}

func sum(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// TestProgressStandsBesideTheProvisions reads the plan's own CSV: what is known of a
// provision in force, in the words of the page of progress, and nothing beside others.
func TestProgressStandsBesideTheProvisions(t *testing.T) {
	fsys := amended(t)
	front := fsys["content/ke-hoach/1-kh-tu/_index.md"]
	front.Data = []byte(strings.Replace(string(front.Data), "\n---\n", `
tasks: "1"
progress: [{at: "1", status: recurring, lead: [Một, "Hai, ba"], with: [Bốn], due: 2030-12-31, period: Hằng năm}]
---
`, 1))
	fsys["content/tin-tuc/bon/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Bốn\ndescription: x\ndate: 2023-05-01\nevent: 2023-05-01\nplan: [1-kh-tu/1]" + source)}
	out := afero.NewMemMapFs()
	run(t, out, fsys)
	for _, test := range []struct{ folder, id, want string }{
		{"", "1", "Làm thường xuyên|Một; Hai, ba|Bốn|2030-12-31|Hằng năm|1"},
		{"", "2", "|||||"}, // beside the tasks, and nothing known
		{"", "", "|||||"},
		{"ban-2021-02-01/", "1", "|||||"}, // no longer in force
	} {
		data, err := afero.ReadFile(out, "static/ke-hoach/1-kh-tu/"+test.folder+"1-kh-tu.csv")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), form.ByteOrderMark))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		first := slices.Index(rows[0], "status")
		i := slices.IndexFunc(rows, func(r []string) bool { return r[0] == test.id })
		if got := strings.Join(rows[i][first:], "|"); got != test.want {
			t.Errorf("%s%s: %s, want %s", test.folder, test.id, got, test.want)
		}
	}
}

// TestStatusWordsAreThoseOfThePage compares the templates' words with those of files.
func TestStatusWordsAreThoseOfThePage(t *testing.T) {
	words, err := os.ReadFile("../../i18n/vi.toml")
	if err != nil {
		t.Fatal(err)
	}
	fields := catalog.Schema(catalog.KindPlan)
	progress := fields[slices.IndexFunc(fields, func(f matter.Field) bool { return f.Key == "progress" })].Fields
	status := progress[slices.IndexFunc(progress, func(f matter.Field) bool { return f.Key == "status" })]
	for _, s := range status.Values {
		if want := fmt.Sprintf("\nstatus_%s = %q\n", s, upperFirst(catalog.Status(s).Words())); !strings.Contains(string(words), want) {
			t.Errorf("i18n/vi.toml lacks %s", want)
		}
	}
}

func TestProgressIsRolledUp(t *testing.T) {
	fsys := site(t)
	fsys["content/ke-hoach/15-kh-tu/_index.md"].Data = []byte(`---
title: Kế hoạch
tasks: ii
progress:
  - {at: ii-1-1, status: done, due: 2022-06-30}
  - {at: ii-1-2, status: recurring, period: Hằng năm, lead: [Một, Hai], with: [Ba]}
  - {at: ii-5-1, status: done, notes: [{date: 2024-05-06, author: Cơ quan, text: Đã xong.}]}
  - {at: ii-3-1, status: done}
  - {at: ii-3-2, status: done}
  - {at: ii-3-3, status: done}
  - {at: iii-2, lead: [Bốn]}
---
`)
	out := afero.NewMemMapFs()
	run(t, out, fsys)
	var d progressData
	read(t, out, "data/progress/15-kh-tu.json", &d)
	if want := []string{"ii-1", "ii-2", "ii-3", "ii-4", "ii-5", "iii"}; !slices.Equal(d.Units, want) {
		t.Errorf("units %v", d.Units)
	}
	for id, want := range map[string]string{"ii-1": "recurring", "ii-1-1": "done", "ii-2": "not-reported", "ii-3": "done", "ii-5": "under-way", "ii-5-2": "not-reported", "iii": "not-reported"} {
		if got := d.Index[id].Status; got != want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
	}
	if d.Actions != 19 || d.Reported != 6 || d.Proven != 2 {
		t.Errorf("%d actions, %d reported, %d proven", d.Actions, d.Reported, d.Proven)
	}
	one := d.Index["ii-1-2"]
	if !slices.Equal(one.Lead, []string{"Một", "Hai"}) || !slices.Equal(one.With, []string{"Ba"}) || one.Period != "Hằng năm" || d.Index["ii-1-1"].Due != "2022-06-30" {
		t.Errorf("%+v", one)
	}
	if notes := d.Index["ii-5-1"].Notes; len(notes) != 1 || notes[0].Date != "2024-05-06" {
		t.Errorf("notes %+v", notes)
	}
	if row := d.Timeline.Rows[0]; len(row.Dues) != 1 || len(d.Timeline.Rows[4].Notes) != 1 {
		t.Errorf("timeline %+v", d.Timeline)
	}
}
