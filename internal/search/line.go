package search

import (
	"strings"
	"unicode/utf8"

	"lectern/internal/text"
)

// A Line is a line of a post that has words of a query.
type Line struct {
	Text  string   // one line, safe to show, at most MaxLine bytes, with "…" where it is cut
	Marks [][2]int // where in Text the words stand, from and to in bytes, in order and apart
}

// shown is what of a line of text is to be seen.
func shown(line string) string { return composed(text.Line(line)) }

// cut makes a Line of a line of text. It has no marks when the words are not to
// be seen in it.
func (m *matcher) cut(line string) Line {
	line = shown(line)
	if len(line) > MaxLine {
		line = m.window(line)
	}
	l := Line{Text: strings.Clone(line)} // a reader keeps what was found, which is not to keep all of a post
	m.phrase = 0
	m.look(line, func(start, end int) {
		if n := len(l.Marks); n > 0 && start <= l.Marks[n-1][1] {
			l.Marks[n-1][1] = max(end, l.Marks[n-1][1])
			return
		}
		l.Marks = append(l.Marks, [2]int{start, end})
	})
	return l
}

// window is the part of a long line around the first match, from blank to
// blank where there are such.
func (m *matcher) window(line string) string {
	start, end := -1, 0
	m.phrase = 0
	m.look(line, func(s, e int) {
		if start < 0 {
			start, end = s, e
		}
	})
	from := max(0, start-maxBefore)
	if from > 0 {
		from = runeStart(line, from)
		if i := strings.IndexByte(line[from:max(from, start)], ' '); i >= 0 {
			from += i + 1
		}
	}
	to := min(len(line), from+MaxLine-2*len(text.Ellipsis))
	if to < len(line) {
		to = runeStart(line, to)
		if i := strings.LastIndexByte(line[from:to], ' '); i >= 0 && from+i >= end {
			to = from + i
		}
	}
	s := shown(line[from:to])
	if from > 0 {
		s = text.Ellipsis + s
	}
	if to < len(line) {
		s += text.Ellipsis
	}
	return s
}

// runeStart is where the character begins that has the byte i.
func runeStart(s string, i int) int {
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}
