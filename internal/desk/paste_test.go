package desk_test

import (
	"flag"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lienhiep/internal/needs"
)

var update = flag.Bool("update", false, "write what is pasted into testdata/paste.txtar")

// TestPaste pastes what programs put on the clipboard into an empty text.
func TestPaste(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown)
	const file = "testdata/paste.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	p := openPage(t)
	out := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		kind, isInput := map[string]string{".html": "text/html", ".txt": "text/plain"}[path.Ext(f.Name)]
		if !isInput {
			continue
		}
		got := p.js(`await openText("");
			picks.picture = [{ src: "anh-dan.webp" }];
			text.focus();
			await paste({ [$0]: $1 });
			const form = document.querySelector("dialog");
			if (form) {
				[...form.querySelectorAll("button")].find(b => b.value === "ok").click();
				await settled();
				await settled();
			}
			return surface.markdown() + (lost.length > 0 ? "---\n" + lost.join("\n") + "\n" : "")`, kind, string(f.Data))
		name := strings.TrimSuffix(f.Name, path.Ext(f.Name)) + strings.ReplaceAll(path.Ext(f.Name), ".html", "") + ".md"
		if got != want[name] && !*update {
			t.Errorf("%s: %s", f.Name, differences(want[name], got))
		}
		out.Files = append(out.Files, f, txtar.File{Name: name, Data: []byte(got)})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p.quiet()
}
