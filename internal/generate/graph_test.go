package generate

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/spf13/afero"
)

func TestTheGraphSaysWhoCarriesOutAndWhoCites(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, site(t))
	var d graph
	read(t, out, "static/van-ban/thuc-hien/thuc-hien.json", &d)
	for _, e := range []graphEdge{{"van-ban/93-kl-tw", "van-ban/42-ct-tw"}, {"ke-hoach/15-kh-tu", "van-ban/93-kl-tw"}, {"ke-hoach/15-kh-tu", "van-ban/42-ct-tw"}} {
		if !slices.Contains(d.CarriesOut, e) {
			t.Errorf("no %v in %v", e, d.CarriesOut)
		}
	}
	if len(d.CarriesOut) != 3 || len(d.Cites) != 2 || !slices.Contains(d.Cites[0].At, "iii-3") {
		t.Errorf("%+v", d)
	}
	if i := slices.IndexFunc(d.Documents, func(one graphDocument) bool { return one.ID == "ke-hoach/15-kh-tu" }); i < 0 || d.Documents[i].URL != "https://a.vn/goc/ke-hoach/15-kh-tu/" {
		t.Errorf("documents: %+v", d.Documents)
	}
}

func TestTheGraphKeepsToItsSchema(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, site(t))
	load := func(name string) any {
		data, err := afero.ReadFile(out, name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(name, err)
		}
		return v
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("graph", load("static/luoc-do/thuc-hien-1.json")); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("graph")
	if err != nil {
		t.Fatal(err)
	}
	doc := load("static/van-ban/thuc-hien/thuc-hien.json").(map[string]any)
	if err := schema.Validate(doc); err != nil {
		t.Error(err)
	}
	doc["version"] = 2
	if schema.Validate(doc) == nil {
		t.Error("another version passes")
	}
}

// documents are a graph's by their IDs alone.
func documents(ids ...string) (all []graphDocument) {
	for _, id := range ids {
		all = append(all, graphDocument{ID: id, Number: id})
	}
	return all
}

func TestThePicture(t *testing.T) {
	rows := func(d *graph) map[string]int {
		all := map[string]int{}
		for _, n := range draw(d).Nodes {
			all[n.Number] = n.Y / (boxHeight + gapY)
		}
		return all
	}
	d := &graph{Documents: documents("a", "b", "c", "d", "e"), CarriesOut: []graphEdge{{"b", "a"}, {"c", "b"}, {"c", "a"}}, Cites: []graphCitation{{From: "c", To: "d"}, {From: "c", To: "b"}}}
	if got := rows(d); got["a"] != 0 || got["b"] != 1 || got["c"] != 2 || len(got) != 4 {
		t.Errorf("rows: %v", got)
	}
	p := draw(d)
	if len(p.Alone) != 1 || p.Alone[0].Number != "e" {
		t.Errorf("alone: %+v", p.Alone)
	}
	solid := 0
	for _, l := range p.Lines {
		if !l.Dashed {
			solid++
		}
	}
	if solid != 2 || len(p.Lines) != 3 { // c→a is said by c→b→a; c cites b, which it carries out
		t.Errorf("lines: %+v", p.Lines)
	}
	for _, n := range p.Nodes {
		if n.X < 0 || n.X+boxWidth > p.Width || n.Y < 0 || n.Y+boxHeight > p.Height {
			t.Errorf("%s stands outside: %d, %d of %d, %d", n.Number, n.X, n.Y, p.Width, p.Height)
		}
	}
	// A ring, which only a mistake makes, is drawn somehow.
	ring := &graph{Documents: documents("a", "b"), CarriesOut: []graphEdge{{"a", "b"}, {"b", "a"}, {"a", "a"}}}
	if p := draw(ring); len(p.Nodes) != 2 || p.Height > 10*(boxHeight+gapY) {
		t.Errorf("%+v", p)
	}
	if p := draw(&graph{}); p.Width != 0 || p.Height != 0 {
		t.Errorf("%+v", p)
	}
}

// TestALargeGraphIsAListAlone holds that every document is listed once, and that no
// picture is made of more than can be seen in one.
func TestALargeGraphIsAListAlone(t *testing.T) {
	large := &graph{}
	for i := range mostDrawn + 1 {
		id := fmt.Sprint(i)
		large.Documents = append(large.Documents, graphDocument{ID: id, Number: id, path: "/van-ban/" + id})
		large.CarriesOut = append(large.CarriesOut, graphEdge{id, "0"})
	}
	small := &graph{Documents: large.Documents[:mostDrawn], CarriesOut: large.CarriesOut[:mostDrawn-1]} // the last is alone
	for _, d := range []*graph{large, small} {
		list := listGraph(d)
		if drawn := len(list.Picture.Nodes) > 0; drawn != (d == small) {
			t.Errorf("of %d documents there is a picture: %v", len(d.Documents), drawn)
		}
		if len(list.Order) != len(d.Documents) || len(list.Index) != len(d.Documents) {
			t.Errorf("of %d documents %d are listed: %v", len(d.Documents), len(list.Order), list.Order)
		}
		for _, path := range list.Order {
			if "/van-ban/"+list.Index[path].Number != path {
				t.Errorf("%s is %+v", path, list.Index[path])
			}
		}
	}
}
