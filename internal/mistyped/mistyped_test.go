package mistyped

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lienhiep/internal/diag"
	"lienhiep/internal/growth"
	"lienhiep/internal/markdown"
)

var update = flag.Bool("update", false, "write what is found into the test cases")

var kindNames = map[Kind]string{Picture: "picture", Link: "link", Heading: "heading", Emphasis: "emphasis", Asterisk: "asterisk", Unmeant: "unmeant", List: "list", Lines: "lines",
	Table: "table", Code: "code", Signs: "signs", Note: "note", Lost: "lost"}

// mend makes the edits of the slips that are sure, or of all.
func mend(body []byte, slips []Slip, all bool) []byte {
	var edits []diag.Edit
	for _, s := range slips {
		if s.Sure || all {
			for _, e := range s.Edits {
				edits = append(edits, diag.Edit(e))
			}
		}
	}
	mended, _ := diag.Mend(body, edits)
	return mended
}

// report is what a case wants: a line for each slip, then the text as it is mended.
func report(body []byte) string {
	slips := Find(body)
	var b strings.Builder
	for _, s := range slips {
		sure := "perhaps"
		if s.Sure {
			sure = "sure"
		}
		fmt.Fprintf(&b, "%d %s, %s: %s → %s\n", 1+bytes.Count(body[:s.Start], []byte("\n")), kindNames[s.Kind], sure, s.Wrong, s.Right)
	}
	if mended := mend(body, slips, false); !bytes.Equal(mended, body) {
		fmt.Fprintf(&b, "---\n%s", mended)
	}
	return b.String()
}

// TestSlips reads each text of testdata/slips.txtar and compares what is found with the
// file that follows it.
func TestSlips(t *testing.T) {
	const file = "testdata/slips.txtar"
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out txtar.Archive
	out.Comment = ar.Comment
	for i, f := range ar.Files {
		if strings.HasSuffix(f.Name, " =") {
			continue
		}
		body := bytes.TrimSuffix(f.Data, []byte("\n"))
		got := report(body)
		if !strings.HasSuffix(got, "\n") {
			got += "\n"
		}
		out.Files = append(out.Files, f, txtar.File{Name: f.Name + " =", Data: []byte(got)})
		if *update {
			continue
		}
		if i+1 == len(ar.Files) || string(ar.Files[i+1].Data) != got {
			t.Errorf("%s: found\n%s", f.Name, got)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(&out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryKindHasACase wants each kind of slip found in some case.
func TestEveryKindHasACase(t *testing.T) {
	text, err := os.ReadFile("testdata/slips.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range Kinds() {
		if kindNames[k] == "" || !bytes.Contains(text, []byte(" "+kindNames[k]+", ")) {
			t.Errorf("no case of kind %d (%s)", k, kindNames[k])
		}
	}
}

// TestMendedTextsHoldNoSlip mends what is found, also what is not sure, and reads again.
func TestMendedTextsHoldNoSlip(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/slips.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range ar.Files {
		if strings.HasSuffix(f.Name, " =") {
			continue
		}
		body := f.Data
		for range 4 {
			body = mend(body, Find(body), true)
		}
		for _, s := range Find(body) {
			if len(s.Edits) > 0 {
				t.Errorf("%s: mended to\n%s\nwhich has %s: %s → %s", f.Name, body, kindNames[s.Kind], s.Wrong, s.Right)
			}
		}
	}
}

// TestOrdinaryTextsHoldNone reads what people write and mean as it stands.
func TestOrdinaryTextsHoldNone(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/ordinary.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range ar.Files {
		if got := Find(f.Data); len(got) > 0 {
			t.Errorf("%s:\n%s", f.Name, report(f.Data))
		}
	}
}

// TestTheSiteHoldsNone reads all that the site publishes, and the desk's help.
func TestTheSiteHoldsNone(t *testing.T) {
	files, err := filepath.Glob("../../content/*/*/*.md")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	more, err := filepath.Glob("../../content/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	help, err := filepath.Glob("../edit/help/*.md")
	if err != nil || len(help) < 20 {
		t.Fatal(len(help), err)
	}
	for _, file := range slices.Concat(files, more, help) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		body := text
		if front, rest, found := bytes.Cut(text, []byte("\n---\n")); found && bytes.HasPrefix(front, []byte("---\n")) {
			body = rest
		}
		if len(Find(body)) > 0 {
			t.Errorf("%s:\n%s", file, report(body))
		}
	}
}

// TestThePrefilterHasNoFalseNegatives compares it with what is found.
func TestThePrefilterHasNoFalseNegatives(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/slips.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range ar.Files {
		if !strings.HasSuffix(f.Name, " =") && !mayHold(f.Data) {
			t.Errorf("%s is let pass", f.Name)
		}
	}
}

// The catalogue tries other texts; those that keep the parser itself busy it does not
// have read.
func TestTextsAreReadInLinearTime(t *testing.T) {
	for _, line := range []string{"**a ** b ", "-a\n", "•a\n", "1.a\n", "[a] (/b/) ", "![a](b c.jpg) ", "|a|b|\n", "|a|b|\n\n", "a\tb\n", "    á\n\n", `a\nb `, "[^a] ", "[^a]: b\n\n", "A: b\nC: d\n", "&nbsp ", "5*3*2 ", "##a\n\n"} {
		t.Run(line, func(t *testing.T) {
			growth.Repeated(t, line, 256<<10, func(s string) { Find([]byte(s)) })
		})
	}
}

// FuzzFind wants edits to stand where they say, and what is sure to drop no word.
func FuzzFind(f *testing.F) {
	ar, err := txtar.ParseFile("testdata/slips.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, one := range ar.Files {
		f.Add(one.Data)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 4<<10 {
			return
		}
		slips := Find(body)
		for _, s := range slips {
			if s.Start < 0 || s.Start > len(body) {
				t.Fatalf("%+v", s)
			}
			for _, e := range s.Edits {
				if e.Start < 0 || e.Start+len(e.Old) > len(body) || string(body[e.Start:e.Start+len(e.Old)]) != e.Old {
					t.Fatalf("%+v", e)
				}
			}
		}
		mended := mend(body, slips, false)
		_ = markdown.Parse(mended)
	})
}
