package catalog

import "lienhiep/internal/diag"

// KindPage is any other page, such as that of a section.
const KindPage Kind = "page"

var _ = register(kindInfo{
	Kind: KindPage, Order: 9, Folder: "", Name: diag.Text{VI: "trang", EN: "page"},
	Icon: "description", Collection: "",
	make: func() item { return new(Page) },
})

// Page is any other page: a section's own page, the Union, about the site.
type Page struct {
	Entry
	Layout     string      `key:"layout" one:"chia-se lien-he so-do-trang tim-kiem" words:"trang chia sẻ|trang liên hệ|sơ đồ trang|trang tìm kiếm" vi:"Bố cục" en:"Layout" vihelp:"Chỉ cho trang có khuôn mẫu riêng; trang thường thì bỏ dòng này." desk:"Chỉ cho trang có khuôn mẫu riêng; trang thường thì để trống." enhelp:"For the pages that have a template of their own only."`
	Figures    []Figure    `key:"figures" vi:"Con số" en:"Figures" vihelp:"Mỗi con số một mục; nguồn ghi ở dưới." enhelp:"One item a figure; their sources stand below."`
	Milestones []Milestone `key:"milestones" vi:"Mốc thời gian" en:"Milestones" vihelp:"Trên trang trí thức: những mốc đánh dấu trên hình các cuộc đời." enhelp:"On the people's page: what is marked in the picture of their lives."`
	Sources    []Source    `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
}

// HomePage is the home page in Vietnamese, nil where the site has none or it is not on the site.
func (c *Catalog) HomePage() *Page {
	for _, it := range c.entries {
		if p, ok := it.(*Page); ok && p.URL == "/" && p.Published() {
			return p
		}
	}
	return nil
}
