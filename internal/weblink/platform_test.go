package weblink_test

import (
	"testing"

	"lienhiep/internal/weblink"
)

func TestPlatform(t *testing.T) {
	for link, want := range map[string][2]string{
		"https://www.youtube.com/watch?v=abc": {"www.youtube.com", "YouTube"},
		"https://youtu.be/abc":                {"youtu.be", "YouTube"},
		"https://m.facebook.com/watch/?v=1":   {"m.facebook.com", "Facebook"},
		"https://fb.watch/abc/":               {"fb.watch", "Facebook"},
		"https://vimeo.com/1":                 {"vimeo.com", "Vimeo"},
		"https://video.zalo.me/abc":           {"video.zalo.me", "Zalo"},
		"https://vt.tiktok.com/abc/":          {"vt.tiktok.com", "TikTok"},
		"https://youtube.com.example.org/a":   {"youtube.com.example.org", ""},
		"https://vtv.vn/a.htm":                {"vtv.vn", ""},
		"/tin-tuc/":                           {"", ""},
	} {
		if host, name := weblink.Platform(link); host != want[0] || name != want[1] {
			t.Errorf("%s: %q, %q", link, host, name)
		}
	}
}

func TestWatched(t *testing.T) {
	for code, want := range map[string]string{
		`<iframe width="560" src="https://www.youtube.com/embed/dQw4w9WgXcQ?si=x" allowfullscreen></iframe>`:                                               "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
		`<iframe src='//www.youtube-nocookie.com/embed/dQw4w9WgXcQ'>`:                                                                                      "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
		`<iframe src=https://player.vimeo.com/video/123?h=a&amp;b=1>`:                                                                                      "https://vimeo.com/123",
		`<iframe src="https://www.facebook.com/plugins/video.php?height=3&href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fvideos%2F1%2F&show_text=0">`:           "https://www.facebook.com/a/videos/1/",
		`<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@a/video/1" data-video-id="1"><script async src="https://www.tiktok.com/embed.js">`: "https://www.tiktok.com/@a/video/1",
		`<div class="fb-video" data-href="https://www.facebook.com/a/videos/1/">`:                                                                          "https://www.facebook.com/a/videos/1/",
		`<iframe src="https://www.google.com/maps/embed?pb=1">`:                                                                                            "https://www.google.com/maps/embed?pb=1",
		`<iframe src="javascript:alert(1)">`:                                                                                                               "",
		`<script>alert(1)</script>`:                                                                                                                        "",
		`[video src="https://a.example/b.mp4"]`:                                                                                                            "https://a.example/b.mp4",
	} {
		if got := weblink.Watched(code); got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
}
