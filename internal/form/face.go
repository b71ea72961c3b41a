package form

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

// House is whose rules a document's form follows.
type House int

const (
	OfState House = iota // decree 30/2020/NĐ-CP, annex I
	OfParty              // guideline 36-HD/VPTW of 2018, annex 3
)

// HouseOf tells the house by the motto, else by the number: "15-KH/TU", "15/KH-UBND".
func HouseOf(d *plan.Document) House {
	for _, b := range d.Head {
		if b.Role == plan.Motto {
			if viet.Fold(b.Text) == "dang cong san viet nam" {
				return OfParty
			}
			return OfState
		}
	}
	if hyphen, stroke := strings.IndexByte(d.Number, '-'), strings.IndexByte(d.Number, '/'); 0 < hyphen && hyphen < stroke {
		return OfParty
	}
	return OfState
}

// Face is the letters of a role: their size in points, and whether they are bold, italic,
// underlined.
type Face struct {
	Size                    float64
	Bold, Italic, Underline bool
}

// Roles that are told apart only for their looks.
const (
	Nation   plan.Role = "nation"   // of the State's motto the first line
	Superior plan.Role = "superior" // whom the issuer belongs to

	cellRole  plan.Role = "cell"       // a table's cell
	headCell  plan.Role = "head-cell"  // of its first row
	enacting  plan.Role = "enacting"   // "QUYẾT ĐỊNH:", and who decides
	ground    plan.Role = "ground"     // "Căn cứ …"
	bodyText  plan.Role = "text"       // a provision's words
	heading   plan.Role = "heading"    // a provision's, of what is below it
	quotation plan.Role = "quotation"  //
	annexName plan.Role = "annex-name" // "Phụ lục II"
)

// faces are the letters that either house prescribes, of a range mostly those of the model
// that it shows.
var faces = map[plan.Role][2]Face{
	//                    State                                Party
	Nation:               {{Size: 12, Bold: true}, {Size: 15, Bold: true}},
	plan.Motto:           {{Size: 13, Bold: true}, {Size: 15, Bold: true}},
	Superior:             {{Size: 13}, {Size: 14}},
	plan.Issuer:          {{Size: 13, Bold: true}, {Size: 14, Bold: true}},
	plan.Session:         {{Size: 14, Bold: true}, {Size: 14, Bold: true}},
	plan.Number:          {{Size: 13}, {Size: 14}},
	plan.Stamp:           {{Size: 13, Bold: true}, {Size: 14, Bold: true}},
	plan.Reference:       {{Size: 13}, {Size: 12, Italic: true}},
	plan.PlaceDate:       {{Size: 13, Italic: true}, {Size: 14, Italic: true}},
	plan.KindName:        {{Size: 14, Bold: true}, {Size: 16, Bold: true}},
	annexName:            {{Size: 14, Bold: true}, {Size: 14, Bold: true}},
	plan.Whose:           {{Size: 14, Bold: true}, {Size: 15, Bold: true}},
	plan.Title:           {{Size: 14, Bold: true}, {Size: 15, Bold: true}},
	plan.IssuedWith:      {{Size: 14, Italic: true}, {Size: 14, Italic: true}},
	plan.RuleLine:        {{Size: 13}, {Size: 14}},
	plan.Addressee:       {{Size: 14}, {Size: 14}},
	ground:               {{Size: 14, Italic: true}, {Size: 14}},
	enacting:             {{Size: 14, Bold: true}, {Size: 14, Bold: true}},
	heading:              {{Size: 14, Bold: true}, {Size: 14, Bold: true}},
	bodyText:             {{Size: 14}, {Size: 14}},
	quotation:            {{Size: 14}, {Size: 14}},
	cellRole:             {{Size: 12}, {Size: 12}},
	headCell:             {{Size: 12, Bold: true}, {Size: 12, Bold: true}},
	plan.Authority:       {{Size: 14, Bold: true}, {Size: 14, Bold: true}},
	plan.Position:        {{Size: 14, Bold: true}, {Size: 14}},
	plan.Signed:          {{Size: 13, Italic: true}, {Size: 13, Italic: true}},
	plan.Name:            {{Size: 14, Bold: true}, {Size: 14, Bold: true}},
	plan.RecipientsLabel: {{Size: 12, Bold: true, Italic: true}, {Size: 14, Underline: true}},
	plan.Recipient:       {{Size: 11}, {Size: 12}},
}

// FaceOf returns the letters that a house prescribes for a role, the zero Face for one
// that it does not know.
func FaceOf(r plan.Role, h House) Face { return faces[r][h] }

// Ruler measures words in the letters of official documents.
type Ruler struct{ fonts *fpdf.Fpdf }

// NewRuler returns a Ruler. It is not safe for concurrent use.
func NewRuler() Ruler { return Ruler{withFonts()} }

// Width returns how wide words are, in points.
func (r Ruler) Width(words string, f Face) float64 {
	r.fonts.SetFont("serif", f.look(), f.Size)
	return r.fonts.GetStringWidth(Drawable(words))
}
