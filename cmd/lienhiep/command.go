package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
	"lienhiep/internal/search"
)

// command is one word of the command line, with what it takes and does.
type command struct {
	name  string
	args  diag.Text // what it takes beside options
	about diag.Text
	flags func(*flag.FlagSet, *settings)
	// options say what those flags do that optionHelp has no words for, or others.
	options map[string]diag.Text
	run     func(context.Context, *UI, *settings, []string) error
}

// settings are the values of all flags.
type settings struct {
	dir     string
	port    int
	baseURL string
	planAs  string
	dryRun  bool
	after   string
	fix     bool
	watch   bool

	search   search.Options
	searchIn string // the language of the pages to search

	publish publish.Options
	to      string // a release
	list    bool
	key     string

	report         reportSettings
	noOpen, commit bool   // of the desk
	config         string // of a hosted desk
}

// usageError is a command line that makes no sense. Its text is for people.
type usageError struct {
	command string // "" for the program as a whole
	text    diag.Text
}

func (e usageError) Error() string { return e.text.EN }

func usagef(command string, text diag.Text, args ...any) error {
	return usageError{command, diag.Text{VI: fmt.Sprintf(text.VI, args...), EN: fmt.Sprintf(text.EN, args...)}}
}

// commands are listed in the order of the way through the house.
func commands() []*command {
	return []*command{editCommand, serveCommand, buildCommand, checkCommand, deployCommand, rollbackCommand, verifyCommand, keyCommand, nextCommand, withdrawCommand, hostsCommand, generateCommand, newCommand, importCommand, planCommand, reportCommand, searchCommand, versionCommand}
}

func dispatch(ctx context.Context, ui *UI, args []string) error {
	rest, err := ui.globals(args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return usagef("", diag.Text{VI: "Chưa có lệnh.", EN: "No command given."})
	}
	if slices.Contains([]string{"help", "-h", "--help", "-help"}, rest[0]) {
		ui.help(nil)
		return nil
	}
	if slices.Contains([]string{"--version", "-version"}, rest[0]) {
		rest[0] = versionCommand.name
	}
	i := slices.IndexFunc(commands(), func(c *command) bool { return c.name == rest[0] })
	if i < 0 {
		return usagef("", diag.Text{VI: "Không có lệnh “%[1]s”.", EN: "There is no command “%[1]s”."}, rest[0])
	}
	c := commands()[i]
	s := &settings{}
	operands, err := c.parse(ui, s, rest[1:])
	if err == flag.ErrHelp {
		ui.help(c)
		return nil
	}
	if err != nil {
		return err
	}
	return c.run(ctx, ui, s, operands)
}

// parse reads the command's flags, which may stand before and behind its
// operands; behind "--" everything is an operand.
func (c *command) parse(ui *UI, s *settings, args []string) ([]string, error) {
	set := c.flagSet(s)
	var operands []string
	for {
		if err := set.Parse(args); err != nil {
			if err == flag.ErrHelp {
				return nil, err
			}
			return nil, c.badFlag(set, args, err)
		}
		rest := set.Args()
		if len(rest) == 0 {
			return operands, nil
		}
		if taken := len(args) - len(rest); taken > 0 && args[taken-1] == "--" {
			return append(operands, rest...), nil
		}
		operands, args = append(operands, rest[0]), rest[1:]
	}
}

func (c *command) flagSet(s *settings) *flag.FlagSet {
	set := flag.NewFlagSet(c.name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	if c.flags != nil {
		c.flags(set, s)
	}
	return set
}

// badFlag says what is wrong with the flags, without the library's English.
func (c *command) badFlag(set *flag.FlagSet, args []string, err error) error {
	for _, arg := range args {
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && strings.Trim(arg, "-") != "" && set.Lookup(name) == nil {
			return usagef(c.name, diag.Text{VI: "Lệnh này không có tùy chọn “%[1]s”.", EN: "This command has no option “%[1]s”."}, arg)
		}
	}
	name := ""
	if found := namedFlag.FindStringSubmatch(err.Error()); found != nil {
		name = found[1]
	}
	return usagef(c.name, diag.Text{VI: "Giá trị của tùy chọn %[1]s viết chưa đúng hoặc còn thiếu.", EN: "The value of %[1]s is wrong or missing."}, dashed(name))
}

// dashed is an option as it is written on the command line.
func dashed(name string) string { return "--"[:min(len(name), 2)] + name }

// namedFlag finds which option the library speaks of: it gives no other way.
var namedFlag = regexp.MustCompile(`(?:for|for flag|argument:) -([a-z-]+)(?::|$)`)

// noOperands refuses words behind a command that takes none.
func noOperands(command string, operands []string) error {
	if len(operands) > 0 {
		return usagef(command, diag.Text{VI: "Thừa “%[1]s”.", EN: "“%[1]s” is not expected here."}, operands[0])
	}
	return nil
}

func dirFlag(set *flag.FlagSet, s *settings) {
	set.StringVar(&s.dir, "dir", ".", "")
}

// eachFlag calls f for every option of the command, in order.
func (c *command) eachFlag(f func(name string)) {
	c.flagSet(&settings{}).VisitAll(func(fl *flag.Flag) { f(fl.Name) })
}
