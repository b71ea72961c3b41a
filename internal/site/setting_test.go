package site

import (
	"errors"
	"strings"
	"testing"
)

// TestATargetIsSetByteForByte adds, changes and removes a target among others.
func TestATargetIsSetByteForByte(t *testing.T) {
	const head = "# Của cơ quan\nbaseURL = 'https://a.example/' # tạm\ntimeZone=\"Asia/Ho_Chi_Minh\"\n\n[params]\nx = 1\n"
	const other = "\n[params.deploy.khac] # chỗ cũ\n# bằng tay\nurl = '../khac'  # giữ\n"
	const web = "\n[params.deploy.web]\nurl = \"sftp://a@b/c\"\n"
	const after = "\n[params.security]\ncontact = \"mailto:a@a.example\"\nexpires = 2030-01-01T00:00:00Z\n"
	for name, tt := range map[string]struct{ src, name, address, want string }{
		"added":                 {head + other, "web", "sftp://a@b/c", head + other + web},
		"added to the first":    {head, "web", "sftp://a@b/c", head + web},
		"no newline at the end": {strings.TrimSuffix(head, "\n"), "web", "sftp://a@b/c", head + web},
		"changed":               {head + other + after, "khac", `C:\trang web`, head + strings.Replace(other, "'../khac'", `"C:\\trang web"`, 1) + after},
		"removed":               {head + other + web + after, "web", "", head + other + after},
		"removed at the end":    {head + web, "web", "", head},
		"with none yet":         {head + "\n[params.deploy.web]\n\n[outputs]\nhome = [\"html\"]\n", "web", "../a", head + "\n[params.deploy.web]\nurl = \"../a\"\n\n[outputs]\nhome = [\"html\"]\n"},
	} {
		for _, ending := range []string{"\n", "\r\n"} {
			crlf := func(s string) string { return strings.ReplaceAll(s, "\n", ending) }
			got, err := SetTarget([]byte(crlf(tt.src)), tt.name, tt.address)
			if err != nil || string(got) != crlf(tt.want) && (name != "no newline at the end" || ending == "\n") {
				t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, crlf(tt.want))
			}
		}
	}
	for name, src := range map[string]string{
		"dotted":     head + "deploy.web.url = \"../a\"\n",
		"in braces":  head + "deploy = {web = {url = \"../a\"}}\n",
		"no string":  head + "\n[params.deploy.web]\nurl = 1\n",
		"unreadable": head + "[",
	} {
		if got, err := SetTarget([]byte(src), "web", "../b"); err == nil {
			t.Errorf("%s: %s", name, got)
		} else if name != "unreadable" && name != "no string" && !errors.Is(err, ErrSetting) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := SetTarget([]byte(head+"deploy.web.url = \"../a\"\n"), "web", ""); !errors.Is(err, ErrSetting) {
		t.Errorf("removed though it is dotted: %v\n%s", err, got)
	}
	got, err := SetBaseURL([]byte(head+other), "https://b.example/")
	if want := strings.Replace(head, "'https://a.example/'", `"https://b.example/"`, 1) + other; err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
}
