package matter

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Setting is a top-level key of front matter with its value; nil takes the key out.
type Setting struct {
	Key   string
	Value *Value
}

// ErrNotEditable says that front matter cannot be changed by line: it is no
// YAML, or not readable.
var ErrNotEditable = errors.New("the front matter cannot be edited")

// Values reads the front matter of a content file, key by key, each value in its
// [Value.Canonical] form.
func Values(src []byte) (map[string]string, error) {
	read, err := ReadYAML(src)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for _, k := range read.Table.Keys {
		values[k.Name] = k.Value.Canonical()
	}
	return values, nil
}

func (s Setting) line(newline string) string {
	return strings.ReplaceAll(s.Key+":"+s.Value.behindColon()+"\n", "\n", newline)
}

// Edit returns src with the settings made, each on its own lines: every other
// byte stays, comments, order and quotes among them. A new key comes at the end of
// the front  What comes out has been read back: it says what was set, and
// nothing else has changed.
func Edit(src []byte, settings []Setting) ([]byte, error) {
	before, err := Values(src)
	if err != nil {
		return nil, err
	}
	out := src
	for _, s := range settings {
		if out, err = edit(out, s); err != nil {
			return nil, err
		}
	}
	return out, verifyEdit(before, out, settings)
}

func edit(src []byte, s Setting) ([]byte, error) {
	read, _ := Read("", src)
	if read == nil {
		return nil, ErrNotEditable
	}
	lines := bytes.SplitAfter(src, []byte("\n"))
	newline := "\n"
	if bytes.HasSuffix(lines[0], []byte("\r\n")) {
		newline = "\r\n"
	}
	end := read.Line - 2 // of the front matter: its closing fence
	from, to := end, end
	for i, k := range read.Table.Keys {
		if k.Name == s.Key {
			from, to = k.Line-1, end
			if i+1 < len(read.Table.Keys) {
				to = read.Table.Keys[i+1].Line - 1
			}
			// Comments and blank lines above the next key are its own.
			for to > from+1 && ownLine(lines[to-1]) {
				to--
			}
		}
	}
	text := ""
	if s.Value != nil {
		text = s.line(newline)
		if to == from+1 && !s.Value.isBlock() {
			text = strings.TrimSuffix(text, newline) + Comment(string(lines[from])) + newline
		}
	}
	out := slices.Concat(bytes.Join(lines[:from], nil), []byte(text), bytes.Join(lines[to:], nil))
	return out, nil
}

// ownLine reports whether a line belongs to no value: it is blank, or a comment
// at its very beginning.
func ownLine(line []byte) bool {
	return len(bytes.TrimSpace(line)) == 0 || line[0] == '#'
}

// Comment returns the comment behind the value on a line, with the blanks before it.
func Comment(line string) string {
	line = strings.TrimRight(line, "\r\n")
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && strings.ContainsRune(" [{,:", rune(line[max(i-1, 0)])):
			quote = c
		case c == '#' && i > 0 && (line[i-1] == ' ' || line[i-1] == '\t'):
			return line[len(strings.TrimRight(line[:i], " \t")):]
		}
	}
	return ""
}

// verifyEdit reads the result back.
func verifyEdit(before map[string]string, out []byte, settings []Setting) error {
	after, err := Values(out)
	if err != nil {
		return err
	}
	want := maps.Clone(before)
	for _, s := range settings {
		delete(want, s.Key)
		if s.Value != nil {
			want[s.Key] = s.Value.Canonical()
		}
	}
	for _, key := range slices.Concat(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(after))) {
		if want[key] != after[key] {
			return fmt.Errorf("%w: “%s” would become %s", ErrNotEditable, key, after[key])
		}
	}
	return nil
}

// ReadYAML reads a file whose front matter is YAML.
func ReadYAML(src []byte) (*File, error) {
	f, findings := Read("", src)
	if f == nil || f.Fence != YAML {
		return nil, fmt.Errorf("%w: %v", ErrNotEditable, findings)
	}
	return f, nil
}
