package edit

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/loopback"
	"lienhiep/internal/preview"
)

// another opens the same folder at another machine, as somebody else.
func (o open) another(seat, who string) open {
	o.t.Helper()
	server := httptest.NewUnstartedServer(nil)
	beside, err := loopback.Listen(0)
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { beside.Close() })
	d, err := New(Options{
		Root: o.dir, Guard: loopback.NewKeyGuard(server.Listener), Preview: preview.New(preview.Options{Guard: loopback.NewKeyGuard(beside), Base: "/"}),
		Site: contentSite{dir: o.dir, takingDown: takingDown{o.dir}}, Zone: saigon, Seat: seat, Who: func() string { return who }, Admitted: func() {}, Stop: func() {}, Log: func(err error) { o.t.Log(err) },
	})
	if err != nil {
		o.t.Fatal(err)
	}
	server.Config.Handler = d
	server.Start()
	o.t.Cleanup(func() { server.Close(); d.Close() })
	return open{Desk: d, t: o.t, dir: o.dir, address: server.Listener.Addr().String()}
}

// asPerson asks as a browser does that opens a page.
func asPerson(r *http.Request) { r.Header.Set("Accept", "text/html") }

// TestADraftIsSomebodys opens one folder at two machines: what one writes the other may read
// and copy, and neither lose nor save.
func TestADraftIsSomebodys(t *testing.T) {
	first := openDesk(t)
	a := first.another("a @ 1", "Trần Văn Mẫu")
	left := filepath.Join(first.dir, filepath.FromSlash(a.folder.aside), "dang-ghi")
	if err := os.WriteFile(left, []byte("dở"), 0o666); err != nil {
		t.Fatal(err)
	}
	b := first.another("b @ 2", "Lê Thị Mẫu")
	if _, err := os.Stat(left); err != nil {
		t.Errorf("the second desk has cleared what the first is writing: %v", err)
	}
	const file, place = "content/tin-tuc/gap-mat/index.md", "/soan/tin-tuc/gap-mat/index.md"
	seen := hash([]byte(article))
	if status, text := a.ask("POST", "/nhap", written{File: file, Opened: seen, Tab: "a", Fields: map[string]any{"title": "Lời chưa lưu của A"}, Text: "Lời riêng của A."}, nil); status != 200 {
		t.Fatal(status, text)
	}
	if _, page := b.ask("GET", place, nil, asPerson); strings.Contains(page, "Lời riêng của A") || strings.Contains(page, "bản bạn đang viết dở") || !strings.Contains(page, "Trần Văn Mẫu") || !strings.Contains(page, ">Gặp mặt</textarea>") {
		t.Errorf("the other's draft is taken for one's own, or not told of:\n%s", page)
	}
	if _, page := b.ask("GET", place+"?ban=a", nil, asPerson); !strings.Contains(page, "Lời riêng của A.") || strings.Contains(page, `id="entry"`) {
		t.Errorf("it cannot be read, or can be written:\n%s", page)
	}
	if _, page := b.ask("GET", "/", nil, asPerson); strings.Contains(page, "Lời chưa lưu của A") {
		t.Error("it stands among what one was writing oneself")
	}
	for _, ask := range []string{"/bo-nhap", "/nhap"} {
		if status, _ := b.ask("POST", ask, map[string]any{"file": file, "tab": "a", "text": "khác"}, nil); status != http.StatusConflict {
			t.Errorf("%s: %d", ask, status)
		}
	}
	// Saved by the other, with that draft named.
	if status, text := b.ask("POST", "/luu", map[string]any{"file": file, "opened": seen, "tab": "b", "restored": "a", "fields": map[string]any{"title": "Tên của B"}, "text": bodyOf(article)}, nil); status != 200 {
		t.Fatal(status, text)
	}
	if _, page := a.ask("GET", place, nil, asPerson); !strings.Contains(page, "Lời riêng của A.") || !strings.Contains(page, "bản bạn đang viết dở") {
		t.Errorf("A's draft is gone:\n%s", page)
	}
	// Copied, which is asked for.
	copied := b.act("/viet-tiep", map[string]string{"file": file, "tab": "a"})
	if _, page := b.ask("GET", copied.Place, nil, asPerson); !strings.Contains(page, "Lời riêng của A.") || !strings.Contains(page, `id="entry"`) {
		t.Errorf("the copy cannot be written:\n%s", page)
	}
	if drafts, err := a.draftsOf(file); err != nil || len(drafts) != 2 {
		t.Errorf("%v %v", drafts, err)
	}
}

// TestADraftOutlivesItsEntry opens from the first page what was being written of an entry
// that is gone, thrown away or broken by now, and makes an entry of it.
func TestADraftOutlivesItsEntry(t *testing.T) {
	const file, place = "content/tin-tuc/gap-mat/index.md", "/soan/tin-tuc/gap-mat/index.md"
	for name, spoil := range map[string]func(o open){
		"gone": func(o open) {
			if err := os.RemoveAll(filepath.Join(o.dir, "content", "tin-tuc", "gap-mat")); err != nil {
				t.Fatal(err)
			}
		},
		"trash":  func(o open) { o.act("/xoa", map[string]string{"file": file, "opened": hash([]byte(article))}) },
		"broken": func(o open) { o.put(file, "---\ntitle: [\n---\n") },
	} {
		t.Run(name, func(t *testing.T) {
			o := openDesk(t)
			o.ask("POST", "/nhap", written{File: file, Opened: hash([]byte(article)), Tab: "a", Fields: map[string]any{"title": "Viết dở", "date": "21/11/2026"}, Text: "Lời *chưa lưu*."}, nil)
			spoil(o)
			status, front := o.ask("GET", "/", nil, asPerson)
			if status != 200 || !strings.Contains(front, place+"?ban=a") {
				t.Fatalf("%d: the first page does not lead there:\n%s", status, front)
			}
			if status, page := o.ask("GET", place+"?ban=a", nil, asPerson); status != 200 || !strings.Contains(page, "Lời *chưa lưu*.") || !strings.Contains(page, "/lap-lai") {
				t.Fatalf("%d: the words are not shown:\n%s", status, page)
			}
			if name == "broken" {
				if _, page := o.ask("GET", place, nil, asPerson); !strings.Contains(page, "?ban=a") {
					t.Errorf("what cannot be opened does not offer them:\n%s", page)
				}
			}
			a := o.act("/lap-lai", map[string]string{"file": file, "tab": "a"})
			if _, page := o.ask("GET", a.Place, nil, asPerson); !strings.Contains(page, ">Viết dở</textarea>") || !strings.Contains(page, "Lời *chưa lưu*.") || !strings.Contains(page, `value="21/11/2026"`) {
				t.Errorf("%s is not the entry:\n%s", a.Place, page)
			}
			if drafts, err := o.draftsOf(file); err != nil || len(drafts) > 0 {
				t.Errorf("the draft is offered once more: %v %v", drafts, err)
			}
			o.act("/hoan-tac", map[string]string{"id": a.Undo})
		})
	}
}

// TestEveryPageThatCannotBeOpenedSaysWhy asks for every page as a browser does while the
// content cannot be read, and for what there is not: each time there is a page in Vietnamese,
// with ways to go on.
func TestEveryPageThatCannotBeOpenedSaysWhy(t *testing.T) {
	o := openDesk(t)
	o.put("content/tin-tuc/lon/index.md", "---\ntitle: Lớn\n---\n"+strings.Repeat("x", maxEntry))
	o.Site = brokenSite{o.Site}
	for _, address := range []string{"/", "/bai/", "/bai/tin-tuc/", "/soan/tin-tuc/gap-mat/index.md", "/soan/", "/soan/tin-tuc/", "/soan/tin-tuc/lon/index.md", "/soan/tin-tuc/khong-co/index.md", "/xuat-ban/", "/bao-cao/",
		"/go/", "/go/tin-tuc/gap-mat/index.md", "/rut-ten/", "/trang-web/chung", "/trang-web/khong-co", "/tien-do/", "/duyet/", "/hen-gio/", "/phieu/", "/nhap/", "/nhap-ke-hoach/", "/kho/", "/noi-dang/", "/ban-da-dang/", "/thung-rac/",
		"/lich-su/tin-tuc/khong-co/index.md", "/moi/khong-co", "/khong-co-trang-nay", "/tro-giup/khong-co", "/luu", "/tinh/khong-co.js"} {
		status, header, page := o.send("GET", address, nil, asPerson)
		if !strings.HasPrefix(header.Get("Content-Type"), "text/html") || !strings.Contains(page, `<html lang="vi">`) || !strings.Contains(page, `href="/"`) || strings.Contains(page, "not found") {
			t.Errorf("%s: %d %s\n%.300s", address, status, header.Get("Content-Type"), page)
		}
	}
	if status, header, _ := o.send("GET", "/viec/kiem-tra", nil, nil); status != 500 || header.Get("Content-Type") != "application/json" {
		t.Errorf("a program is told by %d %s", status, header.Get("Content-Type"))
	}
}

// brokenSite is a site that cannot be read.
type brokenSite struct{ Site }

func (brokenSite) Load() (*catalog.Catalog, []diag.Finding, error) {
	return nil, nil, errors.New("config.toml: toml: line 3")
}
