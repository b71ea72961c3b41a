package office

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// decode reads all text that was typed for legacy fonts as Unicode, composes the
// rest (NFC), and drops its soft hyphens. It returns the words of which it cannot be sure; there the text
// is left as it was.
//
// Where the font is known, it decides. Where it is not (the file went through a
// program that dropped it), a paragraph is taken for what [viet.Legacy] says; one
// too short for that follows the rest of the document, unless its words make
// sense as they are. Words that make sense both ways are doubtful only where other
// text without a legacy font is legacy: beside .VnTime, what is in Arial is so on
// purpose.
func (d *Document) decode() (doubtful []string) {
	l := legacyReader{}
	d.paras(l.note)
	l.whole, _ = viet.Legacy([]byte(l.fontless.String()))
	l.likely = l.whole
	if l.whole == 0 && len(l.fonts) == 1 {
		l.likely = l.fonts[0]
	}
	d.paras(l.para)
	for _, e := range l.read {
		d.tally.converted = append(d.tally.converted, e.String())
	}
	return l.doubtful
}

type legacyReader struct {
	fonts    []viet.Encoding // those of the document's fonts
	fontless strings.Builder // text whose font says nothing, if it may be legacy
	whole    viet.Encoding   // what the document's fontless text is in, or 0
	likely   viet.Encoding   // that, or else the encoding of all its legacy fonts
	read     []viet.Encoding // those met
	doubtful []string
}

// maxSample is how much text is enough to know an encoding.
const maxSample = 64 << 10

func (l *legacyReader) note(p *para) {
	for _, r := range p.runs {
		if e, _ := viet.FontEncoding(r.font); e != 0 && beyondASCII(r.text) && !slices.Contains(l.fonts, e) {
			l.fonts = append(l.fonts, e)
		}
	}
	if text := fontless(p); l.fontless.Len() < maxSample && beyondASCII(text) && !modern(text) {
		l.fontless.WriteString(text + "\n")
	}
}

// fontless joins the text of the paragraph whose font says nothing.
func fontless(p *para) string {
	var b strings.Builder
	for _, r := range p.runs {
		if e, _ := viet.FontEncoding(r.font); e == 0 {
			b.WriteString(r.text)
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func beyondASCII(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// modern reports whether text holds letters that Vietnamese has in Unicode alone.
func modern(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return strings.ContainsRune("ĂăĐđĨĩŨũƠơƯư", r) || 0x1EA0 <= r && r <= 0x1EF9 || 0x0300 <= r && r <= 0x0323
	})
}

// para reads one paragraph.
func (l *legacyReader) para(p *para) {
	text := fontless(p)
	sure, _ := viet.Legacy([]byte(text))
	if modern(text) {
		sure = 0
	} else if sure == 0 && l.likely != 0 && clearly(text, l.likely) {
		sure = l.likely
	}
	for i := range p.runs {
		if i > 0 {
			joinMarks(&p.runs[i-1], &p.runs[i])
		}
	}
	for i := range p.runs {
		r := &p.runs[i]
		e, capitals := viet.FontEncoding(r.font)
		switch {
		case e != 0 && modern(r.text): // typed in Unicode, whatever the font
			r.text = l.words(r.text, e, l.inUnicode)
		case e != 0:
			r.text = l.words(r.text, e, l.byFont)
			if capitals {
				r.text = strings.ToUpper(r.text)
			}
		case sure != 0:
			r.text = l.words(r.text, sure, l.byFont)
		case l.whole != 0 && !modern(text):
			r.text = l.words(r.text, l.whole, l.byDocument)
		}
		r.text = norm.NFC.String(strings.ReplaceAll(r.text, softHyphen, ""))
		r.font = ""
	}
}

// joinMarks brings a letter's mark that begins a run to its letter, which ends
// the run before.
func joinMarks(before, r *run) {
	e, _ := viet.FontEncoding(r.font)
	if last, _ := viet.FontEncoding(before.font); e != last {
		return
	}
	rest := strings.TrimLeftFunc(r.text, e.IsMark)
	if end, _ := utf8.DecodeLastRuneInString(before.text); rest != r.text && unicode.IsLetter(end) {
		before.text += r.text[:len(r.text)-len(rest)]
		r.text = rest
	}
}

// words reads each word of text as judge does.
func (l *legacyReader) words(text string, e viet.Encoding, judge func(word string, e viet.Encoding) string) string {
	if !beyondASCII(text) {
		return text
	}
	var b strings.Builder
	for text != "" {
		end := strings.IndexFunc(text, func(r rune) bool { return !ofWord(r) })
		if end < 0 {
			end = len(text)
		}
		if end == 0 {
			_, end = utf8.DecodeRuneInString(text)
			b.WriteString(text[:end])
		} else if word := text[:end]; beyondASCII(word) {
			b.WriteString(judge(word, e))
		} else {
			b.WriteString(word)
		}
		text = text[end:]
	}
	return b.String()
}

// ofWord reports whether r may be part of a word in a legacy encoding, whose
// letters look like signs as often as like letters.
func ofWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.Is(unicode.M, r) || 0xA1 <= r && r <= 0xFF || 0xF0A1 <= r && r <= 0xF0FF
}

// reading says whether a word makes sense in the encoding, and as it is.
func reading(word string, e viet.Encoding) (decoded string, legacy, asItIs bool) {
	decoded, ok := e.Decode(word)
	return decoded, ok && viet.IsSyllable(decoded), viet.IsSyllable(word)
}

// clearly reports whether a paragraph, too short for [viet.Legacy], has words
// that make sense in the encoding alone, and none that does as it is alone.
func clearly(text string, e viet.Encoding) bool {
	found := false
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !ofWord(r) }) {
		if _, legacy, asItIs := reading(word, e); beyondASCII(word) && legacy != asItIs {
			if asItIs {
				return false
			}
			found = true
		}
	}
	return found
}

// byFont reads a word whose encoding is known. A name of another language
// ("Đắk") makes no sense either way, and is read by its encoding.
func (l *legacyReader) byFont(word string, e viet.Encoding) string {
	decoded, legacy, asItIs := reading(word, e)
	_, ok := e.Decode(word)
	switch {
	case legacy, ok && !asItIs:
		return l.took(decoded, e)
	case !ok && asItIs:
		return word
	}
	return l.doubt(word, decoded)
}

// inUnicode reads a word among others that are Unicode.
func (l *legacyReader) inUnicode(word string, e viet.Encoding) string {
	if decoded, legacy, asItIs := reading(word, e); legacy && !asItIs {
		return l.took(decoded, e)
	}
	return word
}

// byDocument reads a word of which only its document speaks.
func (l *legacyReader) byDocument(word string, e viet.Encoding) string {
	decoded, legacy, asItIs := reading(word, e)
	switch {
	case legacy && !asItIs:
		return l.took(decoded, e)
	case legacy:
		return l.doubt(word, decoded)
	}
	return word
}

func (l *legacyReader) took(decoded string, e viet.Encoding) string {
	if !slices.Contains(l.read, e) {
		l.read = append(l.read, e)
	}
	return decoded
}

// maxDoubts is how many doubtful words are shown.
const maxDoubts = 12

func (l *legacyReader) doubt(word, decoded string) string {
	shown := word
	if decoded != word {
		shown += " (" + decoded + "?)"
	}
	if !slices.Contains(l.doubtful, shown) && len(l.doubtful) < maxDoubts {
		l.doubtful = append(l.doubtful, shown)
	}
	return word
}

func quoteList(words []string) string {
	return "“" + strings.Join(words, "”, “") + "”"
}

// decodeText reads plain text, of which no font speaks, paragraph by paragraph.
func decodeText(file, text string) (string, []diag.Finding) {
	d := &Document{}
	for line := range strings.Lines(text) {
		d.blocks = append(d.blocks, &para{runs: []run{{text: line}}})
	}
	if doubtful := d.decode(); len(doubtful) > 0 {
		return "", []diag.Finding{ruleLegacyDoubt.At(diag.Pos{File: file}, quoteList(doubtful))}
	}
	var b strings.Builder
	d.paras(func(p *para) { b.WriteString(p.runs[0].text) })
	return b.String(), d.tally.findings(file)
}
