package catalog

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
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
			EN: "Write the name of the person's folder, or make one with `lienhiep new person \"Name\"`."})
	ruleNoSuchDirective = diag.NewRule("unknown-directive", diag.Error,
		diag.Text{VI: "Không có văn bản “%[1]s” trong content/van-ban.", EN: "There is no document “%[1]s” in content/van-ban."},
		diag.Text{VI: "Ghi đúng tên thư mục của văn bản, ví dụ 42-ct-tw.", EN: "Write the name of the document's folder, such as 42-ct-tw."})
	ruleDuplicateAddress = diag.NewRule("duplicate-address", diag.Error,
		diag.Text{VI: "Địa chỉ %[1]s đã được dùng ở %[2]s.", EN: "The address %[1]s is already that of %[2]s."},
		diag.Text{VI: "Đổi tên thư mục hoặc dòng slug của một trong hai trang.", EN: "Rename the folder of one of the two, or give it another slug."})
	ruleGeneratedClash = diag.NewRule("generated-address", diag.Error,
		diag.Text{VI: "Địa chỉ %[1]s đã có chủ: một trang do chương trình tạo ra, một thư mục tệp của trang, hoặc một trang đã gỡ hẳn.", EN: "The address %[1]s is taken: by a page that the program makes, a folder of the site's files, or a page that is gone for good."},
		diag.Text{VI: "Chọn địa chỉ khác: đổi tên thư mục hoặc dòng slug của trang này; nếu là địa chỉ cũ thì bỏ khỏi mục aliases.", EN: "Choose another: rename the folder, or change the slug; take an old address out of aliases."})
	ruleBadAddress = diag.NewRule("address-not-ascii", diag.Error,
		diag.Text{VI: "Địa chỉ “%[1]s” viết sai quy cách.", EN: "“%[1]s” is not written as an address of the site."},
		diag.Text{VI: "Chỉ dùng chữ thường không dấu (a–z), số, gạch nối và một dấu / giữa các phần; bắt đầu bằng /.", EN: "Use a–z, digits, hyphens and single slashes, beginning with /."})
	ruleFieldClash = diag.NewRule("field-spelling", diag.Error,
		diag.Text{VI: "Lĩnh vực “%[1]s” được viết khác ở %[3]s: “%[2]s”.", EN: "The field “%[1]s” is spelt otherwise in %[3]s: “%[2]s”."},
		diag.Text{VI: "Viết một lĩnh vực giống nhau ở mọi trang.", EN: "Spell a field the same on every page."})
	ruleAwardClash = diag.NewRule("award-spelling", diag.Error,
		diag.Text{VI: "Giải thưởng “%[1]s” được viết khác ở %[3]s: “%[2]s”.", EN: "The award “%[1]s” is spelt otherwise in %[3]s: “%[2]s”."},
		diag.Text{VI: "Viết một giải thưởng giống nhau ở mọi trang.", EN: "Spell an award the same on every page."})
	ruleFieldCharacters = diag.NewRule("field-characters", diag.Error,
		diag.Text{VI: "Tên lĩnh vực “%[1]s” có ký tự không dùng được.", EN: "The field “%[1]s” holds characters that cannot be used."},
		diag.Text{VI: "Chỉ dùng chữ, số, và một dấu cách hoặc gạch nối giữa các chữ, ví dụ: Y học.", EN: "Use letters and digits, with single spaces or hyphens between, such as Y học."})
	ruleNoWords = diag.NewRule("no-address", diag.Error,
		diag.Text{VI: "“%[1]s” không có chữ cái hay chữ số nào để tạo thành địa chỉ.", EN: "“%[1]s” has no letter or digit to make an address of."},
		diag.Text{VI: "Viết lại bằng chữ.", EN: "Write it in words."})
	ruleDiedFirst = diag.NewRule("died-before-born", diag.Error,
		diag.Text{VI: "Ngày mất lại trước ngày sinh.", EN: "The date of death stands before that of birth."},
		diag.Text{VI: "Kiểm tra lại born và died.", EN: "Check born and died."})
	ruleEndsFirst = diag.NewRule("contest-ends-first", diag.Error,
		diag.Text{VI: "Ngày kết thúc đứng trước ngày bắt đầu, hoặc không có ngày bắt đầu.", EN: "The last day stands before the first, or there is no first."},
		diag.Text{VI: "Kiểm tra lại begins và ends.", EN: "Check begins and ends."})
	ruleConsentLiving = diag.NewRule("consent-living", diag.Error,
		diag.Text{VI: "Nhân vật chưa có ngày mất nên không thể ghi căn cứ “đã qua đời” (deceased).", EN: "The person has no date of death, so the basis cannot be “deceased”."},
		diag.Text{VI: "Ghi dòng died (ngày mất), hoặc đổi basis thành consent (có văn bản đồng ý) hay public-activity (hoạt động công khai).",
			EN: "Give died, or change the basis to consent or public-activity."})
	ruleConsentProof = diag.NewRule("consent-proof", diag.Error,
		diag.Text{VI: "Sự đồng ý của người còn sống phải kiểm chứng được: thiếu %[1]s.", EN: "A living person's consent must be verifiable: %[1]s is missing."},
		diag.Text{VI: "Dưới consent: ghi date (ngày đồng ý), document (nơi lưu văn bản) và scope (được đăng những gì).",
			EN: "Under consent: give date, document (where it is filed) and scope (what may be published)."})
	ruleMinor = diag.NewRule("minor", diag.Error,
		diag.Text{VI: "Nhân vật chưa đủ 18 tuổi: trang này không nêu tên trẻ em.", EN: "The person is under 18: the site names no child."},
		diag.Text{VI: "Bỏ trang này; trong tin, bài chỉ viết “một học sinh”, “nhóm tác giả”.", EN: "Remove the page; in articles say “a pupil”, “the authors”."})
	ruleNoteNowhere = diag.NewRule("note-nowhere", diag.Error,
		diag.Text{VI: "Ghi chú đặt ở “%[1]s”, nhưng kế hoạch không có chỗ đó.", EN: "The note is on “%[1]s”, which the plan does not have."},
		diag.Text{VI: "Ghi mã điều khoản như ii-3-2, hoặc head (phần đầu), preamble (phần mở đầu), tail (phần cuối).", EN: "Write a provision's ID such as ii-3-2, or head, preamble, tail."})
	ruleTasksNowhere = diag.NewRule("tasks-nowhere", diag.Error,
		diag.Text{VI: "Kế hoạch không có phần “%[1]s” để lấy ra các nhiệm vụ.", EN: "The plan has no section “%[1]s” to take the tasks from."},
		diag.Text{VI: "Ghi mã của một phần, ví dụ tasks: ii.", EN: "Write a section's ID, such as tasks: ii."})
	ruleDirectiveFolder = diag.NewRule("directive-folder", diag.Error,
		diag.Text{VI: "Thư mục “%[1]s” không khớp với số văn bản %[2]s.", EN: "The folder “%[1]s” does not match the number %[2]s."},
		diag.Text{VI: "Đổi tên thư mục theo số văn bản, ví dụ số 42-CT/TW thì thư mục là 42-ct-tw.", EN: "Name the folder after the number, so that citations find it."})
	ruleFuture = diag.NewRule("not-yet", diag.Notice,
		diag.Text{VI: "Trang chưa hiện trên mạng; sẽ hiện từ %[1]s.", EN: "The page is not on the site yet; it appears on %[1]s."},
		diag.Text{VI: "Muốn đăng ngay, ghi một ngày giờ đã qua ở mục “%[2]s”.", EN: "To publish it now, give a time that has passed in “%[2]s”."})
	ruleExpired = diag.NewRule("expired", diag.Notice,
		diag.Text{VI: "Trang đã hết hạn đăng từ %[1]s nên không còn trên mạng.", EN: "The page expired on %[1]s and is off the site."},
		diag.Text{VI: "Muốn đăng lại, bỏ dòng expiryDate hoặc ghi một ngày còn ở phía trước.", EN: "To have it back, remove expiryDate or give a date to come."})
	ruleTranslationAhead = diag.NewRule("translation-ahead", diag.Error,
		diag.Text{VI: "Bản dịch này sẽ hiện trên mạng trong khi trang gốc %[1]s thì chưa hoặc không còn hiện.", EN: "This translation would be on the site while the page that it translates, %[1]s, is not."},
		diag.Text{VI: "Ghi draft, date, publishDate và expiryDate ở bản dịch giống như ở trang gốc.", EN: "Give it the same draft, date, publishDate and expiryDate as that page."})
	ruleDraft = diag.NewRule("draft", diag.Notice,
		diag.Text{VI: "Trang là bản nháp nên không hiện trên mạng.", EN: "The page is a draft and not on the site."},
		diag.Text{VI: "Khi viết xong, bỏ dòng draft: true.", EN: "When it is done, remove the line draft: true."})
	ruleBrokenRef = diag.NewRule("names-hidden-person", diag.Warning,
		diag.Text{VI: "Nhân vật “%[1]s” chưa hiện trên mạng (bản nháp hoặc chưa đến ngày đăng), nên bài chưa dẫn tới trang của nhân vật được.", EN: "The person “%[1]s” is not on the site (a draft, or not yet due), so there is no page to lead to."},
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
		switch it := it.(type) {
		case *Person:
			v.person(it)
		case *Plan:
			v.plan(it)
		case *Directive:
			v.directive(it)
		case *Contest:
			v.contest(it)
		}
		if it.base().Draft { // allowed to be unfinished: it stays off the site
			for i := range v.findings[before:] {
				v.findings[before+i] = v.findings[before+i].Lower()
			}
		}
	}
	v.sections()
	v.lonely()
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

func (v *validator) person(p *Person) {
	v.comesBack(p)
	if p.Born.Known() && p.Died.Known() && p.Died.Before(p.Born.Time) {
		v.report(ruleDiedFirst.At(p.pos("died")))
	}
	birthday := p.Born.AddDate(18, 0, 0)
	if p.Born.YearOnly { // any day of that year
		birthday = birthday.AddDate(1, 0, -1)
	}
	if p.Born.Known() && birthday.After(v.options.Now) {
		v.report(ruleMinor.At(p.pos("born")))
	}
	if p.Consent == nil {
		return // reported as missing
	}
	switch {
	case p.Consent.Basis == "deceased" && !p.Died.Known():
		v.report(ruleConsentLiving.At(p.pos("consent")))
	case p.Consent.Basis == "consent":
		if missing := p.Consent.missing(); missing != "" {
			v.report(ruleConsentProof.At(p.pos("consent"), missing))
		}
	}
}

// missing names what a consent lacks to be specific and verifiable.
func (c *Consent) missing() string {
	var keys []string
	if !c.Date.Known() {
		keys = append(keys, "date")
	}
	if c.Document == "" {
		keys = append(keys, "document")
	}
	if c.Scope == "" {
		keys = append(keys, "scope")
	}
	return strings.Join(keys, ", ")
}

func (v *validator) plan(p *Plan) {
	if p.Document == nil {
		return
	}
	var ids []string
	p.Document.Walk(func(node, _ *plan.Provision) { ids = append(ids, node.ID) })
	places := append([]string{"head", "preamble", "tail"}, ids...)
	for _, n := range p.Notes {
		if n.At != "" && !slices.Contains(places, n.At) {
			v.report(ruleNoteNowhere.At(n.pos, n.At).Suggest(viet.Nearest(n.At, places)))
		}
	}
	if p.Tasks != "" && !slices.Contains(ids, p.Tasks) {
		v.report(ruleTasksNowhere.At(p.pos("tasks"), p.Tasks).Suggest(viet.Nearest(p.Tasks, ids)))
	}
	v.validateProgress(p, ids)
}

func (v *validator) contest(c *Contest) {
	if c.Ends.Known() && (!c.Begins.Known() || c.Ends.Before(c.Begins.Time)) {
		v.report(ruleEndsFirst.At(c.pos("ends")))
	}
}

func (v *validator) directive(d *Directive) {
	if d.Number != "" && viet.Slug(d.Number) != d.ID {
		v.report(ruleDirectiveFolder.At(d.pos("number"), d.ID, d.Number).Suggest(viet.Slug(d.Number)))
	}
	for _, r := range d.CarriesOut {
		if v.directives.known[r.ID] == nil {
			v.report(ruleNoSuchDirective.At(r.Pos, r.ID).Suggest(v.directives.near(r.ID)))
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
	generated, gone := v.generatedAddresses(), v.Gone()
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
		for _, url := range absolute(e.Aliases) {
			claim(e, url, "aliases", isReserved(e, url) || sections[url] || v.static[url])
		}
	}
}

// absolute returns aliases as the addresses that Hugo gives them.
func absolute(aliases []string) []string {
	urls := make([]string, len(aliases))
	for i, a := range aliases {
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
