package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/edit/help"
	"lienhiep/internal/host"
	"lienhiep/internal/publish"
)

var (
	// codeInPaper is a block or a span of code in Markdown.
	codeInPaper = regexp.MustCompile("(?s)```.*?```|`[^`\n]+`")
	// commandLine is our program with what follows it, as far as the next command.
	commandLine = regexp.MustCompile("(?:^|[\\s`/(\"])lienhiep((?: +[^\\s`#&|;…$\"]+)+)")
	optionName  = regexp.MustCompile(`^(--?[a-z][a-z-]*)`)
	comment     = regexp.MustCompile(`(?m)\s# .*$`)
	isWord      = regexp.MustCompile(`^[a-z]+$`)
)

// optionsOfOthers are those of other programs that papers name by themselves.
var optionsOfOthers = []string{"--endpoint-url"}

// TestPapersNameCommandsThatExist reads the code in the papers, in the pages of help and
// in all messages: a command that is named exists, and takes the options that it is given.
func TestPapersNameCommandsThatExist(t *testing.T) {
	said := map[string]string{}
	for _, pattern := range []string{"../../*.md", "../../" + help.Folder + "/*.md"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal("no papers", err)
		}
		for _, name := range names {
			said[name] = strings.Join(codeInPaper.FindAllString(string(read(t, name)), -1), "\n")
		}
	}
	for _, r := range programRules() {
		for _, text := range []diag.Text{r.Message, r.Hint} {
			said[r.Code] += "\n" + strings.Join(codeInPaper.FindAllString(text.VI+"\n"+text.EN, -1), "\n")
		}
	}
	for where, text := range said {
		for _, fault := range faultsOfCommands(text) {
			t.Errorf("%s: %s", where, fault)
		}
	}
}

// faultsOfCommands lists what a text gets wrong of our commands.
func faultsOfCommands(text string) (found []string) {
	text = comment.ReplaceAllString(text, "")
	for _, m := range commandLine.FindAllStringSubmatch(text, -1) {
		if fault := faultOfCommand(strings.Fields(m[1])); fault != "" {
			found = append(found, "lienhiep"+m[1]+": "+fault)
		}
	}
	for _, span := range codeInPaper.FindAllString(text, -1) {
		option := optionName.FindString(strings.Trim(span, "`"))
		if strings.HasPrefix(option, "--") && !slices.Contains(optionsOfOthers, option) && !slices.ContainsFunc(commands(), func(c *command) bool { return c.takes(option) }) {
			found = append(found, span+": no command has this option")
		}
	}
	return found
}

func faultOfCommand(words []string) string {
	name := words[0]
	switch {
	case name == "help" && len(words) > 1:
		if _, inGuide := guide(words[1:2]); inGuide {
			return ""
		}
		name = words[1]
	case name == "help", name == "hugo":
		return ""
	}
	if !isWord.MatchString(name) { // another program's option, as of go test; a word for a command; a sentence
		return ""
	}
	i := slices.IndexFunc(commands(), func(c *command) bool { return c.name == name })
	if i < 0 {
		return "there is no such command"
	}
	for _, word := range words[1:] {
		if option := optionName.FindString(word); option != "" && !commands()[i].takes(option) {
			return "it has no option " + option
		}
	}
	return ""
}

// takes reports whether a command has an option, given with its dashes.
func (c *command) takes(option string) bool {
	if option == "--version" {
		return c == versionCommand // it does the same
	}
	o := newOptions(c.name)
	c.declare(o)
	o.shared(&UI{})
	return o.set.Lookup(strings.TrimLeft(option, "-")) != nil
}

// TestFaultsOfCommandsAreFound shows the reader of papers what is wrong.
func TestFaultsOfCommandsAreFound(t *testing.T) {
	for text, want := range map[string]int{
		"`lienhiep check --fix`, `lienhiep` and `lienhiep help anh`":                                0,
		"```sh\ngo run ./cmd/lienhiep build --base-url https://a.example/ # lienhiep is built\n```": 0,
		"`lienhiep deploy TÊN --forget`, `lienhiep LỆNH`, `--max-delete 5`, `lienhiep hugo --x`":    0,
		"`lienhiep publish`": 1, "`lienhiep check --mend`": 1, "```\n$ lienhiep deploy a && lienhiep verfy b\n```": 1,
		"`lienhiep help build --watch`": 1, "`lienhiep help nowhere`": 1, "`--no-such`": 1,
	} {
		if found := faultsOfCommands(text); len(found) != want {
			t.Errorf("%s: %q, want %d", text, found, want)
		}
	}
}

// TestEveryCommandIsInAPaper looks for each, and in the paper of those who deploy for what
// they cannot do without.
func TestEveryCommandIsInAPaper(t *testing.T) {
	var all strings.Builder
	for _, pattern := range []string{"../../*.md", "../../" + help.Folder + "/*.md"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			all.Write(read(t, name))
		}
	}
	for _, c := range commands() {
		if !strings.Contains(all.String(), "lienhiep "+c.name) {
			t.Errorf("no paper tells of lienhiep %s", c.name)
		}
		if !strings.Contains(string(read(t, "main.go")), "\n//	lienhiep "+c.name+" ") {
			t.Errorf("main.go does not list %s at its top", c.name)
		}
	}
	const name = "../../VAN-HANH.md"
	words := []string{publish.SigningKeyVariable, publish.PassphraseVariable, publish.ManifestName, publish.DeployedName, "--forget", "--max-delete", "--all", "--dry-run"}
	for _, h := range host.Names() {
		words = append(words, "lienhiep hosts "+h)
	}
	for _, c := range []*command{buildCommand, deployCommand, rollbackCommand, verifyCommand, keyCommand, nextCommand, withdrawCommand} {
		words = append(words, "lienhiep "+c.name)
	}
	for _, word := range words {
		if !strings.Contains(string(read(t, name)), word) {
			t.Errorf("%s does not tell of %s", name, word)
		}
	}
}

// TestTheGuideNamesNothingLikeACommand keeps `lienhiep help NAME` clear.
func TestTheGuideNamesNothingLikeACommand(t *testing.T) {
	for _, c := range commands() {
		if _, inGuide := guide([]string{c.name}); inGuide {
			t.Errorf("%s is both", c.name)
		}
	}
}
