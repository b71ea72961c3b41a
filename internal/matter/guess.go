package matter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The orders of a date's parts, the Vietnamese one first, and English ones.
var datesAsWritten = []string{"2-1-2006", "2006-1-2", "2-1-06", "1-2-2006", "January-2-2006", "2-January-2006", "Jan-2-2006", "2-Jan-2006"}

var (
	// hourAsWritten matches 8:00, 8h30, "8 giờ 30 phút" and "7 giờ tối".
	hourAsWritten = regexp.MustCompile(`(?i)T?(\d{1,2})\s*(?::|giờ|h|g)\s*(\d{1,2})?(?::\d\d)?\s*(?:phút|['’′])?\s*(trưa|chiều|tối|đêm)?`)
	ourOffset     = regexp.MustCompile(`\s*\+07(?::?00)?$`)
	dateWords     = regexp.MustCompile(`(?i)ngày|tháng|năm|lúc|vào|thứ\s*(?:[2-7]|hai|ba|tư|năm|sáu|bảy)|(?:^|\s)t[2-7]\s|chủ nhật|sáng|trưa|chiều|tối|đêm`)
	dateMarks     = regexp.MustCompile(`[-\s/.,−–“”"'‘’()]+`)
	threeNumbers  = regexp.MustCompile(`^(\d{1,4})-(\d{1,2})-(\d{1,4})$`)
)

// asWritten takes a date as people write it apart: "8 giờ, thứ Hai, ngày 5 tháng 4
// năm 2021" into "5-4-2021" and "T08:00:00+07:00". The day is "" where there is no such
// hour.
func asWritten(s string) (day, hour string) {
	if at := hourAsWritten.FindStringSubmatchIndex(s); at != nil {
		if hour = hourOf(hourAsWritten.FindStringSubmatch(s)); hour == "" {
			return "", ""
		}
		s = s[:at[0]] + " " + ourOffset.ReplaceAllString(s[at[1]:], "")
	}
	return strings.Trim(dateMarks.ReplaceAllString(dateWords.ReplaceAllString(s, " "), "-"), "-"), hour
}

// hourOf writes a match of hourAsWritten as dates have it, or "" where there is no such
// hour, or people may mean either of two.
func hourOf(m []string) string {
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	switch part := strings.ToLower(m[3]); {
	case part == "":
	case hour == 12 && part != "trưa":
		return ""
	case hour < 12 && (part == "chiều" || part == "tối" || part == "trưa" && hour < 4 || part == "đêm" && hour > 6):
		hour += 12
	}
	if hour > 23 || minute > 59 {
		return ""
	}
	return fmt.Sprintf("T%02d:%02d:00+07:00", hour, minute)
}

// GuessDate returns the date meant by one that is written as people do ("24/12/2026"),
// "" where it is ambiguous or none.
func GuessDate(s string) string {
	day, hour := asWritten(s)
	for _, form := range datesAsWritten {
		if t, err := time.Parse(form, day); err == nil {
			return t.Format(time.DateOnly) + hour
		}
	}
	return ""
}

// The forms of a month, of days or months that share what follows them, and of years.
var (
	monthAsWritten = regexp.MustCompile(`^(?:(\d{1,2})-(\d{4})|(\d{4})-(\d{1,2}))$`)
	rangeAsWritten = regexp.MustCompile(`\s*(?:[/–—−]|\s-\s|đến(?:\s+hết)?|tới)\s*`)
	sharedMonth    = regexp.MustCompile(`^(?:từ\s+)?(?:ngày\s+)?(\d{1,2})\s*(?:[-–—−]|đến)\s*(?:ngày\s+)?(\d{1,2})((?:\s*[/.]\s*|\s+tháng\s+)\d{1,2}(?:\s*[/.]\s*|\s+năm\s+)\d{4})$`)
	sharedYear     = regexp.MustCompile(`^(?:từ\s+)?(?:tháng\s+)?(\d{1,2})\s*(?:[-–—−]|đến)\s*(?:tháng\s+)?(\d{1,2})((?:\s*[/.]\s*|\s+năm\s+)\d{4})$`)
	isoDays        = regexp.MustCompile(`^(\d{4}-\d{2}-)(\d{2})/(\d{2})$`)
	twoYears       = regexp.MustCompile(`^(?:từ\s+)?(?:năm\s+)?(\d{4})\s*(?:[-–—−]|đến)\s*(?:năm\s+)?(\d{4})$`)
)

// GuessWhen returns the time meant by one that is written as people do ("tháng 5/2018",
// "12–14/5/2018", "năm 2018"), "" where it is ambiguous or none.
func GuessWhen(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, shared := range []*regexp.Regexp{sharedMonth, sharedYear} {
		if m := shared.FindStringSubmatch(s); m != nil {
			return guessRange(m[1]+m[3], m[2]+m[3])
		}
	}
	if m := isoDays.FindStringSubmatch(s); m != nil {
		return guessRange(m[1]+m[2], m[1]+m[3])
	}
	if m := twoYears.FindStringSubmatch(s); m != nil {
		return guessRange(m[1], m[2])
	}
	if one := guessOne(s); one != "" {
		return one
	}
	for _, at := range rangeAsWritten.FindAllStringIndex(s, -1) {
		if guess := guessRange(strings.TrimPrefix(s[:at[0]], "từ "), s[at[1]:]); guess != "" {
			return guess
		}
	}
	return ""
}

// yearEnds matches what an end of a range has and its beginning may leave out: "12/5 đến
// 14/5/2018", "12 đến 14/5/2018".
var yearEnds = []*regexp.Regexp{regexp.MustCompile(`(?:[/.-]|\s*năm\s*)\d{4}$`), regexp.MustCompile(`(?:[/.-]|\s*tháng\s*)\d{1,2}(?:[/.-]|\s*năm\s*)\d{4}$`)}

func guessRange(from, to string) string {
	for _, shared := range yearEnds {
		if guessOne(from) == "" {
			if whole := strings.TrimSpace(from) + shared.FindString(strings.TrimSpace(to)); GuessDate(whole) != "" {
				from = whole
			}
		}
	}
	from, to = guessOne(from), guessOne(to)
	if from == "" || to == "" {
		return ""
	}
	return from + "/" + to
}

// guessOne is the day, month or year meant.
func guessOne(s string) string {
	if day := GuessDate(s); day != "" {
		return day
	}
	part, hour := asWritten(s)
	if hour != "" {
		return ""
	}
	if m := monthAsWritten.FindStringSubmatch(part); m != nil {
		month, _ := strconv.Atoi(m[1] + m[4]) // one of them is empty
		if month >= 1 && month <= 12 {
			return fmt.Sprintf("%s-%02d", m[2]+m[3], month)
		}
		return ""
	}
	if t, err := time.Parse("2006", part); err == nil {
		return t.Format("2006")
	}
	return ""
}

// IsNoDay reports whether a text has the form of a date that the calendar lacks, such as
// 31/2/2024, whichever of its numbers is the day.
func IsNoDay(s string) bool {
	day, _ := asWritten(s)
	m := threeNumbers.FindStringSubmatch(day)
	return m != nil && (len(m[1]) == 4) != (len(m[3]) == 4) && GuessDate(day) == ""
}

// GuessValue returns the line of YAML that was probably meant by a value of the wrong
// type, or "".
func GuessValue(name string, v *Value, f Field) string {
	switch {
	case v.Text == "":
	case f.Type == TypeBool:
		switch strings.ToLower(v.Text) {
		case "có", "co", "yes", "on", "1", "đúng", "x":
			return name + ": true"
		case "không", "khong", "no", "off", "0", "sai":
			return name + ": false"
		}
	case f.Type == TypeNumber:
		if n, err := strconv.Atoi(strings.TrimSpace(v.Text)); err == nil {
			return name + ": " + strconv.Itoa(n)
		}
	case (f.Type == TypeList || f.Type == TypeRefs) && v.Kind == Text:
		var items []string
		for item := range strings.SplitSeq(v.Text, ",") {
			items = append(items, Quote(strings.TrimSpace(item)))
		}
		return name + ": [" + strings.Join(items, ", ") + "]"
	}
	return ""
}
