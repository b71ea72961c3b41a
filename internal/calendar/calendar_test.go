package calendar

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

var saigon = time.FixedZone("+07", 7*3600)

var events = []Event{
	{
		UID: "hoi-thi/xi@a.vn", Start: time.Date(2026, 12, 30, 0, 0, 0, 0, saigon), End: time.Date(2027, 1, 2, 0, 0, 0, 0, saigon), AllDay: true,
		Summary: `Hội thi; "sáng tạo", \lần XI` + "\nhàng hai\r\x07",
		Text:    strings.Repeat("Nghiệp vụ đẩy mạnh Ễ🎓 ", 40), URL: "https://a.vn/hoi-thi/xi/?a=1&b=" + strings.Repeat("x", 200),
		Changed: time.Date(2026, 11, 20, 7, 0, 0, 0, saigon),
	},
	{
		UID: "tin-tuc/hop@a.vn", Start: time.Date(2026, 11, 24, 6, 30, 0, 0, saigon), Summary: "Họp", URL: "https://a.vn/tin-tuc/hop/",
		Changed: time.Date(2026, 11, 20, 7, 0, 0, 0, saigon),
	},
	{
		UID: "ton-vinh/2022@a.vn", Start: time.Date(2022, 12, 24, 0, 0, 0, 0, saigon), AllDay: true, Summary: "Tôn vinh", URL: "https://a.vn/ton-vinh/2022/",
		Changed: time.Date(2026, 11, 20, 7, 0, 0, 0, saigon),
	},
}

// TestAnotherReaderUnderstands reads what is written with a parser that is not ours.
func TestAnotherReaderUnderstands(t *testing.T) {
	data := Write("Lịch; thử, nghiệm", events)
	cal, err := ics.ParseCalendar(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	read := cal.Events()
	if len(read) != len(events) {
		t.Fatalf("%d events of %d", len(read), len(events))
	}
	value := func(e *ics.VEvent, p ics.ComponentProperty) string {
		if e.GetProperty(p) == nil {
			return ""
		}
		return ics.FromText(e.GetProperty(p).Value)
	}
	for i, want := range []struct{ uid, start, end, summary, text, url string }{
		{"ton-vinh/2022@a.vn", "20221224", "20221225", "Tôn vinh", "", events[2].URL},
		{"tin-tuc/hop@a.vn", "20261123T233000Z", "", "Họp", "", events[1].URL},
		{"hoi-thi/xi@a.vn", "20261230", "20270103", "Hội thi; \"sáng tạo\", \\lần XI\nhàng hai", events[0].Text, events[0].URL},
	} {
		e := read[i]
		for p, w := range map[ics.ComponentProperty]string{
			ics.ComponentPropertyUniqueId: want.uid, ics.ComponentPropertyDtStart: want.start, ics.ComponentPropertyDtEnd: want.end,
			ics.ComponentPropertySummary: want.summary, ics.ComponentPropertyDescription: want.text, ics.ComponentPropertyUrl: want.url,
			ics.ComponentPropertyDtstamp: "20261120T000000Z",
		} {
			if got := value(e, p); got != w {
				t.Errorf("%s of %s is %q, want %q", p, want.uid, got, w)
			}
		}
	}
	if start, err := read[1].GetStartAt(); err != nil || !start.Equal(events[1].Start) {
		t.Errorf("it begins at %v (%v)", start, err)
	}
}

// TestLinesAreAsTheStandardWants looks at the bytes.
func TestLinesAreAsTheStandardWants(t *testing.T) {
	data := string(Write("Lịch", events))
	if !strings.HasSuffix(data, "END:VCALENDAR\r\n") || strings.Count(data, "\n") != strings.Count(data, "\r\n") || strings.Count(data, "\r") != strings.Count(data, "\r\n") {
		t.Error("lines must end in CRLF")
	}
	folded := 0
	for line := range strings.SplitSeq(data, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("%d bytes: %q", len(line), line)
		}
		if strings.HasPrefix(line, " ") {
			folded++
		}
	}
	if folded < 15 {
		t.Errorf("%d lines are folded", folded)
	}
	if again := string(Write("Lịch", []Event{events[2], events[0], events[1]})); again != data {
		t.Error("the order of the events matters")
	}
}
