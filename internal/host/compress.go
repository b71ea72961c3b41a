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

	"lienhiep/internal/kept"
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

// compress writes the compressed copies of all texts, in parallel; those of a text that
// is as it was are taken from before. A copy that is not smaller is left out.
func compress(root *os.Root, files []string, before *kept.Store) error {
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var next atomic.Int64
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			c := newCompressor(before)
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
	before  *kept.Store
	out     bytes.Buffer
	writers map[string]resetter
}

// makers name, by the ending, what makes a copy and how.
var makers = map[string]string{BrotliEnding: fmt.Sprint("brotli ", brotliLevel), GzipEnding: fmt.Sprint("gzip ", gzip.BestCompression)}

type resetter interface {
	io.WriteCloser
	Reset(io.Writer)
}

func newCompressor(before *kept.Store) *compressor {
	gz, err := gzip.NewWriterLevel(nil, gzip.BestCompression)
	if err != nil {
		panic(err) // an unknown level only
	}
	return &compressor{before: before, writers: map[string]resetter{BrotliEnding: brotli.NewWriterLevel(nil, brotliLevel), GzipEnding: gz}}
}

// copies writes the compressed copies of one file.
func (c *compressor) copies(root *os.Root, name string) error {
	src, err := root.ReadFile(name)
	if err != nil {
		return err
	}
	for ending := range c.writers {
		key := copyKey(ending, src)
		copied := c.before.Get(key, name+ending)
		if copied == nil {
			if copied, err = c.compressed(ending, src); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if len(copied) >= len(src) {
				continue
			}
			c.before.Put(key, copied)
		}
		if err := root.WriteFile(name+ending, copied, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// copyKey stands for a text's copy with an ending.
func copyKey(ending string, text []byte) kept.Key { return kept.KeyOf(makers[ending], text) }

// compressed returns a text, compressed. It is valid until the next call.
func (c *compressor) compressed(ending string, src []byte) ([]byte, error) {
	w := c.writers[ending]
	c.out.Reset()
	w.Reset(&c.out)
	if _, err := w.Write(src); err != nil {
		return nil, err
	}
	err := w.Close()
	return c.out.Bytes(), err
}
