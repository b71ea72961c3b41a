package card

import (
	"bytes"
	"compress/zlib"
	"io"
	"math/rand/v2"
	"testing"
)

func FuzzDeflate(f *testing.F) {
	f.Add([]byte{}, 5)
	f.Add([]byte{7}, 1)
	f.Add(bytes.Repeat([]byte{0}, 3*longest+2), 601)
	for n := range 2 * shortest {
		f.Add(bytes.Repeat([]byte("abcd"), longest/4+n)[n:], 4)
		f.Add(bytes.Repeat([]byte{1}, 1+longest+n), 601)
	}
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 3*farthest)
	for i := range noise {
		noise[i] = byte(random.ExpFloat64() * 3)
	}
	f.Add(noise, 601)
	f.Add(bytes.Repeat(noise[:farthest+9], 2), farthest+9)
	// Counts that grow like Fibonacci's numbers want the longest codes.
	var skewed []byte
	for i, a, b := 0, 1, 1; i < 24; i, a, b = i+1, b, a+b {
		skewed = append(skewed, bytes.Repeat([]byte{byte(i)}, a)...)
	}
	random.Shuffle(len(skewed), func(i, j int) { skewed[i], skewed[j] = skewed[j], skewed[i] })
	f.Add(skewed, len(skewed))
	f.Fuzz(func(t *testing.T, data []byte, row int) {
		var d deflater
		for range 2 { // the second as if there had been no first
			z, err := zlib.NewReader(bytes.NewReader(d.zlib(data, max(row, 1))))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, data) {
				t.Fatalf("%d bytes become %d (%v)", len(data), len(got), err)
			}
		}
	})
}
