package plan_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"lienhiep/internal/plan"
)

// large is a document of n sections' items and dashes: the real plan's sentences,
// about n provisions, wrapped as a page is.
func large(n int) []byte {
	const sentence = "Tiếp tục quán triệt, tuyên truyền, triển khai thực hiện có hiệu quả Chỉ thị số\n42-CT/TW, Kết luận số 93-KL/TW, góp phần tạo chuyển biến rõ nét về khoa học\n- công nghệ trong các cấp, các ngành.\n"
	var b strings.Builder
	for i := range n / 10 {
		fmt.Fprintf(&b, "%d. %s", i%999+1, sentence)
		for range 9 {
			b.WriteString("- " + sentence)
		}
		if i%999 == 998 {
			fmt.Fprintf(&b, "%s. PHẦN\n", [...]string{"II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"}[i/999])
		}
	}
	return []byte(small("I. PHẦN\n" + strings.TrimSuffix(b.String(), ".\n")))
}

func BenchmarkParse(b *testing.B) {
	for _, bm := range []struct {
		name string
		src  []byte
	}{
		{"15-kh-tu", read(b, realFile)},
		{"1000", large(1000)},
		{"10000", large(10_000)},
		{"50000", large(50_000)},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.SetBytes(int64(len(bm.src)))
			b.ReportAllocs()
			for b.Loop() {
				if d, findings := plan.Parse("f", bm.src); d == nil {
					b.Fatal(findings[0].Message("en"))
				}
			}
		})
	}
}

func BenchmarkFormat(b *testing.B) {
	d, _ := plan.Parse("f", large(10_000))
	for b.Loop() {
		plan.Format(d)
	}
}

func BenchmarkJSON(b *testing.B) {
	d, _ := plan.Parse("f", large(10_000))
	for b.Loop() {
		if _, err := json.Marshal(d); err != nil {
			b.Fatal(err)
		}
	}
}
