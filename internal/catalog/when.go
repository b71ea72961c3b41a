package catalog

import (
	"cmp"
	"strings"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

var (
	ruleBadWhen = diag.NewRule("bad-when", diag.Error,
		diag.Text{VI: "Thời điểm “%[2]s” ở mục “%[1]s” không đúng dạng.", EN: "“%[2]s” in “%[1]s” is not a time."},
		diag.Text{VI: "Ghi đúng điều biết chắc: năm (2018), năm-tháng (2018-05), ngày (2018-05-12), từ ngày đến ngày (2018-05-12/2018-05-14), hoặc ngày giờ (2026-12-24T08:00); không rõ thì bỏ dòng này.",
			EN: "Give as much as is known: a year (2018), a month (2018-05), a day (2018-05-12), a range (2018-05-12/2018-05-14) or a day with a time (2026-12-24T08:00); leave it out where nothing is known."})
	ruleWhenBackwards = diag.NewRule("bad-when-order", diag.Error,
		diag.Text{VI: "Thời điểm “%[2]s” ở mục “%[1]s” kết thúc trước khi bắt đầu.", EN: "“%[2]s” in “%[1]s” ends before it begins."},
		diag.Text{VI: "Trước dấu / là lúc bắt đầu, sau dấu / là lúc kết thúc.", EN: "The beginning stands before the slash, the end after it."})
)

// When is the time of an event as far as it is known: from the beginning of First to the
// end of Last, which are one where it was a single moment, day, month or year. The zero
// When is unknown.
type When struct{ First, Last Date }

// ParseWhen reads a time as front matter has it: 2018, 2018-05, 2018-05-12,
// 2026-12-24T08:00, or two of them with a slash between. A time without an offset is in
// the zone. It reads a range also where its end is before its beginning.
func ParseWhen(s string, zone *time.Location) (When, bool) {
	from, to, isRange := strings.Cut(s, "/")
	first, ok := parseOne(strings.TrimSpace(from), zone)
	if !isRange {
		return When{first, first}, ok
	}
	last, ok2 := parseOne(strings.TrimSpace(to), zone)
	return When{first, last}, ok && ok2
}

func parseOne(s string, zone *time.Location) (Date, bool) {
	if t, err := time.ParseInLocation("2006-01", s, zone); err == nil {
		return Date{t, ToMonth}, t.Year() > 0
	}
	t, yearOnly, ok := matter.ParseDate(s, true, zone)
	if yearOnly {
		return Date{t, ToYear}, ok && t.Year() > 0
	}
	return Date{t, ToDay}, ok
}

// years is a range of years.
func years(first, last int, zone *time.Location) When {
	of := func(n int) Date { return Date{time.Date(n, 1, 1, 0, 0, 0, 0, zone), ToYear} }
	return When{of(first), of(last)}
}

// Known reports whether anything is known of the time.
func (w When) Known() bool { return w.Last.Known() }

// Year returns the year that the event is counted in, its last; 0 if it is unknown.
func (w When) Year() int {
	if !w.Known() {
		return 0
	}
	return w.Last.Year()
}

// Days reports whether its days are known, so that it has a place in a calendar.
func (w When) Days() bool {
	return w.Known() && w.First.Precision == ToDay && w.Last.Precision == ToDay
}

// Within reports whether the time overlaps the period from the day from to the day to,
// inclusive.
func (w When) Within(from, to time.Time) bool {
	return w.Known() && w.First.Before(to.AddDate(0, 0, 1)) && !w.Last.end().Before(from)
}

// holds reports whether the whole of another time lies within this one.
func (w When) holds(other When) bool {
	return w.Known() && other.Known() && !other.First.Before(w.First.Time) && !other.Last.end().After(w.Last.end())
}

// compare orders times by the beginnings of what is known of their ends, so that a year is
// before its days, then by when they began; the unknown time is before all.
func (w When) compare(other When) int {
	return cmp.Or(w.Last.Compare(other.Last.Time), w.First.Compare(other.First.Time))
}

// end is the last moment that the date may mean.
func (d Date) end() time.Time {
	switch {
	case d.Precision == ToYear:
		return d.AddDate(1, 0, 0).Add(-1)
	case d.Precision == ToMonth:
		return d.AddDate(0, 1, 0).Add(-1)
	case !d.timed():
		return d.AddDate(0, 0, 1).Add(-1)
	}
	return d.Time
}

// timed reports whether a day's time is known.
func (d Date) timed() bool {
	return d.Precision == ToDay && d.Hour()+d.Minute()+d.Second() > 0
}

// ISO returns the date by ISO 8601, as exactly as it is known: "2018", "2018-05",
// "2018-05-12", "2026-12-24T08:00:00+07:00".
func (d Date) ISO() string {
	switch {
	case !d.Known():
		return ""
	case d.Precision == ToYear:
		return d.Format("2006")
	case d.Precision == ToMonth:
		return d.Format("2006-01")
	case !d.timed():
		return d.Format(time.DateOnly)
	}
	return d.Format(time.RFC3339)
}

// ISO returns the time by ISO 8601, a range with a slash; "" if it is unknown.
func (w When) ISO() string {
	if first, last := w.First.ISO(), w.Last.ISO(); first != last {
		return first + "/" + last
	}
	return w.Last.ISO()
}

// Words returns the time as people write it: "12–14/5/2018", "tháng 5/2018", "năm 2018",
// "12–14 May 2018"; "" if it is unknown.
func (w When) Words(l diag.Lang) string {
	if !w.Known() {
		return ""
	}
	if w.First == w.Last {
		return w.First.words(l)
	}
	sameYear := w.First.Year() == w.Last.Year()
	sameMonth := sameYear && w.First.Month() == w.Last.Month()
	sameDay := sameMonth && w.First.Day() == w.Last.Day()
	vietnamese := l == diag.Vietnamese
	switch p := w.First.Precision; {
	case p != w.Last.Precision || !sameDay && (w.First.timed() || w.Last.timed()):
	case p == ToYear && sameYear, p == ToMonth && sameMonth:
		return w.First.words(l)
	case p == ToYear:
		return w.First.Format("2006–") + w.Last.Format("2006")
	case p == ToMonth && sameYear && vietnamese:
		return "tháng " + w.First.Format("1–") + w.Last.Format("1/2006")
	case p == ToMonth && sameYear:
		return w.First.Format("January–") + w.Last.Format("January 2006")
	case p == ToMonth:
	case sameDay:
		return w.First.words(l) + "–" + w.Last.Format("15:04")
	case sameMonth && vietnamese:
		return w.First.Format("2–") + w.Last.Format("2/1/2006")
	case sameMonth:
		return w.First.Format("2–") + w.Last.Format("2 January 2006")
	case sameYear && vietnamese:
		return w.First.Format("2/1–") + w.Last.Format("2/1/2006")
	case sameYear:
		return w.First.Format("2 January – ") + w.Last.Format("2 January 2006")
	}
	if vietnamese {
		return "từ " + w.First.words(l) + " đến " + w.Last.words(l)
	}
	return w.First.words(l) + " – " + w.Last.words(l)
}

func (d Date) words(l diag.Lang) string {
	layouts := map[Precision]diag.Text{
		ToDay:   {VI: "2/1/2006", EN: "2 January 2006"},
		ToMonth: {VI: "tháng 1/2006", EN: "January 2006"},
		ToYear:  {VI: "năm 2006", EN: "2006"},
	}
	words := d.Format(layouts[d.Precision].In(l))
	if d.timed() {
		words += d.Format(", 15:04")
	}
	return words
}
