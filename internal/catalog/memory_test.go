package catalog

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// TestWhatIsRememberedIsAsReadAnew loads the site's content again and again with a memory,
// after changes of each kind: all is as whoever reads it for the first time has it.
func TestWhatIsRememberedIsAsReadAnew(t *testing.T) {
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	const file = "content/tin-tuc/mot/index.md"
	folder := filepath.Join(root, filepath.FromSlash(path.Dir(file)))
	entry := func(head, text string) string { return "---\ntitle: Một\n" + head + "---\n" + text }
	var memory Memory
	for _, step := range []struct {
		what   string
		text   string // of the file; "" where there is none
		beside string // a file in its folder
	}{
		{what: "with a fault", text: entry("datum: 2026-03-01\n", "Lời.\n")},
		{what: "with the same fault", text: entry("datum: 2026-03-01\n", "Lời.\n")},
		{what: "mended", text: entry("date: 2026-03-01\n", "Lời.\n")},
		{what: "with another text", text: entry("date: 2026-03-01\n", "Lời khác.\n\nXem [kế hoạch](/ke-hoach/15-kh-tu/).\n")},
		{what: "with more lines above the text", text: entry("date: 2026-03-01\ndraft: true\n", "Lời khác.\n\n![](khong-co.jpg)\n")},
		{what: "with pictures", text: entry("date: 2026-03-01\n", "![Lễ](le.jpg) ![](khac.jpg)\n\n![Phim](phim.mp4)\n"), beside: "le.jpg"},
		{what: "with another picture, and the same text", text: entry("date: 2026-03-01\n", "![Lễ](le.jpg) ![](khac.jpg)\n\n![Phim](phim.mp4)\n"), beside: "khac.jpg"},
		{what: "unreadable", text: entry("date: [\n", "Lời.\n")},
		{what: "gone"},
		{what: "there again", text: entry("date: 2026-03-01\n", "Lời.\n")},
	} {
		err := os.RemoveAll(folder)
		if step.text != "" {
			err = errors.Join(err, os.Mkdir(folder, 0o777), os.WriteFile(filepath.Join(folder, "index.md"), []byte(step.text), 0o666))
		}
		if step.beside != "" {
			err = errors.Join(err, os.WriteFile(filepath.Join(folder, step.beside), []byte("một ảnh"), 0o666))
		}
		if err != nil {
			t.Fatal(err)
		}
		site := os.DirFS(root)
		o := Options{Now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), Zone: time.UTC}
		want, wantFindings, err := Load(site, o)
		if err != nil {
			t.Fatal(err)
		}
		o.Memory = &memory
		have, haveFindings, err := Load(site, o)
		if err != nil {
			t.Fatal(err)
		}
		have.options.Memory = nil
		if !reflect.DeepEqual(want.entries, have.entries) || !reflect.DeepEqual(wantFindings, haveFindings) {
			t.Errorf("%s: the content is other than it is read anew: %v, want %v", step.what, haveFindings, wantFindings)
		}
		if _, known := memory.now[file]; known != (step.text != "" && step.what != "unreadable") {
			t.Errorf("%s: remembered: %t", step.what, known)
		}
	}
	const same = "content/lien-hiep-hoi/_index.md"
	if now, before := memory.now[same], memory.before[same]; now.text == nil || now.text != before.text {
		t.Errorf("the text of %s was read again", same)
	}
	if len(memory.now) < 100 || len(memory.before) > len(memory.now) {
		t.Errorf("%d entries are remembered, and %d before", len(memory.now), len(memory.before))
	}
}
