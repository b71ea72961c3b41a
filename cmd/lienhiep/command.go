package main

import (
	"context"
	"fmt"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/edit/help"
	"lienhiep/internal/viet"
)

// command is one word of the command line.
type command struct {
	name  string
	args  diag.Text // what it takes beside options; "" for nothing
	about diag.Text
	// declare declares its options, and returns what runs it once they are set.
	declare func(*options) action
}

// action runs a command on its operands.
type action func(ctx context.Context, ui *UI, operands []string) error

// commands are listed in the order of the way through the house.
func commands() []*command {
	return []*command{editCommand, serveCommand, buildCommand, checkCommand, deployCommand, rollbackCommand, verifyCommand, keyCommand, nextCommand, approvalCommand, takedownCommand, withdrawCommand, hostsCommand, generateCommand, newCommand, importCommand, planCommand, reportCommand, kitCommand, versionCommand}
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

// dispatch reads the command line and runs the command that it names.
func dispatch(ctx context.Context, ui *UI, args []string) error {
	var wantsVersion bool
	o := newOptions("")
	o.toggle("version", &wantsVersion, diag.Text{VI: "cũng như lệnh version", EN: "the same as the command version"})
	o.shared(ui)
	words, err := o.leading(args)
	if err != nil {
		return err
	}
	if wantsVersion {
		words = []string{versionCommand.name}
	}
	if len(words) > 0 && words[0] == "help" {
		o.help = true
		if words, err = o.leading(words[1:]); err != nil {
			return err
		}
	}
	if len(words) == 0 {
		if o.help {
			ui.help(o)
			return nil
		}
		return usagef("", diag.Text{VI: "Chưa có lệnh.", EN: "No command given."})
	}
	if text, ok := guide(words); ok && o.help {
		fmt.Fprint(ui.out, text)
		return nil
	}
	c, err := ui.command(words[0])
	if err != nil {
		return err
	}
	return c.run(ctx, ui, words[1:], o.help)
}

// guide returns what the guide says of words that are all pages of it, or codes of rules.
func guide(words []string) (text string, ok bool) {
	var texts []string
	for _, word := range words {
		text, ok := help.Page(word)
		if !ok {
			text, ok = help.Rule(word)
		}
		if !ok {
			return "", false
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "\n"), true
}

// command finds a command by its name.
func (ui *UI) command(name string) (*command, error) {
	var names []string
	for _, c := range commands() {
		if c.name == name {
			return c, nil
		}
		names = append(names, c.name)
	}
	return nil, usagef("", diag.Text{VI: "Không có lệnh “%[1]s”%[2]s.", EN: "There is no command “%[1]s”%[2]s."}, printable(name), ui.didYouMean(viet.Nearest(name, names)))
}

// run reads what stands behind the command's name, and runs it or prints its help.
func (c *command) run(ctx context.Context, ui *UI, args []string, help bool) error {
	o := newOptions(c.name)
	act := c.declare(o)
	o.shared(ui)
	operands, err := o.parse(args)
	switch {
	case help || o.help:
		ui.commandHelp(c, o)
		return nil
	case err != nil:
		return err
	case c.args == (diag.Text{}) && len(operands) > 0:
		return usagef(c.name, diag.Text{VI: "Thừa “%[1]s”.", EN: "“%[1]s” is not expected here."}, printable(operands[0]))
	}
	return act(ctx, ui, operands)
}
