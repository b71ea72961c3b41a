package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"lienhiep/internal/content"
	"lienhiep/internal/diag"
)

var (
	ruleMounts = diag.NewRule("content-mounts", diag.Error,
		diag.Text{VI: "config.toml cho chương trình dựng trang (Hugo) thấy nhiều hơn những gì được phép nằm trong content/ (mục [[module.mounts]] có source = \"%[1]s\").", EN: "config.toml lets Hugo see more of content/ than is allowed ([[module.mounts]], source = \"%[1]s\")."},
		diag.Text{VI: "Chép lại các mục [[module.mounts]] có target = \"content\" từ tệp config.toml của bản phát hành.", EN: "Copy the [[module.mounts]] whose target is \"content\" from the release's config.toml."})
	ruleGuarded = diag.NewRule("content-guarded", diag.Error,
		diag.Text{VI: "Chưa dựng trang vì trong thư mục content có “%[1]s”: không phải tệp thường, hoặc tên viết hoa làm Hugo tưởng là một bài.", EN: "The site cannot be built while “%[1]s” is in content/: it is not a regular file, or is an entry to Hugo whose upper-case letters keep it from being checked."},
		diag.Text{VI: "Xóa hoặc chuyển nó ra khỏi thư mục content; bài viết thì đặt tên bằng chữ thường, ví dụ index.md.", EN: "Remove it or move it out of content/; name entries in lower case, such as index.md."})
)

// The words in which the child process tells its caller of either.
const (
	saysMounts  = "config.toml mounts more than is allowed: "
	saysGuarded = "this may not lie in content/: "
)

// guard refuses to let Hugo look at a site's folder whose mounts are not those that
// keep from Hugo what may not lie in content/, or where something lies that
// they cannot keep from it: a pipe or device, which it would wait for, and names that
// are allowed but for their capitals, which mounts do not tell apart. A folder
// that is no site is let alone.
func guard(root, name string) error {
	config, err := os.ReadFile(filepath.Join(root, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if source, ok := openMount(config); ok {
		return errors.New(saysMounts + source)
	}
	folder := path.Join(path.Dir(name), "content")
	return fs.WalkDir(os.DirFS(root), folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // gone since its folder was read, or never there
		case err != nil:
			return err
		case name != folder && content.IsByproduct(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() || d.Type()&fs.ModeSymlink != 0: // which Hugo does not follow
		case !d.Type().IsRegular() || isDisguised(strings.TrimPrefix(name, folder+"/")):
			return errors.New(saysGuarded + name)
		}
		return nil
	})
}

// isDisguised reports whether a file is refused for the capitals in its name alone.
func isDisguised(name string) bool {
	return content.KindOf(name) == content.Unknown && content.KindOf(strings.ToLower(name)) != content.Unknown
}

// openMount returns the source of a mount that shows Hugo more than the allow-list.
// Without any mount Hugo shows itself all of content/.
func openMount(config []byte) (source string, ok bool) {
	var raw struct {
		Module struct {
			Mounts []struct {
				Source string `toml:"source"`
				Target string `toml:"target"`
				Files  any    `toml:"files"`
			} `toml:"mounts"`
		} `toml:"module"`
	}
	if err := toml.Unmarshal(config, &raw); err != nil {
		return "", false // Hugo says what is wrong with it
	}
	want := make([]any, len(content.Patterns()))
	for i, p := range content.Patterns() {
		want[i] = p
	}
	mounted := false
	for _, m := range raw.Module.Mounts {
		if m.Target != "content" && !strings.HasPrefix(m.Target, "content/") {
			continue
		}
		mounted = true
		if files, _ := m.Files.([]any); !slices.Equal(files, want) {
			return m.Source, true
		}
	}
	return "content", !mounted
}

// configFile is the site's configuration.
const configFile = "config.toml"

// contentMount is the line of it that says where Hugo reads entries.
const contentMount = "source = \"content\"\n"

// copyConfig writes a configuration that differs from the site's in the folder that Hugo
// reads entries from, beside that folder, and returns its name below the site's folder.
func copyConfig(root string) (string, error) {
	config, err := os.ReadFile(filepath.Join(root, configFile))
	if err != nil {
		return "", err
	}
	config = bytes.ReplaceAll(config, []byte("\r\n"), []byte("\n"))
	if bytes.Count(config, []byte(contentMount)) != 1 {
		return "", errors.New("config.toml does not mount content/ once, by the line " + strings.TrimSpace(contentMount))
	}
	config = bytes.Replace(config, []byte(contentMount), fmt.Appendf(nil, "source = %q\n", content.Copy+"/content"), 1)
	name := path.Join(content.Copy, configFile)
	return name, os.WriteFile(filepath.Join(root, name), config, 0o666)
}

// configOf is the configuration that Hugo is called with, below the site's folder: the
// site's own, or that of a copy of its content.
func configOf(args []string) string {
	for i, arg := range args {
		if arg != "--config" || i+1 == len(args) {
			continue
		}
		name := content.Copy + "/" + configFile
		if first, _, _ := strings.Cut(args[i+1], ","); first == name { // what follows says which pages
			return name
		}
	}
	return configFile
}

// sourceOf is the site's folder that Hugo is called for.
func sourceOf(args []string) string {
	for i, arg := range args {
		for _, name := range []string{"--source", "-s"} {
			if value, ok := strings.CutPrefix(arg, name+"="); ok {
				return value
			}
			if arg == name && i+1 < len(args) {
				return args[i+1]
			}
		}
	}
	return "."
}
