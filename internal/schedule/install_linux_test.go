package schedule

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheMachineIsToldToKeepTheSchedule installs a unit with a systemctl that only writes
// down what it is asked, and takes it out again.
func TestTheMachineIsToldToKeepTheSchedule(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	t.Setenv("PATH", dir+":/usr/bin:/bin")
	asked := filepath.Join(dir, "asked")
	script := "#!/bin/sh\necho \"$@\" >> '" + asked + "'\ntest ! -e '" + filepath.Join(dir, "broken") + "' || { echo Hỏng rồi >&2; exit 1; }\n"
	if err := os.WriteFile(filepath.Join(dir, "systemctl"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	service := Service{Program: "/opt/liên hiệp/lienhiep", Dir: "/srv/trang tỉnh", Target: "web"}
	u, err := SetupFor(t.Context(), service)
	if err != nil || u.System != "systemd" || u.IsInstalled() {
		t.Fatalf("%+v %v", u, err)
	}
	if err := u.Install(t.Context()); err != nil || !u.IsInstalled() {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "config", "systemd", "user", "lienhiep-web.service"))
	if err != nil || !strings.Contains(string(text), `ExecStart="/opt/liên hiệp/lienhiep" "deploy" "web" "--watch" "--dir" "/srv/trang tỉnh"`) {
		t.Errorf("%v\n%s", err, text)
	}
	if err := u.Remove(t.Context()); err != nil || u.IsInstalled() {
		t.Errorf("%v", err)
	}
	said, err := os.ReadFile(asked)
	want := "--user show-environment\n--user daemon-reload\n--user enable --now lienhiep-web.service\n--user disable --now lienhiep-web.service\n"
	if err != nil || string(said) != want {
		t.Errorf("%v\n%s", err, said)
	}
	if err := os.WriteFile(filepath.Join(dir, "broken"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := u.Install(t.Context()); err == nil || !strings.Contains(err.Error(), "Hỏng rồi") {
		t.Errorf("%v", err)
	}
	if u, err := SetupFor(t.Context(), service); err != nil || u.System != "" {
		t.Errorf("without systemd for users: %+v %v", u, err)
	}
	if _, err := SetupFor(t.Context(), Service{Program: "/tmp/go-build1/b001/exe/lienhiep"}); !errors.Is(err, errTemporary) {
		t.Errorf("run from source: %v", err)
	}
	if got, want := service.Line(), `"/opt/liên hiệp/lienhiep" deploy web --watch --dir "/srv/trang tỉnh"`; got != want {
		t.Errorf("%s", got)
	}
}
