package check

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/andybalholm/brotli"

	"lienhiep/internal/diag"
)

// Endings of the compressed copies of a file that servers send in its place.
const (
	brotliEnding = ".br"
	gzipEnding   = ".gz"
)

var copyDiffers = diag.NewRule("copy-differs", diag.Error,
	diag.Text{VI: "Bản nén “%[1]s” không khớp với tệp gốc: người đọc sẽ nhận nội dung khác.", EN: "The compressed copy “%[1]s” differs from its file: readers would get something else."},
	diag.Text{VI: "Chạy lại lệnh build.", EN: "Build again."})

// copy checks that a compressed copy holds what its file does, which is checked
// by itself.
func (w *worker) copy(name string) error {
	original := strings.TrimSuffix(name, path.Ext(name))
	differs := copyDiffers.At(diag.Pos{File: name}, name)
	if !w.files[original] {
		w.add(differs)
		return nil
	}
	limit, text := textKinds[path.Ext(original)]
	if !text {
		limit = largestData
	}
	f, whole, err := w.read(w.fsys, original, limit)
	if err != nil {
		return fmt.Errorf("reading the site: %w", err)
	}
	in, err := w.fsys.Open(name)
	if err != nil {
		return fmt.Errorf("reading the site: %w", err)
	}
	defer in.Close()
	if whole && !holds(in, path.Ext(name), f.src) {
		w.add(differs)
	}
	return nil
}

// holds reports whether compressed data is that of want. It never reads more than
// that, whatever the data promises.
func holds(in io.Reader, ending string, want []byte) bool {
	var plain io.Reader = brotli.NewReader(in)
	if ending == gzipEnding {
		gz, err := gzip.NewReader(in)
		if err != nil {
			return false
		}
		plain = gz
	}
	got, err := io.ReadAll(io.LimitReader(plain, int64(len(want))+1))
	return err == nil && bytes.Equal(got, want)
}
