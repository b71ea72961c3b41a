package desk_test

import (
	"flag"
	"os"
	"path"
	"regexp"
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

// TestPasteAnywhere pastes things of every kind into every kind of place: no word of it is missing,
// nothing that stood there is, and one press takes all of it back.
func TestPasteAnywhere(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown)
	archive, err := txtar.ParseFile("testdata/paste.txtar")
	if err != nil {
		t.Fatal(err)
	}
	p := openPage(t)
	for _, place := range []string{"Trước ĐÂY sau\n", "**Trước ĐÂY sau**\n", "- Trước\n- ĐÂY\n- sau\n", "## Trước ĐÂY sau\n", "> Trước ĐÂY sau\n", "| Trước | ĐÂY |\n|---|---|\n| sau | x |\n", "Trước[^1] sau\n\n[^1]: ĐÂY\n", "```\nTrước ĐÂY sau\n```\n"} {
		for i, f := range archive.Files {
			kind, isInput := map[string]string{".html": "text/html", ".txt": "text/plain"}[path.Ext(f.Name)]
			if !isInput || !everywhere.MatchString(f.Name) || strings.HasPrefix(place, "```") && kind == "text/html" { // code takes text alone
				continue
			}
			made, _, _ := strings.Cut(string(archive.Files[i+1].Data), "---\n")
			got := p.js(`await openText($0);
				picks.picture = [{ src: "anh-dan.webp", alt: "Chấm" }];
				caret("ĐÂY");
				await paste({ [$1]: $2 });
				const pasted = surface.markdown();
				press("undo");
				await settled();
				return pasted + (surface.markdown() === $0 ? "" : "NOT UNDONE: " + surface.markdown())`, place, kind, string(f.Data))
			if _, rest, found := strings.Cut(got, "NOT UNDONE"); found {
				t.Errorf("%s into %q is not taken back%s", f.Name, place, rest)
			}
			stood := []string{"Trước", "ĐÂY", "sau"}
			if strings.HasPrefix(place, "|") && strings.HasPrefix(made, "|") {
				stood = []string{"Trước", "sau"} // cells take the place of cells, as in Excel
			}
			for _, word := range append(words.FindAllString(made, -1), stood...) {
				if !strings.Contains(got, word) {
					t.Errorf("%s into %q: %q is missing in\n%s", f.Name, place, word, got)
					break
				}
			}
		}
	}
	p.quiet()
}

// everywhere matches what has something of every kind in it.
var everywhere = regexp.MustCompile(`^(word|excel|google-docs|libreoffice|web|zalo|markdown)\.`)

var words = regexp.MustCompile(`\pL+`)

// TestCopiesAreWhole copies a text of everything, and pastes it into an empty one.
func TestCopiesAreWhole(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown)
	p := openPage(t)
	const text = "## Đề mục\n\nChữ **đậm** và [trang](/a/).[^1]\n\n- một\n  - hai\n\n| Năm | Số |\n| - | -: |\n| 2020 | 12 |\n\n{{< dieu-khoan \"15-kh-tu/ii-1-2\" >}}\n\n![Lễ](le.jpg \"Chú thích\")\n\n> Trích\n\n```\nmã  một\n```\n\n<!-- nhớ -->\n\n[^1]: chú\n"
	got := p.js(`await openText($0);
		text.focus();
		document.execCommand("selectAll");
		await settled();
		const transfer = new DataTransfer();
		text.dispatchEvent(new ClipboardEvent("copy", { clipboardData: transfer, bubbles: true, cancelable: true }));
		await openText("");
		text.focus();
		await paste({ "text/html": transfer.getData("text/html"), "text/plain": transfer.getData("text/plain") });
		return surface.markdown()`, text)
	if got != text {
		t.Error(differences(text, got))
	}
	p.quiet()
}
