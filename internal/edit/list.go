package edit

import (
	"cmp"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
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
	Words              string // by which it is found, folded
	Updated            time.Time
	CanTakeDown        bool
}

// rows are the entries for which is is true.
func (d *Desk) rows(c *catalog.Catalog, findings []diag.Finding, is func(catalog.Summary) bool) []row {
	errs := map[string]int{}
	for _, f := range findings {
		if f.Severity == diag.Error {
			errs[f.Pos.File]++
		}
	}
	f := former{c, d.Zone}
	called := map[string]string{}
	for _, one := range slices.Concat(f.candidates(string(catalog.KindPerson)), f.candidates("dieu-khoan")) {
		called[one.Value], _, _ = strings.Cut(one.Label, " · ") // of a provision its number
	}
	var all []row
	for _, s := range c.Summaries() {
		if !is(s) {
			continue
		}
		state := c.State(s.Entry)
		one := row{Title: cmp.Or(s.Title, s.File), Place: placeAtDesk(s.File), File: s.File, Section: sectionOf(s.File), State: state, StateName: stateNames[state],
			English: s.Lang == "en", Approval: d.approvalOf(s.File), Consent: s.Consent, CanTakeDown: state == catalog.Live && canBeTakenDown(s.Entry), Errors: errs[s.File], Updated: s.Date.Time}
		if s.Image != nil && s.Image.File != "" {
			one.Image = path.Dir(one.Place) + "/" + s.Image.File
		}
		if s.Date.Known() {
			one.Posted, one.Year = spoken(s.Date, d.Zone), s.Date.In(d.Zone).Year()
		}
		if when := s.When(); when.Known() {
			one.Happened, one.Year = spokenWhen(when, d.Zone), when.Year()
		}
		if state == catalog.Waiting {
			one.Appears = spoken(s.Appears(), d.Zone)
		}
		if s.ExpiryDate.Known() && state != catalog.Expired {
			one.Goes = spoken(s.ExpiryDate, d.Zone)
		}
		for _, ref := range s.Mentions.People {
			one.People = append(one.People, cmp.Or(called[ref.ID], ref.ID))
		}
		for _, ref := range s.Mentions.Plan {
			one.Clauses = append(one.Clauses, cmp.Or(called[ref.ID], ref.ID))
		}
		one.Words = viet.Fold(strings.Join(slices.Concat([]string{one.Title, one.Happened, one.Posted, s.Description, s.File}, one.People, one.Clauses), " "))
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b row) int { return b.Updated.Compare(a.Updated) })
	return all
}

// choices are what a list can be narrowed down to: what its entries have, each once.
type choices struct {
	States  []option
	Years   []int
	People  []string
	Clauses []string
}

func choicesOf(rows []row) choices {
	var c choices
	for _, r := range rows {
		if r.Year != 0 {
			c.Years = append(c.Years, r.Year)
		}
		c.People, c.Clauses = append(c.People, r.People...), append(c.Clauses, r.Clauses...)
	}
	for _, s := range []catalog.State{catalog.Live, catalog.Draft, catalog.Waiting, catalog.Expired} {
		c.States = append(c.States, option{string(s), stateNames[s]})
	}
	c.States = append(c.States, option{"error", "Có lỗi"}, option{"consent", "Chờ phiếu đồng ý"}, option{"approval", "Chờ duyệt"}, option{"goes", "Sắp gỡ"})
	once(&c.Years, func(a, b int) int { return b - a })
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

// list shows the entries of a kind, or of all.
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
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	is := func(file string) bool { return s.Name == "" || sectionOf(file) == s.Name }
	unread := slices.DeleteFunc(d.unread(c, findings), func(r row) bool { return !is(r.File) })
	rows := append(unread, d.rows(c, findings, func(e catalog.Summary) bool { return is(e.File) })...)
	d.show(w, "danh-sach", view{Title: s.Label, Here: "/bai/", Help: "noi-dung", Own: map[string]any{"Section": s, "Rows": rows, "Choices": choicesOf(rows)}})
}
