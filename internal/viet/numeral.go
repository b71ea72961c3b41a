package viet

import (
	"strings"
)

// digitWords are the digits in words.
var digitWords = [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// Cardinal returns the words of a number that is written in digits alone: "2021" is "hai
// nghìn không trăm hai mươi mốt". A number of more than fifteen digits, or one that begins
// with a zero as telephone numbers do, is read digit by digit; "05" is five, as in days.
func Cardinal(digits string) string {
	if len(digits) == 2 && digits[0] == '0' && digits[1] != '0' {
		digits = digits[1:]
	}
	if len(digits) > 15 || len(digits) > 1 && digits[0] == '0' {
		return spelledDigits(digits)
	}
	scales := [...]string{"", "nghìn", "triệu", "tỷ", "nghìn tỷ"}
	var words []string
	for rest, first := digits, true; rest != ""; first = false {
		n := (len(rest)-1)%3 + 1
		scale := (len(rest) - 1) / 3
		group := rest[:n]
		rest = rest[n:]
		if strings.Trim(group, "0") == "" && !(first && rest == "") {
			continue
		}
		words = append(words, hundreds(group, first))
		if scales[scale] != "" {
			words = append(words, scales[scale])
		}
	}
	return strings.Join(words, " ")
}

// hundreds are the words of up to three digits; behind others, those in front of them that
// are zero are said too.
func hundreds(digits string, first bool) string {
	d := [3]int{}
	for i := range len(digits) {
		d[3-len(digits)+i] = int(digits[i] - '0')
	}
	hundred, ten, one := d[0], d[1], d[2]
	var words []string
	if hundred > 0 || !first {
		words = append(words, digitWords[hundred], "trăm")
	}
	switch {
	case ten == 0 && one == 0 && len(words) > 0:
		return strings.Join(words, " ")
	case ten == 0 && len(words) > 0:
		words = append(words, "linh")
	case ten == 1:
		words = append(words, "mười")
	case ten > 1:
		words = append(words, digitWords[ten], "mươi")
	}
	switch {
	case one == 0 && ten > 0:
	case one == 1 && ten > 1:
		words = append(words, "mốt")
	case one == 4 && ten > 1:
		words = append(words, "tư")
	case one == 5 && ten > 0:
		words = append(words, "lăm")
	default:
		words = append(words, digitWords[one])
	}
	return strings.Join(words, " ")
}

func spelledDigits(digits string) string {
	var words []string
	for i := range len(digits) {
		words = append(words, digitWords[digits[i]-'0'])
	}
	return strings.Join(words, " ")
}

// Roman returns the value of a Roman numeral as it is properly written, from 1 to 399, or 0.
func Roman(s string) int {
	if len(s) > len("CCCLXXXVIII") {
		return 0
	}
	value := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	n := 0
	for i := range len(s) {
		v := value[s[i]]
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && v < value[s[i+1]] {
			v = -v
		}
		n += v
	}
	if n < 1 || roman(n) != s {
		return 0
	}
	return n
}

// roman is the numeral of a value.
func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}
