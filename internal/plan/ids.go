package plan

import "strconv"

// identify gives the siblings, which hold their own part of the ID, the whole one,
// and those below them. seen maps an ID to the line of its provision.
func (p *parser) identify(siblings []*Provision, parent string, seen map[string]int) {
	if len(siblings) == 0 {
		return
	}
	has := map[Kind]bool{}
	for _, s := range siblings {
		has[s.Kind] = true
	}
	prefix := map[Kind]string{}
	if has[Dash] && (has[Item] || has[Plus]) || has[Plus] && has[Item] {
		prefix[Dash], prefix[Plus] = "gach-", "cong-"
	}
	ordinal := map[Kind]int{}
	for _, s := range siblings {
		if s.ID == "" {
			ordinal[s.Kind]++
			s.ID = prefix[s.Kind] + strconv.Itoa(ordinal[s.Kind])
		}
		if parent != "" && s.Kind != Article {
			s.ID = parent + "-" + s.ID
		}
		if line := seen[s.ID]; line > 0 {
			p.report(sameID, s.Line, s.Label, strconv.Itoa(line), s.ID)
		}
		seen[s.ID] = s.Line
		p.identify(s.Children, s.ID, seen)
	}
}
