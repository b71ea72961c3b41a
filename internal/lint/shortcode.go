package lint

import (
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

var (
	ruleShortcode = diag.NewRule("unknown-shortcode", diag.Error,
		diag.Text{VI: "Mã ngắn “%[1]s” không dùng được ở trang này.", EN: "The shortcode “%[1]s” is not available here."},
		diag.Text{VI: "Các mã dùng được: %[2]s. Phim thì viết ![tên phim](địa chỉ của phim); bản đồ và nội dung của trang khác thì đặt một liên kết.", EN: "Available: %[2]s. For a film write ![its name](its address); link to maps and other sites' content."})
	ruleShortcodeForm = diag.NewRule("shortcode-form", diag.Error,
		diag.Text{VI: "Mã ngắn “%[1]s” %[2]s.", EN: "The shortcode “%[1]s” %[3]s."},
		diag.Text{VI: "Viết {{< tên >}} với dấu < và >; mã bao lấy một đoạn thì đóng bằng {{< /tên >}} ở sau đoạn ấy.", EN: "Write {{< name >}}, with < and >; one that stands around something is closed behind it by {{< /name >}}."})
)

// shortcodes are the site's own: dieu-khoan quotes a provision, bo-anh is a gallery of the
// pictures within it, bieu-do draws a table's numbers, so-do who does what, dong-thoi-gian
// a list of dates, tieng names a language.
var shortcodes = []string{"bieu-do", "bo-anh", "dieu-khoan", "dong-thoi-gian", "so-do", "tieng"}

// shortcode matches the beginning of one, but for those that only show how one is
// written.
var shortcode = regexp.MustCompile(`\{\{[<%]\s*/?\s*([^\s<>%/*"]+)`)

// tag matches a whole one: its signs, its stroke, its name.
var tag = regexp.MustCompile(`\{\{([<%])\s*(/?)\s*([^\s<>%/*"]+)[^{}]*?([>%])\}\}`)

// single are the shortcodes that stand around nothing.
var single = []string{"dieu-khoan"}

// shortcodeForms finds shortcodes that are not closed, or not written as the site has
// them.
func (t Text) shortcodeForms() []diag.Finding {
	var findings []diag.Finding
	places := diag.PlacesIn(t.File, t.Body)
	tell := func(at int, name, vi, en string) diag.Finding {
		return ruleShortcodeForm.At(t.pos(places, at), name, vi, en)
	}
	type opened struct {
		name string
		at   int
	}
	var open []opened
	whole := map[int]bool{}
	for _, m := range tag.FindAllSubmatchIndex(t.Body, -1) {
		whole[m[0]] = true
		name, end := string(t.Body[m[6]:m[7]]), m[5] > m[4]
		if !slices.Contains(shortcodes, name) {
			continue // told otherwise
		}
		if t.Body[m[2]] != '<' || t.Body[m[8]] != '>' {
			findings = append(findings, tell(m[0], name, "viết bằng dấu % nên không hiện đúng", "is written with %, and not shown as it should be").
				MendedBy(diag.Edit{Start: t.Start + m[2], Old: string(t.Body[m[2]:m[3]]), New: "<"}, diag.Edit{Start: t.Start + m[8], Old: string(t.Body[m[8]:m[9]]), New: ">"}))
		}
		switch {
		case slices.Contains(single, name):
		case !end:
			open = append(open, opened{name, m[0]})
		case len(open) > 0 && open[len(open)-1].name == name:
			open = open[:len(open)-1]
		default:
			findings = append(findings, tell(m[0], name, "đóng ở đây mà chưa mở ở trên", "is closed here, and not opened above"))
		}
	}
	for _, o := range open {
		findings = append(findings, tell(o.at, o.name, "mở ở đây mà không đóng ở dưới", "is opened here, and not closed below").Suggest("{{< /"+o.name+" >}}"))
	}
	for _, m := range shortcode.FindAllSubmatchIndex(t.Body, -1) {
		if name := string(t.Body[m[2]:m[3]]); !whole[m[0]] && slices.Contains(shortcodes, name) {
			findings = append(findings, tell(m[0], name, "thiếu dấu >}} ở cuối", "lacks its end, >}}"))
		}
	}
	return findings
}

// filmShortcode matches one of Hugo's for films, and the film's name at its platform.
var filmShortcode = regexp.MustCompile(`^\{\{[<%]\s*(youtube|vimeo)\s+(?:id\s*=\s*)?"?([\w-]+)`)

var filmsAt = map[string]string{"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}

// shortcodes finds those that are not the site's own: Hugo's would load what other sites
// hold.
func (t Text) shortcodes() []diag.Finding {
	var findings []diag.Finding
	places := diag.PlacesIn(t.File, t.Body)
	for _, m := range shortcode.FindAllSubmatchIndex(t.Body, -1) {
		if name := string(t.Body[m[2]:m[3]]); !slices.Contains(shortcodes, name) {
			meant := viet.Nearest(name, shortcodes)
			if film := filmShortcode.FindSubmatch(t.Body[m[0]:min(len(t.Body), m[0]+200)]); film != nil {
				meant = "![tên phim](" + filmsAt[string(film[1])] + string(film[2]) + ")"
			}
			findings = append(findings, ruleShortcode.At(t.pos(places, m[0]), name, strings.Join(shortcodes, ", ")).Suggest(meant))
		}
	}
	return findings
}
