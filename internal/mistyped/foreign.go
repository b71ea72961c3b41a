package mistyped

import (
	"path"
	"regexp"
	"strings"
)

var (
	// wikiPicture is a picture as other programs have it: ![[a.jpg]].
	wikiPicture = regexp.MustCompile(`!?\[\[([^\[\]|\n]*\.(?i:jpe?g|png|gif|webp|hei[cf]))(?:\|[^\[\]\n]*)?\]\]`)
	// sizedPicture gives a picture's size, which is worked out here by itself.
	sizedPicture = regexp.MustCompile(`!\[[^\[\]\n]*\]\([^()\n]*?\.(?i:jpe?g|png|gif|webp|hei[cf])([ \t]*=[ \t]*\d*x?\d*%?)\)`)
	// escapedPicture is one that a writing program took for words.
	escapedPicture = regexp.MustCompile(`(?m)^\\?!\\?\[([^\[\]\\\n]*)\\?\]\\?\(([^()\\\n]*\.(?i:jpe?g|png|gif|webp|hei[cf]))\\?\)[ \t]*$`)
)

// otherPictures finds pictures that are written as for other programs.
func (f *finder) otherPictures() {
	for _, m := range wikiPicture.FindAllSubmatchIndex(f.body, -1) {
		if file := string(f.body[m[2]:m[3]]); f.isShown(m[2]) {
			words := strings.TrimSuffix(path.Base(file), path.Ext(file))
			f.add(Picture, m[0], false, Edit{m[0], string(f.body[m[0]:m[1]]), "![" + words + "](" + file + ")"})
		}
	}
	for _, m := range sizedPicture.FindAllSubmatchIndex(f.body, -1) {
		if f.seen[m[0]] != code {
			f.add(Picture, m[0], true, Edit{m[2], string(f.body[m[2]:m[3]]), ""})
		}
	}
	for _, m := range escapedPicture.FindAllSubmatchIndex(f.body, -1) {
		whole := strings.TrimRight(string(f.body[m[0]:m[1]]), " \t")
		if strings.Contains(whole, `\`) && f.seen[m[2]] != code {
			f.add(Picture, m[0], false, Edit{m[0], whole, strings.ReplaceAll(whole, `\`, "")})
		}
	}
}

var (
	// forumTag is a pair of tags as forums have them: [b]…[/b].
	forumTags = []struct {
		pair *regexp.Regexp
		sign string
	}{
		{regexp.MustCompile(`(?i)(\[b\])[ \t]*([^\[\]\n]*[^\[\]\s])[ \t]*(\[/b\])`), "**"},
		{regexp.MustCompile(`(?i)(\[i\])[ \t]*([^\[\]\n]*[^\[\]\s])[ \t]*(\[/i\])`), "*"},
		{regexp.MustCompile(`(?i)(\[s\])[ \t]*([^\[\]\n]*[^\[\]\s])[ \t]*(\[/s\])`), "~~"},
	}
	forumLink    = regexp.MustCompile(`(?i)\[url=["']?([^\[\]"'\s]+)["']?\]([^\[\]\n]+)\[/url\]`)
	forumPicture = regexp.MustCompile(`(?i)\[img\]([^\[\]\n]+)\[/img\]`)
	// highlighted is what some programs mark with two signs of equality.
	highlighted = regexp.MustCompile(`(?:^|[\s(“"])(==)([^\s=][^=\n]*[^\s=]|[^\s=])(==)(?:$|[\s).,;:!?”"])`)
)

// forum finds the markup of forums, and of programs that mark words otherwise.
func (f *finder) forum() {
	for _, tag := range forumTags {
		for _, m := range tag.pair.FindAllSubmatchIndex(f.body, -1) {
			if f.isShown(m[2]) {
				words := string(f.body[m[4]:m[5]])
				f.add(Emphasis, m[0], true, Edit{m[0], string(f.body[m[0]:m[1]]), tag.sign + words + tag.sign})
			}
		}
	}
	for _, m := range forumLink.FindAllSubmatchIndex(f.body, -1) {
		if address := string(f.body[m[2]:m[3]]); f.isShown(m[0]) {
			f.add(Link, m[0], isAddress(address), Edit{m[0], string(f.body[m[0]:m[1]]), "[" + strings.TrimSpace(string(f.body[m[4]:m[5]])) + "](" + destination(address) + ")"})
		}
	}
	for _, m := range forumPicture.FindAllIndex(f.body, -1) {
		if f.isShown(m[0]) {
			f.add(Picture, m[0], false)
		}
	}
	for _, m := range highlighted.FindAllSubmatchIndex(f.body, -1) {
		if f.isShown(m[2]) {
			f.add(Emphasis, m[2], false, Edit{m[2], "==", "**"}, Edit{m[6], "==", "**"})
		}
	}
}
