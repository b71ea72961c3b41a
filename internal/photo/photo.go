// Package photo prepares photographs for publication, and lists the metadata of
// image files.
//
// In: the bytes of a JPEG, PNG, GIF, WebP or HEIC file from an untrusted source.
// Out, of [Clean]: the image alone, upright, in sRGB, no side longer than
// [Longest], re-encoded, so that nothing of the original file is left: no EXIF
// (place, time and device), no XMP, no IPTC, no thumbnail of what was cropped
// away. [Carried] lists such metadata, which is how the built site is proven to
// have none.
//
// An image's size is read from its header and bounded before any pixel is
// decoded. All functions are safe for concurrent use.
package photo

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"path"
	"strings"

	"github.com/bep/imagemeta"
	"github.com/gen2brain/heic"
	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// Bounds of what is accepted and of what is given.
const (
	MaxBytes  = 48 << 20
	MaxPixels = 64_000_000 // the most that phones take; 256 MB of memory
	Longest   = 2560       // of the sides of a cleaned picture, in pixels
)

// MinHEIC is the minimal width in pixels of a HEIC image: below it the decoder gets
// colours wrong (libheif pads the rows of smaller planes, which gen2brain/heic v0.4.5
// ignores). No camera takes such pictures.
const MinHEIC = 128

var (
	ErrFormat   = errors.New("not a picture of a known format")
	ErrTooLarge = errors.New("the picture is too large")
	ErrTooSmall = errors.New("the picture is too small to be read right") // a HEIC file narrower than MinHEIC
	ErrDamaged  = errors.New("the picture is damaged")
)

// Format is an image format.
type Format string

const (
	JPEG Format = "jpeg"
	PNG  Format = "png"
	GIF  Format = "gif"
	WebP Format = "webp"
	HEIC Format = "heic"

	avif Format = "avif"
	tiff Format = "tiff"
)

// Sniff returns the format by a file's first bytes, "" if it is unknown.
func Sniff(data []byte) Format {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return GIF
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return WebP
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		return tiff
	case len(data) >= 12 && string(data[4:8]) == "ftyp":
		switch string(data[8:12]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
			if bytes.Contains(data[12:min(len(data), 64)], []byte("avif")) {
				return avif
			}
			return HEIC
		case "avif", "avis":
			return avif
		}
	}
	return ""
}

// Named returns the format by a file's name, "" if it is not an image that can be shown.
func Named(name string) Format { return endings[strings.ToLower(path.Ext(name))] }

var endings = map[string]Format{".jpg": JPEG, ".jpeg": JPEG, ".png": PNG, ".gif": GIF, ".webp": WebP, ".heic": HEIC, ".heif": HEIC}

// formats are those that can be decoded.
var formats = map[Format]struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	meta   imagemeta.ImageFormat // 0 where the decoder turns the picture itself, or nothing says how
}{
	JPEG: {jpeg.DecodeConfig, jpeg.Decode, imagemeta.JPEG},
	PNG:  {png.DecodeConfig, png.Decode, imagemeta.PNG},
	GIF:  {gif.DecodeConfig, gif.Decode, 0},
	WebP: {webp.DecodeConfig, webp.Decode, imagemeta.WebP},
	HEIC: {heic.DecodeConfig, heic.Decode, 0},
}

// Check reads an image's header and returns its size. The error, if it cannot be
// accepted, is [ErrFormat], [ErrTooLarge], [ErrTooSmall] or [ErrDamaged].
func Check(r io.Reader) (image.Config, error) {
	buffered := bufio.NewReader(io.LimitReader(r, MaxBytes))
	head, _ := buffered.Peek(64) // a shorter file is judged by what it has
	kind := Sniff(head)
	f, ok := formats[kind]
	if !ok {
		return image.Config{}, ErrFormat
	}
	c, err := guard(func() (image.Config, error) { return f.config(buffered) })
	switch {
	case err != nil:
		return c, fmt.Errorf("%w: %w", ErrDamaged, err)
	case c.Width <= 0 || c.Height <= 0:
		return c, ErrDamaged
	case kind == HEIC && c.Width < MinHEIC:
		return c, fmt.Errorf("%w: %d pixels wide", ErrTooSmall, c.Width)
	case int64(c.Width)*int64(c.Height) > MaxPixels:
		return c, fmt.Errorf("%w: %d × %d", ErrTooLarge, c.Width, c.Height)
	}
	return c, nil
}

// guard turns a decoder's panic over a damaged file into an error.
func guard[T any](f func() (T, error)) (v T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("decoding: %v", r)
		}
	}()
	return f()
}

// Crop is how much of an image is cut off on each side, as a fraction of its width or
// height.
type Crop struct{ Left, Top, Right, Bottom float64 }

// Ready reports whether an image can be published unchanged: its format is one that Hugo
// reads and that its name says, it is small enough and upright, and the file contains
// nothing else.
func Ready(name string, data []byte) bool {
	f := Sniff(data)
	if f == HEIC || f != Named(name) || len(Carried(data)) > 0 || colourProfile(data) != nil {
		return false
	}
	c, err := Check(bytes.NewReader(data))
	return err == nil && max(c.Width, c.Height) <= Longest
}

// Clean re-encodes an image, without anything else that the file contains. ext is ".png"
// if the original is a drawing (PNG, GIF) or has transparency, else ".jpg". The errors
// are those of [Check].
func Clean(data []byte, crop Crop) (clean []byte, ext string, err error) {
	if len(data) > MaxBytes {
		return nil, "", fmt.Errorf("%w: %d MB", ErrTooLarge, len(data)>>20)
	}
	if _, err := Check(bytes.NewReader(data)); err != nil {
		return nil, "", err
	}
	format := Sniff(data)
	src, err := guard(func() (image.Image, error) { return formats[format].decode(bytes.NewReader(data)) })
	if err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	img := upright(scale(src, cropped(src.Bounds(), crop)), orientation(data))
	toSRGB(img, colourProfile(data))
	var b bytes.Buffer
	if format == PNG || format == GIF || !opaque(src) {
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img)
		ext = ".png"
	} else {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 90})
		ext = ".jpg"
	}
	if err != nil {
		return nil, "", fmt.Errorf("encoding: %w", err)
	}
	return b.Bytes(), ext, nil
}

func opaque(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return !ok || o.Opaque()
}

// cropped returns the part to be seen, at least one pixel of it.
func cropped(r image.Rectangle, c Crop) image.Rectangle {
	part := func(from, to int, cut float64) int { return int(cut * float64(to-from)) }
	in := image.Rect(
		r.Min.X+part(r.Min.X, r.Max.X, c.Left), r.Min.Y+part(r.Min.Y, r.Max.Y, c.Top),
		r.Max.X-part(r.Min.X, r.Max.X, c.Right), r.Max.Y-part(r.Min.Y, r.Max.Y, c.Bottom))
	if in = in.Intersect(r); in.Empty() || c.Left+c.Right >= 1 || c.Top+c.Bottom >= 1 {
		return r
	}
	return in
}

// scale draws the part of src, made smaller where a side is too long.
func scale(src image.Image, part image.Rectangle) *image.NRGBA {
	w, h := part.Dx(), part.Dy()
	if longest := max(w, h); longest > Longest {
		w, h = max(1, w*Longest/longest), max(1, h*Longest/longest)
	}
	dst := image.NewNRGBA(image.Rect(0, 0, w, h))
	if w == part.Dx() && h == part.Dy() {
		draw.Draw(dst, dst.Bounds(), src, part.Min, draw.Src)
	} else {
		draw.CatmullRom.Scale(dst, dst.Bounds(), src, part, draw.Src, nil)
	}
	return dst
}

// orientation reads how the camera was held: 1 upright … 8, as EXIF numbers it.
func orientation(data []byte) int {
	n := 1
	if !readEXIF(data, func(t imagemeta.TagInfo) bool { return t.Tag == "Orientation" }, func(t imagemeta.TagInfo) error {
		if v, ok := t.Value.(uint16); ok && 1 <= v && v <= 8 {
			n = int(v)
		}
		return nil
	}) {
		return 1 // damaged metadata is dropped with the rest
	}
	return n
}

// readEXIF calls read for those of a picture's EXIF tags that wanted asks for, and reports
// whether all of it could be read.
func readEXIF(data []byte, wanted func(imagemeta.TagInfo) bool, read func(imagemeta.TagInfo) error) bool {
	format := formats[Sniff(data)].meta
	if format == 0 {
		return true
	}
	_, err := guard(func() (struct{}, error) {
		_, err := imagemeta.Decode(imagemeta.Options{R: bytes.NewReader(data), ImageFormat: format, Sources: imagemeta.EXIF, ShouldHandleTag: wanted, HandleTag: read})
		return struct{}{}, err
	})
	return err == nil
}

// upright turns and mirrors the picture as its orientation asks.
func upright(img *image.NRGBA, orientation int) *image.NRGBA {
	if orientation <= 1 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewNRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(tx, ty):][:4], img.Pix[img.PixOffset(x, y):][:4])
		}
	}
	return out
}
