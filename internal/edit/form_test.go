package edit

import (
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"lienhiep/internal/catalog"
	"lienhiep/internal/matter"
)

// TestFormsHoldTheSchema holds that a form shows every field that entries of its kind have
// once, and none that they have not.
func TestFormsHoldTheSchema(t *testing.T) {
	o := openDesk(t)
	c, _, err := o.Site.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range catalog.Kinds() {
		form := former{catalog: c, zone: saigon}.of(k, &matter.Value{})
		got, want := []string{"draft", form.Title.Key, form.Appears.Key}, []string{}
		if form.Picture != nil {
			got = append(got, form.Picture.Key)
		}
		for _, g := range form.Groups {
			for _, in := range g.Fields {
				got = append(got, in.Key)
			}
		}
		for _, f := range catalog.Schema(k) {
			want = append(want, f.Key)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", k, got, want)
		}
	}
}

// TestFormsSpeakVietnamese holds that no choice shows the value that the file has, that no
// help speaks of the file, and that each help is a sentence.
func TestFormsSpeakVietnamese(t *testing.T) {
	var look func(of string, in input)
	look = func(of string, in input) {
		for _, o := range in.Options {
			if o.Value != "" && (o.Label == "" || o.Label == o.Value) {
				t.Errorf("%s: %s: the choice %q has no name", of, in.Path, o.Value)
			}
			if o.Value != "" && slices.Contains(strings.FieldsFunc(in.Help, isSign), o.Value) {
				t.Errorf("%s: %s tells the file's value %s: %s", of, in.Path, o.Value, in.Help)
			}
		}
		if found := ofFile.FindString(in.Label + ". " + in.Help); found != "" {
			t.Errorf("%s: %s speaks of the file (%s): %s: %s", of, in.Path, found, in.Label, in.Help)
		}
		if in.Help != "" && !aSentence.MatchString(in.Help) {
			t.Errorf("%s: %s is cut: %q", of, in.Path, in.Help)
		}
		if in.Control == controlLine && in.Raw == "" && regexp.MustCompile(`(?i)mã |điều khoản`).MatchString(in.Help) {
			t.Errorf("%s: %s asks to write an ID: %s", of, in.Path, in.Help)
		}
		for _, inner := range slices.Concat(in.Fields, in.Blank) {
			look(of, inner)
		}
	}
	f := former{catalog: &catalog.Catalog{}, zone: saigon}
	for _, k := range catalog.Kinds() {
		form := f.of(k, &matter.Value{})
		for _, g := range form.Groups {
			for _, in := range g.Fields {
				look(string(k), in)
			}
		}
		look(string(k), form.Title)
		if form.Picture != nil {
			look(string(k), *form.Picture)
		}
	}
	for _, s := range sheets {
		for _, field := range s.fields() {
			look(s.Name, f.input(field, nil, field.Key))
		}
	}
}

// aSentence matches help that was not cut: it begins with a capital or a digit, ends as
// sentences do, and has no sign without words before it.
var aSentence = regexp.MustCompile(`^[\p{Lu}\d](?:[^;,:]|[;,:] ?[^;,: ])*[.…]$`)

func isSign(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }

// TestDatesAreWrittenAsPeopleDo shows what the file has as people write it, and reads what
// they write.
func TestDatesAreWrittenAsPeopleDo(t *testing.T) {
	for raw, want := range map[string]string{
		"2026-11-20": "20/11/2026", "2026-11-20T06:15:00+07:00": "20/11/2026 06:15", "2018-05": "5/2018", "2018": "2018",
		"2018-05-12/2018-05-14": "12/5/2018 – 14/5/2018", "1969/1973": "1969 – 1973", "": "", "hôm qua": "hôm qua", "2026-11-19T23:15:00Z": "20/11/2026 06:15",
	} {
		got := shownDate(raw, saigon)
		if got != want {
			t.Errorf("%q is shown as %q, want %q", raw, got, want)
		}
		back := rawDate(got, matter.TypeWhen, saigon)
		one, ok := catalog.ParseWhen(raw, saigon)
		two, ok2 := catalog.ParseWhen(back, saigon)
		if ok != ok2 || !one.First.Equal(two.First.Time) || !one.Last.Equal(two.Last.Time) || one.First.Precision != two.First.Precision {
			t.Errorf("%q is shown as %q and read as %q", raw, got, back)
		}
	}
	for written, want := range map[string]string{"12/5/1965": "1965-05-12", "ngày 12 tháng 5 năm 1965": "1965-05-12", "tháng 5/2018": "2018-05", "2018-05-12": "2018-05-12", "12–14/5/2018": "2018-05-12/2018-05-14", "năm 2018": "2018", "7:00 22/11/2026": "2026-11-22T07:00:00+07:00", "bao giờ": "bao giờ"} {
		if got := rawDate(written, matter.TypeWhen, saigon); got != want {
			t.Errorf("%q is read as %q, want %q", written, got, want)
		}
	}
}

// sentBy is what a page sends of a form in which nothing was changed.
func sentBy(inputs []input) map[string]any {
	sent := map[string]any{}
	for _, in := range inputs {
		var v any = in.Raw
		switch in.Control {
		case controlSwitch:
			v = in.On
		case controlTags, controlPicks, controlLines:
			v = chosenValues(in)
		case controlPick:
			v = strings.Join(chosenValues(in), "")
		case controlTable:
			v = sentBy(in.Fields)
		case controlTables:
			items := []any{}
			for _, item := range in.Items {
				items = append(items, sentBy(item))
			}
			v = items
		case controlTexts:
			items := []any{}
			for _, o := range in.Named {
				items = append(items, map[string]any{"name": o.ID, "text": o.Text})
			}
			v = items
		}
		sent[in.Key] = v
	}
	return sent
}

func chosenValues(in input) []string {
	values := []string{}
	for _, o := range in.Chosen {
		values = append(values, o.Value)
	}
	return values
}

func sentByForm(f form, draft bool) map[string]any {
	inputs := []input{f.Title}
	for _, in := range []*input{f.Picture, f.Appears} {
		if in != nil {
			inputs = append(inputs, *in)
		}
	}
	for _, g := range f.Groups {
		inputs = append(inputs, g.Fields...)
	}
	sent := sentBy(inputs)
	sent["draft"] = draft
	return sent
}

// TestNothingChangesThatWasNotEdited opens every entry of the site and of hard cases, and
// saves it as it is: not a byte changes. Then its title: that line alone.
func TestNothingChangesThatWasNotEdited(t *testing.T) {
	c, _, err := catalog.Load(os.DirFS("../.."), catalog.Options{Now: time.Now(), Zone: saigon})
	if err != nil {
		t.Fatal(err)
	}
	d := &Desk{Options: Options{Zone: saigon}}
	cases := map[string][]byte{"content/tin-tuc/kho/index.md": []byte(article), "content/tin-tuc/kho-crlf/index.md": []byte(strings.ReplaceAll(article, "\n", "\r\n")),
		"content/tin-tuc/kho-2/index.md": []byte("---\n# Đã duyệt.\ntitle:  'Còn nguyên'   # ngắn\nfields: [Y học,   \"Dược học\"]\ndate: 2026-11-20T06:15:00+07:00 # giờ Việt Nam\nevent: 2026-12-24T08:00\nla: giữ\nsources:\n  - url: https://vusta.vn/a   # bài gốc\n    title: \"Bài A\"\n    la: giữ\n---\nKhông có dòng trống ở trên.\n\n\nVà __đậm__.  \nXuống dòng.\n\n\n")}
	for _, e := range c.Entries() {
		data, err := fs.ReadFile(os.DirFS("../.."), e.File)
		if err != nil {
			t.Fatal(err)
		}
		cases[e.File] = data
	}
	if len(cases) < 50 {
		t.Fatalf("only %d entries", len(cases))
	}
	for file, old := range cases {
		parts, err := matter.ReadYAML(unixLines(old))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		kind := catalog.KindOf(file)
		form := former{catalog: c, zone: saigon}.forEntry(file).of(kind, parts.Table)
		draft := parts.Table.Get("draft") != nil && parts.Table.Get("draft").Text == "true"
		data, err := json.Marshal(written{File: file, Fields: sentByForm(form, draft), Text: strings.TrimLeft(string(parts.Body), "\n")})
		if err != nil {
			t.Fatal(err)
		}
		var sent written
		if err := json.Unmarshal(data, &sent); err != nil {
			t.Fatal(err)
		}
		saved := func() string {
			edited, err := d.edited(sent, old)
			if err != nil {
				t.Fatal(err)
			}
			after, err := matter.Revise(catalog.Schema(kind), old, edited, saigon)
			if err != nil {
				t.Errorf("%s: %v", file, err)
			}
			return string(after)
		}
		if after := saved(); after != string(old) {
			t.Errorf("%s: got\n%s\nwant\n%s", file, after, old)
			continue
		}
		sent.Fields["title"] = "Tên mới"
		was, now := strings.Split(string(old), "\n"), strings.Split(saved(), "\n")
		changed := 0
		for i := range was {
			if len(now) != len(was) || now[i] != was[i] {
				changed++
			}
		}
		if changed != 1 {
			t.Errorf("%s: a new title changes %d lines", file, changed)
		}
	}
}

// TestClausesAreFoundByTheirWords searches the site's own plan as editors do, with marks
// and without.
func TestClausesAreFoundByTheirWords(t *testing.T) {
	c, _, err := catalog.Load(os.DirFS("../.."), catalog.Options{Now: time.Now(), Zone: saigon})
	if err != nil {
		t.Fatal(err)
	}
	all := former{catalog: c, zone: saigon}.candidates("dieu-khoan")
	for query, want := range map[string]string{
		"tôn vinh": "15-kh-tu/ii-1-2", "ton vinh": "15-kh-tu/ii-1-2", "khen thuong": "15-kh-tu/ii-1-2", "biểu dương": "15-kh-tu/ii-1-2",
		"phan bien": "15-kh-tu/ii-2-4", "phản biện": "15-kh-tu/ii-2-4", "hợp tác quốc tế": "15-kh-tu/ii-5-3", "II.1.2": "15-kh-tu/ii-1-2",
	} {
		found := search(all, query)
		if len(found) == 0 || found[0].Value != want {
			t.Errorf("%s: %v", query, found)
			continue
		}
		if one := found[0]; !strings.Contains(one.Label, " · ") || len(one.Detail) < 60 || strings.HasSuffix(one.Detail, "…") || one.Group == "" {
			t.Errorf("%s is shown as %+v", query, one)
		}
	}
}
