package catalog

import (
	"fmt"
	"strings"
	"testing"

	"lienhiep/internal/diag"
)

// film is the least that an MP4 file may be.
const film = "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"

// aPicture is a picture of one pixel.
const aPicture = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

const subtitles = "1\n00:00:01,000 --> 00:00:02,000\nXin chào\n"

// TestFilms finds a film with what lies beside it, and tells of what it lacks.
func TestFilms(t *testing.T) {
	for _, test := range []struct {
		body  string
		files map[string]string
		want  string // poster, subtitles, then what is told
	}{
		{"![Lễ](le.mp4)", map[string]string{"le.mp4": film, "le.gif": aPicture, "le.srt": subtitles}, "le.gif vi=le.vtt"},
		{"![Lễ](Lễ.mp4)", map[string]string{"Lễ.mp4": film, "lễ.GIF": aPicture, "LỄ.en.VTT": "WEBVTT\n\n" + subtitles, "Lễ.srt": subtitles}, "lễ.GIF vi=le.vtt en=le-en.vtt"},
		{"![Lễ](le.mp4)", map[string]string{"le.mp4": film, "le-2.gif": aPicture, "le-2.srt": subtitles}, " film-poster film-subtitles unlinked-file"},
		{"![Lễ](le.mp4), ![lại](le.mp4)", map[string]string{"le.mp4": film}, " film-poster film-subtitles"},
		{"![](le.mp4)", map[string]string{"le.mp4": film, "le.gif": aPicture, "le.srt": subtitles}, "le.gif vi=le.vtt film-title"},
		{"![Lễ](le.mp4)", map[string]string{"le.mp4": film, "le.gif": "x", "le.srt": "x"}, " attachment-refused film-poster film-subtitles image-broken"},
		{"![Lễ](phim/le.mp4)", map[string]string{"phim/le.mp4": film, "phim/le.srt": subtitles}, " vi=le.vtt film-poster"},
		{"![Lời](le.mp3)", map[string]string{"le.mp3": "\xff\xfb\x90\x64tiếng", "le.srt": subtitles}, " vi=le.vtt"},
		{"![Lời](le.mp4)", nil, "- attachment-missing"},
		{"![Lời](le.mov)", map[string]string{"le.mov": "\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "}, "- attachment-refused"},
		{"[Lễ](le.mp4)", map[string]string{"le.mp4": film}, ""},
		{"![Lễ](https://youtu.be/abc)", nil, "YouTube youtu.be"},
		{"![Lễ](https://www.facebook.com/watch/?v=1&amp;a=2)", nil, "Facebook www.facebook.com"},
		{"![Lễ](https://vtv.example/a)", nil, " vtv.example film-address"},
		{"![Lễ](https://vtv.example/a.jpg?b=c)", nil, "image-elsewhere"},
		{"![Lễ](data:image/png;base64,AAAA)", nil, "image-elsewhere"},
		{"![](https://youtu.be/abc)", nil, "YouTube youtu.be film-title"},
		{"![youtube.com](https://khac.example/a)", nil, " khac.example film-address link-other-host"},
		{"![a](https://a@youtube.com/a)", nil, "YouTube youtube.com link-user-info"},
	} {
		files := map[string][]byte{}
		for name, data := range test.files {
			files[name] = []byte(data)
		}
		c, findings := offering(t, sourced, test.body+"\n", files)
		var got []string
		if films := c.Entries()[0].Films; len(films) > 0 {
			f := films[0]
			switch {
			case f.Address != "":
				got = append(got, f.Platform, f.Host)
			case f.File == nil:
				got = append(got, "-")
			default:
				got = append(got, f.Poster)
				for _, track := range f.Tracks {
					got = append(got, fmt.Sprintf("%s=%s", track.Lang, track.File.Name()))
				}
			}
		}
		for _, f := range findings {
			got = append(got, f.Code)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s: %q, want %q\n%s", test.body, got, test.want, print(findings))
		}
	}
}

// TestFilmsThatBrowsersDoNotPlay are told of.
func TestFilmsThatBrowsersDoNotPlay(t *testing.T) {
	stsd := "\x00\x00\x00\x18stsd\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x08hev1"
	data := film + "\x00\x00\x00\x20moov" + stsd
	_, findings := offering(t, sourced, "![Lễ](le.mp4)\n", map[string][]byte{"le.mp4": []byte(data)})
	if !strings.Contains(codes(findings), "film-code") || diag.HasErrors(findings) {
		t.Error(print(findings))
	}
}
