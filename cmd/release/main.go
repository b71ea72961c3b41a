// Release makes what editors are given: one file each for Windows, macOS and Linux,
// with Hugo and the editors' desk inside, that need neither Go nor Node nor git.
//
//	go run ./cmd/release [FOLDER]
//
// It installs the desk's npm packages as the lock file says, bundles them into
// internal/desk/built, which the program then carries, and builds for every system
// into FOLDER (generated/release).
package main

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"lienhiep/internal/desk"
)

// systems are those that editors work on.
var systems = []struct{ os, arch, file string }{
	{"windows", "amd64", "lienhiep.exe"},
	{"darwin", "arm64", "lienhiep-mac-arm64"},
	{"darwin", "amd64", "lienhiep-mac-amd64"},
	{"linux", "amd64", "lienhiep-linux-amd64"},
}

func main() {
	folder := filepath.Join("generated", "release")
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	if err := release(folder); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func release(folder string) error {
	if _, err := os.Stat(desk.Folder); err != nil {
		return fmt.Errorf("run it in the repository's root: %w", err)
	}
	if err := run("npm", "ci", "--silent", "--no-audit", "--no-fund", "--prefix", desk.Folder); err != nil {
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
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	var sums strings.Builder
	for _, s := range systems {
		to := filepath.Join(folder, s.file)
		// nodynamic: pictures from others are decoded in the sandbox alone, see SECURITY.md.
		cmd := exec.Command("go", "build", "-trimpath", "-tags", "nodynamic", "-ldflags", "-s -w", "-o", to, "./cmd/lienhiep")
		cmd.Env = append(os.Environ(), "GOOS="+s.os, "GOARCH="+s.arch, "CGO_ENABLED=0")
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("building for %s: %w", s.os, err)
		}
		data, err := os.ReadFile(to)
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), s.file)
		fmt.Printf("%s  %.1f MB\n", to, float64(len(data))/1e6)
	}
	return os.WriteFile(filepath.Join(folder, "SHA256SUMS"), []byte(sums.String()), 0o666)
}

func run(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
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
