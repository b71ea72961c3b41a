package main

import (
	"errors"
	"flag"
	"io"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

// options are what can be set on a command line. Each is declared in one line: its
// name, the variable that it sets and that holds the default, and its help.
type options struct {
	set  *flag.FlagSet
	list []option // in the order of help
	help bool     // --help was given
}

type option struct {
	name    string
	help    diag.Text
	choices []string // the values that it takes; nil for any
	toggle  bool     // it takes none
}

// newOptions returns the options of a command, or, for "", of the program as a whole.
func newOptions(command string) *options {
	o := &options{set: flag.NewFlagSet(command, flag.ContinueOnError)}
	o.set.SetOutput(io.Discard)
	for _, name := range []string{"help", "h"} {
		o.set.BoolVar(&o.help, name, false, "")
	}
	return o
}

func (o *options) text(name string, to *string, help diag.Text) {
	o.set.StringVar(to, name, *to, "")
	o.list = append(o.list, option{name: name, help: help})
}

func (o *options) number(name string, to *int, help diag.Text) {
	o.set.IntVar(to, name, *to, "")
	o.list = append(o.list, option{name: name, help: help})
}

func (o *options) toggle(name string, to *bool, help diag.Text) {
	o.set.BoolVar(to, name, *to, "")
	o.list = append(o.list, option{name: name, help: help, toggle: true})
}

// choice is a text that is one of choices, which are added to the help.
func (o *options) choice(name string, to *string, choices []string, help diag.Text) {
	o.set.Func(name, "", func(value string) error {
		if !slices.Contains(choices, value) {
			return errNoChoice
		}
		*to = value
		return nil
	})
	all := ": " + strings.Join(choices, ", ")
	o.list = append(o.list, option{name: name, help: diag.Text{VI: help.VI + all, EN: help.EN + all}, choices: choices})
}

// errNoChoice is what fault makes a sentence of.
var errNoChoice = errors.New("not one of the choices")

// shared declares what every command takes. Its own option of a name goes first.
func (o *options) shared(ui *UI) {
	o.choice("lang", (*string)(&ui.lang), []string{string(diag.Vietnamese), string(diag.English)}, diag.Text{VI: "ngôn ngữ của thông báo", EN: "language of messages"})
	if o.set.Lookup("format") == nil {
		o.choice("format", &ui.format, formats, diag.Text{VI: "dạng in các thông báo", EN: "how to print the findings"})
	}
}

// parse reads the options in args, which may stand before and behind the operands;
// behind "--" everything is an operand. The error is the first one.
func (o *options) parse(args []string) (operands []string, err error) {
	for {
		rest, fault := o.leading(args)
		if err == nil {
			err = fault
		}
		if len(rest) == 0 {
			return operands, err
		}
		if read := len(args) - len(rest); read > 0 && args[read-1] == "--" {
			return append(operands, rest...), err
		}
		operands, args = append(operands, rest[0]), rest[1:]
	}
}

// leading reads the options before the first operand, and returns it with all behind it.
// It reads on after an error, which is the first one: --lang may come later.
func (o *options) leading(args []string) (rest []string, err error) {
	for {
		fault := o.set.Parse(args)
		rest = o.set.Args()
		if fault == nil {
			return rest, err
		}
		read := len(args) - len(rest)
		if read == 0 { // "-=": no name at all
			read, rest = 1, args[1:]
		}
		if err == nil {
			err = o.fault(args[read-1], fault)
		}
		args = rest
	}
}

// named finds which option the library's error is about: it gives no other way.
var named = regexp.MustCompile(`.*(?:for|for flag|argument:) -([a-z-]+)(?::|$)`)

// fault says what is wrong with an option, without the library's English. last is the
// word that was read last.
func (o *options) fault(last string, err error) error {
	found := named.FindStringSubmatch(err.Error())
	if found == nil {
		return usagef(o.set.Name(), diag.Text{VI: "Ở đây không có tùy chọn “%[1]s”.", EN: "There is no option “%[1]s” here."}, printable(last))
	}
	for _, one := range o.list {
		if one.name == found[1] && one.choices != nil {
			return oneOf(o.set.Name(), one.name, one.choices)
		}
	}
	return usagef(o.set.Name(), diag.Text{VI: "Giá trị của tùy chọn %[1]s viết chưa đúng hoặc còn thiếu.", EN: "The value of %[1]s is wrong or missing."}, dashed(found[1]))
}

// oneOf says which values an option takes.
func oneOf(command, name string, choices []string) error {
	return usagef(command, diag.Text{VI: "Tùy chọn %[1]s phải là một trong: %[2]s.", EN: "%[1]s must be one of: %[2]s."}, dashed(name), strings.Join(choices, ", "))
}

// dashed is an option as it is written on the command line.
func dashed(name string) string { return "--"[:min(len(name), 2)] + name }
