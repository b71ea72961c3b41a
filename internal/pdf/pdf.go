// Package pdf reads PDF files: what they say, where on the page they say it, and
// what they carry besides; and takes out of them what they tell of their authors. It
// alone knows the library behind it, pdfcpu, which reads the objects of a file.
//
// In: the bytes of a file, from anybody. Out: a [File], whose [File.Runs] and
// [File.Text] are its words, and whose [File.Clean] is the same file without its
// document information, in which no other byte has moved.
//
// Nothing is run, fetched or drawn. A file cannot hold the reader up: what unpacks to
// more than [maxUnpacked], nests too deeply or has too many signs is not read further.
package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"lienhiep/internal/photo"
)

// Limits on a file: above what offices publish, small enough to hold in memory.
const (
	maxUnpacked = 512 << 20 // bytes of all its streams
	maxStream   = 64 << 20  // bytes of one, unpacked
	maxPages    = 5_000
	maxForms    = 8         // drawings within drawings
	maxSigns    = 4_000_000 // operators of all pages
	maxText     = 8 << 20   // bytes of its words
	maxRead     = 256 << 20 // bytes of the streams that its pages draw and their fonts have, each time
	patience    = 30 * time.Second
)

// What keeps a file from being read.
var (
	ErrDamaged    = errors.New("the PDF file is damaged")
	ErrEncrypted  = errors.New("the PDF file asks for a password")
	ErrTooComplex = errors.New("the PDF file is too large or too intricate")
)

// Is reports whether data begins as a PDF file does: readers let something stand before it.
func Is(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-"))
}

// The library would keep settings in the home of whoever runs this program.
func init() { model.ConfigPath = "disable" }

// File is a PDF file whose objects have been read.
type File struct {
	data []byte
	ctx  *model.Context
	runs []Run // once read, with what is drawn besides

	lines    []Line
	pictures map[int]float64

	Pages     int
	Info      map[string]string // the document information: "Title", "Author" …
	Encrypted bool              // opens without a password, but is encrypted
	Signed    bool              // carries a signature, which any change would break
	Comments  int               // notes and marks that readers of a draft left on its pages
	Notes     []string          // what the notes say
	Fields    []string          // what the fields of a form are filled with
	Attached  []string          // names of the files within it, sorted
	Scripts   bool              // runs JavaScript, or starts programs
	GPS       int               // photographs that say where they were taken
}

// Open reads the objects of a file. The error is one of the above.
func Open(data []byte) (f *File, err error) {
	if !Is(data) {
		return nil, ErrDamaged
	}
	if !unpacks(data) {
		return nil, ErrTooComplex
	}
	defer recovered(&f, &err)
	conf := model.NewDefaultConfiguration()
	conf.Limits.MaxDecodeBytes, conf.Limits.MaxStreamBytes = maxStream, int64(len(data))
	conf.Limits.MaxObjectCount, conf.Limits.MaxXRefEntries = 2_000_000, 2_000_000
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	read, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), conf)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, ErrTooComplex
	case errors.Is(err, pdfcpu.ErrWrongPassword):
		return nil, ErrEncrypted
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	f = &File{data: data, ctx: read, Encrypted: read.E != nil, Info: map[string]string{}}
	if err := read.EnsurePageCount(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if f.Pages = read.PageCount; f.Pages > maxPages {
		return nil, ErrTooComplex
	}
	f.information()
	f.look()
	return f, nil
}

// recovered turns a panic of the library into an error, so that a hostile file cannot
// crash the program.
func recovered(f **File, err *error) {
	if r := recover(); r != nil {
		*f, *err = nil, fmt.Errorf("%w: %v", ErrDamaged, r)
	}
}

// unpacks reports whether the packed streams of a file stay within bounds, before
// anything is kept of them.
func unpacks(data []byte) bool {
	left := int64(maxUnpacked)
	word := []byte("stream")
	for rest := data; left > 0; {
		i := bytes.Index(rest, word)
		if i < 0 {
			return true
		}
		rest = bytes.TrimLeft(rest[i+len(word):], "\r\n")
		if len(rest) < 2 || rest[0]&0x0f != 8 || (int(rest[0])<<8|int(rest[1]))%31 != 0 {
			continue // not packed by zlib
		}
		z, err := zlib.NewReader(bytes.NewReader(rest))
		if err != nil {
			continue
		}
		n, _ := io.Copy(io.Discard, io.LimitReader(z, left)) // a damaged stream counts as far as it goes
		left -= n
	}
	return false
}

// information reads the document information.
func (f *File) information() {
	if f.ctx.Info == nil {
		return
	}
	d, err := f.ctx.DereferenceDict(*f.ctx.Info)
	if err != nil {
		return // as if it had none
	}
	for key, value := range d {
		value, err := f.ctx.Dereference(value)
		if err != nil {
			continue
		}
		if s, err := model.Text(value); err == nil && strings.TrimSpace(s) != "" {
			f.Info[key] = strings.TrimSpace(s)
		}
	}
}

// markup are the annotations that people leave on a page; links and form fields are
// part of the document.
var markup = []string{"Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly", "Ink", "Stamp", "Caret", "Line", "Square", "Circle", "Polygon", "PolyLine"}

// look searches all objects for what a file carries besides its pages.
func (f *File) look() {
	for _, number := range slices.Sorted(maps.Keys(f.ctx.Table)) {
		object, err := f.ctx.Dereference(*types.NewIndirectRef(number, f.generation(number)))
		if err != nil {
			continue
		}
		f.lookIn(object, 0)
		if o, ok := object.(types.StreamDict); ok {
			if data, _ := photoIn(&o); photo.HasGPS(data) {
				f.GPS++
			}
		}
	}
	slices.Sort(f.Attached)
	f.Attached = slices.Compact(f.Attached)
}

// lookIn looks at the dictionaries of an object: they may lie within one another.
func (f *File) lookIn(object types.Object, depth int) {
	const deepest = 16
	var within types.Dict
	switch o := object.(type) {
	case types.Dict:
		within = o
	case types.StreamDict:
		within = o.Dict
	case types.Array:
		for _, one := range o {
			if depth < deepest {
				f.lookIn(one, depth+1)
			}
		}
		return
	default:
		return
	}
	f.lookAt(within)
	for _, key := range slices.Sorted(maps.Keys(within)) {
		if depth < deepest {
			f.lookIn(within[key], depth+1)
		}
	}
}

func (f *File) generation(number int) int {
	if e := f.ctx.Table[number]; e != nil && e.Generation != nil {
		return *e.Generation
	}
	return 0
}

// say adds a text of the file to others; of another kind, or none, it adds nothing.
func (f *File) say(all []string, text types.Object) []string {
	if text == nil {
		return all
	}
	switch o, _ := f.ctx.Dereference(text); o.(type) {
	case types.StringLiteral, types.HexLiteral:
		if s, err := model.Text(o); err == nil && strings.TrimSpace(s) != "" {
			return append(all, s)
		}
	}
	return all
}

func (f *File) lookAt(d types.Dict) {
	name := func(key string) string {
		o, err := f.ctx.Dereference(d[key])
		n, _ := o.(types.Name)
		if err != nil {
			return ""
		}
		return string(n)
	}
	kind, sub, action := name("Type"), name("Subtype"), name("S")
	if _, rect := d["Rect"]; rect && kind != "Page" && slices.Contains(markup, sub) {
		f.Comments++
		f.Notes = f.say(f.Notes, d["Contents"])
	}
	if d["T"] != nil && (d["FT"] != nil || d["Parent"] != nil || sub == "Widget") {
		f.Fields = f.say(f.Fields, d["V"])
	}
	if kind == "Sig" || kind == "DocTimeStamp" || d["ByteRange"] != nil && d["Contents"] != nil {
		f.Signed = true
	}
	if action == "JavaScript" || action == "Launch" || d["JS"] != nil {
		f.Scripts = true
	}
	if kind == "Filespec" || d["EF"] != nil {
		for _, key := range []string{"UF", "F"} {
			if s, err := f.ctx.DereferenceText(d[key]); d[key] != nil && err == nil {
				f.Attached = append(f.Attached, s)
				break
			}
		}
	}
}
