package catalog

import (
	"strings"

	"lienhiep/internal/diag"
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
	OtherNames  []string `key:"other_names" vi:"Tên khác" en:"Other names" vihelp:"Tên khai sinh, bút danh." enhelp:"Birth name, pen names."`
	GivenName   string   `key:"given_name" vi:"Tên gọi" en:"Given name" vihelp:"Chỉ ghi khi tên gọi không phải là chữ cuối của họ tên." enhelp:"Only where it is not the last word of the name."`
	Degree      string   `key:"degree" vi:"Học hàm, học vị" en:"Degree" vihelp:"Ví dụ: Giáo sư, Viện sĩ." enhelp:"For example: Giáo sư, Viện sĩ."`
	Sex         string   `key:"sex" one:"male female" vi:"Giới tính" en:"Sex" vihelp:"male: nam; female: nữ. Chỉ để thống kê, không hiện trên trang." enhelp:"male or female. For figures alone; not shown on the site."`
	Born        Date     `key:"born" is:"year" vi:"Ngày sinh" en:"Born" vihelp:"Năm-tháng-ngày, hoặc chỉ ghi năm." enhelp:"Year-month-day, or the year alone."`
	Died        Date     `key:"died" is:"year" vi:"Ngày mất" en:"Died" vihelp:"Năm-tháng-ngày, hoặc chỉ ghi năm; người còn sống thì bỏ dòng này." enhelp:"Year-month-day, or the year alone; leave out for the living."`
	Birthplace  string   `key:"birthplace" vi:"Quê quán, nơi sinh" en:"Birthplace" vihelp:"Tên địa danh như trong nguồn." enhelp:"As the source has it."`
	Fields      []string `key:"fields" vi:"Lĩnh vực" en:"Fields" vihelp:"Ví dụ: Y học, Nông nghiệp." enhelp:"For example: Y học, Nông nghiệp." eg:"[]"`
	Affiliation []string `key:"affiliation" vi:"Nơi công tác" en:"Affiliation" vihelp:"Cơ quan, tổ chức, chức vụ." enhelp:"Bodies and offices held."`
	Awards      []Award  `key:"awards" vi:"Giải thưởng, danh hiệu" en:"Awards" vihelp:"Mỗi giải thưởng một mục." enhelp:"One item an award."`
	Portrait    *Image   `key:"portrait" vi:"Chân dung" en:"Portrait" vihelp:"Ảnh được phép dùng, đặt trong cùng thư mục." enhelp:"A picture that may be used, in the same folder."`
	Consent     *Consent `key:"consent" is:"required" vi:"Căn cứ để đăng" en:"Consent" vihelp:"Vì sao được phép đăng thông tin về người này. Trang chỉ nêu căn cứ và ngày." enhelp:"On what basis the person is published. The page tells the basis and the date alone."`
	Plan        []Ref    `key:"plan" vi:"Điều khoản của kế hoạch" en:"Provisions" vihelp:"Mã các điều khoản mà trang này là minh chứng." enhelp:"The provisions that this speaks for." eg:"[]"`
	Sources     []Source `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Ít nhất một nguồn có thể kiểm chứng." enhelp:"At least one source that can be verified."`
}

// Award is an award or title given to a person.
type Award struct {
	Name     string `key:"name" is:"required" vi:"Tên giải thưởng, danh hiệu" en:"Name" vihelp:"Tên chính thức." enhelp:"The official name."`
	Year     int    `key:"year" vi:"Năm" en:"Year" vihelp:"Năm được trao." enhelp:"When it was given."`
	Decision string `key:"decision" vi:"Quyết định" en:"Decision" vihelp:"Số của quyết định, nếu biết." enhelp:"The decision's number, if known."`
	Source   string `key:"source" is:"url" vi:"Nguồn" en:"Source" vihelp:"Địa chỉ nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
}

// Consent is the basis on which a person is published (law 91/2025/QH15).
type Consent struct {
	Basis    string `key:"basis" is:"required" one:"consent public-activity deceased" vi:"Căn cứ" en:"Basis" vihelp:"consent: có văn bản đồng ý; public-activity: hoạt động công khai; deceased: nhân vật đã qua đời, tư liệu công khai." enhelp:"consent, public-activity or deceased." eg:"consent"`
	Date     Date   `key:"date" vi:"Ngày đồng ý" en:"Date" vihelp:"Ngày ký văn bản đồng ý." enhelp:"When consent was given."`
	Document string `key:"document" vi:"Văn bản" en:"Document" vihelp:"Số hoặc nơi lưu văn bản đồng ý. Chỉ để cơ quan tra lại, không đăng." enhelp:"Where the consent is filed. For the office alone; never published."`
	Scope    string `key:"scope" vi:"Phạm vi" en:"Scope" vihelp:"Đồng ý cho đăng những gì. Chỉ để người biên tập theo, không đăng." enhelp:"What may be published. For editors to follow; itself never published."`
}

// mentions are those of a person, whose page is about nobody else.
func (p *Person) mentions() Mentions { return Mentions{Plan: p.Plan, Fields: p.Fields} }

func (p *Person) picture() (key string, image *Image) { return "portrait", p.Portrait }

func (p *Person) list(c *Catalog) { c.People = append(c.People, p) }

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
)

func (p *Person) validate(v *validator) {
	v.comesBack(p)
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
