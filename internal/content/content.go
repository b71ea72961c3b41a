// Package content defines what may be in the folder content/: an allow-list of
// file names, the same at any depth. Everything else is refused, since Hugo
// executes or publishes files by their names alone.
//
// In: names of files. Out: the role of a file in the site, and the patterns that
// keep everything else from Hugo. The catalogue and Hugo's mounts use the same
// table.
package content

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Kind is the role of a file in the site.
type Kind int

const (
	Unknown    Kind = iota // nothing that the site has a use for: refused
	Ignored                // left behind by other programs: never read, never published
	Entry                  // a page, in Markdown
	Picture                // published as it is encoded anew
	Attachment             // a file that readers may download; a plan's text is one. What is published is made of it anew
	Kept                   // what editors keep beside entries and readers cannot be given: archives, formats of before 2007
	Table                  // a list that the catalogue reads, never published
)

// endings are the kinds of files by the ending of their names, which may stand in
// either case. Entries are told by their whole names.
var endings = map[string]Kind{
	".jpg": Picture, ".jpeg": Picture, ".png": Picture, ".gif": Picture, ".webp": Picture, ".heic": Picture, ".heif": Picture,

	".pdf": Attachment, ".docx": Attachment, ".xlsx": Attachment, ".pptx": Attachment, ".odt": Attachment, ".ods": Attachment,
	".csv": Attachment, ".txt": Attachment, ".mp3": Attachment, ".mp4": Attachment, ".vtt": Attachment, ".srt": Attachment,

	".doc": Kept, ".rtf": Kept, ".xls": Kept, ".ppt": Kept, ".odp": Kept, ".docm": Kept, ".xlsm": Kept, ".pptm": Kept,
	".zip": Kept, ".rar": Kept, ".7z": Kept,
	".mov": Kept, ".avi": Kept, ".mkv": Kept, ".wmv": Kept, ".webm": Kept, ".m4v": Kept, ".m4a": Kept, ".wav": Kept, ".3gp": Kept,

	".tmp": Ignored, ".temp": Ignored, ".bak": Ignored, ".old": Ignored, ".orig": Ignored, ".swp": Ignored, ".part": Ignored, ".crdownload": Ignored,
}

// tables are where the catalogue looks for its lists.
var tables = []string{"ten-chinh-thuc.toml", "thuat-ngu.toml", "tim-kiem.toml", "trang-web.toml", "tri-thuc/da-rut.toml"}

// Copy is the folder, below the site's, of a copy of content/ that a site can be built
// from in its place.
const Copy = "generated/held"

// marks begin the names of files and folders that programs keep for themselves:
// hidden ones, Word's and LibreOffice's locks, what a server's disk keeps of pictures,
// bins.
const marks = ".#~@$"

// byproducts are further names of that sort, in small letters.
var byproducts = []string{"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"}

// KindOf returns the role of a file by its name relative to content/, such as
// "tin-tuc/gap-mat/index.md".
func KindOf(name string) Kind {
	if slices.ContainsFunc(strings.Split(name, "/"), IsByproduct) {
		return Ignored
	}
	if slices.Contains(tables, name) {
		return Table
	}
	base := path.Base(name)
	if path.Ext(base) == ".md" {
		if isIndexToHugo(base) && !isIndex(base) {
			return Unknown
		}
		return Entry
	}
	return endings[strings.ToLower(path.Ext(base))]
}

// IsByproduct reports whether a file or folder of this name was left by another program
// and is ignored.
func IsByproduct(name string) bool {
	return name != "" && (strings.ContainsRune(marks, rune(name[0])) || strings.HasSuffix(name, "~")) || slices.Contains(byproducts, strings.ToLower(name))
}

// IsBundle reports whether a file of this name turns its folder into one entry (a page
// bundle, in Hugo's terms).
func IsBundle(name string) bool {
	return name == "index.md" || name == "index.en.md" || name == "index.vi.md"
}

// isIndex reports whether a file is the page of its folder.
func isIndex(name string) bool { return IsBundle(strings.TrimPrefix(name, "_")) }

// isIndexToHugo reports whether Hugo may take a Markdown file for the page of its
// folder, so that it would stand in the place of the one that was checked: Hugo tells
// no capitals, and takes the parts of a name that name a language, or stand
// in low lines, for no part of it.
func isIndexToHugo(name string) bool {
	parts := strings.Split(strings.ToLower(name), ".")
	if parts[0] != "index" && parts[0] != "_index" {
		return false
	}
	inside := parts[1 : len(parts)-1]
	return len(inside) == 0 || slices.ContainsFunc(inside, func(part string) bool {
		return part == "en" || part == "vi" || strings.HasPrefix(part, "_")
	})
}

// Patterns are the glob patterns of config.toml's [[module.mounts]] (files) for a
// folder. The first that matches decides; matching is case-insensitive, and "! "
// excludes.
func Patterns() []string {
	shown := []string{"md"}
	for _, ending := range slices.Sorted(maps.Keys(endings)) {
		if endings[ending] == Picture {
			shown = append(shown, ending[1:])
		}
	}
	file := "*.{" + strings.Join(shown, ",") + "}"
	return []string{
		"! /[" + marks + "]**", "! /**/[" + marks + "]**",
		"! /**.*.*.md", "/**.{en,vi}.md", "! /**.*.md",
		"/" + file, "/**/" + file,
	}
}

// device matches what Windows takes for a device, whatever its ending.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)`)

// FitsWindows reports whether Windows allows a file or folder of this name. Other
// systems allow more, but such a site cannot be copied or cloned to Windows.
func FitsWindows(name string) bool {
	return !device.MatchString(name) && !strings.ContainsAny(name, `<>:"\|?*`) &&
		!strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) &&
		!strings.HasSuffix(name, ".") && !strings.HasSuffix(name, " ")
}
