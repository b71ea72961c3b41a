package catalog

import (
	"slices"
	"time"

	"lienhiep/internal/diag"
)

// Kind is the kind of an entry, told by the folder that it lies in.
type Kind string

// kindInfo is what the program must know of a kind. Each kind's own file registers it, and
// what an entry of the kind tells beyond its fields are the optional methods below.
type kindInfo struct {
	Kind       Kind
	Order      int    // in which people are shown the kinds
	Folder     string // section below content/; "" for pages, which lie anywhere else
	Name       diag.Text
	Icon       string // in the desk: a name of Material Symbols
	Collection string // its document of the API; "" for none
	Dated      bool   // the date belongs beside the title: the entry tells of an event
	Explains   bool   // its entries explain provisions, and are no evidence for them
	Asks       bool   // its entries are questions that readers ask, with the answers
	Helps      bool   // readers of a plan read on in its list
	Invites    bool   // readers can take part in what its entries tell of
	Praises    bool   // each of its entries is worth a post at social networks
	Many       bool   // a site may have thousands of its entries
	make       func() item
}

// Optional methods of an entry.
type (
	validated interface{ validate(v *validator) } // what must hold beyond the fields' types
	pictured  interface {
		picture() (key string, image *Image)
	} // the entry's main picture, and its key
	timed  interface{ time() When }      // when that was which it tells of, as far as is known
	listed interface{ list(c *Catalog) } // has a list of its own in the catalogue
)

// kinds holds every kind once, by its order.
var kinds []kindInfo

// register adds a kind. It returns the kind so that a file's variable can be initialised
// by it.
func register(k kindInfo) Kind {
	at, _ := slices.BinarySearchFunc(kinds, k.Order, func(other kindInfo, order int) int { return other.Order - order })
	kinds = slices.Insert(kinds, at, k)
	return k.Kind
}

// Kinds returns the kinds, in the order in which people are shown them.
func Kinds() []Kind {
	all := make([]Kind, len(kinds))
	for i, k := range kinds {
		all[i] = k.Kind
	}
	return all
}

// Name returns what people call the kind.
func (k Kind) Name(l diag.Lang) string { return k.info().Name.In(l) }

// Folder is the kind's section below content/, "" for pages.
func (k Kind) Folder() string { return k.info().Folder }

// Icon is the kind's icon in the desk, a name of Material Symbols.
func (k Kind) Icon() string { return k.info().Icon }

// Collection is the name of the kind's document of the API ("honours"), "" for none.
func (k Kind) Collection() string { return k.info().Collection }

// Dated reports whether entries of the kind describe an event, so that its date is shown
// beside their titles.
func (k Kind) Dated() bool { return k.info().Dated }

// Explains reports whether entries of the kind explain provisions: they stand beside the
// words, and show nothing of what was done.
func (k Kind) Explains() bool { return k.info().Explains }

// Asks reports whether entries of the kind are questions that readers ask, the title the
// question.
func (k Kind) Asks() bool { return k.info().Asks }

// Helps reports whether the list of the kind is where readers of a plan read on.
func (k Kind) Helps() bool { return k.info().Helps }

// Invites reports whether readers can take part in what entries of the kind tell of.
func (k Kind) Invites() bool { return k.info().Invites }

// Praises reports whether each entry of the kind is worth a post at social networks.
func (k Kind) Praises() bool { return k.info().Praises }

// Many reports whether a site may have thousands of entries of the kind, so that a build
// makes anew the pages of those alone that are other than before (package incremental).
func (k Kind) Many() bool { return k.info().Many }

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
// one (the values allowed), words (what those are called in Vietnamese, with | between), vi/en (label), vihelp/enhelp (help), eg (example).
type Entry struct {
	File string // "content/tin-tuc/gap-mat/index.md"
	Lang string // "vi" or "en"
	Kind Kind
	ID   string // the last part of the address: "gap-mat", "tran-dai-nghia"
	URL  string // address below the site's root: "/tin-tuc/gap-mat/"
	Path string // the page's path in Hugo, which links may use: "/tin-tuc/gap-mat"

	Pictures    []Picture     // files of its own folder that the entry shows
	Attachments []*Attachment // files that readers download from its page
	Films       []*Film       // that its text shows

	Digest any // see Options

	published   bool
	when        When
	translation bool              // the same page stands in Vietnamese beside it
	keys        []keyPos          // where the front matter's keys stand
	bodyLine    int               // the line that the text below the front matter starts on
	links       []link            // that the text has
	linked      map[string]string // of those to files beside the entry, as written: the file below content/, "#" and the place in it
	offered     []string          // files that the entry means to offer, also those that cannot be published
	unparsed    bool              // the text would take parsers too long

	Title       string     `key:"title" is:"required" longest:"500" vi:"Tiêu đề" en:"Title" vihelp:"Ngắn, đủ ý; hiện thành dòng chữ lớn nhất trên trang." enhelp:"Short and complete; the largest line on the page."`
	Description string     `key:"description" longest:"2000" vi:"Mô tả" en:"Description" vihelp:"Một hoặc hai câu tóm tắt, hiện trong danh sách và khi chia sẻ." enhelp:"One or two sentences, shown in lists and when shared."`
	Date        Date       `key:"date" is:"seconds" vi:"Ngày" en:"Date" vihelp:"Viết theo dạng năm-tháng-ngày. Ngày đăng; của văn bản là ngày ban hành. Ngày ở tương lai thì trang chỉ hiện từ ngày đó." desk:"Ngày đăng; của văn bản là ngày ban hành. Ngày ở tương lai thì trang chỉ hiện từ ngày đó." enhelp:"Year-month-day. When it was posted; of a document, its own day. A page with a future date appears on that day." eg:"2026-11-20"`
	Lastmod     Date       `key:"lastmod" is:"seconds" vi:"Ngày sửa" en:"Last change" vihelp:"Ngày sửa nội dung gần nhất." enhelp:"When the text last changed."`
	PublishDate Date       `key:"publishDate" is:"seconds" vi:"Đăng lúc" en:"Publish date" vihelp:"Trang chỉ hiện từ thời điểm này." enhelp:"The page appears from this time on."`
	ExpiryDate  Date       `key:"expiryDate" is:"seconds" vi:"Ngày gỡ" en:"Expiry date" vihelp:"Trang được gỡ xuống từ thời điểm này." enhelp:"The page is taken down at this time."`
	Removed     string     `key:"removed" longest:"500" vi:"Lời báo đã gỡ" en:"Removal note" vihelp:"Câu hiện ở địa chỉ cũ sau ngày gỡ; để trống thì máy chủ báo trang đã được gỡ hẳn." enhelp:"A sentence shown at the old address after the expiry date; without it servers say that the page is gone."`
	Draft       bool       `key:"draft" vi:"Bản nháp" en:"Draft" vihelp:"Ghi true thì trang chưa được đăng." desk:"Có dấu thì bài chưa được đăng." enhelp:"true keeps the page off the site."`
	Slug        string     `key:"slug" is:"slug" vi:"Phần cuối địa chỉ" en:"Slug" vihelp:"Chữ thường không dấu, số và gạch nối." enhelp:"Lower-case ASCII letters, digits and hyphens."`
	Address     string     `key:"url" vi:"Địa chỉ" en:"Address" vihelp:"Chỉ dùng cho trang tiếng Anh." enhelp:"For English pages only."`
	Aliases     []string   `key:"aliases" vi:"Địa chỉ cũ" en:"Old addresses" vihelp:"Các địa chỉ cũ vẫn dẫn tới trang này." enhelp:"Old addresses that still lead here."`
	Weight      int        `key:"weight" vi:"Thứ tự" en:"Order" vihelp:"Số nhỏ đứng trước." enhelp:"Small numbers come first."`
	Files       []Download `key:"files" vi:"Tệp đính kèm" en:"Files" vihelp:"Văn bản, biểu mẫu, danh sách cho người đọc tải về: mỗi tệp một mục." enhelp:"Documents, forms and lists for readers to download, one item a file."`
}

func (e *Entry) base() *Entry { return e }

// Mentions is what an entry is about, for the kinds that share these fields. The tag of
// an embedding struct may override what is said of a field ("people.vi", "plan.eg").
type Mentions struct {
	Plan   []Ref    `key:"plan" vi:"Điều khoản của kế hoạch" en:"Provisions" vihelp:"Mã các điều khoản mà trang này nói tới." desk:"Những điều khoản mà trang này nói tới." enhelp:"The provisions that this speaks for." eg:"[]"`
	People []Ref    `key:"people" to:"person" vi:"Nhân vật" en:"People" vihelp:"Mã (tên thư mục trong tri-thuc) của những người được nói tới. Không nêu tên trẻ em." desk:"Những người được nói tới. Không nêu tên trẻ em." enhelp:"IDs (folder names in tri-thuc) of the people it is about. Name no child." eg:"[]"`
	Fields []string `key:"fields" vi:"Lĩnh vực" en:"Fields" vihelp:"Ví dụ: Y học, Nông nghiệp." enhelp:"For example: Y học, Nông nghiệp." eg:"[]"`
}

func (m *Mentions) mentions() Mentions { return *m }

// mentionsOf are those of an entry of any kind.
func mentionsOf(it item) Mentions {
	if m, ok := it.(interface{ mentions() Mentions }); ok {
		return m.mentions()
	}
	return Mentions{}
}

// Source is a source by which a statement can be verified.
type Source struct {
	Title     string `key:"title" is:"required" vi:"Tên nguồn" en:"Title" vihelp:"Tên hoặc mô tả ngắn." enhelp:"Of the page or document, or a short description."`
	URL       string `key:"url" is:"url usual" vi:"Địa chỉ" en:"Address" vihelp:"Địa chỉ đầy đủ, bắt đầu bằng https:// hoặc http://. Văn bản không có trên mạng thì bỏ trống, ghi số và ngày." enhelp:"The full address, beginning with https:// or http://. Of a document that is not on the web give number and date instead."`
	Number    string `key:"number" longest:"100" vi:"Số, ký hiệu" en:"Number" vihelp:"Của văn bản, đúng như trên văn bản: 812-QĐ/TU." enhelp:"Of a document, as it stands there: 812-QĐ/TU."`
	Publisher string `key:"publisher" vi:"Nơi đăng" en:"Publisher" vihelp:"Tên báo, cơ quan." enhelp:"The newspaper or body."`
	Date      Date   `key:"date" is:"year" vi:"Ngày" en:"Date" vihelp:"Ngày đăng, ngày ban hành." enhelp:"When it was published or issued."`
	Lang      string `key:"lang" one:"vi en fr de ja ru zh" words:"tiếng Việt|tiếng Anh|tiếng Pháp|tiếng Đức|tiếng Nhật|tiếng Nga|tiếng Trung" vi:"Ngôn ngữ" en:"Language" vihelp:"Của tên nguồn; chỉ ghi khi máy đoán sai: vi, en, fr, de, ja, ru, zh." desk:"Của tên nguồn; chỉ chọn khi máy đoán sai." enhelp:"Of the title; only where the guess is wrong."`
}

// Image is a picture in the entry's own folder.
type Image struct {
	File   string `key:"file" is:"required" vi:"Tệp ảnh" en:"File" vihelp:"Tên tệp trong cùng thư mục." desk:"" enhelp:"A file in the same folder."`
	Alt    string `key:"alt" is:"required" vi:"Mô tả ảnh" en:"Alternative text" vihelp:"Lời tả cho người không nhìn thấy ảnh." enhelp:"What the picture shows, for those who cannot see it."`
	Credit string `key:"credit" is:"required" vi:"Nguồn ảnh" en:"Credit" vihelp:"Tác giả, nơi giữ bản quyền." enhelp:"The author or holder of the rights."`
}

// Figure is a number about a round, as its source states it.
type Figure struct {
	Label string `key:"label" is:"required" vi:"Nội dung" en:"Label" vihelp:"Con số nói về điều gì." enhelp:"What the number counts."`
	Value string `key:"value" is:"required" vi:"Con số" en:"Value" vihelp:"Viết theo lối Việt Nam: 12.700." enhelp:"In Vietnamese notation: 12.700."`
	Note  string `key:"note" vi:"Ghi chú" en:"Note" vihelp:"Giải thích thêm, nếu cần." enhelp:"An explanation, where needed."`
}

// Ref is another entry's ID ("tran-dai-nghia") or a provision's
// ("15-kh-tu/ii-1-2"), with the place where it was written.
type Ref struct {
	ID  string
	Pos diag.Pos
}

// Date is a day, perhaps with a time, or a month or a year alone.
type Date struct {
	time.Time // the beginning of what is known
	Precision Precision
}

// Precision is how exactly a date is known.
type Precision int

const (
	ToDay   Precision = iota // or to the minute, where it is not midnight
	ToMonth                  // the day is not known
	ToYear                   // the month is not known
)

// Known reports whether the date is set.
func (d Date) Known() bool { return !d.Time.IsZero() }
