// Release makes what offices are given: for each system one zip of the program, with
// Hugo and the editors' desk inside, of a site to start with, the guides, and the licences
// of all that is in the program. It needs neither Go nor Node nor git: unpacked, a
// double-click on the program opens the desk.
//
//	go run ./cmd/release [FOLDER [SYSTEM …]]
//
// It installs the desk's npm packages as the lock file says, bundles them into
// internal/desk/built, which the program then carries, and writes
// lienhiep-2026.11.28-windows.zip and so on, and their SHA256SUMS, into FOLDER
// (generated/release); the version is the day of the commit. Everything comes of the
// commit that is checked out, and is the same bytes whenever and wherever it is made.
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// system is one that people work on.
type system struct{ name, os, arch, program string }

var systems = []system{
	{"windows", "windows", "amd64", "lienhiep.exe"},
	{"mac-arm64", "darwin", "arm64", "lienhiep"},
	{"mac-intel", "darwin", "amd64", "lienhiep"},
	{"linux", "linux", "amd64", "lienhiep"},
}

// siteParts are what a zip has beside the program and the licences: a site, the papers of
// those who edit and deploy, and our own licence, as git names them.
var siteParts = []string{
	"content", "layouts", "assets", "i18n", "static", "config.toml",
	"HUONG-DAN.md", "internal/edit/help/*.md", "internal/edit/help/*.jpg", "VAN-HANH.md", "SECURITY.md", "CHANGELOG.md", "LICENSE",
}

// topFolder is what a zip unpacks to.
const topFolder = "lienhiep"

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func command(args []string) error {
	if len(args) == 0 {
		args = []string{filepath.Join("generated", "release")}
	}
	chosen, err := systemsNamed(args[1:])
	if err != nil {
		return err
	}
	return release(".", args[0], chosen, withDesk)
}

// systemsNamed returns the systems of those names; of none, all.
func systemsNamed(names []string) ([]system, error) {
	if len(names) == 0 {
		return systems, nil
	}
	var all []system
	for _, name := range names {
		i := slices.IndexFunc(systems, func(s system) bool { return s.name == name })
		if i < 0 {
			return nil, fmt.Errorf("no system %q; there are windows, mac-arm64, mac-intel and linux", name)
		}
		all = append(all, systems[i])
	}
	return all, nil
}

// builder builds the programs for the systems into a folder, each under the system's name,
// stamped with the version and the commit ("2026.11.28+5e3df32…"). Beside each, with
// licencesEnding, are the licences of what is in it.
type builder func(folder, stamp string, all []system) error

const licencesEnding = ".licences"

// release makes the zips of the commit that is checked out in root.
func release(root, folder string, all []system, build builder) error {
	commit, at, err := committed(root)
	if err != nil {
		return err
	}
	site, err := siteOf(root)
	if err != nil {
		return err
	}
	programs, err := os.MkdirTemp("", "lienhiep-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(programs)
	version := at.Format("2006.01.02")
	if err := build(programs, version+"+"+commit, all); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	var sums strings.Builder
	for _, s := range all {
		name := "lienhiep-" + version + "-" + s.name + ".zip"
		sum, err := pack(filepath.Join(folder, name), at, slices.Concat([]file{
			{s.program, 0o755, fromDisk(filepath.Join(programs, s.name))},
			{licencesName, 0o644, fromDisk(filepath.Join(programs, s.name+licencesEnding))},
		}, site))
		if err != nil {
			return fmt.Errorf("packing %s: %w", name, err)
		}
		fmt.Fprintf(&sums, "%x  %s\n", sum, name)
		fmt.Println(filepath.Join(folder, name))
	}
	return os.WriteFile(filepath.Join(folder, "SHA256SUMS"), []byte(sums.String()), 0o666)
}

// committed returns the commit that is checked out and when it was made, and refuses to
// go on where anything differs from it: a release says which commit it is.
func committed(root string) (commit string, at time.Time, err error) {
	changed, err := git(root, "status", "--porcelain")
	if err != nil {
		return "", at, err
	}
	if len(changed) > 0 {
		return "", at, fmt.Errorf("commit what has changed, or take it away, first:\n%s", changed)
	}
	shown, err := git(root, "log", "-1", "--format=%H %ct")
	if err != nil {
		return "", at, err
	}
	commit, moment, _ := strings.Cut(strings.TrimSpace(string(shown)), " ")
	seconds, err := strconv.ParseInt(moment, 10, 64)
	return commit, time.Unix(seconds, 0).UTC(), err
}

func git(root string, args ...string) ([]byte, error) {
	out, err := exec.Command("git", append([]string{"-C", root}, args...)...).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		err = fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(failed.Stderr))
	}
	return out, err
}

// file is one of a zip.
type file struct {
	name string // with slashes
	mode os.FileMode
	open func() (io.ReadCloser, error)
}

func fromDisk(name string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return os.Open(name) }
}

// siteOf returns the site as it is committed, in the order of names. What lies beside it
// in the folder, such as a draft that git ignores, is not part of it.
func siteOf(root string) ([]file, error) {
	archive, err := git(root, append([]string{"archive", "--format=tar", "HEAD", "--"}, siteParts...)...)
	if err != nil {
		return nil, err
	}
	var all []file
	for t := tar.NewReader(bytes.NewReader(archive)); ; {
		h, err := t.Next()
		if err == io.EOF {
			slices.SortFunc(all, func(a, b file) int { return strings.Compare(a.name, b.name) })
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if h.Typeflag != tar.TypeReg {
			continue // folders; a site has no links
		}
		data, err := io.ReadAll(t)
		if err != nil {
			return nil, err
		}
		all = append(all, file{h.Name, 0o644, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }})
	}
}

// pack writes a zip whose files are all of one moment, and returns its SHA-256.
func pack(to string, at time.Time, files []file) (sum []byte, err error) {
	out, err := os.Create(to)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	hash := sha256.New()
	z := zip.NewWriter(io.MultiWriter(out, hash))
	for _, f := range files {
		if err := add(z, at, f); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return hash.Sum(nil), nil
}

func add(z *zip.Writer, at time.Time, f file) error {
	h := &zip.FileHeader{Name: topFolder + "/" + f.name, Method: zip.Deflate, Modified: at}
	h.SetMode(f.mode)
	w, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	r, err := f.open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r)
	return err
}
