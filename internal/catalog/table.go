package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"lienhiep/internal/diag"
)

// readTable reads a table that all entries share. It is nil where there is none, or
// where it cannot be read, of which the findings tell.
func readTable(fsys fs.FS, name string) ([]byte, []diag.Finding) {
	src, err := readBounded(fsys, name)
	switch pos := (diag.Pos{File: name}); {
	case err == nil:
		return src, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case errors.Is(err, errTooLarge):
		return nil, []diag.Finding{ruleTableTooLarge.At(pos)}
	default:
		return nil, []diag.Finding{unreadable(pos, err)}
	}
}

// decodeTable reads TOML into out. known are all keys that it may have, with those of
// the tables that stand above them ("withdrawn", "withdrawn.person"). The line and the
// column are those of an error.
//
// The library can refuse unknown keys too, but takes time in the square of their number.
func decodeTable(src []byte, out any, known ...string) (line, column int, err error) {
	if unknown, at := unknownKey(src, known); unknown != "" {
		pos := diag.PosAt("", src, at)
		return pos.Line, pos.Column, fmt.Errorf("unknown key %s", unknown)
	}
	err = toml.Unmarshal(src, out)
	if at := (*toml.DecodeError)(nil); errors.As(err, &at) {
		line, column = at.Position()
	}
	return line, column, err
}

// unknownKey finds the first key that is none of known, and where it stands. It is ""
// where there is none before the first fault of syntax.
func unknownKey(src []byte, known []string) (key string, at int) {
	var p unstable.Parser
	p.Reset(src)
	table := ""
	var look func(n *unstable.Node, above string) // at a key with its value, or a value
	look = func(n *unstable.Node, above string) {
		path := above
		if n.Kind == unstable.KeyValue || n.Kind == unstable.Table || n.Kind == unstable.ArrayTable {
			for it := n.Key(); it.Next() && key == ""; {
				path = strings.TrimPrefix(path+"."+string(it.Node().Data), ".")
				if !slices.Contains(known, path) {
					key, at = path, int(it.Node().Raw.Offset)
				}
			}
		}
		switch n.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = path
		case unstable.KeyValue:
			look(n.Value(), path)
		case unstable.Array, unstable.InlineTable:
			for it := n.Children(); it.Next() && key == ""; {
				look(it.Node(), path)
			}
		}
	}
	for key == "" && p.NextExpression() {
		above := ""
		if p.Expression().Kind == unstable.KeyValue {
			above = table
		}
		look(p.Expression(), above)
	}
	return key, at
}
