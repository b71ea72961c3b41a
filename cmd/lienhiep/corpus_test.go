package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// corpus makes news of the shape of Vietnamese news: compounds and phrases that
// come back, words that keep to their subject, a long tail of rare syllables,
// people, bodies, places, document numbers, and words that differ by their marks
// only. What it says means nothing; it is written into temporary sites alone.
// An article follows from its number, so that a larger corpus begins with the smaller.
type corpus struct {
	function, general, rare, homograph, collocations list
	topics                                           []list
	people, organisations, places, honorifics        list
	documents                                        []string
	planted                                          map[int][]planted
}

// planted is what stands in one article for a query to find.
type planted struct {
	Article  int    `json:"article"`
	Title    string `json:"title"` // instead of the article's own
	Heading  string `json:"heading"`
	Sentence string `json:"sentence"`
}

// article is one page of the corpus.
type article struct {
	name, title, description string
	date                     time.Time
	plan, people, fields     []string
	body                     string // Markdown
}

const corpusSeed = 2021

// testCorpus is read once for all tests.
var testCorpus = sync.OnceValues(readCorpus)

func readCorpus() (*corpus, error) {
	text, err := os.ReadFile("testdata/search/vocabulary.txt")
	if err != nil {
		return nil, err
	}
	var plants struct{ Planted []planted }
	if data, err := os.ReadFile("testdata/search/queries.json"); err != nil {
		return nil, err
	} else if err := json.Unmarshal(data, &plants); err != nil {
		return nil, fmt.Errorf("testdata/search/queries.json: %w", err)
	}
	r := rand.New(rand.NewPCG(corpusSeed, 0))
	words := map[string][]string{}
	c := &corpus{planted: map[int][]planted{}}
	for block := range strings.SplitSeq(string(text), "\n\n") {
		block = regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(block, "")
		name, rest, found := strings.Cut(block, ":")
		if !found {
			continue
		}
		for word := range strings.SplitSeq(rest, ",") {
			words[name] = append(words[name], strings.TrimSpace(word))
		}
		if strings.Contains(" function general homograph organisation place family middle given honorific document ", " "+name+" ") {
			continue
		}
		c.topics = append(c.topics, zipf(words[name], 8, 0.8))
	}
	c.function, c.general = zipf(words["function"], 2, 1), zipf(words["general"], 12, 0.9)
	c.homograph = zipf(words["homograph"], 10, 0.5)
	c.organisations, c.places = zipf(words["organisation"], 5, 0.7), zipf(words["place"], 5, 0.7)
	c.honorifics, c.documents = zipf(words["honorific"], 2, 1), words["document"]

	family, middle, given := zipf(words["family"], 0, 1), zipf(words["middle"], 3, 0.8), zipf(words["given"], 10, 0.6)
	c.people = zipf(times(3000, func() string { return family.pick(r) + " " + middle.pick(r) + " " + given.pick(r) }), 20, 0.8)
	syllables := legalSyllables()
	r.Shuffle(len(syllables), func(i, j int) { syllables[i], syllables[j] = syllables[j], syllables[i] })
	tail := zipf(syllables[:4000], 30, 0.9)
	c.rare = zipf(times(9000, func() string {
		if r.IntN(4) == 0 {
			return tail.pick(r)
		}
		return tail.pick(r) + " " + tail.pick(r)
	}), 40, 0.9)
	c.collocations = zipf(times(4000, func() string {
		topic := c.topics[r.IntN(len(c.topics))]
		return c.general.pick(r) + " " + topic.pick(r)
	}), 10, 0.8)
	for _, p := range plants.Planted {
		c.planted[p.Article] = append(c.planted[p.Article], p)
	}
	return c, nil
}

func times(n int, make func() string) []string {
	var all []string
	for range n {
		all = append(all, make())
	}
	return all
}

// list is words with the sums of their frequencies.
type list struct {
	words []string
	sums  []float64
}

// zipf gives the word of each rank the frequency 1/(rank+flat)^power.
func zipf(words []string, flat, power float64) list {
	l := list{words: words}
	sum := 0.0
	for i := range words {
		sum += math.Pow(float64(i+1)+flat, -power)
		l.sums = append(l.sums, sum)
	}
	return l
}

func (l list) pick(r *rand.Rand) string {
	return l.words[sort.SearchFloat64s(l.sums, r.Float64()*l.sums[len(l.sums)-1])]
}

// legalSyllables spells every syllable that Vietnamese spelling allows, more or
// less; the star follows the vowel that bears the tone.
func legalSyllables() []string {
	rhymes := strings.Fields(`a* a*i a*o a*u a*y a*c a*ch a*m a*n a*ng a*nh a*p a*t ă*c ă*m ă*n ă*ng ă*p ă*t â*u â*y â*c â*m â*n â*ng â*p â*t
		e* e*o e*c e*m e*n e*ng e*p e*t ê* ê*u ê*ch ê*m ê*n ê*nh ê*p ê*t i* i*a i*u i*ch i*m i*n i*nh i*p i*t iê*c iê*m iê*n iê*ng iê*p iê*t iê*u
		o* o*i o*c o*m o*n o*ng o*p o*t ô* ô*i ô*c ô*m ô*n ô*ng ô*p ô*t ơ* ơ*i ơ*m ơ*n ơ*p ơ*t u* u*a u*i u*c u*m u*n u*ng u*p u*t
		ư* ư*a ư*u ư*c ư*ng ư*t uô*c uô*i uô*m uô*n uô*ng uô*t ươ*c ươ*i ươ*m ươ*n ươ*ng ươ*p ươ*t ươ*u
		o*a oa*i oa*n oa*ng oa*nh oa*t oa*c oa*ch oă*n oă*ng oă*c o*e u*y uyê*n uyê*t uâ*n uâ*t uâ*ng uâ*y uê* uy*nh uy*t uy*ch`)
	var all []string
	for _, onset := range strings.Fields("b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x") {
		for _, rhyme := range rhymes {
			front := strings.ContainsRune("eêi", firstRune(rhyme))
			spelled := onset
			switch {
			case onset == "qu" && !strings.ContainsRune("aăâeê", firstRune(rhyme)), onset == "gi" && front:
				continue
			case strings.Contains("b m n ph r v qu gi", onset) && regexp.MustCompile(`^(o\*?[aăe]|u\*?[yâê])`).MatchString(rhyme):
				continue
			case front && onset == "c":
				spelled = "k"
			case front && (onset == "g" || onset == "ng"):
				spelled += "h"
			}
			tones := []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
			if regexp.MustCompile("(c|ch|p|t)$").MatchString(rhyme) {
				tones = []string{"\u0301", "\u0323"}
			}
			for _, tone := range tones {
				all = append(all, norm.NFC.String(spelled+strings.Replace(rhyme, "*", tone, 1)))
			}
		}
	}
	return all
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// writer writes one article.
type writer struct {
	*corpus
	r           *rand.Rand
	main, aside list // its subjects
}

func (c *corpus) article(i int) article {
	r := rand.New(rand.NewPCG(corpusSeed, uint64(i)+1))
	w := writer{c, r, c.topics[r.IntN(len(c.topics))], c.topics[r.IntN(len(c.topics))]}
	a := article{name: fmt.Sprintf("bai-%06d", i), date: time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(7800))}
	a.title = sentenceCase(w.words(8+r.IntN(9), 0))
	if r.IntN(20) == 0 {
		a.title = strings.ToUpper(a.title)
	}
	a.description = w.sentence()
	if r.IntN(10) < 3 {
		a.plan = []string{"15-kh-tu/" + []string{"ii-1-1", "ii-1-2", "ii-2-1", "ii-2-4", "ii-3-2", "ii-4-1", "ii-4-3", "ii-5-1", "ii-5-3", "iii-2"}[r.IntN(10)]}
	}
	if r.IntN(12) == 0 {
		a.people = []string{[]string{"tran-dai-nghia", "hoang-tuy", "ton-that-tung", "luong-dinh-cua"}[r.IntN(4)]}
	}
	if r.IntN(2) == 0 {
		a.fields = []string{[]string{"Y học", "Nông nghiệp", "Toán học", "Vật lý"}[r.IntN(4)]}
	}
	paragraphs := w.paragraphs(250 + r.IntN(250))
	style := r.IntN(100)
	for _, p := range c.planted[i] {
		if p.Title != "" {
			a.title = p.Title
		}
		if p.Heading != "" {
			paragraphs = append(paragraphs, "## "+p.Heading, w.sentence())
		}
		if p.Sentence != "" {
			paragraphs[0] += " " + p.Sentence
		}
	}
	a.body = strings.Join(paragraphs, "\n\n")
	switch {
	case style < 5:
		a.retype(norm.NFD.String)
	case style < 13:
		a.retype(modernTones)
	}
	return a
}

// retype changes how the words were typed.
func (a *article) retype(f func(string) string) {
	a.title, a.description, a.body = f(a.title), f(a.description), f(a.body)
}

// paragraphs writes about n syllables, some under headings.
func (w *writer) paragraphs(n int) []string {
	var all []string
	for n > 0 {
		if len(all) > 0 && w.r.IntN(5) == 0 {
			all = append(all, "## "+sentenceCase(w.words(3+w.r.IntN(6), 0)))
		}
		var sentences []string
		for range 3 + w.r.IntN(4) {
			s := w.sentence()
			sentences = append(sentences, s)
			n -= len(strings.Fields(s))
		}
		all = append(all, strings.Join(sentences, " "))
	}
	return all
}

func (w *writer) sentence() string {
	return sentenceCase(w.words(8+w.r.IntN(18), 9)) + "."
}

// words writes about n syllables, with a comma about every so many of them.
func (w *writer) words(n, comma int) string {
	var b strings.Builder
	since := 0
	for n > 0 {
		if b.Len() > 0 {
			if comma > 0 && since > 3 && n > 3 && w.r.IntN(comma) < since-3 {
				b.WriteString(",")
				since = 0
			}
			b.WriteString(" ")
		}
		word := w.word()
		b.WriteString(word)
		n -= strings.Count(word, " ") + 1
		since += strings.Count(word, " ") + 1
	}
	return b.String()
}

func (w *writer) word() string {
	switch p := w.r.IntN(1000); {
	case p < 330:
		return w.function.pick(w.r)
	case p < 560:
		return w.general.pick(w.r)
	case p < 710:
		return w.main.pick(w.r)
	case p < 770:
		return w.aside.pick(w.r)
	case p < 810:
		return w.topics[w.r.IntN(len(w.topics))].pick(w.r)
	case p < 870:
		return w.collocations.pick(w.r)
	case p < 930:
		return w.rare.pick(w.r)
	case p < 945:
		return w.homograph.pick(w.r)
	case p < 958:
		return w.organisations.pick(w.r)
	case p < 972:
		return w.places.pick(w.r)
	case p < 984:
		return w.honorifics.pick(w.r) + " " + w.people.pick(w.r)
	case p < 988:
		return w.number()
	case p < 994:
		return fmt.Sprintf("năm %d", 1990+w.r.IntN(37))
	}
	return fmt.Sprint(2 + w.r.IntN(98))
}

// number is a document's: 128-KH/TU, 1142/QĐ-UBND.
func (w *writer) number() string {
	kind := w.documents[w.r.IntN(len(w.documents))]
	mark := "/"
	if strings.Contains(kind, "/") {
		mark = "-"
	}
	return fmt.Sprint(1+int(2500*math.Pow(w.r.Float64(), 3))) + mark + kind
}

func sentenceCase(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

var openRhyme = regexp.MustCompile(`(?i)(o[\x{300}\x{301}\x{303}\x{309}\x{323}][ae]|u[\x{300}\x{301}\x{303}\x{309}\x{323}]y)($|[^\p{L}\p{M}])`)

// modernTones puts the tone on the last vowel of oa, oe and uy: hoà, khoẻ, uỷ.
func modernTones(s string) string {
	s = openRhyme.ReplaceAllStringFunc(norm.NFD.String(s), func(m string) string {
		r := []rune(m)
		r[1], r[2] = r[2], r[1]
		return string(r)
	})
	return norm.NFC.String(s)
}

// markdown is the article's file.
func (a article) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %q\ndescription: %q\ndate: %s\n", a.title, a.description, a.date.Format(time.DateOnly))
	fmt.Fprintf(&b, "plan: [%s]\npeople: [%s]\nfields: [%s]\n", strings.Join(a.plan, ", "), strings.Join(a.people, ", "), strings.Join(a.fields, ", "))
	fmt.Fprintf(&b, "sources:\n  - title: Nguồn thử nghiệm\n    url: https://example.org/\n---\n\n%s\n", a.body)
	return b.String()
}

func (a article) write(root string) error {
	dir := filepath.Join(root, "content", "tin-tuc", a.name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "index.md"), []byte(a.markdown()), 0o666)
}

// addArticles writes the first n articles of the corpus beside the site's own.
func addArticles(root string, n int) error {
	c, err := testCorpus()
	if err != nil {
		return err
	}
	for i := range n {
		if err := c.article(i).write(root); err != nil {
			return err
		}
	}
	return nil
}

// TestModernTones holds that the corpus's two ways of typing are two.
func TestModernTones(t *testing.T) {
	for old, modern := range map[string]string{
		"hòa, Ủy, khỏe, thủy": "hoà, Uỷ, khoẻ, thuỷ",
		"hoàn quý toán HÒA":   "hoàn quý toán HOÀ",
	} {
		if got := modernTones(old); got != modern {
			t.Errorf("modernTones(%q) = %q, want %q", old, got, modern)
		}
	}
}
