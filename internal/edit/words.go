package edit

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// speaker says findings in the words of a form.
type speaker struct {
	fields []matter.Field           // of the form
	at     string                   // the path of the place in it
	title  func(file string) string // of an entry
	zone   *time.Location
}

// say is the finding's message and hint as the desk says them.
func (s speaker) say(f diag.Finding) (message, hint string) {
	as := saidOf(f.Code)
	message, hint = f.Message(diag.Vietnamese), f.Rule.Hint.VI
	if hint != "" {
		guessed := f.Nearest
		f.Nearest = ""
		hint = f.Hint(diag.Vietnamese)
		f.Nearest = guessed
	}
	if as.Message != "" {
		message = s.fill(as.Message, f)
	}
	if as.Hint != "" {
		hint = s.fill(as.Hint, f)
	}
	guess := ""
	if _, own := sentences[f.Code]; !own && !unreadable(f.Code) {
		guess = f.Nearest
	} else if as.Guess != "" && f.Nearest != "" {
		guess = s.word(f.Nearest, as.Guess)
	}
	if guess != "" {
		hint = strings.TrimSpace("Có phải ý bạn là “" + guess + "”? " + hint)
	}
	return asDays(message), asDays(hint)
}

// dayInText matches a day as front matter has it, where it is not part of an address.
var dayInText = regexp.MustCompile(`(^|[\s“(])(\d{4}-\d{2}-\d{2})\b`)

// asDays writes the days in a sentence as people do.
func asDays(text string) string {
	return dayInText.ReplaceAllStringFunc(text, func(found string) string {
		m := dayInText.FindStringSubmatch(found)
		day, err := time.Parse(time.DateOnly, m[2])
		if err != nil {
			return found // it is told that there is no such day
		}
		return m[1] + day.Format("2/1/2006")
	})
}

// saidOf is what the desk says of a rule's findings, empty where the rule's own words do.
func saidOf(code string) sentence {
	if unreadable(code) {
		return saidOfUnreadable
	}
	return sentences[code]
}

// blank is a place in a [sentence] that the finding fills.
var blank = regexp.MustCompile(`\{(\w+)(?::(\w+))?\}`)

func (s speaker) fill(text string, f diag.Finding) string {
	return blank.ReplaceAllStringFunc(text, func(found string) string {
		m := blank.FindStringSubmatch(found)
		switch m[1] {
		case "field":
			return "“" + s.label() + "”"
		case "at":
			if f.Pos.Line == 0 {
				return ""
			}
			return fmt.Sprintf(" (dòng %d)", f.Pos.Line)
		}
		n, _ := strconv.Atoi(m[1])
		arg := fmt.Sprint(f.Arg(n))
		if m[2] == "" {
			return arg
		}
		return s.word(arg, m[2])
	})
}

// word is an argument of a finding as people call it.
func (s speaker) word(arg, kind string) string {
	switch kind {
	case "label":
		return "“" + cmp.Or(labelOf(s.beside(), arg), labelOf(s.fields, arg), arg) + "”"
	case "choice":
		for _, fields := range [][]matter.Field{s.beside(), s.fields} {
			for _, f := range fields {
				if f.Words[arg] != "" {
					return f.Words[arg]
				}
			}
		}
	case "date":
		return shownDate(arg, s.zone)
	case "page":
		return cmp.Or(s.title(arg), untitled)
	case "person":
		return cmp.Or(s.title("content/"+catalog.KindPerson.Folder()+"/"+arg+"/index.md"), untitled)
	}
	return arg
}

// beside are the fields around the place.
func (s speaker) beside() []matter.Field {
	fields := s.fields
	for _, key := range strings.Split(s.at, ".") {
		if i := slices.IndexFunc(fields, func(f matter.Field) bool { return f.Key == key }); i >= 0 && fields[i].Fields != nil {
			fields = fields[i].Fields
		}
	}
	return fields
}

// formOf speaks in the words of the form of what is in a file.
func formOf(file string) speaker {
	if t := catalog.TableOf(file); t != nil {
		return speaker{fields: t.Fields}
	}
	return speaker{fields: catalog.Schema(catalog.KindOf(file))}
}

// label is what the form calls the place.
func (s speaker) label() string { return s.labelAt(s.at) }

// labelAt is what the form calls a place: the innermost field with a name.
func (s speaker) labelAt(place string) string {
	label, fields := "", s.fields
	if place == "body" {
		return "Lời bài"
	}
	for _, key := range strings.Split(place, ".") {
		if i := slices.IndexFunc(fields, func(f matter.Field) bool { return f.Key == key }); i >= 0 {
			label = fields[i].Label.VI
			if fields[i].Fields != nil {
				fields = fields[i].Fields
			}
		}
	}
	return cmp.Or(label, "Tiêu đề")
}

func labelOf(fields []matter.Field, key string) string {
	for _, f := range fields {
		if f.Key == key {
			return f.Label.VI
		}
	}
	for _, f := range fields {
		if label := labelOf(f.Fields, key); label != "" {
			return label
		}
	}
	return ""
}

// untitled is what an entry is called that has no title.
const untitled = "Chưa có tiêu đề"

// namedIn is the path of the value that a finding about a group of values names: one at
// "notes.0.date" that says that "author" is missing there is about "notes.0.author".
func namedIn(all []matter.Field, at string, f diag.Finding) string {
	key, _ := f.Arg(1).(string)
	steps := strings.Split(at, ".")
	fields, group := all, 0
	for i := 0; i < len(steps); i++ {
		n := slices.IndexFunc(fields, func(f matter.Field) bool { return f.Key == steps[i] })
		if n < 0 || fields[n].Fields == nil {
			break
		}
		if fields = fields[n].Fields; i+1 < len(steps) && strings.Trim(steps[i+1], "0123456789") == "" {
			i++
		}
		group = i + 1
	}
	if group == 0 || !slices.ContainsFunc(fields, func(f matter.Field) bool { return f.Key == key }) {
		return at
	}
	return strings.Join(append(slices.Clone(steps[:group]), key), ".")
}
