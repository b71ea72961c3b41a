package main

import (
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/diag"
)

// TestOptionsStandAnywhere reads command lines of a command with one option of each sort.
func TestOptionsStandAnywhere(t *testing.T) {
	for _, test := range []struct {
		args, operands string // blanks between words
		port           int
		all            bool
		in, name       string
		lang           diag.Lang
		fault          string // in English
	}{
		{"", "", 1, false, "vi", "x", "vi", ""},
		{"a --port 2 b -all --in=en c --name -y --lang en", "a b c", 2, true, "en", "-y", "en", ""},
		{"--port=2 -- --all --lang en", "--all --lang en", 2, false, "vi", "x", "vi", ""},
		{"a --all=false -", "a -", 1, false, "vi", "x", "vi", ""},
		{"--fast a --port 2 --lang en", "a", 2, false, "vi", "x", "en", "There is no option “--fast” here."},
		{"-=a b", "b", 1, false, "vi", "x", "vi", "There is no option “-=a” here."},
		{"---a b", "b", 1, false, "vi", "x", "vi", "There is no option “---a” here."},
		{"--port two --fast a", "a", 1, false, "vi", "x", "vi", "The value of --port is wrong or missing."},
		{"a --port", "a", 1, false, "vi", "x", "vi", "The value of --port is wrong or missing."},
		{"--all=perhaps", "", 1, false, "vi", "x", "vi", "The value of --all is wrong or missing."},
		{"--in fr", "", 1, false, "vi", "x", "vi", "--in must be one of: vi, en."},
		{"--in for_-port:", "", 1, false, "vi", "x", "vi", "--in must be one of: vi, en."},
		{"a --lang", "a", 1, false, "vi", "x", "vi", "--lang must be one of: vi, en."},
		{"--format xml", "", 1, false, "vi", "x", "vi", "--format must be one of: text, json, github, gitlab."},
	} {
		ui := &UI{lang: diag.Vietnamese, format: "text"}
		o := newOptions("example")
		port, all, in, name := 1, false, "vi", "x"
		o.number("port", &port, diag.Text{})
		o.toggle("all", &all, diag.Text{})
		o.choice("in", &in, langs, diag.Text{})
		o.text("name", &name, diag.Text{})
		o.shared(ui)
		operands, err := o.parse(strings.Fields(test.args))
		fault := ""
		if err != nil {
			fault = err.Error()
		}
		if !slices.Equal(operands, strings.Fields(test.operands)) || fault != test.fault {
			t.Errorf("%q: operands %q, fault %q", test.args, operands, fault)
		}
		set := port == test.port && all == test.all && in == test.in && name == test.name
		if fault == "" && !set || ui.lang != test.lang {
			t.Errorf("%q: %d %v %q %q %s", test.args, port, all, in, name, ui.lang)
		}
	}
}

// TestEveryOptionIsExplained wants help in both languages for each option of each
// command, and no option twice.
func TestEveryOptionIsExplained(t *testing.T) {
	for _, c := range commands() {
		o := newOptions(c.name)
		c.declare(o)
		o.shared(&UI{})
		seen := map[string]bool{}
		for _, one := range o.list {
			if one.help.VI == "" || one.help.EN == "" || one.help.VI == one.help.EN || seen[one.name] {
				t.Errorf("%s %s: %+v", c.name, dashed(one.name), one.help)
			}
			seen[one.name] = true
		}
		if c.about.VI == "" || c.about.EN == "" || (c.args.VI == "") != (c.args.EN == "") {
			t.Errorf("%s is not explained in both languages", c.name)
		}
	}
}
