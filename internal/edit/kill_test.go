package edit

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// saverVariable makes the test's own binary a program that saves without end, for
// another to kill.
const saverVariable = "LIENHIEP_TEST_SAVES_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(saverVariable); dir != "" {
		saveWithoutEnd(dir)
	}
	os.Exit(byNobody(m))
}

// byNobody runs the tests as a user who has given no name.
func byNobody(m *testing.M) int {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	for _, v := range []string{"XDG_CONFIG_HOME", "AppData"} {
		if err := os.Setenv(v, dir); err != nil {
			panic(err)
		}
	}
	return m.Run()
}

const killedName = "content/tin-tuc/gap-mat/index.md"

// killedVersions are two versions of an entry, long enough that a write takes time.
func killedVersions() [2]string {
	long := strings.Repeat("Một đoạn dài.\n\n", 3000)
	return [2]string{"---\ntitle: \"Bản một\"\n---\n\n" + long, "---\ntitle: \"Bản hai\"\n---\n\n" + long + "Thêm.\n"}
}

func saveWithoutEnd(dir string) {
	f, err := openFolder(dir, "máy mẫu", time.UTC)
	if err != nil {
		panic(err)
	}
	for i := 0; ; i++ {
		old, err := f.read(killedName)
		if err != nil {
			panic(err)
		}
		next := killedVersions()[0]
		if string(old) == next {
			next = killedVersions()[1]
		}
		if err := f.replace(killedName, []byte(next), false); err != nil {
			panic(err)
		}
		if i == 0 {
			os.Stdout.WriteString("saving\n")
		}
	}
}

// TestKilledSavesLeaveTheOldEntryOrTheNewOne ends a program that saves as a power cut
// does, again and again: the entry is one of its two versions, whole, and the next
// start clears up.
func TestKilledSavesLeaveTheOldEntryOrTheNewOne(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, filepath.FromSlash(killedName))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	versions := killedVersions()
	if err := os.WriteFile(file, []byte(versions[0]), 0o666); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), saverVariable+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		cut := time.AfterFunc(time.Duration(i)*time.Millisecond, func() { _ = cmd.Process.Kill() })
		if err := cmd.Wait(); err == nil {
			t.Fatal("the program ended by itself")
		}
		cut.Stop()
		data, err := os.ReadFile(file)
		if err != nil || string(data) != versions[0] && string(data) != versions[1] {
			t.Fatalf("kill %d: the entry is neither version (%d bytes, %v)", i, len(data), err)
		}
	}
	f, err := openFolder(dir, "máy mẫu", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	defer f.root.Close()
	if left, err := os.ReadDir(filepath.Join(dir, filepath.FromSlash(AsideOf("máy mẫu")))); err != nil || len(left) > 0 {
		t.Errorf("left aside: %v %v", left, err)
	}
}
