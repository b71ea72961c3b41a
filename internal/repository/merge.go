package repository

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrBinary means that versions are no text that could be merged.
var ErrBinary = errors.New("not a text")

// Part is a run of lines of a merged text: the same on both sides, or, where both have
// changed them, that of each.
type Part struct{ Mine, Theirs []byte }

// Conflict reports whether the sides differ.
func (p Part) Conflict() bool { return !bytes.Equal(p.Mine, p.Theirs) }

// markerSize is how long the lines are that part the sides: longer than any that people write.
const markerSize = 79

// Merge merges two texts that come of one, as git does. What only one side has changed is
// as that side has it. Where the texts end their lines differently, as Windows and other
// systems do, that alone is no difference, and they end as in theirs.
func Merge(ctx context.Context, base, mine, theirs []byte) ([]Part, error) {
	if unix := endings(base, mine, theirs); unix != nil {
		all, err := Merge(ctx, unix[0], unix[1], unix[2])
		if bytes.Contains(theirs, []byte("\r\n")) {
			for i, p := range all {
				all[i] = Part{windows(p.Mine), windows(p.Theirs)}
			}
		}
		return all, err
	}
	dir, err := os.MkdirTemp("", "lienhiep-merge-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var names []string
	for name, text := range map[string][]byte{"mine": mine, "base": base, "theirs": theirs} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{"mine", "base", "theirs"} {
		names = append(names, filepath.Join(dir, name))
	}
	out, err := exec.CommandContext(ctx, "git", "merge-file", "-p", "-q", "--marker-size="+strconv.Itoa(markerSize), names[0], names[1], names[2]).Output()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() > 127:
		return nil, ErrBinary
	case err != nil && !errors.As(err, &exit):
		return nil, err
	}
	return parts(out), nil
}

// endings returns texts with the line ends of Unix, nil if all of them end their lines alike.
func endings(texts ...[]byte) (all [][]byte) {
	some, every := false, true
	for _, t := range texts {
		has := bytes.Contains(t, []byte("\r\n"))
		some, every = some || has, every && (has || len(t) == 0)
		all = append(all, bytes.ReplaceAll(t, []byte("\r\n"), []byte("\n")))
	}
	if !some || every {
		return nil
	}
	return all
}

func windows(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")) }

// parts takes what git merged apart.
func parts(merged []byte) (all []Part) {
	marker := func(line []byte, c string) bool {
		return bytes.HasPrefix(line, []byte(strings.Repeat(c, markerSize)))
	}
	var both, mine, theirs []byte
	to := &both
	keep := func() {
		if both != nil {
			all = append(all, Part{both, both})
			both = nil
		}
	}
	for line := range bytes.Lines(merged) {
		switch {
		case marker(line, "<"):
			keep()
			to = &mine
		case to == &mine && marker(line, "="):
			to = &theirs
		case to == &theirs && marker(line, ">"):
			all = append(all, Part{mine, theirs})
			mine, theirs, to = nil, nil, &both
		default:
			*to = append(*to, line...)
		}
	}
	keep()
	return all
}
