package photo

import (
	"bytes"
	"encoding/binary"
	"iter"
	"slices"
	"strings"
)

// Extra is something that an image file contains besides the image.
type Extra string

const (
	EXIF    Extra = "EXIF" // the camera's: where, when, with what
	XMP     Extra = "XMP"  // an editing program's
	IPTC    Extra = "IPTC" // a press agency's
	Comment Extra = "comment"
	AppData Extra = "application data"
	Tail    Extra = "data after the picture" // such as the film that phones append
)

// Carried lists what an image file contains besides the image, without duplicates. What
// is needed to draw it (colour profiles, animation) is not listed. Nil means that the
// whole file was read and nothing was found; for an unknown format it means nothing.
func Carried(data []byte) []Extra {
	var c carried
	switch Sniff(data) {
	case JPEG:
		c.jpeg(data)
	case PNG:
		c.png(data)
	case GIF:
		c.gif(data)
	case WebP:
		c.webp(data)
	case HEIC, avif:
		c.heif(data, 0)
	case tiff: // the container of EXIF itself
		c.add(EXIF)
	default:
		c.icon(data)
	}
	return c
}

type carried []Extra

func (c *carried) add(what Extra) {
	if !slices.Contains(*c, what) {
		*c = append(*c, what)
	}
}

// jpeg walks the segments, through the scans, to the end of the image.
func (c *carried) jpeg(data []byte) {
	for i := 2; i+1 < len(data); {
		if data[i] != 0xFF {
			i++ // coded data of a scan
			continue
		}
		marker := data[i+1]
		switch {
		case marker == 0xFF: // fill
			i++
			continue
		case marker == 0x00, marker == 0x01, 0xD0 <= marker && marker <= 0xD8: // of the coded data
			i += 2
			continue
		case marker == 0xD9:
			if len(bytes.Trim(data[i+2:], "\x00")) > 0 {
				c.add(Tail)
			}
			return
		}
		if i+4 > len(data) {
			return
		}
		length := int(binary.BigEndian.Uint16(data[i+2:]))
		segment := data[min(i+4, len(data)):min(i+2+max(length, 2), len(data))]
		c.segment(marker, segment)
		i += 2 + max(length, 2)
	}
}

func (c *carried) segment(marker byte, s []byte) {
	has := func(prefix string) bool { return bytes.HasPrefix(s, []byte(prefix)) }
	switch {
	case marker == 0xFE:
		c.add(Comment)
	case marker < 0xE0 || marker > 0xEF,
		marker == 0xE0 && has("JFIF\x00"), marker == 0xE2 && has("ICC_PROFILE\x00"), marker == 0xEE && has("Adobe"):
	case marker == 0xE1 && has("Exif"):
		c.add(EXIF)
	case marker == 0xE1 && has("http://ns.adobe.com/"):
		c.add(XMP)
	case marker == 0xED:
		c.add(IPTC)
	default:
		c.add(AppData)
	}
}

// pngPicture are the chunks that a picture is drawn from.
const pngPicture = "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT cICP mDCV cLLI acTL fcTL fdAT"

// codeRemark is what Hugo's pictures of QR codes say of who drew them, and nothing else.
const codeRemark = "Software\x00QR-PNG http://qr.swtch.com/"

func (c *carried) png(data []byte) {
	for data = data[8:]; len(data) >= 8; {
		length, kind := int64(binary.BigEndian.Uint32(data)), string(data[4:8])
		body := data[8:min(int64(len(data)), 8+length)]
		data = data[min(int64(len(data)), 12+length):]
		switch {
		case kind == "IEND":
			if len(bytes.Trim(data, "\x00")) > 0 {
				c.add(Tail)
			}
			return
		case kind == "eXIf", kind == "zxIf":
			c.add(EXIF)
		case kind == "tEXt" && string(body) == codeRemark:
		case kind == "tEXt", kind == "zTXt", kind == "iTXt":
			keyword, _, _ := strings.Cut(string(body[:min(len(body), 80)]), "\x00")
			c.add(pngText(keyword))
		case !strings.Contains(pngPicture, kind):
			c.add(AppData)
		}
	}
}

// pngText tells what a text chunk holds: ImageMagick writes whole profiles as text.
func pngText(keyword string) Extra {
	k := strings.ToLower(keyword)
	switch {
	case strings.Contains(k, "xmp"):
		return XMP
	case strings.Contains(k, "exif"), strings.Contains(k, "app1"):
		return EXIF
	case strings.Contains(k, "iptc"), strings.Contains(k, "8bim"):
		return IPTC
	}
	return Comment
}

func (c *carried) webp(data []byte) {
	end := min(int64(len(data)), 8+int64(binary.LittleEndian.Uint32(data[4:])))
	if len(bytes.Trim(data[end:], "\x00")) > 0 {
		c.add(Tail)
	}
	for data = data[12:max(end, 12)]; len(data) >= 8; {
		switch kind := string(data[:4]); kind {
		case "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP":
		case "EXIF":
			c.add(EXIF)
		case "XMP ":
			c.add(XMP)
		default:
			c.add(AppData)
		}
		length := int64(binary.LittleEndian.Uint32(data[4:]))
		data = data[min(int64(len(data)), 8+length+length&1):]
	}
}

func (c *carried) gif(data []byte) {
	if len(data) < 13 {
		return
	}
	at := 13 + colours(data[10])
	for at < len(data) {
		switch data[at] {
		case 0x2C: // a frame
			if at+10 > len(data) {
				return
			}
			at = blocks(data, at+11+colours(data[at+9]))
		case 0x21:
			if at+2 > len(data) {
				return
			}
			c.extension(data[at+1], data[min(at+2, len(data)):])
			at = blocks(data, at+2)
		case 0x3B:
			if len(bytes.Trim(data[at+1:], "\x00")) > 0 {
				c.add(Tail)
			}
			return
		default:
			return // damaged: no decoder reads on
		}
	}
}

// colours returns the length of the colour table that the flags speak of.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// blocks returns where the chain of blocks ends that begins at the place.
func blocks(data []byte, at int) int {
	for at < len(data) && data[at] != 0 {
		at += 1 + int(data[at])
	}
	return at + 1
}

func (c *carried) extension(label byte, body []byte) {
	switch {
	case label == 0xFE:
		c.add(Comment)
	case label == 0x01:
		c.add(Comment)
	case label == 0xFF:
		switch name := string(body[min(1, len(body)):min(12, len(body))]); name {
		case "NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012":
		case "XMP DataXMP":
			c.add(XMP)
		default:
			c.add(AppData)
		}
	}
}

// heif walks the boxes in which the items of the file are listed.
func (c *carried) heif(data []byte, depth int) {
	for name, body := range Boxes(data) {
		switch kind := string(name); {
		case kind == "meta" && len(body) > 4 && depth < 2:
			c.heif(body[4:], depth+1)
		case kind == "iinf" && len(body) > 6:
			skip := 6
			if body[0] > 0 { // its count has four bytes
				skip = 8
			}
			c.heif(body[min(skip, len(body)):], depth+1)
		case kind == "infe" && len(body) >= 12 && body[0] >= 2:
			at := 8
			if body[0] >= 3 { // its ID has four bytes
				at = 10
			}
			switch item := string(body[at:min(at+4, len(body))]); item {
			case "Exif":
				c.add(EXIF)
			case "mime", "uri ":
				c.add(XMP)
			}
		case kind == "uuid":
			c.add(AppData)
		}
	}
}

// Boxes are those of an ISO base media file (HEIC, MP4) that stand one behind the other
// in data: their names of four letters, and what is in them. Both are parts of data.
func Boxes(data []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, content []byte) bool) {
		for len(data) >= 8 {
			size, header := uint64(binary.BigEndian.Uint32(data)), uint64(8)
			switch {
			case size == 0:
				size = uint64(len(data))
			case size == 1 && len(data) >= 16:
				size, header = binary.BigEndian.Uint64(data[8:]), 16
			}
			if size < header || size > uint64(len(data)) || !yield(data[4:8], data[header:size]) {
				return
			}
			data = data[size:]
		}
	}
}

// icon looks into the pictures of a Windows icon, which may be PNG files.
func (c *carried) icon(data []byte) {
	if len(data) < 6 || string(data[:4]) != "\x00\x00\x01\x00" {
		return
	}
	for entry := range slices.Chunk(data[6:min(len(data), 6+16*int(binary.LittleEndian.Uint16(data[4:])))], 16) {
		if len(entry) < 16 {
			return
		}
		size, at := uint64(binary.LittleEndian.Uint32(entry[8:])), uint64(binary.LittleEndian.Uint32(entry[12:]))
		if at+size > uint64(len(data)) {
			return
		}
		if picture := data[at : at+size]; Sniff(picture) == PNG {
			c.png(picture)
		}
	}
}
