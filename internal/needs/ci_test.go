package needs

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func ciScript(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile(filepath.Join(root(), ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// installed is every need that .ci/run installs. It is run by Bash, in a checkout that
// git has made.
var installed = []*Need{
	Chromium, Nginx, NginxBrotli, Caddy, Apache, OpenSSH, ProFTPD, ProFTPDTLS, VSFTPD, CephStore, CephMonitor, CephDisk, CephAdmin, Xmllint, Writer, Calc, Pandoc, PDFText, PDFInfo, PDFPictures, PDFFonts, Wine, MinGW, PowerCut,
	Axe, Milkdown, SitemapSchema, Versity,
}

// TestCIInstallsWhatTestsNeed compares the needs with .ci/run, which has the packages
// in its own words.
func TestCIInstallsWhatTestsNeed(t *testing.T) {
	script := ciScript(t)
	for _, n := range installed {
		words := strings.Fields(strings.ReplaceAll(n.from, serversFolder, `"$servers"`))
		if last := words[len(words)-1]; !regexp.MustCompile(`(^|[\s:(])` + regexp.QuoteMeta(last) + `($|[\s);])`).MatchString(script) {
			t.Errorf(".ci/run does not install %s (%s)", n.name, last)
		}
	}
}

// TestCIRunsTheCommandOfTheREADME holds that what is said there is what is run.
func TestCIRunsTheCommandOfTheREADME(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(root(), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	const command = "go test ./..."
	if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(command) + `( +#.*)?$`).Match(readme) {
		t.Errorf("README.md has no line %q", command)
	}
	runs := regexp.MustCompile(`(?m)^[^#\n]*\bgo test .*$`).FindAllString(ciScript(t), -1)
	if len(runs) != 1 || !strings.Contains(runs[0], " "+command+" >") {
		t.Errorf(".ci/run runs %q", runs)
	}
}

// TestCILetsNothingBeSkippedButForACorpus gives the end of .ci/run the logs of runs.
func TestCILetsNothingBeSkippedButForACorpus(t *testing.T) {
	Ask(t, Awk)
	_, rest, _ := strings.Cut(ciScript(t), "awk '")
	program, _, found := strings.Cut(rest, "' \"$log\"")
	if !found {
		t.Fatal(".ci/run has no such part")
	}
	skipped := func(need *Need, more ...*Need) string {
		said := ends("TestX", func(t testing.TB) { Ask(t, append(more, need)...) })
		return "=== RUN   TestX\n    x_test.go:7: " + strings.TrimPrefix(said, "skipped: ") + "\n--- SKIP: TestX (0.00s)\n"
	}
	passed := "=== RUN   TestY\n--- PASS: TestY (0.00s)\n"
	gone, corpora := &Need{"that", "Debian's package that", func() (string, bool) { return "", false }}, corpus("laws", "none-of-this-name")
	for name, test := range map[string]struct {
		log, said string
		passes    bool
	}{
		"nothing skipped":          {passed, "", true},
		"for a program":            {passed + skipped(gone) + passed, "A TEST WAS SKIPPED: TestX: ", false},
		"for a corpus":             {passed + skipped(corpora) + passed, "NOT TESTED, for lack of a corpus: TestX: ", true},
		"for two corpora":          {skipped(corpora, corpora), "NOT TESTED, for lack of a corpus: TestX: ", true},
		"for both":                 {skipped(corpora, gone), "A TEST WAS SKIPPED: TestX: ", false},
		"for both, the other way":  {skipped(gone, corpora), "A TEST WAS SKIPPED: TestX: ", false},
		"first one, then another":  {skipped(gone) + skipped(corpora), "A TEST WAS SKIPPED: TestX: ", false},
		"a subtest, and no reason": {passed + "=== RUN   TestX/a\n    --- SKIP: TestX/a (0.00s)\n", "A TEST WAS SKIPPED: TestX/a:", false},
	} {
		cmd := exec.Command(Awk.Path(t), program)
		cmd.Stdin = strings.NewReader(test.log)
		out, err := cmd.CombinedOutput()
		if (err == nil) != test.passes || !strings.HasPrefix(string(out), test.said) || test.said == "" && len(out) > 0 {
			t.Errorf("%s: %v, and it says %q", name, err, out)
		}
	}
}
