package plan

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Designation is what people call a provision.
type Designation struct {
	// Short numbers it for a margin: "II", "II.1", "II.1.2" for the second dash of
	// II.1, which has no number of its own; an article is "Điều 5" wherever it stands.
	Short string
	// Ref says in words where it stands, from the inside out: "gạch đầu dòng thứ
	// hai, mục 1, phần II".
	Ref string
}

// Designations returns the designation of every provision by its ID.
func (d *Document) Designations() map[string]Designation {
	names := map[string]Designation{}
	designate := func(p, parent *Provision) {
		var up Designation
		if parent != nil {
			up = names[parent.ID]
		}
		names[p.ID] = Designation{short(p, parent, up.Short), ref(p, parent, up.Ref)}
	}
	walk(d.Provisions, nil, designate)
	for _, a := range d.Attachments {
		walk(a.Provisions, nil, designate)
		// "Điều 1" is the document's own, unless it is said of what.
		walk(a.Provisions, nil, func(p, _ *Provision) {
			own := names[p.ID]
			names[p.ID] = Designation{a.Type + " · " + own.Short, own.Ref + ", " + a.Type + " kèm theo"}
		})
	}
	return names
}

// Cite names the document as Vietnamese documents cite one another: "Kế hoạch số
// 15-KH/TU, ngày 05/4/2021 của Ban Thường vụ Tỉnh ủy Bình Thuận".
func (d *Document) Cite() string {
	return fmt.Sprintf("%s số %s, ngày %s của %s", d.Type, d.Number, OfficialDate(d.Date), d.IssuerInFull())
}

// IssuerInFull is the issuing body with its place, which its own name may leave
// out.
func (d *Document) IssuerInFull() string {
	if strings.Contains(strings.ToLower(d.Issuer), strings.ToLower(d.Place)) || ofItsOwnPlace.MatchString(d.Issuer) {
		return d.Issuer
	}
	return d.Issuer + " " + d.Place
}

// ofItsOwnPlace are bodies whose names say of where they are: those of the whole country,
// and those "of the province of X". "Tỉnh ủy" and "xã hội" name no place.
var ofItsOwnPlace = regexp.MustCompile(`(?i)^(?:Quốc hội|Ủy ban Thường vụ Quốc hội|Chính phủ|Thủ tướng Chính phủ|Chủ tịch nước|Bộ (?:Chính trị|Công an|Công Thương|Dân tộc|Giao thông|Giáo dục|Kế hoạch|Khoa học|Lao động|Ngoại giao|Nội vụ|Nông nghiệp|Quốc phòng|Tài chính|Tài nguyên|Thông tin|Tư pháp|Văn hóa|Xây dựng|Y tế).*|Ban Bí thư.*|Ban Chấp hành Trung ương.*)$` +
	`|.+ (?:tỉnh|thành phố|thị xã|đặc khu|huyện|quận|phường|thị trấn) (?:[^ủđ]|đ[^o])`)

// OfficialDate writes an ISO date as official documents do (decree 30/2020,
// annex I): a zero before days below 10 and the months 1 and 2.
func OfficialDate(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	if t.Month() <= time.February {
		return t.Format("02/01/2006")
	}
	return t.Format("02/1/2006")
}

func short(p, parent *Provision, up string) string {
	own := p.Own(parent)
	switch p.Kind {
	case Part, Chapter, Subchapter, Article:
		return bare(p.Label)
	case Section:
		own = strings.ToUpper(own)
	case Bracket:
		own = "(" + own + ")"
	case Unnumbered:
		return "Đoạn " + own
	}
	if parent == nil {
		return own
	}
	return up + "." + own
}

func ref(p, parent *Provision, up string) string {
	words := bare(p.Label) // "Điều 5", "Chương I" name themselves
	switch p.Kind {
	case Section:
		words = "phần " + words
	case Item:
		words = "mục " + words
	case Letter, Bracket:
		words = "điểm " + words
	case Dash:
		words = "gạch đầu dòng thứ " + ordinal(p.Own(parent))
	case Star:
		words = "dấu sao thứ " + ordinal(p.Own(parent))
	case Unnumbered:
		words = "đoạn thứ " + ordinal(p.Own(parent))
	case Plus:
		words = "dấu cộng thứ " + ordinal(p.Own(parent))
	}
	if parent == nil {
		return words
	}
	return words + ", " + up
}

// Own is the provision's own part of its ID, without the words that IDs put before
// a number: "2" of ii-1-2, of ii-1-gach-2 and of dieu-2.
func (p *Provision) Own(parent *Provision) string {
	own := p.ID
	if parent != nil {
		own = strings.TrimPrefix(own, parent.ID+"-")
	}
	if attachment, rest, ok := strings.Cut(strings.TrimPrefix(own, "kem-theo-"), "-"); ok && strings.HasPrefix(own, "kem-theo-") && strings.Trim(attachment, "0123456789") == "" {
		own = rest
	}
	for _, word := range []string{"phan-", "chuong-", "muc-", "dieu-", "gach-", "cong-", "sao-", "ngoac-", "p-"} {
		if rest, ok := strings.CutPrefix(own, word); ok {
			return rest
		}
	}
	return own
}

// bare is a label without the signs about it: "Điều 5." → "Điều 5", "(1)" → "1", "II -" → "II".
func bare(label string) string { return strings.Trim(label, "().:/-– ") }

// ordinal is the word behind "thứ".
func ordinal(number string) string {
	words := map[string]string{"1": "nhất", "2": "hai", "3": "ba", "4": "tư", "5": "năm", "6": "sáu", "7": "bảy", "8": "tám", "9": "chín", "10": "mười"}
	if word := words[number]; word != "" {
		return word
	}
	return number
}
