package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// Front matter is bounded, so that no file can make a parser run away.
const maxFrontMatter = 64 << 10

// maxDepth bounds how far values of TOML stand within one another; YAML's parser has a
// bound of its own.
const maxDepth = 20

// value is one value of front matter with its place, whichever of the two
// languages (YAML, TOML) it was written in. Both are read by the libraries that
// Hugo uses, so that what is accepted here means the same there.
type value struct {
	kind         valueKind
	text         string // of a scalar, as written
	shown        string // of a number, as Hugo shows it
	keys         []key  // of a table
	items        []*value
	line, column int
	curly        bool // was written in curly quotes, which text is without
}

type key struct {
	name         string
	value        *value
	line, column int
}

type valueKind int

const (
	nullValue valueKind = iota
	textValue
	numberValue
	boolValue
	dateValue // TOML's own dates
	listValue
	tableValue
	otherValue // YAML anchors, tags and the like, which entries do not need
)

var (
	ruleNoFrontMatter = diag.NewRule("front-matter-missing", diag.Error,
		diag.Text{VI: "Thiếu phần khai báo ở đầu tệp.", EN: "The front matter at the top of the file is missing."},
		diag.Text{VI: "Mở đầu tệp bằng một dòng ---, rồi các dòng như title: …, rồi lại một dòng ---. Lệnh `lienhiep new` tạo sẵn phần này.",
			EN: "Begin the file with a line ---, then lines like title: …, then --- again. `lienhiep new` writes it for you."})
	ruleFrontMatterOpen = diag.NewRule("front-matter-open", diag.Error,
		diag.Text{VI: "Phần khai báo ở đầu tệp không có dòng kết thúc %[1]s.", EN: "The front matter has no closing %[1]s line."},
		diag.Text{VI: "Thêm một dòng chỉ có %[1]s ở cuối phần khai báo.", EN: "Add a line with nothing but %[1]s after the last entry."})
	ruleFrontMatterFence = diag.NewRule("front-matter-fence", diag.Error,
		diag.Text{VI: "Phần khai báo kết thúc ngay ở dòng này vì dòng bắt đầu bằng %[1]s, nhưng sau đó còn chữ khác.", EN: "The front matter ends on this line, which begins with %[1]s and goes on."},
		diag.Text{VI: "Để %[1]s đứng một mình trên dòng kết thúc phần khai báo; chữ còn lại chuyển xuống lời bài, hoặc bỏ đi.", EN: "Leave %[1]s alone on the line that ends the front matter; move the rest into the text, or remove it."})
	ruleFrontMatterReturn = diag.NewRule("front-matter-return", diag.Error,
		diag.Text{VI: "Ở đây có dấu xuống dòng kiểu cũ (CR) mà phần lớn chương trình không hiện ra.", EN: "A carriage return stands here alone; most programs do not show it as the line's end that it is."},
		diag.Text{VI: "Xóa chỗ giữa hai chữ này rồi bấm Enter để xuống dòng lại.", EN: "Delete what is between the two letters here, and press Enter."})
	ruleFrontMatterTwice = diag.NewRule("front-matter-twice", diag.Error,
		diag.Text{VI: "Dòng “...” này cắt phần khai báo làm đôi: những gì ở dưới nó không được đọc.", EN: "The line “...” cuts the front matter in two: what follows it is not read."},
		diag.Text{VI: "Xóa dòng này.", EN: "Remove the line."})
	ruleFrontMatterSyntax = diag.NewRule("front-matter-syntax", diag.Error,
		diag.Text{VI: "Phần khai báo viết sai quy cách: không đọc được chỗ này.", EN: "The front matter cannot be read here (%[1]s)."},
		diag.Text{VI: "Đặt giá trị trong dấu nháy kép nếu có dấu hai chấm (title: \"Hội thi: kết quả\"); thụt đầu dòng bằng dấu cách, không dùng phím Tab.",
			EN: "Quote a value that holds a colon (title: \"Contest: results\"); indent with spaces, not tabs."})
	ruleFrontMatterSize = diag.NewRule("front-matter-size", diag.Error,
		diag.Text{VI: "Phần khai báo quá dài (quá 64 KB).", EN: "The front matter is too long (over 64 KB)."},
		diag.Text{VI: "Chuyển lời bài xuống dưới dòng --- thứ hai.", EN: "Move the text below the second --- line."})
)

// frontMatter splits a content file into its front matter, read into a table,
// and the text below it, with the line that the text starts on. The table is
// nil where there is an error finding.
func frontMatter(file string, src []byte) (table *value, body []byte, bodyLine int, _ []diag.Finding) {
	parts, err := matter.Split(src)
	if fault := (*matter.Fault)(nil); errors.As(err, &fault) {
		return nil, src, 1, []diag.Finding{fenceFault(file, src, fault)}
	}
	if len(parts.Matter) > maxFrontMatter {
		return nil, src, 1, []diag.Finding{ruleFrontMatterSize.At(diag.Pos{File: file, Line: 1})}
	}
	if i := openBrackets(parts.Matter); i >= 0 {
		return nil, src, 1, []diag.Finding{ruleFrontMatterNested.At(diag.PosAt(file, src, parts.Start+i), maxOpen)}
	}
	parse := parseYAML
	if parts.Fence == matter.TOML {
		parse = parseTOML
	}
	table, line, column, err := parse(parts.Matter)
	if errors.Is(err, errTwoDocuments) {
		return nil, src, 1, []diag.Finding{ruleFrontMatterTwice.At(diag.Pos{File: file, Line: line + 1})}
	}
	if err != nil {
		return nil, src, 1, []diag.Finding{syntaxFault(file, parts.Fence[0], parts.Matter, line, column, err)}
	}
	return table, parts.Body, parts.Line, curlyQuotes(file, table)
}

// fenceFault says why a file could not be taken apart.
func fenceFault(file string, src []byte, fault *matter.Fault) diag.Finding {
	text := bytes.TrimPrefix(src, []byte("\uFEFF"))
	switch fault.Err {
	case matter.ErrMissing:
		return noFence(file, text)
	case matter.ErrOpen:
		return openFence(file, text, fault.Fence)
	case matter.ErrReturn:
		return ruleFrontMatterReturn.At(diag.PosAt(file, src, fault.At))
	}
	pos := diag.PosAt(file, src, fault.At)
	finding := ruleFrontMatterFence.At(diag.Pos{File: file, Line: pos.Line}, fault.Fence)
	if line, _, _ := bytes.Cut(src[fault.At:], []byte("\n")); nearFence.Match(line) {
		return finding.Suggest(fault.Fence)
	}
	return finding
}

// errTwoDocuments says that YAML goes on behind its end: nobody reads that.
var errTwoDocuments = errors.New("more than one document")

// parseYAML reads YAML. Lines count from 1 in text; a value's line is that of
// the whole file, one more, for the fence above it.
func parseYAML(text []byte) (table *value, line, column int, err error) {
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
	table = &value{kind: tableValue, line: 1}
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

func fromYAML(n ast.Node) *value {
	v := &value{kind: otherValue}
	if t := n.GetToken(); t != nil {
		v.line, v.column = t.Position.Line+1, t.Position.Column
	}
	switch n := n.(type) {
	case *ast.NullNode:
		v.kind = nullValue
	case *ast.StringNode:
		v.kind, v.text = textValue, n.Value
		if inside, ok := inCurlyQuotes(n.Token); ok {
			v.text, v.curly = inside, true
		}
	case *ast.LiteralNode:
		v.kind, v.text = textValue, strings.TrimRight(n.Value.Value, "\n")
	case *ast.IntegerNode:
		v.kind, v.text, v.shown = numberValue, n.Token.Value, fmt.Sprint(n.Value)
	case *ast.FloatNode:
		v.kind, v.text, v.shown = numberValue, n.Token.Value, strconv.FormatFloat(n.Value, 'f', -1, 64)
	case *ast.BoolNode:
		v.kind, v.text = boolValue, fmt.Sprint(n.Value)
	case *ast.SequenceNode:
		v.kind = listValue
		for _, item := range n.Values {
			v.items = append(v.items, fromYAML(item))
		}
	case *ast.MappingValueNode:
		v.kind, v.keys = tableValue, []key{yamlKey(n)}
	case *ast.MappingNode:
		v.kind = tableValue
		for _, pair := range n.Values {
			v.keys = append(v.keys, yamlKey(pair))
		}
	}
	return v
}

func yamlKey(pair *ast.MappingValueNode) key {
	t := pair.Key.GetToken()
	return key{name: t.Value, value: fromYAML(pair.Value), line: t.Position.Line + 1, column: t.Position.Column}
}

// parseTOML reads TOML: its values by the library's decoder, their places by
// its syntax tree.
func parseTOML(text []byte) (table *value, line, column int, err error) {
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

func fromTOML(x any, path string, places map[string]diag.Pos) *value {
	v := &value{kind: otherValue, line: 1}
	if strings.Count(path, ".") > maxDepth {
		return v
	}
	for at := path; at != ""; at = at[:max(0, strings.LastIndexByte(at, '.'))] {
		if pos, ok := places[at]; ok {
			v.line, v.column = pos.Line+1, pos.Column
			break
		}
	}
	switch x := x.(type) {
	case string:
		v.kind, v.text = textValue, x
	case int64, float64:
		v.kind, v.text = numberValue, fmt.Sprint(x)
		v.shown = v.text // how it was written is not told
	case bool:
		v.kind, v.text = boolValue, fmt.Sprint(x)
	case toml.LocalDate, toml.LocalDateTime:
		v.kind, v.text = dateValue, fmt.Sprint(x)
	case time.Time:
		v.kind, v.text = dateValue, x.Format(time.RFC3339)
	case []any:
		v.kind = listValue
		for i, item := range x {
			v.items = append(v.items, fromTOML(item, fmt.Sprintf("%s.%d", path, i), places))
		}
	case map[string]any:
		v.kind = tableValue
		for name, item := range x {
			child := fromTOML(item, path+"."+name, places)
			v.keys = append(v.keys, key{name, child, child.line, child.column})
		}
		sortKeys(v.keys)
	}
	return v
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if utf8.RuneCountInString(s) > 120 {
		s = string([]rune(s)[:120]) + "…"
	}
	return s
}
