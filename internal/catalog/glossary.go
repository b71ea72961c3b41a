package catalog

import (
	"io/fs"
	"reflect"
	"slices"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
)

// GlossaryFile explains the terms of the documents that the site publishes. It may be
// missing.
const GlossaryFile = "content/thuat-ngu.toml"

// Glossary is what [GlossaryFile] holds.
type Glossary struct {
	Terms []Term `key:"term" vi:"Thuật ngữ" en:"Terms" vihelp:"Mỗi thuật ngữ một mục." enhelp:"One item a term."` // in Vietnamese order

	spelt map[string][]spelt // by the first syllable
}

// spelt is a way of writing a term.
type spelt struct {
	syllables []string
	term      *Term
}

// Term is a word of official documents that readers may not know.
type Term struct {
	Name    string   `key:"name" is:"required" longest:"120" vi:"Thuật ngữ" en:"Term" vihelp:"Viết như trong văn bản." enhelp:"As documents write it." eg:"Phản biện"`
	Also    []string `key:"also" vi:"Cách viết khác" en:"Other spellings" vihelp:"Những cách gọi khác trong văn bản." enhelp:"How else documents call it."`
	Meaning string   `key:"meaning" is:"required" longest:"1000" vi:"Nghĩa" en:"Meaning" vihelp:"Một đến ba câu, dễ hiểu." enhelp:"One to three plain sentences." eg:"…"`
	Sources []Source `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
	pos     diag.Pos
}

// ID is the term's anchor on the page of all terms.
func (t *Term) ID() string { return viet.Slug(t.Name) }

var (
	ruleGlossaryFile = diag.NewRule("glossary-file", diag.Error,
		diag.Text{VI: "Bảng thuật ngữ viết sai quy cách: không đọc được chỗ này.", EN: "The glossary cannot be read here (%[1]s)."},
		diag.Text{VI: "Mỗi thuật ngữ mở đầu bằng dòng [[term]], rồi các dòng name = \"…\", meaning = \"…\" và sources = [{title = \"…\", url = \"…\"}].",
			EN: "Begin each term with a line [[term]], then name = \"…\", meaning = \"…\" and sources = [{title = \"…\", url = \"…\"}]."})
	ruleTermTwice = diag.NewRule("term-twice", diag.Error,
		diag.Text{VI: "Thuật ngữ “%[1]s” đã có ở dòng %[2]d.", EN: "The term “%[1]s” is already on line %[2]d."},
		diag.Text{VI: "Gộp hai mục làm một, hoặc bỏ một cách viết.", EN: "Merge the two, or remove one of the spellings."})
)

// loadGlossary reads the file. The glossary is empty where there is none.
func loadGlossary(fsys fs.FS, o Options) (*Glossary, []diag.Finding) {
	g := &Glossary{}
	src, findings := readTable(fsys, GlossaryFile)
	if src == nil {
		return g, findings
	}
	table, line, column, err := matter.ReadTOML(src)
	if err != nil {
		return g, []diag.Finding{ruleGlossaryFile.At(diag.Pos{File: GlossaryFile, Line: line, Column: column}, diag.FirstLine(err.Error()))}
	}
	d := &decoder{file: GlossaryFile, src: src, kind: kindInfo{Name: diag.Text{VI: "bảng thuật ngữ", EN: "the glossary"}}, zone: o.Zone}
	d.table(table, reflect.ValueOf(g).Elem(), "")
	lines := map[string]int{} // of each spelling
	g.Terms = slices.DeleteFunc(g.Terms, func(t Term) bool { return !d.spellings(t, lines) })
	slices.SortFunc(g.Terms, func(a, b Term) int { return viet.Compare(a.Name, b.Name) })
	g.index()
	return g, d.findings
}

// spellings finds those of a term that lines already has, and notes them there. It
// reports whether the term can be listed.
func (d *decoder) spellings(t Term, lines map[string]int) bool {
	if t.Name == "" {
		return false // already told
	}
	for _, name := range t.spellings() {
		slug := viet.Slug(name)
		switch at := lines[slug]; {
		case slug == "":
			d.report(ruleNoWords.At(t.pos, name))
			return false
		case at != 0:
			d.report(ruleTermTwice.At(t.pos, name, at))
			return false
		}
		lines[slug] = t.pos.Line
	}
	return true
}

func (t *Term) spellings() []string { return append([]string{t.Name}, t.Also...) }

func (g *Glossary) index() {
	g.spelt = map[string][]spelt{}
	for i := range g.Terms {
		for _, name := range g.Terms[i].spellings() {
			syllables := syllablesOf(name)
			g.spelt[syllables[0]] = append(g.spelt[syllables[0]], spelt{syllables, &g.Terms[i]})
		}
	}
}

// In returns the terms that occur in some texts, in the order of the glossary. A term
// that is only part of a longer one there is not among them.
func (g *Glossary) In(texts ...string) []*Term {
	found := map[*Term]bool{}
	for _, text := range texts {
		words := syllablesOf(text)
		for at := 0; at < len(words); {
			longest := spelt{}
			for _, s := range g.spelt[words[at]] {
				if len(s.syllables) > len(longest.syllables) && len(s.syllables) <= len(words)-at && slices.Equal(words[at:at+len(s.syllables)], s.syllables) {
					longest = s
				}
			}
			if longest.term != nil {
				found[longest.term] = true
			}
			at += max(1, len(longest.syllables))
		}
	}
	var terms []*Term
	for i := range g.Terms {
		if t := &g.Terms[i]; found[t] {
			terms = append(terms, t)
		}
	}
	return terms
}

// syllablesOf are the syllables of a text, the same however large their letters are and
// wherever their tone marks were put; signs between them are left out.
func syllablesOf(text string) []string {
	var all []string
	for s := range viet.Syllables(text) {
		all = append(all, string(s.Key)+string(s.Marks))
	}
	return all
}
