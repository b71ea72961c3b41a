package catalog

import (
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

// Kind is the sort of an entry, told by the folder that it lies in.
type Kind string

const (
	KindPlan      Kind = "plan"
	KindArticle   Kind = "article"
	KindPerson    Kind = "person"
	KindHonour    Kind = "honour"
	KindDirective Kind = "directive"
	KindContest   Kind = "contest"
	KindPage      Kind = "page"
)

// kindInfo is where a kind lives and what people call it.
type kindInfo struct {
	Kind   Kind
	Folder string // section below content/; "" for pages, which lie anywhere else
	Name   diag.Text
	make   func() item
}

// kinds holds every kind once, in the order in which people are shown them.
var kinds = []kindInfo{
	{KindArticle, "tin-tuc", diag.Text{VI: "tin, bài", EN: "article"}, func() item { return new(Article) }},
	{KindPerson, "tri-thuc", diag.Text{VI: "trí thức tiêu biểu", EN: "person"}, func() item { return new(Person) }},
	{KindHonour, "ton-vinh", diag.Text{VI: "đợt tôn vinh", EN: "honour"}, func() item { return new(Honour) }},
	{KindContest, "hoi-thi", diag.Text{VI: "hội thi, cuộc thi", EN: "contest"}, func() item { return new(Contest) }},
	{KindDirective, "van-ban", diag.Text{VI: "văn bản", EN: "directive"}, func() item { return new(Directive) }},
	{KindPlan, "ke-hoach", diag.Text{VI: "kế hoạch", EN: "plan"}, func() item { return new(Plan) }},
	{KindPage, "", diag.Text{VI: "trang", EN: "page"}, func() item { return new(Page) }},
}

// Kinds returns the kinds, in the order in which people are shown them.
func Kinds() []Kind {
	all := make([]Kind, len(kinds))
	for i, k := range kinds {
		all[i] = k.Kind
	}
	return all
}

// Name says what people call the kind.
func (k Kind) Name(l diag.Lang) string { return k.info().Name.In(l) }

// Folder is the kind's section below content/, "" for pages.
func (k Kind) Folder() string { return k.info().Folder }

func (k Kind) info() kindInfo {
	for _, info := range kinds {
		if info.Kind == k {
			return info
		}
	}
	panic("catalog: no such kind: " + string(k))
}

// kindOf tells the kind of the content file in the section folder. A section's
// own page (_index.md) is a page, but for a plan, whose page is a section.
func kindOf(section string, depth int, sectionPage bool) kindInfo {
	for _, k := range kinds {
		if k.Folder == "" || k.Folder != section {
			continue
		}
		isPlan := k.Kind == KindPlan
		if sectionPage == isPlan && (!isPlan || depth == 2) {
			return k
		}
	}
	return KindPage.info()
}

// item is an entry of any kind.
type item interface{ base() *Entry }

// Entry is what entries of every kind have: where they lie, and the front
// matter that all share. The struct tags are the one definition of the schema:
// key (in the file), is (required, year, url, name …: what the value must be),
// longest (characters of a text; longestText where it is not given),
// one (the values allowed), vi/en (label), vihelp/enhelp (help), eg (example).
type Entry struct {
	File string // "content/tin-tuc/gap-mat/index.md"
	Lang string // "vi" or "en"
	Kind Kind
	ID   string // the last part of the address: "gap-mat", "tran-dai-nghia"
	URL  string // address below the site's root: "/tin-tuc/gap-mat/"
	Path string // the page's path in Hugo, which links may use: "/tin-tuc/gap-mat"

	Pictures []Picture // files of its own folder that the entry shows

	published   bool
	when        Span
	translation bool     // the same page stands in Vietnamese beside it
	keys        []keyPos // where the front matter's keys stand
	bodyLine    int      // the line that the text below the front matter starts on
	unparsed    bool     // the text would take parsers too long

	Title       string   `key:"title" is:"required" longest:"500" vi:"Tiêu đề" en:"Title" vihelp:"Ngắn, đủ ý; hiện thành dòng chữ lớn nhất trên trang." enhelp:"Short and complete; the largest line on the page."`
	Description string   `key:"description" longest:"2000" vi:"Mô tả" en:"Description" vihelp:"Một hoặc hai câu tóm tắt, hiện trong danh sách và khi chia sẻ." enhelp:"One or two sentences, shown in lists and when shared."`
	Date        Date     `key:"date" is:"seconds" vi:"Ngày" en:"Date" vihelp:"Viết theo dạng năm-tháng-ngày. Ngày ở tương lai thì trang chỉ hiện từ ngày đó." enhelp:"Year-month-day. A page with a future date appears on that day." eg:"2026-11-20"`
	Lastmod     Date     `key:"lastmod" is:"seconds" vi:"Ngày sửa" en:"Last change" vihelp:"Ngày sửa nội dung gần nhất." enhelp:"When the text last changed."`
	PublishDate Date     `key:"publishDate" is:"seconds" vi:"Ngày đăng" en:"Publish date" vihelp:"Trang chỉ hiện từ thời điểm này." enhelp:"The page appears from this time on."`
	ExpiryDate  Date     `key:"expiryDate" is:"seconds" vi:"Ngày gỡ" en:"Expiry date" vihelp:"Trang được gỡ xuống từ thời điểm này." enhelp:"The page is taken down at this time."`
	Draft       bool     `key:"draft" vi:"Bản nháp" en:"Draft" vihelp:"Ghi true thì trang chưa được đăng." enhelp:"true keeps the page off the site."`
	Slug        string   `key:"slug" is:"slug" vi:"Phần cuối địa chỉ" en:"Slug" vihelp:"Chữ thường không dấu, số và gạch nối." enhelp:"Lower-case ASCII letters, digits and hyphens."`
	Address     string   `key:"url" vi:"Địa chỉ" en:"Address" vihelp:"Chỉ dùng cho trang tiếng Anh." enhelp:"For English pages only."`
	Aliases     []string `key:"aliases" vi:"Địa chỉ cũ" en:"Old addresses" vihelp:"Các địa chỉ cũ vẫn dẫn tới trang này." enhelp:"Old addresses that still lead here."`
	Weight      int      `key:"weight" vi:"Thứ tự" en:"Order" vihelp:"Số nhỏ đứng trước." enhelp:"Small numbers come first."`
}

func (e *Entry) base() *Entry { return e }

// Plan is a plan's page, with the document that it publishes.
type Plan struct {
	Entry
	Tasks    string     `key:"tasks" vi:"Phần nhiệm vụ" en:"Tasks' section" vihelp:"Mã của phần chứa các nhiệm vụ, ví dụ ii." enhelp:"ID of the section whose items are the tasks." eg:"ii"`
	Notes    []Note     `key:"notes" vi:"Ghi chú" en:"Notes" vihelp:"Ghi chú của ban biên tập, hiện tách khỏi lời văn bản." enhelp:"Editor's notes, shown apart from the text."`
	Progress []Progress `key:"progress" vi:"Tiến độ" en:"Progress" vihelp:"Tiến độ thực hiện, mỗi điều khoản một mục. Chỉ ghi điều có văn bản hoặc minh chứng." enhelp:"How far the plan has been carried out, one item a provision. Only what can be shown."`
	Versions []Version  `key:"versions" vi:"Các bản sửa đổi" en:"Versions" vihelp:"Khi kế hoạch được sửa đổi hoặc thay thế: mỗi bản một mục, từ cũ đến mới." enhelp:"Where the plan was amended or replaced: one item a version, the oldest first."`

	Wordings []*Wording     // its texts, as issued and as amended, the last in force
	Document *plan.Document // in force
}

// Note is an editor's note on one place of a plan.
type Note struct {
	At      string   `key:"at" is:"required" vi:"Vị trí" en:"Place" vihelp:"Mã điều khoản (ii-3-2), hoặc head (phần đầu), preamble (phần mở đầu), tail (phần cuối)." enhelp:"A provision's ID (ii-3-2), or head, preamble, tail."`
	Text    string   `key:"text" is:"required" vi:"Nội dung" en:"Text" vihelp:"Một hoặc hai câu." enhelp:"One or two sentences."`
	Sources []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
	pos     diag.Pos
}

// Mentions is what an entry is about: what most kinds share. A kind that embeds it may
// say of a field what the others do not ("people.vi", "plan.eg").
type Mentions struct {
	Plan   []Ref    `key:"plan" vi:"Điều khoản của kế hoạch" en:"Provisions" vihelp:"Mã các điều khoản mà trang này là minh chứng." enhelp:"The provisions that this speaks for." eg:"[]"`
	People []Ref    `key:"people" vi:"Nhân vật" en:"People" vihelp:"Mã (tên thư mục trong tri-thuc) của những người được nói tới. Không nêu tên trẻ em." enhelp:"IDs (folder names in tri-thuc) of the people it is about. Name no child." eg:"[]"`
	Fields []string `key:"fields" vi:"Lĩnh vực" en:"Fields" vihelp:"Ví dụ: Y học, Nông nghiệp." enhelp:"For example: Y học, Nông nghiệp." eg:"[]"`
}

func (m *Mentions) mentions() Mentions { return *m }

// mentions are those of a person: nobody else.
func (p *Person) mentions() Mentions { return Mentions{Plan: p.Plan, Fields: p.Fields} }

// mentionsOf are those of an entry of any kind.
func mentionsOf(it item) Mentions {
	if m, ok := it.(interface{ mentions() Mentions }); ok {
		return m.mentions()
	}
	return Mentions{}
}

// Article is news: an event, a result, a story.
type Article struct {
	Entry
	Mentions
	Author  string   `key:"author" vi:"Tác giả" en:"Author" vihelp:"Người viết bài, như “Tin, ảnh: …” ở cuối bài." enhelp:"Who wrote the article."`
	Image   *Image   `key:"image" vi:"Ảnh" en:"Image" vihelp:"Ảnh chính, đặt trong cùng thư mục với bài." enhelp:"The main picture, in the same folder."`
	Event   Date     `key:"event" vi:"Ngày diễn ra" en:"Event" vihelp:"Chỉ ghi khi bài báo trước một việc: ngày, có thể thêm giờ, của việc ấy. Việc ấy vào lịch của trang." enhelp:"Only where the article announces something: its day, perhaps with the time. It enters the site's calendar." eg:"2026-12-24T08:00"`
	Sources []Source `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Ít nhất một nguồn có thể kiểm chứng." enhelp:"At least one source that can be verified."`
}

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

// Honour is one round of an honour.
type Honour struct {
	Entry
	Level     string   `key:"level" is:"required" one:"province national" vi:"Cấp" en:"Level" vihelp:"province: cấp tỉnh; national: toàn quốc." enhelp:"province or national." eg:"province"`
	Year      int      `key:"year" is:"required" vi:"Năm" en:"Year" vihelp:"Năm của đợt tôn vinh; hiện thay cho ngày khi không biết rõ ngày." enhelp:"The round's year; shown instead of the date where the day is not known."`
	Round     string   `key:"round" vi:"Lần" en:"Round" vihelp:"Ví dụ: lần thứ ba." enhelp:"For example: lần thứ ba."`
	Decision  string   `key:"decision" vi:"Quyết định" en:"Decision" vihelp:"Số và ngày của quyết định." enhelp:"Number and date of the decision."`
	Organiser string   `key:"organiser" vi:"Đơn vị tổ chức" en:"Organiser" vihelp:"Tên đầy đủ của cơ quan." enhelp:"The body's full name."`
	Figures   []Figure `key:"figures" vi:"Con số" en:"Figures" vihelp:"Mỗi con số một mục." enhelp:"One item a figure."`
	Mentions  `people.vi:"Người được tôn vinh"`
	Sources   []Source `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Ít nhất một nguồn có thể kiểm chứng." enhelp:"At least one source that can be verified."`
}

// Directive is a document of the library, which plans cite.
type Directive struct {
	Entry
	Number     string   `key:"number" is:"required" vi:"Số, ký hiệu" en:"Number" vihelp:"Đúng như trên văn bản." enhelp:"As on the document."`
	DocType    string   `key:"doc_type" is:"required" vi:"Loại văn bản" en:"Type" vihelp:"Chỉ thị, Kết luận, Nghị quyết …" enhelp:"Chỉ thị, Kết luận, Nghị quyết …"`
	Issuer     string   `key:"issuer" vi:"Cơ quan ban hành" en:"Issuer" vihelp:"Tên đầy đủ của cơ quan." enhelp:"The body's full name."`
	CarriesOut []Ref    `key:"carries_out" vi:"Thực hiện văn bản" en:"Carries out" vihelp:"Mã (tên thư mục trong van-ban) của văn bản được thực hiện." enhelp:"IDs (folder names in van-ban) of what it carries out." eg:"[]"`
	Sources    []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể đọc văn bản." enhelp:"Where the document can be read."`
}

// Contest is one round of a contest.
type Contest struct {
	Entry
	Edition  string   `key:"edition" vi:"Lần" en:"Edition" vihelp:"Ví dụ: lần thứ VII." enhelp:"For example: lần thứ VII."`
	Period   string   `key:"period" vi:"Thời gian" en:"Period" vihelp:"Ví dụ: 2016–2017." enhelp:"For example: 2016–2017."`
	Begins   Date     `key:"begins" vi:"Ngày bắt đầu" en:"Begins" vihelp:"Ngày phát động hoặc bắt đầu nhận bài, nếu biết; hội thi vào lịch của trang." enhelp:"The first day, if known; the contest enters the site's calendar." eg:"2026-03-01"`
	Ends     Date     `key:"ends" vi:"Ngày kết thúc" en:"Ends" vihelp:"Ngày cuối cùng nhận bài." enhelp:"The last day." eg:"2026-09-30"`
	Figures  []Figure `key:"figures" vi:"Con số" en:"Figures" vihelp:"Mỗi con số một mục." enhelp:"One item a figure."`
	Mentions `plan.eg:"[\"15-kh-tu/ii-4-3\"]"`
	Sources  []Source `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Ít nhất một nguồn có thể kiểm chứng." enhelp:"At least one source that can be verified."`
}

// Page is any other page: a section's own page, the Union, about the site.
type Page struct {
	Entry
	Layout  string   `key:"layout" one:"chia-se so-do-trang tim-kiem" vi:"Bố cục" en:"Layout" vihelp:"Chỉ cho trang có khuôn mẫu riêng; trang thường thì bỏ dòng này." enhelp:"For the pages that have a template of their own only."`
	Sources []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
}

// Source is where a statement can be verified.
type Source struct {
	Title     string `key:"title" is:"required" vi:"Tên trang" en:"Title" vihelp:"Tên hoặc mô tả ngắn của trang." enhelp:"The page's title, or a short description."`
	URL       string `key:"url" is:"required url" vi:"Địa chỉ" en:"Address" vihelp:"Địa chỉ đầy đủ, bắt đầu bằng https:// hoặc http://." enhelp:"The full address, beginning with https:// or http://."`
	Publisher string `key:"publisher" vi:"Nơi đăng" en:"Publisher" vihelp:"Tên báo, cơ quan." enhelp:"The newspaper or body."`
	Date      Date   `key:"date" is:"year" vi:"Ngày" en:"Date" vihelp:"Ngày đăng, nếu biết." enhelp:"When it was published, if known."`
}

// Image is a picture in the entry's own folder.
type Image struct {
	File   string `key:"file" is:"required" vi:"Tệp ảnh" en:"File" vihelp:"Tên tệp trong cùng thư mục." enhelp:"A file in the same folder."`
	Alt    string `key:"alt" is:"required" vi:"Mô tả ảnh" en:"Alternative text" vihelp:"Lời tả cho người không nhìn thấy ảnh." enhelp:"What the picture shows, for those who cannot see it."`
	Credit string `key:"credit" is:"required" vi:"Nguồn ảnh" en:"Credit" vihelp:"Tác giả, nơi giữ bản quyền." enhelp:"The author or holder of the rights."`
}

// Award is an award or title given to a person.
type Award struct {
	Name     string `key:"name" is:"required" vi:"Tên giải thưởng, danh hiệu" en:"Name" vihelp:"Tên chính thức." enhelp:"The official name."`
	Year     int    `key:"year" vi:"Năm" en:"Year" vihelp:"Năm được trao." enhelp:"When it was given."`
	Decision string `key:"decision" vi:"Quyết định" en:"Decision" vihelp:"Số của quyết định, nếu biết." enhelp:"The decision's number, if known."`
	Source   string `key:"source" is:"url" vi:"Nguồn" en:"Source" vihelp:"Địa chỉ nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
}

// Figure is a number of a round, as its source gives it.
type Figure struct {
	Label string `key:"label" is:"required" vi:"Nội dung" en:"Label" vihelp:"Con số nói về điều gì." enhelp:"What the number counts."`
	Value string `key:"value" is:"required" vi:"Con số" en:"Value" vihelp:"Viết theo lối Việt Nam: 12.700." enhelp:"In Vietnamese notation: 12.700."`
	Note  string `key:"note" vi:"Ghi chú" en:"Note" vihelp:"Giải thích thêm, nếu cần." enhelp:"An explanation, where needed."`
}

// Consent is the basis on which a person is published (law 91/2025/QH15).
type Consent struct {
	Basis    string `key:"basis" is:"required" one:"consent public-activity deceased" vi:"Căn cứ" en:"Basis" vihelp:"consent: có văn bản đồng ý; public-activity: hoạt động công khai; deceased: nhân vật đã qua đời, tư liệu công khai." enhelp:"consent, public-activity or deceased." eg:"consent"`
	Date     Date   `key:"date" vi:"Ngày đồng ý" en:"Date" vihelp:"Ngày ký văn bản đồng ý." enhelp:"When consent was given."`
	Document string `key:"document" vi:"Văn bản" en:"Document" vihelp:"Số hoặc nơi lưu văn bản đồng ý. Chỉ để cơ quan tra lại, không đăng." enhelp:"Where the consent is filed. For the office alone; never published."`
	Scope    string `key:"scope" vi:"Phạm vi" en:"Scope" vihelp:"Đồng ý cho đăng những gì. Chỉ để người biên tập theo, không đăng." enhelp:"What may be published. For editors to follow; itself never published."`
}

// Ref is another entry's ID ("tran-dai-nghia") or a provision's
// ("15-kh-tu/ii-1-2"), with the place where it was written.
type Ref struct {
	ID  string
	Pos diag.Pos
}

// Date is a day, a year alone, or a moment.
type Date struct {
	time.Time
	YearOnly bool
}

// Known reports whether a date was given.
func (d Date) Known() bool { return !d.Time.IsZero() }
