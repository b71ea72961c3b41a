package catalog

import (
	"html"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/attach"
	"lienhiep/internal/diag"
	"lienhiep/internal/photo"
	"lienhiep/internal/weblink"
)

var (
	ruleFilmTitle = diag.NewRule("film-title", diag.Warning,
		diag.Text{VI: "Phim hoặc bản ghi âm “%[1]s” chưa có tên.", EN: "The film or recording “%[1]s” has no name."},
		diag.Text{VI: "Viết tên vào giữa [ và ]: ![Lễ tôn vinh năm 2024](%[1]s).", EN: "Write it between [ and ]: ![The ceremony of 2024](%[1]s)."})
	ruleFilmPoster = diag.NewRule("film-poster", diag.Notice,
		diag.Text{VI: "Phim “%[1]s” chưa có ảnh bìa: trước khi bấm xem, người đọc chỉ thấy một khung trống.", EN: "The film “%[1]s” has no poster: until it is played, readers see an empty frame."},
		diag.Text{VI: "Đặt cạnh phim một ảnh cùng tên, ví dụ %[2]s.", EN: "Put a picture of the same name beside it, such as %[2]s."})
	ruleFilmSubtitles = diag.NewRule("film-subtitles", diag.Notice,
		diag.Text{VI: "Phim “%[1]s” chưa có phụ đề: người nghe kém không theo dõi được lời trong phim.", EN: "The film “%[1]s” has no subtitles: people who do not hear well cannot follow it."},
		diag.Text{VI: "Đặt cạnh phim tệp phụ đề cùng tên, ví dụ %[2]s (YouTube, CapCut … xuất được .srt hoặc .vtt). Phim không có lời thì không cần.", EN: "Put subtitles of the same name beside it, such as %[2]s (YouTube, CapCut … export .srt or .vtt). A film without speech needs none."})
	ruleFilmCode = diag.NewRule("film-code", diag.Warning,
		diag.Text{VI: "Phim “%[1]s” mã hóa dạng %[2]s, nhiều trình duyệt không phát được.", EN: "The film “%[1]s” is encoded as %[2]s, which many browsers cannot play."},
		diag.Text{VI: "Xuất lại phim ở dạng MP4 (H.264); ở iPhone: Cài đặt › Camera › Định dạng › Tương thích nhất.", EN: "Export it as MP4 (H.264); on an iPhone: Settings › Camera › Formats › Most Compatible."})
	ruleFilmAddress = diag.NewRule("film-address", diag.Notice,
		diag.Text{VI: "“%[1]s” hiện thành một thẻ dẫn tới %[2]s, không thành ảnh.", EN: "“%[1]s” is shown as a card that leads to %[2]s, not as a picture."},
		diag.Text{VI: "Nếu là phim thì không phải làm gì. Nếu là ảnh thì chép ảnh vào thư mục của bài và ghi tên tệp.", EN: "Nothing is needed if it is a film. If it is a picture, copy it into the entry's folder and give its name."})
)

// Film is a film or a recording that an entry's text shows, written as a picture is.
type Film struct {
	Destination string // as it is written
	Name        string // "" without one
	// One beside the entry: its file, with a picture and subtitles of the same name.
	File   *Attachment
	Poster string // "le-ton-vinh.jpg", "" without one
	Tracks []Track
	// One elsewhere.
	Address        string
	Host, Platform string // "www.youtube.com", "YouTube"; the latter "" where it has no name

	pos diag.Pos
}

// Track is a film's subtitles in one language.
type Track struct {
	Lang string // "vi"
	File *Attachment
}

// filmEndings are those of films and recordings, of those too that are not published.
var filmEndings = []string{".mp4", ".mp3", ".m4v", ".mov", ".avi", ".mkv", ".wmv", ".webm", ".m4a", ".wav", ".3gp"}

// filmOf returns the film that is written like a picture; nil for a picture.
func filmOf(destination, name string, pos diag.Pos) *Film {
	f := &Film{Destination: destination, Name: strings.TrimSpace(name), pos: pos}
	address := html.UnescapeString(destination)
	if weblink.IsWeb(address) {
		file, _, _ := strings.Cut(address, "?")
		f.Address = address
		f.Host, f.Platform = weblink.Platform(address)
		if photo.Named(file) != "" || f.Host == "" {
			return nil
		}
		return f
	}
	if file, _ := pathOf(destination); slices.Contains(filmEndings, strings.ToLower(path.Ext(file))) {
		return f
	}
	return nil
}

// films reads the films that an entry's text shows, with what lies beside them.
func (a *attachments) films() {
	told := map[*Attachment]bool{}
	for _, f := range a.entry.Films {
		if f.Name == "" {
			a.report(ruleFilmTitle.At(f.pos, f.Destination))
		}
		if f.Address != "" {
			if f.Platform == "" {
				a.report(ruleFilmAddress.At(f.pos, diag.FirstLine(f.Address), f.Host))
			}
			continue
		}
		name, _ := pathOf(f.Destination)
		f.File = a.add(name, f.pos)
		if f.File == nil {
			continue
		}
		a.beside(f)
		if f.File.Facts.Kind == attach.MP4 && !told[f.File] {
			a.complete(f)
		}
		told[f.File] = true
	}
}

// beside finds the poster and the subtitles of a film: "le.jpg", "le.srt" and "le.en.vtt"
// for "le.mp4".
func (a *attachments) beside(f *Film) {
	dir := strings.TrimPrefix(path.Dir(f.File.File), path.Dir(a.entry.File))
	stem := norm.NFC.String(strings.TrimSuffix(path.Base(f.File.File), path.Ext(f.File.File)))
	for _, name := range filesBeside(a.fsys, f.File.File) {
		rest, ok := cutPrefixFold(norm.NFC.String(name), stem)
		if !ok {
			continue
		}
		ending := strings.ToLower(path.Ext(rest))
		lang := strings.TrimPrefix(strings.ToLower(strings.TrimSuffix(rest, path.Ext(rest))), ".")
		switch {
		case lang == "" && dir == "" && f.Poster == "" && photo.Named(name) != "" && f.File.Facts.Kind == attach.MP4:
			if found := imageFile(a.fsys, a.entry, name, f.pos); found != nil {
				a.findings = append(a.findings, found...)
				continue
			}
			f.Poster = name
		case (ending == ".vtt" || ending == ".srt") && (lang == "" || lang == "vi" || lang == "en"):
			if lang == "" {
				lang = "vi"
			}
			if slices.ContainsFunc(f.Tracks, func(t Track) bool { return t.Lang == lang }) {
				continue
			}
			if file := a.add(path.Join(strings.TrimPrefix(dir, "/"), name), f.pos); file != nil {
				f.Tracks = append(f.Tracks, Track{lang, file})
			}
		}
	}
	slices.SortStableFunc(f.Tracks, func(x, y Track) int { // the page's own language first
		switch a.entry.Lang {
		case x.Lang:
			return -1
		case y.Lang:
			return 1
		}
		return 0
	})
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// complete tells of what a film lacks.
func (a *attachments) complete(f *Film) {
	name := path.Base(f.File.File)
	stem := strings.TrimSuffix(name, path.Ext(name))
	if code := f.File.Facts.Unplayable; code != "" {
		a.report(ruleFilmCode.At(f.pos, name, code))
	}
	if f.Poster == "" {
		a.report(ruleFilmPoster.At(f.pos, name, stem+".jpg"))
	}
	if len(f.Tracks) == 0 {
		a.report(ruleFilmSubtitles.At(f.pos, name, stem+".srt"))
	}
}
