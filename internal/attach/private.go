package attach

import (
	"regexp"
	"strings"

	"lienhiep/internal/viet"
)

var (
	// cardNumber matches the twelve digits of an identity card, which begin with the
	// number of a province; people group them in threes or fours.
	cardNumber = regexp.MustCompile(`(?:^|[^\d./+-])(0(?:0[1-9]|[1-8]\d|9[0-6])[ .]?\d(?:[ .]?\d){8})(?:$|[^\d/])`)
	// oldCard matches the nine digits of the cards before.
	oldCard = regexp.MustCompile(`(?:^|[^\d./+-])([0-3]\d{8})(?:$|[^\d/])`)
	// spoiltCard matches what a spreadsheet that takes a card's number for a quantity leaves
	// of it: no nought in front, perhaps a power of ten behind.
	spoiltCard = regexp.MustCompile(`(?:^|[^\d./+-])((?:[1-8]\d|9[0-6])\d{9}|[1-9]\.\d{5,10}E\+?10)(?:$|[^\d/])`)
	// groupedCard matches the twelve digits parted by hyphens.
	groupedCard = regexp.MustCompile(`(?:^|[^\d./+-])(0(?:0[1-9]|[1-8]\d|9[0-6])-\d{3}-\d{3}-\d{3}|0(?:0[1-9]|[1-8]\d|9[0-6])\d-\d{4}-\d{4})(?:$|[^\d/-])`)
	// telephone matches numbers as they are dialled in Việt Nam.
	telephone = regexp.MustCompile(`(?:^|[^\d/.])((?:\+\s?84|0)(?:[ .\-]?\d){9,10})(?:$|[^\d/])`)
)

// cardWords are what a text calls an identity card. Nine digits, and other forms of a
// number, are one where it speaks of cards: elsewhere they may be anything.
var cardWords = regexp.MustCompile(`(?i)\b(?:cmnd|cmt|cccd|chung minh (?:nhan dan|thu)|can cuoc|dinh danh ca nhan|giay to tuy than)\b`)

// IdentityNumbers returns the distinct identity card numbers in a text, as written there.
func IdentityNumbers(text string) []string {
	numbers := matches(cardNumber, text)
	var others []string
	for _, form := range []*regexp.Regexp{oldCard, groupedCard, spoiltCard} {
		others = append(others, matches(form, text)...)
	}
	if len(others) > 0 && cardWords.MatchString(viet.Fold(text)) {
		numbers = append(numbers, others...)
	}
	return numbers
}

// Telephones returns the distinct telephone numbers in a text.
func Telephones(text string) []string { return matches(telephone, text) }

func matches(pattern *regexp.Regexp, text string) []string {
	var all []string
	seen := map[string]bool{}
	for at := 0; at < len(text); {
		m := pattern.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		number := text[at+m[2] : at+m[3]]
		at += m[3] // what ends one number may begin another
		if key := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(number); !seen[key] {
			seen[key] = true
			all = append(all, number)
		}
	}
	return all
}
