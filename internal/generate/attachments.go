package generate

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/afero"

	"lienhiep/internal/attach"
	"lienhiep/internal/catalog"
)

// attachmentsFolder holds the files that readers download, at their addresses, which
// Hugo mounts onto static/.
const attachmentsFolder = "attachments"

// Attachments writes the files that entries on the site offer as they may be published:
// without their authors' names (see package attach). The editor's own are not touched.
func Attachments(content fs.FS, fsys afero.Fs, c *catalog.Catalog) error {
	want := files{}
	for _, e := range c.Entries() {
		if !e.Published() {
			continue
		}
		for _, a := range e.Attachments {
			name := attachmentsFolder + a.URL
			data, err := fs.ReadFile(content, a.File)
			if err != nil {
				return fmt.Errorf("reading %s: %w", a.File, err)
			}
			_, clean, err := attach.Read(path.Base(a.File), data)
			if err != nil {
				return fmt.Errorf("cleaning %s: %w", a.File, err)
			}
			if _, err := write(fsys, name, clean); err != nil {
				return err
			}
			want[name] = []byte{}
		}
	}
	if err := fsys.MkdirAll(attachmentsFolder, 0o777); err != nil { // Hugo wants it there
		return fmt.Errorf("making a folder for files: %w", err)
	}
	_, err := removeStale(fsys, attachmentsFolder, want)
	if err != nil {
		return err
	}
	return fsys.MkdirAll(attachmentsFolder, 0o777)
}

// fileData is a file for download, as templates show it.
type fileData struct {
	URL    string `json:"url"`
	Title  string `json:"title"`
	Number string `json:"number"`
	Date   string `json:"date"` // of the document, as a day
	Kind   string `json:"kind"` // "PDF"
	Media  string `json:"media"`
	Bytes  int    `json:"bytes"`
	Size   string `json:"size"`   // "1,2 MB"
	Pages  int    `json:"pages"`  // 0 where that is not known
	Unit   string `json:"unit"`   // "pages", "slides" or "sheets"
	Length string `json:"length"` // of a film: "3 phút 20 giây", "" where that is not known
	Listed bool   `json:"listed"`
	Words  string `json:"words"` // address of the page of its words, "" without any
}

// entryFiles are the files of an entry, and where the links of its text lead.
type entryFiles struct {
	Files []fileData          `json:"files"` // but for subtitles, which are of no use without their film
	Links map[string]linkData `json:"links"` // by the link as it is written
	Films map[string]filmData `json:"films"` // so too
}

// filmData is a film that a text shows: one of the site's own files, or one elsewhere.
type filmData struct {
	Name     string      `json:"name"` // as the text has it
	File     *fileData   `json:"file,omitempty"`
	Sound    bool        `json:"sound"` // a recording without pictures
	Poster   string      `json:"poster"`
	Width    int         `json:"width"` // in pixels, 0 where that is not known
	Height   int         `json:"height"`
	Duration string      `json:"duration"` // "PT3M20S"
	Tracks   []trackData `json:"tracks"`

	Address  string `json:"address"`
	Host     string `json:"host"`
	Platform string `json:"platform"`
}

type trackData struct {
	Lang string   `json:"lang"`
	File fileData `json:"file"`
}

type linkData struct {
	URL  string   `json:"url"` // with the place in the file
	File fileData `json:"file"`
}

// wordsSection is where the pages of files' words lie in the generated content.
const wordsSection = "tep-dinh-kem"

// mostWords bounds a page of words: a longer file is searched by its beginning.
const mostWords = 300_000

// attachments writes what templates must know of files, and a page of the words of
// each, which the search finds.
func (g *generator) attachments() {
	all := map[string]entryFiles{}
	wanted := false
	for _, e := range g.Entries() {
		if !e.Published() {
			continue
		}
		one := entryFiles{Files: []fileData{}, Links: map[string]linkData{}, Films: map[string]filmData{}}
		for _, a := range e.Attachments {
			f := fileOf(a, e.Lang)
			if film := filmWith(e, a); film != "" {
				f.Title = film
			}
			if a.Facts.Kind != attach.Subtitles {
				one.Files = append(one.Files, f)
			}
			if f.Words != "" {
				g.words(e, a, f)
				wanted = true
			}
		}
		for _, link := range e.FileLinks() {
			if a, url := g.FileOf(e, link); a != nil {
				one.Links[link] = linkData{relative(url), fileOf(a, e.Lang)}
			}
		}
		for _, f := range e.Films {
			if f.Address != "" || f.File != nil {
				one.Films[f.Destination] = filmOf(f, e.Lang)
			}
		}
		if len(one.Files)+len(one.Links)+len(one.Films) > 0 {
			all[strings.TrimPrefix(e.File, "content/")] = one
		}
	}
	g.out.data("attachments.json", all)
	if wanted {
		never := map[string]any{"title": "", "build": map[string]any{"render": "never", "list": "never"}}
		g.page(wordsSection+"/_index.md", never)
		g.page(wordsSection+"/_index.en.md", never)
	}
}

// filmWith is the name of the film that a file is the subtitles of, "" for another.
func filmWith(e *catalog.Entry, a *catalog.Attachment) string {
	for _, f := range e.Films {
		for _, t := range f.Tracks {
			if t.File == a {
				return f.Name
			}
		}
	}
	return ""
}

func filmOf(f *catalog.Film, lang string) filmData {
	one := filmData{Name: f.Name, Address: f.Address, Host: f.Host, Platform: f.Platform, Poster: f.Poster, Tracks: []trackData{}}
	if f.File == nil {
		return one
	}
	facts := f.File.Facts
	file := fileOf(f.File, lang)
	one.File, one.Sound, one.Width, one.Height = &file, facts.Kind == attach.MP3, facts.Width, facts.Height
	if facts.Seconds > 0 {
		one.Duration = fmt.Sprintf("PT%dM%dS", facts.Seconds/60, facts.Seconds%60)
	}
	for _, t := range f.Tracks {
		one.Tracks = append(one.Tracks, trackData{t.Lang, fileOf(t.File, lang)})
	}
	return one
}

func fileOf(a *catalog.Attachment, lang string) fileData {
	f := fileData{URL: relative(a.URL), Kind: string(a.Facts.Kind), Media: a.Facts.Kind.MediaType(), Bytes: a.Facts.Size,
		Size: sizeWords(a.Facts.Size, lang), Pages: a.Facts.Pages, Unit: "pages", Length: lengthWords(a.Facts.Seconds, lang)}
	switch a.Facts.Kind {
	case attach.PowerPoint:
		f.Unit = "slides"
	case attach.Excel, attach.ODS:
		f.Unit = "sheets"
	}
	f.Title = a.Facts.Title
	if d := a.Listed; d != nil {
		f.Listed, f.Title, f.Number = true, d.Title, d.Number
		if d.Date.Known() {
			f.Date = d.Date.Format(time.DateOnly)
		}
	}
	if f.Title == "" {
		name := path.Base(a.File)
		f.Title = strings.TrimSuffix(name, path.Ext(name))
	}
	if a.Facts.Words != "" {
		f.Words = relative(strings.TrimSuffix(a.URL, path.Ext(a.URL)) + "-" + strings.TrimPrefix(path.Ext(a.URL), ".") + "/")
	}
	return f
}

// sizeWords says how large a file is, as people read numbers in the language.
func sizeWords(bytes int, lang string) string {
	words := strconv.Itoa(max(1, (bytes+512)/1024)) + " KB"
	if bytes >= 1_000_000 {
		words = strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64) + " MB"
	}
	if lang == "vi" {
		words = strings.Replace(words, ".", ",", 1)
	}
	return words
}

// lengthWords says how long a film is, "" where that is not known.
func lengthWords(seconds int, lang string) string {
	minute, second := "phút", "giây"
	if lang != "vi" {
		minute, second = "min", "s"
	}
	switch minutes, rest := seconds/60, seconds%60; {
	case seconds == 0:
		return ""
	case minutes == 0:
		return fmt.Sprintf("%d %s", rest, second)
	case rest == 0:
		return fmt.Sprintf("%d %s", minutes, minute)
	default:
		return fmt.Sprintf("%d %s %d %s", minutes, minute, rest, second)
	}
}

// words writes the page of a file's words.
func (g *generator) words(e *catalog.Entry, a *catalog.Attachment, f fileData) {
	ending := ".md"
	if e.Lang != "vi" {
		ending = "." + e.Lang + ".md"
	}
	words := a.Facts.Words
	if len(words) > mostWords {
		words = words[:strings.LastIndexByte(words[:mostWords], '\n')+1]
	}
	name := strings.ReplaceAll(strings.Trim(f.Words, "/"), "/", "-")
	about := fmt.Sprintf("Lời trong tệp %s, đính kèm “%s”.", path.Base(f.URL), e.Title)
	if a.Facts.Kind == attach.Subtitles {
		about = fmt.Sprintf("Lời trong phim “%s” của bài “%s”.", f.Title, e.Title)
	}
	front := map[string]any{
		"title": fmt.Sprintf("%s (%s) – %s", f.Title, path.Base(f.URL), e.Title), "name": f.Title, "type": wordsSection, "url": "/" + f.Words,
		"file": f, "words": strings.Split(strings.TrimSpace(words), "\n"),
		"entry":       map[string]string{"path": e.Path},
		"build":       map[string]any{"list": "never"},
		"description": about,
		"sitemap":     map[string]any{"disable": true},
	}
	if e.Date.Known() {
		front["date"] = e.Date.Format(time.RFC3339)
	}
	g.page(wordsSection+"/"+name+ending, front)
}
