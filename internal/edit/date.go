package edit

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/matter"
)

// shownDate returns a date or a time of front matter as people write it; what is none is
// returned as it is.
func shownDate(raw string, zone *time.Location) string {
	w, ok := catalog.ParseWhen(raw, zone)
	if !ok || !w.Known() {
		return raw
	}
	if from, to, isRange := strings.Cut(raw, "/"); isRange {
		return shownDate(strings.TrimSpace(from), zone) + " – " + shownDate(strings.TrimSpace(to), zone)
	}
	return spoken(w.First, zone)
}

// spokenWhen is a day, a month or a range as people write it.
func spokenWhen(w catalog.When, zone *time.Location) string {
	from, to := spoken(w.First, zone), spoken(w.Last, zone)
	if from == to || !w.First.Known() {
		return to
	}
	return from + " – " + to
}

func spoken(d catalog.Date, zone *time.Location) string {
	t := d.In(zone)
	switch {
	case d.Precision == catalog.ToYear:
		return t.Format("2006")
	case d.Precision == catalog.ToMonth:
		return t.Format("1/2006")
	case t.Second() != 0:
		return t.Format("2/1/2006 15:04:05")
	case t.Hour()+t.Minute() != 0:
		return t.Format("2/1/2006 15:04")
	}
	return t.Format("2/1/2006")
}

// rawDate returns a date or time that people write as front matter has it; what it cannot
// understand is returned as it is, for the check to tell of.
func rawDate(s string, t matter.Type, zone *time.Location) string {
	s = strings.TrimSpace(s)
	if _, ok := catalog.ParseWhen(s, zone); ok {
		return s
	}
	guess := matter.GuessDate
	if t == matter.TypeWhen {
		guess = matter.GuessWhen
	}
	return cmp.Or(guess(s), nearDate(s, time.Now().In(zone)), s)
}

// The parts of a moment that is told from today.
var (
	hourAsSaid = regexp.MustCompile(`(?:lúc\s+)?(\d{1,2})(?:\s*(?::|giờ|h)\s*(\d{2})?(?:\s*phút)?)\s*(sáng|trưa|chiều|tối)?`)
	dayOfYear  = regexp.MustCompile(`^(?:ngày\s+)?(\d{1,2})\s*(?:/|-|\.|tháng)\s*(\d{1,2})$`)
	daysOfWeek = map[string]time.Weekday{"chủ nhật": 0, "thứ hai": 1, "thứ ba": 2, "thứ tư": 3, "thứ năm": 4, "thứ sáu": 5, "thứ bảy": 6,
		"thứ 2": 1, "thứ 3": 2, "thứ 4": 3, "thứ 5": 4, "thứ 6": 5, "thứ 7": 6, "cn": 0}
	daysAhead = map[string]int{"hôm nay": 0, "nay": 0, "mai": 1, "ngày mai": 1, "ngày kia": 2, "mốt": 2}
)

// nearDate returns the moment that is meant by one told from today ("7:00 Chủ nhật", "8 giờ
// sáng mai", "29/11"), the next of those that it may be; "" if it is none.
func nearDate(s string, now time.Time) string {
	s = strings.Join(strings.Fields(strings.ToLower(s)), " ")
	hour, minute, timed := 0, 0, false
	if m := hourAsSaid.FindStringSubmatchIndex(s); m != nil {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s[m[2*i]:m[2*i+1]]
		}
		hour, _ = strconv.Atoi(part(1)) // digits
		minute, _ = strconv.Atoi(cmp.Or(part(2), "0"))
		if half := part(3); hour < 12 && (half == "chiều" || half == "tối") {
			hour += 12
		}
		timed = true
		s = strings.TrimSpace(s[:m[0]] + " " + s[m[1]:])
	}
	s = strings.TrimSpace(strings.Trim(s, ","))
	day, ok := dayAsSaid(s, now, hour*60+minute, timed)
	if !ok || hour > 23 || minute > 59 {
		return ""
	}
	if !timed {
		return day.Format(time.DateOnly)
	}
	return fmt.Sprintf("%sT%02d:%02d:00%s", day.Format(time.DateOnly), hour, minute, now.Format("-07:00"))
}

// dayAsSaid is the day; minutes are those of the hour that was given with it.
func dayAsSaid(s string, now time.Time, minutes int, timed bool) (time.Time, bool) {
	gone := timed && minutes <= now.Hour()*60+now.Minute()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	if s == "" && timed {
		if gone {
			return today.AddDate(0, 0, 1), true
		}
		return today, true
	}
	if n, ok := daysAhead[s]; ok {
		return today.AddDate(0, 0, n), true
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, " này"), " tuần")
	next := 0
	for _, said := range []string{" tuần sau", " tuần tới"} {
		if before, ok := strings.CutSuffix(s, said); ok {
			s, next = before, 1
		}
	}
	if day, ok := daysOfWeek[s]; ok {
		ahead := (int(day) - int(now.Weekday()) + 7) % 7
		if next == 1 { // the week begins on Monday
			monday := (8 - int(now.Weekday())) % 7
			if monday == 0 {
				monday = 7
			}
			return today.AddDate(0, 0, monday+(int(day)+6)%7), true
		}
		if ahead == 0 && (gone || !timed) {
			ahead = 7
		}
		return today.AddDate(0, 0, ahead), true
	}
	if m := dayOfYear.FindStringSubmatch(s); m != nil {
		for _, year := range []int{now.Year(), now.Year() + 1} {
			day, err := time.ParseInLocation("2-1-2006", fmt.Sprintf("%s-%s-%d", m[1], m[2], year), now.Location())
			if err != nil {
				return time.Time{}, false
			}
			if !day.Before(today) {
				return day, true
			}
		}
	}
	return time.Time{}, false
}

// understood is a date of front matter in so many words that who wrote it sees what is
// meant: "7:00 Chủ nhật 29/11/2026". It is "" for what is no day.
func understood(raw string, zone *time.Location) string {
	w, ok := catalog.ParseWhen(raw, zone)
	if !ok || !w.Known() || strings.Contains(raw, "/") || w.First.Precision == catalog.ToYear || w.First.Precision == catalog.ToMonth {
		return ""
	}
	t := w.First.In(zone)
	if t.Hour()+t.Minute() > 0 {
		return hour(t)
	}
	return weekdays[t.Weekday()] + " " + t.Format("2/1/2006")
}
