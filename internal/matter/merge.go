package matter

import (
	"fmt"
	"slices"
	"time"
)

// Dispute is a value that two people have changed in different ways.
type Dispute struct {
	Path         string // "publisher.phone"; of items of a list that of the first of mine
	Field        Field  // of a list also where some of its items are meant
	Mine, Theirs *Value
	Both         *Value // what has the words of both, nil where there is room for one
}

// Merge puts together two tables of the fields that were both made of base. What only one
// of them has changed is as that one has it: a value of a table, an item of a list, a value
// of an item. Where both have added items, all stand, theirs first. settle decides what both
// have changed in different ways. Keys that are not among the fields are left out, and so is
// what is blank.
func Merge(fields []Field, base, mine, theirs *Value, zone *time.Location, settle func(Dispute) *Value) *Value {
	return merger{reviser{zone}, settle}.table(fields, base, mine, theirs, "")
}

type merger struct {
	reviser
	settle func(Dispute) *Value
}

func (m merger) table(fields []Field, base, mine, theirs *Value, above string) *Value {
	table := &Value{Kind: Table}
	for _, f := range fields {
		if v := m.value(f, base.Get(f.Key), mine.Get(f.Key), theirs.Get(f.Key), above+f.Key); !v.Blank() {
			table.Set(f.Key, v)
		}
	}
	return table
}

func (m merger) value(f Field, base, mine, theirs *Value, at string) *Value {
	switch {
	case m.same(f, base, mine):
		return theirs
	case m.same(f, base, theirs), m.same(f, mine, theirs):
		return mine
	}
	given := slices.DeleteFunc([]*Value{base, mine, theirs}, func(v *Value) bool { return v == nil })
	switch f.Type {
	case TypeTable, TypeTexts:
		return m.table(f.asTable(given...).Fields, base, mine, theirs, at+".")
	case TypeTables, TypeLists, TypeList, TypeRefs:
		return m.items(f, base, mine, theirs, at)
	}
	return m.settle(Dispute{at, f, mine, theirs, nil})
}

// items merges lists between the items that all three have.
func (m merger) items(f Field, base, mine, theirs *Value, at string) *Value {
	was, own, other := base.items(), mine.items(), theirs.items()
	inOwn, inOther := m.counterparts(f, was, own), m.counterparts(f, was, other)
	out := &Value{Kind: List}
	i, j, k := 0, 0, 0
	for n := range was {
		if inOwn[n] < 0 || inOther[n] < 0 {
			continue
		}
		out.Items = append(out.Items, m.stretch(f, was[i:n], own[j:inOwn[n]], other[k:inOther[n]], at, j)...)
		out.Items = append(out.Items, other[inOther[n]])
		i, j, k = n+1, inOwn[n]+1, inOther[n]+1
	}
	out.Items = append(out.Items, m.stretch(f, was[i:], own[j:], other[k:], at, j)...)
	return out
}

func (v *Value) items() []*Value {
	if v == nil {
		return nil
	}
	return v.Items
}

// counterparts are, for each item of a list, the index of the same in another; -1 for none.
func (m merger) counterparts(f Field, was, is []*Value) []int {
	found := make([]int, len(was))
	for i := range found {
		found[i] = -1
	}
	for _, p := range align(len(was), len(is), func(i, j int) bool { return m.same(f.item(), was[i], is[j]) }) {
		if p.same {
			found[p.before] = p.after
		}
	}
	return found
}

// stretch merges items that stand together; first is where those of mine begin.
func (m merger) stretch(f Field, base, mine, theirs []*Value, at string, first int) []*Value {
	item := f.item()
	has := func(all []*Value, v *Value) bool {
		return slices.ContainsFunc(all, func(one *Value) bool { return m.same(item, one, v) })
	}
	equal := func(a, b []*Value) bool {
		return slices.EqualFunc(a, b, func(a, b *Value) bool { return m.same(item, a, b) })
	}
	with := func(all, more []*Value) []*Value { // what is new in more put behind all
		return slices.Concat(all, slices.DeleteFunc(slices.Clone(more), func(v *Value) bool { return has(all, v) || has(base, v) }))
	}
	onlyAdded := func(to []*Value) bool {
		return !slices.ContainsFunc(base, func(v *Value) bool { return !has(to, v) })
	}
	switch {
	case equal(base, mine):
		return theirs
	case equal(base, theirs), equal(mine, theirs):
		return mine
	case onlyAdded(mine):
		return with(theirs, mine)
	case onlyAdded(theirs):
		return with(mine, theirs)
	}
	// moved reports whether one of the items is another's at its place.
	moved := func(all []*Value) bool {
		for i, v := range all {
			if !m.same(item, base[i], v) && has(base, v) {
				return true
			}
		}
		return false
	}
	if len(base) == len(mine) && len(base) == len(theirs) && !moved(mine) && !moved(theirs) {
		var all []*Value
		for i := range base {
			item.Key, item.Label = f.Key, f.Label
			if v := m.value(item, base[i], mine[i], theirs[i], fmt.Sprint(at, ".", first+i)); !v.Blank() {
				all = append(all, v)
			}
		}
		return all
	}
	return m.settle(Dispute{fmt.Sprint(at, ".", first), f, &Value{Kind: List, Items: mine}, &Value{Kind: List, Items: theirs}, &Value{Kind: List, Items: with(theirs, mine)}}).items()
}
