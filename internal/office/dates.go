package office

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/viet"
)

// precision is how much of a date a cell tells.
type precision int

const (
	noDate      precision = iota // it is none
	wholeDate                    // a day, or a year alone
	monthDate                    // month and year, of which the year is kept
	roughDate                    // a year that is only near
	shortDate                    // a day whose year was written with two digits
	unknownDate                  // it says that the date is not known
)

var (
	dayFirst   = regexp.MustCompile(`^(?:ngay |sinh ngay |sinh |sn:? ?)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?: 0?0:00(?::00)?)?\.?$`)
	yearFirst  = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]0?0:00(?::00)?(?:\.0+)?Z?)?$`)
	inWords    = regexp.MustCompile(`^(?:sinh )?(?:ngay )?(?:m[uo]ng )?(\d{1,2}),? thang (\d{1,2}),? (?:nam )?(\d{4})\.?$`)
	inEnglish  = regexp.MustCompile(`^(\d{1,2})[- ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-, ]+(\d{4}|\d{2})$`)
	monthYear  = regexp.MustCompile(`^(?:sinh |sn:? ?)?(?:thang |t|[?.…x\s]*[/])?(\d{1,2})(?:\s*[/.\-]\s*|,? nam )(\d{4})\.?$`)
	yearMonth  = regexp.MustCompile(`^(\d{4})[-/](\d{1,2})$`)
	yearAlone  = regexp.MustCompile(`^(?:(?:sinh )?nam:? |sinh:? |sn[:.]? ?|ns[:.]? ?)?([12]\d{3})\.?$`)
	yearNear   = regexp.MustCompile(`^(?:(?:vao )?(?:khoang|chung|tam|uoc|gan)(?: nam)? |~ ?|≈ ?)([12]\d{3})\.?$|^([12]\d{3}) ?(?:\(?\?\)?|\(khoang\)|\(chua ro\))$`)
	notKnown   = regexp.MustCompile(`^(?:khong ro|chua ro|khong nho|khong biet|chua biet|khong|chua|khong co|chua co|k/?r|n/?a|[-–—.…?x]+)$`)
	noDayMonth = regexp.MustCompile(`^(?:[0?.…x\s]+[/.\-]){1,2}([12]\d{3})$`)
)

var (
	// zodiac is the year by the old count, or the age, that people write beside a year.
	zodiac = regexp.MustCompile(`^\(?(?:tuoi )?(?:(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy) )?(?:ty|suu|dan|mao|meo|thin|ngo|mui|than|dau|tuat|hoi)\)?$|^\(?\d{1,3} tuoi\)?$`)
	// besideYear is a date with something else in front of it or behind it.
	besideYear = regexp.MustCompile(`^(?:(\D+?) \(?)?([\d/.\-]*[12]\d{3})\)?(?:[\s,\-–]*(\(.*\)|[\d]* ?\D+))?$`)
	// lunar says that a day is one of the old calendar.
	lunar = regexp.MustCompile(`^\(?(?:am lich|al|lich am)\)?$`)
)

// months are those of dates that Excel has written in English.
const months = "janfebmaraprmayjunjulaugsepoctnovdec"

// textKey is a text of a date without what varies.
func textKey(text string) string {
	return strings.TrimLeft(strings.Join(strings.Fields(viet.Fold(text)), " "), "'’") // typed to keep Excel from reading it
}

// textDate reads a date that was typed as text, in Vietnamese order: the day, then
// the month: "2021-04-05", or "1950" where only the year is known. A year of two digits
// is one from 1930 on, as Excel takes it, or else none; a month beyond December is none.
func textDate(text string) (string, precision) {
	text = textKey(text)
	if date, how := plainDate(text); how != noDate {
		return date, how
	}
	m := besideYear.FindStringSubmatch(text)
	if m == nil {
		return "", noDate
	}
	date, how := plainDate(m[2])
	for _, word := range []string{m[1], m[3]} {
		switch {
		case word == "" || how == noDate:
		case lunar.MatchString(word): // its days, and some of its months, are of other years
			date, how = date[:4], roughDate
		case zodiac.MatchString(word):
			if len(date) == 4 {
				how = monthDate
			}
		default:
			return "", noDate
		}
	}
	return date, how
}

// plainDate reads a date with nothing beside it.
func plainDate(text string) (string, precision) {
	if notKnown.MatchString(text) {
		return "", unknownDate
	}
	if m := yearAlone.FindStringSubmatch(text); m != nil {
		return m[1], wholeDate
	}
	if m := yearNear.FindStringSubmatch(text); m != nil {
		return m[1] + m[2], roughDate
	}
	if m := noDayMonth.FindStringSubmatch(text); m != nil {
		return m[1], wholeDate
	}
	if m := monthYear.FindStringSubmatch(text); m != nil {
		return monthOf(m[2], m[1])
	}
	if m := yearMonth.FindStringSubmatch(text); m != nil {
		return monthOf(m[1], m[2])
	}
	year, month, day := "", "", ""
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := inWords.FindStringSubmatch(text); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := yearFirst.FindStringSubmatch(text); m != nil {
		year, month, day = m[1], m[2], m[3]
	} else if m := inEnglish.FindStringSubmatch(text); m != nil {
		day, month, year = m[1], strconv.Itoa(strings.Index(months, m[2])/3+1), m[3]
	}
	how := wholeDate
	if len(year) == 2 {
		if year < "30" { // of which century?
			return "", noDate
		}
		year, how = "19"+year, shortDate
	}
	if year != "" && strings.Trim(day, "0") == "" { // "00/05/1950": the day is not known
		if strings.Trim(month, "0") == "" {
			return year, wholeDate
		}
		return monthOf(year, month)
	}
	t, err := time.Parse("2006-1-2", year+"-"+strings.TrimLeft(month, "0")+"-"+strings.TrimLeft(day, "0"))
	if err != nil || t.Year() < 1000 || t.Year() > 2100 {
		return "", noDate
	}
	return t.Format(time.DateOnly), how
}

// ParseDate reads a day typed in Vietnamese order, or an ISO date, as an ISO date.
func ParseDate(text string) (string, bool) {
	date, how := textDate(text)
	return date, how == wholeDate && len(date) == len(time.DateOnly)
}

func monthOf(year, month string) (string, precision) {
	m, err := strconv.Atoi(month)
	y, err2 := strconv.Atoi(year)
	if err != nil || err2 != nil || m < 1 || m > 12 || y < 1000 || y > 2100 {
		return "", noDate
	}
	return year, monthDate
}

// date reads a date out of a cell.
func (b *workbook) date(c rawCell) (string, precision) {
	switch {
	case c.date:
		day, ok := b.day(c.text)
		// A year typed into a cell of dates: 1950 shows as a day of 1905.
		if serial, err := strconv.ParseFloat(c.text, 64); err != nil || !ok || serial >= 1800 && serial <= 2100 {
			return "", noDate
		}
		switch c.shows { // nobody typed a day
		case yearShown:
			return day.Format("2006"), wholeDate
		case monthShown:
			return day.Format("2006"), monthDate
		}
		return day.Format(time.DateOnly), wholeDate
	case c.number:
		if n, err := strconv.Atoi(c.text); err == nil && 1000 <= n && n <= 2100 {
			return c.text, wholeDate
		}
		return "", noDate
	}
	return textDate(c.text)
}
