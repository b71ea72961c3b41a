package catalog

import "lienhiep/internal/diag"

// KindArticle is news and explainers.
const KindArticle Kind = "article"

var _ = register(kindInfo{
	Kind: KindArticle, Order: 1, Folder: "tin-tuc", Name: diag.Text{VI: "tin, bài", EN: "article"},
	Icon: "newspaper", Collection: "articles", Dated: true, Many: true,
	make: func() item { return new(Article) },
})

// Article is news of an event, or an explainer.
type Article struct {
	Entry
	Happening
	Mentions
	Author  string   `key:"author" vi:"Tác giả" en:"Author" vihelp:"Người viết bài, như “Tin, ảnh: …” ở cuối bài." enhelp:"Who wrote the article."`
	Image   *Image   `key:"image" vi:"Ảnh" en:"Image" vihelp:"Ảnh chính, đặt trong cùng thư mục với bài." desk:"Ảnh chính của bài." enhelp:"The main picture, in the same folder."`
	Scope   Scope    `key:"scope" one:"province national elsewhere explainer" words:"việc của tỉnh|việc chung cả nước|việc của tỉnh khác, hoặc của Lâm Đồng, Đắk Nông trước ngày 1/7/2025|bài giải thích, không kể một việc nào" vi:"Việc của ai" en:"Scope" vihelp:"province: việc của tỉnh; national: việc chung cả nước; elsewhere: việc của tỉnh khác, hoặc của Lâm Đồng, Đắk Nông trước ngày 1/7/2025; explainer: bài giải thích, không kể một việc nào. Bỏ trống: việc của tỉnh khi có event hoặc event-of, còn lại là bài giải thích. Chỉ việc của tỉnh được tính vào kế hoạch." desk:"Bỏ trống: là việc của tỉnh khi có ngày diễn ra, còn lại là bài giải thích. Chỉ việc của tỉnh được tính vào kế hoạch." enhelp:"province; national; elsewhere (another province, or one before it was merged into this); explainer (tells of no event). Left out, it is province where event or event-of is given, else explainer. Only the province's events count towards a plan." eg:"province"`
	Sources []Source `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Ít nhất một nguồn có thể kiểm chứng." enhelp:"At least one source that can be verified."`
	Source  string   `key:"source" one:"own" words:"tin của chính cơ quan" vi:"Nguồn của trang" en:"Own source" vihelp:"Ghi own khi chính cơ quan đưa tin về việc của mình (phải có event): trang hiện “Ban biên tập”." desk:"Chọn khi chính cơ quan đưa tin về việc của mình, có ngày diễn ra: trang hiện “Ban biên tập”." enhelp:"own where the office reports its own event (event must be given): shown as “Ban biên tập”." eg:"own"`
}

func (a *Article) picture() (key string, image *Image) { return "image", a.Image }

// scope is whose event it is, where the editor says it.
func (a *Article) scope() (key string, scope Scope) { return "scope", a.Scope }

// time is when it happened; the date is that of posting.
func (a *Article) time() When { return a.Event }
