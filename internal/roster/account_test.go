package roster

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/diag"
	"lienhiep/internal/office"
)

// TestEveryCellOfAPersonIsAccountedFor gives people any of the columns, and wants each cell
// in an entry, with somebody who waits, or named.
func TestEveryCellOfAPersonIsAccountedFor(t *testing.T) {
	read := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 16))
		n := 0
		word := func() string {
			n++
			return fmt.Sprintf("từ%dx", n)
		}
		var columns []office.Column
		var heads []string
		for _, c := range Columns() {
			if c.Key == colName || c.Key == colBasis || c.Key != colID && r.IntN(3) > 0 {
				columns = append(columns, c)
				heads = append(heads, c.Names[r.IntN(len(c.Names))])
			}
		}
		lines := []string{strings.Join(heads, " | ")}
		var all []string
		for i := range 5 {
			var cells []string
			for _, c := range columns {
				text := ""
				switch {
				case c.Key == colName:
					text = fmt.Sprintf("Trần Văn Mẫu%c", 'A'+i)
				case c.Key == colBasis:
					text = []string{"", "đồng ý", "công khai", "chưa"}[r.IntN(4)]
				case r.IntN(4) == 0:
				case c.Type == office.DateColumn:
					text = fmt.Sprintf("%d/1/%d", 1+r.IntN(28), 1930+n)
					n++
					all = append(all, fmt.Sprint(1930+n-1))
				case c.Type == office.AddressColumn:
					text = "https://example.org/" + word()
				default:
					text = word()
					if r.IntN(3) == 0 {
						text += "; " + word()
					}
				}
				if strings.Contains(text, "từ") {
					for _, part := range strings.Split(text, "; ") {
						all = append(all, part[strings.Index(part, "từ"):])
					}
				}
				cells = append(cells, text)
			}
			lines = append(lines, strings.Join(cells, " | "))
		}
		plan, findings, err := Read("ds.xlsx", tableOf(t, lines...), fstest.MapFS{}, Options{Today: "2026-11-28"})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range findings {
			got += f.Message(diag.Vietnamese) + "\n"
		}
		if plan == nil {
			if !diag.HasErrors(findings) {
				t.Fatalf("seed %d: refused without a word", seed)
			}
			continue
		}
		read++
		for _, s := range plan.Steps {
			for name, data := range s.Files {
				if name != formFile && name != RecordFile {
					got += s.Name + "\n" + string(data)
				}
			}
		}
		for _, w := range all {
			if !strings.Contains(strings.ToLower(got), w) {
				t.Fatalf("seed %d: nothing is said of %q\n%s\n%s", seed, w, strings.Join(lines, "\n"), got)
			}
		}
	}
	if read < 30 {
		t.Errorf("only %d of 60 tables were read", read)
	}
}
