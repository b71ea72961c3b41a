package site

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// Part is the part of a site that is to be built: all pages but the regular ones below a
// path in Hugo, and of these those at some paths.
type Part struct {
	Below string   // "/tin-tuc"
	Paths []string // "/tin-tuc/gap-mat"
}

func (p Part) arguments(config string) (args []string, done func(), err error) {
	return segment(config, p.Paths, []string{`kind = "{home,section,taxonomy,term}"`, fmt.Sprintf("path = %q", "! "+p.Below+"/**")})
}

// segment returns the arguments with which Hugo builds the pages at some paths, and those
// that meet one of some conditions. The caller calls done once Hugo has ended. A condition
// that begins with "! " stands last: a page that does not meet it is asked for no other.
func segment(config string, paths, conditions []string) (args []string, done func(), err error) {
	var text strings.Builder
	include := func(condition string) { fmt.Fprintf(&text, "[[segments.part.includes]]\n%s\n", condition) }
	for _, path := range paths {
		include(fmt.Sprintf("path = %q", path))
	}
	for _, c := range conditions {
		include(c)
	}
	file, err := os.CreateTemp("", "lienhiep-*.toml")
	if err != nil {
		return nil, nil, fmt.Errorf("naming the pages to be built: %w", err)
	}
	done = func() { _ = os.Remove(file.Name()) } // at worst it stays in the system's temporary folder
	_, err = file.WriteString(text.String())
	if err := errors.Join(err, file.Close()); err != nil {
		done()
		return nil, nil, fmt.Errorf("naming the pages to be built: %w", err)
	}
	return []string{"--config", config + "," + file.Name(), "--renderSegments", "part"}, done, nil
}
