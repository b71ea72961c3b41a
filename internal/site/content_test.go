package site

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gohugoio/hugo/common/paths"
	"github.com/gohugoio/hugo/hugofs/hglob"
	"github.com/gohugoio/hugo/media"
	"github.com/gohugoio/hugo/parser/pageparser"

	"lienhiep/internal/content"
	"lienhiep/internal/matter"
)

// hugoView is what Hugo makes of names below content/.
type hugoView struct {
	parser *paths.PathParser
	mount  *hglob.FilenameFilter
}

func newHugoView(t testing.TB) hugoView {
	types, err := media.DecodeContentTypes(nil, media.DefaultTypes) // all, also those that config.toml does without
	if err != nil {
		t.Fatal(err)
	}
	mount, err := hglob.NewFilenameFilterV2(content.Patterns())
	if err != nil {
		t.Fatal(err)
	}
	return hugoView{&paths.PathParser{LanguageIndex: map[string]int{"vi": 0, "en": 1}, IsContentExt: types.Config.IsContentSuffix}, mount}
}

// sees reports whether Hugo's walk comes to a file of that name, as
// source.SourceSpec.IgnoreFile and the mount have it.
func (h hugoView) sees(name string) bool {
	folder := ""
	for part := range strings.SplitSeq(name, "/") {
		folder += "/" + part
		if part[0] == '.' || part[0] == '#' || part[len(part)-1] == '~' || folder != "/"+name && !h.mount.Match(folder, true) {
			return false
		}
	}
	return h.mount.Match("/"+name, false)
}

func (h hugoView) kind(name string) paths.Type { return h.parser.Parse("content", "/"+name).Type() }

// FuzzContentNames compares the allow-list with Hugo's own rules: what is allowed is
// to Hugo what we think, and what is not, Hugo does not see; where it does, for the
// capitals alone, the guard refuses.
func FuzzContentNames(f *testing.F) {
	for _, name := range []string{"index.md", "_index.en.md", "tin-tuc/bai/index.md", "tin-tuc/bai.md", "a/b/c.vi.md", "a/van-ban.txt", "a/Giấy mời.PDF", "a/anh.JPG",
		"_content.gotmpl", "a/_CONTENT.GOTMPL", "a/_content.vi.gotmpl", "a/b/_content._x_.gotmpl", "a/index.fr.md", "a/index._language_en_.md", "a/Index.md", "a/İndex.md", "a/index.en.x.md",
		"a/x.html", "a/x.adoc", "a/x.org", "a/x.rst", "a/x.pandoc", "a/x.MD", "a/~$x.md", ".git/x.md", "a/@eaDir/x.jpg", "a.md/_content.gotmpl", "a/x.md~", "a/#x.md#", "a/da-rut.toml", "a b/index .md", "\u212a.md"} {
		f.Add(name)
	}
	for _, name := range mixtures(4000) {
		f.Add(name)
	}
	h := newHugoView(f)
	f.Fuzz(func(t *testing.T, name string) {
		if !isFileName(name) {
			return
		}
		kind, sees, is := content.KindOf(name), h.sees(name), h.kind(name)
		switch kind {
		case content.Unknown, content.Ignored, content.Table, content.Attachment, content.Kept:
			if sees && !isDisguised(name) {
				t.Errorf("%q is not for Hugo, which sees it as %v", name, is)
			}
		case content.Picture:
			if !sees || is != paths.TypeFile {
				t.Errorf("%q is a file of an entry, and to Hugo %v (seen: %v)", name, is, sees)
			}
		case content.Entry:
			want := paths.TypeContentSingle
			switch base := path.Base(name); {
			case content.IsBundle(base):
				want = paths.TypeLeaf
			case content.IsBundle(strings.TrimPrefix(base, "_")):
				want = paths.TypeBranch
			case strings.Count(base, ".") > 1: // refused where it would make an address
				if sees && !strings.HasSuffix(strings.ToLower(base), ".en.md") && !strings.HasSuffix(strings.ToLower(base), ".vi.md") {
					t.Errorf("%q names a language that the site does not have, and Hugo sees it", name)
				}
			default:
				if !sees {
					t.Errorf("%q is an entry, and Hugo does not see it", name)
				}
			}
			if is != want {
				t.Errorf("%q is to Hugo %v, want %v", name, is, want)
			}
		}
	})
}

// mixtures are names put together of what means something to Hugo.
func mixtures(n int) []string {
	parts := []string{"index", "_index", "_content", ".", ".", "/", "md", "MD", "gotmpl", "en", "vi", "fr", "_x_", "_language_en_", "_version_v1.0_", " ", "-", "~", "$", "#", "@", "a", "İ", "\u212a", "html", "org", "pdf", "JPG", "txt", "toml", "I", "_", "é", "e\u0301", "*", "{"}
	random := rand.New(rand.NewPCG(1, 2)) // the same in every run
	names := make([]string, n)
	for i := range names {
		for range 2 + random.IntN(7) {
			names[i] += parts[random.IntN(len(parts))]
		}
	}
	return names
}

// isFileName reports whether a disk can hold a file of that name.
func isFileName(name string) bool {
	return name != "" && len(name) < 200 && path.Clean("/"+name) == "/"+name && !strings.ContainsAny(name, "\x00\\")
}

// FuzzMatter compares where front matter ends, and the text begins, with Hugo's lexer.
func FuzzMatter(f *testing.F) {
	for _, src := range []string{"---\na: b\n---\nLời", "+++\na = 1\n+++\n", "\uFEFF---  \r\na: b\r\n---\t\r\nLời", "---\n---", "---\na: b\n--- chữ\n---\n", "---\na: b\r---\r\nLời\n---\n", "---\ra: b\r---\r",
		"--- a: b\n---\n", "------\n---\n", "---\n\n----\n---\n", "\n\n---\na: b\n---\n", "{\"a\": 1}\n", "#+TITLE: a\n", "---\na: b\n+++\n", "---\r\n---\r\n\r\n---", "+++\na = \"\"\"\n+++\n\"\"\"\n+++\n", "---\na: b\n---\n{{< x >}}", "---\na: b\n---\n<!--more-->x"} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		parts, err := matter.Split(src)
		if err != nil {
			return // refused
		}
		hugoMatter, hugoBody, format := hugoSplit(src)
		if want := map[string]pageparser.ItemType{matter.YAML: pageparser.TypeFrontMatterYAML, matter.TOML: pageparser.TypeFrontMatterTOML}[parts.Fence]; format != want {
			t.Fatalf("%q: of format %v to Hugo, want %v", src, format, want)
		}
		// What stands behind a fence on its line is blank, and no matter whose.
		if before, ok := bytes.CutSuffix(hugoMatter, parts.Matter); !ok || len(bytes.TrimSpace(before)) > 0 {
			t.Errorf("%q: front matter %q, to Hugo %q", src, parts.Matter, hugoMatter)
		}
		if before, ok := bytes.CutSuffix(hugoBody, parts.Body); !ok || len(bytes.TrimSpace(before)) > 0 || bytes.Count(before, []byte("\n")) > 1 {
			t.Errorf("%q: text %q, to Hugo %q", src, parts.Body, hugoBody)
		}
	})
}

// hugoSplit takes a content file apart with Hugo's own lexer.
func hugoSplit(src []byte) (front, body []byte, format pageparser.ItemType) {
	items, _ := pageparser.ParseBytes(src, pageparser.Config{}) // a fault in the text comes behind
	i := slices.IndexFunc(items, func(i pageparser.Item) bool { return i.IsFrontMatter() })
	if i < 0 {
		return nil, src, 0
	}
	if i+1 < len(items) {
		body = src[items[i+1].Pos():]
	}
	return items[i].Val(src), body, items[i].Type
}

// mounts is the part of a configuration that shows Hugo what is allowed.
var mounts = "[[module.mounts]]\nsource = \"content\"\ntarget = \"content\"\nfiles = [\"" + strings.Join(content.Patterns(), "\", \"") + "\"]\n"

// Hugo does not start where something lies that its mounts cannot keep from it, and what
// it says then is told as a finding.
func TestGuard(t *testing.T) {
	for name, want := range map[string]string{
		"content/tin-tuc/bai/index.md":         "",
		"content/tin-tuc/bai/_content.gotmpl":  "", // which the mounts keep out
		"content/tin-tuc/.an.MD":               "",
		"content/.git/BAI.MD":                  "",
		"content/tin-tuc/bai/anh.JPG":          "",
		"content/tin-tuc/BAI.MD":               "content-guarded",
		"content/tin-tuc/bai/Index.md":         "content-guarded",
		"content/tin-tuc/bai/sau/_INDEX.EN.md": "content-guarded",
	} {
		root := t.TempDir()
		for name, text := range map[string]string{"config.toml": mounts, name: ""} {
			file := filepath.Join(root, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		got := ""
		if err := guard(root, configFile); err != nil {
			got = complaints(root, []byte("Error: "+err.Error()+"\n"))[0].Code
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if err := guard(t.TempDir(), configFile); err != nil {
		t.Errorf("a folder that is no site: %v", err)
	}
}

// The configuration of the site shows Hugo what is allowed, no more; a site whose
// configuration does otherwise is not built.
func TestMountsAreTheAllowList(t *testing.T) {
	config, err := os.ReadFile("../../config.toml")
	if err != nil {
		t.Fatal(err)
	}
	if source, open := openMount(config); open {
		t.Errorf("config.toml shows Hugo more of %s than internal/content allows: %q", source, content.Patterns())
	}
	for _, open := range []string{
		"", // Hugo's own mounts
		"[[module.mounts]]\nsource = \"layouts\"\ntarget = \"layouts\"\n",
		strings.Replace(string(config), "  \"! /**.*.md\",\n", "", 1),
		string(config) + "\n[[module.mounts]]\nsource = \"them\"\ntarget = \"content/them\"\n",
		string(config) + "\n[[module.mounts]]\nsource = \"them\"\ntarget = \"content\"\nfiles = \"/**\"\n",
	} {
		if _, ok := openMount([]byte(open)); !ok {
			t.Errorf("taken for safe:\n%s", open)
		}
	}
}
