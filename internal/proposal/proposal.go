// Package proposal reads out of a text what its entry is about: the provisions, people and
// fields that its editor will probably want to name. A proposal is for an editor to accept
// by one press, and is never made in their place.
//
// In: the catalogue, and a text. Out: proposals, the likeliest first, each with the words
// of the text that it was made for.
package proposal

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/catalog"
	"lienhiep/internal/markdown"
	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
)

// Text is what is written of an entry.
type Text struct {
	File               string // the entry's own: what it names itself is no evidence
	Title, Description string
	Body               string        // Markdown
	Scope              catalog.Scope // whose event it tells of, "" where it is not said
	When               catalog.When  // when that was, as far as it is known
}

// Written returns the text of an entry by its front matter and body.
func Written(file string, values *matter.Value, body string, zone *time.Location) Text {
	said := func(key string) string {
		if v := values.Get(key); v != nil {
			return v.Text
		}
		return ""
	}
	when, _ := catalog.ParseWhen(said("event"), zone)
	return Text{File: file, Title: said("title"), Description: said("description"), Body: body, Scope: catalog.Scope(said("scope")), When: when}
}

// Proposal is what an entry may be about.
type Proposal struct {
	Value string // as front matter has it: "15-kh-tu/ii-1-2", "tran-dai-nghia", "Y học"
	Words string // of the text, for which it is proposed
}

// Lists is what is proposed for each of an entry's lists.
type Lists struct {
	Provisions, People, Fields []Proposal
}

// most is how many are proposed for a list.
const most = 3

// Of returns what a text seems to be about.
func Of(c *catalog.Catalog, t Text) Lists {
	r := read(t)
	return Lists{r.provisions(c, t), r.people(c), r.fields(c)}
}

// Weights of the places in which a phrase stands.
const (
	inTitle       = 3.0
	inDescription = 2.0
	inBody        = 1.0
)

// reading is a text as phrases.
type reading struct {
	weights map[string]float64 // by the most prominent place of each
	times   map[string]int
	words   map[string]string // as each stands in the text
	parts   []string          // title, description and body
	places  map[string]place  // the first of each
}

// place is where in a part a phrase stands.
type place struct{ part, start, end int }

func read(t Text) reading {
	r := reading{weights: map[string]float64{}, times: map[string]int{}, words: map[string]string{}, places: map[string]place{}}
	for i, part := range []struct {
		text   string
		weight float64
	}{{t.Title, inTitle}, {t.Description, inDescription}, {visible(t.Body), inBody}} {
		text := norm.NFC.String(part.text)
		r.parts = append(r.parts, text)
		phrases(text, func(key string, start, end int) {
			r.weights[key] = max(r.weights[key], part.weight)
			r.times[key]++
			if r.words[key] == "" {
				r.words[key] = strings.Join(strings.Fields(text[start:end]), " ")
				r.places[key] = place{i, start, end}
			}
		})
	}
	return r
}

// longestWords bounds what is shown of a text, in bytes.
const longestWords = 80

// around returns the words of a place with those of the others that overlap it.
func (r reading) around(at place, others []place) string {
	for grown := true; grown; {
		grown = false
		for _, o := range others {
			start, end := min(at.start, o.start), max(at.end, o.end)
			if o.part == at.part && o.start < at.end && at.start < o.end && end-start > at.end-at.start && end-start <= longestWords {
				at.start, at.end, grown = start, end, true
			}
		}
	}
	return strings.Join(strings.Fields(r.parts[at.part][at.start:at.end]), " ")
}

// visible is what readers see of Markdown, a line for each block.
func visible(body string) string {
	var lines []string
	for _, block := range markdown.Blocks(body) {
		src := []byte(block)
		lines = append(lines, markdown.Words(markdown.Parse(src), src))
	}
	return strings.Join(lines, "\n")
}

// longest is how many syllables a phrase may have.
const longest = 5

// phrases calls f for every run of syllables of a text in which no sign stands, with its
// place. The key is the same in every spelling of its sounds.
func phrases(text string, f func(key string, start, end int)) {
	type syllable struct {
		key        string
		start, end int
		apart      bool // from the one before, by a sign
	}
	var all []syllable
	last := 0
	for s := range viet.Syllables(text) {
		apart := strings.Trim(text[last:s.Start], " \u00a0-") != ""
		all = append(all, syllable{string(s.Key) + string('0'+rune(s.Marks)), s.Start, s.End, apart})
		last = s.End
	}
	for i := range all {
		key := ""
		for j := i; j < min(len(all), i+longest) && (j == i || !all[j].apart); j++ {
			key += all[j].key + " "
			f(key, all[i].start, all[j].end)
		}
	}
}

// keyOf is the key of a name.
func keyOf(name string) string {
	key := ""
	for s := range viet.Syllables(name) {
		key += string(s.Key) + string('0'+rune(s.Marks)) + " "
	}
	return key
}
