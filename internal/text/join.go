package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	zwnj = 0x200c
	zwj  = 0x200d

	// maxMarks bounds the combining marks on one character: Vietnamese needs
	// two, pointed Hebrew and Tibetan five; more is drawn over the lines above.
	maxMarks = 8

	// maxJoined bounds the joiners in one emoji: the longest that is drawn as
	// one (a kiss, with two skin tones) has three.
	maxJoined = 3
)

// join is the second half of cleaning: it looks at the characters whose
// neighbours decide whether they stay.
func join(s string) string {
	for _, r := range s {
		if r >= 0x300 && (isJoiner(r) || isVariation(r) || isMark(r) || noncharacter(r)) {
			var b strings.Builder
			b.Grow(len(s))
			new(joiner).write(&b, s)
			return b.String()
		}
	}
	return s
}

// A joiner carries what [join] must know from one run of text to the next when
// colours stand between them. The zero value is the start of a line.
type joiner struct {
	based bool // a character that a mark can stand on precedes on this line
	marks int  // marks written since that character
	chain int  // joiners written in the emoji at hand
}

// write appends s to b without the joiners, variation selectors and marks that
// have nothing to do where they stand.
func (j *joiner) write(b *strings.Builder, s string) {
	var before, last rune // the last two characters written of this run
	put := func(r rune) {
		b.WriteRune(r)
		before, last = last, r
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case isJoiner(r):
			// Of a run of joiners one stays: in an emoji ZWJ, else the first.
			emoji := r == zwj
			for i < len(s) {
				more, n := utf8.DecodeRuneInString(s[i:])
				if !isJoiner(more) {
					break
				}
				emoji = emoji || more == zwj
				i += n
			}
			next, _ := utf8.DecodeRuneInString(s[i:])
			switch {
			case emoji && joinsEmoji(before, last, next) && j.chain < maxJoined:
				j.chain++
				put(zwj)
			case joinsLetter(last) && joinsLetter(next) && (!isMark(next) || j.marks < maxMarks):
				put(r)
			}
		case isVariation(r):
			if varies(last, r) {
				put(r)
			}
		case isMark(r):
			if j.based && j.marks < maxMarks {
				j.marks++
				put(r)
			}
		default:
			if noncharacter(r) {
				r = utf8.RuneError
			}
			if last != zwj && !isModifier(r) {
				j.chain = 0
			}
			j.marks = 0
			j.based = r != '\n' && r != '\t'
			put(r)
		}
	}
}

func isJoiner(r rune) bool { return r == zwj || r == zwnj }

// isMark reports whether r is drawn over the character before it and has no
// width of its own.
func isMark(r rune) bool {
	return r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me) && !isVariation(r)
}

// isVariation reports whether r is a variation selector.
func isVariation(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef
}

// varies reports whether the variation selector v has a meaning behind last.
func varies(last, v rune) bool {
	switch {
	case v == 0xfe0e, v == 0xfe0f:
		return isEmoji(last) || last >= '0' && last <= '9' || last == '#' || last == '*'
	case v >= 0xe0100:
		return unicode.Is(unicode.Han, last)
	default:
		return unicode.IsLetter(last) || unicode.IsSymbol(last)
	}
}

// isModifier reports whether r is a skin tone.
func isModifier(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

// isEmoji reports whether r may be drawn as an emoji; it is generous in the
// blocks that hold little else.
func isEmoji(r rune) bool {
	switch {
	case r >= 0x1f000 && r <= 0x1faff:
		return !isModifier(r) && (r < 0x1f1e6 || r > 0x1f1ff) // flags have no joiners
	case r >= 0x2600 && r <= 0x27bf, r >= 0x2190 && r <= 0x21ff, r >= 0x2300 && r <= 0x23ff,
		r >= 0x25a0 && r <= 0x25ff, r >= 0x2b00 && r <= 0x2bff, r == 0x2934, r == 0x2935:
		return true
	}
	switch r {
	case 0xa9, 0xae, 0x203c, 0x2049, 0x2122, 0x2139, 0x24c2, 0x3030, 0x303d, 0x3297, 0x3299:
		return true
	}
	return false
}

// joinsEmoji reports whether a ZWJ between last (with before in front of it)
// and next makes one emoji of them.
func joinsEmoji(before, last, next rune) bool {
	return isEmoji(next) && (isEmoji(last) ||
		isModifier(last) && isEmoji(before) ||
		last == 0xfe0f && isEmoji(before))
}

// joinsLetter reports whether r is a letter or mark of a script in which
// joiners change how letters are drawn.
func joinsLetter(r rune) bool {
	return r >= 0x600 && unicode.In(r, unicode.L, unicode.M) && unicode.In(r,
		unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
		unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
		unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
}
