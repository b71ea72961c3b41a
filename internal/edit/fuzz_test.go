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
		written{File: "content/tin-tuc/gap-mat/index.md", Opened: hash([]byte(article)), Tab: "a", Fields: map[string]any{"title": "A", "sources": []any{map[string]any{"title": "B"}}}, Text: "Lời."},
		written{File: "content/../config.toml", Opened: "", Tab: "../a"},
		written{File: "content/tin-tuc/gap-mat/index.md", Fields: map[string]any{"title": []any{1, nil}, "sources": "x", "short": []any{map[string]any{"name": "a: b", "text": "c"}}}},
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
		for _, address := range []string{"/luu", "/nhap", "/moi", "/xoa", "/go", "/dua-lai", "/hoan-tac", "/trang-web", "/them-trang", "/tien-do", "/rut-ten", "/rut-ten/xoa-han"} {
			if status, text := o.ask("POST", address, body, nil); status >= http.StatusInternalServerError {
				t.Errorf("%s: %d %s", address, status, text)
			}
		}
		if o.read("config.toml")+o.read("../ngoai/index.md")+o.read("content/ke-hoach/15-kh-tu/van-ban.txt") != kept {
			t.Error("a file that is not the desk's has changed")
		}
	})
}
