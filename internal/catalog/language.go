package catalog

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

// What an editor may want to write otherwise. None of it is looked for in what is
// quoted: blockquotes, “…”, code, shortcodes, addresses, a plan's own text.
var (
	ruleDecomposed = diag.NewRule("decomposed", diag.Suggestion,
		diag.Text{VI: "Có %[1]d chữ viết ở dạng dấu rời (chữ và dấu là hai ký tự), chữ đầu tiên là “%[2]s”: máy tìm chữ có thể bỏ sót.", EN: "%[1]d words are written with combining marks (not NFC), the first of them “%[2]s”: searching may miss them."},
		diag.Text{VI: "Chạy `lienhiep check --fix` để gộp dấu vào chữ; chữ hiện ra không đổi.", EN: "Run `lienhiep check --fix` to compose them; they look the same."})
	ruleLookalike = diag.NewRule("lookalike-letter", diag.Suggestion,
		diag.Text{VI: "Từ “%[1]s” có chữ cái của bảng chữ khác, chỉ trông giống chữ Việt (%[2]s).", EN: "The word “%[1]s” has a letter of another alphabet that only looks right (%[2]s)."},
		diag.Text{VI: "Gõ lại từ này bằng bàn phím, hoặc chạy `lienhiep check --fix`.", EN: "Type the word again, or run `lienhiep check --fix`."})
	ruleDoubleSpace = diag.NewRule("double-space", diag.Suggestion,
		diag.Text{VI: "Có nhiều dấu cách liền nhau giữa câu (%[1]d chỗ trong trang này).", EN: "There are several spaces in a row (%[1]d places on this page)."},
		diag.Text{VI: "Để lại một dấu cách, hoặc chạy `lienhiep check --fix`.", EN: "Leave one, or run `lienhiep check --fix`."})
	ruleSpaceBefore = diag.NewRule("space-before-punctuation", diag.Suggestion,
		diag.Text{VI: "Có dấu cách thừa trước dấu “%[2]s” (%[1]d chỗ trong trang này).", EN: "There is a space before “%[2]s” (%[1]d places on this page)."},
		diag.Text{VI: "Bỏ dấu cách ấy, hoặc chạy `lienhiep check --fix`.", EN: "Remove it, or run `lienhiep check --fix`."})
	rulePlacement = diag.NewRule("tone-placement", diag.Suggestion,
		diag.Text{VI: "“%[1]s” đặt dấu theo lối mới, còn “%[2]s” trong cùng trang đặt dấu theo lối cũ.", EN: "“%[1]s” bears its tone by the newer rule, “%[2]s” on the same page by the older."},
		diag.Text{VI: "Trang này đặt dấu theo lối cũ (hóa, khỏe, ủy). `lienhiep check --fix` sửa được chữ thường và tên chính thức; tên người thì giữ như người ấy viết.",
			EN: "The site follows the older rule (hóa, khỏe, ủy). `lienhiep check --fix` mends small letters and official names; a person's name stays as that person writes it."})
	ruleNameCapitals = diag.NewRule("name-capitals", diag.Suggestion,
		diag.Text{VI: "Tên “%[1]s” viết hoa khác với tên chính thức.", EN: "The name “%[1]s” has other capitals than the official one."},
		diag.Text{VI: "Viết hoa như trong " + NamesFile + ", nếu đúng là nói về cơ quan, tổ chức ấy.", EN: "Write it as " + NamesFile + " does, if that body is meant."})
	ruleNameMarks = diag.NewRule("name-marks", diag.Suggestion,
		diag.Text{VI: "Tên “%[1]s” thiếu dấu hoặc sai dấu so với tên chính thức.", EN: "The name “%[1]s” lacks marks of the official one, or has others."},
		diag.Text{VI: "Viết như trong " + NamesFile + ", nếu đúng là nói về cơ quan, tổ chức ấy.", EN: "Write it as " + NamesFile + " does, if that body is meant."})
	ruleDocumentNumber = diag.NewRule("document-number", diag.Suggestion,
		diag.Text{VI: "Chưa biết văn bản nào có số “%[1]s”.", EN: "No document with the number “%[1]s” is known."},
		diag.Text{VI: "Đối chiếu với văn bản gốc. Nếu số đã đúng, thêm văn bản vào content/van-ban, hoặc thêm số vào mục documents trong " + NamesFile + ".",
			EN: "Compare it with the document. If it is right, add the document to content/van-ban, or its number to documents in " + NamesFile + "."})
)

// maxGuesses is for how many unknown documents of a page a known one is looked for that
// may be meant.
const maxGuesses = 100

// slip is one place that could be written otherwise.
type slip struct {
	rule       *diag.Rule
	start, end int    // in the text that was read
	right      string // what should stand there; "" if that is not known
	safe       bool   // may be mended without being asked
}

// syllable is one of a text's, with the number that the index of names gives it.
type syllable struct {
	start, end int
	id         int32
	marks      byte
}

// scanner reads the texts of one page for its slips.
type scanner struct {
	names      *nameIndex // nil: not a Vietnamese page
	text       string
	slips      []slip
	run        []syllable // of names, with nothing but blanks between
	old        string     // a syllable that bears its tone by the older rule
	newer      []slip     // those by the newer
	before     int        // how many of them are of texts read before
	decomposed bool       // the text has combining marks
}

// scan reads a text. A zero byte stands for what is not to be read.
func (s *scanner) scan(text string) {
	s.text, s.run, s.before = text, s.run[:0], len(s.newer)
	s.decomposed = strings.IndexByte(text, 0xcc) >= 0 || strings.IndexByte(text, 0xcd) >= 0
	s.blanks()
	last := 0
	for syl := range viet.Syllables(text) {
		if len(s.run) > 0 && !onlyBlanks(text[last:syl.Start]) {
			s.endRun()
		}
		last = syl.End
		s.syllable(syl)
	}
	s.endRun()
}

// blanks finds spaces that are too many.
func (s *scanner) blanks() {
	t := s.text
	for i := 1; i < len(t); i++ {
		at := strings.IndexByte(t[i:], ' ')
		if at < 0 {
			return
		}
		i += at
		end := i + 1
		for end < len(t) && t[end] == ' ' {
			end++
		}
		if before := t[i-1]; before > ' ' && end < len(t) && t[end] > ' ' {
			if s.isSpaceBefore(i, end) {
				s.slips = append(s.slips, slip{ruleSpaceBefore, i, end, "", true})
			} else if end-i > 1 {
				s.slips = append(s.slips, slip{ruleDoubleSpace, i, end, " ", true})
			}
		}
		i = end
	}
}

// isSpaceBefore reports whether the spaces [i, end) stand between a word and a mark
// that ends something. Where a number begins its line, "1 ." would become a list.
func (s *scanner) isSpaceBefore(i, end int) bool {
	t := s.text
	if strings.IndexByte(",.;:!?", t[end]) < 0 || end+1 < len(t) && t[end+1] > ' ' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(t[:i])
	line := t[strings.LastIndexByte(t[:i], '\n')+1 : i]
	return (unicode.IsLetter(before) || unicode.Is(unicode.M, before) || unicode.IsDigit(before)) && strings.Trim(line, "\x00 \t0123456789") != ""
}

// onlyBlanks reports whether one word follows another, at most in the next line.
func onlyBlanks(between string) bool {
	return between != "" && strings.Trim(between, " \t\r\n") == "" && strings.Count(between, "\n") < 2
}

// syllable looks at one syllable.
func (s *scanner) syllable(syl viet.Syllable) {
	word := s.text[syl.Start:syl.End]
	if s.names != nil {
		if id := s.names.syllables[string(syl.Key)]; id != 0 {
			s.run = append(s.run, syllable{syl.Start, syl.End, id, syl.Marks})
		} else {
			s.endRun()
		}
	}
	if syl.Marks&viet.MarkStroke != 0 || beyondASCII(syl.Key) {
		if latin, ok := viet.Latin(word); ok {
			s.slips = append(s.slips, slip{ruleLookalike, syl.Start, syl.End, latin, true})
			return
		}
	}
	isComposed := true
	if s.decomposed && !norm.NFC.IsNormalString(word) {
		if composed := norm.NFC.String(word); composed != word {
			s.slips = append(s.slips, slip{ruleDecomposed, syl.Start, syl.End, composed, true})
			isComposed = false
		}
	}
	if s.names == nil || !syl.HasTone() || !endsOpen(syl.Key) {
		return
	}
	switch viet.PlacementOf(word) {
	case viet.OldPlacement:
		if s.old == "" {
			s.old = word
		}
	case viet.NewPlacement:
		if isComposed { // else it is composed first
			first, _ := utf8.DecodeRuneInString(word)
			s.newer = append(s.newer, slip{rulePlacement, syl.Start, syl.End, viet.InOldPlacement(word), unicode.IsLower(first)})
		}
	}
}

func beyondASCII(key []byte) bool {
	return slices.ContainsFunc(key, func(c byte) bool { return c >= utf8.RuneSelf })
}

// endsOpen reports whether a folded syllable ends in oa, oe or uy.
func endsOpen(key []byte) bool {
	n := len(key)
	return n >= 2 && (key[n-2] == 'o' && (key[n-1] == 'a' || key[n-1] == 'e') || key[n-2] == 'u' && key[n-1] == 'y')
}

// endRun looks for names in the syllables gathered.
func (s *scanner) endRun() {
	for run := s.run; len(run) >= shortestName; {
		n, ok := s.names.at(run)
		if !ok {
			run = run[1:]
			continue
		}
		s.name(n, run)
		run = run[len(n.ids):]
	}
	s.run = s.run[:0]
}

// name looks at one name.
func (s *scanner) name(n name, run []syllable) {
	start, end := run[0].start, run[len(n.ids)-1].end
	newer := s.newer[s.before:] // in the text's order
	first, _ := slices.BinarySearchFunc(newer, start, func(n slip, at int) int { return n.start - at })
	for i := first; i < len(newer) && newer[i].end <= end; i++ {
		newer[i].safe = true
	}
	switch {
	case !n.hasMarks(run):
		s.slips = append(s.slips, slip{ruleNameMarks, start, end, n.text, false})
	case !n.hasCapitals(inOneLine(s.text[start:end])):
		s.slips = append(s.slips, slip{ruleNameCapitals, start, end, n.text, false})
	}
}

// written is what an editor wrote of an entry.
type written struct {
	src    []byte   // the whole file
	values []*value // title and description
	body   []byte   // the end of src
}

func writtenIn(src []byte, table *value, body []byte) *written {
	w := &written{src: src, body: body}
	for _, k := range table.keys {
		if (k.name == "title" || k.name == "description") && k.value.kind == textValue {
			w.values = append(w.values, k.value)
		}
	}
	return w
}

// slips returns what could be written otherwise in all entries, and forgets their
// texts.
func (c *Catalog) slips(names *nameIndex) []diag.Finding {
	documents := c.documentNumbers(names.documents)
	found := make([][]diag.Finding, len(c.entries))
	inParallel(len(c.entries), func(i int) {
		e := c.entries[i].base()
		if e.written == nil {
			return // too much of something to be read
		}
		w := slipFinder{written: e.written, file: e.File, documents: documents}
		if e.Lang == "vi" {
			w.names = names
		}
		found[i] = w.check()
		e.written = nil
	})
	return slices.Concat(found...)
}

// documentNumbers are those of the library, of the plans and of what these cite,
// and others that are known.
func (c *Catalog) documentNumbers(others []string) map[string]bool {
	known := map[string]bool{}
	for _, number := range others {
		known[number] = true
	}
	for _, d := range c.Directives {
		known[d.Number] = true
	}
	for _, p := range c.Plans {
		if p.Document != nil {
			known[p.Document.Number] = true
			for _, cited := range p.Document.Citations {
				known[cited.Number] = true
			}
		}
	}
	return known
}

// slipFinder finds those of one entry.
type slipFinder struct {
	*written
	scanner
	file      string
	documents map[string]bool
	found     []placed
	unknown   []Ref // documents
}

func (w *slipFinder) check() []diag.Finding {
	for _, v := range w.values {
		w.value(v)
	}
	// Parsing is what takes the time: most texts need none.
	if w.isSuspicious(string(w.body)) {
		w.read(prose(w.body), len(w.src)-len(w.body), diag.Pos{})
	}
	w.placements()
	w.keepStructure()
	return w.findings()
}

// keepStructure takes nothing for safe that would make a link, a tag or the like of
// the writer's words (httр:// with a Cyrillic letter).
func (w *slipFinder) keepStructure() {
	first := len(w.src) - len(w.body)
	for _, rule := range []*diag.Rule{ruleLookalike, nil} {
		var edits []diag.Edit
		for _, p := range w.found {
			if p.safe && p.start >= first {
				edits = append(edits, diag.Edit{Start: p.start - first, Old: p.wrong, New: p.right})
			}
		}
		mended, _ := diag.Mend(w.body, edits)
		if len(edits) == 0 || bytes.Equal(others(w.body), others(mended)) {
			return
		}
		for i, p := range w.found {
			w.found[i].safe = p.safe && p.rule != rule && rule != nil
		}
	}
}

// placed is a slip with its place in the file.
type placed struct {
	slip
	wrong string
	pos   diag.Pos
	start int // in the file; -1 where the words stand there in another form
}

// value reads a value of the front matter.
func (w *slipFinder) value(v *value) {
	line := lineStart(w.src, v.line)
	rest := w.src[line:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	base := -1
	after := min(v.column, len(rest)) // behind the key or the quote
	if i := bytes.Index(rest[max(0, after-1):], []byte(v.text)); i >= 0 {
		base = line + max(0, after-1) + i
	}
	t := unquoted(v.text)
	w.read(t, base, diag.Pos{File: w.file, Line: v.line, Column: v.column})
}

// lineStart is the offset of a line, which counts from 1.
func lineStart(src []byte, line int) int {
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(src[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return at
}

// read finds the slips of a text that stands in the file at base; if that is not
// known (-1), all are at pos.
func (w *slipFinder) read(t string, base int, pos diag.Pos) {
	before := len(w.slips)
	w.scan(t)
	places := diag.PlacesIn(w.file, w.src)
	place := func(s slip) placed {
		p := placed{s, t[s.start:s.end], pos, -1}
		if base >= 0 {
			p.start = base + s.start
			p.pos = places.At(p.start)
		}
		return p
	}
	for _, s := range slices.Concat(w.slips[before:], w.newer[w.before:]) {
		w.found = append(w.found, place(s))
	}
	if w.mayNameUnknown(t) {
		w.numbers(t, base, pos)
	}
}

// numbers notes the documents that a text names by numbers that no known one has.
func (w *slipFinder) numbers(t string, base int, pos diag.Pos) {
	told := map[string]bool{}
	for _, r := range w.unknown {
		told[r.ID] = true
	}
	places := diag.PlacesIn(w.file, w.src)
	from := 0 // where the next is looked for
	for _, m := range plan.Numbers(norm.NFC.String(t)) {
		if w.documents[m.Number] || told[m.Number] {
			continue
		}
		told[m.Number] = true
		at := pos
		if i := strings.Index(t[from:], m.Number); base >= 0 && i >= 0 {
			from += i
			at = places.At(base + from)
		} else {
			from = len(t) // the text is not composed: the others are as hard to find
		}
		w.unknown = append(w.unknown, Ref{m.Number, at})
	}
}

// placements drops what bears its tone by the newer rule where nothing on the page
// follows the older.
func (w *slipFinder) placements() {
	if w.old == "" {
		w.found = slices.DeleteFunc(w.found, func(p placed) bool { return p.rule == rulePlacement })
	}
}

// findings tells each slip once a page, at its first place, with the edits that
// mend it everywhere.
func (w *slipFinder) findings() []diag.Finding {
	type sort struct {
		rule  *diag.Rule
		wrong string
	}
	var order []sort
	groups := map[sort][]placed{}
	for _, p := range w.found {
		s := sort{p.rule, p.wrong}
		switch p.rule {
		case ruleDecomposed, ruleDoubleSpace:
			s.wrong = ""
		case ruleSpaceBefore:
			s.wrong = p.mark(w.src)
		}
		if groups[s] == nil {
			order = append(order, s)
		}
		groups[s] = append(groups[s], p)
	}
	var findings []diag.Finding
	for _, s := range order {
		findings = append(findings, w.finding(s.rule, s.wrong, groups[s]))
	}
	for i, r := range w.unknown {
		finding := ruleDocumentNumber.At(r.Pos, r.ID)
		if i < maxGuesses {
			finding = finding.Suggest(nearNumber(r.ID, w.documents))
		}
		findings = append(findings, finding)
	}
	return findings
}

// mark is the punctuation behind spaces.
func (p placed) mark(src []byte) string {
	if at := p.start + p.end - p.slip.start; p.start >= 0 && at < len(src) {
		return string(src[at : at+1])
	}
	return "…"
}

func (w *slipFinder) finding(rule *diag.Rule, wrong string, places []placed) diag.Finding {
	first := places[0]
	var f diag.Finding
	switch rule {
	case ruleDecomposed:
		f = rule.At(first.pos, len(places), norm.NFC.String(first.wrong))
	case ruleDoubleSpace, ruleSpaceBefore:
		f = rule.At(first.pos, len(places), wrong)
	case ruleLookalike:
		f = rule.At(first.pos, wrong, codes(wrong, first.right)).Suggest(first.right)
	case rulePlacement:
		f = rule.At(first.pos, wrong, norm.NFC.String(w.old)).Suggest(first.right)
	default:
		f = rule.At(first.pos, strings.Join(strings.Fields(wrong), " ")).Suggest(first.right)
	}
	var edits []diag.Edit
	for _, p := range places {
		if p.safe && p.start >= 0 {
			edits = append(edits, diag.Edit{Start: p.start, Old: p.wrong, New: p.right})
		}
	}
	return f.MendedBy(edits...)
}

// codes names the characters of a word that its right spelling does not have.
func codes(wrong, right string) string {
	var all []string
	for _, r := range wrong {
		if code := fmt.Sprintf("U+%04X", r); r > unicode.MaxASCII && !strings.ContainsRune(right, r) && !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return strings.Join(all, ", ")
}

// shortcodeSpan is a whole shortcode.
var shortcodeSpan = regexp.MustCompile(`(?s)\{\{[<%].*?[>%]\}\}`)

// prose returns a text of the length of a Markdown body that has the writer's own
// words and the ends of lines where they stand, and zero bytes for all else.
func prose(body []byte) string {
	p := proseReader{body: body, own: make([]byte, len(body)), shortcodes: shortcodeSpan.FindAllIndex(body, -1)}
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(markdown.Parse(body), p.visit)
	for i, c := range body {
		if c == '\n' {
			p.own[i] = c
		}
	}
	return string(p.own)
}

// others is what prose leaves out of a body.
func others(body []byte) []byte {
	var rest []byte
	for i, c := range []byte(prose(body)) {
		if c == 0 || c == '\n' {
			rest = append(rest, body[i])
		}
	}
	return rest
}

type proseReader struct {
	body, own  []byte
	shortcodes [][]int
	quoted     quotes
}

func (p *proseReader) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if n.Type() == ast.TypeBlock {
		p.quoted = quotes{}
	}
	switch n := n.(type) {
	case *ast.Blockquote, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock, *ast.CodeSpan, *ast.AutoLink, *ast.RawHTML:
		return ast.WalkSkipChildren, nil
	case *ast.Text:
		if entering {
			p.words(n)
		}
	}
	return ast.WalkContinue, nil
}

func (p *proseReader) words(n *ast.Text) {
	end := n.Segment.Stop
	for at := n.Segment.Start; at < end; {
		r, size := utf8.DecodeRune(p.body[at:end])
		if !p.inShortcode(at) && !p.quoted.take(r) {
			copy(p.own[at:], p.body[at:at+size])
		}
		at += size
	}
	// A name may go on in the next line of its paragraph, which may be indented.
	next, ok := n.NextSibling().(*ast.Text)
	if n.SoftLineBreak() && ok && p.quoted == (quotes{}) {
		for at := end; at < next.Segment.Start; at++ {
			p.own[at] = ' '
		}
	}
}

func (p *proseReader) inShortcode(at int) bool {
	// The first that ends behind the place is the only one that may hold it.
	i, _ := slices.BinarySearchFunc(p.shortcodes, at+1, func(s []int, end int) int { return s[1] - end })
	return i < len(p.shortcodes) && p.shortcodes[i][0] <= at
}

// unquoted puts zero bytes for what a value of front matter quotes.
func unquoted(s string) string {
	own := []byte(s)
	var q quotes
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if q.take(r) {
			clear(own[at : at+size])
		}
		at += size
	}
	return string(own)
}

// quotes tells what stands between quotation marks. A quotation without an end goes
// to the end of its paragraph.
type quotes struct {
	depth    int // of “…” and «…»
	straight bool
}

// take reads one character, and reports whether it is quoted or a mark itself.
func (q *quotes) take(r rune) bool {
	switch r {
	case '“', '„', '«':
		q.depth++
		return true
	case '”', '»':
		q.depth = max(0, q.depth-1)
		return true
	case '"':
		q.straight = !q.straight
		return true
	}
	return q.depth > 0 || q.straight
}

// letters are the folded letters and digits of a text.
func letters(s string) []rune { return []rune(strings.ReplaceAll(viet.Slug(s), "-", "")) }

// nearNumber returns the number of a document that was probably meant: one with the
// same digits and letters, or all but one. Others are likely to be documents too.
func nearNumber(number string, known map[string]bool) string {
	if len(number) > maxNumber {
		return ""
	}
	wanted := letters(number)
	best, least := "", 2
	for k := range known {
		if len(k)-len(number) > 4 || len(number)-len(k) > 4 {
			continue
		}
		if d := viet.Distance(wanted, letters(k)); d < least || d == least && k < best {
			best, least = k, d
		}
	}
	return best
}
