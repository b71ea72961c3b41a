package catalog

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/diag"
)

var ruleNoSuchDay = diag.NewRule("no-such-day", diag.Error,
	diag.Text{VI: "Không có ngày “%[2]s” trong lịch (mục “%[1]s”).", EN: "The calendar has no day “%[2]s” (“%[1]s”)."},
	diag.Text{VI: "Xem lại ngày và tháng, rồi viết năm-tháng-ngày, ví dụ 2026-11-20.", EN: "See to the day and the month, and write year-month-day, such as 2026-11-20."})

// The ways in which people write dates, the Vietnamese order first.
var datesAsWritten = []string{
	"2/1/2006", "2-1-2006", "2.1.2006", "2 1 2006", "2006-1-2", "2006/1/2", "2006.1.2", "2/1/06", "2-1-06", "1/2/2006", "1-2-2006",
	"2/1/2006 15:04", "15:04 2/1/2006", "2006/1/2 15:04", "2006-1-2 15:04", "January 2, 2006", "2 January 2006", "Jan 2, 2006", "2 Jan 2006",
}

// dateWords are what stands between the numbers of a date in words.
var dateWords = regexp.MustCompile(`(?i)\s*(?:ngày|tháng|năm|lúc|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|[,“”"'‘’])\s*`)

// asNumbers writes "Thứ Hai, ngày 5 tháng 4 năm 2021" as "5 4 2021".
func asNumbers(s string) string {
	return strings.Join(strings.Fields(dateWords.ReplaceAllString(s, " ")), " ")
}

// meantDate guesses the date meant by one written as people do, or "".
func meantDate(s string) string {
	for _, text := range []string{strings.TrimSpace(s), asNumbers(s)} {
		for _, form := range datesAsWritten {
			t, err := time.Parse(form, text)
			switch {
			case err != nil:
			case strings.Contains(form, "15"):
				return t.Format("2006-01-02T15:04:05+07:00")
			default:
				return t.Format(time.DateOnly)
			}
		}
	}
	return ""
}

var threeNumbers = regexp.MustCompile(`^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})$`)

// isNoDay reports whether a text has the form of a date of which there is none, such
// as 31/2/2024, whichever of its numbers is the day.
func isNoDay(s string) bool {
	m := threeNumbers.FindStringSubmatch(asNumbers(s))
	return m != nil && (len(m[1]) == 4) != (len(m[3]) == 4) && meantDate(strings.Join(m[1:], "-")) == ""
}

// meantValue guesses what was meant by a value of the wrong type, or "".
func meantValue(name string, v *value, f Field) string {
	switch {
	case v.text == "":
	case f.Type == TypeBool:
		switch strings.ToLower(v.text) {
		case "có", "co", "yes", "on", "1", "đúng", "x":
			return name + ": true"
		case "không", "khong", "no", "off", "0", "sai":
			return name + ": false"
		}
	case f.Type == TypeNumber:
		if n, err := strconv.Atoi(strings.TrimSpace(v.text)); err == nil {
			return name + ": " + strconv.Itoa(n)
		}
	case (f.Type == TypeList || f.Type == TypeRefs) && v.kind == textValue:
		var items []string
		for item := range strings.SplitSeq(v.text, ",") {
			items = append(items, Quote(strings.TrimSpace(item)))
		}
		return name + ": [" + strings.Join(items, ", ") + "]"
	}
	return ""
}

// meantAddress guesses the web address meant by one written without its beginning.
func meantAddress(s string) string {
	s = "https://" + strings.TrimLeft(strings.Trim(s, " \"'“”<>"), "/:")
	if isWebAddress(s) && strings.Contains(s, ".") && !strings.ContainsAny(s, "@“”") {
		return s
	}
	return ""
}
