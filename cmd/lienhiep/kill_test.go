package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"lienhiep/internal/needs"
)

// TestKilledBuildsLeaveTheOldSiteOrTheNewOne ends the program as a power cut does,
// at moments spread over the whole of a build, while the content goes to and fro
// between two versions. What is published is always one of the two, whole, and the
// next build mends whatever was left.
func TestKilledBuildsLeaveTheOldSiteOrTheNewOne(t *testing.T) {
	needs.Ask(t, needs.Endurance)
	root := smallSite(t)
	home := filepath.Join(root, "content", "_index.md")
	text, err := os.ReadFile(home)
	if err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(root, "public")
	versions := []string{string(text), string(text) + "\n\nMột dòng mới ở trang chủ.\n"}
	var sites []string
	var whole time.Duration
	for i := range versions {
		if err := os.WriteFile(home, []byte(versions[i]), 0o666); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		runBinary(t, "build", "--dir", root)
		whole = time.Since(start)
		sites = append(sites, filepath.Join(t.TempDir(), "site"))
		if err := copyTree(public, sites[i]); err != nil {
			t.Fatal(err)
		}
	}
	if compareTrees(sites[0], sites[1]) == "" {
		t.Fatal("the two versions are one")
	}

	const kills = 16
	killed := 0
	for i := range kills {
		if err := os.WriteFile(home, []byte(versions[i%2]), 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(binary, "build", "--dir", root)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		cut := time.AfterFunc(whole*time.Duration(i+1)/kills, func() { _ = cmd.Process.Kill() }) // it may have ended
		if err := cmd.Wait(); err != nil {
			killed++
		}
		cut.Stop()
		first, second := compareTrees(public, sites[0]), compareTrees(public, sites[1])
		if first != "" && second != "" {
			t.Fatalf("killed at %d/%d of a build, the site is neither of the two: %s; %s", i+1, kills, first, second)
		}
	}
	if killed == 0 {
		t.Error("no build was cut off")
	}
	if err := os.WriteFile(home, []byte(versions[0]), 0o666); err != nil {
		t.Fatal(err)
	}
	runBinary(t, "build", "--dir", root)
	if difference := compareTrees(public, sites[0]); difference != "" {
		t.Errorf("the build after the cuts: %s", difference)
	}
	for _, left := range []string{"staging", "replaced", "left"} {
		if _, err := os.Stat(filepath.Join(root, "generated", left)); err == nil {
			t.Errorf("generated/%s is left", left)
		}
	}
}
