package powercut

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Disk is an ext4 file system in a file, mounted with the options that are usual.
type Disk struct {
	Dir string // where it is mounted

	t     testing.TB
	image string
}

// New makes and mounts a disk of some megabytes, until the test ends.
func New(t testing.TB, megabytes int64) *Disk {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("cutting the power needs root, to mount a file system")
	}
	if _, err := exec.LookPath("mkfs.ext4"); err != nil {
		t.Skip("cutting the power needs mkfs.ext4 (package e2fsprogs)")
	}
	if _, err := os.Stat("/dev/loop-control"); err != nil {
		t.Skip("cutting the power needs loop devices (/dev/loop-control)")
	}
	tmp := t.TempDir()
	d := &Disk{Dir: filepath.Join(tmp, "disk"), t: t, image: filepath.Join(tmp, "image")}
	if err := os.WriteFile(d.image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(d.image, megabytes<<20); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(d.Dir, 0o755); err != nil {
		t.Fatal(err)
	}
	d.run("mkfs.ext4", "-q", "-F", d.image)
	d.mount()
	t.Cleanup(d.unmount)
	return d
}

// Loss says what a power cut takes away of that which was written and not flushed.
// Between the two lies whatever the system happened to write by itself.
type Loss uint32

// As in the kernel's fs/ext4/ext4.h, EXT4_GOING_FLAGS_….
const (
	Content    Loss = 1 // names and folders are as they were; files that were not flushed are empty
	Everything Loss = 2 // names too
)

// Cut cuts the power and starts again. No file of the disk may be open.
func (d *Disk) Cut(loss Loss) {
	d.t.Helper()
	d.Stop(loss)
	d.Start()
}

// Stop cuts the power: from now on everything fails, and nothing more is written.
func (d *Disk) Stop(loss Loss) {
	d.t.Helper()
	dir, err := os.Open(d.Dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer dir.Close()
	const shutdown = 0x8004587d // EXT4_IOC_SHUTDOWN
	if err := unix.IoctlSetPointerInt(int(dir.Fd()), shutdown, int(loss)); err != nil {
		d.t.Fatal(fmt.Errorf("cutting the power: %w", err))
	}
}

// Start mounts the disk anew in the same place, when no file of it is open any more.
func (d *Disk) Start() {
	d.t.Helper()
	d.unmount()
	d.mount()
}

// unmount waits for a program that is just ending.
func (d *Disk) unmount() {
	d.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; <-time.After(10 * time.Millisecond) {
		err := unix.Unmount(d.Dir, 0)
		if err == nil {
			return
		}
		if !errors.Is(err, unix.EBUSY) || time.Now().After(deadline) {
			d.t.Fatal(fmt.Errorf("unmounting %s: %w", d.Dir, err))
		}
	}
}

func (d *Disk) mount() {
	d.t.Helper()
	d.run("mount", "-o", "loop", d.image, d.Dir)
}

func (d *Disk) run(name string, args ...string) {
	d.t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		d.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}
