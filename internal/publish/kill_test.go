package publish

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// program builds the real binary once.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "lienhiep")
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "lienhiep")
	if out, err := exec.Command("go", "build", "-o", name, "lienhiep/cmd/lienhiep").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return name, nil
})

// command prepares the real program to deploy to the place.
func (p *place) command(t testing.TB, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	name, err := program()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Dir(p.Public)
	write(t, filepath.Join(root, "config.toml"), fmt.Sprintf("baseURL = \"https://lienhiep.example/\"\n[params.deploy.noi-thu]\nurl = %q\n", p.URL))
	cmd := exec.Command(name, append(args, "--dir", root)...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	return cmd, &out
}

// TestKilledAtAnyMoment kills the real program while it deploys, at moments that
// nothing in it knows of: when some write reaches the target.
func TestKilledAtAnyMoment(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 2026))
	everywhere(t, func(t *testing.T, _ *place) {
		make := places[strings.TrimPrefix(t.Name(), "TestKilledAtAnyMoment/")]
		killed := 0
		for range 10 {
			if killedAfter(t, make(t), 1+r.IntN(3*len(second))) {
				killed++
			}
		}
		if killed < 5 {
			t.Errorf("the program was caught at work %d times only", killed)
		}
	})
}

// killedAfter deploys the second state over the first, kills the program after
// some writes, and deploys again. It reports whether the program had not ended by
// itself before.
func killedAfter(t *testing.T, p *place, writes int) bool {
	t.Helper()
	p.deploy(t, first)
	p.built(t, second)
	cmd, _ := p.command(t, "deploy", "noi-thu", "--max-delete", "100")
	var count atomic.Int64
	var started sync.WaitGroup
	started.Add(1)
	p.watch(func() {
		if count.Add(1) == int64(writes) {
			started.Wait()
			_ = cmd.Process.Kill() // it may have ended
		}
	})
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	started.Done()
	err := cmd.Wait()
	now := p.files(t)
	wholeSite(t, now)
	eitherOr(t, p, now)
	if p.locked(t) {
		p.age(t)
	}
	again, out := p.command(t, "deploy", "noi-thu", "--max-delete", "100")
	if err := again.Run(); err != nil {
		t.Fatalf("killed after %d writes, and then: %v\n%s", writes, err, out)
	}
	p.shows(t, second)
	return err != nil
}

// TestTheProgramTellsNoSecret plants secrets in the environment and reads all that
// the program says while a store refuses it in many ways.
func TestTheProgramTellsNoSecret(t *testing.T) {
	p := s3Place(t)
	p.built(t, first)
	denied := denyingStore(t)
	secrets := []string{planted, "MatKhauAzure=="}
	t.Setenv("AZURE_STORAGE_ACCOUNT", "tai-khoan")
	t.Setenv("AZURE_STORAGE_KEY", "TWF0S2hhdUF6dXJl")
	forms := [][]string{{"--format", "text"}, {"--format", "json", "--lang", "en"}, {"--format", "github"}}
	for i, url := range []string{
		p.URL, denied("AccessDenied"), denied("AccessDenied"), denied("AccessDenied"), denied("SignatureDoesNotMatch"), denied("InternalError"), denied("RequestTimeTooSkewed"),
		"s3://kho?region=us-east-1&endpoint=http://127.0.0.1:9", "azblob://kho?domain=127.0.0.1:9&protocol=http", "s3://kho?secret=" + planted[:12],
		"sftp://u:" + planted[:12] + "@127.0.0.1:9/www",
	} {
		p.URL = url
		cmd, out := p.command(t, append([]string{"deploy", "noi-thu"}, forms[i%len(forms)]...)...)
		_ = cmd.Run() // most fail
		for _, secret := range append(secrets, planted[:12], "TWF0S2hhdUF6dXJl") {
			if strings.Contains(out.String(), secret) {
				t.Errorf("%s: the secret is told:\n%s", url, out)
			}
		}
	}
}
