package text

import "unicode"

// Leftward reports whether a letter is written from right to left, as those of
// Hebrew and Arabic are and of the scripts that Unicode puts beside them.
func Leftward(r rune) bool {
	return (r >= 0x590 && r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfeff ||
		r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff) && unicode.IsLetter(r)
}
