package generate

import (
	"fmt"
	"strings"
	"time"

	"lienhiep/internal/plan"
)

// cite names a document as Vietnamese documents cite one another: "Kế hoạch số
// 15-KH/TU, ngày 05/4/2021 của Ban Thường vụ Tỉnh ủy Bình Thuận".
func cite(doc *plan.Document) string {
	issuer := doc.Issuer
	if !strings.Contains(strings.ToLower(issuer), strings.ToLower(doc.Place)) {
		issuer += " " + doc.Place
	}
	return fmt.Sprintf("%s số %s, ngày %s của %s", doc.Type, doc.Number, officialDate(doc.Date), issuer)
}

// officialDate writes an ISO date as official documents do (decree 30/2020,
// annex I): a zero before days below 10 and the months 1 and 2.
func officialDate(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	if t.Month() <= time.February {
		return t.Format("02/01/2006")
	}
	return t.Format("02/1/2006")
}

// short numbers a provision for the margin: "II", "II.1", "II.1.2" for the second
// dash of II.1, which has no number of its own; an article is "Điều 5" wherever
// it stands.
func short(n, parent *provisionData) string {
	own := n.own(parent)
	switch plan.Kind(n.Kind) {
	case plan.Part, plan.Chapter, plan.Subchapter, plan.Article:
		return name(n.Label)
	case plan.Section:
		own = strings.ToUpper(own)
	}
	if parent == nil {
		return own
	}
	return parent.Short + "." + own
}

// own is the last part of a provision's ID: "2" of ii-1-2, and of a dash beside
// items, ii-1-gach-2.
func (n *provisionData) own(parent *provisionData) string {
	own := n.ID
	if parent != nil {
		own = strings.TrimPrefix(own, parent.ID+"-")
	}
	return strings.TrimPrefix(strings.TrimPrefix(own, "gach-"), "cong-")
}

// name is a label without its closing mark: "Điều 5." → "Điều 5".
func name(label string) string { return strings.TrimRight(label, ".):") }

// ref says in words where a provision stands, from the inside out: "gạch đầu
// dòng thứ hai, mục 1, phần II".
func ref(n, parent *provisionData) string {
	words := name(n.Label) // "Điều 5", "Chương I" name themselves
	switch plan.Kind(n.Kind) {
	case plan.Section:
		words = "phần " + words
	case plan.Item:
		words = "mục " + words
	case plan.Letter:
		words = "điểm " + words
	case plan.Dash:
		words = "gạch đầu dòng thứ " + ordinal(n.own(parent))
	case plan.Plus:
		words = "dấu cộng thứ " + ordinal(n.own(parent))
	}
	if parent == nil {
		return words
	}
	return words + ", " + parent.Ref
}

// ordinal is the word behind "thứ".
func ordinal(number string) string {
	words := map[string]string{"1": "nhất", "2": "hai", "3": "ba", "4": "tư", "5": "năm", "6": "sáu", "7": "bảy", "8": "tám", "9": "chín", "10": "mười"}
	if word := words[number]; word != "" {
		return word
	}
	return number
}
