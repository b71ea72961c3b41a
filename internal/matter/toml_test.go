package matter

import (
	"strings"
	"testing"
)

// A file of its own has no line of +++ above: places are its own.
func TestATableKnowsItsPlaces(t *testing.T) {
	table, _, _, err := ReadTOML([]byte("name = \"A\"\n\n[[menu]]\npage = \"/a/\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	menu := table.Get("menu")
	if name := table.Get("name"); name.Line != 1 || menu.Items[0].Line != 3 || menu.Items[0].Get("page").Line != 4 {
		t.Errorf("name on %d, menu on %d, page on %d", name.Line, menu.Items[0].Line, menu.Items[0].Get("page").Line)
	}
	for text, want := range map[string]int{"a = 1\nb = “x”\n": 2, "a = 1\na = 2\n": 2, "a = " + strings.Repeat("[", maxOpen+1): 1, strings.Repeat("# x\n", MaxSize): 1} {
		if _, line, _, err := ReadTOML([]byte(text)); err == nil || line != want {
			t.Errorf("%.20q: line %d, %v", text, line, err)
		}
	}
}
