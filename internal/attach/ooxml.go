package attach

import (
	"bytes"
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// openXML reads and cleans a file of Word, Excel or PowerPoint.
func (d *document) openXML() {
	d.properties()
	switch d.Kind {
	case Word:
		d.word()
	case Excel:
		d.excel()
	case PowerPoint:
		d.slides()
	}
	embedded := len(d.names("*/embeddings/*"))
	d.carried(embedded, "%d tệp nhúng bên trong", "%d files within it", embedded)
	d.elsewhere()
}

// elsewhere tells of what a document refers to outside: files of the author's computer,
// and what it fetches by itself when it is opened.
func (d *document) elsewhere() {
	own, fetched := 0, 0
	for _, part := range d.order {
		if path.Ext(part.Name) != ".rels" {
			continue
		}
		for e := range elements(d.read(part.Name)) {
			target, kind := attr(e, "Target"), path.Base(attr(e, "Type"))
			switch {
			case kind == "aFChunk" && !slices.Contains([]string{".htm", ".html", ".xml", ".txt"}, strings.ToLower(path.Ext(target))):
				d.stuck = true // another document that is a part of this one
			case attr(e, "TargetMode") != "External":
			case ownFile.MatchString(target):
				own++
			case kind != "hyperlink" && strings.Contains(target, "://"):
				fetched++
			}
		}
	}
	d.carried(own, "%d đường dẫn tới tệp trên máy của người soạn", "%d paths to files on the author's computer", own)
	d.carried(fetched, "%d chỗ tự tải nội dung từ trang khác khi mở tệp", "%d places that fetch something from another site when it is opened", fetched)
}

// ownFile is a path of somebody's computer or network.
var ownFile = regexp.MustCompile(`^(?i:file:|[a-z]:[\\/]|\\\\)`)

// properties takes the names out of the document's properties.
func (d *document) properties() {
	core := d.read("docProps/core.xml")
	d.Title = property(core, "title")
	author := property(core, "creator")
	if last := property(core, "lastModifiedBy"); author == "" {
		author = last
	}
	d.removed(len(author), "tên người soạn “%s”", "the author's name, “%s”", author)
	if core != nil {
		d.fresh["docProps/core.xml"] = []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
			`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escaped(d.Title) + `</dc:title></cp:coreProperties>`)
	}
	if n, err := strconv.Atoi(property(d.read("docProps/app.xml"), "Pages")); err == nil && d.Kind == Word {
		d.Pages = n
	}
	d.cut("docProps/app.xml", surgery{drop: named("Company", "Manager", "Template", "HyperlinkBase", "TotalTime", "Application", "AppVersion")})
	d.cut("docProps/custom.xml", surgery{drop: named("property")})
	// Where the template, and the list that letters are written by, lie on the author's disk.
	d.cut("word/settings.xml", surgery{drop: named("attachedTemplate", "mailMerge")})
	d.cut("word/_rels/settings.xml.rels", surgery{drop: func(e xml.StartElement) bool {
		return slices.Contains([]string{"attachedTemplate", "mailMergeSource", "mailMergeHeaderSource"}, path.Base(attr(e, "Type")))
	}})
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// is matches elements by prefix and name, as programs write them: "w:t".
func is(names ...string) func(xml.StartElement) bool {
	return func(e xml.StartElement) bool {
		for _, n := range names {
			if prefix, local, _ := strings.Cut(n, ":"); e.Name.Local == local && e.Name.Space == prefix {
				return true
			}
		}
		return false
	}
}

// wordParts are those that hold what is read on the page.
var wordParts = []string{"word/document*.xml", "word/footnotes.xml", "word/endnotes.xml", "word/header*.xml", "word/footer*.xml"}

func (d *document) word() {
	changes, deleted := 0, ""
	for _, pattern := range wordParts {
		for _, name := range d.names(pattern) {
			src := d.words(name)
			d.Words += textOf(src, is("w:t"), is("w:p"), is("w:del", "w:moveFrom", "mc:Fallback")) + "\n"
			deleted += textOf(src, is("w:delText"), is("w:p"), none) + "\n"
			changes += count(src, is("w:ins", "w:del", "w:moveFrom"))
			hidden := count(src, func(e xml.StartElement) bool {
				return is("w:vanish")(e) && !slices.Contains([]string{"0", "false", "off"}, attr(e, "val"))
			})
			d.carried(hidden, "%d đoạn chữ ẩn", "%d pieces of hidden text", hidden)
			d.cut(name, surgery{drop: named("commentRangeStart", "commentRangeEnd", "commentReference"), hidden: author})
		}
	}
	comments := 0
	for _, name := range d.names("word/comments*.xml") {
		d.Unseen += textOf(d.words(name), is("w:t"), is("w:p"), none) + "\n"
		n := d.cut(name, surgery{drop: named("comment", "commentEx", "commentId", "commentExtensible")})
		if name == "word/comments.xml" {
			comments = n
		}
	}
	d.cut("word/people.xml", surgery{drop: named("person")})
	d.cut("word/settings.xml", surgery{drop: named("docVars")})
	d.Unseen += deleted
	d.drawn()
	d.removed(comments, "%d lời nhận xét", "%d comments", comments)
	d.carried(changes, "%d thay đổi đang theo dõi (chữ đã xóa vẫn đọc được)", "%d tracked changes (deleted words can still be read)", changes)
}

// drawn takes the words of drawings that stand in parts of their own: diagrams, and the
// text boxes of sheets.
func (d *document) drawn() {
	for _, name := range append(d.names("*/diagrams/data*.xml"), d.names("xl/drawings/drawing*.xml")...) {
		d.Words += textOf(d.words(name), is("a:t"), is("a:p"), none) + "\n"
	}
	for _, name := range d.names("*/diagrams/drawing*.xml") { // the same words, as they were last drawn
		d.seen[name] = true
	}
}

func (d *document) slides() {
	slides := d.names("ppt/slides/slide*.xml")
	d.Pages = len(slides)
	hidden := 0
	for _, name := range slides {
		src := d.words(name)
		text := textOf(src, is("a:t"), is("a:p"), none) + "\n"
		if head := src[:min(len(src), 2048)]; bytes.Contains(head, []byte(` show="0"`)) {
			hidden++
			d.Unseen += text
		} else {
			d.Words += text
		}
	}
	notes := 0
	for _, name := range d.names("ppt/notesSlides/notesSlide*.xml") {
		if text := textOf(d.words(name), is("a:t"), is("a:p"), is("a:fld")); strings.TrimSpace(text) != "" {
			notes++
			d.Unseen += text + "\n"
		}
	}
	comments := 0
	for _, name := range d.names("ppt/comments/*.xml") {
		d.Unseen += textOf(d.words(name), is("p:text", "a:t"), is("p:text", "a:p"), none) + "\n"
		comments += d.cut(name, surgery{drop: named("cm")})
	}
	d.drawn()
	d.cut("ppt/commentAuthors.xml", surgery{drop: named("cmAuthor")})
	d.cut("ppt/authors.xml", surgery{drop: named("author")})
	d.removed(comments, "%d lời nhận xét", "%d comments", comments)
	d.carried(hidden, "%d trang chiếu ẩn", "%d hidden slides", hidden)
	d.carried(notes, "ghi chú của người trình bày ở %d trang chiếu", "speaker's notes on %d slides", notes)
}

// sheet is a sheet of a workbook.
type sheet struct {
	name, part string
	hidden     bool
}

func (d *document) excel() {
	shared := d.sharedStrings()
	d.drawn()
	rows, columns := 0, 0
	var hidden []string
	for _, s := range d.sheets() {
		d.Pages++
		text, hiddenText, r, c := cells(d.words(s.part), shared)
		rows, columns = rows+r, columns+c
		if s.hidden {
			hidden = append(hidden, "“"+s.name+"”")
			d.Unseen += text + "\n" + hiddenText + "\n"
		} else {
			d.Words += text + "\n"
			d.Unseen += hiddenText + "\n"
		}
	}
	d.cut("xl/workbook.xml", surgery{drop: named("absPath"), hidden: author})
	comments := 0
	for _, name := range append(d.names("xl/comments*.xml"), d.names("xl/comments/*.xml")...) {
		d.Unseen += textOf(d.words(name), named("t"), named("comment"), none) + "\n"
		comments += d.cut(name, surgery{drop: named("comment")})
		d.cut(name, surgery{empty: named("author")})
	}
	for _, name := range d.names("xl/threadedComments/*.xml") {
		d.Unseen += textOf(d.words(name), named("text"), named("text"), none) + "\n"
		d.cut(name, surgery{drop: named("threadedComment")})
	}
	for _, name := range d.names("xl/persons/*.xml") {
		d.cut(name, surgery{drop: named("person")})
	}
	if comments > 0 {
		for _, name := range d.names("xl/drawings/vmlDrawing*.vml") {
			d.notes(name)
		}
	}
	d.removed(comments, "%d lời nhận xét", "%d comments", comments)
	d.carried(len(hidden), "trang tính ẩn %s", "hidden sheets %s", strings.Join(hidden, ", "))
	pivots := len(d.names("xl/pivotCache/pivotCacheRecords*.xml"))
	d.carried(pivots, "số liệu gốc của %d bảng tổng hợp (PivotTable)", "the data behind %d pivot tables", pivots)
	sources := count(d.read("xl/connections.xml"), named("connection"))
	d.carried(sources, "%d kết nối tới nguồn dữ liệu", "%d connections to sources of data", sources)
	linked := len(d.names("xl/externalLinks/externalLink*.xml"))
	d.carried(linked, "số liệu chép từ %d tệp khác", "data copied from %d other files", linked)
	d.carried(rows, "%d dòng ẩn", "%d hidden rows", rows)
	d.carried(columns, "%d cột ẩn", "%d hidden columns", columns)
}

// notes takes the frames of comments out of a drawing.
func (d *document) notes(name string) {
	var noted []int // which shapes, in their order
	n := -1
	for e := range elements(d.read(name)) {
		switch {
		case e.Name.Local == "shape":
			n++
		case e.Name.Local == "ClientData" && attr(e, "ObjectType") == "Note":
			noted = append(noted, n)
		}
	}
	at := -1
	d.cut(name, surgery{drop: func(e xml.StartElement) bool {
		if e.Name.Local != "shape" {
			return false
		}
		at++
		return slices.Contains(noted, at)
	}})
}

// sheets are those of the workbook, in its order.
func (d *document) sheets() []sheet {
	parts := map[string]string{}
	for e := range elements(d.read("xl/_rels/workbook.xml.rels")) {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			parts[attr(e, "Id")] = strings.TrimPrefix(target, "/")
		}
	}
	var all []sheet
	for e := range elements(d.read("xl/workbook.xml")) {
		if e.Name.Local == "sheet" {
			all = append(all, sheet{attr(e, "name"), parts[attr(e, "id")], attr(e, "state") == "hidden" || attr(e, "state") == "veryHidden"})
		}
	}
	return all
}

// sharedStrings are the texts that cells refer to by number.
func (d *document) sharedStrings() []string {
	var all []string
	x := xml.NewDecoder(bytes.NewReader(d.words("xl/sharedStrings.xml")))
	var b strings.Builder
	within, phonetic, size := false, false, 0
	for {
		token, err := x.RawToken()
		if err != nil || size > maxWords {
			return all
		}
		switch t := token.(type) {
		case xml.StartElement:
			within = t.Name.Local == "t" && !phonetic
			phonetic = phonetic || t.Name.Local == "rPh"
		case xml.EndElement:
			within = false
			switch t.Name.Local {
			case "rPh":
				phonetic = false
			case "si":
				all = append(all, b.String())
				size += b.Len()
				b.Reset()
			}
		case xml.CharData:
			if within {
				b.Write(t)
			}
		}
	}
}

// cells returns the words of a sheet, a row a line, those of hidden rows and columns
// apart, and how many of either there are with something in them.
func cells(src []byte, shared []string) (words, unseen string, rows, columns int) {
	x := xml.NewDecoder(bytes.NewReader(src))
	var seen, hidden strings.Builder
	var ranges [][2]int // of hidden columns
	filled := map[int]bool{}
	hiddenRow, within, counted := false, false, false
	kind, column := "", 0
	var value strings.Builder
	for {
		token, err := x.RawToken()
		if err != nil || seen.Len()+hidden.Len() > maxWords {
			return seen.String(), hidden.String(), rows, len(filled)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "col":
				first, _ := strconv.Atoi(attr(t, "min")) // what is no number hides nothing
				last, _ := strconv.Atoi(attr(t, "max"))
				if on(attr(t, "hidden")) || on(attr(t, "customWidth")) && isZero(attr(t, "width")) {
					ranges = append(ranges, [2]int{first, last})
				}
			case "row":
				hiddenRow, counted = on(attr(t, "hidden")) || on(attr(t, "customHeight")) && isZero(attr(t, "ht")), false
				column = 0
			case "c":
				kind = attr(t, "t")
				column++
				if at := columnOf(attr(t, "r")); at > 0 {
					column = at
				}
				value.Reset()
			case "v", "t":
				within = true
			case "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter":
				within = true
				value.Reset()
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter":
				within = false
				seen.WriteString(pageCodes.ReplaceAllString(value.String(), " ") + "\n")
			case "v", "t":
				within = false
			case "c":
				text := value.String()
				if n, err := strconv.Atoi(text); kind == "s" && err == nil && 0 <= n && n < len(shared) {
					text = shared[n]
				}
				hiddenColumn := slices.ContainsFunc(ranges, func(r [2]int) bool { return r[0] <= column && column <= r[1] })
				to := &seen
				if hiddenRow || hiddenColumn {
					to = &hidden
				}
				to.WriteString(text + "  ")
				if hiddenRow && !counted && text != "" {
					rows++
					counted = true
				}
				if hiddenColumn && text != "" {
					filled[column] = true
				}
			case "row":
				seen.WriteByte('\n')
				hidden.WriteByte('\n')
			}
		case xml.CharData:
			if within {
				value.Write(t)
			}
		}
	}
}

// pageCodes are the places, fonts and page numbers in the head and the foot of a sheet.
var pageCodes = regexp.MustCompile(`&(?:"[^"]*"|[A-Za-z]|\d{1,3})`)

// isZero reports whether a width or a height is none.
func isZero(size string) bool {
	n, err := strconv.ParseFloat(size, 64)
	return err == nil && n == 0
}

func on(value string) bool { return value == "1" || value == "true" }

// columnOf is the number of a cell's column: 3 of "C4".
func columnOf(cell string) int {
	n := 0
	for _, c := range cell {
		if c < 'A' || c > 'Z' || n > 1<<16 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}
