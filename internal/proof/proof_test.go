package proof

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

const wordingFile = "content/tin-tuc/a/index.md"

var wordingNames = &fstest.MapFile{Data: []byte("names = [\"Liên hiệp các Hội Khoa học và Kỹ thuật\", \"Ủy ban nhân dân tỉnh\"]\n")}

var options = catalog.Options{Now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), Zone: time.UTC, BaseURL: "https://lienhiep.example/"}

// suggested is what is found in a site.
func suggested(t testing.TB, site fstest.MapFS) []diag.Finding {
	t.Helper()
	c, _, err := catalog.Load(site, options)
	if err != nil {
		t.Fatal(err)
	}
	return Check(site, c)
}

var update = flag.Bool("update", false, "write what is found into the test cases")

// TestFindings checks each small site of testdata against its file "want": place, rule,
// and what is said in Vietnamese. In neither language a message may want what it is not
// given, and each rule has a case.
func TestFindings(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	planText, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]bool{}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		site := fstest.MapFS{ // with the real plan, whose citations are known
			"content/ke-hoach/15-kh-tu/_index.md":   {Data: []byte("---\ntitle: Kế hoạch\n---\n")},
			"content/ke-hoach/15-kh-tu/van-ban.txt": {Data: planText},
		}
		for _, f := range ar.Files {
			site[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		findings := suggested(t, site)
		diag.Sort(findings)
		var got strings.Builder
		for _, f := range findings {
			met[f.Code] = true
			if s := f.Message(diag.Vietnamese) + f.Hint(diag.Vietnamese) + f.Message(diag.English) + f.Hint(diag.English); strings.Contains(s, "%!") {
				t.Errorf("%s: %s", f.Code, s)
			}
			fmt.Fprintf(&got, "%s: %s %s: %s\n\t%s\n", f.Pos, f.Severity, f.Code, f.Message(diag.Vietnamese), f.Hint(diag.Vietnamese))
		}
		want := &ar.Files[slices.IndexFunc(ar.Files, func(f txtar.File) bool { return f.Name == "want" })]
		if *update {
			want.Data = []byte(got.String())
			if err := os.WriteFile(file, txtar.Format(ar), 0o666); err != nil {
				t.Fatal(err)
			}
		} else if got.String() != string(want.Data) {
			t.Errorf("%s: found:\n%s\nwant:\n%s", file, &got, want.Data)
		}
	}
	for _, r := range []*diag.Rule{ruleDecomposed, ruleLookalike, ruleDoubleSpace, ruleSpaceBefore, rulePlacement, ruleNameCapitals, ruleNameMarks, ruleDocumentNumber} {
		if !met[r.Code] {
			t.Errorf("no case finds %s", r.Code)
		}
	}
}

// What parsers would be busy with for long, and what is no longer what it was, is
// passed over.
func TestTextsThatCannotBeReadArePassedOver(t *testing.T) {
	slips := article("title: A  B\ndescription: C", "a  b\n")
	site := fstest.MapFS{wordingFile: {Data: slips}}
	c, _, err := catalog.Load(site, options)
	if err != nil {
		t.Fatal(err)
	}
	if found := Check(site, c); len(found) != 1 {
		t.Fatalf("found %v", found)
	}
	for name, other := range map[string]fstest.MapFS{"gone": {}, "emptied": {wordingFile: {}}, "no longer a file": {wordingFile: {Mode: fs.ModeNamedPipe}}} {
		if found := Check(other, c); len(found) > 0 {
			t.Errorf("%s: found %v", name, found)
		}
	}
	intricate := fstest.MapFS{wordingFile: {Data: append(slips, strings.Repeat("> ", 30)...)}}
	if found := suggested(t, intricate); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}

// mend makes the edits that are found in an article until none is left.
func mend(t *testing.T, src []byte) []byte {
	t.Helper()
	for range 5 {
		site := fstest.MapFS{wordingFile: {Data: src}, catalog.NamesFile: wordingNames}
		var edits []diag.Edit
		for _, f := range suggested(t, site) {
			edits = append(edits, f.Edits...)
		}
		mended, made := diag.Mend(src, edits)
		if len(made) != len(edits) {
			t.Fatalf("of %v only %v were made in %q", edits, made, src)
		}
		if len(made) == 0 {
			return src
		}
		src = mended
	}
	t.Fatalf("there is always something left to mend: %q", src)
	return nil
}

func article(front, body string) []byte {
	return []byte("---\n" + front + "\ndate: 2024-01-02\nsources: [{title: Nguồn, url: https://example.org/}]\n---\n" + body)
}

func TestWhatIsSafeIsMended(t *testing.T) {
	for _, c := range []struct{ before, after string }{
		{"hòa uỷ ban, Uỷ viên, bà Thuý", "hòa ủy ban, Uỷ viên, bà Thuý"},
		{"hòa Uỷ ban nhân dân\ntỉnh", "hòa Ủy ban nhân dân\ntỉnh"},
		{"hoà bình, uỷ ban", "hoà bình, uỷ ban"},
		{"một  hai ,  ba .", "một hai, ba."},
		{"cuối dòng  \nxuống , dòng\t\r\nthẳng", "cuối dòng  \nxuống, dòng\t\r\nthẳng"},
		{"Ðảng vộі", "Đảng vội"},
		{"chu\u031b\u0303 và tha\u0302\u0301y", "chữ và thấy"},
		{"ho\u0301a và hoa\u0300", "hóa và hòa"},
		{"> hòa uỷ  ban , Ð\n\nhòa", "> hòa uỷ  ban , Ð\n\nhòa"},
		{"hòa “uỷ  ban” `uỷ` [uỷ  ban](/uỷ/)", "hòa “uỷ  ban” `uỷ` [ủy ban](/uỷ/)"},
		{"hòa “uỷ  ban không đóng , ngoặc", "hòa “uỷ  ban không đóng , ngoặc"},
		{"1  .\n2 . a", "1 .\n2 . a"},
		{"a\\ , b và 3 , 4", "a\\ , b và 3, 4"},
		{"\r\nhòa\r\n\r\n- uỷ  ban\r\n", "\r\nhòa\r\n\r\n- ủy ban\r\n"},
		{"| a  b  | c   |\n|---|:--:|\n| hòa | uỷ |", "| a b  | c   |\n|---|:--:|\n| hòa | ủy |"},
		{"hòa httр://a.b <а> &аmp; uỷ", "hòa httр://a.b <а> &аmp; ủy"},
		{"Lien hiep cac hoi khoa hoc va ky thuat", "Lien hiep cac hoi khoa hoc va ky thuat"},
	} {
		for _, bom := range []string{"", "\uFEFF"} {
			before, after := article("title: T\ndescription: D", c.before), article("title: T\ndescription: D", c.after)
			if got := mend(t, append([]byte(bom), before...)); string(got) != bom+string(after) {
				t.Errorf("%q becomes %q", c.before, got)
			}
		}
	}
}

func TestFrontMatterIsMendedWhereItStandsAsWritten(t *testing.T) {
	for _, c := range []struct{ before, after string }{
		{`title: "Một  hai , hòa"` + "\ndescription: uỷ  ban # uỷ  ban", `title: "Một hai, hòa"` + "\ndescription: ủy ban # uỷ  ban"},
		{`title: 'hòa uỷ'` + "\ndescription: a", `title: 'hòa ủy'` + "\ndescription: a"},
		{`title: "Một\u0020 hai"` + "\ndescription: a", `title: "Một\u0020 hai"` + "\ndescription: a"},
		{"title: T\ndescription: >\n  hòa\n  uỷ  ban", "title: T\ndescription: >\n  hòa\n  uỷ  ban"},
	} {
		if got := mend(t, article(c.before, "")); !bytes.Equal(got, article(c.after, "")) {
			t.Errorf("%q becomes %q", c.before, got)
		}
	}
}

// Mending changes what it says and nothing else, once.
func FuzzMend(f *testing.F) {
	for _, s := range []string{
		"hòa uỷ  ban , Ð “uỷ  ban”\n> uỷ  ban\n", "1 . a\n- b  c\n\t- d ,\n", "| a  b |\n|--|\n| ủy uỷ |", "chu\u031b\u0303 Hộі\r\n`a  b`", "# x  y\n\n```\na  b\n```\n",
		"[a  b](c  d) ![e  f](g) {{< dieu-khoan \"a  b\" >}}", "*a  b* , **c** .", "x\n1 . y\n", "httр://a.b", "liên hiệp các\nhội khoa học và kỹ thuật", "Uy ban nhan dan tinh, hoà òa", "\"a  b\" c  d",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) || len(body) > 4000 {
			return
		}
		names := indexNames([]string{"Liên hiệp các Hội Khoa học và Kỹ thuật", "Ủy ban nhân dân tỉnh"})
		w := checker{scanner: scanner{names: names}}
		if !w.mayHaveSlips(body) {
			w.scan(prose([]byte(body)))
			if len(w.slips) > 0 || len(w.newer) > 0 && w.old != "" {
				t.Errorf("%q passes without suspicion, but has %v, %v", body, w.slips, w.newer)
			}
		}
		before := article("title: T\ndescription: hòa", body)
		after := mend(t, before)
		if !utf8.Valid(after) {
			t.Fatalf("%q is no longer UTF-8: %q", before, after)
		}
		if again := mend(t, after); !bytes.Equal(again, after) {
			t.Errorf("%q was mended to %q and then to %q", before, after, again)
		}
		// What is not the writer's own words stays, byte for byte and in its order.
		_, mended, _ := strings.Cut(string(after), "---\n")
		_, mended, _ = strings.Cut(mended, "---\n")
		if was, is := others([]byte(body)), others([]byte(mended)); !bytes.Equal(was, is) {
			t.Errorf("%q became %q\nwhat is not prose was\n%q and is\n%q", body, mended, was, is)
		}
	})
}
