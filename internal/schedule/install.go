package schedule

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf16"

	"lienhiep/internal/disk"
)

// Setup is what makes this machine keep a schedule by itself: a file, and the commands that
// make the system take it.
type Setup struct {
	System   string // one of Services; "" if this machine has none
	File     string // with its whole path
	Text     string
	Commands [][]string
	undo     [][]string
}

// errTemporary says that the program will be gone once it has ended.
var errTemporary = errors.New("the program runs from a folder that is removed when it ends")

// IsTemporary reports whether a program was built to be run once, by `go run`.
func IsTemporary(program string) bool {
	return filepath.Base(filepath.Dir(program)) == "exe" && strings.Contains(program, "go-build")
}

// SetupFor works out how this machine keeps a schedule.
func SetupFor(ctx context.Context, s Service) (Setup, error) {
	if IsTemporary(s.Program) {
		return Setup{}, errTemporary
	}
	name := "lienhiep-" + odd.ReplaceAllString(s.Target, "_")
	switch {
	case runtime.GOOS == "windows":
		config, err := os.UserConfigDir()
		if err != nil {
			return Setup{}, err
		}
		task := `Lienhiep\` + name
		file := filepath.Join(config, "lienhiep", name+".xml")
		return Setup{System: "windows", File: file, Text: s.windows(),
			Commands: [][]string{{"schtasks", "/Create", "/F", "/TN", task, "/XML", file}, {"schtasks", "/Run", "/TN", task}},
			undo:     [][]string{{"schtasks", "/End", "/TN", task}, {"schtasks", "/Delete", "/F", "/TN", task}}}, nil
	case runtime.GOOS == "linux" && run(ctx, "systemctl", "--user", "show-environment") == nil:
		config, err := os.UserConfigDir()
		if err != nil {
			return Setup{}, err
		}
		unit := name + ".service"
		return Setup{System: "systemd", File: filepath.Join(config, "systemd", "user", unit), Text: s.systemd(),
			Commands: [][]string{{"systemctl", "--user", "daemon-reload"}, {"systemctl", "--user", "enable", "--now", unit}},
			undo:     [][]string{{"systemctl", "--user", "disable", "--now", unit}}}, nil
	}
	return Setup{}, nil
}

// Line is the command that keeps the schedule for as long as its window is open.
func (s Service) Line() string {
	words := []string{quoteWindows(s.Program)}
	for _, a := range s.args() {
		words = append(words, quoteWindows(a))
	}
	return strings.Join(words, " ")
}

// IsInstalled reports whether the machine was told to keep the schedule.
func (u Setup) IsInstalled() bool {
	_, err := os.Stat(u.File)
	return u.File != "" && err == nil
}

// Install writes the file and runs the commands.
func (u Setup) Install(ctx context.Context) error {
	text := []byte(u.Text)
	if u.System == "windows" { // what the Task Scheduler reads without being told
		text = []byte{0xff, 0xfe}
		for _, c := range utf16.Encode([]rune(u.Text)) {
			text = append(text, byte(c), byte(c>>8))
		}
	}
	if err := u.folder(func(f disk.Folder) error { return f.Replace(filepath.Base(u.File), text) }); err != nil {
		return err
	}
	return runAll(ctx, u.Commands)
}

// Remove undoes that.
func (u Setup) Remove(ctx context.Context) error {
	return errors.Join(runAll(ctx, u.undo), u.folder(func(f disk.Folder) error { return f.Remove(filepath.Base(u.File)) }))
}

func (u Setup) folder(do func(disk.Folder) error) error {
	dir := filepath.Dir(u.File)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return do(disk.Folder{Root: root, Aside: ".lienhiep-aside"})
}

func runAll(ctx context.Context, commands [][]string) error {
	for _, c := range commands {
		if err := run(ctx, c[0], c[1:]...); err != nil {
			return err
		}
	}
	return nil
}

func run(ctx context.Context, name string, args ...string) error {
	said, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(append([]string{name}, args...), " "), err, strings.Join(strings.Fields(string(said)), " "))
	}
	return nil
}
