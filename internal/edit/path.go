package edit

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/content"
)

// segment is what a folder or file that the desk writes may be called. No name
// with a stroke either way, a colon, a leading dot or a blank gets through.
var segment = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]*$`)

// pictureEndings are the kinds of pictures that entries take.
var pictureEndings = []string{".jpg", ".jpeg", ".png", ".webp"}

// isEntry, isPicture and isAttachment tell the sorts of files that the desk shows and
// writes.
func isEntry(name string) bool { return path.Ext(name) == ".md" && isOurs(name) }
func isPicture(name string) bool {
	return slices.Contains(pictureEndings, path.Ext(name)) && isOurs(name)
}

// isSeen reports whether a file is a picture that entries may show, by whatever name and
// ending other programs have given it ("Lễ 2.JPG").
func isSeen(name string) bool {
	below, ok := strings.CutPrefix(name, "content/")
	return ok && fs.ValidPath(name) && len(name) <= 400 && content.KindOf(below) == content.Picture &&
		!slices.ContainsFunc(strings.Split(below, "/"), func(part string) bool { return !content.FitsWindows(part) })
}

// A plan's text is no file for download: it comes from a document.
func isAttachment(name string) bool {
	return content.KindOf(name) == content.Attachment && isOurs(name) && !(path.Ext(name) == ".txt" && strings.HasPrefix(name, "content/ke-hoach/"))
}

// isShown reports whether the desk shows a file.
func isShown(name string) bool { return isEntry(name) || isPicture(name) || isAttachment(name) }

// isOurs reports whether a name is one of a file below content/ that means the
// same on every system.
func isOurs(name string) bool {
	if !fs.ValidPath(name) || len(name) > 200 || !strings.HasPrefix(name, "content/") {
		return false
	}
	parts := strings.Split(name, "/")
	return len(parts) <= 8 && !slices.ContainsFunc(parts, func(part string) bool {
		return !segment.MatchString(part) || !content.FitsWindows(part)
	})
}
