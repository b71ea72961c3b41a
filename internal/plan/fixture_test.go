package plan_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fixtures are invented documents of each form, and the real one.
func fixtures(t testing.TB) map[string][]byte {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	all := map[string][]byte{"15-kh-tu": read(t, realFile)}
	for _, f := range files {
		all[strings.TrimSuffix(filepath.Base(f), ".txt")] = read(t, f)
	}
	return all
}

func marshal(t testing.TB, d *plan.Document) string {
	t.Helper()
	b, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + "\n"
}

func TestGolden(t *testing.T) {
	for name, src := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			got := marshal(t, parse(t, src))
			file := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			equal(t, "document", got, string(read(t, file)))
		})
	}
}

// outline is a document in a compact form, for comparing by eye: a line for each block,
// provision, paragraph and row, with the beginning of its words.
func outline(d *plan.Document) string {
	var b strings.Builder
	particulars := []string{d.ID, d.Type, d.Number, d.Whose, d.Issuer, d.Place, d.Date, d.Signature.Authority, d.Signature.Position, d.Signature.Name}
	fmt.Fprintf(&b, "%s\n", strings.Trim(strings.Join(particulars, " | "), " |"))
	fmt.Fprintf(&b, "%s\n", d.Title)
	for _, block := range d.Head {
		fmt.Fprintf(&b, "%s: %s\n", block.Role, beginning(block.Text))
	}
	for _, s := range d.Preamble {
		fmt.Fprintf(&b, "preamble: %s\n", beginning(s))
	}
	outlineProvisions(&b, d.Provisions, "")
	for _, block := range d.Tail {
		fmt.Fprintf(&b, "%s: %s\n", block.Role, beginning(block.Text))
	}
	for _, a := range d.Attachments {
		b.WriteString("\n" + outline(a))
	}
	return b.String()
}

func outlineProvisions(b *strings.Builder, ps []*plan.Provision, indent string) {
	for _, p := range ps {
		name := p.ID
		if name == "" {
			name = "“" + string(p.Kind)
		}
		fmt.Fprintf(b, "%s%s: %s\n", indent, name, beginning(strings.TrimSpace(p.Label+" "+p.Text)))
		for _, passage := range p.Paragraphs {
			if passage.Text != "" {
				fmt.Fprintf(b, "%s  ¶ %s\n", indent, beginning(passage.Text))
			}
			for _, row := range passage.Table {
				fmt.Fprintf(b, "%s  | %s\n", indent, beginning(strings.Join(row, " | ")))
			}
			outlineProvisions(b, passage.Quoted, indent+"  ")
		}
		outlineProvisions(b, p.Children, indent+"  ")
	}
}

// beginning cuts a text short.
func beginning(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// goldenOutline compares a document with the outline in a file.
func goldenOutline(t *testing.T, file string, d *plan.Document) {
	t.Helper()
	got := outline(d)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, file, got, string(read(t, file)))
}

// TestCases reads small documents, each of a form that real ones have.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src := read(t, file)
			d, findings := plan.Parse(file, src)
			if d == nil {
				t.Fatalf("refused: %v", findings[0].Message(diag.English))
			}
			goldenOutline(t, strings.TrimSuffix(file, ".txt")+".outline", d)
			var codes []string
			for _, f := range findings {
				codes = append(codes, fmt.Sprintf("%s:%d", f.Code, f.Pos.Line))
			}
			if want := caseCitations[filepath.Base(file)]; want != "" {
				equal(t, "citations", citations(d), want)
			}
			equal(t, "findings", strings.Join(codes, " "), caseFindings[filepath.Base(file)])
			sameTree(t, d, []byte(plan.Format(d)))
		})
	}
}

// caseFindings are what is told of the cases.
var caseFindings = map[string]string{
	"misnumbered-in-original.txt": "plan-repeat:17 plan-gap:18",
	"look-alike-label.txt":        "plan-look-alike:17",
}

// caseCitations are the documents that a case cites.
var caseCitations = map[string]string{
	"issuer-of-citation.txt": `847/UBND-VX|Công văn|UBND tỉnh Mẫu|2011-03-22|preamble
2928/LĐTBXH-BVCSTE|Công văn|Bộ Lao động, Thương binh và Xã hội|2014-08-12|preamble
132/2020/QH14|Nghị quyết|Quốc hội|2020-11-17|preamble
3236/TTr-SNN|Tờ trình|Sở Nông nghiệp|2024-11-12|preamble`,
}
