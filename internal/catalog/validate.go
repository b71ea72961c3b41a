package catalog

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

var (
	ruleNoSuchProvision = diag.NewRule("unknown-provision", diag.Error,
		diag.Text{VI: "Không có điều khoản “%[1]s”.", EN: "There is no provision “%[1]s”."},
		diag.Text{VI: "Ghi mã kế hoạch, dấu gạch chéo, rồi mã điều khoản, ví dụ 15-kh-tu/ii-1-2; mã hiện cạnh từng điều khoản trên trang kế hoạch.",
			EN: "Write the plan's ID, a slash and the provision's ID, such as 15-kh-tu/ii-1-2; the plan's page shows each ID."})
	ruleNoSuchPerson = diag.NewRule("unknown-person", diag.Error,
		diag.Text{VI: "Không có nhân vật “%[1]s” trong content/tri-thuc.", EN: "There is no person “%[1]s” in content/tri-thuc."},
		diag.Text{VI: "Ghi đúng tên thư mục của nhân vật, hoặc tạo bằng lệnh `lienhiep new person \"Họ và tên\"`.",
			EN: "Write the name of the person's folder, or create it with `lienhiep new person \"Name\"`."})
	ruleDuplicateAddress = diag.NewRule("duplicate-address", diag.Error,
		diag.Text{VI: "Địa chỉ %[1]s đã được dùng ở %[2]s.", EN: "The address %[1]s is already used by %[2]s."},
		diag.Text{VI: "Đổi tên thư mục hoặc dòng slug của một trong hai trang.", EN: "Rename the folder of one of the two pages, or change its slug."})
	ruleGeneratedClash = diag.NewRule("generated-address", diag.Error,
		diag.Text{VI: "Địa chỉ %[1]s đã có chủ: một trang do chương trình tạo ra, một thư mục tệp của trang, hoặc một trang đã gỡ hẳn.", EN: "The address %[1]s is taken: by a generated page, a folder of static files, or a page that was removed for good."},
		diag.Text{VI: "Chọn địa chỉ khác: đổi tên thư mục hoặc dòng slug của trang này; nếu là địa chỉ cũ thì bỏ khỏi mục aliases.", EN: "Choose another address: rename the folder or change the slug; if it is an old address, remove it from aliases."})
	ruleBadAddress = diag.NewRule("address-not-ascii", diag.Error,
		diag.Text{VI: "Địa chỉ “%[1]s” viết sai quy cách.", EN: "“%[1]s” is not a valid address on this site."},
		diag.Text{VI: "Chỉ dùng chữ thường không dấu (a–z), số, gạch nối và một dấu / giữa các phần; bắt đầu bằng /.", EN: "Use only a–z, digits, hyphens and single slashes, starting with /."})
	ruleFieldClash = diag.NewRule("field-spelling", diag.Error,
		diag.Text{VI: "Lĩnh vực “%[1]s” được viết khác ở %[3]s: “%[2]s”.", EN: "The field “%[1]s” is spelled differently in %[3]s: “%[2]s”."},
		diag.Text{VI: "Viết một lĩnh vực giống nhau ở mọi trang.", EN: "Spell a field the same way on every page."})
	ruleAwardClash = diag.NewRule("award-spelling", diag.Error,
		diag.Text{VI: "Giải thưởng “%[1]s” được viết khác ở %[3]s: “%[2]s”.", EN: "The award “%[1]s” is spelled differently in %[3]s: “%[2]s”."},
		diag.Text{VI: "Viết một giải thưởng giống nhau ở mọi trang.", EN: "Spell an award the same way on every page."})
	ruleFieldCharacters = diag.NewRule("field-characters", diag.Error,
		diag.Text{VI: "Tên lĩnh vực “%[1]s” có ký tự không dùng được.", EN: "The name of the field “%[1]s” contains characters that are not allowed."},
		diag.Text{VI: "Chỉ dùng chữ, số, và một dấu cách hoặc gạch nối giữa các chữ, ví dụ: Y học.", EN: "Use letters and digits, separated by single spaces or hyphens, such as Y học."})
	ruleNoWords = diag.NewRule("no-address", diag.Error,
		diag.Text{VI: "“%[1]s” không có chữ cái hay chữ số nào để tạo thành địa chỉ.", EN: "“%[1]s” has no letter or digit from which to make an address."},
		diag.Text{VI: "Viết lại bằng chữ.", EN: "Write it in words."})
	ruleFuture = diag.NewRule("not-yet", diag.Notice,
		diag.Text{VI: "Bản này chưa hiện trên mạng; sẽ hiện từ %[1]s.", EN: "This version is not on the site yet; it appears on %[1]s."},
		diag.Text{VI: "Muốn đăng ngay, ghi một ngày giờ đã qua ở mục “%[2]s”.", EN: "To publish it now, set “%[2]s” to a time in the past."})
	ruleExpired = diag.NewRule("expired", diag.Notice,
		diag.Text{VI: "Trang đã hết hạn đăng từ %[1]s nên không còn trên mạng.", EN: "The page expired on %[1]s and is no longer on the site."},
		diag.Text{VI: "Muốn đăng lại, bỏ dòng expiryDate hoặc ghi một ngày còn ở phía trước.", EN: "To publish it again, remove expiryDate or set it to a date in the future."})
	ruleTranslationAhead = diag.NewRule("translation-ahead", diag.Error,
		diag.Text{VI: "Bản dịch này sẽ hiện trên mạng trong khi trang gốc %[1]s thì chưa hoặc không còn hiện.", EN: "This translation would be on the site while its original, %[1]s, is not."},
		diag.Text{VI: "Ghi draft, date, publishDate và expiryDate ở bản dịch giống như ở trang gốc.", EN: "Give it the same draft, date, publishDate and expiryDate as the original."})
	ruleTranslationAlone = diag.NewRule("translation-alone", diag.Error,
		diag.Text{VI: "Trang này chỉ có bản dịch; không có trang gốc tiếng Việt (%[1]s) trong cùng thư mục.", EN: "There is only a translation here: the folder has no Vietnamese page (%[1]s)."},
		diag.Text{VI: "Viết hoặc chép lại trang gốc; nếu trang gốc đã bỏ hẳn thì bỏ cả bản dịch.", EN: "Write the Vietnamese page, or have it back; if it is gone for good, remove the translation too."})
	ruleDraft = diag.NewRule("draft", diag.Notice,
		diag.Text{VI: "Trang là bản nháp nên không hiện trên mạng.", EN: "The page is a draft and is not on the site."},
		diag.Text{VI: "Khi viết xong, bỏ dòng draft: true.", EN: "When it is finished, remove the line draft: true."})
	ruleBrokenRef = diag.NewRule("names-hidden-person", diag.Warning,
		diag.Text{VI: "Nhân vật “%[1]s” chưa hiện trên mạng (bản nháp hoặc chưa đến ngày đăng), nên bài chưa dẫn tới trang của nhân vật được.", EN: "The page of “%[1]s” is not on the site (a draft, or not yet due), so this entry cannot link to it."},
		diag.Text{VI: "Đăng trang của nhân vật trước, hoặc cùng lúc.", EN: "Publish the person's page first, or at the same time."})
)

// validate finds what is wrong between entries, and in an entry beyond the
// shape of its front matter.
func (c *Catalog) validate() []diag.Finding {
	v := validator{Catalog: c}
	v.indexIDs()
	v.translations()
	for _, it := range c.entries {
		before := len(v.findings)
		v.times(it.base())
		v.ownAddress(it.base())
		v.refs(it)
		if it, ok := it.(validated); ok {
			it.validate(&v)
		}
		if it.base().Draft { // allowed to be unfinished: it stays off the site
			for i := range v.findings[before:] {
				v.findings[before+i] = v.findings[before+i].Lower()
			}
		}
	}
	v.events()
	v.sections()
	v.lonely()
	v.website()
	v.linksToHidden()
	v.identities()
	v.addresses()
	v.spellings()
	return v.findings
}

type validator struct {
	*Catalog
	provisions, people, directives ids
	findings                       []diag.Finding
}

// ids are the IDs that references of one sort can resolve to.
type ids struct {
	known   map[string]*Entry
	list    []string
	nearest map[string]string // what was looked for in vain → the nearest known
}

func (s *ids) add(id string, e *Entry) {
	if s.known == nil {
		s.known, s.nearest = map[string]*Entry{}, map[string]string{}
	}
	if s.known[id] == nil {
		s.list = append(s.list, id)
	}
	s.known[id] = e
}

// near remembers its answers: one wrong ID in many files is looked for once.
func (s *ids) near(id string) string {
	if s.known == nil {
		return ""
	}
	if known, ok := s.nearest[id]; ok {
		return known
	}
	s.nearest[id] = viet.Nearest(id, s.list)
	return s.nearest[id]
}

func (v *validator) report(f diag.Finding) { v.findings = append(v.findings, f) }

// reportOf reports what is wrong with an entry; a draft may be unfinished.
func (v *validator) reportOf(e *Entry, f diag.Finding) {
	if e.Draft {
		f = f.Lower()
	}
	v.report(f)
}

func (v *validator) indexIDs() {
	for _, p := range v.Plans {
		for _, provision := range p.Provisions() {
			v.provisions.add(p.ID+"/"+provision.ID, &p.Entry)
		}
	}
	for _, p := range v.People {
		v.people.add(p.ID, &p.Entry)
	}
	for _, d := range v.Directives {
		v.directives.add(d.ID, &d.Entry)
	}
}

func (v *validator) refs(it item) {
	for _, r := range mentionsOf(it).Plan {
		if v.provisions.known[r.ID] == nil {
			v.report(ruleNoSuchProvision.At(r.Pos, r.ID).Suggest(v.provisions.near(r.ID)))
		}
	}
	for _, r := range mentionsOf(it).People {
		person, withdrawn := v.people.known[r.ID], v.withdrawn(r.ID)
		switch {
		case withdrawn != nil:
			v.report(ruleNamesWithdrawn.At(r.Pos, r.ID, withdrawn.Date))
		case person == nil:
			v.report(ruleNoSuchPerson.At(r.Pos, r.ID).Suggest(v.nearPerson(r.ID)))
		case it.base().Published() && !person.Published():
			v.report(ruleBrokenRef.At(r.Pos, r.ID))
		}
	}
}

// nearPerson is the person's ID that was probably meant: of the bare name, where an ID
// has a title before it.
func (v *validator) nearPerson(id string) string {
	if bare := viet.Slug(NameOfID(id).Bare); v.people.known[bare] != nil {
		return bare
	}
	return v.people.near(id)
}

func (v *validator) times(e *Entry) {
	now, zone := v.options.Now, v.options.Zone
	const moment = "15:04, 02/01/2006"
	switch {
	case e.Draft:
		v.report(ruleDraft.At(e.pos("draft")))
	case e.appears().After(now):
		key := "date"
		if e.PublishDate.Known() {
			key = "publishDate"
		}
		v.report(ruleFuture.At(e.pos(key), e.appears().In(zone).Format(moment), key))
	case e.expired(now):
		v.report(ruleExpired.At(e.pos("expiryDate"), e.ExpiryDate.In(zone).Format(moment)))
	}
}

// translations finds those that would be on the site without the page that they
// translate: what is checked there, a person's consent above all, is not yet in
// order.
func (v *validator) translations() {
	site := v.options
	site.Preview = false
	originals := map[string]*Entry{}
	for _, it := range v.entries {
		if e := it.base(); !e.translation && e.Lang == "vi" {
			stem, _ := splitLang(e.File)
			originals[stem] = e
		}
	}
	for _, it := range v.entries {
		e := it.base()
		stem, _ := splitLang(e.File)
		if e.Lang != "vi" && !e.translation && (e.Kind == KindPerson || e.Kind == KindPlan) {
			v.report(ruleTranslationAlone.At(diag.Pos{File: e.File}, path.Base(stem)+".md"))
		}
		if original := originals[stem]; e.translation && e.isPublished(site) && original != nil && !original.isPublished(site) {
			v.report(ruleTranslationAhead.At(e.pos("draft"), original.File))
		}
	}
}

// ownAddress finds whether addresses written by hand can be addresses.
func (v *validator) ownAddress(e *Entry) {
	check := func(key, address string) {
		if key == "aliases" && address == "/" {
			return // taken, as addresses finds
		}
		inside, absolute := strings.CutPrefix(address, "/")
		parts := strings.Split(strings.TrimSuffix(inside, "/"), "/")
		// Hugo puts an alias that is not absolute beside the page.
		if _, found := badPart(parts); found || key == "aliases" && !absolute {
			v.report(ruleBadAddress.At(e.pos(key), address))
		}
		v.forWindows(e, key, parts...)
	}
	if e.Slug != "" {
		v.forWindows(e, "slug", e.Slug)
	}
	if e.Address != "" {
		check("url", e.Address)
	}
	for _, alias := range e.Aliases {
		check("aliases", alias)
	}
}

// forWindows finds parts of an address that are no name of a folder on Windows.
func (v *validator) forWindows(e *Entry, key string, parts ...string) {
	for _, part := range parts {
		if !content.FitsWindows(part) {
			v.report(ruleWindowsName.At(e.pos(key), part))
		}
	}
}

// addresses finds pages that would be written over one another, or over something
// else that the site serves.
func (v *validator) addresses() {
	taken := make(map[string]*Entry, len(v.entries))
	claim := func(e *Entry, url, key string, reserved bool) {
		switch other := taken[url]; {
		case other != nil:
			v.report(ruleDuplicateAddress.At(e.pos(key), url, other.File))
		case reserved:
			v.report(ruleGeneratedClash.At(e.pos(key), url))
			fallthrough
		default:
			taken[url] = e
		}
	}
	generated, gone := v.generatedAddresses(), v.withdrawnAddresses()
	isReserved := func(e *Entry, url string) bool {
		return generated[url] || isBuilt(url) || e.Kind != KindPerson && slices.Contains(gone, url) // a person is told of it by name
	}
	for _, it := range v.entries {
		e := it.base()
		claim(e, e.URL, "slug", isReserved(e, e.URL))
	}
	sections := v.sectionAddresses()
	for _, it := range v.entries {
		e := it.base()
		for _, url := range e.OldAddresses() {
			claim(e, url, "aliases", isReserved(e, url) || sections[url] || v.static[url])
		}
	}
}

// OldAddresses are those that the entry had, and at which readers are led to its page.
func (e *Entry) OldAddresses() []string {
	urls := make([]string, len(e.Aliases))
	for i, a := range e.Aliases {
		urls[i] = closed("/" + strings.Trim(a, "/"))
	}
	return urls
}

// spellings finds fields and awards that are one but spelt in two ways: they
// would share an address. The spelling of the most entries is taken for right.
func (v *validator) spellings() {
	fields, awards := spellings{}, spellings{}
	for _, it := range v.entries {
		e := it.base()
		if e.translation {
			continue
		}
		for _, name := range mentionsOf(it).Fields {
			if !fieldPattern.MatchString(name) {
				v.report(ruleFieldCharacters.At(e.pos("fields"), name))
				continue
			}
			v.forWindows(e, "fields", viet.Slug(name))
			fields.add(name, e)
		}
		if p, ok := it.(*Person); ok {
			for _, a := range p.Awards {
				if viet.Slug(a.Name) == "" && a.Name != "" {
					v.report(ruleNoWords.At(e.pos("awards"), a.Name))
				} else if a.Name != "" {
					v.forWindows(e, "awards", viet.Slug(a.Name))
					awards.add(a.Name, e)
				}
			}
		}
	}
	fields.report(v, "fields", ruleFieldClash)
	awards.report(v, "awards", ruleAwardClash)
}

// spellings holds, per address, the ways in which a name is spelt, and where.
type spellings map[string][]spelling

type spelling struct {
	name    string
	entries []*Entry
}

func (s spellings) add(name string, e *Entry) {
	slug := viet.Slug(name)
	ways := s[slug]
	i := slices.IndexFunc(ways, func(w spelling) bool { return w.name == name })
	if i < 0 {
		i, ways = len(ways), append(ways, spelling{name: name})
	}
	ways[i].entries = append(ways[i].entries, e)
	s[slug] = ways
}

func (s spellings) report(v *validator, key string, rule *diag.Rule) {
	for _, slug := range slices.Sorted(maps.Keys(s)) {
		ways := s[slug]
		right := ways[0]
		for _, w := range ways[1:] {
			if len(w.entries) > len(right.entries) {
				right = w
			}
		}
		for _, w := range ways {
			if w.name == right.name {
				continue
			}
			for _, e := range w.entries {
				v.report(rule.At(e.pos(key), w.name, right.name, right.entries[0].File).Suggest(right.name))
			}
		}
	}
}

// fieldPattern is what a field's name may be: Hugo makes a folder of it by
// lower-casing and putting hyphens for spaces, and the generator must find the
// same folder.
var fieldPattern = regexp.MustCompile(`^[\p{L}\p{N}]+([ -][\p{L}\p{N}]+)*$`)
