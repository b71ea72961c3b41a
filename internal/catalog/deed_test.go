package catalog

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/diag"
)

// ownPages are those of the deeds.
func ownPages(deeds []*Deed) []*Entry {
	var all []*Entry
	for _, d := range deeds {
		all = append(all, d.Page())
	}
	return all
}

// loadEntries loads entries, by their places, beside the real plan of 5 April 2021.
func loadEntries(t *testing.T, entries map[string]string) *Catalog {
	t.Helper()
	site := fstest.MapFS{
		"content/ke-hoach/15-kh-tu/_index.md":   {Data: []byte("---\ntitle: Kế hoạch\n---\n")},
		"content/ke-hoach/15-kh-tu/van-ban.txt": {Data: planText(t)},
	}
	for place, front := range entries {
		if !strings.Contains(front, "date: ") {
			front += "\ndate: 2026-11-01"
		}
		if strings.HasPrefix(place, "tri-thuc/") {
			front += "\ndied: 1990\nconsent: {basis: deceased}"
		}
		site["content/"+place+"/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: " + place + "\ndescription: x\n" + front + "\nsources: [{title: Nguồn, url: https://example.org/}]\n---\n")}
	}
	c, findings, err := Load(site, options)
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, print(findings))
	}
	return c
}

// inLine is an account in a line: what each list holds, deed by deed, with all its pages.
func inLine(a *Account) string {
	var parts []string
	list := func(name string, deeds []*Deed) {
		for _, d := range deeds {
			var pages []string
			for _, e := range d.Pages {
				pages = append(pages, e.Place())
			}
			parts = append(parts, strings.TrimSpace(name+" "+strings.Join(pages, "+")+" "+d.When.ISO()))
		}
	}
	list("done", a.Done)
	for _, one := range a.Apart() {
		list(one.Why, one.Deeds)
	}
	return strings.Join(parts, "; ")
}

func TestWhatCountsForAPlan(t *testing.T) {
	const here = "\nplan: [15-kh-tu/ii-1-2]"
	for _, c := range []struct {
		what    string
		entries map[string]string
		want    string
	}{
		{"the plan's own day counts, the day before does not", map[string]string{"tin-tuc/a": "event: 2021-04-05" + here, "tin-tuc/b": "event: 2021-04-04" + here},
			"done tin-tuc/a 2021-04-05; earlier tin-tuc/b 2021-04-04"},
		{"the plan's month or year may be before it", map[string]string{"tin-tuc/a": "event: 2021-04" + here, "tin-tuc/b": "event: 2021" + here, "tin-tuc/c": "event: 2021-05" + here, "tin-tuc/d": "event: 2022" + here},
			"done tin-tuc/d 2022; done tin-tuc/c 2021-05; earlier tin-tuc/a 2021-04; earlier tin-tuc/b 2021"},
		{"what began before it", map[string]string{"hoi-thi/a": "period: 2020–2022" + here, "hoi-thi/b": "period: 2024–2025" + here},
			"done hoi-thi/b 2024/2025; earlier hoi-thi/a 2020/2022"},
		{"what is still to come is not done", map[string]string{"tin-tuc/a": "event: 2026-12-24T08:00" + here, "tin-tuc/b": "event: 2026" + here},
			"done tin-tuc/b 2026; ahead tin-tuc/a 2026-12-24T08:00:00+07:00"},
		{"whose it is", map[string]string{"tin-tuc/a": "event: 2024\nscope: national" + here, "tin-tuc/b": "event: 2024\nscope: elsewhere" + here, "tin-tuc/c": "event: 2024\nscope: explainer" + here,
			"tin-tuc/d": here, "tin-tuc/e": "scope: province" + here, "ton-vinh/f": "level: national\nyear: 2024" + here, "hoi-thi/g": "period: 2024\nscope: elsewhere" + here, "hoi-thi/h": here, "tri-thuc/i": here},
			"undated hoi-thi/h; undated tin-tuc/e; national tin-tuc/a 2024; national ton-vinh/f 2024; elsewhere hoi-thi/g 2024; elsewhere tin-tuc/b 2024; explainers tin-tuc/c 2024; explainers tin-tuc/d; explainers tri-thuc/i"},
		{"an honour and its news are one, and the news knows the day", map[string]string{"ton-vinh/2022": "level: province\nyear: 2022" + here, "tin-tuc/a": "event: 2022-12-24\nevent-of: ton-vinh/2022" + here, "tin-tuc/b": "event-of: tin-tuc/a" + here},
			"done ton-vinh/2022+tin-tuc/a+tin-tuc/b 2022-12-24"},
		{"two days within the year: only the year is known", map[string]string{"ton-vinh/2022": "level: province\nyear: 2022" + here, "tin-tuc/a": "event: 2022-05-01\nevent-of: ton-vinh/2022", "tin-tuc/b": "event: 2022-12-24\nevent-of: ton-vinh/2022"},
			"done ton-vinh/2022+tin-tuc/a+tin-tuc/b 2022"},
		{"a contest of two years stays one, whatever its news knows", map[string]string{"hoi-thi/a": "period: 2024–2025" + here, "tin-tuc/b": "event: 2024-05-01\nevent-of: hoi-thi/a" + here},
			"done hoi-thi/a+tin-tuc/b 2024/2025"},
		{"one page of an event names the provision", map[string]string{"ton-vinh/2022": "level: province\nyear: 2022", "tin-tuc/a": "event-of: ton-vinh/2022" + here},
			"done ton-vinh/2022+tin-tuc/a 2022"},
		{"the news takes its event's scope", map[string]string{"ton-vinh/2022": "level: national\nyear: 2022", "tin-tuc/a": "event: 2022-12-24\nevent-of: ton-vinh/2022" + here},
			"national ton-vinh/2022+tin-tuc/a 2022-12-24"},
		{"an event of which nobody knows when", map[string]string{"tin-tuc/a": "", "tin-tuc/b": "event-of: tin-tuc/a" + here}, "undated tin-tuc/a+tin-tuc/b"},
		{"a draft joins but is not told, nor is what it knows", map[string]string{"ton-vinh/2022": "level: province\nyear: 2022\ndraft: true", "tin-tuc/a": "event-of: ton-vinh/2022" + here, "tin-tuc/b": "event-of: ton-vinh/2022\ndate: 2026-11-02" + here},
			"undated tin-tuc/b+tin-tuc/a"},
		{"below", map[string]string{"tin-tuc/a": "event: 2022\nplan: [15-kh-tu/ii-1]", "tin-tuc/b": "event: 2023\nplan: [15-kh-tu/ii-1-1, 15-kh-tu/ii-1-2, 15-kh-tu/ii-2-1]"}, "done tin-tuc/b 2023; done tin-tuc/a 2022"},
	} {
		cat := loadEntries(t, c.entries)
		p := cat.Plans[0]
		if got := inLine(cat.Account(p, p.Document.Provision("ii-1"))); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, c.want)
		}
	}
}

// TestEveryEntryTellsOfOneDeed joins entries at random: each published one is of one deed,
// and two are of the same exactly where a way of event-of leads from one to the other.
func TestEveryEntryTellsOfOneDeed(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 7))
		entries := map[string]string{}
		const n = 30
		leader := make([]int, n)
		for i := range n {
			leader[i] = i
			front := fmt.Sprintf("event: %d", 2019+r.IntN(7))
			if i > 0 && r.IntN(2) == 0 {
				to := r.IntN(i)
				leader[i] = leader[to]
				front += fmt.Sprintf("\nevent-of: tin-tuc/%d", to)
			}
			entries[fmt.Sprintf("tin-tuc/%d", i)] = front
		}
		c := loadEntries(t, entries)
		of := make([]*Deed, n)
		for _, e := range c.Entries() {
			var i int
			if _, err := fmt.Sscanf(e.Place(), "tin-tuc/%d", &i); err == nil {
				of[i] = c.Deed(e)
				if n := len(slices.DeleteFunc(slices.Clone(of[i].Pages), func(o *Entry) bool { return o != e })); n != 1 {
					t.Errorf("seed %d: %s stands %d times in its deed", seed, e.Place(), n)
				}
			}
		}
		for i := range n {
			for j := range i {
				if of[i] == of[j] != (leader[i] == leader[j]) {
					t.Errorf("seed %d: %d and %d are one deed: %v", seed, i, j, of[i] == of[j])
				}
			}
			if own := fmt.Sprintf("tin-tuc/%d", leader[i]); of[i].Page().Place() != own {
				t.Errorf("seed %d: the own page of %d is %s, not %s", seed, i, of[i].Page().Place(), own)
			}
		}
	}
}

func places(entries []*Entry) string {
	var all []string
	for _, e := range entries {
		all = append(all, e.Place())
	}
	return strings.Join(all, " ")
}

func TestReadersMeetEntriesByWhatHappened(t *testing.T) {
	c := loadEntries(t, map[string]string{
		"tin-tuc/cu":         "event: 2018\ndate: 2026-11-09", // posted last
		"tin-tuc/ngay":       "event: 2024-05-12\ndate: 2026-11-01",
		"tin-tuc/nam":        "event: 2024\ndate: 2026-11-02", // behind the days of its year
		"tin-tuc/khoang":     "event: 2024-05-10/2024-05-14\ndate: 2026-11-01",
		"tin-tuc/khong-ro":   "scope: province\ndate: 2026-11-03",
		"tin-tuc/giai-thich": "date: 2026-11-04",
		"tin-tuc/moi-giai":   "scope: explainer\nevent: 1996\ndate: 2026-11-05",
		"tin-tuc/nhap":       "event: 2024-06-01\ndraft: true",
		"ton-vinh/a":         "level: province\nyear: 2022\ndate: 2026-11-01", "ton-vinh/b": "level: national\nyear: 2019\ndate: 2026-11-02",
		"ton-vinh/c": "level: province\nyear: 2016\ndate: 2026-11-03", "ton-vinh/d": "level: national\nyear: 2024\ndate: 2026-11-04",
	})
	events, explainers := c.Told(KindArticle)
	if got, want := places(events), "tin-tuc/khoang tin-tuc/ngay tin-tuc/nam tin-tuc/cu tin-tuc/khong-ro"; got != want {
		t.Errorf("events: %s", got)
	}
	if got, want := places(explainers), "tin-tuc/moi-giai tin-tuc/giai-thich"; got != want {
		t.Errorf("explainers: %s", got)
	}
	var runs []string
	for _, run := range c.Runs(KindHonour) {
		runs = append(runs, places(run.Events))
	}
	if got, want := strings.Join(runs, "; "), "ton-vinh/a ton-vinh/c; ton-vinh/d ton-vinh/b"; got != want {
		t.Errorf("honours: %s", got)
	}
}

func TestRelatedShareTwoSignalsOrOneEvent(t *testing.T) {
	entries := map[string]string{
		"tin-tuc/a":        "event: 2024-01-01\nfields: [Y học, Nông nghiệp]\nplan: [15-kh-tu/ii-1-2]",
		"tin-tuc/hai":      "event: 2024-01-02\nfields: [Y học]\nplan: [15-kh-tu/ii-1-2]",
		"tin-tuc/ba":       "event: 2023-01-02\nfields: [Y học, Nông nghiệp]\nplan: [15-kh-tu/ii-1-2, 15-kh-tu/ii-2-1]",
		"tin-tuc/mot":      "event: 2024-01-03\nfields: [Y học]", // one signal
		"ton-vinh/2024":    "level: province\nyear: 2024",        // the same event, no signal
		"tin-tuc/cung":     "event-of: ton-vinh/2024\nfields: [Văn hóa]",
		"tin-tuc/moi-thu":  "event: 2024-01-04\nfields: [Y học, Nông nghiệp, Thủy sản, Toán học, Vật lý, Giáo dục, Văn hóa]", // about everything
		"tin-tuc/rieng":    "event: 2024-01-05\nfields: [Địa chất]",
		"tri-thuc/mau":     "fields: [Y học, Nông nghiệp]\nplan: [15-kh-tu/ii-1-2]",
		"tin-tuc/bon":      "event: 2022-01-02\nfields: [Y học, Nông nghiệp]",
		"tin-tuc/nam-ngay": "event: 2021-01-02\nfields: [Y học, Nông nghiệp]",
	}
	c := loadEntries(t, entries)
	got := map[string]string{}
	for e, related := range c.Related() {
		got[e.Place()] = places(related)
	}
	for place, want := range map[string]string{
		"tin-tuc/a": "tin-tuc/ba tin-tuc/hai tin-tuc/bon", "tin-tuc/mot": "", "ton-vinh/2024": "tin-tuc/cung", "tin-tuc/cung": "ton-vinh/2024", "tin-tuc/rieng": "",
	} {
		if got[place] != want {
			t.Errorf("%s: %q, want %q", place, got[place], want)
		}
	}
	for place, related := range got {
		if strings.Contains(related, "moi-thu") || strings.Contains(related, "tri-thuc") {
			t.Errorf("%s: %s", place, related)
		}
	}
}
