package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/desk"
)

// licencesName is the file of a zip that has the licences of all that others wrote.
const licencesName = "LICENSES.txt"

// licenceFile is what licences, and the notices that go with them, are called.
var licenceFile = regexp.MustCompile(`(?i)^((un)?licen[cs]e|copying|notice|ofl)([-._].*)?$`)

// licencesOf returns the licences of what is in the program for a system beside our own
// code: Go, the modules that are linked in, and the npm packages that the desk is made of.
func licencesOf(s system) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("What others wrote that is part of this program, and under which terms.\n")
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("looking for Go: %w", err)
	}
	if err := addLicences(&b, "Go", strings.TrimSpace(string(root))); err != nil {
		return nil, err
	}
	modules, err := linkedModules(s)
	if err != nil {
		return nil, err
	}
	for _, m := range modules {
		if err := addLicences(&b, m.name, m.dir, m.packages...); err != nil {
			return nil, err
		}
	}
	if err := addDesk(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// module is one that is linked in.
type module struct {
	name     string // its path and version
	dir      string
	packages []string // folders of those that are linked
}

// linkedModules returns the modules that Go links into the program for a system, by name.
func linkedModules(s system) ([]module, error) {
	list := exec.Command("go", "list", "-deps", "-tags", tags, "-json=Dir,Module", "./cmd/lienhiep")
	list.Env = s.env()
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("listing what is linked: %w", err)
	}
	var all []module
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			Dir    string
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		if err := d.Decode(&p); err == io.EOF {
			slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.name, b.name) })
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("listing what is linked: %w", err)
		}
		if p.Module == nil || p.Module.Main { // Go's own, or ours
			continue
		}
		name := p.Module.Path + " " + p.Module.Version
		i := slices.IndexFunc(all, func(m module) bool { return m.name == name })
		if i < 0 {
			i = len(all)
			all = append(all, module{name: name, dir: p.Module.Dir})
		}
		all[i].packages = append(all[i].packages, p.Dir)
	}
}

// addLicences adds the licences that lie in a folder, and in those between it and folders
// further down: a module may hold what somebody else wrote. There must be one.
func addLicences(b *bytes.Buffer, name, dir string, below ...string) error {
	folders := []string{dir}
	for _, folder := range below {
		for ; folder != dir; folder = filepath.Dir(folder) {
			folders = append(folders, folder)
		}
	}
	slices.Sort(folders)
	found := false
	for _, folder := range slices.Compact(folders) {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return fmt.Errorf("licences of %s: %w", name, err)
		}
		for _, e := range entries {
			if e.IsDir() || !licenceFile.MatchString(e.Name()) || filepath.Ext(e.Name()) == ".go" {
				continue
			}
			text, err := os.ReadFile(filepath.Join(folder, e.Name()))
			if err != nil {
				return fmt.Errorf("licences of %s: %w", name, err)
			}
			from, err := filepath.Rel(dir, filepath.Join(folder, e.Name()))
			if err != nil {
				return fmt.Errorf("licences of %s: %w", name, err)
			}
			fmt.Fprintf(b, "\n==== %s: %s ====\n\n%s\n", name, filepath.ToSlash(from), bytes.TrimSpace(text))
			found = true
		}
	}
	if !found {
		return fmt.Errorf("%s has no licence", name)
	}
	return nil
}

// addDesk adds the licences of the npm packages. Some name theirs in package.json alone.
func addDesk(b *bytes.Buffer) error {
	var folders []string
	for _, pattern := range []string{"*", "@*/*"} {
		found, err := filepath.Glob(filepath.Join(desk.Folder, "node_modules", pattern, "package.json"))
		if err != nil {
			return err
		}
		folders = append(folders, found...)
	}
	if len(folders) == 0 {
		return fmt.Errorf("the desk's npm packages are not in %s", desk.Folder)
	}
	slices.Sort(folders)
	for _, file := range folders {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var p struct{ Name, Version, License string }
		if err := json.Unmarshal(text, &p); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		name := p.Name + " " + p.Version
		if addLicences(b, name, filepath.Dir(file)) == nil {
			continue
		}
		if p.License == "" {
			return fmt.Errorf("%s has no licence", name)
		}
		fmt.Fprintf(b, "\n==== %s ====\n\n%s\n", name, p.License)
	}
	return nil
}
