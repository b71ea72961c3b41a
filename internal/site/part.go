package site

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"lienhiep/internal/diag"
)

// Part is the part of a site that is to be built: the pages at some paths in Hugo and,
// where there is a path Below, all others that are no regular pages below it.
type Part struct {
	Below string   // "/tin-tuc"
	Paths []string // "/tin-tuc/gap-mat"
}

// buildPart builds with a configuration, and the whole site where part is nil.
func buildPart(ctx context.Context, root, pages, baseURL, config string, part *Part, args ...string) ([]diag.Finding, error) {
	if part == nil {
		return build(ctx, root, pages, baseURL, append(args, "--config", config)...)
	}
	segment, err := part.write()
	if err != nil {
		return nil, fmt.Errorf("naming the pages to be built: %w", err)
	}
	defer os.Remove(segment)
	return build(ctx, root, pages, baseURL, append(args, "--config", config+","+segment, "--renderSegments", "part")...)
}

// write writes the part as a configuration of Hugo's, which the caller removes.
func (p Part) write() (file string, err error) {
	var conditions []string
	for _, path := range p.Paths {
		conditions = append(conditions, fmt.Sprintf("path = %q", path))
	}
	if p.Below != "" {
		// What does not meet a condition with "! " is asked for none behind it.
		conditions = append(conditions, `kind = "{home,section,taxonomy,term}"`, fmt.Sprintf("path = %q", "! "+p.Below+"/**"))
	}
	var text strings.Builder
	for _, c := range conditions {
		fmt.Fprintf(&text, "[[segments.part.includes]]\n%s\n", c)
	}
	f, err := os.CreateTemp("", "lienhiep-*.toml")
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(text.String())
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}
