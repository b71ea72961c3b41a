// Package desk is the front end of the editors' desk: Sveltia CMS from npm, reduced to
// what the desk needs and bundled by esbuild, with the strings that its Vietnamese
// translation lacks; and the surface that texts are written on, which is ours, on
// Milkdown from npm.
//
// In: the folder node_modules that `npm ci` creates. Out: the files that the desk's page
// loads. A release binary embeds them; from source they are bundled when the desk
// starts, in about a second.
package desk

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
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
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	sveltia := filepath.Join(dir, "node_modules", "@sveltia", "cms")
	if _, err := os.Stat(filepath.Join(sveltia, "npm", "index.js")); err != nil {
		return nil, ErrMissing
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     dir,
		EntryPoints:       []string{"main.js"},
		Outdir:            "/",
		ChunkNames:        "[name]-[hash]",
		Bundle:            true,
		Splitting:         true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		MinifyWhitespace:  true,
		MinifySyntax:      true,
		MinifyIdentifiers: true,
		LegalComments:     api.LegalCommentsNone, // the licences come as a file of their own
		Define:            map[string]string{"import.meta.url": "document.baseURI"},
		Plugins:           []api.Plugin{trim(sveltia)},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("bundling the desk: %s", result.Errors[0].Text)
	}
	files := map[string][]byte{}
	for _, f := range result.OutputFiles {
		files[filepath.Base(f.Path)] = f.Contents
	}
	licence, err := os.ReadFile(filepath.Join(sveltia, "LICENSE.txt"))
	if err != nil {
		return nil, fmt.Errorf("bundling the desk: %w", err)
	}
	files["LICENSE.txt"] = licence
	surface, err := Surface(dir)
	if err != nil {
		return nil, err
	}
	maps.Copy(files, surface)
	return files, copyAssets(files, filepath.Join(sveltia, "npm", "assets"))
}

// copyAssets adds what Sveltia's code asks for by address: fonts, the decoder of
// HEIC, the encoder of WebP.
func copyAssets(files map[string][]byte, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("bundling the desk: %w", err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".map") || strings.HasPrefix(e.Name(), "marker-") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return fmt.Errorf("bundling the desk: %w", err)
		}
		files["assets/"+e.Name()] = data
	}
	return nil
}

// unused are the modules that the desk has no use for: maps, drawings, components
// written in React, the colours of program code, SVG.
var unused = regexp.MustCompile(`^(@shikijs/(langs|themes)/.*|leaflet/.*|terra-draw.*|svgo/.*|immutable)$|react-dom-\w+\.js$|shiki-engine-\w+\.js$|locales/(ar|bg|ca|cs|da|de|el|en-.*|es-.*|fa|fi|fr|hr|it|ja|ko|nl|pl|pt-.*|ru|sv|tr|uk|zh-.*)\.json$`)

// trim leaves out what is unused, adds the Vietnamese strings, and keeps Sveltia
// from writing over what somebody else has changed.
func trim(sveltia string) api.Plugin {
	return api.Plugin{Name: "trim", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: unused.String()}, func(api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: "unused", Namespace: "unused"}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "unused"}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			return loaded("export default {}", api.LoaderJS)
		})
		b.OnLoad(api.OnLoadOptions{Filter: `locales[/\\]vi\.json$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			all, err := vietnamese(args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			return loaded(string(all), api.LoaderJSON)
		})
		b.OnLoad(api.OnLoadOptions{Filter: `@sveltia[/\\]cms[/\\]npm[/\\].*\.js$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			code, err := os.ReadFile(args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text := strings.ReplaceAll(string(code), "`../assets/", "`assets/")
			if filepath.Base(args.Path) == "index.js" {
				// Its dialog about a conflict offers to save anyway; that looks again instead.
				const anyway = "overwrite:!0"
				if strings.Count(text, anyway) != 1 {
					return api.OnLoadResult{}, errors.New("this version of Sveltia CMS saves over conflicts in another way")
				}
				text = strings.Replace(text, anyway, "overwrite:!1", 1)
				text = elsewhere.ReplaceAllString(text, "local(none)")
			}
			return loaded(text, api.LoaderJS)
		})
	}}
}

// elsewhere matches fonts on a host of the internet. Sveltia brings its own too.
var elsewhere = regexp.MustCompile(`url\(https://cdn\.[^)]*\)`)

func loaded(text string, as api.Loader) (api.OnLoadResult, error) {
	return api.OnLoadResult{Contents: &text, Loader: as}, nil
}

// missing are the strings that Sveltia's Vietnamese lacks, or that the desk says
// in its own words.
//
//go:embed vi.json
var missing []byte

// vietnamese is Sveltia's own Vietnamese with what is missing.
func vietnamese(file string) ([]byte, error) {
	own, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all, more map[string]any
	if err := errors.Join(json.Unmarshal(own, &all), json.Unmarshal(missing, &more)); err != nil {
		return nil, fmt.Errorf("reading the Vietnamese strings: %w", err)
	}
	merge(all, more)
	return json.Marshal(all)
}

// merge puts the strings of b, group by group, into a.
func merge(a, b map[string]any) {
	for key, value := range b {
		group, isGroup := value.(map[string]any)
		if old, both := a[key].(map[string]any); isGroup && both {
			merge(old, group)
		} else {
			a[key] = value
		}
	}
}
