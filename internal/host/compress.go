package host

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

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

// Packet is how many bytes come with the first packet of an answer. A text that is no
// longer is not compressed: nobody would have it sooner.
const Packet = 1_460

// Brotli's copies are a twentieth smaller than gzip's and take twice as long to
// make. That saves a reader time only where gzip's does not come whole with the first
// packets that a server sends unasked (ten, RFC 6928), and in what every page loads.
const firstPackets = 10 * Packet

// Higher levels than these make texts hardly smaller (gzip), or a twentieth smaller in three
// times the time (brotli, up to 10).
const (
	brotliLevel = 6
	gzipLevel   = 7
)

// compress writes the compressed copies of all texts, in parallel; those of a text that
// is as it was are taken from before. A copy that is not smaller is left out.
func compress(files []string, site *kept.Store) error {
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var next atomic.Int64
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			c := newCompressor(site)
			for errs[i] == nil {
				n := int(next.Add(1)) - 1
				if n >= len(files) {
					return
				}
				if t, _ := typeOf(files[n]); t.Text {
					errs[i] = c.copies(files[n])
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// compressor keeps what compressing needs from one file to the next.
type compressor struct {
	site *kept.Store
	out  bytes.Buffer
	gzip *gzip.Writer
}

// makers name, by the ending, what makes a copy and how.
var makers = map[string]string{BrotliEnding: fmt.Sprint("brotli alone ", brotliLevel), GzipEnding: fmt.Sprint("gzip ", gzipLevel)}

func newCompressor(site *kept.Store) *compressor {
	gz, err := gzip.NewWriterLevel(nil, gzipLevel)
	if err != nil {
		panic(err) // an unknown level only
	}
	return &compressor{site: site, gzip: gz}
}

// copies writes the compressed copies of one file.
func (c *compressor) copies(name string) error {
	text, err := c.site.File(name)
	if err != nil || text.Size <= Packet {
		return err
	}
	size, err := c.copy(name, GzipEnding, text)
	if ext := path.Ext(name); err != nil || size <= firstPackets && ext != ".css" && ext != ".js" {
		return err
	}
	_, err = c.copy(name, BrotliEnding, text)
	return err
}

// copy writes a text's copy with an ending and returns its size.
func (c *compressor) copy(name, ending string, text kept.File) (size int64, err error) {
	key := copyKey(ending, text.Sum)
	size, taken, err := c.site.Take(key, name+ending)
	if taken || err != nil {
		return size, err
	}
	src, err := c.site.Read(name)
	if err != nil {
		return 0, err
	}
	copied, err := c.compressed(ending, src)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	if len(copied) >= len(src) {
		return int64(len(src)), nil
	}
	return int64(len(copied)), c.site.Put(key, name+ending, copied)
}

// copyKey stands for the copy, with an ending, of the text that has a sum.
func copyKey(ending string, text kept.Sum) kept.Key { return kept.KeyOf(makers[ending], text[:]) }

// compressed returns a text, compressed. It is valid until the next call.
func (c *compressor) compressed(ending string, src []byte) ([]byte, error) {
	c.out.Reset()
	var w io.WriteCloser = c.gzip
	if ending == BrotliEnding {
		w = brotli.NewWriterLevel(&c.out, brotliLevel) // one that is used again writes other bytes, by what came before
	} else {
		c.gzip.Reset(&c.out)
	}
	if _, err := w.Write(src); err != nil {
		return nil, err
	}
	err := w.Close()
	return c.out.Bytes(), err
}
