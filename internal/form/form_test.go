package form

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"lienhiep/internal/diag"
	"lienhiep/internal/needs"
	"lienhiep/internal/plan"
)

var update = flag.Bool("update", false, "write the golden files anew")

// documents are the real plan and the invented ones of each form.
func documents(t testing.TB) map[string]*plan.Document {
	t.Helper()
	files, err := filepath.Glob("../plan/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	all := map[string]*plan.Document{}
	for _, f := range append(files, "../../content/ke-hoach/15-kh-tu/van-ban.txt") {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(f), ".txt")
		if name == "van-ban" {
			name = "15-kh-tu"
		}
		all[name] = parse(t, src)
	}
	return all
}

func parse(t testing.TB, src []byte) *plan.Document {
	t.Helper()
	d, findings := plan.Parse("f.txt", src)
	if d == nil {
		t.Fatalf("%s\n%s", findings[0].Message(diag.English), src)
	}
	return d
}

func edition(name string, d *plan.Document) *Edition {
	return &Edition{
		Document: d, Name: name, Date: d.Date, URL: "https://lienhiep.example/ke-hoach/" + name + "/", Schema: "https://lienhiep.example/luoc-do/" + SchemaName,
		Library: func(number string) string {
			if number == "52-CT/TU" {
				return "https://lienhiep.example/van-ban/52-ct-tu/"
			}
			return ""
		},
		Progress: map[string]Progress{
			"1":   {Status: "Đang làm", Deeds: 2},
			"1-a": {Status: "Đã xong", Lead: []string{"Cơ quan một", "Cơ quan hai"}, With: []string{"Cơ quan ba"}, Due: "2023-12-31", Period: "Hằng năm", Deeds: 2},
			"2":   {Status: "Chưa có báo cáo"},
		},
	}
}

func files(t testing.TB, e *Edition) map[string][]byte {
	t.Helper()
	all, err := Files(e)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryFormCarriesTheDocumentsWords(t *testing.T) {
	for name, d := range documents(t) {
		all := files(t, edition(name, d))
		if len(all) != len(Forms) {
			t.Errorf("%s: %d files for %d forms", name, len(all), len(Forms))
		}
		for _, form := range Forms {
			if form.Words == nil {
				continue
			}
			words, err := form.Words(all[name+"."+form.Ext])
			if err != nil || words != d.Content() {
				t.Errorf("%s.%s: %v\n got %s\nwant %s", name, form.Ext, err, words, d.Content())
			}
		}
	}
}

func TestTheSameEditionGivesTheSameBytes(t *testing.T) {
	d := documents(t)["15-kh-tu"]
	first, again := files(t, edition("15-kh-tu", d)), files(t, edition("15-kh-tu", d))
	for file, data := range first {
		if !bytes.Equal(data, again[file]) {
			t.Errorf("%s differs", file)
		}
	}
}

func TestEveryFormSaysWhereItComesFrom(t *testing.T) {
	d := documents(t)["15-kh-tu"]
	for file, data := range files(t, edition("15-kh-tu", d)) {
		if ext := filepath.Ext(file); ext == ".pdf" || ext == ".docx" {
			continue // packed; their own tests look
		}
		for _, want := range []string{"15-KH/TU", "2021-04-05|ngày 05/4/2021", "Ban Thường vụ Tỉnh ủy Bình Thuận", "https://lienhiep.example/ke-hoach/15-kh-tu/", "đúng nguyên văn"} {
			if !regexp.MustCompile(want).Match(data) {
				t.Errorf("%s does not say %s", file, want)
			}
		}
	}
}

// TestGoldenForms shows what the forms look like.
func TestGoldenForms(t *testing.T) {
	const name = "chi-thi-tinh-uy"
	for file, data := range files(t, edition(name, documents(t)[name])) {
		if ext := filepath.Ext(file); ext == ".pdf" || ext == ".docx" {
			continue
		}
		golden := filepath.Join("testdata", file)
		if *update {
			if err := os.WriteFile(golden, data, 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, want) {
			t.Errorf("%s differs; see what changed with -update and git diff", golden)
		}
	}
}

// tree is what two readings of a document agree in: all but the line numbers.
func tree(t testing.TB, d *plan.Document) string {
	t.Helper()
	var strip func(ps []*plan.Provision)
	strip = func(ps []*plan.Provision) {
		for _, p := range ps {
			p.Line = 0
			for _, passage := range p.Paragraphs {
				strip(passage.Quoted)
			}
			strip(p.Children)
		}
	}
	strip(d.Roots())
	b, err := d.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func sameTree(t testing.TB, what string, got, want *plan.Document) {
	t.Helper()
	if a, b := tree(t, got), tree(t, want); a != b {
		t.Errorf("%s: another tree\n got %s\nwant %s", what, a, b)
	}
}

func TestPlainTextIsReadAsTheSameTree(t *testing.T) {
	for name, d := range documents(t) {
		text, _, _ := bytes.Cut(files(t, edition(name, d))[name+".txt"], []byte(endOfText))
		sameTree(t, name, parse(t, text), d)
	}
}

func TestAkomaNtosoIsReadAsTheSameTree(t *testing.T) {
	for name, d := range documents(t) {
		sameTree(t, name, parse(t, []byte(aknText(t, files(t, edition(name, d))[name+".xml"]))), d)
	}
}

// aknText sets an Akoma Ntoso document as text: a line for each block, a
// provision's number in front of its first.
func aknText(t testing.TB, data []byte) string {
	t.Helper()
	var b strings.Builder
	dec := xml.NewDecoder(bytes.NewReader(data))
	num, in := "", ""
	cell := false
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			switch name := tok.Name.Local; name {
			case "meta":
				if err := dec.Skip(); err != nil {
					t.Fatal(err)
				}
			case "num":
				if num != "" { // the one above has no words of its own
					b.WriteString(num + "\n")
				}
				num, in = "", name
			case "td":
				cell = true
			case "p", "heading":
				if num != "" {
					sep := " "
					if name == "heading" && strings.HasPrefix(num, "Ch") { // a chapter's name stands below its number
						sep = "\n"
					}
					b.WriteString(num + sep)
				}
				num, in = "", name
			case "tr":
				b.WriteString("| ")
			}
		case xml.EndElement:
			if name := tok.Name.Local; name == "td" {
				cell = false
				b.WriteString(" | ")
			} else if name == "tr" {
				b.WriteByte('\n')
			}
			if name := tok.Name.Local; name == in && name != "num" && !cell {
				b.WriteByte('\n')
			}
			if tok.Name.Local == in {
				in = ""
			}
		case xml.CharData:
			if in == "num" {
				num += string(tok)
			} else if in != "" {
				b.Write(tok)
			}
		}
	}
}

func TestAkomaNtosoIDs(t *testing.T) {
	for name, d := range documents(t) {
		data := files(t, edition(name, d))[name+".xml"]
		ids := map[string]string{} // GUID's anchor → eId
		seen := map[string]bool{}
		dec := xml.NewDecoder(bytes.NewReader(data))
		for tok, err := dec.Token(); err == nil; tok, err = dec.Token() {
			start, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			values := map[string]string{}
			for _, a := range start.Attr {
				values[a.Name.Local] = a.Value
			}
			if id := values["eId"]; id != "" {
				if seen[id] {
					t.Errorf("%s: eId %s twice", name, id)
				}
				seen[id] = true
			}
			if guid := values["GUID"]; guid != "" {
				_, anchor, _ := strings.Cut(guid, "#")
				ids[anchor] = values["eId"]
			}
		}
		d.Walk(func(p, _ *plan.Provision) {
			if ids[p.ID] == "" {
				t.Errorf("%s: nothing for %s", name, p.ID)
			}
		})
		for id, want := range map[string]map[string]string{
			"15-kh-tu":        {"ii": "sec_ii", "ii-1-2": "sec_ii__para_1__indent_2"},
			"quyet-dinh-ubnd": {"dieu-2-2-b": "art_2__para_2__point_b", "chuong-i": "chp_i"},
			"chi-thi-tinh-uy": {"1-a-2-1": "para_1__point_a__indent_2__al_1"},
		}[name] {
			if ids[id] != want {
				t.Errorf("%s: %s has eId %s, want %s", name, id, ids[id], want)
			}
		}
	}
}

func TestAkomaNtosoRefersToWhatTheTextNames(t *testing.T) {
	data := string(files(t, edition("15-kh-tu", documents(t)["15-kh-tu"]))["15-kh-tu.xml"])
	for _, want := range []string{
		`href="/akn/vn/doc/ket-luan/ban-bi-thu-trung-uong-dang/2020-11-20/93-kl-tw">Kết luận số 93-KL/TW</ref>`,
		`href="https://lienhiep.example/van-ban/52-ct-tu/">Chỉ thị số 52-CT/TU</ref>`, // undated, so without a name as a work
		`<FRBRuri value="/akn/vn/doc/ke-hoach/ban-thuong-vu-tinh-uy-binh-thuan/2021-04-05/15-kh-tu"/>`,
	} {
		if !strings.Contains(data, want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestAkomaNtosoHasWhatReadersRelyOn looks for what a reader relies on first.
func TestAkomaNtosoHasWhatReadersRelyOn(t *testing.T) {
	for name, d := range documents(t) {
		data := files(t, edition(name, d))[name+".xml"]
		var akn struct {
			XMLName xml.Name `xml:"http://docs.oasis-open.org/legaldocml/ns/akn/3.0 akomaNtoso"`
			Doc     struct {
				Name string `xml:"name,attr"`
				Meta struct {
					Work struct {
						Country struct {
							Value string `xml:"value,attr"`
						} `xml:"FRBRcountry"`
					} `xml:"identification>FRBRWork"`
				} `xml:"meta"`
				Body struct {
					Any []struct {
						ID  string `xml:"eId,attr"`
						Num string `xml:"num"`
					} `xml:",any"`
				} `xml:"mainBody"`
			} `xml:"doc"`
		}
		if err := xml.Unmarshal(data, &akn); err != nil {
			t.Fatal(name, err)
		}
		if akn.Doc.Name == "" || akn.Doc.Meta.Work.Country.Value != "vn" || len(akn.Doc.Body.Any) != len(d.Provisions) || akn.Doc.Body.Any[0].Num != d.Provisions[0].Label {
			t.Errorf("%s: %+v", name, akn)
		}
	}
}

func TestAkomaNtosoIsValid(t *testing.T) {
	needs.Ask(t, needs.Xmllint, needs.Schemas)
	validAkomaNtoso(t, documents(t))
}

// validAkomaNtoso has xmllint check the documents against OASIS's schema, which is not
// part of this repository.
func validAkomaNtoso(t *testing.T, all map[string]*plan.Document) {
	t.Helper()
	dir := t.TempDir()
	args := []string{"--nonet", "--noout", "--schema", filepath.Join(needs.Schemas.Path(t), "akomantoso30.xsd")}
	for name, d := range all {
		data, err := writeXML(edition(name, d))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".xml")
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if out, err := exec.Command(needs.Xmllint.Path(t), args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%.4000s", err, out)
	}
}

func TestJSONKeepsToItsSchema(t *testing.T) {
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(SchemaName, parsed); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(SchemaName)
	if err != nil {
		t.Fatal(err)
	}
	validate := func(data []byte) error {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	for name, d := range documents(t) {
		data := files(t, edition(name, d))[name+".json"]
		if err := validate(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, break1 := range [][2]string{{`"version": 1`, `"version": 2`}, {`"kind": "`, `"kind": "x`}, {`"children"`, `"childs"`}, {`"role": "`, `"role": "x`}} {
			if validate(bytes.Replace(data, []byte(break1[0]), []byte(break1[1]), 1)) == nil {
				t.Errorf("%s: %s is not seen", name, break1[1])
			}
		}
	}
}

// FuzzForms holds every document that can be read to what every form promises.
func FuzzForms(f *testing.F) {
	for _, d := range documents(f) {
		f.Add([]byte(plan.Format(d)))
	}
	f.Add([]byte("Số 1-KH/TU\nMẫu, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\n# <b>_*`[x](y)\n-----\nNhư & sau: ~~a~~ |b| \\*\n1. =1+1 \"c\",\n- ![d](e)\n2) & ]]>\nNơi nhận:\n- Như trên.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		d, _ := plan.Parse("f", src)
		if d == nil {
			return
		}
		for _, form := range Forms {
			if form.Words == nil {
				continue
			}
			data, err := form.write(edition("x", d))
			if err != nil {
				t.Fatal(form.Ext, err)
			}
			words, err := form.Words(data)
			if err != nil || words != d.Content() {
				t.Errorf("%s: %v\n got %q\nwant %q", form.Ext, err, words, d.Content())
			}
		}
	})
}

// FuzzPDF sets any document on pages, whatever its words are as wide or as many as.
func FuzzPDF(f *testing.F) {
	for _, d := range documents(f) {
		f.Add([]byte(plan.Format(d)))
	}
	long := strings.Repeat("W", 3000)
	f.Add([]byte("Số 1-KH/TU\nMẫu, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\n" + long + "\n-----\nNhư 𝐀 􏿿 \u0e01 sau:\n1. " + long + "\nNơi nhận:\n" + strings.Repeat("- Như trên,\n", 200) + "T/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		d, _ := plan.Parse("f", src)
		if d == nil {
			return
		}
		if data, err := writePDF(edition("x", d)); err != nil || !bytes.HasSuffix(data, []byte("%%EOF\n")) {
			t.Error(err)
		}
	})
}

func BenchmarkFiles(b *testing.B) {
	e := edition("15-kh-tu", documents(b)["15-kh-tu"])
	for _, f := range Forms {
		b.Run(f.Ext, func(b *testing.B) {
			for b.Loop() {
				if _, err := f.write(e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What editors write of progress is no formula in a spreadsheet.
func TestProgressIsNoFormula(t *testing.T) {
	e := edition("15-kh-tu", documents(t)["15-kh-tu"])
	e.Progress = map[string]Progress{"ii-1": {Lead: []string{"=1+1"}, With: []string{"@a"}, Period: "-b"}}
	csv, err := writeCSV(e)
	if err != nil || !strings.Contains(string(csv), ",'=1+1,'@a,,'-b,") {
		t.Errorf("%v\n%.400s", err, csv)
	}
}
