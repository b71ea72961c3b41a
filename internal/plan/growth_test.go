package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"lienhiep/internal/growth"
	"lienhiep/internal/plan"
)

// readAll parses a text, and writes what it holds.
func readAll(src string) {
	if d, _ := plan.Parse("f", []byte(src)); d != nil {
		plan.Format(d)
		d.Designations()
		for _, text := range d.Preamble {
			d.Mentions(text)
		}
	}
	plan.Numbers(src)
}

// Whatever lines a document is made of, four times as many take four times as long.
func TestDocumentsAreReadInLinearTime(t *testing.T) {
	lines := append([]string{
		"I. A\n1. B\na) C\n- D\n+ E\n", "1.1.1.1.1.1.1.1. A\n", "- A\n+ B\n", "Chương I\nA\nĐiều 1. B\n1. C\n", "số 1-KH/TU ngày 1/2/2021 của A; ", "15-KH/TU, ", "1-", "1/", "(", "“", "A", "a ", "\u0300", "\n", " ", "\t", "_", "-",
		"a\tb\n", "a\tb\n\n", "1\ta\tb\nc\n\n", "| a | b |\n", "“1. A\n", "“1. A.\n\n2. B.”.\n\n", "a “b\n", "\"Điều 1\n", "1. A: “B\n2. C”;\n", "(1) A\n", "* A\n", "o A\n",
		"PHỤ LỤC I\nKèm theo\n", "PHỤ LỤC\n(Ban hành kèm theo)\nA\n1. B\n", "QUY CHẾ\nA\n(Kèm theo B)\n1. C\n", "|", "Nơi nhận:\n- A;\n", "T/M A\n", "…", "./.\n", "Căn cứ Luật số 1/2021/QH15;\n", "khoản 1 Điều 2 Luật ", "µ¸\n", "1", "I", "IVX", "a)b)c)",
	}, fragments...)
	for _, line := range lines {
		t.Run(fmt.Sprintf("%q", line), func(t *testing.T) {
			growth.Linear(t, 4<<10, 1<<20, func(n int) string { return strings.Repeat(line, n/len(line)+1) }, func(s string) { readAll(small(s)) })
		})
	}
	// Half of the lines open something, and the others close it.
	for _, pair := range [][2]string{{"a “b\n", "c” d\n"}, {"“A.\n", "B”.\n"}, {"\n\na\n", "a\tb\n"}} {
		t.Run(fmt.Sprintf("%q", pair), func(t *testing.T) {
			growth.Linear(t, 4<<10, 1<<20, func(n int) string {
				return strings.Repeat(pair[0], n/2/len(pair[0])) + strings.Repeat(pair[1], n/2/len(pair[1]))
			}, func(s string) { readAll(small(s)) })
		})
	}
	// What one line begins goes on over all others.
	for _, begun := range [][2]string{
		{"Nơi nhận:\n- A\n", "b\n"}, {"Nơi nhận:\n- A\n", "- b\n"}, {"Nơi nhận:\n- A\n", "-----\nb\n"}, {"T/M BAN THƯỜNG VỤ\n", "B\n"}, {"T/M BAN THƯỜNG VỤ\n", "(Đã ký)\nB\n"},
		{"T/M BAN THƯỜNG VỤ\n", "-----\nb\n"}, {"", "T/M BAN THƯỜNG VỤ\nBÍ THƯ\n"}, {"PHỤ LỤC\n(Kèm theo\n", "b\n"}, {"PHỤ LỤC\n", "A\n"}, {"PHỤ LỤC\nA\n", "B\n-----\n"},
	} {
		t.Run(fmt.Sprintf("%q", begun), func(t *testing.T) {
			growth.Linear(t, 4<<10, 1<<20, growth.Behind(begun[0], begun[1]), func(s string) { readAll(small(s)) })
		})
	}
	for _, begun := range [][2]string{{"Kính gửi:\n", "b\n"}, {"Kính gửi:\n", "- b\n"}, {"V/v A\n", "b\n"}, {"TỈNH ỦY MẪU\n", "B\n"}} {
		t.Run(fmt.Sprintf("%q above", begun), func(t *testing.T) {
			growth.Linear(t, 4<<10, 1<<20, growth.Behind(begun[0], begun[1]), readAll)
			growth.Linear(t, 4<<10, 1<<20, growth.Behind(begun[0], begun[1]), func(s string) { readAll(s + small("a")) })
		})
	}
	for _, format := range []string{"%d. A\n", "Điều %d. A\n1. B\n", "- Chỉ thị số %d-CT/TW;\n"} {
		t.Run(format, func(t *testing.T) {
			growth.Linear(t, 4<<10, 1<<20, func(n int) string {
				var b strings.Builder
				for i := 1; b.Len() < n; i++ {
					fmt.Fprintf(&b, format, i)
				}
				return b.String()
			}, func(s string) { readAll(small(s)) })
		})
	}
}

func FuzzLinearTime(f *testing.F) {
	f.Add("1. A\n- B\n", true)
	f.Add("Số 1-KH/TU ", false)
	f.Fuzz(func(t *testing.T, text string, framed bool) {
		growth.Repeated(t, text[:min(len(text), 1<<10)], 1<<18, func(s string) {
			if framed {
				s = small(s)
			}
			readAll(s)
		})
	})
}
