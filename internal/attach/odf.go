package attach

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// openDocument reads and cleans a file of LibreOffice.
func (d *document) openDocument() error {
	meta := d.read("meta.xml")
	d.Title = property(meta, "title")
	author := property(meta, "creator")
	if author == "" {
		author = property(meta, "initial-creator")
	}
	d.removed(len(author), "tên người soạn “%s”", "the author's name, “%s”", author)
	d.cut("meta.xml", surgery{drop: named("creator", "initial-creator", "printed-by", "user-defined", "generator", "creation-date", "date", "editing-duration", "editing-cycles", "print-date", "keyword", "subject", "description", "template", "auto-reload")})
	d.cut("settings.xml", surgery{empty: func(e xml.StartElement) bool {
		return e.Name.Local == "config-item" && strings.HasPrefix(attr(e, "name"), "Printer")
	}})
	src := d.words("content.xml")
	if src == nil {
		return damaged
	}
	d.Pages = d.statistic(meta)
	body := is("office:body")
	ends := is("text:p", "text:h", "table:table-row")
	hidden := hiddenTables(src)
	rows := bytes.Count(src, []byte(`table:visibility="collapse"`)) + bytes.Count(src, []byte(`table:visibility="filter"`))
	hiddenRow := func(e xml.StartElement) bool {
		return is("table:table-row", "table:table-row-group")(e) && (attr(e, "visibility") == "collapse" || attr(e, "visibility") == "filter" || attr(e, "display") == "false")
	}
	unseen := func(e xml.StartElement) bool {
		return named("annotation", "tracked-changes")(e) || is("table:table")(e) && hidden[attr(e, "style-name")] || hiddenRow(e)
	}
	d.Words = textOf(src, body, ends, unseen)
	d.Unseen = textOf(src, is("office:annotation", "text:tracked-changes"), ends, none) + textOf(src, hiddenRow, ends, none)
	for style := range hidden {
		d.Unseen += textOf(src, func(e xml.StartElement) bool { return is("table:table")(e) && attr(e, "style-name") == style }, ends, none)
	}
	comments := d.cut("content.xml", surgery{drop: is("office:annotation", "office:annotation-end"), empty: is("dc:creator", "meta:creator-initials")})
	comments = min(comments, count(src, is("office:annotation")))
	changes := count(src, is("text:changed-region"))
	d.removed(comments, "%d lời nhận xét", "%d comments", comments)
	d.carried(changes, "%d thay đổi đang theo dõi (chữ đã xóa vẫn đọc được)", "%d tracked changes (deleted words can still be read)", changes)
	d.carried(len(hidden), "%d trang tính ẩn", "%d hidden sheets", len(hidden))
	d.carried(rows, "%d chỗ có dòng hoặc cột ẩn", "hidden rows or columns in %d places", rows)
	return nil
}

// statistic is how many pages or sheets the program counted.
func (d *document) statistic(meta []byte) int {
	name := "page-count"
	if d.Kind == ODS {
		name = "table-count"
	}
	for e := range elements(meta) {
		if e.Name.Local == "document-statistic" {
			n, _ := strconv.Atoi(attr(e, name)) // not said: not known
			return n
		}
	}
	return 0
}

// hiddenTables are the styles of sheets that are not shown.
func hiddenTables(src []byte) map[string]bool {
	hidden := map[string]bool{}
	style := ""
	for e := range elements(src) {
		switch e.Name.Local {
		case "style":
			style = attr(e, "name")
		case "table-properties":
			if attr(e, "display") == "false" {
				hidden[style] = true
			}
		case "body":
			return hidden
		}
	}
	return hidden
}
