package matter

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// errTwoDocuments says that YAML goes on behind its end: nobody reads that.
var errTwoDocuments = errors.New("more than one document")

// parseYAML reads YAML. Lines count from 1 in text; a value's line is that of
// the whole file, one more, for the fence above it.
func parseYAML(text []byte) (table *Value, line, column int, err error) {
	if line := secondDocument(text); line > 0 {
		return nil, line, 0, errTwoDocuments
	}
	file, err := parser.ParseBytes(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), 0)
	if err != nil {
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			p := at.GetToken().Position
			return nil, p.Line, p.Column, errors.New(at.GetMessage())
		}
		return nil, 1, 0, err
	}
	if len(file.Docs) > 1 {
		line = 1
		if end := file.Docs[0].End; end != nil {
			line = end.Position.Line
		}
		return nil, line, 0, errTwoDocuments
	}
	table = &Value{Kind: Table, Line: 1}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return table, 0, 0, nil
	}
	switch root := file.Docs[0].Body.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return fromYAML(root), 0, 0, nil
	case *ast.CommentGroupNode, *ast.NullNode:
		return table, 0, 0, nil
	default:
		return nil, root.GetToken().Position.Line, 0, errors.New("not a list of keys and values")
	}
}

// secondDocument returns the line of the first mark between documents where there are
// several, or 0. The parser copies all that follows for each of them, which takes
// quadratic time.
func secondDocument(text []byte) (first int) {
	n := 0
	for line := range bytes.Lines(text) {
		n++
		if !bytes.HasPrefix(line, []byte("...")) && !bytes.HasPrefix(line, []byte("---")) {
			continue
		}
		if first > 0 {
			return first
		}
		first = n
	}
	return 0
}

func fromYAML(n ast.Node) *Value {
	v := &Value{Kind: Other}
	if t := n.GetToken(); t != nil {
		v.Line, v.Column = t.Position.Line+1, t.Position.Column
	}
	switch n := n.(type) {
	case *ast.NullNode:
		v.Kind = Null
	case *ast.StringNode:
		v.Kind, v.Text, v.bare = Text, n.Value, n.Token.Type == token.StringType
		if inside, ok := inCurlyQuotes(n.Token); ok {
			v.Text, v.curly = inside, true
		}
	case *ast.LiteralNode:
		v.Kind, v.Text = Text, strings.TrimRight(n.Value.Value, "\n")
	case *ast.IntegerNode:
		v.Kind, v.Text, v.Shown = Number, n.Token.Value, fmt.Sprint(n.Value)
	case *ast.FloatNode:
		v.Kind, v.Text, v.Shown = Number, n.Token.Value, strconv.FormatFloat(n.Value, 'f', -1, 64)
	case *ast.BoolNode:
		v.Kind, v.Text = Bool, fmt.Sprint(n.Value)
	case *ast.SequenceNode:
		v.Kind = List
		for _, item := range n.Values {
			v.Items = append(v.Items, fromYAML(item))
		}
	case *ast.MappingValueNode:
		v.Kind, v.Keys = Table, []Key{yamlKey(n)}
	case *ast.MappingNode:
		v.Kind = Table
		for _, pair := range n.Values {
			v.Keys = append(v.Keys, yamlKey(pair))
		}
	}
	return v
}

func yamlKey(pair *ast.MappingValueNode) Key {
	t := pair.Key.GetToken()
	return Key{Name: t.Value, Value: fromYAML(pair.Value), Line: t.Position.Line + 1, Column: t.Position.Column}
}
