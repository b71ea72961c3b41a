package office

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
)

// Article is a document as an entry of the site holds it.
type Article struct {
	Title      string            // "" where the document has none
	Markdown   string            // without the title; headings begin at the second level
	Pictures   map[string][]byte // by the names that Markdown uses; cleaned
	Author     string            // who the document says wrote it, or ""
	Head       *Letterhead       // of an official document; nil for others
	Recognised []Recognised
	Alts       map[string]string // the pictures' descriptions; "" for those that have none
}

// Article converts the document to an article.
func (d *Document) Article(r Reading) (Article, []diag.Finding) {
	pos := diag.Pos{File: d.file}
	var findings []diag.Finding
	a := Article{Pictures: map[string][]byte{}, Alts: map[string]string{}}
	blocks := r.numbered(d.blocks)
	whole := Reading{}.numbered(d.blocks) // from which nothing is left, to tell what is recognised
	if head, lines, rest := takeLetterhead(blocks); head != nil {
		a.recognise(LookHead, strings.Join(lines, "\n"), "")
		if !r.leaves(string(LookHead)) {
			a.Head, blocks = head, rest
			_, _, whole = takeLetterhead(whole)
			vi, en := head.taken()
			left, _ := enumerate(lines, maxNamedTexts, maxTextExcerpt)
			findings = append(findings, ruleLetterhead.At(pos, vi, en, colon(left), colon(left)))
			a.Title = head.title(blocks)
		}
	}
	if signature, rest := takeSignature(blocks, a.Head != nil); signature != nil {
		a.recognise(LookSignature, strings.Join(signature, "\n"), "")
		if !r.leaves(string(LookSignature)) {
			blocks = rest
			_, whole = takeSignature(whole, a.Head != nil)
			left, _ := enumerate(signature, maxNamedTexts, maxTextExcerpt)
			findings = append(findings, ruleSignature.At(pos, colon(left), colon(left)))
		}
	}
	if a.Title == "" {
		a.Title, blocks = takeTitle(blocks)
		_, whole = takeTitle(whole)
	}
	var credit string
	if author, photos, line, rest := takeAuthor(blocks); author != "" {
		a.recognise(LookAuthor, line, "")
		if !r.leaves(string(LookAuthor)) {
			a.Author, credit, blocks = author, photos, rest
			_, _, _, whole = takeAuthor(whole)
		}
	}
	if inCapitals(a.Title) && strings.Contains(a.Title, " ") {
		better := usual(a.Title, blocks)
		a.recognise(LookTitle, a.Title, better)
		if !r.leaves(string(LookTitle)) {
			findings = append(findings, ruleTitleCase.At(pos, a.Title, better))
			a.Title = better
		}
	}
	fielded := d.tally.has(ruleContentsLeft)
	contents, rest := dropContents(blocks, fielded)
	if contents != nil {
		a.recognise(LookContents, strings.Join(contents, "\n"), "")
	}
	if r.leaves(string(LookContents)) {
		contents = nil
	} else {
		blocks = rest
		_, whole = dropContents(whole, fielded)
	}
	a.Recognised = append(a.Recognised, compare(whole, structured(whole))...)
	blocks = structured(blocks)
	w := &writer{doc: d, toFill: r.ToFill, alts: r.Alts, anchors: d.anchors(), credit: credit}
	w.shift = headingShift(blocks)
	w.blocks(blocks)
	w.footnotes()
	a.Markdown = w.out.String()
	if len(contents) > 1 || len(contents) > 0 && !fielded {
		left, _ := enumerate(contents, maxNamedTexts, maxTextExcerpt)
		findings = append(findings, ruleContentsLeft.At(pos, 1, colon(left), colon(left)))
	}
	findings = append((&tally{links: w.dropped, left: w.left}).findings(d.file), findings...)
	if a.Title == "" {
		findings = append(findings, ruleNoTitle.At(pos))
	}
	for _, p := range d.pictures {
		a.Pictures[p.name] = p.data
		a.Alts[p.name] = cmp.Or(r.Alts[p.name], p.alt)
	}
	return a, findings
}

func (a *Article) recognise(as Look, before, after string) {
	a.Recognised = append(a.Recognised, Recognised{ID: string(as), As: as, Before: before, After: after})
}

// colon returns ": " and the list, or "" for an empty list.
func colon(list string) string {
	if list == "" {
		return ""
	}
	return ": " + list
}

// maxTitle is the most characters of a bold first paragraph that is taken for a title.
const maxTitle = 150

// maxLetterhead is how many blocks may stand above a title.
const maxLetterhead = 8

// takeTitle takes the title out of the blocks: a paragraph of the style Title
// among the first, else the first paragraph if it is a heading, or short and bold,
// else the one heading of the first level, which a letterhead may stand above, else a
// first line in capitals.
func takeTitle(blocks []block) (string, []block) {
	for i, b := range blocks[:min(len(blocks), 5)] {
		if p, ok := b.(*para); ok && p.role == titleRole && plain(p.runs) != "" {
			return oneLine(plain(p.runs)), slices.Concat(blocks[:i], blocks[i+1:])
		}
	}
	for i, b := range blocks {
		p, ok := b.(*para)
		if ok && blank(p.runs) {
			continue
		}
		if ok && p.item == nil && (p.role == heading || p.role == body && bold(p.runs)) && len([]rune(plain(p.runs))) <= maxTitle {
			if t := oneLine(plain(p.runs)); t != "" && !shows(p.runs) {
				return moreTitle(p, t, blocks[i+1:])
			}
		}
		break
	}
	var at []int
	for i, b := range blocks {
		if p, ok := b.(*para); ok && p.role == heading && p.level == 1 && p.item == nil && !shows(p.runs) && plain(p.runs) != "" {
			at = append(at, i)
		}
	}
	if len(at) == 1 && at[0] < maxLetterhead {
		return oneLine(plain(blocks[at[0]].(*para).runs)), slices.Concat(blocks[:at[0]], blocks[at[0]+1:])
	}
	for i, b := range blocks {
		p := plainPara(b)
		if p != nil && blank(p.runs) {
			continue
		}
		if p == nil || shows(p.runs) || !inCapitals(plain(p.runs)) || len([]rune(plain(p.runs))) > maxTitle {
			break
		}
		return moreTitle(p, oneLine(plain(p.runs)), blocks[i+1:])
	}
	return "", blocks
}

// moreTitle takes the lines that go on a title in bold type, centred as it is.
func moreTitle(first *para, title string, blocks []block) (string, []block) {
	for len(blocks) > 0 {
		p := plainPara(blocks[0])
		if p == nil || first.role != body || first.align != "center" || p.align != "center" || shows(p.runs) || !bold(p.runs) || blank(p.runs) {
			break
		}
		more := oneLine(plain(p.runs))
		if _, numbered := headingLevel(more); numbered || inCapitals(more) != inCapitals(title) || len([]rune(title+more)) > maxTitle {
			break
		}
		title, blocks = title+" "+more, blocks[1:]
	}
	return title, blocks
}

func shows(runs []run) bool {
	return slices.ContainsFunc(runs, func(r run) bool { return r.picture != nil || r.note > 0 })
}

func bold(runs []run) bool {
	return !slices.ContainsFunc(runs, func(r run) bool { return !r.bold && strings.TrimSpace(r.text) != "" })
}

func plain(runs []run) string { return strings.TrimSpace(textOf(runs)) }

// textOf is the text of runs as it stands.
func textOf(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return b.String()
}

// allPlain is the text of all paragraphs in blocks.
func allPlain(blocks []block) string {
	var texts []string
	each(blocks, func(p *para) { texts = append(texts, plain(p.runs)) })
	return strings.Join(texts, " ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// headingShift is what to add to a heading's level so that the highest is the
// second, the first being the page's title.
func headingShift(blocks []block) int {
	highest := 10
	for _, b := range blocks {
		if p, ok := b.(*para); ok && p.role == heading && !blank(p.runs) {
			highest = min(highest, p.level)
		}
	}
	return 2 - highest
}

// anchors are the bookmarks of headings, which links of the document may lead to.
func (d *Document) anchors() map[string]bool {
	wanted := map[string]bool{}
	d.paras(func(p *para) {
		for _, r := range p.runs {
			if name, ok := strings.CutPrefix(r.link, "#"); ok {
				wanted[name] = true
			}
		}
	})
	at := map[string]bool{}
	for _, b := range d.blocks {
		if p, ok := b.(*para); ok && p.role == heading {
			for _, name := range p.anchors {
				at[name] = wanted[name]
			}
		}
	}
	return at
}

// writer writes Markdown.
type writer struct {
	doc     *Document
	toFill  string
	alts    map[string]string // by the pictures' names
	anchors map[string]bool
	shift   int
	last    int // level of the last heading
	out     strings.Builder
	lists   []openList
	tight   bool   // the last block was an item, and the next one may follow closely
	quoted  bool   // the last block was a quotation, which may go on
	credit  string // who took the pictures that name nobody else
	dropped []string
	// addresses that had something in them that follows readers
	followed []string
	left     []*left
}

// openList is a list that may go on.
type openList struct {
	level   int
	ordered bool
	sign    byte // behind a number: '.' or ')'; or the bullet
	number  int
	base    int // where its signs stand
	indent  int // where what is in its items stands
}

func (w *writer) indent() int {
	if len(w.lists) == 0 {
		return 0
	}
	return w.lists[len(w.lists)-1].indent
}

// put writes a block, indented, a blank line before it unless it follows closely.
func (w *writer) put(lines string, indent int, close bool) {
	w.quoted = false
	if w.out.Len() > 0 {
		w.out.WriteByte('\n')
		if !close {
			w.out.WriteByte('\n')
		}
	}
	w.out.WriteString(strings.ReplaceAll(lines, "\n", "\n"+strings.Repeat(" ", indent)))
}

func (w *writer) blocks(blocks []block) {
	for i := 0; i < len(blocks); i++ {
		switch b := blocks[i].(type) {
		case *para:
			captioned := ""
			for hasPicture(b.runs) && i+1 < len(blocks) { // the caption of a picture stands below it
				next, ok := blocks[i+1].(*para)
				if !ok || next.role != caption && !blank(next.runs) || shows(next.runs) || blank(next.runs) && !captionAhead(blocks[i+1:]) {
					break
				}
				captioned = joinCaption(captioned, oneLine(plain(next.runs)))
				i++
			}
			w.para(b, strings.TrimSpace(captioned))
		case *table:
			w.table(b)
		}
	}
	w.out.WriteByte('\n')
}

// captionAhead reports whether empty paragraphs lead to a caption.
func captionAhead(blocks []block) bool {
	for _, b := range blocks {
		p, ok := b.(*para)
		if !ok || !blank(p.runs) {
			return ok && p.role == caption
		}
	}
	return false
}

func (w *writer) para(p *para, caption string) {
	text, pictures := w.inline(p)
	switch {
	case text == "":
	case p.role == body && p.item == nil && separator.MatchString(plain(p.runs)):
		w.endLists()
		w.put("* * *", 0, false)
	case p.role == heading:
		w.endLists()
		w.heading(p, text)
	case p.item != nil && p.item.label != "":
		w.item(p.item, text)
	case p.role == quote:
		w.endLists()
		w.quotation(text)
	case p.item != nil && len(w.lists) > 0: // without a sign of its own it belongs to the item above
		w.closeLists(p.item.level)
		w.put(strings.Repeat(" ", w.indent())+text, w.indent(), false)
		w.tight = false
	default:
		w.endLists()
		w.put(text, 0, false)
	}
	if text == "" && p.item == nil && len(pictures) > 0 {
		w.endLists()
	}
	for _, pic := range pictures {
		w.picture(pic, caption)
	}
}

// separator is a line of signs that parts what is above from what is below.
var separator = regexp.MustCompile(`^(?:[-–—_=~]{3,}|\*(?:\s*\*){2,}|[-–—](?:\s+[-–—]){2,})$`)

func (w *writer) heading(p *para, text string) {
	level := max(min(p.level+w.shift, max(w.last, 1)+1, 6), 2) // no level is left out
	w.last = level
	text = strings.TrimRight(oneLine(strings.ReplaceAll(text, "\\\n", " ")), ": ")
	if p.item != nil && !p.item.bullet && p.item.label != "" {
		text = markdown.EscapeInline(p.item.label) + " " + text
	}
	for _, name := range p.anchors {
		if w.anchors[name] {
			text += " {#" + anchorID(name) + "}"
			break
		}
	}
	w.put(strings.Repeat("#", level)+" "+text, 0, false)
}

// anchorID writes a bookmark's name as an ID of HTML that Markdown can carry.
func anchorID(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
}

// quotation writes a paragraph of a quotation, whose paragraphs belong together.
func (w *writer) quotation(text string) {
	goesOn := w.quoted
	text = "> " + strings.ReplaceAll(text, "\n", "\n> ")
	if goesOn {
		text = ">\n" + text
	}
	w.put(text, 0, goesOn)
	w.quoted = true
}

// closeLists ends the lists that are deeper than the level.
func (w *writer) closeLists(level int) {
	for len(w.lists) > 0 && w.lists[len(w.lists)-1].level > level {
		w.lists = w.lists[:len(w.lists)-1]
	}
}

func (w *writer) endLists() { w.lists, w.tight = nil, false }

// item writes a paragraph of a list. Markdown's own lists know bullets and
// numbers; what Word numbers otherwise ("a)", "1.2") keeps its label as words.
func (w *writer) item(it *item, text string) {
	w.closeLists(it.level)
	number, sign, ordered := decimal(it)
	if !it.bullet && !ordered {
		if top := len(w.lists) - 1; top >= 0 && w.lists[top].level == it.level {
			w.lists = w.lists[:top]
		}
		w.put(strings.Repeat(" ", w.indent())+markdown.EscapeItem(markdown.Escape(it.label)+" "+text), w.indent(), false)
		w.tight = false
		return
	}
	top := len(w.lists) - 1
	follows := top >= 0 && w.lists[top].level == it.level && w.lists[top].ordered == ordered && (!ordered || number == w.lists[top].number+1)
	if !follows {
		before := byte(0)
		if top >= 0 && w.lists[top].level == it.level {
			before = w.lists[top].sign
			w.lists = w.lists[:top]
		}
		l := openList{level: it.level, ordered: ordered, sign: '-', base: w.indent()}
		if ordered {
			l.sign = sign
		}
		if l.sign == before { // two lists side by side would be one
			l.sign = map[byte]byte{'-': '*', '*': '-', '.': ')', ')': '.'}[l.sign]
		}
		w.lists = append(w.lists, l)
		w.tight = w.tight && before == 0
	}
	l := &w.lists[len(w.lists)-1]
	l.number = number
	marker := string(rune(l.sign)) + " "
	if ordered {
		marker = fmt.Sprintf("%d%c ", number, l.sign)
	}
	l.indent = l.base + len(marker)
	w.put(strings.Repeat(" ", l.base)+marker+text, l.indent, w.tight)
	w.tight = true
}

// decimal reads a label that Markdown has too: "3." or "3)".
func decimal(it *item) (number int, sign byte, ok bool) {
	label := it.label
	if it.bullet || len(label) < 2 || len(label) > 9 {
		return 0, 0, false
	}
	sign = label[len(label)-1]
	if sign != '.' && sign != ')' {
		return 0, 0, false
	}
	for _, c := range label[:len(label)-1] {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		number = 10*number + int(c-'0')
	}
	return number, sign, true
}

func (w *writer) picture(p *picture, caption string) {
	alt := cmp.Or(oneLine(w.alts[p.name]), p.alt)
	if alt == "" {
		alt = w.toFill + ": lời mô tả ảnh"
	}
	if w.credit != "" && !credited.MatchString(viet.Fold(caption)) {
		caption = joinCaption(caption, "Ảnh: "+w.credit)
	}
	title := ""
	if caption != "" {
		title = ` "` + strings.ReplaceAll(markdown.EscapeInline(caption), `"`, `\"`) + `"`
	}
	w.put(strings.Repeat(" ", w.indent())+"!["+markdown.EscapeInline(alt)+"]("+p.name+title+")", w.indent(), false)
	w.tight = false
}

func (w *writer) footnotes() {
	for _, blocks := range w.doc.notes { // no picture can stand in a footnote
		each(blocks, func(p *para) {
			for _, r := range p.runs {
				if r.picture != nil {
					w.endLists()
					w.picture(r.picture, "")
				}
			}
		})
	}
	for i, blocks := range w.doc.notes {
		var parts []string
		each(blocks, func(p *para) {
			if text, _ := w.inline(p); text != "" {
				parts = append(parts, oneLine(strings.ReplaceAll(text, "\\\n", " ")))
			}
		})
		w.out.WriteString(fmt.Sprintf("\n[^%d]: %s\n", i+1, strings.Join(parts, " ")))
	}
}

// look is the emphasis of a character.
type look struct {
	bold, italic, strike bool
	link                 string
}

// piece is text of one look, or a footnote's number.
type piece struct {
	look
	text string
	note int
}

// inline writes a paragraph's text, and returns the pictures that it shows.
// Emphasis that Markdown cannot express at its place is left out rather than
// shown as stars: what was written is read back and compared.
func (w *writer) inline(p *para) (string, []*picture) {
	var pictures []*picture
	for _, r := range p.runs {
		if r.picture != nil {
			pictures = append(pictures, r.picture)
		}
	}
	pieces := w.pieces(p)
	var words, notes strings.Builder
	for _, pc := range pieces {
		words.WriteString(pc.text)
		if pc.note > 0 {
			fmt.Fprintf(&notes, "\n\n[^%d]: x", pc.note)
		}
	}
	want := strings.Join(strings.Fields(words.String()), "")
	text := ""
	for _, keep := range []look{{true, true, true, ""}, {bold: true}, {}} {
		text = write(pieces, keep)
		if readBack(text, notes.String()) == want {
			break
		}
	}
	return text, pictures
}

// pieces joins a paragraph's runs into pieces of one look. Blanks at the edges of
// emphasis lose it, for Markdown wants none there.
func (w *writer) pieces(p *para) []piece {
	var all []piece
	var texts [][]string // of each
	for _, r := range p.runs {
		if r.formula {
			r.text = "[" + w.toFill + ": công thức]"
		}
		pc := piece{text: r.text, note: r.note, look: look{r.bold && p.role != heading, r.italic && p.role != quote, r.strike, w.link(r.link)}}
		if last := len(all) - 1; last >= 0 && pc.note == 0 && all[last].note == 0 && (pc.look == all[last].look || strings.TrimSpace(pc.text) == "" && pc.link == all[last].link) {
			texts[last] = append(texts[last], pc.text)
			continue
		}
		if pc.text != "" || pc.note > 0 {
			all, texts = append(all, pc), append(texts, []string{pc.text})
		}
	}
	for i := range all {
		all[i].text = strings.Join(texts[i], "")
	}
	var split []piece
	for _, pc := range all {
		core := strings.TrimSpace(pc.text)
		if pc.note > 0 || core == pc.text || pc.look == (look{}) {
			split = append(split, pc)
			continue
		}
		at := len(pc.text) - len(strings.TrimLeftFunc(pc.text, unicode.IsSpace))
		outer := look{link: pc.link}
		split = append(split, piece{look: outer, text: pc.text[:at]})
		if core != "" {
			split = append(split, piece{look: pc.look, text: core})
		}
		split = append(split, piece{look: outer, text: pc.text[at+len(core):]})
	}
	split = slices.DeleteFunc(split, func(pc piece) bool { return pc.text == "" && pc.note == 0 })
	// The paragraph's own edges.
	for len(split) > 0 && split[0].note == 0 && strings.TrimSpace(split[0].text) == "" {
		split = split[1:]
	}
	for len(split) > 0 && split[len(split)-1].note == 0 && strings.TrimSpace(split[len(split)-1].text) == "" {
		split = split[:len(split)-1]
	}
	if len(split) > 0 {
		split[0].text = strings.TrimLeftFunc(split[0].text, unicode.IsSpace)
		last := &split[len(split)-1]
		last.text = strings.TrimRightFunc(last.text, unicode.IsSpace)
	}
	return split
}

// link returns the address to write for a link of the document, "" if it cannot
// be used.
func (w *writer) link(address string) string {
	address = strings.TrimSpace(address)
	if address == "" {
		return ""
	}
	if name, ok := strings.CutPrefix(address, "#"); ok {
		if w.anchors[name] {
			return "#" + anchorID(name)
		}
		if !strings.HasPrefix(name, "_") { // Word's own, of a contents or a reference
			w.drop(address)
		}
		return ""
	}
	u, err := url.Parse(address)
	if err == nil {
		switch strings.ToLower(u.Scheme) {
		case "http", "https":
			if u.Host != "" {
				return destination(w.untracked(u).String())
			}
		case "mailto":
			return destination(u.String())
		case "":
			if u.Host == "" && strings.HasPrefix(u.Path, "/") && !strings.HasPrefix(address, "//") && path.Ext(u.Path) == "" {
				return destination(u.String())
			}
		}
	}
	w.drop(address)
	return ""
}

func (w *writer) drop(address string) {
	if !slices.Contains(w.dropped, address) && len(w.dropped) < 20 {
		w.dropped = append(w.dropped, address)
	}
}

// destination writes an address so that nothing in it ends the link.
func destination(s string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C", "{", "%7B", "}", "%7D", "`", "%60").Replace(s)
}

// write writes the pieces with the emphasis that is kept.
func write(pieces []piece, keep look) string {
	var b strings.Builder
	start := true // at the start of a line
	for i := 0; i < len(pieces); {
		link := pieces[i].link
		end := i
		for end < len(pieces) && pieces[end].link == link && (link == "" || pieces[end].note == 0) {
			end++
		}
		end = max(end, i+1)
		if link != "" {
			b.WriteByte('[')
			start = false
		}
		for j, pc := range pieces[i:end] {
			if pc.note > 0 {
				fmt.Fprintf(&b, "[^%d]", pc.note)
				start = false
				continue
			}
			marks := pc.marks(keep)
			if i+j > 0 && pieces[i+j-1].note > 0 && strings.HasPrefix(pc.text, ":") {
				b.WriteByte('\\') // "[^1]:" would be the footnote itself
			}
			b.WriteString(marks)
			if start && marks == "" {
				b.WriteString(markdown.Escape(pc.text))
			} else {
				b.WriteString(markdown.EscapeInline(pc.text))
			}
			b.WriteString(reverse(marks))
			start = strings.HasSuffix(pc.text, "\n")
		}
		if link != "" {
			b.WriteString("](" + link + ")")
		}
		i = end
	}
	return markdown.EscapeItem(b.String())
}

func (l look) marks(keep look) string {
	marks := ""
	if l.strike && keep.strike {
		marks += "~~"
	}
	if l.bold && keep.bold {
		marks += "**"
	}
	if l.italic && keep.italic {
		marks += "*"
	}
	return marks
}

func reverse(s string) string {
	r := []byte(s)
	slices.Reverse(r)
	return string(r)
}

// readBack returns the characters that a reader sees of a paragraph, without
// blanks. notes are the footnotes that it has marks for, which are left out: a mark
// without its footnote would be words.
func readBack(paragraph, notes string) string {
	src := []byte(paragraph + notes)
	root := markdown.Parse(src)
	read := root.FirstChild()
	if read == nil || read.Kind() != ast.KindParagraph || read.NextSibling() != nil && read.NextSibling().Kind() != extension.KindFootnoteList {
		return "\x00"
	}
	var b strings.Builder
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(read, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.WriteString(markdown.Unescape(n.Segment.Value(src)))
			}
		case *ast.AutoLink:
			if entering {
				b.Write(n.Label(src))
			}
		case *ast.RawHTML, *ast.Image, *ast.CodeSpan:
			b.WriteByte(0)
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(b.String()), "")
}
