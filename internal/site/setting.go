package site

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// ErrSetting means that config.toml is written in a way in which a value cannot be set
// without touching others.
var ErrSetting = errors.New("config.toml sets this in another way")

// SetTarget returns a config.toml in which the target has the address; "" takes the
// target out. No other byte changes.
func SetTarget(src []byte, name, address string) ([]byte, error) {
	before, err := parseConfig(src)
	if err != nil {
		return nil, err
	}
	want := maps.Clone(before.Targets)
	out := src
	if address == "" {
		delete(want, name)
		out = withoutTable(src, "params", "deploy", name)
	} else {
		want[name] = address
		out = withString(src, []string{"params", "deploy", name}, "url", address)
	}
	after, err := parseConfig(out)
	if err != nil || !maps.Equal(after.Targets, want) || after.BaseURL != before.BaseURL {
		return nil, ErrSetting
	}
	return out, nil
}

// SetBaseURL returns a config.toml with that base URL. No other byte changes.
func SetBaseURL(src []byte, address string) ([]byte, error) {
	before, err := parseConfig(src)
	if err != nil {
		return nil, err
	}
	out := withString(src, nil, "baseURL", address)
	after, err := parseConfig(out)
	if err != nil || after.BaseURL != address || !maps.Equal(after.Targets, before.Targets) {
		return nil, ErrSetting
	}
	return out, nil
}

// tableAt is where a table stands in a file, in bytes; the whole lines of its header and its
// values.
type tableAt struct {
	from, to int
	values   map[string]unstable.Range
}

// find finds a table with a header of its own, or what stands above the first header.
func find(src []byte, table []string) (p tableAt, found bool) {
	parser := unstable.Parser{}
	parser.Reset(src)
	inside := len(table) == 0
	p.values = map[string]unstable.Range{}
	found = inside
	for parser.NextExpression() {
		e := parser.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			names, at := keyOf(e)
			if inside = e.Kind == unstable.Table && slices.Equal(names, table); inside {
				found = true
				p.from = bytes.LastIndexByte(src[:at], '\n') + 1
				p.to = lineEnd(src, at)
			}
		case unstable.KeyValue:
			if !inside {
				continue
			}
			names, at := keyOf(e)
			p.to = lineEnd(src, max(at, int(e.Value().Raw.Offset+e.Value().Raw.Length)))
			if len(names) == 1 && e.Value().Kind == unstable.String {
				p.values[names[0]] = e.Value().Raw
			}
		}
	}
	return p, found
}

// keyOf is the key of a table or value, and the offset of its last part.
func keyOf(e *unstable.Node) (names []string, at int) {
	for it := e.Key(); it.Next(); {
		names = append(names, string(it.Node().Data))
		at = int(it.Node().Raw.Offset)
	}
	return names, at
}

// lineEnd is the offset behind the line that a byte is in.
func lineEnd(src []byte, at int) int {
	if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(src)
}

// withString sets a string of a table; the table is added at the end where there is none.
func withString(src []byte, table []string, key, value string) []byte {
	quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
	p, found := find(src, table)
	line := fmt.Sprintf("%s = %s%s", key, quoted, newline(src))
	switch raw, has := p.values[key]; {
	case has:
		return slices.Concat(src[:raw.Offset], []byte(quoted), src[raw.Offset+raw.Length:])
	case found && len(table) > 0:
		at := lineEnd(src, p.from)
		return slices.Concat(wholeLines(src[:at]), []byte(line), src[at:])
	case found:
		return slices.Concat([]byte(line), src)
	}
	header := "["
	for i, name := range table {
		if i > 0 {
			header += "."
		}
		header += name
	}
	return slices.Concat(wholeLines(src), []byte(newline(src)+header+"]"+newline(src)+line))
}

// withoutTable takes a table out, with the empty line above it.
func withoutTable(src []byte, table ...string) []byte {
	p, found := find(src, table)
	if !found {
		return src
	}
	above := src[:p.from]
	if above = bytes.TrimSuffix(above, []byte("\r\n")); len(above) == p.from {
		above = bytes.TrimSuffix(above, []byte("\n"))
	}
	if len(above) > 0 && above[len(above)-1] != '\n' { // no empty line stood there
		above = src[:p.from]
	}
	return slices.Concat(above, src[p.to:])
}

// wholeLines is a text whose last line is whole.
func wholeLines(src []byte) []byte {
	if len(src) > 0 && src[len(src)-1] != '\n' {
		return slices.Concat(src, []byte(newline(src)))
	}
	return src
}

// newline is how lines of a file end.
func newline(src []byte) string {
	if bytes.Contains(src, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}
