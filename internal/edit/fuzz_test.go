package edit

import (
	"encoding/json"
	"net/http"
	"path"
	"strings"
	"testing"
)

func TestNamesMeanTheSameOnEverySystem(t *testing.T) {
	for name, want := range map[string]bool{
		"content/_index.md": true, "content/tin-tuc/gap-mat/index.en.md": true, "content/tin-tuc/gap-mat/img_01.webp": true,
		"content/tin-tuc/a/qd.pdf": true, "content/tin-tuc/a/mau.DOCX": true, "content/tin-tuc/a/ds.txt": true, "content/ke-hoach/15-kh-tu/van-ban.txt": false, "content/a/cu.doc": false, "content/a/b.zip": false,
		`content\tin-tuc\a.md`: false, "content/aux.md": false, "content/Aux": false, "content/con.en.md": false, "content/lpt9/index.md": false,
		"content/console/index.md": true, "content/a~1/index.md": false, "content/a./b.md": false, "content/C:/b.md": false, "//host/content/a.md": false,
	} {
		if got := isShown(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, name := range []string{"content/a/index.md", "content/../a.md", `content\a.md`, "content/NUL.webp", "content/a:b.png"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if !isOurs(name) {
			return
		}
		if name != path.Clean(name) || strings.ContainsAny(name, "\\:*?\"<>|\x00 ~") || strings.Contains(name, "/.") || strings.Contains(name, "./") {
			t.Errorf("%q", name)
		}
	})
}

// FuzzSave sends anything to where entries are saved: it is taken or refused, the
// server never breaks, and nothing is written but entries and pictures.
func FuzzSave(f *testing.F) {
	o := openDesk(f)
	kept := o.read("config.toml") + o.read("../ngoai/index.md") + o.read("content/ke-hoach/15-kh-tu/van-ban.txt")
	for _, body := range []any{
		map[string]any{"files": []edit{{"operation": "create", "path": "content/a/index.md", "content": "LS0tCnRpdGxlOiBhCi0tLQo="}}},
		map[string]any{"files": []edit{{"operation": "update", "path": "content/tin-tuc/gap-mat/index.md", "sha": hash([]byte(article)), "content": ""}}},
		map[string]any{"files": []edit{{"operation": "delete", "path": "content/../config.toml"}}},
	} {
		data, err := json.Marshal(body)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, body string) {
		o := o
		o.t = t
		if status, text := o.ask("POST", o.api()+"/contents", body, nil); status >= http.StatusInternalServerError {
			t.Errorf("%d %s", status, text)
		}
		if o.read("config.toml")+o.read("../ngoai/index.md")+o.read("content/ke-hoach/15-kh-tu/van-ban.txt") != kept {
			t.Error("a file that is not the desk's has changed")
		}
	})
}
