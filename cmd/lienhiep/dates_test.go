package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/needs"
)

// TestDatesMeanTheSameToHugo writes every form of a date into every field that takes
// it, builds the site, and reads the moments off the pages in both languages.
func TestDatesMeanTheSameToHugo(t *testing.T) {
	needs.Ask(t, needs.Long)
	zone := time.FixedZone("", 7*60*60)
	type dated struct {
		text    string
		moment  time.Time
		seconds bool // or a day alone: what Hugo's own fields take
		toml    bool
	}
	var dates []dated
	for _, form := range []string{
		"2006-01-02", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -07:00", "2006-01-02T15:04:05.000",
		"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04Z07:00", "2006-01-02 15:04Z07:00", "2006-01-02 15:04 -07:00",
		"2006-01-02 3:04", "2006-01-02T3:04", "2006-01-02  15:04", "2006-01-02 3:04:05", "2006-01-02 3:04Z07:00",
	} {
		seconds := strings.Contains(form, ":05") || len(form) == len(time.DateOnly)
		for _, at := range []time.Time{time.Date(2021, 3, 4, 8, 5, 0, 0, zone), time.Date(2021, 3, 3, 20, 5, 0, 0, time.UTC)} {
			if at.Location() == time.UTC && !strings.Contains(form, "07:00") {
				continue
			}
			text := at.Format(form)
			moment, err := time.ParseInLocation(form, text, zone)
			if err != nil {
				t.Fatal(err)
			}
			dates = append(dates, dated{text, moment, seconds, false}, dated{`"` + text + `"`, moment, seconds, false})
			if seconds && !strings.Contains(form, " -07") && !strings.Contains(form, " 3:") { // TOML has dates of its own
				dates = append(dates, dated{text, moment, true, true})
			}
		}
	}

	root := t.TempDir()
	for _, name := range templates {
		if err := copyTree(filepath.Join("..", "..", name), filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	write := func(d dated, name string, lines ...string) {
		fence, is := "---", ": "
		if d.toml {
			fence, is = "+++", " = "
		}
		text := fence + "\n"
		for _, line := range lines {
			text += strings.Replace(line, "=", is, 1) + "\n"
		}
		name = filepath.Join(root, "content", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text+fence+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	table := func(d dated, pairs ...string) string {
		is := ": "
		if d.toml {
			is = " = "
		}
		for i, pair := range pairs {
			pairs[i] = strings.Replace(pair, "=", is, 1)
		}
		return "{" + strings.Join(pairs, ", ") + "}"
	}
	for i, d := range dates {
		own := d
		if !d.seconds {
			own = dated{text: "2021-03-04"}
		}
		later := func(year string) string { return strings.Replace(own.text, "2021-", year+"-", 1) }
		source := "sources=[" + table(d, `title="Nguồn"`, `url="https://example.org/"`, "date="+d.text) + "]"
		lines := []string{"date=" + own.text, "publishDate=" + own.text, "lastmod=" + later("2022"), "expiryDate=" + later("2096"), "event=" + d.text, source}
		write(d, fmt.Sprintf("tin-tuc/bai-%d/index.md", i), append([]string{fmt.Sprintf(`title="Bài %d"`, i), `description="Mô tả."`}, lines...)...)
		write(d, fmt.Sprintf("tin-tuc/bai-%d/index.en.md", i), append([]string{fmt.Sprintf(`title="Article %d"`, i), `description="Text."`}, lines...)...)
		write(d, fmt.Sprintf("hoi-thi/hoi-%d/index.md", i), fmt.Sprintf(`title="Hội thi %d"`, i), `description="Mô tả."`, "begins="+d.text, "ends="+d.text, source)
		write(d, fmt.Sprintf("tri-thuc/nguoi-%d/index.md", i), fmt.Sprintf(`title="Trần Văn Mẫu %d"`, i), `description="Mô tả."`, "born="+strings.Replace(d.text, "2021-", "1921-", 1), "died="+d.text,
			"consent="+table(d, `basis="deceased"`, "date="+d.text), source)
	}
	runBinary(t, "build", "--dir", root)

	published := regexp.MustCompile(`property="?article:(published|modified)_time"? content="?([^">]+)`)
	shows := func(d dated, name string, wants ...string) {
		t.Helper()
		page, err := os.ReadFile(filepath.Join(root, "public", filepath.FromSlash(name), "index.html"))
		if err != nil {
			t.Errorf("%s: %v", d.text, err)
			return
		}
		for _, want := range wants {
			if !strings.Contains(string(page), want) {
				t.Errorf("%s (TOML %v): %s does not show %s", d.text, d.toml, name, want)
			}
		}
		for _, m := range published.FindAllStringSubmatch(string(page), -1) {
			want := d.moment
			if !d.seconds {
				want = time.Date(2021, 3, 4, 0, 0, 0, 0, zone)
			}
			if m[1] == "modified" {
				want = want.AddDate(1, 0, 0)
			}
			if got, err := time.Parse(time.RFC3339, m[2]); err != nil || !got.Equal(want.Truncate(time.Second)) {
				t.Errorf("%s (TOML %v): %s %s at %s, want %s", d.text, d.toml, name, m[1], m[2], want)
			}
		}
	}
	for i, d := range dates {
		here := d.moment.In(zone)
		hour, at := "", here.Format("2006-01-02")
		if here.Format("15:04") != "00:00" {
			hour, at = ", "+here.Format("15:04"), here.Format(time.RFC3339)
		}
		day := here.Format("2/1/2006")
		shows(d, fmt.Sprintf("tin-tuc/bai-%d", i), "article:published_time", "article:modified_time", "Diễn ra <time datetime="+at+">"+day+hour+"</time>", "Nguồn</a>, "+day)
		shows(d, fmt.Sprintf("en/tin-tuc/bai-%d", i), "article:published_time", "When: <time datetime="+at+">"+here.Format("2 January 2006")+hour+"</time>")
		shows(d, fmt.Sprintf("hoi-thi/hoi-%d", i), "<td>"+day+"</td>")
		shows(d, fmt.Sprintf("tri-thuc/nguoi-%d", i), strings.Replace(day, "2021", "1921", 1), "deathDate", `"`+here.Format("2006-01-02")+`"`)
	}
}
