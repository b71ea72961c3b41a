package publish

import (
	"path"
	"strings"
)

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
	case plain == ManifestName || plain == DeployedName:
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

// hostsOwn reports whether a file at a target belongs to the host and is left alone unless
// we put it there: hidden files (.git, .nojekyll, .well-known) and the domain's name for
// GitHub Pages.
func hostsOwn(name string) bool {
	return name == "CNAME" || strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}
