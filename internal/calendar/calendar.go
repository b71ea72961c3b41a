// Package calendar writes events as iCalendar (RFC 5545), to which calendar
// programs can subscribe.
//
// In: events, each with a day or a time. Out: the file, the same bytes for the
// same events.
package calendar

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Event is one event of the calendar.
type Event struct {
	UID     string // lasting; unique in the calendar
	Start   time.Time
	End     time.Time // the last day, or the zero time for that of Start
	AllDay  bool      // the clock of Start and End says nothing
	Summary string
	Text    string // more of it, or ""
	URL     string
	Changed time.Time // when its words last changed
}

// Write returns the calendar with its events ordered by day. There must be at least one:
// RFC 5545 does not allow an empty calendar.
func Write(name string, events []Event) []byte {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b Event) int {
		if c := a.Start.Compare(b.Start); c != 0 {
			return c
		}
		return strings.Compare(a.UID, b.UID)
	})
	var w writer
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//lienhiep//lienhiep//VI")
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", "PUBLISH")
	w.line("NAME", escape(name)) // RFC 7986
	w.line("X-WR-CALNAME", escape(name))
	w.line("REFRESH-INTERVAL;VALUE=DURATION", "P1D")
	for _, e := range events {
		w.event(e)
	}
	w.line("END", "VCALENDAR")
	return []byte(w.String())
}

type writer struct{ strings.Builder }

func (w *writer) event(e Event) {
	w.line("BEGIN", "VEVENT")
	w.line("UID", e.UID)
	w.line("DTSTAMP", e.Changed.UTC().Format(moment))
	if e.AllDay {
		last := e.Start
		if e.End.After(last) {
			last = e.End
		}
		w.line("DTSTART;VALUE=DATE", e.Start.Format(day))
		w.line("DTEND;VALUE=DATE", last.AddDate(0, 0, 1).Format(day)) // the day after the last
	} else {
		w.line("DTSTART", e.Start.UTC().Format(moment))
		if e.End.After(e.Start) {
			w.line("DTEND", e.End.UTC().Format(moment))
		}
	}
	w.line("SUMMARY", escape(e.Summary))
	if e.Text != "" {
		w.line("DESCRIPTION", escape(e.Text))
	}
	w.line("URL", e.URL)
	w.line("TRANSP", "TRANSPARENT") // it takes nobody's time
	w.line("END", "VEVENT")
}

// A day has no zone; a moment is given in that of Greenwich, so that no reader
// needs the rules of another.
const (
	day    = "20060102"
	moment = "20060102T150405Z"
)

// longest is how many bytes a line may have, without its end.
const longest = 75

// line writes a property, folded where it is too long: a letter is never cut.
func (w *writer) line(name, value string) {
	rest := name + ":" + value
	for room := longest; len(rest) > room; room = longest - 1 { // a space begins the next
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		w.WriteString(rest[:cut] + "\r\n ")
		rest = rest[cut:]
	}
	w.WriteString(rest + "\r\n")
}

// escape writes text as a value; characters that no value may hold are left out.
func escape(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(text)
}
