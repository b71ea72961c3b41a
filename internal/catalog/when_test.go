package catalog

import (
	"testing"
	"testing/fstest"
	"time"

	"lienhiep/internal/diag"
)

// parsed reads a time that a test gives.
func parsed(t *testing.T, s string) When {
	t.Helper()
	when, ok := ParseWhen(s, zone)
	if !ok {
		t.Fatal(s)
	}
	return when
}

func TestWhenInWords(t *testing.T) {
	for _, c := range []struct{ written, iso, vi, en string }{
		{"2018", "2018", "năm 2018", "2018"},
		{"2018-05", "2018-05", "tháng 5/2018", "May 2018"},
		{"2018-05-12", "2018-05-12", "12/5/2018", "12 May 2018"},
		{"2026-12-24T08:00", "2026-12-24T08:00:00+07:00", "24/12/2026, 08:00", "24 December 2026, 08:00"},
		{"2026-12-24T01:00:00Z", "2026-12-24T08:00:00+07:00", "24/12/2026, 08:00", "24 December 2026, 08:00"},
		{"2018-05-12/2018-05-14", "2018-05-12/2018-05-14", "12–14/5/2018", "12–14 May 2018"},
		{"2018-05-28/2018-06-02", "2018-05-28/2018-06-02", "28/5–2/6/2018", "28 May – 2 June 2018"},
		{"2018-12-30/2019-01-02", "2018-12-30/2019-01-02", "từ 30/12/2018 đến 2/1/2019", "30 December 2018 – 2 January 2019"},
		{"2018-05/2018-06", "2018-05/2018-06", "tháng 5–6/2018", "May–June 2018"},
		{"2018-12/2019-01", "2018-12/2019-01", "từ tháng 12/2018 đến tháng 1/2019", "December 2018 – January 2019"},
		{"2016/2017", "2016/2017", "2016–2017", "2016–2017"},
		{"2016/2016", "2016", "năm 2016", "2016"},
		{"2018-05-12/2018-05-12", "2018-05-12", "12/5/2018", "12 May 2018"},
		{"2018 / 2018-05-14", "2018/2018-05-14", "từ năm 2018 đến 14/5/2018", "2018 – 14 May 2018"},
		{"2018-05/2018-06-14", "2018-05/2018-06-14", "từ tháng 5/2018 đến 14/6/2018", "May 2018 – 14 June 2018"},
		{"2026-12-24T08:00/2026-12-24T11:30", "2026-12-24T08:00:00+07:00/2026-12-24T11:30:00+07:00", "24/12/2026, 08:00–11:30", "24 December 2026, 08:00–11:30"},
		{"2026-12-24T08:00/2026-12-25T11:30", "2026-12-24T08:00:00+07:00/2026-12-25T11:30:00+07:00", "từ 24/12/2026, 08:00 đến 25/12/2026, 11:30", "24 December 2026, 08:00 – 25 December 2026, 11:30"},
	} {
		when := parsed(t, c.written)
		if when.ISO() != c.iso || when.Words(diag.Vietnamese) != c.vi || when.Words(diag.English) != c.en {
			t.Errorf("%s: %s, %q, %q", c.written, when.ISO(), when.Words(diag.Vietnamese), when.Words(diag.English))
		}
		again, ok := ParseWhen(when.ISO(), zone)
		if !ok || again.Words(diag.Vietnamese) != c.vi {
			t.Errorf("%s read back: %v", when.ISO(), again)
		}
	}
	if unknown := (When{}); unknown.ISO() != "" || unknown.Words(diag.Vietnamese) != "" || unknown.Year() != 0 || unknown.Days() {
		t.Errorf("the unknown time is %q", unknown.ISO())
	}
}

func TestWhenRefusesWhatIsNoTime(t *testing.T) {
	for _, s := range []string{"", "/", "2018/", "/2018", "2018-5", "18", "0000", "2018-13", "2018-00", "2018-02-30", "12/5/2018", "tháng 5/2018", "2018-05-12/14", "2016/2017/2018", "2018-W20"} {
		if when, ok := ParseWhen(s, zone); ok {
			t.Errorf("%q is %v", s, when)
		}
	}
}

func TestWhenLiesInAPeriodWhereADayOfItDoes(t *testing.T) {
	from, to := parsed(t, "2022-06-01").First.Time, parsed(t, "2022-06-30").First.Time
	for s, want := range map[string]bool{
		"2022-06-01": true, "2022-06-30": true, "2022-06-30T23:59:00+07:00": true, "2022-05-31": false, "2022-07-01": false,
		"2022-05": false, "2022-06": true, "2022-07": false, "2022-05/2022-06": true, "2022-05-20/2022-06-01": true, "2022-05-20/2022-05-31T23:00": false,
		"2022": true, "2020/2024": true, "2021": false, "2023": false,
	} {
		if got := parsed(t, s).Within(from, to); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
	if (When{}).Within(from, to) {
		t.Error("what is not known lies in the period")
	}
}

// TestEventIsNeverTheDayOfPosting holds each kind to what is known of its event.
func TestEventIsNeverTheDayOfPosting(t *testing.T) {
	posted := Date{Time: time.Date(2026, 11, 20, 8, 30, 0, 0, zone)}
	at := func(s string) Happening { return Happening{Event: parsed(t, s)} }
	day := func(s string) Date { return parsed(t, s).First }
	for i, c := range []struct {
		it   timed
		want string
	}{
		{&Article{Entry: Entry{Date: posted}}, ""},
		{&Article{Entry: Entry{Date: posted}, Happening: at("2018-05")}, "2018-05"},
		{&Honour{Entry: Entry{Date: posted}, Year: 2026}, "2026"},
		{&Honour{Entry: Entry{Date: posted}, Year: 2022}, "2022"},
		{&Honour{Entry: Entry{Date: posted}, Year: 2022, Happening: at("2022-12-24")}, "2022-12-24"},
		{&Contest{Entry: Entry{Date: posted}}, ""},
		{&Contest{Entry: Entry{Date: posted}, Period: "2016–2017"}, "2016/2017"},
		{&Contest{Entry: Entry{Date: posted}, Period: "2016–2017", Begins: day("2016-03-01")}, "2016-03-01"},
		{&Contest{Entry: Entry{Date: posted}, Period: "2016–2017", Begins: day("2016-03-01"), Ends: day("2017-10-16")}, "2016-03-01/2017-10-16"},
		{&Contest{Entry: Entry{Date: posted}, Period: "2016–2017", Happening: at("2017-10-16")}, "2017-10-16"},
	} {
		if got := c.it.time().ISO(); got != c.want {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
}

func TestPlaceOnADay(t *testing.T) {
	c, findings, err := Load(fstest.MapFS{NamesFile: {Data: []byte(`
[[renamed]]
from = "Một"
to = "Hai"
since = 1991-12-26

[[renamed]]
from = "Hai"
to = "Ba"
since = 2025-07-01
`)}}, options)
	if err != nil || len(findings) > 0 {
		t.Fatal(err, print(findings))
	}
	for _, test := range []struct{ place, day, want string }{
		{"Một", "1991-12-25", "Một"}, {"Một", "1991-12-26", "Hai"}, {"Một", "2025-07-01", "Ba"}, {"Hai", "2025-06-30", "Hai"}, {"Hai", "2026-01-01", "Ba"}, {"Bốn", "2026-01-01", "Bốn"},
	} {
		if got := c.PlaceOn(test.place, parsed(t, test.day).First.Time); got != test.want {
			t.Errorf("%s on %s: %s, want %s", test.place, test.day, got, test.want)
		}
	}
}
