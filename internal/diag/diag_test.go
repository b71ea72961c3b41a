package diag

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

var (
	ruleTwo = NewRule("test-two", Error,
		Text{VI: "Thiếu “%[1]s” ở %[2]d.", EN: "At %[2]d “%[1]s” is missing."},
		Text{VI: "Thêm vào.", EN: "Add it."})
	rulePercent = NewRule("test-percent", Notice, Text{VI: "Đúng 100 %.", EN: "100 % right."}, Text{})
)

func TestAFindingSpeaksBothLanguages(t *testing.T) {
	f := ruleTwo.At(Pos{"a.md", 3, 7}, "tên", 5).Suggest("tên gọi")
	for _, test := range []struct{ got, want string }{
		{f.Message(Vietnamese), "Thiếu “tên” ở 5."},
		{f.Message(English), "At 5 “tên” is missing."},
		{f.Hint(Vietnamese), "Có phải ý bạn là “tên gọi”? Thêm vào."},
		{f.Hint(English), "Did you mean “tên gọi”? Add it."},
		{rulePercent.At(Pos{}).Message(Vietnamese), "Đúng 100 %."},
		{rulePercent.At(Pos{}).Hint(English), ""},
		{f.Pos.String(), "a.md:3:7"},
		{Pos{File: "a.md", Line: 3}.String(), "a.md:3"},
		{Pos{File: "a.md"}.String(), "a.md"},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

func TestPlacesAreCountedInCharacters(t *testing.T) {
	const text = "\uFEFFmột hai\n\nba bốn"
	for word, want := range map[string]Pos{
		"một": {"a.md", 1, 1}, "hai": {"a.md", 1, 5}, "\nba": {"a.md", 2, 1}, "bốn": {"a.md", 3, 4}, "ốn": {"a.md", 3, 5},
	} {
		if got := PosAt("a.md", []byte(text), strings.Index(text, word)); got != want {
			t.Errorf("%q is at %v, want %v", word, got, want)
		}
	}
	if got := PosAt("a.md", []byte(text), len(text)); got != (Pos{"a.md", 3, 7}) {
		t.Errorf("the end is at %v", got)
	}
}

func TestSortIsByPlace(t *testing.T) {
	fs := []Finding{
		rulePercent.At(Pos{"b", 1, 1}), rulePercent.At(Pos{"a", 2, 1}), ruleTwo.At(Pos{"a", 1, 9}, "", 0), rulePercent.At(Pos{"a", 1, 9}),
	}
	Sort(fs)
	var got []string
	for _, f := range fs {
		got = append(got, f.Pos.String()+" "+f.Code)
	}
	want := []string{"a:1:9 test-percent", "a:1:9 test-two", "a:2:1 test-percent", "b:1:1 test-percent"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLowerAndErrors(t *testing.T) {
	f := ruleTwo.At(Pos{}, "", 0)
	if !HasErrors([]Finding{f}) || HasErrors([]Finding{f.Lower()}) {
		t.Error("a lowered finding is not an error")
	}
	if s := rulePercent.At(Pos{}).Lower().Severity; s != Notice {
		t.Errorf("lowering raised a notice to %s", s)
	}
}

func TestJSONHoldsTheLoweredSeverity(t *testing.T) {
	b, err := json.Marshal(ruleTwo.At(Pos{"a.md", 3, 0}, "x", 1).Lower())
	if want := `{"code":"test-two","severity":"warning","file":"a.md","line":3,"message":"Thiếu “x” ở 1.","hint":"Thêm vào."}`; err != nil || string(b) != want {
		t.Errorf("%s, %v", b, err)
	}
}

func TestACodeIsDeclaredOnce(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a second rule took the same code")
		}
	}()
	NewRule("test-two", Error, Text{}, Text{})
}

// Places are those of PosAt, in whatever order they are asked for.
func TestPlacesAreThoseOfPosAt(t *testing.T) {
	text := []byte("\uFEFFmột\nhai\n\nba bốn")
	in := PlacesIn("f", text)
	for _, at := range []int{0, 3, 7, 8, 9, 12, 13, 14, 16, 2, 13, 0, len(text), len(text), 4} {
		if got, want := in.At(at), PosAt("f", text, at); got != want {
			t.Errorf("%d: %v, want %v", at, got, want)
		}
	}
}
