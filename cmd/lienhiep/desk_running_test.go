package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/needs"
)

// TestASecondStartLeadsToTheFirst starts the desk twice on one folder: the second names the
// address of the first and ends. The first is closed by its page; then the next start stands
// by itself.
func TestASecondStartLeadsToTheFirst(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Milkdown, needs.Symlinks)
	root, link := startDesk(t, nil, nil)
	first := newDeskClient(t, link)
	out, err := exec.Command(binary, "edit", "--dir", root, "--no-open").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "đang mở rồi, ở http://"+link.Host+"/") {
		t.Errorf("the second start says %q (%v)", out, err)
	}
	if err := first.post("/dong", map[string]any{}); err != nil {
		t.Error(err)
	}
	await(t, func() bool {
		left, err := filepath.Glob(filepath.Join(root, ".lienhiep", "desk", "*.json"))
		return err == nil && len(left) == 0
	})
	// What a killed desk leaves behind is not believed: another program answers there by now.
	p := &project{root: root}
	if _, _, err := p.recordDesk("http://" + link.Host); err != nil {
		t.Fatal(err)
	}
	if address := p.deskThatRuns(t.Context()); address != "" {
		t.Errorf("nobody stands at %s", address)
	}
}
