package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"lienhiep/internal/photo"
)

func scriptGlob(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: glob PATTERN")
	}
	found, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if (len(found) > 0) == neg {
		ts.Fatalf("%s matches %v", args[0], found)
	}
}

func scriptEmpty(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: empty PATTERN")
	}
	found, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(found) == 0 {
		ts.Fatalf("%s matches nothing", args[0])
	}
	for _, name := range found {
		ts.Check(os.Truncate(name, 0))
	}
}

func scriptCut(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: cut FILE TARGET")
	}
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data[:len(data)/2], 0o666))
}

// isDrawn matches the pictures that are drawn with the site: cards.
var isDrawn = regexp.MustCompile(`/the-[0-9a-f]{16}\.png$`)

func scriptImages(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: images DIR")
	}
	images := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if carried := photo.Carried(data); len(carried) > 0 {
			ts.Fatalf("%s carries %v", name, carried)
		}
		switch format := photo.Sniff(data); {
		case format == photo.WebP:
			images++
		case format == "png" && isDrawn.MatchString(name):
		case format != "", strings.Contains(string(data), "Exif\x00\x00"), strings.Contains(string(data), "adobe"):
			ts.Fatalf("%s is %s", name, format)
		}
		return nil
	}))
	if images == 0 {
		ts.Fatalf("no image in %s", args[0])
	}
}
