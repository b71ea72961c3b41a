// Lienhiep makes the site of the Union of Science and Technology Associations
// from an official plan's text and from people's stories: it reads and checks
// them, builds the site with Hugo, checks what was built, and puts it in place.
//
//	lienhiep edit               open the editors' desk in the browser
//	lienhiep serve              show the site on this machine, and follow changes
//	lienhiep build              build the whole site into public/
//	lienhiep check              check the content and the built site
//	lienhiep deploy NAME        publish public/ to a target of config.toml
//	lienhiep rollback NAME      go back to an earlier release there
//	lienhiep verify URL         compare the live site with its signed manifest
//	lienhiep key FILE           make the key pair that manifests are signed with
//	lienhiep generate           write generated/ only
//	lienhiep new KIND "Tiêu đề" start an entry
//	lienhiep import KIND FILE   make an entry of a Word or Excel file
//	lienhiep plan show FILE     read an official document
//	lienhiep plan diff OLD NEW  compare two wordings, clause by clause
//	lienhiep next               when the site next changes by itself
//	lienhiep approval ENTRY     write an entry as one file, to be agreed to on a phone
//	lienhiep takedown ENTRY     take an entry off the site, or bring it back
//	lienhiep withdraw PERSON    take a person who has withdrawn off the site
//	lienhiep hosts NAME         write the configuration of a web server
//	lienhiep report             draft the periodic report on a plan
//	lienhiep kit                make what a plan is studied and made known with
//	lienhiep version            what is it, and what is inside
//
// This package wires the stages and prints; a command has a file of its own,
// pipeline.go holds what they share, ui.go how people are spoken to.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/inconshreveable/mousetrap"

	"lienhiep/internal/site"
)

// Exit codes.
const (
	exitOK       = 0
	exitFindings = 1 // something is wrong with the input, the site or the machine
	exitUsage    = 2 // the command line makes no sense
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	// The child process that Hugo runs in reads its own flags and signals.
	if len(args) > 0 && args[0] == "hugo" {
		if !site.Main(args[1:]) {
			return exitFindings
		}
		return exitOK
	}
	ui := newUI(os.Stdout, os.Stderr)
	if len(args) == 0 {
		folder, clicked := besideProgram(), mousetrap.StartedByExplorer()
		if clicked {
			defer ui.waitForEnter()
		}
		if clicked || isSite(folder) {
			args = []string{"edit", "--dir", folder}
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := interruptible(ctx, func() error { return dispatch(ctx, ui, args) })
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		ui.usageError(usage)
		return exitUsage
	case errors.Is(err, errFindings): // has been shown
		return exitFindings
	case errors.Is(err, context.Canceled):
		ui.note(textInterrupted)
		return exitFindings
	}
	ui.failure(err)
	return exitFindings
}

// besideProgram is the folder that the program lies in: where a double-click finds
// the site. Only Windows lets a program know that it was one.
func besideProgram() string {
	self, err := os.Executable()
	if err != nil {
		return "."
	}
	return filepath.Dir(self)
}

// isSite reports whether a folder looks like a site's.
func isSite(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "config.toml"))
	return err == nil
}

// grace is how long a command may take to end once it is asked to: enough for
// Hugo to close down. Whatever is cut off then leaves no half-written file.
const grace = 8 * time.Second

// interruptible runs f, and gives up on it when ctx has ended and f does not see
// to that itself.
func interruptible(ctx context.Context, f func() error) error {
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(grace):
		return ctx.Err()
	}
}
