package proposal

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
)

// Provisions are found by the phrases that the text has in common with their words and
// their short labels, and with the titles of the entries that name them already. A phrase
// tells the more, the fewer provisions have it and the rarer it is on the site.

// Bounds, as measured on the site's own articles.
const (
	fewestSyllables = 2
	longestPhrase   = 4
	mostSaid        = 3    // entries beyond these make a phrase tell no more
	enough          = 11.0 // points for a proposal
	beside          = 0.6  // of the first one's points, for another
)

// provisions proposes some. What a plan did not bring about names none of it.
func (r reading) provisions(c *catalog.Catalog, t Text) []Proposal {
	if t.Scope != "" && t.Scope != catalog.Province {
		return nil
	}
	own, spread := vocabulary(c, t)
	common, entries := usage(c, t.File)
	type scored struct {
		Proposal
		points, best float64
		at           place // of the phrase that has the most
	}
	var all []scored
	for ref, said := range own {
		one := scored{Proposal: Proposal{Value: ref}}
		for key, times := range said {
			if r.weights[key] == 0 {
				continue
			}
			points := r.weights[key] * math.Min(float64(times), mostSaid) * rarity(spread[key], len(own)) * rarity(common[key], entries) * math.Sqrt(float64(strings.Count(key, " ")))
			one.points += points
			if points > one.best || points == one.best && r.places[key].start < one.at.start {
				one.best, one.at = points, r.places[key]
			}
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.points, a.points), strings.Compare(a.Value, b.Value))
	})
	var out []Proposal
	for _, one := range all[:min(most, len(all))] {
		if one.points >= max(enough, beside*all[0].points) {
			one.Words = r.around(one.at, r.placesOf(own[one.Value]))
			out = append(out, one.Proposal)
		}
	}
	return out
}

// placesOf returns where the text has what is said of a provision.
func (r reading) placesOf(said map[string]int) []place {
	var all []place
	for key := range said {
		if at, ok := r.places[key]; ok {
			all = append(all, at)
		}
	}
	return all
}

// rarity is how much it tells that n of all have something: from 1, where it is but one,
// to 0.
func rarity(n, all int) float64 {
	if n <= 1 {
		return 1
	}
	return math.Log(float64(all+1)/float64(n)) / math.Log(float64(all+1))
}

// vocabulary returns, for each provision that a text may be about, how often its phrases
// are said of it, and how many provisions have each.
func vocabulary(c *catalog.Catalog, t Text) (own map[string]map[string]int, spread map[string]int) {
	own, spread = map[string]map[string]int{}, map[string]int{}
	for _, p := range c.Plans {
		w := p.Current()
		if w == nil || w.Document == nil || t.When.Known() && t.When.Last.Before(p.Date.Time) {
			continue
		}
		names := p.Names(w.Document)
		for _, one := range p.Provisions() {
			if one.ID == "" || one.Wording != w || len(one.Children) > 0 {
				continue
			}
			ref := p.ID + "/" + one.ID
			own[ref] = map[string]int{}
			count(own[ref], names[one.ID].Label+"\n"+one.Words())
			for _, e := range slices.Concat(c.Evidence[ref], c.Explaining[ref]) {
				if e.File != t.File {
					count(own[ref], e.Title+"\n"+e.Description)
				}
			}
			for key := range own[ref] {
				spread[key]++
			}
		}
	}
	return own, spread
}

// usage returns in how many of the site's entries each phrase stands.
func usage(c *catalog.Catalog, without string) (common map[string]int, entries int) {
	common = map[string]int{}
	for _, e := range c.Entries() {
		if e.Lang == "vi" && e.File != without {
			entries++
			count(common, e.Title+"\n"+e.Description)
		}
	}
	return common, entries
}

// count adds the phrases of a text, each once.
func count(times map[string]int, text string) {
	seen := map[string]bool{}
	phrases(text, func(key string, _, _ int) {
		if n := strings.Count(key, " "); n < fewestSyllables || n > longestPhrase || seen[key] || isEmpty(key) {
			return
		}
		seen[key] = true
		times[key]++
	})
}

// isEmpty reports whether a phrase begins or ends with a word that says nothing.
func isEmpty(key string) bool {
	syllables := strings.Fields(key)
	return empty[syllables[0]] || empty[syllables[len(syllables)-1]]
}

var empty = func() map[string]bool {
	set := map[string]bool{}
	for key := range strings.FieldsSeq(keyOf("và của các những cho với được là có trong ở tại từ đến về theo như này đó một hai ba bốn năm do để khi bởi vì nên mà thì cũng đã đang sẽ không trên dưới ra vào lại hay hoặc nhằm qua cùng nhiều mọi tới thứ số tháng ngày việc")) {
		set[key] = true
	}
	return set
}()
