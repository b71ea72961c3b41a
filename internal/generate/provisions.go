package generate

import (
	"cmp"
	"math"
	"math/bits"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/catalog"
	"lienhiep/internal/form"
	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

// readPlans prepares the published plans, which several steps write about.
func (g *generator) readPlans() {
	for _, p := range inOrder(g.Plans) {
		if w := p.Current(); w != nil && p.Published() {
			d := g.planData(p, w)
			d.Versions = versions(p)
			g.plans = append(g.plans, d)
		}
	}
}

// inOrder sorts plans as readers meet them: by the weight that the editors give, those
// without one last, then the newest document first.
func inOrder(plans []*catalog.Plan) []*catalog.Plan {
	date := func(p *catalog.Plan) string {
		if p.Document == nil {
			return ""
		}
		return p.Document.Date
	}
	weight := func(p *catalog.Plan) int { return cmp.Or(p.Weight, math.MaxInt) }
	return slices.SortedStableFunc(slices.Values(plans), func(a, b *catalog.Plan) int {
		return cmp.Or(cmp.Compare(weight(a), weight(b)), strings.Compare(date(b), date(a)))
	})
}

// provisions writes the page of every provision of every plan, and each plan's
// text as data. The pages are terms of the taxonomy "plan", so that what names
// them is Hugo's own list, with a feed.
func (g *generator) provisions() {
	g.page("plan/_index.md", map[string]any{
		"title": "Việc đã làm", "url": catalog.EvidenceURL, "type": "minh-chung",
		"description": "Những việc đã làm cho từng nhiệm vụ của kế hoạch, qua tin, bài, các đợt tôn vinh và hội thi; mỗi việc chỉ đếm một lần.",
	})
	order := []string{}
	for _, d := range g.plans {
		order = append(order, d.ID)
		g.out.data("plans/"+d.ID+".json", d)
		for i, id := range d.order {
			g.page("plan/"+d.ID+"/"+id+"/_index.md", d.provisionPage(id, i+1))
		}
	}
	g.out.data("order.json", map[string]any{"plans": order, "done": g.listed()})
}

// listed are the provisions that the page of what was done lists, each the last part of
// its page's path in Hugo: every task of a plan; of a plan without tasks, what has deeds.
func (g *generator) listed() []string {
	refs := []string{}
	for _, d := range g.plans {
		ids := d.Tasks
		if len(ids) == 0 {
			ids = slices.DeleteFunc(slices.Clone(d.Roots), func(id string) bool { return d.Index[id].Deeds == 0 })
		}
		for _, id := range ids {
			refs = append(refs, d.ID+"/"+id)
		}
	}
	return refs
}

// provisionPage is the front matter of a provision's page.
func (d *planData) provisionPage(id string, weight int) map[string]any {
	node := d.Index[id]
	return map[string]any{
		"title":       node.title() + " – " + d.Type + " " + d.Number,
		"linkTitle":   node.title(), // the heading of the page
		"description": excerpt(node.Text, 150),
		"url":         "/" + node.URL,
		"type":        "dieu-khoan",
		"weight":      weight,
		"document":    d.ID,
		"provision":   id,
	}
}

// planData is a plan as templates read it.
type planData struct {
	ID        string                    `json:"id"`
	Number    string                    `json:"number"`
	Type      string                    `json:"type"`
	Title     string                    `json:"title"`
	Issuer    string                    `json:"issuer"`
	Place     string                    `json:"place"`
	Date      string                    `json:"date"`
	URL       string                    `json:"url"`
	SourceURL string                    `json:"source_url"`
	Citation  string                    `json:"citation"`
	Head      []blockData               `json:"head"`
	Preamble  [][]segment               `json:"preamble"`
	Roots     []string                  `json:"roots"` // of the document itself
	Attached  []attachmentData          `json:"attachments"`
	Index     map[string]*provisionData `json:"index"`
	Tail      []blockData               `json:"tail"`
	Tasks     []string                  `json:"tasks"`
	Notes     map[string][]noteData     `json:"notes"` // on head, preamble, tail
	Citations []citationData            `json:"citations"`
	Forms     []formData                `json:"forms"`
	Versions  []versionData             `json:"versions"` // where there are several, the latest first
	Replaced  versionData               `json:"replaced"` // by what, where it is no longer in force

	order    []string // the provisions' IDs, as in the text
	pageName string   // the title of the plan's page
	path     string   // of it in Hugo
}

// attachmentData is what is attached to a plan. Its provisions are in the plan's index.
type attachmentData struct {
	ID       string      `json:"id"`
	Type     string      `json:"type"`
	Title    string      `json:"title"`
	Head     []blockData `json:"head"`
	Preamble [][]segment `json:"preamble"`
	Roots    []string    `json:"roots"`
	Tail     []blockData `json:"tail"`
}

// passageData is a paragraph, a table or a quotation: one of these.
type passageData struct {
	Segments []segment     `json:"segments,omitempty"`
	Table    [][][]segment `json:"table,omitempty"` // rows of cells
	CSV      string        `json:"csv,omitempty"`   // address of the table as a file of its own
	Quoted   []quotedData  `json:"quoted,omitempty"`
}

// quotedData is a line of a quotation, as deep as it stands in that document's tree, or
// what stands below one.
type quotedData struct {
	Depth    int          `json:"depth"`
	Segments []segment    `json:"segments,omitempty"`
	Passage  *passageData `json:"passage,omitempty"` // a table
}

type blockData struct {
	Role     string    `json:"role"`
	Segments []segment `json:"segments"`
}

type provisionData struct {
	ID         string        `json:"id"`
	Kind       string        `json:"kind"`
	Label      string        `json:"label"`
	Margin     string        `json:"margin"` // the same beside its text: "Điều 5" of an attachment, too
	Short      string        `json:"short"`  // "II.1.2"
	Title      string        `json:"title"`  // the editors' short label, or ""
	Name       string        `json:"name"`   // both: "II.1.2 · Thi đua, tôn vinh trí thức"
	Ref        string        `json:"ref"`    // "gạch đầu dòng thứ hai, mục 1, phần II"
	URL        string        `json:"url"`
	Text       string        `json:"text"`
	Segments   []segment     `json:"segments"`
	Paragraphs []passageData `json:"paragraphs"`
	Parent     string        `json:"parent"`
	Attached   string        `json:"attached"` // the ID of the attachment that it is in, or ""
	Children   []string      `json:"children"`
	Before     string        `json:"before"` // the provision before it as one reads, or ""
	After      string        `json:"after"`
	Deeds      int           `json:"deeds"` // that count, for it or those below it
	Terms      []string      `json:"terms"` // of the glossary, that its words have
	Notes      []noteData    `json:"notes"`
	Citation   string        `json:"citation"` // how to cite it
	Size       int           `json:"size"`     // of its words and of those below it; see size
}

type noteData struct {
	Text    string       `json:"text"`
	Sources []sourceData `json:"sources"`
}

type sourceData struct {
	Title     string `json:"title"`
	URL       string `json:"url"`
	Number    string `json:"number"`
	Publisher string `json:"publisher"`
}

type citationData struct {
	Number string      `json:"number"`
	Kind   string      `json:"kind"`
	Issuer string      `json:"issuer"`
	Date   string      `json:"date"`
	URL    string      `json:"url"` // of its page in the library, or ""
	At     []placeData `json:"at"`
}

// placeData is a place of a plan that cites a document.
type placeData struct {
	ID    string `json:"id"`
	Short string `json:"short"` // "II.1", "phần mở đầu"
	URL   string `json:"url"`   // "" where the place has no address of its own
}

// segment is a stretch of verbatim text, with the page that it leads to, if any.
type segment struct {
	Text string `json:"text"`
	Href string `json:"href,omitempty"`
}

// planData is a wording of a plan. Notes, tasks and evidence are of the one in
// force.
func (g *generator) planData(p *catalog.Plan, w *catalog.Wording) *planData {
	doc := w.Document
	d := &planData{
		ID: p.ID, Number: doc.Number, Type: doc.Type, Title: doc.Title, Issuer: doc.Issuer, Place: doc.Place, Date: doc.Date,
		URL: relative(w.URL), SourceURL: relative(p.URL) + path.Base(w.File), Citation: doc.Cite(), pageName: p.Entry.Title, path: p.Path,
		Index: map[string]*provisionData{}, Roots: []string{}, Attached: []attachmentData{}, Tasks: []string{}, Notes: map[string][]noteData{}, Citations: []citationData{}, Versions: []versionData{},
	}
	link := func(text string) []segment { return g.segments(doc, text) }
	d.Head, d.Tail = blocks(doc.Head, link), blocks(doc.Tail, link)
	d.Preamble = paragraphs(doc.Preamble, link)
	names := p.Names(doc)
	doc.Walk(func(node, parent *plan.Provision) {
		d.add(node, parent, names[node.ID], link)
		d.Index[node.ID].Terms = g.terms(node)
	})
	for i, id := range d.order[min(1, len(d.order)):] {
		d.Index[id].Before, d.Index[d.order[i]].After = d.order[i], id
	}
	d.Roots = idsOf(doc.Provisions)
	for _, a := range doc.Attachments {
		walkIDs(a.Provisions, func(id string) { d.Index[id].Attached = a.ID })
		d.Attached = append(d.Attached, attachmentData{a.ID, a.Type, a.Title, blocks(a.Head, link), paragraphs(a.Preamble, link), idsOf(a.Provisions), blocks(a.Tail, link)})
	}
	for _, root := range doc.Roots() {
		d.size(root)
	}
	for _, f := range form.Forms {
		d.Forms = append(d.Forms, formData{f.Ext, f.MediaType, relative(catalog.FormURL(p, w, f.Ext))})
	}
	for _, c := range doc.Citations {
		d.Citations = append(d.Citations, citationData{c.Number, c.Kind, c.Issuer, c.Date, g.directiveURL(c.Number), d.places(c.At)})
	}
	for _, provision := range p.Provisions() {
		if provision.Wording == w { // it has a page of its own
			g.addPage(d, p, provision.Provision)
		}
	}
	if w != p.Current() {
		return d
	}
	if section := d.Index[p.Tasks]; section != nil {
		d.Tasks = section.Children
	}
	d.addNotes(p.Notes)
	return d
}

// addPage gives a provision the address of its page, and the number of deeds that stand
// there.
func (g *generator) addPage(d *planData, p *catalog.Plan, node *plan.Provision) {
	n := d.Index[node.ID]
	n.URL = relative(catalog.ProvisionURL(p, node.ID))
	n.Deeds = len(g.Account(p, node).Done)
}

func (d *planData) add(node, parent *plan.Provision, name catalog.Name, link func(string) []segment) {
	tables := 0
	put := func(table plan.Table) passageData {
		tables++
		data := passageData{CSV: d.URL + form.TableName(node.ID, tables)}
		for _, row := range table {
			data.Table = append(data.Table, paragraphs(row, link))
		}
		return data
	}
	n := &provisionData{
		ID: node.ID, Kind: string(node.Kind), Label: node.Label, Short: name.Short, Title: name.Label, Name: name.String(), Ref: name.Ref, Citation: d.Citation + ", " + name.Ref, URL: d.URL + "#" + node.ID,
		Text: node.Text, Segments: link(node.Text), Paragraphs: passages(node.Paragraphs, link, put),
		Children: []string{}, Notes: []noteData{},
	}
	_, n.Margin, _ = strings.Cut(name.Short, " · ")
	n.Margin = cmp.Or(n.Margin, name.Short)
	if parent != nil {
		up := d.Index[parent.ID]
		up.Children = append(up.Children, node.ID)
		n.Parent = parent.ID
	}
	d.Index[node.ID] = n
	d.order = append(d.order, node.ID)
}

// size notes about how long a provision is with all below it, and returns its letters. 0
// is fewer than 128, and each number more twice as many: from it browsers know how much
// room to leave for what they have not laid out.
func (d *planData) size(node *plan.Provision) int {
	const gap = 50 // between two provisions is as much room as so many letters take
	letters := gap + utf8.RuneCountInString(node.Text)
	for _, p := range node.Paragraphs {
		p.Texts(func(text string) { letters += utf8.RuneCountInString(text) })
	}
	for _, child := range node.Children {
		letters += d.size(child)
	}
	d.Index[node.ID].Size = min(bits.Len(uint(letters/128)), largestSize)
	return letters
}

// largestSize is the last for which assets/css/plan.css has a class.
const largestSize = 7

func (d *planData) addNotes(notes []catalog.Note) {
	for _, n := range notes {
		data := noteData{n.Text, sources(n.Sources)}
		if node := d.Index[n.At]; node != nil {
			node.Notes = append(node.Notes, data)
		} else {
			d.Notes[n.At] = append(d.Notes[n.At], data)
		}
	}
}

func sources(from []catalog.Source) []sourceData {
	list := []sourceData{}
	for _, s := range from {
		list = append(list, sourceData{s.Title, s.URL, s.Number, s.Publisher})
	}
	return list
}

// places turns the plan's names of places ("title", "preamble", a provision's
// ID) into what a reader can follow.
func (d *planData) places(at []string) []placeData {
	outside := map[string]string{"title": "trích yếu", "preamble": "phần mở đầu", "tail": "phần cuối"}
	for _, a := range d.Attached {
		outside[a.ID] = a.Type
	}
	list := []placeData{}
	for _, id := range at {
		if node := d.Index[id]; node != nil {
			list = append(list, placeData{id, node.Short, d.URL + "#" + id})
		} else {
			list = append(list, placeData{ID: id, Short: outside[id]})
		}
	}
	return list
}

func blocks(from []plan.Block, link func(string) []segment) []blockData {
	list := []blockData{}
	for _, b := range from {
		list = append(list, blockData{string(b.Role), link(b.Text)})
	}
	return list
}

func idsOf(ps []*plan.Provision) []string {
	ids := []string{}
	for _, p := range ps {
		ids = append(ids, p.ID)
	}
	return ids
}

func walkIDs(ps []*plan.Provision, f func(id string)) {
	for _, p := range ps {
		f(p.ID)
		walkIDs(p.Children, f)
	}
}

// passages are what stands below a provision's words; put makes the data of a table.
func passages(from []plan.Passage, link func(string) []segment, put func(plan.Table) passageData) []passageData {
	list := []passageData{}
	for _, p := range from {
		list = append(list, passage(p, link, put))
	}
	return list
}

func passage(p plan.Passage, link func(string) []segment, put func(plan.Table) passageData) passageData {
	switch {
	case p.Table != nil:
		return put(p.Table)
	case p.Quoted != nil:
		return passageData{Quoted: quoted(p.Quoted, 0, link, put)}
	}
	return passageData{Segments: link(p.Text)}
}

// quoted lists a quotation line by line.
func quoted(ps []*plan.Provision, depth int, link func(string) []segment, put func(plan.Table) passageData) []quotedData {
	var list []quotedData
	for _, p := range ps {
		list = append(list, quotedData{Depth: depth, Segments: link(strings.TrimSpace(p.Label + " " + p.Text))})
		for _, inner := range p.Paragraphs {
			below := passage(inner, link, put)
			list = append(list, quotedData{Depth: depth, Segments: below.Segments})
			if below.Table != nil {
				list[len(list)-1].Passage = &below
			}
			list = append(list, below.Quoted...)
		}
		list = append(list, quoted(p.Children, depth+1, link, put)...)
	}
	return list
}

func paragraphs(from []string, link func(string) []segment) [][]segment {
	list := [][]segment{}
	for _, p := range from {
		list = append(list, link(p))
	}
	return list
}

// segments cuts a text at the documents that it cites, so that each can be a
// link; put together again, the segments are the text.
func (g *generator) segments(doc *plan.Document, text string) []segment {
	list := []segment{}
	at := 0
	for _, m := range doc.Mentions(text) {
		url := g.directiveURL(m.Number)
		if url == "" {
			continue
		}
		if m.Start > at {
			list = append(list, segment{Text: text[at:m.Start]})
		}
		list = append(list, segment{text[m.Start:m.End], url})
		at = m.End
	}
	if at < len(text) {
		list = append(list, segment{Text: text[at:]})
	}
	return list
}

// directiveURL is the address of a document's page in the library, or "".
func (g *generator) directiveURL(number string) string {
	if d := g.library[viet.Slug(number)]; d != nil {
		return relative(d.URL)
	}
	return ""
}

// relative is an address as templates want it: without the slash in front,
// relURL puts the site's own path there, where the site stands below one.
func relative(url string) string { return strings.TrimPrefix(url, "/") }

// title names a provision's page among all pages of the site: by its label or, without
// one, by its first words.
func (n *provisionData) title() string {
	if n.Title != "" || n.Text == "" {
		return n.Name
	}
	return n.Name + " · " + excerpt(n.Text, 60)
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[size:]
}

// excerpt cuts a text after a whole word, to at most n characters.
func excerpt(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	cut := string(runes[:n])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.-") + "…"
}
