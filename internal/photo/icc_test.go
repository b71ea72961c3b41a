package photo

import (
	"encoding/binary"
	"image"
	"math"
	"slices"
	"testing"
)

// para is a parametric curve as profiles hold it (ICC.1:2022, 10.18).
func para(kind uint16, parameters ...float64) []byte {
	t := binary.BigEndian.AppendUint16([]byte("para\x00\x00\x00\x00"), kind)
	t = append(t, 0, 0)
	for _, v := range parameters {
		t = binary.BigEndian.AppendUint32(t, uint32(int32(math.Round(v*65536))))
	}
	return t
}

// curv is a sampled curve, or a gamma (ICC.1:2022, 10.6).
func curv(points ...uint16) []byte {
	t := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), uint32(len(points)))
	for _, v := range points {
		t = binary.BigEndian.AppendUint16(t, v)
	}
	return slices.Concat(t, make([]byte, 4))
}

// TestToneCurves compares curves of every type, from black to white, with the formulas
// of the standard.
func TestToneCurves(t *testing.T) {
	srgb := func(x float64) float64 {
		if x < 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	for name, test := range map[string]struct {
		curve []byte
		want  func(x float64) float64
	}{
		"type 0":             {para(0, 2.2), func(x float64) float64 { return math.Pow(x, 2.2) }},
		"type 1":             {para(1, 2, 1.25, -0.25), func(x float64) float64 { return math.Pow(max(0, 1.25*x-0.25), 2) }},
		"type 2":             {para(2, 2, 1, -0.25, 0.125), func(x float64) float64 { return math.Pow(max(0, x-0.25), 2) + 0.125 }},
		"type 3, of iPhones": {para(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045), srgb},
		"type 4":             {para(4, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045, 0, 0), srgb},
		"type 4, raised": {para(4, 2, 1, 0, 0.5, 0.25, 0.125, 0.0625), func(x float64) float64 {
			return min(1, map[bool]float64{true: x*x + 0.125, false: x/2 + 0.0625}[x >= 0.25])
		}},
		"no points":                 {curv(), func(x float64) float64 { return x }},
		"one point, which is gamma": {curv(0x01C0), func(x float64) float64 { return math.Pow(x, 1.75) }},
		"points":                    {curv(0, 0x4000, 0xFFFF), func(x float64) float64 { return max(x*2*16384/65535, 16384.0/65535+(x-0.5)*2*49151/65535) }},
	} {
		var got [256]float64
		if !parseCurve(test.curve, &got) {
			t.Errorf("%s is not read", name)
			continue
		}
		for i, y := range got {
			if want := test.want(float64(i) / 255); math.Abs(y-want) > 1e-4 {
				t.Errorf("%s: %d is %.5f, want %.5f", name, i, y, want)
				break
			}
		}
	}
	for name, curve := range map[string][]byte{"cut short": para(3, 2.4, 1), "an unknown type": para(5, 1, 1, 1, 1, 1, 1, 1), "points that are not there": curv(1, 2, 3)[:14], "none": nil} {
		if parseCurve(curve, new([256]float64)) {
			t.Errorf("a curve that is %s is read", name)
		}
	}
}

// TestGreysStay converts every grey from Display P3, whose white and curve are those of
// sRGB: a dark tone of an iPhone's photograph stays as dark.
func TestGreysStay(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 256, 1))
	for i := range 256 {
		copy(img.Pix[4*i:], []byte{byte(i), byte(i), byte(i), 255})
	}
	toSRGB(img, p3())
	for i := range 256 {
		for _, got := range img.Pix[4*i : 4*i+3] {
			if abs(int(got)-i) > 1 {
				t.Fatalf("grey %d becomes %v", i, img.Pix[4*i:4*i+3])
			}
		}
	}
}
