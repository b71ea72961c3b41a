package catalog

import (
	"path"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

// Happening is what an entry says of the event that it tells of, for the kinds that tell
// of events.
type Happening struct {
	Event   When `key:"event" vi:"Diễn ra" en:"Event" vihelp:"Việc diễn ra khi nào, đúng đến mức biết chắc: 2018, 2018-05, 2018-05-12, 2018-05-12/2018-05-14, hoặc 2026-12-24T08:00. Việc biết rõ ngày vào lịch của trang. Không rõ thì để trống; đừng ghi ngày đăng bài." desk:"Việc diễn ra khi nào, đúng đến mức biết chắc. Việc biết rõ ngày vào lịch của trang. Không rõ thì để trống; đừng ghi ngày đăng bài." enhelp:"When it happened, as far as it is known: 2018, 2018-05, 2018-05-12, 2018-05-12/2018-05-14 or 2026-12-24T08:00. What has a day enters the site's calendar. Leave it out where nothing is known; never give the day of posting." eg:"2018-05"`
	EventOf Ref  `key:"event-of" vi:"Cùng một việc với" en:"Event of" vihelp:"Khi một trang khác kể về chính việc này (đợt tôn vinh, hội thi, bài khác): đường dẫn của trang ấy dưới content/. Các trang của một việc được tính là một việc." desk:"Chọn khi một trang khác kể về chính việc này (đợt tôn vinh, hội thi, bài khác). Các trang của một việc được tính là một việc." enhelp:"Where another entry is about this very event (a round of an honour, a contest, an article): its path below content/. Entries of one event are counted as one deed."`
}

func (h *Happening) happening() *Happening { return h }

// telling is an entry of a kind that tells of events.
type telling interface{ happening() *Happening }

// TellsOfEvents reports whether entries of the kind tell of events.
func (k Kind) TellsOfEvents() bool {
	_, ok := k.info().make().(telling)
	return ok
}

// Scope is whose event an entry tells of.
type Scope string

const (
	Province  Scope = "province"
	National  Scope = "national"
	Elsewhere Scope = "elsewhere" // of another province, or of one before it was merged into this
	Explainer Scope = "explainer" // tells of no event
)

var (
	ruleNoSuchEvent = diag.NewRule("unknown-event", diag.Error,
		diag.Text{VI: "Không có tin, bài, đợt tôn vinh hay hội thi nào ở “%[1]s” (mục event-of).", EN: "There is no article, honour or contest at “%[1]s” (event-of)."},
		diag.Text{VI: "Ghi đường dẫn của thư mục dưới content/, ví dụ ton-vinh/2022; bản tiếng Anh dùng chung đường dẫn với bản tiếng Việt.", EN: "Give the folder's path below content/, such as ton-vinh/2022; both languages share it."})
	ruleEventCycle = diag.NewRule("event-of-cycle", diag.Error,
		diag.Text{VI: "Các mục event-of dẫn vòng quanh: %[1]s.", EN: "event-of leads round in a circle: %[1]s."},
		diag.Text{VI: "Chọn một trang làm trang chính của việc này và bỏ dòng event-of ở trang ấy; các trang kia ghi event-of dẫn tới nó.", EN: "Choose one of the pages as the event's own and remove event-of there; let the others name it."})
)

// Events returns the entries of the kinds that tell of events, without translations, the
// last posted first.
func (c *Catalog) Events() []*Entry {
	var all []*Entry
	for _, it := range c.entries {
		if _, ok := it.(telling); ok && !it.base().translation {
			all = append(all, it.base())
		}
	}
	newestFirst(all)
	return all
}

// Place is the path below content/ by which other entries name this one: "ton-vinh/2022".
func (e *Entry) Place() string { return strings.TrimPrefix(e.Path, "/") }

// events finds event-of that leads to no event, or round in a circle.
func (v *validator) events() {
	var events ids
	next := map[string]*Entry{} // the entry that tells of each event-of, by its place
	to := map[string]string{}
	for _, it := range v.entries {
		if t, ok := it.(telling); ok {
			e := it.base()
			events.add(e.Place(), e)
			if ref := t.happening().EventOf.ID; ref != "" && !e.translation {
				next[e.Place()], to[e.Place()] = e, ref
			}
		}
	}
	for _, it := range v.entries {
		t, ok := it.(telling)
		if !ok {
			continue
		}
		if ref := t.happening().EventOf; ref.ID != "" && events.known[ref.ID] == nil {
			v.reportOf(it.base(), ruleNoSuchEvent.At(ref.Pos, ref.ID).Suggest(events.nearPlace(ref.ID)))
		}
	}
	v.circles(next, to)
}

// circles reports each circle once, at the first of its entries.
func (v *validator) circles(from map[string]*Entry, to map[string]string) {
	seen := map[string]bool{}
	for _, it := range v.entries {
		var way []string
		at := it.base().Place()
		for ; from[at] != nil && !seen[at]; at = to[at] {
			seen[at] = true
			way = append(way, at)
		}
		if start := slices.Index(way, at); start >= 0 {
			e := from[at]
			v.reportOf(e, ruleEventCycle.At(e.ValuePos("event-of"), strings.Join(append(way[start:], at), " → ")))
		}
	}
}

// nearPlace is the place that was probably meant: of the page whose file, address or
// translation was written, or the most similar one.
func (s *ids) nearPlace(ref string) string {
	if _, known := s.nearest[ref]; !known && s.known != nil {
		s.nearest[ref] = s.guessPlace(ref)
	}
	return s.nearest[ref]
}

func (s *ids) guessPlace(ref string) string {
	plain := strings.Trim(strings.ReplaceAll(ref, `\`, "/"), "/")
	for _, prefix := range []string{"content/", "en/", "vi/"} {
		plain = strings.TrimPrefix(plain, prefix)
	}
	stem, _ := splitLang(plain)
	if base := path.Base(stem); base == "index" || base == "_index" {
		stem = path.Dir(stem)
	}
	if s.known[stem] != nil {
		return stem
	}
	for _, known := range s.list {
		if path.Base(known) == stem {
			return known
		}
	}
	return s.near(stem)
}
