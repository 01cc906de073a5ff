package render

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"lectern/internal/text"
)

// Text is written in the order in which it is read; a terminal that knows
// scripts written from right to left puts the letters of each line in their
// places. It takes every line for a paragraph of its own, whose first letter
// says where it begins, and what stands between two words of such a script for
// a part of them. So a line is marked where that would be wrong: where a
// paragraph goes on with a letter of the other direction, and between the cells
// of a table. The marks take no cell.

// A direction is which way a paragraph runs.
type direction uint8

const (
	anyway direction = iota // no letter of it runs from right to left
	ltr                     // it begins at the left
	rtl                     // it begins at the right
	tabled                  // it is a row of a table, whose columns stay
)

// The marks of direction, left-to-right and right-to-left.
const (
	lrm = "\u200e"
	rlm = "\u200f"
)

// A bearing is the direction of a line.
type bearing struct {
	line int
	direction
}

// bear notes the direction of the line that is being written.
func (s *sheet) bear(d direction) {
	if d != anyway {
		s.bearings = append(s.bearings, bearing{s.len(), d})
	}
}

// directionOf is the direction of a paragraph: that of its first letter.
func directionOf(paragraph string) direction {
	if !runsLeft(paragraph) {
		return anyway
	}
	return firstLetter(paragraph)
}

// runsLeft reports whether a letter of s is written from right to left.
func runsLeft(s string) bool { return strings.ContainsFunc(s, text.Leftward) }

// firstLetter is the direction of the first letter of s.
func firstLetter(s string) direction {
	for _, r := range s {
		switch {
		case text.Leftward(r):
			return rtl
		case unicode.IsLetter(r):
			return ltr
		}
	}
	return anyway
}

// turned is a line with the marks that its direction takes.
func turned(line string, d direction) string {
	own := firstLetter(ansi.Strip(line))
	switch {
	case d == rtl && own != rtl:
		return rlm + line
	case d == tabled:
		line = strings.ReplaceAll(line, "│", lrm+"│")
	}
	if d != rtl && own == rtl {
		return lrm + line
	}
	return line
}
