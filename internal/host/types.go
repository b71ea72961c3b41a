package host

import (
	"path"
	"strings"
)

// fileType is what readers' programs are told that a file is, by its ending.
type fileType struct {
	Ending string // ".md"
	Name   string // "text/markdown"
	UTF8   bool   // said beside the name; JSON needs no such word
	Text   bool   // compressing makes it smaller
}

// String returns the type as in a Content-Type header.
func (t fileType) String() string {
	if t.UTF8 {
		return t.Name + "; charset=utf-8"
	}
	return t.Name
}

// types are those of the web, whatever the tables of a server or this machine
// say. What is not among them is [unknownType].
var types = []fileType{
	{".html", "text/html", true, true},
	{".css", "text/css", true, true},
	{".js", "text/javascript", true, true},
	{".mjs", "text/javascript", true, true},
	{".xml", "application/xml", true, true},
	{".txt", "text/plain", true, true},
	{".csv", "text/csv", true, true},
	{".md", "text/markdown", true, true},
	{".ics", "text/calendar", true, true},
	{".vtt", "text/vtt", true, true},
	{".json", "application/json", false, true},
	{".webmanifest", "application/manifest+json", false, true},
	{".svg", "image/svg+xml", false, true},
	{".png", "image/png", false, false},
	{".jpg", "image/jpeg", false, false},
	{".jpeg", "image/jpeg", false, false},
	{".gif", "image/gif", false, false},
	{".webp", "image/webp", false, false},
	{".avif", "image/avif", false, false},
	{".ico", "image/x-icon", false, false},
	{".woff2", "font/woff2", false, false},
	{".pdf", "application/pdf", false, false},
	{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false, false},
	{".mp3", "audio/mpeg", false, false},
	{".mp4", "video/mp4", false, false},
	{".wasm", "application/wasm", false, false},
	{".bin", unknownType, false, false},
}

const unknownType = "application/octet-stream"

// ContentType returns the content type of a file of the site, by its name.
func ContentType(file string) string {
	if t, known := typeOf(file); known {
		return t.String()
	}
	return unknownType
}

func typeOf(file string) (fileType, bool) {
	ending := strings.ToLower(path.Ext(file))
	for _, t := range types {
		if t.Ending == ending {
			return t, true
		}
	}
	return fileType{}, false
}
