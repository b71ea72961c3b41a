package office

import (
	"slices"
	"strconv"
	"strings"
)

// Reading is how a document becomes an article.
type Reading struct {
	ToFill string            // begins a placeholder that somebody must fill in: the description of a picture, a formula
	Leave  []string          // IDs of what is not to be taken for what it was [Recognised] as
	Alts   map[string]string // descriptions of pictures, by the names that the article gives them
}

func (r Reading) leaves(id string) bool { return slices.Contains(r.Leave, id) }

// Recognised is what paragraphs of a document were taken for by their look alone, or why
// they are not in the article's text. It is the same whatever a [Reading] leaves.
type Recognised struct {
	ID            string // "12", "12-15" of paragraphs of the document, else the same as As
	As            Look
	Before, After string // the words, in lines; After is "" of what is not in the text
}

// Look is what paragraphs look like.
type Look string

const (
	LookHeading   Look = "heading"
	LookList      Look = "list"
	LookCaption   Look = "caption"
	LookQuotation Look = "quotation"
	LookTitle     Look = "title"      // in capitals, which are written as usual
	LookAuthor    Look = "author"     // who wrote, and perhaps took the pictures
	LookHead      Look = "letterhead" // of an official document
	LookSignature Look = "signature"  // with those who receive it
	LookContents  Look = "contents"   // a typed table of contents
)

// numbered returns the blocks with their paragraphs' numbers, from 1, of which those that
// a reading leaves keep the role that they have.
func (r Reading) numbered(blocks []block) []block {
	left := make([]bool, len(blocks)+1)
	for _, id := range r.Leave {
		from, to, isRange := strings.Cut(id, "-")
		if !isRange {
			to = from
		}
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if err1 == nil && err2 == nil {
			for i := max(first, 0); i <= min(last, len(blocks)); i++ {
				left[i] = true
			}
		}
	}
	out := make([]block, len(blocks))
	for i, b := range blocks {
		if p, ok := b.(*para); ok {
			c := *p
			c.number, c.left = i+1, left[i+1]
			b = &c
		}
		out[i] = b
	}
	return out
}

// compare tells what paragraphs have become that had no role, several of a list together.
func compare(before, after []block) []Recognised {
	was := map[int]*para{}
	for _, b := range before {
		if p, ok := b.(*para); ok {
			was[p.number] = p
		}
	}
	type lines struct{ before, after []string }
	var all []Recognised
	var texts []lines
	last := 0 // the last paragraph of the list that may go on
	for _, b := range after {
		p, ok := b.(*para)
		if !ok || p.number == 0 {
			last = 0
			continue
		}
		old, as := was[p.number], p.look()
		if as == "" || plainPara(old) == nil || old.role == p.role && p.item == nil {
			if !blank(p.runs) {
				last = 0
			}
			continue
		}
		text := plain(p.runs)
		if as == LookList {
			text = strings.Repeat("  ", p.item.level) + p.sign() + " " + text
		}
		id := strconv.Itoa(p.number)
		if n := len(all) - 1; n >= 0 && last > 0 && all[n].As == as && (as == LookList || last == p.number) {
			if last != p.number {
				first, _, _ := strings.Cut(all[n].ID, "-")
				all[n].ID = first + "-" + id
				texts[n].before = append(texts[n].before, plain(old.runs))
			}
			texts[n].after = append(texts[n].after, text)
		} else {
			all = append(all, Recognised{ID: id, As: as})
			texts = append(texts, lines{[]string{plain(old.runs)}, []string{text}})
		}
		last = p.number
	}
	for i, text := range texts {
		all[i].Before, all[i].After = strings.Join(text.before, "\n"), strings.Join(text.after, "\n")
	}
	return all
}

// look is what a paragraph looks like, "" for nothing but text.
func (p *para) look() Look {
	switch {
	case p.role == heading:
		return LookHeading
	case p.role == caption:
		return LookCaption
	case p.role == quote:
		return LookQuotation
	case p.role == body && p.item != nil:
		return LookList
	}
	return ""
}

// sign stands before an item.
func (p *para) sign() string {
	if p.item.bullet {
		return "•"
	}
	return p.item.label
}
