package catalog

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/viet"
)

// Addresses of the pages that the generator makes beside the editors' own. They
// stand here so that a clash between the two is found while loading.
const (
	EvidenceURL = "/minh-chung/"
	FieldsURL   = "/linh-vuc/"
	AwardsURL   = "/giai-thuong/"
	GraphURL    = "/van-ban/thuc-hien/"
	GoneURL     = "/410.html"
	APIURL      = "/api/v1/"
	WidgetURL   = "/nhung/"
	GlossaryURL = "/thuat-ngu/"   // where there are terms
	SiteMapURL  = "/so-do-trang/" // the editors' own: it lists all pages
)

// ExplainersURL is the address of the list of a kind's entries that tell of no event.
func ExplainersURL(k Kind) string { return "/" + k.Folder() + "/bai-giai-thich/" }

// ProvisionURL is the address of a provision's own page.
func ProvisionURL(p *Plan, id string) string { return p.URL + id + "/" }

// ProgressURL is the address of the page that says how far a plan has come.
func ProgressURL(p *Plan) string { return p.URL + "tien-do/" }

// KitURL is the address of the page from which what explains a plan is downloaded.
func KitURL(p *Plan) string { return p.URL + "hoc-tap/" }

// FieldURL is the address of the page of a field ("Y học").
func FieldURL(name string) string { return FieldsURL + viet.Slug(name) + "/" }

// AwardURL is the address of the page of an award.
func AwardURL(name string) string { return AwardsURL + viet.Slug(name) + "/" }

// AboutPersonURL is the address of the list of entries that name a person.
func AboutPersonURL(p *Person) string { return p.URL + "tin-bai/" }

// generatedAddresses returns every address that the generator takes, or will take
// once what is hidden now is on the site.
func (c *Catalog) generatedAddresses() map[string]bool {
	return c.addressesMadeOf(func(*Entry) bool { return true })
}

// addressesMadeOf returns the addresses that the generator takes for some entries.
func (c *Catalog) addressesMadeOf(wanted func(*Entry) bool) map[string]bool {
	taken := map[string]bool{EvidenceURL: true, FieldsURL: true, AwardsURL: true, GraphURL: true, WidgetURL: true}
	for _, k := range Kinds() {
		if _, explainers := c.Told(k); len(explainers) > 0 && k.TellsOfEvents() {
			taken[ExplainersURL(k)] = true
		}
	}
	if len(c.Glossary.Terms) > 0 {
		taken[GlossaryURL] = true
	}
	for _, p := range c.Plans {
		if wanted(&p.Entry) {
			maps.Copy(taken, planAddresses(p))
		}
	}
	for _, p := range c.People {
		if !wanted(&p.Entry) {
			continue
		}
		taken[AboutPersonURL(p)] = true
		for _, a := range p.Awards {
			taken[AwardURL(a.Name)] = true
		}
	}
	for _, name := range c.Fields() {
		taken[FieldURL(name)] = true
	}
	return taken
}

// Addresses returns the address of every page on the site that is an entry, or that the
// generator makes, sorted. Aliases are not among them.
func (c *Catalog) Addresses() []string {
	all := c.addressesMadeOf((*Entry).Published)
	for _, it := range c.entries {
		if e := it.base(); e.Published() {
			all[e.URL] = true
		}
	}
	maps.DeleteFunc(all, func(_ string, taken bool) bool { return !taken })
	return slices.Sorted(maps.Keys(all))
}

// planAddresses are those that the generator takes for a plan.
func planAddresses(p *Plan) map[string]bool {
	taken := map[string]bool{ProgressURL(p): p.HasTasks(), KitURL(p): p.Document != nil}
	for _, provision := range p.Provisions() {
		taken[ProvisionURL(p, provision.ID)] = true
	}
	for _, w := range p.Wordings {
		taken[w.URL] = w.URL != p.URL // which is the editors' own
		taken[ComparisonURL(p, w)] = w.Version != nil
	}
	return taken
}

// builtFolders hold what the site is made of beside its pages: the styles, scripts,
// data and search index, and the pages of Hugo's taxonomies.
var builtFolders = []string{"/css/", "/js/", "/api/", "/luoc-do/", "/vi/", "/tim-kiem/index/", "/en/search/index/", planList, personList, fieldList}

// laterPage matches the addresses of a list's second page and those behind it.
var laterPage = regexp.MustCompile(`/trang/[0-9]+/$`)

// isBuilt reports whether an address lies where the site keeps other things than
// editors' pages.
func isBuilt(url string) bool {
	return underAnyOf(url, builtFolders...) || laterPage.MatchString(url)
}

// sectionAddresses returns the addresses of the pages that Hugo makes although no
// file stands for them: the home page of each language and, where a folder right below
// content/ holds entries, its list.
func (c *Catalog) sectionAddresses() map[string]bool {
	taken := map[string]bool{"/": true, "/en/": true}
	for _, it := range c.entries {
		e := it.base()
		root := rootOf(e.Lang)
		if parts := strings.Split(e.Path, "/"); len(parts) > 2 {
			taken[root+parts[1]+"/"] = true
		}
		if first, rest, _ := strings.Cut(strings.TrimPrefix(e.URL, root), "/"); rest != "" {
			taken[root+first+"/"] = true
		}
	}
	return taken
}

// staticAddresses returns the addresses of the folders of static/, and of what lies
// there without an ending.
func staticAddresses(fsys fs.FS) map[string]bool {
	taken := map[string]bool{}
	// What cannot be read cannot be published either: Hugo says so.
	_ = fs.WalkDir(fsys, "static", func(name string, d fs.DirEntry, err error) error {
		if below, ok := strings.CutPrefix(name, "static/"); ok && err == nil {
			taken[closed("/"+below)] = true
		}
		return nil
	})
	return taken
}

// NearestAddress returns the address of the page that a broken link was probably meant
// for: that of an entry of the same name elsewhere, or the most similar address; "" if
// there is none.
func (c *Catalog) NearestAddress(link string) string {
	link, _, _ = strings.Cut(link, "#")
	link = strings.ReplaceAll(link, `\`, "/")
	name := path.Base(strings.TrimSuffix(link, "/"))
	var sameName []string
	for _, it := range c.entries {
		if e := it.base(); e.Published() && e.ID == name && !e.translation {
			sameName = append(sameName, e.URL)
		}
	}
	if len(sameName) == 1 {
		return sameName[0]
	}
	return viet.Nearest(closed("/"+strings.Trim(link, "/")), c.Addresses())
}

// Fields returns the names of all fields in use on the site, in Vietnamese order.
func (c *Catalog) Fields() []string {
	seen := map[string]bool{}
	for _, it := range c.entries {
		if e := it.base(); !e.translation && e.Published() {
			for _, name := range mentionsOf(it).Fields {
				seen[name] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(seen), viet.Compare)
}

// underAnyOf reports whether the address lies below one of the folders that the
// generator owns whole.
func underAnyOf(url string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(url, f) })
}

// Redirect leads from an old address of a page to its current one.
type Redirect struct{ From, To string }

// Redirects returns the redirects of all published entries, sorted by From.
func (c *Catalog) Redirects() []Redirect {
	var all []Redirect
	for _, e := range c.Entries() {
		if e.Published() {
			for _, from := range e.OldAddresses() {
				all = append(all, Redirect{from, e.URL})
			}
		}
	}
	slices.SortFunc(all, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
	return all
}
