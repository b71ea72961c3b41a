package card

import (
	"testing"

	"lienhiep/internal/growth"
)

// Whatever stands on a card, four times as much takes four times as long.
func TestCardsAreDrawnInLinearTime(t *testing.T) {
	d, err := newDrawer()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"letters": "W", "words": "một ", "marks": "\u0300", "letters with marks": "a\u0300\u0301", "points": ".", "blanks": "a     "} {
		t.Run(name, func(t *testing.T) {
			growth.Repeated(t, text, 1<<20, func(s string) {
				if _, err := d.draw(Words{"site", s, s, s, s, s, s}); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func FuzzCardInLinearTime(f *testing.F) {
	d, err := newDrawer()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Ễ ")
	f.Fuzz(func(t *testing.T, text string) {
		growth.Repeated(t, text[:min(len(text), 1<<10)], 1<<18, func(s string) {
			if _, err := d.draw(Words{s, s, s, s, s, s, s}); err != nil {
				t.Error(err)
			}
		})
	})
}
