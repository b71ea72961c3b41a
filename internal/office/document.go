package office

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lienhiep/internal/diag"
	"lienhiep/internal/photo"
	"lienhiep/internal/viet"
)

// Document is a parsed Word document: its text in order and its pictures, without its
// layout.
type Document struct {
	file     string
	blocks   []block
	notes    [][]block // footnotes and endnotes, in the order of their first mention
	pictures []*picture
	tally    tally
}

// block is a paragraph or a table.
type block interface{ isBlock() }

// para is a paragraph.
type para struct {
	role    role
	level   int    // of a heading, from 1
	item    *item  // its place in a list, or nil
	align   string // of its lines, as Word calls it: "center"
	indent  int    // of its first line, in twips
	anchors []string
	runs    []run
	number  int  // its place in the document, from 1, where [Reading] has numbered it
	left    bool // its look is to mean nothing
}

// role is what a paragraph is for.
type role int

const (
	body role = iota
	titleRole
	heading
	quote
	caption
)

// run is a piece of text with uniform formatting. A line break in it is "\n".
type run struct {
	text                 string
	bold, italic, strike bool
	link                 string   // address, or "#" and a bookmark
	note                 int      // number of the footnote that it calls, or 0
	picture              *picture // shown at this place
	formula              bool     // somebody must write it: the text only hints at what it says
	font                 string   // that draws it; "" once it has been read
}

type table struct{ rows []row }

type row struct {
	header bool // repeated on every page
	cells  []cell
}

type cell struct {
	span   int  // columns
	joined bool // it goes on the cell above
	starts bool // cells below may go on it
	blocks []block
}

func (*para) isBlock()  {}
func (*table) isBlock() {}

// picture is one that the document shows.
type picture struct {
	part string // of the archive
	alt  string
	crop photo.Crop
	data []byte // cleaned, once it is asked for
	name string // of its file
}

// tally counts what is left out or changed, for the findings.
type tally struct {
	tracked   int
	left      []*left
	links     []string // that cannot be used
	lost      []diag.Finding
	converted []string // names of encodings
}

// reader reads one document.
type reader struct {
	*archive
	styles    *styles
	numbering *numbering
	doc       *Document
	notes     map[string]*node // "footnote 3" → w:footnote
	numbers   map[string]int   // "footnote 3" → 1
	noteRels  map[string]map[string]relation
	pictures  map[string]*picture

	rels     map[string]relation // of the part being read
	fields   []field             // open ones, the innermost last
	held     []run               // of a paragraph that goes on in the next
	after    []block             // text boxes, which follow their paragraph
	depth    int                 // of tables and text boxes
	noteDeep bool                // reading a footnote
	comments []*node
	around   []relation // headers and footers
	chunks   int        // documents within this one
	last     string     // text before this place in the paragraph
	dropCap  bool       // the paragraph is one, which Word lowers without meaning an index
}

// field is one of Word's: an instruction, then the result that is shown.
type field struct {
	instruction strings.Builder
	result      bool
	shown       bool // some of its result
	form        *node
}

// Read reads a .docx file. The document is nil when a finding is an error.
func Read(file string, data []byte) (*Document, []diag.Finding) {
	doc, a, err := readDocument(file, data)
	if err == nil {
		err = a.refuseLinked()
	}
	if err != nil {
		return nil, findingsOf(file, err)
	}
	return doc.finish(file)
}

// ReadText reads a document of which the text alone is wanted: pictures that lie
// elsewhere, as text copied from a web page has them, are left out, which is told.
func ReadText(file string, data []byte) (*Document, []diag.Finding) {
	doc, a, err := readDocument(file, data)
	if err != nil {
		return nil, findingsOf(file, err)
	}
	doc, findings := doc.finish(file)
	if n := len(a.linked); n > 0 && doc != nil {
		findings = append(findings, ruleLinkedPictures.At(diag.Pos{File: file}, strconv.Itoa(n), a.linked[0]))
	}
	return doc, findings
}

// finish reads text typed for legacy fonts as Unicode, and tells what was found.
func (doc *Document) finish(file string) (*Document, []diag.Finding) {
	doubtful := doc.decode()
	findings := doc.tally.findings(file)
	if len(doubtful) > 0 {
		return nil, []diag.Finding{ruleLegacyDoubt.At(diag.Pos{File: file}, quoteList(doubtful))}
	}
	if doc.empty() {
		return nil, []diag.Finding{ruleEmpty.At(diag.Pos{File: file})}
	}
	return doc, findings
}

func readDocument(file string, data []byte) (*Document, *archive, error) {
	return readInside(file, data, 0)
}

// readInside reads a document that so many others have been read within.
func readInside(file string, data []byte, chunks int) (*Document, *archive, error) {
	a, main, err := openArchive(file, data, word)
	if err != nil {
		return nil, nil, err
	}
	r := &reader{archive: a, doc: &Document{file: file}, notes: map[string]*node{}, numbers: map[string]int{},
		noteRels: map[string]map[string]relation{}, pictures: map[string]*picture{}, chunks: chunks}
	if err := r.open(main); err != nil {
		return nil, nil, err
	}
	root, err := a.xml(main)
	if err != nil {
		return nil, nil, err
	}
	r.doc.blocks = r.blocks(root.child("w:body"))
	r.sweep(root.child("w:body"))
	return r.doc, a, r.rest()
}

// rest names what belongs to the document and stands in no place of its text: notes that
// nothing refers to, comments, what is printed around the pages.
func (r *reader) rest() error {
	for _, id := range slices.Sorted(maps.Keys(r.notes)) {
		if r.numbers[id] == 0 {
			if text := r.notes[id].said(); text != "" {
				r.doc.tally.leave(ruleNoteLeft, text)
			}
			continue
		}
		kind, _, _ := strings.Cut(id, " ")
		r.rels = r.noteRels[kind]
		r.sweep(r.notes[id])
	}
	for _, c := range r.comments {
		r.doc.tally.leave(ruleComments, c.said())
	}
	for _, rel := range r.around {
		part, err := r.xml(rel.target)
		if err != nil {
			return err
		}
		pictures := 0
		var words strings.Builder
		part.walk(func(n *node) {
			switch n.name {
			case "w:t", "a:t":
				words.Write(n.text)
			case "w:p", "w:tab", "w:br":
				words.WriteByte(' ')
			case "pic:pic", "v:imagedata":
				pictures++
			case "v:textpath":
				words.WriteString(" " + n.attr("string"))
			}
		})
		text := oneLine(tidy(words.String()))
		if strings.ContainsFunc(text, unicode.IsLetter) {
			r.doc.tally.leave(ruleAround, text)
		}
		if pictures > 0 {
			r.doc.tally.leave(ruleAround, path.Base(rel.target)+" (hình)")
		}
	}
	return nil
}

// open reads the parts that the main one needs.
func (r *reader) open(main string) error {
	var err error
	if r.rels, err = r.relations(main); err != nil {
		return err
	}
	parts := map[string]*node{}
	for _, rel := range byID(r.rels) {
		switch rel.kind {
		case "header", "footer":
			r.around = append(r.around, rel)
		case "styles", "theme", "numbering", "footnotes", "endnotes", "comments":
			if parts[rel.kind], err = r.xml(rel.target); err != nil {
				return err
			}
			if r.noteRels[strings.TrimSuffix(rel.kind, "s")], err = r.relations(rel.target); err != nil {
				return err
			}
		}
	}
	r.styles = readStyles(parts["styles"], parts["theme"])
	r.numbering = readNumbering(parts["numbering"])
	for _, kind := range []string{"footnote", "endnote"} {
		if parts[kind+"s"] == nil {
			continue
		}
		for _, n := range parts[kind+"s"].kids {
			if t := n.attr("w:type"); t == "" || t == "normal" {
				r.notes[kind+" "+n.attr("w:id")] = n
			}
		}
	}
	if c := parts["comments"]; c != nil {
		r.comments = c.kids
	}
	return nil
}

// maxNesting limits tables in tables and boxes in boxes.
const maxNesting = 16

// blocks reads the paragraphs and tables below n.
func (r *reader) blocks(n *node) []block {
	if n == nil {
		return nil
	}
	if r.depth > maxNesting {
		r.doc.tally.leave(ruleTooDeep, n.markAll().said())
		return nil
	}
	r.depth++
	defer func() { r.depth-- }()
	var all []block
	for _, k := range n.kids {
		switch k.name {
		case "w:p":
			if p := r.para(k); p != nil {
				all = append(all, p)
			}
			all = append(all, r.after...)
			r.after = nil
		case "w:tbl":
			all = append(all, r.table(k))
		case "w:sdt":
			if k.child("w:sdtPr").child("w:docPartObj").val("w:docPartGallery") == "Table of Contents" {
				r.doc.tally.leave(ruleContentsLeft, "")
				k.markAll()
				continue
			}
			if !r.prompts(k) {
				all = append(all, r.blocks(k.child("w:sdtContent"))...)
			}
		case "mc:AlternateContent":
			all = append(all, r.blocks(choice(k))...)
		case "w:altChunk":
			all = append(all, r.chunk(k)...)
		case "w:del", "w:moveFrom":
			r.doc.tally.tracked++
			k.markAll()
		default: // w:customXml, w:ins, w:moveTo, and what else may hold paragraphs
			if !ignored(k.name) && (k.child("w:p") != nil || k.child("w:tbl") != nil || k.child("w:sdt") != nil || k.child("w:customXml") != nil) {
				all = append(all, r.blocks(k)...)
			}
		}
	}
	if len(r.held) > 0 { // there is no next paragraph to go on in
		all = append(all, &para{runs: r.held})
		r.held = nil
	}
	return all
}

// prompts reports whether a content control still shows what is to be filled in, which is
// no text of the document.
func (r *reader) prompts(n *node) bool {
	if n.child("w:sdtPr").toggle("w:showingPlcHdr") <= 0 {
		return false
	}
	r.doc.tally.leave(rulePrompt, n.child("w:sdtContent").said())
	n.markAll()
	return true
}

// understood are the namespaces, by their usual prefixes, that the first alternative may
// need to be read.
var understood = []string{"wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "a14", "v", "m", "o", "w", "mv", "c14"}

// choice takes the alternative that is written for today's programs, or else the one for
// older ones where the first needs what is not known here: a picture of it, mostly.
func choice(n *node) *node {
	c, f := n.child("mc:Choice"), n.child("mc:Fallback")
	known := c != nil && !slices.ContainsFunc(strings.Fields(c.attr("Requires")), func(p string) bool { return !slices.Contains(understood, p) })
	if c != nil && (known || f == nil || len(f.kids) == 0) {
		f.markAll()
		return c
	}
	c.markAll()
	return f
}

// para reads a paragraph; nil where it goes on in the next: its end was deleted, or it is
// the drop cap that begins it.
func (r *reader) para(n *node) *para {
	pPr := n.child("w:pPr")
	p := &para{runs: r.held}
	r.held, r.last = nil, ""
	dropCap := slices.Contains([]string{"drop", "margin"}, pPr.child("w:framePr").attr("w:dropCap"))
	r.dropCap = dropCap
	p.runs = append(p.runs, r.runs(n, r.styles.styleOf(pPr), "")...)
	for _, k := range n.kids {
		if k.name == "w:bookmarkStart" {
			p.anchors = append(p.anchors, k.attr("w:name"))
		}
	}
	mark := pPr.child("w:rPr")
	if mark.child("w:ins") != nil {
		r.doc.tally.tracked++
	}
	if mark.child("w:del") != nil || mark.child("w:moveFrom") != nil {
		r.doc.tally.tracked++
		r.held = p.runs
		return nil
	}
	if dropCap {
		r.held = p.runs
		return nil
	}
	r.role(p, pPr)
	p.align = r.styles.paraProp(pPr, "w:jc").attr("w:val")
	p.indent = firstIndent(r.styles.paraProp(pPr, "w:ind"))
	if !blank(p.runs) { // Word counts empty items as well, but nobody wants them
		p.item = r.item(pPr)
	}
	return p
}

// firstIndent is where the first line of a paragraph with the indents begins, in twips.
func firstIndent(ind *node) int {
	twips := func(names ...string) int {
		for _, name := range names {
			if n, err := strconv.Atoi(ind.attr(name)); err == nil {
				return n
			}
		}
		return 0
	}
	left := twips("w:start", "w:left")
	if hanging := twips("w:hanging"); hanging != 0 {
		return left - hanging
	}
	return left + twips("w:firstLine")
}

func blank(runs []run) bool {
	for _, r := range runs {
		if strings.TrimSpace(r.text) != "" || r.picture != nil || r.note > 0 {
			return false
		}
	}
	return true
}

// role tells what the paragraph is for by its style's name, which Word writes in
// English whatever language it speaks, and by its outline level.
func (r *reader) role(p *para, pPr *node) {
	for _, name := range r.styles.named(pPr) {
		switch {
		case name == "title":
			p.role = titleRole
		case name == "quote", name == "intense quote", name == "quotations", name == "block text", name == "html blockquote":
			p.role = quote
		case name == "caption":
			p.role = caption
		case strings.HasPrefix(name, "heading ") && len(name) == 9 && '1' <= name[8] && name[8] <= '9':
			p.role, p.level = heading, int(name[8]-'0')
		default:
			continue
		}
		return
	}
	if at := r.styles.paraProp(pPr, "w:outlineLvl").attr("w:val"); len(at) == 1 && '0' <= at[0] && at[0] <= '8' {
		p.role, p.level = heading, int(at[0]-'0')+1
	}
}

// item counts the paragraph in its list.
func (r *reader) item(pPr *node) *item {
	numPr := r.styles.paraProp(pPr, "w:numPr")
	id := numPr.val("w:numId")
	if numPr != nil && id == "" { // a level of the list that the style names
		for _, st := range r.styles.chain(r.styles.styleOf(pPr)) {
			if id = st.para.child("w:numPr").val("w:numId"); id != "" {
				break
			}
		}
	}
	if id == "" || id == "0" {
		return nil
	}
	at := 0
	if lvl := numPr.val("w:ilvl"); len(lvl) == 1 && '0' <= lvl[0] && lvl[0] <= '8' {
		at = int(lvl[0] - '0')
	} else if l := r.numbering.lists[id]; l != nil {
		for i, lvl := range l.levels { // a level may be that of a style
			if lvl != nil && lvl.style != "" && lvl.style == r.styles.styleOf(pPr) {
				at = i
			}
		}
	}
	return r.numbering.next(id, at)
}

// runs reads the text below n, in a paragraph of the style, as part of the link.
func (r *reader) runs(n *node, style, link string) []run {
	var all []run
	for _, k := range n.kids {
		switch k.name {
		case "w:r":
			all = append(all, r.run(k, style, link)...)
		case "w:hyperlink":
			all = append(all, r.runs(k, style, r.target(k))...)
		case "w:ins", "w:moveTo":
			r.doc.tally.tracked++
			all = append(all, r.runs(k, style, link)...)
		case "w:del", "w:moveFrom":
			r.doc.tally.tracked++
			k.markAll()
		case "w:sdt":
			if !r.prompts(k) {
				all = append(all, r.runs(orNone(k.child("w:sdtContent")), style, link)...)
			}
		case "w:fldSimple":
			shown := r.runs(k, style, orElse(fieldLink(k.attr("w:instr")), link))
			f := field{result: true, shown: !blank(shown)}
			f.instruction.WriteString(k.attr("w:instr"))
			if instead := r.unshown(&f); instead != nil {
				shown = append(shown, *instead)
			}
			all = append(all, shown...)
		case "mc:AlternateContent":
			all = append(all, r.runs(orNone(choice(k)), style, link)...)
		case "m:oMath", "m:oMathPara":
			text, sure := formula(k.markAll())
			all = append(all, r.formula(text, sure, link))
		default: // w:smartTag, w:customXml, w:dir, w:bdo, and what else may hold text
			if !ignored(k.name) && (k.child("w:r") != nil || k.child("w:hyperlink") != nil || k.child("w:smartTag") != nil || k.child("w:ins") != nil) {
				all = append(all, r.runs(k, style, link)...)
			}
		}
	}
	return all
}

// formula is a formula in the text, or the place where somebody must write it.
func (r *reader) formula(text string, sure bool, link string) run {
	text = oneLine(text)
	if !sure {
		r.doc.tally.leave(ruleFormulaLeft, text)
		return run{text: "[công thức]", formula: true, link: link}
	}
	r.doc.tally.leave(ruleFormula, text)
	if endsWithDigit(r.last) && startsWithDigit(text) { // 3 7/9 is no 37/9
		text = " " + text
	}
	r.last = text
	return run{text: text, link: link}
}

func orNone(n *node) *node {
	if n == nil {
		return &node{}
	}
	return n
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// target is where a w:hyperlink leads.
func (r *reader) target(n *node) string {
	address := ""
	if rel, ok := r.rels[n.attr("r:id")]; ok && rel.external {
		address = rel.target
	}
	if anchor := n.attr("w:anchor"); anchor != "" {
		address += "#" + anchor
	}
	return address
}

// fieldWord is a word of a field's instruction: a switch, or an argument, which stands in
// quotation marks where it has blanks.
var fieldWord = regexp.MustCompile(`"[^"]*"|[^\s"]+`)

// fieldLink is where the field HYPERLINK leads, "" for any other.
func fieldLink(instruction string) string {
	words := fieldWord.FindAllString(instruction, -1)
	if len(words) == 0 || !strings.EqualFold(words[0], "HYPERLINK") {
		return ""
	}
	address, anchor, of := "", "", ""
	for _, word := range words[1:] {
		argument := strings.Trim(word, `"`)
		switch {
		case strings.HasPrefix(word, `\`):
			of = strings.ToLower(word)
			continue
		case of == `\l`:
			anchor = "#" + argument
		case of == `\o`, of == `\t`: // the words shown at the pointer, the window
		case address == "":
			address = argument
		}
		of = ""
	}
	return address + anchor
}

// run reads one w:r, which gives several runs where it shows pictures or calls
// footnotes.
func (r *reader) run(n *node, style, link string) []run {
	rPr := n.child("w:rPr")
	look := r.styles.runProps(style, rPr)
	if r.dropCap {
		look.position = 0
	}
	plain := run{bold: look.bold, italic: look.italic, strike: look.strike, font: look.font}
	var all []run
	add := func(text string) {
		if look.hidden {
			if strings.TrimSpace(text) != "" {
				r.doc.tally.leave(ruleHidden, text)
			}
			return
		}
		if to := r.shown(); to != "" {
			if to == outOfSight {
				return
			}
			plain.link = to
		} else {
			plain.link = link
		}
		if look.caps {
			text = strings.ToUpper(text)
		}
		for i := range r.fields {
			r.fields[i].shown = r.fields[i].shown || strings.TrimSpace(text) != ""
		}
		if look.sup || look.position > 0 && strings.ContainsFunc(text, unicode.IsDigit) {
			text = raise(text)
		} else if look.sub || look.position < 0 && strings.ContainsFunc(text, unicode.IsDigit) {
			text = lower(text)
		}
		plain.text, r.last = text, text
		all = append(all, plain)
	}
	for _, k := range n.kids {
		k.mark()
		switch k.name {
		case "w:t":
			add(tidy(string(k.text)))
		case "w:tab", "w:ptab":
			add("\t")
		case "w:br":
			switch k.attr("w:type") { // a new page or column parts words, too
			case "", "textWrapping":
				add("\n")
			default:
				if strings.TrimSpace(r.last) != "" {
					add("\n")
				}
			}
		case "w:cr":
			add("\n")
		case "w:noBreakHyphen":
			add("\u2011")
		case "w:softHyphen": // a letter in fonts of TCVN3
			add(softHyphen)
		case "w:sym":
			add(symbol(k))
		case "w:fldChar", "w:instrText":
			if instead := r.field(k); instead != nil {
				instead.bold, instead.italic, instead.strike = plain.bold, plain.italic, plain.strike
				all = append(all, *instead)
			}
		case "w:delText", "w:delInstrText":
			r.doc.tally.tracked++
		case "w:ruby":
			for _, part := range []string{"w:rubyBase", "w:rt"} {
				all = append(all, r.runs(orNone(k.child(part)), style, link)...)
			}
		case "w:footnoteReference", "w:endnoteReference":
			kind := strings.TrimSuffix(strings.TrimPrefix(k.name, "w:"), "Reference")
			if number := r.note(kind + " " + k.attr("w:id")); number > 0 && !look.hidden {
				all = append(all, run{note: number})
			}
		case "w:drawing", "w:pict", "w:object":
			all = append(all, r.drawing(k)...)
		case "mc:AlternateContent":
			if c := choice(k); c != nil {
				for _, d := range c.kids {
					all = append(all, r.drawing(d)...)
				}
			}
		default:
			k.done = false // what is not known is left to be named
		}
	}
	return all
}

// softHyphen is where a word may be parted at the end of a line, which nobody
// sees; in fonts of TCVN3 it is the letter ư.
const softHyphen = "\u00AD"

// breaks replaces line breaks and tabs by spaces.
var breaks = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ", "\f", " ")

// tidy drops invisible characters, except for soft hyphens, and replaces line breaks and
// tabs by spaces.
func tidy(s string) string {
	parts := strings.Split(breaks.Replace(s), softHyphen)
	for i, part := range parts {
		parts[i] = viet.Visible(part)
	}
	return strings.Join(parts, softHyphen)
}

const outOfSight = "\x00"

// shown tells whether text at this place is a field's result and where that
// leads: "" for nowhere, outOfSight for text that is not shown.
func (r *reader) shown() string {
	to := ""
	for i := range r.fields {
		f := &r.fields[i]
		instruction := strings.TrimSpace(f.instruction.String())
		if !f.result {
			return outOfSight
		}
		if strings.HasPrefix(instruction, "TOC") {
			if !f.shown {
				f.shown = true
				r.doc.tally.leave(ruleContentsLeft, "")
			}
			return outOfSight
		}
		to = orElse(fieldLink(instruction), to)
	}
	return to
}

// field follows the signs that begin, part and end fields. It returns what is to be
// written in the place of one that shows nothing.
func (r *reader) field(n *node) *run {
	last := len(r.fields) - 1
	if n.name == "w:instrText" {
		if last >= 0 && !r.fields[last].result && r.fields[last].instruction.Len() < 4096 {
			r.fields[last].instruction.Write(n.text)
		}
		return nil
	}
	switch n.attr("w:fldCharType") {
	case "begin":
		if last < 64 {
			r.fields = append(r.fields, field{form: n.child("w:ffData").markAll()})
		}
	case "separate":
		if last >= 0 {
			r.fields[last].result = true
		}
	case "end":
		if last >= 0 {
			f := r.fields[last]
			r.fields = r.fields[:last]
			return r.unshown(&f)
		}
	}
	return nil
}

// silent are fields that show nothing by nature: marks of an index, of a contents,
// settings.
var silent = []string{"XE", "TC", "TA", "RD", "SET", "PRIVATE", "ADVANCE", "COMMENTS", "MACROBUTTON", "TOC", "INDEX", "PAGE", "NUMPAGES", "SECTION", "SEQ", "HYPERLINK", "BIBLIOGRAPHY", "GOTOBUTTON", "LISTNUM"}

// unshown is what a field says that has no result: a formula, a box that is ticked. What
// else there is to say is named as left out.
func (r *reader) unshown(f *field) *run {
	instruction := strings.TrimSpace(f.instruction.String())
	kind, _, _ := strings.Cut(strings.ToUpper(instruction)+" ", " ")
	switch {
	case f.shown, kind == "":
	case kind == "EQ":
		text, sure := fieldFormula(instruction)
		if !sure {
			text = instruction
		}
		formula := r.formula(text, sure, "")
		return &formula
	case kind == "FORMCHECKBOX":
		box := f.form.child("w:checkBox")
		if on := box.toggle("w:checked"); on > 0 || on == 0 && box.toggle("w:default") > 0 {
			return &run{text: "☒"}
		}
		return &run{text: "☐"}
	case kind == "FORMDROPDOWN":
		return &run{text: chosen(f.form.child("w:ddList"))}
	case slices.Contains(silent, kind), kind == "FORMTEXT":
	default:
		r.doc.tally.leave(ruleField, instruction)
	}
	return nil
}

// chosen is the entry of a list that is chosen.
func chosen(list *node) string {
	if list == nil {
		return ""
	}
	at, _ := strconv.Atoi(cmp.Or(list.val("w:result"), list.val("w:default"), "0"))
	for _, k := range list.kids {
		if k.name == "w:listEntry" {
			if at == 0 {
				return k.attr("w:val")
			}
			at--
		}
	}
	return ""
}

// note returns the number of a footnote, whose text is read at its first mention.
func (r *reader) note(id string) int {
	n := r.notes[id]
	if n == nil || r.noteDeep {
		return 0
	}
	if number := r.numbers[id]; number > 0 {
		return number
	}
	r.doc.notes = append(r.doc.notes, nil)
	number := len(r.doc.notes)
	r.numbers[id] = number
	kind, _, _ := strings.Cut(id, " ")
	// A footnote is a part of its own: other relations, no open field.
	rels, fields, held, after, depth := r.rels, r.fields, r.held, r.after, r.depth
	r.rels, r.fields, r.held, r.after, r.depth, r.noteDeep = r.noteRels[kind], nil, nil, nil, 0, true
	text := r.blocks(n) // which may add notes of its own
	r.doc.notes[number-1] = text
	r.rels, r.fields, r.held, r.after, r.depth, r.noteDeep = rels, fields, held, after, depth, false
	return number
}

// drawing reads a picture, or the text in a box, a shape, a diagram.
func (r *reader) drawing(n *node) []run {
	var all []run
	found := false
	var visit func(k *node, alt string)
	visit = func(k *node, alt string) {
		switch k.mark().name {
		case "mc:AlternateContent":
			if c := choice(k); c != nil {
				visit(c, alt)
			}
			return
		case "w:txbxContent":
			found = true
			// The box's paragraphs come when this one has ended.
			after, held := r.after, r.held
			r.after, r.held = nil, nil
			boxed := r.blocks(k)
			r.after, r.held = append(after, boxed...), held
			return
		case "wp:inline", "wp:anchor":
			alt = altOf(k.child("wp:docPr"), "descr", "title")
		case "v:shape", "v:rect":
			alt = orElse(altOf(k, "alt", "title"), alt)
		case "pic:pic":
			found = true
			blip := k.child("pic:blipFill").child("a:blip")
			crop := cropOf(k.child("pic:blipFill").child("a:srcRect"))
			all = append(all, r.picture(blip.attr("r:embed"), alt, crop)...)
			k.markAll()
			return
		case "v:imagedata":
			found = true
			all = append(all, r.picture(k.attr("r:id"), orElse(alt, altOf(k, "o:title")), photo.Crop{})...)
			return
		case "v:textpath":
			found = true
			r.append(body, k.attr("string"))
		case "a:p":
			found = true
			r.append(body, k.markAll().allText())
			return
		case "c:chart":
			found = true
			r.chart(k)
			return
		case "dgm:relIds":
			found = true
			r.diagram(k)
			return
		case "o:OLEObject":
			found = true
			r.doc.tally.leave(ruleObject, k.markAll().attr("ProgID"))
			return
		case "w:control":
			found = true
			r.doc.tally.leave(ruleObject, k.markAll().attr("w:name"))
			return
		default:
			k.done = false
		}
		if ignored(k.name) {
			return
		}
		for _, inner := range k.kids {
			visit(inner, alt)
		}
	}
	visit(n, "")
	if !found && n.name == "w:drawing" {
		props := n.child("wp:inline").child("wp:docPr")
		if props == nil {
			props = n.child("wp:anchor").child("wp:docPr")
		}
		r.doc.tally.leave(ruleDrawingLeft, orElse(altOf(props, "descr", "title"), props.attr("name")))
	}
	return all
}

// append adds a paragraph that comes when this one has ended.
func (r *reader) append(as role, text string) {
	if text = oneLine(tidy(text)); text != "" && r.shown() != outOfSight {
		r.after = append(r.after, &para{role: as, runs: []run{{text: text}}})
	}
}

// chart names a chart by its title and the names of its series.
func (r *reader) chart(k *node) {
	text := ""
	if rel, ok := r.rels[k.markAll().attr("r:id")]; ok && !rel.external {
		if part, err := r.xml(rel.target); err == nil {
			text = strings.Join(drawnTexts(part), "; ")
		}
	}
	r.doc.tally.leave(ruleDrawingLeft, shownName("biểu đồ", text))
}

// texts joins the characters of the elements of the names below n.
func (n *node) texts(names ...string) string {
	var b strings.Builder
	n.walk(func(k *node) {
		if slices.Contains(names, k.name) {
			b.Write(k.text)
		}
	})
	return b.String()
}

// diagram reads the words of a SmartArt diagram as a list.
func (r *reader) diagram(k *node) {
	rel, ok := r.rels[k.markAll().attr("r:dm")]
	part, err := (*node)(nil), error(nil)
	if ok && !rel.external {
		part, err = r.xml(rel.target)
	}
	if part == nil || err != nil {
		r.doc.tally.leave(ruleDrawingLeft, "SmartArt")
		return
	}
	words := []string{}
	part.walk(func(n *node) {
		if n.name == "dgm:pt" {
			if text := oneLine(tidy(n.texts("a:t"))); text != "" {
				words = append(words, text)
				r.after = append(r.after, &para{runs: []run{{text: text}}, item: &item{bullet: true, label: "•"}})
			}
		}
	})
	r.doc.tally.leave(ruleDiagram, strings.Join(words, "; "))
}

// altOf returns a picture's description. What Office made up by itself, or took
// from the file's name, describes nothing.
func altOf(n *node, names ...string) string {
	for _, name := range names {
		alt := strings.Join(strings.Fields(tidy(n.attr(name))), " ")
		low := strings.ToLower(alt)
		if alt == "" || strings.Contains(low, "description automatically generated") || strings.Contains(low, "mô tả được tạo tự động") || photoName(low) {
			continue
		}
		return alt
	}
	return ""
}

func photoName(s string) bool {
	switch path.Ext(s) {
	case ".jpg", ".jpeg", ".png", ".gif", ".heic", ".webp", ".bmp", ".tif", ".tiff":
		return true
	}
	return false
}

func cropOf(n *node) photo.Crop {
	part := func(name string) float64 {
		var v float64
		for i, c := range n.attr(name) {
			if c < '0' || c > '9' || i > 5 {
				return 0
			}
			v = 10*v + float64(c-'0')
		}
		return min(v/100_000, 1)
	}
	return photo.Crop{Left: part("l"), Top: part("t"), Right: part("r"), Bottom: part("b")}
}

func (r *reader) picture(id, alt string, crop photo.Crop) []run {
	rel, ok := r.rels[id]
	if r.shown() == outOfSight {
		return nil
	}
	if !ok || rel.external {
		r.doc.tally.leave(ruleDrawingLeft, shownName("hình không có trong tệp", alt))
		return nil
	}
	key := rel.target + "\x00" + alt + "\x00" + cropKey(crop)
	if p := r.pictures[key]; p != nil {
		return []run{{picture: p}}
	}
	p := &picture{part: rel.target, alt: alt, crop: crop}
	if why := r.clean(p); why != (diag.Text{}) {
		r.doc.tally.lost = append(r.doc.tally.lost, rulePictureLeft.At(diag.Pos{File: r.file}, path.Base(rel.target), why.VI, why.EN))
		return nil
	}
	r.pictures[key] = p
	r.doc.pictures = append(r.doc.pictures, p)
	return []run{{picture: p}}
}

// table reads a table's rows.
func (r *reader) table(n *node) *table {
	t := &table{}
	if r.depth > 1 {
		r.doc.tally.leave(ruleNestedTable, "")
	}
	for _, tr := range rowsOf(n) {
		trPr := tr.child("w:trPr")
		if trPr.child("w:del") != nil {
			r.doc.tally.tracked++
			tr.markAll()
			continue
		}
		ro := row{header: trPr.toggle("w:tblHeader") > 0}
		for range spanOf(trPr.val("w:gridBefore"), 0) {
			ro.cells = append(ro.cells, cell{span: 1})
		}
		for _, tc := range cellsOf(tr) {
			tcPr := tc.child("w:tcPr")
			c := cell{span: spanOf(tcPr.val("w:gridSpan"), 1)}
			if merge := tcPr.child("w:vMerge"); merge != nil {
				c.starts = merge.attr("w:val") == "restart"
				c.joined = !c.starts
			}
			c.blocks = r.blocks(tc)
			if c.joined {
				r.covered(c.blocks)
			}
			ro.cells = append(ro.cells, c)
		}
		t.rows = append(t.rows, ro)
	}
	return t
}

// covered names the text of a cell that a merged one covers.
func (r *reader) covered(blocks []block) {
	text := allPlain(blocks)
	if oneLine(text) != "" {
		r.doc.tally.leave(ruleCoveredCell, text)
	}
}

// maxSpan bounds the columns of a table: Word has 63.
const maxSpan = 63

func spanOf(s string, least int) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > maxSpan {
			break
		}
		n = 10*n + int(c-'0')
	}
	return min(max(n, least), maxSpan)
}

func rowsOf(n *node) []*node  { return inside(n, "w:tr") }
func cellsOf(n *node) []*node { return inside(n, "w:tc") }

// inside returns the elements of the name in n, also those in content controls.
func inside(n *node, name string) []*node {
	var all []*node
	for _, k := range n.kids {
		switch k.name {
		case name:
			all = append(all, k)
		case "w:sdt":
			if c := k.child("w:sdtContent"); c != nil {
				all = append(all, inside(c, name)...)
			}
		case "w:customXml":
			all = append(all, inside(k, name)...)
		}
	}
	return all
}

// each calls f for every paragraph of the blocks, in tables too.
func each(blocks []block, f func(*para)) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *para:
			f(b)
		case *table:
			for _, ro := range b.rows {
				for _, c := range ro.cells {
					each(c.blocks, f)
				}
			}
		}
	}
}

// paras calls f for every paragraph of the document, footnotes last.
func (d *Document) paras(f func(*para)) {
	each(d.blocks, f)
	for _, n := range d.notes {
		each(n, f)
	}
}

func (d *Document) empty() bool {
	empty := true
	d.paras(func(p *para) { empty = empty && blank(p.runs) })
	return empty
}
