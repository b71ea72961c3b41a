package generate

// searchWords writes what readers mean by what they type, by language.
func (g *generator) searchWords() {
	if len(g.SearchWords) > 0 {
		g.out.data("search.json", g.SearchWords)
	}
}
