package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences parts a text at the ends of its sentences. Put together with a space between
// them, they are the text, whose white space is joined. A full stop behind a number, a
// numeral, an initial or an abbreviation ends none: "II. Nhiệm vụ", "PGS.TS. Trần Văn Mẫu".
func Sentences(text string) []string {
	words := strings.Fields(text)
	var all []string
	from := 0
	for i, w := range words {
		if i+1 < len(words) && endsSentence(w) && beginsSentence(words[i+1]) {
			all = append(all, strings.Join(words[from:i+1], " "))
			from = i + 1
		}
	}
	if from < len(words) {
		all = append(all, strings.Join(words[from:], " "))
	}
	return all
}

// endsSentence reports whether a sentence can end with a word.
func endsSentence(w string) bool {
	w = strings.TrimRight(w, `”"’)»`)
	last, size := utf8.DecodeLastRuneInString(w)
	if last == '?' || last == '!' || last == '…' {
		return true
	}
	if last != '.' {
		return false
	}
	bare := strings.TrimLeft(w[:len(w)-size], `“"‘(«`)
	if strings.HasSuffix(bare, "./") || strings.HasSuffix(bare, "v.v") {
		return true // ./. ends a document
	}
	if bare == "" || utf8.RuneCountInString(bare) == 1 || Roman(bare) > 0 || strings.Trim(bare, "0123456789") == "" && len(bare) < 4 {
		return false
	}
	parts := strings.Split(bare, ".")
	_, known := inFull(parts[len(parts)-1])
	return !known
}

// beginsSentence reports whether a sentence can begin with a word.
func beginsSentence(w string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `“"‘(«-–`))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// Breaths parts a text that is to be read aloud behind its commas and semicolons, into
// pieces of at most so many letters where that is possible: some voices stop in the middle
// of a longer one.
func Breaths(text string, most int) []string {
	var all []string
	from, last, letters := 0, 0, 0 // of the piece; where it can end; its length
	for i, r := range text {
		if letters++; r == ' ' && i > 0 && strings.IndexByte(",;:.", text[i-1]) >= 0 {
			if letters > most && last > from {
				all = append(all, strings.TrimSpace(text[from:last]))
				letters = utf8.RuneCountInString(text[last:i])
				from = last
			}
			last = i
		}
	}
	if letters > most && last > from {
		all = append(all, strings.TrimSpace(text[from:last]))
		from = last
	}
	if rest := strings.TrimSpace(text[from:]); rest != "" {
		all = append(all, rest)
	}
	return all
}
