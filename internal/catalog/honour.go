package catalog

import "lienhiep/internal/diag"

// KindHonour is a round of an honour.
const KindHonour Kind = "honour"

var _ = register(kindInfo{
	Kind: KindHonour, Order: 3, Folder: "ton-vinh", Name: diag.Text{VI: "đợt tôn vinh", EN: "honour"},
	Icon: "trophy", Collection: "honours", Dated: true, Praises: true,
	make: func() item { return new(Honour) },
})

// Honour is one round of an honour.
type Honour struct {
	Entry
	Happening
	Level     string   `key:"level" is:"required" one:"province national" words:"cấp tỉnh|toàn quốc" vi:"Cấp" en:"Level" vihelp:"province: cấp tỉnh; national: toàn quốc." desk:"" enhelp:"province or national." eg:"province"`
	Year      int      `key:"year" is:"required" vi:"Năm" en:"Year" vihelp:"Năm của đợt tôn vinh; hiện khi không có event." desk:"Năm của đợt tôn vinh; hiện khi không có ngày diễn ra." enhelp:"The round's year; shown where event is not given."`
	Round     string   `key:"round" vi:"Lần" en:"Round" vihelp:"Ví dụ: lần thứ ba." enhelp:"For example: lần thứ ba."`
	Decision  string   `key:"decision" vi:"Quyết định" en:"Decision" vihelp:"Số và ngày của quyết định." enhelp:"Number and date of the decision."`
	Organiser string   `key:"organiser" vi:"Đơn vị tổ chức" en:"Organiser" vihelp:"Tên đầy đủ của cơ quan." enhelp:"The body's full name."`
	Figures   []Figure `key:"figures" vi:"Con số" en:"Figures" vihelp:"Mỗi con số một mục." enhelp:"One item a figure."`
	Mentions  `people.vi:"Người được tôn vinh"`
	Sources   []Source `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Ít nhất một nguồn có thể kiểm chứng." enhelp:"At least one source that can be verified."`
}

func (h *Honour) scope() (key string, scope Scope) { return "level", Scope(h.Level) }

// group is the level: rounds of the province do not stand among those of the nation.
func (h *Honour) group() string { return h.Level }

// time is that of the event, else the round's year: the date is that of posting.
func (h *Honour) time() When {
	if h.Event.Known() || h.Year == 0 {
		return h.Event
	}
	return years(h.Year, h.Year, h.Date.Location())
}
