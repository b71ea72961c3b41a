package publish

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/needs"
)

// deployVariable holds the target, as JSON, to which a process of this test binary
// deploys instead of running tests.
const deployVariable = "LIENHIEP_TEST_DEPLOYS_TO"

// deployAlone is that process. It tells all that there is to tell of a fault, in every
// form that programs show it in.
func deployAlone(target string) int {
	var t Target
	if err := json.Unmarshal([]byte(target), &t); err != nil {
		panic(err)
	}
	_, err := Deploy(context.Background(), t, anything)
	if err == nil {
		return 0
	}
	fmt.Println(err)
	var fault *Fault
	if errors.As(err, &fault) {
		for _, f := range fault.Findings {
			for _, lang := range []diag.Lang{diag.Vietnamese, diag.English} {
				record, err := json.Marshal(f.Record(lang))
				fmt.Println(f.Message(lang), f.Hint(lang), string(record), err)
			}
		}
	}
	return 1
}

// process prepares a process that deploys to the place.
func (p *place) process(t testing.TB) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	target, err := json.Marshal(p.Target)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), deployVariable+"="+string(target))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	return cmd, &out
}

// TestKilledAtAnyMoment kills a process while it deploys, at moments that nothing in it
// knows of: when some write reaches the target.
func TestKilledAtAnyMoment(t *testing.T) {
	needs.Ask(t, needs.Long)
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
			t.Errorf("the process was caught at work %d times only", killed)
		}
	})
}

// killedAfter deploys the second state over the first, kills the process after some
// writes, and deploys again. It reports whether the process had not ended by itself
// before.
func killedAfter(t *testing.T, p *place, writes int) bool {
	t.Helper()
	p.deploy(t, first)
	p.built(t, second)
	cmd, _ := p.process(t)
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
	// What was on its way when it was killed may arrive later, its lock too.
	for tries := 1; ; tries++ {
		if p.locked(t) {
			p.age(t)
		}
		again, out := p.process(t)
		err := again.Run()
		if err == nil {
			break
		}
		if tries == 3 || !p.locked(t) {
			t.Fatalf("killed after %d writes, and then: %v\n%s", writes, err, out)
		}
	}
	p.shows(t, second)
	return err != nil
}

// TestNoSecretIsTold plants secrets in the environment and reads all that is said while
// a store refuses a deploy in many ways.
func TestNoSecretIsTold(t *testing.T) {
	p := s3Place(t)
	p.built(t, first)
	denied := denyingStore(t)
	t.Setenv("AWS_SESSION_TOKEN", "TWF0S2hhdVBoaWVu")
	for _, url := range []string{
		p.URL, denied("AccessDenied"), denied("SignatureDoesNotMatch"), denied("InternalError"), denied("RequestTimeTooSkewed"),
		"s3://kho?region=us-east-1&endpoint=http://127.0.0.1:9", "azblob://kho?sas_token=" + planted[:12], "s3://kho?secret=" + planted[:12],
		"sftp://u:" + planted[:12] + "@127.0.0.1:9/www",
	} {
		p.URL = url
		cmd, out := p.process(t)
		if err := cmd.Run(); (err == nil) != (out.Len() == 0) {
			t.Errorf("%s: %v, and it says %q", url, err, out)
		}
		for _, secret := range []string{planted, planted[:12], "TWF0S2hhdVBoaWVu"} {
			if strings.Contains(out.String(), secret) {
				t.Errorf("%s: the secret is told:\n%s", url, out)
			}
		}
	}
}
