package kit

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/office"
	"lienhiep/internal/plan"
)

// theme is the slides' look. Every Windows has both typefaces with the Vietnamese letters.
var theme = office.Theme{
	Name: "Liên hiệp", Display: "Times New Roman", Body: "Arial",
	Paper: paper.hex(), Raised: edge.hex(), Ink: ink.hex(), Quiet: quiet.hex(), Band: blue.hex(), OnBand: paper.hex(), Accent: red.hex(), Honour: gold.hex(),
}

// Sizes of letters on slides, in points: what a room can read from its last row, and less
// only where a text must.
var (
	titleSizes = []float64{34, 30, 27, 24, 21, 18}
	bodySizes  = []float64{30, 28, 26, 24, 22, 20, 18, 16}
	tableSizes = []float64{20, 18, 16, 14, 12}
)

// Bounds of what a deck tells.
const (
	comfortable   = 18   // the size below which words go onto another slide
	mostNotes     = 6000 // letters of the speaker's notes of a slide, but for a clause that is longer
	mostOfOne     = 3    // slides of one clause
	mostRows      = 36   // of a table
	mostOnAList   = 8
	longestBullet = 170 // letters
	longestLead   = 320
	longestTitle  = 110
)

// slideFiles are the slides, to be edited and to be shown anywhere.
func slideFiles(k *Kit) ([]File, error) {
	d, err := newDeck(k)
	if err != nil {
		return nil, err
	}
	if err := d.tell(); err != nil {
		return nil, err
	}
	out := office.Deck{
		Title: k.Title, Creator: k.author(), Date: k.Document.Date, Description: k.Document.Cite() + " · " + k.URL, Language: "vi-VN",
		Foot: d.foot(), Theme: theme, Slides: d.slides,
	}
	pptx, err := out.Bytes()
	if err != nil {
		return nil, err
	}
	pdf, err := d.pdf()
	if err != nil {
		return nil, err
	}
	name := k.Name + "-trinh-chieu"
	return []File{{name + ".pptx", "PowerPoint", pptx}, {name + ".pdf", "PDF", pdf}}, nil
}

// deck is slides being made; its pen measures them, and then draws them.
type deck struct {
	*Kit
	pen    *pen
	slides []office.Slide
}

func newDeck(k *Kit) (*deck, error) {
	p, err := newPen(k, k.Title, office.SlideWidth, office.SlideHeight)
	return &deck{Kit: k, pen: p}, err
}

// mostOfFoot is how many letters of the title stand below a slide, beside the address and
// the slide's number.
const mostOfFoot = 60

func (d *deck) foot() string { return Excerpt(d.Title, mostOfFoot) + " · " + shown(d.URL) }

// shown is an address as people read and type it.
func shown(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		rest = url
	}
	return strings.TrimSuffix(rest, "/")
}

// tell makes all slides.
func (d *deck) tell() error {
	d.cover()
	d.whatAndWho()
	d.sections()
	d.deeds()
	d.duties()
	d.questions()
	return d.whereToRead()
}

func (d *deck) cover() {
	doc := d.Document
	said := d.fitted(office.CoverText, []float64{22, 20, 18, 16, 14, 12}, func(size float64) []office.SlideParagraph {
		var all []office.SlideParagraph
		for _, line := range []string{doc.Title, joined(" · ", doc.IssuerInFull(), plan.OfficialDate(doc.Date)), shown(d.URL)} {
			if strings.TrimSpace(line) != "" {
				all = append(all, office.SlideParagraph{Size: size, After: size / 2, Runs: []office.Run{{Text: line, Color: office.OnBand}}})
			}
		}
		return all
	})
	d.slides = append(d.slides, office.Slide{Cover: true, Title: d.Title, TitleSize: d.titleSize(d.Title, office.CoverTitle, []float64{54, 48, 42, 36, 30, 24}), Body: said, Notes: []string{doc.Cite(), d.URL}})
}

// joined joins what is there.
func joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), between)
}

func (d *deck) whatAndWho() {
	doc := d.Document
	var points []point
	say := func(lead, words string) {
		if words != "" {
			points = append(points, point{lead: lead, words: words})
		}
	}
	say("Văn bản: ", joined(" số ", doc.Type, doc.Number))
	say("Cơ quan ban hành: ", strings.TrimSpace(doc.IssuerInFull()))
	say("Ngày ban hành: ", plan.OfficialDate(doc.Date))
	var cited []string
	for _, c := range doc.Citations {
		if len(cited) < 3 && c.Number != doc.Number && (slices.Contains(c.At, "title") || slices.Contains(c.At, "preamble")) {
			cited = append(cited, joined(" số ", c.Kind, c.Number))
		}
	}
	say("Gắn với: ", strings.Join(cited, "; "))
	if n := len(d.Sections); n > 1 && n <= mostOnAList {
		var names []string
		for _, s := range d.Sections {
			names = append(names, s.heading(60))
		}
		say("Gồm: ", strings.Join(names, "; "))
	} else if n > mostOnAList {
		say("Gồm: ", d.Sections[0].Short+" đến "+d.Sections[n-1].Short)
	}
	d.add("Văn bản gì, của ai", "", points, append([]string{"Lời mở đầu, nguyên văn:"}, doc.Preamble...))
}

// heading names a clause in a line: "II.1 · Tuyên truyền, nâng cao nhận thức".
func (s *Clause) heading(most int) string { return joined(" · ", s.Short, s.Name(most)) }

// point is a line of a list.
type point struct{ lead, words, link string }

func pointOf(c *Clause) point {
	return point{lead: c.Short + " · ", words: c.Name(longestBullet)}
}

// sections tells the document: a slide for each of its sections, and for each task.
func (d *deck) sections() {
	if len(d.Sections) > mostSections {
		d.groups()
		return
	}
	for _, s := range d.Sections {
		if d.TasksIn != nil && s.find(d.TasksIn.ID) != nil {
			if s != d.TasksIn {
				d.clause(s)
			}
			d.clause(d.TasksIn)
			for i, task := range d.Tasks {
				if i == mostSections {
					d.rest(len(d.Tasks) - i)
					break
				}
				d.clause(task)
			}
			continue
		}
		d.clause(s)
	}
}

// groups tells a document that has very many sections, several to a slide.
func (d *deck) groups() {
	each := max(mostOnAList, (len(d.Sections)+mostSections-1)/mostSections)
	for group := range slices.Chunk(d.Sections, each) {
		var points []point
		var all []*Clause
		for i, s := range group {
			all = append(all, s.all()...)
			if i < mostOnAList {
				points = append(points, pointOf(s))
			}
		}
		if more := len(group) - len(points); more > 0 {
			points = append(points, point{words: fmt.Sprintf("… và %d điều khoản nữa: %s", more, shown(d.URL)), link: d.URL})
		}
		title := group[0].Short
		if len(group) > 1 {
			title += " – " + group[len(group)-1].Short
		}
		d.add(title, "", points, notes(all, d.URL))
	}
}

// rest says what is not told, and where it is read.
func (d *deck) rest(n int) {
	d.add("Đọc tiếp", "", []point{{words: fmt.Sprintf("Còn %d nhiệm vụ nữa: %s", n, shown(d.URL)), link: d.URL}}, []string{d.URL})
}

// clause tells one clause: its own words, and in short those right below it.
func (d *deck) clause(c *Clause) {
	var points []point
	for _, below := range c.Below {
		points = append(points, pointOf(below))
	}
	lead := ""
	if c.Label != "" || len(points) == 0 {
		lead = Excerpt(c.beyondLabel(), longestLead)
	}
	d.add(c.heading(longestTitle), lead, points, d.verbatim(c))
}

// beyondLabel is what the clause's own words say beside its label, in one line: a heading
// in capitals says the same.
func (c *Clause) beyondLabel() string {
	first, more, _ := strings.Cut(c.Words, "\n")
	if strings.EqualFold(first, c.Label) || first == strings.ToUpper(first) {
		return strings.ReplaceAll(more, "\n", " ")
	}
	return strings.ReplaceAll(c.Words, "\n", " ")
}

// verbatim are the words of a clause and of those below it as they stand; those of tasks
// have slides of their own.
func (d *deck) verbatim(c *Clause) []string {
	if c == d.TasksIn {
		return notes([]*Clause{c}, c.URL)
	}
	return notes(c.all(), c.URL)
}

// notes are the words of clauses as they stand, a paragraph each: as many whole clauses as
// a speaker's notes hold.
func notes(all []*Clause, url string) []string {
	lines := []string{"Lời văn, nguyên văn:"}
	letters := 0
	for i, c := range all {
		n := utf8.RuneCountInString(c.Words)
		if i > 0 && letters+n > mostNotes {
			lines = append(lines, fmt.Sprintf("Còn %d điều khoản nữa, đọc tiếp tại:", len(all)-i))
			break
		}
		letters += n
		lines = append(lines, strings.Split(strings.TrimSpace(c.Mark+" "+c.Words), "\n")...)
	}
	return append(lines, url)
}

// add makes a slide of words, or several where they are many.
func (d *deck) add(title, lead string, points []point, notes []string) {
	all := d.divided(lead, points)
	if all == nil {
		with := func(left int) [][]office.SlideParagraph {
			more := point{words: fmt.Sprintf("… và %d mục nữa, đọc tại %s", len(points)-left, shown(d.URL)), link: d.URL}
			return d.divided(lead, append(slices.Clone(points[:left]), more))
		}
		tooMany := sort.Search(len(points), func(n int) bool { return with(n) == nil })
		all = with(max(0, tooMany-1))
	}
	size := d.titleSize(title, office.SlideTitle, titleSizes)
	for i, body := range all {
		if i == 1 {
			title += " (tiếp)"
			size = d.titleSize(title, office.SlideTitle, titleSizes)
			notes = []string{"Lời văn ở ghi chú của trang trước."}
		}
		d.slides = append(d.slides, office.Slide{Title: title, TitleSize: size, Body: body, Notes: notes})
	}
}

// divided sets points in letters of one size on as few slides as hold them in letters that
// a room can read; nil where no number of slides does.
func (d *deck) divided(lead string, points []point) [][]office.SlideParagraph {
	for slides := 1; slides <= mostOfOne; slides++ {
		for _, size := range bodySizes {
			if size < comfortable && slides < mostOfOne {
				break
			}
			if all := d.pages(lead, points, slides, size); all != nil {
				return all
			}
		}
	}
	if len(points) <= 1 { // words that no slide holds: what is written runs over
		return [][]office.SlideParagraph{set(lead, points, bodySizes[len(bodySizes)-1])}
	}
	return nil
}

// pages sets points evenly on so many slides, nil where one does not hold its own.
func (d *deck) pages(lead string, points []point, slides int, size float64) [][]office.SlideParagraph {
	each := max(1, (len(points)+slides-1)/slides)
	var all [][]office.SlideParagraph
	for i := 0; i == 0 || i < len(points); i += each {
		body := set(lead, points[i:min(i+each, len(points))], size)
		if d.pen.height(office.SlideBody.W, textsOf(body)...) > office.SlideBody.H {
			return nil
		}
		all, lead = append(all, body), ""
	}
	return all
}

// set makes the paragraphs of a slide in a size.
func set(lead string, points []point, size float64) []office.SlideParagraph {
	var all []office.SlideParagraph
	if lead != "" {
		all = append(all, office.SlideParagraph{Size: size, After: size * .8, Runs: []office.Run{{Text: "“" + lead + "”", Italic: true, Display: true, Color: office.Quiet}}})
	}
	for _, p := range points {
		var runs []office.Run
		if p.lead != "" {
			runs = append(runs, office.Run{Text: p.lead, Bold: true, Color: office.Blue})
		}
		all = append(all, office.SlideParagraph{Size: size, After: size * .6, Bullet: true, Runs: append(runs, office.Run{Text: p.words, Color: office.Ink, Link: p.link})})
	}
	return all
}

// fitted makes paragraphs in the largest size that a frame holds.
func (d *deck) fitted(f office.Frame, sizes []float64, made func(size float64) []office.SlideParagraph) []office.SlideParagraph {
	var all []office.SlideParagraph
	for _, size := range sizes {
		all = made(size)
		if d.pen.height(f.W, textsOf(all)...) <= f.H {
			break
		}
	}
	return all
}

func (d *deck) titleSize(title string, f office.Frame, sizes []float64) float64 {
	for _, size := range sizes {
		if d.pen.height(f.W, one(title, display, size, blue)) <= f.H {
			return size
		}
	}
	return sizes[len(sizes)-1]
}

// deeds tells what was done for each task.
func (d *deck) deeds() {
	if d.Done == 0 {
		return
	}
	rows := [][]string{{"Nhiệm vụ", "Việc đã làm"}}
	for _, t := range d.Tasks {
		if t.Deeds > 0 {
			rows = append(rows, []string{t.heading(longestTitle), fmt.Sprint(t.Deeds)})
		}
	}
	words := fmt.Sprintf("Từ ngày %s: %d việc. Một việc thuộc nhiều nhiệm vụ được kể ở từng nhiệm vụ, nhưng trong tổng số chỉ đếm một lần.", plan.OfficialDate(d.Document.Date), d.Done)
	d.tables("Đã làm được gì", words, rows, []float64{704, 160}, []bool{false, true}, []string{"Từng việc, với nguồn: " + d.Progress})
}

// duties tells who does what, as the plan's editors have recorded it.
func (d *deck) duties() {
	if len(d.Duties) == 0 {
		return
	}
	rows := [][]string{{"Điều khoản", "Chủ trì", "Phối hợp", "Thời gian"}}
	for _, one := range d.Duties {
		rows = append(rows, []string{one.Clause.heading(90), strings.Join(one.Lead, "; "), strings.Join(one.With, "; "), one.When})
	}
	used := []bool{true, true, false, false}
	for _, row := range rows[1:] {
		for i, cell := range row {
			used[i] = used[i] || cell != ""
		}
	}
	widths := []float64{300, 330, 144, 90}
	for i := len(used) - 1; i > 0; i-- {
		if !used[i] {
			widths[1] += widths[i]
			widths = slices.Delete(widths, i, i+1)
			for n := range rows {
				rows[n] = slices.Delete(rows[n], i, i+1)
			}
		}
	}
	var notes []string
	for _, one := range d.Duties {
		notes = append(notes, strings.TrimSpace(one.Clause.Mark+" "+strings.ReplaceAll(one.Clause.Words, "\n", " ")))
	}
	d.tables("Ai làm gì", "", rows, widths, make([]bool, len(widths)), notes)
}

// tables puts rows on one slide, or on several where they are many.
func (d *deck) tables(title, words string, rows [][]string, columns []float64, numbers []bool, notes []string) {
	head, body := rows[0], rows[1:]
	if len(body) > mostRows {
		notes = append(notes, fmt.Sprintf("Còn %d dòng nữa: %s", len(body)-mostRows, d.URL))
		body = body[:mostRows]
	}
	for len(body) > 0 {
		slide := office.Slide{Title: title, TitleSize: d.titleSize(title, office.SlideTitle, titleSizes), Notes: notes}
		at := office.SlideBody
		if words != "" {
			slide.Body = []office.SlideParagraph{{Size: 18, Runs: []office.Run{{Text: words, Color: office.Ink}}}}
			slide.BodyAt = office.Frame{X: at.X, Y: at.Y, W: at.W, H: d.pen.height(at.W, textsOf(slide.Body)...) + 4}
			at.Y += slide.BodyAt.H + 12
			at.H -= slide.BodyAt.H + 12
			words = ""
		}
		held := len(body)
		for ; ; held-- {
			slide.Table = d.table(at, title, append([][]string{head}, body[:held]...), columns, numbers)
			if slide.Table.H <= at.H || held == 1 {
				break
			}
		}
		d.slides = append(d.slides, slide)
		if body = body[held:]; len(body) > 0 && !strings.HasSuffix(title, " (tiếp)") {
			title += " (tiếp)"
		}
	}
}

// table sets rows in the largest size that the frame holds.
func (d *deck) table(at office.Frame, alt string, rows [][]string, columns []float64, numbers []bool) *office.SlideTable {
	t := &office.SlideTable{Frame: at, Alt: alt, Columns: columns, Rows: rows, Numbers: numbers}
	for _, t.Size = range tableSizes {
		t.Heights, t.H = nil, 0
		for i, row := range rows {
			high := 0.0
			for j, cell := range row {
				high = max(high, d.pen.height(columns[j]-2*office.CellSide, cellText(t, i, j, cell)))
			}
			t.Heights = append(t.Heights, high+2*office.CellTop+2)
			t.H += high + 2*office.CellTop + 2
		}
		if t.H <= at.H {
			break
		}
	}
	return t
}

func cellText(t *office.SlideTable, row, column int, words string) text {
	s := one(words, sans, t.Size, ink)
	if row == 0 {
		s = one(words, bold, t.Size, paper)
	}
	s.right, s.tag = t.Numbers[column], "TD"
	if row == 0 {
		s.tag = "TH"
	}
	return s
}

func (d *deck) questions() {
	if len(d.Questions) == 0 {
		return
	}
	var points []point
	var notes []string
	for _, q := range d.Questions[:min(len(d.Questions), mostOnAList)] {
		points = append(points, point{words: q.Title, link: q.URL})
		notes = append(notes, joined(" ", q.Title, q.Answer, q.URL))
	}
	d.add("Câu hỏi thường gặp", "", points, notes)
}

func (d *deck) whereToRead() error {
	const codeSide = 150
	left := office.Frame{X: office.SlideBody.X, Y: office.SlideBody.Y, W: 520, H: office.SlideBody.H}
	s := office.Slide{Title: "Đọc ở đâu, hỏi ở đâu", BodyAt: left, Notes: []string{d.URL}}
	s.TitleSize = d.titleSize(s.Title, office.SlideTitle, titleSizes)
	s.Body = d.fitted(left, bodySizes, func(size float64) []office.SlideParagraph {
		var points []point
		for _, r := range d.Read[:min(len(d.Read), 6)] {
			points = append(points, point{lead: r.Name + ": ", words: shown(r.URL), link: r.URL})
		}
		if d.Publisher != "" {
			points = append(points, point{lead: "Hỏi: ", words: joined(" · ", d.Publisher, d.Contact)})
		}
		return set("", points, size)
	})
	for i, to := range d.codes() {
		c, err := NewCode(to.URL)
		if err != nil {
			return err
		}
		at := office.Frame{X: 592 + float64(i)*(codeSide+20), Y: left.Y, W: codeSide, H: codeSide}
		s.Drawings = append(s.Drawings, office.Drawing{Frame: at, Alt: codeAlt(to.Place), Side: c.Side, Runs: c.Runs})
		s.Texts = append(s.Texts, office.SlideText{Frame: office.Frame{X: at.X, Y: at.Y + codeSide + 8, W: codeSide, H: 60}, Paragraphs: []office.SlideParagraph{
			{Size: 14, Center: true, Runs: []office.Run{{Text: to.Name, Bold: true, Color: office.Blue}}},
		}})
	}
	d.slides = append(d.slides, s)
	return nil
}
