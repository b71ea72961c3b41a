package catalog

import (
	"io/fs"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
)

// WebsiteFile holds what the whole site says of itself: its name, who publishes it, its
// menus, and what its home page shows first. It may be missing.
const WebsiteFile = "content/trang-web.toml"

// Website is what [WebsiteFile] holds. Its tags are its schema, as those of [Entry].
type Website struct {
	Edition
	Logo      string     `key:"logo" vi:"Biểu trưng" en:"Logo" vihelp:"Tệp ảnh đặt ngay trong thư mục content, hiện ở đầu mọi trang." desk:"Hiện ở đầu mọi trang." enhelp:"A picture right in the folder content/, at the head of every page."`
	English   *Edition   `key:"en" vi:"Bản tiếng Anh" en:"English" vihelp:"Tên, câu giới thiệu và danh mục của các trang tiếng Anh." enhelp:"Name, tagline and menus of the English pages."`
	Publisher *Publisher `key:"publisher" vi:"Cơ quan chủ quản" en:"Publisher" vihelp:"Ai đăng trang này và liên hệ ở đâu; hiện ở cuối mọi trang." enhelp:"Who publishes the site and where to reach them; at the foot of every page."`
	ShowGaps  bool       `key:"show_gaps" vi:"Nêu cả chỗ còn thiếu" en:"Show gaps" vihelp:"Ghi true thì trang nêu cả điều khoản chưa có việc làm, chưa có báo cáo. Để trống: trang chỉ nêu những gì đã biết; chỗ còn thiếu nằm trong báo cáo và khi kiểm tra." desk:"Bật thì trang nêu cả điều khoản chưa có việc làm, chưa có báo cáo. Để trống: trang chỉ nêu những gì đã biết; chỗ còn thiếu nằm trong báo cáo và khi kiểm tra." enhelp:"true also tells readers which provisions have nothing recorded and no report. Left out, pages say what is known; what is missing stands in the report and in the check."`
	Home      *Home      `key:"home" vi:"Trang chủ" en:"Home page" vihelp:"Những gì trang chủ đưa lên trước." enhelp:"What the home page shows first."`

	logoAt diag.Pos
}

// Edition is what the pages of one language say of the site.
type Edition struct {
	Name      string     `key:"name" longest:"80" vi:"Tên trang" en:"Name" vihelp:"Tên ngắn của trang web." enhelp:"The site's short name."`
	Unclaimed string     `key:"unclaimed" longest:"600" vi:"Lời báo khi chưa có cơ quan chủ quản" en:"Words without a publisher" vihelp:"Hiện ở cuối trang và ở trang Liên hệ cho đến khi điền cơ quan chủ quản: trang không phát ngôn thay cho ai." enhelp:"At the foot of every page and on the contact page until the publisher is filled in: whom the site does not speak for."`
	Tagline   string     `key:"tagline" longest:"160" vi:"Câu giới thiệu" en:"Tagline" vihelp:"Một dòng dưới tên trang." enhelp:"One line below the name."`
	Menu      []MenuItem `key:"menu" vi:"Danh mục chính" en:"Main menu" vihelp:"Mỗi trang một mục, theo thứ tự." enhelp:"One item a page, in their order."`
	Footer    []MenuItem `key:"footer" vi:"Danh mục cuối trang" en:"Footer menu" vihelp:"Mỗi trang một mục, theo thứ tự." enhelp:"One item a page, in their order."`
}

// MenuItem leads to a page.
type MenuItem struct {
	Page string `key:"page" is:"required address" vi:"Địa chỉ" en:"Page" vihelp:"Địa chỉ của trang, chép từ trình duyệt, bỏ tên máy chủ." desk:"" enhelp:"The page's address, without the host." eg:"/tin-tuc/"`
	Name string `key:"name" is:"required" longest:"60" vi:"Tên mục" en:"Name" vihelp:"Chữ hiện trong danh mục." enhelp:"The words that the menu shows." eg:"Tin tức"`
	pos  diag.Pos
}

// Publisher is who answers for the site.
type Publisher struct {
	Body    string   `key:"body" is:"required" longest:"300" vi:"Cơ quan" en:"Body" vihelp:"Tên đầy đủ của cơ quan chủ quản." enhelp:"The publishing body's full name."`
	Person  string   `key:"person" longest:"200" vi:"Người chịu trách nhiệm" en:"Person responsible" vihelp:"Họ tên và chức vụ người chịu trách nhiệm nội dung." enhelp:"Name and office of the person who answers for the content."`
	Address string   `key:"address" longest:"300" vi:"Địa chỉ" en:"Address" vihelp:"Số nhà, đường, xã hoặc phường, tỉnh." enhelp:"Street, commune or ward, province."`
	Phone   string   `key:"phone" longest:"40" vi:"Điện thoại" en:"Phone" vihelp:"Số điện thoại của cơ quan." enhelp:"The body's phone number."`
	Email   string   `key:"email" longest:"120" vi:"Thư điện tử" en:"E-mail" vihelp:"Hộp thư của cơ quan." enhelp:"The body's e-mail address."`
	Licence string   `key:"licence" longest:"300" vi:"Giấy phép" en:"Licence" vihelp:"Số, ngày và nơi cấp giấy phép, nếu có." enhelp:"Number, date and issuer of the licence, if any."`
	Pages   []Social `key:"pages" vi:"Trang mạng xã hội" en:"Social pages" vihelp:"Zalo, Facebook …; trang chỉ dẫn tới, không tải gì từ đó." enhelp:"Zalo, Facebook …; links alone."`
}

// Social is a page of the publisher elsewhere.
type Social struct {
	Name string `key:"name" is:"required" longest:"60" vi:"Tên" en:"Name" vihelp:"Ví dụ: Zalo." enhelp:"For example: Zalo."`
	URL  string `key:"url" is:"required url" vi:"Địa chỉ" en:"Address" vihelp:"Địa chỉ đầy đủ, bắt đầu bằng https://." enhelp:"The full address, beginning with https://."`
}

// Home is what the home page shows first, the first of each list before the others.
type Home struct {
	Plans  []Ref `key:"plans" to:"plan" vi:"Kế hoạch" en:"Plans" vihelp:"Mã (tên thư mục trong ke-hoach)." desk:"Những kế hoạch trang chủ đưa lên trước." enhelp:"IDs (folder names in ke-hoach)."`
	People []Ref `key:"people" to:"person" vi:"Nhân vật" en:"People" vihelp:"Mã (tên thư mục trong tri-thuc)." desk:"Những người trang chủ đưa lên trước." enhelp:"IDs (folder names in tri-thuc)."`
	News   []Ref `key:"news" to:"article" vi:"Tin, bài" en:"News" vihelp:"Mã (tên thư mục trong tin-tuc)." desk:"Những tin trang chủ đưa lên trước." enhelp:"IDs (folder names in tin-tuc)."`
}

var (
	ruleWebsiteFile = diag.NewRule("website-file", diag.Error,
		diag.Text{VI: "Thông tin chung của trang web viết sai quy cách ở đây: %[1]s.", EN: "The site's own facts cannot be read here: %[2]s."},
		diag.Text{VI: "Mỗi dòng là tên = \"giá trị\", giá trị nằm trong dấu nháy kép thẳng; nhóm bắt đầu bằng [publisher], mỗi mục của danh mục bắt đầu bằng [[menu]].",
			EN: "Each line is key = \"value\", in straight quotes; a group begins with [publisher], each item of the menu with [[menu]]."})
	ruleMenuNowhere = diag.NewRule("menu-nowhere", diag.Error,
		diag.Text{VI: "Danh mục dẫn tới “%[1]s” nhưng trang web không có trang ấy.", EN: "The menu leads to “%[1]s”, which the site does not have."},
		diag.Text{VI: "Chép địa chỉ của trang từ trình duyệt, bỏ phần tên máy chủ, ví dụ /tin-tuc/; hoặc bỏ mục này.", EN: "Copy the page's address from the browser without its host, such as /tin-tuc/, or remove the item."})
	ruleMenuHidden = diag.NewRule("menu-hidden", diag.Notice,
		diag.Text{VI: "Danh mục có mục “%[1]s” nhưng trang ấy chưa hoặc không còn trên mạng, nên mục chưa hiện.", EN: "The menu has “%[1]s”, whose page is not on the site: the item is not shown."},
		diag.Text{VI: "Không phải làm gì nếu trang sắp đăng; nếu không, bỏ mục này.", EN: "Nothing is needed if it is about to appear; otherwise remove it."})
	ruleHomeNowhere = diag.NewRule("home-nowhere", diag.Error,
		diag.Text{VI: "Trang chủ muốn đưa lên “%[1]s” nhưng không có thư mục nào tên như vậy trong content/%[2]s.", EN: "The home page is to show “%[1]s”, but content/%[2]s has no such folder."},
		diag.Text{VI: "Ghi đúng tên thư mục, hoặc bỏ tên này.", EN: "Write the folder's name, or remove it."})
	ruleHomeHidden = diag.NewRule("home-hidden", diag.Notice,
		diag.Text{VI: "Trang chủ muốn đưa lên “%[1]s” nhưng trang ấy chưa hoặc không còn trên mạng.", EN: "The home page is to show “%[1]s”, which is not on the site."},
		diag.Text{VI: "Không phải làm gì nếu trang sắp đăng; nếu không, bỏ tên này.", EN: "Nothing is needed if it is about to appear; otherwise remove it."})
	rulePublisherContact = diag.NewRule("publisher-contact", diag.Error,
		diag.Text{VI: "%[1]s “%[2]s” của cơ quan chủ quản viết không đúng.", EN: "The publisher's %[3]s, “%[2]s”, is not written as one."},
		diag.Text{VI: "Thư điện tử viết dạng ten@co-quan.gov.vn; điện thoại chỉ có chữ số, dấu cách, dấu chấm và dấu + ở đầu.", EN: "Write name@office.example; a phone number has digits, blanks, points and a + in front."})
)

var (
	mailAddress = regexp.MustCompile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$`)
	phoneNumber = regexp.MustCompile(`^\+?[0-9][0-9 .()-]{5,}$`)
)

// Known reports whether somebody answers for the site and can be reached.
func (p *Publisher) Known() bool {
	return p != nil && p.Body != "" && (p.Email != "" || p.Phone != "" || p.Address != "")
}

// ReadWebsite reads what a site says of itself, faults aside: those are told where its
// whole content is loaded.
func ReadWebsite(fsys fs.FS) *Website {
	site, _ := loadWebsite(regularFS{fsys}, Options{})
	return site
}

// loadWebsite reads the file. The website is empty where there is none.
func loadWebsite(fsys fs.FS, o Options) (*Website, []diag.Finding) {
	site := &Website{}
	src, findings := readTable(fsys, WebsiteFile)
	if src == nil {
		return site, findings
	}
	table, line, column, err := matter.ReadTOML(src)
	if err != nil {
		return site, []diag.Finding{ruleWebsiteFile.At(diag.Pos{File: WebsiteFile, Line: line, Column: column}, tableFault(err).VI, tableFault(err).EN)}
	}
	d := &decoder{file: WebsiteFile, src: src, kind: kindInfo{Name: diag.Text{VI: "thông tin trang web", EN: "the site's facts"}}, zone: o.Zone}
	d.table(table, reflect.ValueOf(site).Elem(), "")
	if logo := table.Get("logo"); logo != nil {
		site.logoAt = d.at(logo.Line, logo.Column)
	}
	if publisher := table.Get("publisher"); site.Publisher != nil {
		d.contact(publisher.Get("email"), mailAddress, diag.Text{VI: "Thư điện tử", EN: "e-mail address"})
		d.contact(publisher.Get("phone"), phoneNumber, diag.Text{VI: "Số điện thoại", EN: "phone number"})
	}
	return site, d.findings
}

// tableFaults are what people do to a file of TOML, by what its reader says.
var tableFaults = []struct {
	says  string
	fault diag.Text
}{
	{"already", diag.Text{VI: "mục này đã ghi ở trên rồi, hoặc ghi bằng [ ] ở chỗ cần [[ ]]", EN: "this stands above already, or is in [ ] and should be in [[ ]]"}},
	{"expected '='", diag.Text{VI: "thiếu dấu = sau tên mục", EN: "there is no = behind the key"}},
	{"start of value", diag.Text{VI: "giá trị chưa nằm trong dấu nháy kép thẳng (true, false thì viết chữ thường, không có nháy)", EN: "the value is not in straight quotes (true and false are, in small letters, without any)"}},
	{"new lines", diag.Text{VI: "dấu nháy mở mà chưa đóng", EN: "a quote is not closed"}},
	{"expected newline", diag.Text{VI: "có dấu nháy ở giữa giá trị, hoặc thừa chữ ở cuối dòng", EN: "there is a quote within the value, or something behind it"}},
	{"escape", diag.Text{VI: "dấu \\ trong nháy kép phải viết hai lần", EN: "a \\ in quotes must be written twice"}},
	{"array", diag.Text{VI: "danh sách thiếu dấu phẩy hoặc dấu ] ở cuối", EN: "a list lacks a comma, or its ]"}},
}

// tableFault is what is wrong with a file that cannot be read.
func tableFault(err error) diag.Text {
	for _, f := range tableFaults {
		if strings.Contains(err.Error(), f.says) {
			return f.fault
		}
	}
	return diag.Text{VI: "không đọc được chỗ này", EN: diag.FirstLine(err.Error())}
}

// logo finds whether the logo can be shown; it is a picture of the home page.
func (c *Catalog) logo(fsys fs.FS) []diag.Finding {
	home := &Entry{File: "content/_index.md"}
	for _, e := range c.Entries() {
		if e.File == home.File {
			home = e
		}
	}
	if c.Website.Logo == "" {
		return nil
	}
	return imageFile(fsys, home, c.Website.Logo, c.Website.logoAt)
}

// contact finds an address that nobody could be reached at.
func (d *decoder) contact(v *matter.Value, form *regexp.Regexp, what diag.Text) {
	if v != nil && v.Text != "" && !form.MatchString(v.Text) {
		d.report(rulePublisherContact.At(d.at(v.Line, v.Column), what.VI, v.Text, what.EN))
	}
}

// website finds what the site's own facts name that the site does not have.
func (v *validator) website() {
	pages := v.pages()
	for _, e := range []*Edition{&v.Website.Edition, v.Website.English} {
		for _, item := range e.items() {
			switch on, there := pages[closed(item.Page)]; {
			case item.Page == "": // already told
			case !there:
				v.report(ruleMenuNowhere.At(item.pos, item.Page).Suggest(v.NearestAddress(item.Page)))
			case !on:
				v.report(ruleMenuHidden.At(item.pos, item.Name))
			}
		}
	}
	if home := v.Website.Home; home != nil {
		for _, list := range home.lists() {
			v.shown(list.refs, list.kind)
		}
	}
}

// homeList is a list of the home page, of entries of a kind.
type homeList struct {
	kind Kind
	refs []Ref
}

func (h *Home) lists() []homeList {
	return []homeList{{KindPlan, h.Plans}, {KindPerson, h.People}, {KindArticle, h.News}}
}

// items are those of both menus, none of an edition that is not there.
func (e *Edition) items() []MenuItem {
	if e == nil {
		return nil
	}
	return slices.Concat(e.Menu, e.Footer)
}

// pages are the addresses of the site's pages, and whether each is on the site now.
func (c *Catalog) pages() map[string]bool {
	pages := map[string]bool{}
	for url := range c.generatedAddresses() {
		pages[url] = false
	}
	maps.Copy(pages, c.sectionAddresses())
	maps.Copy(pages, c.addressesMadeOf((*Entry).Published))
	for _, e := range c.Entries() {
		pages[e.URL] = e.Published()
	}
	return pages
}

// MenuOf are the items of a menu whose pages are on the site, with their addresses
// closed.
func (c *Catalog) MenuOf(items []MenuItem) []MenuItem {
	pages := c.pages()
	var shown []MenuItem
	for _, item := range items {
		if item.Page = closed(item.Page); pages[item.Page] {
			shown = append(shown, item)
		}
	}
	return shown
}

// shown finds entries that the home page is to show and that there are none of.
func (v *validator) shown(refs []Ref, kind Kind) {
	var ids []string
	published := map[string]bool{}
	for _, it := range v.entries {
		if e := it.base(); e.Kind == kind && !e.translation {
			ids = append(ids, e.ID)
			published[e.ID] = e.Published()
		}
	}
	for _, r := range refs {
		switch on, there := published[r.ID]; {
		case !there:
			v.report(ruleHomeNowhere.At(r.Pos, r.ID, kind.Folder()).Suggest(viet.Nearest(r.ID, ids)))
		case !on:
			v.report(ruleHomeHidden.At(r.Pos, r.ID))
		}
	}
}
