package paint

import "unicode/utf8"

// agreed reports whether all terminals give a grapheme of w cells the same
// width, and the most cells that one may give it.
//
// They agree on ASCII, on single letters of the scripts that are written letter
// by letter, and on CJK. They do not on emoji (by the version of Unicode, with
// and without selectors, and the parts of a sequence are often counted one by
// one), combining marks, scripts whose letters are shaped together, and code
// points that are not named below.
//
// Typographic marks, arrows and lines of "ambiguous" width count as agreed at
// one cell. A terminal can be set to draw them in two, and then no column of any
// screen drawn with them is right; to distrust them would make every footer and
// every quoted line cost its whole length.
func agreed(cluster string, w int) (sure bool, most int) {
	if r, n := utf8.DecodeRuneInString(cluster); n == len(cluster) && w == agreedCells(r) {
		return true, w
	}
	for _, r := range cluster {
		if r < 0x300 {
			most++
		} else {
			most += 2
		}
	}
	return false, most
}

// agreedCells returns the cells that every terminal gives a code point, or 0
// when they do not agree or it is not known.
func agreedCells(r rune) int {
	switch {
	case r < 0x20:
		return 0
	case r <= 0x7e,
		r >= 0xa1 && r <= 0x2ff && r != 0xad, // Latin, without the soft hyphen
		r >= 0x370 && r <= 0x482,             // Greek, Cyrillic, without combining marks
		r >= 0x48a && r <= 0x52f,
		r >= 0x2010 && r <= 0x2027, // dashes, quotation marks, bullets
		r >= 0x2030 && r <= 0x205e,
		r >= 0x2070 && r <= 0x209c, // super- and subscripts
		r >= 0x20a0 && r <= 0x20c0, // currencies
		r >= 0x2190 && r <= 0x22ff, // arrows, mathematics
		r >= 0x2500 && r <= 0x25fc, // lines, blocks, shapes
		r == 0x2713, r == 0x2717, r == 0x2718:
		return 1
	case r >= 0x3000 && r <= 0x3029, // punctuation, without combining marks
		r >= 0x3041 && r <= 0x3096, // kana
		r >= 0x309b && r <= 0x30ff,
		r >= 0x3105 && r <= 0x312f,
		r >= 0x3131 && r <= 0x318e,
		r >= 0x3220 && r <= 0x3247,
		r >= 0x3400 && r <= 0x4dbf, // ideographs; the hexagrams between became wide in Unicode 16
		r >= 0x4e00 && r <= 0x9fff,
		r >= 0xac00 && r <= 0xd7a3, // Hangul syllables
		r >= 0xf900 && r <= 0xfaff,
		r >= 0xff01 && r <= 0xff60, // full-width forms
		r >= 0xffe0 && r <= 0xffe6:
		return 2
	}
	return 0
}
