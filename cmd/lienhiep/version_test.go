package main

import (
	"runtime/debug"
	"strings"
	"testing"

	"lienhiep/internal/diag"
)

func TestVersionSaysWhatWasBuilt(t *testing.T) {
	recorded := func(settings ...string) *debug.BuildInfo {
		build := &debug.BuildInfo{}
		for i := 0; i < len(settings); i += 2 {
			build.Settings = append(build.Settings, debug.BuildSetting{Key: settings[i], Value: settings[i+1]})
		}
		return build
	}
	for _, test := range []struct {
		stamped string
		build   *debug.BuildInfo
		lang    diag.Lang
		want    string
	}{
		{"2026.11.28+abc123", recorded(), diag.Vietnamese, "lienhiep 2026.11.28\ncommit abc123\n"},
		{"", recorded("vcs.revision", "abc123", "vcs.modified", "true"), diag.Vietnamese, "lienhiep (tự dựng từ mã nguồn, không phải bản phát hành)\ncommit abc123 (đã sửa thêm)\n"},
		{"", recorded("vcs.revision", "abc123", "vcs.modified", "true"), diag.English, "lienhiep (built from source, not a release)\ncommit abc123 (modified)\n"},
		{"", recorded(), diag.English, "lienhiep (built from source, not a release)\ncommit unknown\n"},
		{"", nil, diag.Vietnamese, "lienhiep (tự dựng từ mã nguồn, không phải bản phát hành)\ncommit không rõ\n"},
	} {
		if got := versionOf(test.stamped, test.build).in(test.lang); !strings.HasPrefix(got, test.want) {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// TestVersionNamesTheHugoOfGoMod compares what the program says with what it is built of.
func TestVersionNamesTheHugoOfGoMod(t *testing.T) {
	mod := string(read(t, "../../go.mod"))
	if hugo := versionOf("", nil).Hugo; hugo == "" || !strings.Contains(mod, "github.com/gohugoio/hugo v"+hugo+"\n") {
		t.Errorf("Hugo %q is not that of go.mod", hugo)
	}
}
