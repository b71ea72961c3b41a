package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"lienhiep/internal/desk"
)

// tags of the build. nodynamic: pictures from others are decoded in the sandbox alone, see
// SECURITY.md.
const tags = "nodynamic"

// env is where Go builds for the system.
func (s system) env() []string {
	return append(os.Environ(), "GOOS="+s.os, "GOARCH="+s.arch, "CGO_ENABLED=0")
}

// withDesk builds the programs with the editors' desk inside. The working folder is the
// repository's root.
func withDesk(folder, stamp string, all []system) error {
	if _, err := os.Stat(desk.Folder); err != nil {
		return fmt.Errorf("run it in the repository's root: %w", err)
	}
	if err := run(exec.Command("npm", "ci", "--silent", "--no-audit", "--no-fund", "--prefix", desk.Folder)); err != nil {
		return err
	}
	files, err := desk.Bundle(desk.Folder)
	if err != nil {
		return err
	}
	built := filepath.Join(desk.Folder, "built")
	defer empty(built) // the repository's own binaries take the desk from npm
	if err := fill(built, files); err != nil {
		return err
	}
	for _, s := range all {
		// The stamp says the commit: what Go records depends on how it was checked out.
		cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-tags", tags, "-ldflags", "-s -w -X main.stamped="+stamp, "-o", filepath.Join(folder, s.name), "./cmd/lienhiep")
		cmd.Env = s.env()
		if err := run(cmd); err != nil {
			return fmt.Errorf("building for %s: %w", s.name, err)
		}
		licences, err := licencesOf(s)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, s.name+licencesEnding), licences, 0o666); err != nil {
			return err
		}
	}
	return nil
}

func run(cmd *exec.Cmd) error {
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", cmd.Args[0], err)
	}
	return nil
}

// fill puts the bundle where the program takes it from.
func fill(dir string, files map[string][]byte) error {
	if err := empty(dir); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(to, files[name], 0o666); err != nil {
			return err
		}
	}
	return nil
}

// empty leaves nothing there but .gitignore.
func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != ".gitignore" {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
