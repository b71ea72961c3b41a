package check

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

// One broken template makes the same fault on every page. A reader is shown the
// first places of each fault and how many more there are.
const (
	perMessage = 3   // places told for one and the same sentence
	perRule    = 20  // places told for one rule
	kept       = 200 // different sentences remembered for one rule
)

var more = diag.NewRule("check-more", diag.Notice,
	diag.Text{
		VI: "… và %[1]d chỗ khác nữa cũng mắc lỗi này (%[2]s).",
		EN: "… and %[1]d more places with the finding “%[2]s”.",
	},
	diag.Text{
		VI: "Nhiều chỗ cùng một lỗi thường do một khuôn mẫu chung: sửa các chỗ nêu trên rồi kiểm tra lại.",
		EN: "Many findings of one kind usually come from one template: correct the places above, then check again.",
	})

// fault is a finding, with the address that was wanted and not found, if any.
type fault struct {
	diag.Finding
	wanted target
}

// tally is what is remembered of one rule's faults.
type tally struct {
	total  int
	places map[string][]fault // by sentence; the first places, in order
}

// faults gathers findings in bounded memory. What it keeps does not depend on
// the order in which they come: for each rule the alphabetically first sentences,
// for each sentence the first places.
type faults map[*diag.Rule]*tally

func (fs faults) add(f fault) { fs.keep(f.Rule, f.Message(diag.Vietnamese), 1, f) }

func (fs faults) merge(other faults) {
	for rule, t := range other {
		n := t.total
		for sentence, places := range t.places {
			fs.keep(rule, sentence, n, places...)
			n = 0
		}
	}
}

func (fs faults) keep(rule *diag.Rule, sentence string, total int, places ...fault) {
	t := fs[rule]
	if t == nil {
		t = &tally{places: map[string][]fault{}}
		fs[rule] = t
	}
	t.total += total
	all := append(t.places[sentence], places...)
	slices.SortStableFunc(all, byPlace)
	t.places[sentence] = all[:min(len(all), perMessage)]
	if len(t.places) > 2*kept {
		t.forget()
	}
}

func (t *tally) forget() {
	sentences := slices.Sorted(maps.Keys(t.places))
	for _, s := range sentences[min(len(sentences), kept):] {
		delete(t.places, s)
	}
}

// findings returns what a reader is shown. nearest gives the address that was
// probably meant by one that was not found.
func (fs faults) findings(nearest func(target) string) []diag.Finding {
	var all []diag.Finding
	for _, t := range fs {
		shown := t.first()
		for _, f := range shown {
			if f.wanted.file != "" {
				f.Finding = f.Suggest(nearest(f.wanted))
			}
			all = append(all, f.Finding)
		}
		if rest := t.total - len(shown); rest > 0 {
			last := shown[len(shown)-1]
			all = append(all, more.At(last.Pos, rest, last.Code))
		}
	}
	slices.SortStableFunc(all, func(a, b diag.Finding) int {
		if (a.Rule == more) != (b.Rule == more) && a.Pos == b.Pos {
			if a.Rule == more {
				return 1
			}
			return -1
		}
		return cmp.Or(comparePos(a.Pos, b.Pos), strings.Compare(a.Code, b.Code),
			strings.Compare(a.Message(diag.Vietnamese), b.Message(diag.Vietnamese)))
	})
	return all
}

// first returns the places to show, in order: one for every sentence before a
// second one for any.
func (t *tally) first() []fault {
	t.forget()
	sentences := slices.SortedFunc(maps.Keys(t.places), func(a, b string) int {
		return cmp.Or(byPlace(t.places[a][0], t.places[b][0]), strings.Compare(a, b))
	})
	var shown []fault
	for i := range perMessage {
		for _, s := range sentences {
			if len(t.places[s]) > i && len(shown) < perRule {
				shown = append(shown, t.places[s][i])
			}
		}
	}
	slices.SortStableFunc(shown, byPlace)
	return shown
}

func byPlace(a, b fault) int { return comparePos(a.Pos, b.Pos) }

func comparePos(a, b diag.Pos) int {
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
