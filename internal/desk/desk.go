// Package desk is the surface on which editors write texts: ours, on Milkdown from npm,
// bundled by esbuild. The pages around it are package edit's.
//
// In: the folder node_modules that `npm ci` creates. Out: the files that the desk's page
// loads. A release binary embeds them; from source they are bundled when the desk
// starts, in about a second.
package desk

import (
	"embed"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Folder is the npm project's folder, relative to the repository's root.
const Folder = "internal/desk"

// ErrMissing says that the desk is neither in the binary nor installed beside its
// source.
var ErrMissing = errors.New("the desk is not installed")

// built holds the bundle in a release binary, and nothing but .gitignore in the
// repository.
//
//go:embed all:built
var built embed.FS

// Open returns the desk's files: those embedded in the binary, or else bundled from the
// npm project below root.
func Open(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(built, "built", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(name) == ".gitignore" {
			return err
		}
		files[strings.TrimPrefix(name, "built/")], err = built.ReadFile(name)
		return err
	})
	if err != nil || len(files) > 0 {
		return files, err
	}
	return Bundle(filepath.Join(root, filepath.FromSlash(Folder)))
}

// Bundle builds the desk's files from the npm project in dir.
func Bundle(dir string) (map[string][]byte, error) {
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "@milkdown", "kit")); err != nil {
		return nil, ErrMissing
	}
	return Surface(dir)
}
