// Package text makes foreign strings safe, and measures them in cells.
//
// Foreign is everything that we did not write into the program: posts, their
// file names and settings, what a client sends, and what a renderer made of a
// post (HTML entities can bring a control character back after the source was
// cleaned). The rules are:
//
//   - a string is cleaned once when it arrives ([Clean], [Line], [Field], after
//     [Decode] for a file) and rendered text once more where it leaves ([Output]);
//   - nothing that a terminal obeys passes, but colours and links in Output;
//   - nothing that hides or reorders text passes unseen: bidirectional controls
//     and tag characters are spelled out, other invisible characters are dropped
//     unless a script or an emoji needs them where they stand;
//   - every function takes any bytes, never panics, and is linear in its input.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Ellipsis stands for what was cut; one cell, three bytes.
const Ellipsis = "…"

// Line makes s safe to show on one line: [Clean], each run of white space one
// space, none at the ends. Line(Line(s)) == Line(s).
func Line(s string) string {
	if s = Clean(s); !spaced(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	// A mark may have stood on a blank that is gone now; at the start of a line
	// it would join whatever is shown to its left.
	return strings.TrimLeftFunc(s, func(r rune) bool {
		return r == ' ' || isMark(r) || isVariation(r)
	})
}

// spaced reports whether the white space of s is single blanks, with none at the ends, as it is of most lines.
func spaced(s string) bool {
	blank := true
	for _, r := range s {
		switch {
		case r == ' ' && blank, r < ' ', r > '~' && unicode.IsSpace(r):
			return false
		}
		blank = r == ' '
	}
	return s == "" || !blank
}

// Field is [Line] cut to at most limit bytes, with "…" for what was cut. It is
// for what a client sent, on its way into a log.
func Field(s string, limit int) string {
	s = Line(s)
	if len(s) <= limit {
		return s
	}
	tail := Ellipsis
	if limit < len(tail) {
		tail = ""
	}
	cut := max(0, limit-len(tail))
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	s = strings.TrimRightFunc(s[:cut], func(r rune) bool {
		return unicode.IsSpace(r) || isJoiner(r)
	})
	return s + tail
}

// Width is the width of s in cells as a terminal that knows grapheme clusters
// shows it. Escape sequences count zero; a tab and a newline do too.
//
// It is [ansi.StringWidth], which takes letter by letter what mostly has no need
// of it: each frame measures some thousand letters and colours.
func Width(s string) int {
	w := 0
	for i := 0; i < len(s); {
		switch {
		case alone(s[i:]):
			w++
			i++
		case whole(s[i:]) && !introduces(s, i):
			cluster, cells := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
			w += cells
			i += len(cluster)
		default:
			n := colour(s[i:])
			if n == 0 {
				return w + ansi.StringWidth(s[i:])
			}
			i += n
		}
	}
	return w
}

// alone reports whether s begins with a character of ASCII that is shown, and that
// nothing behind it joins.
func alone(s string) bool {
	return s[0] >= ' ' && s[0] < 0x7f && (len(s) == 1 || s[1] < utf8.RuneSelf)
}

// whole reports whether s begins with a character beyond ASCII.
func whole(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= utf8.RuneSelf && r != utf8.RuneError
}

// colour returns the bytes of the SGR sequence that s begins with, 0 if it is none.
func colour(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';':
			return 0
		}
	}
	return 0
}

// Truncate cuts s to at most w cells, with "…" in the last one when it is cut.
// Escape sequences behind the cut stay, so that what was opened is closed.
//
// It does not use the Truncate of x/ansi v0.11.9, which counts one cell for a
// wide cluster that begins with an ASCII character (a keycap).
func Truncate(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if len(s) <= w && plain(s) || Width(s) <= w {
		return s
	}
	var b strings.Builder
	room := w - 1 // the last cell is for the mark
	for i := 0; i < len(s); {
		if introduces(s, i) {
			n, _, _, _ := sequence(s[i:])
			if room < 0 {
				b.WriteString(s[i : i+n])
			}
			i += n
			continue
		}
		n, cells := 1, 1
		if !alone(s[i:]) {
			var cluster string
			cluster, cells = ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
			n = len(cluster)
		}
		if room >= 0 {
			if room -= cells; room < 0 {
				b.Grow(len(s) + len(Ellipsis))
				b.WriteString(s[:i])
				b.WriteString(Ellipsis)
			}
		}
		i += n
	}
	if room >= 0 { // by its clusters it is no wider
		return s
	}
	return b.String()
}
