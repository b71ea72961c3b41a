package catalog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lienhiep/internal/diag"
)

// TestNextChange goes from one change to the next: articles that appear and expire,
// texts of a plan that come due, contests that open and close. What is never to be seen changes nothing.
func TestNextChange(t *testing.T) {
	site := amended(t)
	article := func(front string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: Bài\ndescription: x\n" + front + "\nsources: [{title: N, url: \"https://example.org/\"}]\n---\n")}
	}
	site["content/tin-tuc/hen/index.md"] = article("date: 2031-05-06T07:30:00+07:00\nexpiryDate: 2032-01-01")
	site["content/tin-tuc/cung-luc/index.md"] = article("date: 2032-01-01")
	site["content/tin-tuc/nhap/index.md"] = article("date: 2031-01-01\ndraft: true")
	site["content/tin-tuc/khong-bao-gio/index.md"] = article("date: 2033-01-01\nexpiryDate: 2032-06-01")
	site["content/tin-tuc/bao-truoc/index.md"] = article("date: 2021-05-02\nevent: 2040-01-02T08:00:00+07:00\nplan: [1-kh-tu/1]")
	site["content/tin-tuc/ngoai/index.md"] = article("date: 2021-05-02\nevent: 2041-01-02") // counts for no plan
	site["content/tin-tuc/da-go/index.md"] = article("date: 2021-05-02\nexpiryDate: 2032-01-01\nevent: 2042-01-02\nplan: [1-kh-tu/1]")
	contest := func(front string) *fstest.MapFile { return article("date: 2021-05-02\n" + front) }
	site["content/hoi-thi/mo/index.md"] = contest("begins: 2050-03-01\nends: 2050-09-30\nperiod: 2050–2051")
	site["content/hoi-thi/nhap/index.md"] = contest("draft: true\nbegins: 2060-03-01\nends: 2060-09-30")
	site["content/hoi-thi/da-go/index.md"] = contest("expiryDate: 2032-01-01\nperiod: 2061–2062")
	site["content/hoi-thi/da-qua/index.md"] = contest("period: 2016–2017")
	site["content/thu-tuc/de-cu/index.md"] = contest("plan: [1-kh-tu/1]\nrules: [{title: N, url: \"https://example.org/\"}]\ndeadline: 2055-05-06")
	after := time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC)
	if got, want := changesAfter(t, site, after), []string{
		"2022-01-01T00:00 amended content/ke-hoach/1-kh-tu/_index.md, happens content/tin-tuc/bai/index.md",
		"2031-05-06T07:30 appears content/tin-tuc/hen/index.md",
		"2032-01-01T00:00 appears content/tin-tuc/cung-luc/index.md, expires content/hoi-thi/da-go/index.md, expires content/tin-tuc/da-go/index.md, expires content/tin-tuc/hen/index.md",
		"2040-01-02T08:00 happens content/tin-tuc/bao-truoc/index.md",
		"2050-03-01T00:00 turns content/hoi-thi/mo/index.md",
		"2050-10-01T00:00 turns content/hoi-thi/mo/index.md",
		"2052-01-01T00:00 turns content/hoi-thi/mo/index.md",
		"2055-05-07T00:00 turns content/thu-tuc/de-cu/index.md",
		"2099-01-01T00:00 amended content/ke-hoach/1-kh-tu/_index.md",
	}; !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}

	// A plan that is not to be seen by then has no text that comes due.
	for _, front := range []string{"draft: true", "expiryDate: 2090-01-01"} {
		site := amended(t)
		plan := site["content/ke-hoach/1-kh-tu/_index.md"]
		plan.Data = []byte(strings.Replace(string(plan.Data), "title:", front+"\ntitle:", 1))
		for _, change := range changesAfter(t, site, after) {
			if strings.HasPrefix(change, "2099") {
				t.Errorf("%s: %s", front, change)
			}
		}
	}
}

// changesAfter lists all changes after a moment.
func changesAfter(t *testing.T, site fstest.MapFS, after time.Time) (all []string) {
	t.Helper()
	c, findings, err := Load(site, options)
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, print(findings))
	}
	for {
		at, changes := c.NextChange(after)
		if at.IsZero() {
			return all
		}
		var texts []string
		for _, ch := range changes {
			texts = append(texts, fmt.Sprintf("%s %s", ch.Event, ch.Entry.File))
		}
		slices.Sort(texts)
		all = append(all, at.Format("2006-01-02T15:04 ")+strings.Join(texts, ", "))
		after = at
	}
}
