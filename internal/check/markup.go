package check

import (
	"cmp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

// What the head of a page must say.
var (
	noDoctype = diag.NewRule("page-doctype", diag.Error,
		diag.Text{VI: "Trang không bắt đầu bằng <!DOCTYPE html>.", EN: "The page does not begin with <!DOCTYPE html>."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: thêm dòng ấy vào đầu khuôn mẫu baseof.html.", EN: "Put it at the top of the template baseof.html."})
	noCharset = diag.NewRule("page-charset", diag.Error,
		diag.Text{VI: "Trang không khai báo bảng mã UTF-8, chữ Việt có thể hiện sai.", EN: "The page does not declare UTF-8; Vietnamese may be garbled."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: thêm <meta charset=\"utf-8\"> vào đầu <head>.", EN: "Put <meta charset=\"utf-8\"> first in <head>."})
	noViewport = diag.NewRule("page-viewport", diag.Error,
		diag.Text{VI: "Trang không khai báo “viewport” nên chữ sẽ rất nhỏ trên điện thoại.", EN: "The page has no viewport meta tag: its text will be tiny on phones."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: thêm <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"> vào <head>.",
			EN: "Put <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"> in <head>."})
	noLang = diag.NewRule("page-lang", diag.Error,
		diag.Text{VI: "Trang không khai báo viết bằng ngôn ngữ nào.", EN: "The page does not declare its language."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: thêm thuộc tính lang vào thẻ <html>, ví dụ <html lang=\"vi\">.", EN: "Give <html> a lang attribute, such as <html lang=\"vi\">."})
	wrongLang = diag.NewRule("page-lang-wrong", diag.Error,
		diag.Text{VI: "Trang khai báo ngôn ngữ “%[1]s”, nhưng theo địa chỉ thì phải là “%[2]s”.",
			EN: "The page declares its language as “%[1]s”, but by its address it is “%[2]s”."},
		diag.Text{VI: "Đặt đúng tên tệp (index.md là tiếng Việt, index.en.md là tiếng Anh); nếu tên đã đúng, người phụ trách kỹ thuật sửa thuộc tính lang của thẻ <html>.",
			EN: "Correct the lang attribute of <html>, or move the page to its language's folder."})
	noTitle = diag.NewRule("page-title", diag.Error,
		diag.Text{VI: "Trang không có tiêu đề (<title>).", EN: "The page has no <title>."},
		diag.Text{VI: "Điền dòng “title” trong phần khai báo.", EN: "Fill in “title” in the entry's front matter."})
	sameTitle = diag.NewRule("page-title-repeated", diag.Warning,
		diag.Text{VI: "Trang có cùng tiêu đề “%[1]s” với trang “/%[2]s”.", EN: "The page has the same title “%[1]s” as “/%[2]s”."},
		diag.Text{VI: "Đặt cho mỗi trang một tiêu đề riêng để người tìm kiếm phân biệt được.",
			EN: "Give each page its own title, so that people can tell them apart in search results; later pages of a list should say their number."})
	noDescription = diag.NewRule("page-description", diag.Error,
		diag.Text{VI: "Trang không có mô tả (meta description).", EN: "The page has no meta description."},
		diag.Text{VI: "Điền dòng “description” trong phần khai báo: một hoặc hai câu tóm tắt.", EN: "Fill in “description” in the front matter: one or two sentences."})
	noH1 = diag.NewRule("page-h1", diag.Error,
		diag.Text{VI: "Trang không có tiêu đề lớn (h1), hoặc tiêu đề ấy không có chữ.", EN: "The page has no h1 with text in it."},
		diag.Text{VI: "Mỗi trang cần đúng một tiêu đề lớn: điền dòng “title” trong phần khai báo.", EN: "Every page needs exactly one: fill in “title” in the front matter."})
	manyH1 = diag.NewRule("page-h1-many", diag.Error,
		diag.Text{VI: "Trang có %[1]d tiêu đề lớn (h1), chỉ được có một.", EN: "The page has %[1]d h1 headings; only one is allowed."},
		diag.Text{VI: "Trong lời bài, đề mục bắt đầu từ ##; đừng dùng một dấu #.", EN: "In an entry, start headings with ## (level two), not #."})
)

// What readers need who do not see the page, or cannot use a mouse.
var (
	noAlt = diag.NewRule("image-alt", diag.Error,
		diag.Text{VI: "Ảnh không có lời mô tả (alt).", EN: "An image has no alt text."},
		diag.Text{VI: "Viết một câu tả trong ảnh có gì, cho người không nhìn thấy ảnh.",
			EN: "Describe the image for those who cannot see it; write alt=\"\" if it is only decorative."})
	noLinkText = diag.NewRule("link-text", diag.Error,
		diag.Text{VI: "Liên kết không có chữ: người dùng trình đọc màn hình không biết nó dẫn đi đâu.",
			EN: "A link has no text: screen reader users cannot tell where it leads."},
		diag.Text{VI: "Viết chữ vào giữa dấu [ và ], hoặc viết lời mô tả cho ảnh trong đó.", EN: "Add text inside the link, or an alt text to its image."})
	sameID = diag.NewRule("id-repeated", diag.Error,
		diag.Text{VI: "Mã “%[1]s” được đặt cho hai chỗ trên cùng một trang.", EN: "The id “%[1]s” is used twice on one page."},
		diag.Text{VI: "Đổi tên một trong hai đề mục, hoặc thêm mã riêng như “## Tên đề mục {#ma-rieng}”.",
			EN: "Change one of them; for two headings with the same text write “## Heading {#its-own-id}”."})
	noID = diag.NewRule("id-unknown", diag.Error,
		diag.Text{VI: "Một thuộc tính nhắc tới mã “%[1]s” mà trang không có.", EN: "An attribute refers to the id “%[1]s”, which is not on the page."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: sửa thuộc tính for, list hoặc aria-… trong khuôn mẫu cho khớp với id.", EN: "Make the attribute for, list or aria-… match an id on the page."})
	noLabel = diag.NewRule("control-label", diag.Error,
		diag.Text{VI: "Một ô nhập hoặc nút bấm không có nhãn.", EN: "A form control or button has no label."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: thêm <label for=…>, chữ trong nút, hoặc aria-label.", EN: "Add <label for=…>, text in the button, or aria-label."})
	noHeader = diag.NewRule("table-header", diag.Error,
		diag.Text{VI: "Bảng không có ô tiêu đề (th).", EN: "A table has no header cell (th)."},
		diag.Text{VI: "Ghi tên các cột ở hàng đầu của bảng.", EN: "Make the table's first row the columns' headers."})
	emptyHeader = diag.NewRule("table-header-empty", diag.Error,
		diag.Text{VI: "Bảng có ô tiêu đề (th) để trống.", EN: "A table has an empty header cell (th)."},
		diag.Text{VI: "Đặt tên cho cột ấy.", EN: "Give the column a name."})
	hiddenWords = diag.NewRule("hidden-words", diag.Error,
		diag.Text{VI: "Phần <%[1]s> bị giấu khỏi người đọc, nhưng chữ trong đó vẫn vào kết quả tìm kiếm và nguồn tin.",
			EN: "<%[1]s> is hidden from readers, but its text is still in search and feeds."},
		diag.Text{VI: "Trong bài, bỏ phần trong ngoặc nhọn sau đề mục, như {.ten-lop}. Nếu là khuôn mẫu, việc của người phụ trách kỹ thuật: bỏ thuộc tính hidden.",
			EN: "In an entry, remove what is in braces after the heading, such as {.class}; in a template, remove the attribute “hidden”."})
	switchLang = diag.NewRule("link-lang", diag.Error,
		diag.Text{VI: "Nút chuyển ngôn ngữ “%[1]s” không ghi chữ trên nút thuộc ngôn ngữ nào.",
			EN: "The language switch to “%[1]s” does not mark the language of its text."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: thêm thuộc tính lang cạnh hreflang, để trình đọc màn hình phát âm đúng.", EN: "Add lang beside hreflang, so that a screen reader pronounces it correctly."})
)

// What a Content-Security-Policy without 'unsafe-inline' forbids.
var (
	inlineStyle = diag.NewRule("inline-style", diag.Error,
		diag.Text{VI: "Trang có định dạng viết thẳng trong mã (style), trình duyệt sẽ chặn.", EN: "The page has an inline style, which browsers will block."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: chuyển định dạng vào một tệp trong assets/css/ và dùng class.", EN: "Move it to a file in assets/css/ and use a class."})
	inlineScript = diag.NewRule("inline-script", diag.Error,
		diag.Text{VI: "Trang có đoạn mã viết thẳng trong trang (<script>), trình duyệt sẽ chặn.", EN: "The page has an inline script, which browsers will block."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: chuyển đoạn mã vào một tệp trong assets/js/.", EN: "Move it to a file in assets/js/."})
	inlineHandler = diag.NewRule("inline-handler", diag.Error,
		diag.Text{VI: "Trang có mã viết trong thuộc tính “%[1]s”, trình duyệt sẽ chặn.", EN: "The page has code in the attribute “%[1]s”, which browsers will block."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: dùng addEventListener trong một tệp ở assets/js/.", EN: "Use addEventListener in a file in assets/js/."})
)

// head checks what a page says of itself.
func (w *worker) head(p *page) {
	whole := diag.Pos{File: p.name}
	for _, c := range []struct {
		ok   bool
		rule *diag.Rule
	}{
		{p.doctype, noDoctype},
		{p.utf8, noCharset},
		{p.viewport, noViewport},
		{p.lang != "", noLang},
		{p.title != "", noTitle},
		{p.description != "", noDescription},
		{len(p.h1) > 0, noH1},
	} {
		if !c.ok {
			w.add(c.rule.At(whole))
		}
	}
	if len(p.h1) > 1 {
		w.add(manyH1.At(p.pos(p.h1[1]), len(p.h1)))
	}
	if want := w.langOf(p.name); want != "" && p.lang != "" && !strings.EqualFold(p.lang, want) {
		w.add(wrongLang.At(whole, p.lang, want))
	}
	if p.title != "" && !p.noindex {
		w.titles = append(w.titles, titled{p.lang, p.title, p.name})
	}
}

// langOf returns the language that a page must be in, "" if that is not known.
func (s *site) langOf(name string) string {
	if len(s.langs) == 0 {
		return ""
	}
	for _, l := range s.langs[1:] {
		if strings.HasPrefix(name, l+"/") {
			return l
		}
	}
	return s.langs[0]
}

// titled is a page that search engines may list.
type titled struct{ lang, title, file string }

func (w *worker) repeatedTitles() {
	slices.SortFunc(w.titles, func(a, b titled) int {
		return cmp.Or(strings.Compare(a.lang, b.lang), strings.Compare(a.title, b.title), strings.Compare(a.file, b.file))
	})
	var before titled
	for _, t := range w.titles {
		if t.lang == before.lang && t.title == before.title {
			w.add(sameTitle.At(diag.Pos{File: t.file}, t.title, addressOf(before.file)))
		}
		before = t
	}
}

// markup checks what a page is made of.
func (w *worker) markup(p *page) {
	for _, c := range []struct {
		at   []int
		rule *diag.Rule
	}{
		{p.noAlt, noAlt},
		{p.noText, noLinkText},
		{p.noHeaders, noHeader},
		{p.emptyHeaders, emptyHeader},
	} {
		for _, off := range c.at {
			w.add(c.rule.At(p.pos(off)))
		}
	}
	for _, id := range p.repeated {
		w.add(sameID.At(p.pos(id.off), id.value))
	}
	for _, id := range p.idrefs {
		if !p.anchors[id.value] {
			w.add(noID.At(p.pos(id.off), id.value))
		}
	}
	for _, c := range p.unnamed {
		if c.value == "" || !p.labelFor[c.value] {
			w.add(noLabel.At(p.pos(c.off)))
		}
	}
	for _, l := range p.foreign {
		w.add(switchLang.At(p.pos(l.off), l.value))
	}
	for _, h := range p.hidden {
		w.add(hiddenWords.At(p.pos(h.off), h.value))
	}
	w.jsonBlocks(p)
}

// policy checks that a page keeps to a strict Content-Security-Policy.
func (w *worker) policy(p *page) {
	for _, off := range p.styles {
		w.add(inlineStyle.At(p.pos(off)))
	}
	for _, off := range p.scripts {
		w.add(inlineScript.At(p.pos(off)))
	}
	for _, h := range p.handlers {
		w.add(inlineHandler.At(p.pos(h.off), h.value))
	}
}
