package generate

import (
	"testing"

	"github.com/spf13/afero"
)

func TestCurrentIsWhatThisVersionGenerated(t *testing.T) {
	out := afero.NewMemMapFs()
	is := func(want bool, when string) {
		t.Helper()
		if got, err := Current(out); got != want || err != nil {
			t.Errorf("%s: current is %v, %v", when, got, err)
		}
	}
	is(false, "nothing was generated")
	run(t, out, site(t))
	is(true, "just generated")
	for _, other := range []string{`{"number": 0}`, `{"number": 1000}`, `{"num`, ``, `{}`} {
		if err := afero.WriteFile(out, formatFile, []byte(other), 0o666); err != nil {
			t.Fatal(err)
		}
		is(false, other)
	}
	run(t, out, site(t))
	is(true, "generated again")
}
