package office

import (
	"regexp"
	"slices"
	"strings"
)

var (
	captionStart = regexp.MustCompile(`^\(?(?i:ảnh|hình|chú thích ảnh|ảnh minh họa|ảnh tư liệu|nguồn ảnh)(?:\s*\d+)?\s*[:.\-–]`)
	creditOnly   = regexp.MustCompile(`^\(?(?i:ảnh|ảnh tư liệu|nguồn ảnh|photo)\s*:\s*(.+?)\)?\.?$`)
)

// captions takes what stands below a picture and looks like its caption for one: in
// italics, centred, or beginning with "Ảnh"; and what stands above one and begins so, or
// is in Word's own style of captions, which is put below it. Captions of tables are text.
func captions(blocks []block) []block {
	blocks = partCaptions(blocks)
	var out []block
	below, beside := false, false // a picture that may have its caption here, alone or among words
	for i := 0; i < len(blocks); i++ {
		p, ok := blocks[i].(*para)
		if !ok {
			below, beside = false, false
			out = append(out, blocks[i])
			continue
		}
		text := plain(p.runs)
		above := -1 // the picture below it
		if !below && !beside && !blank(p.runs) && !hasPicture(p.runs) {
			above = pictureAfter(blocks, i)
		}
		styled := p.role == caption && !tableCaption.MatchString(text)
		likely := plainPara(p) != nil && isCaption(p) && !tableCaption.MatchString(text)
		switch {
		case hasPicture(p.runs):
			below, beside = text == "", text != ""
		case above >= 0 && (styled || likely && captionStart.MatchString(text)):
			out = append(out, blocks[above], p.as(caption, 0))
			i, below = above, false
			continue
		case blank(p.runs), styled && (below || beside):
		case likely && below && goesOn(out, p):
			p = p.as(caption, 0)
		default:
			below, beside = false, false
			if p.role == caption {
				p = p.as(body, 0)
			}
		}
		out = append(out, p)
	}
	return out
}

// goesOn reports whether a paragraph below a picture, or below its caption, is the caption
// or a further line of it: a credit, or a line set as the one above.
func goesOn(above []block, p *para) bool {
	for _, b := range slices.Backward(above) {
		before, ok := b.(*para)
		if !ok || blank(before.runs) {
			continue
		}
		return before.role != caption || creditOnly.MatchString(plain(p.runs)) || p.align == before.align && p.align == "center"
	}
	return true
}

// pictureAfter is the index of the picture that follows a block, with nothing but empty
// paragraphs between them; -1 for none.
func pictureAfter(blocks []block, i int) int {
	for at := i + 1; at < len(blocks); at++ {
		p, ok := blocks[at].(*para)
		if !ok || plain(p.runs) != "" {
			return -1
		}
		if hasPicture(p.runs) {
			return at
		}
	}
	return -1
}

// tableCaption begins the caption of a table.
var tableCaption = regexp.MustCompile(`^(?i:bảng|biểu|biểu đồ|bảng biểu|table)\s*(?:số\s*)?[\dIVX]+`)

// partCaptions parts captions from the pictures whose paragraph they share.
func partCaptions(blocks []block) []block {
	var out []block
	for _, b := range blocks {
		p := plainPara(b)
		last := -1
		if p != nil {
			for i, r := range p.runs {
				if r.picture != nil {
					last = i
				}
			}
		}
		if last >= 0 && onlyPictures(p.runs[:last+1]) {
			above, below := *p, *p
			above.runs, below.runs = p.runs[:last+1], p.runs[last+1:]
			if !blank(below.runs) && isCaption(&below) {
				out = append(out, &above, below.as(caption, 0))
				continue
			}
		}
		out = append(out, b)
	}
	return out
}

// onlyPictures reports whether runs show pictures and no text.
func onlyPictures(runs []run) bool {
	return !slices.ContainsFunc(runs, func(r run) bool { return r.note > 0 || strings.TrimSpace(r.text) != "" })
}

func hasPicture(runs []run) bool {
	return slices.ContainsFunc(runs, func(r run) bool { return r.picture != nil })
}

const maxCaption = 300

func isCaption(p *para) bool {
	text := plain(p.runs)
	if len([]rune(text)) > maxCaption || shows(p.runs) {
		return false
	}
	return inItalics(p) || captionStart.MatchString(text) || p.align == "center" && !bold(p.runs) && len([]rune(text)) <= 200
}

// joinCaption puts a caption and a credit together: "Lễ tôn vinh (Ảnh: A)".
func joinCaption(caption, more string) string {
	switch {
	case caption == "":
		return more
	case creditOnly.MatchString(more) && !strings.HasPrefix(more, "("):
		return strings.TrimRight(caption, ". ") + " (" + strings.TrimRight(more, ".") + ")"
	}
	return caption + " " + more
}
