package blog

import (
	"unicode"
	"unicode/utf8"
)

// countWords counts the words of a text; of Chinese and Japanese, which have no
// spaces, two characters count as one. A word ends at white space, or with one
// of those.
func countWords(s string) int {
	// Every byte of a library passes here: ASCII goes without a branch for each.
	var letters, spaces [utf8.RuneSelf]byte
	for c := range byte(utf8.RuneSelf) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', isDigit(c):
			letters[c] = 1
		case c == ' ', c == '\n', c == '\t':
			spaces[c] = 1
		}
	}
	words, wide := 0, 0
	inWord := byte(0)
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			words += int(letters[c] &^ inWord)
			inWord = (inWord | letters[c]) &^ spaces[c]
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			wide++
			inWord = 0
		case unicode.IsLetter(r), unicode.IsDigit(r):
			words += int(1 &^ inWord)
			inWord = 1
		case unicode.IsSpace(r):
			inWord = 0
		}
	}
	return words + (wide+1)/2
}
