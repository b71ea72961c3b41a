package history

import (
	"errors"
	"strings"
	"testing"
)

// TestANameIsGivenOnce is remembered for the user, in one line and bounded.
func TestANameIsGivenOnce(t *testing.T) {
	home := t.TempDir()
	for _, v := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} { // one for each system
		t.Setenv(v, home)
	}
	if Named() != "" || Me() == "" {
		t.Errorf("before one is given it is %q, and %q", Named(), Me())
	}
	if err := Name(" \n\t"); !errors.Is(err, ErrNoName) {
		t.Errorf("no name: %v", err)
	}
	for given, want := range map[string]string{" Trần Văn\n Mẫu ": "Trần Văn Mẫu", "Lê\x00Thị\xff Thử": "Lê Thị Thử", strings.Repeat("à", 300): strings.Repeat("à", longestName)} {
		if err := Name(given); err != nil {
			t.Fatal(err)
		}
		if Named() != want || Me() != want {
			t.Errorf("%q is remembered as %q", given, Named())
		}
	}
}
