package weblink

import (
	"html"
	"net/url"
	"regexp"
	"strings"
)

// platforms are the names of places where films are published, by their sites.
var platforms = map[string]string{
	"youtube.com": "YouTube", "youtube-nocookie.com": "YouTube", "vimeo.com": "Vimeo", "facebook.com": "Facebook", "zalo.me": "Zalo", "zalo.vn": "Zalo",
	"tiktok.com": "TikTok", "dailymotion.com": "Dailymotion", "instagram.com": "Instagram", "soundcloud.com": "SoundCloud", "spotify.com": "Spotify",
}

// Platform returns the host that a link leads to, as people read it, and the name of the
// platform for films that this is, "" for any other site.
func Platform(link string) (host, name string) {
	a, outside := parse(link)
	if !outside || len(a.hosts) == 0 {
		return "", ""
	}
	return a.hosts[0].unicode, platforms[site(a.hosts[0].ascii)]
}

// embedded are the addresses by which platforms let pages embed a film, and those at which
// it is watched.
var embedded = []struct {
	from *regexp.Regexp
	to   string
}{
	{regexp.MustCompile(`(?i)^(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{6,})(?:[?&#].*)?$`), "https://www.youtube.com/watch?v=$1"},
	{regexp.MustCompile(`(?i)^(?:https?:)?//player\.vimeo\.com/video/(\d+)(?:[?&#].*)?$`), "https://vimeo.com/$1"},
	{regexp.MustCompile(`(?i)^(?:https?:)?//(?:www\.)?dailymotion\.com/embed/video/(\w+)(?:[?&#].*)?$`), "https://www.dailymotion.com/video/$1"},
	{regexp.MustCompile(`(?i)^(?:https?:)?//(?:www\.)?tiktok\.com/(?:embed|player)/(?:v\d/)?(\d+)(?:[?&#].*)?$`), "https://www.tiktok.com/@_/video/$1"},
	{regexp.MustCompile(`(?i)^(?:https?:)?//(?:www\.)?(instagram\.com/(?:p|reel)/[\w-]+/)embed.*$`), "https://www.$1"},
}

// addressInCode matches what a piece of code to embed says of where the film is.
var addressInCode = regexp.MustCompile(`(?i)\b(?:cite|data-href|data-instgrm-permalink|data-src|src|href|url)\s*=\s*["'“”]?((?:https?:)?//[^\s"'“”<>\]]+)`)

// Watched returns the address at which readers watch what a piece of code embeds, "" where
// it names none.
func Watched(code string) string {
	m := addressInCode.FindStringSubmatch(code)
	if m == nil {
		return ""
	}
	link := html.UnescapeString(m[1])
	if u, err := url.Parse(link); err == nil && strings.HasSuffix(u.Hostname(), "facebook.com") && strings.HasPrefix(u.Path, "/plugins/") {
		if to := u.Query().Get("href"); to != "" {
			link = to
		}
	}
	for _, e := range embedded {
		if e.from.MatchString(link) {
			return e.from.ReplaceAllString(link, e.to)
		}
	}
	if strings.HasPrefix(link, "//") {
		link = "https:" + link
	}
	if !IsWeb(link) {
		return ""
	}
	return link
}
