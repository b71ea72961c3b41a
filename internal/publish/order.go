package publish

import (
	"path"
	"strings"
)

// contentTypes are those of the web, whatever this machine's tables say.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".xml": "application/xml; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8", ".json": "application/json",
	".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
	".webmanifest": "application/manifest+json", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
	".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon",
	".woff2": "font/woff2", ".pdf": "application/pdf", ".mp4": "video/mp4", ".mp3": "audio/mpeg", ".vtt": "text/vtt; charset=utf-8",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".wasm": "application/wasm",
	".gz": "application/gzip",
}

func contentType(name string) string {
	if t, ok := contentTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

// Stages of putting a site in place, in order. Between any two steps of them a
// reader who comes in by the home page finds everything that the pages refer to:
// what is new is there before anything tells of it, and what is gone goes last.
const (
	stageNewAssets = iota // nobody refers to them yet
	stageNewPages
	stageChanged
	stageEntries  // home and section pages, feeds, sitemaps: what tells of the others
	stageManifest // says that all is in place
	stageRemovedPages
	stageRemovedAssets
	stageCount
)

// stage is when a file is put in place. A precompressed copy goes with its file.
func stage(name string, isNew bool) int {
	plain := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".br")
	page := path.Ext(plain) == ".html"
	switch {
	case plain == ManifestName:
		return stageManifest
	case plain == "index.html":
		return stageEntries
	case isNew && page:
		return stageNewPages
	case isNew:
		return stageNewAssets
	case path.Ext(plain) == ".xml" || path.Ext(plain) == ".json" || page && strings.Count(plain, "/") <= 1:
		return stageEntries
	}
	return stageChanged
}

// stageOfRemoval is when a file goes: pages before what they refer to.
func stageOfRemoval(name string) int {
	if path.Ext(name) == ".html" {
		return stageRemovedPages
	}
	return stageRemovedAssets
}

// hostsOwn reports whether a file at a target is the host's own affair, left
// alone unless we put it there: hidden files (.git, .nojekyll, .well-known) and
// the domain's name for GitHub Pages.
func hostsOwn(name string) bool {
	return name == "CNAME" || strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}
