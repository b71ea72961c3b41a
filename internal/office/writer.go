package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// Docx is a .docx file to be written (ECMA-376 part 1): A4 pages with the margins of
// Vietnamese official documents (decree 30/2020/NĐ-CP, annex I), paragraphs in
// styles, tables, a page number on top and a line at the foot.
//
// It is written without a library since that is little (no numbering, no themes, no
// fonts, one field) and since the known libraries write the time of writing into
// the file.
type Docx struct {
	Title       string
	Creator     string // who wrote it
	Date        string // ISO; when it was written
	Description string // where it comes from
	Language    string // "vi-VN"
	Foot        string // a line at the foot of every page, or ""
	Body        []Block
}

// Block is a [Paragraph] or a [Table].
type Block interface{ write(*part) }

// Paragraph is a paragraph in one style.
type Paragraph struct {
	Style *Style // one of the same name is the same
	Lead  string // words before the text, in bold
	Text  string
	Mark  string // name of a bookmark on it, or ""
	Link  string // an address that stands behind the text and leads there, or ""

	NewPage bool    // begins one
	Rule    float64 // a line in the middle that is so long, in points; the paragraph has no words then
}

// Style is how paragraphs look. Sizes and distances are in points.
type Style struct {
	Name         string // as people choose it; unique in a document
	Align        Align
	Size         float64
	Bold, Italic bool
	Underline    bool
	FirstLine    float64 // indent
	Before       float64 // distance
	After        float64
	KeepNext     bool // on the page of the next paragraph
	Outline      int  // level in the outline from 1, or 0 for none
}

// Align is how lines are set between the margins.
type Align string

const (
	Left    Align = "left"
	Center  Align = "center"
	Right   Align = "right"
	Justify Align = "both"
)

// Table is a table as wide as the text.
type Table struct {
	Columns []int // their widths, in any unit
	Borders bool
	Head    bool          // the first row is the head, repeated on every page
	Rows    [][]TableCell // as many cells as columns
}

// TableCell is a cell of a [Table].
type TableCell []Paragraph

// The page, in twentieths of a point: A4, margins of 20 mm above, below and on the
// right, 30 mm on the left.
const (
	pageWidth, pageHeight = 11906, 16838
	marginLeft, margin    = 1701, 1134
	textWidth             = pageWidth - marginLeft - margin
)

// Font is the typeface, whose metrics free ones share.
const Font = "Times New Roman"

// Namespaces and relationship types of ECMA-376.
const (
	nsWord     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsRelated  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackage  = "http://schemas.openxmlformats.org/package/2006/"
	typePrefix = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// part is a part of the file being written.
type part struct {
	bytes.Buffer
	styles []*Style
	marks  int
	width  int // of what stands across, in twentieths of a point
}

func (p *part) put(format string, args ...any) { fmt.Fprintf(p, format, args...) }

// escapeXML makes s safe in text and attributes.
func escapeXML(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// Bytes returns the file: the same for the same document, on any day and any machine.
func (d *Docx) Bytes() ([]byte, error) {
	body := &part{width: textWidth}
	for _, b := range d.Body {
		b.write(body)
	}
	if n := len(d.Body); n > 0 {
		if _, ok := d.Body[n-1].(Table); ok {
			body.put(`<w:p/>`) // a document ends in a paragraph
		}
	}
	document := &part{}
	document.put(`<w:document xmlns:w="%s" xmlns:r="%s"><w:body>%s<w:sectPr>`, nsWord, nsRelated, body)
	document.put(`<w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="first" r:id="rId4"/>`)
	document.put(`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%[3]d" w:right="%[3]d" w:bottom="%[3]d" w:left="%[4]d" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/>`, pageWidth, pageHeight, margin, marginLeft)
	document.put(`</w:sectPr></w:body></w:document>`)

	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, p := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes()},
		{"_rels/.rels", relations("officeDocument", "word/document.xml", nsPackage+"relationships/metadata/core-properties", "docProps/core.xml")},
		{"docProps/core.xml", d.core()},
		{"word/document.xml", document.String()},
		{"word/_rels/document.xml.rels", relations("styles", "styles.xml", "settings", "settings.xml", "header", "header1.xml", "footer", "footer1.xml")},
		{"word/styles.xml", d.stylesheet(body.styles)},
		{"word/settings.xml", fmt.Sprintf(`<w:settings xmlns:w="%s"><w:zoom w:percent="100"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`, nsWord)},
		{"word/header1.xml", fmt.Sprintf(`<w:hdr xmlns:w="%s"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`, nsWord)},
		{"word/footer1.xml", fmt.Sprintf(`<w:ftr xmlns:w="%s"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>%s</w:t></w:r></w:p></w:ftr>`, nsWord, escapeXML(d.Foot))},
	} {
		// CreateHeader, unlike Create, writes no time.
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + p.text))
		}
		if err != nil {
			return nil, fmt.Errorf("packing %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("packing the document: %w", err)
	}
	return file.Bytes(), nil
}

func contentTypes() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`, nsPackage)
	for _, p := range [][2]string{
		{"/word/document.xml", typePrefix + "document.main+xml"}, {"/word/styles.xml", typePrefix + "styles+xml"}, {"/word/settings.xml", typePrefix + "settings+xml"},
		{"/word/header1.xml", typePrefix + "header+xml"}, {"/word/footer1.xml", typePrefix + "footer+xml"},
		{"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
	} {
		fmt.Fprintf(&b, `<Override PartName="%s" ContentType="%s"/>`, p[0], p[1])
	}
	return b.String() + "</Types>"
}

// relations lists pairs of a type and a target, as rId1, rId2, …
func relations(pairs ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<Relationships xmlns="%srelationships">`, nsPackage)
	for i := 0; i < len(pairs); i += 2 {
		kind := pairs[i]
		if !strings.HasPrefix(kind, "http") {
			kind = nsRelated + "/" + kind
		}
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i/2+1, kind, pairs[i+1])
	}
	return b.String() + "</Relationships>"
}

// core is what the document says of itself.
func (d *Docx) core() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<cp:coreProperties xmlns:cp="%smetadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`, nsPackage)
	fmt.Fprintf(&b, `<dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:description>%s</dc:description><dc:language>%s</dc:language>`, escapeXML(d.Title), escapeXML(d.Creator), escapeXML(d.Description), escapeXML(d.Language))
	fmt.Fprintf(&b, `<dcterms:created xsi:type="dcterms:W3CDTF">%[1]sT00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[1]sT00:00:00Z</dcterms:modified>`, escapeXML(d.Date))
	return b.String() + "</cp:coreProperties>"
}

// stylesheet writes the styles in use.
func (d *Docx) stylesheet(styles []*Style) string {
	p := &part{}
	p.put(`<w:styles xmlns:w="%s"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="%[2]s" w:hAnsi="%[2]s" w:eastAsia="%[2]s" w:cs="%[2]s"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="%[3]s"/></w:rPr></w:rPrDefault></w:docDefaults>`, nsWord, Font, escapeXML(d.Language))
	p.put(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`)
	for i, s := range styles {
		p.put(`<w:style w:type="paragraph" w:customStyle="1" w:styleId="S%d"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>`, i+1, escapeXML(s.Name))
		if s.KeepNext {
			p.put(`<w:keepNext/>`)
		}
		p.put(`<w:spacing w:before="%d" w:after="%d"/><w:ind w:firstLine="%d"/><w:jc w:val="%s"/>`, twips(s.Before), twips(s.After), twips(s.FirstLine), s.Align)
		if s.Outline > 0 {
			p.put(`<w:outlineLvl w:val="%d"/>`, min(s.Outline, 9)-1)
		}
		p.put(`</w:pPr><w:rPr>`)
		if s.Bold {
			p.put(`<w:b/><w:bCs/>`)
		}
		if s.Italic {
			p.put(`<w:i/><w:iCs/>`)
		}
		p.put(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, int(2*s.Size))
		if s.Underline {
			p.put(`<w:u w:val="single"/>`)
		}
		p.put(`</w:rPr></w:style>`)
	}
	p.put(`</w:styles>`)
	return p.String()
}

func twips(points float64) int { return int(20 * points) }

// style returns the style's ID in the file.
func (p *part) style(s *Style) string {
	for i, known := range p.styles {
		if known.Name == s.Name {
			return fmt.Sprintf("S%d", i+1)
		}
	}
	p.styles = append(p.styles, s)
	return fmt.Sprintf("S%d", len(p.styles))
}

func (g Paragraph) write(p *part) {
	p.put(`<w:p><w:pPr><w:pStyle w:val="%s"/>`, p.style(g.Style))
	if g.NewPage {
		p.put(`<w:pageBreakBefore/>`)
	}
	if g.Rule > 0 {
		beside := max(0, p.width-twips(g.Rule)) / 2
		p.put(`<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr><w:spacing w:line="40" w:lineRule="exact"/><w:ind w:left="%[1]d" w:right="%[1]d"/>`, beside)
	}
	p.put(`</w:pPr>`)
	if g.Mark != "" {
		p.marks++
		p.put(`<w:bookmarkStart w:id="%[1]d" w:name="%[2]s"/><w:bookmarkEnd w:id="%[1]d"/>`, p.marks, escapeXML(g.Mark))
	}
	if g.Lead != "" {
		p.put(`<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, escapeXML(g.Lead))
	}
	if g.Text != "" {
		p.put(`<w:r><w:t xml:space="preserve">%s</w:t></w:r>`, escapeXML(g.Text))
	}
	if g.Link != "" {
		p.put(`<w:r><w:t xml:space="preserve"> </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "%s" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, escapeXML(strings.ReplaceAll(g.Link, `"`, "%22")))
		p.put(`<w:r><w:rPr><w:color w:val="1C3D74"/><w:u w:val="single"/></w:rPr><w:t>%s</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`, escapeXML(g.Link))
	}
	p.put(`</w:p>`)
}

func (t Table) write(p *part) {
	total := 0
	for _, c := range t.Columns {
		total += c
	}
	width := func(i int) int { return textWidth * t.Columns[i] / total }
	p.put(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>`, textWidth)
	if t.Borders {
		p.put(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			p.put(`<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
		}
		p.put(`</w:tblBorders>`)
	}
	p.put(`<w:tblLayout w:type="fixed"/>`)
	if !t.Borders {
		p.put(`<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>`)
	}
	p.put(`</w:tblPr><w:tblGrid>`)
	for i := range t.Columns {
		p.put(`<w:gridCol w:w="%d"/>`, width(i))
	}
	p.put(`</w:tblGrid>`)
	for n, row := range t.Rows {
		p.put(`<w:tr>`)
		if t.Head {
			p.put(`<w:trPr><w:cantSplit/>`)
			if n == 0 {
				p.put(`<w:tblHeader/>`)
			}
			p.put(`</w:trPr>`)
		}
		for i, cell := range row {
			p.put(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width(i))
			if len(cell) == 0 {
				p.put(`<w:p/>`) // a cell ends in a paragraph
			}
			p.width = width(i)
			for _, g := range cell {
				g.write(p)
			}
			p.width = textWidth
			p.put(`</w:tc>`)
		}
		p.put(`</w:tr>`)
	}
	p.put(`</w:tbl>`)
}
