package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Run is words that stand side by side in one font: where on which page, in points
// from its lower left corner.
type Run struct {
	Page     int // from 1
	X, Y     float64
	Width    float64
	Size     float64 // of the letters as they are seen
	Font     string  // "ABCDEF+TimesNewRomanPS-BoldMT"
	Artifact bool    // no part of the text: a running head, a page's number, where the file says so
	Hidden   bool    // not drawn, only there to be found and copied, as what a program has recognised of a scanned page
	Turn     float64 // how far it is turned from left to right, in degrees counterclockwise
	Text     string
	Unsure   string // the text with U+FFFD for each sign of which the file does not tell the letter; "" if it tells all
}

// Runs are the words of the file in the order in which they are drawn.
func (f *File) Runs() []Run {
	if f.runs == nil {
		f.pictures = map[int]float64{}
		t := &texts{File: f, fonts: map[int]*font{}, signs: maxSigns, room: maxText, unread: maxRead}
		for page := 1; page <= f.Pages; page++ {
			t.page(page)
		}
		f.runs = t.runs
	}
	return f.runs
}

// Text is what the file says: a line of the page a line, a page parted from the next
// by a form feed. It is "" where the pages are pictures alone.
func (f *File) Text() string {
	var b strings.Builder
	var before Run
	for i, r := range f.Runs() {
		switch apart := r.X - (before.X + before.Width); {
		case i == 0:
		case r.Page != before.Page:
			b.WriteString("\n\f")
		case math.Abs(r.Y-before.Y) > 0.4*math.Max(r.Size, before.Size), apart < -before.Width-before.Size:
			b.WriteByte('\n')
		case apart > 0.15*r.Size && !strings.HasSuffix(before.Text, " ") && !strings.HasPrefix(r.Text, " "):
			b.WriteByte(' ')
		}
		b.WriteString(r.Text)
		before = r
	}
	return norm.NFC.String(b.String())
}

// texts reads the signs of pages.
type texts struct {
	*File
	fonts   map[int]*font
	runs    []Run
	current int // the page
	area    float64
	signs   int // that may still be read
	room    int // bytes of words that may still be kept
	unread  int // bytes of streams that may still be read
}

// matrix is a change of coordinates: a b c d e f.
type matrix [6]float64

func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

var identity = matrix{1, 0, 0, 1, 0, 0}

// state is what the signs of a page set for those behind them.
type state struct {
	ctm                             matrix
	font                            *font
	size, char, word, leading, rise float64
	scale                           float64 // across
	hidden                          bool
}

func (t *texts) page(number int) {
	defer func() { _ = recover() }() // of the library: a page that it cannot read has no words
	d, _, inherited, err := t.ctx.PageDict(number, false)
	if err != nil || d == nil {
		return
	}
	resources := t.dict(d["Resources"])
	if resources == nil && inherited != nil {
		resources = inherited.Resources
	}
	var content []byte
	if parts := t.array(d["Contents"]); parts != nil {
		for _, part := range parts {
			content = append(append(content, t.content(part)...), '\n')
			if len(content) > maxStream {
				return
			}
		}
	} else {
		content = t.content(d["Contents"])
	}
	t.current = number
	box, turn := t.box(d, inherited)
	var ctm matrix
	ctm, t.area = upright(box, turn)
	t.read(content, resources, ctm, 0)
}

// box is the page's and how far it is turned.
func (t *texts) box(d types.Dict, inherited *model.InheritedPageAttrs) (box [4]float64, turn int) {
	box = [4]float64{0, 0, 595.28, 841.89} // A4, where a file does not say
	if inherited != nil {
		if m := inherited.MediaBox; m != nil {
			box = [4]float64{m.LL.X, m.LL.Y, m.UR.X, m.UR.Y}
		}
		turn = inherited.Rotate
	}
	if own := t.array(d["MediaBox"]); len(own) == 4 {
		x1, y1, x2, y2 := t.number(own[0]), t.number(own[1]), t.number(own[2]), t.number(own[3])
		box = [4]float64{math.Min(x1, x2), math.Min(y1, y2), math.Max(x1, x2), math.Max(y1, y2)}
	}
	if own, ok := d["Rotate"]; ok {
		turn = int(t.number(own))
	}
	return box, turn
}

// drawing is a stream of signs being read.
type drawing struct {
	*texts
	resources  types.Dict
	named      map[string]*font // the fonts of resources, once read
	depth      int
	state      state
	saved      []state
	text, line matrix
	path       path
	marked     marked
	args       []token
}

// marked is what a file says of the signs within the marked content that is open. Of marks
// within one another the outermost counts.
type marked struct {
	depth    int    // how many are open
	artifact int    // how deep those lie that are no part of the text, 0 without any
	meant    int    // how deep those lie that stand for words (/ActualText), 0 without any
	words    string // these words, "" once they are said
}

func (t *texts) read(content []byte, resources types.Dict, ctm matrix, depth int) {
	d := &drawing{texts: t, resources: resources, named: map[string]*font{}, depth: depth, state: state{ctm: ctm, scale: 1}, text: identity, line: identity}
	l := lexer{src: content}
	for {
		token := l.next()
		switch {
		case token.kind == atEnd:
			return
		case token.kind != isWord:
			if len(d.args) < 4096 {
				d.args = append(d.args, token)
			}
			continue
		case token.text == "ID":
			l.inlinePicture()
			d.picture()
		default:
			if t.signs--; t.signs < 0 || t.room < 0 {
				return
			}
			d.sign(token.text)
		}
		d.args = d.args[:0]
	}
}

// arg is a number before a sign, the last is 1.
func (d *drawing) arg(fromEnd int) float64 {
	if i := len(d.args) - fromEnd; i >= 0 && i < len(d.args) {
		return d.args[i].number
	}
	return 0
}

func (d *drawing) matrixArg() matrix {
	return matrix{d.arg(6), d.arg(5), d.arg(4), d.arg(3), d.arg(2), d.arg(1)}
}

// sign does what one operator says.
func (d *drawing) sign(op string) {
	s := &d.state
	if d.trace(op) {
		return
	}
	switch op {
	case "q":
		if len(d.saved) < 1000 {
			d.saved = append(d.saved, *s)
		}
	case "Q":
		if n := len(d.saved); n > 0 {
			*s, d.saved = d.saved[n-1], d.saved[:n-1]
		}
	case "cm":
		s.ctm = d.matrixArg().times(s.ctm)
	case "BT":
		d.text, d.line = identity, identity
	case "Tf":
		s.size = d.arg(1)
		if len(d.args) >= 2 {
			s.font = d.fontNamed(d.args[len(d.args)-2].text)
		}
	case "Tc":
		s.char = d.arg(1)
	case "Tw":
		s.word = d.arg(1)
	case "Tz":
		s.scale = d.arg(1) / 100
	case "TL":
		s.leading = d.arg(1)
	case "Ts":
		s.rise = d.arg(1)
	case "Tr":
		s.hidden = d.arg(1) == 3
	case "Td":
		d.move(d.arg(2), d.arg(1))
	case "TD":
		s.leading = -d.arg(1)
		d.move(d.arg(2), d.arg(1))
	case "Tm":
		d.line = d.matrixArg()
		d.text = d.line
	case "T*":
		d.move(0, -s.leading)
	case "'":
		d.move(0, -s.leading)
		d.show()
	case `"`:
		s.word, s.char = d.arg(3), d.arg(2)
		d.move(0, -s.leading)
		d.show()
	case "Tj", "TJ":
		d.show()
	case "BMC", "BDC":
		d.marked.open(d.args)
	case "EMC":
		d.marked.close()
	case "Do":
		if len(d.args) > 0 && d.depth < maxForms {
			d.form(d.dict(d.resources["XObject"])[d.args[len(d.args)-1].text])
		}
	}
}

// open reads what stands before BMC or BDC. Where a font draws a letter and its marks as signs of their own, as LibreOffice lets it,
// its map of characters knows only how a sign was first used, perhaps "Ủ" for U; what each stands for is said here.
func (m *marked) open(args []token) {
	m.depth++
	if m.artifact == 0 && len(args) > 0 && args[0].text == "Artifact" {
		m.artifact = m.depth
	}
	for i, a := range args[:max(len(args)-1, 0)] {
		if m.meant == 0 && a.kind == isName && a.text == "ActualText" && args[i+1].kind == isString {
			units, isUTF16 := strings.CutPrefix(args[i+1].text, "\xfe\xff")
			if words := utf16Text(units); isUTF16 && words != "" {
				m.meant, m.words = m.depth, words
			}
		}
	}
}

func (m *marked) close() {
	if m.artifact == m.depth {
		m.artifact = 0
	}
	if m.meant == m.depth {
		m.meant = 0
	}
	m.depth = max(m.depth-1, 0)
}

// stand is what drawn letters stand for, and whether that is other than themselves. Figures stand for themselves, so that no number is published that was not read.
func (m *marked) stand(drawn string) (text string, replaced bool) {
	if m.meant == 0 || strings.ContainsFunc(drawn, unicode.IsDigit) {
		return drawn, false
	}
	words := m.words
	m.words = ""
	return words, true
}

func (d *drawing) fontNamed(name string) *font {
	f := d.named[name]
	if f == nil {
		f = d.fontOf(d.dict(d.resources["Font"])[name])
		d.named[name] = f
	}
	return f
}

func (d *drawing) move(x, y float64) {
	d.line = matrix{1, 0, 0, 1, x, y}.times(d.line)
	d.text = d.line
}

// show draws the strings of a sign; numbers between them move back.
func (d *drawing) show() {
	s := &d.state
	if s.font == nil {
		return
	}
	var read, told strings.Builder // what the letters are, and the same where the file tells no letter
	unsure := false
	begin := d.text
	seen := func() matrix { return matrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}.times(begin).times(s.ctm) }
	at := seen()
	size := math.Hypot(at[2], at[3])
	for _, a := range d.args {
		switch a.kind {
		case isNumber:
			back := -a.number / 1000
			if text := read.String(); back > 0.2 && text != "" && !strings.HasSuffix(text, " ") {
				read.WriteByte(' ')
				told.WriteByte(' ')
			}
			d.advance(back * s.size * s.scale)
		case isString:
			s.font.letters(a.text, func(l letter) {
				read.WriteString(l.text)
				if l.unsure {
					unsure = true
					told.WriteRune(utf8.RuneError)
				} else {
					told.WriteString(l.text)
				}
				w := l.width*s.size + s.char
				if l.blank {
					w += s.word
				}
				d.advance(w * s.scale)
			})
		}
	}
	text, replaced := d.marked.stand(read.String())
	r := Run{Page: d.current, X: at[4], Y: at[5], Size: size, Font: s.font.name, Hidden: s.hidden, Artifact: d.marked.artifact > 0, Text: text}
	if unsure && !replaced {
		r.Unsure = told.String()
	}
	if r.Text == "" && r.Unsure == "" || !utf8.ValidString(text) {
		return
	}
	begin = d.text
	end := seen()
	r.Width, r.Turn = math.Hypot(end[4]-at[4], end[5]-at[5]), math.Atan2(at[1], at[0])*180/math.Pi
	d.room -= len(text) + len(r.Unsure)
	d.runs = append(d.runs, r)
}

func (d *drawing) advance(x float64) {
	d.text = matrix{1, 0, 0, 1, x, 0}.times(d.text)
}

// form draws what stands in a stream of its own.
func (d *drawing) form(o types.Object) {
	sd, _, err := d.ctx.DereferenceStreamDict(o)
	if err != nil || sd == nil {
		return
	}
	if d.name(sd.Dict["Subtype"]) != "Form" {
		d.picture()
		return
	}
	m := identity
	if a := d.array(sd.Dict["Matrix"]); len(a) == 6 {
		for i := range m {
			m[i] = d.number(a[i])
		}
	}
	resources := d.dict(sd.Dict["Resources"])
	if resources == nil {
		resources = d.resources
	}
	d.read(d.content(o), resources, m.times(d.state.ctm), d.depth+1)
}

// The objects that a value stands for, none where it is of another kind.

func (t *texts) object(o types.Object) types.Object {
	o, err := t.ctx.Dereference(o)
	if err != nil {
		return nil
	}
	return o
}

func (t *texts) dict(o types.Object) types.Dict {
	d, _ := t.object(o).(types.Dict)
	return d
}

func (t *texts) array(o types.Object) types.Array {
	a, _ := t.object(o).(types.Array)
	return a
}

func (t *texts) name(o types.Object) string {
	n, _ := t.object(o).(types.Name)
	return nameOf(string(n))
}

func (t *texts) number(o types.Object) float64 {
	switch n := t.object(o).(type) {
	case types.Integer:
		return float64(n)
	case types.Float:
		return float64(n)
	}
	return 0
}

// content is what a stream holds, unpacked; nil where that cannot be had. One that is read
// again and again, a drawing or a font, counts each time.
func (t *texts) content(o types.Object) []byte {
	if t.unread < 0 {
		return nil
	}
	sd, _, err := t.ctx.DereferenceStreamDict(o)
	if err != nil || sd == nil {
		return nil
	}
	if sd.Content == nil {
		if err := sd.DecodeWithLimit(maxStream); err != nil {
			return nil
		}
	}
	if t.unread -= len(sd.Content); t.unread < 0 {
		return nil
	}
	return sd.Content
}
