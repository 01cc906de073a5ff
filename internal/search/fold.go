package search

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A class says what a character is to a word.
type class uint8

const (
	gap    class = iota // ends a word
	letter              // is part of one
	wide                // of a script that puts no blanks between words: pairs are words
	silent              // is part of a word and makes no difference to it
)

// folds are class and folded form of the characters below foldEnd, which are
// most of what alphabets have.
type folds struct {
	class  [foldEnd]class
	folded [foldEnd]string
}

const foldEnd = 0x700

// table is computed once, when the first word is folded; nobody changes it.
var table = sync.OnceValue(func() *folds {
	t := new(folds)
	for r := range rune(foldEnd) {
		t.class[r] = classOf(r)
		t.folded[r] = foldOf(r)
	}
	return t
})

// lookup is the class of r, and what stands for it in a folded word: small
// letters without accents, in a form of one kind ("ß" is "ss", "Ａ" is "a").
func (t *folds) lookup(r rune) (class, string) {
	if r >= 0 && r < foldEnd {
		return t.class[r], t.folded[r]
	}
	if isPlainWide(r) {
		return wide, ""
	}
	c := classOf(r)
	if c == wide && r < 0xf900 {
		return c, ""
	}
	return c, foldOf(r)
}

// isPlainWide reports whether r is one of most characters of Chinese, Korean and Hiragana: wide, and standing for themselves.
func isPlainWide(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3 || r >= 0x3041 && r <= 0x3096
}

// appendFolded appends what stands for a character, of which lookup gave class
// and form: a wide one without a form stands for itself.
func appendFolded(dst []byte, char, folded string, c class) []byte {
	if folded == "" && c == wide {
		return append(dst, char...)
	}
	return append(dst, folded...)
}

func classOf(r rune) class {
	switch {
	case r == 0x200c, r == 0x200d, r == 0x640, r == 0xad: // joiners, the Arabic stretch, the soft hyphen
		return silent
	case r >= 0x2000 && r <= 0x206f, r >= 0x2190 && r <= 0x23ff, r >= 0x2500 && r <= 0x27bf: // dashes, quotes, arrows, lines
		return gap
	case isStripped(r):
		return silent
	case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r), r >= 0xfe00 && r <= 0xfe0f:
		return gap
	case isUnspaced(r):
		return wide
	}
	return letter
}

// isStripped reports whether r is a mark that a reader may leave out: accents,
// the points of Hebrew and Arabic. In the scripts of India a mark is a vowel.
func isStripped(r rune) bool {
	return r >= 0x300 && unicode.Is(unicode.Mn, r) && unicode.In(r, unicode.Inherited, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew)
}

// isUnspaced reports whether r is of a script without blanks between words, or,
// as in Korean, with words that change at their ends.
func isUnspaced(r rune) bool {
	switch {
	case r < 0xe00:
		return false
	case r < 0xf00, // Thai, Lao
		r >= 0x1000 && r < 0x10a0, // Burmese
		r >= 0x1100 && r < 0x1200, // Hangul letters
		r >= 0x1780 && r < 0x1800: // Khmer
		return true
	}
	return r >= 0x2e80 && r < 0xa4d0 || r >= 0xa960 && r < 0xa980 || r >= 0xac00 && r < 0xd800 ||
		r >= 0xf900 && r < 0xfb00 || r >= 0xff66 && r < 0xffa0 || r >= 0x20000 && r < 0x40000
}

// foldOf computes the folded form of r.
func foldOf(r rune) string {
	if classOf(r) == silent {
		return ""
	}
	r = unicode.ToLower(r)
	if r < utf8.RuneSelf {
		return string(r)
	}
	if s := spelled(r); s != "" {
		return s
	}
	if r >= 0xac00 && r <= 0xd7a3 {
		return string(r)
	}
	parts := norm.NFKD.String(string(r))
	base, _ := utf8.DecodeRuneInString(parts)
	if unicode.In(base, unicode.Hiragana, unicode.Katakana) {
		return norm.NFKC.String(parts) // one with a mark is a letter of its own
	}
	return strings.Map(func(r rune) rune {
		if isStripped(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, parts)
}

// spelled is how letters that no decomposition takes apart are written by those
// who do not have them; or "".
func spelled(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ħ':
		return "h"
	case 'ł':
		return "l"
	case 'ı':
		return "i"
	case 'þ':
		return "th"
	case 'ŧ':
		return "t"
	case 'ŋ':
		return "n"
	case 'ς':
		return "σ"
	case 'ى', 'ی': // Arabic without dots, Persian
		return "ي"
	case 'ک':
		return "ك"
	case 'ة':
		return "ه"
	}
	return ""
}

// fold brings a whole string into the form in which parts of strings are
// compared: that of its words, and of what stands between them.
func fold(s string) string {
	t := table()
	s = composed(s)
	var b []byte
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		c, folded := t.lookup(r)
		b = appendFolded(b, s[i:i+n], folded, c)
		i += n
	}
	return string(b)
}

// composed is s with letters and their marks in one character, where there is
// such a one. That of clean text mostly is s itself.
func composed(s string) string {
	if norm.NFC.IsNormalString(s) {
		return s
	}
	return norm.NFC.String(s)
}
