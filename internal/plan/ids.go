package plan

import "strconv"

// identify gives the siblings, which hold their own part of the ID, the whole one,
// and those below them. parent is the ID of what they stand below, root that of the
// attachment that they are in, both "" at the top of the document; seen holds the IDs
// that are taken.
func identify(siblings []*Provision, parent, root string, seen map[string]int) {
	if len(siblings) == 0 {
		return
	}
	prefix, ordinal := prefixes(siblings), map[Kind]int{}
	for _, s := range siblings {
		if s.ID == "" {
			ordinal[s.Kind]++
			s.ID = strconv.Itoa(ordinal[s.Kind])
		}
		s.ID = prefix[s.Kind] + s.ID
		above := parent
		if s.Kind == Article {
			above = root
		}
		if above != "" {
			s.ID = above + "-" + s.ID
		}
		s.ID = unique(s.ID, seen)
		identify(s.Children, s.ID, root, seen)
	}
}

// prefixes are the words before the numbers of bullets, brackets and paragraphs, where
// siblings of several kinds would have the same.
func prefixes(siblings []*Provision) map[Kind]string {
	has := map[Kind]bool{}
	for _, s := range siblings {
		has[s.Kind] = true
	}
	prefix := map[Kind]string{Unnumbered: "p-"}
	if has[Dash] && (has[Item] || has[Plus] || has[Star] || has[Bracket]) || has[Plus] && (has[Item] || has[Star] || has[Bracket]) || has[Star] && (has[Item] || has[Bracket]) {
		prefix[Dash], prefix[Plus], prefix[Star] = "gach-", "cong-", "sao-"
	}
	if has[Bracket] && len(has) > 1 {
		prefix[Bracket] = "ngoac-"
	}
	return prefix
}

// unique returns the ID, or, where a number comes twice in the signed text, another that
// says so: "i-2-bis".
func unique(id string, seen map[string]int) string {
	seen[id]++
	for n := seen[id]; n > 1; n++ {
		again := id + "-bis"
		if n > 2 {
			again += "-" + strconv.Itoa(n-1)
		}
		if seen[again] == 0 {
			seen[again]++
			return again
		}
	}
	return id
}
