package matter

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"lienhiep/internal/diag"
)

// maxDepth bounds how far values of TOML stand within one another; YAML's parser has a
// bound of its own.
const maxDepth = 20

// parseTOML reads TOML: its values by the library's decoder, their places by
// its syntax tree.
func parseTOML(text []byte) (table *Value, line, column int, err error) {
	var root map[string]any
	if err := toml.Unmarshal(text, &root); err != nil {
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, column = at.Position()
		}
		return nil, line, column, err
	}
	return fromTOML(root, "", tomlPlaces(text)), 0, 0, nil
}

// tomlPlaces finds where each key stands, by its path ("sources.1.url").
func tomlPlaces(text []byte) map[string]diag.Pos {
	places := map[string]diag.Pos{}
	in := diag.PlacesIn("", text)
	var p unstable.Parser
	p.Reset(text)
	count := map[string]int{}
	prefix := ""
	for p.NextExpression() {
		e := p.Expression()
		path, pos := "", diag.Pos{}
		for depth, it := 0, e.Key(); depth < maxDepth && it.Next(); depth++ {
			path += "." + string(it.Node().Data)
			pos = in.At(int(it.Node().Raw.Offset))
		}
		switch e.Kind {
		case unstable.KeyValue:
			places[prefix+path] = pos
		case unstable.Table:
			prefix = path
			places[prefix] = pos
		case unstable.ArrayTable:
			if _, ok := places[path]; !ok {
				places[path] = pos
			}
			prefix = fmt.Sprintf("%s.%d", path, count[path])
			count[path]++
			places[prefix] = pos
		}
	}
	return places
}

func fromTOML(x any, path string, places map[string]diag.Pos) *Value {
	v := &Value{Kind: Other, Line: 1}
	if strings.Count(path, ".") > maxDepth {
		return v
	}
	for at := path; at != ""; at = at[:max(0, strings.LastIndexByte(at, '.'))] {
		if pos, ok := places[at]; ok {
			v.Line, v.Column = pos.Line+1, pos.Column
			break
		}
	}
	switch x := x.(type) {
	case string:
		v.Kind, v.Text = Text, x
	case int64, float64:
		v.Kind, v.Text = Number, fmt.Sprint(x)
		v.Shown = v.Text // how it was written is not told
	case bool:
		v.Kind, v.Text = Bool, fmt.Sprint(x)
	case toml.LocalDate, toml.LocalDateTime:
		v.Kind, v.Text = Date, fmt.Sprint(x)
	case time.Time:
		v.Kind, v.Text = Date, x.Format(time.RFC3339)
	case []any:
		v.Kind = List
		for i, item := range x {
			v.Items = append(v.Items, fromTOML(item, fmt.Sprintf("%s.%d", path, i), places))
		}
	case map[string]any:
		v.Kind = Table
		for name, item := range x {
			child := fromTOML(item, path+"."+name, places)
			v.Keys = append(v.Keys, Key{name, child, child.Line, child.Column})
		}
		sortKeys(v.Keys)
	}
	return v
}

func sortKeys(keys []Key) {
	slices.SortFunc(keys, func(a, b Key) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), strings.Compare(a.Name, b.Name))
	})
}

// ReadTOML reads a table that is a file of its own. The line and the column are those of
// an error.
func ReadTOML(src []byte) (table *Value, line, column int, err error) {
	if len(src) > MaxSize {
		return nil, 1, 0, errors.New("too long")
	}
	if i := openBrackets(src); i >= 0 {
		at := diag.PosAt("", src, i)
		return nil, at.Line, at.Column, errors.New("too many brackets within one another")
	}
	table, line, column, err = parseTOML(src)
	if err == nil {
		table.withoutFence()
	}
	return table, line, column, err
}

// withoutFence counts lines as there is no line of +++ above.
func (v *Value) withoutFence() {
	v.Line = max(1, v.Line-1)
	for _, item := range v.Items {
		item.withoutFence()
	}
	for i := range v.Keys {
		v.Keys[i].Line = max(1, v.Keys[i].Line-1)
		v.Keys[i].Value.withoutFence()
	}
}
