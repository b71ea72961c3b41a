package desk_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"lienhiep/internal/desk"
	"lienhiep/internal/needs"
)

// TestTheSurfaceIsSmall holds the bundle to 300 KB as it is sent, and to what the desk's
// policy allows: no style or script within the page, nothing that is made of text.
func TestTheSurfaceIsSmall(t *testing.T) {
	needs.Ask(t, needs.Milkdown)
	files, err := desk.Surface(".")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 || files["surface.js"] == nil || files["surface.css"] == nil {
		t.Fatalf("%d files", len(files))
	}
	size := 0
	for _, data := range files {
		var sent bytes.Buffer
		w := gzip.NewWriter(&sent)
		_, err := w.Write(data)
		if err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		size += sent.Len()
	}
	if size > 300<<10 {
		t.Errorf("%d bytes are sent", size)
	}
	for _, made := range []string{"new Function(", "eval("} {
		if strings.Contains(string(files["surface.js"]), made) {
			t.Errorf("the surface has %s in it", made)
		}
	}
}
