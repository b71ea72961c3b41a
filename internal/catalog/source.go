package catalog

import (
	"reflect"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

var (
	ruleSourceNowhere = diag.NewRule("source-nowhere", diag.Error,
		diag.Text{VI: "Nguồn “%[1]s” chưa kiểm chứng được: không có địa chỉ, cũng không có số và ngày của văn bản.", EN: "The source “%[1]s” cannot be verified: it has neither an address nor the number and date of a document."},
		diag.Text{VI: "Ghi url (địa chỉ trang web), hoặc number (số, ký hiệu) và date (ngày) của văn bản.", EN: "Give url, or number and date of a document."})
	ruleOwnSourceEvent = diag.NewRule("own-source-without-event", diag.Error,
		diag.Text{VI: "source: own chỉ dùng cho tin về việc của chính cơ quan, có ngày diễn ra (event).", EN: "source: own is only for news about the office's own event, with its date (event)."},
		diag.Text{VI: "Thêm dòng event: với ngày diễn ra, hoặc bỏ dòng source: và ghi nguồn dưới sources:.", EN: "Add event:, or remove source: and give sources."})
	ruleOwnSourcePublisher = diag.NewRule("own-source-without-publisher", diag.Error,
		diag.Text{VI: "source: own chỉ dùng được khi trang đã ghi cơ quan chủ quản.", EN: "source: own can be used only when the site names its publisher."},
		diag.Text{VI: "Điền cơ quan chủ quản và cách liên hệ trong %[1]s (mục [publisher]), hoặc ghi nguồn dưới sources:.", EN: "Fill in the body and its contact details in %[1]s ([publisher]), or give sources."})
)

// source finds one that cannot be verified: a link is not demanded of what is on paper
// alone.
func (d *decoder) source(item *matter.Value, s *Source) {
	if s.URL != "" || strings.TrimSpace(s.Number) != "" && s.Date.Known() || given(item, "url") {
		return
	}
	finding := ruleSourceNowhere.At(d.at(item.Line, item.Column), s.Title)
	if d.draft {
		finding = finding.Lower()
	}
	d.report(finding)
}

// given reports whether a group has a value for a key, right or wrong.
func given(item *matter.Value, key string) bool {
	for _, k := range item.Keys {
		if k.Name == key {
			return k.Value.Kind != matter.Null && strings.TrimSpace(k.Value.Text) != ""
		}
	}
	return false
}

// isVouchedFor reports whether an entry without sources has something in their place: a
// file that readers can look into, or the office's own word, which [Article.validate]
// looks at.
func isVouchedFor(entry reflect.Value) bool {
	if files := entry.FieldByName("Files"); files.IsValid() && files.Len() > 0 {
		return true
	}
	own := entry.FieldByName("Source")
	return own.IsValid() && own.Kind() == reflect.String && own.String() != ""
}

// validate finds where the office's own word is not enough.
func (a *Article) validate(v *validator) {
	switch {
	case a.Source == "":
	case !a.Event.Known():
		v.report(ruleOwnSourceEvent.At(a.pos("source")))
	case !v.Website.Publisher.Known():
		v.report(ruleOwnSourcePublisher.At(a.pos("source"), WebsiteFile))
	}
}
