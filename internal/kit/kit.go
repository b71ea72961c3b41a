// Package kit makes of a plan what offices study it and make it known with: slides, a
// poster, a leaflet, a card for the wall, and codes that lead to its page. All of it is
// made from the plan's own tree, so that it cannot disagree with the document.
//
// In: a [Kit], which is what a linked [catalog.Catalog] has on one of its plans. Out:
// [Piece]s, each with its files; the same bytes for the same kit, on any day and any
// machine. What is quoted is quoted whole and as it stands; where words are shortened
// (see [Excerpt]) they end in "…".
//
// It works for any document: what the plan calls its tasks are told one by one; of a
// document without tasks it is the chapters, or whatever stands at the top. How much
// there is of a piece is bounded, and what is left out is said, with where to read it.
package kit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/plan"
)

// Version is part of what a kit is kept under. It changes with what is made of the same
// kit.
const Version = "3"

// Kit is what is told of a plan. All addresses are absolute.
type Kit struct {
	Name      string // of the plan's folder: "15-kh-tu"
	Title     string // of its page: "Kế hoạch số 15-KH/TU"
	Document  *plan.Document
	URL       string // of its page
	Site      string // the site's name
	Publisher string // who publishes the site, or ""
	Contact   string // how to reach them in a line, or ""

	Sections []*Clause // the document's own, in its order: those at its top, or chapters
	Tasks    []*Clause // what it sets to be done; the sections where it names no tasks
	TasksIn  *Clause   // the section whose items they are; nil where it names none

	Done       int         // deeds since the plan's day, each counted once
	Progress   string      // the page that tells of them, "" of a document without tasks
	Duties     []Duty      // who does what, in the order of the text
	Figures    []Figure    // at most three
	Source     string      // of the figures, in words
	Questions  []Question  // that readers ask, with their answers' pages
	Quizzes    []Quiz      // by which readers find out how well they know it
	Explainers []Explainer // see [Kit.Explain]
	Posts      []Post      `json:"-"` // see [Kit.Tell]
	Read       []Place     // where to read on, the plan first
	TakePart   *Place      // the list of what readers can take part in, such as contests; nil where nothing of it speaks for the plan
}

// Clause is a provision as a kit tells of it.
type Clause struct {
	ID    string
	Short string // "II.1.2"
	Label string // the editors' short label, or ""
	Mark  string // its label in the text: "1."
	Text  string // its own words, in one line
	Words string // its words with all paragraphs of its own, a line each, as each row of a table
	URL   string
	Deeds int // done for it or those below it
	Below []*Clause
}

// Duty is who does what a provision sets.
type Duty struct {
	Clause     *Clause
	Lead, With []string
	When       string // in words, or ""
}

// Figure is a number and what it counts.
type Figure struct{ Value, Label string }

// Question is one that readers ask.
type Question struct{ Title, Answer, URL string }

// Place is a page, by its name.
type Place struct{ Name, URL string }

// Piece is something that an office uses: one thing in one file or several.
type Piece struct {
	Title string // "Áp phích"
	About string // what it is for, and how it is printed
	Files []File
}

// File is one of a piece's.
type File struct {
	Name string // "15-kh-tu-ap-phich.pdf"
	Kind string // "PDF"; where a piece has several of one kind, with what is in each
	Data []byte
}

// maker makes a piece; no files where the kit has nothing for it.
type maker struct {
	title, about string
	asked        bool // made by the command alone, not with the site
	make         func(*Kit) ([]File, error)
}

// makers are those of all pieces, in the order in which they are listed.
var makers = []maker{
	{title: "Bài trình chiếu", about: "Để giới thiệu, quán triệt tại cuộc họp. Bản PowerPoint sửa được; nguyên văn các điều khoản ở phần ghi chú của từng trang.", make: slideFiles},
	{title: "Áp phích", about: "Khổ A3, có phần tràn lề và dấu cắt để in ở nhà in.", make: posterFiles},
	{title: "Tờ gấp", about: "Khổ A4 nằm ngang, in hai mặt lật theo cạnh ngắn, gấp đôi thành bốn trang A5.", make: leafletFiles},
	{title: "Bảng treo ở phòng làm việc", about: "Khổ A4: các nhiệm vụ và việc cụ thể trên một trang.", make: wallFiles},
	{title: "Bộ câu hỏi tìm hiểu", about: "Khổ A4, để phát tại cuộc họp, lớp học; đáp án kèm lời văn bản ở các trang sau, in riêng.", make: quizFiles},
	{title: "Bài phát thanh", about: "Lời để đọc trên loa truyền thanh xã, phường, thành bài một, ba và năm phút: số, ngày, chữ viết tắt ghi thành lời.", make: talkFiles},
	{title: "Bài đăng mạng xã hội", about: "Mỗi việc đã làm, mỗi đợt tôn vinh, mỗi cuộc đời một bài cho Facebook, Zalo: lời, ảnh vuông và lời tả ảnh, chép bằng một nút. Mở tệp index.html.", asked: true, make: postFiles},
	{title: "Mã QR", about: "Hình vẽ dẫn tới trang của văn bản, để đặt vào tài liệu khác.", make: codeFiles},
}

// Pieces makes what a kit has: what comes with the site, or all of it.
func (k *Kit) Pieces(all bool) ([]Piece, error) {
	var pieces []Piece
	for _, m := range makers {
		if m.asked && !all {
			continue
		}
		files, err := m.make(k)
		if err != nil {
			return nil, fmt.Errorf("making %s: %w", m.title, err)
		}
		if len(files) > 0 {
			pieces = append(pieces, Piece{m.title, m.about, files})
		}
	}
	return pieces, nil
}

// Key says what a kit's files follow from: kits of one key have the same.
func (k *Kit) Key() ([]byte, error) {
	data, err := json.Marshal(k)
	return append(data, Version...), err
}

// New gathers what the catalogue has on a plan, whose document must have been read.
// baseURL is the site's address.
func New(c *catalog.Catalog, p *catalog.Plan, baseURL string) *Kit {
	absolute := func(url string) string { return strings.TrimSuffix(baseURL, "/") + url }
	doc := p.Document
	k := &Kit{Name: p.ID, Title: p.Title, Document: doc, URL: absolute(p.URL), Site: c.Website.Name, Read: []Place{{p.Title, absolute(p.URL)}}}
	if publisher := c.Website.Publisher; publisher.Known() {
		k.Publisher, k.Contact = publisher.Body, cmp.Or(publisher.Phone, publisher.Email, publisher.Address)
	}
	names := p.Names(doc)
	var clause func(*plan.Provision) *Clause
	clause = func(one *plan.Provision) *Clause {
		s := &Clause{ID: one.ID, Short: names[one.ID].Short, Label: names[one.ID].Label, Mark: one.Label, Text: one.Text, Words: unbarred(one.Words()),
			URL: absolute(catalog.ProvisionURL(p, one.ID)), Deeds: len(c.Account(p, one).Done)}
		for _, below := range one.Children {
			s.Below = append(s.Below, clause(below))
		}
		return s
	}
	for _, one := range sections(doc) {
		s := clause(one)
		k.Sections = append(k.Sections, s)
		if found := s.find(p.Tasks); found != nil && len(found.Below) > 0 {
			k.TasksIn, k.Tasks = found, found.Below
		}
	}
	if k.TasksIn == nil {
		k.Tasks = k.Sections
	}
	if p.HasTasks() {
		o := c.Overview(p)
		k.Done, k.Progress = len(o.Whole.Done), absolute(catalog.ProgressURL(p))
		k.duties(o)
	}
	k.figures(c, p)
	k.questions(c, p, absolute)
	k.quizzes(c, p, absolute)
	k.places(c, p, absolute)
	return k
}

// mostSections is how many parts of a document are told one by one.
const mostSections = 30

// sections are the parts in which a document is told: what stands at its top; of a law in
// parts, its chapters, if they are not too many.
func sections(doc *plan.Document) []*plan.Provision {
	var chapters []*plan.Provision
	for _, one := range doc.Roots() {
		if one.Kind == plan.Part && len(one.Children) > 0 && one.Children[0].Kind == plan.Chapter {
			chapters = append(chapters, one.Children...)
		} else {
			chapters = append(chapters, one)
		}
	}
	if len(chapters) > mostSections {
		return doc.Roots()
	}
	return chapters
}

// unbarred leaves the bars out of the rows of tables among the lines of words.
func unbarred(words string) string {
	lines := strings.Split(words, "\n")
	for i, line := range lines {
		if row, ok := strings.CutPrefix(line, "| "); ok && strings.HasSuffix(row, " |") {
			cells := slices.DeleteFunc(strings.Split(strings.TrimSuffix(row, " |"), " | "), func(cell string) bool { return strings.TrimSpace(cell) == "" })
			lines[i] = strings.Join(cells, "; ")
		}
	}
	return strings.Join(lines, "\n")
}

// find returns the clause with the ID, itself or below, or nil.
func (s *Clause) find(id string) *Clause {
	if s.ID == id {
		return s
	}
	for _, below := range s.Below {
		if found := below.find(id); found != nil {
			return found
		}
	}
	return nil
}

// all is the clause and those below it, in the order of the text.
func (s *Clause) all() []*Clause {
	all := []*Clause{s}
	for _, below := range s.Below {
		all = append(all, below.all()...)
	}
	return all
}

// Name is the editors' label, or the beginning of its words.
func (s *Clause) Name(most int) string { return cmp.Or(s.Label, Excerpt(s.Text, most)) }

// Excerpt is the beginning of a text, whole words of at most so many letters with the
// sign that something follows; the text itself where it is no longer. The stroke that
// ends a document is left out.
func Excerpt(text string, most int) string {
	text = strings.TrimSuffix(text, "/.")
	r := []rune(text)
	if len(r) <= most {
		return text
	}
	cut := string(r[:most])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-") + "…"
}

func (k *Kit) duties(o *catalog.Overview) {
	for _, u := range o.Units {
		for _, s := range u.All() {
			r := s.Record
			if len(r.Lead)+len(r.With) == 0 {
				continue
			}
			when := r.Period
			if r.Due.Known() {
				when = "trước ngày " + r.Due.Format("2/1/2006")
			}
			if c := k.clause(s.ID); c != nil {
				k.Duties = append(k.Duties, Duty{c, r.Lead, r.With, when})
			}
		}
	}
}

func (k *Kit) clause(id string) *Clause {
	for _, s := range k.Sections {
		if c := s.find(id); c != nil {
			return c
		}
	}
	return nil
}

// mostFigures is how many numbers a poster shows.
const mostFigures = 3

// figures are those of the home page with their sources, for the plan that it puts first;
// for others what was done for the plan, as the site counts it.
func (k *Kit) figures(c *catalog.Catalog, p *catalog.Plan) {
	if first := c.Website.Home; first != nil && len(first.Plans) > 0 && first.Plans[0].ID == p.ID {
		if home := c.HomePage(); home != nil && len(home.Sources) > 0 {
			for _, f := range home.Figures[:min(mostFigures, len(home.Figures))] {
				k.Figures = append(k.Figures, Figure{f.Value, f.Label})
			}
			k.Source = sourceWords(home.Sources[0])
		}
	}
	if len(k.Figures) > 0 || k.Done == 0 {
		return
	}
	actions, proven := 0, 0
	for _, u := range c.Overview(p).Units {
		for _, a := range u.Actions() {
			actions++
			if len(a.Whole.Done) > 0 {
				proven++
			}
		}
	}
	k.Figures = []Figure{{fmt.Sprint(k.Done), "việc đã làm"}, {fmt.Sprint(proven), fmt.Sprintf("trong %d mục việc đã có việc làm", actions)}}
	k.Source = k.Progress
}

// sourceWords names a source in a line.
func sourceWords(s catalog.Source) string {
	words := s.Title
	if s.Publisher != "" {
		words += ", " + s.Publisher
	}
	if s.Date.Known() {
		words += fmt.Sprintf(", %d", s.Date.Year())
	}
	return words
}

func (k *Kit) questions(c *catalog.Catalog, p *catalog.Plan, absolute func(string) string) {
	var all []*catalog.Entry
	seen := map[*catalog.Entry]bool{}
	for _, one := range p.Provisions() {
		for _, e := range c.Explaining[p.ID+"/"+one.ID] {
			if e.Kind.Asks() && !seen[e] {
				seen[e] = true
				all = append(all, e)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *catalog.Entry) int {
		return cmp.Or(cmp.Compare(orLast(a.Weight), orLast(b.Weight)), strings.Compare(a.File, b.File))
	})
	for _, e := range all {
		k.Questions = append(k.Questions, Question{e.Title, e.Description, absolute(e.URL)})
	}
}

// orLast is a weight by which what has none stands last.
func orLast(weight int) int { return cmp.Or(weight, 1<<30) }

// places finds where to read on.
func (k *Kit) places(c *catalog.Catalog, p *catalog.Plan, absolute func(string) string) {
	if k.Progress != "" {
		k.Read = append(k.Read, Place{"Những việc đã làm", k.Progress})
	}
	var inviting, helping []string // sections
	for _, kind := range catalog.Kinds() {
		if kind.Helps() {
			helping = append(helping, "/"+kind.Folder())
		}
	}
	for _, one := range p.Provisions() {
		for _, e := range c.Evidence[p.ID+"/"+one.ID] {
			if e.Kind.Invites() {
				inviting = append(inviting, "/"+e.Kind.Folder())
			}
		}
	}
	var more []Place
	for _, e := range c.Entries() {
		if e.Lang != "vi" || !e.Published() {
			continue
		}
		at := Place{e.Title, absolute(e.URL)}
		switch {
		case slices.Contains(helping, e.Path):
			more = append(more, at)
		case slices.Contains(inviting, e.Path):
			k.TakePart = &at
		case explains(c, p, e):
			k.Read = append(k.Read, at) // an explainer, such as the plan in three minutes
		}
	}
	if len(k.Questions) > 0 {
		k.Read = append(k.Read, more...)
	}
	for _, quiz := range k.Quizzes {
		k.Read = append(k.Read, Place{quiz.Title, quiz.URL})
	}
}
