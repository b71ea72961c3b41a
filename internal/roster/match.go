package roster

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/viet"
)

// known is somebody who has an entry already, or whom an earlier row gives one.
type known struct {
	id     string
	who    []catalog.Identity // as the entry says, and as the last import gave it
	record *Record            // of the last import
	row    string             // the row of this table that speaks of them, "" for none yet
}

// resembles reports whether somebody may be the known person.
func (k *known) resembles(one catalog.Identity) bool {
	return slices.ContainsFunc(k.who, one.Resembles)
}

func (k *known) born(year int) bool {
	return slices.ContainsFunc(k.who, func(who catalog.Identity) bool { return who.Born == year })
}

// people reads who has an entry. One that cannot be read is known by its ID.
func (p *planner) people() error {
	dir := path.Join("content", catalog.KindPerson.Folder())
	entries, err := fs.ReadDir(p.site, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", dir, err)
	}
	for _, d := range entries {
		id, isFile := strings.CutSuffix(d.Name(), ".md")
		if strings.HasPrefix(id, "_") || strings.Contains(id, ".") || !isFile && !d.IsDir() {
			continue
		}
		k := &known{id: id}
		file := path.Join(dir, d.Name())
		if d.IsDir() {
			// A record that cannot be read is reported when a row needs it.
			k.record, _ = p.record(file)
			file = path.Join(file, entryFile)
		}
		if src, err := fs.ReadFile(p.site, file); err == nil {
			if values, err := matter.Values(src); err == nil {
				k.add(values)
			}
		}
		if k.record != nil {
			given := map[string]string{}
			for _, key := range []string{"title", "born"} {
				if v, err := matter.Parse(k.record.Values[key]); err == nil {
					given[key] = v.Canonical()
				}
			}
			k.add(given)
		}
		// The title may have become another name since, or not be readable.
		if name := catalog.NameOfID(id); !slices.ContainsFunc(k.who, func(who catalog.Identity) bool { return who.Name.Key() == name.Key() }) {
			k.who = append(k.who, catalog.Identity{Name: name})
		}
		p.know(k)
	}
	return nil
}

func (p *planner) know(k *known) {
	p.known[k.id] = k
	var keys []string
	for _, who := range k.who {
		if key := who.Name.Key(); !slices.Contains(keys, key) {
			keys = append(keys, key)
			p.byName[key] = append(p.byName[key], k)
		}
	}
}

// add takes up what front matter says of the person.
func (k *known) add(values map[string]string) {
	title, err := strconv.Unquote(values["title"])
	if err != nil || title == "" {
		return
	}
	born, _ := strconv.Unquote(values["born"])
	k.who = append(k.who, catalog.IdentityOf(viet.ParseName(title), year(born)))
}

// year is the year that a date begins with, 0 for none.
func year(date string) int {
	n, err := strconv.Atoi(date[:min(len(date), 4)])
	if err != nil {
		return 0
	}
	return n
}

// match finds the ID of the person of a row that gives none: of the one entry that
// may be theirs, or a new one. ok is false where an editor must say.
func (p *planner) match(row office.Row, one catalog.Identity, values map[string]*matter.Value) (id string, ok bool) {
	var may, sure []*known
	namesakes := p.byName[one.Name.Key()]
	for _, k := range namesakes {
		if p.given[k.id] || !k.resembles(one) {
			continue
		}
		may = append(may, k)
		if one.Born != 0 && k.born(one.Born) {
			sure = append(sure, k)
		}
	}
	if sure != nil {
		may = sure
	}
	switch {
	case len(may) > 1:
		var ids []string
		for _, k := range may {
			ids = append(ids, k.id)
		}
		p.report(ruleWhichPerson, row, colName, one.Name.Bare, row.Label(), strings.Join(ids, ", "))
		return "", false
	case len(may) == 1:
		return may[0].id, true
	}
	for _, k := range namesakes {
		if k.row == "" && k.corrected(one, values) {
			return k.id, true
		}
	}
	return p.newID(one), true
}

// telling are the keys that hardly two people of one name share.
var telling = []string{"birthplace", "other_names", "affiliation", "awards", "died"}

// corrected reports whether a row gives an entry of an earlier import another birth
// date: it says the same otherwise, and enough of it.
func (k *known) corrected(one catalog.Identity, values map[string]*matter.Value) bool {
	if k.record == nil || !slices.ContainsFunc(k.who, func(who catalog.Identity) bool { return who.Name.Same(one.Name) }) {
		return false
	}
	told := false
	for _, key := range telling {
		if k.record.Values[key] != values[key].YAML() {
			return false
		}
		told = told || values[key] != nil
	}
	return told
}

// newID makes an ID of a bare name. Where it is somebody else's, or was that of a
// person who has withdrawn, the year of birth or a number is added.
func (p *planner) newID(one catalog.Identity) string {
	id := viet.Slug(one.Name.Bare)
	if id == "" || !p.taken(id) {
		return id
	}
	if one.Born != 0 && !p.taken(fmt.Sprintf("%s-%d", id, one.Born)) {
		return fmt.Sprintf("%s-%d", id, one.Born)
	}
	for n := 2; ; n++ {
		if next := fmt.Sprintf("%s-%d", id, n); !p.taken(next) {
			return next
		}
	}
}

func (p *planner) taken(id string) bool {
	return p.given[id] || p.known[id] != nil || slices.ContainsFunc(p.gone, func(w catalog.Withdrawn) bool { return w.Person == id })
}

// claim notes that a row speaks of an ID's person, and returns the row that has done
// so before, or "".
func (p *planner) claim(id, row string, one catalog.Identity) (before string) {
	k := p.known[id]
	if k == nil {
		p.know(&known{id: id, who: []catalog.Identity{one}, row: row})
		return ""
	}
	if before = k.row; before == "" {
		k.row = row
	}
	return before
}
