package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/edit"
	"lienhiep/internal/needs"
)

// TestWritingGoesOnWithoutAConfiguration breaks config.toml while the desk is open: its pages
// go on by what it said before, what publishes says the line, and once it is mended all is as
// it says.
func TestWritingGoesOnWithoutAConfiguration(t *testing.T) {
	needs.Ask(t)
	root := t.TempDir()
	config := filepath.Join(root, "config.toml")
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(config, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	put("baseURL = \"https://mot.example/\"\n")
	p, err := location{dir: root}.open()
	if err != nil {
		t.Fatal(err)
	}
	a := &atDesk{project: p, ui: &UI{}}
	a.last.Store(&p.config)
	put("baseURL = \"https://mot.example/\"\n\ntimeZone = \"Asia\n")
	if _, _, err := a.Load(); err != nil || a.Address() != "https://mot.example/" {
		t.Errorf("the desk does not go on: %v, %s", err, a.Address())
	}
	_, build := a.Build(t.Context(), func(string) {})
	_, deploy := a.Deploy(t.Context(), "web", edit.DeployOptions{}, func(string) {})
	for what, err := range map[string]error{"build": build, "deploy": deploy, "address": a.SetAddress("https://hai.example/")} {
		if err == nil || !strings.Contains(err.Error(), "config.toml:3") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := os.Remove(config); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Load(); err != nil {
		t.Errorf("without a configuration the desk does not go on: %v", err)
	}
	if _, err := a.Build(t.Context(), func(string) {}); err == nil {
		t.Error("it is built without a configuration")
	}
	put("baseURL = \"https://ba.example/\"\n")
	if a.Address() != "https://ba.example/" {
		t.Errorf("what was mended is not read: %s", a.Address())
	}
}
