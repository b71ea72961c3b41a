package internal

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"lienhiep/internal/edit/help"
)

// papers returns what people read: the papers at the root, and the pages of help, by
// their names from the root.
func papers(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"*.md", help.Folder + "/*.md"} {
		names, err := filepath.Glob("../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))] = string(text)
		}
	}
	if all["README.md"] == "" || all[help.Folder+"/anh.md"] == "" {
		t.Fatal("the papers are not where they are looked for")
	}
	return all
}

// TestTheREADMEIsADoor holds that it stays short, has its picture, and leads to the
// papers of everybody who comes.
func TestTheREADMEIsADoor(t *testing.T) {
	text := papers(t)["README.md"]
	if n := strings.Count(text, "\n"); n > 120 {
		t.Errorf("README.md has %d lines, want at most 120", n)
	}
	for _, door := range []string{"HUONG-DAN.md", "VAN-HANH.md", "CONTRIBUTING.md", "internal/doc.go", "SECURITY.md", "CHANGELOG.md", "screenshot.png"} {
		if !strings.Contains(text, "]("+door+")") {
			t.Errorf("README.md does not lead to %s", door)
		}
	}
	if picture, err := os.Stat("../screenshot.png"); err != nil || picture.Size() > 150_000 {
		t.Error("the picture is not there, or too large", err)
	}
}

// TestTheGuideBeginsWithTheProgram holds that editors are not told to install anything.
func TestTheGuideBeginsWithTheProgram(t *testing.T) {
	text := papers(t)["HUONG-DAN.md"]
	program := strings.Index(text, "lienhiep.exe")
	if program < 0 || program > 1_000 || strings.Contains(text, "go.dev") || strings.Contains(text, "go run") {
		t.Error("HUONG-DAN.md does not begin with lienhiep.exe")
	}
}

// messageList is the one page of help that is no task: it is as long as it has to be.
const messageList = help.Messages

// TestAPageOfHelpIsATask holds that each has a title of its own and about a screen of
// text, and that the guide leads to it. What a page shows lies beside it.
func TestAPageOfHelpIsATask(t *testing.T) {
	all, titles := papers(t), map[string]string{}
	names := help.Names()
	for _, name := range names {
		file := help.Folder + "/" + name + ".md"
		text, ok := help.Page(name)
		if !ok || text != all[file] {
			t.Errorf("%s is not what the program has", file)
		}
		title, _, _ := strings.Cut(text, "\n")
		if !strings.HasPrefix(title, "# ") || titles[title] != "" || strings.Contains(withoutCode(text), "\n# ") {
			t.Errorf("%s has no title of its own: %q", file, title)
		}
		titles[title] = file
		if !strings.Contains(all["HUONG-DAN.md"], "]("+file+")") {
			t.Errorf("HUONG-DAN.md does not lead to %s", file)
		}
		if lines, length := strings.Count(text, "\n"), len([]rune(text)); file != messageList && (lines > 60 || length > 5_000) {
			t.Errorf("%s is longer than a screen: %d lines, %d characters", file, lines, length)
		}
	}
	if !slices.Contains(names, "thong-bao") {
		t.Error("there is no list of messages")
	}
}

// TestLinksInPapersLeadSomewhere follows the links from paper to paper, to files and to
// headings.
func TestLinksInPapersLeadSomewhere(t *testing.T) {
	all := papers(t)
	headings := map[string][]string{}
	for name, text := range all {
		headings[name] = headingsOf(text)
	}
	for name, text := range all {
		for _, m := range linkInPaper.FindAllStringSubmatch(withoutCode(text), -1) {
			if strings.HasPrefix(m[1], "https://") || strings.HasPrefix(m[1], "http://") {
				continue
			}
			to, heading, hasHeading := strings.Cut(m[1], "#")
			file := name
			if to != "" {
				file = filepath.ToSlash(filepath.Join(filepath.Dir(name), to))
			}
			if _, err := os.Stat("../" + file); err != nil {
				t.Errorf("%s: %s leads nowhere", name, m[1])
			} else if hasHeading && !slices.Contains(headings[file], heading) {
				t.Errorf("%s: %s leads to no heading", name, m[1])
			}
		}
	}
}

var (
	linkInPaper  = regexp.MustCompile(`(?m)(?:^|[^\\])\[[^\]\n]*\]\(([^)\s]+)\)`)
	codeInPaper  = regexp.MustCompile("(?ms)^ *```.*?^ *```$|`[^`\n]*`")
	headingLines = regexp.MustCompile(`(?m)^#+ (.*)$`)
)

func withoutCode(text string) string { return codeInPaper.ReplaceAllString(text, "") }

// headingsOf returns the anchors of a paper's headings, as the hosts of repositories and
// our own Markdown make them of a heading's words.
func headingsOf(text string) []string {
	var all []string
	for _, m := range headingLines.FindAllStringSubmatch(regexp.MustCompile("(?ms)^ *```.*?^ *```$").ReplaceAllString(text, ""), -1) {
		all = append(all, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return all
}
