// Package aloud writes what a browser's voice is to say for a page, beside the page.
//
// It works on the built pages alone, as the search index does. A page that offers to be
// read aloud names the file ([File], in data-spoken) and marks what is to be read
// (data-aloud). What carries data-extra or data-search="no" there, or is hidden, is passed
// over. The file lists the sentences, each with the words in which [viet.Spoken] reads it:
// that is the one table of what is said, and the script has none.
//
// In: the pages of a built site, and its folder. Out: the files, which depend on the pages
// alone.
package aloud

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/afero"
	"golang.org/x/net/html"

	"lienhiep/internal/viet"
)

// File is the name of the file beside a page.
const File = "nghe.json"

// breath is how many letters are said at once. Some voices come from a server and stop in
// the middle of what takes them more than a quarter of a minute.
const breath = 200

// deepest is how far above the innermost element one is looked for that ends: no page of
// ours is nested so deep.
const deepest = 200

// sentence is one as it stands on the page, then what is said for it, breath by breath.
type sentence []string

// Voice is what is said for the pages of a site. The zero value has read none.
type Voice struct {
	mu    sync.Mutex
	files map[string][]byte
}

// Add reads a page of a site, by its name in the site's folder. It can be called from
// several goroutines.
func (v *Voice) Add(name string, page []byte) error {
	if !bytes.Contains(page, []byte("data-spoken=")) {
		return nil
	}
	data, err := json.Marshal(sentencesOf(page))
	if err != nil {
		return fmt.Errorf("reading %s aloud: %w", name, err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.files == nil {
		v.files = map[string][]byte{}
	}
	v.files[path.Join(path.Dir(name), File)] = data
	return nil
}

// Write writes the files of the pages that name them.
func (v *Voice) Write(site afero.Fs) error {
	for name, data := range v.files {
		if err := afero.WriteFile(site, name, data, 0o666); err != nil {
			return fmt.Errorf("writing what is read aloud: %w", err)
		}
	}
	return nil
}

// sentencesOf are the sentences of what a page marks, each a list of itself and of what is
// said.
func sentencesOf(page []byte) []sentence {
	all := []sentence{}
	for _, block := range blocks(page) {
		for _, shown := range viet.Sentences(block) {
			if said := viet.Spoken(shown); strings.Trim(said, " -–—.") != "" {
				all = append(all, append(sentence{shown}, viet.Breaths(said, breath)...))
			}
		}
	}
	return all
}

// unread are the elements of which nothing is read.
var unread = []string{"nav", "form", "button", "script", "style", "template", "svg", "noscript", "select", "figcaption", "audio", "video"}

// within are the elements that do not end a block.
var within = []string{"a", "abbr", "b", "bdi", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img"}

// void are the elements that have no end.
var void = []string{"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// element is an open element.
type element struct {
	tag  string
	read bool
	skip bool
	ends bool // ends a block
}

// blocks are the stretches of text that a reader sees as one: paragraphs, headings.
func blocks(page []byte) []string {
	var all []string
	var text strings.Builder
	flush := func() {
		if words := strings.Join(strings.Fields(text.String()), " "); words != "" {
			all = append(all, words)
		}
		text.Reset()
	}
	open := []element{{ends: true}}
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		outer := open[len(open)-1]
		switch kind {
		case html.ErrorToken:
			flush()
			return all
		case html.TextToken:
			if outer.read && !outer.skip {
				text.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			e := start(z, outer)
			if e.ends {
				flush()
			}
			if !slices.Contains(void, e.tag) && kind != html.SelfClosingTagToken {
				open = append(open, e)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			for i := len(open) - 1; i > max(0, len(open)-deepest); i-- {
				if open[i].tag == string(name) {
					if slices.ContainsFunc(open[i:], func(e element) bool { return e.ends }) {
						flush()
					}
					open = open[:i]
					break
				}
			}
		}
	}
}

// start reads the tag that opens an element.
func start(z *html.Tokenizer, outer element) element {
	name, more := z.TagName()
	e := element{tag: string(name), read: outer.read, skip: outer.skip, ends: !slices.Contains(within, string(name))}
	e.skip = e.skip || slices.Contains(unread, e.tag)
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "data-aloud":
			e.read = true
		case "data-extra", "hidden":
			e.skip = true
		case "data-search":
			e.skip = e.skip || string(value) == "no"
		case "aria-hidden":
			e.skip = e.skip || string(value) == "true"
		}
	}
	return e
}
