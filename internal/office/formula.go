package office

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Formulas are written on one line with the characters that Unicode has: x², 1/2, √x,
// (a + b)/c. Where that could be read as something else, a place to fill stands instead:
// a wrong number is worse than none.

// vulgar are the fractions that have a character of their own, which no digit before it
// changes: 3½.
var vulgar = map[string]string{"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗", "4/5": "⅘", "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞"}

// formula writes m:oMath, or something in it; sure is false where characters alone do not
// tell what it says.
func formula(n *node) (text string, sure bool) {
	if n == nil {
		return "", true
	}
	switch n.name {
	case "m:t":
		return tidy(string(n.text)), true
	case "m:f":
		num, ok := formula(n.child("m:num"))
		den, ok2 := formula(n.child("m:den"))
		return fraction(num, den), ok && ok2 && n.child("m:fPr").child("m:type").attr("m:val") != "noBar"
	case "m:sSup", "m:sSub", "m:sSubSup":
		base, sure := formula(n.child("m:e"))
		base = bracketed(base)
		for _, part := range []struct {
			name  string
			write func(string) string
		}{{"m:sub", lower}, {"m:sup", raise}} {
			if k := n.child(part.name); k != nil {
				text, ok := formula(k)
				base, sure = base+part.write(text), sure && ok
			}
		}
		return base, sure
	case "m:rad":
		deg, _ := formula(n.child("m:deg"))
		text, sure := formula(n.child("m:e"))
		sign, known := map[string]string{"": "√", "2": "√", "3": "∛", "4": "∜"}[strings.TrimSpace(deg)]
		return sign + bracketed(text), sure && known
	case "m:d":
		return delimited(n)
	case "m:func":
		name, ok := formula(n.child("m:fName"))
		text, ok2 := formula(n.child("m:e"))
		return strings.TrimSpace(name) + " " + bracketed(text), ok && ok2
	case "m:nary":
		return sum(n)
	case "m:limLow", "m:limUpp", "m:acc", "m:bar", "m:m", "m:eqArr", "m:sPre", "m:phant", "m:groupChr":
		return n.allText(), false
	}
	if ignored(n.name) || n.name == "m:ctrlPr" || strings.HasPrefix(n.name, "w:del") {
		return "", true
	}
	sure = n.name == "m:oMath" || n.name == "m:oMathPara" || len(n.text) == 0 || strings.TrimSpace(string(n.text)) == ""
	var parts []string
	for _, k := range n.kids {
		part, ok := formula(k)
		if len(parts) > 0 && startsWithDigit(part) && k.name == "m:f" && endsWithDigit(parts[len(parts)-1]) {
			parts = append(parts, " ") // 3 7/9 is no 37/9
		}
		if part != "" {
			parts = append(parts, part)
		}
		sure = sure && ok
	}
	return strings.Join(parts, ""), sure
}

// fraction writes a fraction on one line.
func fraction(num, den string) string {
	num, den = strings.TrimSpace(num), strings.TrimSpace(den)
	if v := vulgar[num+"/"+den]; v != "" {
		return v
	}
	return bracketed(num) + "/" + bracketed(den)
}

// bracketed puts brackets around what is more than one number or word.
func bracketed(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && r != ',' && r != '.'
	}) {
		return s
	}
	if strings.HasPrefix(s, "(") && strings.Index(s, ")") == len(s)-1 {
		return s
	}
	return "(" + s + ")"
}

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return '0' <= r && r <= '9'
}

func endsWithDigit(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return '0' <= r && r <= '9'
}

// delimited writes what stands in brackets, which may be others than round ones.
func delimited(n *node) (string, bool) {
	pr := n.child("m:dPr")
	sign := func(name, usual string) string {
		if c := pr.child(name); c != nil {
			return c.attr("m:val")
		}
		return usual
	}
	var parts []string
	sure := true
	for _, k := range n.kids {
		if k.name == "m:e" {
			text, ok := formula(k)
			parts, sure = append(parts, text), sure && ok
		}
	}
	return sign("m:begChr", "(") + strings.Join(parts, sign("m:sepChr", "|")) + sign("m:endChr", ")"), sure
}

// sum writes a sum, a product or an integral with its limits.
func sum(n *node) (string, bool) {
	sign := "∫"
	if c := n.child("m:naryPr").child("m:chr"); c != nil {
		sign = c.attr("m:val")
	}
	text, sure := formula(n.child("m:e"))
	for _, part := range []struct {
		name  string
		write func(string) string
	}{{"m:sub", lower}, {"m:sup", raise}} {
		limit, ok := formula(n.child(part.name))
		if limit != "" {
			sign += part.write(limit)
		}
		sure = sure && ok
	}
	return sign + " " + text, sure
}

// fieldFormula writes the field EQ, by which old documents draw fractions and roots.
func fieldFormula(instruction string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(instruction), "EQ ")
	rest = strings.TrimSpace(rest)
	if !ok || len(rest) < 4 || rest[0] != '\\' {
		return "", false
	}
	open := strings.IndexByte(rest, '(')
	if open < 0 || rest[len(rest)-1] != ')' || strings.ContainsAny(rest[open+1:len(rest)-1], `\()`) {
		return "", false
	}
	args := strings.FieldsFunc(rest[open+1:len(rest)-1], func(r rune) bool { return r == ',' || r == ';' })
	switch command := strings.ToLower(strings.TrimSpace(rest[:open])); {
	case command == `\f` && len(args) == 2:
		return fraction(args[0], args[1]), true
	case command == `\r` && len(args) == 1:
		return "√" + bracketed(args[0]), true
	}
	return "", false
}
