package attach

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

var noCues = &Refusal{
	diag.Text{VI: "trong tệp phụ đề không thấy lời nào có giờ bắt đầu và kết thúc", EN: "it contains no subtitle with a start and an end time"},
	diag.Text{VI: "Xuất lại phụ đề ở dạng WebVTT (.vtt) hoặc SubRip (.srt), chữ UTF-8.", EN: "Export the subtitles again as WebVTT (.vtt) or SubRip (.srt), in UTF-8."}}

// cueTime is when a subtitle is shown, in WebVTT or SubRip.
var cueTime = regexp.MustCompile(`^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})(?:\s|$)`)

// cueMarkup is what stands in subtitles besides words: names of voices, classes, the
// times of single words, styles of SubRip.
var cueMarkup = regexp.MustCompile(`</?[A-Za-z0-9][^<>\n]*>|\{\\[^{}\n]*\}`)

// voice is a subtitle's speaker.
var voice = regexp.MustCompile(`<v(?:\.[^\s<>]*)?\s+([^<>\n]+)>`)

// subtitles reads WebVTT or SubRip, from anybody. What is published is WebVTT made anew:
// times and words, without styles, places on the screen and remarks.
func (f *reading) subtitles(data []byte) error {
	text := toUTF8(data)
	if !utf8.Valid(text) {
		return notUTF8
	}
	text = bytes.ReplaceAll(bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\uFEFF")), []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	var out, words strings.Builder
	out.WriteString("WEBVTT\n")
	before := ""
	for cue := range strings.SplitSeq(string(text), "\n\n") {
		times, said := readCue(cue)
		if times == "" || said == "" {
			continue
		}
		fmt.Fprintf(&out, "\n%s\n%s\n", times, strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(said))
		for line := range strings.Lines(said) {
			if line = strings.TrimSpace(line); line != before { // one that rolls up is said once
				words.WriteString(line + "\n")
				before = line
			}
		}
	}
	if words.Len() == 0 {
		return noCues
	}
	f.clean, f.Words = []byte(out.String()), words.String()
	return nil
}

// readCue reads a subtitle: when it is shown, as WebVTT has it, and its words. times is ""
// for a remark, a style or a heading.
func readCue(cue string) (times, said string) {
	lines := strings.Split(strings.Trim(cue, "\n"), "\n")
	for i, line := range lines[:min(len(lines), 3)] { // a number or a name may stand before it
		m := cueTime.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		var kept []string
		for _, words := range lines[i+1:] {
			words = voice.ReplaceAllString(words, "$1: ")
			words = html.UnescapeString(cueMarkup.ReplaceAllString(words, ""))
			words = strings.Join(strings.Fields(viet.Visible(strings.ToValidUTF8(words, ""))), " ")
			if words != "" {
				kept = append(kept, words)
			}
		}
		return clock(m[1:5]) + " --> " + clock(m[5:9]), strings.Join(kept, "\n")
	}
	return "", ""
}

// clock writes hours, minutes, seconds and thousandths.
func clock(parts []string) string {
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(parts[i]) // digits, or "" for no hours
	}
	return fmt.Sprintf("%02d:%02d:%02d.%s", n[0], n[1], n[2], (parts[3] + "00")[:3])
}
