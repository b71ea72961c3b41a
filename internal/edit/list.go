package edit

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// pagesSection is the list of the pages that are of no kind of their own.
const pagesSection = "trang"

// section is a list of entries in the menu.
type section struct {
	Name, Label, Kind string
	CanAdd            bool
}

// sections are the lists that there are: one of each kind.
func sections() []section {
	var all []section
	for _, k := range catalog.Kinds() {
		name := cmp.Or(k.Folder(), pagesSection)
		all = append(all, section{Name: name, Label: upperFirst(kindName(k)), Kind: kindName(k), CanAdd: k != catalog.KindPlan})
	}
	return all
}

func upperFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// initial is what stands for a picture where there is none.
func initial(title string) string {
	at := strings.IndexFunc(title, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if at < 0 {
		return ""
	}
	r, _ := utf8.DecodeRuneInString(title[at:])
	return string(unicode.ToUpper(r))
}

func lowerFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:n]) + s[n:]
}

func kindOfSection(name string) (catalog.Kind, bool) {
	for _, k := range catalog.Kinds() {
		if cmp.Or(k.Folder(), pagesSection) == name {
			return k, k != catalog.KindPlan // whose text comes from a document
		}
	}
	return "", false
}

func sectionOf(file string) string {
	return cmp.Or(catalog.KindOf(file).Folder(), pagesSection)
}

var stateNames = map[catalog.State]string{catalog.Live: "Đang hiện", catalog.Draft: "Bản nháp", catalog.Waiting: "Chờ đến ngày", catalog.Expired: "Đã gỡ"}

// row is an entry in a list.
type row struct {
	Title, Place, File string
	Description        string
	Section            string
	Image              string // its address at the desk
	State              catalog.State
	StateName          string
	Happened           string // when what it tells of happened
	Posted             string // the day of the entry itself
	Year               int    // when it happened, or else was posted; 0 if not known
	Appears            string // when it comes onto the site, of what waits for its day
	Goes               string // when it is taken down, if that is to come
	People, Clauses    []string
	English            bool
	Approval           string // how it stands to being agreed to; "" if nobody was asked
	Consent            bool   // somebody's consent is missing
	Seen               bool   // it is to go, and readers still see it
	Errors             int
	TakenDown          bool
	Updated            time.Time // when it was changed last, as far as is known
	Changed            string    // that, in words; "" if only the day of posting is known
	CanTakeDown        bool
	AppearsAt, GoesAt  time.Time // the moments of Appears and Goes

	happened time.Time // the end of Happened
	found    findable  // by what it is found; of remembered rows
}

// said are the words by which a row is found.
func (r row) said() []string {
	return slices.Concat([]string{r.Title, r.Happened, r.Posted, r.Description, path.Base(path.Dir(r.File))}, r.People, r.Clauses)
}

func (r row) findable() findable { return r.found }

// IsOut reports whether the entry has come onto the site, or would with the next publication.
func (r row) IsOut() bool { return r.State == catalog.Live || r.State == catalog.Expired }

// mostNamed is how many people, or clauses, a row names.
const mostNamed = 4

// Few are the first of the names, and how many there are beside them.
func (row) Few(all []string) string {
	if len(all) <= mostNamed+1 {
		return strings.Join(all, ", ")
	}
	return fmt.Sprintf("%s và %d nữa", strings.Join(all[:mostNamed], ", "), len(all)-mostNamed)
}

// states are those by which a list is narrowed down to the entry.
func (r row) states() []string {
	all := []string{string(r.State)}
	for state, is := range map[string]bool{"error": r.Errors > 0, "consent": r.Consent, "approval": awaitsApproval(r.Approval), "goes": r.Goes != ""} {
		if is {
			all = append(all, state)
		}
	}
	return all
}

// rows are the entries, what was changed last first.
func (d *Desk) rows(c *catalog.Catalog, findings []diag.Finding) ([]row, error) {
	errs := map[string]int{}
	for _, f := range findings {
		if f.Severity == diag.Error && !d.isInSheet(f) {
			errs[f.Pos.File]++
		}
	}
	f := former{catalog: c, zone: d.Zone}
	called := map[string]string{}
	for _, one := range slices.Concat(f.candidates(string(catalog.KindPerson)), f.candidates("dieu-khoan")) {
		called[one.Value], _, _ = strings.Cut(one.Label, " · ") // of a provision its number
	}
	latest, err := d.history.Latest()
	if err != nil {
		return nil, err
	}
	written, seen := d.writtenSince(c), d.seen(c, c.Entries()...)
	now := time.Now()
	all := d.unread(c, findings)
	for i := range all {
		all[i].Updated = now
	}
	for _, s := range c.Summaries() {
		newest, made := latest.Of(s.File)
		state := c.State(s.Entry)
		one := row{Title: d.folder.entitled(s.Title, s.File), Place: placeAtDesk(s.File), File: s.File, Section: sectionOf(s.File), State: state, StateName: stateNames[state], Description: s.Description, TakenDown: s.TakenDown(now),
			English: s.Lang == "en", Approval: d.approvalAt(s.File, newest), Consent: s.Consent, CanTakeDown: seen[s.File] && canBeTakenDown(s.Entry), Errors: errs[s.File], Updated: s.Date.Time}
		if one.Updated.After(now) {
			one.Updated = now // what is to be posted was written before
		}
		for _, at := range []time.Time{made, written[s.File]} {
			if at.After(one.Updated) {
				one.Updated, one.Changed = at, day(at.In(d.Zone), now.In(d.Zone))
			}
		}
		if s.Image != nil && s.Image.File != "" {
			one.Image = path.Dir(one.Place) + "/" + s.Image.File
		}
		if s.Date.Known() {
			one.Posted, one.Year = spoken(s.Date, d.Zone), s.Date.In(d.Zone).Year()
		}
		if when := s.When(); when.Known() {
			one.Happened, one.Year, one.happened = spokenWhen(when, d.Zone), when.Year(), when.Last.Time
		}
		if state == catalog.Waiting {
			one.Appears, one.AppearsAt = spoken(s.Appears(), d.Zone), s.Appears().Time
		}
		if s.ExpiryDate.Known() && state != catalog.Expired {
			one.Goes, one.GoesAt = spoken(s.ExpiryDate, d.Zone), s.ExpiryDate.Time
		}
		for _, ref := range s.Mentions.People {
			one.People = append(one.People, cmp.Or(called[ref.ID], ref.ID))
		}
		for _, ref := range s.Mentions.Plan {
			one.Clauses = append(one.Clauses, cmp.Or(called[ref.ID], ref.ID))
		}
		once(&one.People, viet.Compare)
		once(&one.Clauses, compareNumbers)
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Or(b.Updated.Compare(a.Updated), b.happened.Compare(a.happened)) })
	return all, nil
}

// writtenSince tells when entries were written, by whatever program, since the desk first
// greeted; none if all were: the folder was copied.
func (d *Desk) writtenSince(c *catalog.Catalog) map[string]time.Time {
	first, err := d.folder.root.Lstat(greeted)
	if err != nil {
		return nil
	}
	written := map[string]time.Time{}
	all := c.Entries()
	for _, e := range all {
		if info, err := d.folder.root.Lstat(e.File); err == nil && info.ModTime().After(first.ModTime()) {
			written[e.File] = info.ModTime()
		}
	}
	if len(written) == len(all) {
		return nil
	}
	return written
}

// day is a moment in a list: the hour of today, or else the day.
func day(t, now time.Time) string {
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04")
	}
	return t.Format("2/1/2006")
}

// choices are what a list can be narrowed down to: what its entries have, each once.
type choices struct {
	States  []option
	Years   []string
	People  []string
	Clauses []string
}

func choicesOf(rows []row) choices {
	var c choices
	for _, r := range rows {
		if r.Year != 0 {
			c.Years = append(c.Years, strconv.Itoa(r.Year))
		}
		c.People, c.Clauses = append(c.People, r.People...), append(c.Clauses, r.Clauses...)
	}
	for _, s := range []catalog.State{catalog.Live, catalog.Draft, catalog.Waiting, catalog.Expired} {
		c.States = append(c.States, option{string(s), stateNames[s]})
	}
	c.States = append(c.States, option{"error", "Có lỗi"}, option{"consent", "Chờ phiếu đồng ý"}, option{"approval", "Chờ duyệt"}, option{"goes", "Sắp gỡ"})
	once(&c.Years, func(a, b string) int { return cmp.Compare(b, a) })
	once(&c.People, viet.Compare)
	once(&c.Clauses, compareNumbers)
	return c
}

// once sorts a list and leaves each of what it has once.
func once[T comparable](list *[]T, compare func(a, b T) int) {
	slices.SortFunc(*list, compare)
	*list = slices.Compact(*list)
}

// compareNumbers puts "II.1.10" behind "II.1.9".
func compareNumbers(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		n, errA := strconv.Atoi(as[i])
		m, errB := strconv.Atoi(bs[i])
		if c := cmp.Or(cmp.Compare(n, m), cmp.Compare(as[i], bs[i])); errA == nil && errB == nil && c != 0 || as[i] != bs[i] {
			return c
		}
	}
	return cmp.Compare(len(as), len(bs))
}

// pageOfRows is how many rows a list shows at first, and grows by.
const pageOfRows = 50

// narrowing is what a list is narrowed down to, and how far it has grown, as its address says.
type narrowing struct {
	Words, State, Year, Person, Clause string
	From, To                           int // the rows that are shown
}

func narrowingOf(v url.Values) narrowing {
	a := narrowing{Words: v.Get("chu"), State: v.Get("trang-thai"), Year: v.Get("nam"), Person: v.Get("nguoi"), Clause: v.Get("dieu-khoan")}
	number := func(name string) int { n, _ := strconv.Atoi(v.Get(name)); return max(n, 0) } // none is 0
	a.From, a.To = number("tu"), max(number("hien"), pageOfRows)
	return a
}

// Any reports whether less than all was asked for.
func (a narrowing) Any() bool { return a.Words+a.State+a.Year+a.Person+a.Clause != "" }

// address is that of the list of them all, that far.
func (a narrowing) address(to int) string {
	v := url.Values{}
	for name, value := range map[string]string{"chu": a.Words, "trang-thai": a.State, "nam": a.Year, "nguoi": a.Person, "dieu-khoan": a.Clause} {
		if value != "" {
			v.Set(name, value)
		}
	}
	v.Set("hien", strconv.Itoa(to))
	return "?" + v.Encode()
}

// is reports whether a row is one of what was asked for, but for its words.
func (a narrowing) is(r row) bool {
	return (a.State == "" || slices.Contains(r.states(), a.State)) && (a.Year == "" || strconv.Itoa(r.Year) == a.Year) &&
		(a.Person == "" || slices.Contains(r.People, a.Person)) && (a.Clause == "" || slices.Contains(r.Clauses, a.Clause))
}

// part is what a list shows of all its rows.
type part[T any] struct {
	Rows  []T
	Count int    // of what was asked for
	Of    int    // of all
	More  string // where more of it is; "" if this is the last
	Next  int    // how many that adds
}

// narrowed is the part of a list that was asked for.
func narrowed[T any](a narrowing, all []T, is func(T) bool, by func(T) findable) part[T] {
	found := matching(a.Words, slices.DeleteFunc(slices.Clone(all), func(one T) bool { return !is(one) }), by)
	to := min(a.To, len(found))
	p := part[T]{Rows: found[min(a.From, to):to], Count: len(found), Of: len(all)}
	if to < len(found) {
		p.Next = min(pageOfRows, len(found)-to)
		p.More = a.address(to + p.Next)
	}
	return p
}

// listed are the rows of the list that was opened last, so that narrowing it down needs not
// read the site anew.
type listed struct {
	mu   sync.Mutex
	rows []row // nil if something was done since
	done int   // how often that was
}

// remembered are the rows of the site; again is asked by who has them before their eyes.
func (d *Desk) remembered(again bool) ([]row, error) {
	d.listed.mu.Lock()
	rows, done := d.listed.rows, d.listed.done
	d.listed.mu.Unlock()
	if again && rows != nil {
		return rows, nil
	}
	c, findings, err := d.Site.Load()
	if err != nil {
		return nil, err
	}
	if rows, err = d.rows(c, findings); err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].found = foundBy(rows[i].said()...)
	}
	d.listed.mu.Lock()
	defer d.listed.mu.Unlock()
	if d.listed.done == done {
		d.listed.rows = rows
	}
	return rows, nil
}

// forgetListed has the lists read the site anew: something is being done.
func (d *Desk) forgetListed() {
	d.listed.mu.Lock()
	defer d.listed.mu.Unlock()
	d.listed.rows = nil
	d.listed.done++
}

// list shows the entries of a kind, or of all: a part at a time.
func (d *Desk) list(w http.ResponseWriter, r *http.Request) {
	s := section{Label: "Tất cả bài"}
	if name := r.PathValue("section"); name != "" {
		at := slices.IndexFunc(sections(), func(s section) bool { return s.Name == name })
		if at < 0 {
			absent(w, r)
			return
		}
		s = sections()[at]
	}
	rows, err := d.remembered(isAgain(r))
	if err != nil {
		d.broken(w, err)
		return
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return s.Name != "" && r.Section != s.Name })
	a := narrowingOf(r.URL.Query())
	d.show(w, "danh-sach", view{Title: s.Label, Here: "/bai/", Help: "tim-bai", Own: map[string]any{
		"Section": s, "Add": adding(s.Name, s.Kind), "Choices": choicesOf(rows), "Asked": a, "Unit": "bài", "Part": narrowed(a, rows, a.is, row.findable),
	}})
}

// isAgain reports whether a list that is open asks for another part of itself.
func isAgain(r *http.Request) bool { return r.URL.Query().Has("tu") }
