package edit

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// form is an entry as it is shown for writing. Its fields are those of the catalogue's
// schema: nothing is said of a field here that the schema does not say.
type form struct {
	Title   input
	Picture *input // nil where the kind has none
	Appears *input // when it comes onto the site
	Groups  []group
}

// group is a part of a form that can be folded.
type group struct {
	Name, Label string
	Fields      []input
}

// input is a field as it is shown.
type input struct {
	Key, Label, Help string
	Path             string // of the value in front matter: "sources.0.url"
	Control          control
	Required         bool
	Value            string // of a single value, as people write it
	Raw              string // the same as front matter has it
	On               bool
	Options          []option
	Chosen           []option  // of what is picked or listed
	Named            []named   // texts of the plan's provisions
	From             string    // what is searched for a choice: see [Desk.find]
	Fields           []input   // of a table
	Items            [][]input // of a list of tables
	Blank            []input   // of a new item
}

// control is how a field is filled in.
type control string

const (
	controlLine    control = "line"
	controlBox     control = "box"   // of several lines
	controlLines   control = "lines" // texts, one a line
	controlNumber  control = "number"
	controlSwitch  control = "switch"
	controlChoice  control = "choice"
	controlDate    control = "date"
	controlTags    control = "tags"
	controlPick    control = "pick"  // one of the entries
	controlPicks   control = "picks" // several of the entries or provisions
	controlPicture control = "picture"
	controlFile    control = "file"
	controlTable   control = "table"
	controlTables  control = "tables"
	controlTexts   control = "texts" // a line for each provision
	controlCited   control = "cited" // one of the entry's sources
)

// named is a text that stands for a provision, "" for none, with that provision's name.
type named struct{ ID, Name, Text string }

// option is a choice. Value is "" for none.
type option struct{ Value, Label string }

// former makes forms.
type former struct {
	catalog *catalog.Catalog
	zone    *time.Location
	plan    string                       // the ID of the plan whose form it is, "" for none
	sources *matter.Value                // of the entry
	names   map[string]map[string]string // what candidates are called, by what they are searched in; nil where that is not remembered
}

// forEntry makes the form of the entry in a file.
func (f former) forEntry(file string) former {
	if catalog.KindOf(file) == catalog.KindPlan {
		f.plan = path.Base(path.Dir(file))
	}
	return f
}

// of is the form of an entry of a kind whose front matter is given.
func (f former) of(k catalog.Kind, values *matter.Value) form {
	f.sources = values.Get("sources")
	out := form{Groups: []group{{Name: "ve", Label: "Nói về gì"}, {Name: "khi", Label: "Khi nào"}, {Name: "them", Label: "Thêm"}}}
	for _, s := range catalog.Schema(k) {
		in := f.input(s, values.Get(s.Key), s.Key)
		switch {
		case s.Key == "title":
			out.Title = in
		case s.Type == matter.TypeTable && hasPicture(s):
			out.Picture = &in
		case s.Key == "draft":
			// It is beside the button that saves.
		case s.Key == "publishDate": // and so is this
			out.Appears = &in
		case s.Type == matter.TypeDate && !s.YearAlone, s.Type == matter.TypeWhen, s.Key == "removed":
			out.Groups[1].Fields = append(out.Groups[1].Fields, in)
		case isRare(s.Key):
			out.Groups[2].Fields = append(out.Groups[2].Fields, in)
		default:
			out.Groups[0].Fields = append(out.Groups[0].Fields, in)
		}
	}
	return out
}

// withoutBlank leaves out a field that holds nothing.
func (f form) withoutBlank(key string) {
	for i, g := range f.Groups {
		f.Groups[i].Fields = slices.DeleteFunc(g.Fields, func(in input) bool { return in.Key == key && in.Raw == "" })
	}
}

func hasPicture(s matter.Field) bool {
	return slices.ContainsFunc(s.Fields, func(f matter.Field) bool { return f.Key == "alt" })
}

// isRare reports whether a field is one that entries of all kinds have and few give.
func isRare(key string) bool {
	often := []string{"description", "files", "sources"}
	return key == "layout" || !slices.Contains(often, key) && slices.ContainsFunc(catalog.Schema(catalog.KindPage), func(s matter.Field) bool { return s.Key == key && s.Type != matter.TypeTables })
}

func (f former) inputs(fields []matter.Field, values *matter.Value, above string) []input {
	var all []input
	for _, s := range fields {
		all = append(all, f.input(s, values.Get(s.Key), above+"."+s.Key))
	}
	return all
}

// input is a field with its value; at is the path of that.
func (f former) input(s matter.Field, v *matter.Value, at string) input {
	in := input{Key: s.Key, Label: s.Label.VI, Help: s.Desk, Path: at, Required: s.Required}
	if v != nil {
		in.Raw = v.Text
		in.Value = v.Text
	}
	switch s.Type {
	case matter.TypeText:
		f.text(&in, s)
	case matter.TypeNumber:
		in.Control = controlNumber
	case matter.TypeBool:
		in.Control, in.On = controlSwitch, in.Raw == "true"
	case matter.TypeDate, matter.TypeWhen:
		in.Control, in.Value, in.Help = controlDate, shownDate(in.Raw, f.zone), strings.TrimSpace(in.Help+" Ví dụ: "+dateExample(s)+".")
	case matter.TypeRef:
		in.Control, in.From = controlPick, "viec"
		in.Chosen = f.chosen(in.From, v)
	case matter.TypeRefs:
		in.Control, in.From = controlPicks, "dieu-khoan"
		if s.To != "" {
			in.From = s.To
		}
		in.Chosen = f.chosen(in.From, v)
	case matter.TypeList:
		in.Control, in.From = controlTags, "the:"+s.Key
		in.Chosen = f.chosen("", v)
		if s.Longest < 1000 { // sentences, which have a bound of their own
			in.Control, in.From, in.Value = controlLines, "", ""
			for _, one := range in.Chosen {
				in.Value += one.Value + "\n"
			}
		}
	case matter.TypeTexts:
		in.Control = controlTexts
		in.Named = f.named(v)
	case matter.TypeLists:
		group := []matter.Field{words}
		in.Control, in.Blank = controlTables, f.inputs(group, nil, at+".-")
		if v != nil {
			for i, item := range v.Items {
				table := &matter.Value{Kind: matter.Table}
				table.Set(words.Key, item)
				in.Items = append(in.Items, f.inputs(group, table, fmt.Sprint(at, ".", i)))
			}
		}
	case matter.TypeTable:
		in.Control, in.Fields = controlTable, f.inputs(s.Fields, v, at)
		if v == nil && !s.Required { // nothing in it is needed while it may be left out
			for i := range in.Fields {
				in.Fields[i].Required = false
			}
		}
	case matter.TypeTables:
		in.Control, in.Blank = controlTables, f.inputs(s.Fields, nil, at+".-")
		if v != nil {
			for i, item := range v.Items {
				in.Items = append(in.Items, f.inputs(s.Fields, item, fmt.Sprint(at, ".", i)))
			}
		}
	}
	return in
}

// itemOf is what one item of a list is called, after the list.
func itemOf(label string) string {
	label = lowerFirst(label)
	if strings.HasPrefix(label, "danh mục") {
		return "mục vào " + label
	}
	return strings.TrimPrefix(label, "các ")
}

// words are an item of a list of lists, as it is filled in.
var words = matter.Field{Key: "words", Type: matter.TypeList, Label: diag.Text{VI: "Các từ", EN: "Words"}}

func (f former) text(in *input, s matter.Field) {
	switch {
	case s.Values != nil:
		in.Control, in.Options = controlChoice, []option{{"", "—"}}
		for _, v := range s.Values {
			in.Options = append(in.Options, option{v, cmp.Or(s.Words[v], v)})
		}
		if in.Raw != "" && !slices.Contains(s.Values, in.Raw) { // what is wrong stays until it is mended
			in.Options = append(in.Options, option{in.Raw, in.Raw})
		}
	case s.Clause != "":
		in.Control, in.From = controlPick, s.Clause+":"+f.plan
		if in.Raw != "" {
			in.Chosen = []option{{in.Raw, cmp.Or(f.called(in.From, in.Raw), "Không có trong kế hoạch: "+in.Raw)}}
		}
	case s.Cited:
		in.Control, in.Options = controlCited, f.cited(in.Raw)
	case s.Address:
		in.Control, in.From, in.Label, in.Help = controlPick, "dia-chi", "Dẫn tới trang", ""
		if in.Raw != "" {
			in.Chosen = []option{{in.Raw, cmp.Or(f.called(in.From, in.Raw), in.Raw)}}
		}
	case s.Download:
		in.Control = controlFile
	case s.Key == "file" || s.Key == "logo":
		in.Control = controlPicture
	case s.Longest != 500 && (s.Key == "description" || s.Key == "text") || s.Key == "alt" || s.Key == "why" || s.Key == "unclear" || strings.Contains(in.Raw, "\n"):
		in.Control = controlBox
	default:
		in.Control = controlLine
	}
}

// named are the plan's provisions with the texts of v for them, those that the plan does
// not have at the end.
func (f former) named(v *matter.Value) []named {
	var all []named
	known := map[string]bool{}
	for _, c := range f.candidates("muc:" + f.plan) {
		known[c.Value] = true
		one := named{ID: c.Value, Name: c.Label}
		if text := v.Get(c.Value); text != nil {
			one.Text = text.Text
		}
		all = append(all, one)
	}
	if v != nil {
		for _, k := range v.Keys {
			if !known[k.Name] {
				all = append(all, named{k.Name, "Không có trong kế hoạch: " + k.Name, k.Value.Text})
			}
		}
	}
	return all
}

// cited are the entry's sources by what names them, and what is chosen now.
func (f former) cited(now string) []option {
	all := []option{{"", "—"}}
	if f.sources != nil {
		for _, s := range f.sources.Items {
			text := func(key string) string {
				if v := s.Get(key); v != nil {
					return strings.TrimSpace(v.Text)
				}
				return ""
			}
			if name := cmp.Or(text("url"), text("number")); name != "" {
				all = append(all, option{name, cmp.Or(text("title"), name)})
			}
		}
	}
	if now != "" && !slices.ContainsFunc(all, func(o option) bool { return o.Value == now }) {
		all = append(all, option{now, now}) // what is wrong stays until it is mended
	}
	return all
}

// chosen are the items of a list with what they are called.
func (f former) chosen(from string, v *matter.Value) []option {
	if v == nil {
		return nil
	}
	items := v.Items
	if v.Kind != matter.List && v.Text != "" {
		items = []*matter.Value{v}
	}
	var all []option
	for _, item := range items {
		all = append(all, option{item.Text, cmp.Or(f.called(from, item.Text), item.Text)})
	}
	return all
}

// called is what people call the entry or provision of an ID.
func (f former) called(from, id string) string {
	if from == "" {
		return id
	}
	if f.catalog == nil {
		return ""
	}
	known, ok := f.names[from]
	if !ok {
		known = map[string]string{}
		for _, c := range f.candidates(from) {
			known[c.Value] = c.Label
		}
		if f.names != nil {
			f.names[from] = known
		}
	}
	return known[id]
}

// fileOf is the name of a file of an entry's own folder.
func fileOf(entry, name string) string { return path.Join(path.Dir(entry), name) }

// dateExample is how people write a date as far as a field takes it.
func dateExample(s matter.Field) string {
	switch {
	case s.Type == matter.TypeWhen:
		return "12/5/2026, tháng 5/2018, 2018"
	case s.YearAlone:
		return "12/5/2026, 2018"
	}
	return "12/5/2026"
}

// ---- what a form gives back

// values returns an entry's front matter with what a form has sent in place of what there
// was. Keys that the form did not send stay.
func (f former) values(fields []matter.Field, old *matter.Value, sent map[string]any) *matter.Value {
	table := &matter.Value{Kind: matter.Table}
	for _, s := range fields {
		was := old.Get(s.Key)
		v := was
		if given, ok := sent[s.Key]; ok {
			v = f.value(s, was, given)
		}
		if !v.Blank() {
			table.Set(s.Key, v)
		}
	}
	return table
}

// value makes of what was sent for a field a value of its type; nil where it is blank or
// of another shape.
func (f former) value(s matter.Field, was *matter.Value, sent any) *matter.Value {
	switch s.Type {
	case matter.TypeTable:
		if given, ok := sent.(map[string]any); ok {
			return f.values(s.Fields, nil, given)
		}
	case matter.TypeTables:
		given, _ := sent.([]any)
		list := &matter.Value{Kind: matter.List}
		for _, one := range given {
			if item, ok := one.(map[string]any); ok {
				if v := f.values(s.Fields, nil, item); len(v.Keys) > 0 {
					list.Items = append(list.Items, v)
				}
			}
		}
		return list
	case matter.TypeLists:
		given, _ := sent.([]any)
		list := &matter.Value{Kind: matter.List}
		for _, one := range given {
			if item, ok := one.(map[string]any); ok {
				if v := f.value(words, nil, item[words.Key]); v != nil {
					list.Items = append(list.Items, v)
				}
			}
		}
		return list
	case matter.TypeList, matter.TypeRefs:
		given, _ := sent.([]any)
		var texts []string
		for _, one := range given {
			if text, ok := one.(string); ok && strings.TrimSpace(text) != "" {
				texts = append(texts, strings.TrimSpace(text))
			}
		}
		if texts == nil {
			return nil
		}
		return matter.Strings(texts)
	case matter.TypeTexts:
		return textsSent(was, sent)
	case matter.TypeBool:
		if on, ok := sent.(bool); ok && (on || was != nil) {
			return matter.Bare(fmt.Sprint(on))
		}
	default:
		if text, ok := sent.(string); ok {
			return f.scalar(s, text)
		}
	}
	return nil
}

// textsSent are texts by names as they were sent, those that were there in their order. A
// text that was cleared is none.
func textsSent(was *matter.Value, sent any) *matter.Value {
	given, _ := sent.([]any)
	texts := map[string]string{}
	var names []string
	if was != nil {
		for _, k := range was.Keys {
			names = append(names, k.Name)
		}
	}
	for _, one := range given {
		pair, _ := one.(map[string]any)
		name, _ := pair["name"].(string)
		text, _ := pair["text"].(string)
		if name = strings.TrimSpace(name); name != "" && texts[name] == "" {
			texts[name] = strings.TrimSpace(text)
			names = append(names, name)
		}
	}
	table := &matter.Value{Kind: matter.Table}
	for _, name := range names {
		switch had := was.Get(name); {
		case table.Get(name) != nil:
		case texts[name] != "":
			table.Set(name, matter.String(texts[name]))
		case had.Blank() && had != nil: // not yet written
			table.Set(name, had)
		}
	}
	return table
}

func (f former) scalar(s matter.Field, text string) *matter.Value {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	switch s.Type {
	case matter.TypeDate, matter.TypeWhen:
		if text = rawDate(text, s.Type, f.zone); isDate(text, f.zone) {
			return matter.Bare(text)
		}
	case matter.TypeNumber:
		if strings.Trim(text, "0123456789") == "" {
			return matter.Bare(text)
		}
	}
	return matter.String(text)
}

func isDate(s string, zone *time.Location) bool {
	_, ok := catalog.ParseWhen(s, zone)
	return ok
}
