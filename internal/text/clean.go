package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes a text of many lines safe to show and to parse. Clean(Clean(s))
// == Clean(s), and the text keeps its number of lines (CRLF, CR and LF each
// end one):
//
//   - CRLF and CR become LF; tabs and LF stay;
//   - other controls (C0, DEL, C1) are dropped, escape sequences as a whole;
//   - invalid UTF-8 and noncharacters become U+FFFD, one for each run of bad bytes;
//   - embeddings, overrides, isolates and tag characters are shown: <U+202E>;
//   - other invisible characters are dropped; a joiner stays inside an emoji
//     and between letters of a script that joins, a variation selector behind
//     what it varies;
//   - marks without a letter before them, and more than eight on one, are dropped.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if n := plainRun(s[i:]); n > 0 {
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		if s[i] == '\r' {
			if i+1 == len(s) || s[i+1] != '\n' {
				b.WriteByte('\n')
			}
			i++
			continue
		}
		if introduces(s, i) {
			n, _, _, _ := sequence(s[i:])
			i += n
			continue
		}
		r, n := first(s[i:])
		i += n
		switch fate(r) {
		case kept:
			b.WriteRune(r)
		case blank:
			b.WriteByte(' ')
		case shown:
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return join(b.String())
}

// plain reports whether s is printable ASCII, tabs and newlines only.
func plain(s string) bool { return plainRun(s) == len(s) }

// plainRun is how many bytes at the start of s are.
func plainRun(s string) int {
	for i := range len(s) {
		if c := s[i]; (c < 0x20 || c >= 0x7f) && c != '\n' && c != '\t' {
			return i
		}
	}
	return len(s)
}

// first is the character at the start of s, and the bytes it takes: a whole run
// of bytes that are not UTF-8 is one U+FFFD.
func first(s string) (r rune, n int) {
	r, n = utf8.DecodeRuneInString(s)
	if r != utf8.RuneError || n != 1 {
		return r, n
	}
	for n < len(s) {
		if next, size := utf8.DecodeRuneInString(s[n:]); next != utf8.RuneError || size != 1 {
			break
		}
		n++
	}
	return r, n
}

// What becomes of a character.
type outcome int

const (
	kept    outcome = iota
	dropped         // it does nothing that a reader would see
	blank           // it is white space of a kind that terminals do not know
	shown           // it would reorder or hide text, so the reader sees its number
)

// fate says what becomes of r, a character that starts no escape sequence.
// Joiners, variation selectors and marks are kept here: what they stand beside
// decides, and [join] looks at that.
func fate(r rune) outcome {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return dropped
	case r < 0xad:
		return kept
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return shown // embeddings, overrides, isolates
	case r >= 0xe0000 && r <= 0xe0fff && !isVariation(r):
		return shown // tags: a whole second alphabet that nobody sees
	case r == 0x2028, r == 0x2029:
		return blank // line and paragraph separator
	case isJoiner(r):
		return kept
	case unicode.Is(unicode.Cf, r):
		if visibleFormat(r) {
			return kept
		}
		return dropped
	}
	switch r {
	case 0x034f, // combining grapheme joiner
		0x115f, 0x1160, 0x3164, 0xffa0, // Hangul fillers
		0x17b4, 0x17b5, // Khmer inherent vowels
		0x180b, 0x180c, 0x180d, 0x180f, // Mongolian variation selectors
		0x2065, 0xfff0, 0xfff1, 0xfff2, 0xfff3, 0xfff4, 0xfff5, 0xfff6, 0xfff7, 0xfff8: // unassigned, invisible by default
		return dropped
	}
	return kept
}

// visibleFormat reports whether r is a format character that is drawn: the
// Arabic, Syriac and Kaithi number and verse signs.
func visibleFormat(r rune) bool {
	return r >= 0x0600 && r <= 0x0605 || r == 0x06dd || r == 0x070f ||
		r == 0x0890 || r == 0x0891 || r == 0x08e2 || r == 0x110bd || r == 0x110cd
}

// noncharacter reports whether r is a code point that is no character and
// never will be.
func noncharacter(r rune) bool {
	return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
}
