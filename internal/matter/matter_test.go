package matter

import (
	"errors"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		src, matter, body string
		line              int
		err               error
		at                int
	}{
		{src: "---\na: b\n---\nLời", matter: "a: b\n", body: "Lời", line: 4},
		{src: "+++\na = 1\n+++\n", matter: "a = 1\n", line: 4},
		{src: "\uFEFF---  \r\na: b\r\n---\t\r\nLời\r\n", matter: "a: b\r\n", body: "Lời\r\n", line: 4},
		{src: "---\n---", line: 3},
		{src: "---\n ---\n---\n---\n", matter: " ---\n", body: "---\n", line: 4},
		{src: "---\na: b\n---\n--- chữ\n----\n", matter: "a: b\n", body: "--- chữ\n----\n", line: 4},
		{src: "", err: ErrMissing},
		{src: "\n---\n---\n", err: ErrMissing},
		{src: "--- a\n---\n", err: ErrMissing},
		{src: "----\n----\n", err: ErrMissing},
		{src: "{}\n", err: ErrMissing},
		{src: "#+TITLE: a\n", err: ErrMissing},
		{src: "---\ra: b\r---\r", err: ErrMissing},
		{src: "---", err: ErrOpen, at: 3},
		{src: "---\na: b\n", err: ErrOpen, at: 9},
		{src: "---\na: b\n+++\n", err: ErrOpen, at: 13},
		{src: "---\na: b\n--- chữ\n", err: ErrOpen, at: 9},
		{src: "---\na: b\n--- chữ\n---\n", err: ErrFence, at: 9},
		{src: "---\na: b\n----\n---\n", err: ErrFence, at: 9},
		{src: "---\na: b\n---a\n---\n", err: ErrFence, at: 9},
		{src: "---\na: b\r--- chữ\n---\n", err: ErrFence, at: 9},
		{src: "---\na: b\rc: d\n---\n", err: ErrReturn, at: 8},
		{src: "\uFEFF---\na: b\r---\n", err: ErrReturn, at: 11},
		{src: "---\na: b\r\r\n---\n", matter: "a: b\r\r\n", line: 4},
	} {
		p, err := Split([]byte(c.src))
		if !errors.Is(err, c.err) {
			t.Errorf("%q: %v, want %v", c.src, err, c.err)
			continue
		}
		if fault := (*Fault)(nil); errors.As(err, &fault) {
			if fault.At != c.at {
				t.Errorf("%q: %v at %d, want %d", c.src, err, fault.At, c.at)
			}
			continue
		}
		if string(p.Matter) != c.matter || string(p.Body) != c.body || p.Line != c.line || c.src[p.Start:p.Start+len(p.Matter)] != c.matter || !strings.HasPrefix(strings.TrimPrefix(c.src, "\uFEFF"), p.Fence) {
			t.Errorf("%q: %q, %q on line %d", c.src, p.Matter, p.Body, p.Line)
		}
	}
}
