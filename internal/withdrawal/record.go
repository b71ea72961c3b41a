package withdrawal

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"lienhiep/internal/catalog"
)

// ErrNotInRecord says that nobody of an ID stands in the record, or that it is not written as
// the program writes it.
var ErrNotInRecord = errors.New("the person is not in the record of withdrawals")

// item matches the beginning of an item of the record.
var item = regexp.MustCompile(`(?m)^[ \t]*\[\[[ \t]*withdrawn[ \t]*\]\][^\n]*$`)

// Readmit takes somebody out of the record ([catalog.WithdrawnFile]), because they have
// consented again or were taken for another. All else in it stays, byte for byte.
func Readmit(record []byte, id string) ([]byte, error) {
	from, to, err := itemOf(record, id)
	if err != nil {
		return nil, err
	}
	before, after := strings.TrimRight(string(record[:from]), "\n"), strings.TrimLeft(string(record[to:]), "\n")
	if after != "" {
		after = "\n" + after
	}
	return []byte(before + "\n" + after), nil
}

// Tell notes in the record that somebody of the same name is another person. All else in it
// stays, byte for byte.
func Tell(record []byte, id, other string) ([]byte, error) {
	from, to, err := itemOf(record, id)
	if err != nil {
		return nil, err
	}
	others := itemIn(record[from:to]).Others
	if slices.Contains(others, other) {
		return record, nil
	}
	text := string(record[from:to])
	line := fmt.Sprintf("others = [%s]\n", strings.Join(quoted(append(others, other)), ", "))
	if old := othersLine.FindStringIndex(text); old != nil {
		text = text[:old[0]] + line + text[old[1]:]
	} else {
		end := len(strings.TrimRight(text, "\r\n"))
		text = text[:end] + "\n" + line + strings.TrimPrefix(strings.TrimPrefix(text[end:], "\r"), "\n")
	}
	changed := slices.Concat(record[:from], []byte(text), record[to:])
	if from, to, err = itemOf(changed, id); err != nil || !slices.Contains(itemIn(changed[from:to]).Others, other) {
		return nil, ErrNotInRecord
	}
	return changed, nil
}

// othersLine matches what an item says of others.
var othersLine = regexp.MustCompile(`(?m)^others[ \t]*=[ \t]*\[[^\]]*\][^\n]*\n?`)

func quoted(all []string) (out []string) {
	for _, s := range all {
		out = append(out, fmt.Sprintf("%q", s))
	}
	return out
}

// itemOf is where the item of a person stands.
func itemOf(record []byte, id string) (from, to int, err error) {
	starts := item.FindAllIndex(record, -1)
	for i, start := range starts {
		end := len(record)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		if itemIn(record[start[0]:end]).Person == id {
			return start[0], end, nil
		}
	}
	return 0, 0, ErrNotInRecord
}

// itemIn is what one item of the record says, nothing if it cannot be read.
func itemIn(text []byte) catalog.Withdrawn {
	var read struct {
		Withdrawn []catalog.Withdrawn `toml:"withdrawn"`
	}
	if toml.Unmarshal(text, &read) != nil || len(read.Withdrawn) != 1 {
		return catalog.Withdrawn{}
	}
	return read.Withdrawn[0]
}
