package generate

import (
	"strings"
	"testing"

	"github.com/spf13/afero"
)

// TestKitsAreMadeOnce takes a plan's kit from an earlier run while nothing that it follows
// from has changed, and makes it anew where a file of it is no longer what it was.
func TestKitsAreMadeOnce(t *testing.T) {
	out := afero.NewMemMapFs()
	fsys := site(t)
	const list, poster = "data/kits/15-kh-tu.json", "static/ke-hoach/15-kh-tu/hoc-tap/15-kh-tu-ap-phich.pdf"
	run(t, out, fsys)
	made, err := afero.ReadFile(out, poster)
	if err != nil || !strings.HasPrefix(string(made), "%PDF-") {
		t.Fatal(err)
	}
	if changes := run(t, out, fsys); changes.Written != 0 || changes.Removed != 0 {
		t.Errorf("a second run: %+v", changes)
	}

	var data kitData
	read(t, out, list, &data)
	if len(data.Pieces) < 5 || data.Pieces[0].Files[0].URL != "ke-hoach/15-kh-tu/hoc-tap/15-kh-tu-trinh-chieu.pptx" {
		t.Fatalf("%+v", data)
	}
	data.Pieces[0].About = "Giữ lại."
	if err := afero.WriteFile(out, list, marshal(data), 0o666); err != nil {
		t.Fatal(err)
	}
	run(t, out, fsys)
	read(t, out, list, &data)
	if data.Pieces[0].About != "Giữ lại." {
		t.Error("a kit was made again though nothing had changed")
	}

	const talk = "static/ke-hoach/15-kh-tu/hoc-tap/15-kh-tu-phat-thanh-1-phut"
	for _, name := range []string{talk + ".docx", talk + ".txt"} {
		if found, _ := afero.Exists(out, name); !found {
			t.Errorf("there is no %s", name)
		}
	}
	fsys["content/ke-hoach/mot-phut/index.md"] = entry("title: Kế hoạch trong một phút\ndescription: x\ndate: 2026-01-02\n---\nLời kể mới.\n")
	run(t, out, fsys)
	if said, _ := afero.ReadFile(out, talk+".txt"); !strings.Contains(string(said), "Lời kể mới.") {
		t.Error("what explains the plan is not told")
	}

	if made, err = afero.ReadFile(out, poster); err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func() error{
		"damaged":                       func() error { return afero.WriteFile(out, poster, []byte("hỏng"), 0o666) },
		"removed":                       func() error { return out.Remove(poster) },
		"in a list that cannot be read": func() error { return afero.WriteFile(out, list, []byte("{"), 0o666) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		run(t, out, fsys)
		if again, err := afero.ReadFile(out, poster); err != nil || string(again) != string(made) {
			t.Errorf("%s, the poster is not made again (%v)", what, err)
		}
	}

	fsys["content/tin-tuc/ba/index.md"] = entry("title: Ba\ndescription: x\ndate: 2026-01-02\nevent: 2025-02\nplan: [15-kh-tu/ii-1-2]")
	run(t, out, fsys)
	if again, err := afero.ReadFile(out, poster); err != nil || string(again) == string(made) {
		t.Errorf("with another deed the poster is as it was (%v)", err)
	}
	delete(fsys, "content/ke-hoach/15-kh-tu/_index.md")
	delete(fsys, "content/ke-hoach/15-kh-tu/van-ban.txt")
	for name := range fsys {
		if strings.HasPrefix(name, "content/tin-tuc/") {
			delete(fsys, name)
		}
	}
	run(t, out, fsys)
	if found, _ := afero.Exists(out, poster); found {
		t.Error("the poster of a plan that is gone is still there")
	}
}
