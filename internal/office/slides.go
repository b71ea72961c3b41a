package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// Deck is a .pptx file to be written (ECMA-376 part 1): slides of 16 to 9 on a master with
// three layouts, with real placeholders, so that who edits it gets outline, layouts and
// the theme's fonts and colours; and the speaker's notes.
type Deck struct {
	Title       string
	Creator     string // who wrote it
	Date        string // ISO; when it was written
	Description string // where it comes from
	Language    string // "vi-VN"
	Foot        string // a line at the foot of every slide but covers
	Theme       Theme
	Slides      []Slide
}

// Theme is the look of a [Deck]. Colours are in six hexadecimal digits.
type Theme struct {
	Name          string
	Display, Body string // typefaces of titles and quotations, and of what else there is
	Paper, Raised string // grounds
	Ink, Quiet    string // on them
	Band, OnBand  string // the ground of a cover, and the ink there
	Accent        string
	Honour        string // lines on a cover
}

// SlideWidth and SlideHeight are the slide's, in points.
const SlideWidth, SlideHeight = 960, 540

// Where the layouts have their placeholders and ornaments.
var (
	CoverTitle = Frame{84, 120, 792, 150}
	CoverText  = Frame{84, 300, 792, 160}
	SlideTitle = Frame{48, 30, 864, 78}
	SlideBody  = Frame{48, 134, 864, 346}
	SlideFoot  = Frame{48, 500, 720, 22}
	SlideCount = Frame{812, 500, 100, 22}
	SlideRule  = Frame{48, 116, 72, 3}
	CoverRule  = Frame{84, 284, 96, 3}
)

// Frame is a place on a slide, in points from its left upper corner.
type Frame struct{ X, Y, W, H float64 }

// Slide is one slide: a title, and below it what is in the placeholder for text, a table,
// words and drawings.
type Slide struct {
	Cover     bool
	Title     string
	TitleSize float64 // in points
	Body      []SlideParagraph
	BodyAt    Frame // where the text stands instead of the layout's place; its zero value is that place
	Table     *SlideTable
	Texts     []SlideText
	Drawings  []Drawing
	Notes     []string // the speaker's, a paragraph each
}

// SlideParagraph is a paragraph on a slide.
type SlideParagraph struct {
	Runs   []Run
	Size   float64 // in points
	Bullet bool
	Center bool
	After  float64 // distance, in points
}

// Run is words of one look.
type Run struct {
	Text         string
	Bold, Italic bool
	Display      bool // in the typeface of titles
	Color        Color
	Link         string // where it leads, or ""
}

// Color is a colour of the theme.
type Color string

// The colours that words have: the first on a cover, the others elsewhere.
const (
	OnBand Color = "bg2"
	Ink    Color = "tx1"
	Quiet  Color = "accent4"
	Blue   Color = "accent1"
	Red    Color = "accent2"
)

// SlideTable is a table on a slide. Its first row is its head.
type SlideTable struct {
	Frame
	Alt     string
	Columns []float64 // widths in points
	Heights []float64 // of the rows, at least
	Rows    [][]string
	Numbers []bool // columns that are set to the right
	Size    float64
}

// SlideText is words of their own on a slide.
type SlideText struct {
	Frame
	Paragraphs []SlideParagraph
}

// Drawing is a figure of squares: black ones on white.
type Drawing struct {
	Frame
	Alt  string
	Side int      // of the figure, in squares
	Runs [][3]int // black squares side by side: column and row of the first, how many
}

// emu is a length as the format has it, from points.
func emu(points float64) int { return int(points * 12700) }

const (
	nsDrawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
	nsSlides  = "http://schemas.openxmlformats.org/presentationml/2006/main"
	slideType = "application/vnd.openxmlformats-officedocument.presentationml."
	tableURI  = "http://schemas.openxmlformats.org/drawingml/2006/table"
)

// slideNames are the namespaces that a part declares.
const slideNames = `xmlns:a="` + nsDrawing + `" xmlns:r="` + nsRelated + `" xmlns:p="` + nsSlides + `"`

// deckPart is a part of the file being written, with its relationships.
type deckPart struct {
	bytes.Buffer
	name  string
	kind  string // its content type, without the prefix; "" for parts that are no slides'
	links []string
	lang  string
	id    int // of the last shape
}

func (p *deckPart) put(format string, args ...any) { fmt.Fprintf(p, format, args...) }

// next is the ID of another shape.
func (p *deckPart) next() int { p.id++; return p.id + 1 }

// relate adds a relationship, and returns its ID.
func (p *deckPart) relate(kind, target string, external bool) string {
	mode := ""
	if external {
		mode = ` TargetMode="External"`
	}
	p.links = append(p.links, fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/%s" Target="%s"%s/>`, len(p.links)+1, nsRelated, kind, escapeXML(target), mode))
	return "rId" + strconv.Itoa(len(p.links))
}

// Bytes returns the file: the same for the same deck, on any day and any machine.
func (d *Deck) Bytes() ([]byte, error) {
	parts := d.parts()
	var types strings.Builder
	fmt.Fprintf(&types, `<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`, nsPackage)
	for _, p := range parts {
		kind := slideType + p.kind
		if strings.HasPrefix(p.kind, "application/") {
			kind = p.kind
		}
		fmt.Fprintf(&types, `<Override PartName="/%s" ContentType="%s"/>`, p.name, kind)
	}
	types.WriteString(`</Types>`)

	var file bytes.Buffer
	z := zip.NewWriter(&file)
	pack := func(name, text string) error {
		// CreateHeader, unlike Create, writes no time.
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + text))
		}
		if err != nil {
			return fmt.Errorf("packing %s: %w", name, err)
		}
		return nil
	}
	err := pack("[Content_Types].xml", types.String())
	if err == nil {
		err = pack("_rels/.rels", relations("officeDocument", "ppt/presentation.xml", nsPackage+"relationships/metadata/core-properties", "docProps/core.xml"))
	}
	for _, p := range parts {
		if err == nil {
			err = pack(p.name, p.String())
		}
		if err == nil && len(p.links) > 0 {
			folder, name, _ := cutLast(p.name)
			err = pack(folder+"/_rels/"+name+".rels", fmt.Sprintf(`<Relationships xmlns="%srelationships">%s</Relationships>`, nsPackage, strings.Join(p.links, "")))
		}
	}
	if err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("packing the slides: %w", err)
	}
	return file.Bytes(), nil
}

// cutLast divides a name at its last slash.
func cutLast(name string) (folder, file string, found bool) {
	i := strings.LastIndexByte(name, '/')
	return name[:max(i, 0)], name[i+1:], i >= 0
}

// parts are the file's, in its order.
func (d *Deck) parts() []*deckPart {
	core := &deckPart{name: "docProps/core.xml", kind: "application/vnd.openxmlformats-package.core-properties+xml"}
	core.WriteString((&Docx{Title: d.Title, Creator: d.Creator, Date: d.Date, Description: d.Description, Language: d.Language}).core())
	deck := d.part("ppt/presentation.xml", "presentation.main+xml")
	master := d.master()
	layouts := []*deckPart{d.coverLayout(), d.textLayout(), d.titleLayout()}
	notesMaster := d.notesMaster()
	parts := []*deckPart{core, deck, master}
	for i, l := range layouts {
		l.relate("slideMaster", "../slideMasters/slideMaster1.xml", false)
		master.relate("slideLayout", fmt.Sprintf("../slideLayouts/slideLayout%d.xml", i+1), false)
	}
	master.relate("theme", "../theme/theme1.xml", false)
	notesMaster.relate("theme", "../theme/theme2.xml", false)
	parts = append(append(parts, layouts...), d.theme(1), d.theme(2), notesMaster)

	deck.put(`<p:presentation %s saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="%s"/></p:sldMasterIdLst>`, slideNames, deck.relate("slideMaster", "slideMasters/slideMaster1.xml", false))
	deck.put(`<p:notesMasterIdLst><p:notesMasterId r:id="%s"/></p:notesMasterIdLst><p:sldIdLst>`, deck.relate("notesMaster", "notesMasters/notesMaster1.xml", false))
	for i, s := range d.Slides {
		slide, notes := d.slide(s, i+1), d.notes(s, i+1)
		parts = append(parts, slide, notes)
		deck.put(`<p:sldId id="%d" r:id="%s"/>`, 256+i, deck.relate("slide", fmt.Sprintf("slides/slide%d.xml", i+1), false))
	}
	deck.relate("theme", "theme/theme1.xml", false)
	deck.put(`</p:sldIdLst><p:sldSz cx="%d" cy="%d"/><p:notesSz cx="6858000" cy="9144000"/>`, emu(SlideWidth), emu(SlideHeight))
	deck.put(`<p:defaultTextStyle><a:defPPr><a:defRPr lang="%s"/></a:defPPr></p:defaultTextStyle></p:presentation>`, escapeXML(d.Language))
	return parts
}

func (d *Deck) part(name, kind string) *deckPart {
	return &deckPart{name: name, kind: kind, lang: escapeXML(d.Language)}
}

// open begins what is common to slides, layouts and masters: a tree of shapes.
func (p *deckPart) open(ground string) {
	p.put(`<p:cSld>`)
	if ground != "" {
		p.put(`<p:bg><p:bgPr><a:solidFill><a:schemeClr val="%s"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>`, ground)
	}
	p.put(`<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>`)
}

func (p *deckPart) close() { p.put(`</p:spTree></p:cSld>`) }

func (f Frame) xfrm() string {
	return fmt.Sprintf(`<a:xfrm><a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/></a:xfrm>`, emu(f.X), emu(f.Y), emu(f.W), emu(f.H))
}

// placeholder writes a shape that has a place in the layout: kind is "title", "body" and so
// on. at is its place where it is not the layout's.
func (p *deckPart) placeholder(name, kind string, at *Frame, bodyProperties, text string) {
	place := ""
	if at != nil {
		place = at.xfrm()
	}
	p.put(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="%s"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph %s/></p:nvPr></p:nvSpPr><p:spPr>%s</p:spPr>`, p.next(), escapeXML(name), kind, place)
	p.put(`<p:txBody><a:bodyPr%s><a:normAutofit/></a:bodyPr><a:lstStyle/>%s</p:txBody></p:sp>`, bodyProperties, text)
}

// rule writes a line of ornament, in a colour of the theme.
func (p *deckPart) rule(f Frame, color string) {
	p.block(f, fmt.Sprintf(`<a:schemeClr val="%s"/>`, color))
}

func (p *deckPart) block(f Frame, color string) {
	p.put(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Nền"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>%s<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>%s</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="%s"/></a:p></p:txBody></p:sp>`, p.next(), f.xfrm(), color, p.lang)
}

// prompt is a placeholder's paragraph in a layout.
func (p *deckPart) prompt(text string) string {
	return fmt.Sprintf(`<a:p><a:r><a:rPr lang="%s"/><a:t>%s</a:t></a:r></a:p>`, p.lang, escapeXML(text))
}

// Words that an editor of the slides sees where nothing is written yet.
const (
	promptTitle, promptText = "Tiêu đề", "Nội dung"
	nameTitle, nameText     = "Tiêu đề", "Nội dung"
	nameFoot, nameCount     = "Chân trang", "Số trang"
)

const noInsets = ` lIns="0" tIns="0" rIns="0" bIns="0"`

func (d *Deck) master() *deckPart {
	p := d.part("ppt/slideMasters/slideMaster1.xml", "slideMaster+xml")
	p.put(`<p:sldMaster %s>`, slideNames)
	p.open("bg1")
	p.placeholder(nameTitle, `type="title"`, &SlideTitle, noInsets+` anchor="b"`, p.prompt(promptTitle))
	p.placeholder(nameText, `type="body" idx="1"`, &SlideBody, noInsets, p.prompt(promptText))
	p.feet()
	p.close()
	p.put(`<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>`)
	p.put(`<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/><p:sldLayoutId id="2147483650" r:id="rId2"/><p:sldLayoutId id="2147483651" r:id="rId3"/></p:sldLayoutIdLst>`)
	p.put(`<p:txStyles><p:titleStyle><a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="3200" b="1" lang="%[1]s"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr></p:titleStyle>`, p.lang)
	p.put(`<p:bodyStyle><a:lvl1pPr marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buClr><a:schemeClr val="accent2"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/><a:defRPr sz="2000" lang="%[1]s"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl1pPr></p:bodyStyle>`, p.lang)
	p.put(`<p:otherStyle><a:defPPr><a:defRPr lang="%[1]s"/></a:defPPr></p:otherStyle></p:txStyles></p:sldMaster>`, p.lang)
	return p
}

// feet are the placeholders at the foot of master and layouts.
func (p *deckPart) feet() {
	p.placeholder(nameFoot, `type="ftr" sz="quarter" idx="11"`, &SlideFoot, noInsets+` anchor="ctr"`, footText(p.lang, ""))
	p.placeholder(nameCount, `type="sldNum" sz="quarter" idx="12"`, &SlideCount, noInsets+` anchor="ctr"`, countText(p.lang))
}

const footLook = `<a:solidFill><a:schemeClr val="accent4"/></a:solidFill>`

func footText(lang, text string) string {
	if text == "" {
		return fmt.Sprintf(`<a:p><a:endParaRPr lang="%s" sz="1100"/></a:p>`, lang)
	}
	return fmt.Sprintf(`<a:p><a:r><a:rPr lang="%s" sz="1100">%s</a:rPr><a:t>%s</a:t></a:r></a:p>`, lang, footLook, escapeXML(text))
}

func countText(lang string) string {
	return fmt.Sprintf(`<a:p><a:pPr algn="r"/><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="%s" sz="1100">%s</a:rPr><a:t>‹#›</a:t></a:fld></a:p>`, lang, footLook)
}

func (d *Deck) coverLayout() *deckPart {
	p := d.layout(1, "title", "Bìa", "tx2")
	p.rule(CoverRule, "accent3")
	p.placeholder(nameTitle, `type="ctrTitle"`, &CoverTitle, ` anchor="b"`+noInsets, p.prompt(promptTitle))
	p.placeholder(nameText, `type="subTitle" idx="1"`, &CoverText, noInsets, p.prompt(promptText))
	return p.endLayout()
}

func (d *Deck) textLayout() *deckPart {
	p := d.layout(2, "obj", "Tiêu đề và nội dung", "")
	p.rule(SlideRule, "accent2")
	p.placeholder(nameTitle, `type="title"`, nil, "", p.prompt(promptTitle))
	p.placeholder(nameText, `idx="1"`, nil, "", p.prompt(promptText))
	p.feet()
	return p.endLayout()
}

func (d *Deck) titleLayout() *deckPart {
	p := d.layout(3, "titleOnly", "Chỉ có tiêu đề", "")
	p.rule(SlideRule, "accent2")
	p.placeholder(nameTitle, `type="title"`, nil, "", p.prompt(promptTitle))
	p.feet()
	return p.endLayout()
}

func (d *Deck) layout(n int, kind, name, ground string) *deckPart {
	p := d.part(fmt.Sprintf("ppt/slideLayouts/slideLayout%d.xml", n), "slideLayout+xml")
	p.put(`<p:sldLayout %s type="%s" preserve="1">`, slideNames, kind)
	p.open(ground)
	// PowerPoint shows the name in its list of layouts.
	named := strings.Replace(p.String(), "<p:cSld>", fmt.Sprintf(`<p:cSld name="%s">`, escapeXML(name)), 1)
	p.Reset()
	p.WriteString(named)
	return p
}

func (p *deckPart) endLayout() *deckPart {
	p.close()
	p.put(`<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`)
	return p
}

func (d *Deck) slide(s Slide, n int) *deckPart {
	p := d.part(fmt.Sprintf("ppt/slides/slide%d.xml", n), "slide+xml")
	layout, title, body := 2, `type="title"`, `idx="1"`
	switch {
	case s.Cover:
		layout, title, body = 1, `type="ctrTitle"`, `type="subTitle" idx="1"`
	case len(s.Body) == 0:
		layout = 3
	}
	p.relate("slideLayout", fmt.Sprintf("../slideLayouts/slideLayout%d.xml", layout), false)
	p.relate("notesSlide", fmt.Sprintf("../notesSlides/notesSlide%d.xml", n), false)
	p.put(`<p:sld %s>`, slideNames)
	p.open("")
	color := Blue
	if s.Cover {
		color = OnBand
	}
	p.placeholder(nameTitle, title, nil, "", p.paragraph(SlideParagraph{Size: s.TitleSize, Runs: []Run{{Text: s.Title, Bold: true, Display: true, Color: color}}}))
	if len(s.Body) > 0 {
		var at *Frame
		if s.BodyAt != (Frame{}) {
			at = &s.BodyAt
		}
		p.placeholder(nameText, body, at, "", p.paragraphs(s.Body))
	}
	if s.Table != nil {
		p.table(s.Table)
	}
	for _, t := range s.Texts {
		p.put(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Chữ"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>%s<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="square"%s><a:noAutofit/></a:bodyPr><a:lstStyle/>%s</p:txBody></p:sp>`, p.next(), t.xfrm(), noInsets, p.paragraphs(t.Paragraphs))
	}
	for _, g := range s.Drawings {
		p.drawing(g)
	}
	if !s.Cover {
		if d.Foot != "" {
			p.placeholder(nameFoot, `type="ftr" sz="quarter" idx="11"`, nil, "", footText(p.lang, d.Foot))
		}
		p.placeholder(nameCount, `type="sldNum" sz="quarter" idx="12"`, nil, "", strings.Replace(countText(p.lang), "‹#›", strconv.Itoa(n), 1))
	}
	p.close()
	p.put(`<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`)
	return p
}

func (p *deckPart) paragraphs(all []SlideParagraph) string {
	var b strings.Builder
	for _, g := range all {
		b.WriteString(p.paragraph(g))
	}
	if len(all) == 0 {
		return `<a:p/>` // a text has a paragraph
	}
	return b.String()
}

func (p *deckPart) paragraph(g SlideParagraph) string {
	var b strings.Builder
	b.WriteString(`<a:p><a:pPr`)
	if g.Bullet {
		fmt.Fprintf(&b, ` marL="%d" indent="-%[1]d"`, emu(g.Size))
	}
	if g.Center {
		b.WriteString(` algn="ctr"`)
	}
	fmt.Fprintf(&b, `><a:spcAft><a:spcPts val="%d"/></a:spcAft>`, int(100*g.After))
	if !g.Bullet {
		b.WriteString(`<a:buNone/>`)
	}
	b.WriteString(`</a:pPr>`)
	for _, r := range g.Runs {
		fmt.Fprintf(&b, `<a:r><a:rPr lang="%s" sz="%d"`, p.lang, int(100*g.Size))
		for _, look := range []struct {
			is   bool
			name string
		}{{r.Bold, "b"}, {r.Italic, "i"}} {
			if look.is {
				fmt.Fprintf(&b, ` %s="1"`, look.name)
			}
		}
		b.WriteString(` dirty="0">`)
		if r.Color != "" {
			fmt.Fprintf(&b, `<a:solidFill><a:schemeClr val="%s"/></a:solidFill>`, r.Color)
		}
		if r.Display {
			b.WriteString(`<a:latin typeface="+mj-lt"/><a:cs typeface="+mj-cs"/>`)
		}
		if r.Link != "" {
			fmt.Fprintf(&b, `<a:hlinkClick r:id="%s"/>`, p.relate("hyperlink", r.Link, true))
		}
		fmt.Fprintf(&b, `</a:rPr><a:t>%s</a:t></a:r>`, escapeXML(r.Text))
	}
	fmt.Fprintf(&b, `</a:p>`)
	return b.String()
}

func (p *deckPart) table(t *SlideTable) {
	p.put(`<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="%d" name="Bảng" descr="%s"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>`, p.next(), escapeXML(t.Alt))
	p.put(`%s<a:graphic><a:graphicData uri="%s"><a:tbl><a:tblPr firstRow="1"/><a:tblGrid>`, strings.ReplaceAll(t.xfrm(), "a:xfrm", "p:xfrm"), tableURI)
	for _, w := range t.Columns {
		p.put(`<a:gridCol w="%d"/>`, emu(w))
	}
	p.put(`</a:tblGrid>`)
	for i, row := range t.Rows {
		p.put(`<a:tr h="%d">`, emu(t.Heights[i]))
		for j, cell := range row {
			r := Run{Text: cell, Color: Ink}
			fill, edge := "", "accent5"
			if i == 0 {
				r.Bold, r.Color = true, OnBand
				fill = `<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>`
			} else {
				fill = `<a:noFill/>`
			}
			align := ""
			if t.Numbers[j] {
				align = ` algn="r"`
			}
			text := strings.Replace(p.paragraph(SlideParagraph{Size: t.Size, Runs: []Run{r}}), "<a:pPr", "<a:pPr"+align, 1)
			p.put(`<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>%s</a:txBody><a:tcPr marL="%d" marR="%[2]d" marT="%d" marB="%[3]d" anchor="ctr">`, text, emu(CellSide), emu(CellTop))
			for _, side := range []string{"lnL", "lnR", "lnT"} {
				p.put(`<a:%s w="0"><a:noFill/></a:%[1]s>`, side)
			}
			p.put(`<a:lnB w="9525"><a:solidFill><a:schemeClr val="%s"/></a:solidFill></a:lnB>%s</a:tcPr></a:tc>`, edge, fill)
		}
		p.put(`</a:tr>`)
	}
	p.put(`</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`)
}

// CellSide and CellTop are the distances from a table's cell to its words, in points.
const CellSide, CellTop = 6, 4

// drawing writes the figure as one shape, on a white one that is as large.
func (p *deckPart) drawing(g Drawing) {
	p.block(g.Frame, `<a:srgbClr val="FFFFFF"/>`)
	p.put(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Hình" descr="%s"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>%s<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>`, p.next(), escapeXML(g.Alt), g.xfrm())
	p.put(`<a:path w="%[1]d" h="%[1]d" stroke="0">`, g.Side)
	for _, r := range g.Runs {
		x, y, right, below := r[0], r[1], r[0]+r[2], r[1]+1
		p.put(`<a:moveTo><a:pt x="%[1]d" y="%[2]d"/></a:moveTo><a:lnTo><a:pt x="%[3]d" y="%[2]d"/></a:lnTo><a:lnTo><a:pt x="%[3]d" y="%[4]d"/></a:lnTo><a:lnTo><a:pt x="%[1]d" y="%[4]d"/></a:lnTo><a:close/>`, x, y, right, below)
	}
	p.put(`</a:path></a:pathLst></a:custGeom><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="%s"/></a:p></p:txBody></p:sp>`, p.lang)
}

func (d *Deck) notesMaster() *deckPart {
	p := d.part("ppt/notesMasters/notesMaster1.xml", "notesMaster+xml")
	p.put(`<p:notesMaster %s>`, slideNames)
	p.open("bg1")
	p.slideImage(`<a:xfrm><a:off x="685800" y="685800"/><a:ext cx="5486400" cy="3086100"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="9525"><a:solidFill><a:prstClr val="black"/></a:solidFill></a:ln>`)
	p.placeholder(nameText, `type="body" sz="quarter" idx="1"`, &Frame{54, 315, 432, 360}, "", p.prompt(promptText))
	p.close()
	p.put(`<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>`)
	p.put(`<p:notesStyle><a:lvl1pPr marL="0" algn="l"><a:defRPr sz="1200" lang="%s"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:notesStyle></p:notesMaster>`, p.lang)
	return p
}

func (p *deckPart) slideImage(properties string) {
	p.put(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Trang"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr>%s</p:spPr></p:sp>`, p.next(), properties)
}

func (d *Deck) notes(s Slide, n int) *deckPart {
	p := d.part(fmt.Sprintf("ppt/notesSlides/notesSlide%d.xml", n), "notesSlide+xml")
	p.relate("notesMaster", "../notesMasters/notesMaster1.xml", false)
	p.relate("slide", fmt.Sprintf("../slides/slide%d.xml", n), false)
	p.put(`<p:notes %s>`, slideNames)
	p.open("")
	p.slideImage("")
	var text strings.Builder
	for _, note := range s.Notes {
		fmt.Fprintf(&text, `<a:p><a:r><a:rPr lang="%s"/><a:t>%s</a:t></a:r></a:p>`, p.lang, escapeXML(note))
	}
	if len(s.Notes) == 0 {
		fmt.Fprintf(&text, `<a:p><a:endParaRPr lang="%s"/></a:p>`, p.lang)
	}
	p.placeholder(nameText, `type="body" idx="1"`, nil, "", text.String())
	p.close()
	p.put(`<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>`)
	return p
}

func (d *Deck) theme(n int) *deckPart {
	p := &deckPart{name: fmt.Sprintf("ppt/theme/theme%d.xml", n), kind: "application/vnd.openxmlformats-officedocument.theme+xml"}
	t := d.Theme
	p.put(`<a:theme xmlns:a="%s" name="%s"><a:themeElements><a:clrScheme name="%[2]s">`, nsDrawing, escapeXML(t.Name))
	for _, c := range [][2]string{{"dk1", t.Ink}, {"lt1", t.Paper}, {"dk2", t.Band}, {"lt2", t.OnBand}, {"accent1", t.Band}, {"accent2", t.Accent}, {"accent3", t.Honour}, {"accent4", t.Quiet}, {"accent5", t.Raised}, {"accent6", t.Honour}, {"hlink", t.Band}, {"folHlink", t.Quiet}} {
		p.put(`<a:%s><a:srgbClr val="%s"/></a:%[1]s>`, c[0], c[1])
	}
	p.put(`</a:clrScheme><a:fontScheme name="%s">`, escapeXML(t.Name))
	for _, f := range [][2]string{{"majorFont", t.Display}, {"minorFont", t.Body}} {
		p.put(`<a:%s><a:latin typeface="%s"/><a:ea typeface=""/><a:cs typeface="%[2]s"/></a:%[1]s>`, f[0], escapeXML(f[1]))
	}
	p.put(`</a:fontScheme><a:fmtScheme name="%s"><a:fillStyleLst>%s</a:fillStyleLst><a:lnStyleLst>%s</a:lnStyleLst><a:effectStyleLst>%s</a:effectStyleLst><a:bgFillStyleLst>%[2]s</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`, escapeXML(t.Name),
		strings.Repeat(`<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>`, 3), strings.Repeat(`<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>`, 3), strings.Repeat(`<a:effectStyle><a:effectLst/></a:effectStyle>`, 3))
	return p
}
