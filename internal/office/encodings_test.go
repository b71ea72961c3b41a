package office_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/office"
	"lienhiep/internal/viet"
)

const sample = "Số: 1/KH-UBND\nCăn cứ Nghị quyết của Hội đồng nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành kế hoạch phát triển tủ sách như sau:\n1. Mở lớp đọc sách.\n"

// inBytes writes a text in an encoding of single bytes, by its own table backwards.
func inBytes(e viet.Encoding, text string) []byte {
	bytes := map[rune]byte{}
	for c := 0xFF; c > 0x7F; c-- {
		if s, ok := e.Decode(string(rune(c))); ok && s != string(rune(c)) {
			r := []rune(s)
			bytes[r[0]] = byte(c)
		}
	}
	var b []byte
	for _, r := range text {
		if c, ok := bytes[r]; ok {
			b = append(b, c)
		} else {
			b = append(b, byte(r))
		}
	}
	return b
}

// TestPlainTextInEveryEncoding reads what Windows and the typists of the nineties wrote.
func TestPlainTextInEveryEncoding(t *testing.T) {
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) []byte {
		b, err := unicode.UTF16(order, mark).NewEncoder().Bytes([]byte(sample))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	// Windows-1258 has the tones apart; TCVN3 and VPS have no capital Ủ, Ố of their own.
	plain := strings.ReplaceAll(strings.ReplaceAll(sample, "Ủy", "uỷ"), "Số", "sè")
	plain = strings.ReplaceAll(plain, "sè", "số")
	for _, test := range []struct {
		name, want string
		data       []byte
		told       bool
	}{
		{"UTF-8", sample, []byte(sample), false},
		{"UTF-8 with its mark", sample, []byte("\ufeff" + sample), false},
		{"UTF-16", sample, utf16(unicode.LittleEndian, unicode.UseBOM), false},
		{"UTF-16, the other way", sample, utf16(unicode.BigEndian, unicode.UseBOM), false},
		{"UTF-16 without its mark", sample, utf16(unicode.LittleEndian, unicode.IgnoreBOM), false},
		{"UTF-16 without its mark, the other way", sample, utf16(unicode.BigEndian, unicode.IgnoreBOM), false},
		{"TCVN3", plain, inBytes(viet.TCVN3, plain), true},
		{"VPS", plain, inBytes(viet.VPS, plain), true},
		{"Windows-1258", sample, windows1258(t, sample), true},
	} {
		text, findings := office.PlainText("a.txt", test.data)
		if text != test.want {
			t.Errorf("%s: %q", test.name, text)
		}
		if told := len(findings) > 0; told != test.told || diag.HasErrors(findings) {
			t.Errorf("%s: told %v", test.name, findings)
		}
	}
}

// windows1258 writes letters with their circumflex, breve or horn as one byte, and tones
// behind them.
func windows1258(t *testing.T, text string) []byte {
	var b []byte
	for _, r := range text {
		d := norm.NFD.String(string(r))
		tone := ""
		letter := strings.Map(func(r rune) rune {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r) {
				tone = string(r)
				return -1
			}
			return r
		}, d)
		one, err := charmap.Windows1258.NewEncoder().Bytes([]byte(norm.NFC.String(letter) + tone))
		if err != nil {
			t.Fatal(err)
		}
		b = append(b, one...)
	}
	return b
}
