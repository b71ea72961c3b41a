package edit

import (
	"regexp"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/compare"
	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
)

// textField is an entry's text as the list of its blocks: what two people have written is
// put together as their lists are. No key of a file is written so.
var textField = matter.Field{Key: "(text)", Type: matter.TypeList, Label: diag.Text{VI: "Lời bài", EN: "Text"}}

// unknownText stands for a text that nobody has: what two made of it is disputed as a whole.
const unknownText = "\x00"

// joint is an entry that two people have changed, put together.
type joint struct {
	merging
	source []byte // front matter and text, in no particular layout
}

// together puts what was written of an entry together with what its file holds by now.
func (f former) together(file string, now *matter.File, asked sheetSent) joint {
	fields := catalog.Schema(catalog.KindOf(file))
	base, mine := &matter.Value{Kind: matter.Table}, f.values(fields, now.Table, asked.Fields)
	if asked.Was != nil { // or all that differs has been changed by both
		base = f.values(fields, now.Table, asked.Was)
	}
	theirs := string(now.Body)
	written := strings.ReplaceAll(asked.Text, "\r\n", "\n")
	before := &matter.Value{Kind: matter.Table}
	before.Set(textField.Key, blocks(strings.ReplaceAll(asked.WasText, "\r\n", "\n")))
	if asked.Was == nil {
		before.Set(textField.Key, blocks(unknownText))
	}
	own, other := &matter.Value{Kind: matter.Table}, &matter.Value{Kind: matter.Table}
	own.Set(textField.Key, blocks(written))
	other.Set(textField.Key, blocks(theirs))

	out := joint{merging: f.settled(fields, base, mine, now.Table, asked.Chosen)}
	text := f.settled([]matter.Field{textField}, before, own, other, asked.Chosen)
	out.apart = append(out.apart, text.apart...)
	out.source = []byte(source(out.values) + "\n" + inBlocks(text.values.Get(textField.Key), theirs, written))
	return out
}

// between is what stands between two blocks of a text.
var between = regexp.MustCompile(`\n(?:[ \t]*\n)+`)

// blocks are those of a text: paragraphs, tables, headings.
func blocks(text string) *matter.Value {
	list := &matter.Value{Kind: matter.List}
	for _, block := range between.Split(strings.Trim(text, "\n"), -1) {
		list.Items = append(list.Items, matter.String(block))
	}
	return list
}

// inBlocks is a text of such blocks, each apart from the next as in the first of some texts
// that has it: in code, further empty lines mean something.
func inBlocks(list *matter.Value, like ...string) string {
	after := map[string]string{}
	for _, text := range like {
		at := 0
		for _, gap := range between.FindAllStringIndex(text, -1) {
			if block := strings.TrimLeft(text[at:gap[0]], "\n"); after[block] == "" {
				after[block] = text[gap[0]:gap[1]]
			}
			at = gap[1]
		}
	}
	if list == nil {
		return ""
	}
	var b strings.Builder
	for i, one := range list.Items {
		b.WriteString(one.Text)
		switch gap := after[one.Text]; {
		case i+1 == len(list.Items):
			b.WriteByte('\n')
		case gap == "":
			b.WriteString("\n\n")
		default:
			b.WriteString(gap)
		}
	}
	return b.String()
}

// bothBlocks has the words of both of what is disputed in a text: one block behind the
// other.
func bothBlocks(one matter.Dispute) *matter.Value {
	if one.Both != nil || one.Field.Key != textField.Key {
		return one.Both
	}
	switch {
	case one.Mine.Blank():
		return one.Theirs
	case one.Theirs.Blank():
		return one.Mine
	}
	return matter.String(one.Theirs.Text + "\n\n" + one.Mine.Text)
}

// wordsApart are the words in which a dispute differs; of a text its sides are shown.
func (f former) wordsApart(one matter.Dispute) []compare.Piece {
	if one.Field.Key == textField.Key {
		return nil
	}
	return f.words(one.Field, one.Theirs, one.Mine)
}

// keepMine keeps what somebody has written of an entry of which they then chose the other's
// words: it can be had back from the history.
func (d *Desk) keepMine(asked sheetSent, theirs, mine []byte) error {
	for _, c := range asked.Chosen {
		if c.Keep == "theirs" {
			return d.history.Keep(history.Act{Who: history.Me(), Why: history.Saved, Note: "Bản chưa chọn khi hai người cùng sửa", Time: time.Now()},
				history.Change{File: asked.File, Before: theirs, After: mine}, history.Change{File: asked.File, Before: mine, After: theirs})
		}
	}
	return nil
}
