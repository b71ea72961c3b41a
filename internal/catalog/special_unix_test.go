//go:build unix

package catalog

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// Pipes and sockets are refused by name, wherever an entry, a picture, a plan's text
// or a table would lie, and never waited for.
func TestSpecialFilesAreRefused(t *testing.T) {
	t.Chdir(t.TempDir()) // a socket's path must be short
	const shows = "---\ntitle: A\ndescription: B\ndate: 2024-01-02\nimage: {file: anh.jpg, alt: C, credit: D}\nsources: [{title: E, url: \"https://example.org/\"}]\n---\n"
	for name, text := range map[string]string{
		"content/tin-tuc/a/index.md":          shows,
		"content/ke-hoach/15-kh-tu/_index.md": "---\ntitle: Kế hoạch\n---\n",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	pipes := []string{"content/ke-hoach/15-kh-tu/van-ban.txt", "content/ten-chinh-thuc.toml", "content/tin-tuc/a/anh.jpg", "content/tin-tuc/b/index.md", "content/tri-thuc/da-rut.toml"}
	for _, name := range pipes {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(name, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	socket, err := net.Listen("unix", "content/tin-tuc/c.md")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	want := append(slices.Clone(pipes), "content/tin-tuc/c.md")
	slices.Sort(want)

	found := make(chan []string)
	go func() {
		var names []string
		_, findings, err := Load(os.DirFS("."), options)
		if err != nil {
			t.Error(err)
		}
		for _, f := range findings {
			if f.Code == "special-file" {
				names = append(names, f.Pos.File)
			}
		}
		found <- names
	}()
	select {
	case got := <-found:
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("refused: %q, want %q", got, want)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("a pipe is waited for")
	}
}
