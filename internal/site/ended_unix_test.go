//go:build unix

package site

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/needs"
)

// Whoever's build is ended by the machine reads a sentence, in either language, and no
// half of one.
func TestAnEndedBuildIsToldInASentence(t *testing.T) {
	needs.Ask(t, needs.Bash)
	for script, want := range map[string]string{
		"kill -9 $$":                "máy đã tắt chương trình dựng trang, thường vì thiếu bộ nhớ.",
		"echo a; echo boom; exit 3": "chương trình dựng trang tự dừng.",
		"exit 2":                    "chương trình dựng trang tự dừng.",
	} {
		out, err := exec.Command(needs.Bash.Path(t), "-c", script).CombinedOutput()
		findings, err := ended(err, out)
		if len(findings) != 1 || !errors.Is(err, ErrNotBuilt) {
			t.Fatal(findings, err)
		}
		if details := findings[0].Details; strings.Contains(script, "boom") && details != "boom" || script == "exit 2" && details != "exit status 2" {
			t.Errorf("%s: said %q", script, details)
		}
		for _, l := range []diag.Lang{diag.Vietnamese, diag.English} {
			said := findings[0].Message(l)
			if strings.Contains(said, "signal") || strings.Contains(said, "Hugo:") || !strings.HasSuffix(said, ".") {
				t.Errorf("%s: %s", script, said)
			}
			if l == diag.Vietnamese && !strings.HasSuffix(said, want) {
				t.Errorf("%s: %s", script, said)
			}
		}
	}
	if _, err := ended(exec.ErrNotFound, nil); errors.Is(err, ErrNotBuilt) || err == nil {
		t.Error("a program that does not start is a fault of the machine", err)
	}
}
