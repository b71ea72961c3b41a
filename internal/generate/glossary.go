package generate

import (
	"lienhiep/internal/catalog"
	"lienhiep/internal/plan"
)

// termData is a term as templates read it.
type termData struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Also    []string     `json:"also"`
	Meaning string       `json:"meaning"`
	Sources []sourceData `json:"sources"`
	URL     string       `json:"url"`
}

// glossary writes the page of all terms, and the terms as data.
func (g *generator) glossary() {
	if len(g.Glossary.Terms) == 0 {
		return
	}
	terms, order := map[string]termData{}, []string{}
	for _, t := range g.Glossary.Terms {
		terms[t.ID()] = termData{t.ID(), t.Name, t.Also, t.Meaning, sources(t.Sources), relative(catalog.GlossaryURL) + "#" + t.ID()}
		order = append(order, t.ID())
	}
	g.out.data("glossary.json", map[string]any{"terms": terms, "order": order, "url": relative(catalog.GlossaryURL)})
	g.page("thuat-ngu.md", map[string]any{
		"title": "Thuật ngữ", "url": catalog.GlossaryURL, "type": "thuat-ngu",
		"description": "Những từ ngữ trong văn bản mà người đọc có thể chưa quen, giải thích ngắn gọn, mỗi từ kèm nguồn.",
	})
}

// terms are the IDs of the terms that a provision's own words have.
func (g *generator) terms(p *plan.Provision) []string {
	texts := []string{p.Text}
	for _, passage := range p.Paragraphs {
		passage.Texts(func(text string) { texts = append(texts, text) })
	}
	ids := []string{}
	for _, t := range g.Glossary.In(texts...) {
		ids = append(ids, t.ID())
	}
	return ids
}
