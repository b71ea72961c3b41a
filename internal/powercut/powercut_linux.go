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

	"lienhiep/internal/needs"
)

// Disk is an ext4 file system in an image file, mounted with the usual options.
type Disk struct {
	Dir string // where it is mounted

	t     testing.TB
	image string
}

// New creates and mounts a disk of the given size in MB for the duration of the test,
// which must have asked for [needs.PowerCut].
func New(t testing.TB, megabytes int64) *Disk {
	t.Helper()
	mkfs := needs.PowerCut.Path(t)
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
	d.run(mkfs, "-q", "-F", d.image)
	d.mount()
	t.Cleanup(d.unmount)
	return d
}

// Loss is how much unflushed data a power failure loses. In reality the system may have
// written any part of it.
type Loss uint32

// As in the kernel's fs/ext4/ext4.h, EXT4_GOING_FLAGS_….
const (
	Content    Loss = 1 // names and folders are as they were; files that were not flushed are empty
	Everything Loss = 2 // names too
)

// Cut simulates a power failure and mounts the disk again. No file on it may be open.
func (d *Disk) Cut(loss Loss) {
	d.t.Helper()
	d.Stop(loss)
	d.Start()
}

// Stop simulates a power failure: from then on every access fails, and nothing more is
// written.
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

// Start mounts the disk again at the same path, once no file on it is open.
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
