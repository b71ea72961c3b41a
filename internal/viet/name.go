package viet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Name is a person's name in parts: "Cố GS.TSKH. TRẦN VĂN MẪU (1950–2020)" has the
// courtesy "Cố", the honorifics "GS" and "TSKH", the bare name "Trần Văn Mẫu" and the
// remark "1950–2020". ParseName(n.String()) is n.
type Name struct {
	Courtesy   []string // forms of address: "Ông", "Đ/c", "Cố"
	Honorifics []string // degrees, titles, ranks and honours, without dots, in the order written
	Bare       string   // the name alone: NFC, single spaces, "Trần Văn Mẫu" for "TRẦN VĂN MẪU"
	Remark     string   // what stood in brackets, or behind the name and was no honorific
}

// ParseName splits a name into its parts. Honorifics may stand before the name, after it
// or in brackets, with or without dots and spaces. At least two syllables are left for
// the name: "Anh Thơ" and "TS. Mẫu" are not split. No letter is lost. It takes linear
// time.
func ParseName(text string) Name {
	text, remarks := cutBrackets(withoutRowNumber(cleanName(text)))
	var n Name
	text = n.takeLeading(trimName(withoutRowNumber(text)))
	text, tails := cutTails(lifeDash.ReplaceAllString(text, "$1–$2"))
	text, years := cutYears(text)
	tails = append(years, tails...)
	text = n.takeTrailing(text)
	whole := syllablesLeft(text, tokensOf(text))[0] > 1
	var kept []string
	for i, r := range append(tails, remarks...) {
		if honorifics, ok := onlyHonorifics(r, i < len(tails)); ok && whole {
			n.Honorifics = append(n.Honorifics, honorifics...)
		} else if r = trimName(r); r != "" {
			kept = append(kept, r)
		}
	}
	n.Bare, n.Remark = usualCase(trimName(text)), strings.Join(kept, "; ")
	return n
}

// String returns the name with everything that belongs to it: "Ông GS.TSKH. Trần
// Văn Mẫu (1950–2020)".
func (n Name) String() string {
	var b strings.Builder
	for _, c := range n.Courtesy {
		b.WriteString(c + " ")
	}
	for i, h := range n.Honorifics {
		b.WriteString(h)
		if isAbbreviation(h) {
			b.WriteByte('.')
			if i+1 < len(n.Honorifics) && isAbbreviation(n.Honorifics[i+1]) {
				continue
			}
		}
		b.WriteByte(' ')
	}
	b.WriteString(n.Bare)
	if n.Remark != "" {
		b.WriteString(" (" + n.Remark + ")")
	}
	return b.String()
}

// Degree returns the honorifics as one text: "GS.TSKH", "PGS.TS, Nhà giáo Ưu tú".
func (n Name) Degree() string {
	var b strings.Builder
	for i, h := range n.Honorifics {
		switch {
		case i == 0:
		case isAbbreviation(n.Honorifics[i-1]) && isAbbreviation(h):
			b.WriteByte('.')
		default:
			b.WriteString(", ")
		}
		b.WriteString(h)
	}
	return b.String()
}

// Given returns the name by which Vietnamese people are called and sorted: the last
// word of the bare name.
func (n Name) Given() string {
	return n.Bare[strings.LastIndexByte(n.Bare, ' ')+1:]
}

// Family returns the first word of the bare name, or "" where it has only one.
func (n Name) Family() string {
	family, _, found := strings.Cut(n.Bare, " ")
	if !found {
		return ""
	}
	return family
}

// SortKey returns a string that sorts people as a Vietnamese list does: by given
// name, then by bare name, both in Vietnamese order. An empty given stands for
// n.Given(); a name whose given part is not its last word states it.
func (n Name) SortKey(given string) string {
	if given == "" {
		given = n.Given()
	}
	// Two zero bytes sort before any continuation of a longer given name.
	return string(sortKey(given)) + "\x00\x00" + string(sortKey(n.Bare))
}

// Key returns the folded syllables of the bare name, "tran van mau", which is the same
// for all spellings of a name (without diacritics, in capitals, y or i). A leading Ông,
// which is both a family name and a form of address, is left out.
func (n Name) Key() string {
	units := n.units()
	keys := make([]string, len(units))
	for i, u := range units {
		keys[i] = u.key
	}
	return strings.Join(keys, " ")
}

// Same reports whether two bare names are spellings of one name: their keys are equal,
// and so are their diacritics, unless one is written without any.
func (n Name) Same(other Name) bool {
	a, b := n.units(), other.units()
	if len(a) == 0 || !slices.EqualFunc(a, b, func(x, y unit) bool { return x.key == y.key }) {
		return false
	}
	return unmarked(a) || unmarked(b) || slices.Equal(a, b)
}

func (n Name) units() []unit {
	units := unitsOf(n.Bare)
	if len(units) > 2 && units[0].key == "ong" {
		return units[1:]
	}
	return units
}

var (
	lifespan  = regexp.MustCompile(`^(?:(?:sinh|sn)(?: nam)?:? ?)?([12]\d{3})(?: ?[-–—] ?([12]\d{3})?)?$`)
	deathYear = regexp.MustCompile(`^(?:da )?(?:mat|qua doi|tu tran)(?: nam)?(?: ([12]\d{3}))?$`)
)

// Years returns the years of birth and death given in the remark, 0 if missing:
// "1950–2020", "sinh năm 1950", "mất 2020".
func (n Name) Years() (born, died int) {
	for _, part := range n.remarks() {
		if m := lifespan.FindStringSubmatch(part); m != nil {
			born, _ = strconv.Atoi(m[1])
			died, _ = strconv.Atoi(m[2])
		} else if m := deathYear.FindStringSubmatch(part); m != nil && m[1] != "" {
			died, _ = strconv.Atoi(m[1])
		}
	}
	return born, died
}

// Distinction returns the part of the remark that distinguishes people of the same name,
// folded: "bac si" for "Trần Văn Mẫu (bác sĩ)". Years, and that somebody has died, do
// not count.
func (n Name) Distinction() string {
	return strings.Join(slices.DeleteFunc(n.remarks(), func(part string) bool {
		return lifespan.MatchString(part) || deathYear.MatchString(part)
	}), "; ")
}

// remarks returns the parts of the remark, folded.
func (n Name) remarks() []string {
	var parts []string
	for part := range strings.FieldsFuncSeq(n.Remark, func(r rune) bool { return r == ';' || r == ',' }) {
		if part = strings.Join(strings.Fields(Fold(part)), " "); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// aliases introduce another name of the same person in a remark, folded.
var aliases = []string{"but danh", "bi danh", "nghe danh", "phap danh", "ten that", "ten khai sinh", "tuc"}

// Aliases returns the other names that the remark gives, bare: "Hải Âu" of "Trần Văn Mẫu
// (bút danh Hải Âu)". Names of one syllable are none that anybody could be known by.
func (n Name) Aliases() []string {
	var all []string
	for part := range strings.FieldsFuncSeq(n.Remark, func(r rune) bool { return r == ';' || r == ',' }) {
		tokens := tokensOf(part)
		for _, label := range aliases {
			words := len(strings.Fields(label))
			if len(tokens) < words+2 || strings.Join(strings.Fields(Fold(part[tokens[0].start:tokens[words-1].end])), " ") != label {
				continue
			}
			all = append(all, ParseName(part[tokens[words].start:]).Bare)
		}
	}
	return all
}

// cleanName returns text composed, on one line, with single spaces, Latin letters for
// those that only look Latin, and without what cannot be seen.
func cleanName(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case Invisible(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return spaced(latinWords(norm.NFC.String(text)))
}

// latinWords returns text with its words as [Latin] reads them.
func latinWords(text string) string {
	var b strings.Builder
	end := 0
	for _, t := range runs(text) {
		word, _ := Latin(text[t[0]:t[1]])
		b.WriteString(text[end:t[0]] + word)
		end = t[1]
	}
	return norm.NFC.String(b.String() + text[end:])
}

// runs returns where the runs of letters and digits begin and end.
func runs(text string) [][2]int {
	var all [][2]int
	start := -1
	for i, r := range text {
		if inside := inWord(r); inside && start < 0 {
			start = i
		} else if !inside && start >= 0 {
			all = append(all, [2]int{start, i})
			start = -1
		}
	}
	if start >= 0 {
		all = append(all, [2]int{start, len(text)})
	}
	return all
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

const openBrackets, closeBrackets = "([{（［", ")]}）］"

// cutBrackets parts what stands in brackets from the rest. Where nothing stands
// outside of them, they are only taken away.
func cutBrackets(text string) (rest string, remarks []string) {
	var outside, inside strings.Builder
	depth, named := 0, false
	for _, r := range text {
		switch {
		case strings.ContainsRune(openBrackets, r):
			depth++
			inside.WriteByte(' ')
		case strings.ContainsRune(closeBrackets, r):
			if depth = max(depth-1, 0); depth == 0 {
				remarks = append(remarks, inside.String())
				inside.Reset()
			}
			outside.WriteByte(' ')
		case depth > 0:
			inside.WriteRune(r)
		default:
			named = named || unicode.IsLetter(r)
			outside.WriteRune(r)
		}
	}
	if !named {
		return spaced(strings.Map(func(r rune) rune {
			if strings.ContainsRune(openBrackets+closeBrackets, r) {
				return ' '
			}
			return r
		}, text)), nil
	}
	return spaced(outside.String()), append(remarks, inside.String())
}

func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// trimName takes away what stands around a name and is no letter or digit.
func trimName(s string) string {
	return spaced(strings.TrimFunc(s, func(r rune) bool { return !inWord(r) }))
}

// tailMark is what parts a name from what is said behind it.
var tailMark = regexp.MustCompile(`[,;]| [-–—] `)

// cutTails parts the name from what stands behind it after a comma or a dash.
func cutTails(text string) (name string, tails []string) {
	at := tailMark.FindStringIndex(text)
	if at == nil || syllablesLeft(text, tokensOf(text))[0] < 2 {
		return text, nil
	}
	return text[:at[0]], tailMark.Split(text[at[1]:], -1)
}

// rowNumber is that of a row or of an item of a list, written before the name.
var rowNumber = regexp.MustCompile(`^[^\pL\pM\pN]*(?:[0-9]{1,4}[.):/-]+ ?)+`)

func withoutRowNumber(text string) string {
	name := rowNumber.ReplaceAllString(text, "")
	if first, _ := utf8.DecodeRuneInString(trimName(name)); unicode.IsLetter(first) {
		return name
	}
	return text
}

// lifeDash is the dash between the years of a life, which parts nothing.
var lifeDash = regexp.MustCompile(`\b([12][0-9]{3}) [-–—] ([12][0-9]{3})\b`)

// yearsBehind are those of a life, written behind the name without brackets.
var yearsBehind = regexp.MustCompile(`(?i) (?:(?:sinh|sn)(?: n[ăa]m)?:? ?)?[12]\d{3}(?: ?[-–—] ?(?:[12]\d{3})?)?$`)

// cutYears parts them from the name.
func cutYears(text string) (name string, years []string) {
	at := yearsBehind.FindStringIndex(text)
	if at == nil || syllablesLeft(text[:at[0]], tokensOf(text[:at[0]]))[0] < 2 {
		return text, nil
	}
	return text[:at[0]], []string{text[at[0]:]}
}

// usualCase gives words in capitals one capital each, and so words without any where
// the whole name has none: K'BRÊU becomes K'Brêu. A word without a vowel is taken for
// an abbreviation, and stays; so does a name that would be read as another: the capital
// of к, which is Cyrillic, looks like K.
func usualCase(name string) string {
	lower := !strings.ContainsFunc(name, unicode.IsUpper)
	runes := []rune(name)
	for start := 0; start < len(runes); {
		end := start
		for end < len(runes) && (unicode.IsLetter(runes[end]) || unicode.Is(unicode.M, runes[end])) {
			end++
		}
		word := runes[start:end]
		if lower || isShouted(word) {
			for i, r := range word {
				if word[i] = unicode.ToLower(r); i == 0 {
					word[i] = unicode.ToUpper(r)
				}
			}
		}
		start = end + 1
	}
	usual := norm.NFC.String(string(runes))
	if latinWords(usual) != usual {
		return name
	}
	return usual
}

// isShouted reports whether a word is one of several letters, all of them capitals,
// that can be spoken.
func isShouted(word []rune) bool {
	letters, vowel := 0, false
	for _, r := range word {
		if unicode.Is(unicode.M, r) {
			continue
		}
		if !unicode.IsUpper(r) {
			return false
		}
		letters++
		vowel = vowel || strings.Contains("aeiouy", Fold(string(r)))
	}
	return letters > 1 && vowel
}
