package publish

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"lienhiep/internal/needs"
)

// cephConfig describes a cluster of one monitor and one disk, which is in memory. It
// takes the folder, the monitor's port and the gateway's.
const cephConfig = `[global]
fsid = 11111111-1111-4111-8111-111111111111
mon host = [v1:127.0.0.1:%[2]s]
public addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
mon allow pool size one = true
mon data = %[1]s/mon
mon data avail crit = 1
osd data = %[1]s/osd
osd objectstore = memstore
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pg autoscale mode = off
run dir = %[1]s
admin socket =
log file =
pid file =
rgw frontends = beast endpoint=127.0.0.1:%[3]s
`

// cephPlace is the object store that many clouds run.
func cephPlace(t testing.TB) *place {
	t.Helper()
	folder := t.TempDir()
	monitorAddress, monitorPort := freeAddress(t)
	address, port := freeAddress(t)
	write(t, filepath.Join(folder, "ceph.conf"), fmt.Sprintf(cephConfig, folder, monitorPort, port))
	for _, name := range []string{"mon", "osd"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	setS3Secrets(t)
	t.Setenv("CEPH_CONF", filepath.Join(folder, "ceph.conf"))
	attempt := func(program string, tries int, args ...string) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // some wait for ever for what does not come
		defer cancel()
		for ; ; tries-- {
			out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
			if err == nil {
				return
			}
			if tries == 1 || ctx.Err() != nil {
				t.Fatalf("%s %q: %v\n%s", program, args, err, out)
			}
			time.Sleep(time.Second)
		}
	}
	run := func(program string, args ...string) { t.Helper(); attempt(program, 1, args...) }
	ceph := needs.CephAdmin.Path(t)
	beside := func(name string) string { return filepath.Join(filepath.Dir(ceph), name) } // of the same package
	const disk = "22222222-2222-4222-8222-222222222222"
	monitors := filepath.Join(folder, "monitors")
	run(beside("monmaptool"), "--create", "--fsid", "11111111-1111-4111-8111-111111111111", "--addv", "a", "[v1:"+monitorAddress+"]", monitors)
	run(needs.CephMonitor.Path(t), "--mkfs", "-i", "a", "--monmap", monitors)
	start(t, monitorAddress, needs.CephMonitor, "-f", "-i", "a")
	attempt(ceph, 60, "osd", "new", disk) // the monitor takes commands some time after it takes connections
	run(needs.CephDisk.Path(t), "-i", "0", "--mkfs", "--osd-uuid", disk)
	keepRunning(t, needs.CephDisk.Path(t), "-f", "-i", "0")
	run(beside("radosgw-admin"), "user", "create", "--uid=thu", "--display-name=Thu", "--access-key=khoa", "--secret="+planted)
	start(t, address, needs.CephStore, "-f", "-n", "client.rgw")
	p := stored(t, s3URL("http://"+address))
	b := through(t, p, func(http.ResponseWriter, *http.Request) bool { return false })
	if err := b.client.MakeBucket(t.Context(), b.name, minio.MakeBucketOptions{}); err != nil {
		t.Fatal(err)
	}
	return p
}

// keepRunning starts a program, and again whenever it ends, as a system does with its
// services: Ceph's disk now and then ends while it starts.
func keepRunning(t testing.TB, program string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			_ = exec.CommandContext(ctx, program, args...).Run()
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
}

func TestDeployToCeph(t *testing.T) {
	needs.Ask(t, needs.Long, needs.CephStore, needs.CephMonitor, needs.CephDisk, needs.CephAdmin)
	p := cephPlace(t)
	testServer(t, p)
	testLargeFile(t, p)
}

func TestDeployToVersity(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Versity)
	p := versityPlace(t)
	testServer(t, p)
	testLargeFile(t, p)
}

// testLargeFile sends a file in parts to a server that checks every sum and signature,
// and has it refuse what has changed, and what is there already.
func testLargeFile(t *testing.T, p *place) {
	t.Helper()
	parts := 0
	b := through(t, p, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Has("partNumber") {
			parts++
		}
		if r.Method == http.MethodGet && r.URL.Path == "/kho/"+keyLock {
			w.WriteHeader(http.StatusNotFound) // as for one who comes at the same time
			return true
		}
		return false
	})
	c := inMemory("tai-lieu.pdf", bytes.Repeat([]byte("0123456789abcdef"), (2*int(partSize)+16)/16))
	if err := b.put(t.Context(), c.Path, c); err != nil {
		t.Fatal(err)
	}
	if err := b.copy(t.Context(), "ban-sao.pdf", c.Path, c.File); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{c.Path, "ban-sao.pdf"} {
		r, o, _, err := b.client.GetObject(t.Context(), b.name, key, minio.GetObjectOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := sumOf(key, r)
		r.Close()
		if err != nil || got.Sum != c.Sum || o.ContentType != "application/pdf" {
			t.Errorf("%s: %d bytes, %s, %v", key, got.Size, o.ContentType, err)
		}
	}
	if parts != 3 {
		t.Errorf("the file went in %d parts", parts)
	}
	for _, f := range []File{c.File, inMemory("a.html", []byte("abc")).File} {
		changed := content{f, inMemory("", bytes.Repeat([]byte("x"), int(f.Size))).open}
		wantFault(t, explain(b.put(t.Context(), f.Path, changed)), ruleAltered)
	}
	if err := b.remove(t.Context(), keyLock); err != nil { // of another
		t.Fatal(err)
	}
	testCreate(t, b)
}
