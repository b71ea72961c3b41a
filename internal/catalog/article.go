package catalog

import "lienhiep/internal/diag"

// KindArticle is news and explainers.
const KindArticle Kind = "article"

var _ = register(kindInfo{
	Kind: KindArticle, Order: 1, Folder: "tin-tuc", Name: diag.Text{VI: "tin, bài", EN: "article"},
	Icon: "newspaper", Collection: "articles", Dated: true,
	make: func() item { return new(Article) },
})

// Article is news: an event, a result, a story.
type Article struct {
	Entry
	Mentions
	Image   *Image   `key:"image" vi:"Ảnh" en:"Image" vihelp:"Ảnh chính, đặt trong cùng thư mục với bài." enhelp:"The main picture, in the same folder."`
	Event   Date     `key:"event" vi:"Ngày diễn ra" en:"Event" vihelp:"Chỉ ghi khi bài báo trước một việc: ngày, có thể thêm giờ, của việc ấy. Việc ấy vào lịch của trang." enhelp:"Only where the article announces something: its day, perhaps with the time. It enters the site's calendar." eg:"2026-12-24T08:00"`
	Sources []Source `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Ít nhất một nguồn có thể kiểm chứng." enhelp:"At least one source that can be verified."`
	Source  string   `key:"source" one:"own" vi:"Nguồn của trang" en:"Own source" vihelp:"Ghi own khi chính cơ quan đưa tin về việc của mình (phải có event): trang hiện “Ban biên tập”." enhelp:"own where the office reports its own event (event must be given): shown as “Ban biên tập”." eg:"own"`
}

func (a *Article) picture() (key string, image *Image) { return "image", a.Image }

// event is what an article announces.
func (a *Article) event() (from, to Date) { return a.Event, Date{} }
