package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"lienhiep/internal/loopback"
	"lienhiep/internal/needs"
)

// family returns a process and all that it has started.
func family(t *testing.T, pid int) []int {
	t.Helper()
	all := []int{pid}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stats {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(text), ") ")
		if fields := strings.Fields(rest); len(fields) > 1 && fields[1] == strconv.Itoa(pid) {
			child, err := strconv.Atoi(strings.Split(name, "/")[2])
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, family(t, child)...)
		}
	}
	return all
}

// listening returns the addresses at which a process and all that it has started wait
// for connections.
func listening(t *testing.T, pid int) []netip.AddrPort {
	t.Helper()
	var theirs []string
	for _, p := range family(t, pid) {
		files, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", p))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if to, err := os.Readlink(f); err == nil { // it may have been closed
				theirs = append(theirs, to)
			}
		}
	}
	var all []netip.AddrPort
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, err := os.ReadFile(table)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			const listens = "0A"
			fields := strings.Fields(line)
			if fields[3] != listens || !slices.Contains(theirs, "socket:["+fields[9]+"]") {
				continue
			}
			host, port, _ := strings.Cut(fields[1], ":")
			number, err := strconv.ParseUint(port, 16, 16)
			if err != nil {
				t.Fatal(err)
			}
			at := netip.IPv6Unspecified() // whatever else it may be, it is not 127.0.0.1
			if len(host) == 8 {
				word, err := strconv.ParseUint(host, 16, 32)
				if err != nil {
					t.Fatal(err)
				}
				at = netip.AddrFrom4([4]byte{byte(word), byte(word >> 8), byte(word >> 16), byte(word >> 24)})
			}
			all = append(all, netip.AddrPortFrom(at, uint16(number)))
		}
	}
	return all
}

// holdLoopback holds that a program is reached on loopback alone, at so many ports: by
// no address that the machine has in a network.
func holdLoopback(t *testing.T, p *program, ports int) {
	t.Helper()
	all := listening(t, p.cmd.Process.Pid)
	if len(all) != ports {
		t.Errorf("it listens at %v, want %d ports", all, ports)
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range all {
		if !at.Addr().IsLoopback() {
			t.Errorf("it listens at %v", at)
		}
		for _, a := range addresses {
			ip, _, err := net.ParseCIDR(a.String())
			if err != nil {
				t.Fatal(err)
			}
			if c, err := net.Dial("tcp", net.JoinHostPort(ip.String(), strconv.Itoa(int(at.Port())))); err == nil {
				c.Close()
				if !ip.IsLoopback() {
					t.Errorf("port %d answers at %s", at.Port(), ip)
				}
			}
		}
	}
}

// TestServeListensOnLoopbackAlone does what once let a network read drafts: it starts
// the server while its usual port is taken. Nothing listens elsewhere, before, while and
// after Hugo builds.
func TestServeListensOnLoopbackAlone(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	if l, err := loopback.Listen(usualServePort); err == nil { // or somebody else has it
		defer l.Close()
	}
	p := startProgram(t, nil, "serve", "--dir", root)
	await(t, func() bool { return len(family(t, p.cmd.Process.Pid)) > 1 })
	holdLoopback(t, p, 1)
	p.says("Trang đang chạy ở")
	holdLoopback(t, p, 1)
}

// browser is somebody who keeps cookies.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// TestDeskIsForWhomItWasOpened opens the desk as a double-click does, while the usual
// ports are taken: the browser is given an address that is good once, and what is good
// for longer is in no command line and in nothing that the program says. The live page,
// drafts and all, is for that browser alone.
func TestDeskIsForWhomItWasOpened(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Milkdown, needs.Symlinks)
	root := siteWithDesk(t, func(root string) { writeSecretDraft(t, root) })
	for _, port := range []int{usualServePort, usualDeskPort} {
		if l, err := loopback.Listen(port); err == nil { // or somebody else has it
			defer l.Close()
		}
	}
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\necho \"$@\" >\"$0.part\"\nmv \"$0.part\" \"$0.args\"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	p := startProgram(t, []string{"PATH=" + bin + ":" + os.Getenv("PATH")}, "edit", "--dir", root)
	link := p.says(`http://\S+/mo\?ma=\w+`)
	var args string
	await(t, func() bool {
		text, err := os.ReadFile(filepath.Join(bin, "xdg-open.args"))
		args = strings.TrimSpace(string(text))
		return err == nil
	})
	if args != link {
		t.Errorf("the browser is given %q, the person %q", args, link)
	}

	in, out := browser(t), browser(t)
	if status, text := asks(t, in, link, "Accept", "text/html"); status != 200 || !strings.Contains(text, "<title>Hôm nay làm gì? · Bàn biên tập</title>") {
		t.Fatalf("the desk: %d\n%s", status, text)
	}
	if status, text := asks(t, out, link, "Accept", "text/html"); status != 403 || !strings.Contains(text, "Địa chỉ này đã được dùng rồi") {
		t.Errorf("a used address: %d\n%s", status, text)
	}
	origin, _, _ := strings.Cut(link, "/mo?")
	var places struct{ Preview string }
	if _, text := asks(t, in, origin+"/viec/hien?trang="); json.Unmarshal([]byte(text), &places) != nil || places.Preview == "" {
		t.Fatalf("no live page: %s", text)
	}
	draft := places.Preview + "tin-tuc/nhap-bi-mat/"
	await(t, func() bool {
		status, text := asks(t, in, draft)
		return status == 200 && strings.Contains(text, "MATKHAU-zq1")
	})
	for what, tt := range map[string]struct {
		client  *http.Client
		headers []string
		want    int
	}{
		"another browser":            {out, nil, 401},
		"a domain that was led here": {in, []string{"Host", "rebind.evil.example" + draft[strings.LastIndex(draft, ":"):strings.LastIndex(draft, "/tin-tuc")]}, 403},
		"another site":               {in, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		"another port":               {in, []string{"Origin", "http://127.0.0.1:1"}, 403},
		"the desk's frame":           {in, []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 200},
	} {
		if status, text := asks(t, tt.client, draft, tt.headers...); status != tt.want || strings.Contains(text, "MATKHAU") != (tt.want == 200) {
			t.Errorf("%s: %d, want %d\n%s", what, status, tt.want, text)
		}
	}
	holdLoopback(t, p, 2)

	// A new address lets another browser in.
	await(t, func() bool { return strings.Count(p.all(), "/mo?ma=") == 2 })
	if second := p.says(`http://\S+/mo\?ma=\w+`); second == link {
		t.Error("the new address is the old one")
	} else if status, _ := asks(t, out, second, "Accept", "text/html"); status != 200 {
		t.Errorf("the new address: %d", status)
	}
	for _, c := range in.Jar.Cookies(mustParse(t, origin)) {
		if strings.Contains(p.all(), c.Value) || strings.Contains(args, c.Value) {
			t.Errorf("%s has been told", c.Name)
		}
	}
}

// TestDeskGoesOnWithoutTheLivePage takes from the live page what it needs: the folder
// that it writes to, and Hugo. The desk saves all the while; the live page is as it was,
// says so, and comes back by itself.
func TestDeskGoesOnWithoutTheLivePage(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Milkdown, needs.Symlinks)
	root := smallSite(t)
	withDesk(t, root)
	temporary := filepath.Join(t.TempDir(), "tam")
	if err := os.Mkdir(temporary, 0o777); err != nil {
		t.Fatal(err)
	}
	p := startProgram(t, []string{"TMPDIR=" + temporary}, "edit", "--dir", root, "--no-open")
	desk := newDeskClient(t, mustParse(t, p.says(`http://\S+/mo\?ma=\w+`)))
	var places struct{ Preview string }
	if err := json.Unmarshal([]byte(desk.get(desk.origin+"/viec/hien?trang=")), &places); err != nil {
		t.Fatal(err)
	}
	const name = "content/tin-tuc/bai-thu/index.md"
	page := desk.preview() + "tin-tuc/bai-thu/"
	saves := func(words string) {
		t.Helper()
		before := read(t, filepath.Join(root, name))
		if err := desk.save(name, before, "", "\n"+words+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	shows := func(words string) {
		t.Helper()
		var text string
		defer func() {
			if t.Failed() {
				t.Logf("%s\n%s", p.all(), text)
			}
		}()
		await(t, func() bool {
			_, text = asks(t, desk.http, page)
			return strings.Contains(text, words)
		})
	}
	saves("Câu thứ nhất.")
	shows("Câu thứ nhất.")

	// The folder goes, a file takes its place, and it comes back. A build that is under
	// way makes it anew.
	for i := 0; ; i++ {
		if err := os.Rename(temporary, fmt.Sprint(temporary, i)); err != nil {
			t.Fatal(err)
		}
		if os.WriteFile(temporary, nil, 0o666) == nil {
			break
		}
	}
	saves("Câu thứ hai.")
	p.says("Trang đang soạn tạm dừng ở bản trước")
	shows(temporary)
	saves("Câu thứ ba.")
	tries := func() int { return strings.Count(p.all(), "Trang đang soạn tạm dừng") }
	before := tries()
	await(t, func() bool { return tries() > before+1 }) // more than the save alone sets off
	if err := errors.Join(os.Remove(temporary), os.Mkdir(temporary, 0o777)); err != nil {
		t.Fatal(err)
	}
	shows("Câu thứ ba.")

	// Hugo is ended from outside while it builds.
	for end := time.Now().Add(patience); !strings.Contains(p.all(), "máy đã tắt chương trình dựng trang"); runtimePause() {
		if time.Now().After(end) {
			t.Fatalf("Hugo was never met\n%s", p.all())
		}
		saves("Câu nữa.")
		var hugo []int // which soon begins, and soon ends
		for met := time.Now().Add(3 * time.Second); len(hugo) == 0 && time.Now().Before(met); {
			hugo = family(t, p.cmd.Process.Pid)[1:]
		}
		for _, pid := range hugo {
			_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended
		}
	}
	shows("Câu nữa.") // without another save
	saves("Câu cuối.")
	shows("Câu cuối.")
}
