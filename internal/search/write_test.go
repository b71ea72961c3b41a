package search

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"io"
	"path"
	"testing"

	"github.com/spf13/afero"
)

// TestTwoFilesWithOneHash has another file stand under the very name that a file's
// content gives it: neither overwrites the other.
func TestTwoFilesWithOneHash(t *testing.T) {
	raw := []byte("hội thi sáng tạo")
	data, err := zipped(raw, "")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	name := hash(sum[:hashLength])
	site := afero.NewMemMapFs()
	w := &writer{fs: site, folder: "index", whole: map[hash][sha256.Size]byte{name: {1}}}
	other := []byte("what another content left there")
	if err := w.put(name.fileName(), other); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time it is there already
		h, err := w.file(raw)
		if err != nil || h == name {
			t.Fatalf("it is written as %s (%v)", h.fileName(), err)
		}
		data, err := afero.ReadFile(site, path.Join("index", h.fileName()))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hash(sum[:hashLength]) != h {
			t.Error("its name is not of its content")
		}
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, raw) {
			t.Errorf("it holds %q (%v)", got, err)
		}
	}
	if left, err := afero.ReadFile(site, path.Join("index", name.fileName())); err != nil || !bytes.Equal(left, other) {
		t.Errorf("the other is %q (%v)", left, err)
	}
	if files, err := afero.ReadDir(site, "index"); err != nil || len(files) != 2 || w.stats.Files != 1 {
		t.Errorf("%d files, %d of them counted (%v)", len(files), w.stats.Files, err)
	}
}
