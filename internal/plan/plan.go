// Package plan reads the text of a Vietnamese official document into a tree of
// provisions, word for word, and writes the tree back as text.
//
// What comes in is text as it is pulled out of a PDF or a Word file, or copied from a web
// page: lines broken anywhere, blank lines between all of them or between paragraphs,
// cells parted by tabs or bars, page numbers and form feeds in the middle of sentences.
// Two families of form are read: Party documents (guideline 36-HD/VPTW of 2018) and State
// documents (decree 30/2020/NĐ-CP, annex I), and the laws of the National Assembly.
//
// What goes out is a [Document]: its particulars, a preamble, provisions, the signature,
// the documents that it cites, and what is attached behind the signature, each a document
// of its own. Nothing is lost and nothing is added: head, preamble, provisions, tail and
// attachments, read in order, are the source's own characters. White space, page numbers
// and the bars of tables do not count, and the page numbers are told. A document is given
// out only after [lienhiep/internal/verbatim], which shares no code with this package, has
// found it so. Wrapped lines are joined by one space, except that a document's number
// broken behind its hyphen closes up again ("2073/CTr-", "UBND"). A source in decomposed
// Unicode (NFD) keeps its characters in these texts; the particulars taken from it
// (number, type, title, issuer, place, recipients, signature, citations) are composed.
//
// # Grammar
//
// Each line is classified once: its words, its label if it has one, whether it is in
// capitals, drawn, a number, a row of a table, within a quotation. The grammar reads
// those lines (| or, ? perhaps, * any number):
//
//	source      document attachment*
//	document    masthead ground* kind registration? whose? title rule* addressee* body tail
//	letter      masthead addressee* body tail                      its reference, "V/v …", is its title
//	attachment  masthead? (kind | title | issued-with | rule)* body tail?
//	masthead    (motto | issuer | stamp | number | place-date | reference | session | rule)*   in any order
//	registration  the number and the date that the masthead lacks, of a telegram
//	whose       "CỦA …" | a meeting by its number, and the body that met
//	body        preamble? provision+
//	provision   label text? (paragraph | table | quotation)* provision*
//	tail        (recipients | authority | position | signed | name | rule)*   in any order, up to the name
//
// The provisions of a body are what has a number; where nothing has, what stands behind
// bullets; where nothing does, and in a letter without numbers, its paragraphs.
//
// A label opens a provision if the text before it has ended and its number is the next,
// or could be out of turn: a gap or a repetition is one warning, after which the count
// goes on from the number that stands there. A line may begin with a hyphen or a number
// just because it was broken there; words that ask for a number ("tại khoản") say so,
// unless a blank line stands between.
//
// A title ends at a rule; at the first ground; at the body that issues, in capitals above
// the grounds; at a blank line where the title's own lines have none; or where its last
// line is clearly shorter than the page is wide.
//
// A table is a run of lines whose cells stand side by side, parted by tabs or between
// bars. A label in a cell is no provision. Where blank lines part the paragraphs of a
// text they part its rows too, and the lines between are one row.
//
// A quotation is what stands between “ and ” if it begins a paragraph and ends one, or has
// paragraphs within. It has a tree of its own, whose provisions have no IDs. One that is
// never closed ends where the numbers before it go on, and is told.
//
// An attachment begins behind the signer's name with a kind in capitals ("QUY CHẾ", "KẾ
// HOẠCH", "PHỤ LỤC I"), or with a head of its own above one; the next with "PHỤ LỤC", or a
// kind that "(Ban hành kèm theo …)" stands below.
//
// A line that is nothing but a number is a page's if a form feed stands beside it and it
// counts the pages, or if it belongs to the series 1 or 2, 3, 4 … with a page's lines
// between and nothing left out. Any other is kept.
//
// # IDs
//
// A provision's ID says its place in the signed text and lasts as long as that.
// It is the parent's ID, a hyphen and the provision's own part:
//
//	Phần I, Phần thứ nhất   phan-i             A.   phan-a
//	Chương II               chuong-ii          II.  ii
//	Mục 3                   muc-3              1.   1
//	Điều 5., Điều 5a.       dieu-5, dieu-5a    1.2. 2, below 1: 1-2
//	a) đ)                   a dd               (1)  1
//	a paragraph             p-1, p-2, …        -  *  +   their place among their like: 1, 2, …
//
// So "ii-1-2" is the second dash of II.1, and also what II.1.2 would be: where a
// provision has bullets of several kinds or numbered items side by side, its dashes are
// gach-1, gach-2, its pluses cong-1, its stars sao-1, its brackets ngoac-1, and the plain
// numbers belong to the items. Sections below an article, or lettered parts below a
// section, follow the same rule: "dieu-1-ii", "i-phan-a". An article's number runs through
// the whole document, so its ID stands alone: "dieu-5", not "chuong-i-dieu-5"; what is
// below it follows: "dieu-5-1-a". The IDs of the second attachment's provisions begin with
// "kem-theo-2-". A number that the signed text gives twice is "i-2" and "i-2-bis", a third
// time "i-2-bis-2".
package plan

import (
	"encoding/json"
	"slices"
	"strings"
)

// Document is an official document, or what is attached to one. Its texts hold no line
// break, and no blank but single spaces.
type Document struct {
	ID          string       `json:"id"`     // of an attachment, "kem-theo-1", before the IDs of its provisions; else ""
	Number      string       `json:"number"` // "15-KH/TU"
	Type        string       `json:"type"`   // the kind in sentence case: "Kế hoạch"
	Whose       string       `json:"whose"`  // whose it is, where the kind says so: "Hội nghị lần thứ tám Ban Chấp hành Đảng bộ tỉnh khóa X"
	Title       string       `json:"title"`  // the subject below the kind: "thực hiện Kết luận số …"
	Issuer      string       `json:"issuer"` // as in the head, else as the preamble or the signature names it
	Place       string       `json:"place"`  // "Bình Thuận"
	Date        string       `json:"date"`   // "2021-04-05"; of minutes without one, the day of the meeting
	Preamble    []string     `json:"preamble"`
	Provisions  []*Provision `json:"provisions"`
	Recipients  []string     `json:"recipients"` // without their dash
	Signature   Signature    `json:"signature"`
	Citations   []Citation   `json:"citations"`   // in order of first mention, those of the attachments too
	Head        []Block      `json:"head"`        // all before the preamble, in source order
	Tail        []Block      `json:"tail"`        // all after the last provision, in source order
	Attachments []*Document  `json:"attachments"` // behind the signature, in source order
}

// Signature is who signed: on whose behalf, as what, and who. Authority is empty
// where the signer signs for himself. Several signers are parted by "; ".
type Signature struct {
	Authority string `json:"authority"` // "T/M BAN THƯỜNG VỤ"
	Position  string `json:"position"`  // "PHÓ BÍ THƯ"
	Name      string `json:"name"`
}

// Block is a piece of the head or the tail, its words as they stand.
type Block struct {
	Role Role   `json:"role"`
	Text string `json:"text"`
}

// Role says what a [Block] is.
type Role string

const (
	Motto           Role = "motto"            // ĐẢNG CỘNG SẢN VIỆT NAM; CỘNG HÒA … and Độc lập …, each its own block
	Issuer          Role = "issuer"           // one line of the issuing body's name
	Number          Role = "number"           // "Số 15-KH/TU"
	PlaceDate       Role = "place-date"       // "Bình Thuận, ngày 05 tháng 4 năm 2021"
	Stamp           Role = "stamp"            // secrecy, urgency
	Reference       Role = "reference"        // "V/v …" of an official letter
	Session         Role = "session"          // "Khoá XI, kỳ họp thứ 9" of the National Assembly
	KindName        Role = "kind"             // "KẾ HOẠCH"
	Whose           Role = "whose"            // "CỦA BAN THƯỜNG VỤ TỈNH ỦY", "HỘI NGHỊ LẦN THỨ TÁM"
	Title           Role = "title"            //
	IssuedWith      Role = "issued-with"      // "(Ban hành kèm theo Quyết định số …)" of an attachment
	RuleLine        Role = "rule"             // "-----", "*"
	Addressee       Role = "addressee"        // "Kính gửi:" and each of those below it
	RecipientsLabel Role = "recipients-label" // "Nơi nhận:"
	Recipient       Role = "recipient"        // with its dash
	Authority       Role = "authority"        // "T/M BAN THƯỜNG VỤ"
	Position        Role = "position"         // "PHÓ BÍ THƯ"
	Signed          Role = "signed"           // "(Đã ký)"
	Name            Role = "name"             //
)

// Provision is a node of the document's tree.
type Provision struct {
	ID         string       `json:"id"` // "" within a quotation
	Kind       Kind         `json:"kind"`
	Label      string       `json:"label"`      // as it stands: "II.", "1.", "a)", "-", "Điều 5."; "" of a paragraph
	Text       string       `json:"text"`       // its own words without the label
	Paragraphs []Passage    `json:"paragraphs"` // what stands between Text and the children
	Line       int          `json:"line"`       // line of the label in the source, from 1
	Children   []*Provision `json:"children"`
}

// Passage is what stands unlabelled in a provision, below its own words: one of these.
type Passage struct {
	Text   string       // a paragraph
	Table  Table        //
	Quoted []*Provision // what stands between “ and ”: another document's words, with a tree of their own
}

// Table is the rows of a table, each the texts of its cells. Rows may differ in length.
type Table [][]string

// Kind is what a provision is called.
type Kind string

const (
	Part       Kind = "part"       // Phần I, Phần thứ nhất, A.
	Chapter    Kind = "chapter"    // Chương I
	Subchapter Kind = "subchapter" // Mục 1
	Section    Kind = "section"    // I.
	Article    Kind = "article"    // Điều 1.
	Item       Kind = "item"       // 1., 1.1.
	Letter     Kind = "letter"     // a)
	Bracket    Kind = "bracket"    // (1), (a)
	Dash       Kind = "dash"       // -, and other signs of lists
	Plus       Kind = "plus"       // +
	Star       Kind = "star"       // *
	Unnumbered Kind = "paragraph"  // of a document without numbered provisions
)

// Citation is a document that this one cites. Kind, Issuer and Date are "" where
// the text gives none; the first mention that gives one decides.
type Citation struct {
	Number string   `json:"number"` // "93-KL/TW"
	Kind   string   `json:"kind"`   // "Kết luận"
	Issuer string   `json:"issuer"` // "Ban Bí thư Trung ương Đảng"; with the term: "Bộ Chính trị (khóa X)"
	Date   string   `json:"date"`   // "2020-11-20"
	At     []string `json:"at"`     // "title", "preamble", IDs of provisions and attachments, "tail", in order, each once
}

// Roots returns the provisions at the top, those of the attachments too.
func (d *Document) Roots() []*Provision {
	roots := slices.Clip(d.Provisions)
	for _, a := range d.Attachments {
		roots = append(roots, a.Provisions...)
	}
	return roots
}

// Walk calls f for every provision in the order of the text, those of the attachments
// too, with its parent, nil for those at the top.
func (d *Document) Walk(f func(p, parent *Provision)) { walk(d.Roots(), nil, f) }

func walk(ps []*Provision, parent *Provision, f func(p, parent *Provision)) {
	for _, p := range ps {
		f(p, parent)
		walk(p.Children, p, f)
	}
}

// Provision returns the provision with the ID, or nil.
func (d *Document) Provision(id string) *Provision { return find(d.Roots(), id) }

func find(ps []*Provision, id string) *Provision {
	for _, p := range ps {
		if p.ID == id {
			return p
		}
		if found := find(p.Children, id); found != nil {
			return found
		}
	}
	return nil
}

// MarshalJSON writes empty lists as [], never as null.
func (d *Document) MarshalJSON() ([]byte, error) {
	type plain Document
	c := plain(*d)
	c.Preamble, c.Provisions, c.Recipients = orEmpty(c.Preamble), orEmpty(c.Provisions), orEmpty(c.Recipients)
	c.Citations, c.Head, c.Tail, c.Attachments = orEmpty(c.Citations), orEmpty(c.Head), orEmpty(c.Tail), orEmpty(c.Attachments)
	return json.Marshal(c)
}

// MarshalJSON writes empty lists as [], never as null.
func (p *Provision) MarshalJSON() ([]byte, error) {
	type plain Provision
	c := plain(*p)
	c.Paragraphs, c.Children = orEmpty(c.Paragraphs), orEmpty(c.Children)
	return json.Marshal(c)
}

// MarshalJSON writes a paragraph as its text, and anything else as an object that names it.
func (p Passage) MarshalJSON() ([]byte, error) {
	switch {
	case p.Table != nil:
		return json.Marshal(map[string]Table{"table": p.Table})
	case p.Quoted != nil:
		return json.Marshal(map[string][]*Provision{"quoted": p.Quoted})
	}
	return json.Marshal(p.Text)
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// Texts calls f for each of the passage's own texts, in order: of a table cell by
// cell, of a quotation labels and texts.
func (p Passage) Texts(f func(string)) {
	if p.Text != "" {
		f(p.Text)
	}
	for _, row := range p.Table {
		for _, cell := range row {
			f(cell)
		}
	}
	for _, q := range p.Quoted {
		q.texts(f)
	}
}

// Tables returns the tables among the provision's paragraphs, those in quotations too, in
// order; not those of its children.
func (p *Provision) Tables() []Table { return tablesIn(p.Paragraphs) }

func tablesIn(passages []Passage) []Table {
	var all []Table
	for _, passage := range passages {
		if passage.Table != nil {
			all = append(all, passage.Table)
		}
		walk(passage.Quoted, nil, func(q, _ *Provision) { all = append(all, q.Tables()...) })
	}
	return all
}

// Words returns the provision's own words without its label, a line for each of its
// paragraphs, each row of a table and each provision that is quoted.
func (p *Provision) Words() string {
	lines := []string{p.Text}
	for _, passage := range p.Paragraphs {
		lines = append(lines, passage.lines()...)
	}
	return strings.Join(lines, "\n")
}

// lines are the passage's paragraphs as they are read.
func (p Passage) lines() []string {
	var s setter
	s.put(Paragraph{Text: p.Text, Table: p.Table})
	s.provisions(p.Quoted, 0, true)
	var lines []string
	for _, paragraph := range s.all {
		lines = append(lines, paragraph.String())
	}
	return lines
}

func (p *Provision) texts(f func(string)) {
	f(p.Label)
	f(p.Text)
	for _, passage := range p.Paragraphs {
		passage.Texts(f)
	}
	for _, c := range p.Children {
		c.texts(f)
	}
}

// texts calls f for every text of the document in source order, with the place
// that a citation in it is said to be at.
func (d *Document) texts(f func(at, text string)) {
	for _, b := range d.Head {
		at := ""
		if b.Role == Title || b.Role == Reference {
			at = "title"
		}
		f(at, b.Text)
	}
	for _, s := range d.Preamble {
		f("preamble", s)
	}
	walk(d.Provisions, nil, func(p, _ *Provision) {
		f("", p.Label)
		f(p.ID, p.Text)
		for _, passage := range p.Paragraphs {
			passage.Texts(func(s string) { f(p.ID, s) })
		}
	})
	for _, b := range d.Tail {
		f("tail", b.Text)
	}
	for _, a := range d.Attachments {
		a.texts(func(at, text string) {
			if at == "title" || at == "preamble" || at == "tail" {
				at = a.ID // those words name places of the document itself
			}
			f(at, text)
		})
	}
}

// Content returns the document's characters in order without white space: those of its
// source, but for page numbers and the bars of tables.
func (d *Document) Content() string {
	var b strings.Builder
	d.texts(func(_, text string) { b.WriteString(strings.ReplaceAll(text, " ", "")) })
	return b.String()
}

// textOf joins the blocks that have the role.
func textOf(blocks []Block, role Role) string {
	var texts []string
	for _, b := range blocks {
		if b.Role == role {
			texts = append(texts, b.Text)
		}
	}
	return strings.Join(texts, " ")
}

func hasRole(blocks []Block, role Role) bool {
	return slices.ContainsFunc(blocks, func(b Block) bool { return b.Role == role })
}
