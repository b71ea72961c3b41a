package matter

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Setting is a top-level key of front matter with its value; nil takes the key out.
type Setting struct {
	Key   string
	Value *Value
}

// ErrNotEditable says that front matter cannot be changed line by line: it is not YAML,
// cannot be read, or is written in a way that ties keys together.
var ErrNotEditable = errors.New("the front matter cannot be edited")

// Values reads the front matter of a content file, key by key, each value in its
// [Value.Canonical] form.
func Values(src []byte) (map[string]string, error) {
	read, err := ReadYAML(src)
	if err != nil {
		return nil, err
	}
	return canonical(read.Table), nil
}

func canonical(table *Value) map[string]string {
	values := map[string]string{}
	for _, k := range table.Keys {
		values[k.Name] = k.Value.Canonical()
	}
	return values
}

// Edit returns src with the settings made, each on its own lines: every other byte
// stays, comments, order and quotes among them. A new key comes at the end of the front
// matter. The result has been read back: it says what was set, and nothing else has
// changed. The error is [ErrNotEditable].
func Edit(src []byte, settings []Setting) ([]byte, error) {
	read, err := ReadYAML(src)
	if err != nil {
		return nil, err
	}
	lines := slices.Collect(strings.Lines(string(src)))
	newline := "\n"
	if strings.HasSuffix(lines[0], "\r\n") {
		newline = "\r\n"
	}
	end := read.Line - 2 // of the front matter: its closing fence
	var b strings.Builder
	at := 0
	write := func(from, to int, s Setting) {
		b.WriteString(strings.Join(lines[at:from], ""))
		at = to
		if s.Value == nil {
			return
		}
		text := s.Key + ":" + s.Value.behindColon()
		if to == from+1 && !s.Value.isBlock() {
			text += comment(lines[from])
		}
		b.WriteString(strings.ReplaceAll(text+"\n", "\n", newline))
	}
	for i, k := range read.Table.Keys {
		from, to := k.Line-1, end
		if i+1 < len(read.Table.Keys) {
			to = read.Table.Keys[i+1].Line - 1
		}
		if s := slices.IndexFunc(settings, func(s Setting) bool { return s.Key == k.Name }); s >= 0 {
			if from < at || to <= from {
				return nil, fmt.Errorf("%w: its keys do not stand on lines of their own", ErrNotEditable)
			}
			write(from, ownLines(lines, from, to, 0), settings[s])
		}
	}
	for _, s := range settings {
		if read.Table.Get(s.Key) == nil {
			write(end, end, s)
		}
	}
	b.WriteString(strings.Join(lines[at:], ""))
	out := []byte(b.String())
	return out, verifyEdit(read.Table, out, settings)
}

// ownLines returns where the lines of a key end that begin at from, at to at the latest:
// blank lines above the next key, and comments indented no deeper than the keys, belong
// to the next key.
func ownLines(lines []string, from, to, indent int) int {
	for to > from+1 {
		text := strings.TrimLeft(lines[to-1], " ")
		if strings.TrimSpace(text) != "" && (text[0] != '#' || len(lines[to-1])-len(text) > indent) {
			break
		}
		to--
	}
	return to
}

// comment returns the comment behind the value on a line, with the blanks before it.
func comment(line string) string {
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
func verifyEdit(before *Value, out []byte, settings []Setting) error {
	after, err := Values(out)
	if err != nil {
		return err
	}
	want := canonical(before)
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

// ReadYAML reads a file whose front matter is YAML. One in another code than UTF-8 is not
// editable: what is written of it would not be what it held.
func ReadYAML(src []byte) (*File, error) {
	if !utf8.Valid(src) {
		return nil, fmt.Errorf("%w: it is not UTF-8", ErrNotEditable)
	}
	f, findings := Read("", src)
	if f == nil || f.Fence != YAML {
		return nil, fmt.Errorf("%w: %v", ErrNotEditable, findings)
	}
	return f, nil
}
