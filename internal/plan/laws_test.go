package plan_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/needs"
	"lienhiep/internal/plan"
	"lienhiep/internal/verbatim"
)

// leastRead is how many laws of a hundred are read; the others are refused.
const leastRead = 98

// countedByHand are the laws whose lines cannot be counted one by one.
var countedByHand = map[string]counts{
	// “quy phạm bằng cụm từ “quy chuẩn kỹ thuật” has lost a mark.
	"Luat-dien-luc-sua-doi-2012-24-2012-QH13-152717": {articles: 3, clauses: 31},
	// The tariff quoted in Điều 2.7 is never closed; Điều 3 stands behind it.
	"Luat-sua-doi-cac-Luat-ve-thue-2014-259208": {articles: 6, clauses: 30},
	// "01. Đất đai, dân số" to "20. …" head groups of rows in the annex's table.
	"Luat-thong-ke-2015-298370": {chapters: 9, subchapters: 3, articles: 72, clauses: 227},
}

// otherIDs are the laws whose trees were wrong before rows and quotations were known.
var otherIDs = map[string]string{
	"Luat-so-66-2020-QH14-Bien-phong-Viet-Nam-2020-439845":                                                    "Điều 35 quotes three clauses",
	"Luat-sua-doi-Luat-Dat-dai-Luat-Nha-o-Luat-Kinh-doanh-bat-dong-san-Luat-Cac-to-chuc-tin-dung-2024-612195": "Điều 1.3 quotes two points",
	"Luat-thong-ke-2015-298370":                          "the annex has become a document of its own",
	"Luat-thue-thu-nhap-ca-nhan-2007-04-2007-QH12-59652": "Điều 23.2 is a table",
}

// TestLaws reads the laws beside the checkout, longer and of other kinds than plans.
// Those that are read lose no character, have as many provisions of each kind as their
// lines say, and are the same tree when they are written and read again.
func TestLaws(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Laws)
	files, err := filepath.Glob(filepath.Join(needs.Laws.Path(t), "Luat-*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no laws", err)
	}
	accepted, lost, checked := 0, 0, 0
	known := lastingIDs(t)
	size, spent := 0, time.Duration(0)
	for _, file := range files {
		src := read(t, file)
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		began := time.Now()
		d, findings := plan.Parse(file, src)
		size, spent = size+len(src), spent+time.Since(began)
		if d == nil {
			t.Logf("refused  %s: %d findings, the first %s on line %d", name, len(findings), findings[0].Code, findings[0].Pos.Line)
			continue
		}
		accepted++
		state := "read"
		if _, err := verbatim.Compare(string(src), d.Content()); err != nil {
			lost++
			state = "lost"
			t.Errorf("%s: %v", name, err)
		}
		t.Logf("%-8s %s: %d findings", state, name, len(findings))
		want, byHand := countedByHand[name]
		if !byHand {
			want = countLines(string(src))
		}
		if got := countTree(d); got != want {
			t.Errorf("%s: %+v in the tree, %+v in the lines", name, got, want)
		}
		if file := filepath.Join("testdata", "laws", name+".outline"); exists(file) {
			goldenOutline(t, file, d)
			checked++
		}
		if hash, known := known[name]; known && otherIDs[name] == "" && hash != fmt.Sprintf("%x", sha256.Sum256([]byte(ids(d)))) {
			t.Errorf("%s: a provision has another ID", name)
		}
		again, _ := plan.Parse(file, []byte(plan.Format(d)))
		if again == nil || tree(t, again) != tree(t, d) {
			t.Errorf("%s: written and read again it is another", name)
		}
	}
	t.Logf("%d read, %d refused, %d lost, %d compared with an outline; %.1f MB/s", accepted, len(files)-accepted, lost, checked, float64(size)/1e6/spent.Seconds())
	if accepted*100 < leastRead*len(files) {
		t.Errorf("%d of %d laws are read, fewer than %d %%", accepted, len(files), leastRead)
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// lastingIDs are hashes of the IDs that the laws' provisions have had since they were
// first read, by the laws' names.
func lastingIDs(t *testing.T) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(string(read(t, "testdata/laws/ids.tsv"))) {
		fields := strings.Fields(line)
		all[fields[0]] = fields[2]
	}
	return all
}
