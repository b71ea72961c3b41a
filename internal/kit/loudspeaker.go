package kit

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/catalog"
	"lienhiep/internal/markdown"
	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/viet"
)

// syllablesAMinute is how fast announcers of a commune's loudspeakers read: 130 to 150.
const syllablesAMinute = 140

// talkMinutes are how long the talks of each file are.
var talkMinutes = []int{1, 3, 5}

// Explainer is a page that explains the plan, paragraph by paragraph.
type Explainer struct {
	Title      string
	Paragraphs []string
}

// Explain reads the pages that explain the plan out of the site's folder: they are told
// before its own words.
func (k *Kit) Explain(site fs.FS, c *catalog.Catalog, p *catalog.Plan) error {
	for _, e := range c.Entries() {
		if !explains(c, p, e) {
			continue
		}
		src, err := fs.ReadFile(site, path.Clean(e.File))
		if err != nil {
			return fmt.Errorf("reading what explains the plan: %w", err)
		}
		parts, err := matter.Split(src)
		if err != nil {
			return fmt.Errorf("%s: %w", e.File, err)
		}
		k.Explainers = append(k.Explainers, Explainer{e.Title, told(parts.Body)})
	}
	return nil
}

// explains reports whether an entry is a page that explains the plan, such as the plan in
// three minutes: it lies beside the only plan of the site.
func explains(c *catalog.Catalog, p *catalog.Plan, e *catalog.Entry) bool {
	return len(c.Plans) == 1 && e.Kind == catalog.KindPage && e.Lang == "vi" && e.Published() && strings.HasPrefix(e.Path, strings.TrimSuffix(p.Path, p.ID))
}

// told are the paragraphs of a text that are of use to listeners: not those that only lead
// elsewhere, and no heading above nothing else.
func told(body []byte) []string {
	var all []string
	heading := ""
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(markdown.Parse(body), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		words := ""
		switch n.(type) {
		case *ast.Heading:
			heading = closed(markdown.Words(n, body))
			return ast.WalkSkipChildren, nil
		case *ast.Paragraph, *ast.TextBlock:
			if words = markdown.Words(n, body); onlyLinks(n, body) {
				heading = "" // of a list of where to read on
				return ast.WalkSkipChildren, nil
			}
		default:
			return ast.WalkContinue, nil
		}
		if heading != "" {
			all, heading = append(all, heading), ""
		}
		all = append(all, closed(words))
		return ast.WalkSkipChildren, nil
	})
	return all
}

// onlyLinks reports whether there are no words of a paragraph but in links.
func onlyLinks(n ast.Node, src []byte) bool {
	outside := ""
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Kind() != ast.KindLink {
			outside += markdown.Words(child, src)
			if t, ok := child.(*ast.Text); ok {
				outside += string(t.Segment.Value(src))
			}
		}
	}
	return strings.Trim(outside, " ·|,.;:–-\n") == ""
}

// closed ends words as a sentence does.
func closed(words string) string {
	words = strings.TrimSpace(words)
	if words == "" || strings.ContainsAny(words[len(words)-1:], ".!?:;,") || strings.HasSuffix(words, "…") {
		return words
	}
	return words + "."
}

// talk is what is read in one go.
type talk struct {
	sentences [][]string // by paragraphs
	syllables int
}

// talkFiles are what announcers read, in talks of each length, to be read and to be edited.
func talkFiles(k *Kit) ([]File, error) {
	paragraphs := k.spoken()
	if len(paragraphs) == 0 {
		return nil, nil
	}
	var files []File
	for _, minutes := range talkMinutes {
		talks := k.talks(paragraphs, minutes)
		name := fmt.Sprintf("%s-phat-thanh-%d-phut", k.Name, minutes)
		docx, err := k.talkDocument(talks, minutes).Bytes()
		if err != nil {
			return nil, err
		}
		length := fmt.Sprintf(", bài đọc %d phút", minutes)
		files = append(files, File{name + ".txt", "TXT" + length, []byte(k.talkText(talks, minutes))}, File{name + ".docx", "Word" + length, docx})
	}
	return files, nil
}

// spoken is all that is read, as it is said, sentence by sentence of each paragraph.
func (k *Kit) spoken() [][]string {
	var paragraphs [][]string
	say := func(parts ...string) {
		var said []string
		for _, words := range parts {
			for _, sentence := range viet.Sentences(closed(words)) {
				if s := closed(viet.Spoken(sentence)); s != "" {
					said = append(said, capital(s))
				}
			}
		}
		if len(said) > 0 {
			paragraphs = append(paragraphs, said)
		}
	}
	for _, e := range k.Explainers {
		say(e.Title)
		for _, words := range e.Paragraphs {
			say(words)
		}
	}
	paragraphs = append(paragraphs, []string{closed(k.Document.Type + " " + viet.Spoken(k.Document.Title))}) // whose title may be in capitals alone
	for _, words := range k.Document.Preamble {
		say(words)
	}
	for _, section := range k.Sections {
		for _, one := range section.all() {
			for i, words := range strings.Split(one.Words, "\n") {
				switch {
				case i > 0:
					say(words)
				case names(one.Mark):
					say(one.Mark, words)
				default:
					say(one.Mark + " " + words)
				}
			}
		}
	}
	return paragraphs
}

// names reports whether a mark is a name, as a heading's "Chương I" is, and not the number
// of a line, which ends in a sign.
func names(mark string) bool {
	last, _ := utf8.DecodeLastRuneInString(mark)
	return unicode.IsLetter(last) || unicode.IsDigit(last)
}

// talks puts paragraphs into talks of so many minutes at most. A paragraph that finds no
// room in a talk that is half full begins the next, if it finds room there; a sentence
// that is longer than a talk is parted where a reader breathes.
func (k *Kit) talks(paragraphs [][]string, minutes int) []talk {
	most := minutes*syllablesAMinute - syllables(k.opening(99, 99))
	var talks []talk
	var now talk
	flush := func() {
		if now.syllables > 0 {
			talks = append(talks, now)
			now = talk{}
		}
	}
	for _, paragraph := range paragraphs {
		if n := syllables(strings.Join(paragraph, " ")); now.syllables+n > most && n <= most && now.syllables > most/2 {
			flush()
		}
		begun := false // in this talk
		for _, sentence := range paragraph {
			for _, words := range within(sentence, most) {
				n := syllables(words)
				if now.syllables+n > most {
					flush()
					begun = false
				}
				if !begun {
					now.sentences, begun = append(now.sentences, nil), true
				}
				last := len(now.sentences) - 1
				now.sentences[last] = append(now.sentences[last], words)
				now.syllables += n
			}
		}
	}
	flush()
	return talks
}

// within is a sentence, or its parts where it has more than so many syllables.
func within(sentence string, most int) []string {
	if syllables(sentence) <= most {
		return []string{sentence}
	}
	return viet.Breaths(sentence, 3*most) // a syllable has more than three letters with what parts it
}

// syllables are counted as they are read.
func syllables(words string) int {
	n := 0
	for range viet.Syllables(words) {
		n++
	}
	return n
}

// opening is what each talk begins with.
func (k *Kit) opening(n, of int) string {
	return closed(fmt.Sprintf("Tìm hiểu %s, bài %s trên %s", viet.Spoken(k.Document.Type+" số "+k.Document.Number), viet.Cardinal(fmt.Sprint(n)), viet.Cardinal(fmt.Sprint(of))))
}

// talkHead says what the file is, to whoever reads it out.
func (k *Kit) talkHead(talks []talk, minutes int) []string {
	return []string{
		fmt.Sprintf("Bài phát thanh: %s", k.Title),
		fmt.Sprintf("%d bài, mỗi bài đọc nhiều nhất khoảng %d phút (tính %d tiếng một phút). Số, ngày tháng, chữ viết tắt đã ghi thành lời để đọc; lời văn gốc ở %s", len(talks), minutes, syllablesAMinute, k.URL),
	}
}

// talkTitle names a talk, with its length. It is not read out.
func (t talk) title(n int) string { return fmt.Sprintf("Bài %d (%d tiếng)", n, t.syllables) }

func (k *Kit) talkText(talks []talk, minutes int) string {
	var b strings.Builder
	for _, line := range k.talkHead(talks, minutes) {
		b.WriteString(line + "\n\n")
	}
	for i, t := range talks {
		fmt.Fprintf(&b, "[%s]\n\n%s\n\n", t.title(i+1), k.opening(i+1, len(talks)))
		for _, paragraph := range t.sentences {
			b.WriteString(strings.Join(paragraph, " ") + "\n\n")
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

var (
	talkNameStyle = &office.Style{Name: "Tên tệp phát thanh", Align: office.Left, Size: 16, Bold: true, After: 6, KeepNext: true, Outline: 1}
	talkNoteStyle = &office.Style{Name: "Lời dặn người đọc", Align: office.Left, Size: 12, Italic: true, After: 12}
	talkPartStyle = &office.Style{Name: "Tên bài phát thanh", Align: office.Left, Size: 14, Bold: true, Before: 12, After: 6, KeepNext: true, Outline: 2}
	talkReadStyle = &office.Style{Name: "Lời đọc", Align: office.Left, Size: 16, After: 8}
)

func (k *Kit) talkDocument(talks []talk, minutes int) *office.Docx {
	head := k.talkHead(talks, minutes)
	d := &office.Docx{Title: head[0], Creator: k.author(), Date: k.Document.Date, Description: k.Document.Cite() + " · " + k.URL, Language: "vi-VN", Foot: k.Document.Cite()}
	d.Body = append(d.Body, office.Paragraph{Style: talkNameStyle, Text: head[0]}, office.Paragraph{Style: talkNoteStyle, Text: head[1]})
	for i, t := range talks {
		d.Body = append(d.Body, office.Paragraph{Style: talkPartStyle, Text: t.title(i + 1), NewPage: i > 0 && minutes > 1}, office.Paragraph{Style: talkReadStyle, Text: k.opening(i+1, len(talks))})
		for _, paragraph := range t.sentences {
			d.Body = append(d.Body, office.Paragraph{Style: talkReadStyle, Text: strings.Join(paragraph, " ")})
		}
	}
	return d
}
