package ftps

import (
	"bytes"
	"context"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Entry is one entry of a folder's listing.
type Entry struct {
	Name string
	Size int64
	// Mode has the type, and the permission bits where Bits says that the server told them.
	Mode fs.FileMode
	Bits bool
	// Modified is to the second or, unless [Conn.Precise], to the minute or day and by
	// the clock on the server's wall.
	Modified time.Time
}

// List lists a folder, hidden files too. A folder that is not there may be an error or
// empty.
func (c *Conn) List(ctx context.Context, dir string) ([]Entry, error) {
	if c.Precise() {
		text, err := c.listing(ctx, "MLSD "+dir)
		if err != nil {
			return nil, err
		}
		return parse(text, parseFacts), nil
	}
	now := time.Now()
	read := func(line string) (Entry, bool) { return parseLine(line, now) }
	if !c.plain {
		text, err := c.listing(ctx, "LIST -a "+dir)
		if _, is := Answer(err); !is {
			return parse(text, read), err
		}
	}
	text, err := c.listing(ctx, "LIST "+dir)
	if err == nil {
		c.plain = true // it shows hidden files, or has none
	}
	return parse(text, read), err
}

func (c *Conn) listing(ctx context.Context, command string) (string, error) {
	var text bytes.Buffer
	err := c.transfer(ctx, 0, command, copyTo(&text))
	return text.String(), err
}

func parse(text string, read func(line string) (Entry, bool)) []Entry {
	var all []Entry
	for line := range strings.Lines(text) {
		e, ok := read(strings.TrimRight(line, "\r\n"))
		if ok && e.Name != "." && e.Name != ".." && !strings.Contains(e.Name, "/") {
			all = append(all, e)
		}
	}
	return all
}

// parseFacts reads a line of MLSD: "type=file;size=12;modify=20260102030405; name".
func parseFacts(line string) (e Entry, ok bool) {
	facts, name, found := strings.Cut(line, "; ")
	if !found {
		return e, false
	}
	e.Name = name
	for fact := range strings.SplitSeq(facts, ";") {
		key, value, _ := strings.Cut(fact, "=")
		switch strings.ToLower(key) {
		case "type":
			switch kind := strings.ToLower(value); {
			case kind == "file":
			case kind == "dir":
				e.Mode |= fs.ModeDir
			case kind == "cdir", kind == "pdir":
				return e, false
			case strings.Contains(kind, "slink"), strings.Contains(kind, "symlink"):
				e.Mode |= fs.ModeSymlink
			default:
				e.Mode |= fs.ModeIrregular
			}
		case "size":
			e.Size, _ = strconv.ParseInt(value, 10, 64) // of what has none, nobody asks
		case "modify":
			e.Modified, _ = parseTime(value)
		case "unix.mode":
			bits, err := strconv.ParseUint(value, 8, 32)
			e.Mode, e.Bits = e.Mode|fs.FileMode(bits)&fs.ModePerm, err == nil
		}
	}
	return e, true
}

var (
	// unixLine is a line of ls -l; owner and group may have been left away.
	unixLine = regexp.MustCompile(`^([-dlbcps])([-rwxsStT]{9})\S*\s+\d+\s+(?:\S+\s+){0,3}?(\d+)\s+([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d{4}|\d{1,2}:\d{2})\s(.+)$`)
	// windowsLine is a line of dir: "01-31-26  03:04PM  <DIR>  name".
	windowsLine = regexp.MustCompile(`^(\d{2}-\d{2}-(?:\d{2}|\d{4})\s+\d{2}:\d{2}(?:[AP]M)?)\s+(<DIR>|\d+)\s+(.+)$`)
)

// parseLine reads a line of LIST. Of a time without a year it takes the last one before
// tomorrow.
func parseLine(line string, now time.Time) (Entry, bool) {
	if m := unixLine.FindStringSubmatch(line); m != nil {
		e := Entry{Name: m[7], Bits: true, Mode: unixMode(m[1], m[2]), Modified: unixTime(m[4], m[5], m[6], now)}
		e.Size, _ = strconv.ParseInt(m[3], 10, 64)
		if e.Mode&fs.ModeSymlink != 0 {
			e.Name, _, _ = strings.Cut(e.Name, " -> ")
		}
		return e, true
	}
	if m := windowsLine.FindStringSubmatch(line); m != nil {
		e := Entry{Name: m[3]}
		for _, layout := range []string{"01-02-06 03:04PM", "01-02-2006 03:04PM", "01-02-06 15:04", "01-02-2006 15:04"} {
			if t, err := time.Parse(layout, strings.Join(strings.Fields(m[1]), " ")); err == nil {
				e.Modified = t
				break
			}
		}
		if m[2] == "<DIR>" {
			e.Mode = fs.ModeDir
		}
		e.Size, _ = strconv.ParseInt(m[2], 10, 64)
		return e, true
	}
	return Entry{}, false
}

func unixMode(kind, bits string) fs.FileMode {
	mode := map[string]fs.FileMode{"-": 0, "d": fs.ModeDir, "l": fs.ModeSymlink}[kind]
	if kind != "-" && mode == 0 {
		mode = fs.ModeIrregular
	}
	for i, letter := range bits {
		if letter != '-' && letter != 'S' && letter != 'T' {
			mode |= 1 << (8 - i)
		}
	}
	return mode
}

func unixTime(month, day, last string, now time.Time) time.Time {
	if !strings.Contains(last, ":") {
		t, _ := time.Parse("Jan 2 2006", month+" "+day+" "+last) // a date that is none counts as very old
		return t
	}
	for year := now.Year() + 1; year > now.Year()-5; year-- { // 29 February is not in each
		t, err := time.Parse("Jan 2 2006 15:04", month+" "+day+" "+strconv.Itoa(year)+" "+last)
		if err == nil && t.Before(now.Add(24*time.Hour)) {
			return t
		}
	}
	return time.Time{}
}
