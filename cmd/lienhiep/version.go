package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/site"
)

var versionCommand = &command{
	name:    "version",
	about:   diag.Text{VI: "Cho biết bản của chương trình, bản mã nguồn và bản Hugo bên trong", EN: "Print the version of the program, its commit, and the version of Hugo inside"},
	declare: func(*options) action { return printVersion },
}

// stamped is what cmd/release gives the program: the day of its commit as the version,
// and the commit, such as 2026.11.28+5e3df32. Any other build has none.
var stamped string

// version is what a person who helps from afar needs to know of a program.
type version struct {
	Version  string `json:"version"`  // "" for a program that is no release
	Commit   string `json:"commit"`   // "" where Go recorded none, as under `go run`
	Modified bool   `json:"modified"` // built from a commit with changes of one's own
	Hugo     string `json:"hugo"`
	Go       string `json:"go"`
	System   string `json:"system"` // such as windows/amd64
}

// versionOf reads the stamp and what Go recorded when it built the program; nil is nothing.
func versionOf(stamped string, build *debug.BuildInfo) version {
	name, commit, _ := strings.Cut(stamped, "+")
	v := version{Version: name, Commit: commit, Hugo: site.HugoVersion(), Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH}
	if stamped != "" || build == nil {
		return v
	}
	for _, s := range build.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}

func printVersion(_ context.Context, ui *UI, _ []string) error {
	build, _ := debug.ReadBuildInfo() // nil without modules
	v := versionOf(stamped, build)
	if ui.format == "json" {
		ui.writeJSON(v)
		return nil
	}
	fmt.Fprint(ui.out, v.in(ui.lang))
	return nil
}

// in is the version as people read it.
func (v version) in(lang diag.Lang) string {
	name, commit := v.Version, v.Commit
	if name == "" {
		name = diag.Text{VI: "(tự dựng từ mã nguồn, không phải bản phát hành)", EN: "(built from source, not a release)"}.In(lang)
	}
	if commit == "" {
		commit = diag.Text{VI: "không rõ", EN: "unknown"}.In(lang)
	}
	if v.Modified {
		commit += diag.Text{VI: " (đã sửa thêm)", EN: " (modified)"}.In(lang)
	}
	return fmt.Sprintf("lienhiep %s\ncommit %s\nHugo %s\n%s %s\n", name, commit, v.Hugo, v.Go, v.System)
}
