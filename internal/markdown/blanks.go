package markdown

import "regexp"

// linkWithBlanks is a link or picture whose address is a file's name with blanks in it,
// and perhaps a title behind it. The pattern is that of layouts/_partials/content.html,
// which reads it as people mean it.
var linkWithBlanks = regexp.MustCompile(`(?i)(\]\()([^()<>\[\]"/:\s][^()<>\[\]"/:\n]*(?:\([^()<>\[\]"/:\n]*\)[^()<>\[\]"/:\n]*)*\.(?:jpe?g|png|gif|webp|heic|heif|pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|txt|zip|mp3|mp4))( +"[^"\n]*")?\)`)

// IsLinkWithBlanks reports whether a link, from its first bracket to its end, is one.
func IsLinkWithBlanks(link []byte) bool { return linkWithBlanks.Match(link) }
