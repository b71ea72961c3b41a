package catalog

import (
	"iter"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// KindPerson is an outstanding intellectual.
const KindPerson Kind = "person"

var _ = register(kindInfo{
	Kind: KindPerson, Order: 2, Folder: "tri-thuc", Name: diag.Text{VI: "trí thức tiêu biểu", EN: "person"},
	Icon: "school", Collection: "people",
	make: func() item { return new(Person) },
})

// Person is an outstanding intellectual.
type Person struct {
	Entry
	OtherNames   []string    `key:"other_names" vi:"Tên khác" en:"Other names" vihelp:"Tên khai sinh, bút danh." enhelp:"Birth name, pen names."`
	GivenName    string      `key:"given_name" vi:"Tên gọi" en:"Given name" vihelp:"Chỉ ghi khi tên gọi không phải là chữ cuối của họ tên." enhelp:"Only where it is not the last word of the name."`
	Degree       string      `key:"degree" vi:"Học hàm, học vị" en:"Degree" vihelp:"Ví dụ: Giáo sư, Viện sĩ." enhelp:"For example: Giáo sư, Viện sĩ."`
	Sex          string      `key:"sex" one:"male female" words:"nam|nữ" vi:"Giới tính" en:"Sex" vihelp:"male: nam; female: nữ. Chỉ để thống kê, không hiện trên trang." desk:"Chỉ để thống kê, không hiện trên trang." enhelp:"male or female. For figures alone; not shown on the site."`
	Born         Date        `key:"born" is:"year" vi:"Ngày sinh" en:"Born" vihelp:"Năm-tháng-ngày, hoặc chỉ ghi năm." desk:"Biết đến đâu ghi đến đó." enhelp:"Year-month-day, or the year alone."`
	Died         Date        `key:"died" is:"year" vi:"Ngày mất" en:"Died" vihelp:"Năm-tháng-ngày, hoặc chỉ ghi năm; người còn sống thì bỏ dòng này." desk:"Biết đến đâu ghi đến đó; người còn sống thì để trống." enhelp:"Year-month-day, or the year alone; leave out for the living."`
	Birthplace   string      `key:"birthplace" vi:"Quê quán, nơi sinh" en:"Birthplace" vihelp:"Tên địa danh như trong nguồn." enhelp:"As the source has it."`
	Fields       []string    `key:"fields" vi:"Lĩnh vực" en:"Fields" vihelp:"Ví dụ: Y học, Nông nghiệp." enhelp:"For example: Y học, Nông nghiệp." eg:"[]"`
	Affiliation  []string    `key:"affiliation" vi:"Chức vụ, nơi công tác" en:"Offices and affiliation" vihelp:"Mỗi chức vụ, mỗi nơi công tác một mục." enhelp:"One item an office or a body."`
	Why          string      `key:"why" longest:"500" vi:"Vì sao được vinh danh" en:"Why honoured" vihelp:"Một câu: người này đã làm được gì cho khoa học, cho đất nước." enhelp:"One sentence: what the person did for science and the country."`
	Facts        []Fact      `key:"facts" vi:"Điểm chính" en:"Key facts" vihelp:"Ba đến năm điểm, mỗi điểm một câu và nguồn của nó." enhelp:"Three to five, each a sentence with its source."`
	Life         []Milestone `key:"life" vi:"Dòng đời" en:"Lifeline" vihelp:"Các mốc của cuộc đời, từ sớm đến muộn." enhelp:"The stations of the life, earliest first."`
	Awards       []Award     `key:"awards" vi:"Giải thưởng, danh hiệu" en:"Awards" vihelp:"Mỗi giải thưởng một mục." enhelp:"One item an award."`
	OfficialPage string      `key:"official_page" is:"url" vi:"Trang chính thức" en:"Official page" vihelp:"Trang giới thiệu nhân vật của viện, trường, cơ quan; nhờ đó máy tìm kiếm nhận ra đúng người." enhelp:"An institute's or a public body's page about the person, by which search engines tell who is meant."`
	Unclear      string      `key:"unclear" longest:"1000" vi:"Điều chưa rõ" en:"Not clear" vihelp:"Chỗ mà các nguồn nói khác nhau hoặc chưa nói; hiện thành một ô ở cuối trang." enhelp:"Where sources differ or are silent; shown in a box at the end of the page."`
	Portrait     *Image      `key:"portrait" vi:"Chân dung" en:"Portrait" vihelp:"Ảnh được phép dùng, đặt trong cùng thư mục." desk:"Ảnh được phép dùng." enhelp:"A picture that may be used, in the same folder."`
	Consent      *Consent    `key:"consent" is:"required" vi:"Căn cứ để đăng" en:"Consent" vihelp:"Vì sao được phép đăng thông tin về người này. Trang chỉ nêu căn cứ và ngày." enhelp:"On what basis the person is published. The page tells the basis and the date alone."`
	Plan         []Ref       `key:"plan" vi:"Điều khoản của kế hoạch" en:"Provisions" vihelp:"Mã các điều khoản mà trang này nói tới." desk:"Những điều khoản mà trang này nói tới." enhelp:"The provisions that this speaks for." eg:"[]"`
	Sources      []Source    `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Ít nhất một nguồn có thể kiểm chứng." enhelp:"At least one source that can be verified."`
}

// Award is an award or title given to a person.
type Award struct {
	Name       string `key:"name" is:"required" vi:"Tên giải thưởng, danh hiệu" en:"Name" vihelp:"Tên chính thức." enhelp:"The official name."`
	Year       int    `key:"year" vi:"Năm" en:"Year" vihelp:"Năm được trao." enhelp:"When it was given."`
	Decision   string `key:"decision" vi:"Quyết định" en:"Decision" vihelp:"Số của quyết định, nếu biết." enhelp:"The decision's number, if known."`
	Posthumous bool   `key:"posthumous" vi:"Truy tặng" en:"Posthumous" vihelp:"Ghi true khi được truy tặng, sau ngày mất." desk:"Đánh dấu khi được truy tặng, sau ngày mất." enhelp:"true where it was given after the person's death."`
	Source     string `key:"source" is:"url" vi:"Nguồn" en:"Source" vihelp:"Địa chỉ nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
	pos        diag.Pos
}

// Fact is a sentence that is worth knowing of a person, with the source that vouches for it.
type Fact struct {
	Text   string `key:"text" is:"required" longest:"500" vi:"Nội dung" en:"Text" vihelp:"Một câu." enhelp:"One sentence."`
	Source string `key:"source" is:"required cited" vi:"Nguồn" en:"Source" vihelp:"Địa chỉ (url) của một nguồn dưới sources; văn bản không có trên mạng thì ghi số (number)." desk:"Một trong các nguồn ở mục “Nguồn” của trang." enhelp:"The url of one of the sources; of a document that is not on the web its number." eg:"https://…"`
	pos    diag.Pos
}

// Milestone is a station of a life.
type Milestone struct {
	When When   `key:"when" is:"required" vi:"Khi nào" en:"When" vihelp:"Đến mức biết chắc: năm (1946), năm-tháng (1946-09), ngày (1946-12-05), hoặc từ lúc này đến lúc kia (1969/1973)." desk:"Đến mức biết chắc: năm, tháng, ngày, hoặc từ lúc này đến lúc kia." enhelp:"As far as is known: a year (1946), a month (1946-09), a day (1946-12-05) or a range (1969/1973)." eg:"1946"`
	Text string `key:"text" is:"required" longest:"300" vi:"Việc gì" en:"What" vihelp:"Một câu ngắn." enhelp:"A short sentence."`
	pos  diag.Pos
}

// Consent is the basis on which a person is published (law 91/2025/QH15).
type Consent struct {
	Basis    string `key:"basis" is:"required" one:"consent public-activity deceased" words:"có văn bản đồng ý|hoạt động công khai|đã qua đời, tư liệu công khai" vi:"Căn cứ" en:"Basis" vihelp:"consent: có văn bản đồng ý; public-activity: hoạt động công khai; deceased: nhân vật đã qua đời, tư liệu công khai." desk:"" enhelp:"consent, public-activity or deceased." eg:"consent"`
	Date     Date   `key:"date" vi:"Ngày đồng ý" en:"Date" vihelp:"Ngày ký văn bản đồng ý." enhelp:"When consent was given."`
	Document string `key:"document" vi:"Văn bản" en:"Document" vihelp:"Số hoặc nơi lưu văn bản đồng ý. Chỉ để cơ quan tra lại, không đăng." enhelp:"Where the consent is filed. For the office alone; never published."`
	Scope    string `key:"scope" vi:"Phạm vi" en:"Scope" vihelp:"Đồng ý cho đăng những gì. Chỉ để người biên tập theo, không đăng." enhelp:"What may be published. For editors to follow; itself never published."`
}

// mentions are those of a person, whose page is about nobody else.
func (p *Person) mentions() Mentions { return Mentions{Plan: p.Plan, Fields: p.Fields} }

func (p *Person) picture() (key string, image *Image) { return "portrait", p.Portrait }

func (p *Person) list(c *Catalog) { c.People = append(c.People, p) }

// PersonPages yields the page of every person, translations too.
func (c *Catalog) PersonPages() iter.Seq[*Person] {
	return func(yield func(*Person) bool) {
		for _, it := range c.entries {
			if p, ok := it.(*Person); ok && !yield(p) {
				return
			}
		}
	}
}

var (
	ruleDiedFirst = diag.NewRule("died-before-born", diag.Error,
		diag.Text{VI: "Ngày mất lại trước ngày sinh.", EN: "The date of death is before the date of birth."},
		diag.Text{VI: "Kiểm tra lại born và died.", EN: "Check born and died."})
	ruleConsentLiving = diag.NewRule("consent-living", diag.Error,
		diag.Text{VI: "Nhân vật chưa có ngày mất nên không thể ghi căn cứ “đã qua đời” (deceased).", EN: "There is no date of death, so the basis cannot be “deceased”."},
		diag.Text{VI: "Ghi dòng died (ngày mất), hoặc đổi basis thành consent (có văn bản đồng ý) hay public-activity (hoạt động công khai).",
			EN: "Give died, or change the basis to consent or public-activity."})
	ruleConsentProof = diag.NewRule("consent-proof", diag.Error,
		diag.Text{VI: "Sự đồng ý của người còn sống phải kiểm chứng được: thiếu %[1]s.", EN: "A living person's consent must be verifiable: %[1]s is missing."},
		diag.Text{VI: "Dưới consent: ghi date (ngày đồng ý), document (nơi lưu văn bản) và scope (được đăng những gì).",
			EN: "Under consent: give date, document (where it is filed) and scope (what may be published)."})
	ruleMinor = diag.NewRule("minor", diag.Error,
		diag.Text{VI: "Nhân vật chưa đủ 18 tuổi: trang này không nêu tên trẻ em.", EN: "The person is under 18: the site does not name children."},
		diag.Text{VI: "Bỏ trang này; trong tin, bài chỉ viết “một học sinh”, “nhóm tác giả”.", EN: "Remove the page; in articles say “a pupil”, “the authors”."})
	rulePosthumousEarly = diag.NewRule("award-posthumous", diag.Error,
		diag.Text{VI: "“%[1]s” ghi là truy tặng, nhưng theo trang này thì khi ấy nhân vật chưa mất.", EN: "“%[1]s” is said to be posthumous, but by this page the person had not died then."},
		diag.Text{VI: "Kiểm tra lại died (ngày mất) và year (năm trao); nếu không phải truy tặng thì bỏ dòng posthumous.", EN: "Check died and year; remove posthumous where it is not so."})
	ruleAwardAfterDeath = diag.NewRule("award-after-death", diag.Warning,
		diag.Text{VI: "“%[1]s” trao năm %[2]d, sau khi nhân vật mất, mà chưa ghi là truy tặng.", EN: "“%[1]s” was given in %[2]d, after the person's death, and is not said to be posthumous."},
		diag.Text{VI: "Thêm dòng posthumous: true dưới giải thưởng, danh hiệu ấy, hoặc kiểm tra lại year và died.", EN: "Add posthumous: true to the award, or check year and died."})
	ruleFactSource = diag.NewRule("fact-source", diag.Error,
		diag.Text{VI: "Nguồn “%[1]s” của điểm chính này không có dưới sources.", EN: "“%[1]s”, the source of this key fact, is not among the sources."},
		diag.Text{VI: "Chép đúng địa chỉ (url) hoặc số (number) của một nguồn dưới sources, hoặc thêm nguồn ấy vào đó.", EN: "Copy the url or the number of one of the sources, or add the source there."})
	ruleLifeOutside = diag.NewRule("life-outside", diag.Warning,
		diag.Text{VI: "Mốc %[1]s của dòng đời nằm trước ngày sinh hoặc ở tương lai.", EN: "%[1]s in the lifeline is before the person's birth or in the future."},
		diag.Text{VI: "Kiểm tra lại when và born.", EN: "Check when and born."})
	ruleLifeOrder = diag.NewRule("life-order", diag.Warning,
		diag.Text{VI: "Dòng đời không theo thứ tự: mốc %[1]s đứng sau mốc %[2]s.", EN: "The lifeline is not in order: %[1]s stands after %[2]s."},
		diag.Text{VI: "Xếp các mốc từ sớm đến muộn.", EN: "Put the earliest first."})
)

func (p *Person) validate(v *validator) {
	v.comesBack(p)
	p.checkAwards(v)
	p.checkFacts(v)
	p.checkLife(v)
	if p.Born.Known() && p.Died.Known() && p.Died.Before(p.Born.Time) {
		v.report(ruleDiedFirst.At(p.pos("died")))
	}
	birthday := p.Born.AddDate(18, 0, 0)
	if p.Born.Precision == ToYear { // any day of that year
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

// checkAwards finds awards of which it is not said rightly whether they were given after
// the person's death.
func (p *Person) checkAwards(v *validator) {
	for _, a := range p.Awards {
		if a.Name == "" {
			continue // reported as missing
		}
		switch died := p.Died.Year(); {
		case a.Posthumous && (!p.Died.Known() || a.Year != 0 && a.Year < died):
			v.report(rulePosthumousEarly.At(a.pos, a.Name))
		case !a.Posthumous && p.Died.Known() && a.Year > died:
			v.report(ruleAwardAfterDeath.At(a.pos, a.Name, a.Year))
		}
	}
}

// checkFacts finds key facts whose source is not among the entry's.
func (p *Person) checkFacts(v *validator) {
	if p.translation && len(p.Sources) == 0 {
		return // which a translation may leave to the page that it translates
	}
	var known []string
	for _, s := range p.Sources {
		for _, name := range []string{s.URL, s.Number} {
			if name != "" {
				known = append(known, name)
			}
		}
	}
	for _, f := range p.Facts {
		if f.Source != "" && !slices.Contains(known, f.Source) {
			v.report(ruleFactSource.At(f.pos, f.Source).Suggest(viet.Nearest(f.Source, known)))
		}
	}
}

// checkLife finds stations of a life that are out of order, or not of it.
func (p *Person) checkLife(v *validator) {
	for i, m := range p.Life {
		if !m.When.Known() {
			continue // reported as missing or wrong
		}
		if m.When.First.After(v.options.Now) || p.Born.Known() && m.When.Last.end().Before(p.Born.Time) {
			v.report(ruleLifeOutside.At(m.pos, m.When.ISO()))
		}
		if i > 0 && p.Life[i-1].When.Known() && m.When.Last.end().Before(p.Life[i-1].When.First.Time) {
			v.report(ruleLifeOrder.At(m.pos, m.When.ISO(), p.Life[i-1].When.ISO()))
		}
	}
}
