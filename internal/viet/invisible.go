package viet

// Invisible reports whether a character cannot be seen: marks that turn the
// direction of writing, characters without width, and controls other than the end
// of a line and the tab. None has a place in Vietnamese or English text; all make
// one text look like another.
func Invisible(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t', r == '\f':
		return false
	case r < ' ', r >= 0x7f && r < 0xa0: // controls
	case r == 0xad, r == 0x61c, r == 0x180e, r == 0xfeff: // soft hyphen, Arabic letter mark, spaces without width
	case r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
	case r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe007f: // annotations, tags
	default:
		return false
	}
	return true
}
