package host

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/andybalholm/brotli"
)

// Endings of the compressed copies of a text.
const (
	BrotliEnding = ".br"
	GzipEnding   = ".gz"
)

// Plain returns the name of the file that a compressed copy belongs to, or the name
// itself.
func Plain(file string) string {
	return strings.TrimSuffix(strings.TrimSuffix(file, GzipEnding), BrotliEnding)
}

// brotliLevel gives texts a tenth smaller than gzip at its best, in about the
// same time. The highest, 11, would make them another tenth smaller in forty
// times the time.
const brotliLevel = 6

// compress writes the compressed copies of all texts, in parallel. A copy that
// is not smaller is left out.
func compress(root *os.Root, files []string) error {
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var next atomic.Int64
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			c := newCompressor()
			for errs[i] == nil {
				n := int(next.Add(1)) - 1
				if n >= len(files) {
					return
				}
				if t, _ := typeOf(files[n]); t.Text {
					errs[i] = c.copies(root, files[n])
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// compressor keeps what compressing needs from one file to the next.
type compressor struct {
	out     bytes.Buffer
	writers map[string]resetter
}

type resetter interface {
	io.WriteCloser
	Reset(io.Writer)
}

func newCompressor() *compressor {
	gz, err := gzip.NewWriterLevel(nil, gzip.BestCompression)
	if err != nil {
		panic(err) // an unknown level only
	}
	return &compressor{writers: map[string]resetter{BrotliEnding: brotli.NewWriterLevel(nil, brotliLevel), GzipEnding: gz}}
}

// copies writes the compressed copies of one file.
func (c *compressor) copies(root *os.Root, name string) error {
	src, err := root.ReadFile(name)
	if err != nil {
		return err
	}
	for ending, w := range c.writers {
		c.out.Reset()
		w.Reset(&c.out)
		if _, err := w.Write(src); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := w.Close(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if c.out.Len() >= len(src) {
			continue
		}
		if err := root.WriteFile(name+ending, c.out.Bytes(), 0o666); err != nil {
			return err
		}
	}
	return nil
}
