package matter

import "time"

// dateForms are the layouts of a date, perhaps with a time. Those with seconds Hugo reads
// as well; for the others layouts/_partials/local.html adds them.
var dateForms = []string{
	time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -07:00",
	"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04Z07:00", "2006-01-02 15:04Z07:00", "2006-01-02 15:04 -07:00",
}

// ParseDate reads a date as front matter has it, as a moment in the zone, which is also
// that of a date without an offset. With yearAlone, four digits are a year: the moment is
// its beginning, and yearOnly is true.
func ParseDate(s string, yearAlone bool, zone *time.Location) (t time.Time, yearOnly, ok bool) {
	if yearAlone && len(s) == 4 {
		if t, err := time.ParseInLocation("2006", s, zone); err == nil {
			return t, true, true
		}
	}
	for _, form := range dateForms {
		if t, err := time.ParseInLocation(form, s, zone); err == nil {
			return t.In(zone), false, t.Year() > 0
		}
	}
	return time.Time{}, false, false
}

// shortDate writes a moment as a day, if it is the beginning of one, and otherwise with
// the zone's offset.
func shortDate(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	if t.Hour()+t.Minute()+t.Second() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}
