package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"io"
	"math"
)

// maxProfile bounds a colour profile; those of cameras take some hundred bytes.
const maxProfile = 4 << 20

// colourProfile returns the ICC profile of the picture (ICC.1:2022), nil where it has
// none, or only what says the same as none: sRGB.
func colourProfile(data []byte) []byte {
	profile := embedded(data)
	if len(profile) < 132 || string(profile[16:20]) != "RGB " {
		return nil
	}
	if m, ok := parseProfile(profile); !ok || m.isSRGB() {
		return nil
	}
	return profile
}

// embedded cuts the profile out of the file.
func embedded(data []byte) []byte {
	switch Sniff(data) {
	case JPEG:
		return jpegProfile(data)
	case PNG:
		return pngProfile(data)
	case WebP:
		if i := bytes.Index(data[:min(len(data), 64)], []byte("ICCP")); i > 0 && len(data) >= i+8 {
			size := uint64(binary.LittleEndian.Uint32(data[i+4:]))
			return data[i+8 : min(uint64(len(data)), uint64(i)+8+size)]
		}
	case HEIC:
		// In the box "colr", of the type "prof", among the properties of the items.
		if i := bytes.Index(data[:min(len(data), 64<<10)], []byte("colrprof")); i >= 4 {
			size := uint64(binary.BigEndian.Uint32(data[i-4:]))
			return data[i+8 : max(uint64(i)+8, min(uint64(len(data)), uint64(i)-4+size))]
		}
	}
	return nil
}

// jpegProfile joins the parts of the profile, which stand in order.
func jpegProfile(data []byte) []byte {
	var profile []byte
	for marker, s := range segments(data) {
		const head = "ICC_PROFILE\x00"
		if marker == 0xE2 && bytes.HasPrefix(s, []byte(head)) && len(s) > len(head)+2 {
			profile = append(profile, s[len(head)+2:]...)
		}
	}
	return profile
}

func pngProfile(data []byte) []byte {
	i := bytes.Index(data[:min(len(data), 4096)], []byte("iCCP"))
	if i < 4 {
		return nil
	}
	size := uint64(binary.BigEndian.Uint32(data[i-4:]))
	body := data[i+4 : min(uint64(len(data)), uint64(i)+4+size)]
	_, packed, ok := bytes.Cut(body, []byte{0})
	if !ok || len(packed) < 2 {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(packed[1:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(r, maxProfile))
	if err != nil {
		return nil
	}
	return profile
}

// matrixProfile is a profile of the kind that cameras and screens have: a curve
// for each channel, then a matrix to XYZ (D50). Profiles of other kinds (tables,
// CMYK) are rare in photographs, and their pictures are taken as they are.
type matrixProfile struct {
	curve  [3][256]float64
	matrix [3][3]float64 // columns: the XYZ of red, green, blue
}

func parseProfile(p []byte) (m matrixProfile, ok bool) {
	for i := range 3 {
		xyz := profileTag(p, "rgb"[i:i+1]+"XYZ")
		trc := profileTag(p, "rgb"[i:i+1]+"TRC")
		if len(xyz) < 20 || !parseCurve(trc, &m.curve[i]) {
			return m, false
		}
		for j := range 3 {
			m.matrix[j][i] = fixed(xyz[8+4*j:])
		}
	}
	return m, true
}

// profileTag finds the data of a tag in the profile's table.
func profileTag(p []byte, name string) []byte {
	if len(p) < 132 {
		return nil
	}
	count := min(int(binary.BigEndian.Uint32(p[128:])), 100)
	for i := range count {
		at := 132 + 12*i
		if at+12 > len(p) {
			return nil
		}
		if string(p[at:at+4]) == name {
			off, size := uint64(binary.BigEndian.Uint32(p[at+4:])), uint64(binary.BigEndian.Uint32(p[at+8:]))
			if off+size > uint64(len(p)) {
				return nil
			}
			return p[off : off+size]
		}
	}
	return nil
}

func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// parseCurve reads the types "curv" and "para" (ICC.1:2022, 10.6 and 10.18).
func parseCurve(t []byte, out *[256]float64) bool {
	if len(t) < 12 {
		return false
	}
	var f func(x float64) float64
	switch string(t[:4]) {
	case "curv":
		n := int(min(binary.BigEndian.Uint32(t[8:]), 1<<16))
		if len(t) < 12+2*n {
			return false
		}
		point := func(i int) float64 { return float64(binary.BigEndian.Uint16(t[12+2*i:])) }
		switch n {
		case 0:
			f = func(x float64) float64 { return x }
		case 1:
			f = func(x float64) float64 { return math.Pow(x, point(0)/256) }
		default:
			f = func(x float64) float64 {
				at := x * float64(n-1)
				i := min(int(at), n-2)
				return (point(i) + (at-float64(i))*(point(i+1)-point(i))) / 65535
			}
		}
	case "para":
		kind := int(binary.BigEndian.Uint16(t[8:]))
		counts := [...]int{1, 3, 4, 5, 7}
		if kind >= len(counts) || len(t) < 12+4*counts[kind] {
			return false
		}
		var v [7]float64 // g a b c d e f
		for i := range counts[kind] {
			v[i] = fixed(t[12+4*i:])
		}
		f = parametric(kind, v)
	default:
		return false
	}
	for i := range out {
		y := f(float64(i) / 255)
		if math.IsNaN(y) {
			return false
		}
		out[i] = min(max(y, 0), 1)
	}
	return true
}

func parametric(kind int, v [7]float64) func(float64) float64 {
	g, a, b, c, d, e, f := v[0], v[1], v[2], v[3], v[4], v[5], v[6]
	return func(x float64) float64 {
		switch {
		case kind == 0:
			return math.Pow(x, g)
		case kind == 1 && x >= -b/a, kind == 3 && x >= d:
			return math.Pow(a*x+b, g)
		case kind == 1:
			return 0
		case kind == 2 && x >= -b/a:
			return math.Pow(a*x+b, g) + c
		case kind == 2:
			return c
		case kind == 4 && x >= d:
			return math.Pow(a*x+b, g) + e
		case kind == 4:
			return c*x + f
		}
		return c * x // kind 3 below d
	}
}

// srgb is the matrix of sRGB, adapted to D50 as in profiles, and its inverse.
var (
	srgb = [3][3]float64{
		{0.4360747, 0.3850649, 0.1430804},
		{0.2225045, 0.7168786, 0.0606169},
		{0.0139322, 0.0971045, 0.7141733}}
	toLinear = [3][3]float64{
		{3.1338561, -1.6168667, -0.4906146},
		{-0.9787684, 1.9161415, 0.0334540},
		{0.0719453, -0.2289914, 1.4052427}}
)

func (m *matrixProfile) isSRGB() bool {
	for i := range 3 {
		for j := range 3 {
			if math.Abs(m.matrix[i][j]-srgb[i][j]) > 0.003 {
				return false
			}
		}
	}
	return math.Abs(m.curve[1][128]-0.2158) < 0.01
}

// toSRGB brings the colours of img, given in the profile's, to sRGB. What lies
// outside of it is clipped.
func toSRGB(img *image.NRGBA, profile []byte) {
	m, ok := parseProfile(profile)
	if !ok {
		return
	}
	var all [3][3]float64
	for i := range 3 {
		for j := range 3 {
			for k := range 3 {
				all[i][j] += toLinear[i][k] * m.matrix[k][j]
			}
		}
	}
	for p := img.Pix; len(p) >= 4; p = p[4:] {
		r, g, b := m.curve[0][p[0]], m.curve[1][p[1]], m.curve[2][p[2]]
		for i := range 3 {
			p[i] = encoded(all[i][0]*r + all[i][1]*g + all[i][2]*b)
		}
	}
}

// gamma is the curve of sRGB, from linear light in steps fine enough for 8 bits.
var gamma = func() (t [4096]uint8) {
	for i := range t {
		x := float64(i) / float64(len(t)-1)
		if x <= 0.0031308 {
			x *= 12.92
		} else {
			x = 1.055*math.Pow(x, 1/2.4) - 0.055
		}
		t[i] = uint8(x*255 + 0.5)
	}
	return t
}()

func encoded(linear float64) uint8 {
	return gamma[int(min(max(linear, 0), 1)*float64(len(gamma)-1)+0.5)]
}
